"""A cupboard with hinged doors on feet or a plinth: a sideboard when low, a wardrobe-high store when tall."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number, whole
from ...geometry.blocks import board, box
from ...geometry.shape import Finish, Part
from .joinery import FRONT, GAP, bar_handle, carcass, foot
from .prop import Prop, PropBrief, Surface, build


@dataclass
class CupboardBrief(PropBrief):
    """A cupboard; its back (+Y) goes to the wall."""

    width: float = number(0.9, 0.4, 2.4, unit="m", help="Left to right")
    depth: float = number(0.44, 0.3, 0.65, unit="m", help="Front to back, with handles")
    height: float = number(1.8, 0.5, 2.4, unit="m", help="Floor to top")
    doors: int = whole(2, 1, 5, help="How many doors side by side")
    finish: str = choice("wood", ("wood", "painted", "mixed"), help="Wood, paint, or painted doors in a wooden case")
    base: str = choice("plinth", ("plinth", "legs"), help="What it stands on")


def cupboard(brief: CupboardBrief) -> Prop:
    """The cupboard of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    case = look.board if brief.finish == "painted" else look.wood
    door = look.wood if brief.finish == "wood" else look.board
    lift = 0.07 if brief.base == "plinth" else min(0.16, 0.2 * h)
    y = -d / 2 + 0.031 + FRONT
    parts = carcass((-w / 2, y, lift), (w / 2, d / 2, h), case)
    if brief.base == "plinth":
        parts.append(Part("plinth", board((-w / 2 + 0.01, y + 0.04, 0.0), (w / 2 - 0.01, d / 2 - 0.01, lift)), look.plastic))
    else:
        for x in (-w / 2 + 0.06, w / 2 - 0.06):
            parts += [foot(x, place, lift, look.frame, 0.014, "leg") for place in (y + 0.05, d / 2 - 0.05)]
    parts += _doors(brief, y, lift, door, look.metal)
    surface = Surface((-w / 2 + 0.01, y), (w / 2 - 0.01, d / 2 - 0.01), h)
    return build("cabinet", "Cupboard", parts, surfaces=[surface], clearance=0.75)


def _doors(brief: CupboardBrief, y: float, low: float, finish: Finish, metal: Finish) -> list[Part]:
    """Doors with upright handles at the edge away from the hinge; neighbours open away from each other."""
    w, h, count = brief.width, brief.height, brief.doors
    step = w / count
    parts = []
    for k in range(count):
        x0, x1 = -w / 2 + k * step + GAP / 2, -w / 2 + (k + 1) * step - GAP / 2
        panel = box((x0, y - FRONT, low + GAP / 2), (x1, y, h - GAP / 2), 0.0015, grain=2)
        parts.append(Part("door", panel, finish))
        right = k % 2 == 0 and not (count % 2 and k == count - 1)
        x = x1 - 0.04 if right else x0 + 0.04
        z = min(1.05, low + 0.72 * (h - low))
        parts.append(bar_handle(x, y - FRONT, z, min(0.2, 0.3 * (h - low)), metal, upright=True))
    return parts
