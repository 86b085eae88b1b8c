"""The scene as things and how they stand to each other: what questions and references are answered from.

Relations follow from the things' boxes alone; kinds, colours and materials from annotations, names and materials. Left, right,
front and back of the whole are the viewer's: a viewer who says nothing else looks along +Y.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .nouns import SHELL, concepts_of_thing
from .quantities import length

TOUCH = 0.06  # metres between two things that touch
BESIDE = 0.75  # metres between two things that stand beside each other, at least
NEAR = 0.95
TURNED = math.radians(40)  # from the straight line, of a thing that faces another
HOLDERS = {"bookcase", "cupboard", "wardrobe", "crate", "barrel", "basket", "waste_bin", "bowl", "mug", "vase", "bathtub",
           "shop_shelf", "display_case", "container", "kitchen_sink", "fridge", "building", "vehicle", "storage",
           "vessel"}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing of the scene.

    Attributes:
        low, high: corners of its box in the world, metres.
        yaw: radians about Z; at 0 it faces -Y.
        color: a colour's name; material: a substance's; label: what it was annotated or generated as; prop: key of a prop.
        role: as of ``scene.Node``; kind: what generated it ("character"); clips: names of its motions.
        why: a sentence on why it stands there; rigged, mesh: what it is made of.
    """

    name: str
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    yaw: float = 0.0
    label: str = ""
    prop: str = ""
    color: str = ""
    material: str = ""
    role: str = ""
    kind: str = ""
    clips: tuple[str, ...] = ()
    why: str = ""
    rigged: bool = False
    mesh: bool = True
    concepts: frozenset[str] = frozenset()

    @property
    def size(self) -> np.ndarray:
        """(3,) of its box in the world."""
        return np.subtract(self.high, self.low)

    @property
    def middle(self) -> np.ndarray:
        """(3,) of its box."""
        return (np.array(self.low) + self.high) / 2

    @property
    def foot(self) -> np.ndarray:
        """(3,) the middle of its box's bottom."""
        return np.array([*self.middle[:2], self.low[2]])

    @property
    def front(self) -> np.ndarray:
        """(2,) the direction it faces."""
        return np.array([math.sin(self.yaw), -math.cos(self.yaw)])

    @property
    def own_size(self) -> np.ndarray:
        """(3,) width, depth and height in its own frame, for turns by quarter turns."""
        size = self.size
        return size[[1, 0, 2]] if abs(math.sin(self.yaw)) > 0.7 else size

    @property
    def shell(self) -> bool:
        """Whether it is part of a room's shell or the ground, which generic words do not mean."""
        return self.role in ("wall", "floor", "ceiling", "door", "window", "collider", "navmesh") or bool(SHELL & self.concepts)

    def to_dict(self) -> dict:
        """JSON values."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "concepts"}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_dict(cls, values: dict) -> Thing:
        """The thing that ``to_dict`` wrote; its concepts follow from name, label and prop."""
        given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return cls(**given, concepts=concepts_of_thing(given["name"], given.get("label", ""), given.get("prop", "")))


@dataclass
class Graph:
    """The things of a scene, and the viewer: ``selected`` and ``recent`` (made or touched last, the latest last) are names,
    ``pointed`` a place in metres or None, ``pointed_at`` a thing's name or "", ``gesture`` the name of a drawn gesture or "",
    ``viewer`` radians: 0 looks along +Y."""

    things: list[Thing]
    selected: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    pointed: tuple[float, float, float] | None = None
    pointed_at: str = ""
    gesture: str = ""
    viewer: float = 0.0
    by_name: dict[str, Thing] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {thing.name: thing for thing in self.things}

    def to_dict(self) -> dict:
        """JSON values."""
        given = {name: getattr(self, name) for name in ("selected", "recent", "pointed", "pointed_at", "gesture", "viewer")}
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
        return {"things": [thing.to_dict() for thing in self.things]} | plain

    @classmethod
    def from_dict(cls, values: dict) -> Graph:
        """The graph that ``to_dict`` wrote."""
        rest: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name != "things"
        }
        return cls([Thing.from_dict(thing) for thing in values["things"]], **rest)

    def of(self, names: Iterable[str]) -> list[Thing]:
        """The things of these names that there are."""
        return [self.by_name[name] for name in names if name in self.by_name]

    def right(self) -> np.ndarray:
        """(2,) the viewer's right."""
        return np.array([math.cos(self.viewer), math.sin(self.viewer)])

    def away(self) -> np.ndarray:
        """(2,) away from the viewer."""
        return np.array([-math.sin(self.viewer), math.cos(self.viewer)])

    def room(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest corner (3,) of the floor's extent, or of everything."""
        floors = [thing for thing in self.things if thing.role == "floor" or "floor" in thing.concepts]
        chosen = floors or self.things
        if not chosen:
            return np.array([-5.0, -5.0, 0.0]), np.array([5.0, 5.0, 3.0])
        low = np.min([thing.low for thing in chosen], axis=0)
        high = np.max([thing.high for thing in chosen], axis=0)
        if floors:
            low[2] = max(thing.high[2] for thing in floors)
            high[2] = max([*(thing.high[2] for thing in self.things if thing.role != "ceiling"), low[2] + 2.4])
        return low, high

    def related(self, a: Thing, relation: str, others: list[Thing]) -> bool:
        """Whether ``a`` stands in the relation to (one of) the others; “between” wants two of them."""
        if relation == "between":
            return len(others) >= 2 and between(a, others[0], others[1])
        if relation == "corner":
            return self.in_corner(a)
        if relation == "middle":
            low, high = self.room()
            return bool(np.abs(a.middle[:2] - (low + high)[:2] / 2).max() < 0.2 * (high - low)[:2].max())
        return any(a.name != b.name and self._related(a, relation, b) for b in others)

    def _related(self, a: Thing, relation: str, b: Thing) -> bool:
        simple = {"on": on, "in": inside, "under": under, "above": above, "beside": beside, "near": near, "facing": facing}
        if relation in simple:
            return simple[relation](a, b)
        if relation in ("around", "along", "against"):
            return beside(a, b) or (relation == "against" and gap(a, b) < 2 * TOUCH)
        if gap(a, b) > 2.5 or on(a, b):
            return False
        toward = a.middle[:2] - b.middle[:2]
        if relation in ("left", "right"):
            return float(toward @ self.right()) * (1 if relation == "right" else -1) > 0.5 * float(np.linalg.norm(toward))
        ahead = float(toward @ b.front) * (1 if relation == "front" else -1)
        return ahead > 0.5 * float(np.linalg.norm(toward))

    def in_corner(self, thing: Thing) -> bool:
        """Whether a thing stands in a corner of the room."""
        low, high = self.room()
        near_x = min(thing.low[0] - low[0], high[0] - thing.high[0])
        near_y = min(thing.low[1] - low[1], high[1] - thing.high[1])
        return max(near_x, near_y) < 0.7

    def support(self, thing: Thing) -> Thing | None:
        """What a thing stands on or in or hangs on, other than the floor."""
        held = [other for other in self.things if other.name != thing.name and other.role != "floor" and inside(thing, other)]
        held = held or [b for b in self.things if b.name != thing.name and b.role not in ("floor", "ceiling") and on(thing, b)]
        return min(held, key=lambda other: float(np.prod(other.size[:2] + 0.01)), default=None)

    def resting_on(self, thing: Thing) -> list[Thing]:
        """What would fall when a thing is taken away, things on those too."""
        found: list[Thing] = []
        for other in self.things:
            if other.name != thing.name and not other.shell and not thing.shell and (on(other, thing) or inside(other, thing)):
                if float(np.prod(other.size[:2])) < 1.2 * float(np.prod(thing.size[:2])):
                    found.append(other)
        return found

    def place_of(self, thing: Thing) -> str:
        """Where a thing is, as words: “on Desk 1, 35 cm from Monitor 1”."""
        parts = []
        held = self.support(thing)
        if held is not None:
            word = "in" if inside(thing, held) else "on"
            parts.append(f"{word} “{held.name}”")
        over = next((b for b in self.things if under(thing, b) and not b.shell), None)
        if over is not None:
            parts.append(f"under “{over.name}”")
        others = [b for b in self.things if b.name != thing.name and not b.shell and b is not held and not on(b, thing)]
        others = [b for b in others if b is not over and not inside(b, thing)]
        if others and held is None and over is None:
            nearest = min(others, key=lambda b: gap(thing, b))
            distance = gap(thing, nearest)
            parts.append(f"beside “{nearest.name}”" if distance < BESIDE else f"{length(distance)} from “{nearest.name}”")
        if self.in_corner(thing) and held is None:
            parts.append("in a corner")
        low = self.room()[0][2]
        if held is None and thing.low[2] - low > 0.15:
            parts.append(f"{length(thing.low[2] - low)} above the floor")
        x, y = thing.foot[:2]
        return ", ".join(parts) + f" (at {x:.2f}, {y:.2f} m)"


def gap(a: Thing, b: Thing) -> float:
    """Metres between two boxes seen from above, and above each other."""
    apart = np.maximum(np.maximum(np.subtract(a.low, b.high), np.subtract(b.low, a.high)), 0)
    return float(np.linalg.norm(apart))


def flat_gap(a: Thing, b: Thing) -> float:
    """Metres between two boxes seen from above."""
    apart = np.maximum(np.maximum(np.subtract(a.low, b.high), np.subtract(b.low, a.high)), 0)
    return float(np.linalg.norm(apart[:2]))


def _over(a: Thing, b: Thing) -> bool:
    """Whether the middle of ``a`` lies within ``b``, seen from above."""
    return bool(np.all(a.middle[:2] >= np.array(b.low[:2]) - 0.02) and np.all(a.middle[:2] <= np.array(b.high[:2]) + 0.02))


def on(a: Thing, b: Thing) -> bool:
    """Whether ``a`` stands on ``b``, or hangs on it where that is a wall."""
    if b.role == "wall" or "wall" in b.concepts:
        return a.low[2] > b.low[2] + 0.2 and gap(a, b) < 2 * TOUCH and a.role not in ("wall", "ceiling")
    if not _over(a, b) or "lamp" in a.concepts and a.low[2] > b.high[2] + TOUCH:
        return False
    if abs(a.low[2] - b.high[2]) < TOUCH:
        return True
    sunk = b.low[2] + 0.3 * b.size[2] < a.low[2] < b.high[2]  # on a seat, below its back
    return bool(sunk and not HOLDERS & b.concepts and np.prod(a.size) < 0.5 * np.prod(b.size))


def inside(a: Thing, b: Thing) -> bool:
    """Whether ``a`` lies within ``b``, a thing that can hold others."""
    if not HOLDERS & b.concepts or np.prod(a.size) >= np.prod(b.size):
        return False
    low, high = np.maximum(a.low, b.low), np.minimum(a.high, b.high)
    return bool(np.all(high > low) and np.prod(high - low) > 0.7 * np.prod(a.size))


def under(a: Thing, b: Thing) -> bool:
    """Whether ``a`` is under ``b``: below it, or between its legs."""
    if b.shell or not _over(a, b) and not _over(b, a):
        return False
    if a.high[2] <= b.low[2] + 0.02 and "lamp" not in b.concepts and float(np.prod(a.size[:2])) < 1.5 * float(np.prod(b.size[:2])):
        return True
    legged = {"table", "desk", "bed", "seat", "workbench", "lab_bench"} & b.concepts
    return bool(legged and a.low[2] <= b.low[2] + TOUCH and a.high[2] < b.high[2] - 0.02 and not a.shell)


def above(a: Thing, b: Thing) -> bool:
    """Whether ``a`` hangs above ``b`` without touching it."""
    return _over(a, b) and a.low[2] >= b.high[2] + TOUCH


def beside(a: Thing, b: Thing) -> bool:
    """Whether the two stand side by side."""
    reach = max(BESIDE, 0.35 * float(min(a.size[:2].max(), b.size[:2].max())))
    level = min(a.high[2], b.high[2]) > max(a.low[2], b.low[2]) - 0.5
    return level and flat_gap(a, b) <= reach and not (on(a, b) or on(b, a) or inside(a, b) or inside(b, a) or under(a, b))


def near(a: Thing, b: Thing) -> bool:
    """Whether ``a`` is not far from ``b``."""
    return gap(a, b) <= NEAR and not inside(a, b)


def facing(a: Thing, b: Thing) -> bool:
    """Whether ``a`` is turned to ``b``."""
    toward = b.middle[:2] - a.middle[:2]
    distance = float(np.linalg.norm(toward))
    return distance > 1e-6 and float(toward @ a.front) > math.cos(TURNED) * distance


def between(a: Thing, b: Thing, c: Thing) -> bool:
    """Whether ``a`` stands between ``b`` and ``c``."""
    first, second, own = b.middle[:2], c.middle[:2], a.middle[:2]
    along = second - first
    span = float(along @ along)
    if span < 1e-6:
        return False
    share = float((own - first) @ along) / span
    return 0.15 < share < 0.85 and float(np.linalg.norm(own - first - share * along)) < 0.8


def moved(thing: Thing, offset: np.ndarray) -> Thing:
    """The thing elsewhere."""
    (a, b, z), (x, y, top) = (np.array(thing.low) + offset).tolist(), (np.array(thing.high) + offset).tolist()
    return replace(thing, low=(a, b, z), high=(x, y, top))


def described(thing: Thing) -> str:
    """What a thing is, as words: “a red wooden chair, 45 cm wide, 45 cm deep and 90 cm high”."""
    kind = (thing.label or thing.prop or "thing").replace("_", " ")
    words = " ".join(word for word in (thing.color, {"wood": "wooden"}.get(thing.material, thing.material), kind) if word)
    width, depth, height = thing.own_size
    sizes = f"{length(width)} wide, {length(depth)} deep and {length(height)} high"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}, {sizes}"
