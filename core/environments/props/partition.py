"""A free-standing partition: cloth panels, glass in a frame, or slats."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Part
from ..materials import glass
from .prop import Box, Prop, PropBrief, build


@dataclass
class PartitionBrief(PropBrief):
    """A partition; both sides are alike."""

    width: float = number(1.6, 0.5, 4.0, unit="m", help="Left to right")
    depth: float = number(0.4, 0.2, 0.6, unit="m", help="Across its feet")
    height: float = number(1.5, 1.0, 2.4, unit="m", help="Floor to top")
    style: str = choice("cloth", ("cloth", "glass", "slats"), help="What fills it")


def partition(brief: PartitionBrief) -> Prop:
    """The partition of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t, low = 0.04, 0.1
    parts = []
    for x in (-w / 2, w / 2 - t):
        parts.append(Part("post", box((x, -t / 2, 0.02), (x + t, t / 2, h), 0.003, grain=2), look.frame))
        parts.append(Part("foot", box((x, -d / 2, 0.0), (x + t, d / 2, 0.02), 0.004, grain=1), look.frame))
    for z in (low, h - t):
        parts.append(Part("beam", box((-w / 2 + t, -t / 2, z), (w / 2 - t, t / 2, z + t), 0.003), look.frame))
    inner = w - 2 * t
    count = max(round(inner / 0.8), 1)
    for k in range(count):
        x0, x1 = -inner / 2 + k * inner / count, -inner / 2 + (k + 1) * inner / count
        if brief.style == "cloth":
            panel = cushion((x0 + 0.004, -0.034, low + t + 0.004), (x1 - 0.004, 0.034, h - t - 0.004), 0.012, 0.004, (5, 3, 5))
            parts.append(Part("panel", panel, look.accent if k % 2 else look.fabric))
        elif brief.style == "glass":
            parts.append(Part("glass", box((x0 + 0.002, -0.005, low + t), (x1 - 0.002, 0.005, h - t), 0.001), glass()))
    if brief.style == "slats":
        slats = max(int(inner / 0.07), 3)
        for k in range(slats):
            x = -inner / 2 + inner * (k + 0.5) / slats
            parts.append(Part("slat", box((x - 0.015, -0.03, low + t), (x + 0.015, 0.03, h - t), 0.003, grain=2), look.wood))
    solid = [Box((-w / 2, -t, 0.0), (w / 2, t, h)), *(Box((x, -d / 2, 0.0), (x + t, d / 2, 0.05)) for x in (-w / 2, w / 2 - t))]
    return build("partition", "Partition", parts, solid)
