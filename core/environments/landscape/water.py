"""Lakes, seas and rivers: where water stands, its bed, and its surface as a mesh with a shore."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...geometry.contour import blurred
from .brief import LandscapeBrief


@dataclass
class Water:
    """``level``: height of still water or None; ``river``: (K, 3) its middle line with the water's height, or None;
    ``width``: of the river; ``wet`` (N, N) bool: cells under water."""

    level: float | None
    river: np.ndarray | None
    width: float
    wet: np.ndarray


def add_water(heights: np.ndarray, brief: LandscapeBrief, rng: np.random.Generator, given: bool) -> tuple[np.ndarray, Water]:
    """The land with its basins, shores and river bed shaped, and the water. ``given``: the heights came from a picture."""
    size, cell = len(heights), brief.size / len(heights)
    level: float | None = None
    if brief.kind in ("lake", "coast") or (given and brief.water > 0.5):
        share = 0.05 + 0.3 * brief.water if brief.kind == "lake" else 0.2 + 0.4 * brief.water
        level = float(np.quantile(heights, share if not given else 0.4 * (brief.water - 0.4)))
        depth = level - heights
        if not given:
            heights = np.where(depth > 0, level - 0.05 * brief.size * (1 - np.exp(-(depth + 0.4) / (0.03 * brief.size))), heights)
        near = np.clip(1 - np.abs(heights - level) / (0.006 * brief.size + 1.0), 0, 1)
        heights = heights - (heights - level) * 0.55 * near * near  # a beach instead of a bank
    river, width = None, 0.0
    if brief.river:
        width = float(np.clip(brief.size * 0.012, 4.0, 22.0))
        heights, river = _river(heights, cell, width, level, rng)
    wet = np.zeros((size, size), bool) if level is None else heights < level
    return heights.astype(np.float32), Water(level, river, width, wet)


def _river(
    heights: np.ndarray, cell: float, width: float, level: float | None, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A bed cut from the north edge to the south edge or to still water, winding through low ground, always downhill."""
    size = len(heights)
    smooth = blurred(heights, max(2, size // 40))
    column = int(np.argmin(smooth[-1, size // 5 : -size // 5])) + size // 5
    path, drift = [], float(column)
    phase = rng.uniform(0, 6)
    for row in range(size - 1, -1, -1):
        reach = max(3, size // 60)
        low, high = int(np.clip(drift - reach, 2, size - 3)), int(np.clip(drift + reach, 3, size - 2))
        best = low + int(np.argmin(smooth[row, low : high + 1]))
        drift += 0.12 * (best - drift) + 0.9 * np.sin(row / size * 28 + phase) * size / 512
        path.append((row, float(np.clip(drift, 2, size - 3))))
    rows, columns = np.array(path).T
    bed = smooth[rows.astype(int), columns.astype(int)]
    surface = np.minimum.accumulate(bed) - 0.6
    if level is not None:
        surface = np.maximum(surface, level)
    place = np.arange(size)
    away = np.abs(place[None] - columns[::-1][:, None]) * cell
    top = surface[::-1][:, None]
    bank = np.clip((away - width / 2) / (2.5 * width), 0, 1)
    cut = top - 1.4 * np.clip(1 - (away / (width * 0.62)) ** 2, -0.5, 1) + bank**2 * 6.0
    heights = np.where(away < 4 * width, np.minimum(heights, np.maximum(cut, top - 1.6)), heights)
    keep = slice(None, None, max(1, size // 128))
    x = (columns[keep] - (size - 1) / 2) * cell
    y = (rows[keep] - (size - 1) / 2) * cell
    return heights, np.column_stack([x, y, surface[keep]])
