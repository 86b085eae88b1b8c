"""What can be measured of a mesh without any network. numpy only."""

from __future__ import annotations

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh


def check(mesh: Mesh) -> None:
    """Raises WorldwrightError naming what keeps this mesh from being read."""
    if len(mesh.face_sizes) == 0:
        raise WorldwrightError(f"“{mesh.name}” has no faces to read.", "Select a mesh with faces.")
    if not np.isfinite(mesh.vertices).all():
        raise WorldwrightError(f"“{mesh.name}” has vertices whose coordinates are not numbers.", "Repair or delete these vertices.")
    if len(mesh.corners) != mesh.face_sizes.sum() or mesh.corners.min() < 0 or mesh.corners.max() >= len(mesh.vertices):
        raise WorldwrightError(f"“{mesh.name}” is damaged: its faces name vertices that are not there.", "Export it anew.")


def facts(mesh: Mesh) -> dict:
    """JSON facts: size_m, triangles, faces, vertices, area_m2, closed, materials, textured, parts."""
    used = np.unique(mesh.corners)
    points = mesh.vertices[used].astype(np.float64)
    triangles = mesh.corners[mesh.triangles()[0]]
    a, b, c = (mesh.vertices[triangles[:, side]].astype(np.float64) for side in range(3))
    area = float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)
    return {
        "size_m": [round(float(side), 4) for side in np.ptp(points, axis=0)],
        "triangles": int(len(triangles)),
        "faces": int(len(mesh.face_sizes)),
        "vertices": int(len(used)),
        "area_m2": round(area, 6),
        "closed": is_closed(mesh),
        "materials": [material.name for material in mesh.materials],
        "textured": any(material.base_color_texture is not None for material in mesh.materials),
        "parts": list(mesh.part_names),
    }


def is_closed(mesh: Mesh) -> bool:
    """Whether every edge is shared by exactly two faces that run along it in opposite directions."""
    starts, sizes = mesh.face_starts, mesh.face_sizes
    last = np.arange(len(mesh.corners)) == np.repeat(starts + sizes - 1, sizes)
    following = np.where(last, np.repeat(starts, sizes), np.arange(len(mesh.corners)) + 1)
    _, merged = np.unique(mesh.vertices, axis=0, return_inverse=True)  # seams of UVs or normals split vertices, not surfaces
    first = merged.reshape(-1)[mesh.corners].astype(np.int64)
    second = first[following]
    forward, count = np.unique(first * len(mesh.vertices) + second, return_counts=True)
    backward = np.unique(second * len(mesh.vertices) + first)
    return bool((count == 1).all() and len(forward) == len(backward) and (forward == backward).all())
