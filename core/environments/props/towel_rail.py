"""A towel rail: a heated ladder or a single bar, with folded towels over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number, whole
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, sheet
from ..materials import chrome, fabric
from .prop import WALL, Prop, PropBrief, build


@dataclass
class TowelRailBrief(PropBrief):
    """A towel rail; its back (+Y) is on the wall."""

    width: float = number(0.5, 0.35, 0.9, unit="m", help="Left to right")
    depth: float = number(0.13, 0.1, 0.2, unit="m", help="From the wall to the front")
    height: float = number(1.1, 0.4, 1.8, unit="m", help="Bottom to top")
    towels: int = whole(2, 0, 3, help="How many towels hang over it")
    finish: str = choice("chrome", ("chrome", "painted"), help="What the rails are made of")


def towel_rail(brief: TowelRailBrief) -> Prop:
    """The towel rail of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = chrome() if brief.finish == "chrome" else look.frame
    y = -d / 2 + 0.036
    parts = []
    for x in (-w / 2 + 0.016, w / 2 - 0.016):
        parts.append(Part("post", cylinder(0.016, 0.0, h, 0.003, 12).moved(x, y), finish))
        for z in (0.15 * h, 0.85 * h):
            parts.append(
                Part("bracket", cylinder(0.01, 0.0, d / 2 - y, 0.001, 10).turned("x", np.pi / 2).moved(x, d / 2, z), finish)
            )
    count = max(int((h - 0.06) / 0.065), 3)
    for k in range(count):
        if k % 5 == 4 and count > 7:
            continue
        z = 0.03 + (h - 0.06) * k / (count - 1)
        parts.append(
            Part("rung", cylinder(0.009, -w / 2 + 0.01, w / 2 - 0.01, 0.001, 8).turned("y", np.pi / 2).moved(0.0, y, z), finish)
        )
    colors = ("#e9e5dc", look.shades[0], "#c9c2b4")
    step = h / max(brief.towels, 1)
    for k in range(brief.towels):
        top, drop = h - 0.004 - k * step, min(0.34, 0.8 * step)
        half = (w / 2 - 0.045) * (1.0 - 0.08 * k)
        side = [
            (0.0, y - 0.02, top - drop),
            (0.0, y - 0.018, top - 0.01),
            (0.0, y + 0.018, top - 0.01),
            (0.0, y + 0.02, top - 0.8 * drop),
        ]
        line = fillet(side, 0.014, 4)
        s = np.linspace(-1.0, 1.0, 5)
        grid = np.stack([np.column_stack([np.full(len(line), half * u), line[:, 1:]]) for u in s], axis=1)
        parts.append(Part("towel", sheet(grid, 0.014), fabric(colors[k])))
    return build("towel rail", "Towel rail", parts, mount=WALL)
