"""Propose, solve, check: where each group of furniture goes.

A constructive solver in the manner of Infinigen's second room generator (a sequence of wishes against a set of taken boxes)
with Holodeck's relations (against, under, beside, at, facing). For each wish every candidate pose is tested at once; those
that overlap nothing, leave zones free and keep every seat reachable are valid, and the best of them by the wish's
preferences is taken. Nothing invalid is ever placed, so what cannot be placed is left out and named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from ..progress import Progress, silent
from .brief import RoomBrief
from .features import Placed, allowed, score
from .greybox.classes import CLASS_OF
from .groups import Group, Piece
from .programmes import PLACES, PROGRAMMES
from .props.prop import Prop
from .rooms import Room, pose, yaw_matrix
from .shop import Shop
from .space import AGENT_RADIUS, WHEELCHAIR_RADIUS, Space, opening_box, turn_boxes
from .wishes import Wish

ATTEMPTS = 4
TRIES = 10  # how many valid poses of a wish are tested for walkability
CHUNK = 160  # poses tested at once
GAP = 0.02  # between furniture and wall, for the skirting board
WALL_STEP, FREE_STEP = 0.1, 0.25
FACING = {"school desk": "the board", "lecture bench": "the lectern"}


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
    low, high = prop.bounds
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
class Present:
    """What stands in a room before it is furnished.

    Attributes:
        placed: its groups, as the solver sees them.
        boxes: (N, 6) all that is in the way; ``clears`` (M, 6) zones to keep free; ``targets`` seats and fronts to stay in reach.
        classes: how many there are of each class of ``greybox.classes``: what is there is not asked for again.
        names: taken names.
    """

    placed: list[Placed] = field(default_factory=list)
    boxes: np.ndarray = field(default_factory=lambda: np.empty((0, 6)))
    clears: np.ndarray = field(default_factory=lambda: np.empty((0, 6)))
    targets: list[np.ndarray] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)


def arrange(
    brief: RoomBrief,
    room: Room,
    shop: Shop,
    rng: np.random.Generator,
    progress: Progress = silent,
    present: Present | None = None,
) -> Arrangement:
    """The best of at most four attempts; later attempts use smaller furniture and other patterns.

    ``present``: what stands there and stays; ``brief.people`` are then those who have no place yet.
    """
    best: tuple[list[Placed], list[Wish]] | None = None
    best_count = (-1, -1)
    wanted = brief.people if brief.kind in PLACES else 0
    present = present or Present()
    for attempt in range(ATTEMPTS):
        progress(attempt / ATTEMPTS, "Arranging the furniture")
        wishes = PROGRAMMES[brief.kind](brief, room, shop, rng, attempt)
        wishes = lacking(wishes, present.classes, PLACES.get(brief.kind, ("", ()))[1]) if present.classes else wishes
        placed, left = solve(brief, room, wishes, rng, present)
        seats = _places(brief.kind, placed)
        count = (min(seats, wanted), sum(item.wish.seats for item in placed if not item.wish.extra))
        if count > best_count:
            best, best_count = (placed, left), count
        if not left and seats >= wanted:
            break
    assert best is not None
    return _finish(brief, room, *best, attempt + 1, present.names)


def _places(kind: str, placed: list[Placed]) -> int:
    """The places for the brief's people; not the teacher's, and no extra ones."""
    _, nouns = PLACES.get(kind, ("", ()))
    own = [item for item in placed if item.wish.noun in nouns and not item.wish.extra]
    return sum(piece.places for item in own for piece in item.group.pieces if piece.seat)


def lacking(wishes: list[Wish], classes: Counter[str], always: tuple[str, ...] = ()) -> list[Wish]:
    """The wishes that what is there does not fulfil; those whose noun is among ``always`` all are kept."""
    left, lacks = Counter(classes), []
    for wish in wishes:
        if wish.noun in always:
            lacks.append(wish)
            continue
        options = iter(wish.options)
        first = next(options, None)
        if first is None:
            continue
        wanted = Counter(class_of(piece.prop) for piece in first.pieces if piece.at < 0)
        if all(left[name] >= count for name, count in wanted.items()):
            left -= wanted
        else:
            lacks.append(replace(wish, options=chain([first], options)))
    return lacks


def class_of(prop: Prop) -> str:
    """The class of a prop: shelves of all kinds are one, chairs of all kinds another; a pin board is no whiteboard."""
    known = CLASS_OF.get(prop.key, prop.key)
    return prop.key if known == "board" else known


def solve(
    brief: RoomBrief, room: Room, wishes: list[Wish], rng: np.random.Generator, present: Present
) -> tuple[list[Placed], list[Wish]]:
    """What was placed besides what is present, and the wishes that found no place."""
    space = Space(room, WHEELCHAIR_RADIUS if brief.wheelchair else AGENT_RADIUS)
    if len(present.boxes):
        space.occupy(present.boxes, present.clears, present.targets)
    placed: list[Placed] = []
    left: list[Wish] = []
    for wish in wishes:
        item = next((item for group in wish.options if (item := _place(space, wish, group, present.placed + placed, rng))), None)
        if item is None:
            left.append(wish)
        else:
            placed.append(item)
    return placed, [wish for wish in left if not wish.extra]


def _place(space: Space, wish: Wish, group: Group, placed: list[Placed], rng: np.random.Generator) -> Placed | None:
    """The best valid pose of the group, now taken, or None."""
    boxes, clear = group.boxes(), group.clear
    targets = np.array([piece.target() for piece in group.pieces if piece.seat or piece.front]).reshape(-1, 6)
    shift, lift = _offsets(space.room, wish, boxes)
    boxes = boxes + (0.0, shift, lift, 0.0, shift, lift)
    clear, targets = (rows + (0.0, shift, 0.0, 0.0, shift, 0.0) for rows in (clear, targets))
    if wish.relation in ("wall", "mounted") and wish.spots is None:
        poses, sides = _wall_poses(space.room, wish, boxes)
    else:
        poses = _free_poses(space.room, boxes) if wish.spots is None else wish.spots
        sides = np.full(len(poses), wish.sides[0] if wish.relation == "mounted" else "", object)
    if not len(poses):
        return None
    hull = np.concatenate([boxes[:, :3].min(0), boxes[:, 3:].max(0)])
    around = turn_boxes(hull[None], poses)
    order = np.argsort(-score(space.room, wish, poses, around, sides, placed, rng), kind="stable")
    if wish.needs:
        order = order[allowed(space.room, wish, poses, around, sides, placed)[order]]
    tried = 0
    for start in range(0, len(order), CHUNK):  # the best first: mostly one of them is valid
        chunk = order[start : start + CHUNK]
        solid, clears, good = _valid(space, wish, boxes, clear, poses[chunk])
        for k in good[[0, len(good) // 2] if len(good) > 1 else slice(None)]:
            chosen, tried = chunk[k], tried + 1
            wanted = turn_boxes(targets, poses[chosen : chosen + 1])[0]
            if space.take(solid[k], clears[k], list(wanted)):
                x, y, yaw = poses[chosen]
                x, y = np.array([x, y]) + yaw_matrix(yaw) @ (0.0, shift)
                return Placed(wish, group, float(x), float(y), float(yaw), str(sides[chosen]), solid[k])
        if tried >= TRIES:
            return None
    return None


def _valid(
    space: Space, wish: Wish, boxes: np.ndarray, clear: np.ndarray, poses: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The group's boxes (C, K, 6) and zones (C, J, 6) at poses (C, 3), and the numbers of the poses where they fit."""
    mounted = wish.relation == "mounted"
    solid, clears = turn_boxes(boxes, poses), turn_boxes(clear, poses)
    kept_free = solid
    if mounted and wish.spots is None:  # what hangs keeps a little distance from what hangs beside it
        kept_free = turn_boxes(boxes + np.array([-0.08, 0.0, -0.06, 0.08, 0.0, 0.06]), poses)
    return solid, clears, np.flatnonzero(space.fits(kept_free, clears, mounted))


