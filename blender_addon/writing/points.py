"""Point cloud → a Blender object: vertices with attributes, shown as coloured spheres; or Blender's own point cloud."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ..core.cloud import PointCloud
from ..core.spatial.neighbours import nearest
from .scene import PROPERTY

GROUP = "Worldwright Points"  # the node group that shows the points, and its material
COLOR = "Color"  # in lower case it would be black: Cycles has a meaning of its own for “color”
RADIUS = 0.42  # of the mean distance to the six nearest: the spheres do not quite touch
RADIUS_SAMPLE = 500  # points whose neighbours are measured


def write_cloud(context: bpy.types.Context, cloud: PointCloud, native: bool = False) -> bpy.types.Object:
    """An object of the cloud at the world's origin, selected and active, in the context's collection.

    Its attributes are ``normal``, ``Color`` and the numbers ``face``, ``object`` and ``material``; the last two point into the
    lists of names in the data's properties ``object_names`` and ``material_names``. With ``native`` it is a point cloud data-block;
    without, vertices of a mesh, which every tool can edit, shown by a geometry-nodes modifier.
    """
    title = cloud.name if cloud.name.endswith("Points") else f"{cloud.name} Points"
    material = _material() if cloud.colors is not None else None
    data = _native_data(title, cloud) if native and bpy.app.version >= (5, 1, 0) else _mesh(title, cloud)
    if material is not None:
        data.materials.append(material)
    thing = bpy.data.objects.new(title, data)
    context.collection.objects.link(thing)
    for other in context.selected_objects:
        other.select_set(False)
    thing.select_set(True)
    context.view_layer.objects.active = thing
    radius = _radius(cloud.positions)
    if native and data.bl_rna.identifier == "Mesh":  # Blender 4.5 makes point clouds only by converting
        with context.temp_override(object=thing, active_object=thing, selected_objects=[thing], selected_editable_objects=[thing]):
            bpy.ops.object.convert(target="POINTCLOUD")
    if native:
        _write(thing.data, "radius", "FLOAT", "value", np.full(len(cloud), radius, np.float32))
    else:
        _show(thing, Radius=radius, **({"Material": material} if material else {}))
    thing[PROPERTY] = json.dumps({"kind": "points", "points": len(cloud)})
    thing.data["object_names"] = json.dumps(cloud.object_names, ensure_ascii=False)
    thing.data["material_names"] = json.dumps(cloud.material_names, ensure_ascii=False)
    return thing


def _mesh(title: str, cloud: PointCloud) -> bpy.types.Mesh:
    mesh = bpy.data.meshes.new(title)
    mesh.vertices.add(len(cloud))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(cloud.positions, np.float32).ravel())
    _write_attributes(mesh, cloud)
    if cloud.colors is not None:
        mesh.color_attributes.active_color_index = mesh.color_attributes.render_color_index = 0
    mesh.update()
    return mesh


def _native_data(title: str, cloud: PointCloud) -> bpy.types.PointCloud:
    points = bpy.data.pointclouds.new(title)
    points.resize(len(cloud))
    _write(points, "position", "FLOAT_VECTOR", "vector", cloud.positions)
    _write_attributes(points, cloud)
    return points


def _write_attributes(data: bpy.types.ID, cloud: PointCloud) -> None:
    if cloud.normals is not None:
        _write(data, "normal", "FLOAT_VECTOR", "vector", cloud.normals)
    if cloud.colors is not None:
        opaque = np.ones((len(cloud), 1), np.float32)
        _write(data, COLOR, "FLOAT_COLOR", "color", np.concatenate([cloud.colors, opaque], axis=1))
    for name in ("face", "object", "material"):
        if getattr(cloud, name) is not None:
            _write(data, name, "INT", "value", getattr(cloud, name))


def _write(data: bpy.types.ID, name: str, kind: str, field: str, values: np.ndarray) -> None:
    layer = data.attributes.get(name) or data.attributes.new(name, kind, "POINT")
    layer.data.foreach_set(field, np.ascontiguousarray(values, np.int32 if kind == "INT" else np.float32).ravel())


def _radius(positions: np.ndarray) -> float:
    """A sphere's radius in metres that shows the surface without hiding the single points."""
    if len(positions) < 2:
        return 0.01
    some = positions[:: -(-len(positions) // RADIUS_SAMPLE)]
    apart = nearest(positions, some, 7)[0][:, 1:]
    return RADIUS * float(np.mean(apart)) or 0.01


def _show(thing: bpy.types.Object, **values: float | bpy.types.Material) -> None:
    """Adds the modifier that shows the points, its inputs set to ``values`` by name."""
    group = bpy.data.node_groups.get(GROUP) or _node_group()
    modifier = thing.modifiers.new(GROUP, "NODES")
    modifier.node_group = group
    sockets = {item.name: item.identifier for item in group.interface.items_tree if item.in_out == "INPUT"}
    for name, value in values.items():
        if hasattr(modifier, "properties"):  # Blender 5.2
            getattr(modifier.properties.inputs, sockets[name]).value = value
        else:
            modifier[sockets[name]] = value
    modifier.show_expanded = False
    thing.update_tag()


def _node_group() -> bpy.types.NodeTree:
    """Vertices → spheres of one radius. Points without faces would neither render nor show their colours."""
    group = bpy.data.node_groups.new(GROUP, "GeometryNodeTree")
    group.is_modifier = True
    group.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    radius = group.interface.new_socket("Radius", in_out="INPUT", socket_type="NodeSocketFloat")
    radius.subtype, radius.min_value, radius.default_value = "DISTANCE", 0.0, 0.01
    group.interface.new_socket("Material", in_out="INPUT", socket_type="NodeSocketMaterial")
    group.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    start, end = group.nodes.new("NodeGroupInput"), group.nodes.new("NodeGroupOutput")
    spheres, material = group.nodes.new("GeometryNodeMeshToPoints"), group.nodes.new("GeometryNodeSetMaterial")
    start.location, material.location, end.location = (-250, 0), (200, 0), (400, 0)
    group.links.new(start.outputs["Geometry"], spheres.inputs["Mesh"])
    group.links.new(start.outputs["Radius"], spheres.inputs["Radius"])
    group.links.new(start.outputs["Material"], material.inputs["Material"])
    group.links.new(spheres.outputs[0], material.inputs["Geometry"])
    group.links.new(material.outputs[0], end.inputs[0])
    return group


def _material() -> bpy.types.Material:
    """The material whose colour is the points' own."""
    found = bpy.data.materials.get(GROUP)
    if found is not None:
        return found
    material = bpy.data.materials.new(GROUP)
    if bpy.app.version < (5, 0, 0):  # always on, and deprecated, from 5.0
        material.use_nodes = True
    shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    shader.inputs["Roughness"].default_value = 0.8
    color = material.node_tree.nodes.new("ShaderNodeAttribute")
    color.attribute_name = COLOR
    color.location = (-300, 200)
    material.node_tree.links.new(color.outputs["Color"], shader.inputs["Base Color"])
    return material
