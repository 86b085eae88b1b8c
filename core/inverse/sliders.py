"""The sliders of the prop generators as the network sees them: each one a small set of classes or bins.

Width, depth and height are not among them: they are measured from the shape's box. Nor are the seed, the palette and the other
parameters that the shape does not show; which these are is measured when the network is trained (``learning.train_inverse``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..briefs import Brief
from ..environments.props import PROPS
from ..environments.props.prop import Prop

SIDES = ("width", "depth", "height")
NOT_SHAPE = ("seed", "palette", "accent", *SIDES)
BINS = 12  # of a slider with more values than this
Value = float | int | bool | str


@dataclass(frozen=True)
class Slider:
    """One parameter of one generator.

    Attributes:
        levels: the values its classes stand for; of a real slider the middles its bins are interpolated between.
        ordered: between two levels lie further values, or they are numbers at least. whole: only whole numbers. metres: a length.
    """

    name: str
    levels: tuple[Value, ...]
    ordered: bool
    whole: bool = False
    metres: bool = False

    def __len__(self) -> int:
        return len(self.levels)

    def target(self, value: Value) -> np.ndarray:
        """(levels,) the value as shares of the levels: one of them, or of an ordered slider the two it lies between."""
        shares = np.zeros(len(self))
        if not self.ordered:
            shares[self.levels.index(value)] = 1.0
            return shares
        at = np.interp(float(value), np.asarray(self.levels, float), np.arange(len(self)))
        low = min(int(at), len(self) - 2)
        shares[low], shares[low + 1] = 1.0 - (at - low), at - low
        return shares

    def value(self, shares: np.ndarray) -> Value:
        """The value that shares (levels,) say: the likeliest level, of an ordered slider the mean about the median."""
        if not self.ordered:
            return self.levels[int(shares.argmax())]
        median = int(np.searchsorted(np.cumsum(shares), 0.5 * shares.sum()))
        near = slice(max(median - 1, 0), median + 2)
        mean = float(np.average(np.asarray(self.levels, float)[near], weights=shares[near]))
        return round(mean) if self.whole else mean

    def doubt(self, shares: np.ndarray) -> float:
        """How little is known, 0..1: one less the best level's share, of an ordered slider twice the spread in slider lengths."""
        if not self.ordered:
            return float(1.0 - shares.max())
        levels = np.asarray(self.levels, float)
        mean = shares @ levels
        return float(min(2 * np.sqrt(shares @ (levels - mean) ** 2) / (levels[-1] - levels[0]), 1.0))


def sliders_of(key: str) -> list[Slider]:
    """All parameters of a prop that may show in its shape, in the order of its brief."""
    found = []
    for field in dataclasses.fields(PROPS[key][0]):
        data = field.metadata
        if field.name in NOT_SHAPE or data.get("text") or data.get("color") or data.get("amounts"):
            continue
        if "options" in data:
            found.append(Slider(field.name, tuple(data["options"]), False))
        elif "low" not in data:
            found.append(Slider(field.name, (False, True), False))
        elif data.get("whole") and data["high"] - data["low"] <= BINS:
            found.append(Slider(field.name, tuple(range(int(data["low"]), int(data["high"]) + 1)), True, True))
        else:
            levels = np.linspace(data["low"], data["high"], BINS)
            whole = bool(data.get("whole"))
            values = levels.round().astype(int).tolist() if whole else levels.tolist()
            found.append(Slider(field.name, tuple(values), True, whole, data.get("unit") == "m"))
    return found


def limits(key: str) -> np.ndarray:
    """(2, 3) least and greatest width, depth and height of a prop."""
    data = {field.name: field.metadata for field in dataclasses.fields(PROPS[key][0])}
    return np.array([[data[side][end] for side in SIDES] for end in ("low", "high")], float)


def usual(key: str) -> dict[str, Value]:
    """The prop's parameters as they are by default."""
    fields = dataclasses.fields(PROPS[key][0])
    return {field.name: field.default for field in fields if field.default is not dataclasses.MISSING}


def drawn(key: str, rng: np.random.Generator) -> dict[str, Value]:
    """Parameters of a prop drawn at random, looks and all; sizes evenly in their limits."""
    values = usual(key) | {"seed": int(rng.integers(2**20))}
    low, high = limits(key)
    values |= dict(zip(SIDES, (float(value) for value in rng.uniform(low, high)), strict=True))
    for slider in sliders_of(key):
        if slider.ordered and not slider.whole:
            values[slider.name] = float(rng.uniform(float(slider.levels[0]), float(slider.levels[-1])))
        elif slider.ordered:
            values[slider.name] = int(rng.integers(int(slider.levels[0]), int(slider.levels[-1]) + 1))
        else:
            values[slider.name] = slider.levels[int(rng.integers(len(slider)))]
    return values


def make(key: str, values: Mapping[str, Any]) -> Prop:
    """The prop of these parameters. Raises WorldwrightError for values that are out of range."""
    kind, build = PROPS[key]
    brief: Brief = kind.from_dict(dict(values))
    prop = build(brief)
    prop.key = key
    return prop


def spelled(names: Sequence[str]) -> str:
    """Names of parameters for people: “seat height, arms”."""
    return ", ".join(name.replace("_", " ") for name in names)
