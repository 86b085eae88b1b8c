"""An examination couch: a padded top with a raised head end, a paper roll, on a steel frame or a cabinet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, tube
from ..materials import chrome, leather, paper
from .joinery import FRONT, drawer_fronts, hinged_doors
from .prop import Box, Prop, PropBrief, build


@dataclass
class ExaminationBedBrief(PropBrief):
    """An examination couch, its length from left to right, its head at the left; its back (+Y) may go to the wall."""

    width: float = number(1.95, 1.6, 2.1, unit="m", help="Left to right: its length")
    depth: float = number(0.65, 0.55, 0.8, unit="m", help="Front to back")
    height: float = number(0.85, 0.6, 1.1, unit="m", help="Floor to the raised head end")
    base: str = choice("frame", ("frame", "cabinet"), help="What carries it")
    cover: str = choice("blue", ("blue", "green", "grey"), help="Colour of the leatherette")


def examination_bed(brief: ExaminationBedBrief) -> Prop:
    """The couch of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    cover = leather({"blue": "#3f6b8c", "green": "#4b7f74", "grey": "#7d8488"}[brief.cover])
    rise = 0.2
    flat = h - rise
    hinge, thick = -w / 2 + 0.32 * w, 0.075
    parts = [Part("mattress", cushion((hinge + 0.006, -d / 2, flat - thick), (w / 2, d / 2, flat), 0.03, 0.006, (12, 6, 3)), cover)]
    length = hinge + w / 2
    angle = float(np.arcsin(min((rise - 0.008) / length, 0.9)))
    span = length / np.cos(angle) - thick * np.tan(angle)
    head = cushion((-span, -d / 2, -thick), (-0.004, d / 2, 0.0), 0.03, 0.006, (6, 6, 3)).turned("y", angle)
    head = head.moved(hinge, 0.0, flat)
    parts.append(
        Part("head", head.shaped(lambda v: np.column_stack([np.maximum(v[:, 0], -w / 2), v[:, 1], np.minimum(v[:, 2], h)])), cover)
    )
    sheet = box((hinge + 0.02, -0.36 * d, flat + 0.0005), (w / 2 - 0.05, 0.36 * d, flat + 0.0025), 0.0005)
    parts.append(Part("paper", sheet, paper()))
    roll = cylinder(0.045, -0.36 * d, 0.36 * d, 0.003, 20).turned("x", np.pi / 2).moved(-w / 2 + 0.11, 0.0, flat - thick - 0.06)
    parts.append(Part("paper", roll, paper()))
    low = flat - thick
    solid = [Box((-w / 2, -d / 2, low - 0.03), (w / 2, d / 2, flat)), Box((-w / 2, -d / 2, flat), (hinge, d / 2, h))]
    if brief.base == "frame":
        for y in (-d / 2 + 0.07, d / 2 - 0.07):
            parts.append(
                Part("frame", tube([(-w / 2 + 0.06, y, low - 0.018), (w / 2 - 0.06, y, low - 0.018)], 0.018, 10), chrome())
            )
        for x in (-w / 2 + 0.3, w / 2 - 0.3):
            for y in (-d / 2 + 0.07, d / 2 - 0.07):
                parts.append(Part("leg", cylinder(0.016, 0.012, low - 0.01, 0.002, 12).moved(x, y), chrome()))
                parts.append(Part("foot", cylinder(0.024, 0.0, 0.014, 0.003, 12).moved(x, y), look.plastic))
            parts.append(Part("frame", tube([(x, -d / 2 + 0.07, 0.2), (x, d / 2 - 0.07, 0.2)], 0.012, 8), chrome()))
        solid.append(Box((-w / 2 + 0.25, -d / 2 + 0.05, 0.0), (w / 2 - 0.25, d / 2 - 0.05, low - 0.03)))
    else:
        y, x0, x1 = -d / 2 + 0.07, -w / 2 + 0.18, w / 2 - 0.06
        parts.append(Part("case", box((x0, y, 0.08), (x1, d / 2 - 0.03, low), 0.003), look.board))
        parts.append(Part("plinth", box((x0 + 0.03, y + 0.04, 0.0), (x1 - 0.03, d / 2 - 0.05, 0.08), 0.0), look.plastic))
        split = x0 + 0.5 * (x1 - x0)
        parts += drawer_fronts((x0, 0.08), (split, low), y, (1.0, 1.0), look.board, look.metal)
        parts += hinged_doors((split, 0.08), (x1, low), y, 2, look.board, look.metal, 0.8)
        solid.append(Box((x0, y - FRONT, 0.0), (x1, d / 2 - 0.03, low)))
    return build("examination bed", "Examination couch", parts, solid, clearance=0.7)
