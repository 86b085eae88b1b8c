"""A prop: a furnishing with what a room needs to know to place it, stack things on it and let a game walk into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...briefs import Brief, choice
from ...geometry.shape import Part, assemble
from ...scene import Mesh
from ..materials import ACCENTS, PALETTES, Palette, palette

Point = tuple[float, float, float]
FLOOR, WALL, CEILING, SURFACE = "floor", "wall", "ceiling", "surface"
THICK, MOST_BOXES = 0.03, 12  # metres: smaller parts need no box of their own; how many boxes a prop may be


@dataclass(frozen=True)
class Box:
    """An axis-aligned box in the prop's space, metres."""

    low: Point
    high: Point


@dataclass(frozen=True)
class Surface:
    """A level rectangle things can stand on: (x, y) of two corners, its height, and the free height above it; metres."""

    low: tuple[float, float]
    high: tuple[float, float]
    z: float
    headroom: float = 1.0


@dataclass(frozen=True)
class Seat:
    """Where a person sits: the middle of the seat's top; the sitter looks along -Y turned by ``yaw`` radians about Z."""

    position: Point
    yaw: float = 0.0


@dataclass
class Prop:
    """A furnishing in its own space: it faces -Y, stands on z = 0, and x = y = 0 is the middle of its box.

    Attributes:
        label: what it is ("chair").
        mesh: closed parts with UVs, normals, material slots and part labels.
        colliders: boxes that stand for it in physics and when free space is sought.
        surfaces: where clutter may stand.
        seats: where people may sit.
        clearance: metres to keep free in front of it (towards -Y) for using it.
        mount: ``floor``, ``wall`` (its back, +Y, against the wall), ``ceiling`` (its top against the ceiling) or
            ``surface`` (on a desk or shelf).
        key: its name in ``PROPS`` where a ``Shop`` made it.
    """

    label: str
    mesh: Mesh
    colliders: list[Box]
    surfaces: list[Surface] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    clearance: float = 0.0
    mount: str = FLOOR
    key: str = ""

    @property
    def sockets(self) -> list[dict]:
        """Where an engine may attach things: {"name", "position" (x, y, z), "yaw"} of seats, and of the middle of each top."""
        seats = [("seat", seat.position, seat.yaw) for seat in self.seats]
        tops = [("top", ((s.low[0] + s.high[0]) / 2, (s.low[1] + s.high[1]) / 2, s.z), 0.0) for s in self.surfaces]
        return [
            {"name": f"{what} {number}", "position": [round(float(v), 4) for v in position], "yaw": round(float(yaw), 4)}
            for rows in (seats, tops)
            for number, (what, position, yaw) in enumerate(rows, 1)
        ]

    @cached_property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest corner of the mesh, each (3,)."""
        return self.mesh.bounds


@dataclass
class PropBrief(Brief):
    """Base of the prop briefs; each adds ``width`` (x), ``depth`` (y) and ``height`` (z) in metres: the box it stays inside."""

    palette: str = choice("nordic", PALETTES, help="Woods, metals and cloths that go together", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="Strong colour; by default the palette's own", group="Look")

    @property
    def look(self) -> Palette:
        """The finishes to build with."""
        return palette(self.palette, self.accent)


def build(label: str, name: str, parts: list[Part], solid: tuple[str, ...] | list[Box] = (), **fields) -> Prop:
    """A prop of its parts. ``solid``: the collider boxes, or the names of the parts whose boxes they are; default: those of the
    parts where they leave much of the whole's box empty (a stool, a lamp), else one box for all."""
    mesh = assemble(name, parts)
    if not solid:
        colliders = _solids(mesh, parts)
    elif isinstance(solid, tuple):
        colliders = [box_of(part) for part in parts if part.name in solid]
    else:
        colliders = solid
    return Prop(label, mesh, colliders, **fields)


def _solids(mesh: Mesh, parts: list[Part]) -> list[Box]:
    """One box around everything, or a box a part where together they fill less than half of it."""
    low, high = mesh.bounds
    whole = Box(_point(low), _point(high))
    boxes = [box_of(part) for part in parts]
    boxes = [box for box in boxes if max(np.subtract(box.high, box.low)) > THICK]
    filled = sum(float(np.prod(np.subtract(box.high, box.low))) for box in boxes)
    if 1 < len(boxes) <= MOST_BOXES and filled < 0.5 * float(np.prod(high - low)):
        return boxes
    return [whole]


def fitted(parts: list[Part], brief: PropBrief) -> list[Part]:
    """The parts stretched a little along each axis so that together they fill the brief's box, standing on z = 0.

    For shapes whose size follows from angles or chance.
    """
    points = np.concatenate([part.shape.vertices for part in parts])
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.array([brief.width, brief.depth, brief.height])  # type: ignore[attr-defined]
    start = size * (-0.5, -0.5, 0.0)
    return [
        Part(part.name, part.shape.shaped(lambda v: start + (v - low) * size / (high - low)), part.finish, part.aligned)
        for part in parts
    ]


def box_of(part: Part) -> Box:
    """The axis-aligned box around a part."""
    return Box(_point(part.shape.vertices.min(axis=0)), _point(part.shape.vertices.max(axis=0)))


def _point(values: np.ndarray) -> Point:
    return float(values[0]), float(values[1]), float(values[2])
