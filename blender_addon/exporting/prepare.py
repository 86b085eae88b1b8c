"""Copies of the chosen objects made safe for engines, and Blender's glTF exporter with settings that keep them so."""

from __future__ import annotations

import json
from pathlib import Path

import bmesh
import bpy
import numpy as np
from mathutils import Matrix

from ..core.errors import WorldwrightError
from ..core.game.tangents import mend_directions
from ..writing.annotations import PROPERTY as ANNOTATION
from ..writing.instances import expand, is_instances
from ..writing.scene import PROPERTY
from .formats import glb_settings
from .glb import NO_GEOMETRY
from .proof import Measured, measure
from .rigs import unscale_rigs

MIRROR = Matrix.Diagonal((-1, 1, 1, 1))


def prepare(objects: Path, order: dict) -> tuple[Measured, list[str]]:
    """Fills an empty scene with the order's objects, ready for ``export``.

    Returns where everything was before it was made safe, and warnings in full sentences.
    """
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    scene.render.fps, scene.render.fps_base = order["frames_per_second"]
    if order["provenance"]:
        scene[PROPERTY] = json.dumps(order["provenance"], ensure_ascii=False)
    _append(objects, order["objects"])
    bpy.context.view_layer.update()
    for target in [target for target in scene.objects if is_instances(target)]:
        expand(target)
    warnings = _bake_geometry()
    warnings += _drop_empty()
    measured = measure()
    for mesh in {target.data for target in scene.objects if target.type == "MESH"}:
        _split_polygons(mesh)
    _unmirror()
    for target in scene.objects:
        _keep_actions(target)
    unscale_rigs()
    for target in scene.objects:
        for name in (PROPERTY, ANNOTATION):  # the scene carries it once
            if name in target:
                del target[name]
    bpy.context.view_layer.update()
    if not any(target.type == "MESH" or target.instance_collection for target in scene.objects):
        raise WorldwrightError("There is nothing to export: the chosen objects have no faces.")
    return measured, warnings


def export(path: Path) -> None:
    """Writes the scene to ``path``. Raises WorldwrightError with the exporter's reason when it fails."""
    try:
        bpy.ops.export_scene.gltf(filepath=str(path), **glb_settings())
    except RuntimeError as error:
        reason = str(error).strip().splitlines()
        raise WorldwrightError(f"Blender's glTF exporter failed: {reason[-1] if reason else error}.") from error
    mend_directions(path)


def _append(objects: Path, matrices: dict[str, list]) -> None:
    with bpy.data.libraries.load(str(objects)) as (_, wanted):
        wanted.objects = list(matrices)
    scene = bpy.context.scene
    chosen = [target for target in wanted.objects if target is not None]
    for target in chosen:
        scene.collection.objects.link(target)
        target.hide_viewport = False
    for target in chosen:
        if target.parent is not None and target.parent.name not in scene.objects:
            target.parent = None
            target.constraints.clear()
            target.matrix_basis = Matrix(matrices[target.name])


def _bake_geometry() -> list[str]:
    """Applies modifiers other than armatures, and turns curves, texts, surfaces and metaballs into meshes."""
    warnings = []
    posed = [m for target in bpy.context.scene.objects for m in target.modifiers if m.type == "ARMATURE" and m.show_viewport]
    work = []
    for target in bpy.context.scene.objects:
        modifiers = [m for m in target.modifiers if m.type != "ARMATURE" and m.show_viewport]
        if target.type in NO_GEOMETRY or (target.type == "MESH" and not modifiers):
            continue
        if target.type == "MESH" and target.data.shape_keys is not None:
            warnings.append(f"“{target.name}” has shape keys, so its other modifiers ({modifiers[0].name} …) were not applied.")
            continue
        if any(m.type == "NODES" for m in modifiers):
            target.modifiers.new("Realize", "NODES").node_group = _realize_instances()
        work.append(target)
    for modifier in posed:
        modifier.show_viewport = False
    depsgraph = bpy.context.evaluated_depsgraph_get()
    depsgraph.update()
    baked = []
    for target in work:
        evaluated = target.evaluated_get(depsgraph)
        mesh = bpy.data.meshes.new_from_object(evaluated, preserve_all_data_layers=True, depsgraph=depsgraph)
        baked.append((target, mesh))
    for modifier in posed:
        modifier.show_viewport = True
    for target, mesh in baked:
        mesh.name = target.data.name
        if target.type == "MESH":
            target.data = mesh
            for modifier in [m for m in target.modifiers if m.type != "ARMATURE"]:
                target.modifiers.remove(modifier)
        else:
            _replace(target, mesh)
    return warnings


