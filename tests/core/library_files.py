"""A small library of model files, as an artist would keep it: one folder for each kind of thing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import trimesh

from core.learning.shapes import make

KINDS = {"Round_Columns": "column", "vessels": "vessel", "trees": "tree"}
LABELS = ("round columns", "trees", "vessels")


def write_library(place: Path, each: int = 6, unlabelled: int = 0) -> Path:
    """Folders of STL files of procedural shapes under ``place``; ``unlabelled`` more of every kind lie in no folder."""
    for folder, leaf in KINDS.items():
        (place / folder).mkdir(parents=True)
        for number in range(each):
            write_shape(place / folder / f"{leaf}_{number}.stl", leaf, number)
        for number in range(unlabelled):
            write_shape(place / f"{leaf}_{number}.stl", leaf, 100 + number)
    return place


def write_shape(path: Path, leaf: str, number: int) -> None:
    """One procedural shape as triangles."""
    mesh = make(leaf, number)
    starts = np.concatenate([[0], np.cumsum(mesh.face_sizes)[:-1]])
    triangles = []
    for start, size in zip(starts, mesh.face_sizes, strict=True):
        corners = mesh.corners[start : start + size]
        triangles += [(corners[0], corners[k], corners[k + 1]) for k in range(1, size - 1)]
    trimesh.Trimesh(mesh.vertices, triangles, process=False).export(path)
