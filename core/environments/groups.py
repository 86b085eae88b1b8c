"""Pieces of furniture that belong together and are placed as one: a desk with its chair, a table with its seats.

A group's own frame is a thing's: it faces -Y, so against a wall its back (+Y) is to the wall. Sizes are read from the built
props, not from what was asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .props.prop import Prop
from .rooms import yaw_matrix
from .shop import Shop

TUCK = 0.12  # how far a chair's front is under the table edge
CHAIR_ROOM = 0.8  # free depth behind a table edge to push a chair back and get up
AISLE = 0.72  # between columns of desks: a person, and what the 0.1 m lattice of the walk map cannot see


@dataclass(frozen=True)
class Piece:
    """One prop of a group at (x, y), turned by ``yaw``; ``at`` is the piece it belongs to (a chair at its desk), or -1.

    ``seat``: a person must be able to come to it; ``front``: to the space before it. ``places``: people a seat is for.
    ``z``: height of its lowest point, for what hangs above the rest of its group.
    """

    noun: str
    prop: Prop
    x: float
    y: float
    yaw: float = 0.0
    at: int = -1
    seat: bool = False
    front: bool = False
    places: int = 1
    z: float = 0.0

    def box(self) -> np.ndarray:
        """(6,) axis-aligned bounds in the group's frame."""
        low, high = self.prop.bounds
        corners = np.array([(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])]) @ yaw_matrix(self.yaw).T
        lift = self.z - low[2]
        return np.array([*(corners.min(0) + (self.x, self.y)), self.z, *(corners.max(0) + (self.x, self.y)), high[2] + lift])

    def target(self) -> np.ndarray:
        """(6,) what a person must be able to reach, for a seat the seat itself, else the half metre before the piece."""
        box = self.box()
        return box if self.seat else np.array([box[0], box[1] - 0.5, 0.0, box[3], box[1], 1.0])


@dataclass
class Group:
    """``clear`` (J, 6): zones nothing else may stand in."""

    noun: str
    pieces: list[Piece]
    clear: np.ndarray = field(default_factory=lambda: np.empty((0, 6)))

    def boxes(self) -> np.ndarray:
        """(K, 6) bounds of the pieces in the group's frame."""
        return np.array([piece.box() for piece in self.pieces])


def single(noun: str, prop: Prop) -> Group:
    """One piece alone, with its own clearance kept free before it."""
    low, high = prop.bounds
    front = prop.clearance if prop.mount == "floor" else 0.0
    clear = np.array([[low[0], low[1] - front, 0.0, high[0], low[1], 1.9]]) if front else np.empty((0, 6))
    return Group(noun, [Piece(noun, prop, 0.0, 0.0, front=bool(front))], clear)


def chair_at(prop: Prop, edge: tuple[float, float], yaw: float, at: int, rng: np.random.Generator, loose: float) -> Piece:
    """A chair whose front is tucked under a table edge at ``edge``; it looks along ``yaw`` (0 is -Y), a little off true."""
    low, _ = prop.bounds
    away = float(low[1]) + TUCK - rng.uniform(0.0, loose * 0.15)
    x, y = np.array(edge) + yaw_matrix(yaw) @ (0.0, -away)
    return Piece("chair", prop, float(x), float(y), yaw + rng.uniform(-loose, loose), at, seat=True)


def _behind(box: np.ndarray, turned: bool, x: float) -> np.ndarray:
    """(6,) the zone a chair at ``x`` at the -Y edge (``turned``: +Y edge) of a desk needs."""
    y0, y1 = (box[4], box[4] + CHAIR_ROOM) if turned else (box[1] - CHAIR_ROOM, box[1])
    return np.array([max(x - 0.4, box[0]), y0, 0.0, min(x + 0.4, box[3]), y1, 1.9])


def knee_space(desk: Prop) -> float:
    """x of the middle of the widest gap between the legs and drawers at the front of a desk."""
    return sum(_knee_gap(desk)) / 2


def _knee_gap(desk: Prop) -> tuple[float, float]:
    low, high = desk.bounds
    blocks = sorted((b.low[0], b.high[0]) for b in desk.colliders if b.low[1] < 0.0 and b.low[2] < 0.3 < b.high[2])
    best, start = (0.0, 0.0), float(low[0])
    for left, right in [*blocks, (float(high[0]), float(high[0]))]:
        if left - start > best[1] - best[0]:
            best = (start, left)
        start = max(start, right)
    return best


