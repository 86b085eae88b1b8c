"""A cash register: a drawer, a tilted screen, a customer display and a card reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ..materials.pictures import screen_picture
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class CashRegisterBrief(PropBrief):
    """A cash register; the cashier stands at its front (-Y)."""

    width: float = number(0.42, 0.3, 0.6, unit="m", help="Left to right")
    depth: float = number(0.42, 0.3, 0.55, unit="m", help="Front to back")
    height: float = number(0.4, 0.28, 0.55, unit="m", help="Counter to the screen's top")


def cash_register(brief: CashRegisterBrief) -> Prop:
    """The register of a brief."""
    look = brief.look
    parts = [
        Part("drawer", box((-0.2, -0.19, 0.004), (0.2, 0.21, 0.1), 0.004), look.plastic),
        Part("drawer", box((-0.196, -0.205, 0.012), (0.196, -0.19, 0.092), 0.003), look.plastic),
        Part("lock", box((-0.012, -0.209, 0.04), (0.012, -0.205, 0.064), 0.002), look.metal),
        Part("stand", box((-0.08, 0.0, 0.1), (0.08, 0.14, 0.115), 0.004), look.shell),
        Part("stand", box((-0.03, 0.06, 0.115), (0.03, 0.09, 0.28), 0.006), look.shell),
    ]
    for x in (-0.17, 0.17):
        for y in (-0.16, 0.18):
            parts.append(Part("foot", box((x - 0.01, y - 0.01, 0.0), (x + 0.01, y + 0.01, 0.004), 0.0), look.plastic))
    case = box((-0.17, -0.014, -0.11), (0.17, 0.014, 0.11), 0.006)
    shown = picture((-0.16, -0.0155, -0.1), (0.16, -0.0135, 0.1))
    for name, shape, finish in (("screen", case, look.plastic), ("screen", shown, screen_picture("windows", look.shades[0]))):
        parts.append(
            Part(name, shape.turned("x", -0.35).moved(0.0, 0.045, 0.27), finish, aligned=name == "screen" and shape is shown)
        )
    rear = box((-0.09, 0.1, 0.2), (0.09, 0.118, 0.26), 0.004)
    reader = box((-0.035, -0.07, -0.012), (0.035, 0.07, 0.012), 0.006).turned("x", 0.5).turned("z", -0.25)
    parts += [Part("customer display", rear, look.plastic), Part("card reader", reader.moved(0.15, -0.06, 0.145), look.plastic)]
    low = min(float(np.min(part.shape.vertices[:, 2])) for part in parts)
    parts = [Part(p.name, p.shape.moved(z=-low), p.finish, p.aligned) for p in parts]
    return build("cash register", "Cash register", fitted(parts, brief), mount=SURFACE)
