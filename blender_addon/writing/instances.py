"""Instances → one object of points whose node group draws a mesh at each: thousands of plants cost Blender one object."""

from __future__ import annotations

import bpy
import numpy as np

from ..core.errors import WorldwrightError
from ..core.scene import Instances

GROUP = "Worldwright Instances"
INDEX, TURN, SIZE = "instance_index", "instance_turn", "instance_size"  # attributes of the points
SOURCES = "worldwright_sources"  # custom property: the collection of the meshes that are drawn


def write_instances(name: str, source: Instances, meshes: list[bpy.types.Mesh], made: list[bpy.types.ID]) -> bpy.types.Object:
    """An object of points, not linked to any collection yet. Raises WorldwrightError when an index points outside."""
    count = len(source.index)
    if np.shape(source.transforms) != (count, 4, 4) or (count and not 0 <= source.index.min() <= source.index.max() < len(meshes)):
        raise WorldwrightError(f"The scene is damaged: the repeats of “{name}” do not fit its meshes.")
    collection = bpy.data.collections.new(f"{name} sources")
    made.append(collection)
    for number, mesh in enumerate(meshes):  # Collection Info sorts by name
        target = bpy.data.objects.new(f"{name} source {number:03d}", mesh)
        made.append(target)
        collection.objects.link(target)
    points = bpy.data.meshes.new(name)
    made.append(points)
    turns, sizes = _decompose(np.asarray(source.transforms, np.float64))
    points.vertices.add(count)
    points.vertices.foreach_set("co", np.ascontiguousarray(source.transforms[:, :3, 3], np.float32).ravel())
    points.attributes.new(INDEX, "INT", "POINT").data.foreach_set("value", np.ascontiguousarray(source.index, np.int32))
    points.attributes.new(TURN, "FLOAT_VECTOR", "POINT").data.foreach_set("vector", turns.astype(np.float32).ravel())
    points.attributes.new(SIZE, "FLOAT_VECTOR", "POINT").data.foreach_set("vector", sizes.astype(np.float32).ravel())
    target = bpy.data.objects.new(name, points)
    made.append(target)
    target[SOURCES] = collection
    modifier = target.modifiers.new(GROUP, "NODES")
    modifier.node_group = _group(collection)
    made.append(modifier.node_group)
    return target


def expand(target: bpy.types.Object) -> list[bpy.types.Object]:
    """Linked objects in the place of an object of points, which is removed: what exporters understand.

    The new objects share the sources' meshes and stand in the target's collections.
    """
    from mathutils import Euler, Matrix, Vector

    collection: bpy.types.Collection = target[SOURCES]
    sources = sorted(collection.objects, key=lambda source: source.name)
    points = target.data
    count = len(points.vertices)
    place, turn, size = (np.empty((count, 3), np.float32) for _ in range(3))
    index = np.empty(count, np.int32)
    points.vertices.foreach_get("co", place.ravel())
    points.attributes[INDEX].data.foreach_get("value", index)
    points.attributes[TURN].data.foreach_get("vector", turn.ravel())
    points.attributes[SIZE].data.foreach_get("vector", size.ravel())
    homes, before = list(target.users_collection), target.matrix_world.copy()
    made = []
    for k in range(count):
        new = bpy.data.objects.new(f"{target.name} {k + 1:04d}", sources[index[k]].data)
        new.matrix_world = before @ Matrix.LocRotScale(Vector(place[k]), Euler(turn[k]), Vector(size[k]))
        for home in homes:
            home.objects.link(new)
        made.append(new)
    bpy.data.batch_remove([target, *sources, collection])
    return made


def behind(objects: list[bpy.types.Object]) -> list[bpy.types.ID]:
    """What only the repeats among ``objects`` need: the hidden sources, their collections and node groups."""
    found: list[bpy.types.ID] = []
    for target in objects:
        if is_instances(target):
            collection = target[SOURCES]
            found += [*collection.objects, collection]
            found += [modifier.node_group for modifier in target.modifiers if modifier.type == "NODES" and modifier.node_group]
    return found


def is_instances(target: bpy.types.Object) -> bool:
    """Whether ``write_instances`` made this object."""
    return target.type == "MESH" and target.get(SOURCES) is not None


def _decompose(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(N, 3) XYZ Euler angles and (N, 3) scales of matrices without shear."""
    sizes = np.linalg.norm(matrices[:, :3, :3], axis=1)
    turn = matrices[:, :3, :3] / np.maximum(sizes, 1e-9)[:, None, :]
    pitch = np.arcsin(np.clip(-turn[:, 2, 0], -1.0, 1.0))
    roll = np.arctan2(turn[:, 2, 1], turn[:, 2, 2])
    yaw = np.arctan2(turn[:, 1, 0], turn[:, 0, 0])
    return np.stack([roll, pitch, yaw], axis=1), sizes


def _group(collection: bpy.types.Collection) -> bpy.types.NodeTree:
    """The node group that draws the collection's objects on the points."""
    group = bpy.data.node_groups.new(f"{GROUP} {collection.name}", "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    nodes, links = group.nodes, group.links
    start, end = nodes.new("NodeGroupInput"), nodes.new("NodeGroupOutput")
    info, draw = nodes.new("GeometryNodeCollectionInfo"), nodes.new("GeometryNodeInstanceOnPoints")
    info.inputs["Collection"].default_value = collection
    info.inputs["Separate Children"].default_value = True
    info.inputs["Reset Children"].default_value = True
    draw.inputs["Pick Instance"].default_value = True
    links.new(start.outputs[0], draw.inputs["Points"])
    links.new(info.outputs[0], draw.inputs["Instance"])
    wanted = ((INDEX, "INT", "Instance Index"), (TURN, "FLOAT_VECTOR", "Rotation"), (SIZE, "FLOAT_VECTOR", "Scale"))
    for name, kind, socket in wanted:
        read = nodes.new("GeometryNodeInputNamedAttribute")
        read.data_type = kind
        read.inputs["Name"].default_value = name
        links.new(next(output for output in read.outputs if output.enabled), draw.inputs[socket])
    links.new(draw.outputs[0], end.inputs[0])
    return group
