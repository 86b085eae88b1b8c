"""Wares and glassware that stand in rows on shelves: cartons, bottles, jars, flasks."""

from __future__ import annotations

import numpy as np

from ...geometry.blocks import box
from ...geometry.shape import Part, Shape
from ...geometry.sweeps import lathe
from ..materials import glass, lacquer, plastic


def bottle(radius: float, height: float, neck: float = 0.35, segments: int = 10) -> Shape:
    """A bottle or jar standing on the origin; ``neck``: radius of its neck as a share of its own."""
    r, h = radius, height
    return lathe([(0, 0), (0.9 * r, 0), (r, 0.03 * h), (r, 0.58 * h), (neck * r, 0.76 * h), (neck * r, 0.97 * h), (0, h)], segments)


def rows_of_goods(
    left: float,
    right: float,
    front: float,
    depth: float,
    z: float,
    headroom: float,
    shades: tuple[str, ...],
    rng: np.random.Generator,
) -> list[Part]:
    """Groups of equal cartons or bottles from ``left`` to ``right`` on a shelf at ``z``, their fronts near ``front`` (-Y)."""
    parts, x = [], left + 0.01
    while x < right - 0.06:
        kind, color = int(rng.integers(3)), shades[int(rng.integers(len(shades)))]
        wide, high = float(rng.uniform(0.07, 0.14)), float(rng.uniform(0.55, 0.9)) * headroom
        deep = min(depth, 0.14)
        for _ in range(int(rng.integers(2, 5))):
            if x + wide > right - 0.005:
                break
            slip = float(rng.uniform(0.0, 0.012))
            if kind < 2:
                low, top = (x + 0.002, front + slip, z), (x + wide - 0.002, front + slip + deep, z + high)
                parts.append(Part("carton", box(low, top, 0.0), lacquer(color, 0.45)))
            else:
                radius = min(wide, deep) / 2 - 0.002
                parts.append(
                    Part(
                        "bottle", bottle(radius, high, 0.4, 6).moved(x + wide / 2, front + slip + radius + 0.002, z), plastic(color)
                    )
                )
            x += wide
        x += float(rng.uniform(0.0, 0.03))
        if rng.random() < 0.1:
            x += float(rng.uniform(0.05, 0.15))
    return parts


def flask(radius: float, height: float, liquid: str) -> list[Part]:
    """A conical flask with a coloured liquid, standing on the origin."""
    r, h, t = radius, height, 0.0015
    outside = [(0, 0), (0.94 * r, 0), (r, 0.05 * h), (0.32 * r, 0.66 * h), (0.3 * r, 0.96 * h), (0.36 * r, h)]
    inside = [(0.36 * r - t, h), (0.3 * r - t, 0.95 * h), (0.32 * r - t, 0.66 * h), (r - 2 * t, 0.06 * h), (0, 0.03 * h)]
    fill = [(0, 0.035 * h), (0.93 * r - t, 0.05 * h), (0.66 * r, 0.32 * h), (0, 0.32 * h)]
    return [Part("flask", lathe(outside + inside, 10), glass()), Part("liquid", lathe(fill, 10), lacquer(liquid, 0.1))]
