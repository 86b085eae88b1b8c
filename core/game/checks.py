"""Checks of one mesh that need no Blender."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..scene import Mesh
from .collider import convex
from .engines import Engine, safe_name
from .findings import ERROR, INFORMATION, WARNING, Finding
from .hull import volume
from .topology import find_edges, pieces
from .uvs import uv_overlap

MOST_LOOKED_AT = 200_000  # triangles: topology and UVs of larger meshes are not looked at
OVERLAP = 0.01  # of the covered UV map: less comes of the grid it is measured on


def check_mesh(mesh: Mesh, engine: Engine, textured: bool, collider: bool, baked: bool = False) -> Iterator[Finding]:
    """What is wrong with a mesh for an engine.

    ``textured``: its materials use images; ``baked``: they are procedural, so images will be made over its UVs;
    ``collider``: it is a collision shape.
    """
    name = mesh.name
    if not np.isfinite(mesh.vertices).all():
        yield Finding(
            ERROR,
            "coordinates",
            name,
            f"Some coordinates of “{name}” are not numbers.",
            "It cannot be exported.",
            "Clean it up: Edit Mode, Mesh, Clean Up.",
        )
        return
    sizes = mesh.face_sizes
    triangles = int(np.maximum(sizes - 2, 0).sum())
    if len(sizes) and sizes.max() > 4:
        yield Finding(
            INFORMATION,
            "n-gons",
            name,
            f"“{name}” has {int((sizes > 4).sum())} faces of more than four corners.",
            "They are cut into triangles in the copy.",
        )
    if engine.most_triangles and triangles > engine.most_triangles:
        limit = f"{engine.title} takes {engine.most_triangles:,}"
        yield Finding(WARNING, "triangles", name, f"“{name}” has {triangles:,} triangles; {limit}.", "The copy is simplified.")
    if mesh.uvs is None and triangles and not collider:
        level, what = (ERROR, "its textures cannot be placed") if textured else (INFORMATION, "no texture can be placed on it")
        yield Finding(level, "missing UVs", name, f"“{name}” has no UVs.", f"In the engine {what}.", "Unwrap it.", "unwrap")
    if 0 < triangles <= MOST_LOOKED_AT:
        yield from _topology(mesh, collider)
        if not collider:
            yield from _overlap(mesh, engine, baked)
    plain = safe_name(name, engine.most_name - 12)
    if plain != name:
        yield Finding(INFORMATION, "name", name, f"“{name}” is called “{plain}” in the pack.")


def _overlap(mesh: Mesh, engine: Engine, baked: bool) -> Iterator[Finding]:
    share = uv_overlap(mesh)
    if share <= OVERLAP:
        return
    sentence = f"{share:.0%} of the UV map of “{mesh.name}” lie on top of each other."
    if baked:
        yield Finding(WARNING, "overlapping UVs", mesh.name, sentence, "Its procedural textures are baked on top of each other.",
                      "Unwrap it without overlap.", "unwrap")  # fmt: skip
        return
    spare = "light maps get a second map" if engine.lightmaps else "painting or baking on it would show twice"
    yield Finding(INFORMATION, "overlapping UVs", mesh.name, sentence, f"Textures may repeat so on purpose; {spare}.")


def _topology(mesh: Mesh, collider: bool) -> Iterator[Finding]:
    corners = mesh.corners[mesh.triangles()[0]]
    edges = find_edges(corners, np.arange(len(mesh.vertices)), len(mesh.vertices))
    closed = bool((edges.faces == 2).all())
    name = mesh.name
    if collider:
        if not closed:
            yield Finding(
                ERROR,
                "open collider",
                name,
                f"The collision shape “{name}” is not closed.",
                "Engines ignore it or let things fall through.",
                "Replace it by its convex hull.",
                "hull",
            )
        elif not convex(mesh):
            yield Finding(
                ERROR,
                "concave collider",
                name,
                f"The collision shape “{name}” is not convex.",
                "Engines silently fill its hollows.",
                "Replace it by its convex hull.",
                "hull",
            )
        return
    if not closed:
        return
    piece = pieces(corners, len(mesh.vertices))[corners[:, 0]]
    inside_out = [k for k in np.unique(piece)[:50] if volume(mesh.vertices, corners[piece == k]) < 0]
    if inside_out and volume(mesh.vertices, corners) < 0:
        yield Finding(
            WARNING,
            "normals",
            name,
            f"The faces of “{name}” look inwards.",
            "Engines show it inside out.",
            "Recalculate its normals.",
            "normals",
        )
