"""A control rig over any humanoid armature: IK hands and feet with pole targets, and a point to look at.

Deform bones keep their names, rest pose and parents; they get constraints that follow new bones, which deform nothing, lie in a
bone collection of their own and can be taken away again.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ..core.errors import WorldwrightError
from ..core.scene import Skeleton
from ..reading.armatures import read_skeleton

if TYPE_CHECKING:
    from ..core.characters.retarget import Mapping

PREFIX = "CTRL-"
COLLECTION = "Controls"
MARK = "worldwright_control"  # custom property of constraints' owners' bones: none; of control bones: what they steer
CONSTRAINT = "Worldwright Control"
SIDES = {"l": "L", "r": "R"}
HEAD_FOLLOWS = 0.6  # how far the head turns to what is looked at


@dataclass
class Limb:
    """One limb's bones by name and what steers it."""

    upper: str
    lower: str
    end: str
    control: str
    pole: str


def has_controls(armature: bpy.types.Object) -> bool:
    """Whether the armature has this control rig."""
    return any(bone.get(MARK) for bone in armature.data.bones)


def control_names(armature: bpy.types.Object) -> frozenset[str]:
    """Names of the control bones."""
    return frozenset(bone.name for bone in armature.data.bones if bone.get(MARK))


def add_controls(context: bpy.types.Context, armature: bpy.types.Object) -> list[Limb]:
    """Adds the control rig. Raises WorldwrightError when there is one, or the skeleton is not a person's."""
    if has_controls(armature):
        raise WorldwrightError(f"“{armature.name}” has a control rig already.")
    if armature.library or armature.data.library:
        raise WorldwrightError(f"“{armature.name}” is linked from another file.", "Make it local first.")
    skeleton = read_skeleton(armature)
    from ..core.characters.retarget import map_rig, rig_of  # enabling the extension must be quick

    mapping = map_rig(rig_of(skeleton))
    limbs = _limbs(skeleton, mapping)
    eyes = [skeleton.names[mapping.roles[role]] for role in ("eye_l", "eye_r") if role in mapping.roles]
    head = skeleton.names[mapping.roles["head"]] if "head" in mapping.roles else ""
    _make_bones(context, armature, skeleton, mapping, limbs, head)
    _dress(armature)
    for limb in limbs:
        _constrain(armature, limb)
    if head:
        _look(armature, mapping, head, HEAD_FOLLOWS)
        for eye in eyes:
            _look(armature, mapping, eye, 1.0)
    return limbs


def _limbs(skeleton: Skeleton, mapping: Mapping) -> list[Limb]:
    limbs = []
    for kind, parts in (("hand", ("upperarm", "lowerarm", "hand")), ("foot", ("thigh", "calf", "foot"))):
        for side, letter in SIDES.items():
            if all(f"{part}_{side}" in mapping.roles for part in parts):
                names = [skeleton.names[mapping.roles[f"{part}_{side}"]] for part in parts]
                pole = "elbow" if kind == "hand" else "knee"
                limbs.append(Limb(*names, f"{PREFIX}{kind}.{letter}", f"{PREFIX}{pole}.{letter}"))
    return limbs


def _make_bones(
    context: bpy.types.Context, armature: bpy.types.Object, skeleton: Skeleton, mapping: Mapping, limbs: list[Limb], head: str
) -> None:
    """Control bones, hung on the skeleton's root so that they travel along."""
    before = context.view_layer.objects.active
    context.view_layer.objects.active = armature
    mirror, armature.data.use_mirror_x = armature.data.use_mirror_x, False
    bpy.ops.object.mode_set(mode="EDIT")
    try:
        bones = armature.data.edit_bones
        top = bones[skeleton.names[int(np.flatnonzero(skeleton.parents < 0)[0])]]
        top = None if top.name == skeleton.names[mapping.roles["pelvis"]] else top
        made: dict[str, str] = {}
        for limb in limbs:
            lower, end = bones[limb.lower], bones[limb.end]
            control = _new(bones, limb.control, lower.tail, lower.tail + (end.tail - end.head), top)
            control.roll = end.roll
            where = _pole(skeleton, mapping, limb)
            _new(bones, limb.pole, where, where + Vector(mapping.turn[2].tolist()) * 0.08 * mapping.leg, top)
            made |= {limb.control: limb.end, limb.pole: limb.lower}
        if head:
            forward = Vector((-mapping.turn[1]).tolist())
            eyes = [bones[skeleton.names[mapping.roles[role]]].head for role in ("eye_l", "eye_r") if role in mapping.roles]
            start = sum(eyes, Vector()) / len(eyes) if eyes else (bones[head].head + bones[head].tail) / 2
            where = start + forward * 1.3 * mapping.leg
            _new(bones, f"{PREFIX}look", where, where + forward * 0.1 * mapping.leg, top)
            made[f"{PREFIX}look"] = head
    finally:
        bpy.ops.object.mode_set(mode="OBJECT")
        armature.data.use_mirror_x = mirror
        context.view_layer.objects.active = before
    for name, steers in made.items():
        armature.data.bones[name][MARK] = steers


