"""The wardrobe: underwear always, then what the brief asks for, cut to the body at hand.

``dress(shape, brief, rng) -> (meshes, hidden)``: one skinned mesh a garment, named "Briefs", "T-shirt", "Trousers", ...; and
(V,) bool, the body vertices that lie well under cloth (a body face whose vertices are all hidden can be left out).
"""

from __future__ import annotations

import numpy as np

from ...scene import Mesh
from ..body import BodyShape
from ..brief import LONG_UPPERS, CharacterBrief
from .accessories import backpack, belt, glasses
from .footwear import shoes, socks
from .headwear import headwear
from .lowers import lower, skirt
from .patterns import BRIEFS, UNDERSHIRT, UNDERWEAR_COLOR, wished_lower, wished_upper
from .tailor import Tailor, Wish
from .uppers import upper

__all__ = ["dress"]


def dress(shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> tuple[list[Mesh], np.ndarray]:
    """Underwear, then the brief's garments, shoes and accessories.

    Args:
        shape: the body in its A-pose.
        rng: decides how cloth creases and fibres vary.
    Returns: the meshes, and (V,) bool, the body vertices hidden by cloth.
    """
    tailor = Tailor(shape, rng, fine=brief.hair_build == "cards")
    plain = Wish(UNDERWEAR_COLOR)
    lower(tailor, BRIEFS, plain)
    covered = not tailor.fine and brief.upper != "none"  # what nobody can see costs too much under a low budget
    if (brief.gender < 0.5 or not brief.is_adult) and not covered:
        upper(tailor, UNDERSHIRT, plain)
    if brief.socks != "none":
        socks(tailor, brief.socks, Wish(brief.socks_color))
    if brief.shoes != "none":
        shoes(tailor, brief.shoes, brief.shoes_color)
    tucked = brief.belt and brief.upper in ("t-shirt", "shirt") and brief.lower != "none"
    steps = [lambda: _lower(tailor, brief), lambda: _upper(tailor, brief, tucked)]
    for step in reversed(steps) if tucked else steps:
        step()
    if brief.belt:
        belt(tailor, brief.belt_color, over=brief.upper in (*LONG_UPPERS, "coat"))
    if brief.backpack:
        backpack(tailor, brief.backpack_color)
    if brief.headwear != "none":
        headwear(tailor, brief.headwear, brief.headwear_color)
    if brief.glasses != "none":
        glasses(tailor, brief.glasses, brief.glasses_color)
    return tailor.meshes, tailor.hidden


def _lower(tailor: Tailor, brief: CharacterBrief) -> None:
    if brief.lower == "none":
        return
    wish = Wish(brief.lower_color, brief.lower_pattern, brief.pattern_color)
    (skirt if brief.lower == "skirt" else lower)(tailor, wished_lower(brief), wish)


def _upper(tailor: Tailor, brief: CharacterBrief, tucked: bool) -> None:
    if brief.upper != "none":
        wish = Wish(brief.upper_color, brief.upper_pattern, brief.pattern_color)
        upper(tailor, wished_upper(brief, tucked), wish)
