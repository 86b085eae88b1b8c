"""A bedside table with drawers, on legs or a plinth."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number, whole
from ...geometry.blocks import board
from ...geometry.shape import Part
from .joinery import FRONT, carcass, drawer_fronts, round_legs
from .prop import Prop, PropBrief, Surface, build


@dataclass
class NightstandBrief(PropBrief):
    """A bedside table; its back (+Y) goes to the wall."""

    width: float = number(0.45, 0.3, 0.7, unit="m", help="Left to right")
    depth: float = number(0.4, 0.28, 0.55, unit="m", help="Front to back, with handles")
    height: float = number(0.52, 0.35, 0.75, unit="m", help="Floor to top")
    drawers: int = whole(2, 0, 3, help="How many drawers; none: an open shelf")
    base: str = choice("legs", ("legs", "plinth"), help="What it stands on")
    finish: str = choice("wood", ("wood", "painted", "mixed"), help="Wood, paint, or painted drawers in a wooden case")


def nightstand(brief: NightstandBrief) -> Prop:
    """The bedside table of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    case = look.board if brief.finish == "painted" else look.wood
    front = look.wood if brief.finish == "wood" else look.board
    lift = 0.28 * h if brief.base == "legs" else 0.04
    y = -d / 2 + 0.031 + FRONT
    parts = carcass((-w / 2, y, lift), (w / 2, d / 2, h), case)
    if brief.base == "legs":
        middle = (y + d / 2) / 2
        legs = round_legs(w / 2 - 0.025, d / 2 - middle - 0.02, lift, look.trim, 0.01, 0.017, 0.02)
        parts += [Part(leg.name, leg.shape.moved(0.0, middle), leg.finish) for leg in legs]
    else:
        parts.append(Part("plinth", board((-w / 2 + 0.01, y + 0.02, 0.0), (w / 2 - 0.01, d / 2 - 0.01, lift)), look.plastic))
    surfaces = [Surface((-w / 2 + 0.015, y), (w / 2 - 0.015, d / 2 - 0.01), h)]
    if brief.drawers:
        low, high = (-w / 2 + FRONT, lift + FRONT), (w / 2 - FRONT, h - FRONT)
        parts += drawer_fronts(low, high, y + FRONT, (1.0,) * brief.drawers, front, look.metal)
    else:
        surfaces.append(Surface((-w / 2 + 0.03, y + 0.01), (w / 2 - 0.03, d / 2 - 0.02), lift + FRONT, h - lift - 3 * FRONT))
        lip = board((-w / 2 + 0.1, -d / 2, h - FRONT), (w / 2 - 0.1, y, h - 0.004))
        parts.append(Part("top", lip, case))
    return build("nightstand", "Nightstand", parts, surfaces=surfaces, clearance=0.4)
