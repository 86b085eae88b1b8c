"""Propose, solve, check: where each group of furniture goes.

A constructive solver in the manner of Infinigen's second room generator (a sequence of wishes against a set of taken boxes)
with Holodeck's relations (against, under, beside, at, facing). For each wish every candidate pose is tested at once; those
that overlap nothing, leave zones free and keep every seat reachable are valid, and the best of them by the wish's
preferences is taken. Nothing invalid is ever placed, so what cannot be placed is left out and named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from ..progress import Progress, silent
from .brief import RoomBrief
from .groups import Group, Piece
from .props.prop import Prop
from .rooms import YAW, Room, pose, yaw_matrix
from .shop import Shop
from .space import Space, opening_box, turn_boxes
from .wishes import Wish, classroom_wishes, common_wishes, meeting_wishes, office_wishes

ATTEMPTS = 4
TRIES = 6  # how many valid poses of a wish are tested for walkability
GAP = 0.02  # between furniture and wall, for the skirting board
WALL_STEP, FREE_STEP = 0.1, 0.25


@dataclass
class Placement:
    """One prop in the room.

    Attributes:
        name: unique, "Desk 2".
        transform: (4, 4) in the room.
        support: name of what it rests on or hangs from: "Floor", "Wall north", "Desk 1", "Ceiling".
        relations: data: {"relation": "against", "target": "Wall north"}.
        why: the relations as a sentence.
    """

    name: str
    prop: Prop
    transform: np.ndarray
    support: str
    relations: list[dict] = field(default_factory=list)
    why: str = ""
    seat: bool = False
    front: bool = False


def world_box(prop: Prop, transform: np.ndarray) -> np.ndarray:
    """(6,) the axis-aligned bounds of a prop at a (4, 4) transform."""
    low, high = prop.mesh.bounds
    corners = np.array([(x, y, z, 1.0) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    world = (corners @ transform.T)[:, :3]
    return np.concatenate([world.min(0), world.max(0)])


@dataclass
class Arrangement:
    """``asked`` and ``placed`` count seats and single things; ``missing`` says in sentences what found no place."""

    placements: list[Placement] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    asked: int = 0
    placed: int = 0
    attempts: int = 1


@dataclass
class _Placed:
    wish: Wish
    group: Group
    x: float
    y: float
    yaw: float
    side: str
    boxes: np.ndarray


def arrange(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, progress: Progress = silent) -> Arrangement:
    """The best of at most four attempts; later attempts use smaller furniture and other patterns."""
    programme = {"office": office_wishes, "meeting_room": meeting_wishes, "classroom": classroom_wishes}[brief.kind]
    best: tuple[list[_Placed], list[Wish]] | None = None
    best_count = (-1, -1)
    for attempt in range(ATTEMPTS):
        progress(attempt / ATTEMPTS, "Arranging the furniture")
        wishes = programme(brief, room, shop, rng, attempt) + common_wishes(brief, room, shop, rng)
        placed, left = _solve(room, wishes, rng)
        seats = _seats(placed)
        count = (seats, sum(item.wish.seats for item in placed if not item.wish.extra))
        if count > best_count:
            best, best_count = (placed, left), count
        if not left and seats >= brief.people:
            break
    assert best is not None
    return _finish(brief, room, *best, attempts=attempt + 1)


def _seats(placed: list[_Placed]) -> int:
    """The places for the brief's people; neither the teacher's nor extra ones."""
    own = [item for item in placed if item.wish.noun != "teacher's desk" and not item.wish.extra]
    return sum(piece.seat for item in own for piece in item.group.pieces)


def _solve(room: Room, wishes: list[Wish], rng: np.random.Generator) -> tuple[list[_Placed], list[Wish]]:
    space = Space(room)
    placed: list[_Placed] = []
    left: list[Wish] = []
    for wish in wishes:
        item = next((item for group in wish.options if (item := _place(space, wish, group, placed, rng))), None)
        if item is None:
            left.append(wish)
        else:
            placed.append(item)
    return placed, [wish for wish in left if not wish.extra]


def _place(space: Space, wish: Wish, group: Group, placed: list[_Placed], rng: np.random.Generator) -> _Placed | None:
    """The best valid pose of the group, now taken, or None."""
    boxes, clear = group.boxes(), group.clear
    targets = np.array([piece.target() for piece in group.pieces if piece.seat or piece.front]).reshape(-1, 6)
    if wish.relation in ("wall", "mounted"):
        shift = -boxes[:, 4].max() - (GAP if wish.relation == "wall" else 0.0)
        lift = wish.height - (boxes[:, 2].min() + boxes[:, 5].max()) / 2 if wish.relation == "mounted" else 0.0
        boxes = boxes + (0.0, shift, lift, 0.0, shift, lift)
        clear, targets = (rows + (0.0, shift, 0.0, 0.0, shift, 0.0) for rows in (clear, targets))
        poses, sides = _wall_poses(space.room, wish, boxes)
        if wish.spots is not None:
            poses, sides = wish.spots, np.array([wish.sides[0]] * len(wish.spots), object)
    else:
        shift, lift = 0.0, 0.0
        poses = wish.spots if wish.spots is not None else _free_poses(space.room, boxes)
        sides = np.full(len(poses), "", object)
    if not len(poses):
        return None
    mounted = wish.relation == "mounted"
    margin = np.array([-0.08, 0.0, -0.06, 0.08, 0.0, 0.06]) if mounted and wish.spots is None else 0.0
    solid = turn_boxes(boxes, poses)
    valid = np.flatnonzero(space.fits(turn_boxes(boxes + margin, poses), turn_boxes(clear, poses), mounted))
    if not len(valid):
        return None
    order = valid[np.argsort(-score(space.room, wish, poses[valid], solid[valid], sides[valid], placed, rng), kind="stable")]
    for chosen in order[:: max(len(order) // 40, 1)][:TRIES]:
        clears = turn_boxes(clear, poses[chosen : chosen + 1])[0]
        wanted = turn_boxes(targets, poses[chosen : chosen + 1])[0]
        if space.take(solid[chosen], clears, list(wanted)):
            x, y, yaw = poses[chosen]
            x, y = np.array([x, y]) + yaw_matrix(yaw) @ (0.0, shift)
            return _Placed(wish, group, float(x), float(y), float(yaw), str(sides[chosen]), solid[chosen])
    return None


def _wall_poses(room: Room, wish: Wish, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(C, 3) poses along the allowed walls, both ends included, and the side of each."""
    low, high = boxes[:, 0].min(), boxes[:, 3].max()
    poses, sides = [], []
    for side in wish.sides:
        start, end = -room.length(side) / 2 + GAP - low, room.length(side) / 2 - GAP - high
        if end < start:
            continue
        along = np.unique(np.append(np.arange(start, end, WALL_STEP), [end, (start + end) / 2]))
        frame = room.frame(side)
        points = frame[:2, 3] + along[:, None] * frame[:2, 0]
        poses.append(np.column_stack([points, np.full(len(along), YAW[side])]))
        sides += [side] * len(along)
    return (np.concatenate(poses) if poses else np.empty((0, 3))), np.array(sides, object)


