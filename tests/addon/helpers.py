"""What the add-on tests share."""

from __future__ import annotations

import hashlib
import importlib

PACKAGE = "bl_ext.user_default.worldwright"


def fingerprint() -> str:
    """A hash of what an artist would miss: data-blocks, geometry, transforms, custom properties, selection."""
    import bpy
    import numpy as np

    digest = hashlib.sha256()
    for kind in ("objects", "meshes", "materials", "images", "armatures", "actions", "collections", "lights", "node_groups"):
        for block in sorted(getattr(bpy.data, kind), key=lambda block: block.name):
            values = {key: str(block[key]) for key in block.keys()}
            digest.update(f"{kind} {block.name} {block.users} {sorted(values.items())}".encode())
    for thing in sorted(bpy.data.objects, key=lambda thing: thing.name):
        data = thing.data.name if thing.data else ""
        digest.update(f"{thing.name} {data} {[list(row) for row in thing.matrix_world]} {thing.select_get()}".encode())
    for mesh in sorted(bpy.data.meshes, key=lambda mesh: mesh.name):
        coordinates = np.empty(3 * len(mesh.vertices), np.float32)
        mesh.vertices.foreach_get("co", coordinates)
        digest.update(coordinates.tobytes())
        digest.update(str([(attribute.name, attribute.domain) for attribute in mesh.attributes]).encode())
    return digest.hexdigest()


def module(name: str = ""):
    """A module of the installed extension; the extension's own package without a name."""
    return importlib.import_module(f"{PACKAGE}.{name}".rstrip("."))


def add_box(name: str, size=(0.5, 0.5, 0.9), location=(0.0, 0.0, 0.0)):
    """A selected box, its foot on ``location``."""
    import bpy

    x, y, z = size[0] / 2, size[1] / 2, size[2]
    corners = [(sx * x, sy * y, h) for h in (0, z) for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], faces)
    thing = bpy.data.objects.new(name, mesh)
    thing.location = location
    bpy.context.scene.collection.objects.link(thing)
    thing.select_set(True)
    bpy.context.view_layer.objects.active = thing
    bpy.context.view_layer.update()
    return thing


def read(*things, evaluated=True):
    import bpy

    bpy.context.view_layer.update()
    return module("reading.selection").read_objects(bpy.context, list(things), evaluated)


def one(thing, **options):
    """The mesh of an object that is read without a warning."""
    (mesh,), warnings = read(thing, **options)
    assert warnings == [] and mesh.name == thing.name
    return mesh


def points_of(mesh, count=500, **options):
    return module("core.spatial.sampling").sample([mesh], count, **options)


def link(name, data, collection=None):
    import bpy

    thing = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(thing)
    return thing


def new_material(name, color=(0.8, 0.8, 0.8, 1.0)):
    """A material with a Principled shader; returns it with the shader's colour input."""
    import bpy

    material = bpy.data.materials.new(name)
    if bpy.app.version < (5, 0, 0):
        material.use_nodes = True
    shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = color
    return material, shader.inputs["Base Color"]
