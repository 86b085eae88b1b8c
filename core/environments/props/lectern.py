"""A lectern: a panelled body, a sloping reading top with a ledge, a shelf behind, and a microphone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, lathe, tube
from .prop import Prop, PropBrief, build


@dataclass
class LecternBrief(PropBrief):
    """A lectern; the speaker stands behind it (+Y) and looks along -Y at the audience."""

    width: float = number(0.6, 0.45, 0.9, unit="m", help="Left to right")
    depth: float = number(0.5, 0.4, 0.7, unit="m", help="Front to back")
    height: float = number(1.2, 1.0, 1.4, unit="m", help="Floor to the highest point")
    microphone: bool = flag(True, help="With a microphone on a goose neck")


def lectern(brief: LecternBrief) -> Prop:
    """The lectern of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    desk = h - (0.13 if brief.microphone else 0.005)
    slope, t = 0.26, 0.022
    low = desk - (d - 0.02) * np.tan(slope)
    x, front, rear = w / 2 - 0.05, -d / 2 + 0.05, d / 2 - 0.09
    parts = [Part("base", box((-w / 2 + 0.01, -d / 2 + 0.01, 0.0), (w / 2 - 0.01, d / 2 - 0.03, 0.05), 0.004), look.plastic)]

    def under(v: np.ndarray) -> np.ndarray:  # the sides' upper edges follow the slope
        top = v[:, 2] > 0.5
        v[top, 2] -= (v[top, 1] + d / 2) * np.tan(slope)
        return v

    height = desk - t / np.cos(slope) - 0.004
    for side in (-1, 1):
        a, b = sorted((side * x, side * (x - 0.02)))
        parts.append(Part("side", box((a, front, 0.05), (b, rear, height), 0.0015, grain=2).shaped(under), look.wood))
    panel = box((-x + 0.02, front, 0.05), (x - 0.02, front + 0.018, height - 0.06), 0.0015, grain=2)
    parts.append(Part("front", panel, look.wood))
    parts.append(Part("front", board((-x + 0.09, front - 0.012, 0.28), (x - 0.09, front, height - 0.2)), look.accent_board))
    for z in (0.42, low - 0.14):
        parts.append(Part("shelf", board((-x + 0.02, front + 0.018, z), (x - 0.02, rear - 0.01, z + 0.018)), look.wood))
    length = (d - 0.012) / np.cos(slope) - t * np.sin(slope)
    top = box((-w / 2, 0.0, -t), (w / 2, length, 0.0), 0.003).turned("x", -slope).moved(0.0, -d / 2 + 0.001, desk - 0.003)
    shift = -d / 2 - top.vertices[:, 1].min()
    ledge = (
        box((-w / 2 + 0.03, length - 0.016, 0.0), (w / 2 - 0.03, length, 0.02), 0.002)
        .turned("x", -slope)
        .moved(0.0, -d / 2 + 0.001, desk - 0.003)
    )
    parts += [Part("top", top.moved(y=shift), look.top), Part("ledge", ledge.moved(y=shift), look.trim)]
    if brief.microphone:
        y, z = -d / 2 + 0.06, desk - 0.06 * np.tan(slope)
        path = fillet([(0.0, y, z - 0.01), (0.0, y, h - 0.035), (0.0, y + 0.10, h - 0.016)], 0.06, 5)
        parts.append(Part("microphone", tube(path, 0.004, 8), look.plastic))
        parts.append(Part("microphone", cylinder(0.022, z - 0.012, z + 0.008, 0.003, 16).moved(0.0, y), look.plastic))
        head = lathe([(0.0, 0.0), (0.007, 0.002), (0.0125, 0.014), (0.0125, 0.035), (0.007, 0.045), (0.0, 0.047)], 14)
        parts.append(Part("microphone", head.turned("x", -1.4).moved(0.0, y + 0.085, h - 0.02), look.plastic))
    return build("lectern", "Lectern", parts, clearance=0.8)
