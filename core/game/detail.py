"""A figure's levels of detail as nodes beside it: whole characters within a budget, small parts merged or left out."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh, Node, Scene
from .lod import simplify

BUDGETS = (15_000, 4_000, 1_200)  # triangles of a whole figure at LOD 1, 2 and 3
KEPT_KEYS = ("Blink", "eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthSmileLeft", "mouthSmileRight")
DROPPED = {  # what is not seen from that far any more
    1: ("Tongue", "Laces"),
    2: ("Fur", "Tongue", "Lashes", "Teeth", "Brows", "Lids", "Briefs", "Undershirt", "Feelers"),
    3: (
        "Fur",
        "Tongue",
        "Lashes",
        "Teeth",
        "Brows",
        "Lids",
        "Briefs",
        "Undershirt",
        "Feelers",
        "Eyes",
        "Claws",
        "Glasses",
        "Socks",
        "Ears",
    ),
}
LEAST = 12


def add_levels(scene: Scene, budgets: tuple[int, ...] = BUDGETS, stand_ins: dict[str, Mesh] | None = None) -> None:
    """Adds to each skinned mesh of the scene nodes of role "lod" with ``lod`` and ``lod_of``, in place; counts go to the report.

    The budget is that of the whole figure; every mesh gets its share by its triangles, small parts a little more. Weights,
    UVs and the shape keys that a face needs from afar stay. ``stand_ins``: simpler meshes to start from, by node name (a
    sculpted cap for hair of cards).
    """
    nodes = [node for node in scene.nodes if node.mesh is not None and node.mesh.skin is not None and node.role == ""]
    meshes = {node.name: (stand_ins or {}).get(node.name, node.mesh) for node in nodes if node.mesh is not None}
    for level, budget in enumerate(budgets, 1):
        kept = [node for node in nodes if not _dropped(node.name, level)] or nodes
        made = _simplified([meshes[node.name] for node in kept], budget, KEPT_KEYS if level == 1 else ())
        for node, simpler in zip(kept, made, strict=True):
            simpler.name = f"{node.name}_LOD{level}"
            properties = {"lod": level, "lod_of": node.name}
            scene.nodes.append(
                Node(
                    simpler.name,
                    node.transform,
                    mesh=simpler,
                    armature=node.armature,
                    parent=node.parent,
                    role="lod",
                    properties=properties,
                )
            )
            meshes[node.name] = simpler  # the next level goes on from here
        total = sum(_triangles(mesh) for mesh in made)
        scene.report.counts[f"triangles_lod{level}"] = total
        if total > budget:
            scene.report.warnings.append(f"LOD {level} has {total:,} triangles; the budget is {budget:,}.")


def _simplified(meshes: list[Mesh], budget: int, keys: tuple[str, ...]) -> list[Mesh]:
    """The meshes with together at most ``budget`` triangles where that can be done: what cannot be reduced makes the rest
    smaller."""
    aim, made = float(budget), []
    for _ in range(3):
        made = [
            simplify(mesh, share, keys)
            for mesh, share in zip(meshes, _shares([_triangles(m) for m in meshes], int(aim)), strict=True)
        ]
        total = sum(_triangles(mesh) for mesh in made)
        if total <= budget:
            break
        aim = max(aim - 1.15 * (total - budget), 0.2 * budget)
        meshes = made
    return made


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
