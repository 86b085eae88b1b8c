"""What stands along a kerb: lamps, trees, benches, bins, bollards and the rest, at their usual distances."""

from __future__ import annotations

import numpy as np

from .brief import CityBrief
from .building import SHOP
from .plan import KERB, VERGE, Lot, Spot

LAMP_STEP, TREE_STEP = 22.0, 9.5


def dress_kerb(
    start: tuple[float, float], end: tuple[float, float], brief: CityBrief, rng: np.random.Generator, corner: float = 5.0
) -> list[Spot]:
    """Spots along a kerb from ``start`` to ``end`` with the pavement on its left; ``corner``: metres left free at the ends."""
    a, b = np.array(start, float), np.array(end, float)
    length = float(np.linalg.norm(b - a))
    along = (b - a) / max(length, 1e-6)
    inward = np.array([-along[1], along[0]])
    yaw = float(np.arctan2(along[1], along[0]))  # faces the road: -Y turned by this looks away from the pavement
    spots: list[Spot] = []

    def put(kind: str, at: float, away: float = VERGE, turn: float = 0.0, variant: int = 0, scale: float = 1.0) -> None:
        x, y = a + along * at + inward * away
        spots.append(Spot(kind, float(x), float(y), yaw + turn, KERB, variant, scale))

    lamps = np.arange(corner + 2, length - corner, LAMP_STEP) if brief.furniture > 0.05 else np.empty(0)
    for at in lamps:
        put("lamp", at)
    taken = list(lamps)
    if brief.trees > 0.05:
        phase = corner + 2 + TREE_STEP * 0.5
        for at in np.arange(phase, length - corner, TREE_STEP / (0.5 + 0.5 * brief.trees)):
            if all(abs(at - other) > 3.0 for other in taken) and rng.random() < 0.35 + 0.65 * brief.trees:
                put("tree", at, VERGE + 0.35, rng.uniform(0, 6.28), int(rng.integers(0, 3)), float(rng.uniform(0.8, 1.15)))
                taken.append(at)
    if brief.furniture > 0.05:
        _furnish(put, taken, length, corner, brief, rng)
    return spots


def _furnish(put, taken: list[float], length: float, corner: float, brief: CityBrief, rng: np.random.Generator) -> None:
    """Benches with bins beside them, bicycles at a rack, a hydrant, a post box, bollards towards the corners."""
    wanted = [("bench", 26.0), ("bicycle_rack", 55.0), ("hydrant", 70.0), ("post_box", 90.0), ("planter", 30.0), ("sign", 45.0)]
    for kind, every in wanted:
        count = int(rng.poisson(brief.furniture * max(length - 2 * corner, 0.0) / every))
        for _ in range(count):
            at = float(rng.uniform(corner + 1, max(length - corner - 1, corner + 1.1)))
            if any(abs(at - other) < 2.6 for other in taken):
                continue
            put(kind, at, VERGE + (0.35 if kind in ("bench", "planter") else 0.0), np.pi if kind == "bench" else 0.0)
            taken.append(at)
            if kind == "bench":
                put("bin", at + 1.5, VERGE)
            if kind == "bicycle_rack":
                put("bicycle", at + 0.35, VERGE + 0.5, np.pi / 2 + 0.06)
    for at in (corner * 0.62, corner * 0.62 + 1.5, length - corner * 0.62, length - corner * 0.62 - 1.5):
        put("bollard", at, 0.3)


def park_cars(
    start: tuple[float, float], end: tuple[float, float], share: float, rng: np.random.Generator, clear: float = 9.0
) -> list[Spot]:
    """Vehicles parked along the road side of a kerb from ``start`` to ``end`` with the pavement on its left."""
    a, b = np.array(start, float), np.array(end, float)
    length = float(np.linalg.norm(b - a))
    along = (b - a) / max(length, 1e-6)
    outward = np.array([along[1], -along[0]])
    spots, at = [], clear
    while at < length - clear - 5:
        if rng.random() < share:
            kind = "van" if rng.random() < 0.16 else "car"
            step = 6.6 if kind == "van" else 5.4
            x, y = a + along * (at + step / 2) + outward * (1.12 + rng.uniform(-0.06, 0.1))
            yaw = float(np.arctan2(-along[0], along[1])) + (np.pi if rng.random() < 0.12 else 0.0)
            spots.append(Spot(kind, float(x), float(y), yaw + rng.uniform(-0.02, 0.02), 0.0, int(rng.integers(0, 6))))
            at += step + rng.uniform(0.4, 1.6)
        else:
            at += rng.uniform(4.0, 8.0)
    return spots


def terraces(lots: list[Lot], brief: CityBrief, depth: float, rng: np.random.Generator) -> list[Spot]:
    """Tables before the cafés, boards and planters before other shops; ``depth``: of the pavement."""
    spots = []
    for lot in lots:
        if lot.spec.ground != SHOP:
            continue
        along, out = np.array([np.cos(lot.yaw), np.sin(lot.yaw)]), np.array([np.sin(lot.yaw), -np.cos(lot.yaw)])
        front = np.array([lot.x, lot.y]) + out * lot.spec.depth / 2
        if lot.spec.shop < 4 and depth > 2.6:
            for k in np.arange(-lot.spec.width / 2 + 1.6, lot.spec.width / 2 - 1.2, 2.0):
                if abs(k) < 0.9:
                    continue
                x, y = front + along * k + out * 1.15
                spots.append(Spot("cafe_set", float(x), float(y), lot.yaw + rng.uniform(-0.4, 0.4), KERB, int(rng.integers(0, 2))))
        elif rng.random() < 0.6 * brief.furniture:
            x, y = front + along * (lot.spec.width / 2 - 0.9) + out * 0.6
            spots.append(Spot("planter", float(x), float(y), lot.yaw, KERB))
    return spots
