"""A sofa for two to four people."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number, whole
from ...geometry.blocks import cushion
from ...geometry.shape import Part
from .prop import Prop, PropBrief, build
from .upholstery import upholstered


@dataclass
class SofaBrief(PropBrief):
    """A sofa; its back (+Y) may go to the wall."""

    width: float = number(1.9, 1.2, 3.2, unit="m", help="Left to right")
    depth: float = number(0.88, 0.7, 1.1, unit="m", help="Front to back")
    height: float = number(0.8, 0.68, 1.0, unit="m", help="Floor to the top of the back")
    seats: int = whole(3, 2, 4, help="How many seat cushions")
    arm: float = number(0.14, 0.08, 0.28, unit="m", help="Width of the arm rests")
    cover: str = choice("fabric", ("fabric", "accent", "leather"), help="Upholstery")
    pillows: bool = flag(True, help="Two loose pillows in the accent colour")


def sofa(brief: SofaBrief) -> Prop:
    """The sofa of a brief."""
    look = brief.look
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather}[brief.cover]
    parts, solid, seats = upholstered(brief.width, brief.depth, brief.height, brief.seats, brief.arm, cover, look.trim)
    if brief.pillows:
        cloth = look.fabric if brief.cover == "accent" else look.accent
        pillow = cushion((-0.2, -0.055, -0.2), (0.2, 0.055, 0.2), 0.03, 0.045, (7, 4, 7)).turned("x", -0.5)
        for side in (-1, 1):
            place = side * (brief.width / 2 - brief.arm - 0.25)
            top = 0.43 - pillow.vertices[:, 2].min() - 0.012
            lying = pillow.turned("z", 0.16 * side).moved(place, brief.depth / 2 - 0.42, min(top, brief.height - 0.21))
            parts.append(Part("pillow", lying, cloth))
    return build("sofa", "Sofa", parts, solid, seats=seats, clearance=0.6)
