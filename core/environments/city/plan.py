"""A town on paper: where buildings stand, what the ground is, and what is to stand on it. All in metres, seen from above."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .building import BuildingSpec

KERB = 0.13  # height of the pavement above the road
LANE, VERGE = 3.2, 0.55  # a traffic lane's width; how far lamps and trees stand from the kerb


@dataclass(frozen=True)
class Lot:
    """A building's place: its middle, and its yaw (0: its front looks along -Y). ``block``: which block it belongs to."""

    x: float
    y: float
    yaw: float
    spec: BuildingSpec
    block: int = 0


@dataclass(frozen=True)
class Area:
    """A level piece of ground: ``kind`` "road", "pavement", "plaza", "grass", "path", ...; ``outline`` (K, 2) counter-clockwise,
    star-shaped about its middle; ``z`` its height; ``kerb``: with kerb stones around."""

    kind: str
    outline: np.ndarray
    z: float = 0.0
    kerb: bool = False


@dataclass(frozen=True)
class Spot:
    """Something to stand at a place, looking along -Y turned by ``yaw``; ``variant`` picks among several of its kind."""

    kind: str
    x: float
    y: float
    yaw: float = 0.0
    z: float = KERB
    variant: int = 0
    scale: float = 1.0


@dataclass
class Plan:
    """``eye``, ``target``: where the camera stands and looks; ``views``: more cameras by name; ``paint``: road markings as
    rectangles (x0, y0, x1, y1). ``patches``: ground of a kind as quads (N, 4, 3); ``edges``: their borders (M, 2, 2) and height."""

    lots: list[Lot] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    paint: list[tuple[float, float, float, float]] = field(default_factory=list)
    eye: tuple[float, float, float] = (0.0, 0.0, 1.65)
    target: tuple[float, float, float] = (0.0, 50.0, 4.0)
    lens: float = 24.0
    views: dict[str, tuple[tuple[float, float, float], tuple[float, float, float], float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    patches: list[tuple[str, np.ndarray]] = field(default_factory=list)
    edges: list[tuple[np.ndarray, float]] = field(default_factory=list)


def rectangle(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0, steps: int = 5) -> np.ndarray:
    """(K, 2) a counter-clockwise rectangle with rounded corners."""
    if radius <= 0:
        return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)
    radius = min(radius, (x1 - x0) / 2.01, (y1 - y0) / 2.01)
    centres = [(x1 - radius, y0 + radius, -np.pi / 2), (x1 - radius, y1 - radius, 0.0), (x0 + radius, y1 - radius, np.pi / 2),
               (x0 + radius, y0 + radius, np.pi)]  # fmt: skip
    turn = np.linspace(0, np.pi / 2, steps + 1)
    return np.concatenate(
        [np.stack([cx + radius * np.cos(start + turn), cy + radius * np.sin(start + turn)], axis=1) for cx, cy, start in centres]
    )


def row(specs: list[BuildingSpec], start: tuple[float, float], yaw: float, block: int = 0) -> list[Lot]:
    """Buildings wall to wall along a line from ``start``, their fronts on the line; ``yaw``: the way they face.

    The line runs along the buildings' own +X: from left to right as seen from in front.
    """
    along, away = np.array([np.cos(yaw), np.sin(yaw)]), np.array([-np.sin(yaw), np.cos(yaw)])
    lots, at = [], 0.0
    for spec in specs:
        x, y = np.array(start) + along * (at + spec.width / 2) + away * spec.depth / 2
        lots.append(Lot(float(x), float(y), yaw, spec, block))
        at += spec.width
    return lots
