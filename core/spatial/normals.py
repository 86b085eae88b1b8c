"""Normals for points that come without."""

from __future__ import annotations

import numpy as np

from .neighbours import nearest

BLOCK = 100_000  # points whose planes are fitted together


def estimate_normals(positions: np.ndarray, k: int = 12) -> np.ndarray:
    """(N, 3) float32 unit normals of ``positions`` (N, 3): of the plane through each point's ``k`` nearest (Hoppe et al. 1992).

    They point outward as far as that can be told: the outermost point's does, and its neighbours' follow it over the surface.
    """
    positions = np.asarray(positions, np.float32)
    if len(positions) < 3:
        return np.tile(np.array([0, 0, 1], np.float32), (len(positions), 1))
    _, near = nearest(positions, positions, min(k, len(positions)))
    normals = np.empty_like(positions)
    for start in range(0, len(positions), BLOCK):
        around = positions[near[start : start + BLOCK]]
        around = (around - around.mean(axis=1, keepdims=True)).astype(np.float64)
        _, axes = np.linalg.eigh(np.einsum("nki,nkj->nij", around, around))
        normals[start : start + BLOCK] = axes[:, :, 0]  # the direction in which the neighbours lie flattest
    _orient(normals, near, positions - positions.mean(axis=0))
    return normals


def _orient(normals: np.ndarray, near: np.ndarray, offsets: np.ndarray) -> None:
    """Turns ``normals`` in place: each to agree with those of the ring before it."""
    outermost_first = np.argsort(-np.einsum("ij,ij->i", offsets, offsets), kind="stable")
    known = np.zeros(len(normals), bool)
    for start in outermost_first:
        if known[start]:
            continue  # each piece of a cloud in several pieces has a start of its own
        if normals[start] @ offsets[start] < 0:
            normals[start] *= -1
        known[start] = True
        ring = np.array([start])
        while len(ring):
            behind, ahead = np.repeat(ring, near.shape[1]), near[ring].ravel()
            fresh = ~known[ahead]
            ring, place = np.unique(ahead[fresh], return_inverse=True)
            around = np.zeros((len(ring), 3), np.float32)
            np.add.at(around, place, normals[behind[fresh]])
            normals[ring[np.einsum("ij,ij->i", around, normals[ring]) < 0]] *= -1
            known[ring] = True
