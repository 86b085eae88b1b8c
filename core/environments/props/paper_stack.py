"""Loose sheets and folders in a pile, or in a letter tray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ..materials import paper
from ..materials.pictures import printed_page
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class PaperStackBrief(PropBrief):
    """Papers; the text is read from -Y."""

    width: float = number(0.25, 0.15, 0.4, unit="m", help="Left to right")
    depth: float = number(0.33, 0.22, 0.45, unit="m", help="Front to back")
    height: float = number(0.03, 0.004, 0.15, unit="m", help="Of the pile")
    tray: bool = flag(False, help="In a letter tray")


def paper_stack(brief: PaperStackBrief) -> Prop:
    """The stack of a brief; its seed decides how neat it is."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    rng = np.random.default_rng(brief.seed)
    parts: list[Part] = []
    wall = 0.003 if brief.tray else 0.0
    room = (w - 2 * wall, d - wall)
    sheet = np.array([0.9 * room[0], 0.9 * room[1]])
    z, top = wall, (h if not brief.tray else max(0.5 * h, min(h, 0.012)))
    while z < top - 0.0012:
        thick = min(float(rng.uniform(0.002, 0.009)), top - z)
        if top - z - thick < 0.0013:
            thick = top - z
        slack = (np.array(room) - sheet) / 2 * 0.95
        x, y = rng.uniform(-slack, slack) + (0.0, -wall / 2)
        colored = rng.random() < 0.25 and z + thick < top
        tone = look.shades[int(rng.integers(len(look.shades)))] if colored else ("#f4f2ec", "#eceae3")[int(rng.integers(2))]
        block = box((x - sheet[0] / 2, y - sheet[1] / 2, z), (x + sheet[0] / 2, y + sheet[1] / 2, z + thick - 0.0002), 0.0)
        parts.append(Part("paper", block, paper(tone)))
        z += thick
    page = picture((-sheet[0] / 2, -0.0004, -sheet[1] / 2), (sheet[0] / 2, 0.0, sheet[1] / 2)).turned("x", -np.pi / 2)
    last = parts[-1].shape.vertices
    middle = (last.min(axis=0) + last.max(axis=0)) / 2
    parts.append(Part("paper", page.moved(middle[0], middle[1], top - 0.0004), printed_page(brief.seed % 4), aligned=True))
    if brief.tray:
        x, y = w / 2, d / 2
        walls = (
            ((-x, -y, 0.0), (x, y, wall)),
            ((-x, -y, wall), (-x + wall, y, h)),
            ((x - wall, -y, wall), (x, y, h)),
            ((-x + wall, y - wall, wall), (x - wall, y, h)),
        )
        for low, high in walls:
            parts.append(Part("tray", box(low, high, 0.001), look.plastic))
    return build("book", "Papers", parts, mount=SURFACE)
