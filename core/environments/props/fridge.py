"""A refrigerator with a freezer compartment below or above, or with two doors side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import brushed_metal, lacquer, plastic
from .joinery import bar_handle
from .prop import Prop, PropBrief, build


@dataclass
class FridgeBrief(PropBrief):
    """A refrigerator; its back (+Y) goes to the wall."""

    width: float = number(0.6, 0.45, 1.0, unit="m", help="Left to right")
    depth: float = number(0.68, 0.5, 0.8, unit="m", help="Front to back, with handles")
    height: float = number(1.85, 0.8, 2.1, unit="m", help="Floor to top")
    doors: str = choice("freezer below", ("freezer below", "freezer above", "side by side", "one"), help="How it is divided")
    body: str = choice("steel", ("steel", "white", "accent"), help="What it is made of")


def fridge(brief: FridgeBrief) -> Prop:
    """The refrigerator of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"steel": brushed_metal(), "white": lacquer("#f3f3f1", 0.25), "accent": look.accent_board}[brief.body]
    y, low, top = -d / 2 + 0.031 + 0.065, 0.05, h
    parts = [
        Part("case", box((-w / 2, y + 0.006, low), (w / 2, d / 2, top), 0.006, grain=2), finish),
        Part("plinth", box((-w / 2 + 0.01, y + 0.03, 0.0), (w / 2 - 0.01, d / 2 - 0.02, low), 0.0), plastic("#1c1d1f")),
        Part("seal", box((-w / 2 + 0.012, y, low + 0.012), (w / 2 - 0.012, y + 0.006, top - 0.012), 0.0), plastic("#c9cbcc")),
    ]
    split = low + (h - low) * {"freezer below": 0.36, "freezer above": 0.7}.get(brief.doors, 1.0)
    if brief.doors == "side by side":
        areas = [(-w / 2, 0.0, low, top), (0.0, w / 2, low, top)]
    else:
        areas = [(-w / 2, w / 2, a, b) for a, b in ((low, split), (split, top)) if b - a > 0.05]
    for x0, x1, z0, z1 in areas:
        door = box((x0 + 0.002, y - 0.065, z0 + 0.003), (x1 - 0.002, y, z1 - 0.003 if z1 < top else z1), 0.009, grain=2)
        parts.append(Part("door", door, finish))
        length = min(0.5, 0.45 * (z1 - z0))
        z = z0 + 0.06 + length / 2 if z0 > low + 0.01 or len(areas) == 1 and h > 1.4 else z1 - 0.06 - length / 2
        z = (z0 + z1) / 2 if brief.doors == "side by side" else z
        x = x1 - 0.045 if brief.doors == "side by side" and x0 < 0 or brief.doors != "side by side" else x0 + 0.045
        parts.append(bar_handle(x, y - 0.065, z, length, brushed_metal(), upright=True))
    return build("fridge", "Refrigerator", parts, clearance=0.8)
