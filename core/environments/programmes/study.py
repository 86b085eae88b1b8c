"""Rooms people learn and research in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..brief import RoomBrief
from ..groups import AISLE, Group, pupil_desk, single, workplaces
from ..rooms import Room
from ..shop import Shop
from ..suites import bench_seats, island, lecture_row, size
from ..wishes import (
    Wish,
    bins,
    boards,
    clock,
    from_wall,
    front_side,
    lone,
    pictures,
    plants,
    radiators,
    sofa_corner,
    storage,
    tries,
)


def classroom(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """The board in front, the teacher's desk beside it, and rows of school desks that look to it."""
    front = front_side(room)
    wishes = _front_board(brief, room, shop, front, 3.0)
    teacher = workplaces(shop, rng, 1, 1.4, 0.7)
    teacher.noun = "teacher's desk"
    edge = room.length(front) / 2
    places = [(side * x, 1.75, np.pi) for x in np.arange(edge - 0.85, 0.3, -0.15) for side in (1.0, -1.0)]
    wishes.append(Wish("teacher's desk", [teacher], "spots", {"order": 1.0}, spots=from_wall(room, front, places)))
    seats = 2 if attempt % 2 == 0 else 1
    spots = _rows(room, front, pupil_desk(shop, rng, seats), brief.people / seats, tight=attempt >= 1)
    for k in range((brief.people + seats - 1) // seats):
        count = min(seats, brief.people - k * seats)
        group = pupil_desk(shop, rng, count)
        wishes.append(Wish("school desk", [group], "spots", {"order": 1.0}, spots=spots, seats=count))
    return wishes + _usual(brief, room, shop, rng, ("shelf", "cabinet", "shelf"))


def _front_board(brief: RoomBrief, room: Room, shop: Shop, front: str, widest: float) -> list[Wish]:
    if not brief.whiteboard:
        return []
    board = lone(shop, "whiteboard", "whiteboard", {"width": min(widest, room.length(front) * 0.5), "height": 1.2})
    return [Wish("whiteboard", board, "mounted", {"middle": 1.0}, (front,), 1.5)]


def _usual(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, stores: tuple[str, ...]) -> list[Wish]:
    """What stands and hangs in every room of learning; its whiteboard already hangs in front."""
    wishes = boards(brief, shop, (1.9, 1.45, 1.1), skip="whiteboard") + storage(brief, shop, stores) + sofa_corner(brief, shop, rng)
    wishes += plants(brief, shop, rng) + bins(shop, 1, {"door": -0.4})
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def _rows(room: Room, front: str, desk: Group, count: float, tight: bool) -> np.ndarray:
    """Spots for school desks, row after row from the front, each row from the middle outwards."""
    box = desk.boxes()[0]
    wide, deep = box[3] - box[0], box[4] - box[1]
    length, depth = room.length(front), _depth(room, front)
    columns = max(int((length - AISLE) // (wide + AISLE)), 1)  # an aisle on both sides of each, so that every seat is reached
    if not tight:
        columns = min(columns, max(int(np.ceil(np.sqrt(count * 1.2))), 1))
    first = 2.4 if tight else 2.55
    rows = max(int((depth - first - deep / 2 - 0.62) // 1.22) + 1, 1)
    needed = int(np.ceil(count / columns))
    pitch = float(np.clip((depth - first - deep / 2 - 0.62) / max(min(rows, needed + 1) - 1, 1), 1.22, 1.45))
    step = min((length - 2 * AISLE - wide) / max(columns - 1, 1), wide + 1.0)
    order = sorted(range(columns), key=lambda column: abs(column - (columns - 1) / 2))
    places = [((column - (columns - 1) / 2) * step, first + row * pitch, 0.0) for row in range(rows) for column in order]
    return from_wall(room, front, places)


def _depth(room: Room, front: str) -> float:
    """How far the room reaches from the front wall."""
    return room.depth if abs(np.cos(room.yaw(front))) > 0.7 else room.width


def lecture_hall(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """A lectern and a screen in front, rows of fixed seats with aisles between them."""
    front = front_side(room)
    length, depth = room.length(front), _depth(room, front)
    wishes = []
    if brief.screen:
        options = lone(shop, "screen", "display", *({"width": w, "height": w * 0.575} for w in (2.6, 1.9, 1.45)))
        wishes.append(Wish("screen", options, "mounted", {"middle": 1.0}, (front,), 1.95))
    if brief.whiteboard:
        options = lone(shop, "whiteboard", "whiteboard", *({"width": w, "height": 1.2} for w in (2.4, 1.8, 1.2)))
        wishes.append(Wish("whiteboard", options, "mounted", {"near:screen": 1.0}, (front,), 1.6))
    places = [(side * x, 1.2, 0.0) for x in np.arange(1.5, length / 2 - 0.7, 0.2) for side in (1.0, -1.0)]
    lectern = tries(lambda: single("lectern", shop.get("lectern")))
    wishes.append(Wish("lectern", lectern, "spots", {"order": 1.0}, spots=from_wall(room, front, places or [(0.0, 1.2, 0.0)])))
    for group, spot in _seat_rows(shop, brief.people, length, depth, attempt):
        spots = from_wall(room, front, [spot])
        wishes.append(Wish("row", [group], "spots", {}, spots=spots, seats=group.pieces[0].places))
    projector = lone(shop, "projector", "projector")
    middle = from_wall(room, front, [(0.0, min(4.0, depth / 2), 0.0)])
    wishes.append(Wish("projector", projector, "ceiling", {}, spots=middle, extra=True))
    return wishes + plants(brief, shop, rng) + bins(shop, 1, {"door": -0.4}) + radiators(room, shop) + clock(brief, shop)


def _seat_rows(
    shop: Shop, people: int, length: float, depth: float, attempt: int
) -> Iterator[tuple[Group, tuple[float, float, float]]]:
    """Blocks of three to six seats and their place: as many columns as the room is wide for, rows from the front."""
    aisle, pitch, first = AISLE + 0.1, (1.05, 1.0, 0.95, 0.95)[min(attempt, 3)], (3.0, 2.8, 2.6, 2.4)[min(attempt, 3)]
    best: tuple[int, int, int] = (0, 1, 3)
    rows = max(int((depth - first - 1.2) // pitch) + 1, 1)
    for seats in (6, 5, 4, 3, 2):
        columns = int((length - aisle) // (seats * 0.55 + 0.1 + aisle))
        best = max(best, (min(columns * seats * rows, people), columns, seats))
    _, columns, seats = best
    columns = max(columns, 1)
    wide = size(lecture_row(shop, seats).pieces[0].prop)[0]
    step = (length - 2 * aisle - wide) / max(columns - 1, 1)
    left = people
    for row in range(rows):
        for column in sorted(range(columns), key=lambda k: abs(k - (columns - 1) / 2)):
            if left <= 0:
                return
            group = lecture_row(shop, min(seats, max(left, 2)))
            left -= group.pieces[0].places
            yield group, ((column - (columns - 1) / 2) * step, first + row * pitch, 0.0)


def laboratory(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Islands of benches with stools, a fume hood and benches along the walls, cabinets, a basin."""
    wishes = []
    width = (2.0, 1.8, 1.6, 1.4)[min(attempt, 3)]
    left = brief.people
    while left > 0:
        seats = min(4, left)
        group = tries(partial(island, shop, rng, seats, width if seats > 2 else 1.5))
        if seats == 1 or (attempt % 2 and left <= 2):
            bench = tries(partial(bench_seats, shop, rng, "lab_bench", seats, "lab bench", width=width))
            wishes.append(Wish("lab bench", bench, "wall", {"window": 0.6, "blank": 0.2}, seats=seats))
        else:
            prefer = {"centre": 0.8, "alike": 0.4, "aligned": 0.8, "door": 0.2}
            wishes.append(Wish("island", group, "free", prefer, seats=seats))
        left -= seats
    bench = tries(*(lambda w=w: bench_seats(shop, rng, "lab_bench", 0, "side bench", width=w) for w in (2.0, 1.5, 1.2)))
    wishes += [
        Wish("fume hood", lone(shop, "fume hood", "fume_hood"), "wall", {"blank": 0.8, "door": 0.3}),
        Wish("side bench", bench, "wall", {"window": 0.5, "corner": 0.3}, extra=True),
        Wish("sink", lone(shop, "sink", "kitchen_sink"), "wall", {"blank": 0.3, "near:side bench": 0.3}),
        Wish("fridge", lone(shop, "fridge", "fridge"), "wall", {"corner": 0.8, "blank": 0.4}, extra=True),
    ]
    wishes += boards(brief, shop) + storage(brief, shop, ("tall cabinet", "shelf", "cabinet"))
    wishes += plants(brief, shop, rng) + bins(shop, 2, {"near:island": 0.4})
    wishes.append(Wish("coat stand", lone(shop, "coat stand", "coat_stand"), "wall", {"door": -1.0, "corner": 0.4}, extra=True))
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)
