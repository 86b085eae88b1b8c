"""How well a room can be used, beyond being valid: room before cupboards, ways for a wheelchair, sight of the screen, light."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..scene import Node, Scene
from .rooms import Room
from .space import AGENT_HEIGHT, STEP, WHEELCHAIR_RADIUS, WalkMap

CLEARANCE = 0.5  # metres before a cupboard: less is too little to open it
LOOK = 1.2  # metres: how far before a thing is looked
TURNING = 1.5  # metres across, the circle a wheelchair turns in (DIN 18040-2)
EYES = 0.75  # metres from a seat to the sitter's eyes
ASIDE = np.cos(np.radians(60))  # seats further aside see nothing on a screen
LUMENS = 250.0  # a radiant watt of white light
WORKING = 0.8  # metres: the height light is measured at
REFLECTED = 0.55  # mean reflectance of a furnished room


@dataclass
class Thing:
    """A prop in the room: its pieces' centres and half sizes (P, 3) in its own frame, its transform, and its world bounds."""

    node: Node
    matrix: np.ndarray
    centres: np.ndarray
    halves: np.ndarray
    bounds: np.ndarray
    boxes: np.ndarray = field(default_factory=lambda: np.empty((0, 6)))


def measures(
    scene: Scene, room: Room, things: list[Thing], solids: np.ndarray, radius: float
) -> tuple[dict[str, float | int | bool], dict[str, list[str]]]:
    """Values, and for those that are too low the names of the nodes that are why.

    least_clearance: metres before the front that has least; turning_circle: metres across, the largest free circle;
    wheelchair_reach: share of seats and fronts that a wheelchair comes to; screen_seen_share: of the seats, where there is
    a screen; lux, lux_darkest, lux_evening: mean and darkest square metre at 0.8 m, and the mean without daylight
    (direct light of all lamps and windows without shadows,
    and an even part for what the room reflects).
    """
    values: dict[str, float | int | bool] = {}
    failing: dict[str, list[str]] = {}
    fronts = [thing for thing in things if thing.node.properties.get("front")]
    seats = [thing for thing in things if thing.node.properties.get("seat")]
    if fronts:
        free = [_clearance(thing, things, room) for thing in fronts]
        values["least_clearance"] = round(min(free), 2)
        failing["least_clearance"] = [t.node.name for t, depth in zip(fronts, free, strict=True) if depth < CLEARANCE]
    wide = WalkMap(room, solids, cell=0.1, radius=WHEELCHAIR_RADIUS)
    wide.settle()
    values["turning_circle"] = _turning_circle(room, solids)
    if seats or fronts:
        boxes = [thing.bounds for thing in seats] + [front_box(thing) for thing in fronts]
        reached = [wide.reaches(box, 0.3) for box in boxes]
        values["wheelchair_reach"] = round(float(np.mean(reached)), 3)
        if radius >= WHEELCHAIR_RADIUS:
            failing["wheelchair_reach"] = [t.node.name for t, well in zip(seats + fronts, reached, strict=True) if not well]
    screens = [thing for thing in things if thing.node.properties.get("prop") == "display" or thing.node.label == "screen"]
    if screens and seats:
        unseen = [seat.node.name for seat in seats if not any(_sees(seat, screen, things) for screen in screens)]
        values["screen_seen_share"] = round(1.0 - len(unseen) / len(seats), 3)
        failing["screen_seen_share"] = unseen
    values |= _light(scene, room)
    return values, {name: names for name, names in failing.items() if names}


def front_box(thing: Thing) -> np.ndarray:
    """(6,) half a metre in front (-Y) of a cupboard."""
    low, high = (thing.centres - thing.halves).min(0), (thing.centres + thing.halves).max(0)
    local = np.array([(x, y, 0.0, 1.0) for x in (low[0], high[0]) for y in (low[1] - 0.5, low[1])])
    points = (local @ thing.matrix.T)[:, :2]
    return np.array([*points.min(0), 0.0, *points.max(0), 1.0])


def _clearance(thing: Thing, things: list[Thing], room: Room) -> float:
    """Metres before the middle half of a thing's front until something that cannot be pushed aside, or a wall; up to 1.2."""
    low, high = (thing.centres - thing.halves).min(0), (thing.centres + thing.halves).max(0)
    fixed = [other.boxes for other in things if other is not thing and not other.node.properties.get("seat")]
    boxes = np.concatenate(fixed) if fixed else np.empty((0, 6))
    boxes = boxes[
        (boxes[:, 2] < min(float(high[2]) + thing.matrix[2, 3], AGENT_HEIGHT)) & (boxes[:, 5] > thing.matrix[2, 3] + STEP)
    ]
    xs = np.linspace(low[0] + 0.25 * (high[0] - low[0]), high[0] - 0.25 * (high[0] - low[0]), 5)
    for depth in np.arange(0.05, LOOK + 1e-6, 0.05):
        local = np.column_stack([xs, np.full(5, low[1] - depth), np.zeros(5), np.ones(5)])
        points = (local @ thing.matrix.T)[:, :2]
        met = ((points[:, None] > boxes[:, :2]) & (points[:, None] < boxes[:, 3:5])).all(-1).any() if len(boxes) else False
        if met or not room.covers(points).all():
            return float(depth - 0.05)
    return LOOK


