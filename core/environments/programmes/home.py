"""Rooms people live in."""

from __future__ import annotations

from functools import partial

import numpy as np

from ..brief import RoomBrief
from ..groups import Group, Piece, lounge, workplaces
from ..rooms import Room
from ..shop import Shop
from ..suites import basin, bed_group, dining, kitchen_run, strip
from ..wishes import Wish, bins, boards, clock, lone, pictures, plants, radiators, storage, tries


def bedroom(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """A bed for two (or beds for one, bunks where many sleep), wardrobe, chest of drawers, a desk where it fits."""
    wishes = _beds(brief, shop, rng, attempt)
    wardrobes = lone(
        shop, "wardrobe", "wardrobe", *({"width": w} for w in ((1.8, 1.4, 1.0, 0.8) if attempt == 0 else (1.2, 0.9, 0.6)))
    )
    wishes.append(Wish("wardrobe", wardrobes, "wall", {"blank": 0.6, "corner": 0.5, "near:bed": -0.2}))
    wishes += storage(brief, shop, ("drawers", "shelf"), ("cabinet",))
    desk = tries(lambda: workplaces(shop, rng, 1, 1.2, 0.6))
    wishes += [
        Wish("desk", desk, "wall", {"window": 0.8, "near:bed": -0.3}, extra=True),
        Wish("armchair", lone(shop, "armchair", "armchair"), "wall", {"window": 0.5, "corner": 0.5}, extra=True),
    ]
    mirror = lone(shop, "mirror", "mirror", {"width": 0.5, "height": 1.4}, {"width": 0.4, "height": 1.1})
    wishes.append(Wish("mirror", mirror, "mounted", {"near:wardrobe": 0.6, "door": 0.1}, height=1.15, extra=True))
    wishes += boards(brief, shop) + _sofa(brief, shop, rng) + plants(brief, shop, rng)
    wishes.append(Wish("basket", lone(shop, "basket", "basket"), "wall", {"near:wardrobe": 0.6, "corner": 0.4}, extra=True))
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop, {"near:bed": 0.6})


