"""Levels of detail: the same mesh with fewer triangles, with its UV seams, weights, parts, materials and shape keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import tan

import numpy as np

from ..errors import WorldwrightError
from ..geometry.normals import corner_normals
from ..scene import Mesh, Skin
from ..spatial.surface import Surface as Triangles
from .collapse import Surface, collapse_to
from .distance import deviation
from .topology import ranges, welded

INFLUENCES = 4
RATIOS = (0.25, 0.1, 0.04)  # of the triangles, at LOD 1, 2 and 3
OUTLINE = 0.01  # of the height: how far LOD 1 may lie from the original before it gets more triangles,
SPARE = (2.0, 1.6, 1.25)  # times as many
PIXEL = 2 * tan(0.5236) / 1080  # metres a pixel covers at one metre: 1080 lines, 60 degrees


@dataclass
class Level:
    """One level of detail.

    Attributes:
        mesh: the simpler mesh.
        error: metres, the largest distance between the two surfaces where they were sampled; ``mean``: the mean of it.
        distance: metres from the camera, where the error has shrunk to one pixel (1080 lines, 60 degrees).
    """

    mesh: Mesh
    error: float
    mean: float
    distance: float


def levels(
    mesh: Mesh, ratios: tuple[float, ...] = RATIOS, keep_shape_keys: tuple[str, ...] = (), height: float = 0.0
) -> list[Level]:
    """The mesh at each of ``ratios`` of its triangles, measured. Raises WorldwrightError for a mesh without faces.

    Where the first level would leave the original by more than ``OUTLINE`` of the height, it keeps more triangles.
    ``height``: metres, of what the mesh is a part of; 0 for its own, or a quarter of its size where it lies flat.
    """
    count = int(np.maximum(mesh.face_sizes - 2, 0).sum())
    first, *rest = (max(int(count * ratio), 1) for ratio in ratios)
    tries = [max(int(first * more), first) for more in (*SPARE, 1.0)]
    made = reductions(mesh, [*tries, *rest], keep_shape_keys)
    measured = [(simpler, *deviation(mesh, simpler)) for simpler in made[len(SPARE) :]]
    sides = np.ptp(mesh.vertices, axis=0)
    bar = OUTLINE * (height or max(float(sides[2]), float(np.linalg.norm(sides)) / 4))
    for simpler in reversed(made[: len(SPARE)]):
        if measured[0][2] <= bar:
            break
        measured[0] = (simpler, *deviation(mesh, simpler))
    found = []
    for number, (simpler, mean, largest) in enumerate(measured, 1):
        simpler.name = f"{mesh.name}_LOD{number}"
        found.append(Level(simpler, largest, mean, largest / PIXEL))
    return found


def simplify(mesh: Mesh, triangles: int, keep_shape_keys: tuple[str, ...] = ()) -> Mesh:
    """The mesh as at most ``triangles`` triangles where that can be done, else as few as can.

    Every vertex of the result is one of the mesh's, with its weights (the four largest, summing to 1) and its place in each
    of the shape keys named in ``keep_shape_keys`` (names it lacks are ignored; the other keys go). UV seams and the borders
    of parts, materials and the mesh itself stay closed; textures stay where they are; the shading is the original's.

    Raises WorldwrightError when the mesh is damaged or has no faces.
    """
    return reductions(mesh, [triangles], keep_shape_keys)[0]


def reductions(mesh: Mesh, counts: list[int], keep_shape_keys: tuple[str, ...] = ()) -> list[Mesh]:
    """What ``simplify`` makes, for each of ``counts``, largest first, in the time of the last."""
    surface = Triangles(mesh)
    if surface.area <= 0:
        raise WorldwrightError(f"The mesh “{mesh.name}” has no faces to simplify.", "Choose one that has a surface.")
    keys = [name for name in keep_shape_keys if name in mesh.shape_keys]
    shading, skin = _shading(mesh), _limited(mesh.skin)
    made = collapse_to(_surface(mesh, surface, keys, skin), counts)
    return [_reduced(mesh, work, shading, skin, keys) for work in made]


def _reduced(mesh: Mesh, work: Surface, shading: np.ndarray | None, skin: Skin | None, keys: list[str]) -> Mesh:
    """The mesh that is left of ``mesh`` after a collapse."""
    used, corners = np.unique(work.vertex[work.triangles].ravel(), return_inverse=True)
    source = _source_corners(mesh, work, shading)
    face = np.repeat(np.arange(len(mesh.face_sizes)), mesh.face_sizes)[work.corner[:, 0]]
    return replace(
        mesh,
        vertices=mesh.vertices[used],
        corners=corners,
        face_sizes=np.full(len(work.triangles), 3),
        uvs=None if work.uvs is None else work.uvs[work.triangles.ravel()].astype(np.float32),
        normals=None if shading is None else _upright(shading[source], mesh.vertices[used][corners]),
        colors=None if mesh.colors is None else mesh.colors[source],
        materials=list(mesh.materials),
        material_index=None if mesh.material_index is None else np.asarray(mesh.material_index)[face],
        part_names=list(mesh.part_names),
        part=None if mesh.part is None else np.asarray(mesh.part)[face],
        smooth=None if mesh.smooth is None else np.asarray(mesh.smooth)[face],
        skin=None if skin is None else Skin(skin.joints[used], skin.weights[used]),
        shape_keys={name: np.ascontiguousarray(mesh.shape_keys[name][used], np.float32) for name in keys},
        shape_key_values={name: value for name, value in mesh.shape_key_values.items() if name in keys},
    )


def _surface(mesh: Mesh, surface: Triangles, keys: list[str], skin: Skin | None) -> Surface:
    """The mesh's triangles with wedges for everything that may differ between the two sides of an edge."""
    corner = surface.triangles
    vertex = welded(mesh.vertices, mesh.corners[corner])
    columns = [vertex[mesh.corners].astype(np.int64)]
    face_of_corner = np.repeat(np.arange(len(mesh.face_sizes)), mesh.face_sizes)
    if mesh.uvs is not None:
        columns += list(np.rint(np.nan_to_num(mesh.uvs).T * 65536).astype(np.int64))
    columns += [np.asarray(c, np.int64)[face_of_corner] for c in (mesh.material_index, mesh.part) if c is not None]
    order = np.lexsort(columns[::-1])
    new = np.zeros(len(order), bool)
    for column in columns:
        new[1:] |= np.diff(column[order]) != 0
    wedge = np.empty(len(order), np.int64)
    wedge[order] = np.cumsum(new)
    first = order[np.r_[True, new[1:]]]
    weights = None
    if skin is not None:
        weights = np.zeros((len(mesh.vertices), int(skin.joints.max()) + 1), np.float32)
        np.add.at(weights, (np.arange(len(weights))[:, None], skin.joints), skin.weights)
    base = mesh.vertices.astype(np.float64)
    shapes = np.stack([mesh.shape_keys[name] - base for name in keys], axis=1) if keys else None
    uvs = None if mesh.uvs is None else np.nan_to_num(mesh.uvs[first]).astype(np.float64)
    return Surface(base, wedge[corner], vertex[mesh.corners[first]], corner, uvs, weights, shapes)


