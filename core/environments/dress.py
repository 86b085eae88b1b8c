"""Small things on desks, tables and cupboards: laid out in the furniture's own frame, so that they move with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

import numpy as np

from .arrange import Placement, world_box
from .brief import RoomBrief
from .props.prop import Prop
from .props.prop import Surface as Spot
from .rooms import Room, pose, yaw_matrix
from .shop import Shop
from .space import opening_box, overlaps
from .trinkets import AT_HOME, EATING, TRINKETS, crockery, dining_table, sideboard

EDGE = 0.015


@dataclass
class Surface:
    """A level top in its furniture's frame, filled from the things put on it; ``taken`` are (x0, y0, x1, y1)."""

    low: np.ndarray
    high: np.ndarray
    z: float
    taken: list[np.ndarray]

    def put(self, prop: Prop, x: float, y: float, yaw: float) -> np.ndarray | None:
        """The (4, 4) transform of the prop resting at (x, y), pushed inside the edges, or None where something is already."""
        low, high = prop.bounds
        corners = np.array([(a, b) for a in (low[0], high[0]) for b in (low[1], high[1])]) @ yaw_matrix(yaw).T
        near, far = corners.min(0), corners.max(0)
        if (far - near > self.high - self.low - 2 * EDGE).any():
            return None
        spot = np.clip((x, y), self.low + EDGE - near, self.high - EDGE - far)
        box = np.concatenate([spot + near, spot + far])
        if any((box[:2] < other[2:] - 1e-4).all() and (other[:2] < box[2:] - 1e-4).all() for other in self.taken):
            return None
        self.taken.append(box)
        return pose(spot[0], spot[1], self.z - float(low[2]), yaw)


def main_surface(prop: Prop) -> Surface | None:
    """The largest level surface of a piece of furniture that has free air above it, or None."""
    tops = [surface for surface in prop.surfaces if surface.headroom >= 0.4]
    if not tops:
        return None
    best = max(tops, key=lambda s: (s.high[0] - s.low[0]) * (s.high[1] - s.low[1]))
    return Surface(np.array(best.low), np.array(best.high), best.z, [])


