"""Painted, seamless materials and the palettes that combine them.

Finishes for outdoors: ``walls`` (brick, stone, roofs), ``ground`` (roads, soil, sand, snow, bark, water), ``foliage``.
"""

from __future__ import annotations

from ...geometry.shape import Finish
from .finishes import (
    brushed_metal,
    carpet,
    ceramic,
    ceramic_tiles,
    chrome,
    concrete,
    cork,
    fabric,
    glass,
    glow,
    lacquer,
    leaf,
    leather,
    marble,
    mirror,
    painted_metal,
    paper,
    plank_floor,
    plaster,
    plastic,
    rubber,
    soil,
    terrazzo,
    wallpaper,
    water,
    wicker,
    wood,
)
from .palettes import ACCENTS, PALETTES, Palette, palette

__all__ = [
    "ACCENTS", "PALETTES", "Finish", "Palette", "brushed_metal", "carpet", "ceramic", "ceramic_tiles", "chrome",
    "concrete", "cork", "fabric", "glass", "glow", "lacquer", "leaf", "leather", "marble", "mirror", "painted_metal",
    "palette", "paper", "plank_floor", "plaster", "plastic", "rubber", "soil", "terrazzo", "wallpaper", "water",
    "wicker", "wood",
]  # fmt: skip
