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


def surface(meshes: list[Mesh], seed: int = 0) -> PointCloud:
    """The dense points that ``views`` shows. Raises WorldwrightError where there is nothing to see."""
    return sample(meshes, DARTS, seed=seed)


def views(cloud: PointCloud, turns: int = 4, size: int = SIZE, colored: bool = True) -> np.ndarray:
    """Pictures of a dense cloud from ``turns`` evenly spaced yaws, from slightly above: (turns, size, size, 3) uint8 sRGB.

    Z is up, any scale. ``colored`` false shows the shape in grey. Orthographic; lit from beside the camera, and from above.
    """
    grey, shown = both_views(cloud, turns, size, grey=not (colored and cloud.colors is not None))
    return grey if shown is None or not colored else shown


def both_views(cloud: PointCloud, turns: int = 4, size: int = SIZE, grey: bool = True) -> tuple[np.ndarray, np.ndarray | None]:
    """The views in grey (empty unless ``grey``) and in colour (None where the cloud has none), as ``views``; what is seen is worked
    out once for both."""
    positions = cloud.positions.astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    normals = np.zeros_like(positions) if cloud.normals is None else cloud.normals.astype(np.float64)
    tones = [np.full((len(positions), 3), GREY)] if grey else []
    if cloud.colors is not None:
        tones.append(to_srgb(cloud.colors).astype(np.float64))
    pictures = [_pictures(positions, normals, tones, 2 * np.pi * turn / turns + np.pi / 6, size) for turn in range(turns)]
    stacked = [np.stack([turn[tone] for turn in pictures]) for tone in range(len(tones))]
    first = stacked[0] if grey else np.zeros((0, size, size, 3), np.uint8)
    return first, (stacked[-1] if cloud.colors is not None else None)


def _pictures(positions: np.ndarray, normals: np.ndarray, tones: list[np.ndarray], yaw: float, size: int) -> list[np.ndarray]:
    """One picture for each of ``tones`` (N, 3), the colours of the points."""
    right, up, toward = camera(yaw)
    x, y, depth = (positions @ np.stack([right, up, toward], axis=1)).T
    half = max(np.abs(x).max(), np.abs(y).max(), 1e-9) * 1.08
    column = np.clip(((x / half + 1) * size / 2).astype(np.int64), 0, size - 1)
    row = np.clip(((1 - y / half) * size / 2).astype(np.int64), 0, size - 1)
    order = np.argsort(depth, kind="stable")  # the nearest point of a pixel is written last
    corner = (row * size + column)[order]
    cells = np.minimum(corner[:, None] + np.array([0, 1, size, size + 1]), size * size - 1).ravel()  # a point is two pixels wide
    nearest = np.full(size * size, -1)
    nearest[cells] = np.repeat(order, 4)
    pixel = np.flatnonzero(nearest >= 0)
    point = nearest[pixel]
    light = np.stack([toward + 0.6 * right + 0.4 * up, np.array([0, 0, 1.0])])
    light /= np.linalg.norm(light, axis=1, keepdims=True)
    facing = normals[point]
    facing = np.where((facing @ toward < 0)[:, None], -facing, facing)  # both sides of a surface are seen
    shade = AMBIENT + (1 - AMBIENT) * np.clip(facing @ light.T, 0, 1) @ np.array([0.75, 0.25])
    covered = (nearest >= 0).reshape(size, size)
    made = []
    for tone in tones:
        picture = np.full((size * size, 3), BACKGROUND)
        picture[pixel] = tone[point] * shade[:, None]
        filled = _fill(picture.reshape(size, size, 3), covered)
        made.append(np.round(np.clip(filled, 0, 1) * 255).astype(np.uint8))
    return made


def camera(yaw: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Right, up, and the direction towards the camera, unit vectors; yaw 0 looks at the thing's front (-Y)."""
    toward = np.array([np.sin(yaw) * np.cos(ELEVATION), -np.cos(yaw) * np.cos(ELEVATION), np.sin(ELEVATION)])
    right = np.array([np.cos(yaw), np.sin(yaw), 0.0])
    return right, np.cross(toward, right), toward


def _fill(picture: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Closes pinholes: an empty pixel with at least four of its eight neighbours covered takes their mean."""
    height, width = covered.shape
    weight = np.pad(covered, 1).astype(np.int8)
    shifts = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    count = np.sum([weight[i : i + height, j : j + width] for i, j in shifts], axis=0)
    row, column = np.nonzero(~covered & (count >= 4))
    colors = np.pad(picture, ((1, 1), (1, 1), (0, 0)))
    total = sum(colors[row + i, column + j] * weight[row + i, column + j, None] for i, j in shifts)
    filled = picture.copy()
    filled[row, column] = total / count[row, column][:, None]
    return filled
