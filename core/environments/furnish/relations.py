"""Requests in words as wishes of the solver: where a thing may stand for each relation, and which way it faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from ..greybox.classes import BACK, CLASS_OF, KINDS
from ..groups import Group, Piece, single
from ..props.prop import Prop
from ..rooms import yaw_matrix
from ..shop import Shop
from ..wishes import Wish, front_side, tries
from .found import Found, Standing
from .language import Request

HEIGHTS = {
    "picture": 1.55,
    "clock": 2.1,
    "mirror": 1.45,
    "radiator": 0.3,
    "towel rail": 1.2,
    "kitchen cabinet": 1.75,
    "curtain": 1.4,
}
PITCH = 0.62  # metres between people side by side
STEP = 0.1


def wishes_of(requests: list[Request], found: Found, shop: Shop) -> list[tuple[Wish, Request]]:
    """A wish for every single thing that was asked for."""
    made = []
    for request in requests:
        spots = _spots(request, found, shop)
        for number in range(request.count):
            prop = _prop(request, shop, number)
            options = tries(*_sizes(request, prop, shop, number))
            made.append((_wish(request, prop, options, found, spots, number), request))
    return made


def _prop(request: Request, shop: Shop, number: int) -> Prop:
    return shop.get(request.prop, number % 3 if request.prop in ("plant", "picture_frame", "books_row", "vase", "mug") else 0)


def _sizes(request: Request, prop: Prop, shop: Shop, number: int) -> list[Callable[[], Group]]:
    """The thing in its usual size, then smaller: rather a small one than none."""
    low, high = prop.bounds
    size = high - low

    def sized(share: float) -> Group:
        if share == 1.0:
            made = prop
        else:
            width, depth, height = (round(float(value) * share, 2) for value in size)
            made = shop.get(request.prop, number % 3, width=width, depth=depth, height=height if prop.mount == "floor" else height)
        if request.relation in ("under", "on", "around"):
            return Group(
                request.noun, [Piece(request.noun, made, 0.0, 0.0, seat=bool(made.seats) and request.relation == "around")]
            )
        group = single(request.noun, made)
        if made.seats and not group.pieces[0].front:
            group.pieces[0] = replace(group.pieces[0], seat=True)
        return group

    return [partial(sized, share) for share in (1.0, 0.8, 0.65)]


def _wish(request: Request, prop: Prop, options, found: Found, spots: np.ndarray | None, number: int) -> Wish:
    kind = CLASS_OF.get(request.prop, "")
    noun, relation, target = request.noun, request.relation, request.target
    mounted = prop.mount == "wall"
    if spots is not None:
        side = target if target in found.room.walls else ""
        if mounted:
            return Wish(noun, options, "mounted", {"order": 1.0}, (side or front_side(found.room),), HEIGHTS.get(kind, 1.5), spots)
        at = relation in ("in rows", "around", "in the corner")
        return Wish(noun, options, "spots", {"order": 1.0} if at else {"alike": 0.2}, spots=spots)
    sides = (target,) if relation == "against" and target in found.room.walls else ()
    near = found.thing(target)
    prefer = {"blank": 0.4, "corner": 0.3, "alike": 0.2}
    if relation == "against" and target == "window":
        prefer = {"window": 4.0}
    elif relation == "near" and target in ("window", "door"):
        prefer = {target: 4.0 if target == "window" else -4.0}
    elif near is not None:
        prefer = {f"{'facing' if relation == 'facing' else 'near'}:{near.noun}": 4.0}
    elif relation == "in the middle":
        prefer = {"centre": 4.0}
    if mounted:
        return Wish(noun, options, "mounted", prefer | {"hung": -0.2}, sides, HEIGHTS.get(kind, 1.5))
    if prop.mount == "ceiling":
        return Wish(noun, options, "ceiling", {"centre": 1.0}, spots=_grid(found, lambda p: np.zeros(len(p))))
    back = kind not in KINDS or KINDS[kind].faces == BACK or sides or target == "window"
    return Wish(noun, options, "free" if relation == "in the middle" or not back else "wall", prefer, sides)


def _spots(request: Request, found: Found, shop: Shop) -> np.ndarray | None:
    """(S, 3) the poses a relation allows, or None where preferences say it better."""
    target = found.thing(request.target)
    prop = _prop(request, shop, 0)
    low, high = prop.bounds
    size = high - low
    if request.relation == "around" and target is not None:
        return _around(target, request.count, float(size[1]))
    if request.relation == "in the corner" and prop.mount == "floor":
        return _corners(found, size)
    if request.relation == "in rows":
        return _rows(found, size, request.count)
    if request.relation == "facing" and prop.mount == "floor":
        toward = _point(found, request.target)
        return _grid(found, lambda points: _quarter(toward - points)) if toward is not None else None
    if request.relation == "aligned with" and target is not None:
        return _aligned(found, target)
    if request.relation == "under" and target is not None and prop.mount == "floor":
        return _within(target, size)
    if request.relation == "near" and target is not None and prop.mount == "floor" and KINDS.get(target.kind) is not None:
        return _beside(target, size)
    return None


def _point(found: Found, target: str) -> np.ndarray | None:
    """(2,) where a target is: a thing, a wall, the door or the first window."""
    thing = found.thing(target)
    if thing is not None:
        return (thing.bounds[:2] + thing.bounds[3:5]) / 2
    openings = {"door": found.room.doors, "window": found.room.windows}.get(target, [])
    if openings:
        return (found.room.frame(openings[0].side) @ (openings[0].centre, 0.0, 0.0, 1.0))[:2].astype(float)
    return found.room.frame(target)[:2, 3].astype(float) if target in found.room.walls else None


def _quarter(directions: np.ndarray) -> np.ndarray:
    """(N,) the quarter turns by which things look along directions (N, 2): a thing faces -Y."""
    return np.round(np.arctan2(directions[:, 0], -directions[:, 1]) / (np.pi / 2)) * (np.pi / 2)


def _grid(found: Found, turn: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """(S, 3) poses over the floor, turned as ``turn`` says for points (S, 2)."""
    xs, ys = (np.arange(-length / 2 + STEP, length / 2, max(STEP, length / 60)) for length in (found.room.width, found.room.depth))
    points = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    points = points[found.room.covers(points)]
    return np.column_stack([points, turn(points)])


def _local(thing: Standing, places: np.ndarray) -> np.ndarray:
    """(S, 3) poses in the room of poses in a thing's own frame."""
    points = places[:, :2] @ yaw_matrix(thing.yaw).T + thing.transform[:2, 3]
    return np.column_stack([points, places[:, 2] + thing.yaw])


