"""Level places things can stand on, found on any mesh: table tops, shelves, window sills, the seat of a bench."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...scene import Mesh
from ..checks import piece_boxes

CELL = 0.02  # metres, of the lattice a top is seen by
LEVEL = 0.985  # cosine of the steepest face that counts as level
SMALLEST = 0.012  # square metres
HIGHEST = 1.9
RIM = 0.012  # nothing stands closer to an edge


@dataclass
class Top:
    """One level of a thing, in the thing's own frame.

    Attributes:
        z: its height; ``origin`` (2,) the low corner of cell (0, 0).
        free: (X, Y) bool, where something may stand; ``headroom`` (X, Y) metres of air above.
    """

    z: float
    origin: np.ndarray
    free: np.ndarray
    headroom: np.ndarray

    @property
    def area(self) -> float:
        """Square metres that are free."""
        return float(self.free.sum()) * CELL * CELL

    def block(self, box: np.ndarray) -> None:
        """Something takes the space of ``box`` (6,), in the thing's frame."""
        if box[2] > self.z + 0.6 or box[5] < self.z + 0.001:
            return
        (a, b), (c, d) = (self._cells(box[k], box[k + 3], k) for k in range(2))
        if box[2] <= self.z + 0.02:
            self.free[a:b, c:d] = False
        else:
            self.headroom[a:b, c:d] = np.minimum(self.headroom[a:b, c:d], box[2] - self.z)

    def _cells(self, low: float, high: float, axis: int) -> tuple[int, int]:
        start = int(np.floor((low - self.origin[axis]) / CELL + 1e-6))
        end = int(np.ceil((high - self.origin[axis]) / CELL - 1e-6))
        return max(start, 0), max(end, 0)

    def fitting(self, size: np.ndarray) -> np.ndarray:
        """(N, 2) the middles of places where a box of ``size`` (3,) stands wholly on free, high enough cells."""
        wide, deep = (max(int(np.ceil(value / CELL)), 1) for value in size[:2])
        good = self.free & (self.headroom >= size[2] + 0.01)
        if wide > good.shape[0] or deep > good.shape[1]:
            return np.empty((0, 2))
        total = np.zeros((good.shape[0] + 1, good.shape[1] + 1), np.int32)
        total[1:, 1:] = good.cumsum(0).cumsum(1)  # summed-area table (Crow, 1984)
        count = total[wide:, deep:] - total[:-wide, deep:] - total[wide:, :-deep] + total[:-wide, :-deep]
        low = np.argwhere(count == wide * deep)
        return self.origin + (low + (wide / 2, deep / 2)) * CELL


def tops(mesh: Mesh, low: float = 0.15, high: float = HIGHEST) -> list[Top]:
    """The levels of a mesh between two heights above its foot, largest first. Surfaces inside closed parts are left out."""
    corners, _ = mesh.triangles()
    if not len(corners):
        return []
    points = mesh.vertices[mesh.corners[corners]].astype(float)
    normals = np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0])
    length = np.linalg.norm(normals, axis=1)
    up = (normals[:, 2] > LEVEL * length) & (length > 1e-9)
    z = points[:, :, 2].mean(1)
    up &= (z >= low) & (z <= high)
    found: list[Top] = []
    levels = np.round(z[up] / 0.004).astype(int)
    boxes = np.concatenate(piece_boxes(mesh), axis=1) if up.any() else np.empty((0, 6))
    for level in np.unique(levels):
        own = points[up][levels == level]
        if 0.5 * length[up][levels == level].sum() < SMALLEST:
            continue
        top = _rastered(own, float(own[:, :, 2].mean()))
        for box in boxes:
            if box[5] > top.z + 0.004:
                top.block(box)
        top.free &= _shrunk(top.free)
        if top.area >= SMALLEST:
            found.append(top)
    return sorted(found, key=lambda top: -top.area)


def _rastered(triangles: np.ndarray, z: float) -> Top:
    """The cells whose middles lie in triangles (T, 3, 3)."""
    flat = triangles[:, :, :2]
    origin = flat.min((0, 1))
    shape = np.maximum(np.ceil((flat.max((0, 1)) - origin) / CELL).astype(int), 1)
    free = np.zeros(shape, bool)
    for a, b, c in flat:
        low = np.floor((np.minimum(np.minimum(a, b), c) - origin) / CELL).astype(int)
        high = np.minimum(np.ceil((np.maximum(np.maximum(a, b), c) - origin) / CELL).astype(int), shape)
        if (high <= low).any():
            continue
        xs, ys = (origin[k] + (np.arange(low[k], high[k]) + 0.5) * CELL for k in range(2))
        x, y = xs[:, None], ys[None, :]
        signs = [(q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]) for p, q in ((a, b), (b, c), (c, a))]
        free[low[0] : high[0], low[1] : high[1]] |= np.min(signs, axis=0) >= -1e-9
    return Top(z, origin, free, np.full(shape, 3.0))


def _shrunk(free: np.ndarray) -> np.ndarray:
    """Cells with free neighbours on all four sides: nothing stands on a rim."""
    padded = np.pad(free, 1)
    return padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
