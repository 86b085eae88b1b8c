"""Hair: strands combed over the skull, made into cards with a painted alpha atlas, over a cap that hides the scalp.

``grow(shape, brief, rng) -> list[Mesh]``: "Hair", "Brows" and "Beard", as the brief asks; at most 14,000 triangles, and at most
3,000 when the brief's ``hair_build`` is "cap": a sculpted cap with a few broad cards for what falls below it.

A strand is a line of points that follows a flow field (parting, side, back, gravity) and is kept near the skull: the skull is
a radius for every direction from its centre, so a strand can neither sink in nor stand off further than its own layer.
"""

from __future__ import annotations

import numpy as np

from ...scene import Mesh
from ..body import BodyShape
from ..brief import CharacterBrief
from .afro import afro, coils
from .cards import atlas, cap
from .combed import STYLES, combed
from .facial import beard, brows
from .groom import Groom
from .tied import TIED, tied

__all__ = ["grow"]


def grow(shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> list[Mesh]:
    """Hair, brows and beard of a brief, skinned to the head (long hair partly to neck and chest)."""
    groom = Groom(shape, brief, rng)
    meshes = [] if brief.hair == "bald" else [_hair(groom)]
    meshes.append(brows(groom))
    if brief.beard in ("beard", "moustache", "goatee"):
        meshes.append(beard(groom))
    return meshes


def _hair(groom: Groom) -> Mesh:
    """The whole head of hair as one mesh with one material."""
    brief, rng = groom.brief, groom.rng
    if brief.hair == "afro":
        return groom.mesh("Hair", afro(groom), coils(groom))
    style = STYLES.get(brief.hair)
    curl = style.curl if style else 0.0
    material = atlas("Hair", brief.hair_color, rng, curl, brief.greying)
    if brief.hair == "buzz":
        parts = [cap(groom, 0.0022)]
    elif brief.hair in TIED:
        parts = [cap(groom, 0.0035), *tied(groom)]
    elif style is None:
        raise KeyError(brief.hair)
    elif groom.low and style.top < 0.1 and brief.hair != "receding":
        parts = [cap(groom, 0.004 + 0.85 * style.lift * groom.volume, sculpted=style.curl)]
    elif brief.hair == "receding":  # thin: the painted scalp shows between the strands
        parts = [combed(groom, style)]
    else:
        height = 0.002 + style.core * style.lift * groom.volume
        parts = [cap(groom, height), combed(groom, style)]
    return groom.mesh("Hair", parts, material)
