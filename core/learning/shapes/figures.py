"""Training shapes of people and of arrows."""

from __future__ import annotations

import numpy as np

from .architecture import Generator, color
from .solids import Solid, box, cylinder, ellipsoid, rod


def _limb(start: np.ndarray, first: np.ndarray, second: np.ndarray, thick: float, paint, end_paint, names) -> list[Solid]:
    """Two bars and a hand or foot, called ``names``, from ``start`` by the vectors ``first`` and ``second``."""
    middle, end = start + first, start + first + second
    tip = ellipsoid((thick * 3,) * 3, end_paint).moved(*end)
    upper, lower = rod(tuple(start), tuple(middle), thick, paint), rod(tuple(middle), tuple(end), thick * 0.9, paint)
    return [upper.called(names[0]), lower.called(names[0]), tip.called(names[1])]


def person(rng: Generator) -> list[Solid]:
    """Standing, sitting or lying, lifelike or with a big head, arms spread, hanging or bent, with hair or a hat."""
    tall = rng.uniform(1.5, 1.9)
    head = tall * (rng.uniform(0.11, 0.15) if rng.random() < 0.6 else rng.uniform(0.2, 0.35))
    torso, leg, arm = tall * rng.uniform(0.28, 0.34), tall * rng.uniform(0.35, 0.47) * (1 if head < 0.3 else 0.6), tall * 0.33
    skin, shirt, trousers, hair = (color(rng) for _ in range(4))
    wide, thick = tall * rng.uniform(0.1, 0.15), tall * rng.uniform(0.025, 0.045)
    pose = rng.choice(["stand", "spread", "sit", "crouch"], p=[0.35, 0.25, 0.25, 0.15])
    hip = np.zeros(3)
    neck = np.array([0, rng.uniform(-0.1, 0.1), torso])
    parts = [ellipsoid((wide * 2.2, wide * 1.4, torso * 1.2), shirt).moved(0, 0, torso / 2).called("torso")]
    parts.append(ellipsoid((head, head, head * 1.15), skin).moved(*(neck + [0, 0, head * 0.55])).called("head"))
    parts.append(ellipsoid((head * 1.1, head * 1.1, head * 0.9), hair).moved(*(neck + [0, head * 0.08, head * 0.8])).called("head"))
    for side in (-1, 1):
        swing = rng.uniform(-0.3, 0.3)
        if pose in ("stand", "spread"):
            thigh, shin = np.array([side * 0.05, swing * 0.4, -1]), np.array([0, abs(swing) * 0.4, -1])
        elif pose == "sit":
            thigh, shin = np.array([side * 0.15, -1, rng.uniform(-0.2, 0.1)]), np.array([0, rng.uniform(-0.6, 0.2), -1])
        else:
            thigh, shin = np.array([side * 0.3, -0.9, rng.uniform(0.1, 0.8)]), np.array([side * -0.2, rng.uniform(-0.3, 0.4), -0.9])
        start = hip + [side * wide * 0.5, 0, 0]
        parts += _limb(
            start,
            thigh * leg / 2 / np.linalg.norm(thigh),
            shin * leg / 2 / np.linalg.norm(shin),
            thick * 1.3,
            trousers,
            hair,
            ("leg", "foot"),
        )
        reach = (
            np.array([side, 0, 0.0]) if pose == "spread" else np.array([side * rng.uniform(0.1, 0.5), rng.uniform(-0.6, 0.2), -1])
        )
        fore = reach if pose == "spread" else np.array([side * rng.uniform(-0.4, 0.3), rng.uniform(-1.2, 0), rng.uniform(-1, 0.6)])
        shoulder = neck + [side * wide, 0, -thick * 2]
        parts += _limb(
            shoulder,
            reach * arm / 2 / np.linalg.norm(reach),
            fore * arm / 2 / max(float(np.linalg.norm(fore)), 0.1),
            thick,
            shirt,
            skin,
            ("arm", "hand"),
        )
        if rng.random() < 0.15:  # something held
            hand = shoulder + reach * arm / 2
            parts.append(rod(tuple(hand), tuple(hand + rng.uniform(-0.6, 0.6, 3)), 0.03, hair))
    if rng.random() < 0.25:
        parts = [solid.turned(rng.choice([-1, 1]) * np.pi / 2 + rng.uniform(-0.3, 0.3), int(rng.integers(2))) for solid in parts]
    return parts


def arrow(rng: Generator) -> list[Solid]:
    """Shaft, head and feathers, upright or lying, whole or broken; or a bundle."""
    length, thick = rng.uniform(0.5, 0.9), rng.uniform(0.005, 0.025)
    wood, metal, feather = color(rng), color(rng), color(rng)
    parts: list[Solid] = []
    for _ in range(rng.choice([1, 1, 1, 5])):
        x, y = rng.uniform(-0.04, 0.04, 2)
        one = [cylinder(thick, length, wood, segments=8), cylinder(thick * 3, length * 0.14, metal, 0.0, 4).moved(0, 0, length)]
        one += [
            box(thick * 7, thick * 0.6, length * 0.2, feather, 0.7).turned(a).moved(0, 0, length * 0.02) for a in (0, np.pi / 2)
        ]
        parts += [solid.moved(x, y) for solid in (one if rng.random() < 0.85 else one[:2])]
    if rng.random() < 0.5:
        parts = [solid.turned(np.pi / 2, 0) for solid in parts]
    return parts
