"""A low stool: a wooden or padded top on splayed legs, or an upholstered pouf."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from .joinery import round_legs
from .prop import Prop, PropBrief, Seat, build, fitted


@dataclass
class StoolBrief(PropBrief):
    """A stool."""

    width: float = number(0.4, 0.28, 0.6, unit="m", help="Left to right")
    depth: float = number(0.4, 0.28, 0.6, unit="m", help="Front to back")
    height: float = number(0.46, 0.35, 0.55, unit="m", help="Floor to the seat")
    style: str = choice("wooden", ("wooden", "padded", "pouf"), help="Top of wood, with a pad, or upholstered to the floor")
    cover: str = choice("accent", ("accent", "fabric", "leather"), help="Upholstery")


def stool(brief: StoolBrief) -> Prop:
    """The stool of a brief."""
    look, h = brief.look, brief.height
    r = min(brief.width, brief.depth) / 2
    cover = {"accent": look.accent, "fabric": look.fabric, "leather": look.leather}[brief.cover]
    if brief.style == "pouf":
        bulge = [
            (0, 0.02),
            (0.86 * r, 0.02),
            (0.93 * r, 0.03),
            (0.99 * r, 0.3 * h),
            (r, 0.5 * h),
            (0.99 * r, 0.75 * h),
            (0.93 * r, 0.95 * h),
            (0.8 * r, 0.99 * h),
            (0.4 * r, h),
            (0, 0.99 * h),
        ]
        foot = [(0, 0), (0.8 * r, 0), (0.8 * r, 0.024), (0, 0.024)]
        parts = [Part("seat", lathe(bulge, 36), cover), Part("foot", lathe(foot, 28), look.plastic)]
    else:
        top = h - (0.028 if brief.style == "wooden" else 0.06)
        parts = round_legs(0.72 * r, 0.72 * r, top, look.trim, 0.013, 0.017, 0.25 * r, 10)
        if brief.style == "wooden":
            seat = [
                (0, top),
                (0.9 * r, top),
                (0.99 * r, top + 0.012),
                (r, top + 0.02),
                (0.97 * r, h),
                (0.6 * r, h - 0.006),
                (0, h - 0.009),
            ]
            parts.append(Part("seat", lathe(seat, 36), look.wood))
        else:
            base = [(0, top), (0.92 * r, top), (0.94 * r, top + 0.004), (0.94 * r, top + 0.016), (0, top + 0.016)]
            pad = [
                (0, top + 0.014),
                (0.95 * r, top + 0.014),
                (r, top + 0.026),
                (0.98 * r, h - 0.018),
                (0.86 * r, h - 0.005),
                (0.5 * r, h),
                (0, h),
            ]
            parts += [Part("base", lathe(base, 32), look.trim), Part("seat", lathe(pad, 36), cover)]
        ring = 0.6 * r
        bar = lathe(
            [(ring - 0.007, 0.16), (ring + 0.007, 0.16), (ring + 0.007, 0.174), (ring - 0.007, 0.174), (ring - 0.007, 0.16)], 28
        )
        parts.append(Part("rung", bar, look.metal))
    parts = [Part(p.name, p.shape, p.finish) for p in fitted(parts, brief)]
    return build("stool", "Stool", parts, seats=[Seat((0.0, 0.0, h))], clearance=0.4)
