"""A park bench: slats on cast sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import tube
from ..materials import painted_metal, wood
from ..props.prop import Box, Prop, PropBrief, Seat, build


@dataclass
class BenchBrief(PropBrief):
    """A bench for its width of people."""

    width: float = number(1.8, 0.8, 3.0, unit="m", help="Left to right")
    depth: float = number(0.62, 0.5, 0.8, unit="m", help="Front to back")
    height: float = number(0.84, 0.7, 1.0, unit="m", help="Ground to the top of the back")


def bench(brief: BenchBrief) -> Prop:
    """The bench of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    iron, slat = painted_metal("#22282a"), wood("oak")
    seat, front, back = 0.44, -d / 2 + 0.05, d / 2 - 0.06
    parts = []
    for k in range(5):
        y = front + (k + 0.5) * (back - 0.1 - front) / 5
        z = seat - 0.02 * np.sin(np.pi * (k + 0.5) / 5)
        parts.append(Part("seat", box((-w / 2, y - 0.035, z), (w / 2, y + 0.035, z + 0.03), 0.006), slat))
    for k in range(4):
        t = (k + 0.6) / 4
        y, z = back - 0.08 + 0.1 * t, seat + 0.06 + t * (h - seat - 0.1)
        parts.append(Part("back", box((-w / 2, y - 0.014, z - 0.04), (w / 2, y + 0.014, z + 0.04), 0.006), slat))
    for x in (-w / 2 + 0.12, w / 2 - 0.12):
        side = [(x, front, 0.0), (x, front + 0.03, seat - 0.03), (x, back - 0.08, seat - 0.05), (x, back + 0.03, h - 0.02)]
        parts.append(Part("frame", tube(side, 0.022, 6), iron))
        parts.append(Part("frame", tube([(x, back - 0.1, seat - 0.04), (x, back + 0.04, 0.0)], 0.022, 6), iron))
        arm = [(x, front + 0.03, seat), (x, front, seat + 0.22), (x, back - 0.02, seat + 0.24)]
        parts.append(Part("arm", tube(arm, 0.018, 6), iron))
        for y in (front, back + 0.04):
            parts.append(Part("foot", box((x - 0.04, y - 0.05, 0.0), (x + 0.04, y + 0.05, 0.02), 0.004), iron))
    seats = [Seat((x, -0.02, seat + 0.03)) for x in np.linspace(-w / 2 + 0.35, w / 2 - 0.35, max(1, int(w / 0.6)))]
    solid = [Box((-w / 2, front, 0.0), (w / 2, back, seat + 0.03)), Box((-w / 2, back - 0.12, seat), (w / 2, back + 0.05, h))]
    return build("bench", "Bench", parts, solid, seats=seats, clearance=0.6)