class Dresser:
    """Puts things on furniture, and remembers what hangs around it."""

    def __init__(self, brief: RoomBrief, placements: list[Placement], shop: Shop, rng: np.random.Generator) -> None:
        self.brief, self.shop, self.rng = brief, shop, rng
        hung = [world_box(placement.prop, placement.transform) for placement in placements if placement.support.startswith("Wall ")]
        self.hung = np.array(hung).reshape(-1, 6)
        self.numbers: Counter[str] = Counter()
        self.taken: set[str] = set()
        self.placements: list[Placement] = []

    def add(self, holder: Placement, surface: Surface, noun: str, prop: Prop, x: float, y: float, yaw: float, where: str) -> bool:
        """Puts one thing on a surface if there is room, also for what hangs on the wall behind."""
        local = surface.put(prop, x, y, yaw)
        if local is None or overlaps(world_box(prop, holder.transform @ local), self.hung).any():
            return False
        self.numbers[noun] += 1
        while f"{noun.capitalize()} {self.numbers[noun]}" in self.taken:
            self.numbers[noun] += 1
        relations = [{"relation": "on", "target": holder.name}]
        name = f"{noun.capitalize()} {self.numbers[noun]}"
        self.placements.append(Placement(name, prop, local, holder.name, relations, f"{noun} on {holder.name}, {where}"))
        return True

    @staticmethod
    def main(holder: Placement) -> Surface | None:
        """The largest free top of a piece of furniture."""
        return main_surface(holder.prop)

    @staticmethod
    def flat(low: tuple[float, float], high: tuple[float, float], z: float) -> Surface:
        """A surface that is not among those the prop names."""
        return Surface(np.array(low), np.array(high), z, [])

    def surface(self, spot: Spot) -> Surface:
        """One of a prop's surfaces, nothing on it yet."""
        return self.flat(spot.low, spot.high, spot.z)

    def chance(self, share: float) -> bool:
        """More often in a cluttered room: at clutter 0.5 with probability ``share``."""
        return bool(self.rng.random() < min(share * (0.25 + 1.5 * self.brief.clutter), 0.97))

    def variant(self, count: int = 3) -> int:
        return int(self.rng.integers(count))

    def books(self, width: float, height: float = 0.26, depth: float = 0.2, pile: bool = True) -> Prop:
        """A row of books in one of a few lengths, so that rows share meshes."""
        return self.shop.get("books_row", self.variant(4), width=round(width, 1), height=height, depth=depth, pile=pile)

    def small_plant(self) -> Prop:
        kind = ("bush", "sword", "broad")[self.variant()]
        return self.shop.get("plant", self.variant(), kind=kind, width=0.2, depth=0.2, height=0.3)

    def mug(self) -> Prop:
        return self.shop.get("mug", self.variant(4), drink=("coffee", "tea", "empty")[self.variant()])

    def papers(self) -> Prop:
        return self.shop.get("paper_stack", self.variant(), height=(0.006, 0.015, 0.03)[self.variant()])

    def desk(self, holder: Placement, chair: Placement | None) -> None:
        """A workplace: screen, keyboard and mouse before the chair, then what gathers on a desk."""
        surface, rng = main_surface(holder.prop), self.rng
        if surface is None:
            return
        (left, front), (right, back) = surface.low, surface.high
        seat = 0.0 if chair is None else float((np.linalg.inv(holder.transform.astype(float)) @ chair.transform[:, 3])[0])
        x = seat + rng.uniform(-0.03, 0.03)
        self.screens(holder, surface, x)
        put = partial(self.add, holder, surface)
        put("keyboard", self.shop.get("keyboard"), x, front + 0.15, rng.uniform(-0.04, 0.04), "before the screen")
        mat = self.shop.get("mouse", mat=True, width=0.22, depth=0.18) if rng.random() < 0.4 else self.shop.get("mouse")
        put("mouse", mat, x + 0.33, front + 0.15, rng.uniform(-0.1, 0.1), "right of the keyboard")
        side = 1.0 if right - x > x - left else -1.0  # the roomier side of the desk
        far = right if side > 0 else left
        if self.chance(0.75):
            put("desk lamp", self.shop.get("desk_lamp"), far - side * 0.14, back - 0.2, side * 0.6, "in a back corner, turned in")
        if self.chance(0.65):
            put("mug", self.mug(), x - side * 0.34, front + rng.uniform(0.2, 0.3), rng.uniform(0, 6.2), "within reach")
        if self.chance(0.6):
            put("books", self.books(rng.choice([0.2, 0.3])), far - side * 0.42, back - 0.12, 0.0, "at the back")
        if self.chance(0.6):
            put("papers", self.papers(), far - side * 0.2, front + 0.2, rng.uniform(-0.25, 0.25), "at the side")
        if self.chance(0.45):
            put(
                "pen cup",
                self.shop.get("pen_cup", self.variant()),
                x + side * 0.4,
                back - 0.1,
                rng.uniform(0, 6.2),
                "beside the screen",
            )
        if self.chance(0.3):
            put("small plant", self.small_plant(), x - side * 0.5, back - 0.1, rng.uniform(0, 6.2), "beside the screen")
        if self.chance(0.35):
            put("water bottle", self.shop.get("water_bottle"), x + side * 0.52, front + 0.32, rng.uniform(0, 6.2), "within reach")
        if self.chance(0.3):
            put("papers", self.papers(), x - side * 0.52, front + 0.25, rng.uniform(-0.3, 0.3), "at the side")

    def screens(self, holder: Placement, surface: Surface, x: float) -> None:
        """One monitor, two turned in to the chair, or a laptop."""
        rng, back = self.rng, surface.high[1]
        wide = float(surface.high[0] - surface.low[0])
        monitor = self.shop.get("monitor", width=0.54 if wide > 1.45 else 0.5, height=0.46)
        if self.chance(0.3) and wide > 1.45:
            self.add(holder, surface, "monitor", monitor, x - 0.29, back - 0.12, 0.16, "on the left, turned in")
            self.add(holder, surface, "monitor", monitor, x + 0.29, back - 0.12, -0.16, "on the right, turned in")
        else:
            self.add(holder, surface, "monitor", monitor, x, back - 0.11, rng.uniform(-0.06, 0.06), "before the chair")

    def table(self, holder: Placement, chairs: list[Placement]) -> None:
        """A meeting table: something to work with before the seats, a plant in the middle."""
        surface, rng = main_surface(holder.prop), self.rng
        if surface is None:
            return
        put = partial(self.add, holder, surface)
        inverse = np.linalg.inv(holder.transform.astype(float))
        put("small plant", self.small_plant(), rng.choice([-0.45, 0.45]), 0.0, rng.uniform(0, 6.2), "in the middle")
        for chair in chairs:
            spot = (inverse @ chair.transform[:, 3])[:2]
            inward = np.clip(spot, surface.low + 0.2, surface.high - 0.2)
            toward = spot - inward
            yaw = float(np.arctan2(toward[0], -toward[1]))
            right, ahead = (inward + yaw_matrix(yaw) @ offset for offset in ((0.26, 0.06), (-0.24, 0.08)))
            if self.chance(0.4):
                put("laptop", self.shop.get("laptop", self.variant()), inward[0], inward[1], yaw, f"before {chair.name}")
            elif self.chance(0.5):
                put("papers", self.papers(), inward[0], inward[1], yaw + rng.uniform(-0.15, 0.15), f"before {chair.name}")
            if self.chance(0.4):
                put("mug", self.mug(), right[0], right[1], rng.uniform(0, 6.2), f"before {chair.name}")
            elif self.chance(0.3):
                bottle = self.shop.get("water_bottle", style="clear")
                put("water bottle", bottle, ahead[0], ahead[1], rng.uniform(0, 6.2), f"before {chair.name}")

    def school_desk(self, holder: Placement, chairs: list[Placement]) -> None:
        """Papers and books before some of the pupils."""
        surface, rng = main_surface(holder.prop), self.rng
        if surface is None:
            return
        put = partial(self.add, holder, surface)
        inverse = np.linalg.inv(holder.transform.astype(float))
        for chair in chairs:
            x = float((inverse @ chair.transform[:, 3])[0])
            if self.chance(0.55):
                put("papers", self.papers(), x - 0.06, -0.04, rng.uniform(-0.2, 0.2), f"before {chair.name}")
            if self.chance(0.25):
                put("pen cup", self.shop.get("pen_cup", self.variant()), x + 0.2, 0.1, 0.0, f"before {chair.name}")
            elif self.chance(0.3):
                put("water bottle", self.shop.get("water_bottle"), x + 0.22, 0.12, 0.0, f"before {chair.name}")

    def cupboard(self, holder: Placement) -> None:
        """What stands on a low cabinet."""
        surface, rng = main_surface(holder.prop), self.rng
        if surface is None or surface.z > 1.4:
            return
        left, right = surface.low[0], surface.high[0]
        things = [
            ("small plant", self.small_plant(), 0.7),
            ("books", self.books(0.3), 0.6),
            ("papers", self.papers(), 0.4),
            ("mug", self.mug(), 0.3),
        ]
        for k, index in enumerate(rng.permutation(len(things))):
            noun, prop, share = things[index]
            if self.chance(share):
                x = left + (k + 0.5) * (right - left) / len(things)
                self.add(holder, surface, noun, prop, x, rng.uniform(-0.05, 0.05), rng.uniform(-0.3, 0.3), "on top")

    def bookcase(self, holder: Placement) -> None:
        """Books in most compartments, with the odd plant or pile of paper between them."""
        for number, spot in enumerate(holder.prop.surfaces, 1):
            surface = Surface(np.array(spot.low), np.array(spot.high), spot.z, [])
            width, depth = surface.high - surface.low - 2 * EDGE
            room = spot.headroom - 0.03
            where = f"in compartment {number}"
            if room < 0.16 or not self.chance(0.85):
                continue
            length = float(np.floor(10 * width * self.rng.choice([0.35, 0.6, 0.85, 1.0])) / 10)
            if length >= 0.1:
                row = self.books(length, round(min(0.27, room), 2), round(min(0.22, float(depth)), 2))
                self.add(holder, surface, "books", row, surface.low[0], 0.0, 0.0, where)
            end = surface.high[0]
            if self.chance(0.3) and room > 0.31:
                self.add(holder, surface, "small plant", self.small_plant(), end, 0.0, self.rng.uniform(0, 6.2), where)
            elif self.chance(0.3):
                self.add(
                    holder,
                    surface,
                    "papers",
                    self.shop.get("paper_stack", tray=True, height=0.06, width=0.24),
                    end,
                    0.0,
                    0.0,
                    where,
                )


