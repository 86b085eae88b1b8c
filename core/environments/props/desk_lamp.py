"""A jointed desk lamp with a conical shade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, tube
from ..materials import glow, painted_metal
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class DeskLampBrief(PropBrief):
    """A desk lamp that leans towards -Y."""

    width: float = number(0.18, 0.14, 0.3, unit="m", help="Left to right")
    depth: float = number(0.42, 0.3, 0.7, unit="m", help="Front to back")
    height: float = number(0.46, 0.3, 0.7, unit="m", help="Desk to the highest joint")
    finish: str = choice("accent", ("accent", "frame", "metal"), help="Colour of the shade and the arms")


def desk_lamp(brief: DeskLampBrief) -> Prop:
    """The lamp of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"accent": painted_metal(look.shades[0]), "frame": look.frame, "metal": look.metal}[brief.finish]
    r = min(w, 0.2) / 2
    rear = d / 2 - r
    foot = lathe([(0.0, 0.0), (r - 0.003, 0.0), (r, 0.003), (r, 0.014), (r - 0.006, 0.02), (0.02, 0.024), (0.0, 0.024)], 32)
    shade_r, shade_h = 0.4 * w, 0.11
    elbow = np.array([0.0, d / 2 - 0.02, 0.52 * h])
    knee = np.array([0.0, rear, 0.03])
    head = np.array([0.0, -d / 2 + shade_r + 0.055, h - 0.015])
    parts = [
        Part("foot", foot.moved(0.0, rear), finish),
        Part("arm", cylinder(0.012, 0.02, 0.045, 0.002, 12).moved(0.0, rear), look.metal),
    ]
    for a, b in ((knee, elbow), (elbow, head)):
        for side in (-1, 1):
            parts.append(Part("arm", tube([a + (side * 0.011, 0, 0), b + (side * 0.011, 0, 0)], 0.0045, 8), look.metal))
    for joint in (elbow, head):
        knob = cylinder(0.0145, -0.019, 0.019, 0.003, 14).turned("y", np.pi / 2).moved(*joint)
        parts.append(Part("joint", knob, look.plastic))
    t = 0.003
    bell = [(0.0, 0.0), (0.022, 0.0), (0.026, -0.004), (0.028, -0.035), (shade_r, -shade_h), (shade_r - t, -shade_h),
            (0.026, -0.04), (0.0, -0.036)]  # fmt: skip
    tilt, place = 0.35, head + (0.0, -0.028, -0.012)
    bulb = lathe(
        [(0.0, -0.034), (0.012, -0.036), (0.014, -0.05), (0.024, -0.066), (0.024, -0.078), (0.014, -0.09), (0.0, -0.094)], 16
    )
    for name, shape, made_of in (("shade", lathe(bell, 28), finish), ("bulb", bulb, glow("#ffe9c8", 6.0))):
        parts.append(Part(name, shape.turned("x", -tilt).moved(*place), made_of))
    return build("lamp", "Desk lamp", fitted(parts, brief), mount=SURFACE)
