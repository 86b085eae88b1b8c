"""A work desk: top, one of three kinds of legs, a pedestal of drawers, a modesty panel and a cable outlet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Finish, Part
from ...geometry.sweeps import cylinder, lathe, loft
from .joinery import FRONT, carcass, drawer_fronts
from .prop import Prop, PropBrief, Surface, build

PEDESTAL = 0.40


@dataclass
class DeskBrief(PropBrief):
    """A desk; its user sits at the front (-Y)."""

    width: float = number(1.6, 1.0, 2.4, unit="m", help="Left to right")
    depth: float = number(0.8, 0.55, 1.0, unit="m", help="Front to back")
    height: float = number(0.74, 0.62, 1.2, unit="m", help="Floor to the top's upper side")
    thickness: float = number(0.026, 0.015, 0.05, unit="m", help="Thickness of the top")
    legs: str = choice("frame", ("frame", "panel", "splayed"), help="Steel frame, side panels or splayed wooden legs")
    drawers: bool = flag(True, help="A pedestal of three drawers on the right")
    modesty_panel: bool = flag(True, help="A panel under the top at the back")


def desk(brief: DeskBrief) -> Prop:
    """The desk of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    under = h - brief.thickness
    parts = [Part("top", box((-w / 2, -d / 2, under), (w / 2, d / 2, h), 0.003, grain=0), look.top)]
    parts += {"frame": _frame, "panel": _panels, "splayed": _splayed}[brief.legs](brief, under)
    if brief.modesty_panel:
        y = d / 2 - 0.12
        panel = board((-w / 2 + 0.09, y, under - 0.34), (w / 2 - 0.09, y + 0.016, under - 0.002))
        parts.append(Part("panel", panel, look.board))
    parts += _cable_outlet(-w / 2 + 0.22, d / 2 - 0.07, h, look.plastic)
    if brief.drawers:
        parts += _pedestal(brief, under)
    solid = ("top", "leg", "panel", "pedestal", "side", "drawer")
    surface = Surface((-w / 2 + 0.02, -d / 2 + 0.02), (w / 2 - 0.02, d / 2 - 0.11), h)
    return build("desk", "Desk", parts, solid, surfaces=[surface], clearance=0.9)


def _frame(brief: DeskBrief, under: float) -> list[Part]:
    """Two portal frames of square tube and two beams."""
    finish, w, d, t = brief.look.frame, brief.width, brief.depth, 0.04
    parts = []
    for side in (-1, 1):
        low, high = sorted((side * (w / 2 - 0.05), side * (w / 2 - 0.05 - t)))
        for y in (-d / 2 + 0.05, d / 2 - 0.05 - t):
            parts.append(Part("leg", box((low, y, 0.012), (high, y + t, under)), finish))
            parts.append(
                Part("foot", cylinder(0.018, 0.0, 0.012, 0.002, 10).moved((low + high) / 2, y + t / 2), brief.look.plastic)
            )
        parts.append(Part("beam", box((low, -d / 2 + 0.05 + t, under - t), (high, d / 2 - 0.05 - t, under)), finish))
    for y in (-d / 4, d / 4):
        parts.append(Part("beam", box((-w / 2 + 0.05 + t, y - 0.02, under - 0.03), (w / 2 - 0.05 - t, y + 0.02, under)), finish))
    return parts


def _panels(brief: DeskBrief, under: float) -> list[Part]:
    """Two boards as wide as the desk is deep."""
    w, d = brief.width, brief.depth
    t = max(0.022, brief.thickness)
    return [
        Part("leg", box((x, -d / 2 + 0.02, 0.0), (x + t, d / 2 - 0.02, under), 0.002, grain=2), brief.look.wood)
        for x in (-w / 2 + 0.015, w / 2 - 0.015 - t)
    ]


def _splayed(brief: DeskBrief, under: float) -> list[Part]:
    """Four tapered legs leaning outwards, under an apron."""
    w, d, finish = brief.width, brief.depth, brief.look.trim
    x, y = w / 2 - 0.11, d / 2 - 0.10
    parts = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            rings = [
                [(sx * (x + lean) + a * r, sy * (y + lean * 0.6) + b * r, z) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
                for lean, r, z in ((0.058, 0.012, 0.0), (0.06, 0.015, 0.004), (0.0, 0.026, under))
            ]
            parts.append(Part("leg", loft(np.array(rings)), finish))
    for sy in (-1, 1):
        low, high = sorted((sy * y, sy * (y - 0.02)))
        parts.append(Part("beam", board((-x, low, under - 0.07), (x, high, under)), finish))
    for sx in (-1, 1):
        low, high = sorted((sx * x, sx * (x - 0.02)))
        parts.append(Part("beam", board((low, -y + 0.02, under - 0.07), (high, y - 0.02, under)), finish))
    return parts


def _cable_outlet(x: float, y: float, h: float, finish: Finish) -> list[Part]:
    """A ring with a cap, set into the top; the upper 0.5 mm stands proud."""
    profile = [
        (0.0, h - 0.01),
        (0.032, h - 0.01),
        (0.032, h),
        (0.030, h + 0.0005),
        (0.024, h + 0.0005),
        (0.023, h - 0.004),
        (0.0, h - 0.004),
    ]
    return [Part("cable outlet", lathe(profile, 20).moved(x, y), finish)]


def _pedestal(brief: DeskBrief, under: float) -> list[Part]:
    """A cabinet of three drawers between floor and top, on a plinth."""
    look, w, d = brief.look, brief.width, brief.depth
    x1 = w / 2 - (0.13 if brief.legs != "panel" else 0.06)
    x0, y0, y1 = x1 - min(PEDESTAL, w / 3), -d / 2 + 0.06, d / 2 - 0.14
    z0, z1 = 0.05, under - (0.045 if brief.legs == "frame" else 0.012 if brief.legs == "panel" else 0.075)
    body = (x0, y0 + FRONT, z0), (x1, y1, z1)
    parts = [Part("pedestal", board((x0 + 0.03, y0 + 0.06, 0.0), (x1 - 0.03, y1 - 0.02, z0)), look.plastic)]
    parts += carcass(*body, look.board)
    parts += drawer_fronts((x0, z0), (x1, z1), y0 + FRONT, (1, 1.4, 2.2), look.board, look.metal)
    return parts
