"""A round wall clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import lacquer
from ..materials.pictures import clock_dial
from .prop import WALL, Prop, PropBrief, build


@dataclass
class WallClockBrief(PropBrief):
    """A clock; its back (+Y) is on the wall."""

    width: float = number(0.32, 0.18, 0.6, unit="m", help="Diameter, left to right")
    depth: float = number(0.045, 0.03, 0.08, unit="m", help="From the wall to the rim")
    height: float = number(0.32, 0.18, 0.6, unit="m", help="Diameter, bottom to top; the smaller of both counts")
    time: float = number(10.15, 0.0, 12.0, help="Hours it shows")
    dial: str = choice("light", ("light", "dark"), help="Colour of the dial")


def wall_clock(brief: WallClockBrief) -> Prop:
    """The clock of a brief."""
    look, d = brief.look, brief.depth
    r = min(brief.width, brief.height) / 2
    ground, ink = ("#f4f2ec", "#1d1e20") if brief.dial == "light" else ("#1f2123", "#efece4")
    rim = 0.06 * r + 0.004
    case = lathe([(0.0, 0.0), (r - 0.006, 0.0), (r, 0.006), (r, d - 0.004), (r - 0.004, d), (r - rim + 0.002, d),
                  (r - rim, d - 0.002), (r - rim, d - 0.014), (0.0, d - 0.014)], 48)  # fmt: skip
    dial = cylinder(r - rim, d - 0.0145, d - 0.0125, 0.0005, 48)
    dial.uvs = dial.vertices[dial.corners, :2] / (2 * r) + 0.5
    parts = [Part("case", case, look.frame), Part("dial", dial, clock_dial(ground, ink), aligned=True)]
    hours = 2 * np.pi * (brief.time % 12) / 12
    for angle, length, width, z in ((hours, 0.5, 0.05, 0.011), (hours * 12, 0.74, 0.035, 0.0085)):
        hand = box((-width * r / 2, -0.12 * r, d - z), (width * r / 2, length * r, d - z + 0.0015), 0.0005)
        parts.append(Part("hand", hand.turned("z", -angle), lacquer(ink)))
    parts.append(Part("hand", cylinder(0.045 * r, d - 0.0125, d - 0.005, 0.001, 16), look.metal))
    standing = [Part(p.name, p.shape.turned("x", np.pi / 2).moved(0.0, d / 2, r), p.finish, p.aligned) for p in parts]
    return build("clock", "Wall clock", standing, mount=WALL)
