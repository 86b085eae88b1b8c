"""A mug with a drink in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part, Shape
from ...geometry.sweeps import fillet, lathe, rounded_rectangle, sweep
from ..materials import ceramic, lacquer
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class MugBrief(PropBrief):
    """A mug; its handle points to +X."""

    width: float = number(0.115, 0.08, 0.16, unit="m", help="With the handle")
    depth: float = number(0.084, 0.06, 0.12, unit="m", help="Diameter")
    height: float = number(0.095, 0.06, 0.14, unit="m", help="Desk to rim")
    drink: str = choice("coffee", ("coffee", "tea", "empty"), help="What is in it")


def mug(brief: MugBrief) -> Prop:
    """The mug of a brief; its seed picks one of the palette's colours."""
    look, h = brief.look, brief.height
    r = min(brief.depth, 0.78 * brief.width) / 2
    t, shift = 0.0035, -brief.width / 2 + r
    profile = [
        (0.0, 0.002),
        (0.7 * r, 0.002),
        (0.72 * r, 0.0),
        (0.86 * r, 0.0),
        (0.97 * r, 0.006),
        (r, 0.018),
        (r, h - 0.002),
        (r - 0.001, h),
        (r - t + 0.001, h),
        (r - t, h - 0.003),
        (r - t, 0.02),
        (r - t - 0.01, 0.008),
        (0.0, 0.0065),
    ]
    glaze = ceramic(look.shades[brief.seed % len(look.shades)])
    parts = [Part("cup", lathe(profile, 32).moved(shift), glaze)]
    out = brief.width / 2 - shift
    path = fillet(
        [(r - 0.004, 0, 0.8 * h), (out - 0.004, 0, 0.79 * h), (out - 0.004, 0, 0.30 * h), (r - 0.004, 0, 0.2 * h)], 0.024, 5
    )
    path = path + (shift, 0.0, 0.0)
    parts.append(Part("handle", sweep(path, rounded_rectangle(0.012, 0.0075, 0.0035), up=(0, 0, 1)), glaze))
    if brief.drink != "empty":
        level = 0.8 * h
        liquid = lathe([(0.0, level - 0.004), (r - t + 0.0005, level - 0.004), (r - t + 0.0005, level), (0.0, level)], 28)
        color = "#2a160c" if brief.drink == "coffee" else "#8a4a1c"
        parts.append(Part("drink", liquid.moved(shift), lacquer(color, 0.08)))
    return build("tableware", "Mug", [Part(p.name, _inside(p.shape, brief), p.finish) for p in parts], mount=SURFACE)


def _inside(shape: Shape, brief: MugBrief) -> Shape:
    half = np.array([brief.width / 2, brief.depth / 2])
    return shape.shaped(lambda v: np.column_stack([np.clip(v[:, :2], -half, half), v[:, 2]]))
