"""What lamps share: cloth shades with their holders, and bulbs."""

from __future__ import annotations

import numpy as np

from ...geometry.shape import Part
from ...geometry.sweeps import lathe, loft, tube
from ..materials import Finish, brushed_metal, glow

BULB = (0.0, 0.35, 0.75, 1.0, 0.95, 0.7, 0.42, 0.4, 0.0)  # radii from the tip to the cap
BULB_HEIGHTS = (0.0, 0.05, 0.2, 0.5, 0.75, 1.0, 1.25, 1.6, 1.6)


def open_shade(low_radius: float, top_radius: float, low: float, high: float, finish: Finish, thickness: float = 0.002) -> Part:
    """A drum or cone open at both ends."""
    t, angles = thickness, 2 * np.pi * np.arange(36) / 36
    profile = [(low_radius, low), (top_radius, high), (top_radius - t, high), (low_radius - t, low)]
    rings = np.stack([np.column_stack([a * np.cos(angles), a * np.sin(angles), np.full(36, z)]) for a, z in profile])
    return Part("shade", loft(rings, closed=True), finish)


def bulb(radius: float, z: float, strength: float, hanging: bool = True) -> Part:
    """A pear-shaped bulb whose glass is centred near ``z``; its cap points up where ``hanging``."""
    profile = np.column_stack([np.array(BULB) * radius, (np.array(BULB_HEIGHTS) - 0.5) * radius * 1.5 * (1 if hanging else -1) + z])
    return Part("bulb", lathe(profile, 18), glow("#ffe2b8", strength))


def spider(radius: float, z: float, drop: float) -> list[Part]:
    """Three spokes from the axis at ``z`` to a shade's inside ``drop`` metres lower."""
    parts = []
    for k in range(3):
        angle = 2 * np.pi * k / 3
        path = [(0.0, 0.0, z), (radius * np.cos(angle), radius * np.sin(angle), z - drop)]
        parts.append(Part("holder", tube(path, 0.002, 5), brushed_metal()))
    return parts
