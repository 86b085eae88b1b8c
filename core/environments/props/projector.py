"""A projector under the ceiling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import glow, lacquer
from .prop import CEILING, Prop, PropBrief, build


@dataclass
class ProjectorBrief(PropBrief):
    """A projector on a drop tube; its lens looks along -Y, its top is at the ceiling."""

    width: float = number(0.38, 0.28, 0.55, unit="m", help="Left to right")
    depth: float = number(0.32, 0.25, 0.5, unit="m", help="Front to back")
    height: float = number(0.4, 0.2, 1.0, unit="m", help="Its lower side to the ceiling")


def projector(brief: ProjectorBrief) -> Prop:
    """The projector of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    body = lacquer("#eceae6", 0.35)
    high = 0.11
    parts = [
        Part("case", box((-w / 2, -d / 2 + 0.02, 0.0), (w / 2, d / 2, high), 0.012), body),
        Part("plate", box((-0.08, -0.08, high), (0.08, 0.08, high + 0.012), 0.002), look.frame),
        Part("tube", cylinder(0.018, high + 0.01, h - 0.01, 0.002, 14), look.frame),
        Part("rose", lathe([(0, h - 0.014), (0.07, h - 0.014), (0.075, h - 0.01), (0.075, h), (0, h)], 24), look.frame),
    ]
    lens = [(0.0, 0.0), (0.045, 0.0), (0.045, 0.022), (0.036, 0.022), (0.034, 0.012), (0.0, 0.012)]
    pane = [(0.0, 0.011), (0.0345, 0.011), (0.02, 0.018), (0.0, 0.02)]
    for name, profile, finish in (("lens", lens, look.plastic), ("glass", pane, lacquer("#10131a", 0.03))):
        shape = lathe(profile, 24).turned("x", np.pi / 2).moved(0.2 * w, -d / 2 + 0.022, 0.5 * high)
        parts.append(Part(name, shape, finish))
    for k in range(6):
        slot = box(
            (-w / 2 + 0.04 + 0.016 * k, -d / 2 + 0.018, 0.025), (-w / 2 + 0.05 + 0.016 * k, -d / 2 + 0.021, high - 0.025), 0.0
        )
        parts.append(Part("vent", slot, look.plastic))
    lamp = box((0.0, -d / 2 + 0.0185, high - 0.02), (0.006, -d / 2 + 0.0205, high - 0.014), 0.0)
    parts.append(Part("lamp", lamp, glow("#5aa8f0", 2.0)))
    return build("projector", "Projector", parts, mount=CEILING)