def _free_poses(room: Room, boxes: np.ndarray) -> np.ndarray:
    """(C, 3) poses on a grid over the floor, at both quarter turns, reaching right to the walls."""
    poses = []
    for yaw in (0.0, np.pi / 2):
        turned = turn_boxes(boxes, np.array([[0.0, 0.0, yaw]]))[0]
        axes = []
        for axis, length in ((0, room.width), (1, room.depth)):
            start, end = -length / 2 + GAP - turned[:, axis].min(), length / 2 - GAP - turned[:, axis + 3].max()
            axes.append(np.linspace(start, end, max(int((end - start) / FREE_STEP) + 1, 2)) if end >= start else np.empty(0))
        grid = np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)
        poses.append(np.column_stack([grid, np.full(len(grid), yaw)]))
    return np.concatenate(poses)


def score(
    room: Room, wish: Wish, poses: np.ndarray, solid: np.ndarray, sides: np.ndarray, placed: list[_Placed], rng: np.random.Generator
) -> np.ndarray:
    """(C,) how well each pose suits the wish: the weighted features, plus a little chance so that seeds differ."""
    centre = (solid[..., :2].min(1) + solid[..., 3:5].max(1)) / 2
    scale = np.hypot(room.width, room.depth)
    total = rng.random(len(poses)) * 0.12
    for feature, weight in wish.prefer.items():
        total += weight * _feature(feature, room, wish, poses, centre, sides, placed, scale)
    return total


