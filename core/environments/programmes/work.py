"""Rooms people work in."""

from __future__ import annotations

import numpy as np

from ..brief import RoomBrief
from ..groups import meeting_table, workplaces
from ..rooms import Room
from ..shop import Shop
from ..suites import bench_seats, consultation
from ..wishes import (
    Wish,
    bins,
    boards,
    clock,
    lone,
    middle_spots,
    pictures,
    plants,
    radiators,
    sofa_corner,
    storage,
    tries,
)

DESKS = ((1.6, 0.8), (1.5, 0.75), (1.4, 0.7), (1.2, 0.7))  # width and depth, smaller with every attempt


def office(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Desks along the walls or in blocks face to face, then what stands and hangs around them."""
    roomy = room.area > 7.0 + 4.8 * brief.people
    blocks = brief.people >= 2 and min(room.width, room.depth) > 3.6 and bool(rng.random() < 0.7)
    if attempt % 2:
        blocks = not blocks and brief.people >= 2
    sizes: list[int] = []
    left = brief.people
    if blocks:
        block = 4 if brief.people >= 8 and roomy else 2
        sizes, left = [block] * (left // block) + [2] * (left % block // 2), left % 2
    wishes = _desks(shop, rng, sizes + [1] * left, attempt)
    wishes += boards(brief, shop) + storage(brief, shop, ("shelf", "cabinet", "filing cabinet")) + sofa_corner(brief, shop, rng)
    if room.area > 30.0:
        tables = tries(*(lambda seats=seats: meeting_table(shop, rng, seats) for seats in (4, 2)))
        wishes.append(Wish("table", tables, "free", {"centre": 0.6, "near:desk": -0.6}, extra=True))
    wishes += plants(brief, shop, rng) + bins(shop, min(max(brief.people // 4, 1), 3), {"near:desk": 0.6})
    if brief.people:
        wishes += [
            Wish("printer", lone(shop, "printer", "printer"), "wall", {"storage": 0.6, "blank": 0.3}, extra=True),
            Wish("coat stand", lone(shop, "coat stand", "coat_stand"), "wall", {"door": -1.0, "corner": 0.4}, extra=True),
        ]
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def _desks(shop: Shop, rng: np.random.Generator, sizes: list[int], attempt: int) -> list[Wish]:
    width, depth = DESKS[min(attempt, 3)]
    wishes = []
    for seats in sizes:
        group = workplaces(shop, rng, seats, width, depth)
        if seats == 1:
            wishes.append(Wish("desk", [group], "wall", {"window": 1.0, "door": 0.6, "alike": 0.35, "corner": 0.1}))
        else:
            prefer = {"window": 0.4, "door": 0.4, "centre": 0.6, "alike": 0.3, "side_light": 0.3, "square": 0.3, "aligned": 0.5}
            wishes.append(Wish("desk block", [group], "free", prefer, seats=seats))
    return wishes


def open_plan_office(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Blocks of four and six desks in lines, a table to meet at, a lounge corner, a row of storage."""
    block = 6 if brief.people >= 18 and attempt < 2 else 4
    sizes = [block] * (brief.people // block)
    left = brief.people % block
    sizes += [4] * (left // 4) + [2] * (left % 4 // 2) + [1] * (left % 2)
    wishes = _desks(shop, rng, sizes, attempt)
    for wish in wishes:
        wish.prefer |= {"aligned": 0.9, "alike": 0.5} if wish.seats > 1 else {}
    wishes += boards(brief, shop) + storage(brief, shop, ("cabinet", "cabinet", "shelf"))
    tables = tries(*(lambda seats=seats: meeting_table(shop, rng, seats) for seats in (6, 4)))
    wishes.append(Wish("table", tables, "free", {"near:screen": 0.8, "near:desk": -0.8}, extra=True))
    wishes += (
        sofa_corner(brief, shop, rng) + plants(brief, shop, rng) + bins(shop, min(2 + brief.people // 8, 6), {"near:desk": 0.6})
    )
    wishes += [
        Wish("printer", lone(shop, "printer", "printer"), "wall", {"storage": 0.8, "blank": 0.3}, extra=True),
        Wish("coat stand", lone(shop, "coat stand", "coat_stand"), "wall", {"door": -1.0, "corner": 0.4}, extra=True),
        Wish("server rack", lone(shop, "server rack", "server_rack"), "wall", {"corner": 0.6, "blank": 0.5}, extra=True),
    ]
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def meeting_room(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """The table in the middle with all its seats, or the most that fit; the screen at its end."""
    wishes = []
    if brief.people:
        seats = max(brief.people - 2 * max(attempt - 1, 0), 1)
        prefer = {"centre": 1.0, "long": 0.5}
        wishes.append(Wish("table", [meeting_table(shop, rng, seats)], "spots", prefer, spots=middle_spots(room), seats=seats))
    wishes += boards(brief, shop, (1.9, 1.45, 1.1)) + storage(brief, shop, ("cabinet", "cabinet", "shelf"))
    wishes += sofa_corner(brief, shop, rng) + plants(brief, shop, rng) + bins(shop, 1, {"door": 0.6})
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def clinic_room(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """An examination bed, the doctor's desk with chairs for visitors, a basin, cabinets."""
    visitors = min(brief.people, 3)
    wishes = [
        Wish("examination bed", lone(shop, "examination bed", "examination_bed"), "wall", {"corner": 0.6, "door": 0.5}),
        Wish(
            "desk",
            tries(*(lambda n=n: consultation(shop, rng, n) for n in range(visitors, -1, -1))),
            "free",
            {"window": 0.7, "near:examination bed": 0.2, "door": 0.2},
        ),
        Wish("washbasin", lone(shop, "washbasin", "washbasin"), "wall", {"blank": 0.4, "near:examination bed": 0.5}),
        Wish("stool", lone(shop, "stool", "stool"), "wall", {"near:examination bed": 1.5}, extra=True),
    ]
    wishes += storage(brief, shop, ("tall cabinet", "cabinet")) + boards(brief, shop) + plants(brief, shop, rng)
    wishes += bins(shop, 2, {"near:washbasin": 0.6})
    wishes.append(Wish("coat stand", lone(shop, "coat stand", "coat_stand"), "wall", {"door": -1.0, "corner": 0.4}, extra=True))
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def workshop(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Workbenches with tool walls above them, a bench in the middle where it fits, shelves."""
    width = (2.0, 1.8, 1.6, 1.4)[min(attempt, 3)]
    wishes = []
    for _ in range(brief.people):
        bench = tries(lambda: bench_seats(shop, rng, "workbench", 0, "workbench", width=width))
        wishes.append(Wish("workbench", bench, "wall", {"blank": 0.5, "window": 0.3, "alike": 0.4}))
    for _ in range(min(brief.people, 3)):
        wall = lone(shop, "tool wall", "tool_wall", {"width": 1.6}, {"width": 1.2}, {"width": 0.9})
        wishes.append(Wish("tool wall", wall, "mounted", {"near:workbench": 2.0, "alike": -0.5}, height=1.55))
    middle = tries(lambda: bench_seats(shop, rng, "workbench", 2, "middle bench", width=1.8))
    wishes.append(Wish("middle bench", middle, "free", {"centre": 1.0}, extra=True))
    wishes += storage(brief, shop, ("shelf", "tall cabinet", "drawers")) + boards(brief, shop) + plants(brief, shop, rng)
    wishes += bins(shop, 2, {"near:workbench": 0.5})
    wishes += [Wish("stool", lone(shop, "stool", "stool"), "wall", {"near:workbench": 1.0}, extra=True) for _ in range(2)]
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)
