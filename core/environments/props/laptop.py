"""An open laptop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part, join
from ...geometry.sweeps import cylinder, extrude, rounded_rectangle
from ..materials import plastic
from ..materials.pictures import screen_picture
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class LaptopBrief(PropBrief):
    """A laptop with its lid up; its user sits towards -Y."""

    width: float = number(0.325, 0.26, 0.42, unit="m", help="Left to right")
    depth: float = number(0.29, 0.22, 0.4, unit="m", help="Front to back, with the lid leaning back")
    height: float = number(0.225, 0.16, 0.3, unit="m", help="Desk to the lid's upper edge")
    shows: str = choice("windows", ("windows", "chart", "off"), help="What is on the screen")
    body: str = choice("metal", ("metal", "dark"), help="What the case is made of")


def laptop(brief: LaptopBrief) -> Prop:
    """The laptop of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    case = look.metal if brief.body == "metal" else look.plastic
    t, lid = 0.015, 0.006
    base_depth = min(0.72 * w, d - 0.05)
    hinge_y, front = -d / 2 + base_depth, -d / 2
    lean = np.arctan2(d / 2 - hinge_y - lid, h - t)
    length = np.hypot(d / 2 - hinge_y - lid, h - t) - 0.002
    base = extrude(rounded_rectangle(w, base_depth, 0.012, 3), 0.0, t, 0.003).moved(0.0, front + base_depth / 2)
    keys = []
    well = (-0.42 * w, 0.42 * w, front + 0.42 * base_depth, hinge_y - 0.02)
    columns, rows = 14, 5
    step_x, step_y = (well[1] - well[0]) / columns, (well[3] - well[2]) / rows
    for row in range(rows):
        spans = (
            [(k, k + 1) for k in range(columns)]
            if row
            else [(0, 1), (1, 2), (2, 3), (3, 10), (10, 11), (11, 12), (12, 13), (13, 14)]
        )
        for a, b in spans:
            low = (well[0] + a * step_x + 0.0012, well[2] + row * step_y + 0.0012, t - 0.001)
            keys.append(box(low, (well[0] + b * step_x - 0.0012, well[2] + (row + 1) * step_y - 0.0012, t + 0.0012), 0.0))
    pad = box((-0.16 * w, front + 0.05 * base_depth, t - 0.001), (0.16 * w, front + 0.36 * base_depth, t + 0.0003), 0.0)
    outline = extrude(rounded_rectangle(w, length, 0.012, 3), 0.0, lid, 0.002)
    upright = outline.turned("x", np.pi / 2).moved(0.0, lid, length / 2)
    glass = picture((-w / 2 + 0.007, -0.0004, 0.016), (w / 2 - 0.007, 0.001, length - 0.008))
    shows = screen_picture(brief.shows if brief.shows != "off" else "windows", look.shades[0], brief.shows != "off")
    bezel = box((-w / 2 + 0.004, -0.0002, 0.008), (w / 2 - 0.004, 0.001, length - 0.004), 0.0)
    hinge = cylinder(0.005, -0.4 * w, 0.4 * w, 0.001, 10).turned("y", np.pi / 2).moved(0.0, hinge_y - 0.002, t - 0.001)
    place = {"lid": upright, "screen": glass, "bezel": bezel}
    place = {name: shape.turned("x", -lean).moved(0.0, hinge_y, t) for name, shape in place.items()}
    dark = plastic("#1b1c1e")
    parts = [
        Part("base", base, case), Part("key", join(keys), dark), Part("touch pad", pad, case), Part("lid", place["lid"], case),
        Part("bezel", place["bezel"], dark), Part("screen", place["screen"], shows, aligned=True), Part("hinge", hinge, dark),
    ]  # fmt: skip
    return build("electronics", "Laptop", parts, mount=SURFACE)