def _limited(skin: Skin | None) -> Skin | None:
    """The skin with the four largest weights of each vertex, summing to 1."""
    if skin is None:
        return None
    joints, weights = np.asarray(skin.joints, np.int32), np.asarray(skin.weights, np.float32)
    order = np.argsort(-weights, axis=1, kind="stable")[:, :INFLUENCES]
    joints, weights = np.take_along_axis(joints, order, axis=1), np.take_along_axis(weights, order, axis=1)
    total = weights.sum(axis=1, keepdims=True)
    if (total <= 0).any():
        raise WorldwrightError("Some vertices follow no bone.", "Give every vertex a weight first.")
    return Skin(joints, weights / total)


def _shading(mesh: Mesh) -> np.ndarray | None:
    """(C, 3) the normals the mesh is shaded with, or None where every face is flat."""
    if mesh.normals is not None:
        return mesh.normals
    if mesh.smooth is None or not np.any(mesh.smooth):
        return None
    surface = Triangles(mesh)
    corners = surface.triangles.ravel()
    sizes = np.full(len(surface.triangles), 3)
    found = corner_normals(mesh.vertices.astype(np.float64), mesh.corners[corners], sizes, mesh.sharp_angle)
    normals = np.zeros((len(mesh.corners), 3))
    normals[corners] = found
    return normals


def _upright(normals: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """The normals (C, 3) at length 1; in place of those without a direction, which faces without an area have, the faces' own."""
    length = np.linalg.norm(normals, axis=1)
    a, b, c = corners[0::3].astype(np.float64), corners[1::3], corners[2::3]
    own = np.repeat(np.cross(b - a, c - a), 3, axis=0)
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-30)
    found = np.where((length > 0.1)[:, None], normals / np.maximum(length, 1e-30)[:, None], own)
    lost = np.linalg.norm(found, axis=1) < 0.5
    found[lost] = [0, 0, 1]
    return found.astype(np.float32)


def _source_corners(mesh: Mesh, work: Surface, shading: np.ndarray | None) -> np.ndarray:
    """For each corner of the result the corner of the mesh, at the same vertex, whose shading and colour it takes on: of
    those there, the one most like what the corner had before it moved."""
    own, target = work.corner.ravel(), work.vertex[work.triangles].ravel()
    looks = [look for look in (shading, mesh.colors) if look is not None]
    if not looks:
        return own
    look = np.concatenate(looks, axis=1)
    order = np.argsort(mesh.corners, kind="stable")
    amount = np.bincount(mesh.corners, minlength=len(mesh.vertices))
    row, place = ranges((np.cumsum(amount) - amount)[target], amount[target])
    difference = np.square(look[order[place]] - look[own[row]]).sum(axis=1)
    best = np.lexsort((place, difference, row))
    return order[place[best[np.r_[True, np.diff(row[best]) != 0]]]]
