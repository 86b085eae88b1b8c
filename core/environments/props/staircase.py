"""A straight flight of stairs with treads, risers, stringers and a handrail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude, tube
from ..materials import concrete
from .prop import Box, Prop, PropBrief, build

RAIL = 0.9
RISE = 0.18


@dataclass
class StaircaseBrief(PropBrief):
    """A flight of stairs; one climbs it from the front (-Y) to the back (+Y)."""

    width: float = number(1.0, 0.6, 3.0, unit="m", help="Left to right")
    depth: float = number(3.6, 0.6, 8.0, unit="m", help="First riser to the last tread's end")
    height: float = number(2.7, 0.4, 5.0, unit="m", help="Lower floor to upper floor, without the rail")
    kind: str = choice("wood", ("wood", "concrete", "open"), help="Boxed wooden, solid, or open treads on steel")
    rail: str = choice("none", ("none", "left", "right", "both"), help="Which sides have a handrail, inside the height")


def staircase(brief: StaircaseBrief) -> Prop:
    """The flight of a brief; risers of about 0.18 m."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    rails = {"none": (), "left": (-1,), "right": (1,), "both": (-1, 1)}[brief.rail] if h > RAIL + 0.4 else ()
    top = h - (RAIL if rails else 0.0)
    count = max(round(top / RISE), 2)
    rise, run = top / count, d / count
    parts, solid = [], []
    finish = {"wood": look.wood, "concrete": concrete(), "open": look.wood}[brief.kind]
    t, side = 0.036, 0.0 if brief.kind == "concrete" else 0.035
    for k in range(count):
        y, z = -d / 2 + k * run, (k + 1) * rise
        solid.append(Box((-w / 2, y, 0.0), (w / 2, y + run, z)))
        if brief.kind == "concrete":
            parts.append(Part("step", box((-w / 2, y, 0.0), (w / 2, y + run, z), 0.004), finish))
            continue
        nose = y - (0.02 if k else 0.0)
        parts.append(Part("tread", box((-w / 2 + side, nose, z - t), (w / 2 - side, y + run, z), 0.004, grain=0), finish))
        if brief.kind == "wood":
            riser = box((-w / 2 + side, y, k * rise), (w / 2 - side, y + 0.018, z - t), 0.001, grain=0)
            parts.append(Part("riser", riser, look.board))
    if brief.kind != "concrete":
        for x in (-w / 2, w / 2 - side):
            outline = np.array(
                [
                    (-d / 2, 0.0),
                    (-d / 2 + min(run, 0.25), 0.0),
                    (d / 2, top - min(1.6 * rise, 0.9 * top)),
                    (d / 2, top),
                    (d / 2 - run, top),
                    (-d / 2, rise),
                ]
            )
            string = extrude(outline, 0.0, side, 0.002).turned("x", np.pi / 2).turned("z", np.pi / 2)
            parts.append(Part("stringer", string.moved(x), look.frame if brief.kind == "open" else look.trim))
    for sx in rails:
        x = sx * (w / 2 - 0.05)
        line = [(x, -d / 2 + 0.06, rise + RAIL - 0.03), (x, d / 2 - 0.06, h - 0.03)]
        parts.append(Part("rail", tube(line, 0.022, 10), look.trim))
        for k in range(0, count, 2):
            y = -d / 2 + (k + 0.5) * run
            z = line[0][2] + (line[1][2] - line[0][2]) * (y - line[0][1]) / (line[1][1] - line[0][1])
            parts.append(
                Part(
                    "baluster",
                    cylinder(0.01, (k + 1) * rise - 0.005, max(z, (k + 1) * rise + 0.1), 0.001, 8).moved(x, y),
                    look.frame,
                )
            )
    return build("stairs", "Staircase", parts, solid, clearance=0.9)
