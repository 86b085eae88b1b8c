"""A kitchen sink in a base unit, with a drainer and a mixer tap."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ..materials import brushed_metal, ceramic
from .joinery import vessel
from .kitchen import TOP, base_units, fronts_of, worktop, worktop_of
from .plumbing import mixer_tap, waste
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class KitchenSinkBrief(PropBrief):
    """A sink unit; its back (+Y) goes to the wall."""

    width: float = number(1.2, 0.6, 2.4, unit="m", help="Left to right")
    depth: float = number(0.63, 0.5, 0.8, unit="m", help="Front to back")
    height: float = number(1.2, 1.05, 1.4, unit="m", help="Floor to the tap's top; the worktop is 0.28 m lower")
    drainer: bool = flag(True, help="A ribbed drainer beside the bowl where there is room")
    bowl: str = choice("steel", ("steel", "ceramic"), help="What the bowl is made of")
    front: str = choice("painted", ("painted", "wood", "accent"), help="What the fronts are made of")
    top: str = choice("wood", ("wood", "stone", "white"), help="What the worktop is made of")


def kitchen_sink(brief: KitchenSinkBrief) -> Prop:
    """The sink unit of a brief; the bowl is on the right where there is a drainer."""
    look, w, d = brief.look, brief.width, brief.depth
    level = brief.height - 0.28
    finish = brushed_metal() if brief.bowl == "steel" else ceramic("#f1f0ec")
    drains = brief.drainer and w > 0.95
    bw, bd, deep = min(0.46, w - 0.12), min(0.38, d - 0.2), 0.17
    x = w / 2 - 0.1 - bw / 2 if drains else 0.0
    y = -d / 2 + 0.07 + bd / 2
    hole = (x - bw / 2, y - bd / 2, x + bw / 2, y + bd / 2)
    parts = base_units(w, d, level, 0.6, fronts_of(brief.front, look), look, ())
    parts = [part for part in parts if not (part.name == "top" and part.finish is look.board)]  # the bowl needs the room
    parts += worktop(w, d, level, worktop_of(brief.top, look), hole)
    t, rim = 0.004, 0.016
    outside = [
        (0.4 * bw, 0.4 * bd, -deep),
        (bw - 0.05, bd - 0.05, -deep),
        (bw - 0.012, bd - 0.012, -deep + 0.035),
        (bw - 0.004, bd - 0.004, 0.0005),
        (bw + 2 * rim, bd + 2 * rim, 0.0005),
        (bw + 2 * rim, bd + 2 * rim, 0.003),
    ]
    inside = [
        (bw - 0.012, bd - 0.012, 0.003),
        (bw - 0.022, bd - 0.022, -deep + 0.04),
        (bw - 0.062, bd - 0.062, -deep + t),
        (0.2 * bw, 0.2 * bd, -deep + t - 0.001),
    ]
    parts.append(Part("bowl", vessel(outside + inside, 0.055).moved(x, y, level), finish))
    parts.append(waste(x, y, level - deep + t))
    if drains:
        left, right = -w / 2 + 0.08, x - bw / 2 - 2 * rim
        tray = box((left, y - bd / 2 - rim, level - TOP / 2), (right, y + bd / 2 + rim, level + 0.003), 0.002)
        parts.append(Part("drainer", tray, finish))
        for k in range(7):
            place = left + 0.03 + (right - left - 0.06) * k / 6
            rib = box((place - 0.004, y - bd / 2 + 0.01, level + 0.003), (place + 0.004, y + bd / 2 - 0.01, level + 0.006), 0.001)
            parts.append(Part("drainer", rib, finish))
    parts += mixer_tap(x, y + bd / 2 + 0.05, level, 0.28, min(0.19, bd / 2 + 0.02))
    solid = [Box((-w / 2, -d / 2 + 0.01, 0.0), (w / 2, d / 2, level))]
    free = (-w / 2 + 0.02, -w / 2 + 0.06) if drains else (0.0, 0.0)
    surfaces = [Surface((free[0], -d / 2 + 0.03), (free[1], d / 2 - 0.03), level)] if drains else []
    return build("kitchen sink", "Kitchen sink", parts, solid, surfaces=surfaces, clearance=0.8)
