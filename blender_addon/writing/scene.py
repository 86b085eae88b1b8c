"""Scene → Blender: one collection of named objects, written in slices so that the window keeps moving."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Generator
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from ..core.errors import WorldwrightError
from ..core.scene import Light, Mesh, Node, Scene, Skeleton, World
from . import actions, armatures, meshes
from .instances import write_instances
from .materials import MaterialWriter
from .worlds import use_world, write_world

PROPERTY = "worldwright"  # custom property with the provenance, in JSON
REPORT = "worldwright_report"  # custom property of the collection with the report, in JSON
WORLD = "worldwright_world"  # custom property of the collection: the sky that came with it
OURS = "worldwright_made"  # custom property of materials and actions that were written here
PART = "worldwright_part"  # custom property of an object: the node it was written from
PLACE = "worldwright_place"  # custom property of a part: where it was put, within its parent; what differs was moved by hand
LEVEL = "lod"  # role of levels of detail
UNSEEN_ROLES = ("collider", "navmesh")  # helpers for engines: kept out of renders and hidden in the viewport


def write_scene(
    context: bpy.types.Context, scene: Scene, location: tuple[float, float, float] = (0.0, 0.0, 0.0)
) -> Generator[float, None, bpy.types.Collection]:
    """Writes ``scene`` at ``location`` (metres) into a new collection of the context's scene, which the generator returns.

    Yields the fraction done, at the latest every 50 ms or so. The new objects end up selected. When it fails, or is
    closed before its end, everything it made is removed again. Raises WorldwrightError when the scene is damaged.
    """
    active = context.view_layer.objects.active
    if active is not None and active.mode != "OBJECT":
        bpy.ops.object.mode_set(mode="OBJECT")
    writer = _SceneWriter(context, scene, location)
    try:
        yield from writer.write()
    except BaseException:
        bpy.data.batch_remove(writer.made)
        context.view_layer.objects.active = active
        raise
    return writer.collection


class _SceneWriter:
    def __init__(self, context: bpy.types.Context, scene: Scene, location: tuple[float, float, float]) -> None:
        self.context = context
        self.scene = scene
        self.location = Matrix.Translation(location)
        self.made: list[bpy.types.ID] = []
        self.materials = MaterialWriter(self.made)
        self.meshes: dict[int, bpy.types.Mesh] = {}
        self.objects: dict[str, bpy.types.Object] = {}
        self.provenance = json.dumps(scene.provenance, ensure_ascii=False)
        self.collection = bpy.data.collections.new(scene.name)
        self.made.append(self.collection)

    def write(self) -> Generator[float, None, None]:
        self.collection[PROPERTY] = self.provenance
        self.collection[REPORT] = json.dumps(dataclasses.asdict(self.scene.report), ensure_ascii=False)
        nodes = self.scene.nodes
        for done, node in enumerate(nodes):
            for _ in self._write_node(node):
                yield 0.9 * done / len(nodes)
        for node in nodes:
            self._connect(node)
            yield 0.9
        yield from self._write_clips()
        if self.scene.world is not None:
            yield from self._write_world(self.scene.world)
        # Only now: a linked collection has Blender evaluate and draw its new objects again after every slice.
        self.context.scene.collection.children.link(self.collection)
        self._select()
        yield 1.0

    def _write_node(self, node: Node) -> Generator[None, None, None]:
        if node.name in self.objects:
            raise WorldwrightError(f"The scene “{self.scene.name}” is damaged: two of its things are called “{node.name}”.")
        if node.instances is not None:
            written = yield from self._write_meshes(node.instances.meshes)
            target = write_instances(node.name, node.instances, written, self.made)
            data = target.data
        else:
            data = yield from self._write_data(node)
            target = bpy.data.objects.new(node.name, data)
            self.made.append(target)
        self.objects[node.name] = target
        (self._levels() if node.role == LEVEL else self.collection).objects.link(target)
        target[PROPERTY], target[PART] = self.provenance, node.name
        for name, value in (("label", node.label), ("role", node.role)):
            if value:
                target[name] = value
        for name, value in node.properties.items():
            target[name] = property_value(value)
        if data is None:
            target.empty_display_size = 0.2
        if node.skeleton is not None:
            self.context.scene.collection.objects.link(target)  # bones can only be edited within the view layer
            armatures.fill_armature(self.context, target, node.skeleton)
            self.context.scene.collection.objects.unlink(target)
        if node.mesh is not None and node.mesh.shape_keys and data.shape_keys is None:
            meshes.write_shape_keys(target, node.mesh)
        if node.role in UNSEEN_ROLES:
            target.hide_render = True
            target.display_type = "WIRE"
        yield

    def _levels(self) -> bpy.types.Collection:
        """The hidden collection of levels of detail, within the result's own."""
        for child in self.collection.children:
            return child
        child = bpy.data.collections.new(f"{self.collection.name} LODs")
        child.hide_viewport = child.hide_render = True
        self.made.append(child)
        self.collection.children.link(child)
        return child

    def _write_data(self, node: Node) -> Generator[None, None, bpy.types.ID | None]:
        if node.mesh is not None:
            return (yield from self._write_mesh(node.mesh))
        if node.skeleton is not None:
            data = bpy.data.armatures.new(node.skeleton.name)
        elif node.light is not None:
            data = _write_light(node.name, node.light)
        elif node.camera is not None:
            data = bpy.data.cameras.new(node.name)
            data.lens, data.sensor_width, data.clip_start = node.camera.lens, 36.0, 0.02
        else:
            return None
        self.made.append(data)
        return data

    def _write_mesh(self, source: Mesh) -> Generator[None, None, bpy.types.Mesh]:
        if id(source) not in self.meshes:
            slots = []
            for material in source.materials:
                slots.append((yield from self.materials.write(material)))
                slots[-1][OURS] = True
            mesh = meshes.write_mesh(source, slots)
            self.made.append(mesh)
            self.meshes[id(source)] = mesh
            yield
        return self.meshes[id(source)]

    def _write_meshes(self, sources: list[Mesh]) -> Generator[None, None, list[bpy.types.Mesh]]:
        written = []
        for source in sources:
            written.append((yield from self._write_mesh(source)))
        return written

    def _write_world(self, source: World) -> Generator[float, None, None]:
        """The sky becomes the scene's own only where the scene has none; otherwise it waits in the file to be chosen."""
        writing = write_world(source, self.made)
        while True:
            try:
                next(writing)
            except StopIteration as done:
                world = done.value
                break
            yield 0.97
        self.collection[WORLD] = world
        if self.context.scene.world is None:
            use_world(self.context.scene, world)

    def _connect(self, node: Node) -> None:
        target = self.objects[node.name]
        if node.parent:
            target.parent = self._named(node.parent, node)
        target.matrix_basis = Matrix(node.transform.tolist()) if node.parent else self.location @ Matrix(node.transform.tolist())
        if node.parent:
            remember_place(target)
        if not node.armature:
            return
        armature = self._named(node.armature, node)
        if node.mesh is None or node.mesh.skin is None or armature.type != "ARMATURE":
            raise WorldwrightError(f"The scene “{self.scene.name}” is damaged: “{node.name}” cannot follow “{node.armature}”.")
        if not target.vertex_groups:
            meshes.write_weights(target, node.mesh.skin, self.scene.node(node.armature).skeleton.names)  # Blender sorts bones anew
        modifier = target.modifiers.new("Armature", "ARMATURE")
        modifier.object = armature

    def _named(self, name: str, node: Node) -> bpy.types.Object:
        if name not in self.objects:
            raise WorldwrightError(f"The scene “{self.scene.name}” is damaged: “{node.name}” refers to “{name}”, which it lacks.")
        return self.objects[name]

    def _write_clips(self) -> Generator[float, None, None]:
        render = self.context.scene.render
        rate = render.fps / render.fps_base
        rigs = [node for node in self.scene.nodes if node.skeleton is not None]
        shared: dict[bytes, list[bpy.types.Action]] = {}  # rigs of the same bones at the same rest rotations play the same actions
        for node in rigs:
            speaks = any(clip.units for clip in self.scene.clips)  # a face of its own: nothing to share
            written = shared.setdefault(node.name.encode() if speaks else _bones_of(node.skeleton), [])
            if written:
                for clip, action in zip(self.scene.clips, written, strict=True):
                    actions.share(self.objects[node.name], action, clip.name)
                actions.play(self.objects[node.name], written[0])
                yield 0.95
                continue
            for clip in self.scene.clips:
                written.append(actions.write_action(self.objects[node.name], node.skeleton, clip, rate))
                actions.write_units(self.objects[node.name], written[-1], clip, rate)
                written[-1][OURS] = True
                self.made.append(written[-1])
                yield 0.95
            if written:
                actions.play(self.objects[node.name], written[0])

    def _select(self) -> None:
        for other in self.context.selected_objects:
            other.select_set(False)
        for node in self.scene.nodes:
            target = self.objects[node.name]
            if node.role in UNSEEN_ROLES:
                target.hide_set(True)
            elif node.role != LEVEL:
                target.select_set(True)
        leaders = [node for node in self.scene.nodes if node.skeleton is not None] or self.scene.nodes
        if leaders:
            self.context.view_layer.objects.active = self.objects[leaders[0].name]


