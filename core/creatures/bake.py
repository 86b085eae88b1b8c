"""From surface to texels: which point of the surface each texel shows, and textures grown past the charts' borders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Texels:
    """N texels that show surface: ``row`` and ``column`` (N,) in the picture (first row on top), ``face`` (N,) the quad,
    ``corner`` (N, 3) three of its corners (0..3) and ``share`` (N, 3) their barycentric shares."""

    row: np.ndarray
    column: np.ndarray
    face: np.ndarray
    corner: np.ndarray
    share: np.ndarray
    size: int

    def spread(self, quads: np.ndarray, values: np.ndarray) -> np.ndarray:
        """(N, ...) values of vertices (V, ...) at each texel."""
        vertex = quads[self.face[:, None], self.corner]
        share = self.share.reshape(-1, 3, *[1] * (values.ndim - 1))
        first, second, third = (share[:, k] * values[vertex[:, k]] for k in range(3))
        return first + second + third

    def picture(self, values: np.ndarray, grow: int = 6) -> np.ndarray:
        """(size, size, C) float32 of values (N, C), grown ``grow`` texels over the charts' borders."""
        image = np.zeros((self.size, self.size, values.shape[1]), np.float32)
        known = np.zeros((self.size, self.size), bool)
        image[self.row, self.column], known[self.row, self.column] = values, True
        for _ in range(grow):
            image, known = _grown(image, known)
        image[~known] = values.mean(axis=0)
        return image


def texels(uvs: np.ndarray, size: int) -> Texels:
    """Every texel of a square picture whose centre lies in a quad, of quads' UVs (F, 4, 2)."""
    parts = []
    for corner in ((0, 1, 2), (0, 2, 3)):
        triangle = uvs[:, corner].astype(np.float64) * (size, -size) + (0, size)
        parts.append(_inside(triangle, corner, size))
    row, column, face, which, share = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    key = row * size + column
    _, first = np.unique(key, return_index=True)
    return Texels(row[first], column[first], face[first], which[first], share[first].astype(np.float32), size)


def _inside(triangle: np.ndarray, corner: tuple[int, int, int], size: int):
    """Texels whose centres lie in triangles (F, 3, 2), given in pixels: row, column, face, corners, shares."""
    low = np.clip(np.floor(triangle.min(axis=1) - 0.5), 0, size - 1).astype(np.int64)
    high = np.clip(np.ceil(triangle.max(axis=1) - 0.5), 0, size - 1).astype(np.int64)
    extent = high - low + 1
    count = extent[:, 0] * extent[:, 1]
    face = np.repeat(np.arange(len(triangle)), count)
    step = np.arange(len(face)) - np.repeat(np.cumsum(count) - count, count)
    column = low[face, 0] + step % extent[face, 0]
    row = low[face, 1] + step // extent[face, 0]
    a, b, c = (triangle[:, k] for k in range(3))
    area = _cross(b - a, c - a)
    point = np.stack([column + 0.5, row + 0.5], axis=1)
    safe = np.where(np.abs(area) < 1e-12, 1, area)[face]
    first = _cross((b - a)[face], point - a[face]) / safe
    second = _cross(point - a[face], (c - a)[face]) / safe
    share = np.stack([1 - first - second, second, first], axis=1)
    kept = (share > -0.02).all(axis=1) & (np.abs(area)[face] > 1e-12)
    which = np.tile(np.array(corner), (int(kept.sum()), 1))
    return row[kept], column[kept], face[kept], which, np.clip(share[kept], 0, 1)


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def _grown(image: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unknown texels beside known ones take their mean."""
    total, count = np.zeros_like(image), np.zeros(known.shape, np.float32)
    for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        moved = np.roll(known, (down, right), (0, 1))
        total += np.roll(image, (down, right), (0, 1)) * moved[..., None]
        count += moved
    new = ~known & (count > 0)
    image = image.copy()
    image[new] = total[new] / count[new][:, None]
    return image, known | new
