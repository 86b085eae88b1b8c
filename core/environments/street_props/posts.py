"""Things on one leg: bollard, hydrant, post box, road sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, tube
from ..materials import brushed_metal, lacquer, painted_metal
from ..props.prop import Box, Prop, PropBrief, build


@dataclass
class BollardBrief(PropBrief):
    """A cast bollard."""

    height: float = number(0.95, 0.5, 1.3, unit="m", help="Ground to top")


def bollard(brief: BollardBrief) -> Prop:
    """The bollard of a brief."""
    h = brief.height
    profile = [(0, 0), (0.13, 0), (0.13, 0.06), (0.085, 0.1), (0.07, h - 0.22), (0.095, h - 0.2), (0.095, h - 0.16),
               (0.065, h - 0.13), (0.085, h - 0.06), (0.06, h - 0.01), (0, h)]  # fmt: skip
    band = lathe([(0, h - 0.34), (0.078, h - 0.34), (0.077, h - 0.28), (0, h - 0.28)], 14)
    return build("bollard", "Bollard", [Part("post", lathe(profile, 14), painted_metal("#202427")),
                                        Part("band", band, lacquer("#d8d4c6"))])  # fmt: skip


@dataclass
class HydrantBrief(PropBrief):
    """A fire hydrant."""

    height: float = number(0.8, 0.5, 1.1, unit="m", help="Ground to top")


def hydrant(brief: HydrantBrief) -> Prop:
    """The hydrant of a brief."""
    h = brief.height
    red, cap = painted_metal("#a32a22"), painted_metal("#c9c4b4")
    body = [(0, 0), (0.17, 0), (0.17, 0.04), (0.12, 0.05), (0.11, 0.62 * h), (0.15, 0.64 * h), (0.15, 0.69 * h), (0.13, 0.72 * h),
            (0.11, 0.86 * h), (0.05, 0.93 * h), (0.035, 0.94 * h), (0.035, h), (0, h)]  # fmt: skip
    parts = [Part("body", lathe(body, 16), red)]
    for axis, angle, radius, reach in (("x", np.pi / 2, 0.075, 0.2), ("y", np.pi / 2, 0.055, 0.19), ("y", -np.pi / 2, 0.055, 0.19)):
        nozzle = cylinder(radius, 0.0, reach - 0.03, 0.004, 12).turned(axis, angle).moved(0, 0, 0.5 * h)
        lid = cylinder(radius + 0.018, reach - 0.05, reach, 0.006, 6).turned(axis, angle).moved(0, 0, 0.5 * h)
        parts += [Part("nozzle", nozzle, red), Part("cap", lid, cap)]
    return build("hydrant", "Hydrant", parts)


@dataclass
class PostBoxBrief(PropBrief):
    """A pillar box."""

    height: float = number(1.55, 1.0, 1.8, unit="m", help="Ground to top")


def post_box(brief: PostBoxBrief) -> Prop:
    """The post box of a brief; its slot looks along -Y."""
    h = brief.height
    red = painted_metal("#a8231d")
    profile = [(0, 0), (0.25, 0), (0.25, 0.16), (0.225, 0.18), (0.225, h - 0.2), (0.265, h - 0.17), (0.265, h - 0.1),
               (0.24, h - 0.06), (0.13, h - 0.01), (0, h)]  # fmt: skip
    parts = [
        Part("body", lathe(profile, 22), red),
        Part("slot", box((-0.13, -0.245, h - 0.36), (0.13, -0.2, h - 0.3), 0.004), lacquer("#131313", 0.6)),
        Part("plate", box((-0.07, -0.236, h - 0.62), (0.07, -0.2, h - 0.44), 0.003), lacquer("#ece9dd", 0.4)),
        Part("door", box((-0.15, -0.232, 0.35), (0.15, -0.15, h - 0.7), 0.006), red),
        Part("foot", lathe([(0, 0), (0.26, 0), (0.26, 0.1), (0, 0.1)], 22), painted_metal("#191a1b")),
    ]
    return build("post_box", "Post box", parts)


@dataclass
class SignPostBrief(PropBrief):
    """A road sign on a pole."""

    height: float = number(2.7, 2.0, 3.5, unit="m", help="Ground to the top of the sign")
    sign: str = choice("parking", ("parking", "no entry", "speed"), help="What it says")


def sign_post(brief: SignPostBrief) -> Prop:
    """The sign of a brief; it looks along -Y."""
    h, grey = brief.height, brushed_metal("#9a9da0")
    pole = tube([(0, 0.03, 0.0), (0, 0.03, h - 0.05)], 0.03, 8)
    parts = [Part("pole", pole, grey)]
    z = h - 0.32
    if brief.sign == "parking":
        parts.append(Part("plate", box((-0.28, -0.02, z - 0.28), (0.28, 0.0, z + 0.28), 0.008), lacquer("#1f4f9a")))
        strokes = ((-0.1, -0.19, -0.03, 0.19), (-0.03, 0.13, 0.09, 0.19), (-0.03, -0.02, 0.09, 0.04), (0.07, 0.02, 0.13, 0.15))
        letter = [box((x0, -0.026, z + z0), (x1, -0.02, z + z1), 0.0) for x0, z0, x1, z1 in strokes]
        parts += [Part("letter", piece, lacquer("#f4f3ee")) for piece in letter]
    else:
        parts.append(Part("plate", cylinder(0.3, 0.0, 0.02, 0.004, 28).turned("x", np.pi / 2).moved(0, 0.0, z), lacquer("#b02a24")))
        if brief.sign == "speed":
            disc = cylinder(0.23, 0.0, 0.004, 0.0, 28).turned("x", np.pi / 2).moved(0, -0.02, z)
            parts.append(Part("face", disc, lacquer("#f4f3ee")))
        else:
            parts.append(Part("bar", box((-0.2, -0.026, z - 0.045), (0.2, -0.02, z + 0.045), 0.0), lacquer("#f4f3ee")))
    return build("road_sign", "Road sign", parts, [Box((-0.04, -0.02, 0.0), (0.04, 0.06, h))])
