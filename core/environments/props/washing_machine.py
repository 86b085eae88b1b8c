"""A washing machine with a round glazed door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import brushed_metal, lacquer, plastic
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class WashingMachineBrief(PropBrief):
    """A washing machine or dryer; its back (+Y) goes to the wall."""

    width: float = number(0.6, 0.4, 0.8, unit="m", help="Left to right")
    depth: float = number(0.62, 0.42, 0.8, unit="m", help="Front to back")
    height: float = number(0.85, 0.75, 1.1, unit="m", help="Floor to top")
    body: str = choice("white", ("white", "steel", "dark"), help="Colour of the case")


def washing_machine(brief: WashingMachineBrief) -> Prop:
    """The machine of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    finish = {"white": lacquer("#f4f4f2", 0.25), "steel": brushed_metal(), "dark": lacquer("#3a3d40", 0.25)}[brief.body]
    dark, glass = plastic("#1c1d1f"), lacquer("#15181b", 0.05)
    y, band = -d / 2 + 0.045, 0.13 * h
    parts = [
        Part("case", box((-w / 2, y, 0.015), (w / 2, d / 2, h - 0.022), 0.006), finish),
        Part("top", box((-w / 2, y - 0.004, h - 0.02), (w / 2, d / 2, h), 0.005), finish),
        Part("panel", box((-w / 2 + 0.004, y - 0.012, h - 0.026 - band), (w / 2 - 0.004, y, h - 0.026), 0.004), finish),
        Part("plinth", box((-w / 2 + 0.01, y - 0.006, 0.02), (w / 2 - 0.01, y, 0.1), 0.002), finish),
    ]
    parts += [
        Part("foot", cylinder(0.02, 0.0, 0.016, 0.002, 10).moved(sx * (w / 2 - 0.06), sy * (d / 2 - 0.08)), dark)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    z = h - 0.026 - band / 2
    drawer = box((-w / 2 + 0.02, y - 0.017, z - 0.36 * band), (-w / 2 + 0.34 * w, y - 0.011, z + 0.36 * band), 0.003)
    parts.append(Part("drawer", drawer, finish))
    parts.append(Part("screen", box((0.1 * w, y - 0.014, z - 0.2 * band), (0.3 * w, y - 0.01, z + 0.2 * band), 0.001), glass))
    knob = cylinder(0.3 * band, 0.0, 0.028, 0.004, 24).turned("x", np.pi / 2).moved(w / 2 - 0.11, y - 0.011, z)
    parts.append(Part("knob", knob, brushed_metal() if brief.body != "steel" else dark))
    r = min(0.36 * w, 0.5 * (h - 0.026 - band - 0.13))
    ring = lathe(
        [(0.74 * r, 0.0), (r, 0.0), (r, 0.012), (0.97 * r, 0.024), (0.8 * r, 0.03), (0.74 * r, 0.022), (0.74 * r, 0.0)], 40
    )
    pane = lathe([(0.0, -0.002), (0.76 * r, -0.002), (0.76 * r, 0.014), (0.6 * r, 0.03), (0.3 * r, 0.038), (0.0, 0.04)], 32)
    middle = (0.1 + h - 0.026 - band) / 2
    for name, shape, material in (("door", ring, brushed_metal()), ("glass", pane, glass)):
        parts.append(Part(name, shape.turned("x", np.pi / 2).moved(0.0, y, middle), material))
    solid = [Box((-w / 2, y, 0.0), (w / 2, d / 2, h))]
    surface = Surface((-w / 2 + 0.02, y + 0.02), (w / 2 - 0.02, d / 2 - 0.02), h)
    return build("washing machine", "Washing machine", parts, solid, surfaces=[surface], clearance=0.7)
