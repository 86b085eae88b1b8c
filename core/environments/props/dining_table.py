"""A dining table: rectangular, round or oval, on legs, trestles or a pedestal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import extrude, lathe, rounded_rectangle
from .joinery import apron, round_legs, square_legs
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class DiningTableBrief(PropBrief):
    """A dining table."""

    width: float = number(1.6, 0.7, 3.0, unit="m", help="Left to right")
    depth: float = number(0.9, 0.6, 1.6, unit="m", help="Front to back")
    height: float = number(0.75, 0.65, 0.85, unit="m", help="Floor to the top's upper side")
    shape: str = choice("rectangle", ("rectangle", "oval"), help="Outline of the top; a round table is an oval of equal sides")
    legs: str = choice("square", ("square", "round", "trestle", "pedestal"), help="What carries the top")
    top: str = choice("wood", ("wood", "painted"), help="What the top is made of")


def dining_table(brief: DiningTableBrief) -> Prop:
    """The table of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t = 0.03
    under = h - t
    angle = 2 * np.pi * np.arange(48) / 48
    oval = np.stack([w / 2 * np.cos(angle), d / 2 * np.sin(angle)], axis=1)
    outline = rounded_rectangle(w, d, 0.02, 3) if brief.shape == "rectangle" else oval
    parts = [Part("top", extrude(outline, under, h, 0.004), look.top if brief.top == "wood" else look.board)]
    reach = 1.0 if brief.shape == "rectangle" else 0.7
    x, y = w / 2 * reach - 0.05, d / 2 * reach - 0.05
    finish = look.trim
    if brief.legs == "square":
        parts += square_legs(x, y, 0.065, under, finish) + apron(x - 0.02, y - 0.02, under - 0.09, under, finish)
    elif brief.legs == "round":
        parts += round_legs(x, y, under, finish, 0.015, 0.028, 0.06, 12)
        parts += apron(x - 0.09, y - 0.09, under - 0.07, under, finish)
    elif brief.legs == "trestle":
        for side in (-1, 1):
            place = side * (0.62 * x)
            leg = box((place - 0.03, -0.06, 0.06), (place + 0.03, 0.06, under - 0.05), 0.003, grain=2)
            parts += [Part("leg", leg, finish)]
            for low, high, half in ((0.0, 0.06, 0.9 * y), (under - 0.05, under, 0.75 * y)):
                parts.append(Part("beam", box((place - 0.04, -half, low), (place + 0.04, half, high), 0.006, grain=1), finish))
        parts.append(Part("beam", box((-0.62 * x + 0.03, -0.02, 0.2), (0.62 * x - 0.03, 0.02, 0.3), 0.002), finish))
    else:
        foot = 0.5 * min(w, d) - 0.06
        profile = [
            (0, 0),
            (0.62 * foot, 0),
            (0.63 * foot, 0.008),
            (0.6 * foot, 0.02),
            (0.16 * foot, 0.06),
            (0.045, 0.12),
            (0.04, under - 0.12),
            (0.07, under - 0.03),
            (0.3 * foot, under - 0.012),
            (0.3 * foot, under),
            (0, under),
        ]
        parts.append(Part("column", lathe(profile, 32), finish))
    solid = [Box((-w / 2, -d / 2, under - 0.05), (w / 2, d / 2, h))]
    if brief.legs in ("square", "round"):
        solid += [
            Box((sx * x - 0.04, sy * y - 0.04, 0.0), (sx * x + 0.04, sy * y + 0.04, under)) for sx in (-1, 1) for sy in (-1, 1)
        ]
    else:
        half = 0.62 * x + 0.04 if brief.legs == "trestle" else 0.3 * min(w, d)
        solid.append(Box((-half, -0.1, 0.0), (half, 0.1, under)))
    inset = 0.03 if brief.shape == "rectangle" else 0.16 * min(w, d)
    surface = Surface((-w / 2 + inset, -d / 2 + inset), (w / 2 - inset, d / 2 - inset), h)
    return build("dining table", "Dining table", parts, solid, surfaces=[surface], clearance=0.6)
