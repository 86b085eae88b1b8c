"""How far two surfaces lie from each other."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh
from ..spatial.surface import Surface
from .topology import ranges

SAMPLES = 600  # points on each surface when two are compared, and of the first one's vertices
TOGETHER = 16  # triangles in a box: neighbours of about one size
ROWS = 512  # points looked at at once


def deviation(mesh: Mesh, other: Mesh, samples: int = SAMPLES) -> tuple[float, float]:
    """Mean and largest distance (metres) between two surfaces: from ``samples`` even points on each to the other, and for
    the largest also from as many of the first mesh's vertices."""
    far = [nearest_on(other, _points(mesh, samples, 0)), nearest_on(mesh, _points(other, samples, 1))]
    used = np.unique(mesh.corners)
    ends = nearest_on(other, mesh.vertices[used[:: max(len(used) // samples, 1)]])
    return float(np.mean([part.mean() for part in far])), float(max(part.max() for part in (*far, ends)))


def nearest_on(mesh: Mesh, points: np.ndarray) -> np.ndarray:
    """(N,) metres from each of ``points`` (N, 3) to the mesh's surface.

    Triangles lie in boxes. Only boxes that could hold something nearer than the nearest box's first triangle are opened; of
    the triangles in them the one with the nearest middle is measured, and then those whose own bounds are nearer than it is.
    """
    triangles = mesh.vertices[mesh.corners[Surface(mesh).triangles]].astype(np.float64)
    points = np.asarray(points, np.float64)
    size = np.log2(np.ptp(triangles, axis=1).max(axis=1) + 1e-12).astype(int)
    triangles = triangles[np.lexsort((_morton(triangles.mean(axis=1)), size))]
    low, high, middle = triangles.min(axis=1), triangles.max(axis=1), triangles.mean(axis=1)
    starts = np.arange(0, len(triangles), TOGETHER)
    sizes = np.minimum(TOGETHER, len(triangles) - starts)
    box_low, box_high = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
    found = np.empty(len(points))
    for first in range(0, len(points), ROWS):
        here = points[first : first + ROWS]
        near, far = _between(here[:, None], box_low, box_high, middle[starts])
        point, box = np.nonzero(near <= far.min(axis=1)[:, None])
        row, place = ranges(starts[box], sizes[box])
        row = point[row]
        near, far = _between(here[row], low[place], high[place], middle[place])
        least = np.minimum.reduceat(far, np.r_[0, np.flatnonzero(np.diff(row)) + 1])
        likely = np.flatnonzero(far == least[row])
        likely = likely[np.unique(row[likely], return_index=True)[1]]
        best = _point_triangle(here, triangles[place[likely]])
        closer = near < np.square(best)[row]
        row, place = row[closer], place[closer]
        np.minimum.at(best, row, _point_triangle(here[row], triangles[place]))
        found[first : first + ROWS] = best
    return found


def _between(points: np.ndarray, low: np.ndarray, high: np.ndarray, within: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Squared distances of points (…, 3) to boxes and to a place on what is in them."""
    near, far = np.zeros(()), np.zeros(())
    for axis in range(3):
        below, above = low[..., axis] - points[..., axis], points[..., axis] - high[..., axis]
        near = near + np.square(np.maximum(np.maximum(below, above), 0))
        far = far + np.square(points[..., axis] - within[..., axis])
    return near, far


def _morton(points: np.ndarray) -> np.ndarray:
    """(N,) places along a curve that keeps neighbours together: the bits of ten-bit coordinates, interleaved."""
    low = points.min(axis=0)
    cells = ((points - low) / max(float(np.ptp(points, axis=0).max()), 1e-12) * 1023).astype(np.int64)
    code = np.zeros(len(points), np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return code


def _points(mesh: Mesh, samples: int, seed: int) -> np.ndarray:
    """(samples, 3) points spread evenly over the surface."""
    surface = Surface(mesh)
    rng = np.random.default_rng(seed)
    triangle = np.searchsorted(surface.cumulative, (np.arange(samples) + rng.random(samples)) / samples * surface.area)
    root, second = np.sqrt(rng.random(samples)), rng.random(samples)
    weights = np.stack([1 - root, root * (1 - second), root * second], axis=1)
    return surface.positions(np.minimum(triangle, len(surface.triangles) - 1), weights)


def _point_triangle(p: np.ndarray, triangle: np.ndarray) -> np.ndarray:
    """(N,) distance of points (N, 3) to triangles (N, 3, 3): to the plane where the foot is inside, else to the edges."""
    a = triangle[:, 0]
    e, f, d = triangle[:, 1] - a, triangle[:, 2] - a, p - a
    ee, ef, ff, de, df = (np.einsum("ij,ij->i", x, y) for x, y in ((e, e), (e, f), (f, f), (d, e), (d, f)))
    determinant = np.maximum(ee * ff - ef * ef, 1e-30)
    s, t = (ff * de - ef * df) / determinant, (ee * df - ef * de) / determinant
    inside = (s >= 0) & (t >= 0) & (s + t <= 1)
    distance = np.where(inside, np.linalg.norm(d - s[:, None] * e - t[:, None] * f, axis=1), np.inf)
    for first, second in ((0, 1), (1, 2), (2, 0)):
        q, along = triangle[:, first], triangle[:, second] - triangle[:, first]
        where = np.einsum("ij,ij->i", p - q, along) / np.maximum(np.einsum("ij,ij->i", along, along), 1e-30)
        distance = np.minimum(distance, np.linalg.norm(p - q - where.clip(0, 1)[:, None] * along, axis=1))
    return distance
