"""A short search: sliders moved at random, kept where the shape is met more closely."""

from __future__ import annotations

import time

import numpy as np

from ..progress import Progress, silent
from .reader import Read, Target, with_values
from .sliders import Slider, Value, sliders_of

A_SECOND = 30  # trials a second of budget: what a free core manages
SHRINK = 0.985  # of the steps, after every trial
BETTER = 0.998  # a trial must be closer by this factor


def refine(read: Read, target: Target, seconds: float, seed: int, progress: Progress = silent) -> tuple[Read, bool]:
    """The read moved closer to the target, and whether the clock ended the search early.

    First every slider, the most doubtful first, is tried at each of its levels, since counts (of shelves, of seats) have many
    false optima; then sliders are moved at random. So many trials are made as a free core does in ``seconds``, drawn from
    ``seed``: the result is the same wherever they are all made. On a slower machine the search ends at four times the budget.
    """
    sliders = [slider for slider in sliders_of(read.prop) if slider.name in read.shares]
    sliders.sort(key=lambda slider: -slider.doubt(read.shares[slider.name]))
    total, started = int(A_SECOND * seconds), time.perf_counter()
    if not sliders or total == 0:
        return read, False
    rng, reach, doubt = np.random.default_rng(seed), 0.25, _doubts(read, sliders)
    sweep = [{slider.name: level} for slider in sliders for level in slider.levels][: total // 2]
    for trial in range(total):
        if time.perf_counter() - started > 4 * seconds:
            read.trials += trial
            return read, True
        progress(trial / total, f"Refining, {1000 * read.distance:.0f} mm off")
        if trial < len(sweep):
            moved = sweep[trial]
        else:
            chosen = rng.choice(len(sliders), size=min(len(sliders), 1 + int(rng.random() < 0.3)), replace=False, p=doubt)
            moved = {sliders[k].name: _moved(sliders[k], read.values[sliders[k].name], reach, rng) for k in chosen}
            reach = max(reach * SHRINK, 0.03)
        if any(moved[name] != read.values[name] for name in moved):
            other = with_values(read, moved, target)
            if other.distance < BETTER * read.distance:
                other.trials = read.trials
                read = other
    read.trials += total
    return read, False


def _doubts(read: Read, sliders: list[Slider]) -> np.ndarray:
    """How often each slider is moved: the doubtful ones more."""
    doubt = np.array([0.15 + slider.doubt(read.shares[slider.name]) for slider in sliders])
    return doubt / doubt.sum()


def _moved(slider: Slider, value: Value, reach: float, rng: np.random.Generator) -> Value:
    """Another value, of an ordered slider one within about ``reach`` of its length."""
    if not slider.ordered:
        return slider.levels[int(rng.integers(len(slider)))]
    low, high = float(slider.levels[0]), float(slider.levels[-1])
    if slider.whole:
        step = max(round(abs(rng.normal(0, reach * (high - low)))), 1) * (1 if rng.random() < 0.5 else -1)
        return int(min(max(int(value) + step, low), high))
    return float(np.clip(float(value) + rng.normal(0, reach) * (high - low), low, high))