def dress(
    brief: RoomBrief, placements: list[Placement], shop: Shop, rng: np.random.Generator, taken: set[str] | None = None
) -> list[Placement]:
    """The small things for every desk, table, cupboard and bookcase; their transforms are in the furniture's frame.

    Names in ``taken`` are not given again.
    """
    dresser = Dresser(brief, placements, shop, rng)
    dresser.taken = taken or set()
    for holder in placements:
        chairs = [p for p in placements if p.seat and p.relations[0]["target"] == holder.name]
        kind = holder.name.rsplit(" ", 1)[0]
        if kind == "Desk":
            dresser.desk(holder, next((chair for chair in chairs if chair.prop.label == "office chair"), None))
        elif kind == "Table" and brief.kind in EATING:
            dining_table(dresser, holder, chairs)
        elif kind == "Table":
            dresser.table(holder, chairs)
        elif kind == "School desk":
            dresser.school_desk(holder, chairs)
        elif kind == "Cabinet" and brief.kind in ("cafe", "shop"):
            crockery(dresser, holder, chairs)
        elif kind == "Cabinet" and brief.kind in AT_HOME:
            sideboard(dresser, holder, chairs)
        elif kind in ("Cabinet", "Filing cabinet") or (kind == "Coffee table" and brief.kind not in AT_HOME):
            dresser.cupboard(holder)
        elif kind == "Shelf":
            dresser.bookcase(holder)
        elif kind in TRINKETS:
            TRINKETS[kind](dresser, holder, chairs)
    return dresser.placements


