"""Training shapes of what sails and flies."""

from __future__ import annotations

import numpy as np

from .architecture import Generator, color
from .solids import Solid, box, cylinder, ellipsoid, lathe, prism, rod, sheet


def _hull(rng: Generator, length: float, width: float, height: float, paint: tuple[float, float, float]) -> Solid:
    """A pointed outline, narrower at the keel; the bow looks to -Y."""
    stern = rng.uniform(0.3, 1)
    t = np.linspace(0, 1, 7)
    side = np.c_[width / 2 * np.sin(np.pi / 2 * t) ** rng.uniform(0.5, 1), -length / 2 + length * 0.6 * t]
    right = np.vstack([side, [[width / 2 * stern, length / 2]]])
    outline = np.vstack([right, (right * [-1, 1])[:0:-1]])
    keel = prism(outline, height, paint, 1.0)
    low = keel.vertices[:, 2] < height / 2
    keel.vertices[low, :2] *= [rng.uniform(0.2, 0.8), rng.uniform(0.6, 0.95)]
    return keel


def boat(rng: Generator) -> list[Solid]:
    """A rowing boat, a sailing ship, or a motor ship with a cabin and funnels."""
    length = rng.uniform(2.5, 9)
    width, height = length * rng.uniform(0.22, 0.4), length * rng.uniform(0.1, 0.22)
    paint, trim, cloth = color(rng), color(rng), color(rng)
    parts = [_hull(rng, length, width, height, paint)]
    kind = rng.choice(["row", "sail", "motor"])
    if kind == "row":
        parts[0].vertices[-1, 2] = height * 0.25  # hollow: the deck sinks to the floor
        parts += [
            box(width * 0.9, length * 0.06, height * 0.08, trim).moved(0, y * length, height * 0.7) for y in (-0.15, 0.1, 0.3)
        ]
        if rng.random() < 0.5:
            parts += [rod((x * width * 0.4, 0, height), (x * width * 1.3, length * 0.2, height * 0.6), 0.03, trim) for x in (-1, 1)]
        return parts
    if kind == "sail":
        for along in np.linspace(-0.25, 0.3, rng.integers(1, 4)) * length:
            mast = length * rng.uniform(0.5, 1.0)
            parts.append(cylinder(length * 0.015, mast, trim).moved(0, along, height))
            for row in range(rng.integers(1, 3)):
                tall = mast * rng.uniform(0.3, 0.45)
                bend = np.tile(rng.uniform(0.02, 0.1) * length * np.sin(np.linspace(0, np.pi, 6))[:, None], (1, 6))
                across = sheet(width * rng.uniform(1, 1.8), tall, cloth, -bend).moved(0, along, height + mast * 0.95 - row * tall)
                parts.append(across)
        if rng.random() < 0.6:
            parts.append(box(width * 0.7, length * 0.2, height * 0.7, trim).moved(0, length * 0.36, height))
        return parts
    level: float = height
    for share in np.linspace(0.5, 0.25, rng.integers(1, 4)):
        tall = height * rng.uniform(0.4, 0.9)
        parts.append(
            box(width * (0.4 + share / 2), length * share, tall, trim, 0.95).moved(0, length * rng.uniform(-0.05, 0.15), level)
        )
        level += tall
    for along in np.linspace(-0.05, 0.15, rng.integers(0, 3)) * length:
        parts.append(cylinder(width * 0.1, height, cloth).moved(0, along, level))
    return parts


def spaceship(rng: Generator) -> list[Solid]:
    """A body along Y with swept wings, engines behind, a cockpit, fins."""
    length, paint, trim, glass = rng.uniform(4, 14), color(rng), color(rng), color(rng)
    width, height = length * rng.uniform(0.15, 0.4), length * rng.uniform(0.12, 0.25)
    parts: list[Solid] = []
    if rng.random() < 0.5:
        profile = [(0, -0.5), (0.25, -0.4), (0.5, -0.1), (0.45, 0.3), (0.3, 0.5), (0, 0.5)]
        body = lathe([(radius * width, z * length) for radius, z in profile], paint, int(rng.choice([6, 8, 16])))
        body.vertices = body.vertices[:, [0, 2, 1]] * [1, 1, height / width]
        parts.append(body)
    else:
        outline = np.array([[-0.15, -0.5], [0.15, -0.5], [0.5, 0.1], [0.45, 0.5], [-0.45, 0.5], [-0.5, 0.1]]) * [width, length]
        parts.append(prism(outline, height, paint, rng.uniform(0.5, 0.9)).moved(0, 0, -height / 2))
    span, root, sweep = length * rng.uniform(0.25, 0.7), length * rng.uniform(0.2, 0.45), length * rng.uniform(-0.1, 0.3)
    for side in (-1, 1):
        wing = np.array([[0, 0], [span, sweep], [span, sweep + root * rng.uniform(0.2, 0.7)], [0, root]])
        wing = (wing * [side, 1])[:: int(side)]
        plate = prism(wing, height * 0.12, trim).turned(side * -rng.uniform(-0.2, 0.3), 1)
        parts.append(plate.moved(side * width * 0.3, -0.05 * length, -height * 0.1))
        if rng.random() < 0.6:
            gun = rod((side * span * 0.8, sweep - root * 0.3, 0), (side * span * 0.8, sweep + root * 0.4, 0), height * 0.08, glass)
            parts.append(gun)
        engine = cylinder(height * 0.25, length * 0.25, trim, height * 0.32).turned(-np.pi / 2, 0)
        parts.append(engine.moved(side * width * rng.uniform(0.2, 0.8), length * 0.3, 0))
    parts.append(ellipsoid((width * 0.4, length * 0.25, height * 0.5), glass).moved(0, -length * 0.2, height * 0.4))
    if rng.random() < 0.6:
        fin = prism(np.array([[0, 0], [0.2, 0.35], [0.28, 0.35], [0.3, 0]]) * length * 0.6, height * 0.1, trim)
        fin.vertices = fin.vertices[:, [2, 0, 1]]
        parts.append(fin.moved(-height * 0.05, length * 0.3, height * 0.2))
    return parts
