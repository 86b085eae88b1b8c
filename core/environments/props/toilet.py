"""A toilet: a floor-standing bowl with a cistern, or a wall-hung one before a boxed-in cistern."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Part, Shape
from ...geometry.sweeps import cylinder, loft
from ..materials import ceramic, chrome, lacquer
from .prop import Box, Prop, PropBrief, Seat, build

RIM = 0.4


@dataclass
class ToiletBrief(PropBrief):
    """A toilet; its back (+Y) goes to the wall."""

    width: float = number(0.38, 0.33, 0.5, unit="m", help="Left to right")
    depth: float = number(0.68, 0.56, 0.8, unit="m", help="Front to back")
    height: float = number(0.82, 0.7, 1.1, unit="m", help="Floor to the cistern's top")
    style: str = choice("standing", ("standing", "hung"), help="On a foot, or hung on a boxed-in cistern")


def toilet(brief: ToiletBrief) -> Prop:
    """The toilet of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    white = ceramic("#f5f5f2")
    back = 0.17
    rear = d / 2 - back
    half = min(0.18, w / 2 - 0.004)
    front = -d / 2
    floor = 0.0 if brief.style == "standing" else 0.1
    stations = [
        (0.55, 0.1, floor),
        (0.58, 0.085, floor + 0.02),
        (0.6, 0.08, floor + 0.12),
        (0.8, 0.045, 0.26),
        (0.97, 0.006, RIM - 0.05),
        (1.0, 0.0, RIM - 0.012),
    ]
    inside = [(0.97, 0.004, RIM), (0.76, 0.045, RIM), (0.7, 0.06, RIM - 0.03), (0.5, 0.12, RIM - 0.14), (0.24, 0.18, RIM - 0.2)]
    rings = [
        _ring(half * share, front + inset, rear - (0.0 if k < 6 else 0.06), z)
        for k, (share, inset, z) in enumerate(stations + inside)
    ]
    parts = [Part("bowl", loft(np.array(rings)), white)]
    water = loft(np.array([_ring(half * 0.42, front + 0.14, rear - 0.1, z) for z in (RIM - 0.19, RIM - 0.165)]))
    parts.append(Part("water", water, lacquer("#dfe9ea", 0.02)))
    parts += _seat(half, front, rear)
    if brief.style == "standing":
        tank = cushion((-w / 2, rear + 0.004, RIM - 0.03), (w / 2, d / 2, h - 0.035), 0.03, 0.004, (5, 4, 5))
        lid = box((-w / 2, rear - 0.004, h - 0.036), (w / 2, d / 2, h - 0.006), 0.008)
        parts += [Part("cistern", tank, white), Part("lid", lid, white)]
        base = box((-0.09, rear - 0.02, 0.0), (0.09, d / 2 - 0.02, RIM - 0.02), 0.02)
        parts.append(Part("foot", base, white))
        parts.append(Part("button", cylinder(0.022, h - 0.008, h, 0.002, 18).moved(0.0, rear + 0.08), chrome()))
    else:
        parts.append(Part("cistern", box((-w / 2, rear + 0.004, 0.0), (w / 2, d / 2, h), 0.003), lacquer("#eceae5", 0.4)))
        plate = box((-0.12, rear - 0.006, h - 0.26), (0.12, rear + 0.004, h - 0.1), 0.003)
        parts.append(Part("button", plate, chrome()))
        for x in (-0.06, 0.06):
            key = box((x - 0.045, rear - 0.01, h - 0.235), (x + 0.045, rear - 0.006, h - 0.125), 0.002)
            parts.append(Part("button", key, chrome()))
    solid = [Box((-half, front, 0.0), (half, rear, RIM + 0.02)), Box((-w / 2, rear, 0.0), (w / 2, d / 2, h))]
    return build("toilet", "Toilet", parts, solid, seats=[Seat((0.0, -0.05, RIM + 0.02))], clearance=0.6)


def _ring(half: float, front: float, rear: float, z: float) -> np.ndarray:
    """(28, 3) an egg: round in front, nearly straight behind."""
    angle = 2 * np.pi * np.arange(28) / 28
    x, y = np.cos(angle), np.sin(angle)
    middle = front + (rear - front) * 0.48
    reach = np.where(y < 0, middle - front, rear - middle)
    square = np.where(y > 0, 0.45, 1.0)
    return np.column_stack(
        [
            half * np.sign(x) * np.abs(x) ** np.where(y > 0, 0.7, 1.0),
            middle + reach * np.sign(y) * np.abs(y) ** square,
            np.full(28, z),
        ]
    )


def _seat(half: float, front: float, rear: float) -> list[Part]:
    """A closed lid over the ring of the seat, and its hinges."""
    white = lacquer("#f7f7f5", 0.2)

    def slab(low: float, high: float, share: float, inset: float) -> Shape:
        rings = [
            _ring(half * (share - e), front + inset + 2 * half * e, rear - 0.055, z)
            for z, e in ((low, 0.02), (low + 0.004, 0.0), (high - 0.004, 0.0), (high, 0.02))
        ]
        return loft(np.array(rings))

    parts = [
        Part("seat", slab(RIM + 0.001, RIM + 0.018, 1.0, 0.0), white),
        Part("lid", slab(RIM + 0.019, RIM + 0.037, 0.99, 0.002), white),
    ]
    for x in (-0.07, 0.07):
        hinge = cylinder(0.011, -0.022, 0.022, 0.002, 12).turned("y", np.pi / 2).moved(x, rear - 0.04, RIM + 0.02)
        parts.append(Part("hinge", hinge, chrome()))
    return parts
