"""A figure's levels of detail as nodes beside it: whole characters within a budget, small parts merged or left out."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh, Node, Scene
from .lod import simplify

BUDGETS = (15_000, 4_000, 1_200)  # triangles of a whole figure at LOD 1, 2 and 3
KEPT_KEYS = ("Blink", "eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthSmileLeft", "mouthSmileRight")
DROPPED = {  # what is not seen from that far any more
    1: ("Tongue", "Laces"),
    2: ("Tongue", "Lashes", "Teeth", "Brows", "Lids", "Briefs", "Undershirt", "Feelers"),
    3: ("Tongue", "Lashes", "Teeth", "Brows", "Lids", "Briefs", "Undershirt", "Feelers", "Eyes", "Claws", "Glasses", "Socks", "Ears"),
}
LEAST = 12


def add_levels(scene: Scene, budgets: tuple[int, ...] = BUDGETS) -> None:
    """Adds to each skinned mesh of the scene nodes of role "lod" with ``lod`` and ``lod_of``, in place; counts go to the report.

    The budget is that of the whole figure; every mesh gets its share by the root of its triangles, so that small parts do not
    vanish before large ones. Weights, UVs and the shape keys that a face needs from afar stay.
    """
    meshes = [node for node in scene.nodes if node.mesh is not None and node.mesh.skin is not None and node.role == ""]
    for level, budget in enumerate(budgets, 1):
        kept = [node for node in meshes if not _dropped(node.name, level)] or meshes
        total = 0
        for node, share in zip(kept, _shares([_triangles(node.mesh) for node in kept], budget), strict=True):
            keys = KEPT_KEYS if level == 1 else ()
            simpler = simplify(node.mesh, share, keys)
            simpler.name = f"{node.name}_LOD{level}"
            total += _triangles(simpler)
            properties = {"lod": level, "lod_of": node.name}
            scene.nodes.append(
                Node(simpler.name, node.transform, mesh=simpler, armature=node.armature, parent=node.parent, role="lod", properties=properties)
            )
        scene.report.counts[f"triangles_lod{level}"] = total
        if total > budget:
            scene.report.warnings.append(f"LOD {level} has {total:,} triangles; the budget is {budget:,}.")


def _dropped(name: str, level: int) -> bool:
    """Whether a part is left out; in a crowd its name follows the person's."""
    return any(name == part or name.endswith(f" {part}") for part in DROPPED.get(level, ()))


def _triangles(mesh: Mesh | None) -> int:
    return 0 if mesh is None else int(np.maximum(mesh.face_sizes - 2, 0).sum())


def _shares(counts: list[int], budget: int) -> list[int]:
    """Triangles for each mesh, at most what it has, together the budget."""
    left, open_, result = float(budget), set(range(len(counts))), [0] * len(counts)
    while open_:
        weight = {k: counts[k] ** 0.75 for k in open_}
        total = sum(weight.values())
        full = {k for k in open_ if counts[k] <= left * weight[k] / total}
        if not full:
            for k in open_:
                result[k] = max(int(left * weight[k] / total), LEAST)
            break
        for k in full:
            result[k] = counts[k]
            left -= counts[k]
        open_ -= full
    return result
