"""A bathtub: built in behind panels, or free-standing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, loft, rounded_rectangle, tube
from ..materials import ceramic, chrome, water
from .joinery import vessel
from .plumbing import waste
from .prop import Box, Prop, PropBrief, build


@dataclass
class BathtubBrief(PropBrief):
    """A bathtub, long from left to right; its back (+Y) may go to the wall."""

    width: float = number(1.7, 1.2, 2.1, unit="m", help="Left to right: its length")
    depth: float = number(0.75, 0.65, 1.1, unit="m", help="Front to back")
    height: float = number(0.6, 0.45, 0.75, unit="m", help="Floor to the rim, or to the tap's top")
    style: str = choice("built in", ("built in", "free-standing"), help="Straight panels, or a rounded shell on the floor")
    tap: bool = flag(True, help="A filler at the right-hand end")
    filled: bool = flag(False, help="Filled with water")


def bathtub(brief: BathtubBrief) -> Prop:
    """The bathtub of a brief."""
    w, d = brief.width, brief.depth
    h = brief.height - (0.08 if brief.tap else 0.0)
    white, bottom = ceramic("#f6f6f3"), 0.1
    if brief.style == "built in":
        outside = [(w, d, 0.0), (w, d, 0.004), (w, d, h - 0.03), (w, d, h - 0.006), (w - 0.01, d - 0.01, h)]
        rim, radius = 0.075, 0.12
        outer_radius = 0.012
    else:
        outside = [
            (0.78 * w, 0.72 * d, 0.0),
            (0.82 * w, 0.77 * d, 0.02),
            (0.93 * w, 0.92 * d, 0.55 * h),
            (w, d, h - 0.02),
            (w, d, h - 0.006),
            (w - 0.008, d - 0.008, h),
        ]
        rim, radius = 0.035, 0.3
        outer_radius = 0.34
    iw, idepth = w - 2 * rim, d - 2 * rim
    inside = [
        (iw, idepth, h),
        (iw - 0.015, idepth - 0.015, h - 0.02),
        (0.88 * iw, 0.84 * idepth, 0.5 * (h + bottom)),
        (0.74 * iw, 0.66 * idepth, bottom + 0.02),
        (0.6 * iw, 0.5 * idepth, bottom),
    ]
    shape = loft(np.concatenate([_rings(outside, outer_radius), _rings(inside, radius)]))
    parts = [Part("tub", shape, white), waste(0.22 * iw, 0.0, bottom + 0.001, 0.028)]
    if brief.filled:
        level = bottom + 0.72 * (h - bottom)
        share = (level - 0.5 * (h + bottom)) / (h - 0.02 - 0.5 * (h + bottom))
        size = [(0.88 + 0.1 * share) * iw - 0.02, (0.84 + 0.13 * share) * idepth - 0.02]
        rings = [(size[0] * 0.985, size[1] * 0.985, level - 0.02), (size[0], size[1], level)]
        parts.append(Part("water", vessel(rings, radius), water()))
    if brief.tap:
        x = w / 2 - rim / 2 - 0.005 if brief.style == "built in" else iw / 2 - 0.005
        spout = fillet(
            [(x, 0.0, h - 0.01), (x, 0.0, brief.height - 0.012), (x - 0.13, 0.0, brief.height - 0.012), (x - 0.13, 0.0, h + 0.035)],
            0.03,
            4,
        )
        parts.append(Part("tap", tube(spout, 0.012, 10), chrome()))
        for y in (-0.09, 0.09):
            parts.append(Part("tap", cylinder(0.018, h - 0.01, h + 0.04, 0.003, 14).moved(x, y), chrome()))
    return build("bathtub", "Bathtub", parts, [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))], clearance=0.6)


def _rings(rings: list[tuple[float, float, float]], radius: float) -> np.ndarray:
    """(R, 24, 3) rounded rectangles of (width, depth, z)."""
    return np.array([np.column_stack([rounded_rectangle(a, b, min(radius, 0.47 * b), 5), np.full(24, z)]) for a, b, z in rings])
