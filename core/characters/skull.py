"""The skull as a radius in every direction: what hair lies on and hats sit on."""

from __future__ import annotations

import numpy as np

from .body import BodyShape
from .head import Head


class Skull:
    """Radius of the head in every direction from the middle of the skull, in metres, smoothed; ears do not count."""

    ROWS, COLUMNS = 36, 72

    def __init__(self, shape: BodyShape, head: Head) -> None:
        solid = (head.share > 0.25) & (head.ears < 0.2)
        self.centre = (head.origin + head.skull * head.unit).astype(np.float32)
        row, column, radius = self._polar(shape.vertices[solid])
        grid = np.zeros((self.ROWS, self.COLUMNS))
        np.maximum.at(grid, (np.round(row).astype(int), np.round(column).astype(int) % self.COLUMNS), radius)
        for _ in range(12):
            near = [np.roll(grid, 1, 1), np.roll(grid, -1, 1), np.vstack([grid[:1], grid[:-1]]), np.vstack([grid[1:], grid[-1:]])]
            grid = np.where(grid > 0, grid, sum(near) / np.maximum(sum(n > 0 for n in near), 1))
        for _ in range(4):
            grid = (2 * grid + np.roll(grid, 1, 1) + np.roll(grid, -1, 1)) / 4
            grid[1:-1] = (2 * grid[1:-1] + grid[:-2] + grid[2:]) / 4
        self.grid = grid

    def _polar(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        away = points - self.centre
        radius = np.linalg.norm(away, axis=-1)
        row = np.arccos(np.clip(away[..., 2] / np.maximum(radius, 1e-9), -1, 1)) / np.pi * (self.ROWS - 1)
        return row, np.arctan2(away[..., 0], -away[..., 1]) / (2 * np.pi) % 1 * self.COLUMNS, radius

    def radius(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Radius of the skull towards (…, 3) points, and the points' own distance from the centre."""
        row, column, own = self._polar(points)
        k, j = np.minimum(row.astype(int), self.ROWS - 2), column.astype(int) % self.COLUMNS
        fk, fj, after = row - k, column - np.floor(column), (j + 1) % self.COLUMNS
        upper = self.grid[k, j] * (1 - fj) + self.grid[k, after] * fj
        lower = self.grid[k + 1, j] * (1 - fj) + self.grid[k + 1, after] * fj
        return upper * (1 - fk) + lower * fk, own
