"""A village: free-standing houses in gardens along a bending lane, and a church on a green."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .brief import CityBrief
from .building import HOUSE
from .plan import Area, Lot, Plan, Spot, rectangle


def plan_village(brief: CityBrief, rng: np.random.Generator) -> Plan:
    """Houses on both sides of a lane that bends towards a green with a church, a pond and old trees."""
    from .layout import spec_for

    plan = Plan()
    count = brief.buildings
    step = 17.0
    length = max(40.0, np.ceil(count / 2) * step + 20.0)
    t = np.linspace(0.0, 1.0, max(24, int(length / 5)))
    swing = min(0.09 * length, 16.0)
    line = np.stack([swing * np.sin(2.2 * np.pi * t) * (0.4 + 0.6 * t), t * length], axis=1)
    half = min(brief.street_width, 5.0) / 2
    _lane(plan, line, half)
    village = replace(brief, style="village" if brief.style == "mixed" else brief.style, shops=0.0)
    for k in range(count):
        side = 1 if k % 2 else -1
        at = (10.0 + (k // 2) * step + rng.uniform(-2.0, 2.0)) / length
        place, along = _on(line, t, at)
        width, depth = float(rng.choice([8.0, 9.5, 11.0])), float(rng.choice([7.0, 8.0]))
        storeys = 1 + int(rng.random() < 0.65) if brief.storeys > 1 else 1
        spec = spec_for(village, rng, width, k, storeys)
        spec = replace(spec, depth=depth, left=True, right=True, ground=HOUSE)
        away = half + 3.5 + depth / 2 + rng.uniform(0.0, 3.0)
        normal = np.array([along[1], -along[0]]) * side
        x, y = place + normal * away
        yaw = float(np.arctan2(-normal[0], normal[1])) + rng.uniform(-0.06, 0.06)
        plan.lots.append(Lot(float(x), float(y), yaw, spec, side))
        _garden(plan, (float(x), float(y)), yaw, spec.width, spec.depth, brief, rng)
        if rng.random() < 0.7 * brief.traffic:
            edge = place + normal * (half - 0.1) + along * (step * 0.42)
            plan.spots.append(Spot("car", float(edge[0]), float(edge[1]), float(np.arctan2(along[0], -along[1])), 0.02,
                                   int(rng.integers(6))))  # fmt: skip
    _green(plan, line[-1], half, brief, rng)
    for k, at in enumerate(np.arange(14.0, length - 6, 30.0)):
        place, along = _on(line, t, at / length)
        aside = np.array([along[1], -along[0]]) * (half + 0.6) * (1 if k % 2 else -1)
        plan.spots.append(Spot("lamp", float(place[0] + aside[0]), float(place[1] + aside[1]), 0.0, 0.0))
    reach = length * 0.5 + 90.0
    plan.areas.insert(0, Area("field", rectangle(-reach, -70.0, reach, length + 130.0), -0.02))
    for _ in range(int(60 + 120 * brief.trees)):
        x, y = rng.uniform(-reach + 5, reach - 5), rng.uniform(-60.0, length + 120.0)
        if abs(x - np.interp(y, line[:, 1], line[:, 0])) > 34.0:
            turn, variant = float(rng.uniform(0, 6.28)), int(rng.integers(3))
            plan.spots.append(Spot("tree", float(x), float(y), turn, 0.0, variant, float(rng.uniform(0.9, 1.5))))
    start, ahead = _on(line, t, 0.03)
    plan.eye = (float(start[0]) + 0.8, float(start[1]), 1.65)
    end, _ = _on(line, t, min(0.5, 45.0 / length))
    plan.target, plan.lens = (float(end[0]), float(end[1]), 3.4), 26.0
    plan.views["Air camera"] = ((-0.55 * length - 12, -0.3 * length - 12, 0.34 * length + 12), (0.0, 0.5 * length, 0.0), 32.0)
    return plan


def _on(line: np.ndarray, t: np.ndarray, at: float) -> tuple[np.ndarray, np.ndarray]:
    """Point and direction of the lane at a share of its length."""
    place = np.array([np.interp(at, t, line[:, axis]) for axis in range(2)])
    ahead = np.array([np.interp(at + 0.01, t, line[:, axis]) - np.interp(at - 0.01, t, line[:, axis]) for axis in range(2)])
    return place, ahead / max(float(np.linalg.norm(ahead)), 1e-9)


def _lane(plan: Plan, line: np.ndarray, half: float) -> None:
    """The lane as one quad from station to station, with gravel verges."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    normal = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1)
    for kind, wide, z in (("path", half + 0.7, 0.0), ("lane", half, 0.02)):
        left, right = line - normal * wide, line + normal * wide
        for k in range(len(line) - 1):
            plan.areas.append(Area(kind, np.array([right[k], right[k + 1], left[k + 1], left[k]]), z))


