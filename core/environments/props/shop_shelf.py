"""A shop shelf: a steel gondola or wall unit with sloping price rails and goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number, whole
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ..materials import paper
from .goods import rows_of_goods
from .prop import Prop, PropBrief, Surface, build


@dataclass
class ShopShelfBrief(PropBrief):
    """A shop shelf; one serves oneself at its front (-Y), its back (+Y) goes to a wall or to another shelf."""

    width: float = number(1.0, 0.6, 2.0, unit="m", help="Left to right")
    depth: float = number(0.47, 0.3, 0.7, unit="m", help="Front to back")
    height: float = number(1.6, 0.9, 2.3, unit="m", help="Floor to top")
    shelves: int = whole(4, 2, 7, help="How many shelves over the base")
    goods: bool = flag(True, help="Filled with goods, as the seed has it")


def shop_shelf(brief: ShopShelfBrief) -> Prop:
    """The shelf of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    metal = look.frame
    parts = [
        Part("back", box((-w / 2 + 0.015, d / 2 - 0.03, 0.02), (w / 2 - 0.015, d / 2 - 0.01, h - 0.01), 0.001, grain=2), look.board)
    ]
    parts += [
        Part("post", box((x, d / 2 - 0.04, 0.0), (x + 0.03, d / 2, h), 0.002, grain=2), metal) for x in (-w / 2, w / 2 - 0.03)
    ]
    parts.append(Part("plinth", board((-w / 2 + 0.004, -d / 2 + 0.03, 0.0), (w / 2 - 0.004, -d / 2 + 0.045, 0.13)), look.plastic))
    rng = np.random.default_rng(brief.seed)
    surfaces = []
    step = (h - 0.15) / (brief.shelves + 1)
    for k in range(brief.shelves + 1):
        z = 0.15 + k * step
        front = -d / 2 if k == 0 else -d / 2 + 0.08
        parts.append(
            Part("shelf", box((-w / 2 + 0.004, front, z - 0.022), (w / 2 - 0.004, d / 2 - 0.03, z), 0.002, grain=0), metal)
        )
        rail = box((-w / 2 + 0.006, front - 0.004 if k else front, z - 0.03), (w / 2 - 0.006, front + 0.004, z + 0.006), 0.001)
        parts.append(Part("price rail", rail, look.accent_board))
        for j in range(max(int(w / 0.22), 1)):
            x = -w / 2 + (j + 0.5) * w / max(int(w / 0.22), 1)
            y = front - 0.0055 if k else front - 0.0008
            parts.append(Part("price tag", box((x - 0.03, y, z - 0.025), (x + 0.03, y + 0.0012, z + 0.003), 0.0), paper()))
        if k:
            for x in (-w / 2 + 0.008, w / 2 - 0.012):
                parts.append(Part("bracket", box((x, front + 0.05, z - 0.06), (x + 0.004, d / 2 - 0.03, z - 0.022), 0.0), metal))
        surfaces.append(Surface((-w / 2 + 0.02, front + 0.01), (w / 2 - 0.02, d / 2 - 0.035), z, step - 0.03))
        if brief.goods:
            room, deep = min(step - 0.05, 0.34), d / 2 - 0.05 - front
            parts += rows_of_goods(-w / 2 + 0.012, w / 2 - 0.012, front + 0.012, deep, z, room, look.shades, rng)
    parts = [
        Part(p.name, p.shape.shaped(lambda v: np.column_stack([v[:, 0], np.maximum(v[:, 1], -d / 2), v[:, 2]])), p.finish)
        for p in parts
    ]
    return build("shop shelf", "Shop shelf", parts, surfaces=[] if brief.goods else surfaces, clearance=0.9)
