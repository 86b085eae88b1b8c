"""A bunk bed with a ladder and guard rails."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from .bedding import bedstead, mattress, pillows
from .joinery import square_legs
from .prop import Box, Prop, PropBrief, build

POST = 0.06


@dataclass
class BunkBedBrief(PropBrief):
    """A bunk bed; its head (+Y) goes to the wall, the ladder is at its right side (+X)."""

    width: float = number(1.05, 0.85, 1.3, unit="m", help="Left to right, with the ladder")
    depth: float = number(2.1, 1.8, 2.3, unit="m", help="Foot to head")
    height: float = number(1.75, 1.5, 2.0, unit="m", help="Floor to the posts' tops")
    cover: str = choice("accent", ("accent", "fabric"), help="Colour of the covers")


def bunk_bed(brief: BunkBedBrief) -> Prop:
    """The bunk bed of a brief."""
    look, d, h = brief.look, brief.depth, brief.height
    ladder = 0.05
    w = brief.width - ladder
    cover = look.accent if brief.cover == "accent" else look.fabric
    wood = look.wood
    rng = np.random.default_rng(brief.seed)
    front, rear, inner = -d / 2, d / 2, w / 2 - POST
    parts = square_legs(w / 2, d / 2, POST, h, wood)
    decks = (0.3, h - 0.5)
    for deck in decks:
        frame = bedstead(2 * inner + 0.04, front + POST - 0.02, rear - POST + 0.02, deck - 0.08, deck, wood)
        parts += frame
        parts.append(mattress(2 * inner - 0.03, front + POST + 0.015, rear - POST - 0.015, deck, deck + 0.16))
        quilt = mattress(2 * inner - 0.012, front + POST + 0.01, rear - POST - 0.55, deck + 0.06, deck + 0.19)
        parts.append(Part("cover", quilt.shape, cover))
        parts += pillows(1, 2 * inner, rear - POST - 0.01, deck + 0.15, rng)
    for y in (front + 0.01, rear - 0.03):  # boards at head and foot
        for z in (decks[0] + 0.14, decks[0] + 0.3, decks[1] + 0.14, h - 0.16):
            parts.append(Part("board", board((-inner, y, z), (inner, y + 0.02, z + 0.1)), wood))
    for x, start in ((-w / 2 + 0.01, front + POST), (w / 2 - 0.03, front + 0.62)):
        for z in (decks[1] + 0.22, decks[1] + 0.36):
            parts.append(Part("guard", box((x, start, z), (x + 0.02, rear - POST, z + 0.08), 0.002, grain=1), wood))
    parts.append(
        Part(
            "guard", box((w / 2 - 0.03, front + 0.56, decks[1] + 0.03), (w / 2 - 0.005, front + 0.62, decks[1] + 0.44), 0.002), wood
        )
    )
    for y in (front + POST + 0.06, front + 0.5):
        parts.append(Part("ladder", box((w / 2, y, 0.0), (w / 2 + ladder - 0.01, y + 0.035, decks[1] + 0.3), 0.003, grain=2), wood))
    for k in range(5):
        z = 0.22 + k * (decks[1] - 0.2) / 4.5
        parts.append(
            Part(
                "ladder",
                box((w / 2 + 0.004, front + POST + 0.095, z), (w / 2 + ladder - 0.014, front + 0.5, z + 0.025), 0.003),
                wood,
            )
        )
    parts = [Part(p.name, p.shape.moved(-ladder / 2 + 0.005), p.finish) for p in parts]
    half = brief.width / 2
    solid = [Box((-half, front, deck - 0.1), (half, rear, deck + 0.19)) for deck in decks]
    solid += [Box((-half, y, 0.0), (half, y + POST, h)) for y in (front, rear - POST)]
    return build("bunk bed", "Bunk bed", parts, solid, clearance=0.5)
