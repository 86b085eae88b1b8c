"""A low cabinet of drawers on castors, to stand under or beside a desk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number, whole
from ...geometry.shape import Part, join
from ...geometry.sweeps import cylinder
from .joinery import FRONT, carcass, drawer_fronts
from .prop import Prop, PropBrief, Surface, build

CASTOR = 0.05


@dataclass
class DrawerUnitBrief(PropBrief):
    """A mobile pedestal."""

    width: float = number(0.42, 0.3, 0.6, unit="m", help="Left to right")
    depth: float = number(0.56, 0.4, 0.7, unit="m", help="Front to back, with handles")
    height: float = number(0.58, 0.45, 0.75, unit="m", help="Floor to top")
    drawers: int = whole(3, 2, 5, help="How many drawers")
    finish: str = choice("painted", ("painted", "wood", "accent"), help="What the fronts are made of")


def drawer_unit(brief: DrawerUnitBrief) -> Prop:
    """The unit of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    front = {"painted": look.board, "wood": look.wood, "accent": look.accent_board}[brief.finish]
    proud = 0.031
    y = -d / 2 + proud + FRONT
    parts = carcass((-w / 2, y, CASTOR), (w / 2, d / 2, h), look.board)
    parts += drawer_fronts((-w / 2, CASTOR), (w / 2, h), y, (1.0,) * (brief.drawers - 1) + (1.8,), front, look.metal)
    wheel = cylinder(0.02, -0.009, 0.009, 0.003, 12).turned("y", np.pi / 2).moved(z=0.02)
    castor = join([wheel.moved(-0.011), wheel.moved(0.011), cylinder(0.014, 0.022, CASTOR, 0.002, 10)])
    for x in (-w / 2 + 0.05, w / 2 - 0.05):
        for place in (y + 0.05, d / 2 - 0.05):
            parts.append(Part("castor", castor.moved(x, place), look.plastic))
    surface = Surface((-w / 2 + 0.01, y), (w / 2 - 0.01, d / 2 - 0.01), h)
    return build("cabinet", "Drawer unit", parts, surfaces=[surface], clearance=0.6)
