"""Clip → action, kept in a muted NLA track of the clip's name: that is where exporters and artists look for it."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils import Euler, Quaternion

from ..core.scene import Clip, Skeleton


def write_action(
    armature: bpy.types.Object, skeleton: Skeleton, clip: Clip, frames_per_second: float, only: frozenset[str] | None = None
) -> bpy.types.Action:
    """An action of the clip for the armature, from frame 0, at the scene's ``frames_per_second``.

    Every bone is keyed (or of these ``only``), so that no clip inherits another's pose, in the bone's own rotation mode; a
    channel that never moves gets one key.
    """
    action = bpy.data.actions.new(clip.name)
    slot = action.slots.new(id_type="OBJECT", name=armature.name)
    channels = action.layers.new("Layer").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    frames = np.arange(len(clip.rotations)) * (frames_per_second / clip.fps)
    root = int(np.flatnonzero(np.asarray(skeleton.parents) < 0)[0])
    for index, name in enumerate(skeleton.names):
        if only is not None and name not in only:
            continue
        group = channels.groups.new(name)
        path = f'pose.bones["{bpy.utils.escape_identifier(name)}"]'
        _write_rotation(
            channels, group, path, armature.pose.bones[name].rotation_mode, frames, _continuous(clip.rotations[:, index])
        )
        offset = clip.root_offset if index == root else clip.offsets.get(name)
        if offset is not None:
            rest = np.array(armature.data.bones[name].matrix_local.to_3x3())
            _write_curves(channels, group, f"{path}.location", frames, np.asarray(offset) @ rest)
    action.use_frame_range = True
    action.frame_start, action.frame_end = 0.0, float(frames[-1]) if len(frames) else 0.0
    action.use_cyclic = clip.loop
    _stash(armature, action, slot, clip.name)
    return action


def write_units(armature: bpy.types.Object, action: bpy.types.Action, clip: Clip, frames_per_second: float) -> int:
    """Keys the clip's face units on every mesh that follows the armature and has them, in slots of the same action.

    One action, so that exporters and artists find a face's motion under the body's name. Returns how many meshes it moves.
    """
    moved = 0
    strip = action.layers[0].strips[0]
    for mesh in faces_of(armature):
        keys = mesh.data.shape_keys
        known = [name for name in clip.units if name in keys.key_blocks]
        if not known:
            continue
        slot = action.slots.new(id_type="KEY", name=keys.name)
        channels = strip.channelbag(slot, ensure=True)
        group = channels.groups.new("Face")
        for name in known:
            values = np.asarray(clip.units[name])
            frames = np.arange(len(values)) * (frames_per_second / clip.fps)
            path = f'key_blocks["{bpy.utils.escape_identifier(name)}"].value'
            _write_curves(channels, group, path, frames, values[:, None], scalar=True)
        _stash(keys, action, slot, clip.name)
        moved += 1
    return moved


def faces_of(armature: bpy.types.Object) -> list[bpy.types.Object]:
    """The meshes with shape keys that follow an armature; of meshes shared by several objects, the first."""
    found: dict[bpy.types.Mesh, bpy.types.Object] = {}
    for target in bpy.data.objects:
        if target.type == "MESH" and target.data.shape_keys is not None and target.find_armature() == armature:
            found.setdefault(target.data, target)
    return list(found.values())


def _write_rotation(
    channels: bpy.types.ActionChannelbag,
    group: bpy.types.ActionGroup,
    path: str,
    mode: str,
    frames: np.ndarray,
    rotations: np.ndarray,
) -> None:
    """Curves of (T, 4) quaternions in the bone's rotation mode."""
    if mode == "QUATERNION":
        _write_curves(channels, group, f"{path}.rotation_quaternion", frames, rotations)
        return
    turns = [Quaternion(rotation) for rotation in rotations]
    if mode == "AXIS_ANGLE":
        values = np.array([[turn.angle, *turn.axis] for turn in turns])
        _write_curves(channels, group, f"{path}.rotation_axis_angle", frames, values)
        return
    eulers: list[Euler] = []
    for turn in turns:  # each near the one before, or curves would jump by whole turns
        eulers.append(turn.to_euler(mode, eulers[-1]) if eulers else turn.to_euler(mode))
    _write_curves(channels, group, f"{path}.rotation_euler", frames, np.array(eulers))


