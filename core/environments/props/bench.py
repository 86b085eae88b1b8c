"""A bench: slats or a padded top on a steel or wooden frame, with a back where wished."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Part
from .prop import Box, Prop, PropBrief, Seat, build

SEAT = 0.45


@dataclass
class BenchBrief(PropBrief):
    """A bench; the sitters look along -Y."""

    width: float = number(1.2, 0.7, 2.6, unit="m", help="Left to right")
    depth: float = number(0.42, 0.32, 0.7, unit="m", help="Front to back")
    height: float = number(0.45, 0.38, 1.0, unit="m", help="Floor to the seat, or to the top of the back")
    back: bool = flag(False, help="With a back, where the height leaves room for one")
    top: str = choice("slats", ("slats", "board", "padded"), help="What one sits on")
    frame: str = choice("steel", ("steel", "wood"), help="What carries it")


def bench(brief: BenchBrief) -> Prop:
    """The bench of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    frame = look.frame if brief.frame == "steel" else look.trim
    tall = brief.back and h > 0.65
    seat = SEAT if tall else h
    rear = d / 2 - (0.06 if tall else 0.0)
    t = {"slats": 0.028, "board": 0.035, "padded": 0.07}[brief.top]
    under = seat - t
    size = 0.035 if brief.frame == "steel" else 0.055
    parts = []
    for x in (-w / 2 + 0.08, w / 2 - 0.08 - size):
        for y in (-d / 2 + 0.02, rear - 0.02 - size):
            parts.append(Part("leg", box((x, y, 0.0), (x + size, y + size, under - size), 0.002, grain=2), frame))
        parts.append(Part("beam", box((x, -d / 2 + 0.02, under - size), (x + size, rear - 0.02, under), 0.002, grain=1), frame))
    beam = box((-w / 2 + 0.08 + size, -0.02, under - size), (w / 2 - 0.08 - size, 0.02, under), 0.002)
    parts.append(Part("beam", beam, frame))
    if brief.top == "slats":
        count = max(int((rear + d / 2) / 0.09), 3)
        step = (rear + d / 2) / count
        for k in range(count):
            y = -d / 2 + k * step
            parts.append(Part("seat", box((-w / 2, y + 0.004, under), (w / 2, y + step - 0.004, seat), 0.004, grain=0), look.wood))
    elif brief.top == "board":
        parts.append(Part("seat", box((-w / 2, -d / 2, under), (w / 2, rear, seat), 0.006, grain=0), look.wood))
    else:
        parts.append(Part("seat", cushion((-w / 2, -d / 2, under), (w / 2, rear, seat), 0.022, 0.008, (12, 6, 3)), look.fabric))
    if tall:
        for x in (-w / 2 + 0.08, w / 2 - 0.08 - size):
            parts.append(
                Part("post", box((x, rear - 0.005, under - 0.03), (x + size, rear + 0.03, h - 0.02), 0.002, grain=2), frame)
            )
        if brief.top == "padded":
            parts.append(
                Part("back", cushion((-w / 2, rear + 0.0, seat + 0.1), (w / 2, d / 2, h), 0.02, 0.006, (12, 3, 5)), look.fabric)
            )
        else:
            for z0, z1 in ((h - 0.11, h), (h - 0.25, h - 0.14)):
                parts.append(Part("back", box((-w / 2, d / 2 - 0.03, z0), (w / 2, d / 2 - 0.002, z1), 0.004, grain=0), look.wood))
    count = max(int(w / 0.55), 1)
    seats = [Seat((-w / 2 + (k + 0.5) * w / count, -0.02, seat)) for k in range(count)]
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, seat))] + ([Box((-w / 2, rear, seat), (w / 2, d / 2, h))] if tall else [])
    return build("bench", "Bench", parts, solid, seats=seats, clearance=0.5)
