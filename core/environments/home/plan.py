"""A floor plan: walls as a planar graph, the openings in them, and the rooms between them.

Walls are given by their middle lines. They are cut where they meet, so that every piece has one room, or the outside, on each
of its sides; the rooms are the faces of the graph (traced along half-edges, always turning to the next edge clockwise).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...errors import WorldwrightError
from ..rooms import DOOR, PASSAGE, WINDOW

SNAP = 0.06  # metres within which ends of walls are one
OUTSIDE = -1
MOST_WALLS = 2000


@dataclass
class Gap:
    """A door, window or passage: its middle on the wall's middle line, metres.

    ``hinge``: (x, y) towards which end the leaf hangs, ``swing``: (x, y) into which side it opens; both are directions, (0, 0)
    leaves it to the plan.
    """

    kind: str
    x: float
    y: float
    width: float
    bottom: float = 0.0
    top: float = 2.1
    hinge: tuple[float, float] = (0.0, 0.0)
    swing: tuple[float, float] = (0.0, 0.0)
    wall: int = -1


@dataclass
class Label:
    """What a room is, said at a point inside it. ``kind``: one of the room kinds or "" for unknown."""

    x: float
    y: float
    kind: str
    name: str = ""


@dataclass
class Wall:
    """A piece of wall from ``start`` to ``end`` (2,); ``left`` and ``right``: the rooms beside it, or ``OUTSIDE``."""

    start: np.ndarray
    end: np.ndarray
    thickness: float
    left: int = OUTSIDE
    right: int = OUTSIDE
    ends: np.ndarray = field(default_factory=lambda: np.zeros((4, 2)))  # left and right corner at the start, then at the end

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.end - self.start))

    @property
    def along(self) -> np.ndarray:
        """(2,) unit vector from start to end; the left side is 90 degrees counter-clockwise of it."""
        return (self.end - self.start) / self.length


@dataclass
class PlanRoom:
    """A room: inner corners and middle-line corners (N, 2), counter-clockwise; what it is."""

    corners: np.ndarray
    outline: np.ndarray
    kind: str = ""
    name: str = ""

    @property
    def area(self) -> float:
        """Square metres inside."""
        return polygon_area(self.corners)


@dataclass
class FloorPlan:
    """``notes``: what was assumed or left out, in sentences."""

    walls: list[Wall]
    gaps: list[Gap]
    rooms: list[PlanRoom]
    height: float = 2.6
    notes: list[str] = field(default_factory=list)


def polygon_area(points: np.ndarray) -> float:
    """Signed area (shoelace formula); positive when counter-clockwise."""
    x, y = points.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def contains(polygon: np.ndarray, point: np.ndarray) -> bool:
    """Whether the point lies inside (even-odd rule)."""
    a, b = polygon, np.roll(polygon, -1, axis=0)
    rise = np.where(a[:, 1] == b[:, 1], 1.0, b[:, 1] - a[:, 1])
    crossing = ((a[:, 1] > point[1]) != (b[:, 1] > point[1])) & (
        point[0] < a[:, 0] + (point[1] - a[:, 1]) / rise * (b[:, 0] - a[:, 0])
    )
    return bool(crossing.sum() % 2)


def make_plan(
    segments: np.ndarray, thickness: np.ndarray, gaps: list[Gap], labels: list[Label], height: float = 2.6, least: float = 0.8
) -> FloorPlan:
    """The plan of wall middle lines (N, 4) x0, y0, x1, y1 with ``thickness`` (N,), metres.

    Raises WorldwrightError when the walls enclose no room of at least ``least`` square metres.
    """
    if len(segments) > MOST_WALLS:
        raise WorldwrightError(
            f"The plan has {len(segments):,} walls; at most {MOST_WALLS:,} are built.", "Take one storey at a time."
        )
    points, edges, widths = _cut(np.asarray(segments, float).reshape(-1, 4), np.asarray(thickness, float))
    edges, widths, loose = _without_ends(len(points), edges, widths)
    if not len(edges):
        raise WorldwrightError(
            "The walls of this plan enclose no room.", "Close the gaps between them; doors and windows count as closed."
        )
    plan = FloorPlan([], [], [], height)
    if loose:
        plan.notes.append(
            f"{loose} {'wall ends' if loose > 1 else 'wall end'} that close no room {'were' if loose > 1 else 'was'} left out."
        )
    corner, after = _corners(points, edges, widths)
    faces = _trace(len(edges), after)
    side = np.full(2 * len(edges), OUTSIDE)
    for face in faces:
        outline = points[[_origin(edges, h) for h in face]]
        if polygon_area(outline) < least:
            continue
        inner = np.array([corner[h] for h in face])
        keep = _turning(outline)
        room = PlanRoom(inner[keep], outline[keep])
        if polygon_area(room.corners) < least:
            continue
        side[face] = len(plan.rooms)
        plan.rooms.append(room)
    if not plan.rooms:
        raise WorldwrightError(
            "The walls of this plan enclose no room.", "Close the gaps between them; doors and windows count as closed."
        )
    for k, (a, b) in enumerate(edges):
        left, right = int(side[2 * k]), int(side[2 * k + 1])
        if left == right == OUTSIDE:
            continue
        ends = np.array(
            [corner[2 * k], corner[after_right(after, 2 * k)], corner[after_right(after, 2 * k + 1)], corner[2 * k + 1]]
        )
        plan.walls.append(Wall(points[a], points[b], float(widths[k]), left, right, ends))
    _attach(plan, gaps)
    _name(plan, labels)
    return plan


def after_right(after: dict[int, int], half: int) -> int:
    """The half-edge whose left corner is the right corner of ``half`` at its origin."""
    return after[half ^ 1]


def _origin(edges: np.ndarray, half: int) -> int:
    """Where a half-edge starts: edge k forwards is 2k, backwards 2k + 1."""
    return int(edges[half // 2][half % 2])


def _cut(segments: np.ndarray, thickness: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points, edges between them and their thickness: the segments cut where they cross or touch, ends within SNAP joined."""
    starts, ends = segments[:, :2], segments[:, 2:]
    pieces: list[tuple[np.ndarray, np.ndarray, float]] = []
    for k in range(len(segments)):
        a, b = starts[k], ends[k]
        length = float(np.linalg.norm(b - a))
        if length < SNAP:
            continue
        u = (b - a) / length
        normal = np.array([-u[1], u[0]])
        stops = [0.0, length]
        for p in (starts, ends):
            along, away = (p - a) @ u, np.abs((p - a) @ normal)
            stops += list(along[(away < SNAP) & (along > SNAP) & (along < length - SNAP)])
        first, second = (starts - a) @ normal, (ends - a) @ normal
        crossing = (first * second < 0) & (np.abs(first) > SNAP) & (np.abs(second) > SNAP)
        share = np.where(crossing, first / np.where(crossing, first - second, 1.0), 0.0)
        hits = ((starts + share[:, None] * (ends - starts) - a) @ u)[crossing]
        stops += list(hits[(hits > SNAP) & (hits < length - SNAP)])
        stops = sorted(stops)
        marks = [stops[0]] + [s for before, s in zip(stops, stops[1:], strict=False) if s - before > 1e-9]
        pieces += [(a + u * s, a + u * e, float(thickness[k])) for s, e in zip(marks, marks[1:], strict=False)]
    points: list[np.ndarray] = []

    def number(point: np.ndarray) -> int:
        for index, other in enumerate(points):
            if np.abs(other - point).max() < SNAP:
                return index
        points.append(point)
        return len(points) - 1

    found: dict[tuple[int, int], float] = {}
    for a, b, width in pieces:
        i, j = number(a), number(b)
        if i != j:
            key = (min(i, j), max(i, j))
            found[key] = max(found.get(key, 0.0), width)
    return np.array(points).reshape(-1, 2), np.array(list(found)).reshape(-1, 2), np.array(list(found.values()))


