"""Trims that lie on a garment: plackets, zips, pocket welts, buttons."""

from __future__ import annotations

import numpy as np

from .cloth import Cloth, nearest_vertices


def lay_on(cloth: Cloth, points: np.ndarray, height: np.ndarray | float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n, 3) points moved onto the cloth's surface and ``height`` metres off it; its normals and the vertices below them."""
    directions = cloth.normals()
    used = np.flatnonzero(directions.any(axis=1))  # faces may have been taken away and their vertices left
    nearest = used[nearest_vertices(points, cloth.vertices[used])]
    normals = directions[nearest]
    gap = ((points - cloth.vertices[nearest]) * normals).sum(axis=1)
    return (points + (np.asarray(height) - gap)[..., None] * normals).astype(np.float32), normals, nearest


def strip(cloth: Cloth, line: np.ndarray, half_width: float, height: float, material: int) -> Cloth:
    """A raised strip of cloth along (k, 3) points: four columns, its edges sunk into the garment."""
    on_cloth, normals, _ = lay_on(cloth, line, 0.0)
    for _ in range(2):
        normals[1:-1] = (normals[:-2] + 2 * normals[1:-1] + normals[2:]) / 4
    along = np.gradient(on_cloth, axis=0)
    across = np.cross(normals, along)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    columns = np.array([-1.0, -0.93, 0.0, 0.93, 1.0]) * half_width
    lifts = np.array([-0.001, height, height, height, -0.001])
    flat = (on_cloth[:, None] + columns[:, None] * across[:, None]).reshape(-1, 3)
    points, _, nearest = lay_on(cloth, flat, np.tile(lifts, len(line)))
    numbers = np.arange(len(points)).reshape(len(line), len(columns))
    quads = np.stack([numbers[:-1, :-1], numbers[:-1, 1:], numbers[1:, 1:], numbers[1:, :-1]], axis=2).reshape(-1, 4)
    quads = _facing(points, quads, normals.mean(axis=0))
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(on_cloth, axis=0), axis=1))])
    flat_uvs = np.stack(np.broadcast_arrays(columns[None, :], -run[:, None]), axis=2).reshape(-1, 2).astype(np.float32)
    return Cloth(points, quads.astype(np.int32), cloth.weights[nearest], np.full(len(quads), material, np.int32), flat_uvs[quads])


def button(cloth: Cloth, spot: np.ndarray, radius: float, material: int = 1) -> Cloth:
    """An eight-sided button with a rim, sewn on at ``spot`` (3,)."""
    foot, normal, nearest = lay_on(cloth, spot[None], 0.002)
    normal = normal[0]
    side = np.cross(normal, [0.0, 0.0, 1.0])
    side /= np.linalg.norm(side)
    up = np.cross(side, normal)
    turn = np.arange(8) * np.pi / 4
    circle = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * up
    rings = [
        foot + reach * radius * circle + rise * radius * normal
        for reach, rise in ((0.9, 0.0), (1.0, 0.25), (0.9, 0.45), (0.62, 0.30))
    ]
    numbers = np.arange(32).reshape(4, 8)
    after = np.roll(numbers, -1, axis=1)
    wall = np.stack([numbers[:-1], after[:-1], after[1:], numbers[1:]], axis=2).reshape(-1, 4)
    lid = numbers[3][np.array([[0, 1, 2, 3], [0, 3, 4, 7], [4, 5, 6, 7]])]
    points = np.concatenate(rings).astype(np.float32)
    quads = np.concatenate([wall, lid])
    quads[-3:] = _facing(points, quads[-3:], normal)
    centre = points.mean(axis=0)
    outward = points[quads[0]].mean(axis=0) - centre
    quads[:-3] = _facing_from(points, quads[:-3], quads[0], outward)
    uvs = np.zeros((len(quads), 4, 2), np.float32)
    uvs[:] = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32) * 0.01
    return Cloth(
        points, quads.astype(np.int32), np.repeat(cloth.weights[nearest], 32, axis=0), np.full(len(quads), material, np.int32), uvs
    )


def _facing(points: np.ndarray, quads: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Quads, turned round if on the whole they face against ``way``."""
    a, b, c, d = (points[quads[:, k]] for k in range(4))
    return quads if np.cross(c - a, d - b).sum(axis=0) @ way > 0 else quads[:, ::-1]


def _facing_from(points: np.ndarray, quads: np.ndarray, first: np.ndarray, outward: np.ndarray) -> np.ndarray:
    a, b, c, d = points[first]
    return quads if np.cross(c - a, d - b) @ outward > 0 else quads[:, ::-1]
