"""A wall mirror, rectangular or round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import glow
from ..materials import mirror as silvered
from .prop import WALL, Prop, PropBrief, build


@dataclass
class MirrorBrief(PropBrief):
    """A mirror; its back (+Y) is on the wall."""

    width: float = number(0.6, 0.25, 1.8, unit="m", help="Left to right")
    depth: float = number(0.03, 0.02, 0.08, unit="m", help="From the wall to the frame's front")
    height: float = number(0.8, 0.25, 2.0, unit="m", help="Bottom to top")
    shape: str = choice("rectangle", ("rectangle", "round"), help="Outline; round is an oval where width and height differ")
    frame: str = choice("wood", ("wood", "dark", "metal"), help="What the frame is made of")
    light: bool = flag(False, help="A lit line over a rectangular mirror")


def mirror(brief: MirrorBrief) -> Prop:
    """The mirror of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"wood": look.trim, "dark": look.plastic, "metal": look.metal}[brief.frame]
    rim = min(0.025, 0.1 * min(w, h))
    if brief.shape == "round":
        r, t = 1.0, rim / min(w, h) * 2
        ring = [(0.0, 0.0), (r - 0.02, 0.0), (r, 0.15), (r, 0.85), (r - 0.02, 1.0), (r - t, 1.0), (r - t - 0.01, 0.7), (0.0, 0.7)]
        pane = lathe([(0.0, 0.6), (r - t - 0.002, 0.6), (r - t - 0.002, 0.72), (0.0, 0.72)], 48)
        parts = []
        for name, shape, material in (("frame", lathe(ring, 48), finish), ("mirror", pane, silvered())):
            upright = shape.turned("x", np.pi / 2)
            parts.append(Part(name, upright.shaped(lambda v: v * (w / 2, d, h / 2) + (0.0, d / 2, h / 2)), material))
        return build("mirror", "Mirror", parts, mount=WALL)
    top = h - 0.05 if brief.light and h > 0.4 else h
    parts = [Part("mirror", box((-w / 2 + rim, -d / 2 + 0.004, rim), (w / 2 - rim, 0.0, top - rim), 0.0), silvered())]
    parts.append(Part("back", box((-w / 2 + rim, 0.0, rim), (w / 2 - rim, d / 2 - 0.002, top - rim), 0.0), look.plastic))
    for x in (-w / 2, w / 2 - rim):
        parts.append(Part("frame", box((x, -d / 2, 0.0), (x + rim, d / 2, top), 0.002), finish))
    for z in (0.0, top - rim):
        parts.append(Part("frame", board((-w / 2 + rim, -d / 2, z), (w / 2 - rim, d / 2, z + rim)), finish))
    if top < h:
        parts.append(Part("lamp", box((-0.36 * w, -d / 2, top), (0.36 * w, d / 2, top + 0.02), 0.003), look.metal))
        parts.append(Part("diffuser", box((-0.36 * w, -d / 2, top + 0.02), (0.36 * w, d / 2, h), 0.004), glow("#fff6e8", 4.0)))
    return build("mirror", "Mirror", parts, mount=WALL)
