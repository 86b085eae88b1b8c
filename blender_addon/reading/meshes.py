"""Blender mesh → Mesh: everything comes over in bulk, nothing vertex by vertex."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ..core.scene import Material, Mesh


def read_mesh(source: bpy.types.Mesh, materials: list[Material], name: str) -> Mesh:
    """The mesh in its own space, with UVs, colours, shading normals, parts and n-gons as they are.

    Of several UV maps and colour attributes the one marked for rendering is read.
    """
    positions = _attribute(source, "position", "vector", np.float32, 3)
    corners = _attribute(source, ".corner_vert", "value", np.int32)  # a copy of memory, where loops are asked one by one
    if positions is None or corners is None:  # vertices alone, or nothing
        return Mesh(name, np.empty((0, 3)) if positions is None else positions, np.empty(0), np.empty(0))
    mesh = Mesh(
        name,
        positions,
        corners,
        _face_sizes(source),
        uvs=_uvs(source),
        normals=_normals(source, corners),
        colors=_colors(source, corners),
        materials=materials,
        material_index=_attribute(source, "material_index", "value", np.int32) if len(materials) > 1 else None,
    )
    flat = _attribute(source, "sharp_face", "value", bool)
    mesh.smooth = np.ones(len(source.polygons), bool) if flat is None else ~flat
    part, names = _attribute(source, "part", "value", np.int32), source.get("part_names")
    if part is not None and len(part) == len(source.polygons) and isinstance(names, str):
        mesh.part_names = json.loads(names)
        mesh.part = np.where(part < len(mesh.part_names), part, -1).astype(np.int32)
    return mesh


def _attribute(source: bpy.types.Mesh, name: str, field: str, kind: type, width: int = 1) -> np.ndarray | None:
    """A built-in or named attribute, (n, width) or (n,); None where the mesh has none of that name and kind."""
    layer = source.attributes.get(name)
    types = {(np.float32, 3): "FLOAT_VECTOR", (np.int32, 1): "INT", (bool, 1): "BOOLEAN"}
    if layer is None or layer.data_type != types[kind, width]:
        return None
    values = np.empty(len(layer.data) * width, kind)
    layer.data.foreach_get(field, values)
    return values.reshape(-1, width) if width > 1 else values


def _face_sizes(source: bpy.types.Mesh) -> np.ndarray:
    corners, faces = len(source.loops), len(source.polygons)
    if corners == 3 * faces:  # no face has fewer
        return np.full(faces, 3, np.int32)
    starts = np.empty(faces, np.int32)
    source.polygons.foreach_get("loop_start", starts)
    return np.diff(starts, append=np.int32(corners))


def _uvs(source: bpy.types.Mesh) -> np.ndarray | None:
    layer = next((layer for layer in source.uv_layers if layer.active_render), None)
    if layer is None or len(layer.uv) != len(source.loops):
        return None
    uvs = np.empty((len(layer.uv), 2), np.float32)
    layer.uv.foreach_get("vector", uvs.ravel())
    return uvs


def _normals(source: bpy.types.Mesh, corners: np.ndarray) -> np.ndarray | None:
    """(C, 3) float32; None when all faces are flat."""
    if source.normals_domain == "FACE" or not len(corners):
        return None
    layer = source.vertex_normals if source.normals_domain == "POINT" else source.corner_normals
    normals = np.empty((len(layer), 3), np.float32)
    layer.foreach_get("vector", normals.ravel())
    return normals.take(corners, axis=0) if source.normals_domain == "POINT" else normals


def _colors(source: bpy.types.Mesh, corners: np.ndarray) -> np.ndarray | None:
    """(C, 4) float32 linear: the colour attribute marked for rendering, or the first when the marked one was removed."""
    layers = source.color_attributes
    if len(layers) == 0:
        return None
    layer = layers[layers.render_color_index if 0 <= layers.render_color_index < len(layers) else 0]
    colors = np.empty((len(layer.data), 4), np.float32)
    layer.data.foreach_get("color", colors.ravel())  # linear for byte colours too
    return colors.take(corners, axis=0) if layer.domain == "POINT" else colors
