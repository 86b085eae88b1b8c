"""A show case: glass on a plinth, low as a counter or tall with shelves."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import glass, glow
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class DisplayCaseBrief(PropBrief):
    """A show case; one looks into it from the front (-Y)."""

    width: float = number(1.0, 0.4, 2.0, unit="m", help="Left to right")
    depth: float = number(0.5, 0.35, 0.8, unit="m", help="Front to back")
    height: float = number(1.0, 0.8, 2.2, unit="m", help="Floor to top")
    base: str = choice("wood", ("wood", "painted", "accent"), help="What the plinth is made of")
    light: bool = flag(True, help="A lit line under the top")


def display_case(brief: DisplayCaseBrief) -> Prop:
    """The case of a brief; its shelves are surfaces."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"wood": look.wood, "painted": look.board, "accent": look.accent_board}[brief.base]
    low = 0.5 * h if h < 1.3 else 0.32
    t, rim = 0.006, 0.022
    parts = [
        Part("base", box((-w / 2, -d / 2, 0.06), (w / 2, d / 2, low), 0.003, grain=0), finish),
        Part("plinth", box((-w / 2 + 0.03, -d / 2 + 0.03, 0.0), (w / 2 - 0.03, d / 2 - 0.02, 0.06), 0.0), look.plastic),
        Part("top", box((-w / 2, -d / 2, h - rim), (w / 2, d / 2, h), 0.003), look.frame if h > 1.3 else glass()),
    ]
    for sx in (-1, 1):
        for sy in (-1, 1):
            x0, x1 = sorted((sx * w / 2, sx * (w / 2 - rim)))
            y0, y1 = sorted((sy * d / 2, sy * (d / 2 - rim)))
            parts.append(Part("post", box((x0, y0, low), (x1, y1, h - rim), 0.002), look.frame))
    for y in (-d / 2 + 0.006, d / 2 - 0.006 - t):
        parts.append(Part("glass", box((-w / 2 + rim, y, low), (w / 2 - rim, y + t, h - rim), 0.0), glass()))
    for x in (-w / 2 + 0.006, w / 2 - 0.006 - t):
        parts.append(Part("glass", box((x, -d / 2 + rim, low), (x + t, d / 2 - rim, h - rim), 0.0), glass()))
    count = max(int((h - rim - low) / 0.36), 1)
    surfaces = []
    for k in range(count):
        z = low + k * (h - rim - low) / count
        if k:
            shelf = box((-w / 2 + 0.014, -d / 2 + 0.014, z), (w / 2 - 0.014, d / 2 - 0.014, z + 0.008), 0.001)
            parts.append(Part("shelf", shelf, glass()))
        top = z + (0.008 if k else 0.0)
        surfaces.append(Surface((-w / 2 + 0.04, -d / 2 + 0.04), (w / 2 - 0.04, d / 2 - 0.04), top, (h - rim - low) / count - 0.03))
    if brief.light:
        line = box((-w / 2 + 0.03, -d / 2 + 0.024, h - rim - 0.012), (w / 2 - 0.03, -d / 2 + 0.036, h - rim), 0.002)
        parts.append(Part("lamp", line, glow("#fff3dc", 5.0)))
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))]
    return build("display case", "Show case", parts, solid, surfaces=surfaces, clearance=0.7)
