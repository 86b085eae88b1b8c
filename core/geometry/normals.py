"""Shading normals of triangle-and-quad meshes."""

from __future__ import annotations

import numpy as np

SMOOTH_ANGLE = 0.96  # radians (55 degrees): a 45-degree bevel is smooth, a square edge is not


def face_vectors(vertices: np.ndarray, corners: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """(F, 3) normals whose length is the face's area; faces have 3 or 4 corners."""
    starts = np.cumsum(sizes) - sizes
    points = vertices[corners]
    fourth = points[np.where(sizes == 4, starts + 3, starts)]
    return 0.5 * np.cross(points[starts + 2] - points[starts], fourth - points[starts + 1])


def corner_normals(vertices: np.ndarray, corners: np.ndarray, sizes: np.ndarray, angle: float = SMOOTH_ANGLE) -> np.ndarray:
    """(C, 3) unit normals: at each corner the area-weighted mean of the faces there that turn by less than ``angle``.

    Weighting by area lets the large faces beside a bevel keep their own direction, so that a one-segment bevel reads as a
    round edge ("face-weighted normals").
    """
    vectors = face_vectors(vertices, corners, sizes)
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-20)
    face = np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(corners, kind="stable")
    counts = np.bincount(corners, minlength=len(vertices))
    here = counts[corners[order]]
    first = (np.cumsum(counts) - counts)[corners[order]]
    own = np.repeat(order, here)
    step = np.arange(len(own)) - np.repeat(np.cumsum(here) - here, here)
    other = order[np.repeat(first, here) + step]
    near = np.einsum("ij,ij->i", units[face[own]], units[face[other]]) > np.cos(angle)
    own, weight = own[near], vectors[face[other[near]]]
    total = np.stack([np.bincount(own, weight[:, k], minlength=len(corners)) for k in range(3)], axis=1)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(length > 1e-14, total / np.maximum(length, 1e-20), units[face])
