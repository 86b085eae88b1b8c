"""A wardrobe: hinged doors over drawers, or sliding doors, one of them a mirror where wished."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number, whole
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ..materials import mirror
from .joinery import FRONT, carcass, drawer_fronts, hinged_doors
from .prop import Prop, PropBrief, Surface, build


@dataclass
class WardrobeBrief(PropBrief):
    """A wardrobe; its back (+Y) goes to the wall."""

    width: float = number(1.2, 0.5, 3.0, unit="m", help="Left to right")
    depth: float = number(0.6, 0.4, 0.75, unit="m", help="Front to back, with handles")
    height: float = number(2.05, 1.5, 2.6, unit="m", help="Floor to top")
    doors: int = whole(2, 1, 6, help="How many doors side by side")
    opening: str = choice("hinged", ("hinged", "sliding"), help="How the doors open")
    drawers: bool = flag(True, help="Drawers under hinged doors")
    mirror: bool = flag(False, help="A mirror on one door")
    finish: str = choice("wood", ("wood", "painted", "mixed"), help="Wood, paint, or painted doors in a wooden case")


def wardrobe(brief: WardrobeBrief) -> Prop:
    """The wardrobe of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    case = look.board if brief.finish == "painted" else look.wood
    front = look.wood if brief.finish == "wood" else look.board
    lift, rim = 0.07, 0.03
    y = -d / 2 + 0.031 + FRONT
    parts = carcass((-w / 2, y, lift), (w / 2, d / 2, h - rim), case)
    parts.append(Part("plinth", board((-w / 2 + 0.01, y + 0.03, 0.0), (w / 2 - 0.01, d / 2 - 0.01, lift)), look.plastic))
    parts.append(Part("cornice", box((-w / 2, y - FRONT - 0.006, h - rim), (w / 2, d / 2, h), 0.004, grain=0), case))
    low, high = lift, h - rim
    doors = min(brief.doors, max(int(w / 0.3), 1))
    if brief.opening == "sliding":
        parts += _sliding(brief, max(doors, 2), y, low, high)
    else:
        if brief.drawers:
            low = lift + 0.17 * (h - lift)
            for k in range(doors):
                x0, x1 = -w / 2 + k * w / doors, -w / 2 + (k + 1) * w / doors
                parts += drawer_fronts((x0, lift), (x1, low), y, (1.0,), front, look.metal)
        parts += hinged_doors((-w / 2, low), (w / 2, high), y, doors, front, look.metal, 0.45)
        if brief.mirror:
            step = w / doors
            glass = box((-w / 2 + 0.07, y - FRONT - 0.004, low + 0.08), (-w / 2 + step - 0.07, y - FRONT, high - 0.08), 0.0)
            parts.append(Part("mirror", glass, mirror()))
    surface = Surface((-w / 2 + 0.01, y), (w / 2 - 0.01, d / 2 - 0.01), h)
    return build("wardrobe", "Wardrobe", parts, surfaces=[surface], clearance=0.7)


def _sliding(brief: WardrobeBrief, count: int, y: float, low: float, high: float) -> list[Part]:
    """Panels in two planes, with recessed metal edges to grip."""
    look, w = brief.look, brief.width
    front = look.wood if brief.finish == "wood" else look.board
    step = w / count
    parts = []
    for k in range(count):
        near = y - FRONT * (1 + k % 2) + (0.0 if k % 2 else 0.001)
        x0, x1 = -w / 2 + k * step + 0.001, -w / 2 + (k + 1) * step - 0.001
        panel = box((x0 + 0.022, near, low + 0.004), (x1 - 0.022, near + FRONT - 0.002, high - 0.004), 0.001, grain=2)
        parts.append(Part("door", panel, mirror() if brief.mirror and k == 0 else front))
        for a in (x0, x1 - 0.022):
            parts.append(
                Part("handle", box((a, near - 0.003, low + 0.002), (a + 0.022, near + FRONT - 0.002, high - 0.002)), look.metal)
            )
    return parts