def _feature(
    feature: str,
    room: Room,
    wish: Wish,
    poses: np.ndarray,
    centre: np.ndarray,
    sides: np.ndarray,
    placed: list[_Placed],
    scale: float,
) -> np.ndarray:
    """(C,) one feature; closeness features are 0 at the place itself and fall with distance over the room's diagonal."""
    count = len(poses)
    if feature == "order":
        return -np.arange(count) / count
    if feature == "window":
        lights = [(room.frame(w.side) @ (w.centre, 0, 0, 1))[:2] for w in room.windows]
        return _closeness(centre, np.array(lights), scale) if lights else np.zeros(count)
    if feature == "door":  # far from it
        return -_closeness(centre, (room.frame(room.door.side) @ (room.door.centre, 0, 0, 1))[None, :2], scale)
    if feature == "corner":
        corners = np.array([(x * room.width / 2, y * room.depth / 2) for x in (-1, 1) for y in (-1, 1)])
        return _closeness(centre, corners, scale)
    if feature == "centre":
        return _closeness(centre, np.zeros((1, 2)), scale)
    if feature == "middle":  # of its wall
        half = np.array([room.length(side) for side in sides]) / 2
        along = (centre * np.column_stack([np.cos(poses[:, 2]), np.sin(poses[:, 2])])).sum(1)
        return -np.abs(along) / half
    if feature == "blank":
        lit = {window.side for window in room.windows}
        return np.array([side not in lit for side in sides], float)
    if feature in ("side_light", "square", "long"):
        return _orientation(feature, room, poses)
    if feature == "aligned":
        return _aligned(wish, poses, placed)
    if feature == "table_end":
        return _table_end(poses, centre, placed)
    nouns = {
        "alike": {wish.noun},
        "desk": {"desk", "desk block", "school desk"},
        "sofa": {"sofa"},
        "storage": {"shelf", "cabinet", "filing cabinet"},
        "hung": {"clock", "pinboard", "whiteboard", "screen"},
    }[feature]
    points = np.array([(item.x, item.y) for item in placed if item.wish.noun in nouns])
    return _closeness(centre, points, scale) if len(points) else np.zeros(count)


def _closeness(centre: np.ndarray, points: np.ndarray, scale: float) -> np.ndarray:
    return -np.linalg.norm(centre[:, None] - points[None], axis=-1).min(1) / scale


def _orientation(feature: str, room: Room, poses: np.ndarray) -> np.ndarray:
    """How a free group is turned: its people get light from the side; its length follows the room's."""
    turned = np.abs(np.sin(poses[:, 2])) > 0.5
    if feature == "side_light":
        along_y = sum(window.side in ("north", "south") for window in room.windows)
        return np.where(turned, 1.0, -1.0) * np.sign(2 * along_y - len(room.windows)) * 0.5
    if abs(room.width - room.depth) < 0.5 and feature == "square":
        return np.zeros(len(poses))
    return np.where(turned == (room.depth > room.width), 0.5, -0.5)


def _aligned(wish: Wish, poses: np.ndarray, placed: list[_Placed]) -> np.ndarray:
    """1 for a pose turned like a group of its kind and in one line with it."""
    total = np.zeros(len(poses))
    for item in placed:
        if item.wish.noun == wish.noun:
            in_line = (np.abs(poses[:, :2] - (item.x, item.y)) < 0.05).any(1)
            total = np.maximum(total, 1.0 * (in_line & (np.abs(np.sin(poses[:, 2] - item.yaw)) < 0.01)))
    return total


def _table_end(poses: np.ndarray, centre: np.ndarray, placed: list[_Placed]) -> np.ndarray:
    """1 on the line of the table's length, where everyone at it can see, falling to 0 a metre beside it."""
    table = next((item for item in placed if item.wish.noun == "table"), None)
    if table is None:
        return np.zeros(len(poses))
    along = yaw_matrix(table.yaw) @ (1.0, 0.0)
    offset = centre - (table.x, table.y)
    beside = np.abs(offset @ (-along[1], along[0]))
    head = any(abs(piece.y) < 0.2 and piece.seat for piece in table.group.pieces)
    wrong_end = head & (offset @ along < 0)
    return np.clip(1.0 - beside, 0.0, 1.0) - 0.5 * wrong_end


