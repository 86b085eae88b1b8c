"""A shower: a tray, glass on one or two sides, a rail with a hand shower and a rain head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, lathe, tube
from ..materials import ceramic, chrome, glass
from .joinery import vessel
from .plumbing import wall_mixer, waste
from .prop import Box, Prop, PropBrief, build


@dataclass
class ShowerBrief(PropBrief):
    """A shower; its back (+Y) goes to the wall and its left side (-X) may, one enters from the front."""

    width: float = number(0.9, 0.7, 1.8, unit="m", help="Left to right")
    depth: float = number(0.9, 0.7, 1.4, unit="m", help="Front to back")
    height: float = number(2.1, 1.9, 2.4, unit="m", help="Floor to the rain head's arm")
    glass: str = choice("right", ("right", "both", "right and front"), help="Where glass stands; a front pane leaves an entrance")


def shower(brief: ShowerBrief) -> Prop:
    """The shower of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    tray = [
        (w, d, 0.0),
        (w, d, 0.04),
        (w - 0.008, d - 0.008, 0.045),
        (w - 0.06, d - 0.06, 0.045),
        (w - 0.08, d - 0.08, 0.03),
        (0.2, 0.2, 0.026),
    ]
    parts = [Part("tray", vessel(tray, 0.02), ceramic("#f4f4f1")), waste(0.0, 0.0, 0.027, 0.045)]
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, 0.05))]
    top = min(1.95, h - 0.05)
    for side in (1,) if brief.glass != "both" else (1, -1):
        x = side * (w / 2 - 0.018)
        parts.append(Part("glass", box((x - 0.004, -d / 2 + 0.02, 0.045), (x + 0.004, d / 2 - 0.02, top), 0.001), glass()))
        for y in (-d / 2 + 0.008, d / 2 - 0.022):
            post = box((x - 0.01, y, 0.045), (x + 0.01, y + 0.014, top), 0.002)
            parts.append(Part("frame", post, chrome()))
        solid.append(Box((min(x, x + side * 0.015) - 0.005, -d / 2, 0.0), (max(x, x + side * 0.015), d / 2, top)))
    if brief.glass == "right and front":
        y = -d / 2 + 0.018
        parts.append(Part("glass", box((0.0, y - 0.004, 0.045), (w / 2 - 0.03, y + 0.004, top), 0.001), glass()))
        parts.append(Part("frame", box((-0.014, y - 0.01, 0.045), (0.0, y + 0.01, top), 0.002), chrome()))
        solid.append(Box((0.0, -d / 2, 0.0), (w / 2, -d / 2 + 0.03, top)))
    wall = d / 2 - 0.002
    parts += wall_mixer(wall, 1.08)
    y = wall - 0.06
    rail = fillet([(0.0, y, 1.1), (0.0, y, h - 0.012), (0.0, y - 0.32, h - 0.012), (0.0, y - 0.32, h - 0.06)], 0.05, 5)
    parts.append(Part("rail", tube(rail, 0.011, 10), chrome()))
    for z in (1.6, h - 0.2):
        parts.append(Part("rail", cylinder(0.01, 0.0, 0.06, 0.001, 10).turned("x", np.pi / 2).moved(0.0, wall, z), chrome()))
    rose = [(0.0, h - 0.085), (0.115, h - 0.085), (0.12, h - 0.08), (0.115, h - 0.072), (0.03, h - 0.06), (0.0, h - 0.055)]
    parts.append(Part("head", lathe(rose, 28).moved(0.0, y - 0.32), chrome()))
    hand = cylinder(0.045, -0.012, 0.012, 0.004, 20).turned("x", 0.9).moved(0.0, y - 0.075, 1.53)
    parts.append(Part("head", hand, chrome()))
    parts.append(Part("head", tube([(0.0, y, 1.42), (0.0, y - 0.07, 1.52)], 0.011, 8), chrome()))
    hose = fillet([(0.0, y - 0.01, 1.42), (0.11, y - 0.02, 0.9), (0.09, y - 0.02, 0.7), (0.03, y - 0.01, 1.06)], 0.1, 5)
    parts.append(Part("hose", tube(hose, 0.006, 6), chrome()))
    return build("shower", "Shower", parts, solid, clearance=0.5)
