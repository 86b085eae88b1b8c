"""Meshes put somewhere, and put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..scene import Mesh


def placed(mesh: Mesh, matrix: np.ndarray, name: str) -> Mesh:
    """``mesh`` under the affine ``matrix`` (4, 4). A mirroring turns the faces round, so that they still look outward."""
    matrix = np.asarray(matrix, np.float64)
    linear = matrix[:3, :3]
    vertices = _affine(mesh.vertices, linear, matrix[:3, 3])
    moved = replace(mesh, name=name, vertices=vertices, shape_keys={}, shape_key_values={}, skin=None)
    mirrored = np.linalg.det(linear) < 0
    if mesh.normals is not None and not _is_rigid(linear):
        # The cofactor matrix is the inverse transpose times the determinant, and exists for a flattened mesh too.
        cofactors = np.cross(linear[[1, 2, 0]], linear[[2, 0, 1]]) * (-1 if mirrored else 1)
        normals = _affine(mesh.normals, cofactors)
        moved.normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), np.float32(1e-30))
    elif mesh.normals is not None:
        moved.normals = _affine(mesh.normals, linear)
    if mirrored:
        order = np.repeat(2 * mesh.face_starts + mesh.face_sizes - 1, mesh.face_sizes) - np.arange(len(mesh.corners))
        moved.corners = mesh.corners[order]
        for values in ("uvs", "normals", "colors"):
            if getattr(moved, values) is not None:
                setattr(moved, values, getattr(moved, values)[order])
    return moved


def joined(meshes: list[Mesh], name: str) -> Mesh:
    """One mesh of all. Materials and part names held in common stay one; what only some meshes have is filled in: colours
    with the material's base colour, normals with none of their own, UVs with zeros. Shape keys and skins are left behind."""
    if len(meshes) == 1:
        return replace(meshes[0], name=name)
    materials = list({id(material): material for mesh in meshes for material in mesh.materials}.values())
    slot_of = {id(material): slot for slot, material in enumerate(materials)}
    part_names = list(dict.fromkeys(part for mesh in meshes for part in mesh.part_names))
    part_of = {part: number for number, part in enumerate(part_names)}
    offsets = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes[:-1])])

    def gather(attribute: str, fill: Callable[[Mesh], np.ndarray]) -> np.ndarray | None:
        """The attribute of all meshes one after another; None when no mesh has it."""
        values = [getattr(mesh, attribute) for mesh in meshes]
        if all(value is None for value in values):
            return None
        return np.concatenate([fill(mesh) if value is None else value for mesh, value in zip(meshes, values, strict=True)])

    def slots(mesh: Mesh) -> np.ndarray:
        index = np.zeros(len(mesh.face_sizes), np.int32) if mesh.material_index is None else mesh.material_index
        names = np.array([slot_of[id(material)] for material in mesh.materials] or [0], np.int32)
        return names[np.clip(index, 0, len(names) - 1)]

    def parts(mesh: Mesh) -> np.ndarray:
        if mesh.part is None:
            return np.full(len(mesh.face_sizes), -1, np.int32)
        return np.array([*(part_of[part] for part in mesh.part_names), -1], np.int32)[mesh.part]

    return Mesh(
        name,
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.corners + offset for mesh, offset in zip(meshes, offsets, strict=True)]),
        np.concatenate([mesh.face_sizes for mesh in meshes]),
        uvs=gather("uvs", lambda mesh: np.zeros((len(mesh.corners), 2), np.float32)),
        normals=gather("normals", lambda mesh: np.zeros((len(mesh.corners), 3), np.float32)),
        colors=gather("colors", _base_colors),
        materials=materials,
        material_index=np.concatenate([slots(mesh) for mesh in meshes]) if materials else None,
        part_names=part_names,
        part=np.concatenate([parts(mesh) for mesh in meshes]) if part_names else None,
        smooth=gather("smooth", lambda mesh: np.zeros(len(mesh.face_sizes), bool)),
        sharp_angle=min(mesh.sharp_angle for mesh in meshes),
    )


def _base_colors(mesh: Mesh) -> np.ndarray:
    """(C, 4) float32: each corner's material's base colour."""
    base = np.array([material.base_color for material in mesh.materials] or [(0.8, 0.8, 0.8, 1.0)], np.float32)
    index = np.zeros(len(mesh.face_sizes), np.int32) if mesh.material_index is None else mesh.material_index
    return np.repeat(base[np.clip(index, 0, len(base) - 1)], mesh.face_sizes, axis=0)


def _affine(vectors: np.ndarray, linear: np.ndarray, offset: np.ndarray | None = None) -> np.ndarray:
    """(n, 3) float32; the vectors themselves when nothing would change."""
    if np.array_equal(linear, np.eye(3)) and (offset is None or not np.any(offset)):
        return vectors
    turned = vectors @ linear.T.astype(np.float32)
    return turned if offset is None else turned + offset.astype(np.float32)


def _is_rigid(linear: np.ndarray) -> bool:
    return bool(np.allclose(linear @ linear.T, np.eye(3), atol=1e-6))
