"""A cooker: an oven with a glazed door under a hob of glass or of gas rings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import brushed_metal, lacquer, plastic
from .joinery import bar_handle, hoop
from .prop import Box, Prop, PropBrief, build


@dataclass
class CookerBrief(PropBrief):
    """A cooker; its back (+Y) goes to the wall."""

    width: float = number(0.6, 0.5, 1.2, unit="m", help="Left to right")
    depth: float = number(0.63, 0.52, 0.8, unit="m", help="Front to back, with the handle")
    height: float = number(0.92, 0.8, 1.0, unit="m", help="Floor to the hob's highest part")
    hob: str = choice("glass", ("glass", "gas"), help="Glass with zones, or gas rings with pan supports")
    body: str = choice("steel", ("steel", "white", "black"), help="What the front is made of")


def cooker(brief: CookerBrief) -> Prop:
    """The cooker of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    finish = {"steel": brushed_metal(), "white": lacquer("#f2f2f0"), "black": lacquer("#1b1c1e", 0.2)}[brief.body]
    dark, glass = plastic("#1c1d1f"), lacquer("#0d0e10", 0.06)
    y, level = -d / 2 + 0.056, h - (0.004 if brief.hob == "glass" else 0.042)
    parts = [
        Part("case", box((-w / 2, y, 0.06), (w / 2, d / 2, level - 0.02), 0.003), finish),
        Part("plinth", box((-w / 2 + 0.02, y + 0.04, 0.0), (w / 2 - 0.02, d / 2 - 0.02, 0.06), 0.0), dark),
        Part("top", box((-w / 2, y - 0.02, level - 0.02), (w / 2, d / 2, level), 0.003), glass if brief.hob == "glass" else finish),
    ]
    low, high = 0.2, level - 0.14
    parts.append(Part("door", box((-w / 2 + 0.004, y - 0.022, low), (w / 2 - 0.004, y, high), 0.004), finish))
    pane = box((-w / 2 + 0.07, y - 0.024, low + 0.07), (w / 2 - 0.07, y - 0.022, high - 0.1), 0.0)
    parts.append(Part("glass", pane, glass))
    parts.append(bar_handle(0.0, y - 0.022, high - 0.045, w - 0.14, brushed_metal()))
    parts.append(Part("drawer", box((-w / 2 + 0.004, y - 0.02, 0.07), (w / 2 - 0.004, y, low - 0.006), 0.004), finish))
    panel = box((-w / 2 + 0.004, y - 0.018, high + 0.006), (w / 2 - 0.004, y, level - 0.022), 0.003)
    parts.append(Part("panel", panel, finish))
    for k in range(5):
        x = (w - 0.16) * (k / 4 - 0.5)
        knob = cylinder(0.017, 0.0, 0.022, 0.003, 16, 0.014).turned("x", np.pi / 2).moved(x, y - 0.018, (high + level) / 2 - 0.006)
        parts.append(Part("knob", knob, dark))
    for x in (-w / 4, w / 4):
        for place, r in ((y + 0.15, 0.09), (d / 2 - 0.15, 0.075)):
            parts += _zone(x, place, level, min(r, w / 4 - 0.03, d / 4 - 0.02), brief.hob == "gas")
    solid = [Box((-w / 2, y - 0.022, 0.0), (w / 2, d / 2, level))]
    return build("cooker", "Cooker", parts, solid, clearance=0.8)


def _zone(x: float, y: float, z: float, r: float, gas: bool) -> list[Part]:
    """A printed ring on glass, or a burner under a cast-iron cross."""
    if not gas:
        ring = hoop([(r - 0.003, z - 0.002), (r - 0.003, z + 0.0004), (r, z + 0.0004), (r, z - 0.002)])
        middle = lathe([(0.0, z - 0.001), (0.42 * r, z - 0.001), (0.42 * r, z + 0.0003), (0.0, z + 0.0003)], 20)
        return [Part("ring", shape.moved(x, y), lacquer("#55585c", 0.2)) for shape in (ring, middle)]
    iron = lacquer("#1a1a1b", 0.6)
    parts = [Part("burner", lathe([(0, z), (0.5 * r, z), (0.5 * r, z + 0.012), (0.38 * r, z + 0.02), (0, z + 0.022)], 20), iron)]
    for angle in (0.0, np.pi / 2):
        bar = box((-r, -0.004, z + 0.03), (r, 0.004, z + 0.042), 0.001).turned("z", angle)
        parts.append(Part("support", bar, iron))
        for side in (-1, 1):
            foot = box((side * r - 0.004, -0.004, z), (side * r + 0.004, 0.004, z + 0.031), 0.0).turned("z", angle)
            parts.append(Part("support", foot, iron))
    return [Part(part.name, part.shape.moved(x, y), part.finish) for part in parts]