def remember_place(thing: bpy.types.Object) -> None:
    """Notes where a part was put, so that what the artist moves later is known as moved."""
    thing[PLACE] = [value for row in thing.matrix_basis for value in row]


def was_moved(thing: bpy.types.Object) -> bool:
    """Whether the artist moved, turned or scaled a part since it was put there, by more than a tenth of a millimetre."""
    if PLACE not in thing:
        return False
    now = [value for row in thing.matrix_basis for value in row]
    return any(abs(a - b) > 1e-4 for a, b in zip(now, thing[PLACE], strict=True))


def _bones_of(skeleton: Skeleton) -> bytes:
    """What two skeletons must have in common for a clip to look the same on both: names, hierarchy and rest rotations."""
    along = skeleton.tails - skeleton.heads
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    turns = np.round(np.concatenate([along, skeleton.z_axes], axis=1), 2) + 0.0
    return "|".join(skeleton.names).encode() + skeleton.parents.tobytes() + turns.astype(np.float32).tobytes()


def _write_light(name: str, source: Light) -> bpy.types.Light:
    light = bpy.data.lights.new(name, source.kind.upper())
    light.energy, light.color = source.power, source.color
    if light.type == "AREA":
        light.shape = "RECTANGLE"
        light.size, light.size_y = source.size
    elif light.type == "SUN":
        light.angle = source.size[0]
    else:
        light.shadow_soft_size = source.size[0] / 2
    return light


def property_value(value: Any) -> bool | int | float | str:
    """A JSON value as custom properties hold it: whole numbers of more than 32 bits, lists and objects become JSON text."""
    if isinstance(value, (bool, float, str)) or (isinstance(value, int) and abs(value) < 2**31):
        return value
    return json.dumps(value, ensure_ascii=False)


def run(writing: Generator[float, None, bpy.types.Collection]) -> bpy.types.Collection:
    """Runs a writing generator to its end and gives its result: how scripts and the command line write."""
    while True:
        try:
            next(writing)
        except StopIteration as done:
            return done.value
