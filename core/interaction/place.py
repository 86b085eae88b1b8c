"""Where things go: a relation to what is there becomes free places in metres, with what each one faces."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from .scene_graph import Graph, Thing

GAP = 0.08  # metres kept between things that stand beside each other
FLAT = 0.06  # metres: lower things (rugs) are no obstacle
EYE = 1.5  # metres above the floor of the middle of what hangs on a wall
SEAT = 0.55  # of a seat's height: where one sits


@dataclass(frozen=True)
class Pose:
    """A place of a thing's foot (metres) and where it faces (radians; 0 is -Y)."""

    x: float
    y: float
    z: float
    yaw: float = 0.0


@dataclass
class Placed:
    """``poses`` that were found, fewer than asked for where there was no room; ``notes`` in full sentences."""

    poses: list[Pose]
    notes: list[str] = field(default_factory=list)


def place(
    graph: Graph,
    relation: str,
    to: list[Thing],
    size: np.ndarray,
    count: int = 1,
    mount: str = "floor",
    ignore: frozenset[str] = frozenset(),
    spot: tuple[float, ...] = (),
) -> Placed:
    """``count`` free places for things of ``size`` (3,) in a ``relation`` to the things ``to``, or at the ``spot``.

    ``mount``: as of props: ``wall`` things hang, ``ceiling`` things hang from it,
    others stand. ``ignore`` names what is no obstacle.
    """
    finder = _Finder(
        graph, np.asarray(size, float), mount, ignore | {thing.name for thing in to if relation in ("on", "in", "under")}
    )
    if len(to) > 1 and relation not in ("between", "around", "along") and count <= len(to):
        each = [place(graph, relation, [thing], size, 1, mount, ignore) for thing in to]
        return Placed([pose for placed in each for pose in placed.poses], [note for placed in each for note in placed.notes])
    found: list[Pose] = []
    for pose in finder.candidates(relation, to, count, spot):
        if len(found) == count:
            break
        if finder.free(pose, found):
            found.append(pose)
    notes = []
    if not found:
        found = list(_first(finder.candidates(relation, to, count, spot), count))
        notes = ["There is no free place there; it may touch what stands beside it."] if found else []
    elif len(found) < count:
        notes = [f"Only {len(found)} of {count} find a free place there."]
    return Placed(found, notes)


def _first(poses: Iterator[Pose], count: int) -> Iterator[Pose]:
    for _, pose in zip(range(count), poses, strict=False):
        yield pose


