"""Grey boxes: rough meshes taken as oriented boxes with an outline of their shape."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...scene import Mesh

SAMPLES = 192
GRID = (2, 2, 3)
SHAPE = int(np.prod(GRID)) + 3  # length of a shape description


@dataclass
class GreyBox:
    """One blocked-out thing, upright.

    Attributes:
        name: the object's.
        centre: (3,) middle of its box, metres.
        size: (3,) along its own x and y and its height; x is the longer side.
        yaw: turn of its own x about Z, radians.
        shape: (SHAPE,) see ``describe``.
        keep: the artist wants it to stay as it is.
    """

    name: str
    centre: np.ndarray
    size: np.ndarray
    yaw: float
    shape: np.ndarray = field(default_factory=lambda: np.zeros(SHAPE))
    keep: bool = False

    @property
    def bottom(self) -> float:
        return float(self.centre[2] - self.size[2] / 2)

    @property
    def top(self) -> float:
        return float(self.centre[2] + self.size[2] / 2)

    def corners(self) -> np.ndarray:
        """(4, 2) its outline on the floor, counter-clockwise."""
        return rectangle(self.centre[:2], self.size[:2], self.yaw)


def rectangle(centre: np.ndarray, size: np.ndarray, yaw: float) -> np.ndarray:
    """(4, 2) corners of a turned rectangle."""
    cos, sin = np.cos(yaw), np.sin(yaw)
    half = np.asarray(size) / 2 * [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    return np.asarray(centre) + half @ np.array([[cos, sin], [-sin, cos]])


def grey_box(mesh: Mesh, keep: bool = False) -> GreyBox:
    """The box of a mesh whose vertices are in the world. Raises WorldwrightError for a mesh without vertices."""
    low, high = mesh.bounds
    centre, size, yaw = tightest(mesh.vertices[:, :2].astype(float))
    box = GreyBox(
        mesh.name, np.array([*centre, (low[2] + high[2]) / 2], float), np.array([*size, high[2] - low[2]], float), yaw, keep=keep
    )
    corners, _ = mesh.triangles()
    if len(corners):
        triangles = mesh.vertices[mesh.corners[corners]].astype(float)
        box.shape = describe(*surface_points(triangles), box)
    return box


def tightest(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Centre (2,), size (2,) and turn of the smallest rectangle around points (N, 2); its first side is the longer one.

    One side of it lies along a side of the convex hull (Freeman and Shapira, 1975). Turns are in (-pi/2, pi/2].
    """
    hull = convex_hull(points)
    edges = np.roll(hull, -1, axis=0) - hull
    angles = np.unique(np.round(np.arctan2(edges[:, 1], edges[:, 0]) % (np.pi / 2), 6)) if len(hull) > 2 else np.zeros(1)
    best: tuple[float, np.ndarray, np.ndarray, float] | None = None
    for angle in angles:
        axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        local = hull @ axes.T
        low, high = local.min(0), local.max(0)
        area = float(np.prod(np.maximum(high - low, 1e-6)))
        if best is None or area < best[0] * (1 - 1e-6):
            best = (area, ((low + high) / 2) @ axes, high - low, float(angle))
    assert best is not None
    _, centre, size, yaw = best
    if size[1] > size[0] * (1 + 1e-6):
        size, yaw = size[::-1], yaw + np.pi / 2
    return centre, size.copy(), float((yaw + np.pi / 2 - 1e-9) % np.pi - np.pi / 2 + 1e-9)


def convex_hull(points: np.ndarray) -> np.ndarray:
    """(H, 2) the hull of points (N, 2), counter-clockwise (monotone chain: Andrew, 1979); of dense clouds only extremes."""
    points = np.asarray(points, float)
    if len(points) > 400:
        angle = 2 * np.pi * np.arange(180) / 180
        points = points[np.unique((points @ np.stack([np.cos(angle), np.sin(angle)])).argmax(axis=0))]
    points = np.unique(np.round(points, 7), axis=0)
    if len(points) < 3:
        return points

    def chain(ordered: np.ndarray) -> list[np.ndarray]:
        line: list[np.ndarray] = []
        for point in ordered:
            while len(line) > 1 and _cross(line[-1] - line[-2], point - line[-1]) <= 1e-12:
                line.pop()
            line.append(point)
        return line[:-1]

    return np.array(chain(points) + chain(points[::-1]))


def _cross(a: np.ndarray, b: np.ndarray) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def surface_points(triangles: np.ndarray, count: int = SAMPLES) -> tuple[np.ndarray, np.ndarray]:
    """(count, 3) points spread evenly over triangles (T, 3, 3) by area, and their unit normals; the same every time."""
    sides = triangles[:, 1:] - triangles[:, :1]
    normals = np.cross(sides[:, 0], sides[:, 1])
    area = np.linalg.norm(normals, axis=1)
    total = np.cumsum(area)
    if total[-1] <= 0:
        return triangles[:, 0][:1], np.array([[0.0, 0.0, 1.0]])
    chosen = np.searchsorted(total, (np.arange(count) + 0.5) / count * total[-1])
    k = np.arange(count)
    u, v = (k * 0.7548776662) % 1.0, (k * 0.5698402910) % 1.0  # Roberts' R2 sequence
    fold = u + v > 1
    u, v = np.where(fold, 1 - u, u)[:, None], np.where(fold, 1 - v, v)[:, None]
    points = triangles[chosen, 0] + u * sides[chosen, 0] + v * sides[chosen, 1]
    return points, normals[chosen] / np.maximum(area[chosen, None], 1e-12)


def describe(points: np.ndarray, normals: np.ndarray, box: GreyBox) -> np.ndarray:
    """(SHAPE,) how the surface is spread over the box: its share in each cell of a 2 x 2 x 3 grid, turned so that most of the
    upper half is at the back (+y), and the share that looks up in each third of the height."""
    cos, sin = np.cos(box.yaw), np.sin(box.yaw)
    local = (points - box.centre) @ np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    local = local / np.maximum(box.size / 2, 1e-6)
    if local[local[:, 2] > 0, 1].sum() < 0:
        local[:, :2] *= -1
    cell = np.clip(((local + 1) / 2 * GRID).astype(int), 0, np.array(GRID) - 1)
    flat = np.ravel_multi_index(tuple(cell.T), GRID)
    shares = np.bincount(flat, minlength=int(np.prod(GRID))) / len(points)
    up = np.bincount(cell[normals[:, 2] > 0.7, 2], minlength=3) / len(points)
    return np.concatenate([shares, up[:3]])


def back_of(points: np.ndarray, box: GreyBox) -> float | None:
    """The turn a thing of this shape faces away from its higher side with, or None where no side is clearly higher.

    A turn t means that it looks along (sin t, -cos t), as props do.
    """
    cos, sin = np.cos(box.yaw), np.sin(box.yaw)
    local = (points[:, :2] - box.centre[:2]) @ np.array([[cos, -sin], [sin, cos]]) / np.maximum(box.size[:2] / 2, 1e-6)
    high = points[:, 2] > box.centre[2] + 0.1 * box.size[2]
    if high.sum() < 8:
        return None
    lean = local[high].mean(axis=0) - local[~high].mean(axis=0) if (~high).any() else local[high].mean(axis=0)
    axis = int(np.abs(lean).argmax())
    if abs(lean[axis]) < 0.25:
        return None
    quarter = {(1, True): 0, (0, False): 1, (1, False): 2, (0, True): 3}[(axis, bool(lean[axis] > 0))]
    return float(box.yaw + quarter * np.pi / 2)
