"""A lamp hanging from the ceiling: a globe, a drum, a bell or a cluster of globes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import fabric, glow, painted_metal
from .lighting import bulb, open_shade, spider
from .prop import CEILING, Prop, PropBrief, build


@dataclass
class PendantLampBrief(PropBrief):
    """A hanging lamp; its top is at the ceiling."""

    width: float = number(0.4, 0.18, 1.2, unit="m", help="Left to right; the smaller of width and depth counts")
    depth: float = number(0.4, 0.18, 1.2, unit="m", help="Front to back")
    height: float = number(0.9, 0.45, 2.0, unit="m", help="Lower edge to the ceiling")
    style: str = choice("bell", ("bell", "globe", "drum", "cluster"), help="Shape of the shade")
    strength: float = number(5.0, 0.0, 50.0, help="How strongly it shines")


def _aside(points: np.ndarray, x: float, y: float, low: float, high: float, lean: bool) -> np.ndarray:
    """Points (N, 3) moved by (x, y); those of a leaning part come back to the middle between ``low`` and ``high``."""
    return points + np.outer(1.0 - np.clip((points[:, 2] - low) / (high - low), 0, 1) * lean, (x, y, 0.0))


def pendant_lamp(brief: PendantLampBrief) -> Prop:
    """The lamp of a brief."""
    look, r, h = brief.look, min(brief.width, brief.depth) / 2, brief.height
    rose = lathe([(0, h - 0.025), (0.014, h - 0.025), (min(0.05, 0.9 * r), h - 0.005), (min(0.05, 0.9 * r), h), (0, h)], 24)
    parts = [Part("rose", rose, look.frame)]
    if brief.style == "cluster":
        count = 3
        size = 0.42 * r
        for k in range(count):
            angle, drop = 2 * np.pi * k / count, (0.0, 0.22, 0.42)[k] * min(0.5 * h, h - 2.4 * size)
            x, y = (r - size) * np.cos(angle), (r - size) * np.sin(angle)
            for part in _globe(size, drop, h - 0.012, brief.strength, look.metal):
                lean = part.name == "cord"  # cords come together at the rose
                shape = part.shape.shaped(partial(_aside, x=x, y=y, low=drop + 2 * size, high=h, lean=lean))
                parts.append(Part(part.name, shape, part.finish))
    elif brief.style == "globe":
        parts += _globe(min(r, 0.4 * h), 0.0, h - 0.01, brief.strength, look.metal)
        r = min(r, 0.4 * h)
    elif brief.style == "drum":
        high = min(0.9 * r, 0.45 * h)
        parts += [
            open_shade(r, r, 0.0, high, fabric("#ece3d0")),
            bulb(min(0.045, 0.3 * r), 0.5 * high, brief.strength),
            *spider(r - 0.003, 0.8 * high, 0.02),
        ]
        parts.append(Part("cord", cylinder(0.0035, 0.62 * high, h - 0.01, 0.001, 8), look.plastic))
    else:
        deep = min(1.05 * r, 0.45 * h)
        curve = np.array([(1.0, 0.0), (0.97, 0.16), (0.86, 0.4), (0.62, 0.62), (0.36, 0.76), (0.2, 0.88), (0.17, 1.0), (0.0, 1.0)])
        outside, inside = curve * (r, deep), np.clip(curve * (r, deep) - (0.003, 0.003), 0, None)
        inside[0] = (r - 0.003, 0.0)
        parts.append(Part("shade", lathe(np.concatenate([outside[::-1], inside]), 40), painted_metal(look.shades[0])))
        parts.append(bulb(min(0.045, 0.3 * r), 0.28 * deep, brief.strength))
        parts.append(Part("cord", cylinder(0.0035, deep - 0.002, h - 0.01, 0.001, 8), look.plastic))
    if brief.style != "cluster":
        return build("lamp", "Pendant lamp", parts, mount=CEILING)
    return build("lamp", "Pendant lamp", parts, mount=CEILING)


def _globe(r: float, low: float, top: float, strength: float, metal) -> list[Part]:
    """An opal ball on a cord with a metal cap; its lowest point is at ``low``."""
    angle = np.linspace(-np.pi / 2, 0.42 * np.pi, 12)
    ball = [(r * np.cos(a), low + r + r * np.sin(a)) for a in angle]
    ball[0] = (0.0, low)
    top_z = ball[-1][1]
    cap = [
        (0, top_z - 0.004),
        (1.1 * ball[-1][0], top_z - 0.004),
        (1.1 * ball[-1][0], top_z + 0.012),
        (0.3 * r, top_z + 0.035),
        (0, top_z + 0.04),
    ]
    return [
        Part("globe", lathe([*ball, (0.0, top_z)], 32), glow("#fff0d8", strength)),
        Part("cap", lathe(cap, 24), metal),
        Part("cord", cylinder(0.003, top_z + 0.03, top, 0.001, 8), metal),
    ]
