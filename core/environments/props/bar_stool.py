"""A bar stool: a padded seat on a column or on long legs, with a low back where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, sheet, tube
from .joinery import round_legs
from .prop import Box, Prop, PropBrief, Seat, build

BACK = 0.26


@dataclass
class BarStoolBrief(PropBrief):
    """A bar stool; the sitter looks along -Y."""

    width: float = number(0.42, 0.34, 0.55, unit="m", help="Left to right")
    depth: float = number(0.42, 0.34, 0.55, unit="m", help="Front to back")
    height: float = number(0.76, 0.62, 1.15, unit="m", help="Floor to the seat, or to the top of the back")
    back: bool = flag(False, help="A low back, where the height leaves room for one")
    base: str = choice("column", ("column", "legs"), help="A column on a disc, or four legs")
    cover: str = choice("leather", ("leather", "fabric", "accent", "wood"), help="What the seat is covered with")


def bar_stool(brief: BarStoolBrief) -> Prop:
    """The stool of a brief."""
    look, h = brief.look, brief.height
    r = min(brief.width, brief.depth) / 2
    tall = brief.back and h - BACK > 0.58
    seat = h - BACK if tall else h
    cover = {"leather": look.leather, "fabric": look.fabric, "accent": look.accent, "wood": look.wood}[brief.cover]
    a, low = 0.92 * r, seat - 0.07
    pad = [
        (0, low),
        (0.9 * a, low),
        (0.98 * a, low + 0.014),
        (a, low + 0.035),
        (0.97 * a, seat - 0.014),
        (0.84 * a, seat - 0.002),
        (0.5 * a, seat),
        (0, seat - 0.002),
    ]
    parts = [Part("seat", lathe(pad, 36), cover)]
    if brief.base == "column":
        disc = [(0, 0), (r, 0), (r, 0.006), (0.9 * r, 0.014), (0.2 * r, 0.03), (0.028, 0.05), (0, 0.05)]
        parts += [
            Part("foot", lathe(disc, 36), look.metal),
            Part("column", cylinder(0.026, 0.045, 0.6 * seat, 0.002, 18), look.metal),
        ]
        parts.append(Part("column", cylinder(0.018, 0.58 * seat, low + 0.004, 0.002, 16), look.metal))
        ring, z = 0.72 * r, 0.36 * seat
        for k in range(3):
            angle = 2 * np.pi * k / 3 + 0.5
            parts.append(Part("rung", tube([(0.0, 0.0, z), (ring * np.cos(angle), ring * np.sin(angle), z)], 0.008, 8), look.metal))
    else:
        parts += round_legs(0.69 * r, 0.69 * r, low + 0.004, look.trim, 0.012, 0.017, 0.2 * r, 10)
        ring, z = 0.62 * r * 1.414, 0.3 * seat
    angles = 2 * np.pi * np.arange(32) / 32
    loop = np.column_stack([ring * np.cos(angles), ring * np.sin(angles), np.full(32, z)])
    parts.append(Part("rung", tube(loop, 0.009, 8, closed=True), look.metal))
    solid = [Box((-r, -r, 0.0), (r, r, seat))]
    if tall:
        s, t = np.linspace(-1.0, 1.0, 11)[None], np.linspace(0.0, 1.0, 5)[:, None]
        turn = 1.15 * s
        out = a - 0.03 + 0.03 * t
        grid = np.stack([out * np.sin(turn), out * np.cos(turn), seat + 0.05 + (BACK - 0.06) * t + 0 * s], axis=2)
        parts.append(Part("back", sheet(grid.transpose(1, 0, 2), 0.024), cover))
        for side in (-0.6, 0.6):
            x, y = (a - 0.03) * np.sin(side), (a - 0.03) * np.cos(side)
            parts.append(Part("post", tube([(0.8 * x, 0.8 * y, low + 0.01), (x, y, seat + 0.1)], 0.008, 8), look.metal))
        solid.append(Box((-r, 0.4 * r, seat), (r, r, h)))
    return build("bar stool", "Bar stool", parts, solid, seats=[Seat((0.0, 0.0, seat))], clearance=0.4)
