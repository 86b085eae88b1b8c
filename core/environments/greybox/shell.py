"""Which boxes are the room: floor, walls, ceiling, doors and windows; and the plan of the room they make."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..rooms import DOOR, PASSAGE, WINDOW, Opening, Room, yaw_matrix
from .boxes import GreyBox, tightest

THIN, TALL = 0.45, 1.7
CEILING_HEIGHT = 2.6  # where nothing says how high the room is
MARGIN = 0.35  # between the outermost boxes and walls that nobody blocked out
WINDOW_AREA = 0.7  # square metres; smaller flat boxes must lie well in the wall
PLANE = 0.35  # metres a door or window may stand off the wall it belongs to
WORDS = {
    "floor": ("floor", "ground", "slab"),
    "ceiling": ("ceiling",),
    "window": ("window",),
    "door": ("door", "doorway", "entrance"),
    "wall": ("wall",),
}


@dataclass
class Shell:
    """The room that was recognised.

    Attributes:
        room: its plan, in its own frame: the middle of the floor is the origin, walls at right angles to the axes.
        centre: (3,) of that frame in the world; ``yaw`` its turn.
        parts: names of the boxes that are the room, by what they are: floor, wall, ceiling, door, window.
        things: the boxes that stand in it, in the room's frame.
        notes: sentences about what was assumed.
    """

    room: Room
    centre: np.ndarray
    yaw: float
    parts: dict[str, list[str]]
    things: list[GreyBox]
    notes: list[str] = field(default_factory=list)


def role_by_name(name: str) -> str:
    """``floor``, ``wall``, ``ceiling``, ``door``, ``window``, or "" where the name says nothing about the room itself."""
    words = "".join(c.lower() if c.isalpha() else " " for c in name).split()
    if {"lamp", "light", "cabinet", "unit", "clock", "mirror", "shelf", "plan", "tool", "screen", "board", "mat"} & set(words):
        return ""
    for role, options in WORDS.items():
        if any(word.rstrip("s") in options for word in words):
            return role
    return ""


def recognise_shell(boxes: list[GreyBox]) -> Shell:
    """Splits boxes into the room and the things in it. Needs at least one box."""
    yaw = _common_turn(boxes)
    turned = [_in_frame(box, np.zeros(3), yaw) for box in boxes]
    roles = _with_stubs(turned, [_role(box, turned) for box in turned])
    notes: list[str] = []
    low, high, ground = _extent(turned, roles, notes)
    height = _height(turned, roles, ground, notes)
    middle = np.array([*(low + high) / 2, ground])
    local = [_in_frame(box, middle, 0.0) for box in turned]
    room = Room(float(high[0] - low[0]), float(high[1] - low[1]), height)
    parts: dict[str, list[str]] = {}
    things = []
    for box, role in zip(local, roles, strict=True):
        if role:
            parts.setdefault(role, []).append(box.name)
        else:
            things.append(box)
    _openings(room, [(box, role) for box, role in zip(local, roles, strict=True) if role], notes)
    if not room.doors:
        _assume_door(room, things, notes)
    cos, sin = np.cos(yaw), np.sin(yaw)
    centre = np.array([cos * middle[0] - sin * middle[1], sin * middle[0] + cos * middle[1], middle[2]])
    return Shell(room, centre, yaw, parts, things, notes)


def _common_turn(boxes: list[GreyBox]) -> float:
    """The turn most of the boxes' sides share, in (-45, 45] degrees; long and tall things count for more."""
    angles = np.array([4 * box.yaw for box in boxes])
    weights = np.array([box.size[0] ** 2 * (1.0 + (box.size[0] > 3.0) * 3.0) for box in boxes])
    total = (weights * np.exp(1j * angles)).sum()
    turn = float(np.angle(total)) / 4
    near = np.abs((angles / 4 - turn + np.pi / 4) % (np.pi / 2) - np.pi / 4) < 0.2
    if near.any():
        turn = float(np.angle((weights[near] * np.exp(1j * angles[near])).sum())) / 4
    return 0.0 if abs(turn) < 2e-3 else turn


def _in_frame(box: GreyBox, origin: np.ndarray, yaw: float) -> GreyBox:
    centre = box.centre - origin
    centre = np.array([*(yaw_matrix(-yaw) @ centre[:2]), centre[2]])
    turn = (box.yaw - yaw + np.pi / 2 - 1e-9) % np.pi - np.pi / 2 + 1e-9
    return GreyBox(box.name, centre, box.size, float(turn), box.shape, box.keep)


