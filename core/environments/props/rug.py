"""A rug."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import picture
from ...geometry.shape import Part
from ...geometry.sweeps import extrude, rounded_rectangle
from ..materials.pictures import knitted_rug
from .prop import Box, Prop, PropBrief, build


@dataclass
class RugBrief(PropBrief):
    """A rug; people and furniture stand on it."""

    width: float = number(2.0, 0.8, 4.0, unit="m", help="Left to right")
    depth: float = number(1.4, 0.6, 3.0, unit="m", help="Front to back")
    height: float = number(0.01, 0.005, 0.025, unit="m", help="Thickness")
    style: str = choice("pattern", ("pattern", "plain"), help="Lozenges with a border, or one colour")


def rug(brief: RugBrief) -> Prop:
    """The rug of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    if brief.style == "plain":
        parts = [Part("rug", extrude(rounded_rectangle(w, d, 0.02, 2), 0.0, h, 0.003), look.fabric)]
    else:
        flat = picture((-w / 2, -h, -d / 2), (w / 2, 0.0, d / 2)).turned("x", -np.pi / 2)
        parts = [Part("rug", flat, knitted_rug(look.shades, brief.seed % 3), aligned=True)]
    return build("rug", "Rug", parts, [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))])
