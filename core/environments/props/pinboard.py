"""A cork board with pinned notes and pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number, whole
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import cork, paper, plastic
from ..materials.pictures import ART, art_print, printed_page
from .prop import WALL, Prop, PropBrief, build


@dataclass
class PinboardBrief(PropBrief):
    """A pin board; its back (+Y) is on the wall."""

    width: float = number(1.2, 0.4, 2.4, unit="m", help="Left to right")
    depth: float = number(0.035, 0.03, 0.06, unit="m", help="From the wall to the pins' heads")
    height: float = number(0.9, 0.3, 1.5, unit="m", help="Lower to upper edge")
    notes: int = whole(7, 0, 14, help="How many sheets are pinned to it")


def pinboard(brief: PinboardBrief) -> Prop:
    """The board of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    back, rim, y = d / 2, 0.022, d / 2 - 0.02
    parts = [Part("board", box((-w / 2 + rim, y + 0.005, rim), (w / 2 - rim, back, h - rim), 0.0), cork())]
    for x in (-w / 2, w / 2 - rim):
        parts.append(Part("frame", box((x, y, 0.0), (x + rim, back, h), 0.003), look.trim))
    for z in (0.0, h - rim):
        parts.append(Part("frame", box((-w / 2 + rim, y, z), (w / 2 - rim, back, z + rim), 0.003), look.trim))
    rng = np.random.default_rng(brief.seed)
    pin = lathe([(0.0, 0.0), (0.0015, 0.0), (0.0015, 0.004), (0.0045, 0.006), (0.0045, 0.0095), (0.003, 0.011), (0.0, 0.011)], 8)
    pin = pin.turned("x", np.pi / 2)
    columns = max(1, min(brief.notes, int((w - 0.1) / 0.23)))
    rows = max(1, int((h - 0.1) / 0.3))
    cells = rng.permutation(columns * rows)[: brief.notes]
    for cell in cells:
        row, column = divmod(int(cell), columns)
        x = -w / 2 + 0.05 + (column + 0.5) * (w - 0.1) / columns + rng.uniform(-0.012, 0.012)
        z = 0.05 + (row + 0.5) * (h - 0.1) / rows + rng.uniform(-0.02, 0.02)
        kind = int(rng.integers(4))
        wide, high = ((0.15, 0.212), (0.09, 0.09), (0.15, 0.1), (0.105, 0.148))[kind]
        wide, high = min(wide, 0.85 * (w - 0.1) / columns), min(high, 0.85 * (h - 0.1) / rows)
        finish = (
            printed_page(int(rng.integers(3))), paper(("#f3de7a", "#f0a9b6", "#a8d8c0")[int(rng.integers(3))]),
            art_print(ART[int(rng.integers(len(ART)))], look.shades, int(rng.integers(3)), 1.5), printed_page(int(rng.integers(3))),
        )[kind]  # fmt: skip
        lift = y + 0.005 - 0.0012 * (1 + int(rng.integers(3)))
        sheet = picture((-wide / 2, -0.0004, -high / 2), (wide / 2, 0.0004, high / 2)).turned("y", rng.uniform(-0.07, 0.07))
        parts.append(Part("note", sheet.moved(x, lift, z), finish, aligned=True))
        color = look.shades[int(rng.integers(len(look.shades)))]
        parts.append(Part("pin", pin.moved(x, lift - 0.0004, z + 0.4 * high), plastic(color)))
    return build("board", "Pinboard", parts, clearance=0.6, mount=WALL)
