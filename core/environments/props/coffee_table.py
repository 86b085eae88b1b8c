"""A low table: a slab or disc on slender legs, with a shelf where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import extrude, loft, rounded_rectangle
from ..materials import glass
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class CoffeeTableBrief(PropBrief):
    """A coffee table."""

    width: float = number(1.0, 0.4, 1.6, unit="m", help="Left to right")
    depth: float = number(0.6, 0.4, 1.2, unit="m", help="Front to back")
    height: float = number(0.42, 0.28, 0.6, unit="m", help="Floor to the top's upper side")
    shape: str = choice("rectangle", ("rectangle", "round"), help="Outline of the top")
    top: str = choice("wood", ("wood", "glass", "painted"), help="What the top is made of")
    shelf: bool = flag(False, help="A shelf under the top")


def coffee_table(brief: CoffeeTableBrief) -> Prop:
    """The table of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t = {"wood": 0.024, "glass": 0.01, "painted": 0.02}[brief.top]
    finish = {"wood": look.top, "glass": glass(), "painted": look.board}[brief.top]
    legs = look.frame if brief.top == "glass" else look.trim
    parts = [Part("top", extrude(_outline(brief, w, d), h - t, h, 0.003), finish)]
    reach = (0.5, 0.5) if brief.shape == "rectangle" else (0.36, 0.36)
    edge = 0.04 if brief.shape == "rectangle" else 0.0
    x, y = w * reach[0] - edge, d * reach[1] - edge
    solid = [Box((-w / 2, -d / 2, h - t), (w / 2, d / 2, h))]
    for sx in (-1, 1):
        for sy in (-1, 1):
            angle = 2 * np.pi * np.arange(8) / 8
            ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
            rings = [np.column_stack([ring * r + (sx * (x - inward), sy * (y - inward)), np.full(8, z)])
                     for r, inward, z in ((0.009, 0.0, 0.0), (0.0115, 0.0, 0.003), (0.018, 0.035, h - t))]  # fmt: skip
            parts.append(Part("leg", loft(np.array(rings)), legs))
            solid.append(Box((sx * x - 0.03, sy * y - 0.03, 0.0), (sx * x + 0.03, sy * y + 0.03, h - t)))
    inner_x, inner_y = x - 0.035, y - 0.035
    for sy in (-1, 1):
        parts.append(
            Part("beam", box((-inner_x, sy * inner_y - 0.009, h - t - 0.035), (inner_x, sy * inner_y + 0.009, h - t)), legs)
        )
    for sx in (-1, 1):
        parts.append(
            Part(
                "beam", box((sx * inner_x - 0.009, -inner_y, h - t - 0.035), (sx * inner_x + 0.009, inner_y, h - t), grain=1), legs
            )
        )
    if brief.shelf:
        parts.append(Part("shelf", extrude(_outline(brief, 1.9 * x, 1.9 * y), 0.36 * h, 0.36 * h + 0.016, 0.002), look.wood))
    inset = 0.03 if brief.shape == "rectangle" else 0.16 * min(w, d)
    surface = Surface((-w / 2 + inset, -d / 2 + inset), (w / 2 - inset, d / 2 - inset), h)
    return build("coffee table", "Coffee table", parts, solid, surfaces=[surface], clearance=0.4)


def _outline(brief: CoffeeTableBrief, w: float, d: float) -> np.ndarray:
    if brief.shape == "rectangle":
        return rounded_rectangle(w, d, 0.03, 3)
    angle = 2 * np.pi * np.arange(40) / 40
    return np.stack([w / 2 * np.cos(angle), d / 2 * np.sin(angle)], axis=1)
