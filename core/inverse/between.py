"""Things beside things: what lies between two, and variants of one. All in the sliders, so everything made is a valid prop."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Node, Report, Scene
from .brief import BlendBrief, VaryBrief
from .made import Made
from .rebuild import scene_of
from .sliders import SIDES, Value, limits, sliders_of

GAP = 0.3  # between variants, of the widest


def blend(first: Made, second: Made, brief: BlendBrief, progress: Progress = silent) -> Scene:
    """``brief.count`` things between two of the same kind, standing between them. Raises WorldwrightError for different kinds."""
    if first.prop != second.prop:
        one, other = (thing.prop.replace("_", " ") for thing in (first, second))
        raise WorldwrightError(
            f"“{first.name}” is a {one} and “{second.name}” a {other}: there is nothing between two kinds.",
            "Select two of one kind, or rebuild one of them as the other's kind first.",
        )
    started, nodes = time.perf_counter(), []
    for number in range(brief.count):
        progress(number / brief.count, "Building what lies between")
        share = (number + 1) / (brief.count + 1)
        nodes += _renamed(mixed(first, second, share), f"{first.name} to {second.name} {number + 1}").nodes(False, share=share)
    report = Report({"between": brief.count}, {}, [], {"build": time.perf_counter() - started})
    return scene_of("Between", nodes, brief.to_dict(), brief.seed, report)


def mixed(first: Made, second: Made, share: float) -> Made:
    """The thing ``share`` of the way from one to the other: numbers in proportion, the rest changes half-way."""
    near = first if share < 0.5 else second
    values: dict[str, Value] = dict(near.values)
    numbers = [slider for slider in sliders_of(first.prop) if slider.ordered]
    for name in (*SIDES, *(slider.name for slider in numbers)):
        value = (1 - share) * float(first.values[name]) + share * float(second.values[name])
        values[name] = round(value) if name in {slider.name for slider in numbers if slider.whole} else value
    stretch = np.exp((1 - share) * np.log(first.stretch) + share * np.log(second.stretch))
    tints = {}
    for name in near.tints:
        ends = [np.array(thing.tints.get(name, near.tints[name])) for thing in (first, second)]
        tints[name] = [round(float(value), 4) for value in (1 - share) * ends[0] + share * ends[1]]
    return Made(near.name, first.prop, values, stretch, _between(first.place, second.place, share), tints)


def _between(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    """(4, 4) part of the way from one place to another; turned about Z the shorter way round."""
    start, end = (float(np.arctan2(place[1, 0], place[0, 0])) for place in (first, second))
    turn = start + share * float((end - start + np.pi) % (2 * np.pi) - np.pi)
    place = np.eye(4)
    place[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    place[:3, 3] = (1 - share) * first[:3, 3] + share * second[:3, 3]
    return place


def vary(thing: Made, brief: VaryBrief, progress: Progress = silent) -> Scene:
    """``brief.count`` variants of a thing in a row beside it."""
    started, rng = time.perf_counter(), np.random.default_rng(brief.seed)
    nodes: list[Node] = []
    made = [varied(thing, brief, rng) for _ in range(brief.count)]
    wide = [float(other.values["width"]) * float(other.stretch[0]) for other in [thing, *made]]
    step, along = GAP * max(wide), wide[0] / 2
    for number, other in enumerate(made, 1):
        progress(number / len(made), "Building variants")
        along += step + wide[number] / 2
        other.place = thing.place.copy()
        other.place[:3, 3] += along * thing.place[:3, 0]
        along += wide[number] / 2
        nodes += _renamed(other, f"{thing.name} variant {number}").nodes(False)
    report = Report({"variants": len(made)}, {}, [], {"build": time.perf_counter() - started})
    return scene_of("Variants", nodes, brief.to_dict(), brief.seed, report)


def varied(thing: Made, brief: VaryBrief, rng: np.random.Generator) -> Made:
    """One variant."""
    values: dict[str, Value] = dict(thing.values) | {"seed": int(rng.integers(2**20))}
    if brief.sizes:
        low, high = limits(thing.prop)
        sides = np.array([float(thing.values[side]) for side in SIDES]) * np.exp(rng.normal(0, 0.25 * brief.amount, 3))
        values |= dict(zip(SIDES, (round(float(side), 4) for side in np.clip(sides, low, high)), strict=True))
    for slider in sliders_of(thing.prop):
        if slider.ordered:
            start, end = float(slider.levels[0]), float(slider.levels[-1])
            value = float(np.clip(float(values[slider.name]) + rng.normal(0, 0.5 * brief.amount) * (end - start), start, end))
            values[slider.name] = round(value) if slider.whole else value
        elif rng.random() < 0.7 * brief.amount:
            values[slider.name] = slider.levels[int(rng.integers(len(slider)))]
    return replace(thing, values=values, stretch=thing.stretch.copy())


def _renamed(thing: Made, name: str) -> Made:
    return replace(thing, name=name)
