"""A colour sketch to a plan: dark grey is road, red building, green park, dark green forest, blue water, pale ground paved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...errors import WorldwrightError
from ...geometry.contour import blurred, filled
from ..sketches import classes, components, resized, road_width
from .brief import CityBrief
from .layout import DEPTH, spec_for
from .plan import KERB, Lot, Plan, Spot

COLORS = {"road": "#404046", "water": "#3a78c8", "building": "#c05038", "grass": "#8cc85a", "forest": "#2f6b35", "plaza": "#d8d0c0"}
CELLS = 220  # the sketch is read at about this many cells across
HEIGHTS = {"plaza": KERB, "road": 0.0, "grass": KERB + 0.03, "forest": KERB + 0.03, "water": -0.12}


def plan_sketch(pixels: np.ndarray, brief: CityBrief, rng: np.random.Generator) -> Plan:
    """The plan that a sketch (H, W, 3 or 4) uint8 shows, north up.

    Raises WorldwrightError when it shows neither roads nor buildings.
    """
    kinds = resized(classes(pixels, COLORS), CELLS)
    names = list(COLORS)
    masks = {name: kinds == k for k, name in enumerate(names)}
    if masks["road"].mean() < 0.004 and masks["building"].mean() < 0.004:
        raise WorldwrightError(
            "The sketch shows neither roads nor buildings.",
            f"Paint roads {COLORS['road']}, buildings {COLORS['building']}, parks {COLORS['grass']}, forest {COLORS['forest']}, "
            f"water {COLORS['water']} and paved ground {COLORS['plaza']}.",
        )
    plan = Plan()
    rows, columns = kinds.shape
    across = brief.sketch_width
    if across <= 0:
        wide = road_width(masks["road"])
        across = float(np.clip(columns / max(wide, 1.5) * brief.street_width, 60.0, 3000.0)) if wide else 200.0
        plan.notes.append(f"The sketch was taken to be {across:.0f} m wide, from the width of its roads.")
    cell = across / columns
    x, y = (np.arange(columns) + 0.5 - columns / 2) * cell, (np.arange(rows) + 0.5) * cell
    flipped = {name: mask[::-1] for name, mask in masks.items()}
    paved = flipped["plaza"] | flipped["building"]
    for name, mask in {"plaza": paved, **{n: flipped[n] for n in ("road", "grass", "forest", "water")}}.items():
        if mask.any():
            quads, edges = filled(blurred(mask, 1), x, y, 0.5, HEIGHTS[name])
            plan.patches.append(("grass" if name == "forest" else "pavement" if name == "plaza" else name, quads))
            if name in ("plaza", "grass", "forest"):
                plan.edges.append((edges, HEIGHTS[name]))
    _houses(plan, flipped, x, y, cell, brief, rng)
    _trees(plan, flipped, x, y, cell, brief, rng)
    reach = across
    plan.eye, plan.target, plan.lens = (-0.55 * reach, -0.4 * reach, 0.5 * reach), (0.0, 0.5 * rows * cell, 0.0), 32.0
    return plan


def _houses(plan: Plan, masks: dict, x: np.ndarray, y: np.ndarray, cell: float, brief: CityBrief, rng: np.random.Generator) -> None:
    """Buildings on the red patches: each patch's tightest box, cut into houses, fronts towards the road."""
    road = blurred(masks["road"], 6)
    for patch in components(masks["building"], max(4, int(16 / cell**2))):
        places = np.stack([x[patch[:, 1]], y[patch[:, 0]]], axis=1)
        for middle, size, yaw in _boxes(places, cell):
            _fill(plan, middle, size, yaw, road, x, y, brief, rng)


def _boxes(places: np.ndarray, cell: float, depth: int = 0) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """The tightest boxes around places (N, 2): middle, size and angle; a patch that fills its box badly is halved."""
    best = None
    for angle in np.linspace(0, np.pi / 2, 30, endpoint=False):
        turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
        local = places @ turn
        low, high = local.min(axis=0) - cell / 2, local.max(axis=0) + cell / 2
        area = float(np.prod(high - low))
        if best is None or area < best[0]:
            best = (area, turn, low, high, float(angle), local)
    assert best is not None
    area, turn, low, high, angle, local = best
    filling = len(places) * cell**2 / max(area, 1e-9)
    if filling < 0.7 and depth < 4 and len(places) > 12:
        axis = int(np.argmax(high - low))
        middle = float(np.median(local[:, axis]))
        halves = (places[local[:, axis] < middle], places[local[:, axis] >= middle])
        return [box for half in halves if len(half) > 4 for box in _boxes(half, cell, depth + 1)]
    return [(turn @ ((low + high) / 2), high - low, angle)]


def _fill(plan: Plan, middle: np.ndarray, size: np.ndarray, yaw: float, road: np.ndarray, x: np.ndarray, y: np.ndarray,
          brief: CityBrief, rng: np.random.Generator) -> None:  # fmt: skip
    """Cuts one box into houses along its longer side; two rows back to back where it is deep."""
    if size[1] > size[0]:
        size, yaw = size[::-1], yaw + np.pi / 2
    if size[1] < 4.0:
        return
    along, up = np.array([np.cos(yaw), np.sin(yaw)]), np.array([-np.sin(yaw), np.cos(yaw)])

    def roadside(direction: np.ndarray) -> float:
        place = middle + direction * (size[1] / 2 + 4.0)
        i, j = int(np.clip(np.searchsorted(y, place[1]), 0, len(y) - 1)), int(np.clip(np.searchsorted(x, place[0]), 0, len(x) - 1))
        return float(road[i, j])

    front = 1 if roadside(-up) >= roadside(up) else -1
    rows = [(0.0, size[1], front)] if size[1] < 2 * DEPTH - 4 else [(-size[1] / 4, size[1] / 2, 1), (size[1] / 4, size[1] / 2, -1)]
    for offset, deep, facing in rows:
        count = max(1, round(size[0] / 11.0))
        width = size[0] / count
        for k in range(count):
            spec = spec_for(brief, rng, round(float(width), 2), k + len(plan.lots))
            ends = (k == 0, k == count - 1)
            left, right = ends if facing == 1 else ends[::-1]
            depth = round(float(min(deep, 16.0)), 2)
            at = middle + along * ((k + 0.5) * width - size[0] / 2) + up * offset
            turn = yaw if facing == 1 else yaw + np.pi
            plan.lots.append(Lot(float(at[0]), float(at[1]), float(turn), replace(spec, depth=depth, left=left, right=right), 0))


def _trees(plan: Plan, masks: dict, x: np.ndarray, y: np.ndarray, cell: float, brief: CityBrief, rng: np.random.Generator) -> None:
    """Trees at random in parks, close together in forests."""
    for name, space in (("grass", 9.0), ("forest", 4.5)):
        rows, columns = np.nonzero(masks[name])
        count = min(3000, int(len(rows) * cell**2 / space**2 * (0.3 + 0.7 * brief.trees)))
        if not count:
            continue
        chosen = rng.integers(0, len(rows), count)
        for k in chosen:
            at = (x[columns[k]] + rng.uniform(-0.5, 0.5) * cell, y[rows[k]] + rng.uniform(-0.5, 0.5) * cell)
            plan.spots.append(Spot("tree", float(at[0]), float(at[1]), float(rng.uniform(0, 6.28)), KERB, int(rng.integers(3)),
                                   float(rng.uniform(0.7, 1.2))))  # fmt: skip
