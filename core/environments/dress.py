"""Small things on desks, tables and cupboards: laid out in the furniture's own frame, so that they move with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .arrange import Placement
from .brief import RoomBrief
from .props.prop import Prop
from .rooms import pose, yaw_matrix
from .shop import Shop

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
        low, high = prop.mesh.bounds
        corners = np.array([(a, b) for a in (low[0], high[0]) for b in (low[1], high[1])]) @ yaw_matrix(yaw).T
        near, far = corners.min(0), corners.max(0)
        if (far - near > self.high - self.low - 2 * EDGE).any():
            return None
        spot = np.clip((x, y), self.low + EDGE - near, self.high - EDGE - far)
        box = np.concatenate([spot + near, spot + far])
        if any((box[:2] < other[2:] - 1e-4).all() and (other[:2] < box[2:] - 1e-4).all() for other in self.taken):
            return None
        self.taken.append(box)
        return pose(*spot, self.z - float(low[2]), yaw)


def main_surface(prop: Prop) -> Surface | None:
    """The largest level surface of a piece of furniture that has free air above it, or None."""
    tops = [surface for surface in prop.surfaces if surface.headroom >= 0.4]
    if not tops:
        return None
    best = max(tops, key=lambda s: (s.high[0] - s.low[0]) * (s.high[1] - s.low[1]))
    return Surface(np.array(best.low), np.array(best.high), best.z, [])


class _Dresser:
    def __init__(self, brief: RoomBrief, shop: Shop, rng: np.random.Generator) -> None:
        self.brief, self.shop, self.rng = brief, shop, rng
        self.numbers: Counter[str] = Counter()
        self.placements: list[Placement] = []

    def add(self, holder: Placement, surface: Surface, noun: str, prop: Prop, x: float, y: float, yaw: float, where: str) -> bool:
        """Puts one thing on a surface if there is room."""
        local = surface.put(prop, x, y, yaw)
        if local is None:
            return False
        self.numbers[noun] += 1
        relations = [{"relation": "on", "target": holder.name}]
        name = f"{noun.capitalize()} {self.numbers[noun]}"
        self.placements.append(Placement(name, prop, local, holder.name, relations, f"{noun} on {holder.name}, {where}"))
        return True

    def chance(self, share: float) -> bool:
        """More often in a cluttered room: at clutter 0.5 with probability ``share``."""
        return bool(self.rng.random() < min(share * (0.25 + 1.5 * self.brief.clutter), 0.97))

    def variant(self, count: int = 3) -> int:
        return int(self.rng.integers(count))

    def desk(self, holder: Placement) -> None:
        """A workplace: screen, keyboard and mouse before the chair, then what gathers on a desk."""
        surface, rng = main_surface(holder.prop), self.rng
        (left, front), (right, back) = surface.low, surface.high
        shift = rng.uniform(-0.06, 0.06)
        lamp_left = bool(rng.random() < 0.5)
        monitor = self.shop.get("monitor", width=0.56)
        if self.chance(0.3) and right - left > 1.35:
            self.add(holder, surface, "monitor", monitor, -0.29 + shift, back - 0.13, 0.14, "on the left, turned in")
            self.add(holder, surface, "monitor", monitor, 0.29 + shift, back - 0.13, -0.14, "on the right, turned in")
        else:
            self.add(holder, surface, "monitor", monitor, shift, back - 0.13, rng.uniform(-0.06, 0.06), "before the chair")
        self.add(holder, surface, "keyboard", self.shop.get("keyboard"), shift, front + 0.17, rng.uniform(-0.04, 0.04), "before the screen")
        self.add(holder, surface, "mouse", self.shop.get("mouse"), shift + 0.32, front + 0.16, rng.uniform(-0.2, 0.2), "right of the keyboard")
        side = left + 0.12 if lamp_left else right - 0.12
        if self.chance(0.75):
            lamp = self.shop.get("desk_lamp")
            self.add(holder, surface, "desk lamp", lamp, side, back - 0.14, -0.7 if lamp_left else 0.7, "in a back corner, turned in")
        if self.chance(0.65):
            self.add(holder, surface, "mug", self.shop.get("mug", variant=self.variant()), shift - 0.36, front + rng.uniform(0.2, 0.32), rng.uniform(0, 6.2), "within reach")
        if self.chance(0.65):
            x = right - 0.17 if lamp_left else left + 0.17
            self.add(holder, surface, "books", self.shop.get("books", variant=self.variant(4)), x, back - 0.16, rng.uniform(-0.3, 0.3), "at the back")
        if self.chance(0.55):
            self.add(holder, surface, "papers", self.shop.get("papers", variant=self.variant()), left + 0.2, front + 0.2, rng.uniform(-0.25, 0.25), "at the side")
        if self.chance(0.3):
            self.add(holder, surface, "small plant", self.shop.get("small_plant", variant=self.variant()), right - 0.12, back - 0.12, rng.uniform(0, 6.2), "in a corner")
        if self.chance(0.35):
            self.add(holder, surface, "books", self.shop.get("books", variant=self.variant(4)), right - 0.18, front + 0.2, rng.uniform(-0.4, 0.4), "at the side")

    def table(self, holder: Placement, chairs: list[Placement]) -> None:
        """A meeting table: something to work with before the seats, a plant in the middle."""
        surface, rng = main_surface(holder.prop), self.rng
        inverse = np.linalg.inv(holder.transform.astype(float))
        self.add(holder, surface, "small plant", self.shop.get("small_plant"), rng.uniform(-0.1, 0.1), 0.0, rng.uniform(0, 6.2), "in the middle")
        for chair in chairs:
            spot = (inverse @ chair.transform[:, 3])[:2]
            inward = np.clip(spot, surface.low + 0.19, surface.high - 0.19)
            toward = spot - inward
            yaw = float(np.arctan2(toward[0], -toward[1]))
            right = yaw_matrix(yaw) @ (0.28, 0.05)
            if self.chance(0.4):
                self.add(holder, surface, "laptop", self.shop.get("laptop"), *inward, yaw, f"before {chair.name}")
            elif self.chance(0.5):
                self.add(holder, surface, "papers", self.shop.get("papers", variant=self.variant()), *inward, yaw + rng.uniform(-0.15, 0.15), f"before {chair.name}")
            if self.chance(0.4):
                self.add(holder, surface, "mug", self.shop.get("mug", variant=self.variant()), *(inward + right), rng.uniform(0, 6.2), f"before {chair.name}")

    def school_desk(self, holder: Placement, chairs: list[Placement]) -> None:
        """Books or papers before some of the pupils."""
        surface, rng = main_surface(holder.prop), self.rng
        inverse = np.linalg.inv(holder.transform.astype(float))
        for chair in chairs:
            x = float((inverse @ chair.transform[:, 3])[0])
            if self.chance(0.55):
                self.add(holder, surface, "papers", self.shop.get("papers", variant=self.variant()), x - 0.05, 0.0, rng.uniform(-0.2, 0.2), f"before {chair.name}")
            if self.chance(0.35):
                self.add(holder, surface, "books", self.shop.get("books", variant=self.variant(4)), x + 0.2, 0.05, rng.uniform(-0.3, 0.3), f"beside {chair.name}")

    def cupboard(self, holder: Placement) -> None:
        """What stands on a low cabinet."""
        surface, rng = main_surface(holder.prop), self.rng
        (left, _), (right, _) = surface.low, surface.high
        things = [("small plant", "small_plant", 0.7), ("books", "books", 0.6), ("mug", "mug", 0.4), ("books", "books", 0.4)]
        for k, index in enumerate(rng.permutation(len(things))):
            noun, key, share = things[index]
            if self.chance(share):
                x = left + (k + 0.5) * (right - left) / len(things)
                self.add(holder, surface, noun, self.shop.get(key, variant=self.variant()), x, rng.uniform(-0.05, 0.05), rng.uniform(-0.4, 0.4), "on top")


def dress(brief: RoomBrief, placements: list[Placement], shop: Shop, rng: np.random.Generator) -> list[Placement]:
    """The small things for every desk, table, school desk and low cabinet; their transforms are in the furniture's frame."""
    dresser = _Dresser(brief, shop, rng)
    for holder in placements:
        chairs = [p for p in placements if p.seat and p.relations[0]["target"] == holder.name]
        if holder.name.startswith("Desk"):
            dresser.desk(holder)
        elif holder.name.startswith("Table"):
            dresser.table(holder, chairs)
        elif holder.name.startswith("School desk"):
            dresser.school_desk(holder, chairs)
        elif holder.name.startswith("Cabinet"):
            dresser.cupboard(holder)
    return dresser.placements