def _new(
    bones: bpy.types.ArmatureEditBones, name: str, head: Vector, tail: Vector, parent: bpy.types.EditBone | None
) -> bpy.types.EditBone:
    bone = bones.new(name)
    bone.head, bone.tail = head, tail
    bone.use_deform = False
    bone.parent = parent
    return bone


def _pole(skeleton: Skeleton, mapping: Mapping, limb: Limb) -> Vector:
    """Where the pole target rests: beyond the joint, in the direction it bends; knees forwards."""
    at = {name: skeleton.heads[skeleton.names.index(name)].astype(float) for name in (limb.upper, limb.lower, limb.end)}
    span = at[limb.end] - at[limb.upper]
    along = span / np.linalg.norm(span)
    bend = at[limb.lower] - at[limb.upper]
    bend = bend - (bend @ along) * along
    wanted = mapping.turn[1] if "elbow" in limb.pole else -mapping.turn[1]
    wanted = wanted - (wanted @ along) * along
    bend = bend + 0.05 * np.linalg.norm(span) * wanted if "elbow" in limb.pole else wanted
    return Vector((at[limb.lower] + bend / np.linalg.norm(bend) * 0.55 * mapping.leg).tolist())


def _constrain(armature: bpy.types.Object, limb: Limb) -> None:
    pose = armature.pose.bones
    reach = pose[limb.lower].constraints.new("IK")
    reach.name = CONSTRAINT
    reach.target = reach.pole_target = armature
    reach.subtarget, reach.pole_subtarget = limb.control, limb.pole
    above = [bone.name for bone in pose[limb.lower].parent_recursive]
    reach.chain_count = above.index(limb.upper) + 2
    reach.pole_angle = _pole_angle(armature, limb)
    follow = pose[limb.end].constraints.new("COPY_ROTATION")
    follow.name = CONSTRAINT
    follow.target, follow.subtarget = armature, limb.control
    follow.target_space = follow.owner_space = "POSE"


def _pole_angle(armature: bpy.types.Object, limb: Limb) -> float:
    """The angle that leaves the rest pose as it is: between the upper bone's X and the plane of the pole."""
    bones = armature.data.bones
    base, lower, pole = bones[limb.upper], bones[limb.lower], bones[limb.pole].head_local
    normal = (lower.tail_local - base.head_local).cross(pole - base.head_local)
    along = base.tail_local - base.head_local
    axis = normal.cross(along)
    x = base.matrix_local.to_3x3().col[0]
    angle = x.angle(axis)
    return -angle if x.cross(axis).dot(along) > 0 else angle  # Blender turns a pole angle against the bone's axis


def _look(armature: bpy.types.Object, mapping: Mapping, name: str, influence: float) -> None:
    """The bone's axis that points forwards follows the look target."""
    rest = armature.data.bones[name].matrix_local.to_3x3()
    forward = Vector((-mapping.turn[1]).tolist())
    shares = [rest.col[axis].dot(forward) for axis in range(3)]
    axis = int(np.argmax(np.abs(shares)))
    track = armature.pose.bones[name].constraints.new("DAMPED_TRACK")
    track.name = CONSTRAINT
    track.target, track.subtarget = armature, f"{PREFIX}look"
    track.track_axis = f"TRACK_{'NEGATIVE_' if shares[axis] < 0 else ''}{'XYZ'[axis]}"
    track.influence = influence


def _dress(armature: bpy.types.Object) -> None:
    """Shapes, colours and the collection of the control bones."""
    collection = armature.data.collections.get(COLLECTION) or armature.data.collections.new(COLLECTION)
    colors = {"L": "THEME04", "R": "THEME01"}
    for name in sorted(control_names(armature)):
        bone, pose = armature.data.bones[name], armature.pose.bones[name]
        collection.assign(bone)
        kind = "sphere" if any(word in name for word in ("elbow", "knee", "look")) else "box"
        pose.custom_shape = _shape(kind)
        pose.use_custom_shape_bone_size = False
        size = armature.data.bones[name].length
        size = max(size, 1e-3) * (0.45 if kind == "sphere" else 0.9)
        pose.custom_shape_scale_xyz = (size, size, size)
        bone.color.palette = colors.get(name.rsplit(".", 1)[-1], "THEME09")
        pose.rotation_mode = "QUATERNION"


