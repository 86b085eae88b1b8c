"""A point object in the scene → PointCloud."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ..core.cloud import PointCloud
from ..core.errors import WorldwrightError
from ..writing.points import COLOR

NUMBERS = ("face", "object", "material")
FIELDS = {"FLOAT_VECTOR": ("vector", 3), "FLOAT_COLOR": ("color", 4), "BYTE_COLOR": ("color", 4), "INT": ("value", 1)}


def holds_points(thing: bpy.types.Object | None) -> bool:
    """Whether the object is a point cloud, or a mesh of vertices without faces."""
    if thing is None or thing.type not in {"MESH", "POINTCLOUD"}:
        return False
    return thing.type == "POINTCLOUD" or (len(thing.data.vertices) > 0 and len(thing.data.polygons) == 0)


def read_cloud(thing: bpy.types.Object) -> PointCloud:
    """The object's points in world space, with the attributes ``write_cloud`` gives them, as far as they are there.

    Raises WorldwrightError when it holds none.
    """
    if not holds_points(thing) or "position" not in thing.data.attributes:
        raise WorldwrightError(f"“{thing.name}” is not a point cloud.", "Convert it to points first.")
    data = thing.data
    values = {"positions": _read(data, "position", "FLOAT_VECTOR"), "normals": _read(data, "normal", "FLOAT_VECTOR")}
    colors = [layer for layer in data.attributes if layer.data_type in {"FLOAT_COLOR", "BYTE_COLOR"} and layer.domain == "POINT"]
    if colors:  # other programs' clouds call it otherwise
        layer = next((layer for layer in colors if layer.name == COLOR), colors[0])
        values["colors"] = np.ascontiguousarray(_read(data, layer.name, layer.data_type)[:, :3])
    values |= {name: _read(data, name, "INT") for name in NUMBERS}
    linear = np.array(thing.matrix_world, np.float32)[:3, :3]
    values["positions"] = values["positions"] @ linear.T + np.array(thing.matrix_world.translation, np.float32)
    if values["normals"] is not None:
        cofactors = np.cross(linear[[1, 2, 0]], linear[[2, 0, 1]])  # see core.spatial.placing
        normals = values["normals"] @ cofactors.T * np.sign(np.linalg.det(linear))
        values["normals"] = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-20)
    names = {key: json.loads(thing.data.get(key, "[]")) for key in ("object_names", "material_names")}
    return PointCloud(thing.name, **values, **names)


def _read(data: bpy.types.ID, name: str, kind: str) -> np.ndarray | None:
    """A point attribute, (n, width) float32 or (n,) int32; None where there is none of that name and kind."""
    layer = data.attributes.get(name)
    if layer is None or layer.data_type != kind or layer.domain != "POINT":
        return None
    field, width = FIELDS[kind]
    values = np.empty(len(layer.data) * width, np.int32 if kind == "INT" else np.float32)
    layer.data.foreach_get(field, values)
    return values.reshape(-1, width) if width > 1 else values
