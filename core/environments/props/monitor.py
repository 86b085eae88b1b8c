"""A computer monitor on its stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part, join
from ...geometry.sweeps import extrude, rounded_rectangle
from ..materials.pictures import screen_picture
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class MonitorBrief(PropBrief):
    """A monitor; the screen looks along -Y."""

    width: float = number(0.61, 0.35, 0.9, unit="m", help="Left to right")
    depth: float = number(0.2, 0.15, 0.3, unit="m", help="Of the foot")
    height: float = number(0.5, 0.35, 0.65, unit="m", help="Desk to the upper edge")
    shows: str = choice("windows", ("windows", "chart", "off"), help="What is on the screen")


def monitor(brief: MonitorBrief) -> Prop:
    """The monitor of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    panel = min(0.58 * w, h - 0.07)
    low, y = h - panel, -0.02
    rim = 0.007
    shows = screen_picture(brief.shows if brief.shows != "off" else "windows", look.shades[0], brief.shows != "off")
    case = box((-w / 2, y, low), (w / 2, y + 0.014, h), 0.004)
    hump = box((-0.3 * w, y + 0.014, low + 0.16 * panel), (0.3 * w, y + 0.036, low + 0.8 * panel), 0.01)
    glass = picture((-w / 2 + rim, y - 0.0006, low + rim + 0.01), (w / 2 - rim, y + 0.003, h - rim))
    neck = box((-0.028, y + 0.034, 0.008), (0.028, y + 0.05, low + 0.58 * panel), 0.004)
    slope = neck.shaped(lambda v: v + np.outer(np.clip(0.4 - v[:, 2], 0, 1), (0.0, 0.05, 0.0)))
    foot = extrude(rounded_rectangle(min(0.26, 0.5 * w), d, 0.02, 4), 0.0, 0.009, 0.003)
    hinge = box((-0.05, y + 0.03, low + 0.4 * panel), (0.05, y + 0.044, low + 0.62 * panel), 0.004)
    parts = [
        Part("case", join([case, hump]), look.plastic),
        Part("screen", glass, shows, aligned=True),
        Part("stand", join([slope, hinge]), look.plastic),
        Part("foot", foot, look.plastic),
        Part("light", box((0.45 * w, y - 0.0007, low + 0.006), (0.45 * w + 0.008, y + 0.001, low + 0.009), 0.0), look.metal),
    ]
    return build("electronics", "Monitor", parts, mount=SURFACE)
