"""A short search: sliders moved at random, kept where the shape is met more closely."""

from __future__ import annotations

import time

import numpy as np

from ..progress import Progress, silent
from .reader import Read, Target, with_values
from .sliders import Slider, Value, sliders_of, usual

A_SECOND = 50  # trials a second of budget: what a free core manages
PATIENCE = 4  # times its budget, after which the search ends on a slow machine
TELLS = 4e-4  # diagonals by which other settings must be farther off for a slider to be sure
SHRINK = 0.985  # of the steps, after every trial
BETTER = 0.998  # a trial must be closer by this factor,
RESCALED = 0.98  # and by this one where it is built at another scale
SCALES = (0.7, 1.4, 0.5, 2.0)  # tried, times the first


def refine(read: Read, target: Target, seconds: float, seed: int, progress: Progress = silent) -> tuple[Read, bool]:
    """The read moved closer to the target, and whether the clock ended the search early.

    First every slider, the most doubtful first, is tried at each of its levels, since counts (of shelves, of seats) have many
    false optima, and the thing at other scales (a small one enlarged is chunky); then both are moved at random. So many trials
    are made as a free core does in ``seconds``, drawn from ``seed``: the result is the same wherever they are all made. On a
    slower machine the search ends at four times the budget.
    """
    sliders = [slider for slider in sliders_of(read.prop) if slider.name in read.shares]
    sliders.sort(key=lambda slider: -slider.doubt(read.shares[slider.name]))
    total, started = int(A_SECOND * seconds), time.perf_counter()
    if total == 0:
        return read, False
    rng, reach, doubt, first = np.random.default_rng(seed), 0.25, _doubts(read, sliders), read.scale
    sweep = [(0.0, {slider.name: level}) for slider in sliders for level in slider.levels][: total // 2]
    sweep += [(first * factor, {}) for factor in SCALES] + [
        (0.0, {slider.name: usual(read.prop)[slider.name] for slider in sliders})
    ]
    for trial in range(total):
        if time.perf_counter() - started > PATIENCE * seconds:
            read.trials += trial
            return read, True
        progress(trial / total, f"Refining, {1000 * read.distance:.0f} mm off")
        scale, moved = sweep[trial] if trial < len(sweep) else _drawn(read, sliders, reach, doubt, rng)
        reach = reach if trial < len(sweep) else max(reach * SHRINK, 0.03)
        if scale or any(moved[name] != read.values[name] for name in moved):
            other = with_values(read, moved, target, float(np.clip(scale, first / 2.5, first * 2.5)) if scale else 0.0)
            if other.distance < (RESCALED if scale else BETTER) * read.distance:
                read = other
    read.trials += total
    return read, False


def unsure_of(read: Read, target: Target) -> list[str]:
    """The sliders that the shape does not tell, the least told first: another setting would meet it as closely, or nearly.

    Tried are all other levels of styles and switches, the next counts, and lengths a quarter of the slider away.
    """
    told = {}
    for slider in sliders_of(read.prop):
        if slider.name in read.shares:
            others = [
                with_values(read, {slider.name: value}, target).distance for value in _rivals(slider, read.values[slider.name])
            ]
            told[slider.name] = (min(others) - read.distance) / read.diagonal
    return sorted((name for name, worse in told.items() if worse < TELLS), key=lambda name: told[name])


def _rivals(slider: Slider, value: Value) -> list[Value]:
    """Other settings of a slider, clearly other ones."""
    if not slider.ordered:
        return [level for level in slider.levels if level != value]
    low, high = float(slider.levels[0]), float(slider.levels[-1])
    step = max(1.0, round(0.1 * (high - low))) if slider.whole else 0.25 * (high - low)
    near = [other for other in (float(value) - step, float(value) + step) if low <= other <= high]
    return [round(other) for other in near] if slider.whole else list(near)


def _drawn(
    read: Read, sliders: list[Slider], reach: float, doubt: np.ndarray, rng: np.random.Generator
) -> tuple[float, dict[str, Value]]:
    """A random move: another scale (or 0), and other values of one or two sliders."""
    if not sliders or rng.random() < 0.15:
        return read.scale * float(np.exp(rng.normal(0, reach))), {}
    chosen = rng.choice(len(sliders), size=min(len(sliders), 1 + int(rng.random() < 0.3)), replace=False, p=doubt)
    return 0.0, {sliders[k].name: _moved(sliders[k], read.values[sliders[k].name], reach, rng) for k in chosen}


def _doubts(read: Read, sliders: list[Slider]) -> np.ndarray:
    """How often each slider is moved: the doubtful ones more."""
    doubt = np.array([0.15 + slider.doubt(read.shares[slider.name]) for slider in sliders])
    return doubt / max(doubt.sum(), 1e-9)


def _moved(slider: Slider, value: Value, reach: float, rng: np.random.Generator) -> Value:
    """Another value, of an ordered slider one within about ``reach`` of its length."""
    if not slider.ordered:
        return slider.levels[int(rng.integers(len(slider)))]
    low, high = float(slider.levels[0]), float(slider.levels[-1])
    if slider.whole:
        step = max(round(abs(rng.normal(0, reach * (high - low)))), 1) * (1 if rng.random() < 0.5 else -1)
        return int(min(max(int(value) + step, low), high))
    return float(np.clip(float(value) + rng.normal(0, reach) * (high - low), low, high))
