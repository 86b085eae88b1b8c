"""A laboratory bench: a chemical-proof top over drawers and doors, a reagent shelf with bottles and flasks, a sink and gas taps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder
from ..materials import lacquer
from .goods import bottle, flask
from .joinery import drawer_fronts, hinged_doors, square_legs
from .prop import Box, Prop, PropBrief, Surface, build

TOP = 0.9


@dataclass
class LabBenchBrief(PropBrief):
    """A laboratory bench; one works at its front (-Y)."""

    width: float = number(1.8, 0.9, 3.6, unit="m", help="Left to right")
    depth: float = number(0.75, 0.6, 0.9, unit="m", help="Front to back")
    height: float = number(1.5, 0.75, 1.9, unit="m", help="Floor to the reagent shelf's top, or to the bench top")
    shelf: bool = flag(True, help="A reagent shelf at the back, where the height leaves room for one")
    cabinets: bool = flag(True, help="Cabinets under the top; else legs")


def lab_bench(brief: LabBenchBrief) -> Prop:
    """The bench of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    shelved = brief.shelf and h > 1.3
    top, t = (TOP if shelved else min(h, 1.0)), 0.03
    parts = [Part("top", box((-w / 2, -d / 2, top - t), (w / 2, d / 2, top), 0.004), lacquer("#3f4447", 0.35))]
    parts.append(
        Part("rim", box((-w / 2, d / 2 - 0.02, top), (w / 2, d / 2, min(top + 0.05, h)), 0.002), lacquer("#3f4447", 0.35))
        if shelved
        else Part(
            "beam", box((-w / 2 + 0.06, d / 2 - 0.06, top - t - 0.06), (w / 2 - 0.06, d / 2 - 0.03, top - t), 0.002), look.frame
        )
    )
    parts += square_legs(w / 2 - 0.02, d / 2 - 0.03, 0.04, top - t, look.frame)
    if brief.cabinets:
        y = -d / 2 + 0.09
        inner = w / 2 - 0.06
        parts.append(Part("case", box((-inner, y, 0.12), (inner, d / 2 - 0.08, top - t), 0.002), look.board))
        count = max(round(2 * inner / 0.5), 1)
        for k in range(count):
            x0, x1 = -inner + k * 2 * inner / count, -inner + (k + 1) * 2 * inner / count
            split = 0.12 + 0.72 * (top - t - 0.12)
            if k % 2:
                parts += drawer_fronts((x0, 0.12), (x1, top - t), y, (1.0, 1.0, 1.3), look.board, look.metal)
            else:
                parts += drawer_fronts((x0, split), (x1, top - t), y, (1.0,), look.accent_board, look.metal)
                parts += hinged_doors((x0, 0.12), (x1, split), y, 1, look.board, look.metal, 0.85)
    surface = Surface((-w / 2 + 0.03, -d / 2 + 0.03), (w / 2 - 0.03, d / 2 - (0.32 if shelved else 0.03)), top)
    surfaces = [surface]
    solid = [
        Box((-w / 2, -d / 2, top - 0.1), (w / 2, d / 2, top)),
        Box((-w / 2 + 0.02, -d / 2 + 0.06, 0.0), (w / 2 - 0.02, d / 2 - 0.03, top - 0.1)),
    ]
    if shelved:
        parts += _reagents(brief, top)
        solid.append(Box((-w / 2 + 0.05, d / 2 - 0.3, top), (w / 2 - 0.05, d / 2 - 0.02, h)))
    return build("lab bench", "Laboratory bench", parts, solid, surfaces=surfaces, clearance=0.9)


def _reagents(brief: LabBenchBrief, top: float) -> list[Part]:
    """Posts and two shelves with bottles and flasks, and taps under the lower one."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    rng = np.random.default_rng(brief.seed)
    y0, y1, inner = d / 2 - 0.27, d / 2 - 0.03, w / 2 - 0.09
    levels = [top + 0.5 * (h - top), h - 0.025]
    parts = [
        Part("post", board((x, d / 2 - 0.17, top), (x + 0.03, d / 2 - 0.13, h - 0.025)), look.frame)
        for x in (-inner, 0.0, inner - 0.03)
    ]
    for k, z in enumerate(levels):
        parts.append(Part("shelf", box((-inner - 0.03, y0, z), (inner + 0.03, y1, z + 0.022 + 0.003 * k), 0.002), look.board))
    room = levels[1] - levels[0] - 0.04
    x = -inner + 0.07
    while x < inner - 0.06:
        tall = min(float(rng.uniform(0.12, 0.22)), room)
        y = float(rng.uniform(y0 + 0.06, y1 - 0.06))
        if abs(x) > 0.06 and rng.random() < 0.8:
            if rng.random() < 0.4:
                parts += [
                    Part(p.name, p.shape.moved(x, y, levels[0] + 0.0225), p.finish)
                    for p in flask(0.045, tall, str(rng.choice(["#4f8fb8", "#c98f2f", "#7aa85a", "#b85a5a"])))
                ]
            else:
                shade = str(rng.choice(["#6b3b16", "#d8dad9", "#2f4858"]))
                parts.append(Part("bottle", bottle(0.036, tall, 0.45, 8).moved(x, y, levels[0] + 0.0225), lacquer(shade, 0.1)))
        x += float(rng.uniform(0.1, 0.19)) * max(1.0, w / 2.0)
    for x in np.linspace(-0.7 * inner, 0.7 * inner, max(int(w / 0.9), 1) + 1):
        parts.append(Part("tap", cylinder(0.012, top, top + 0.14, 0.002, 10).moved(float(x), d / 2 - 0.08), look.metal))
        parts.append(
            Part(
                "tap",
                cylinder(0.008, 0.0, 0.08, 0.001, 8).turned("x", np.pi / 2).moved(float(x), d / 2 - 0.08, top + 0.12),
                look.metal,
            )
        )
        parts.append(
            Part(
                "handle",
                box((float(x) - 0.025, d / 2 - 0.085, top + 0.14), (float(x) + 0.025, d / 2 - 0.075, top + 0.155), 0.003),
                look.accent_board,
            )
        )
    return parts
