"""Which bones move a vertex: nearest flesh first, then diffused along the surface, so that nothing leaks through the air."""

from __future__ import annotations

import numpy as np

from ..scene import Skin
from .field import distance
from .grammar import Anatomy
from .surface import smoothed

ROUNDS_A_VERTEX = 10 / 9000  # a round spreads by one edge: coarse skins take fewer, so that small feet keep to their bone


def skin(anatomy: Anatomy, vertices: np.ndarray, graph: np.ndarray) -> Skin:
    """Weights of vertices (V, 3) with neighbours ``graph`` (V, K): at most four a vertex, summing to one."""
    rounds = min(max(round(ROUNDS_A_VERTEX * len(vertices)), 3), 10)
    names = [bone.name for bone in anatomy.bones]
    near = np.full((len(vertices), len(names)), np.inf, np.float32)
    for flesh in anatomy.flesh:
        bone = names.index(flesh.bone)
        # Deep inside several cones the middle line decides, not the surface.
        depth = distance(vertices, flesh)
        line = _line_distance(vertices, flesh.a, flesh.b) / (0.5 * (min(flesh.ra) + min(flesh.rb)))
        near[:, bone] = np.minimum(near[:, bone], np.maximum(depth, 0) * 4 + 0.15 * line * min(flesh.ra))
    weights = np.zeros_like(near)
    weights[np.arange(len(near)), near.argmin(axis=1)] = 1
    for _ in range(rounds):
        weights = 0.4 * weights + 0.6 * smoothed(weights, graph)
    return strongest(weights)


def strongest(weights: np.ndarray, count: int = 4) -> Skin:
    """The ``count`` largest of dense weights (V, B), normalised, trifles dropped."""
    joints = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    chosen = np.take_along_axis(weights, joints, axis=1)
    chosen = np.where(chosen < 0.01, 0, chosen)
    chosen /= np.maximum(chosen.sum(axis=1, keepdims=True), 1e-9)
    return Skin(np.where(chosen > 0, joints, 0).astype(np.int32), chosen.astype(np.float32))


def rigid(bone: int, count: int) -> Skin:
    """Every one of ``count`` vertices follows one bone."""
    joints = np.zeros((count, 4), np.int32)
    joints[:, 0] = bone
    return Skin(joints, np.tile(np.array((1, 0, 0, 0), np.float32), (count, 1)))


def _line_distance(points: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    axis = b - a
    t = np.clip((points - a) @ axis / max(axis @ axis, 1e-12), 0, 1)
    return np.linalg.norm(points - a - t[:, None] * axis, axis=1)