def share(armature: bpy.types.Object, action: bpy.types.Action, name: str) -> None:
    """Gives the armature another's action too, in a track of the clip's name; its bones must have the same names and rest."""
    _stash(armature, action, action.slots[0], name)


def play(armature: bpy.types.Object, action: bpy.types.Action) -> None:
    """Makes ``action`` the one that moves the armature. Assigning an action does not always choose its slot."""
    before = armature.animation_data.action
    if before is not None and before.users <= 1:
        before.use_fake_user = True  # nothing else holds it: it would be gone with the file's next saving
    armature.animation_data.action = action
    armature.animation_data.action_slot = action.slots[0]
    if len(action.slots) > 1 or (before is not None and len(before.slots) > 1):
        _play_face(armature, action)


def _play_face(armature: bpy.types.Object, action: bpy.types.Action) -> None:
    """The faces move with ``action`` where it has them, and rest otherwise."""
    for mesh in faces_of(armature):
        keys = mesh.data.shape_keys
        slot = action.slots.get(f"KE{keys.name}")
        if slot is not None:
            (keys.animation_data or keys.animation_data_create()).action = action
            keys.animation_data.action_slot = slot
        elif keys.animation_data is not None and keys.animation_data.action is not None:
            _come_to_rest(keys)


def _come_to_rest(keys: bpy.types.Key) -> None:
    """Ends what moves a face, and leaves it as it ends and not as it is by chance now."""
    before, slot = keys.animation_data.action, keys.animation_data.action_slot
    keys.animation_data.action = None
    channels = before.layers[0].strips[0].channelbag(slot) if slot is not None and before.layers else None
    for curve in channels.fcurves if channels is not None else []:
        name = curve.data_path.partition('"')[2].rpartition('"')[0]
        if name in keys.key_blocks:
            keys.key_blocks[name].value = curve.evaluate(before.frame_range[1])


def _stash(owner: bpy.types.ID, action: bpy.types.Action, slot: bpy.types.ActionSlot, name: str) -> None:
    track = (owner.animation_data or owner.animation_data_create()).nla_tracks.new()
    track.name = name
    strip = track.strips.new(name, 0, action)
    strip.action_slot = slot
    track.mute = True


def _write_curves(
    channels: bpy.types.ActionChannelbag,
    group: bpy.types.ActionGroup,
    path: str,
    frames: np.ndarray,
    values: np.ndarray,
    scalar: bool = False,
) -> None:
    """Linear curves of (T, n) ``values``; ``scalar``: the path is a number and not the place of n of them."""
    for axis in range(values.shape[1]):
        moving = np.ptp(values[:, axis]) > 1e-6
        keys = np.stack([frames, values[:, axis]], axis=1)[: None if moving else 1]
        curve = channels.fcurves.new(path) if scalar else channels.fcurves.new(path, index=axis)
        curve.group = group
        curve.keyframe_points.add(len(keys))
        curve.keyframe_points.foreach_set("co", keys.astype(np.float32).ravel())
        curve.keyframe_points.foreach_set("interpolation", np.full(len(keys), 1, np.int32))  # 1: linear, as sampled
        curve.update()


def _continuous(rotations: np.ndarray) -> np.ndarray:
    """(T, 4) quaternions in one hemisphere after the other, so that component-wise interpolation takes the short way."""
    turned = np.sum(rotations[1:] * rotations[:-1], axis=1) < 0
    signs = np.where(np.cumsum(turned) % 2, -1.0, 1.0)
    return np.concatenate([rotations[:1], rotations[1:] * signs[:, None]])