def _turning_circle(room: Room, solids: np.ndarray) -> float:
    """Metres across of the largest circle on the floor with nothing in it, up to 3; its middle on a lattice of 0.1 m."""
    xs, ys = (np.arange(-size / 2, size / 2 + 1e-9, 0.1) for size in (room.width, room.depth))
    points = np.stack(np.meshgrid(xs, ys), -1)
    free = np.where(room.covers(points), np.minimum(room.wall_distance(points), 1.5), 0.0)
    for box in solids[(solids[:, 2] < AGENT_HEIGHT) & (solids[:, 5] > STEP)]:
        columns, rows = (slice(*np.searchsorted(line, (box[k] - 1.5, box[k + 3] + 1.5))) for k, line in ((0, xs), (1, ys)))
        dx = np.maximum(np.maximum(box[0] - xs[columns], xs[columns] - box[3]), 0.0)
        dy = np.maximum(np.maximum(box[1] - ys[rows], ys[rows] - box[4]), 0.0)
        free[rows, columns] = np.minimum(free[rows, columns], np.hypot(dx[None], dy[:, None]))
    return round(2 * float(free.max(initial=0.0)), 1)


def _sees(seat: Thing, screen: Thing, things: list[Thing]) -> bool:
    """Whether somebody on a seat sees the middle of a screen: from no more than 60 degrees aside, past everything tall."""
    eye = np.array([*(seat.bounds[:2] + seat.bounds[3:5]) / 2, min(seat.bounds[2] + 0.45, seat.bounds[5]) + EYES])
    goal = (screen.bounds[:3] + screen.bounds[3:]) / 2
    line = eye - goal
    distance = float(np.linalg.norm(line))
    if distance < 1e-6 or float(line @ -screen.matrix[:3, 1]) / distance < ASIDE:
        return False
    if seat.node.label == "lecture bench" and float(line @ seat.matrix[:3, 1]) < 0:  # fixed: nobody turns round
        return False
    for other in things:
        if other is seat or other is screen or other.bounds[5] < min(eye[2], goal[2]) - 0.05:
            continue
        if _crosses(goal, eye, other.boxes):
            return False
    return True


def _crosses(start: np.ndarray, end: np.ndarray, boxes: np.ndarray) -> bool:
    """Whether a line meets one of boxes (N, 6) between its ends (slabs: Kay and Kajiya, 1986)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (boxes[:, :3] - start) / (end - start), (boxes[:, 3:] - start) / (end - start)
    enter, leave = np.fmin(one, other).max(1), np.fmax(one, other).min(1)
    return bool(((enter <= leave) & (enter < 0.98) & (leave > 0.02)).any())


def _light(scene: Scene, room: Room) -> dict[str, float | int | bool]:
    """Mean and least illuminance of the floor's square metres by day, and the mean of the lamps alone; nothing without lamps."""
    from .checks import world_matrices

    lamps = [node for node in scene.nodes if node.light is not None and node.light.kind != "sun"]
    if not lamps:
        return {}
    xs, ys = (np.arange(-size / 2 + 0.5, size / 2, 1.0) if size > 1.0 else np.zeros(1) for size in (room.width, room.depth))
    spots = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    spots = spots[room.covers(spots)]
    if not len(spots):
        return {}
    points = np.column_stack([spots, np.full(len(spots), WORKING)])
    matrices = world_matrices(scene)
    total, evening = np.zeros(len(points)), np.zeros(len(points))
    surface = 2 * room.area + 2 * (room.width + room.depth) * room.height
    for node in lamps:
        assert node.light is not None
        matrix = matrices[node.name]
        toward = matrix[:3, 3] - points
        squared = np.maximum((toward**2).sum(1), 0.04)
        down = np.clip(toward[:, 2] / np.sqrt(squared), 0.0, 1.0)
        lumens = node.light.power * LUMENS
        if node.light.kind == "point":
            lit = lumens / (4 * np.pi) * down / squared
        else:
            facing = np.clip((toward @ matrix[:3, 2]) / np.sqrt(squared), 0.0, 1.0)
            lit = lumens / np.pi * facing * down / squared
        lit += lumens * REFLECTED / ((1 - REFLECTED) * surface)
        total += lit
        evening += lit * (not node.name.startswith("Sky"))
    return {
        "lux": round(float(total.mean())),
        "lux_darkest": round(float(total.min())),
        "lux_evening": round(float(evening.mean())),
    }