def _replace(target: bpy.types.Object, mesh: bpy.types.Mesh) -> None:
    """A mesh object in the place of one that is not: an object cannot change its type."""
    name = target.name
    target.name = f"{name} (source)"
    new = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(new)
    new.parent, new.parent_type, new.parent_bone = target.parent, target.parent_type, target.parent_bone
    new.matrix_parent_inverse, new.matrix_basis = target.matrix_parent_inverse.copy(), target.matrix_basis.copy()
    for key in target.keys():
        new[key] = target[key]
    for child in target.children:
        child.parent = new
    bpy.data.objects.remove(target)


def _realize_instances() -> bpy.types.NodeTree:
    """A node group that turns instances into real geometry; the exporter would leave them out."""
    found = bpy.data.node_groups.get("Worldwright Realize")
    if found is not None:
        return found
    group = bpy.data.node_groups.new("Worldwright Realize", "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    start, realize, end = (group.nodes.new(kind) for kind in ("NodeGroupInput", "GeometryNodeRealizeInstances", "NodeGroupOutput"))
    group.links.new(start.outputs[0], realize.inputs[0])
    group.links.new(realize.outputs[0], end.inputs[0])
    return group


def _drop_empty() -> list[str]:
    empty = [target for target in bpy.context.scene.objects if target.type == "MESH" and not target.data.polygons]
    warnings = [f"“{target.name}” was left out: it has no faces." for target in empty]
    for target in empty:
        if target.children:
            _free_children(target)
    bpy.data.batch_remove(empty)
    return warnings


def _free_children(target: bpy.types.Object) -> None:
    """Lets the children keep their place when their parent goes."""
    bpy.context.view_layer.update()
    for child in target.children:
        place = child.matrix_world.copy()
        child.parent = None
        child.matrix_world = place


def _split_polygons(mesh: bpy.types.Mesh) -> None:
    """Triangulates faces of more than four corners, which tangents cannot be made for, keeping the shading normals."""
    sizes = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    if sizes.max() <= 4:
        return
    if mesh.has_custom_normals:
        normals = np.empty(3 * len(mesh.loops), np.float32)
        mesh.corner_normals.foreach_get("vector", normals)
        mesh.attributes.new("worldwright_normal", "FLOAT_VECTOR", "CORNER").data.foreach_set("vector", normals)
    work = bmesh.new()
    work.from_mesh(mesh)
    bmesh.ops.triangulate(work, faces=[face for face in work.faces if len(face.verts) > 4])
    work.to_mesh(mesh)
    work.free()
    saved = mesh.attributes.get("worldwright_normal")
    if saved is not None:
        normals = np.empty((len(mesh.loops), 3), np.float32)
        saved.data.foreach_get("vector", normals.ravel())
        mesh.attributes.remove(saved)
        mesh.normals_split_custom_set(normals)


def _unmirror() -> None:
    """Moves a negative scale from the object into its mesh: engines show such objects inside out."""
    mirrored: dict[bpy.types.Mesh, bpy.types.Mesh] = {}

    def visit(target: bpy.types.Object, before: Matrix) -> None:
        local = before @ target.matrix_parent_inverse @ target.matrix_basis
        flip = local.determinant() < 0
        after = MIRROR if flip else Matrix()
        if flip or before != Matrix():
            target.matrix_parent_inverse = Matrix()
            target.matrix_basis = local @ after
        if flip and target.type == "MESH":
            if target.data not in mirrored:
                mirrored[target.data] = _mirrored(target.data)
            target.data = mirrored[target.data]
        for child in target.children:
            visit(child, after)

    for target in bpy.context.scene.objects:
        if target.parent is None:
            visit(target, Matrix())


def _mirrored(mesh: bpy.types.Mesh) -> bpy.types.Mesh:
    copy = mesh.copy()
    copy.transform(MIRROR, shape_keys=True)
    copy.flip_normals()
    return copy


def _keep_actions(target: bpy.types.Object) -> None:
    """Every action in an unmuted NLA track of its own: the exporter names animations after tracks and skips the rest."""
    for owner in (target, target.data.shape_keys if target.type == "MESH" else None):
        data = owner.animation_data if owner is not None else None
        if data is None:
            continue
        if data.action is not None:
            kept = {strip.action for track in data.nla_tracks for strip in track.strips}
            if data.action not in kept:
                track = data.nla_tracks.new()
                track.name = data.action.name
                strip = track.strips.new(data.action.name, int(data.action.frame_range[0]), data.action)
                strip.action_slot = data.action_slot
            data.action = None
        for track in data.nla_tracks:
            track.mute = False
