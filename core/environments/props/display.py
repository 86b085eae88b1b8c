"""A wall display for presentations."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ..materials.pictures import screen_picture
from .prop import WALL, Prop, PropBrief, build


@dataclass
class DisplayBrief(PropBrief):
    """A flat display on a wall bracket; its back (+Y) is on the wall."""

    width: float = number(1.45, 0.6, 2.6, unit="m", help="Left to right")
    depth: float = number(0.08, 0.05, 0.15, unit="m", help="From the wall to the glass")
    height: float = number(0.83, 0.35, 1.5, unit="m", help="Lower to upper edge")
    shows: str = choice("chart", ("chart", "windows", "off"), help="What is on the screen")


def display(brief: DisplayBrief) -> Prop:
    """The display of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    front, panel = -d / 2, 0.028
    rim = 0.012
    parts = [
        Part("case", box((-w / 2, front + 0.002, 0.0), (w / 2, front + panel, h), 0.004), look.plastic),
        Part("case", box((-w * 0.3, front + panel, 0.12 * h), (w * 0.3, d / 2 - 0.02, 0.7 * h), 0.006), look.plastic),
        Part("bracket", box((-0.2, d / 2 - 0.02, 0.25 * h), (0.2, d / 2, 0.65 * h), 0.003), look.frame),
        Part("logo", box((-0.02, front, 0.006), (0.02, front + 0.002, 0.012), 0.0), look.metal),
    ]
    glass = picture((-w / 2 + rim, front + 0.0005, rim + 0.008), (w / 2 - rim, front + 0.004, h - rim))
    picture_ = screen_picture(brief.shows if brief.shows != "off" else "chart", look.shades[0], brief.shows != "off")
    parts.append(Part("screen", glass, picture_, aligned=True))
    return build("electronics", "Display", parts, clearance=0.8, mount=WALL)
