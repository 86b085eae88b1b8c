"""A pair of curtains on a rod, drawn open or closed, falling in folds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, sheet
from ..materials import fabric
from .joinery import hoop
from .prop import WALL, Prop, PropBrief, build


@dataclass
class CurtainBrief(PropBrief):
    """Curtains before a window; their back (+Y) is on the wall."""

    width: float = number(2.0, 0.8, 4.5, unit="m", help="Left to right: the rod")
    depth: float = number(0.16, 0.11, 0.25, unit="m", help="From the wall to the front")
    height: float = number(2.3, 1.0, 3.2, unit="m", help="Hem to the rod's top")
    open: float = number(0.7, 0.0, 1.0, help="How far they are drawn open")
    cloth: str = choice("accent", ("accent", "fabric", "white"), help="Which cloth")


def curtain(brief: CurtainBrief) -> Prop:
    """The curtains of a brief; their seed varies the folds."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    cloth = {"accent": look.accent, "fabric": look.fabric, "white": fabric("#efece5")}[brief.cloth]
    r, y = 0.013, -d / 2 + min(0.07, 0.45 * d)
    rod = h - 0.022
    parts = [Part("rod", cylinder(r, -w / 2 + 0.04, w / 2 - 0.04, 0.002, 12).turned("y", np.pi / 2).moved(0.0, y, rod), look.frame)]
    knob = [(0.0, 0.0), (0.02, 0.002), (0.022, 0.02), (0.014, 0.042), (0.0, 0.045)]
    for side in (-1, 1):
        end = lathe(knob, 16).turned("y", side * np.pi / 2).moved(side * (w / 2 - 0.045), y, rod)
        parts.append(Part("rod", end, look.frame))
        bracket = cylinder(0.008, 0.0, d / 2 - y, 0.001, 8).turned("x", np.pi / 2).moved(side * (w / 2 - 0.1), d / 2, rod)
        parts.append(Part("bracket", bracket, look.frame))
    rng = np.random.default_rng(brief.seed)
    reach = w / 2 - 0.06
    span = reach * (1.0 - 0.68 * brief.open)
    for side in (-1, 1):
        parts.append(Part("cloth", _panel(rng, side, reach, span, y, rod - 0.02, min(0.045, 0.3 * d)), cloth))
        folds = max(int(span / 0.15), 3)
        for k in range(folds):
            x = side * (reach - span * (k + 0.5) / folds)
            ring = [(0.0145, -0.004), (0.0185, -0.004), (0.0185, 0.004), (0.0145, 0.004)]
            parts.append(Part("ring", hoop(ring, 8).turned("y", np.pi / 2).moved(x, y, rod), look.frame))
    return build("curtain", "Curtains", parts, mount=WALL)


def _panel(rng: np.random.Generator, side: int, reach: float, span: float, y: float, top: float, swing: float):
    """One side: sine folds that deepen and wander a little towards the hem."""
    folds = max(int(span / 0.15), 3)
    u, t = np.linspace(0.0, 1.0, folds * 5 + 1)[None], np.linspace(0.0, 1.0, 6)[:, None]
    wander = 0.012 * np.sin(2 * np.pi * (u * 1.7 + rng.random())) * t
    phase = 2 * np.pi * folds * u + 0.5 * np.sin(3 * u + rng.uniform(0, 6)) * t
    depth = swing * (0.55 + 0.3 * t) * (0.85 + 0.15 * np.sin(5 * u + rng.uniform(0, 6)))
    x = side * np.clip(reach - span * u + wander, 0.006, reach)
    out = np.minimum(y + depth * np.sin(phase), y + swing)
    z = top - (top - 0.0015) * t + 0 * u
    return sheet(np.stack([x + 0 * t, np.maximum(out, y - swing), z], axis=2), 0.004)
