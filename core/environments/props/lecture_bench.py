"""A row of a lecture hall: a continuous desk with a front panel and folding seats behind it."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import number, whole
from ...geometry.blocks import board, box, cushion
from ...geometry.shape import Part
from .prop import Box, Prop, PropBrief, Seat, Surface, build

SEAT = 0.45


@dataclass
class LectureBenchBrief(PropBrief):
    """A row of seats with a desk before them; the sitters look along -Y."""

    width: float = number(2.4, 0.6, 6.0, unit="m", help="Left to right")
    depth: float = number(0.95, 0.8, 1.2, unit="m", help="Front of the desk to the back of the seats")
    height: float = number(0.9, 0.8, 1.05, unit="m", help="Floor to the top of the seat backs")
    seats: int = whole(4, 1, 10, help="How many seats; fewer where they would be narrower than half a metre")
    desk: float = number(0.73, 0.65, 0.78, unit="m", help="Floor to the desk top")


def lecture_bench(brief: LectureBenchBrief) -> Prop:
    """The row of a brief."""
    look, w, d, h, top = brief.look, brief.width, brief.depth, brief.height, brief.desk
    count = max(min(brief.seats, int(w / 0.5)), 1)
    edge = -d / 2 + 0.36
    parts = [
        Part("top", box((-w / 2, -d / 2, top - 0.028), (w / 2, edge, top), 0.004, grain=0), look.top),
        Part(
            "panel",
            box((-w / 2 + 0.02, -d / 2 + 0.02, 0.12), (w / 2 - 0.02, -d / 2 + 0.038, top - 0.028), 0.002, grain=0),
            look.wood,
        ),
        Part("shelf", board((-w / 2 + 0.04, -d / 2 + 0.038, top - 0.16), (w / 2 - 0.04, edge - 0.08, top - 0.144)), look.wood),
    ]
    supports = max(int(w / 1.3), 1) + 1
    for k in range(supports):
        x = -w / 2 + 0.03 + (w - 0.06 - 0.04) * k / (supports - 1)
        parts.append(Part("leg", box((x, -d / 2 + 0.04, 0.0), (x + 0.04, edge - 0.06, top - 0.165), 0.003, grain=2), look.frame))
    rear = d / 2
    beam = box((-w / 2 + 0.02, rear - 0.16, 0.3), (w / 2 - 0.02, rear - 0.1, 0.36), 0.004)
    parts.append(Part("beam", beam, look.frame))
    for k in range(supports):
        x = -w / 2 + 0.03 + (w - 0.06 - 0.05) * k / (supports - 1)
        parts.append(Part("leg", box((x, rear - 0.155, 0.012), (x + 0.05, rear - 0.105, 0.3), 0.003, grain=2), look.frame))
        parts.append(Part("foot", box((x, rear - 0.3, 0.0), (x + 0.05, rear - 0.02, 0.014), 0.003), look.frame))
    step = w / count
    seats = []
    for k in range(count):
        x = -w / 2 + (k + 0.5) * step
        half = min(0.23, step / 2 - 0.02)
        pad = cushion((x - half, rear - 0.47, SEAT - 0.05), (x + half, rear - 0.09, SEAT), 0.02, 0.006, (4, 4, 3))
        back = cushion((x - half, -0.025, SEAT + 0.07), (x + half, 0.025, h), 0.02, 0.004, (4, 3, 4))
        lean = back.shaped(lambda v: v + [(0.0, 0.12 * (z - h), 0.0) for z in v[:, 2]])
        parts += [Part("seat", pad, look.accent), Part("back", lean.moved(0.0, rear - 0.026), look.accent)]
        for side in (-1, 1):
            arm = box(
                (x + side * (half - 0.02) - 0.012, rear - 0.17, 0.34),
                (x + side * (half - 0.02) + 0.012, rear - 0.1, SEAT + 0.12),
                0.003,
            )
            parts.append(Part("bracket", arm, look.frame))
        seats.append(Seat((x, rear - 0.28, SEAT)))
    solid = [
        Box((-w / 2, -d / 2, top - 0.16), (w / 2, edge, top)),
        Box((-w / 2, -d / 2 + 0.02, 0.0), (w / 2, -d / 2 + 0.05, top)),
        Box((-w / 2, rear - 0.47, 0.28), (w / 2, rear - 0.09, SEAT)),
        Box((-w / 2, rear - 0.12, SEAT), (w / 2, rear, h)),
    ]
    surface = Surface((-w / 2 + 0.03, -d / 2 + 0.03), (w / 2 - 0.03, edge - 0.03), top)
    return build("lecture bench", "Lecture bench", parts, solid, surfaces=[surface], seats=seats, clearance=0.3)
