"""One-click cures of what a preflight finds. They change the artist's objects, and so are undone in one step."""

from __future__ import annotations

import bmesh
import bpy
import numpy as np

from ..core.errors import WorldwrightError
from ..core.game.findings import Finding
from ..reading.meshes import read_mesh
from ..writing.meshes import write_mesh


def fix(context: bpy.types.Context, finding: Finding) -> None:
    """Carries out the finding's fix. Raises WorldwrightError when it has none or what it is about is gone."""
    if finding.fix == "units":
        context.scene.unit_settings.scale_length = 1.0
        return
    target = bpy.data.objects.get(finding.thing)
    if finding.fix not in FIXES or target is None:
        raise WorldwrightError(f"“{finding.thing}” cannot be cured by a click.", finding.cure)
    if target.library is not None or target.data.library is not None:
        raise WorldwrightError(f"“{finding.thing}” is linked from another file.", "Make it local first.")
    FIXES[finding.fix](context, target)


def _scale(context: bpy.types.Context, target: bpy.types.Object) -> None:
    if target.data.users > 1:
        target.data = target.data.copy()
    with context.temp_override(active_object=target, object=target, selected_objects=[target], selected_editable_objects=[target]):
        bpy.ops.object.transform_apply(location=False, rotation=False, scale=True)


def _unwrap(context: bpy.types.Context, target: bpy.types.Object) -> None:
    for other in context.selected_objects:
        other.select_set(False)
    target.select_set(True)
    context.view_layer.objects.active = target
    bpy.ops.object.mode_set(mode="EDIT")
    bpy.ops.mesh.select_all(action="SELECT")
    bpy.ops.uv.smart_project(angle_limit=1.15, island_margin=0.005)
    bpy.ops.object.mode_set(mode="OBJECT")


def _normals(context: bpy.types.Context, target: bpy.types.Object) -> None:
    work = bmesh.new()
    work.from_mesh(target.data)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(target.data)
    work.free()


def _influences(context: bpy.types.Context, target: bpy.types.Object) -> None:
    for vertex in target.data.vertices:
        strongest = sorted(((group.weight, group.group) for group in vertex.groups), reverse=True)
        total = sum(weight for weight, _ in strongest[:4]) or 1.0
        for number, (weight, index) in enumerate(strongest):
            if number < 4:
                target.vertex_groups[index].add([vertex.index], weight / total, "REPLACE")
            else:
                target.vertex_groups[index].remove([vertex.index])


def _weights(context: bpy.types.Context, target: bpy.types.Object) -> None:
    """Vertices without weights take those of the nearest vertex that has some."""
    armature = next(m.object for m in target.modifiers if m.type == "ARMATURE" and m.object is not None)
    bones = {bone.name for bone in armature.data.bones}
    groups = {group.index for group in target.vertex_groups if group.name in bones}
    have = np.array([any(g.group in groups and g.weight > 1e-5 for g in vertex.groups) for vertex in target.data.vertices])
    if not have.any():
        raise WorldwrightError(f"No vertex of “{target.name}” follows a bone.", "Parent it with Automatic Weights.")
    places = np.array([vertex.co for vertex in target.data.vertices])
    sources = np.flatnonzero(have)
    for index in np.flatnonzero(~have):
        source = sources[np.square(places[sources] - places[index]).sum(axis=1).argmin()]
        for group in target.data.vertices[source].groups:
            if group.group in groups:
                target.vertex_groups[group.group].add([int(index)], group.weight, "REPLACE")


def _hull(context: bpy.types.Context, target: bpy.types.Object) -> None:
    from ..core.game.collider import hull

    target.data = write_mesh(hull(read_mesh(target.data, [], target.data.name)), [])


FIXES = {"scale": _scale, "unwrap": _unwrap, "normals": _normals, "influences": _influences, "weights": _weights, "hull": _hull}
