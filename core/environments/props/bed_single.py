"""A made bed for one."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from .bedding import HEAD, bed_parts
from .prop import Box, Prop, PropBrief, build


@dataclass
class BedSingleBrief(PropBrief):
    """A bed for one; its head (+Y) goes to the wall."""

    width: float = number(0.98, 0.8, 1.3, unit="m", help="Left to right")
    depth: float = number(2.1, 1.7, 2.35, unit="m", help="Foot to head")
    height: float = number(0.9, 0.65, 1.3, unit="m", help="Floor to the head board's top")
    style: str = choice("slats", ("panel", "slats", "upholstered"), help="The head board")
    cover: str = choice("accent", ("fabric", "accent"), help="Colour of the quilt")


def bed_single(brief: BedSingleBrief) -> Prop:
    """The bed of a brief; its seed lays the folds."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    cover = look.accent if brief.cover == "accent" else look.fabric
    parts = bed_parts(w, d, h, brief.style, cover, look, 1, brief.seed)
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2 - HEAD, 0.5)), Box((-w / 2, d / 2 - HEAD, 0.0), (w / 2, d / 2, h))]
    return build("bed", "Single bed", parts, solid, clearance=0.5)
