"""A cup of pens and pencils."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number, whole
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import plastic
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class PenCupBrief(PropBrief):
    """A pen cup."""

    width: float = number(0.1, 0.07, 0.14, unit="m", help="Spread of the pens")
    depth: float = number(0.1, 0.07, 0.14, unit="m", help="Spread of the pens")
    height: float = number(0.18, 0.14, 0.22, unit="m", help="Desk to the longest pen")
    pens: int = whole(6, 0, 9, help="How many pens")


def pen_cup(brief: PenCupBrief) -> Prop:
    """The cup of a brief."""
    look, reach = brief.look, min(brief.width, brief.depth) / 2
    r, h, t = 0.72 * reach, 0.56 * brief.height, 0.0025
    profile = [(0.0, 0.0), (r - 0.002, 0.0), (r, 0.002), (r, h - 0.001), (r - 0.001, h), (r - t, h), (r - t, t), (0.0, t)]
    parts = [Part("cup", lathe(profile, 28), look.plastic)]
    rng = np.random.default_rng(brief.seed)
    for k in range(brief.pens):
        length = (brief.height - 0.006) * (1.0 if k == 0 else float(rng.uniform(0.8, 0.97)))
        lean = np.arcsin((r - t + 0.5 * r) / length * h / length * 1.6 * float(rng.uniform(0.55, 1.0)))
        yaw = 2.39996 * k
        body = cylinder(0.004, 0.0, length, 0.001, 7)
        tip = cylinder(0.0046, length - 0.03, length, 0.002, 7)
        start = np.array([0.55 * r * np.cos(yaw + np.pi), 0.55 * r * np.sin(yaw + np.pi), t + 0.002])
        color = look.shades[int(rng.integers(len(look.shades)))]
        for name, shape, finish in (("pen", body, plastic(color)), ("pen", tip, look.plastic if k % 2 else look.metal)):
            parts.append(Part(name, shape.turned("y", lean).turned("z", yaw).moved(*start), finish))
    return build("container", "Pen cup", fitted(parts, brief), mount=SURFACE)
