"""The skeleton grammar: what an animal is made of before it has a surface.

An ``Anatomy`` is bones, the flesh around them (elliptic cones), and the parts that are built rather than grown: eyes, ears,
spikes (teeth, claws, horns, beaks), wings, tufts of hair. Everything is in metres in the creature's space: Z up, facing -Y.
The left side is +X; ``pair`` builds both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

REGIONS = ("trunk", "neck", "head", "tail", "leg", "wing", "arm")
Point = Sequence[float] | np.ndarray
Points = Sequence[Point] | np.ndarray


@dataclass(frozen=True)
class Bone:
    """``region`` says which proportions move it (``proportions.py``)."""

    name: str
    parent: str
    head: np.ndarray
    tail: np.ndarray
    region: str


@dataclass(frozen=True)
class Flesh:
    """An elliptic cone from ``a`` to ``b`` that follows ``bone``.

    Attributes:
        ra, rb: half width (along ``side``) and half height at each end, metres.
        side: the unit direction of the width; the height lies across it and the axis.
        blend: over how many metres it melts into what was there before.
        group: cones of one number follow each other without a seam and melt into the rest together.
    """

    bone: str
    region: str
    a: np.ndarray
    b: np.ndarray
    ra: tuple[float, float]
    rb: tuple[float, float]
    blend: float = 0.03
    side: tuple[float, float, float] = (1.0, 0.0, 0.0)
    group: int = 0


@dataclass(frozen=True)
class Eye:
    """An eyeball with lids. ``opening``: how far the lids part, 0..1 (1 has no lids); ``pupil``: round, slit or none."""

    bone: str
    centre: np.ndarray
    radius: float
    gaze: np.ndarray
    opening: float = 0.5
    pupil: str = "round"
    region: str = "head"


@dataclass(frozen=True)
class Spike:
    """A curved cone through ``path`` (K, 3), ``radius`` thick at its root. ``kind``: tooth, claw, horn, beak or feeler.

    ``flat``: width over height of its section; ``tip``: radius there over that at the root.
    """

    bone: str
    region: str
    path: np.ndarray
    radius: float
    kind: str
    flat: float = 1.0
    tip: float = 0.05


@dataclass(frozen=True)
class Ear:
    """A cupped leaf from ``base`` to ``tip``, ``width`` across at its widest, its hollow looking along ``facing``."""

    bone: str
    base: np.ndarray
    tip: np.ndarray
    width: float
    facing: np.ndarray
    round: float = 0.0
    region: str = "head"


@dataclass(frozen=True)
class Leg:
    """Bones from the body outwards: upper, lower, (cannon,) foot. ``phase``: when in the walk it steps, 0..1."""

    bones: tuple[str, ...]
    phase: float
    trot: float
    digits: int = 4


@dataclass(frozen=True)
class Wing:
    """A wing on one side. ``arm``: its bones from the shoulder; ``fingers``: bones that spread a membrane, or none for feathers.

    ``root``: where the trailing edge meets the body.
    """

    side: str
    arm: tuple[str, ...]
    fingers: tuple[str, ...]
    root: np.ndarray
    root_bone: str
    kind: str  # membrane, feather or veined
    region: str = "wing"


@dataclass(frozen=True)
class Locks:
    """Hair or feathers in tapered locks. ``where``: coat, mane, tail, ruff; ``length`` metres; ``lift`` off the skin, 0..1."""

    where: str
    length: float
    width: float
    count: int
    lift: float = 0.25
    path: np.ndarray | None = None
    bones: tuple[str, ...] = ()


@dataclass
class Anatomy:
    """A whole creature before its surface. ``crease``: flesh that stays apart from the rest (jaws), by bone name."""

    bones: list[Bone] = field(default_factory=list)
    flesh: list[Flesh] = field(default_factory=list)
    eyes: list[Eye] = field(default_factory=list)
    spikes: list[Spike] = field(default_factory=list)
    ears: list[Ear] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    wings: list[Wing] = field(default_factory=list)
    locks: list[Locks] = field(default_factory=list)
    crease: tuple[str, ...] = ()
    stance: float = 0.62  # share of the walking cycle that a foot stands
    stride: float = 0.9  # of a leg's length, in a walk

    def bone(self, name: str, parent: str, head: Point, tail: Point, region: str) -> str:
        """Adds a bone and returns its name."""
        self.bones.append(Bone(name, parent, np.array(head, float), np.array(tail, float), region))
        return name

    def find(self, name: str) -> Bone:
        """The bone of that name. Raises StopIteration."""
        return next(bone for bone in self.bones if bone.name == name)

    def clothe(self, bone: str, a: Point, b: Point, ra, rb, blend: float = 0.03, side: Point = (1, 0, 0)) -> None:
        """Adds flesh; a single number for a radius is as wide as high."""
        self._add(bone, a, b, ra, rb, blend, side, self._next_group())

    def tube(self, stations: Sequence[tuple[str, Point, Any]], blend: float = 0.05, steps: int = 4) -> None:
        """Flesh along a smooth curve through (bone, centre, radius or (half width, half height)).

        Each stretch follows the bone of its first station.
        """
        points = [station[1] for station in stations]
        sizes = [(r, r) if isinstance(r, (int, float)) else tuple(r) for _, _, r in stations]
        count = (len(stations) - 1) * steps + 1
        line, size = curve(points, count), np.maximum(curve(np.pad(sizes, ((0, 0), (0, 1))), count)[:, :2], 1e-4)
        group = self._next_group()
        for k in range(count - 1):
            self._add(stations[k // steps][0], line[k], line[k + 1], size[k], size[k + 1], blend, (1, 0, 0), group)

    def _next_group(self) -> int:
        return self.flesh[-1].group + 1 if self.flesh else 0

    def _add(self, bone: str, a: Point, b: Point, ra, rb, blend: float, side: Point, group: int) -> None:
        one, two = ((r, r) if np.ndim(r) == 0 else (float(r[0]), float(r[1])) for r in (ra, rb))
        ends = np.array(a, float), np.array(b, float)
        across = (float(side[0]), float(side[1]), float(side[2]))
        self.flesh.append(Flesh(bone, self.find(bone).region, *ends, one, two, blend, across, group))

    def spike(self, bone: str, path: Points, radius: float, kind: str, flat: float = 1.0, tip: float = 0.05) -> None:
        """Adds a tooth, claw, horn, beak or feeler."""
        self.spikes.append(Spike(bone, self.find(bone).region, np.array(path, float), radius, kind, flat, tip))


def mirrored(point: Point, sign: float) -> np.ndarray:
    """The point on the left (+1) or right (-1)."""
    return np.array(point, float) * (sign, 1, 1)


def pair() -> tuple[tuple[str, float], ...]:
    """The two sides: suffix and sign of x."""
    return (("l", 1.0), ("r", -1.0))


def curve(points: Points, count: int) -> np.ndarray:
    """(count, 3) points evenly along a Catmull-Rom curve through ``points``."""
    known = np.array(points, float)
    padded = np.concatenate([2 * known[:1] - known[1:2], known, 2 * known[-1:] - known[-2:-1]])
    place = np.linspace(0, len(known) - 1, count)
    k = np.minimum(place.astype(int), len(known) - 2)
    t = (place - k)[:, None]
    p0, p1, p2, p3 = (padded[k + step] for step in range(4))
    return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)


def with_points(thing, move, scale: float):
    """A part with its points moved (``move``: (K, 3) -> (K, 3)) and its sizes scaled."""
    points = {
        name: move(np.atleast_2d(value)).reshape(value.shape)
        for name in ("head", "tail", "a", "b", "centre", "path", "base", "tip", "root")
        if isinstance(value := getattr(thing, name, None), np.ndarray)
    }
    sizes = {
        name: tuple(part * scale for part in value) if isinstance(value, tuple) else value * scale
        for name in ("radius", "width", "length", "ra", "rb", "blend")
        if (value := getattr(thing, name, None)) is not None
    }
    return replace(thing, **points, **sizes)
