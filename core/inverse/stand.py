"""How a shape may stand: the turns under which it could be upright and face -Y."""

from __future__ import annotations

import numpy as np

from ..environments.greybox.boxes import tightest
from ..game.hull import convex_hull
from .frame import UPS, Cloud, squared

LEANS = 0.85  # a box this much smaller than the upright one says that the shape leans
HULL = 48  # corners of the hull whose faces it may lie on
STEEPEST = 0.999  # cosine: what leans less stands


def ups_of(cloud: Cloud, tidy: bool) -> list[np.ndarray]:
    """Rotations (3, 3) that bring a likely up of the shape to +Z, as it stands first. Without ``tidy`` only that one."""
    if not tidy:
        return [np.eye(3)]
    leaning = _level(cloud)
    tipped = [up @ leaning for up in UPS]
    return tipped if np.array_equal(leaning, np.eye(3)) else [np.eye(3), *tipped]


def _level(cloud: Cloud) -> np.ndarray:
    """The smallest turn that makes the shape's tightest box stand on a side; the identity where it stands so already.

    One side of the tightest box lies, nearly enough, on a face of the convex hull.
    """
    corners, faces = convex_hull(cloud.points, HULL)
    normals = np.cross(corners[faces[:, 1]] - corners[faces[:, 0]], corners[faces[:, 2]] - corners[faces[:, 0]])
    length = np.linalg.norm(normals, axis=1)
    normals = normals[length > 0.01 * length.max()] / length[length > 0.01 * length.max(), None]
    upright = _volume(cloud.points)
    best, turn = LEANS * upright, np.eye(3)
    for normal in normals:
        rotation = _bring(normal, nearest_axis(normal))
        volume = _volume(cloud.points @ rotation.T)
        if volume < best * (1 - 1e-6):
            best, turn = volume, rotation
    return turn


def nearest_axis(direction: np.ndarray) -> np.ndarray:
    """The axis, either way, that a direction is nearest to."""
    axis = np.zeros(3)
    axis[np.abs(direction).argmax()] = np.sign(direction[np.abs(direction).argmax()])
    return axis


def _volume(points: np.ndarray) -> float:
    _, sides, _ = tightest(points[:, :2])
    return float(np.prod(sides) * np.ptp(points[:, 2]))


def _bring(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """(3, 3) the shortest rotation from one direction to another (Rodrigues)."""
    axis, cosine = np.cross(start, end), float(start @ end)
    if cosine > STEEPEST:
        return np.eye(3)
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + cross + cross @ cross / (1 + cosine)


def square_turn(cloud: Cloud, up: np.ndarray) -> np.ndarray:
    """(3, 3) ``up``, and then the smallest turn about Z that squares the sides."""
    return squared(cloud.turned(up)) @ up
