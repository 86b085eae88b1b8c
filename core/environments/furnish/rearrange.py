"""Other places for the furniture of a room: what belongs together moves together, what is locked stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ..arrange import Placement, class_of, placements, solve
from ..brief import RoomBrief
from ..features import Placed
from ..greybox.classes import BACK, CLASS_OF, KINDS
from ..groups import Group, Piece
from ..programmes import PROGRAMMES
from ..rooms import pose, yaw_matrix
from ..shop import Shop
from ..wishes import Wish
from .brief import FurnishBrief
from .fill import style
from .found import FLAT, Found, Standing

ATTEMPTS = 6
FIXED = ("curtain", "radiator", "ceiling lamp", "projector", "kitchen cabinet", "column", "stairs")  # tied to windows and pipes
BEHIND = 0.55  # metres kept free behind a seat at a table, and before what has a front


def rearrange(found: Found, brief: FurnishBrief, progress: Progress = silent) -> tuple[dict[str, np.ndarray], dict[str, Placement]]:
    """New places (4, 4) in the room for the things that may move, by name, and for those that lead a group why they stand there.

    Raises WorldwrightError where nothing may move, or where no other arrangement was found in which all have a place.
    """
    groups = _groups(found)
    if not groups:
        raise WorldwrightError("Nothing in this room may be moved.", "Unlock some furniture, or fill the room first.")
    moving = frozenset(thing.name for leader, members in groups for thing in [leader, *members])
    there = found.present(moving)
    room_brief = style(found, brief)
    for attempt in range(ATTEMPTS):
        progress(attempt / ATTEMPTS, "Looking for other places")
        rng = np.random.default_rng([brief.seed, attempt])
        likes = _likes(found, room_brief, rng)
        wishes = [_wish(leader, members, likes) for leader, members in groups]
        placed, left = solve(room_brief, found.room, wishes, rng, there)
        if not left:
            return _moved(found, placed, groups)
        order = sorted(range(len(groups)), key=lambda k: not any(wish is wishes[k] for wish in left))
        groups = [groups[k] for k in order]  # what found no place chooses first
    raise WorldwrightError("No other arrangement was found in which everything has its place.",
                           "Lock fewer things, take something out, or try another seed.")  # fmt: skip


def _groups(found: Found) -> list[tuple[Standing, list[Standing]]]:
    """Leaders with what moves along with them, the largest first, what hangs last; groups with a locked member are left out."""
    names = {thing.name: thing for thing in found.things}

    def leader_of(thing: Standing) -> Standing:
        for _ in range(6):
            if thing.partner not in names or names[thing.partner] is thing:
                break
            thing = names[thing.partner]
        return thing

    members: dict[str, list[Standing]] = {}
    for thing in found.things:
        leader = leader_of(thing)
        if leader is not thing:
            members.setdefault(leader.name, []).append(thing)
    groups = []
    for thing in found.things:
        if leader_of(thing) is not thing or thing.mount not in ("floor", "wall") or thing.kind in FIXED or thing.kind == "rug":
            continue
        own = members.get(thing.name, [])
        if not thing.locked and not any(member.locked for member in own):
            groups.append((thing, own))
    return sorted(groups, key=lambda group: (group[0].mount == "wall", -_footprint(group[0])))


def _footprint(thing: Standing) -> float:
    size = thing.bounds[3:5] - thing.bounds[:2]
    return float(size[0] * size[1])


def _likes(found: Found, brief: RoomBrief, rng: np.random.Generator) -> dict[str, dict[str, float]]:
    """What each class prefers in such a room, as its programme says, each weight a little more or less this time."""
    likes: dict[str, dict[str, float]] = {}
    for wish in PROGRAMMES[brief.kind](replace(brief, people=max(brief.people, 1)), found.room, Shop(brief), rng, 0):
        if wish.relation not in ("wall", "free", "mounted"):
            continue
        group = next(iter(wish.options), None)
        if group is not None:
            likes.setdefault(class_of(group.pieces[0].prop), wish.prefer)
    return {
        kind: {name: weight * float(rng.uniform(0.3, 1.5)) for name, weight in prefer.items()} for kind, prefer in likes.items()
    }


def _wish(leader: Standing, members: list[Standing], likes: dict[str, dict[str, float]]) -> Wish:
    """A group as it stands now, as a wish for another place."""
    inverse = np.linalg.inv(leader.transform)
    noun = leader.noun
    pieces = [_piece(leader, noun, np.eye(4), -1)]
    clear: list[list[float]] = []
    if leader.node.properties.get("front"):
        clear.append(_before(leader, np.eye(4)))
    for member in members:
        local = inverse @ member.transform
        if member.mount == "surface" or member.kind == "rug" or member.bounds[5] - member.bounds[2] < FLAT:
            continue
        pieces.append(_piece(member, member.noun, local, 0))
        if member.node.properties.get("front"):
            clear.append(_before(member, local))
        if member.node.properties.get("seat"):
            box = pieces[-1].box()
            back = yaw_matrix(pieces[-1].yaw) @ (0.0, 1.0)
            clear.append([box[0] + min(back[0], 0) * BEHIND, box[1] + min(back[1], 0) * BEHIND, 0.0,
                          box[3] + max(back[0], 0) * BEHIND, box[4] + max(back[1], 0) * BEHIND, 1.9])  # fmt: skip
    group = Group(noun, pieces, np.array(clear).reshape(-1, 6))
    prefer = {"blank": 0.3, "corner": 0.2} | likes.get(leader.kind, {})
    if leader.mount == "wall":
        return Wish(noun, [group], "mounted", prefer, height=float(leader.bounds[2] + leader.bounds[5]) / 2)
    to_wall = leader.kind in KINDS and KINDS[leader.kind].faces == BACK or CLASS_OF.get(leader.prop.key) == "sofa"
    return Wish(noun, [group], "wall" if leader.side or to_wall else "free", prefer)


def _before(thing: Standing, local: np.ndarray) -> list[float]:
    """(6,) the space before a thing's front, in its group's frame."""
    low, high = thing.mesh.bounds
    corners = np.array([(x, y, 0.0, 1.0) for x in (low[0], high[0]) for y in (low[1] - BEHIND, low[1])]) @ local.T
    (x0, y0), (x1, y1) = corners[:, :2].min(0), corners[:, :2].max(0)
    return [float(x0), float(y0), 0.0, float(x1), float(y1), 1.9]


def _piece(thing: Standing, noun: str, local: np.ndarray, at: int) -> Piece:
    yaw = float(np.arctan2(local[1, 0], local[0, 0]))
    seat, front = bool(thing.node.properties.get("seat")), bool(thing.node.properties.get("front"))
    z = max(float(thing.bounds[2]), 0.0) if thing.mount == "wall" and at >= 0 else 0.0  # what hangs over the rest of its group
    return Piece(noun, thing.prop, float(local[0, 3]), float(local[1, 3]), yaw, at, seat, front, z=z)


def _moved(
    found: Found, placed: list[Placed], groups: list[tuple[Standing, list[Standing]]]
) -> tuple[dict[str, np.ndarray], dict[str, Placement]]:
    """The new place of every thing of every group, small things and rugs along with what they belong to."""
    reasons = {}
    moves: dict[str, np.ndarray] = {}
    for (leader, members), item in zip(groups, placed, strict=True):  # placed in the order of the groups
        place = pose(item.x, item.y, float(leader.transform[2, 3]), item.yaw).astype(float)
        reasons[leader.name] = placements(found.room, [item], set())[0]
        change = place @ np.linalg.inv(leader.transform)
        moves[leader.name] = place
        for member in members:
            moves[member.name] = _within(found, member, change @ member.transform)
    return moves, reasons


def _within(found: Found, thing: Standing, place: np.ndarray) -> np.ndarray:
    """A rug is moved back from the walls it would lie under."""
    if thing.kind != "rug":
        return place
    low, high = thing.mesh.bounds
    corners = np.array([(x, y, 0.0, 1.0) for x in (low[0], high[0]) for y in (low[1], high[1])]) @ place.T
    half = np.array([found.room.width, found.room.depth]) / 2 - 0.03
    under, over = np.minimum(corners[:, :2].min(0) + half, 0.0), np.maximum(corners[:, :2].max(0) - half, 0.0)
    place = place.copy()
    place[:2, 3] -= under + over
    return place