def _finish(brief: RoomBrief, room: Room, placed: list[_Placed], left: list[Wish], attempts: int) -> Arrangement:
    result = Arrangement(attempts=attempts)
    numbers: Counter[str] = Counter()
    for item in placed:
        names: list[str] = []
        for piece in item.group.pieces:
            numbers[piece.noun] += 1
            names.append(f"{piece.noun.capitalize()} {numbers[piece.noun]}")
        for piece, name in zip(item.group.pieces, names, strict=True):
            result.placements.append(_placement(room, item, piece, name, names))
    seats = _seats(placed)
    things = Counter(wish.noun for wish in left if wish.noun not in ("desk", "desk block", "school desk", "table"))
    asked_things = Counter(item.wish.noun for item in placed) + things
    wanted = brief.people
    if seats < wanted:
        what = {"office": "desks", "meeting_room": "seats", "classroom": "pupils"}[brief.kind]
        result.missing.append(f"{wanted - seats} of {wanted} {what} do not fit into this room and were left out.")
    for noun, count in things.items():
        of = f"{count} of {asked_things[noun]} {noun}s do" if asked_things[noun] > 1 else f"The {noun} does"
        result.missing.append(f"{of} not fit into this room and {'were' if count > 1 else 'was'} left out.")
    others = [item for item in placed if not item.wish.extra and not any(piece.seat for piece in item.group.pieces)]
    result.asked = wanted + len(others) + sum(things.values())
    result.placed = min(seats, wanted) + len(others)
    return result


def _placement(room: Room, item: _Placed, piece: Piece, name: str, names: list[str]) -> Placement:
    x, y = yaw_matrix(item.yaw) @ (piece.x, piece.y) + (item.x, item.y)
    mounted = item.wish.relation == "mounted"
    low, high = piece.prop.mesh.bounds
    z = item.wish.height - float(low[2] + high[2]) / 2 if mounted else -float(low[2])
    support = f"Wall {item.side}" if mounted else "Floor"
    if piece.at >= 0:
        relations = [{"relation": "at", "target": names[piece.at]}, {"relation": "facing", "target": names[piece.at]}]
        why = f"{piece.noun} at {names[piece.at]}, turned to it"
    else:
        relations, why = _relations(room, item, piece)
        partners = [other for other, p in zip(names, item.group.pieces, strict=True) if p.at < 0 and other != name]
        if partners:
            relations.append({"relation": "in a block with", "target": ", ".join(partners)})
            why += f", in a block with {', '.join(partners)}"
    return Placement(name, piece.prop, pose(x, y, z, item.yaw + piece.yaw), support, relations, why, piece.seat, piece.front)


def _relations(room: Room, item: _Placed, piece: Piece) -> tuple[list[dict], str]:
    """The relations a group has by where it ended up, and their sentence."""
    noun, relation = piece.noun, item.wish.relation
    box = np.concatenate([item.boxes[:, :3].min(0), item.boxes[:, 3:].max(0)])
    relations: list[dict] = []
    if relation == "mounted":
        relations.append({"relation": "on", "target": f"Wall {item.side}"})
        why = f"{noun} on the {item.side} wall, its middle at {item.wish.height:g} m"
    elif relation == "wall":
        relations.append({"relation": "against", "target": f"Wall {item.side}"})
        why = f"{noun} against the {item.side} wall"
    else:
        why = f"{noun} {'in the row' if noun == 'school desk' else 'standing free'}"
    windows = [k for k, opening in enumerate(room.openings) if opening.kind == "window"]
    for number, index in enumerate(windows, 1):
        near = opening_box(room, index)
        if relation == "wall" and ((box[:2] < near[3:5]) & (near[:2] < box[3:5])).all():
            relations.append({"relation": "facing", "target": f"Window {number}"})
            seated = any(p.seat for p in item.group.pieces)
            why += f", facing the {room.openings[index].side} window" if seated else ", under a window"
            break
    gaps = room.width / 2 - np.abs(box[[0, 3]]).max(), room.depth / 2 - np.abs(box[[1, 4]]).max()
    if relation == "wall" and max(gaps) < 0.1:
        relations.append({"relation": "in", "target": "corner"})
        why += ", in the corner"
    if noun in ("school desk", "table"):
        boards = "the board" if noun == "school desk" else "the middle of the room"
        relations.append({"relation": "facing" if noun == "school desk" else "near", "target": boards})
        why += f", facing {boards}" if noun == "school desk" else f", near {boards}"
    return relations, why
