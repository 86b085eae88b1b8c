"""A standing lamp with a fabric shade on a pole or a wooden tripod."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, loft, tube
from ..materials import fabric, glow
from .prop import Box, Prop, PropBrief, build


@dataclass
class FloorLampBrief(PropBrief):
    """A standing lamp."""

    width: float = number(0.46, 0.3, 0.7, unit="m", help="Left to right")
    depth: float = number(0.46, 0.3, 0.7, unit="m", help="Front to back")
    height: float = number(1.55, 1.2, 1.9, unit="m", help="Floor to the shade's top")
    foot: str = choice("tripod", ("tripod", "disc"), help="What it stands on")


def floor_lamp(brief: FloorLampBrief) -> Prop:
    """The lamp of a brief."""
    look, h, r = brief.look, brief.height, min(brief.width, brief.depth) / 2
    shade_low, t = h - 0.30, 0.002
    parts = []
    if brief.foot == "tripod":
        for k in range(3):
            angle = np.pi / 2 + 2 * np.pi * k / 3
            reach = r - 0.016
            leg = tube(
                [
                    (reach * np.cos(angle), reach * np.sin(angle), 0.0),
                    (0.02 * np.cos(angle), 0.02 * np.sin(angle), shade_low - 0.06),
                ],
                0.0125,
                8,
            )
            parts.append(Part("leg", leg.shaped(lambda v: np.column_stack([v[:, :2], np.maximum(v[:, 2], 0.0)])), look.trim))
        parts.append(Part("pole", cylinder(0.03, shade_low - 0.09, shade_low - 0.05, 0.004, 16), look.metal))
    else:
        parts.append(
            Part(
                "foot",
                lathe([(0.0, 0.0), (0.6 * r, 0.0), (0.62 * r, 0.003), (0.62 * r, 0.016), (0.58 * r, 0.02), (0.0, 0.024)], 32),
                look.frame,
            )
        )
        parts.append(Part("pole", cylinder(0.0115, 0.02, shade_low - 0.05, 0.001, 12), look.frame))
    parts.append(Part("pole", cylinder(0.008, shade_low - 0.06, shade_low + 0.08, 0.001, 10), look.metal))
    top = 0.76 * r
    profile = [(r, shade_low), (top, h), (top - t, h), (r - t, shade_low)]
    angles = 2 * np.pi * np.arange(36) / 36
    rings = np.stack([np.column_stack([a * np.cos(angles), a * np.sin(angles), np.full(36, z)]) for a, z in profile])
    parts.append(Part("shade", loft(rings, closed=True), fabric("#e9dfca")))
    bulb = lathe(
        [
            (0.0, shade_low + 0.075),
            (0.014, shade_low + 0.08),
            (0.032, shade_low + 0.12),
            (0.026, shade_low + 0.15),
            (0.0, shade_low + 0.165),
        ],
        18,
    )
    parts.append(Part("bulb", bulb, glow("#ffe2b8", 8.0)))
    for k in range(3):
        angle = 2 * np.pi * k / 3
        spoke = tube(
            [(0.0, 0.0, shade_low + 0.07), ((r - 0.003) * np.cos(angle), (r - 0.003) * np.sin(angle), shade_low + 0.02)], 0.002, 5
        )
        parts.append(Part("pole", spoke, look.metal))
    solid = [
        Box((-r, -r, 0.0), (r, r, 0.3)),
        Box((-0.12, -0.12, 0.3), (0.12, 0.12, shade_low)),
        Box((-r, -r, shade_low), (r, r, h)),
    ]
    return build("lamp", "Floor lamp", parts, solid)
