"""A counter for a reception, a shop or a bar: a panelled front, a raised shelf for visitors, a desk behind."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ..materials import glow, lacquer
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class ReceptionCounterBrief(PropBrief):
    """A counter; visitors stand at its front (-Y), staff behind it (+Y)."""

    width: float = number(2.2, 1.0, 4.0, unit="m", help="Left to right")
    depth: float = number(0.8, 0.5, 1.0, unit="m", help="Front to back")
    height: float = number(1.1, 0.9, 1.25, unit="m", help="Floor to the visitors' shelf")
    front: str = choice("slats", ("slats", "panel", "accent"), help="Upright battens, plain panels, or panels in the accent colour")
    light: bool = flag(True, help="A lit line under the shelf")
    top: str = choice("white", ("white", "wood", "stone"), help="What the shelf is made of")


def reception_counter(brief: ReceptionCounterBrief) -> Prop:
    """The counter of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    stone = {"white": lacquer("#eceae6", 0.2), "wood": look.top, "stone": lacquer("#403f3e", 0.2)}[brief.top]
    y, desk, t = -d / 2 + 0.05, min(0.74, h - 0.2), 0.03
    wall = y + 0.05
    parts = [
        Part(
            "front",
            box((-w / 2 + 0.02, y + 0.014, 0.08), (w / 2 - 0.02, wall, h - 0.04), 0.002, grain=0),
            look.accent_board if brief.front == "accent" else look.wood,
        ),
        Part("plinth", box((-w / 2 + 0.04, y + 0.03, 0.0), (w / 2 - 0.04, wall, 0.08), 0.0), look.plastic),
        Part("top", box((-w / 2, -d / 2, h - 0.04), (w / 2, -d / 2 + 0.34, h), 0.004, grain=0), stone),
        Part("desk", box((-w / 2 + 0.02 + t, wall, desk - t), (w / 2 - 0.02 - t, d / 2, desk), 0.003, grain=0), look.board),
    ]
    for x in (-w / 2 + 0.02, w / 2 - 0.02 - t):
        parts.append(Part("side", box((x, wall, 0.0), (x + t, d / 2 - 0.01, desk), 0.002, grain=2), look.wood))
        parts.append(Part("side", box((x, wall, desk), (x + t, -d / 2 + 0.32, h - 0.04), 0.002, grain=2), look.wood))
    if brief.front == "slats":
        count = max(int((w - 0.06) / 0.06), 4)
        for k in range(count):
            x = -w / 2 + 0.03 + (w - 0.06) * (k + 0.5) / count
            parts.append(Part("slat", box((x - 0.017, y, 0.085), (x + 0.017, y + 0.014, h - 0.06), 0.002, grain=2), look.wood))
    else:
        count = max(round(w / 0.75), 1)
        for k in range(count):
            x0, x1 = -w / 2 + 0.02 + (w - 0.04) * k / count, -w / 2 + 0.02 + (w - 0.04) * (k + 1) / count
            panel = box((x0 + 0.003, y, 0.09), (x1 - 0.003, y + 0.014, h - 0.06), 0.003, grain=2)
            parts.append(Part("panel", panel, look.accent_board if brief.front == "accent" else look.board))
    if brief.light:
        line = box((-w / 2 + 0.03, -d / 2 + 0.02, h - 0.052), (w / 2 - 0.03, -d / 2 + 0.036, h - 0.04), 0.002)
        parts.append(Part("lamp", line, glow("#fff0d8", 4.0)))
    parts.append(Part("shelf", board((-w / 2 + 0.02 + t, wall, 0.35), (w / 2 - 0.02 - t, wall + 0.25, 0.37)), look.board))
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, -d / 2 + 0.34, h)), Box((-w / 2 + 0.02, wall, 0.0), (w / 2 - 0.02, d / 2, desk))]
    surfaces = [Surface((-w / 2 + 0.03, -d / 2 + 0.02), (w / 2 - 0.03, -d / 2 + 0.32), h)]
    if d / 2 - 0.02 - (-d / 2 + 0.36) > 0.1:
        surfaces.append(Surface((-w / 2 + 0.08, -d / 2 + 0.36), (w / 2 - 0.08, d / 2 - 0.02), desk))
    return build("counter", "Counter", parts, solid, surfaces=surfaces, clearance=0.9)