class _Finder:
    """Proposes places for one size of thing, the best first, and tells which are free."""

    def __init__(self, graph: Graph, size: np.ndarray, mount: str, ignore: frozenset[str]) -> None:
        self.graph, self.size, self.mount = graph, size, mount
        self.low, self.high = graph.room()
        self.closed = any(thing.role == "wall" for thing in graph.things)
        self.obstacles = [
            thing for thing in graph.things
            if thing.name not in ignore and thing.role not in ("floor", "ceiling", "collider", "navmesh", "window",
            "wall") and "floor" not in thing.concepts
            and thing.size[2] > FLAT
        ]  # fmt: skip
        self.boxes = [(np.array(thing.low), np.array(thing.high)) for thing in self.obstacles]

    def footprint(self, yaw: float) -> np.ndarray:
        """(2,) of the turned thing."""
        cos, sin = abs(math.cos(yaw)), abs(math.sin(yaw))
        return np.array([cos * self.size[0] + sin * self.size[1], sin * self.size[0] + cos * self.size[1]])

    def free(self, pose: Pose, taken: list[Pose]) -> bool:
        """Whether nothing stands there and the room holds it."""
        half = self.footprint(pose.yaw) / 2
        low, high = np.array([pose.x, pose.y]) - half, np.array([pose.x, pose.y]) + half
        if self.closed and (np.any(low < self.low[:2] - 0.15) or np.any(high > self.high[:2] + 0.15)):
            return False
        base, top = pose.z, pose.z + self.size[2]
        for other_low, other_high in self.boxes:
            if (
                np.all(high > other_low[:2] + 0.01)
                and np.all(low < other_high[:2] - 0.01)
                and top > other_low[2] + 0.02
                and base < other_high[2] - 0.02
            ):
                return False
        for other in taken:
            apart = (half + self.footprint(other.yaw) / 2) - np.abs([pose.x - other.x, pose.y - other.y])
            if np.all(apart > 0.01) and abs(pose.z - other.z) < self.size[2]:
                return False
        return True

    def candidates(self, relation: str, to: list[Thing], count: int, spot: tuple[float, ...]) -> Iterator[Pose]:
        """Places in the relation, the best first."""
        if spot:
            yield from self._near(np.array(spot[:2]), float(spot[2]))
        elif relation in ("corner", "middle") or not to:
            yield from self._in_room(relation)
        elif relation == "between" and len(to) >= 2:
            middle = (to[0].middle + to[1].middle) / 2
            yield from self._near(middle[:2], self.low[2])
        elif relation in ("along", "against") or (relation == "on" and to[0].role == "wall"):
            for thing in to:
                yield from self._along(thing, count)
        elif relation in ("on", "in"):
            yield from self._within(to[0], relation, count)
        elif relation in ("under", "above"):
            yield from self._vertical(to[0], relation)
        elif relation == "around":
            yield from self._around(to, count)
        elif relation == "facing":
            yield from self._before(to[0], count)
        else:
            yield from self._beside(to[0], relation)

    def _floor(self, thing: Thing | None = None) -> float:
        """The height of the ground."""
        if self.mount == "ceiling":
            return float(self.high[2] - self.size[2])
        return float(self.low[2]) if thing is None or thing.low[2] - self.low[2] < 0.6 else float(thing.low[2])

    def _near(self, spot: np.ndarray, z: float) -> Iterator[Pose]:
        """The spot, and rings around it."""
        yield Pose(float(spot[0]), float(spot[1]), z)
        step = max(0.15, float(self.size[:2].max()) * 0.5)
        for ring in range(1, 9):
            for turn in range(8):
                x, y = spot + ring * step * np.array([math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)])
                yield Pose(float(x), float(y), z)

    def _in_room(self, relation: str) -> Iterator[Pose]:
        """Corners, or the middle and what is around it."""
        z = self._floor()
        if self.mount == "wall":
            walls = [thing for thing in self.graph.things if thing.role == "wall"]
            for wall in walls:
                yield from self._along(wall, 1)
        if relation == "corner":
            half = self.size[:2] / 2 + GAP
            for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
                corner = np.where([x > 0, y > 0], self.high[:2] - half, self.low[:2] + half)
                yield Pose(float(corner[0]), float(corner[1]), z)
            return
        middle = (self.low[:2] + self.high[:2]) / 2
        if np.abs(self.high - self.low)[:2].max() > 60:
            middle = np.zeros(2)
        yield from self._near(middle, z)

    def _along(self, thing: Thing, count: int) -> Iterator[Pose]:
        """A row along a wall, on the room's side, or along the longer front of another thing."""
        centre = (self.low[:2] + self.high[:2]) / 2
        size = thing.size
        axis = 0 if size[0] >= size[1] else 1
        across = 1 - axis
        side = 1.0 if centre[across] >= thing.middle[across] else -1.0
        if thing.role != "wall" and "wall" not in thing.concepts:
            side = 1.0 if thing.front[across] > 0 else -1.0
        face = thing.high[across] if side > 0 else thing.low[across]
        yaw = {(1, 1.0): math.pi, (1, -1.0): 0.0, (0, 1.0): math.pi / 2, (0, -1.0): -math.pi / 2}[across, side]
        z = float(self.low[2]) + EYE - self.size[2] / 2 if self.mount == "wall" else self._floor()
        width, depth = self.size[0], self.size[1]
        offset = face + side * (depth / 2 + (0.005 if self.mount == "wall" else 0.03))
        start, end = thing.low[axis] + width / 2 + 0.1, thing.high[axis] - width / 2 - 0.1
        even = [start + (end - start) * (k + 0.5) / count for k in range(count)]
        finer = list(np.arange(start, end + 1e-6, max(0.15, width / 2)))
        middle = thing.middle[axis]
        for along in even + sorted(finer, key=lambda value: abs(value - middle)):
            spot = (float(along), float(offset)) if axis == 0 else (float(offset), float(along))
            yield Pose(spot[0], spot[1], float(z), yaw)

    def _within(self, thing: Thing, relation: str, count: int) -> Iterator[Pose]:
        """On its top, or in it."""
        z = float(thing.high[2])
        if relation == "in":
            z = float(thing.low[2] + 0.03)
        elif "seat" in thing.concepts and thing.size[2] > 0.5:
            z = float(thing.low[2] + SEAT * thing.size[2])
        elif "bed" in thing.concepts:
            z = float(thing.low[2] + 0.55 * min(thing.size[2], 1.0))
        room = np.maximum(thing.size[:2] - self.footprint(thing.yaw) - 0.04, 0.0)
        steps = [
            max(1, int(side / max(width + 0.03, 0.05)) + 1) for side, width in zip(room, self.footprint(thing.yaw), strict=True)
        ]
        grid = [
            (x, y)
            for x in (np.linspace(-0.5, 0.5, steps[0]) if steps[0] > 1 else [0.0])
            for y in (np.linspace(-0.5, 0.5, steps[1]) if steps[1] > 1 else [0.0])
        ]
        order = sorted(grid, key=lambda at: abs(at[0]) + abs(at[1]))
        if count > 1:
            order = sorted(grid, key=lambda at: (abs(at[1]), at[0]))
        for x, y in order:
            spot = thing.middle[:2] + (x, y) * room
            yield Pose(float(spot[0]), float(spot[1]), z, thing.yaw)

    def _vertical(self, thing: Thing, relation: str) -> Iterator[Pose]:
        """Under it on the floor, or above it."""
        x, y = map(float, thing.middle[:2])
        if relation == "under":
            z = self._floor() if self.mount != "ceiling" else float(thing.low[2] - self.size[2])
            for dx, dy in ((0, 0), (0.25, 0), (-0.25, 0), (0, 0.2), (0, -0.2)):
                yield Pose(x + dx * thing.size[0], y + dy * thing.size[1], z, thing.yaw)
            return
        top = float(thing.high[2]) + 0.12
        if self.mount == "ceiling":
            top = max(top, min(float(self.high[2] - self.size[2]), top + 1.0))
        elif self.mount == "wall":
            side = thing.front * (self.size[1] / 2 - thing.own_size[1] / 2)
            yield Pose(x + float(side[0]), y + float(side[1]), top, thing.yaw)
        yield Pose(x, y, top, thing.yaw)

    def _around(self, to: list[Thing], count: int) -> Iterator[Pose]:
        """Slots along the four sides of the things' box, each facing it, in the order that spreads them best."""
        low = np.min([thing.low for thing in to], axis=0)
        high = np.max([thing.high for thing in to], axis=0)
        z = self._floor(to[0])
        width, depth = float(self.size[0]), float(self.size[1])
        tucked = depth / 2 - (0.12 if "table" in to[0].concepts else -0.1)
        for reach in (tucked, depth / 2 + GAP, depth / 2 + 0.6, depth / 2 + 1.2, depth / 2 + 1.8):
            sides: list[list[Pose]] = []
            for axis, side, yaw in ((0, -1, math.pi), (0, 1, 0.0), (1, -1, math.pi / 2), (1, 1, -math.pi / 2)):
                length = float(high[axis] - low[axis]) + 2 * max(reach - depth / 2 - GAP, 0)
                fit = max(1, int(length / (width + 0.04)))
                middle = (low[axis] + high[axis]) / 2
                across = (low[1 - axis] - reach) if side < 0 else (high[1 - axis] + reach)
                wanted = min(fit, max(1, -(-count // 4)) if length < 1.2 else max(1, -(-count // 3)))
                spots = [middle + length * ((k + 0.5) / wanted - 0.5) for k in range(wanted)]
                rest = [middle + length * ((k + 0.5) / fit - 0.5) for k in range(fit)]
                sides.append(
                    [Pose(*((float(s), float(across)) if axis == 0 else (float(across), float(s))), z, yaw) for s in spots + rest]
                )
            sides.sort(key=lambda poses: -len(poses))
            for turn in range(max(map(len, sides))):
                for poses in sides:
                    if turn < len(poses):
                        yield poses[turn]

    def _before(self, thing: Thing, count: int) -> Iterator[Pose]:
        """In front of it, looking at it."""
        front = self._front(thing)
        side = np.array([-front[1], front[0]])
        yaw = math.atan2(-front[0], front[1])
        width = float(self.size[0]) + 0.1
        reach = abs(float(front @ thing.size[:2])) / 2 + self.size[1] / 2
        for distance in (0.9, 1.3, 1.8, 0.5, 2.4):
            for k in range(max(count, 7)):
                shift = ((k + 1) // 2) * (1 if k % 2 else -1) - (0.5 if count % 2 == 0 else 0.0)
                spot = thing.middle[:2] + front * (reach + distance) + side * shift * width
                yield Pose(float(spot[0]), float(spot[1]), self._floor(), yaw)

    def _front(self, thing: Thing) -> np.ndarray:
        """(2,) which way a thing's front looks; of what hangs on a wall and of tables, into the room."""
        if thing.role in ("wall", "door", "window") or {"table", "plant", "rug"} & thing.concepts:
            toward = (self.low[:2] + self.high[:2]) / 2 - thing.middle[:2]
            axis = int(thing.size[0] > thing.size[1]) if thing.role else 1
            if thing.role:
                return np.array([0.0, math.copysign(1, toward[1])]) if axis else np.array([math.copysign(1, toward[0]), 0.0])
            return -self.graph.away()
        return thing.front

    def _beside(self, thing: Thing, relation: str) -> Iterator[Pose]:
        """At its sides."""
        right, front = self.graph.right(), self._front(thing)
        directions = {"left": [-right], "right": [right], "front": [front], "behind": [-front]}.get(
            relation, [right, -right, front, -front]
        )
        z = self._floor(thing)
        yaw = thing.yaw if relation not in ("behind",) and "seat" in thing.concepts else 0.0
        mounted = self.mount == "wall"
        if mounted:
            z, yaw = float(thing.low[2]), thing.yaw
        half = self.footprint(yaw) / 2
        for distance in (GAP, 0.3, 0.6, 1.0, 1.6):
            for direction in directions:
                reach = abs(direction) @ (thing.size[:2] / 2 + half) + distance
                for shift in (0.0, 0.3, -0.3, 0.6, -0.6):
                    across = np.array([-direction[1], direction[0]]) * shift * float(thing.size[:2].max())
                    spot = thing.middle[:2] + direction * reach + across
                    yield Pose(float(spot[0]), float(spot[1]), z, yaw)
