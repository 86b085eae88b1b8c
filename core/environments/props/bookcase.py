"""An open bookcase: sides, adjustable shelves, back panel and plinth."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number, whole
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class BookcaseBrief(PropBrief):
    """A bookcase; its back (+Y) goes to the wall."""

    width: float = number(0.9, 0.35, 2.4, unit="m", help="Left to right")
    depth: float = number(0.32, 0.2, 0.6, unit="m", help="Front to back")
    height: float = number(1.9, 0.4, 2.6, unit="m", help="Floor to top")
    shelves: int = whole(5, 1, 9, help="How many compartments, one above the other")
    bays: int = whole(1, 1, 4, help="How many compartments side by side")
    thickness: float = number(0.02, 0.012, 0.04, unit="m", help="Thickness of the boards")
    back: bool = flag(True, help="With a back panel")
    finish: str = choice("wood", ("wood", "painted"), help="What it is made of")


def bookcase(brief: BookcaseBrief) -> Prop:
    """The bookcase of a brief; every compartment is a surface."""
    look, w, d, h, t = brief.look, brief.width, brief.depth, brief.height, brief.thickness
    finish = look.wood if brief.finish == "wood" else look.board
    plinth = min(0.06, h * 0.08)
    back = 0.006 if brief.back else 0.0
    parts = [Part("side", box((x, -d / 2, 0.0), (x + t, d / 2, h), 0.0015, grain=2), finish) for x in (-w / 2, w / 2 - t)]
    parts.append(Part("top", board((-w / 2 + t, -d / 2, h - t), (w / 2 - t, d / 2, h)), finish))
    parts.append(Part("plinth", board((-w / 2 + t, -d / 2 + 0.02, 0.0), (w / 2 - t, -d / 2 + 0.02 + t, plinth)), finish))
    if brief.back:
        panel = box((-w / 2 + t, d / 2 - back, plinth), (w / 2 - t, d / 2, h - t), 0.0, grain=2)
        parts.append(Part("back", panel, finish if brief.finish == "wood" else look.board))
    bay = (w - t * (brief.bays + 1)) / brief.bays
    for k in range(1, brief.bays):
        x = -w / 2 + k * (bay + t)
        parts.append(Part("divider", box((x, -d / 2 + 0.004, plinth), (x + t, d / 2 - back, h - t), 0.0015, grain=2), finish))
    surfaces = [Surface((-w / 2 + 0.02, -d / 2 + 0.02), (w / 2 - 0.02, d / 2 - 0.02), h)]
    step = (h - plinth - t) / brief.shelves
    for level in range(brief.shelves):
        z = plinth + level * step
        for k in range(brief.bays):
            x = -w / 2 + t + k * (bay + t)
            parts.append(Part("shelf", board((x, -d / 2 + 0.004, z), (x + bay, d / 2 - back, z + t)), finish))
            surface = Surface((x + 0.005, -d / 2 + 0.015), (x + bay - 0.005, d / 2 - back - 0.005), z + t, step - t - 0.01)
            surfaces.append(surface)
    whole_box = Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))
    return build("bookcase", "Bookcase", parts, [whole_box], surfaces=surfaces, clearance=0.7)
