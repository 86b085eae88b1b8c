"""A clip played on a body: joints, and skin by linear blend skinning, exactly as Blender evaluates them."""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from ..body import BodyShape
from .kinematics import joints, matrices, world_of_local


def posed(shape: BodyShape, clip: Clip) -> tuple[np.ndarray, np.ndarray]:
    """(T, B, 3, 3) world deltas and (T, B, 3) joint positions of every frame."""
    local = matrices(clip.rotations.astype(float))
    bones = len(shape.pack.bone_names)
    world = world_of_local(shape.pack.bone_parents, shape.rest.astype(float), local[:, :bones])
    offsets = np.zeros((len(world), bones, 3))
    offsets[:, 0] = clip.root_offset
    for name, offset in clip.offsets.items():
        offsets[:, shape.pack.bone(name)] += offset
    return world, joints(shape.pack.bone_parents, shape.heads, world, offsets)


def deform(shape: BodyShape, world: np.ndarray, positions: np.ndarray, chosen: np.ndarray | None = None) -> np.ndarray:
    """(..., V, 3) float32: vertices posed by linear blend skinning.

    Args:
        world, positions: (..., B, 3, 3) and (..., B, 3), of one frame or of many.
        chosen: (V,) which vertices (numbers, or a mask); None is all.
    """
    pick = slice(None) if chosen is None else chosen
    vertices, indices, weights = shape.vertices[pick], shape.pack.joints[pick], shape.pack.weights[pick]
    offsets = positions - np.einsum("...bij,bj->...bi", world, shape.heads)
    result = np.zeros((*world.shape[:-3], len(indices), 3))
    for slot in range(indices.shape[1]):
        bone = indices[:, slot]
        moved = np.einsum("...vij,vj->...vi", world[..., bone, :, :], vertices) + offsets[..., bone, :]
        result += weights[:, slot, None] * moved
    return result.astype(np.float32)
