"""Painted, seamless materials and the palettes that combine them."""

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
    mirror,
    painted_metal,
    paper,
    plank_floor,
    plaster,
    plastic,
    rubber,
    soil,
    water,
    wood,
)
from .palettes import ACCENTS, PALETTES, Palette, palette

__all__ = [
    "ACCENTS", "PALETTES", "Finish", "Palette", "brushed_metal", "carpet", "ceramic", "ceramic_tiles", "chrome",
    "concrete", "cork", "fabric", "glass", "glow", "lacquer", "leaf", "leather", "mirror", "painted_metal", "palette", "paper",
    "plank_floor", "plaster", "plastic", "rubber", "soil", "water", "wood",
]  # fmt: skip
