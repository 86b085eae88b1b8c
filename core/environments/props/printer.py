"""A printer and copier: a floor-standing office machine, or a small one when it is low."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import glow, lacquer, paper, plastic
from .prop import Box, Prop, PropBrief, build


@dataclass
class PrinterBrief(PropBrief):
    """A printer; one uses it from the front (-Y)."""

    width: float = number(0.6, 0.35, 0.9, unit="m", help="Left to right")
    depth: float = number(0.65, 0.35, 0.8, unit="m", help="Front to back")
    height: float = number(1.1, 0.3, 1.3, unit="m", help="Floor to top")


def printer(brief: PrinterBrief) -> Prop:
    """The printer of a brief; low ones have one paper tray, high ones several and a base."""
    w, d, h = brief.width, brief.depth, brief.height
    body, dark = lacquer("#e8e8e5", 0.4), plastic("#3a3d40")
    tall = h > 0.65
    y, engine = -d / 2 + 0.05, min(0.46, 0.86 * h)
    low = h - engine
    parts = []
    if tall:
        parts.append(Part("base", box((-w / 2 + 0.01, y + 0.01, 0.05), (w / 2 - 0.01, d / 2, low), 0.005), body))
        parts.append(Part("plinth", box((-w / 2 + 0.03, y + 0.03, 0.0), (w / 2 - 0.03, d / 2 - 0.03, 0.05), 0.0), dark))
        trays = max(int((low - 0.06) / 0.17), 1)
        for k in range(trays):
            z0, z1 = 0.06 + k * (low - 0.07) / trays, 0.06 + (k + 1) * (low - 0.07) / trays - 0.006
            parts.append(Part("tray", box((-w / 2 + 0.02, y - 0.006, z0), (w / 2 - 0.02, y + 0.01, z1), 0.004), body))
            parts.append(Part("handle", box((-0.09, y - 0.009, z1 - 0.045), (0.09, y - 0.006, z1 - 0.02), 0.002), dark))
    else:
        parts.append(Part("tray", box((-w / 2 + 0.03, y - 0.03, 0.0), (w / 2 - 0.03, d / 2 - 0.02, low), 0.004), dark))
    lower = low + 0.44 * engine
    upper = low + 0.62 * engine
    parts += [
        Part("case", box((-w / 2, y, low), (w / 2, d / 2, lower), 0.008), body),
        Part("case", box((-w / 2, y + 0.12, lower), (-w / 2 + 0.1, d / 2, upper), 0.006), body),
        Part("case", box((-w / 2 + 0.1, d / 2 - 0.1, lower), (w / 2, d / 2, upper), 0.006), body),
        Part("case", box((-w / 2, y + 0.03, upper), (w / 2, d / 2, h - 0.07 * engine - 0.02), 0.008), body),
        Part("lid", box((-w / 2 + 0.02, y + 0.05, h - 0.07 * engine - 0.02), (w / 2 - 0.02, d / 2 - 0.01, h), 0.008), dark),
        Part("paper", box((-w / 2 + 0.16, y + 0.06, lower), (w / 2 - 0.08, d / 2 - 0.12, lower + 0.008), 0.001), paper()),
        Part("tray", box((-0.36 * w, y - 0.004, low + 0.06 * engine), (0.36 * w, y, low + 0.34 * engine), 0.003), body),
    ]
    panel = box((-0.11, -0.05, -0.006), (0.11, 0.05, 0.006), 0.003).turned("x", 0.9).moved(0.12 * w, y - 0.008, upper + 0.03)
    shown = box((-0.09, -0.038, 0.006), (0.09, 0.038, 0.0075), 0.0).turned("x", 0.9).moved(0.12 * w, y - 0.008, upper + 0.03)
    parts += [Part("panel", panel, dark), Part("screen", shown, glow("#9cc4e8", 0.8))]
    return build("printer", "Printer", parts, [Box((-w / 2, y, 0.0), (w / 2, d / 2, h))], clearance=0.8 if tall else 0.0)
