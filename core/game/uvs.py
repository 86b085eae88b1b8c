"""How much of a UV map lies on top of itself."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh

GRID = 256  # cells along the longer side of the map's bounding box
MOST_PAIRS = 20_000_000  # of triangle and cell: maps that tile far beyond this are not looked at


def uv_overlap(mesh: Mesh) -> float:
    """The share, 0 to 1, of the covered part of the UV map that two or more triangles claim; 0 without UVs.

    The middles of a grid's cells are counted: triangles that only share an edge or corner do not overlap, and neither do
    flat ones. Islands that lie on each other on purpose (mirrored halves, repeated boards) count as any other.
    """
    if mesh.uvs is None or len(mesh.face_sizes) == 0:
        return 0.0
    corners = mesh.uvs[mesh.triangles()[0]].astype(np.float64)
    low, high = corners.min(axis=(0, 1)), corners.max(axis=(0, 1))
    span = float((high - low).max())
    if not np.isfinite(span) or span <= 0:
        return 0.0
    corners = (corners - low) / span * GRID + [0.2357, 0.1618]  # off the grid, so that no edge meets a row of middles
    first = np.floor(corners.min(axis=1)).astype(np.int64)
    sizes = np.floor(corners.max(axis=1)).astype(np.int64) - first + 1
    counts = sizes.prod(axis=1)
    if counts.sum() > MOST_PAIRS:
        return 0.0
    triangle = np.repeat(np.arange(len(corners)), counts)
    order = np.arange(len(triangle)) - np.repeat(np.cumsum(counts) - counts, counts)
    cell = first[triangle] + np.stack([order % sizes[triangle, 0], order // sizes[triangle, 0]], axis=1)
    a, b, c = (corners[triangle, k] for k in range(3))
    sides = np.stack([_side(a, b, cell + 0.5), _side(b, c, cell + 0.5), _side(c, a, cell + 0.5)])
    inside = (sides > 0).all(axis=0) | (sides < 0).all(axis=0)
    claims = np.bincount((cell[:, 0] + cell[:, 1] * (GRID + 2))[inside])
    covered = int((claims > 0).sum())
    return float((claims > 1).sum() / covered) if covered else 0.0


def _side(start: np.ndarray, end: np.ndarray, point: np.ndarray) -> np.ndarray:
    along, to = end - start, point - start
    return along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0]
