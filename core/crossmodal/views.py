"""Pictures of a mesh without Blender: dense points of its surface, splatted into a depth buffer and shaded."""

from __future__ import annotations

import numpy as np

from ..cloud import PointCloud
from ..scene import Mesh
from ..spatial.colour import to_srgb
from ..spatial.sampling import sample

SIZE = 160  # pixels a side
DARTS = 60_000  # points on the surface; with splats of two pixels, enough to cover what is seen of a compact shape
ELEVATION = np.radians(25)
BACKGROUND = 0.93
AMBIENT = 0.35
GREY = 0.72  # sRGB of a picture that shows shape alone
FILL = 1  # rounds in which an empty pixel between covered ones takes their colour


def surface(meshes: list[Mesh], seed: int = 0) -> PointCloud:
    """The dense points that ``views`` shows. Raises WorldwrightError where there is nothing to see."""
    return sample(meshes, DARTS, seed=seed)


def views(cloud: PointCloud, turns: int = 4, size: int = SIZE, colored: bool = True) -> np.ndarray:
    """Pictures of a dense cloud from ``turns`` evenly spaced yaws, from slightly above: (turns, size, size, 3) uint8 sRGB.

    Z is up, any scale. ``colored`` false shows the shape in grey. Orthographic; lit from beside the camera, and from above.
    """
    positions = cloud.positions.astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    normals = np.zeros_like(positions) if cloud.normals is None else cloud.normals.astype(np.float64)
    tone = np.full_like(positions, GREY)
    if colored and cloud.colors is not None:
        tone = to_srgb(cloud.colors).astype(np.float64)
    return np.stack([_picture(positions, normals, tone, 2 * np.pi * turn / turns + np.pi / 6, size) for turn in range(turns)])


def _picture(positions: np.ndarray, normals: np.ndarray, tone: np.ndarray, yaw: float, size: int) -> np.ndarray:
    right, up, toward = camera(yaw)
    x, y, depth = positions @ right, positions @ up, positions @ toward
    half = max(np.abs(x).max(), np.abs(y).max(), 1e-9) * 1.08
    column = np.clip(((x / half + 1) * size / 2).astype(np.int64), 0, size - 1)
    row = np.clip(((1 - y / half) * size / 2).astype(np.int64), 0, size - 1)
    light = np.stack([toward + 0.6 * right + 0.4 * up, np.array([0, 0, 1.0])])
    light /= np.linalg.norm(light, axis=1, keepdims=True)
    facing = np.where((normals @ toward < 0)[:, None], -normals, normals)  # both sides of a surface are seen
    shade = AMBIENT + (1 - AMBIENT) * np.clip(facing @ light.T, 0, 1) @ np.array([0.75, 0.25])
    order = np.argsort(depth, kind="stable")  # the nearest point of a pixel is written last
    corner = (row * size + column)[order]
    cells = np.minimum(corner[:, None] + np.array([0, 1, size, size + 1]), size * size - 1).ravel()  # a point is two pixels wide
    nearest = np.full(size * size, -1)
    nearest[cells] = np.repeat(order, 4)
    covered = nearest >= 0
    picture = np.where(covered[:, None], (tone * shade[:, None])[nearest], BACKGROUND)
    picture, covered = picture.reshape(size, size, 3), covered.reshape(size, size)
    for _ in range(FILL):
        picture, covered = _fill(picture, covered)
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def camera(yaw: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Right, up, and the direction towards the camera, unit vectors; yaw 0 looks at the thing's front (-Y)."""
    toward = np.array([np.sin(yaw) * np.cos(ELEVATION), -np.cos(yaw) * np.cos(ELEVATION), np.sin(ELEVATION)])
    right = np.array([np.cos(yaw), np.sin(yaw), 0.0])
    return right, np.cross(toward, right), toward


def _fill(picture: np.ndarray, covered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Closes pinholes: an empty pixel with at least four of its eight neighbours covered takes their mean."""
    weight = np.pad(covered.astype(np.float64), 1)
    colors = np.pad(picture * covered[..., None], ((1, 1), (1, 1), (0, 0)))
    height, width = covered.shape
    shifts = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    count = np.sum([weight[i : i + height, j : j + width] for i, j in shifts], axis=0)
    total = np.sum([colors[i : i + height, j : j + width] for i, j in shifts], axis=0)
    hole = ~covered & (count >= 4)
    filled = picture.copy()
    filled[hole] = total[hole] / count[hole][:, None]
    return filled, covered | hole
