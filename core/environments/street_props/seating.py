"""What cafés put out: a table with chairs, with or without a parasol; and planters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number, whole
from ...geometry.blocks import box
from ...geometry.shape import Part, Shape, join
from ...geometry.sweeps import cylinder, lathe, tube
from ..materials import leaf, painted_metal, plaster, soil, wood
from ..materials.walls import awning
from ..props.prop import Box, Prop, PropBrief, Seat, build


@dataclass
class CafeSetBrief(PropBrief):
    """A round table and its chairs."""

    chairs: int = whole(2, 1, 4, help="Chairs around the table")
    parasol: bool = flag(False, help="With a parasol")
    cloth: str = choice("red", ("red", "green", "blue", "sand"), help="Stripes of the parasol")


CLOTHS = {"red": "#a53b34", "green": "#2f5d4a", "blue": "#2b3f66", "sand": "#b59a6a"}


def cafe_set(brief: CafeSetBrief) -> Prop:
    """The set of a brief."""
    iron, top = painted_metal("#2b2f31"), wood("walnut")
    parts = [Part("table top", cylinder(0.34, 0.71, 0.735, 0.008, 24), top),
             Part("table foot", lathe([(0, 0), (0.22, 0), (0.22, 0.02), (0.03, 0.05), (0.024, 0.71), (0, 0.71)], 14),
                  iron)]  # fmt: skip
    seats = []
    for k in range(brief.chairs):
        angle = 2 * np.pi * k / brief.chairs + np.pi / 2
        parts += [Part(part.name, part.shape.moved(0, 0.62, 0).turned("z", angle), part.finish) for part in _chair(iron, top)]
        seats.append(Seat((float(-0.62 * np.sin(angle)), float(0.62 * np.cos(angle)), 0.46), float(angle)))
    if brief.parasol:
        cloth = awning(CLOTHS[brief.cloth])
        rings = [(0.02, 2.55), (1.25, 2.12), (1.27, 2.0), (1.25, 2.1), (0.02, 2.5)]
        parts.append(Part("parasol", lathe(rings, 8), cloth))
        parts.append(Part("pole", tube([(0, 0, 0.0), (0, 0, 2.56)], 0.02, 8), wood("birch")))
    return build("cafe_table", "Café table", parts, [Box((-0.35, -0.35, 0.0), (0.35, 0.35, 0.74))], seats=seats, clearance=0.4)


def _chair(iron, seat) -> list[Part]:
    """A bistro chair that looks along -Y."""
    parts = [Part("seat", box((-0.2, -0.2, 0.44), (0.2, 0.2, 0.46), 0.006), seat)]
    for x in (-0.18, 0.18):
        parts.append(Part("leg", tube([(x * 1.1, -0.2, 0.0), (x, -0.17, 0.44)], 0.012, 5), iron))
        parts.append(Part("leg", tube([(x * 1.1, 0.24, 0.0), (x, 0.18, 0.44), (x, 0.25, 0.86)], 0.012, 5), iron))
    for z in (0.62, 0.74, 0.85):
        parts.append(
            Part("back", box((-0.19, 0.2 + 0.16 * (z - 0.5), z - 0.03), (0.19, 0.215 + 0.16 * (z - 0.5), z + 0.03), 0.004), seat)
        )
    return parts


@dataclass
class PlanterBrief(PropBrief):
    """A box with a clipped bush and flowers."""

    width: float = number(0.9, 0.4, 2.0, unit="m", help="Left to right")
    depth: float = number(0.45, 0.3, 1.0, unit="m", help="Front to back")
    height: float = number(0.95, 0.6, 1.8, unit="m", help="Ground to the highest leaf")


def planter(brief: PlanterBrief) -> Prop:
    """The planter of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    rng = np.random.default_rng(brief.seed)
    rim = 0.5
    body = box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, rim), 0.015)
    band = box((-w / 2 - 0.02, -d / 2 - 0.02, rim - 0.08), (w / 2 + 0.02, d / 2 + 0.02, rim), 0.01)
    earth = box((-w / 2 + 0.04, -d / 2 + 0.04, rim - 0.02), (w / 2 - 0.04, d / 2 - 0.04, rim + 0.01), 0.0)
    stone = plaster("#8d8a82")
    parts = [Part("box", body, stone), Part("rim", band, stone), Part("soil", earth, soil())]
    count = 110
    at = (rng.random((count, 3)) - (0.5, 0.5, 0.0)) * (w - 0.06, d - 0.04, h - rim - 0.08)
    leaves: list[Shape] = []
    for k in range(count):
        size = rng.uniform(0.06, 0.11)
        blade = box((-size / 2, 0.0, -0.001), (size / 2, size * 1.5, 0.001), 0.0)
        blade = blade.turned("x", rng.uniform(-0.2, 1.0)).turned("z", rng.uniform(0, 6.28))
        leaves.append(blade.moved(*(at[k] + (0, 0, rim))))
    parts.append(Part("leaf", join(leaves[:75]), leaf("#44693a")))
    parts.append(Part("leaf", join(leaves[75:95]), leaf("#5d8048")))
    parts.append(Part("flower", join(leaves[95:]), leaf("#b8405a")))
    return build("planter", "Planter", parts, [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, rim))])
