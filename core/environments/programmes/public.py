"""Rooms open to visitors: shops, cafés, galleries."""

from __future__ import annotations

from functools import partial

import numpy as np

from ..brief import RoomBrief
from ..rooms import Room
from ..shop import Shop
from ..suites import cafe_table, counter, gondola, show_piece
from ..wishes import Wish, bins, boards, clock, lone, pictures, plants, radiators, sofa_corner, storage, tries


def shop(brief: RoomBrief, room: Room, store: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """A till near the door, shelves along the walls and back to back in the middle, clothes and show cases between."""
    wishes = []
    if brief.people:
        tills = tries(*(partial(counter, store, w, 0, rng) for w in (2.0, 1.6, 1.4)))
        wishes.append(Wish("counter", tills, "wall", {"door": -0.7, "corner": 0.3}))
    middle = (brief.storage + 1) // 3 if min(room.width, room.depth) > 5.0 else 0
    for k in range(middle):
        shelves = tries(*(partial(gondola, store, bays, k) for bays in ((3, 2, 1) if attempt < 2 else (2, 1))))
        wishes.append(Wish("gondola", shelves, "free", {"centre": 0.6, "alike": 0.5, "aligned": 1.0, "long": 0.4}))
    for k in range(brief.storage - middle):
        if k % 5 == 3:
            racks = lone(store, "clothes rack", "clothes_rack", {"width": 1.4}, {"width": 1.0})
            wishes.append(Wish("clothes rack", racks, "wall", {"window": 0.4, "corner": 0.2}))
        elif k % 5 == 4:
            cases = lone(store, "display case", "display_case", {"width": 1.2}, {"width": 0.9})
            wishes.append(Wish("display case", cases, "wall", {"near:counter": 0.5, "window": 0.3}))
        else:
            shelves = lone(
                store, "shop shelf", "shop_shelf", {"width": 1.0, "height": 2.0}, {"width": 0.8, "height": 1.6}, variant=k
            )
            wishes.append(Wish("shop shelf", shelves, "wall", {"blank": 0.6, "alike": 0.6, "corner": 0.2}))
    wishes += boards(brief, store) + sofa_corner(brief, store, rng) + plants(brief, store, rng)
    wishes += bins(store, 1, {"near:counter": 0.6})
    return wishes + radiators(room, store) + clock(brief, store) + pictures(brief, store)


def cafe(brief: RoomBrief, room: Room, store: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """A bar with stools, tables for two and four, shelves with cups, plants at the windows."""
    stools = min(3, brief.people // 5)
    bars = tries(*(partial(counter, store, w, n, rng) for w, n in ((2.4, stools), (2.0, stools), (1.6, min(stools, 2)))))
    wishes = [Wish("counter", bars, "wall", {"blank": 0.7, "door": 0.2, "corner": 0.3}, seats=max(stools, 1))]
    left = brief.people - stools
    while left > 0:
        seats = 4 if left >= 4 and rng.random() < (0.6 if attempt < 2 else 0.2) else min(2, left)
        tables = tries(partial(cafe_table, store, rng, seats))
        wishes.append(
            Wish("table", tables, "free", {"window": 0.5, "near:counter": -0.3, "aligned": 0.2, "corner": 0.1}, seats=seats)
        )
        left -= seats
    wishes += storage(brief, store, ("shelf", "cabinet")) + sofa_corner(brief, store, rng) + boards(brief, store)
    wishes += plants(brief, store, rng) + bins(store, 1, {"near:counter": 0.5})
    wishes.append(Wish("coat stand", lone(store, "coat stand", "coat_stand"), "wall", {"door": -1.0, "corner": 0.4}, extra=True))
    return wishes + radiators(room, store) + clock(brief, store) + pictures(brief, store)


def gallery(brief: RoomBrief, room: Room, store: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Pictures all around in one line, pedestals and show cases in the room, benches in the middle."""
    wishes = []
    for _ in range((brief.people + 3) // 4):
        benches = lone(store, "bench", "bench", {"width": 1.6}, {"width": 1.2})
        wishes.append(Wish("bench", benches, "free", {"centre": 1.0, "alike": 0.2}))
    for k in range(brief.storage):
        if k % 4 == 3:
            cases = lone(store, "display case", "display_case", {"width": 1.2}, {"width": 0.9})
            wishes.append(Wish("display case", cases, "wall", {"corner": 0.3, "alike": -0.3}))
        else:
            pedestals = tries(partial(show_piece, store, k))
            wishes.append(Wish("pedestal", pedestals, "free", {"alike": -0.5, "centre": -0.1}))
    for k in range(brief.pictures):
        sizes = ((1.2, 0.9), (0.9, 0.6)) if k % 3 else ((0.9, 1.2), (0.6, 0.8))
        options = lone(store, "picture", "picture_frame", *({"width": w, "height": h} for w, h in sizes), variant=k)
        wishes.append(Wish("picture", options, "mounted", {"blank": 0.4, "alike": -0.9, "middle": 0.1}, height=1.6))
    wishes += boards(brief, store) + sofa_corner(brief, store, rng) + plants(brief, store, rng)
    return wishes + clock(brief, store)
