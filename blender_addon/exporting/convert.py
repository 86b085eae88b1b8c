"""Blender meshes with everything that moves them → Mesh and back, for work that the core does on meshes."""

from __future__ import annotations

import bpy
import numpy as np

from ..core.scene import Material, Mesh, Skin
from ..reading.meshes import read_mesh
from ..writing import meshes


def to_mesh(target: bpy.types.Object) -> Mesh:
    """A mesh object's mesh in its own space, with weights and shape keys; materials are named stand-ins for the slots."""
    source = target.data
    slots = [Material(material.name if material else "") for material in source.materials]
    mesh = read_mesh(source, slots, target.name)
    keys = source.shape_keys
    if keys is not None:
        for key in keys.key_blocks[1:]:
            places = np.empty((len(mesh.vertices), 3), np.float32)
            key.data.foreach_get("co", places.ravel())
            mesh.shape_keys[key.name] = places
            mesh.shape_key_values[key.name] = key.value
    armature = target.find_armature()
    if armature is not None and target.vertex_groups:
        mesh.skin = _skin(target, armature)
    return mesh


def _skin(target: bpy.types.Object, armature: bpy.types.Object) -> Skin | None:
    """The four largest weights of each vertex on bones that there are; a vertex without any follows the first bone."""
    bones = {bone.name: number for number, bone in enumerate(armature.data.bones)}
    joint_of_group = {group.index: bones[group.name] for group in target.vertex_groups if group.name in bones}
    if not joint_of_group:
        return None
    rows = [
        sorted(((w.weight, joint_of_group[w.group]) for w in vertex.groups if w.group in joint_of_group), reverse=True)[:4]
        for vertex in target.data.vertices
    ]
    joints, weights = np.zeros((len(rows), 4), np.int32), np.zeros((len(rows), 4), np.float32)
    for number, row in enumerate(rows):
        for slot, (weight, joint) in enumerate(row):
            joints[number, slot], weights[number, slot] = joint, weight
    weights[weights.sum(axis=1) <= 0, 0] = 1.0
    return Skin(joints, weights / weights.sum(axis=1, keepdims=True))


def to_object(mesh: Mesh, name: str, like: bpy.types.Object, data: bpy.types.Mesh | None = None) -> bpy.types.Object:
    """An object of ``mesh`` where ``like`` is, with its materials, parent, armature and properties.

    ``data``: the mesh written for another object of the same mesh; the new one shares it.
    """
    written = data or meshes.write_mesh(mesh, list(like.data.materials))
    target = bpy.data.objects.new(name, written)
    bpy.context.scene.collection.objects.link(target)
    follow(target, like)
    if mesh.shape_keys and data is None:
        meshes.write_shape_keys(target, mesh)
    armature = like.find_armature()
    if armature is not None and mesh.skin is not None:
        meshes.write_weights(target, mesh.skin, [bone.name for bone in armature.data.bones])
        target.modifiers.new("Armature", "ARMATURE").object = armature
    return target


def follow(target: bpy.types.Object, like: bpy.types.Object) -> None:
    """Puts ``target`` where ``like`` is: below the same parent, unless that is a mesh, which may not come along."""
    if like.parent is not None and like.parent.type == "MESH":
        target.matrix_basis = like.matrix_world.copy()
        return
    target.parent, target.parent_type, target.parent_bone = like.parent, like.parent_type, like.parent_bone
    target.matrix_parent_inverse, target.matrix_basis = like.matrix_parent_inverse.copy(), like.matrix_basis.copy()
