"""Mesh → Blender mesh: everything goes over in bulk, nothing vertex by vertex."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ..core.errors import WorldwrightError
from ..core.scene import Mesh, Skin

WEIGHT_STEPS = 65_535  # weights are rounded to this, so that vertices of equal weight can be added in one call


def write_mesh(source: Mesh, materials: list[bpy.types.Material]) -> bpy.types.Mesh:
    """A Blender mesh with UVs, colours, parts, shading and material slots; weights and shape keys need an object.

    Raises WorldwrightError when an array does not fit the mesh or an index points outside it.
    """
    _check(source)
    mesh = bpy.data.meshes.new(source.name)
    try:
        _fill(mesh, source, materials)
    except BaseException:
        bpy.data.meshes.remove(mesh)
        raise
    return mesh


def _fill(mesh: bpy.types.Mesh, source: Mesh, materials: list[bpy.types.Material]) -> None:
    faces = len(source.face_sizes)
    mesh.vertices.add(len(source.vertices))
    mesh.vertices.foreach_set("co", source.vertices.ravel())
    mesh.loops.add(len(source.corners))
    mesh.loops.foreach_set("vertex_index", source.corners)
    mesh.polygons.add(faces)
    mesh.polygons.foreach_set("loop_start", source.face_starts)
    for material in materials:
        mesh.materials.append(material)
    if source.material_index is not None:
        mesh.polygons.foreach_set("material_index", np.ascontiguousarray(source.material_index, np.int32))
    smooth = np.zeros(faces, bool) if source.smooth is None else np.ascontiguousarray(source.smooth, bool)
    mesh.polygons.foreach_set("use_smooth", smooth)
    mesh.update(calc_edges=True)
    if source.uvs is not None:
        mesh.uv_layers.new(name="UVMap").uv.foreach_set("vector", np.ascontiguousarray(source.uvs, np.float32).ravel())
    if source.colors is not None:
        colors = mesh.color_attributes.new("Color", "FLOAT_COLOR", "CORNER")
        colors.data.foreach_set("color", np.ascontiguousarray(source.colors, np.float32).ravel())
        mesh.color_attributes.render_color_index = mesh.color_attributes.active_color_index = 0
    if source.part is not None:
        write_face_names(mesh, "part", source.part_names, np.asarray(source.part))
    if smooth.any():
        mesh.set_sharp_from_angle(angle=source.sharp_angle)
    if source.normals is not None:
        mesh.normals_split_custom_set(np.ascontiguousarray(source.normals, np.float32))


def write_face_names(mesh: bpy.types.Mesh, attribute: str, names: list[str], index: np.ndarray) -> None:
    """A face attribute of ``index`` (F,) into ``names`` (-1: none); the names become the mesh's ``<attribute>_names``, in JSON."""
    layer = mesh.attributes.get(attribute)
    if layer is not None and (layer.domain, layer.data_type) != ("FACE", "INT"):
        raise WorldwrightError(
            f"The mesh “{mesh.name}” already has an attribute “{attribute}” of another kind.", "Rename or remove it."
        )
    if layer is None:
        layer = mesh.attributes.new(attribute, "INT", "FACE")
    layer.data.foreach_set("value", np.ascontiguousarray(index, np.int32))
    mesh[f"{attribute}_names"] = json.dumps(names, ensure_ascii=False)


def write_weights(target: bpy.types.Object, skin: Skin, bones: list[str]) -> None:
    """One vertex group per bone. Weights are rounded to 1/65,535, the largest of a vertex taking what is left over."""
    for bone in bones:
        target.vertex_groups.new(name=bone)
    steps = np.rint(np.asarray(skin.weights, np.float64) * WEIGHT_STEPS).astype(np.int64)
    largest = steps.argmax(axis=1)
    rows = np.arange(len(steps))
    steps[rows, largest] += WEIGHT_STEPS - steps.sum(axis=1)
    vertex, slot = np.nonzero(steps > 0)
    joint, step = np.asarray(skin.joints)[vertex, slot].astype(np.int64), steps[vertex, slot]
    order = np.argsort(joint * (WEIGHT_STEPS + 1) + step, kind="stable")
    vertex, joint, step = vertex[order], joint[order], step[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(joint) != 0) | (np.diff(step) != 0)]) if len(step) else []
    for start, end in zip(starts, [*starts[1:], len(step)], strict=True):
        target.vertex_groups[joint[start]].add(vertex[start:end].tolist(), step[start] / WEIGHT_STEPS, "ADD")


def write_shape_keys(target: bpy.types.Object, source: Mesh) -> None:
    """The basis and one key per shape, at rest but for ``shape_key_values``."""
    target.shape_key_add(name="Basis", from_mix=False).value = 0.0  # Blender 5 starts new keys at 1
    for name, positions in source.shape_keys.items():
        key = target.shape_key_add(name=name, from_mix=False)
        key.value = source.shape_key_values.get(name, 0.0)
        key.points.foreach_set("co", np.ascontiguousarray(positions, np.float32).ravel())


def _check(mesh: Mesh) -> None:
    """Blender does not check what it is given in bulk; a wrong index would end the program."""
    vertices, corners, faces = len(mesh.vertices), len(mesh.corners), len(mesh.face_sizes)
    expected = {
        "uvs": (mesh.uvs, (corners, 2)),
        "normals": (mesh.normals, (corners, 3)),
        "colors": (mesh.colors, (corners, 4)),
        "material_index": (mesh.material_index, (faces,)),
        "part": (mesh.part, (faces,)),
        "smooth": (mesh.smooth, (faces,)),
        **{f"shape key {name}": (values, (vertices, 3)) for name, values in mesh.shape_keys.items()},
    }
    for name, (values, shape) in expected.items():
        if values is not None and np.shape(values) != shape:
            raise WorldwrightError(f"The mesh “{mesh.name}” is damaged: its {name} are {np.shape(values)}, not {shape}.")
    inside = corners == 0 or (mesh.corners.min() >= 0 and mesh.corners.max() < vertices)
    if mesh.face_sizes.sum() != corners or (faces and mesh.face_sizes.min() < 3) or not inside:
        raise WorldwrightError(f"The mesh “{mesh.name}” is damaged: its faces do not fit its vertices.")
    choices = (("material", mesh.material_index, max(1, len(mesh.materials))), ("part", mesh.part, len(mesh.part_names)))
    for name, index, count in choices:
        if index is not None and faces and (np.min(index) < -(name == "part") or np.max(index) >= count):
            raise WorldwrightError(f"The mesh “{mesh.name}” is damaged: a face has a {name} that it lacks.")
    if not np.isfinite(mesh.vertices).all():
        raise WorldwrightError(f"The mesh “{mesh.name}” is damaged: some of its coordinates are not numbers.")
