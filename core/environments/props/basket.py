"""A woven basket, round or square, with a blanket in it where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.shape import Part
from ...geometry.sweeps import lathe, sheet, tube
from ..materials import wicker
from .prop import Prop, PropBrief, Surface, build, fitted


@dataclass
class BasketBrief(PropBrief):
    """A basket."""

    width: float = number(0.4, 0.18, 0.7, unit="m", help="Left to right")
    depth: float = number(0.4, 0.18, 0.6, unit="m", help="Front to back")
    height: float = number(0.36, 0.14, 0.6, unit="m", help="Floor to the blanket's or the rim's top")
    shape: str = choice("round", ("round", "square"), help="Outline")
    blanket: bool = flag(True, help="A blanket in it, hanging over the rim")


def basket(brief: BasketBrief) -> Prop:
    """The basket of a brief."""
    look = brief.look
    r, h = 0.5, 0.9
    wall = [
        (0, 0),
        (0.8 * r, 0),
        (0.84 * r, 0.02),
        (0.94 * r, 0.4 * h),
        (r, h - 0.03),
        (r, h),
        (r - 0.04, h),
        (r - 0.05, h - 0.03),
        (0.89 * r, 0.4 * h),
        (0.76 * r, 0.05),
        (0, 0.05),
    ]
    parts = [Part("basket", lathe(wall, 40), wicker())]
    angles = 2 * np.pi * np.arange(40) / 40
    for z, radius in ((h - 0.01, r - 0.02), (0.45 * h, 0.945 * r), (0.03, 0.83 * r)):
        ring = np.column_stack([radius * np.cos(angles), radius * np.sin(angles), np.full(40, z)])
        parts.append(Part("rim", tube(ring, 0.022, 6, closed=True), wicker()))
    if brief.blanket:
        u, v = np.linspace(-1, 1, 11)[:, None], np.linspace(-1, 1, 9)[None]
        x, y = 0.86 * r * u + 0 * v, 0.6 * r * v + 0 * u
        over = np.clip((u - 0.55) / 0.45, 0, 1)
        z = h - 0.02 + 0.05 * np.cos(2.5 * u) * np.cos(2 * v) + 0.02 * np.sin(7 * v + 3 * u) + 0.03 * over
        x = x + 0.32 * r * over
        z = z - 0.42 * np.clip((u - 0.8) / 0.2, 0, 1)
        parts.append(Part("blanket", sheet(np.stack([x, y, z], axis=2), 0.05), look.accent))
    if brief.shape == "square":
        parts = [Part(p.name, p.shape.shaped(_squared), p.finish) for p in parts]
    parts = fitted(parts, brief)
    inner = 0.26 * min(brief.width, brief.depth)
    surface = Surface((-inner, -inner), (inner, inner), 0.08 * brief.height + 0.01, brief.height)
    return build("basket", "Basket", parts, surfaces=[] if brief.blanket else [surface])


def _squared(v: np.ndarray) -> np.ndarray:
    """Circles about the axis become rounded squares."""
    radius = np.hypot(v[:, 0], v[:, 1])
    norm = (np.abs(v[:, :2]) ** 6).sum(axis=1) ** (1 / 6)
    v[:, :2] *= (radius / np.maximum(norm, 1e-12))[:, None]
    return v