def soften(brief: RoomBrief, room: Room, placements: list[Placement], shop: Shop) -> list[Placement]:
    """Rugs and curtains: cloth that lies under and hangs beside what has its place already."""
    made: list[Placement] = []
    for noun, size in RUGS.items():
        for holder in placements if brief.kind in RUG_ROOMS else ():
            if holder.name.rsplit(" ", 1)[0] == noun and len(made) < 2:
                made += _rug(room, holder, shop.get("rug", width=size[0], depth=size[1], height=0.005), len(made) + 1)
    if brief.kind not in CURTAINED:
        return made
    boxes = np.array([world_box(placement.prop, placement.transform) for placement in placements]).reshape(-1, 6)
    for number, window in enumerate(room.windows, 1):
        height = min(window.top + 0.14, room.height - 0.02) - window.bottom - 0.04
        prop = shop.get("curtain", width=window.width + 0.5, height=height, open=0.85)
        low, high = prop.bounds
        place = room.frame(window.side) @ pose(window.centre, -float(high[1]), window.bottom + 0.04 - float(low[2]))
        box = world_box(prop, place)
        if window.side in room.sides and not overlaps(box, boxes).any() and room.holds(box[:2], box[3:5], 0.004):
            relations = [{"relation": "on", "target": f"Wall {window.side}"}, {"relation": "before", "target": f"Window {number}"}]
            why = f"curtain on the {window.side} wall, before a window"
            made.append(Placement(f"Curtain {number}", prop, place, f"Wall {window.side}", relations, why))
    return made


def _rug(room: Room, holder: Placement, prop: Prop, number: int) -> list[Placement]:
    """A rug under a piece of furniture, half a millimetre sunk so that what stands on it stands still; none where it is cramped
    or a door's leaf would catch on it."""
    forward = 0.35 if holder.name.startswith("Bed") else 0.0
    transform = holder.transform.astype(float) @ pose(0.0, -forward, 0.0)
    transform[2, 3] = -0.0005
    box = world_box(prop, transform)
    swings = [opening_box(room, k) for k, opening in enumerate(room.openings) if opening.kind == "door" and opening.inward]
    caught = bool(swings) and bool(overlaps(box + (0.0, 0.0, 0.0, 0.0, 0.0, 0.01), np.array(swings)).any())
    if caught or not room.holds(box[:2] - 0.05, box[3:5] + 0.05):
        return []
    relations = [{"relation": "under", "target": holder.name}]
    return [Placement(f"Rug {number}", prop, transform.astype(np.float32), "Floor", relations, f"rug under {holder.name}")]


RUGS = {"Coffee table": (2.4, 1.7), "Bed": (2.6, 1.8)}  # the furniture a rug lies under, and its size
RUG_ROOMS = ("living_room", "bedroom", "hotel_room", "office", "open_plan_office")
CURTAINED = ("living_room", "bedroom", "hotel_room", "cafe")
