"""A pegboard with tools: hammers, screwdrivers, spanners, pliers and saws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude
from ..materials import brushed_metal, lacquer, plastic, wood
from .prop import WALL, Prop, PropBrief, build


@dataclass
class ToolWallBrief(PropBrief):
    """A board of tools; its back (+Y) is on the wall."""

    width: float = number(1.2, 0.5, 2.4, unit="m", help="Left to right")
    depth: float = number(0.08, 0.07, 0.14, unit="m", help="From the wall to the front")
    height: float = number(0.8, 0.45, 1.4, unit="m", help="Bottom to top")
    tools: float = number(0.8, 0.0, 1.0, help="How full it is")


def tool_wall(brief: ToolWallBrief) -> Prop:
    """The board of a brief; its seed hangs the tools."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    face = d / 2 - 0.03
    parts = [
        Part("board", box((-w / 2 + 0.01, face, 0.01), (w / 2 - 0.01, d / 2 - 0.012, h - 0.01), 0.001), lacquer("#c9a878", 0.7)),
        Part("frame", box((-w / 2 + 0.03, d / 2 - 0.012, 0.04), (w / 2 - 0.03, d / 2, h - 0.04), 0.0), look.plastic),
    ]
    for x in (-w / 2, w / 2 - 0.02):
        parts.append(Part("frame", box((x, face - 0.006, 0.0), (x + 0.02, d / 2, h), 0.002, grain=2), look.wood))
    for z in (0.0, h - 0.02):
        parts.append(Part("frame", box((-w / 2 + 0.02, face - 0.006, z), (w / 2 - 0.02, d / 2, z + 0.02), 0.002), look.wood))
    rng = np.random.default_rng(brief.seed)
    rows = max(int((h - 0.06) / 0.4), 1)
    for row in range(rows):
        top = h - 0.06 - row * (h - 0.06) / rows
        x = -w / 2 + 0.05
        while x < w / 2 - 0.1:
            wide = float(rng.choice([0.07, 0.1, 0.13]))
            if x + wide > w / 2 - 0.03:
                break
            if rng.random() < brief.tools:
                tool = (_screwdriver, _hammer, _spanner, _saw)[int(rng.integers(4)) if wide > 0.08 else 2 * int(rng.integers(2))]
                size = min((h - 0.1) / rows - 0.02, 0.3)
                for part in tool(size, wide, look.shades[int(rng.integers(3))]):
                    parts.append(Part(part.name, part.shape.moved(x + wide / 2, face - 0.018, top), part.finish))
                peg = cylinder(0.003, 0.0, 0.03, 0.0005, 6).turned("x", np.pi / 2).moved(x + wide / 2, face, top - 0.03)
                parts.append(Part("peg", peg, brushed_metal()))
            x += wide + 0.015 + 0.03 * w
    return build("tool wall", "Tool wall", parts, mount=WALL)


def _screwdriver(size: float, wide: float, shade: str) -> list[Part]:
    grip = cylinder(0.014, -0.4 * size, 0.0, 0.005, 8, 0.011)
    return [
        Part("tool", grip, plastic(shade)),
        Part("tool", cylinder(0.0035, -0.95 * size, -0.39 * size, 0.0008, 6), brushed_metal()),
    ]


def _hammer(size: float, wide: float, shade: str) -> list[Part]:
    head = box((-wide / 2 + 0.004, -0.012, -0.045), (wide / 2 - 0.004, 0.012, -0.018), 0.004)
    return [
        Part("tool", head, brushed_metal()),
        Part("tool", box((-0.009, -0.007, -size), (0.009, 0.007, -0.016), 0.004, grain=2), wood("beech")),
    ]


def _spanner(size: float, wide: float, shade: str) -> list[Part]:
    t = np.linspace(-0.5 * np.pi + 0.55, 1.5 * np.pi - 0.55, 9)
    jaw = np.column_stack([0.02 * np.cos(t), 0.02 * np.sin(t)])
    flat = extrude(jaw, -0.003, 0.003, 0.001).turned("x", np.pi / 2)
    bar = box((-0.007, -0.003, -0.8 * size), (0.007, 0.003, -0.034), 0.001)
    ring = cylinder(0.016, -0.0035, 0.0035, 0.001, 10).turned("x", np.pi / 2)
    return [Part("tool", shape, brushed_metal()) for shape in (flat.moved(z=-0.02), bar, ring.moved(z=-0.8 * size - 0.01))]


def _saw(size: float, wide: float, shade: str) -> list[Part]:
    outline = np.array([(-0.45 * wide, -0.3 * size), (-0.2 * wide, -size), (0.12 * wide, -size), (0.45 * wide, -0.3 * size)])
    blade = extrude(outline, -0.001, 0.001, 0.0003).turned("x", np.pi / 2)
    grip = box((-0.45 * wide, -0.011, -0.3 * size), (0.45 * wide, 0.011, -0.005), 0.008, grain=0)
    return [Part("tool", blade, brushed_metal()), Part("tool", grip, plastic(shade))]
