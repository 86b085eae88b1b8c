"""An afro: a round, closed cap with small painted curls standing all over it."""

from __future__ import annotations

import numpy as np

from ...scene import SRGB, Material, Texture
from ..fabric import opaque, to_srgb
from .cards import CAP_STRIP, GREY, SIZE, STRIPS, Strands, cap
from .groom import Groom

LIFT = 0.046  # metres over an adult's scalp at the usual volume
CURLS, HALF = 3200, 0.0088  # cards of curls, and half their side in metres
CELL = SIZE // STRIPS  # pixels: a picture of curls on each of the squares of the first strips


def afro(groom: Groom) -> list[Strands]:
    """The cap, and over it the curls (none of them when the budget is low)."""
    height = LIFT * groom.volume * (0.65 + 0.7 * groom.brief.hair_length)
    closed = cap(groom, height, sculpted=0.4)
    return [closed] if groom.low else [closed, _curls(groom, height * groom.size)]


def _curls(groom: Groom, height: float) -> Strands:
    """Squares of curls around the surface of the cap, turned and tilted at random, lit as one round volume."""
    rng = groom.rng
    root, normal, density = groom.roots(CURLS, groom.scalp)
    grown = np.clip((density - 0.3) / 0.7, 0, 1)
    middle = groom.under_hat(root + (height * grown + rng.uniform(-0.004, 0.005, CURLS) * groom.size)[:, None] * normal)
    seen = ~groom.hatted(middle)
    middle, normal, grown = middle[seen], normal[seen], grown[seen]
    count = len(middle)
    first = np.cross(normal, rng.standard_normal((count, 3)))
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    tilt = rng.uniform(-1.1, 1.1, count)[:, None]
    second = np.cos(tilt) * np.cross(normal, first) + np.sin(tilt) * normal
    half = (HALF * groom.size * (0.45 + 0.55 * grown) * rng.uniform(0.8, 1.2, count))[:, None]
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
    corners = [middle + half * (s * first + t * second) for s, t in signs]
    cell = rng.integers(0, CAP_STRIP * STRIPS, count)
    low = np.stack([cell % CAP_STRIP, cell // CAP_STRIP], axis=1)[:, None]
    uvs = ((low + 0.5 + 0.48 * signs) / STRIPS).astype(np.float32)
    lit = np.repeat(normal, 4, axis=0) + 0.25 * rng.standard_normal((4 * count, 3))
    lit /= np.linalg.norm(lit, axis=1, keepdims=True)
    quads = np.arange(4 * count, dtype=np.int32).reshape(-1, 4)
    return Strands(np.stack(corners, axis=1).reshape(-1, 3).astype(np.float32), quads, uvs, lit.astype(np.float32))


def coils(groom: Groom) -> Material:
    """The picture of an afro: clouds of small rings with gaps at their rims, and a strip filled with rings for the cap."""
    rng, brief = groom.rng, groom.brief
    base = np.array(brief.hair_color, np.float32)
    tone, grey, alpha = np.full((SIZE, SIZE), 0.78, np.float32), np.zeros((SIZE, SIZE), bool), np.zeros((SIZE, SIZE), np.uint8)
    alpha[: int(0.94 * SIZE), CAP_STRIP * CELL :] = 255

    def ring(x: float, y: float, radius: float, thick: int, limits: tuple[int, int]) -> None:
        turn = np.arange(0, rng.uniform(3.5, 6.3), 0.6 / radius)
        reach = radius * (1 + 0.12 * np.sin(2 * turn + x)) - 0.12 * radius * turn / 3
        shade, gray = rng.uniform(0.75, 1.25), rng.random() < brief.greying
        for k in range(thick):
            column = np.clip(x + (reach + k) * np.cos(turn), limits[0] + 1, limits[1] - 2).astype(int)
            row = np.clip(y + (reach + k) * np.sin(turn), 1, SIZE - 2).astype(int)
            alpha[row, column], tone[row, column], grey[row, column] = 255, shade * (0.85 + 0.1 * k), gray

    for strip in range(CAP_STRIP):
        for cell in range(STRIPS):
            for _ in range(44):
                across, down = np.clip(rng.normal(0, 19, 2), -36, 36) + CELL / 2
                limits = (strip * CELL, (strip + 1) * CELL)
                ring(strip * CELL + across, cell * CELL + down, rng.uniform(9, 20), 3, limits)
    for _ in range(1400):
        across, down = rng.uniform(0, CELL), rng.uniform(0, SIZE)
        ring(CAP_STRIP * CELL + across, down, rng.uniform(3, 6), 2, (CAP_STRIP * CELL, SIZE))
    picture = (base + (GREY - base) * grey[..., None]) * tone[..., None]
    pixels = np.dstack([to_srgb(np.clip(picture, 0, 1)), alpha])
    texture = Texture("Hair colour", pixels, SRGB)
    color = opaque(base)
    return Material("Hair", base_color=color, roughness=0.85, alpha_clip=True, double_sided=True, base_color_texture=texture)
