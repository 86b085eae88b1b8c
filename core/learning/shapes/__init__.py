"""Procedural training shapes: unlimited, exactly labelled examples for leaves of which the libraries hold few.

They are never shown to an artist; the generators of ``core/environments/props`` make what goes into a scene.
"""

from __future__ import annotations

import numpy as np

from ...scene import Mesh
from . import architecture, figures, furniture, goods
from .solids import Solid

SHAPES = {
    "ground": (architecture.terrain, architecture.floor),
    "wall": (architecture.wall, architecture.fence),
    "stairs": (architecture.stairs,),
    "column": (architecture.column,),
    "door": (architecture.door,),
    "building": (architecture.building,),
    "lamp": (architecture.lamp, goods.candle),
    "barrel": (goods.barrel, goods.bin_),
    "vessel": (goods.bottle, goods.tableware),
    "food": (goods.food,),
    "banner": (goods.banner, goods.banner, goods.banner, furniture.curtain),
    "shield": (goods.shield,),
    "pickup": (goods.pickup,),
    "weapon": (goods.melee_weapon, goods.melee_weapon, figures.arrow),
    "book": (goods.book,),
    "table": (furniture.table,),
    "seat": (furniture.chair, furniture.chair, furniture.stool, furniture.bench),
    "bed": (furniture.bed,),
    "storage": (goods.crate, goods.chest, furniture.cabinet, furniture.shelf),
    "appliance": (furniture.appliance,),
    "tree": (furniture.tree,),
    "plant": (furniture.plant,),
    "rock": (furniture.rock,),
    "sign": (furniture.sign,),
    "person": (figures.person,),
}
"""What can be made of each leaf."""


def make(leaf: str, seed: int) -> Mesh:
    """A random mesh of that leaf, coloured at its corners, parts named where the shape has them; same seed, same mesh."""
    rng = np.random.default_rng([seed, *leaf.encode()])
    return assemble(leaf, SHAPES[leaf][seed % len(SHAPES[leaf])](rng))


def assemble(name: str, solids: list[Solid]) -> Mesh:
    """One mesh of solids, coloured at its corners, parts named where the solids say them."""
    offsets = np.cumsum([0, *[len(solid.vertices) for solid in solids[:-1]]])
    triangles = np.vstack([solid.triangles + offset for solid, offset in zip(solids, offsets, strict=True)])
    paint = np.repeat([solid.color for solid in solids], [3 * len(solid.triangles) for solid in solids], axis=0)
    colors = np.c_[paint, np.ones(len(paint))].astype(np.float32)
    names = list(dict.fromkeys(solid.part for solid in solids if solid.part))
    part = np.concatenate([np.full(len(s.triangles), names.index(s.part) if s.part else -1, np.int32) for s in solids])
    vertices = np.vstack([solid.vertices for solid in solids])
    return Mesh.from_faces(name, vertices, triangles.astype(np.int32), colors=colors, part_names=names, part=part)
