"""Rocks with weight: a ball cut by random planes along its strata, weathered, broader below."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.normals import corner_normals
from ...geometry.shape import Finish
from ...scene import Mesh
from ..materials import ground


@lru_cache
def _sphere(levels: int) -> tuple[np.ndarray, np.ndarray]:
    """A subdivided icosahedron: (V, 3) unit vertices and (F, 3) triangles."""
    g = (1 + 5**0.5) / 2
    v = [(-1, g, 0), (1, g, 0), (-1, -g, 0), (1, -g, 0), (0, -1, g), (0, 1, g), (0, -1, -g), (0, 1, -g), (g, 0, -1), (g, 0, 1),
         (-g, 0, -1), (-g, 0, 1)]  # fmt: skip
    f = [(0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2), (10, 7, 6), (7, 1, 8),
         (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7),
         (9, 8, 1)]  # fmt: skip
    vertices, faces = np.array(v, float), np.array(f)
    for _ in range(levels):
        edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
        unique, inverse = np.unique(edges, axis=0, return_inverse=True)
        middle = vertices[unique].mean(axis=1)
        a, b, c = (inverse.reshape(-1)[k * len(faces) : (k + 1) * len(faces)] + len(vertices) for k in range(3))
        vertices = np.concatenate([vertices, middle])
        p, q, r = faces.T
        faces = np.concatenate([np.stack(t, axis=1) for t in ((p, a, c), (q, b, a), (r, c, b), (a, b, c))])
    return vertices / np.linalg.norm(vertices, axis=1, keepdims=True), faces


def rock_mesh(variant: int = 0, code: str = "#857d73", levels: int = 3, finish: Finish | None = None) -> Mesh:
    """A rock of about one metre, sunk a little into the ground at z = 0. Equal variants match at every level of detail."""
    rng = np.random.default_rng([7000, variant])
    direction, faces = _sphere(levels)
    size = rng.uniform(0.7, 1.25, 3) * (1.0, 0.85, 0.72)
    tilt = rng.normal(0, 0.18, 2)
    strata = np.array([tilt[0], tilt[1], 1.0])
    strata /= np.linalg.norm(strata)
    planes = rng.normal(0, 1, (13, 3))
    planes /= np.linalg.norm(planes, axis=1, keepdims=True)
    planes = np.concatenate([planes, strata[None], -strata[None]])
    away = np.concatenate([rng.uniform(0.62, 0.95, 13), rng.uniform(0.55, 0.8, 2)])
    wobble = sum(
        amount * np.sin(direction @ (rng.normal(0, 1, (3, 1)) * frequency) + rng.uniform(0, 6.28))[:, 0]
        for frequency, amount in ((2.2, 0.09), (4.5, 0.05), (9.0, 0.025), (17.0, 0.012), (26.0, 0.008))
    )
    radius = 1.0 + wobble
    facing = direction @ planes.T
    cut = np.where(facing > 0.05, away / np.maximum(facing, 0.05), 9.0).min(axis=1)
    softness = 14.0  # a smooth minimum: weathered edges
    radius = -np.log(np.exp(-softness * radius) + np.exp(-softness * cut)) / softness
    layer = np.sin((direction * radius[:, None]) @ strata * rng.uniform(14, 20)) * 0.014
    points = direction * (radius + layer)[:, None] * size * 0.62
    points[:, 2] += 0.42 * size[2] * 0.62
    below = points[:, 2] < 0
    points[below, :2] *= 1.0 + 0.12 * np.clip(-points[below, 2:], 0, 1)
    corners = faces.ravel()
    sizes = np.full(len(faces), 3)
    normals = corner_normals(points, corners, sizes, 0.7)
    stone = finish or ground.rock(code)
    uvs = _box_uvs(points, corners, sizes) / stone.tile * 1.6
    return Mesh(
        f"Rock {variant + 1}", points, corners, sizes, uvs=uvs, normals=normals.astype(np.float32),
        materials=[stone.material], material_index=np.zeros(len(faces), np.int32), part_names=["rock"],
        part=np.zeros(len(faces), np.int32), smooth=np.ones(len(faces), bool),
    )  # fmt: skip


def _box_uvs(points: np.ndarray, corners: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """(C, 2) metres, each face projected along its main axis."""
    triangles = points[corners].reshape(-1, 3, 3)
    axis = np.abs(np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])).argmax(axis=1)
    first, second = np.array([1, 0, 0])[axis], np.array([2, 2, 1])[axis]
    rows = np.arange(len(axis))[:, None]
    corner = np.arange(3)[None]
    uvs = np.stack([triangles[rows, corner, first[:, None]], triangles[rows, corner, second[:, None]]], axis=2)
    return uvs.reshape(-1, 2).astype(np.float32)
