"""Watertight building parts: solids cut on a grid, prisms, and their union into one mesh. UVs are in metres everywhere."""

from __future__ import annotations

import numpy as np

from ..scene import Material, Mesh

# The corners of a cell's six faces, counter-clockwise seen from outside, and the two axes their UVs follow.
_FACES = {
    (0, 0): ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0)),
    (0, 1): ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
    (1, 0): ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
    (1, 1): ((0, 1, 0), (0, 1, 1), (1, 1, 1), (1, 1, 0)),
    (2, 0): ((0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)),
    (2, 1): ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
}
_UV_AXES = {0: (1, 2), 1: (0, 2), 2: (0, 1)}


def grid_solid(
    name: str,
    lines: tuple[np.ndarray, np.ndarray, np.ndarray],
    solid: np.ndarray,
    materials: list[Material],
    material: np.ndarray | None = None,
) -> Mesh:
    """The boundary of the filled cells of a rectangular grid: watertight, all quads, neighbours sharing their vertices.

    Args:
        lines: the grid's coordinates along x, y and z, each ascending; metres.
        solid: (nx, ny, nz) bool, which cells are filled; cells that touch along an edge only would not be manifold.
        material: (nx, ny, nz) slot of each cell, or None for slot 0.
    """
    shape = tuple(len(line) for line in lines)
    padded = np.pad(solid, 1)
    quads, uvs, slots = [], [], []
    for (axis, side), corners in _FACES.items():
        neighbour = np.roll(padded, 1 if side == 0 else -1, axis)[1:-1, 1:-1, 1:-1]
        cells = np.argwhere(solid & ~neighbour)
        index = cells[:, None, :] + np.array(corners)
        place = np.stack([np.asarray(lines[a])[index[..., a]] for a in range(3)], axis=-1)
        quads.append(np.ravel_multi_index(tuple(np.moveaxis(index, -1, 0)), shape))
        uv = place[..., _UV_AXES[axis]]
        mirrored = (axis, side) in ((0, 0), (1, 1), (2, 0))
        uvs.append(uv * (-1.0 if mirrored else 1.0, 1.0))
        slots.append(np.zeros(len(cells), np.int32) if material is None else material[tuple(cells.T)].astype(np.int32))
    faces = np.concatenate(quads)
    used, corners_flat = np.unique(faces.ravel(), return_inverse=True)
    grid = np.stack(np.unravel_index(used, shape), axis=1)
    vertices = np.stack([np.asarray(lines[a])[grid[:, a]] for a in range(3)], axis=1)
    return Mesh.from_faces(
        name, vertices, corners_flat.reshape(-1, 4), uvs=np.concatenate(uvs).reshape(-1, 2).astype(np.float32),
        materials=materials, material_index=np.concatenate(slots), smooth=np.zeros(len(faces), bool),
    )  # fmt: skip


def box(name: str, low: tuple[float, float, float], high: tuple[float, float, float], material: Material) -> Mesh:
    """An axis-aligned box between two corners."""
    return grid_solid(name, tuple(np.array([a, b]) for a, b in zip(low, high, strict=True)), np.ones((1, 1, 1), bool), [material])


def prism(name: str, outline: np.ndarray, start: float, end: float, material: Material) -> Mesh:
    """A convex outline (K, 2) in (y, z), counter-clockwise seen from +x, drawn out along x from ``start`` to ``end``."""
    count = len(outline)
    vertices = np.concatenate([np.column_stack([np.full(count, x), outline]) for x in (start, end)])
    step = np.arange(count)
    following = (step + 1) % count
    sides = np.column_stack([step, step + count, following + count, following])[:, ::-1]
    fans = [[0, k + 1, k] for k in range(1, count - 1)] + [[count, count + k, count + k + 1] for k in range(1, count - 1)]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(outline - np.roll(outline, -1, 0), axis=1))])
    side_uvs = [[(-start, along[k + 1]), (-end, along[k + 1]), (-end, along[k]), (-start, along[k])] for k in range(count)]
    cap_uvs = [[(outline[i % count][0] * (-1.0 if i < count else 1.0), outline[i % count][1]) for i in fan] for fan in fans]
    faces = [list(side) for side in sides] + fans
    flat = [uv for face in side_uvs + cap_uvs for uv in face]
    return Mesh.from_faces(
        name, vertices, faces, uvs=np.array(flat, np.float32), materials=[material],
        material_index=np.zeros(len(faces), np.int32), smooth=np.zeros(len(faces), bool),
    )  # fmt: skip


def merge(name: str, meshes: list[Mesh]) -> Mesh:
    """One mesh of several, each with UVs and material slots; equal materials (the same object) share a slot."""
    materials: list[Material] = []
    slots = []
    for mesh in meshes:
        for material in mesh.materials:
            if not any(material is known for known in materials):
                materials.append(material)
        table = np.array([next(i for i, known in enumerate(materials) if known is m) for m in mesh.materials], np.int32)
        slots.append(table[mesh.material_index])
    offsets = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    return Mesh(
        name,
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.corners + offset for mesh, offset in zip(meshes, offsets, strict=True)]),
        np.concatenate([mesh.face_sizes for mesh in meshes]),
        uvs=np.concatenate([mesh.uvs for mesh in meshes]),
        materials=materials,
        material_index=np.concatenate(slots),
        smooth=np.concatenate([mesh.smooth for mesh in meshes]),
    )


def moved(mesh: Mesh, offset: tuple[float, float, float]) -> Mesh:
    """The mesh with every vertex shifted; everything else is shared with the original."""
    return Mesh(
        mesh.name, mesh.vertices + np.array(offset, np.float32), mesh.corners, mesh.face_sizes, uvs=mesh.uvs,
        materials=mesh.materials, material_index=mesh.material_index, smooth=mesh.smooth,
    )  # fmt: skip
