"""Teeth: one painted strip for each jaw, a tooth to a quad; u runs along the arch, v from the outer gum to the inner."""

from __future__ import annotations

import numpy as np

from ..scene import Material, Texture

WIDTH, HEIGHT, COUNT = 512, 128, 16
ENAMEL, ROOT, GAP, GUM = (232, 222, 200), (214, 192, 158), (150, 112, 92), (176, 92, 88)  # sRGB


def paint_teeth(rng: np.random.Generator) -> Material:
    """The material of both rows of teeth: warmer towards the root, dark in between, a scalloped gum line."""
    halves = [_row(rng), _row(rng)]
    pixels = np.clip(np.concatenate(halves), 0, 255).astype(np.uint8)
    return Material("Teeth", roughness=0.22, subsurface=0.08, base_color_texture=Texture("Teeth", pixels))


def _row(rng: np.random.Generator) -> np.ndarray:
    """(HEIGHT / 2, WIDTH, 3) float: one jaw; the last row is the outer gum."""
    v = np.linspace(1, 0, HEIGHT // 2)[:, None, None]  # 0 at the outer gum, 1/3 at the edge, 1 at the inner gum
    place = np.arange(WIDTH)[None, :, None] / WIDTH * COUNT
    across = np.abs(place % 1 - 0.5) * 2  # 0 in the middle of a tooth, 1 between two
    shade = 1 + 0.05 * rng.standard_normal(COUNT)[(place.astype(int)) % COUNT]
    front = np.clip(v * 3, 0, 1)
    color = np.array(ROOT) + (np.array(ENAMEL) - np.array(ROOT)) * np.clip(front * 1.6, 0, 1)
    color = color * shade
    gap = np.clip((across - 0.90 - 0.06 * (1 - front)) / 0.08, 0, 1)
    color = color + (np.array(GAP) - color) * gap * 0.8
    gum = np.clip((0.10 + 0.10 * across**2 - v) / 0.03, 0, 1) + np.clip((v - 0.9) / 0.03, 0, 1)
    return color + (np.array(GUM) - color) * np.clip(gum, 0, 1)
