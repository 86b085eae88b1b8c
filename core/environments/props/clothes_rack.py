"""A clothes rack: a rail on two stands, with garments on hangers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number, whole
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, loft, tube
from ..materials import fabric
from .prop import Box, Prop, PropBrief, build


@dataclass
class ClothesRackBrief(PropBrief):
    """A clothes rack."""

    width: float = number(1.2, 0.6, 1.8, unit="m", help="Left to right: along the rail")
    depth: float = number(0.52, 0.44, 0.7, unit="m", help="Front to back")
    height: float = number(1.5, 1.2, 1.9, unit="m", help="Floor to the rail's top")
    garments: int = whole(10, 0, 18, help="How many pieces hang on it")
    shelf: bool = flag(True, help="A low shelf for shoes")


def clothes_rack(brief: ClothesRackBrief) -> Prop:
    """The rack of a brief; its seed chooses the garments."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    r = 0.014
    parts = []
    for side in (-1, 1):
        x = side * (w / 2 - r)
        path = fillet([(x, -d / 2 + r, r), (x, d / 2 - r, r)], 0.02)
        parts.append(Part("foot", tube(path, r, 10), look.frame))
        parts.append(Part("post", cylinder(r, 0.01, h - r, 0.002, 12).moved(x), look.frame))
    parts.append(Part("rail", cylinder(r, -w / 2, w / 2, 0.003, 12).turned("y", np.pi / 2).moved(0.0, 0.0, h - r), look.metal))
    if brief.shelf:
        for y in (-0.12, 0.0, 0.12):
            bar = cylinder(0.008, -w / 2 + r, w / 2 - r, 0.001, 8).turned("y", np.pi / 2).moved(0.0, y, 0.18)
            parts.append(Part("shelf", bar, look.frame))
    rng = np.random.default_rng(brief.seed)
    room = w - 0.2
    count = min(brief.garments, int(room / 0.055))
    colors = [*look.shades, "#2b2d33", "#d9d4c8", "#6f7378"]
    for k in range(count):
        x = -room / 2 + room * (k + 0.5) / count + float(rng.uniform(-0.008, 0.008))
        hook = [(x, 0.0, h - 0.11), (x, 0.0, h - 0.055), (x, 0.02, h - 0.025), (x, 0.012, h - 0.004), (x, -0.012, h - 0.004)]
        parts.append(Part("hanger", tube(fillet(hook, 0.012, 1), 0.0022, 4), look.metal))
        parts.append(Part("garment", _garment(rng, d, h).moved(x), fabric(colors[int(rng.integers(len(colors)))])))
    solid = [
        Box((-w / 2, -0.05, h - 0.03), (w / 2, 0.05, h)),
        *(Box((min(x, x + s), -d / 2, 0.0), (max(x, x + s), d / 2, h)) for x, s in ((-w / 2, 0.03), (w / 2, -0.03))),
    ]
    if count:
        solid.append(Box((-room / 2 - 0.04, -0.2, max(h - 1.05, 0.3)), (room / 2 + 0.04, 0.2, h - 0.04)))
    return build("clothes rack", "Clothes rack", parts, solid, clearance=0.7)


def _garment(rng: np.random.Generator, depth: float, rail: float):
    """A shirt, jacket or dress seen along the rail: shoulders, waist and hem, as thin as it hangs."""
    half = min(float(rng.uniform(0.19, 0.23)), depth / 2 - 0.004)
    length = min(float(rng.uniform(0.55, 0.95)), rail - 0.4)
    thick = float(rng.uniform(0.016, 0.024))
    top = rail - 0.085
    stations = [
        (0.05, 0.0, 0.35),
        (0.34, 0.02, 0.7),
        (0.96, 0.075, 0.9),
        (1.0, 0.12, 1.0),
        (0.88, 0.35, 1.0),
        (0.84, 0.6, 1.15),
        (0.95, 0.97, 1.3),
        (0.93, 1.0, 1.0),
    ]
    angle = 2 * np.pi * np.arange(10) / 10
    phase = rng.uniform(0, 6.28)
    rings = []
    for share, down, fat in stations:
        y, x = half * share * np.cos(angle), thick * fat * np.sin(angle)
        wave = 0.35 * thick * down * np.sin(4 * angle + phase)
        rings.append(np.column_stack([x + wave, y, np.full(10, top - down * length)]))
    return loft(np.array(rings))
