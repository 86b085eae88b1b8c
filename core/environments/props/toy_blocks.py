"""Toy blocks: a small tower and a few that lie about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number, whole
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude
from ..materials import lacquer
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class ToyBlocksBrief(PropBrief):
    """Toy blocks."""

    width: float = number(0.45, 0.2, 0.9, unit="m", help="Spread, left to right")
    depth: float = number(0.4, 0.2, 0.9, unit="m", help="Spread, front to back")
    height: float = number(0.26, 0.12, 0.45, unit="m", help="Floor to the tower's top")
    blocks: int = whole(14, 6, 24, help="How many blocks")


def toy_blocks(brief: ToyBlocksBrief) -> Prop:
    """The blocks of a brief; its seed strews them."""
    rng = np.random.default_rng(brief.seed)
    colors = ("#c8423a", "#e0b13c", "#3d7fb8", "#4f9a5a", "#e8dcc4", brief.look.shades[0])
    side = 0.06
    parts = []
    for k in range(4):
        turn = float(rng.uniform(-0.25, 0.25))
        cube = box((-side / 2, -side / 2, 0.0), (side / 2, side / 2, side), 0.003).turned("z", turn)
        parts.append(Part("block", cube.moved(0.0, 0.0, k * side), lacquer(colors[k % len(colors)], 0.45)))
    roof = extrude(np.array([(-side / 2, 0.0), (side / 2, 0.0), (0.0, 0.75 * side)]), -side / 2, side / 2, 0.002).turned(
        "x", np.pi / 2
    )
    parts.append(Part("block", roof.moved(0.0, 0.0, 4 * side), lacquer("#c8423a", 0.45)))
    for k in range(brief.blocks - 5):
        yaw, far = 2.4 * k + float(rng.uniform(-0.3, 0.3)), 0.12 + 0.12 * np.sqrt((k + 0.5) / (brief.blocks - 5))
        shape = (
            box((-side / 2, -side / 2, 0.0), (side / 2, side / 2, side), 0.003)
            if k % 3 == 0
            else box((-side, -side / 2, 0.0), (side, side / 2, side / 2), 0.003)
            if k % 3 == 1
            else cylinder(side / 2, 0.0, side, 0.003, 18)
        )
        placed = shape.turned("z", float(rng.uniform(0, 3.14))).moved(far * np.cos(yaw), far * np.sin(yaw))
        parts.append(Part("block", placed, lacquer(colors[int(rng.integers(len(colors)))], 0.45)))
    return build("toy", "Toy blocks", fitted(parts, brief), mount=SURFACE)
