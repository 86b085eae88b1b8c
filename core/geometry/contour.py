"""The region where a field is high, as faces with smooth edges: marching squares, filled."""

from __future__ import annotations

import numpy as np

# For each of the 16 cases of a cell (bits: corners 0 lower left, 1 lower right, 2 upper right, 3 upper left), the polygon's points:
# 0..3 corners, 4..7 crossings on the edges 0-1, 1-2, 2-3, 3-0.
_CASES: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((0, 4, 7),), 2: ((4, 1, 5),), 3: ((0, 1, 5, 7),), 4: ((5, 2, 6),), 5: ((0, 4, 7), (5, 2, 6)), 6: ((4, 1, 2, 6),),
    7: ((0, 1, 2), (0, 2, 6, 7)), 8: ((7, 6, 3),), 9: ((0, 4, 6, 3),), 10: ((4, 1, 5), (7, 6, 3)), 11: ((0, 1, 5), (0, 5, 6, 3)),
    12: ((7, 5, 2, 3),), 13: ((0, 4, 5, 2), (0, 2, 3)), 14: ((4, 1, 2, 3), (4, 3, 7)), 15: ((0, 1, 2, 3),),
}  # fmt: skip
_EDGES = {1: ((4, 7),), 2: ((5, 4),), 3: ((5, 7),), 4: ((6, 5),), 5: ((4, 7), (6, 5)), 6: ((6, 4),), 7: ((6, 7),), 8: ((7, 6),),
          9: ((4, 6),), 10: ((5, 4), (7, 6)), 11: ((5, 6),), 12: ((7, 5),), 13: ((4, 5),), 14: ((7, 4),)}  # fmt: skip


def filled(field: np.ndarray, x: np.ndarray, y: np.ndarray, level: float = 0.5, z: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Quads (N, 4, 3) that cover where ``field`` (rows along ``y``, columns along ``x``, both ascending) is at least ``level``,
    and the region's border as segments (M, 2, 2) with the region on their left."""
    f = np.asarray(field, float) - level
    inside = f >= 0
    a, b, c, d = inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]
    case = a + 2 * b + 4 * c + 8 * d
    quads, segments = [], []
    for number, polygons in _CASES.items():
        rows, columns = np.nonzero(case == number)
        if not len(rows):
            continue
        points = _points(f, x, y, rows, columns)
        for polygon in polygons:
            index = list(polygon) + [polygon[-1]] * (4 - len(polygon))
            quads.append(points[:, index])
        for start, end in _EDGES.get(number, ()):
            segments.append(points[:, [start, end]])
    flat = np.concatenate(quads) if quads else np.empty((0, 4, 2))
    whole = np.concatenate([flat, np.full((*flat.shape[:2], 1), z)], axis=2)
    return whole, np.concatenate(segments) if segments else np.empty((0, 2, 2))


def _points(f: np.ndarray, x: np.ndarray, y: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """(N, 8, 2): a cell's four corners and the crossings on its four edges."""
    corners = [(rows, columns), (rows, columns + 1), (rows + 1, columns + 1), (rows + 1, columns)]
    places = np.stack([np.stack([x[j], y[i]], axis=1) for i, j in corners], axis=1)
    values = np.stack([f[i, j] for i, j in corners], axis=1)
    after, values_after = np.roll(places, -1, axis=1), np.roll(values, -1, axis=1)
    gap = values - values_after
    share = np.clip(np.where(np.abs(gap) > 1e-12, values / np.where(np.abs(gap) > 1e-12, gap, 1.0), 0.5), 0.0, 1.0)
    return np.concatenate([places, places + (after - places) * share[..., None]], axis=1)


def blurred(field: np.ndarray, radius: int) -> np.ndarray:
    """A field smoothed by two passes of a box of ``radius`` cells, edges held."""
    made = np.asarray(field, np.float64)
    for _ in range(2):
        for axis in (0, 1):
            made = _box(made, radius, axis)
    return made


def _box(field: np.ndarray, radius: int, axis: int) -> np.ndarray:
    pad = [(radius + 1, radius) if k == axis else (0, 0) for k in range(2)]
    total = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis)
    size = field.shape[axis]
    high = np.take(total, np.arange(2 * radius + 1, 2 * radius + 1 + size), axis=axis)
    return (high - np.take(total, np.arange(size), axis=axis)) / (2 * radius + 1)