def _role(box: GreyBox, boxes: list[GreyBox]) -> str:
    """What part of the room a box is, by its name or else by its size and place; "" for a thing in the room."""
    if box.keep:
        return ""
    if named := role_by_name(box.name):
        return named
    long, short, tall = box.size
    lowest = min(other.bottom for other in boxes)
    largest = max(other.size[0] * other.size[1] for other in boxes)
    area = long * short
    if tall < 0.4 and short > 1.6 and area > 3.5 and area > 0.8 * largest:
        middle = np.median([other.centre[2] for other in boxes if other is not box] or [box.centre[2] + 1])
        if box.centre[2] < middle and box.bottom < lowest + 0.5:
            return "floor"
        if box.bottom > 1.9:
            return "ceiling"
    if (
        tall > 1.9
        and short > 1.9
        and area > 0.8 * largest
        and sum(_inside(other, box) for other in boxes) > 0.6 * (len(boxes) - 1) > 0
    ):
        return "floor"  # the whole room as one box or shell
    if tall > TALL and short < THIN and long > 1.1 and long / short > 4 and _edge(box, boxes):
        return "wall"
    if (
        short < 0.3
        and tall > 1.85
        and 0.6 < long < 2.2
        and box.bottom < lowest + 0.2
        and _edge(box, boxes)
        and _in_wall(box, boxes)
    ):
        return "door"
    off = 0.3 if long * tall > WINDOW_AREA else 0.1  # pictures, mirrors and rails are small too, but hang before the wall
    if short < 0.3 and box.bottom > lowest + 0.3 and tall > 0.7 and long > 0.5 and _in_wall(box, boxes, off):
        return "window"
    return ""


def _with_stubs(boxes: list[GreyBox], roles: list[str]) -> list[str]:
    """The roles with short pieces of wall too: as thin and high as the walls, and in line with one of them."""
    walls = [box for box, role in zip(boxes, roles, strict=True) if role == "wall"]
    found = list(roles)
    for number, box in enumerate(boxes):
        if found[number] or box.keep or not walls:
            continue
        for wall in walls:
            across = abs(float((box.centre[:2] - wall.centre[:2]) @ (-np.sin(wall.yaw), np.cos(wall.yaw))))
            same = abs(np.log(box.size[2] / wall.size[2])) < 0.04 and abs(box.bottom - wall.bottom) < 0.08
            if same and across < 0.08 and min(box.size[:2]) < 1.15 * wall.size[1] + 0.02:
                found[number] = "wall"
                break
    return found


def _inside(inner: GreyBox, outer: GreyBox) -> bool:
    local = _in_frame(inner, outer.centre, outer.yaw)
    return bool((np.abs(local.centre[:2]) < outer.size[:2] / 2 + 0.05).all() and inner.top < outer.top + 0.1)


def _edge(box: GreyBox, boxes: list[GreyBox]) -> bool:
    """Whether a box stands at the rim of all others: nothing much lies beyond its long side."""
    cos, sin = np.cos(box.yaw), np.sin(box.yaw)
    across = np.array([-sin, cos])
    beyond = np.array([(other.centre[:2] - box.centre[:2]) @ across for other in boxes if other is not box])
    if not len(beyond):
        return False
    reach = 0.3 + box.size[1]
    return bool((beyond > -reach).mean() > 0.94 or (beyond < reach).mean() > 0.94)


def _in_wall(box: GreyBox, boxes: list[GreyBox], off: float = 0.3) -> bool:
    """Whether a flat box stands in the plane of a wall: inside one, or in a gap between two in line; ``off``: share of the wall's
    thickness it may lie beside its middle."""
    for other in boxes:
        if (
            other is box
            or not (other.size[2] > TALL and other.size[1] < THIN and other.size[0] > 1.1)
            or other.size[2] < box.size[2] - 0.1
        ):
            continue
        local = _in_frame(box, other.centre, other.yaw)
        parallel = abs(np.sin(local.yaw)) < 0.2
        if (
            parallel
            and abs(local.centre[1]) < off * other.size[1] + 0.01
            and abs(local.centre[0]) < other.size[0] / 2 + box.size[0] + 0.1
        ):
            return True
    return False


def _extent(boxes: list[GreyBox], roles: list[str], notes: list[str]) -> tuple[np.ndarray, np.ndarray, float]:
    """Inside corners (2,) of the room in the turned frame, and the height of its floor."""
    walls = [box for box, role in zip(boxes, roles, strict=True) if role == "wall"]
    floors = [box for box, role in zip(boxes, roles, strict=True) if role == "floor"]
    things = [box for box, role in zip(boxes, roles, strict=True) if not role]
    inside = things or walls or boxes
    points = np.concatenate([box.corners() for box in inside])
    low, high = points.min(0) - MARGIN, points.max(0) + MARGIN
    if floors:
        corners = np.concatenate([box.corners() for box in floors])
        low, high = corners.min(0), corners.max(0)
    elif not walls:
        notes.append("There is no floor among the boxes; one was assumed under them, with walls around.")
    middle = (points.min(0) + points.max(0)) / 2 if things else (low + high) / 2
    for wall in walls:
        corners = wall.corners()
        a, b = corners.min(0), corners.max(0)
        axis = int((b - a)[1] < (b - a)[0])  # the axis it stands across
        if (a + b)[axis] / 2 > middle[axis]:
            high[axis] = a[axis]
        else:
            low[axis] = b[axis]
    hollow = [box for box in floors if box.size[2] > 1.9]
    ground = floors[0].bottom if hollow else floors[0].top if floors else min(box.bottom for box in inside)
    size = np.maximum(high - low, 1.2)
    return (low + high - size) / 2, (low + high + size) / 2, float(ground)


