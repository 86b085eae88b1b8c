"""A litter bin with a hood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import painted_metal
from ..props.prop import Prop, PropBrief, build


@dataclass
class LitterBinBrief(PropBrief):
    """A round bin of slats."""

    width: float = number(0.46, 0.3, 0.8, unit="m", help="Diameter")
    height: float = number(1.0, 0.7, 1.4, unit="m", help="Ground to the top of the hood")


def litter_bin(brief: LitterBinBrief) -> Prop:
    """The bin of a brief."""
    r, h = brief.width / 2, brief.height
    green, dark = painted_metal("#27382f"), painted_metal("#1b1e20")
    body = [(0, 0.05), (r - 0.05, 0.05), (r - 0.03, 0.72 * h), (r - 0.06, 0.72 * h), (r - 0.08, 0.6 * h), (0, 0.6 * h)]
    hood = [(0, h - 0.1), (r - 0.02, h - 0.1), (r, h - 0.08), (r - 0.03, h - 0.03), (0.1, h), (0, h)]
    parts = [Part("body", lathe(body, 18), dark), Part("hood", lathe(hood, 18), green),
             Part("foot", lathe([(0, 0), (r - 0.08, 0), (r - 0.08, 0.06), (0, 0.06)], 14), dark)]  # fmt: skip
    for k in range(14):
        a = 2 * np.pi * k / 14
        slat = box((-0.032, -0.012, 0.07), (0.032, 0.012, 0.74 * h), 0.004).moved(0, -r + 0.022, 0)
        parts.append(Part("slat", slat.turned("z", a), green))
    for k in range(3):
        post = box((-0.02, -0.01, 0.7 * h), (0.02, 0.01, h - 0.08), 0.002).moved(0, -r + 0.04, 0)
        parts.append(Part("post", post.turned("z", 2 * np.pi * k / 3 + 0.5), dark))
    return build("bin", "Litter bin", parts)
