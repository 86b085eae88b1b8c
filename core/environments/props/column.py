"""A column: square or round, plain or classical."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import concrete, plaster
from .joinery import hoop
from .prop import Box, Prop, PropBrief, build


@dataclass
class ColumnBrief(PropBrief):
    """A column."""

    width: float = number(0.4, 0.15, 1.2, unit="m", help="Left to right")
    depth: float = number(0.4, 0.15, 1.2, unit="m", help="Front to back")
    height: float = number(2.7, 1.0, 6.0, unit="m", help="Floor to top")
    style: str = choice("square", ("square", "round", "classical"), help="Square shaft, round shaft, or base and capital")
    finish: str = choice("plaster", ("plaster", "concrete", "wood"), help="What it is made of")


def column(brief: ColumnBrief) -> Prop:
    """The column of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"plaster": plaster(), "concrete": concrete(), "wood": look.wood}[brief.finish]
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))]
    t = 0.012
    if brief.style == "square":
        parts = [
            Part("shaft", box((-w / 2 + t, -d / 2 + t, 0.0), (w / 2 - t, d / 2 - t, h), 0.004, grain=2), finish),
            Part("skirting", box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, 0.09), 0.004), look.board),
        ]
        return build("column", "Column", parts, solid)
    scale = np.array([w / 2, d / 2, 1.0])
    if brief.style == "round":
        parts = [Part("shaft", lathe([(0, 0), (0.96, 0), (0.96, h), (0, h)], 36), finish)]
        parts.append(Part("skirting", hoop([(0.9, 0.0), (1.0, 0.0), (1.0, 0.08), (0.97, 0.09), (0.9, 0.09)], 36), look.board))
    else:
        b = min(0.22, 0.1 * h)
        shaft = [(0, b), (0.86, b), (0.84, b + 0.03), (0.82, 0.4 * h), (0.72, h - 1.1 * b), (0.74, h - b), (0, h - b)]
        base = [
            (0, 0.35 * b),
            (0.98, 0.35 * b),
            (1.0, 0.45 * b),
            (0.98, 0.6 * b),
            (0.88, 0.7 * b),
            (0.94, 0.82 * b),
            (0.88, b),
            (0, b),
        ]
        cap = [(0, h - b), (0.78, h - b), (0.76, h - 0.7 * b), (0.92, h - 0.42 * b), (0.96, h - 0.36 * b), (0, h - 0.36 * b)]
        parts = [Part(n, lathe(p, 36), finish) for n, p in (("shaft", shaft), ("base", base), ("capital", cap))]
        parts.append(Part("base", box((-1.0, -1.0, 0.0), (1.0, 1.0, 0.35 * b), 0.02), finish))
        parts.append(Part("capital", box((-1.0, -1.0, h - 0.36 * b), (1.0, 1.0, h), 0.02), finish))
    parts = [Part(p.name, p.shape.shaped(lambda v: v * scale), p.finish) for p in parts]
    return build("column", "Column", parts, solid)