def workplaces(shop: Shop, rng: np.random.Generator, seats: int, width: float, depth: float) -> Group:
    """One desk with its chair (``seats`` 1), two face to face (2), or four as a block (4)."""
    pieces: list[Piece] = []
    clear = []
    columns = max(seats // 2, 1)
    for column in range(columns):
        for turned in (False, True)[: min(seats, 2)]:
            desk = shop.get("desk", width=width, depth=depth)
            low, high = desk.bounds
            wide = float(high[0] - low[0]) + 0.01
            x = (column - (columns - 1) / 2) * wide
            back = -float(high[1]) - (0.005 if seats > 1 else 0.0)
            at = len(pieces)
            pieces.append(Piece("desk", desk, x, -back if turned else back, np.pi if turned else 0.0))
            box = pieces[-1].box()
            left, right = _knee_gap(desk)
            knees = knee_space(desk) * (-1.0 if turned else 1.0)
            chair = shop.get("office_chair")
            spare = max((right - left) / 2 - chair.bounds[1][0], 0.0)  # beside the chair; a narrow desk lets it turn less
            sway = min(0.04, spare / 3)
            edge = (x + knees + rng.uniform(-sway, sway), box[4] if turned else box[1])
            turn = min(0.3, (spare - sway) / TUCK)
            pieces.append(chair_at(chair, edge, 0.0 if turned else np.pi, at, rng, float(turn)))
            clear.append(_behind(box, turned, x + knees))
    return Group("desk" if seats == 1 else "desk block", pieces, np.array(clear))


def meeting_table(shop: Shop, rng: np.random.Generator, seats: int) -> Group:
    """A meeting table with its seats: along both long sides, and at the -X head when the number is odd."""
    along = max(seats // 2, 1)
    table = shop.get("meeting_table", width=max(1.2, along * 0.68 + 0.15), depth=1.2 if along > 2 else 0.9)
    return table_group(table, shop.get("visitor_chair"), rng, seats)


def table_group(table: Prop, chair: Prop, rng: np.random.Generator, seats: int, noun: str = "table") -> Group:
    """``seats`` chairs along both long sides of a table, the odd one at the -X head, with room to push them back."""
    along, head = max(seats // 2, 1), seats % 2
    pieces = [Piece(noun, table, 0.0, 0.0)]
    box = pieces[0].box()
    for side in range(2):
        for k in range(along if seats > 1 else 0):
            x = (k - (along - 1) / 2) * (box[3] - box[0] - 0.1) / along
            pieces.append(chair_at(chair, (x, box[4] if side else box[1]), 0.0 if side else np.pi, 0, rng, 0.12))
    if head:
        pieces.append(chair_at(chair, (box[0], 0.0), np.pi / 2, 0, rng, 0.12))
    room = CHAIR_ROOM - 0.1
    clear = [[box[0], box[1] - room, 0, box[3], box[1], 1.9], [box[0], box[4], 0, box[3], box[4] + room, 1.9]]
    clear = clear * (seats > 1) + [[box[0] - room, box[1], 0, box[0], box[4], 1.9]] * head
    return Group(noun, pieces, np.array(clear).reshape(-1, 6))


def pupil_desk(shop: Shop, rng: np.random.Generator, seats: int) -> Group:
    """A school desk for one or two; the pupils sit at its -Y side and look along +Y, to the board."""
    desk = shop.get("student_desk", width=0.7 if seats == 1 else 1.35)
    pieces = [Piece("school desk", desk, 0.0, 0.0)]
    box = pieces[0].box()
    for k in range(seats):
        x = (k - (seats - 1) / 2) * (box[3] - box[0]) / 2
        pieces.append(chair_at(shop.get("visitor_chair", width=0.44, depth=0.48, height=0.8), (x, box[1]), np.pi, 0, rng, 0.1))
    return Group("school desk", pieces, np.array([[box[0], box[1] - 0.6, 0.0, box[3], box[1], 1.9]]))


def lounge(shop: Shop, width: float, table: bool) -> Group:
    """A sofa, and a low table before it."""
    seats = 3 if width > 1.7 else 2
    sofa = shop.get("sofa", width=width, seats=seats)
    low, high = sofa.bounds
    clear = np.array([[low[0], low[1] - sofa.clearance, 0.0, high[0], low[1], 1.9]])
    group = Group("sofa", [Piece("sofa", sofa, 0.0, 0.0, seat=True, places=seats)], clear)
    if table:
        low_table = shop.get("coffee_table", width=0.9, depth=0.5)
        front, back = float(low[1]), float(low_table.bounds[1][1])
        group.pieces.append(Piece("coffee table", low_table, 0.0, front - 0.36 - back, at=0))
        group.clear = group.clear[:0]
    return group
