"""Skeleton → armature object."""

from __future__ import annotations

import bpy

from ..core.scene import Skeleton


def fill_armature(context: bpy.types.Context, target: bpy.types.Object, skeleton: Skeleton) -> None:
    """Gives the armature object, which must be visible in the view layer, its bones in rest pose."""
    context.view_layer.objects.active = target
    bpy.ops.object.mode_set(mode="EDIT")  # edit bones exist only there
    try:
        bones = target.data.edit_bones
        for index, name in enumerate(skeleton.names):
            bone = bones.new(name)
            bone.head, bone.tail = skeleton.heads[index], skeleton.tails[index]
            bone.align_roll(skeleton.z_axes[index])
            if skeleton.parents[index] >= 0:
                bone.parent = bones[skeleton.names[skeleton.parents[index]]]
    finally:
        bpy.ops.object.mode_set(mode="OBJECT")
    target.data.display_type = "STICK"
    target.show_in_front = True
    for bone in target.pose.bones:
        bone.rotation_mode = "QUATERNION"
