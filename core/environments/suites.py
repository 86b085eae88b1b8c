"""More groups placed as one: beds with their tables, kitchen runs, laboratory benches, counters, rows of shelves."""

from __future__ import annotations

import numpy as np

from .groups import CHAIR_ROOM, TUCK, Group, Piece, chair_at, knee_space, table_group
from .props.prop import Prop
from .rooms import yaw_matrix
from .shop import Shop

GAP = 0.02  # what hangs is flush with the wall; what stands keeps this from it, for the skirting board
BESIDE = TUCK + 0.03  # stools stand before cabinets, not under them
UNITS = {"fridge": ("fridge", 0.6), "counter": ("kitchen_counter", 0.6), "sink": ("kitchen_sink", 0.9), "cooker": ("cooker", 0.6)}
ABOVE_COUNTER, WORKTOP = 0.52, 0.9  # from the worktop to the cabinets over it; its height


def size(prop: Prop) -> np.ndarray:
    """(3,) metres."""
    low, high = prop.bounds
    return (high - low).astype(float)


def strip(x0: float, y0: float, x1: float, y1: float) -> list[float]:
    """A zone on the floor to keep free, up to head height."""
    return [x0, y0, 0.0, x1, y1, 1.9]


def bed_group(shop: Shop, key: str, tables: int, sleepers: int, width: float) -> Group:
    """A bed, its head at +Y, with a bedside table at ``tables`` of its sides and room to get in beside them."""
    bed = shop.get(key, width=width)
    wide, deep, _ = size(bed)
    pieces = [Piece("bed", bed, 0.0, 0.0, seat=True, places=sleepers)]
    clear = []
    for side in (-1.0, 1.0)[:tables]:
        table = shop.get("nightstand", width=0.45)
        table_wide, table_deep, _ = size(table)
        x = side * (wide / 2 + table_wide / 2 + 0.03)
        pieces.append(Piece("nightstand", table, x, deep / 2 - table_deep / 2, at=0))
        inner, outer = side * (wide / 2), side * (wide / 2 + 0.6)
        clear.append(strip(min(inner, outer), -deep / 2, max(inner, outer), deep / 2 - table_deep - 0.05))
    if not tables:
        clear.append(strip(wide / 2, -deep / 2, wide / 2 + 0.6, deep / 2 - 0.6))
    return Group("bed", pieces, np.array(clear))