def _garden(
    plan: Plan, middle: tuple[float, float], yaw: float, width: float, depth: float, brief: CityBrief, rng: np.random.Generator
) -> None:
    """A path to the door, hedges beside it, a tree behind, bushes and flowers."""
    along, out = np.array([np.cos(yaw), np.sin(yaw)]), np.array([np.sin(yaw), -np.cos(yaw)])
    at = np.array(middle)

    def put(kind: str, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> None:
        place = at + along * x + out * (depth / 2 + y)
        plan.spots.append(Spot(kind, float(place[0]), float(place[1]), yaw + turn, 0.0, int(rng.integers(3)), scale))

    corners = [at + along * x + out * (depth / 2 + y) for x, y in ((-0.7, 0.0), (-0.7, 3.4), (0.7, 3.4), (0.7, 0.0))]
    plan.areas.append(Area("path", np.array(corners), 0.01))
    for x in np.arange(-width / 2 - 1.5, width / 2 + 1.6, 1.4):
        if abs(x) > 1.3:
            put("hedge", float(x), 3.2)
    for _ in range(int(3 + 4 * brief.trees)):
        put("bush", float(rng.uniform(-width / 2, width / 2)), float(rng.uniform(0.5, 1.1)), float(rng.uniform(0.5, 0.9)))
    put("tree", float(rng.uniform(-6, 6)), -depth - float(rng.uniform(5, 9)), float(rng.uniform(0.7, 1.1)), rng.uniform(0, 6.28))
    if rng.random() < brief.trees:
        put("tree", float(rng.choice([-1, 1]) * (width / 2 + 3.0)), -2.0, float(rng.uniform(0.55, 0.8)), rng.uniform(0, 6.28))


def _green(plan: Plan, end: np.ndarray, half: float, brief: CityBrief, rng: np.random.Generator) -> None:
    """The church at the end of the lane, a pond, benches and old trees around."""
    x, y = float(end[0]), float(end[1]) + 24.0
    plan.spots.append(Spot("church", x, y, 0.0, 0.0))
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    wobble = 1 + 0.14 * np.sin(3 * turn + 1) + 0.08 * np.sin(5 * turn)
    pond = np.stack([x - 24 + 9.0 * wobble * np.cos(turn), y - 14 + 6.0 * wobble * np.sin(turn)], axis=1)
    plan.areas.append(Area("water", pond, 0.005))
    plan.spots += [Spot("bench", x - 12.5, y - 14, -np.pi / 2, 0.0), Spot("bench", x + 9, y - 15, 0.0, 0.0)]
    plan.spots.append(Spot("bin", x + 10.6, y - 15, 0.0, 0.0))
    for k in range(9):
        angle = 0.5 + 2 * np.pi * k / 9
        plan.spots.append(
            Spot("tree", x + 24 * np.cos(angle), y + 20 * np.sin(angle) + 3, angle, 0.0, k % 3, rng.uniform(1.0, 1.35))
        )
