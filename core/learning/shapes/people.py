"""Training shapes of people: from big-headed game figures to plain proportions, standing, walking, sitting, lying, holding things."""

from __future__ import annotations

import numpy as np

from .architecture import Generator, color
from .goods import melee_weapon, shield
from .solids import Solid, box, cylinder, ellipsoid, rod

Point = tuple[float, float, float]


def _limb(start: Point, middle: Point, end: Point, radius: float, paint, skin) -> list[Solid]:
    joint = ellipsoid((radius * 2.4,) * 3, skin).moved(*end)
    return [rod(start, middle, radius, paint, radius * 0.9), rod(middle, end, radius * 0.9, paint, radius * 0.7), joint]


def _head(size: float, skin, hair, rng: Generator) -> list[Solid]:
    parts = [ellipsoid((size * rng.uniform(0.75, 1), size * rng.uniform(0.8, 1), size), skin)]
    cover = rng.choice(["hair", "hat", "hood", "none"], p=[0.5, 0.2, 0.15, 0.15])
    if cover == "hair":
        parts.append(ellipsoid((size, size * 1.05, size * 0.8), hair, 0.1, rng).moved(0, size * 0.1, size * 0.2))
        if rng.random() < 0.3:
            parts.append(ellipsoid((size * 0.9, size * 0.4, size * 1.5), hair).moved(0, size * 0.4, -size * 0.4))
    elif cover == "hat":
        parts.append(cylinder(size * rng.uniform(0.6, 1.1), size * 0.08, hair).moved(0, 0, size * 0.3))
        parts.append(
            cylinder(size * 0.45, size * rng.uniform(0.3, 1), hair, size * rng.uniform(0.05, 0.45)).moved(0, 0, size * 0.3)
        )
    elif cover == "hood":
        parts.append(ellipsoid((size * 1.2, size * 1.2, size * 1.2), hair).moved(0, size * 0.12, size * 0.05))
    return parts


def person(rng: Generator) -> list[Solid]:
    """A figure facing -Y: 2.5 to 7.5 heads high."""
    heads = rng.uniform(2.4, 4) if rng.random() < 0.5 else rng.uniform(5.5, 7.8)
    height = 1.7
    head = height / heads
    wide = 0.23 * rng.uniform(0.8, 1.3) * (1.5 if heads < 4.5 else 1)
    body = height - head
    hip, shoulder = body * rng.uniform(0.42, 0.55), body * 0.96
    cloth, legs, skin, hair, boots = (color(rng) for _ in range(5))
    thick = wide * rng.uniform(0.22, 0.42)
    pose = rng.choice(["stand", "walk", "tee", "sit", "lie"], p=[0.35, 0.15, 0.15, 0.2, 0.15])
    torso = box(wide * 1.7, wide * 0.9, shoulder - hip + 0.1, cloth, rng.uniform(0.8, 1.3)).moved(0, 0, hip - 0.1)
    parts = [
        torso,
        ellipsoid((wide * 2.1, wide, wide * 0.8), cloth).moved(0, 0, shoulder - 0.05),
        cylinder(thick, 0.1, skin).moved(0, 0, shoulder),
    ]
    parts += [solid.moved(0, 0, shoulder + head * 0.5) for solid in _head(head, skin, hair, rng)]
    stride = rng.uniform(0.1, 0.4) if pose == "walk" else 0.03
    for side in (-1, 1):
        x = side * wide * 0.45
        if pose == "sit":
            knee, foot = (x * 1.2, -hip * 0.5, hip), (x * 1.2, -hip * 0.55, hip * 0.45)
        else:
            knee, foot = (x * 1.1, -side * stride * 0.5, hip * 0.5), (x * 1.15, -side * stride, 0.05)
        parts += _limb((x, 0, hip), knee, foot, thick, legs, boots)
        parts.append(box(thick * 2, thick * 3.5, 0.09, boots).moved(foot[0], foot[1] - thick, foot[2] - 0.06))
        spread = 1.0 if pose == "tee" else rng.uniform(0.05, 0.6)
        reach = (shoulder - hip) * rng.uniform(0.9, 1.2)
        start = (side * wide, 0.0, shoulder - 0.08)
        bend = rng.uniform(0, 0.8) if pose != "tee" else 0.0
        elbow = (start[0] + side * reach * 0.5 * spread, 0.0, start[2] - reach * 0.5 * (1 - spread))
        hand = (elbow[0] + side * reach * 0.5 * spread, -bend * reach * 0.5, elbow[2] - reach * 0.5 * (1 - spread) * (1 - bend))
        parts += _limb(start, elbow, hand, thick * 0.8, cloth, skin)
        if rng.random() < 0.2:
            held = (melee_weapon if rng.random() < 0.6 else shield)(rng)
            parts += [solid.moved(*hand) for solid in held]
    if rng.random() < 0.25:
        parts.append(box(wide * 2, 0.04, shoulder * rng.uniform(0.5, 0.9), hair, 0.7).moved(0, wide * 0.6, shoulder * 0.1))
    if rng.random() < 0.2:
        parts.append(cylinder(wide * rng.uniform(1, 1.8), hip, cloth, wide * 0.8).moved(0, 0, 0.1))
    return [solid.turned(np.pi / 2, 0) for solid in parts] if pose == "lie" else parts