def dining(shop: Shop, rng: np.random.Generator, seats: int) -> Group:
    """A dining table with its chairs."""
    along = max(seats // 2, 1)
    table = shop.get("dining_table", width=max(0.8, along * 0.62 + 0.12), depth=0.9 if seats > 2 else 0.75)
    return table_group(table, shop.get("dining_chair"), rng, seats)


def cafe_table(shop: Shop, rng: np.random.Generator, seats: int) -> Group:
    """A small table with two or four chairs around it."""
    table = shop.get("cafe_table", width=0.7 if seats <= 2 else 0.85, depth=0.7 if seats <= 2 else 0.85)
    chair = shop.get("dining_chair")
    pieces = [Piece("table", table, 0.0, 0.0)]
    box = pieces[0].box()
    ends = [((box[0], 0.0), np.pi / 2), ((box[3], 0.0), -np.pi / 2), ((0.0, box[1]), np.pi), ((0.0, box[4]), 0.0)][:seats]
    clear = []
    for edge, yaw in ends:
        edge = (edge[0] * 1.2, edge[1] * 1.2)  # the foot of a round table needs the room a tucked chair would take
        pieces.append(chair_at(chair, edge, yaw, 0, rng, 0.2))
        out = yaw_matrix(yaw) @ (0.0, 1.0)
        reach = np.array([edge, np.array(edge) + out * (CHAIR_ROOM - 0.1)])
        low, high = reach.min(0) - 0.2 * np.abs(out[::-1]), reach.max(0) + 0.2 * np.abs(out[::-1])
        clear.append(strip(*low, *high))
    return Group("table", pieces, np.array(clear))


def kitchen_run(shop: Shop, units: tuple[str, ...], hung: bool, front: float = 0.9) -> Group:
    """Units side by side with one front, cabinets hung above the plain ones; ``units``: fridge, counter, sink, cooker."""
    props = [shop.get(UNITS[unit][0], width=UNITS[unit][1]) for unit in units]
    sizes = np.array([size(prop) for prop in props])
    depth, left = sizes[:, 1].max(), -sizes[:, 0].sum() / 2
    pieces = []
    for unit, prop, (wide, deep, _) in zip(units, props, sizes, strict=True):
        x = left + wide / 2
        pieces.append(Piece(unit if unit != "counter" else "kitchen counter", prop, x, depth / 2 - deep / 2, front=True))
        if hung and unit in ("counter", "sink", "cooker"):
            above = shop.get("kitchen_wall_cabinet", width=float(wide), hood=unit == "cooker", open=unit == "sink")
            pieces.append(Piece("wall cabinet", above, x, depth / 2 - size(above)[1] / 2 + GAP, z=WORKTOP + ABOVE_COUNTER))
        left += wide + 0.001
    half = sizes[:, 0].sum() / 2
    return Group("kitchen run", pieces, np.array([strip(-half, -depth / 2 - front, half, -depth / 2)]))


def bench_seats(shop: Shop, rng: np.random.Generator, key: str, seats: int, noun: str, **values: float) -> Group:
    """A working bench with stools along its front."""
    bench = shop.get(key, 0, **values)
    pieces = [Piece(noun, bench, 0.0, 0.0, front=not seats)]
    box = pieces[0].box()
    for k in range(seats):
        x = (k - (seats - 1) / 2) * (box[3] - box[0]) / max(seats, 1)
        pieces.append(chair_at(shop.get("stool"), (x, box[1] - BESIDE), np.pi, 0, rng, 0.2))
    return Group(noun, pieces, np.array([strip(box[0], box[1] - 0.9, box[3], box[1])]))


def island(shop: Shop, rng: np.random.Generator, seats: int, width: float) -> Group:
    """Two laboratory benches back to back, with stools along both fronts."""
    bench = shop.get("lab_bench", width=width)
    deep = size(bench)[1]
    pieces: list[Piece] = []
    clear = []
    for turned, count in ((False, (seats + 1) // 2), (True, seats // 2)):
        y, out = (deep / 2 + 0.005) * (1 if turned else -1), 1.0 if turned else -1.0
        at = len(pieces)
        pieces.append(Piece("lab bench", bench, 0.0, y, np.pi if turned else 0.0))
        box = pieces[at].box()
        edge = box[4] if turned else box[1]
        for k in range(count):
            x = (k - (count - 1) / 2) * (box[3] - box[0]) / count
            pieces.append(chair_at(shop.get("stool"), (x, edge + out * BESIDE), 0.0 if turned else np.pi, at, rng, 0.2))
        clear.append(strip(box[0], min(edge, edge + out * 0.9), box[3], max(edge, edge + out * 0.9)))
    return Group("island", pieces, np.array(clear))


def consultation(shop: Shop, rng: np.random.Generator, visitors: int) -> Group:
    """A doctor's desk: the doctor behind it, visitors before it; nothing stands at a wall."""
    desk = shop.get("desk", width=1.5, depth=0.75)
    pieces = [Piece("desk", desk, 0.0, 0.0)]
    box = pieces[0].box()
    pieces.append(chair_at(shop.get("office_chair"), (knee_space(desk), box[1]), np.pi, 0, rng, 0.25))
    for k in range(visitors):
        x = (k - (visitors - 1) / 2) * 0.65
        pieces.append(chair_at(shop.get("visitor_chair"), (x, box[4] + TUCK + 0.08), 0.0, 0, rng, 0.15))
    clear = [strip(box[0], box[1] - CHAIR_ROOM, box[3], box[1]), strip(box[0], box[4], box[3], box[4] + CHAIR_ROOM)]
    return Group("desk", pieces, np.array(clear))


def counter(shop: Shop, width: float, stools: int, rng: np.random.Generator, back: str = "cupboard") -> Group:
    """A counter with a till, room for staff behind it, cabinets at the wall and stools before it."""
    front = shop.get("reception_counter", width=width, height=1.1)
    deep, store = size(front)[1], shop.get(back, width=0.9, height=0.95)
    store_deep, behind = size(store)[1], 0.95
    total = deep + behind + store_deep
    y = -total / 2 + deep / 2
    pieces = [Piece("counter", front, 0.0, y, front=True)]
    box = pieces[0].box()
    count = max(int((box[3] - box[0]) / (size(store)[0] + 0.005)), 1)
    for k in range(count):
        x = (k - (count - 1) / 2) * (size(store)[0] + 0.005)
        pieces.append(Piece("cabinet", store, x, total / 2 - store_deep / 2, front=True))
    for k in range(stools):
        x = (k - (stools - 1) / 2) * min((box[3] - box[0]) / stools, 0.75)
        pieces.append(chair_at(shop.get("bar_stool"), (x, box[1] - BESIDE), np.pi, 0, rng, 0.2))
    clear = [
        strip(box[0], box[4], box[3], total / 2 - store_deep),
        strip(box[3], y, box[3] + 0.8, total / 2),  # the staff's way in
        strip(box[0], box[1] - 0.9, box[3], box[1]),
    ]
    return Group("counter", pieces, np.array(clear))


def gondola(shop: Shop, bays: int, variant: int) -> Group:
    """Shop shelves back to back, ``bays`` long."""
    shelf = shop.get("shop_shelf", variant, height=1.5, width=1.0)
    wide, deep, _ = size(shelf)
    pieces = []
    for side in (-1.0, 1.0):
        for k in range(bays):
            x = (k - (bays - 1) / 2) * (wide + 0.002)
            pieces.append(Piece("shop shelf", shelf, x, side * (deep / 2 + 0.002), np.pi if side > 0 else 0.0, front=True))
    half = bays * wide / 2
    clear = [strip(-half, -deep - 0.85, half, -deep), strip(-half, deep, half, deep + 0.85)]
    return Group("gondola", pieces, np.array(clear))


def basin(shop: Shop, width: float) -> Group:
    """A washbasin with a mirror over it."""
    prop = shop.get("washbasin", width=width)
    wide, deep, tall = size(prop)
    mirror = shop.get("mirror", width=width, height=0.8)
    pieces = [
        Piece("washbasin", prop, 0.0, 0.0, front=True),
        Piece("mirror", mirror, 0.0, deep / 2 - size(mirror)[1] / 2 + GAP, z=max(tall + 0.06, 1.1)),
    ]
    half = max(wide / 2, 0.3)
    return Group("washbasin", pieces, np.array([strip(-half, -deep / 2 - 0.6, half, -deep / 2)]))


def lecture_row(shop: Shop, seats: int) -> Group:
    """Fixed seats side by side behind one writing board."""
    bench = shop.get("lecture_bench", width=seats * 0.55 + 0.1, seats=seats)
    places = len(bench.seats) or seats
    turned = np.pi - (float(bench.seats[0].yaw) if bench.seats else 0.0)  # the sitters look along +Y, to the wall in front
    return Group("row", [Piece("lecture bench", bench, 0.0, 0.0, turned, seat=True, places=places)])


def show_piece(shop: Shop, variant: int) -> Group:
    """A pedestal one can walk around."""
    pedestal = shop.get("pedestal", variant)
    half = size(pedestal)[:2] / 2
    clear = np.array([strip(-half[0] - 0.8, -half[1] - 0.8, half[0] + 0.8, half[1] + 0.8)])
    return Group("pedestal", [Piece("pedestal", pedestal, 0.0, 0.0, front=True)], clear)
