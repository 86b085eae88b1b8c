"""A vase, with twigs or flowers where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import lathe, tube
from ..materials import ceramic, glass, lacquer, leaf
from .plant import leaf_blade
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class VaseBrief(PropBrief):
    """A vase."""

    width: float = number(0.22, 0.08, 0.5, unit="m", help="Spread, left to right")
    depth: float = number(0.22, 0.08, 0.5, unit="m", help="Spread, front to back")
    height: float = number(0.42, 0.12, 0.9, unit="m", help="Table to the highest flower, or to the rim")
    content: str = choice("flowers", ("flowers", "twigs", "empty"), help="What is in it")
    shape: str = choice("belly", ("belly", "bottle", "cylinder"), help="Its outline")
    finish: str = choice("ceramic", ("ceramic", "glass"), help="What it is made of")


def vase(brief: VaseBrief) -> Prop:
    """The vase of a brief; its seed colours it and places the flowers."""
    look = brief.look
    rng = np.random.default_rng(brief.seed)
    high = 0.55 if brief.content != "empty" else 1.0
    outline = {
        "belly": [(0.3, 0), (0.34, 0.01), (0.5, 0.25), (0.52, 0.42), (0.4, 0.7), (0.24, 0.86), (0.27, 1.0)],
        "bottle": [(0.3, 0), (0.36, 0.02), (0.42, 0.3), (0.34, 0.5), (0.14, 0.68), (0.12, 0.9), (0.16, 1.0)],
        "cylinder": [(0.26, 0), (0.28, 0.01), (0.28, 0.99), (0.27, 1.0)],
    }[brief.shape]
    t = 0.02
    outside = [(r, z * high) for r, z in outline]
    inside = [(r - t, max(z * high, t)) for r, z in outline[::-1]]
    finish = glass() if brief.finish == "glass" else ceramic(look.shades[brief.seed % len(look.shades)])
    parts = [Part("vase", lathe([(0, 0), *outside, *inside, (0, t)], 24), finish)]
    mouth = outline[-1][0] - t
    stems = {"flowers": 6, "twigs": 5, "empty": 0}[brief.content]
    for k in range(stems):
        yaw, lean = 2.4 * k + float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.12, 0.5))
        length = float(rng.uniform(0.75, 1.0))
        s = np.linspace(0.0, 1.0, 5)[:, None]
        out = 0.5 * mouth * s + lean * 0.5 * s**2
        path = np.column_stack([out * np.cos(yaw), out * np.sin(yaw), 0.06 + (length - 0.06) * s])
        green = leaf("#5a7a48")
        parts.append(Part("stem", tube(path, 0.007, 4), green if brief.content == "flowers" else look.trim))
        tip, shade = path[-1], look.shades[int(rng.integers(len(look.shades)))]
        if brief.content == "flowers":
            for j in range(5):
                petal = leaf_blade(0.11, 0.09, 0.4, 0.2, 3, 0.6).turned("x", 0.7).turned("z", 2 * np.pi * j / 5)
                parts.append(Part("petal", petal.moved(*tip), lacquer(shade, 0.8)))
            middle = lathe([(0, 0), (0.03, 0.008), (0.026, 0.03), (0, 0.04)], 8).moved(*tip)
            parts.append(Part("flower", middle, lacquer("#d9b13c", 0.8)))
        for j in range(2 if brief.content == "flowers" else 5):
            at = path[min(2 + j % 3, 3)]
            blade = leaf_blade(0.16, 0.05, 0.6, 0.15, 3).turned("x", 0.5).turned("z", yaw + 1.3 * j)
            parts.append(Part("leaf", blade.moved(*at), green))
    return build("vase", "Vase", fitted(parts, brief), mount=SURFACE)
