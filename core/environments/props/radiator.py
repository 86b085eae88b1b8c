"""A panel radiator with its valve and pipes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe, tube
from ..materials import painted_metal, plastic
from .prop import WALL, Prop, PropBrief, build


@dataclass
class RadiatorBrief(PropBrief):
    """A radiator; its back (+Y) is on the wall, its pipes reach the floor."""

    width: float = number(1.0, 0.4, 2.4, unit="m", help="Left to right, with the valve")
    depth: float = number(0.12, 0.08, 0.2, unit="m", help="From the wall to its front")
    height: float = number(0.7, 0.35, 1.0, unit="m", help="Floor to top")


def radiator(brief: RadiatorBrief) -> Prop:
    """The radiator of a brief."""
    w, d, h, white = brief.width, brief.depth, brief.height, painted_metal("#f0efeb")
    low, right = min(0.13, 0.25 * h), w / 2 - 0.065
    front, rear = -d / 2, d / 2 - 0.03
    left = -w / 2
    parts = [Part("panel", box((left, front + 0.01, low), (right, front + 0.022, h - 0.012), 0.004), white)]
    if rear - front > 0.06:
        parts.append(Part("panel", box((left, rear - 0.014, low), (right, rear, h - 0.012), 0.004), white))
    count = max(4, int((right - left) / 0.05))
    pitch = (right - left) / count
    for k in range(count):
        x = left + (k + 0.5) * pitch
        rib = box((x - 0.32 * pitch, front, low + 0.03), (x + 0.32 * pitch, front + 0.014, h - 0.042), 0.006)
        parts.append(Part("rib", rib, white))
    parts.append(Part("cover", box((left, front + 0.008, h - 0.016), (right, rear, h), 0.003), white))
    for x in (left, right - 0.004):
        parts.append(Part("cover", box((x, front + 0.014, low + 0.01), (x + 0.004, rear, h - 0.01), 0.001), white))
    y = (front + rear) / 2
    for x in (left + 0.12, right - 0.12):
        parts.append(Part("bracket", box((x - 0.015, rear - 0.002, low + 0.05), (x + 0.015, d / 2, h - 0.06), 0.002), white))
    head = lathe([(0.0, 0.0), (0.017, 0.0), (0.019, 0.003), (0.019, 0.05), (0.014, 0.058), (0.0, 0.058)], 20).turned("y", np.pi / 2)
    parts.append(Part("valve", head.moved(w / 2 - 0.058, y, low + 0.04), plastic("#e9e8e4")))
    collar = cylinder(0.011, 0.0, 0.02, 0.002, 12).turned("y", np.pi / 2)
    parts.append(Part("valve", collar.moved(right - 0.004, y, low + 0.04), painted_metal("#b9bab8")))
    for x in (right + 0.004, left + 0.03):
        parts.append(Part("pipe", tube([(x, y, 0.0), (x, y, low + 0.045)], 0.0075, 10), white))
    return build("radiator", "Radiator", parts, mount=WALL)
