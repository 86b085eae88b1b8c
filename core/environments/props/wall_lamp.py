"""A wall lamp: an up-and-down light, a shade on an arm, or a globe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, lathe, tube
from ..materials import fabric, glow
from .lighting import bulb, open_shade
from .prop import WALL, Prop, PropBrief, build


@dataclass
class WallLampBrief(PropBrief):
    """A wall lamp; its back (+Y) is on the wall."""

    width: float = number(0.18, 0.08, 0.4, unit="m", help="Left to right")
    depth: float = number(0.24, 0.08, 0.45, unit="m", help="From the wall to the front")
    height: float = number(0.3, 0.12, 0.6, unit="m", help="Bottom to top")
    style: str = choice(
        "shade", ("shade", "globe", "block"), help="Cloth shade on an arm, opal globe, or a block that lights the wall"
    )
    strength: float = number(5.0, 0.0, 50.0, help="How strongly it shines")


def wall_lamp(brief: WallLampBrief) -> Prop:
    """The lamp of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    if brief.style == "block":
        body = box((-w / 2, -d / 2, 0.012), (w / 2, d / 2, h - 0.012), 0.004)
        lit = [box((-w / 2 + 0.01, -d / 2 + 0.01, z), (w / 2 - 0.01, d / 2 - 0.01, z + 0.012), 0.002) for z in (0.0, h - 0.012)]
        return build(
            "lamp",
            "Wall lamp",
            [Part("case", body, look.frame), *(Part("diffuser", s, glow("#fff0d8", brief.strength)) for s in lit)],
            mount=WALL,
        )
    r = min(w, d - 0.04) / 2
    plate = min(0.05, w / 2, 0.33 * h)
    parts = [Part("plate", cylinder(plate, 0.0, 0.014, 0.003, 24).turned("x", np.pi / 2).moved(0.0, d / 2, 0.35 * h), look.metal)]
    y = -d / 2 + r
    arm = fillet([(0.0, d / 2 - 0.012, 0.35 * h), (0.0, y, 0.35 * h), (0.0, y, 0.6 * h)], 0.03, 5)
    parts.append(Part("arm", tube(arm, 0.007, 8), look.metal))
    if brief.style == "shade":
        parts += [
            open_shade(r, 0.66 * r, 0.45 * h, h, fabric("#ece3d0")),
            bulb(min(0.028, 0.35 * r), 0.72 * h, brief.strength, hanging=False),
        ]
        parts[-2:] = [Part(p.name, p.shape.moved(0.0, y), p.finish) for p in parts[-2:]]
        parts.append(Part("foot", cylinder(0.014, 0.0, 0.35 * h, 0.003, 12).moved(0.0, d / 2 - 0.02), look.metal))
    else:
        size = min(r, 0.3 * h)
        angle = np.linspace(-0.42 * np.pi, np.pi / 2, 12)
        ball = (
            [(0.0, h - size - size * np.sin(0.42 * np.pi))]
            + [(size * np.cos(a), h - size + size * np.sin(a)) for a in angle[:-1]]
            + [(0.0, h)]
        )
        parts.append(Part("globe", lathe(ball, 28).moved(0.0, y), glow("#fff0d8", brief.strength)))
        parts.append(Part("foot", cylinder(0.014, 0.0, 0.35 * h, 0.003, 12).moved(0.0, d / 2 - 0.02), look.metal))
    return build("lamp", "Wall lamp", parts, mount=WALL)