def _height(boxes: list[GreyBox], roles: list[str], ground: float, notes: list[str]) -> float:
    ceilings = [box.bottom - ground for box, role in zip(boxes, roles, strict=True) if role == "ceiling"]
    walls = [box.top - ground for box, role in zip(boxes, roles, strict=True) if role == "wall"]
    hollow = [box.top - ground for box, role in zip(boxes, roles, strict=True) if role == "floor" and box.size[2] > 1.9]
    tallest = max((box.top - ground for box, role in zip(boxes, roles, strict=True) if not role), default=0.0)
    known = ceilings or hollow or ([float(np.median(walls))] if walls else [])
    height = known[0] if known else max(CEILING_HEIGHT, tallest + 0.1)
    if height < tallest - 0.02:
        notes.append(f"Some boxes are higher than the walls; the room was made {tallest + 0.05:.2f} m high.")
        height = tallest + 0.05
    return float(min(max(height, 2.0), 8.0))


def _openings(room: Room, parts: list[tuple[GreyBox, str]], notes: list[str]) -> None:
    """Doors and windows that were blocked out, and gaps in a wall that are as wide as a door."""
    for box, role in parts:
        if role in ("door", "window"):
            side = min(room.sides, key=lambda name: abs(float((np.linalg.inv(room.frame(name)) @ (*box.centre, 1.0))[1])))
            local = np.linalg.inv(room.frame(side)) @ (*box.centre, 1.0)
            half = room.length(side) / 2
            width = float(min(box.size[0], 2 * half - 0.3))
            centre = float(np.clip(local[0], -half + width / 2 + 0.1, half - width / 2 - 0.1))
            if role == "door":
                width = min(max(width, 0.8), 2.4)
                room.openings.append(
                    Opening(
                        DOOR if width < 1.5 else PASSAGE,
                        side,
                        centre,
                        width,
                        0.0,
                        float(min(max(box.top, 1.95), room.height - 0.1)),
                    )
                )
            else:
                bottom = float(np.clip(box.bottom, 0.1, room.height - 0.6))
                room.openings.append(
                    Opening(WINDOW, side, centre, width, bottom, float(np.clip(box.top, bottom + 0.3, room.height - 0.1)))
                )
    for side in room.sides:
        spans = []
        inverse = np.linalg.inv(room.frame(side))
        for box, role in parts:
            if role not in ("wall", "door"):
                continue
            local = np.column_stack([box.corners(), np.zeros(4), np.ones(4)]) @ inverse.T
            if local[:, 1].min() < PLANE and local[:, 1].max() > -PLANE and np.ptp(local[:, 0]) > np.ptp(local[:, 1]):
                spans.append((float(local[:, 0].min()), float(local[:, 0].max())))
        spans.sort()
        for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
            gap = start - end
            if 0.65 < gap < 2.6:
                kind = DOOR if gap < 1.4 else PASSAGE
                room.openings.append(Opening(kind, side, (start + end) / 2, max(gap, 0.8), 0.0, min(2.1, room.height - 0.1)))
    _without_clashes(room)


def _without_clashes(room: Room) -> None:
    """Of openings that overlap on one wall the first stays."""
    kept: list[Opening] = []
    for opening in sorted(room.openings, key=lambda o: o.kind == WINDOW):
        if all(o.side != opening.side or abs(o.centre - opening.centre) > (o.width + opening.width) / 2 + 0.02 for o in kept):
            kept.append(opening)
    room.openings = kept


def _assume_door(room: Room, things: list[GreyBox], notes: list[str]) -> None:
    """A door where most floor is free before it."""
    outlines = [tightest(box.corners())[:3] for box in things if box.bottom < 0.3]
    best: tuple[float, str, float] | None = None
    for side in room.sides:
        half = room.length(side) / 2 - 0.65
        for centre in np.linspace(-half, half, max(int(half / 0.1), 2)) if half > 0 else [0.0]:
            spot = (room.frame(side) @ (centre, -0.5, 0.0, 1.0))[:2]
            free = min((_gap(spot, *outline) for outline in outlines), default=9.0)
            if best is None or min(free, 1.2) > best[0] + 1e-6:
                best = (min(free, 1.2), side, float(centre))
    assert best is not None
    room.openings.append(Opening(DOOR, best[1], best[2], 0.9, 0.0, min(2.1, room.height - 0.1)))
    notes.append(f"No door was found; one was assumed in the {best[1]} wall.")


def _gap(point: np.ndarray, centre: np.ndarray, size: np.ndarray, yaw: float) -> float:
    """Metres from a point to a turned rectangle."""
    local = np.abs(yaw_matrix(-yaw) @ (point - centre)) - size / 2
    return float(np.linalg.norm(np.maximum(local, 0.0)))
