"""What the recogniser sees of a box: size, height over the floor, walls, shape, and its nearest larger neighbour.

Every column is divided by how much it varies when the same thing is blocked out twice, so that distances are in those units.
"""

from __future__ import annotations

import numpy as np

from .boxes import SHAPE

SIZE, HEIGHT, WALL, ALONG, NEIGHBOUR = 0.115, 0.07, 0.2, 0.4, 0.35
SHAPES = 0.16
COLUMNS = 12 + SHAPE


def features(centre: np.ndarray, size: np.ndarray, yaw: np.ndarray, shape: np.ndarray, room: np.ndarray) -> np.ndarray:
    """(N, COLUMNS) float32 of boxes in a room's frame.

    Args:
        centre: (N, 3) with the origin at the middle of the floor; ``size`` (N, 3), its first the longer side; ``yaw`` (N,).
        shape: (N, SHAPE); ``room`` (3,) the room's inside.
    """
    half = room[:2] / 2
    cos, sin = np.abs(np.cos(yaw)), np.abs(np.sin(yaw))
    reach = np.stack([cos * size[:, 0] + sin * size[:, 1], sin * size[:, 0] + cos * size[:, 1]], axis=1) / 2
    gaps = np.concatenate([half - centre[:, :2] - reach, half + centre[:, :2] - reach], axis=1)  # east, north, west, south
    nearest = gaps.argmin(axis=1)
    gaps = np.clip(np.sort(gaps, axis=1), 0.0, 1.2)
    along = np.where(nearest % 2 == 1, cos, sin) * (gaps[:, 0] < 0.6)  # its long side runs along its nearest wall
    bottom = np.clip(centre[:, 2] - size[:, 2] / 2, 0.0, 2.5)
    log = np.log(np.maximum(size, 0.01))
    columns = [
        *(log / SIZE).T, bottom / HEIGHT, gaps[:, 0] / WALL, 0.4 * gaps[:, 1] / WALL, along / ALONG,
        np.clip(room[2] - bottom - size[:, 2], 0.0, 0.6) / 0.15, *neighbour(centre, size).T / NEIGHBOUR,
    ]  # fmt: skip
    return np.concatenate([np.stack(columns, axis=1), shape / SHAPES], axis=1).astype(np.float32)


def neighbour(centre: np.ndarray, size: np.ndarray) -> np.ndarray:
    """(N, 4) the gap to the nearest larger thing on the floor, and that thing's log sizes; small weight where it is far."""
    area = size[:, 0] * size[:, 1]
    bottom = centre[:, 2] - size[:, 2] / 2
    gap = np.linalg.norm(centre[None, :, :2] - centre[:, None, :2], axis=-1) - (size[None, :, 0] + size[:, None, 0]) / 2.8
    other = (area[None] > 1.25 * area[:, None]) & (bottom[None] < 0.15) & (size[None, :, 2] > 0.2)
    gap = np.where(other, np.maximum(gap, 0.0), 9.0)
    best = gap.argmin(axis=1)
    near = gap[np.arange(len(gap)), best]
    weight = np.clip(1.2 - near, 0.0, 1.0)[:, None]
    log = np.log(np.maximum(size[best], 0.05))
    return np.column_stack([0.4 * np.clip(near, 0.0, 1.2), 0.6 * weight * (log + 1.0)])
