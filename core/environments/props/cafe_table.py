"""A small table on one column, for cafés; as high as a table or as a bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude, lathe, rounded_rectangle
from ..materials import lacquer
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class CafeTableBrief(PropBrief):
    """A café table."""

    width: float = number(0.7, 0.5, 1.2, unit="m", help="Left to right")
    depth: float = number(0.7, 0.5, 1.0, unit="m", help="Front to back")
    height: float = number(0.74, 0.65, 1.15, unit="m", help="Floor to the top's upper side")
    shape: str = choice("round", ("round", "square"), help="Outline of the top")
    top: str = choice("wood", ("wood", "stone", "painted"), help="What the top is made of")
    foot: str = choice("disc", ("disc", "cross"), help="What it stands on")


def cafe_table(brief: CafeTableBrief) -> Prop:
    """The table of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    angle = 2 * np.pi * np.arange(44) / 44
    outline = np.stack([w / 2 * np.cos(angle), d / 2 * np.sin(angle)], axis=1)
    if brief.shape == "square":
        outline = rounded_rectangle(w, d, 0.03, 4)
    finish = {"wood": look.top, "stone": lacquer("#e4e2de", 0.15), "painted": look.board}[brief.top]
    parts = [Part("top", extrude(outline, h - 0.026, h, 0.005), finish)]
    r = 0.34 * min(w, d)
    if brief.foot == "disc":
        disc = [(0, 0), (r, 0), (r, 0.006), (0.85 * r, 0.018), (0.2 * r, 0.034), (0.034, 0.05), (0, 0.05)]
        parts.append(Part("foot", lathe(disc, 36), look.frame))
    else:
        for turn in (np.pi / 4, 3 * np.pi / 4):
            bar = box((-1.15 * r, -0.03, 0.004), (1.15 * r, 0.03, 0.036), 0.006).turned("z", turn)
            parts.append(Part("foot", bar, look.frame))
        parts += [
            Part("foot", cylinder(0.014, 0.0, 0.006, 0.001, 10).moved(x, y), look.plastic)
            for x in (-0.75 * r, 0.75 * r)
            for y in (-0.75 * r, 0.75 * r)
        ]
    parts.append(Part("column", cylinder(0.03, 0.03, h - 0.04, 0.002, 18), look.frame))
    parts.append(
        Part(
            "column",
            lathe([(0, h - 0.05), (0.03, h - 0.05), (0.5 * r, h - 0.034), (0.5 * r, h - 0.026), (0, h - 0.026)], 24),
            look.frame,
        )
    )
    solid = [Box((-w / 2, -d / 2, h - 0.05), (w / 2, d / 2, h)), Box((-0.8 * r, -0.8 * r, 0.0), (0.8 * r, 0.8 * r, h - 0.05))]
    inset = 0.02 if brief.shape == "square" else 0.16 * min(w, d)
    surface = Surface((-w / 2 + inset, -d / 2 + inset), (w / 2 - inset, d / 2 - inset), h)
    return build("café table", "Café table", parts, solid, surfaces=[surface], clearance=0.5)
