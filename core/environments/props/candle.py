"""Candles: one in a holder, or a group of pillars on a tray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import glow, lacquer
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class CandleBrief(PropBrief):
    """A candle or several."""

    width: float = number(0.14, 0.06, 0.3, unit="m", help="Left to right")
    depth: float = number(0.14, 0.06, 0.3, unit="m", help="Front to back")
    height: float = number(0.24, 0.08, 0.4, unit="m", help="Table to the wick's or flame's tip")
    style: str = choice("pillars", ("pillars", "holder"), help="Pillars on a tray, or one in a holder")
    lit: bool = flag(False, help="Whether it burns")


def candle(brief: CandleBrief) -> Prop:
    """The candle of a brief."""
    look = brief.look
    wax = lacquer("#efe6d2", 0.55)
    parts: list[Part] = []
    if brief.style == "pillars":
        tray = [(0, 0), (0.46, 0), (0.5, 0.02), (0.5, 0.06), (0.47, 0.06), (0.46, 0.03), (0, 0.03)]
        parts.append(Part("tray", lathe(tray, 32), look.metal))
        places = [(-0.2, 0.1, 0.17, 0.8), (0.2, 0.14, 0.15, 0.58), (0.03, -0.22, 0.16, 0.4)]
    else:
        holder = [
            (0, 0),
            (0.46, 0),
            (0.5, 0.03),
            (0.44, 0.06),
            (0.12, 0.09),
            (0.09, 0.2),
            (0.16, 0.24),
            (0.16, 0.32),
            (0.13, 0.32),
            (0.13, 0.26),
            (0, 0.26),
        ]
        parts.append(Part("holder", lathe(holder, 28), look.metal))
        places = [(0.0, 0.0, 0.125, 0.9)]
    for x, y, r, top in places:
        base = 0.03 if brief.style == "pillars" else 0.26
        body = [(0, base), (r, base), (r, top - 0.02), (0.92 * r, top), (0.7 * r, top - 0.03), (0, top - 0.035)]
        parts.append(Part("candle", lathe(body, 18).moved(x, y), wax))
        parts.append(Part("wick", cylinder(0.012, top - 0.04, top + 0.04, 0.002, 6).moved(x, y), lacquer("#2a2622", 0.8)))
        if brief.lit:
            flame = np.array([(0, 0.0), (0.04, 0.03), (0.045, 0.06), (0.02, 0.12), (0, 0.17)]) + (0.0, top + 0.02)
            parts.append(Part("flame", lathe(flame, 10).moved(x, y), glow("#ffb45a", 12.0)))
    return build("candle", "Candle", fitted(parts, brief), mount=SURFACE)
