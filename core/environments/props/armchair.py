"""An easy chair."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from .prop import Prop, PropBrief, build
from .upholstery import upholstered


@dataclass
class ArmchairBrief(PropBrief):
    """An upholstered chair with arm rests."""

    width: float = number(0.82, 0.66, 1.1, unit="m", help="Left to right")
    depth: float = number(0.82, 0.68, 1.0, unit="m", help="Front to back")
    height: float = number(0.8, 0.68, 1.0, unit="m", help="Floor to the top of the back")
    arm: float = number(0.12, 0.07, 0.2, unit="m", help="Width of the arm rests")
    cover: str = choice("accent", ("fabric", "accent", "leather"), help="Upholstery")


def armchair(brief: ArmchairBrief) -> Prop:
    """The armchair of a brief."""
    look = brief.look
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather}[brief.cover]
    parts, solid, seats = upholstered(brief.width, brief.depth, brief.height, 1, brief.arm, cover, look.trim)
    return build("armchair", "Armchair", parts, solid, seats=seats, clearance=0.6)
