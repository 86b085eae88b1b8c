"""Procedural training shapes: unlimited, exactly labelled examples for leaves of which the libraries hold few.

They are never shown to an artist; the generators of ``core/environments/props`` make what goes into a scene.
"""

from __future__ import annotations

import numpy as np

from ...scene import Mesh
from . import architecture, figures, furniture, goods

SHAPES = {
    "terrain": architecture.terrain,
    "floor": architecture.floor,
    "wall": architecture.wall,
    "fence": architecture.fence,
    "stairs": architecture.stairs,
    "column": architecture.column,
    "door": architecture.door,
    "building": architecture.building,
    "lamp": architecture.lamp,
    "crate": goods.crate,
    "barrel": goods.barrel,
    "chest": goods.chest,
    "bin": goods.bin_,
    "bottle": goods.bottle,
    "tableware": goods.tableware,
    "food": goods.food,
    "candle": goods.candle,
    "banner": goods.banner,
    "shield": goods.shield,
    "pickup": goods.pickup,
    "melee weapon": goods.melee_weapon,
    "book": goods.book,
    "table": furniture.table,
    "chair": furniture.chair,
    "stool": furniture.stool,
    "bench": furniture.bench,
    "bed": furniture.bed,
    "cabinet": furniture.cabinet,
    "shelf": furniture.shelf,
    "appliance": furniture.appliance,
    "tree": furniture.tree,
    "plant": furniture.plant,
    "rock": furniture.rock,
    "sign": furniture.sign,
    "person": figures.person,
    "arrow": figures.arrow,
}


def make(leaf: str, seed: int) -> Mesh:
    """A random mesh of that leaf, coloured at its corners; the same seed gives the same mesh."""
    rng = np.random.default_rng([seed, *leaf.encode()])
    solids = (furniture.curtain if leaf == "banner" and rng.random() < 0.2 else SHAPES[leaf])(rng)
    offsets = np.cumsum([0, *[len(solid.vertices) for solid in solids[:-1]]])
    triangles = np.vstack([solid.triangles + offset for solid, offset in zip(solids, offsets, strict=True)])
    paint = np.repeat([solid.color for solid in solids], [3 * len(solid.triangles) for solid in solids], axis=0)
    colors = np.c_[paint, np.ones(len(paint))].astype(np.float32)
    return Mesh.from_faces(leaf, np.vstack([solid.vertices for solid in solids]), triangles.astype(np.int32), colors=colors)