def _without_ends(count: int, edges: np.ndarray, widths: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """The edges that lie on a loop: those with a free end are taken away until none is left."""
    removed = 0
    while len(edges):
        degree = np.bincount(edges.ravel(), minlength=count)
        keep = (degree[edges] > 1).all(1)
        if keep.all():
            break
        removed += int((~keep).sum())
        edges, widths = edges[keep], widths[keep]
    return edges, widths, removed


def _corners(points: np.ndarray, edges: np.ndarray, widths: np.ndarray) -> tuple[dict[int, np.ndarray], dict[int, int]]:
    """Of each half-edge: the corner at its origin on its left side, where its face meets its neighbour's; and the half-edge
    that follows when walking around the face on its left."""
    around: dict[int, list[tuple[float, int]]] = {}
    for k, (a, b) in enumerate(edges):
        for half, origin, target in ((2 * k, a, b), (2 * k + 1, b, a)):
            direction = points[target] - points[origin]
            around.setdefault(int(origin), []).append((float(np.arctan2(direction[1], direction[0])), half))
    corner: dict[int, np.ndarray] = {}
    after: dict[int, int] = {}
    for origin, fan in around.items():
        fan.sort()
        for index, (angle, half) in enumerate(fan):
            next_angle, neighbour = fan[(index + 1) % len(fan)]
            corner[half] = _meet(points[origin], angle, widths[half // 2], next_angle, widths[neighbour // 2])
            after[neighbour ^ 1] = half  # arriving along the neighbour, the face on the left goes on clockwise: along this one
    return corner, after


def _meet(node: np.ndarray, angle: float, width: float, next_angle: float, next_width: float) -> np.ndarray:
    """Where the left face of a wall leaving at ``angle`` meets the right face of the next one counter-clockwise."""
    one, other = np.array([np.cos(angle), np.sin(angle)]), np.array([np.cos(next_angle), np.sin(next_angle)])
    first = node + np.array([-one[1], one[0]]) * width / 2
    second = node + np.array([other[1], -other[0]]) * next_width / 2
    cross = one[0] * other[1] - one[1] * other[0]
    if abs(cross) < 0.08:
        return first if width >= next_width else node + np.array([-one[1], one[0]]) * next_width / 2
    share = ((second - first)[0] * other[1] - (second - first)[1] * other[0]) / cross
    return first + one * float(np.clip(share, -6 * width, 6 * width))


def _trace(count: int, after: dict[int, int]) -> list[list[int]]:
    """The faces, each as its half-edges in order."""
    seen: set[int] = set()
    faces = []
    for start in range(2 * count):
        face = []
        half = start
        while half not in seen:
            seen.add(half)
            face.append(half)
            half = after[half]
        if face:
            faces.append(face)
    return faces


def _turning(outline: np.ndarray) -> np.ndarray:
    """(N,) bool: the corners at which the outline turns by more than two degrees."""
    before, on = outline - np.roll(outline, 1, axis=0), np.roll(outline, -1, axis=0) - outline
    cross = before[:, 0] * on[:, 1] - before[:, 1] * on[:, 0]
    scale = np.linalg.norm(before, axis=1) * np.linalg.norm(on, axis=1)
    backwards = (before * on).sum(1) < 0
    return (np.abs(cross) > 0.035 * scale) | backwards


def _attach(plan: FloorPlan, gaps: list[Gap]) -> None:
    """Gives each gap the nearest wall it fits into, moved onto its middle line and between its ends."""
    lost = 0
    for gap in gaps:
        point = np.array([gap.x, gap.y])
        best, least = -1, 0.45
        for index, wall in enumerate(plan.walls):
            offset = point - wall.start
            along = float(offset @ wall.along)
            away = abs(float(offset @ (-wall.along[1], wall.along[0])))
            spare = max(-along, along - wall.length, 0.0)
            if wall.length > gap.width * 0.6 and away + spare < least:
                best, least = index, away + spare
        if best < 0:
            lost += 1
            continue
        wall = plan.walls[best]
        low, high = _clear_span(wall)
        taken = [(float((np.array([o.x, o.y]) - wall.start) @ wall.along), o.width) for o in plan.gaps if o.wall == best]
        width = min(gap.width, high - low - 0.04)
        along = float(
            np.clip((point - wall.start) @ wall.along, low + width / 2 + 0.02, max(high - width / 2 - 0.02, low + width / 2 + 0.02))
        )
        if width < 0.4 or any(abs(along - other) < (width + wide) / 2 for other, wide in taken):
            lost += 1
            continue
        x, y = wall.start + wall.along * along
        top = min(gap.top, plan.height - 0.1)
        plan.gaps.append(Gap(gap.kind, float(x), float(y), width, min(gap.bottom, top - 0.3), top, gap.hinge, gap.swing, best))
    if lost == 1:
        plan.notes.append("1 opening that fits into no wall was left out.")
    elif lost:
        plan.notes.append(f"{lost} openings that fit into no wall were left out.")


def _clear_span(wall: Wall) -> tuple[float, float]:
    """From where to where along the wall both of its faces run."""
    reach = (wall.ends - wall.start) @ wall.along
    return float(max(reach[0], reach[1])), float(min(reach[2], reach[3]))


def _name(plan: FloorPlan, labels: list[Label]) -> None:
    """Kinds and names from the labels inside the rooms; what has none is guessed from its size and doors."""
    for room in plan.rooms:
        inside = [label for label in labels if contains(room.outline, np.array([label.x, label.y]))]
        if inside:
            room.kind, room.name = inside[0].kind, inside[0].name
    guess_kinds(plan)
    counts: dict[str, int] = {}
    for room in plan.rooms:
        room.name = room.name or room.kind.replace("_", " ").capitalize()
        counts[room.name] = counts.get(room.name, 0) + 1
    seen: dict[str, int] = {}
    for room in plan.rooms:
        if counts[room.name] > 1:
            seen[room.name] = seen.get(room.name, 0) + 1
            room.name = f"{room.name} {seen[room.name]}"


def guess_kinds(plan: FloorPlan) -> None:
    """Gives rooms without a kind one a home would have: the largest to live in, the smallest to bathe in, one to cook in."""
    unknown = sorted((k for k, room in enumerate(plan.rooms) if not room.kind), key=lambda k: -plan.rooms[k].area)
    kinds = {room.kind for room in plan.rooms}
    doors = {
        k: sum(k in (plan.walls[gap.wall].left, plan.walls[gap.wall].right) for gap in plan.gaps if gap.kind != WINDOW)
        for k in unknown
    }
    narrow = {
        k: 2 * plan.rooms[k].area / max(np.linalg.norm(np.diff(plan.rooms[k].corners, axis=0), axis=1).sum(), 0.1) for k in unknown
    }
    for k in list(unknown):
        if doors[k] >= 3 and narrow[k] < 1.6 and "hall" not in kinds and len(plan.rooms) > 3:
            plan.rooms[k].kind = "hall"
            kinds.add("hall")
            unknown.remove(k)
    if unknown and "living_room" not in kinds:
        plan.rooms[unknown.pop(0)].kind = "living_room"
    if unknown and "bathroom" not in kinds and plan.rooms[unknown[-1]].area < 12:
        plan.rooms[unknown.pop()].kind = "bathroom"
    if unknown and "kitchen" not in kinds:
        plan.rooms[unknown.pop()].kind = "kitchen"
    for k in unknown:
        plan.rooms[k].kind = "hall" if plan.rooms[k].area < 4.5 else "bedroom"


def plan_to_dict(plan: FloorPlan) -> dict:
    """JSON values from which ``plan_from_dict`` makes the plan again."""
    return {
        "walls": [[*wall.start.tolist(), *wall.end.tolist(), wall.thickness] for wall in plan.walls],
        "gaps": [{**{name: getattr(gap, name) for name in ("kind", "x", "y", "width", "bottom", "top")},
                  "hinge": list(gap.hinge), "swing": list(gap.swing)} for gap in plan.gaps],
        "rooms": [{"kind": room.kind, "name": room.name, "at": _inside(room.corners).tolist(), "corners": room.corners.tolist()}
                  for room in plan.rooms],
        "height": plan.height,
        "notes": plan.notes,
    }  # fmt: skip


def plan_from_dict(values: dict) -> FloorPlan:
    """A plan from JSON values: walls (x0, y0, x1, y1, thickness), gaps, rooms with a point inside ("at").

    Raises WorldwrightError when they are no plan.
    """
    try:
        walls = np.array(values["walls"], float).reshape(-1, 5)
        gaps = [
            Gap(**{**gap, "hinge": tuple(gap.get("hinge", (0, 0))), "swing": tuple(gap.get("swing", (0, 0)))})
            for gap in values["gaps"]
        ]
        spots = [(*room["at"], room.get("kind", ""), room.get("name", "")) for room in values["rooms"]]
        labels = [Label(x, y, kind, name) for x, y, kind, name in spots]
        height = float(values.get("height", 2.6))
    except (KeyError, TypeError, ValueError) as error:
        raise WorldwrightError("This is not a floor plan: it lacks walls, gaps or rooms.") from error
    if not np.isfinite(walls).all() or any(gap.kind not in (DOOR, WINDOW, PASSAGE) for gap in gaps):
        raise WorldwrightError("This floor plan is damaged: its numbers or the kinds of its openings make no sense.")
    return make_plan(walls[:, :4], walls[:, 4], gaps, labels, height)


def _inside(polygon: np.ndarray) -> np.ndarray:
    """(2,) a point well inside: of a lattice the one farthest from the walls."""
    low, high = polygon.min(0), polygon.max(0)
    grid = np.stack(np.meshgrid(*(np.linspace(low[k], high[k], 24)[1:-1] for k in range(2))), -1).reshape(-1, 2)
    a, b = polygon, np.roll(polygon, -1, axis=0)
    best, far = polygon.mean(0), -1.0
    for point in grid:
        if not contains(polygon, point):
            continue
        along = b - a
        share = np.clip(((point - a) * along).sum(1) / (along**2).sum(1), 0, 1)
        distance = float(np.linalg.norm(point - a - share[:, None] * along, axis=1).min())
        if distance > far:
            best, far = point, distance
    return best
