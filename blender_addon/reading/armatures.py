"""Armature and action → skeleton and clip, by what Blender evaluates: constraints, drivers and NLA included."""

from __future__ import annotations

from collections.abc import Generator

import bpy
import numpy as np

from ..core.errors import WorldwrightError
from ..core.scene import Clip, Skeleton

MAX_FRAMES = 20_000


def read_skeleton(armature: bpy.types.Object, leave_out: frozenset[str] = frozenset()) -> Skeleton:
    """The armature's bones at rest, parents first, in the armature's own space, without those called as in ``leave_out``.

    Raises WorldwrightError for an armature without bones.
    """
    bones = sorted(
        (bone for bone in armature.data.bones if bone.name not in leave_out), key=lambda bone: len(bone.parent_recursive)
    )
    if not bones:
        raise WorldwrightError(f"The armature “{armature.name}” has no bones.")
    number = {bone.name: index for index, bone in enumerate(bones)}
    parents = [number.get(bone.parent.name, -1) if bone.parent else -1 for bone in bones]
    return Skeleton(
        armature.name,
        [bone.name for bone in bones],
        np.array(parents, np.int32),
        np.array([bone.head_local for bone in bones], np.float32),
        np.array([bone.tail_local for bone in bones], np.float32),
        np.array([bone.matrix_local.to_3x3().col[2] for bone in bones], np.float32),
    )


def action_frames(action: bpy.types.Action) -> tuple[int, int]:
    """The first and last whole frame of an action. Raises WorldwrightError when it is empty or too long."""
    start, end = (round(value) for value in action.frame_range)
    if end <= start:
        raise WorldwrightError(f"The action “{action.name}” has no motion.", "Choose an action of more than one frame.")
    if end - start > MAX_FRAMES:
        raise WorldwrightError(f"The action “{action.name}” has {end - start:,} frames; at most {MAX_FRAMES:,} are read.")
    return start, end


def read_clip(
    context: bpy.types.Context,
    armature: bpy.types.Object,
    skeleton: Skeleton,
    frames: tuple[int, int],
    name: str,
    cyclic: bool = False,
) -> Generator[float, None, Clip]:
    """What the armature's pose is, frame by frame, as it is animated now. The scene's frame is put back.

    Yields the fraction done, every frame; returns the clip.
    """
    scene, before = context.scene, context.scene.frame_current
    count = frames[1] - frames[0] + 1
    pose = np.empty((count, len(skeleton.names), 4, 4))
    try:
        for row in range(count):
            scene.frame_set(frames[0] + row)
            for bone, bone_name in enumerate(skeleton.names):
                pose[row, bone] = armature.pose.bones[bone_name].matrix
            yield row / count
    finally:
        scene.frame_set(before)
    return _clip(skeleton, pose, name, scene.render.fps / scene.render.fps_base, cyclic)


def _clip(skeleton: Skeleton, pose: np.ndarray, name: str, fps: float, cyclic: bool) -> Clip:
    """The clip of (T, B, 4, 4) pose matrices in the armature's space."""
    from ..core.characters.motion.kinematics import local_of_world, quaternions, unit

    rest = _rest(skeleton)
    turned = pose[..., :3, :3]
    x = unit(turned[..., 0])
    y = unit(turned[..., 1] - (turned[..., 1] * x).sum(axis=-1, keepdims=True) * x)
    world = np.stack([x, y, np.cross(x, y)], axis=-1) @ np.swapaxes(rest, -1, -2)
    place = pose[..., :3, 3]
    heads, offsets, root = skeleton.heads.astype(float), {}, np.zeros((len(pose), 3))
    for bone, parent in enumerate(skeleton.parents):
        if parent < 0:
            moved = place[:, bone] - heads[bone]
        else:
            moved = np.einsum("tji,tj->ti", world[:, parent], place[:, bone] - place[:, parent]) - (heads[bone] - heads[parent])
        if np.abs(moved).max() > 1e-5:
            offsets[skeleton.names[bone]] = moved.astype(np.float32)
    first = skeleton.names[int(np.flatnonzero(skeleton.parents < 0)[0])]
    root = offsets.pop(first, root.astype(np.float32))
    local = quaternions(local_of_world(skeleton.parents, rest, world)).astype(np.float32)
    loop = cyclic or (len(local) > 2 and float(np.abs(np.abs((local[0] * local[-1]).sum(axis=-1)) - 1).max()) < 2e-4)
    return Clip(name, fps, local, root, loop, offsets)


def _rest(skeleton: Skeleton) -> np.ndarray:
    """(B, 3, 3) rest frames."""
    from ..core.characters.motion.kinematics import unit

    y = unit((skeleton.tails - skeleton.heads).astype(float))
    z = skeleton.z_axes.astype(float)
    z = unit(z - (z * y).sum(axis=1, keepdims=True) * y)
    return np.stack([np.cross(y, z), y, z], axis=2)
