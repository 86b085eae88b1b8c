"""Traffic lights on a pole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import glow, lacquer, painted_metal
from ..props.prop import Box, Prop, PropBrief, build

LAMPS = (("red", "#d8261c", 0.27), ("amber", "#e5a21a", 0.0), ("green", "#22b24c", -0.27))


@dataclass
class TrafficLightBrief(PropBrief):
    """A signal for vehicles; it looks along -Y."""

    height: float = number(3.4, 2.4, 5.0, unit="m", help="Ground to top")
    shows: str = choice("green", ("red", "amber", "green"), help="The lamp that is on")


def traffic_light(brief: TrafficLightBrief) -> Prop:
    """The signal of a brief."""
    h, pole = brief.height, painted_metal("#4a4f52")
    z = h - 0.5
    parts = [Part("pole", lathe([(0, 0), (0.11, 0), (0.11, 0.4), (0.06, 0.46), (0.055, h), (0, h)], 10), pole),
             Part("head", box((-0.16, -0.3, z - 0.45), (0.16, -0.06, z + 0.45), 0.02), lacquer("#141617", 0.5)),
             Part("bracket", box((-0.03, -0.1, z - 0.03), (0.03, 0.0, z + 0.03), 0.003), pole)]  # fmt: skip
    for name, code, up in LAMPS:
        lens = cylinder(0.1, 0.0, 0.03, 0.006, 18).turned("x", np.pi / 2).moved(0, -0.29, z + up)
        on = name == brief.shows
        parts.append(
            Part("lens", lens, glow(code, 6.0) if on else lacquer(f"#{int(code[1:3], 16) // 4:02x}{int(code[3:5], 16) // 4:02x}18"))
        )
        for k in range(5):
            a = np.pi * (k + 0.5) / 5
            piece = box((-0.036, -0.44, -0.004), (0.036, -0.3, 0.004), 0.0).turned("y", np.pi / 2 - a)
            parts.append(Part("hood", piece.moved(0.115 * np.cos(a), 0, z + up + 0.115 * np.sin(a)), lacquer("#141617", 0.5)))
    button = box((-0.06, -0.13, 1.0), (0.06, -0.05, 1.25), 0.01)
    parts.append(Part("button", button, lacquer("#c9a227")))
    return build("traffic_light", "Traffic light", parts, [Box((-0.11, -0.11, 0.0), (0.11, 0.11, h))])
