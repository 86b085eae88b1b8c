"""A fume hood: a glazed sash before a lit chamber, on a cabinet."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import glass, glow, lacquer
from .joinery import FRONT, hinged_doors
from .prop import Box, Prop, PropBrief, Surface, build

DECK = 0.9


@dataclass
class FumeHoodBrief(PropBrief):
    """A fume hood; its back (+Y) goes to the wall."""

    width: float = number(1.5, 0.9, 2.4, unit="m", help="Left to right")
    depth: float = number(0.85, 0.65, 1.0, unit="m", help="Front to back")
    height: float = number(2.4, 2.0, 2.7, unit="m", help="Floor to top")
    sash: float = number(0.35, 0.0, 1.0, help="How far the sash is open")


def fume_hood(brief: FumeHoodBrief) -> Prop:
    """The fume hood of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    body, dark = lacquer("#e6e8e8", 0.35), lacquer("#3f4447", 0.35)
    y, side, head = -d / 2 + 0.031 + FRONT, 0.09, h - 0.5
    parts = [
        Part("case", box((-w / 2, y, 0.1), (w / 2, d / 2, DECK - 0.04), 0.003), body),
        Part("plinth", box((-w / 2 + 0.02, y + 0.05, 0.0), (w / 2 - 0.02, d / 2 - 0.02, 0.1), 0.0), look.plastic),
        Part("top", box((-w / 2, -d / 2, DECK - 0.04), (w / 2, d / 2, DECK), 0.005), dark),
        Part("back", box((-w / 2 + side, d / 2 - 0.05, DECK), (w / 2 - side, d / 2, head), 0.0), body),
        Part("hood", box((-w / 2, y, head), (w / 2, d / 2, h), 0.004), body),
        Part(
            "baffle",
            box((-w / 2 + side + 0.02, d / 2 - 0.09, DECK + 0.12), (w / 2 - side - 0.02, d / 2 - 0.075, head - 0.12), 0.001),
            body,
        ),
        Part("lamp", box((-0.3 * w, 0.0, head - 0.02), (0.3 * w, 0.08, head), 0.003), glow("#f4f8ff", 4.0)),
    ]
    for x in (-w / 2, w / 2 - side):
        parts.append(Part("side", box((x, y, DECK), (x + side, d / 2, head), 0.004, grain=2), body))
        for k in range(3):
            z = DECK + 0.1 + 0.09 * k
            color = lacquer(("#2f6fb0", "#d9b13c", "#4a8f4e")[k], 0.3)
            parts.append(Part("valve", box((x + 0.025, y - 0.02, z), (x + 0.065, y, z + 0.04), 0.005), color))
    parts += hinged_doors((-w / 2, 0.1), (w / 2, DECK - 0.04), y, max(round(w / 0.5), 1), body, look.metal, 0.84)
    low = DECK + 0.03 + brief.sash * 0.5 * (head - DECK)
    top = low + (head - DECK) * 0.9
    sash = box((-w / 2 + side, y + 0.02, low + 0.04), (w / 2 - side, y + 0.026, min(top, h - 0.03)), 0.0)
    parts.append(Part("glass", sash, glass()))
    parts.append(Part("handle", box((-w / 2 + side, y + 0.005, low), (w / 2 - side, y + 0.035, low + 0.04), 0.006), look.metal))
    panel = box((-0.16, y - 0.008, head + 0.12), (0.16, y, head + 0.26), 0.003)
    parts += [
        Part("panel", panel, dark),
        Part("lamp", box((0.08, y - 0.011, head + 0.17), (0.11, y - 0.008, head + 0.2), 0.001), glow("#58d06a", 3.0)),
    ]
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, DECK)), Box((-w / 2, y, DECK), (w / 2, d / 2, h))]
    surface = Surface((-w / 2 + side + 0.02, y + 0.06), (w / 2 - side - 0.02, d / 2 - 0.11), DECK, head - DECK - 0.05)
    return build("fume hood", "Fume hood", parts, solid, surfaces=[surface], clearance=0.9)
