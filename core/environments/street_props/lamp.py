"""A street lamp: a cast column with a lantern, or a plain mast with an arm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import lathe, tube
from ..materials import glow, lacquer, painted_metal
from ..props.prop import Box, Prop, PropBrief, build


@dataclass
class LampBrief(PropBrief):
    """A street lamp; its light hangs towards -Y."""

    height: float = number(4.6, 2.5, 10.0, unit="m", help="Ground to the top of the lantern")
    style: str = choice("lantern", ("lantern", "mast"), help="Cast column with a lantern, or a mast with an arm")
    on: bool = flag(False, help="Switched on")


def lamp(brief: LampBrief) -> Prop:
    """The lamp of a brief."""
    iron = painted_metal("#23272a" if brief.style == "lantern" else "#5b6064")
    light = glow("#ffd9a0", 14.0) if brief.on else lacquer("#e9e4d6", 0.25)
    h = brief.height
    if brief.style == "mast":
        arm = np.array([(0, 0, h - 0.7), (0, -0.05, h - 0.25), (0, -0.4, h - 0.06), (0, -1.3, h - 0.02)])
        parts = [
            Part("base", lathe([(0, 0), (0.12, 0), (0.12, 0.5), (0.085, 0.56), (0, 0.56)], 12), iron),
            Part("column", lathe([(0, 0.5), (0.075, 0.5), (0.05, h - 0.6), (0, h - 0.6)], 10), iron),
            Part("arm", tube(arm, 0.035, 6), iron), Part("head", box((-0.13, -1.75, h - 0.07), (0.13, -1.2, h + 0.03), 0.02), iron),
            Part("light", box((-0.1, -1.7, h - 0.085), (0.1, -1.3, h - 0.066), 0.004), light),
        ]  # fmt: skip
        return build("street_lamp", "Street lamp", parts, [Box((-0.12, -0.12, 0.0), (0.12, 0.12, h - 0.5))])
    top = h - 0.85
    foot = [(0, 0), (0.2, 0), (0.2, 0.08), (0.15, 0.14), (0.14, 0.55), (0.16, 0.6), (0.1, 0.72), (0.075, 0.85), (0.06, top - 0.5),
            (0.085, top - 0.45), (0.06, top - 0.38), (0.05, top - 0.05), (0.12, top), (0, top)]  # fmt: skip
    glass = [(0, top), (0.1, top), (0.19, top + 0.5), (0, top + 0.5)]
    roof = [(0, top + 0.48), (0.23, top + 0.48), (0.22, top + 0.53), (0.1, top + 0.7), (0.04, top + 0.76), (0.035, top + 0.82),
            (0.0, top + 0.85)]  # fmt: skip
    ribs = [tube([(0.115 * c, 0.115 * s, top), (0.2 * c, 0.2 * s, top + 0.5)], 0.011, 4, bevel=0.0)
            for c, s in ((np.cos(a), np.sin(a)) for a in np.arange(6) * np.pi / 3)]  # fmt: skip
    parts = [Part("column", lathe(foot, 12), iron), Part("light", lathe(glass, 6), light), Part("roof", lathe(roof, 12), iron),
             Part("ladder bar", tube([(-0.35, 0, top - 0.42), (0.35, 0, top - 0.42)], 0.018, 6), iron)]  # fmt: skip
    parts += [Part("rib", rib, iron) for rib in ribs]
    return build("street_lamp", "Street lamp", parts, [Box((-0.16, -0.16, 0.0), (0.16, 0.16, top))])
