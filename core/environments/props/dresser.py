"""A chest of drawers on legs or a plinth."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number, whole
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from .joinery import FRONT, carcass, drawer_fronts, round_legs
from .prop import Prop, PropBrief, Surface, build


@dataclass
class DresserBrief(PropBrief):
    """A chest of drawers; its back (+Y) goes to the wall."""

    width: float = number(1.1, 0.5, 1.9, unit="m", help="Left to right")
    depth: float = number(0.48, 0.35, 0.6, unit="m", help="Front to back, with handles")
    height: float = number(0.85, 0.55, 1.4, unit="m", help="Floor to top")
    rows: int = whole(3, 2, 6, help="Drawers one above the other")
    columns: int = whole(2, 1, 3, help="Drawers side by side")
    base: str = choice("legs", ("legs", "plinth"), help="What it stands on")
    finish: str = choice("mixed", ("wood", "painted", "mixed"), help="Wood, paint, or painted drawers in a wooden case")


def dresser(brief: DresserBrief) -> Prop:
    """The chest of drawers of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    case = look.board if brief.finish == "painted" else look.wood
    front = look.wood if brief.finish == "wood" else look.board
    lift = min(0.15, 0.2 * h) if brief.base == "legs" else 0.06
    y = -d / 2 + 0.031 + FRONT
    top = h - 0.022
    parts = carcass((-w / 2 + 0.006, y, lift), (w / 2 - 0.006, d / 2, top), case)
    parts.append(Part("top", box((-w / 2, y - FRONT - 0.004, top), (w / 2, d / 2, h), 0.003, grain=0), look.wood))
    if brief.base == "legs":
        middle = (y + d / 2) / 2
        legs = round_legs(w / 2 - 0.04, d / 2 - middle - 0.03, lift, look.trim, 0.011, 0.019, 0.02)
        parts += [Part(leg.name, leg.shape.moved(0.0, middle), leg.finish) for leg in legs]
    else:
        parts.append(Part("plinth", board((-w / 2 + 0.02, y + 0.03, 0.0), (w / 2 - 0.02, d / 2 - 0.01, lift)), look.plastic))
    step = (w - 0.012) / brief.columns
    for k in range(brief.columns):
        x = -w / 2 + 0.006 + k * step
        shares = tuple(1.0 + 0.12 * row for row in range(brief.rows))
        parts += drawer_fronts((x, lift), (x + step, top - 0.004), y, shares, front, look.metal)
    surface = Surface((-w / 2 + 0.015, y), (w / 2 - 0.015, d / 2 - 0.015), h)
    return build("dresser", "Chest of drawers", parts, surfaces=[surface], clearance=0.6)