def _beds(brief: RoomBrief, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    prefer = {"door": 0.5, "blank": 0.4, "middle": 0.35 if attempt == 0 else -0.3, "alike": 0.2}
    double = [partial(bed_group, shop, "bed_double", tables, 2, width)
              for tables, width in ((2, 1.8), (2, 1.6), (2, 1.4), (1, 1.4))[min(attempt, 2):]]  # fmt: skip
    bed = [partial(bed_group, shop, "bed_single", tables, 1, 0.98) for tables in (1, 0)]
    bunk = [partial(bed_group, shop, "bunk_bed", 0, 2, 0.98)]
    wishes = []
    left, first = brief.people, True
    while left > 0:
        if left >= 2 and first and (brief.people == 2 or rng.random() < 0.5):
            narrow = bed if attempt > 1 else []  # where no double bed fits, one person sleeps
            wishes.append(Wish("bed", tries(*double, *narrow), "wall", prefer, seats=2))
            left -= 2
        elif left >= 2 and brief.people > 3:
            wishes.append(Wish("bed", tries(*bunk), "wall", prefer, seats=2))
            left -= 2
        else:
            corner = prefer | {"corner": 0.5, "middle": 0.0}
            wishes.append(Wish("bed", tries(*bed), "wall", corner))
            left -= 1
        first = False
    return wishes


def _sofa(brief: RoomBrief, shop: Shop, rng: np.random.Generator) -> list[Wish]:
    if not brief.sofa:
        return []
    sofas = tries(*(partial(lounge, shop, w, t) for w, t in ((1.7, True), (1.4, False))))
    return [Wish("sofa", sofas, "wall", {"window": 0.4, "near:bed": -0.3})]


def living_room(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Sofa and television looking at each other, armchairs, shelves, and a dining table where it fits."""
    seats = min(3, brief.people) if brief.people else 0
    widths = ((2.2, True), (1.9, True), (1.9, False), (1.5, False))[min(attempt, 2) :]
    wishes = []
    if brief.sofa and seats:
        sofas = tries(*(partial(lounge, shop, w, t) for w, t in widths))
        wishes.append(Wish("sofa", sofas, "wall", {"middle": 0.6, "door": 0.3, "blank": 0.2}, seats=seats))
    else:
        seats = 0
    if brief.screen:
        stands = lone(shop, "tv stand", "tv_stand", {"width": 1.7}, {"width": 1.3}, {"width": 1.0})
        wishes.append(Wish("tv stand", stands, "wall", {"facing:sofa": 1.5, "near:sofa": -0.2}))
    for _ in range(max(brief.people - seats, 0)):
        chairs = tries(*(partial(_armchair, shop, w, d) for w, d in ((0.8, 0.8), (0.7, 0.72))))
        wishes.append(Wish("armchair", chairs, "wall", {"near:sofa": 1.0, "facing:tv stand": 0.4, "corner": 0.3}))
    wishes += storage(brief, shop, ("shelf", "cabinet"), ("cabinet",))
    tables = tries(*(partial(dining, shop, rng, n) for n in (6, 4, 2)))
    prefer = {"sight": 2.0, "near:sofa": -0.6, "window": 0.4, "square": 0.2}
    clear = {"sight": 0.7} if brief.sofa and brief.screen else {}  # nobody eats before the television
    wishes.append(Wish("table", tables, "free", prefer, extra=True, needs=clear))
    lamp = lone(shop, "floor lamp", "floor_lamp", {"foot": str(rng.choice(["tripod", "disc"]))})
    wishes.append(Wish("floor lamp", lamp, "wall", {"near:sofa": 2.0}, extra=True))
    wishes += boards(brief, shop, skip="screen") + plants(brief, shop, rng)
    wishes.append(Wish("basket", lone(shop, "basket", "basket"), "wall", {"near:tv stand": 0.6, "corner": 0.3}, extra=True))
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop, {"near:sofa": 0.5})


def _armchair(shop: Shop, width: float, depth: float) -> Group:
    chair = shop.get("armchair", width=width, depth=depth)
    _, front, _ = chair.bounds[0]
    half = width / 2
    return Group("armchair", [Piece("armchair", chair, 0.0, 0.0, seat=True)], np.array([strip(-half, front - 0.5, half, front)]))


def kitchen(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """A run of units along a wall, as long as fits, a second short one, and a table to eat at."""
    front = (0.9, 0.85, 0.75, 0.7)[min(attempt, 3)]
    runs = (
        ("fridge", "counter", "sink", "counter", "cooker", "counter"),
        ("fridge", "counter", "sink", "counter", "cooker"),
        ("fridge", "sink", "counter", "cooker"),
        ("fridge", "sink", "cooker"),
        ("sink", "cooker"),
    )
    first = tries(*(partial(kitchen_run, shop, run, hung, front) for run in runs[min(attempt, 2) :] for hung in (True, False)))
    wishes = [Wish("kitchen run", first, "wall", {"blank": 0.6, "corner": 0.6, "door": 0.2})]
    if brief.people:
        seats = max(brief.people - 2 * max(attempt - 2, 0), 1)
        tables = tries(partial(dining, shop, rng, seats))
        wishes.append(Wish("table", tables, "free", {"window": 0.5, "near:kitchen run": -0.5, "square": 0.2}, seats=seats))
    second = tries(*(partial(kitchen_run, shop, ("counter",) * n, hung, front) for n in (3, 2, 1) for hung in (True, False)))
    wishes.append(Wish("kitchen run", second, "wall", {"alike": 0.8, "corner": 0.6, "window": 0.2}, extra=True))
    wishes += storage(brief, shop, ("tall cabinet", "cabinet"), ("cabinet",)) + plants(brief, shop, rng) + boards(brief, shop)
    wishes += bins(shop, 1, {"near:kitchen run": 0.5})
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def bathroom(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Bath or shower (both where there is room), toilet, basin with mirror, towels, washing machine."""
    tub = lone(shop, "bath", "bathtub", {"width": 1.7}, {"width": 1.5})
    large = room.area > 6.0 and attempt < 2
    small = ({"width": 0.8, "depth": 0.8},) if attempt else ({"width": 1.0, "depth": 1.0}, {"width": 0.8, "depth": 0.8})
    shower = lone(shop, "shower", "shower", *small)
    wishes = [Wish("bath", tub, "wall", {"corner": 1.0, "door": 0.5, "window": 0.2})] if large else []
    if not large or room.area > 9.0:
        wishes.append(Wish("shower", shower, "wall", {"corner": 1.2, "door": 0.5, "blank": 0.3}))
    wishes += [
        Wish("toilet", lone(shop, "toilet", "toilet"), "wall", {"door": 0.3, "corner": 0.2}),
        Wish("washbasin", tries(*(partial(basin, shop, w) for w in (0.6, 0.45))), "wall", {"blank": 0.5, "near:bath": 0.1}),
        Wish("towel rail", lone(shop, "towel rail", "towel_rail"), "mounted", {"near:bath": 0.6, "near:shower": 0.6}, height=1.2),
    ]
    machine = lone(shop, "washing machine", "washing_machine")
    wishes.append(Wish("washing machine", machine, "wall", {"corner": 0.6, "near:washbasin": 0.3}, extra=True))
    sizes = ({"width": 0.6, "height": 1.7, "depth": 0.36}, {"width": 0.42, "height": 0.9, "depth": 0.32})
    for _ in range(brief.storage):
        cabinets = lone(shop, "cabinet", "cupboard", *sizes)
        wishes.append(Wish("cabinet", cabinets, "wall", {"corner": 0.4, "blank": 0.4}))
    wishes.append(Wish("basket", lone(shop, "basket", "basket"), "wall", {"corner": 0.5, "near:washing machine": 0.4}, extra=True))
    wishes += plants(brief, shop, rng) + bins(shop, 1, {"near:toilet": 0.6})
    wishes[-1].extra = True
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop)


def hall(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """What fits beside the way: a coat stand, a shallow cabinet, a mirror, pictures."""
    cabinets = lone(
        shop, "cabinet", "cupboard", {"width": 0.9, "depth": 0.32, "height": 0.9}, {"width": 0.6, "depth": 0.3, "height": 0.9}
    )
    mirror = lone(shop, "mirror", "mirror", {"width": 0.5, "height": 1.2})
    wishes = [Wish("cabinet", cabinets, "wall", {"door": -0.5, "corner": 0.4}, extra=True) for _ in range(min(brief.storage, 2))]
    wishes += [
        Wish("coat stand", lone(shop, "coat stand", "coat_stand"), "wall", {"door": -0.5, "corner": 1.0}, extra=True),
        Wish("mirror", mirror, "mounted", {"door": -0.6}, height=1.35, extra=True),
        Wish("bench", lone(shop, "bench", "bench", {"width": 0.9}), "wall", {"door": -0.5, "corner": 0.6}, extra=True),
    ]
    small = pictures(brief, shop)
    for wish in small:
        wish.extra = True
    return wishes + plants(brief, shop, rng) + small


def hotel_room(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Beds, a desk with a screen over it, wardrobe, an armchair at the window."""
    wishes = _beds(brief, shop, rng, attempt)
    desk = tries(*(partial(workplaces, shop, rng, 1, w, 0.6) for w in (1.3, 1.0)))
    wishes.append(Wish("desk", desk, "wall", {"facing:bed": 0.6, "blank": 0.2}))
    if brief.screen:
        screens = lone(shop, "screen", "display", {"width": 1.2, "height": 0.69, "shows": "off"}, {"width": 0.9, "height": 0.52})
        wishes.append(Wish("screen", screens, "mounted", {"facing:bed": 1.2, "near:bed": -0.1}, height=1.45))
    wishes += [
        Wish(
            "wardrobe",
            lone(shop, "wardrobe", "wardrobe", {"width": 1.2}, {"width": 0.9}, {"width": 0.6}),
            "wall",
            {"door": -0.5, "corner": 0.4},
        ),
        Wish("armchair", lone(shop, "armchair", "armchair"), "wall", {"window": 0.8, "corner": 0.4}, extra=True),
        Wish("bench", lone(shop, "bench", "bench", {"width": 0.9}), "wall", {"near:wardrobe": 0.5, "door": -0.2}, extra=True),
    ]
    mirror = lone(shop, "mirror", "mirror", {"width": 0.5, "height": 1.4}, {"width": 0.4, "height": 1.0})
    wishes.append(Wish("mirror", mirror, "mounted", {"door": -0.4}, height=1.2, extra=True))
    wishes += storage(brief, shop, ("cabinet", "drawers"), ("cabinet",)) + _sofa(brief, shop, rng) + plants(brief, shop, rng)
    wishes += boards(brief, shop, skip="screen") + bins(shop, 1, {"near:desk": 0.6})
    return wishes + radiators(room, shop) + clock(brief, shop) + pictures(brief, shop, {"near:bed": 0.6})
