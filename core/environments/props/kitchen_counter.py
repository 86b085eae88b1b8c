"""A run of kitchen base units under one worktop."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from .kitchen import UPSTAND, base_units, fronts_of, splash, worktop, worktop_of
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class KitchenCounterBrief(PropBrief):
    """Kitchen base units; their back (+Y) goes to the wall."""

    width: float = number(1.8, 0.3, 4.0, unit="m", help="Left to right")
    depth: float = number(0.63, 0.5, 0.8, unit="m", help="Front to back")
    height: float = number(0.92, 0.8, 1.1, unit="m", help="Floor to the worktop, or to the splash board's top")
    splash: bool = flag(False, help="A splash board along the wall")
    front: str = choice("painted", ("painted", "wood", "accent"), help="What the fronts are made of")
    top: str = choice("wood", ("wood", "stone", "white"), help="What the worktop is made of")


def kitchen_counter(brief: KitchenCounterBrief) -> Prop:
    """The units of a brief; the first has drawers."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    level = h - UPSTAND if brief.splash else h
    top = worktop_of(brief.top, look)
    parts = base_units(w, d, level, 0.6, fronts_of(brief.front, look), look, (0,)) + worktop(w, d, level, top)
    if brief.splash:
        parts.append(splash(w, d, h, top))
    solid = [Box((-w / 2, -d / 2 + 0.01, 0.0), (w / 2, d / 2, level))]
    surface = Surface((-w / 2 + 0.02, -d / 2 + 0.03), (w / 2 - 0.02, d / 2 - 0.03), level)
    return build("kitchen counter", "Kitchen counter", parts, solid, surfaces=[surface], clearance=0.8)
