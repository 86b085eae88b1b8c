"""A bus shelter: glass walls, a roof, a seat, a timetable and a flag."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ...geometry.sweeps import tube
from ..materials import glass, lacquer, painted_metal, wood
from ..materials.pictures import art_print
from ..props.prop import Box, Prop, PropBrief, Seat, build


@dataclass
class BusStopBrief(PropBrief):
    """A shelter, open towards -Y."""

    width: float = number(3.6, 2.0, 6.0, unit="m", help="Left to right")
    depth: float = number(1.4, 1.0, 2.2, unit="m", help="Front to back")
    height: float = number(2.5, 2.2, 3.0, unit="m", help="Ground to the roof")


def bus_stop(brief: BusStopBrief) -> Prop:
    """The shelter of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    metal, pane = painted_metal("#3a4044"), glass()
    x, y = w / 2, d / 2
    parts = [Part("post", box((sx * x - 0.04, sy - 0.04, 0), (sx * x + 0.04, sy + 0.04, h - 0.08), 0.004), metal)
             for sx in (-1, 1) for sy in (y - 0.06, -y * 0.3)]  # fmt: skip
    parts.append(Part("roof", box((-x - 0.15, -y, h - 0.1), (x + 0.15, y, h), 0.02), metal))
    parts.append(Part("roof edge", box((-x - 0.17, -y - 0.03, h - 0.13), (x + 0.17, -y, h + 0.02), 0.005), lacquer("#2f5d8a")))
    count = max(2, round(w / 1.2))
    for k in range(count):
        a, b = -x + 0.06 + k * (w - 0.12) / count, -x + 0.06 + (k + 1) * (w - 0.12) / count
        parts.append(Part("glass", box((a + 0.02, y - 0.07, 0.2), (b - 0.02, y - 0.058, h - 0.2), 0.001), pane))
        if k:
            parts.append(Part("post", box((a - 0.02, y - 0.08, 0), (a + 0.02, y - 0.04, h - 0.1), 0.003), metal))
    parts.append(Part("glass", box((x - 0.01, -y * 0.3 + 0.06, 0.2), (x + 0.002, y - 0.12, h - 0.2), 0.001), pane))
    case = box((-x - 0.05, -y * 0.3, 0.35), (-x + 0.05, y - 0.1, h - 0.3), 0.01)
    parts.append(Part("case", case, metal))
    poster = picture((-(y - 0.1 + y * 0.3) / 2 + 0.05, -0.004, 0.45), ((y - 0.1 + y * 0.3) / 2 - 0.05, 0.0, h - 0.4))
    shades = ("#c8694f", "#33505c", "#d9b15c", "#e6dfd2", "#7d9a83", "#4f7f86")
    parts.append(Part("poster", poster.turned("z", 1.5707963).moved(-x + 0.056, (y - 0.1 - y * 0.3) / 2, 0.0),
                      art_print("sun", shades, 3), aligned=True))  # fmt: skip
    seat = 0.46
    for k in range(3):
        parts.append(
            Part("seat", box((-x + 0.3, y - 0.5 + 0.12 * k, seat), (x - 0.3, y - 0.4 + 0.12 * k, seat + 0.04), 0.006), wood("oak"))
        )
    for sx in (-1, 1):
        parts.append(
            Part(
                "bracket", box((sx * (x - 0.7) - 0.03, y - 0.5, seat - 0.05), (sx * (x - 0.7) + 0.03, y - 0.05, seat), 0.003), metal
            )
        )
        parts.append(
            Part("leg", box((sx * (x - 0.7) - 0.03, y - 0.35, 0.0), (sx * (x - 0.7) + 0.03, y - 0.29, seat - 0.04), 0.003), metal)
        )
    flag = x + 0.6
    parts.append(Part("pole", tube([(flag, -y + 0.1, 0), (flag, -y + 0.1, h + 0.3)], 0.035, 8), metal))
    parts.append(
        Part("flag", box((flag - 0.5, -y + 0.085, h - 0.15), (flag - 0.04, -y + 0.115, h + 0.25), 0.006), lacquer("#c8352b"))
    )
    parts.append(
        Part("flag stripe", box((flag - 0.44, -y + 0.08, h + 0.02), (flag - 0.1, -y + 0.12, h + 0.08), 0.001), lacquer("#f2f0ea"))
    )
    seats = [Seat((s, y - 0.34, seat + 0.04)) for s in (-x + 0.7, 0.0, x - 0.7)]
    solid = [
        Box((-x, y - 0.1, 0), (x, y, h)),
        Box((-x - 0.06, -y * 0.3, 0), (-x + 0.06, y, h)),
        Box((x - 0.06, -y * 0.3, 0), (x + 0.06, y, h)),
        Box((-x + 0.3, y - 0.52, 0), (x - 0.3, y - 0.1, seat + 0.04)),
    ]
    return build("bus_stop", "Bus stop", parts, solid, seats=seats, clearance=1.0)
