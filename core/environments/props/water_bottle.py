"""A drinking bottle: clear with water and a screw cap, or a steel flask."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import glass, painted_metal, plastic, water
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class WaterBottleBrief(PropBrief):
    """A bottle."""

    width: float = number(0.072, 0.05, 0.1, unit="m", help="Diameter, left to right")
    depth: float = number(0.072, 0.05, 0.1, unit="m", help="Diameter, front to back")
    height: float = number(0.25, 0.16, 0.36, unit="m", help="Desk to the cap's top")
    style: str = choice("flask", ("flask", "clear"), help="Steel flask or clear bottle")


def water_bottle(brief: WaterBottleBrief) -> Prop:
    """The bottle of a brief."""
    look, h = brief.look, brief.height
    r = min(brief.width, brief.depth) / 2
    cap_low, neck = h - 0.038, 0.52 * r
    shoulder = [(r, 0.62 * h), (0.97 * r, 0.68 * h), (0.8 * r, 0.755 * h), (0.6 * r, 0.8 * h), (neck, 0.83 * h)]
    base = [(0.0, 0.003), (0.6 * r, 0.003), (0.66 * r, 0.0), (r - 0.006, 0.0), (r - 0.001, 0.004), (r, 0.01)]
    cap = lathe(
        [
            (0.0, cap_low),
            (neck + 0.004, cap_low),
            (neck + 0.005, cap_low + 0.001),
            (neck + 0.005, h - 0.004),
            (neck + 0.002, h),
            (0.0, h),
        ],
        24,
    )
    if brief.style == "flask":
        body = lathe([*base, *shoulder, (neck, cap_low + 0.004), (0.0, cap_low + 0.004)], 28)
        made_of = painted_metal(look.shades[brief.seed % len(look.shades)])
        ring = lathe([(0.0, 0.83 * h), (neck + 0.002, 0.83 * h), (neck + 0.002, cap_low), (0.0, cap_low)], 24)
        parts = [Part("bottle", body, made_of), Part("ring", ring, look.metal), Part("cap", cap, look.plastic)]
    else:
        t = 0.0018
        inner = [(a - t, b) for a, b in shoulder][::-1]
        body = lathe(
            [
                *base,
                *shoulder,
                (neck, cap_low + 0.01),
                (neck - t, cap_low + 0.01),
                *inner,
                (r - t, 0.012),
                (r - 0.008, 0.005),
                (0.0, 0.005),
            ],
            24,
        )
        fill = lathe([(0.0, 0.0056), (r - 0.0086, 0.0056), (r - t - 0.0004, 0.0125), (r - t - 0.0004, 0.6 * h), (0.0, 0.6 * h)], 24)
        parts = [Part("bottle", body, glass()), Part("water", fill, water()), Part("cap", cap, plastic(look.shades[0]))]
    return build("bottle", "Water bottle", parts, mount=SURFACE)
