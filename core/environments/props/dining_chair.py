"""A dining chair: four legs, a padded or wooden seat, and a back of slats, rungs or padding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Part
from ...geometry.sweeps import loft, rounded_rectangle, sheet
from .prop import Box, Prop, PropBrief, Seat, build

POST = 0.034


@dataclass
class DiningChairBrief(PropBrief):
    """A dining chair; the sitter looks along -Y."""

    width: float = number(0.45, 0.38, 0.6, unit="m", help="Left to right")
    depth: float = number(0.52, 0.44, 0.65, unit="m", help="Front to back")
    height: float = number(0.9, 0.75, 1.15, unit="m", help="Floor to the top of the back")
    seat_height: float = number(0.46, 0.4, 0.5, unit="m", help="Floor to the seat")
    back: str = choice("slats", ("slats", "ladder", "padded"), help="Upright slats, level rungs or padding")
    cover: str = choice("fabric", ("fabric", "accent", "leather", "wood"), help="What the seat is covered with")


def dining_chair(brief: DiningChairBrief) -> Prop:
    """The chair of a brief."""
    look, w, d, h, seat = brief.look, brief.width, brief.depth, brief.height, brief.seat_height
    wood = look.trim
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather, "wood": look.wood}[brief.cover]
    front, rear, x = -d / 2 + 0.004, d / 2 - 0.075, w / 2 - POST / 2 - 0.003
    parts = []
    for side in (-1, 1):
        leg = [(side * x, front + POST / 2, r, z) for r, z in ((0.011, 0.0), (0.0125, 0.003), (POST / 2, seat - 0.03))]
        parts.append(Part("leg", _post(leg), wood))
        bend = [
            (side * x, rear + 0.045, 0.0125, 0.0),
            (side * x, rear + 0.042, 0.014, 0.003),
            (side * x, rear, POST / 2, seat - 0.04),
            (side * x, rear + 0.004, POST / 2, seat + 0.08),
            (side * x, d / 2 - POST / 2 - 0.002, 0.013, h - 0.004),
        ]
        parts.append(Part("leg", _post(bend), wood))
        rail = box((side * x - 0.011, front + POST, seat - 0.085), (side * x + 0.011, rear - POST / 2, seat - 0.025), 0.002)
        parts.append(Part("beam", rail, wood))
    for y in (front + 0.006, rear - 0.011):
        parts.append(Part("beam", box((-x + POST / 2, y, seat - 0.085), (x - POST / 2, y + 0.022, seat - 0.025), 0.002), wood))
    thick, puff = (0.024, 0.0) if brief.cover == "wood" else (0.05, 0.014)
    low = seat - 0.028
    pad = cushion((-w / 2 + 0.002, -d / 2, low), (w / 2 - 0.002, rear - 0.012, low + thick), 0.016, puff, (8, 8, 3))
    parts.append(Part("seat", pad, cover))
    parts += _back(brief, x - 0.012, rear, h, seat)
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, seat)), Box((-w / 2, rear - 0.02, seat), (w / 2, d / 2, h))]
    return build("chair", "Dining chair", parts, solid, seats=[Seat((0.0, -0.02, seat))], clearance=0.5)


def _post(stations: list[tuple[float, float, float, float]]):
    """A square post through (x, y, half width, z)."""
    ring = rounded_rectangle(2.0, 2.0, 0.5, 1)
    return loft(np.array([np.column_stack([ring * r + (x, y), np.full(len(ring), z)]) for x, y, r, z in stations]))


def _back(brief: DiningChairBrief, reach: float, rear: float, h: float, seat: float) -> list[Part]:
    look = brief.look
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather, "wood": look.wood}[brief.cover]
    low, slope = seat + 0.08, (brief.depth / 2 - POST / 2 - 0.002 - rear - 0.004) / (h - 0.004 - seat - 0.08)

    def panel(z0: float, z1: float, half: float, thickness: float, middle: float = 0.0, bow: float = 0.018):
        s, t = np.linspace(-1, 1, 9)[None], np.linspace(0, 1, 5)[:, None]
        z = z0 + (z1 - z0) * t + 0 * s
        x = middle + half * s + 0 * t
        y = rear + 0.002 + slope * (z - low) + bow * (1 - (x / reach) ** 2)
        y = np.minimum(y, brief.depth / 2 - thickness * 0.55)
        return sheet(np.stack([x, y, z], axis=2).transpose(1, 0, 2), thickness)

    if brief.back == "padded" and brief.cover != "wood":
        return [Part("back", panel(low + 0.03, h - 0.015, reach, 0.038), cover)]
    parts = [Part("back", panel(h - 0.09, h - 0.008, reach, 0.02), look.trim)]
    if brief.back == "ladder":
        for k in range(2):
            z = low + 0.03 + k * (h - 0.13 - low) / 2
            parts.append(Part("back", panel(z, z + 0.05, reach, 0.014), look.trim))
        return parts
    parts.append(Part("back", panel(low, low + 0.035, reach, 0.018), look.trim))
    for k in range(4):
        place = reach * 0.68 * (2 * k / 3 - 1)
        parts.append(Part("slat", panel(low + 0.03, h - 0.085, 0.02, 0.01, place), look.trim))
    return parts