def _around(table: Standing, count: int, depth: float) -> np.ndarray:
    """Places for seats along a table's long sides first, then at its heads, each looking at the table."""
    low, high = table.mesh.bounds
    (x0, y0, _), (x1, y1, _) = low, high
    gap = 0.03 + depth / 2
    long_x = x1 - x0 >= y1 - y0
    spots: list[tuple[float, float, float]] = []
    sides = (
        [((x0, x1), y0 - gap, np.pi), ((x0, x1), y1 + gap, 0.0)],
        [((y0, y1), x0 - gap, np.pi / 2), ((y0, y1), x1 + gap, -np.pi / 2)],
    )
    for axis, pair in enumerate(sides if long_x else sides[::-1]):
        along_x = (axis == 0) == long_x
        (a, b), _, _ = pair[0]
        fit = max(int((b - a) / PITCH), 1)
        each = min(fit, max(-(-(count - len(spots)) // 2), 1))
        for k in range(each):
            s = a + (k + 0.5) * (b - a) / each
            for _, out, yaw in pair:
                spots.append((s, out, yaw) if along_x else (out, s, yaw))
    return _local(table, np.array(spots))


def _corners(found: Found, size: np.ndarray) -> np.ndarray:
    """Poses with the back to a wall and a side within a step of the next wall, the closest first."""
    spots = []
    for step in (0.0, 0.1, 0.25):
        for side in found.room.sides:
            yaw, frame = found.room.yaw(side), found.room.frame(side)
            reach = found.room.length(side) / 2 - float(size[0]) / 2 - 0.03 - step
            for along in (-reach, reach) if reach > 0 else (0.0,):
                x, y = frame[:2, 3] + yaw_matrix(yaw) @ (along, -float(size[1]) / 2 - 0.02)
                spots.append((x, y, yaw))
    return np.array(spots, float).reshape(-1, 3)


def _rows(found: Found, size: np.ndarray, count: int) -> np.ndarray:
    """Rows that face the front wall, from the front, with ways between them."""
    side = front_side(found.room)
    frame, yaw = found.room.frame(side), found.room.yaw(side)
    length = found.room.length(side)
    depth = found.room.depth if abs(np.cos(yaw)) > 0.7 else found.room.width
    columns = max(min(int((length - 1.4) // (size[0] + 0.15)), int(np.ceil(np.sqrt(count * 1.5)))), 1)
    pitch = float(size[1]) + 0.75
    rows = max(int((depth - 2.2) // pitch), 1)
    places = [((c - (columns - 1) / 2) * (float(size[0]) + 0.15), 1.6 + float(size[1]) / 2 + r * pitch, np.pi)
              for r in range(rows) for c in range(columns)]  # fmt: skip
    local = np.array(places)
    points = np.column_stack([local[:, 0], -local[:, 1]]) @ yaw_matrix(yaw).T + frame[:2, 3]
    return np.column_stack([points, local[:, 2] + yaw])


def _aligned(found: Found, other: Standing) -> np.ndarray:
    """Poses in one line with another thing, turned as it is, nearest first."""
    reach = np.arange(-max(found.room.width, found.room.depth), max(found.room.width, found.room.depth), STEP)
    lines = np.concatenate([np.column_stack([reach, 0 * reach]), np.column_stack([0 * reach, reach])])
    lines = lines[np.argsort(np.abs(lines).sum(1), kind="stable")]
    spots = _local(other, np.column_stack([lines, np.zeros(len(lines))]))
    return spots[found.room.covers(spots[:, :2])]


def _within(thing: Standing, size: np.ndarray) -> np.ndarray:
    """Poses under or over a thing, at both quarter turns, from its middle outwards."""
    low, high = thing.mesh.bounds
    xs, ys = (np.arange(low[k], high[k] + 1e-6, 0.05) for k in range(2))
    points = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    points = points[np.argsort(np.linalg.norm(points - (low[:2] + high[:2]) / 2, axis=1), kind="stable")]
    places = [np.column_stack([points, np.full(len(points), turn)]) for turn in (0.0, np.pi / 2)]
    return _local(thing, np.concatenate(places))


def _beside(thing: Standing, size: np.ndarray) -> np.ndarray:
    """Poses beside a thing, a hand's breadth away, turned as it is; nearest its back first."""
    low, high = thing.mesh.bounds
    half = size[:2] / 2
    spots = []
    for gap in (0.05, 0.15, 0.3, 0.5):
        for y in np.linspace(high[1] - half[1], low[1] + half[1], 5):
            spots += [(high[0] + half[0] + gap, y, 0.0), (low[0] - half[0] - gap, y, 0.0)]
        spots += [(x, low[1] - half[1] - gap - 0.3, 0.0) for x in np.linspace(low[0] + half[0], high[0] - half[0], 3)]
        spots += [(x, high[1] + half[1] + gap, 0.0) for x in np.linspace(low[0] + half[0], high[0] - half[0], 3)]
    return _local(thing, np.array(spots, float))
