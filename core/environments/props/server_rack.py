"""A server rack: a cabinet with servers, switches with cables, and status lamps behind a perforated door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import fillet, tube
from ..materials import glass, glow, plastic
from .prop import Prop, PropBrief, build

UNIT = 0.04445  # the height of one rack unit (IEC 60297)


@dataclass
class ServerRackBrief(PropBrief):
    """A server rack; one works at its front (-Y) and its back."""

    width: float = number(0.6, 0.55, 0.8, unit="m", help="Left to right")
    depth: float = number(1.0, 0.6, 1.2, unit="m", help="Front to back")
    height: float = number(2.0, 0.7, 2.3, unit="m", help="Floor to top")
    fill: float = number(0.75, 0.0, 1.0, help="How many of its slots are taken")
    door: bool = flag(True, help="A glass door")


def server_rack(brief: ServerRackBrief) -> Prop:
    """The rack of a brief; its seed fills the slots."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    black, dark = plastic("#1a1b1d"), plastic("#2c2e31")
    front = -d / 2 + 0.06
    parts = [
        Part("side", box((-w / 2, -d / 2 + 0.025, 0.03), (-w / 2 + 0.02, d / 2, h), 0.003, grain=2), black),
        Part("side", box((w / 2 - 0.02, -d / 2 + 0.025, 0.03), (w / 2, d / 2, h), 0.003, grain=2), black),
        Part("top", box((-w / 2 + 0.02, -d / 2 + 0.025, h - 0.03), (w / 2 - 0.02, d / 2, h), 0.002), black),
        Part("bottom", box((-w / 2 + 0.02, -d / 2 + 0.025, 0.03), (w / 2 - 0.02, d / 2, 0.07), 0.002), black),
        Part("back", box((-w / 2 + 0.02, d / 2 - 0.015, 0.07), (w / 2 - 0.02, d / 2, h - 0.03), 0.0), black),
    ]
    for x in (-w / 2 + 0.04, w / 2 - 0.1):
        parts += [Part("foot", box((x, y, 0.0), (x + 0.06, y + 0.06, 0.03), 0.004), dark) for y in (-d / 2 + 0.06, d / 2 - 0.12)]
    for x in (-w / 2 + 0.02, w / 2 - 0.06):
        parts.append(Part("rail", box((x, front, 0.07), (x + 0.04, front + 0.02, h - 0.03), 0.001, grain=2), dark))
    rng = np.random.default_rng(brief.seed)
    z, half = 0.08, w / 2 - 0.062
    while z + 2 * UNIT < h - 0.04:
        units = int(rng.choice([1, 1, 2, 2, 4]))
        if z + units * UNIT > h - 0.04:
            units = 1
        if rng.random() < brief.fill:
            parts += _device(rng, half, front, d / 2 - 0.12, z, z + units * UNIT - 0.002, units)
        z += units * UNIT
    if brief.door:
        y = -d / 2
        parts.append(
            Part("glass", box((-w / 2 + 0.045, y + 0.008, 0.09), (w / 2 - 0.045, y + 0.012, h - 0.055), 0.0), glass("#8c9296"))
        )
        for x in (-w / 2 + 0.003, w / 2 - 0.046):
            parts.append(Part("door", box((x, y + 0.004, 0.05), (x + 0.043, y + 0.022, h - 0.008), 0.002, grain=2), black))
        for z0, z1 in ((0.05, 0.092), (h - 0.058, h - 0.008)):
            parts.append(Part("door", box((-w / 2 + 0.046, y + 0.004, z0), (w / 2 - 0.046, y + 0.022, z1), 0.002), black))
        parts.append(
            Part("handle", box((w / 2 - 0.034, y, 0.5 * h - 0.09), (w / 2 - 0.014, y + 0.004, 0.5 * h + 0.09), 0.001), look.metal)
        )
    return build("server rack", "Server rack", parts, clearance=0.9)


def _device(rng: np.random.Generator, half: float, front: float, rear: float, low: float, high: float, units: int) -> list[Part]:
    """A server with drive bays, or a switch with sockets and patch cables."""
    face = plastic(str(rng.choice(["#3b3e42", "#26282b", "#8a8e92"])))
    parts = [Part("device", box((-half, front, low), (half, rear, high), 0.001), face)]
    middle = (low + high) / 2
    if units == 1 and rng.random() < 0.5:
        for k in range(6):
            x = -0.7 * half + 1.3 * half * k / 5
            parts.append(
                Part(
                    "socket",
                    box((x - 0.012, front - 0.002, middle - 0.012), (x + 0.012, front, middle + 0.008), 0.0),
                    plastic("#0e0f10"),
                )
            )
            if rng.random() < 0.5:
                end = float(np.clip(x + rng.uniform(-0.08, 0.08), -half, half))
                path = fillet(
                    [(x, front, middle), (x, front - 0.025, middle), (end, front - 0.025, low - 0.05), (end, front, low - 0.06)],
                    0.02,
                    2,
                )
                color = str(rng.choice(["#2f6fb0", "#d9b13c", "#b8433a", "#8c9296"]))
                parts.append(Part("cable", tube(path, 0.003, 5), plastic(color)))
    else:
        bays = 4 if units < 4 else 8
        for k in range(bays):
            x0 = -half + 0.02 + 1.6 * half * k / bays
            bay = box((x0, front - 0.003, low + 0.005), (x0 + 1.6 * half / bays - 0.004, front, high - 0.005), 0.0)
            parts.append(Part("drive", bay, plastic("#17181a")))
    for k in range(2):
        color = ("#4fe07a", "#f0b03c")[int(rng.random() < 0.2)]
        lamp = box(
            (half - 0.03 + 0.012 * k, front - 0.0015, middle - 0.003), (half - 0.024 + 0.012 * k, front, middle + 0.003), 0.0
        )
        parts.append(Part("lamp", lamp, glow(color, 3.0)))
    return parts
