"""A steel filing cabinet: a folded body with deep drawers, recessed pulls and label holders."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number, whole
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import painted_metal, paper
from .joinery import GAP
from .prop import Prop, PropBrief, Surface, build


@dataclass
class FilingCabinetBrief(PropBrief):
    """A filing cabinet; its back (+Y) goes to the wall."""

    width: float = number(0.46, 0.38, 1.0, unit="m", help="Left to right")
    depth: float = number(0.62, 0.4, 0.75, unit="m", help="Front to back")
    height: float = number(1.32, 0.6, 1.6, unit="m", help="Floor to top")
    drawers: int = whole(4, 2, 6, help="How many drawers")
    finish: str = choice("frame", ("frame", "accent", "light"), help="Colour of the steel")


def filing_cabinet(brief: FilingCabinetBrief) -> Prop:
    """The cabinet of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    steel = {"frame": look.frame, "accent": painted_metal(look.shades[0]), "light": painted_metal("#d5d6d3")}[brief.finish]
    y = -d / 2 + 0.03
    parts = [
        Part("body", box((-w / 2, y, 0.04), (w / 2, d / 2, h), 0.006), steel),
        Part("plinth", box((-w / 2 + 0.01, y + 0.03, 0.0), (w / 2 - 0.01, d / 2 - 0.01, 0.04), 0.002), look.plastic),
    ]
    edge, z0 = 0.014, 0.06
    step = (h - z0 - 0.02) / brief.drawers
    for k in range(brief.drawers):
        low, high = z0 + k * step + GAP, z0 + (k + 1) * step - GAP
        parts.append(Part("drawer", box((-w / 2 + edge, y - 0.016, low), (w / 2 - edge, y, high), 0.003), steel))
        middle = high - min(0.09, 0.35 * step)
        pull = box((-0.07, -d / 2, middle - 0.012), (0.07, y - 0.016, middle + 0.012), 0.005)
        parts.append(Part("handle", pull, look.metal))
        label = box((-0.035, y - 0.019, middle + 0.022), (0.035, y - 0.016, middle + 0.05), 0.0008)
        if middle + 0.052 < high:
            parts.append(Part("label", label, paper()))
    parts.append(Part("lock", box((w / 2 - 0.05, y - 0.021, h - 0.055), (w / 2 - 0.035, y - 0.016, h - 0.04), 0.003), look.metal))
    return build(
        "cabinet", "Filing cabinet", parts, surfaces=[Surface((-w / 2 + 0.01, y), (w / 2 - 0.01, d / 2 - 0.01), h)], clearance=0.7
    )
