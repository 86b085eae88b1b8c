"""A low media board, with a television standing on it where wished."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import board, box, picture
from ...geometry.shape import Part
from ..materials.pictures import screen_picture
from .joinery import FRONT, carcass, drawer_fronts, hinged_doors, round_legs
from .prop import Box, Prop, PropBrief, Surface, build

BOARD = 0.48  # height of the board where a television stands on it


@dataclass
class TvStandBrief(PropBrief):
    """A media board; its back (+Y) goes to the wall."""

    width: float = number(1.6, 0.8, 2.6, unit="m", help="Left to right")
    depth: float = number(0.42, 0.32, 0.6, unit="m", help="Front to back")
    height: float = number(1.2, 0.35, 1.6, unit="m", help="Floor to the television's top, or to the board's")
    television: bool = flag(True, help="A television on it, where the height leaves room for one")
    on: bool = flag(False, help="Whether the television is on")
    finish: str = choice("wood", ("wood", "painted", "mixed"), help="Wood, paint, or painted doors in a wooden case")


def tv_stand(brief: TvStandBrief) -> Prop:
    """The board of a brief."""
    look, w, d = brief.look, brief.width, brief.depth
    shown = brief.television and brief.height > 0.85
    h = BOARD if shown else min(brief.height, 0.8)
    case = look.board if brief.finish == "painted" else look.wood
    front = look.wood if brief.finish == "wood" else look.board
    lift, y = 0.12, -d / 2 + 0.031 + FRONT
    parts = carcass((-w / 2, y, lift), (w / 2, d / 2, h), case)
    middle = (y + d / 2) / 2
    legs = round_legs(w / 2 - 0.06, d / 2 - middle - 0.03, lift, look.trim, 0.011, 0.018, 0.02)
    parts += [Part(leg.name, leg.shape.moved(0.0, middle), leg.finish) for leg in legs]
    third = w / 6
    parts += hinged_doors((-w / 2, lift), (-third, h), y, 1, front, look.metal)
    parts += drawer_fronts((third, lift), (w / 2, h), y, (1.0, 1.0), front, look.metal)
    for x in (-third, third - FRONT):
        parts.append(Part("divider", box((x, y, lift + FRONT), (x + FRONT, d / 2 - 0.008, h - FRONT), 0.001, grain=2), case))
    z = lift + 0.5 * (h - lift)
    parts.append(Part("shelf", board((-third + FRONT, y + 0.02, z), (third - FRONT, d / 2 - 0.008, z + FRONT)), case))
    surfaces = [Surface((-third + 0.03, y + 0.03), (third - 0.03, d / 2 - 0.02), z + FRONT, h - z - 2 * FRONT)]
    solid = [Box((-w / 2, y, 0.0), (w / 2, d / 2, h))]
    if shown:
        parts += _television(brief, h)
        half = min(w * 0.46, (brief.height - h - 0.06) * 0.9)
        solid.append(Box((-half, -0.02, h), (half, 0.06, brief.height)))
        surfaces += [
            Surface((side * w / 2 if side < 0 else half + 0.02, y), (-half - 0.02 if side < 0 else w / 2, d / 2 - 0.02), h)
            for side in (-1, 1)
            if w / 2 - half > 0.15
        ]
    else:
        surfaces.append(Surface((-w / 2 + 0.02, y), (w / 2 - 0.02, d / 2 - 0.02), h))
    return build("tv stand", "Media board", parts, solid, surfaces=surfaces, clearance=0.8)


def _television(brief: TvStandBrief, z: float) -> list[Part]:
    """A flat screen on two feet, as large as the width and the height leave room for."""
    look, top = brief.look, brief.height
    half, low = min(brief.width * 0.46, (top - z - 0.06) * 0.9), z + 0.06
    parts = [Part("television", box((-half, 0.0, low), (half, 0.045, top), 0.004), look.plastic)]
    sheet = picture((-half + 0.01, -0.002, low + 0.018), (half - 0.01, 0.0, top - 0.01))
    parts.append(Part("screen", sheet, screen_picture("windows", look.shades[0], brief.on), aligned=True))
    for x in (-0.55 * half, 0.55 * half):
        parts.append(Part("foot", box((x - 0.012, -0.1, z), (x + 0.012, 0.12, z + 0.012), 0.002), look.plastic))
        parts.append(Part("foot", box((x - 0.008, 0.01, z + 0.012), (x + 0.008, 0.035, low), 0.001), look.plastic))
    return parts
