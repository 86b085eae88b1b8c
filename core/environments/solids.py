"""Watertight building parts cut on a grid: walls with openings, frames, panelled doors."""

from __future__ import annotations

import numpy as np

from ..geometry.shape import Shape

# The corners of a cell's six faces, counter-clockwise seen from outside, and the two axes their UVs follow.
_FACES = {
    (0, 0): ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0)),
    (0, 1): ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
    (1, 0): ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
    (1, 1): ((0, 1, 0), (0, 1, 1), (1, 1, 1), (1, 1, 0)),
    (2, 0): ((0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)),
    (2, 1): ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
}
_UV_AXES = {0: (1, 2), 1: (0, 2), 2: (0, 1)}
_MIRRORED = ((0, 0), (1, 1), (2, 0))  # faces whose UV axes run left-handed seen from outside


def grid_solid(lines: tuple[np.ndarray, np.ndarray, np.ndarray], solid: np.ndarray) -> Shape:
    """The boundary of the filled cells of a rectangular grid: watertight, all quads, neighbours sharing their vertices.

    Args:
        lines: the grid's coordinates along x, y and z, each ascending; metres. They are also the UVs.
        solid: (nx, ny, nz) bool, which cells are filled; cells that touch along an edge only would not be manifold.
    """
    shape = tuple(len(line) for line in lines)
    padded = np.pad(solid, 1)
    quads, uvs = [], []
    for (axis, side), corners in _FACES.items():
        neighbour = np.roll(padded, 1 if side == 0 else -1, axis)[1:-1, 1:-1, 1:-1]
        index = np.argwhere(solid & ~neighbour)[:, None, :] + np.array(corners)
        place = np.stack([np.asarray(lines[a])[index[..., a]] for a in range(3)], axis=-1)
        quads.append(np.ravel_multi_index(tuple(np.moveaxis(index, -1, 0)), shape))
        uvs.append(place[..., _UV_AXES[axis]] * (-1.0 if (axis, side) in _MIRRORED else 1.0, 1.0))
    faces = np.concatenate(quads)
    used, corners_flat = np.unique(faces.ravel(), return_inverse=True)
    grid = np.stack(np.unravel_index(used, shape), axis=1)
    vertices = np.stack([np.asarray(lines[a], float)[grid[:, a]] for a in range(3)], axis=1)
    return Shape(vertices, corners_flat.reshape(-1), np.full(len(faces), 4), np.concatenate(uvs).reshape(-1, 2))


def frame(width: float, height: float, border: float, low: float, high: float, foot: bool = True) -> Shape:
    """An upright frame of ``width`` x ``height`` outer size from z = 0, centred in x, from y = ``low`` to ``high``.

    ``foot``: with a lower bar; without it is the lining of a door.
    """
    xs = np.array([-width / 2, -width / 2 + border, width / 2 - border, width / 2])
    zs = np.array([0.0, border, height - border, height] if foot else [0.0, height - border, height])
    solid = np.ones((3, 1, len(zs) - 1), bool)
    solid[1, 0, 1 if foot else 0] = False
    return grid_solid((xs, np.array([low, high]), zs), solid)