def _offsets(room: Room, wish: Wish, boxes: np.ndarray) -> tuple[float, float]:
    """How far the group is moved along its +Y, to the wall, and up, to where it hangs."""
    if wish.relation == "ceiling":
        return 0.0, room.height - float(boxes[:, 5].max())
    if wish.relation == "mounted":
        return -float(boxes[:, 4].max()), wish.height - float(boxes[:, 2].min() + boxes[:, 5].max()) / 2
    if wish.relation == "wall":
        standing = boxes[boxes[:, 2] < GAP] if (boxes[:, 2] < GAP).any() else boxes
        return -float(standing[:, 4].max()) - GAP, 0.0
    return 0.0, 0.0


def _wall_poses(room: Room, wish: Wish, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(C, 3) poses along the allowed walls, both ends included, and the side of each."""
    low, high = boxes[:, 0].min(), boxes[:, 3].max()
    poses, sides = [], []
    for side in wish.sides or room.sides:
        start, end = -room.length(side) / 2 + GAP - low, room.length(side) / 2 - GAP - high
        if end < start:
            continue
        step = max(WALL_STEP, (end - start) / 60)
        along = np.unique(np.append(np.arange(start, end, step), [end, (start + end) / 2]))
        frame = room.frame(side)
        points = frame[:2, 3] + along[:, None] * frame[:2, 0]
        poses.append(np.column_stack([points, np.full(len(along), room.yaw(side))]))
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
            axes.append(
                np.linspace(start, end, max(min(int((end - start) / FREE_STEP), 40) + 1, 2)) if end >= start else np.empty(0)
            )
        grid = np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)
        poses.append(np.column_stack([grid, np.full(len(grid), yaw)]))
    return np.concatenate(poses)


def placements(room: Room, placed: list[Placed], taken: set[str]) -> list[Placement]:
    """The pieces of groups that have their places, each with a name that is not ``taken``."""
    made = []
    numbers: Counter[str] = Counter()
    for item in placed:
        names: list[str] = []
        for piece in item.group.pieces:
            numbers[piece.noun] += 1
            while f"{piece.noun.capitalize()} {numbers[piece.noun]}" in taken:
                numbers[piece.noun] += 1
            names.append(f"{piece.noun.capitalize()} {numbers[piece.noun]}")
        made += [_placement(room, item, piece, name, names) for piece, name in zip(item.group.pieces, names, strict=True)]
    return made


def _finish(
    brief: RoomBrief, room: Room, placed: list[Placed], left: list[Wish], attempts: int, taken: set[str]
) -> Arrangement:
    result = Arrangement(placements(room, placed, taken), attempts=attempts)
    seats, wanted = _places(brief.kind, placed), brief.people if brief.kind in PLACES else 0
    what, nouns = PLACES.get(brief.kind, ("", ()))
    things = Counter(wish.noun for wish in left if wish.noun not in nouns)
    asked_things = Counter(item.wish.noun for item in placed) + things
    if seats < wanted:
        result.missing.append(f"{wanted - seats} of {wanted} {what} do not fit into this room and were left out.")
    for noun, count in things.items():
        of = f"{count} of {asked_things[noun]} {noun}s do" if asked_things[noun] > 1 else f"The {noun} does"
        result.missing.append(f"{of} not fit into this room and {'were' if count > 1 else 'was'} left out.")
    others = [item for item in placed if not item.wish.extra and item.wish.noun not in nouns]
    result.asked = wanted + len(others) + sum(things.values())
    result.placed = min(seats, wanted) + len(others)
    return result


def _placement(room: Room, item: Placed, piece: Piece, name: str, names: list[str]) -> Placement:
    x, y = yaw_matrix(item.yaw) @ (piece.x, piece.y) + (item.x, item.y)
    low, high = piece.prop.bounds
    hung = item.wish.relation == "mounted" or (piece.z > 0.0 and item.side)
    z = piece.z - float(low[2])
    if item.wish.relation == "mounted":
        z = item.wish.height - float(low[2] + high[2]) / 2
    elif item.wish.relation == "ceiling":
        z = room.height - float(high[2])
    support = f"Wall {item.side}" if hung else "Ceiling" if item.wish.relation == "ceiling" else "Floor"
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


def _relations(room: Room, item: Placed, piece: Piece) -> tuple[list[dict], str]:
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
        why = f"{noun} {'in the row' if noun in FACING else 'under the ceiling' if relation == 'ceiling' else 'standing free'}"
    windows = [k for k, opening in enumerate(room.openings) if opening.kind == "window"] if relation == "wall" else []
    for number, index in enumerate(windows, 1):
        near = opening_box(room, index)
        if ((box[:2] < near[3:5]) & (near[:2] < box[3:5])).all():
            relations.append({"relation": "facing", "target": f"Window {number}"})
            seated = any(p.seat for p in item.group.pieces)
            why += f", facing the {room.openings[index].side} window" if seated else ", under a window"
            break
    corners = box[[[0, 1], [3, 1], [0, 4], [3, 4]]]
    if relation == "wall" and np.linalg.norm(corners[:, None] - room.outline[None], axis=-1).min() < 0.15:
        relations.append({"relation": "in", "target": "corner"})
        why += ", in the corner"
    if noun in FACING:
        relations.append({"relation": "facing", "target": FACING[noun]})
        why += f", facing {FACING[noun]}"
    elif noun == "table":
        relations.append({"relation": "near", "target": "the middle of the room"})
        why += ", near the middle of the room"
    return relations, why
