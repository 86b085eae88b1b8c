"""What is fitted: an even cloud of points with normals, out of meshes of any size, or out of a cloud."""

from __future__ import annotations

import numpy as np

from ...errors import WorldwrightError
from ...scene import Mesh
from ...spatial.sampling import sample

POINTS = 2048
MOST_FACES = 1_000_000  # a scan with more is represented by every so manyth of its faces
LEAST_VERTICES = 60


def check_size(meshes: list[Mesh]) -> None:
    """Raises WorldwrightError when there are too few vertices to be a person."""
    vertices = sum(len(mesh.vertices) for mesh in meshes)
    if vertices < LEAST_VERTICES:
        raise WorldwrightError(
            f"{vertices} vertices are too few to recognise a person in.",
            f"Select the whole figure, with at least {LEAST_VERTICES} vertices.",
        )


def sample_evenly(meshes: list[Mesh], count: int = POINTS, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """(N, 3) positions and unit normals, float64, ``count`` or a little fewer, spread evenly in space and not over layers.

    Hair cards and cloth lie in many layers over one another: a point is kept in each cell of a grid, so they count once.
    Meshes without faces count as points. Raises WorldwrightError when there is no surface.
    """
    surfaces = [_fewer_faces(mesh) for mesh in meshes if len(mesh.face_sizes)]
    if not surfaces:
        return thinned(np.concatenate([mesh.vertices for mesh in meshes]).astype(np.float64), None, count, seed)
    cloud = sample(surfaces, 12 * count, seed=seed)
    normals = np.zeros_like(cloud.positions) if cloud.normals is None else cloud.normals
    return thinned(cloud.positions.astype(np.float64), normals.astype(np.float64), count, seed)


def thinned(positions: np.ndarray, normals: np.ndarray | None, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """About ``count`` of the points (N, 3), one in each cell of a grid; normals that are not given are estimated."""
    if not np.isfinite(positions).all():
        raise WorldwrightError("The selection has coordinates that are not finite numbers.", "Clean the mesh up, or leave it out.")
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(positions))[: 24 * count]
    low, extent = positions[order].min(axis=0), np.ptp(positions[order], axis=0).max()
    if not extent > 0:
        raise WorldwrightError("All points of the selection are in one place.", "Select the whole figure.")
    coarse, fine = extent / 8, extent / 400
    kept = order
    for _ in range(12):  # the cell size that leaves about the count, by bisection
        cell = (coarse * fine) ** 0.5
        key = np.floor((positions[order] - low) / cell).astype(np.int64)
        _, first = np.unique(key[:, 0] << 40 | key[:, 1] << 20 | key[:, 2], return_index=True)
        kept = order[np.sort(first)]
        coarse, fine = (cell, fine) if len(kept) < count else (coarse, cell)
        if abs(len(kept) - count) < 0.02 * count:
            break
    kept = kept[:count]
    if normals is None:
        from ...spatial.normals import estimate_normals

        return positions[kept], estimate_normals(positions[kept]).astype(np.float64)
    return positions[kept], normals[kept]


def _fewer_faces(mesh: Mesh) -> Mesh:
    """The mesh, or every so manyth of its faces."""
    step = -(-len(mesh.face_sizes) // MOST_FACES)
    if step == 1:
        return mesh
    chosen = np.arange(0, len(mesh.face_sizes), step)
    sizes = mesh.face_sizes[chosen]
    first = np.repeat(mesh.face_starts[chosen], sizes)
    corner = first + np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    smooth = None if mesh.smooth is None else np.asarray(mesh.smooth)[chosen]
    return Mesh(mesh.name, mesh.vertices, mesh.corners[corner], sizes, smooth=smooth)
