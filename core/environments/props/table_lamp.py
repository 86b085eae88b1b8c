"""A table lamp: a turned, ceramic or metal foot under a cloth shade."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import fabric
from .lighting import bulb, open_shade, spider
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class TableLampBrief(PropBrief):
    """A table lamp."""

    width: float = number(0.3, 0.16, 0.5, unit="m", help="Diameter of the shade; the smaller of width and depth counts")
    depth: float = number(0.3, 0.16, 0.5, unit="m", help="Diameter of the shade")
    height: float = number(0.48, 0.28, 0.8, unit="m", help="Table to the shade's top")
    foot: str = choice("ceramic", ("ceramic", "wood", "metal"), help="What the foot is made of")
    shade: str = choice("light", ("light", "accent"), help="Colour of the shade")


def table_lamp(brief: TableLampBrief) -> Prop:
    """The lamp of a brief."""
    look, h, r = brief.look, brief.height, min(brief.width, brief.depth) / 2
    low = 0.52 * h
    a = 0.42 * r
    curves = {
        "ceramic": [
            (0, 0),
            (0.7 * a, 0),
            (0.75 * a, 0.006),
            (1.15 * a, 0.3 * low),
            (1.2 * a, 0.45 * low),
            (0.9 * a, 0.68 * low),
            (0.35 * a, 0.85 * low),
            (0.3 * a, 0.92 * low),
            (0, 0.92 * low),
        ],
        "wood": [
            (0, 0),
            (1.1 * a, 0),
            (1.15 * a, 0.005),
            (1.1 * a, 0.03),
            (0.4 * a, 0.06),
            (0.34 * a, 0.3 * low),
            (0.6 * a, 0.5 * low),
            (0.34 * a, 0.72 * low),
            (0.28 * a, 0.92 * low),
            (0, 0.92 * low),
        ],
        "metal": [
            (0, 0),
            (1.3 * a, 0),
            (1.3 * a, 0.008),
            (1.2 * a, 0.014),
            (0.12 * a + 0.004, 0.02),
            (0.1 * a + 0.004, 0.92 * low),
            (0, 0.92 * low),
        ],
    }
    finish = {"ceramic": look.pot, "wood": look.trim, "metal": look.metal}[brief.foot]
    shade = fabric("#ece3d0") if brief.shade == "light" else look.accent
    parts = [
        Part("foot", lathe(curves[brief.foot], 28), finish),
        Part("stem", cylinder(0.006, 0.9 * low, low + 0.07 * h, 0.001, 10), look.metal),
    ]
    parts.append(open_shade(r, 0.68 * r, low, h, shade))
    parts.append(bulb(min(0.03, 0.3 * r), low + 0.16 * h, 6.0, hanging=False))
    parts += spider(r * 0.96 - 0.004, low + 0.05 * h, 0.03 * h)
    return build("lamp", "Table lamp", parts, mount=SURFACE)