def _shape(kind: str) -> bpy.types.Object:
    """A wire object that control bones are drawn as; it lies in no scene."""
    name = f"Worldwright {kind} shape"
    if name in bpy.data.objects:
        return bpy.data.objects[name]
    mesh = bpy.data.meshes.new(name)
    if kind == "box":
        corners = [(x, y, z) for x in (-0.35, 0.35) for y in (0.0, 1.0) for z in (-0.35, 0.35)]
        edges = [
            (a, b) for a in range(8) for b in range(a) if sum(p != q for p, q in zip(corners[a], corners[b], strict=True)) == 1
        ]
    else:
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
        corners = np.concatenate([np.roll(ring, k, axis=1) for k in range(3)]).tolist()
        edges = [(24 * k + n, 24 * k + (n + 1) % 24) for k in range(3) for n in range(24)]
    mesh.from_pydata(corners, edges, [])
    return bpy.data.objects.new(name, mesh)


def follow_action(
    context: bpy.types.Context, armature: bpy.types.Object, limbs: list[Limb], frames: tuple[int, int]
) -> Generator[float, None, None]:
    """Keys the controls of the current action, in a copy of it, so that it goes on as it was. The original is kept.

    Yields the fraction done.
    """
    scene, before = context.scene, context.scene.frame_current
    data = armature.animation_data
    old = data.action
    old.use_fake_user = True
    data.action = old.copy()
    data.action.name = f"{old.name} controlled"
    data.action_slot = data.action.slots[0]
    data.action.use_fake_user = True
    _mute(armature, True)
    rest = {
        name: armature.data.bones[name].matrix_local.copy()
        for limb in limbs
        for name in (limb.end, limb.control, limb.lower, limb.pole)
    }
    keys: dict[str, list[Matrix]] = {name: [] for limb in limbs for name in (limb.control, limb.pole)}
    try:
        for frame in range(frames[0], frames[1] + 1):
            scene.frame_set(frame)
            for limb in limbs:
                pose = armature.pose.bones
                control = pose[limb.end].matrix @ rest[limb.end].inverted() @ rest[limb.control]
                control.translation = pose[limb.lower].tail
                keys[limb.control].append(control)
                keys[limb.pole].append(pose[limb.lower].matrix @ rest[limb.lower].inverted() @ rest[limb.pole])
            yield (frame - frames[0]) / (frames[1] - frames[0] + 1)
    finally:
        _mute(armature, False)
        scene.frame_set(before)
    for name, poses in keys.items():
        _key(armature, name, frames[0], poses)
    scene.frame_set(before)


def _key(armature: bpy.types.Object, name: str, start: int, poses: list[Matrix]) -> None:
    """Keys one control bone, whose parent is still in these poses, from matrices in the armature's space."""
    bone = armature.pose.bones[name]
    for number, matrix in enumerate(poses):
        parent = bone.parent
        if parent is not None:
            bpy.context.scene.frame_set(start + number)
        bone.matrix = matrix
        bone.keyframe_insert("location", frame=start + number, group=name)
        bone.keyframe_insert("rotation_quaternion", frame=start + number, group=name)


def _mute(armature: bpy.types.Object, muted: bool) -> None:
    for bone in armature.pose.bones:
        for constraint in bone.constraints:
            if constraint.name.startswith(CONSTRAINT):
                constraint.mute = muted


def remove_controls(context: bpy.types.Context, armature: bpy.types.Object) -> None:
    """Takes constraints and control bones away; what is left is the skeleton that was there before."""
    for bone in armature.pose.bones:
        for constraint in list(bone.constraints):
            if constraint.name.startswith(CONSTRAINT):
                bone.constraints.remove(constraint)
    names = control_names(armature)
    before = context.view_layer.objects.active
    context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    try:
        for name in names:
            armature.data.edit_bones.remove(armature.data.edit_bones[name])
    finally:
        bpy.ops.object.mode_set(mode="OBJECT")
        context.view_layer.objects.active = before
    collection = armature.data.collections.get(COLLECTION)
    if collection is not None and not collection.bones:
        armature.data.collections.remove(collection)
