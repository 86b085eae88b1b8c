"""Armatures of a copy get scale 1, with everything that hangs on them staying where it is: a scale leaks into bind poses."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
from mathutils import Matrix


def unscale_rigs() -> None:
    """Applies the scale of every armature object to its bones, its meshes and the moves of its bones."""
    bpy.context.view_layer.update()
    rigs = [target for target in bpy.context.scene.objects if target.type == "ARMATURE"]
    factors: dict[bpy.types.Action, float] = {}
    for rig in rigs:
        place, turn, scale = rig.matrix_world.decompose()
        if max(abs(part - 1) for part in scale) < 1e-5 or rig.data.users > 1:
            continue
        before = rig.matrix_world.copy()
        after = Matrix.LocRotScale(place, turn, None)
        grow = after.inverted() @ before
        kept = {child: child.matrix_world.copy() for child in bpy.context.scene.objects if child.parent == rig}
        rig.data.transform(grow)
        rig.parent = None
        rig.matrix_basis = after
        bpy.context.view_layer.update()
        for child, world in kept.items():
            child.matrix_world = world
        mean = sum(scale) / 3
        factors |= dict.fromkeys(actions_of(rig), mean)
    for action, factor in factors.items():
        for curve in curves_of(action):
            if curve.data_path.endswith("].location"):
                for key in curve.keyframe_points:
                    for point in (key.co, key.handle_left, key.handle_right):
                        point[1] *= factor
    bpy.context.view_layer.update()
    for target in bpy.context.scene.objects:
        if target.type == "MESH" and target.parent in rigs and target.parent_type == "OBJECT" and target.find_armature():
            _settle(target)


def _settle(target: bpy.types.Object) -> None:
    """Moves a skinned mesh's own transform into its vertices, so that it stands where its armature does."""
    local = target.parent.matrix_world.inverted() @ target.matrix_world
    if max(abs(local[i][j] - (i == j)) for i in range(4) for j in range(4)) < 1e-6:
        return
    if target.data.users > 1:
        target.data = target.data.copy()
    target.data.transform(local, shape_keys=True)
    if local.determinant() < 0:
        target.data.flip_normals()
    target.matrix_parent_inverse = Matrix()
    target.matrix_basis = Matrix()


def actions_of(rig: bpy.types.ID) -> set[bpy.types.Action]:
    """The actions that an object, or the shape keys of one, plays or has in tracks."""
    data = rig.animation_data
    if data is None:
        return set()
    found = {strip.action for track in data.nla_tracks for strip in track.strips if strip.action is not None}
    return found | ({data.action} if data.action is not None else set())


def curves_of(action: bpy.types.Action) -> Iterator[bpy.types.FCurve]:
    """All curves of an action, whatever it moves."""
    for layer in action.layers:
        for strip in layer.strips:
            for bag in strip.channelbags:
                yield from bag.fcurves
