"""The artist's own meshes: read as they are modelled, given weights, or copied into another pose. Their data stays as it was."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils import Matrix

from ...core.errors import WorldwrightError
from ...core.scene import Mesh, Node
from ...reading.meshes import read_mesh
from ...writing.meshes import write_face_names, write_weights

PART_GROUP = "part."  # what groups of parts begin with: no bone is called so, and none moves them


def read_own(thing: bpy.types.Object, with_keys: bool) -> Mesh:
    """The object's own vertices and faces in world space, before modifiers and shape keys. Raises WorldwrightError."""
    if any(modifier.type == "ARMATURE" for modifier in thing.modifiers):
        raise WorldwrightError(f"“{thing.name}” already has an armature.", "Remove its Armature modifier first, or rig a copy.")
    if thing.data.library is not None:
        raise WorldwrightError(f"The mesh of “{thing.name}” is linked from another file.", "Make it local first.")
    local = read_mesh(thing.data, [], thing.name)
    matrix = np.array(thing.matrix_world, np.float64)
    mesh = Mesh(thing.name, _moved(local.vertices, matrix), local.corners, local.face_sizes)
    if with_keys and thing.data.shape_keys is not None:
        for key in thing.data.shape_keys.key_blocks:
            positions = np.empty((len(local.vertices), 3), np.float32)
            key.points.foreach_get("co", positions.ravel())
            mesh.shape_keys[key.name] = _moved(positions, matrix).astype(np.float32)
    return mesh


def refuse_names(things: list[bpy.types.Object], bones: list[str]) -> None:
    """Raises WorldwrightError when an object has vertex groups that the bones' would be mixed up with."""
    for thing in things:
        taken = sorted(set(bones) & {group.name for group in thing.vertex_groups})
        if taken:
            raise WorldwrightError(
                f"“{thing.name}” already has a vertex group “{taken[0]}”, as a bone would be called.",
                "Rename or remove its groups, or choose other bone names.",
            )


class Rigging:
    """Gives objects an armature, and takes everything back when that fails."""

    def __init__(self, context: bpy.types.Context, rig: bpy.types.Object, bones: list[str]) -> None:
        self.context, self.rig, self.bones = context, rig, bones
        self.made: list[bpy.types.ID] = []
        self.before: list[tuple[bpy.types.Object, set[str], bpy.types.Object | None, Matrix]] = []
        self.labelled: list[bpy.types.Mesh] = []

    def own(self, thing: bpy.types.Object, node: Node) -> None:
        """The object itself: groups, a modifier, a parent and face labels are added; nothing else changes."""
        groups = {group.name for group in thing.vertex_groups}
        self.before.append((thing, groups, thing.parent, thing.matrix_world.copy()))
        self._weigh(thing, node.mesh)
        if thing.parent is None:
            placed = thing.matrix_world.copy()
            thing.parent = self.rig
            thing.matrix_parent_inverse = self.rig.matrix_world.inverted()
            thing.matrix_world = placed

    def copy(self, thing: bpy.types.Object, node: Node, pose: str) -> bpy.types.Object:
        """A copy of the object in another pose; the original is not touched."""
        made = thing.copy()
        made.data = thing.data.copy()
        made.name = made.data.name = f"{thing.name} {pose}"
        self.made += [made, made.data]
        for collection in thing.users_collection:
            collection.objects.link(made)
        made.data.vertices.foreach_set("co", np.ascontiguousarray(node.mesh.vertices, np.float32).ravel())
        if made.data.shape_keys is not None:
            for key in made.data.shape_keys.key_blocks:
                key.points.foreach_set("co", np.ascontiguousarray(node.mesh.shape_keys[key.name], np.float32).ravel())
        made.data.update()
        made.parent = self.rig
        made.matrix_parent_inverse.identity()
        made.matrix_basis.identity()
        self._weigh(made, node.mesh)
        return made

    def undo(self) -> None:
        """Takes back all that was added."""
        for thing, groups, parent, placed in self.before:
            for group in [group for group in thing.vertex_groups if group.name not in groups]:
                thing.vertex_groups.remove(group)
            for modifier in [found for found in thing.modifiers if found.type == "ARMATURE" and found.object == self.rig]:
                thing.modifiers.remove(modifier)
            thing.parent = parent
            thing.matrix_world = placed
        for mesh in self.labelled:
            if "part" in mesh.attributes:
                mesh.attributes.remove(mesh.attributes["part"])
            mesh.pop("part_names", None)
        bpy.data.batch_remove(self.made)

    def _weigh(self, thing: bpy.types.Object, mesh: Mesh) -> None:
        if "part" not in thing.data.attributes:  # labels that are there stay
            self.labelled.append(thing.data)
            write_face_names(thing.data, "part", mesh.part_names, mesh.part)
        first = len(thing.vertex_groups)
        if first == 0:
            write_weights(thing, mesh.skin, self.bones)
        else:
            _write_after(thing, mesh, self.bones)
        _write_parts(thing, mesh)
        modifier = thing.modifiers.new("Armature", "ARMATURE")
        modifier.object = self.rig
        mirrors = [number for number, found in enumerate(thing.modifiers) if found.type == "MIRROR"]
        thing.modifiers.move(len(thing.modifiers) - 1, mirrors[-1] + 1 if mirrors else 0)


def _write_after(thing: bpy.types.Object, mesh: Mesh, bones: list[str]) -> None:
    """Weights for an object that has groups of its own already: bone by bone, in steps as fine as Blender shows."""
    for number, bone in enumerate(bones):
        group = thing.vertex_groups.new(name=bone)
        vertex, slot = np.nonzero((mesh.skin.joints == number) & (mesh.skin.weights > 0))
        values = np.round(mesh.skin.weights[vertex, slot], 4)
        for value in np.unique(values):
            group.add(vertex[values == value].tolist(), float(value), "REPLACE")


def _write_parts(thing: bpy.types.Object, mesh: Mesh) -> None:
    """A group for each part, of the vertices of its faces."""
    owner = np.repeat(mesh.part, mesh.face_sizes)
    for number, name in enumerate(mesh.part_names):
        members = np.unique(mesh.corners[owner == number])
        if len(members):
            thing.vertex_groups.new(name=f"{PART_GROUP}{name}").add(members.tolist(), 1.0, "REPLACE")


def _moved(vertices: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    return vertices @ matrix[:3, :3].T + matrix[:3, 3]
