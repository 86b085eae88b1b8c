"""A framed print."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ..materials import paper
from ..materials.pictures import ART, art_print
from .prop import WALL, Prop, PropBrief, build


@dataclass
class PictureFrameBrief(PropBrief):
    """A picture; its back (+Y) is on the wall."""

    width: float = number(0.5, 0.15, 1.8, unit="m", help="Left to right")
    depth: float = number(0.03, 0.015, 0.06, unit="m", help="From the wall to the frame's front")
    height: float = number(0.7, 0.15, 1.8, unit="m", help="Bottom to top")
    motif: str = choice("any", ("any", *ART), help="What the print shows; any: as the seed has it")
    frame: str = choice("wood", ("wood", "dark", "metal"), help="What the frame is made of")
    mat: float = number(0.12, 0.0, 0.25, help="White border, as a share of the smaller side")


def picture_frame(brief: PictureFrameBrief) -> Prop:
    """The picture of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"wood": look.trim, "dark": look.plastic, "metal": look.metal}[brief.frame]
    rim = min(0.022, 0.1 * min(w, h))
    parts = []
    for x in (-w / 2, w / 2 - rim):
        parts.append(Part("frame", box((x, -d / 2, 0.0), (x + rim, d / 2, h), 0.002), finish))
    for z in (0.0, h - rim):
        parts.append(Part("frame", box((-w / 2 + rim, -d / 2, z), (w / 2 - rim, d / 2, z + rim), 0.002), finish))
    parts.append(Part("back", box((-w / 2 + rim, 0.0, rim), (w / 2 - rim, d / 2 - 0.002, h - rim), 0.0), paper()))
    motif = ART[brief.seed % len(ART)] if brief.motif == "any" else brief.motif
    mat = brief.mat * min(w, h)
    x, low, high = w / 2 - rim - mat, rim + mat, h - rim - mat
    shape = (0.5, 0.75, 1.0, 1.4, 2.0)
    aspect = min(shape, key=lambda value: abs(value - 2 * x / (high - low)))
    sheet = picture((-x, -0.001, low), (x, 0.0005, high))
    parts.append(Part("print", sheet, art_print(motif, look.shades, brief.seed % 97, aspect), aligned=True))
    return build("picture", "Picture", parts, mount=WALL)
