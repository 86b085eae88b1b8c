"""Eyelashes: a strip of painted hairs with alpha, upper lashes in the upper half of the texture, lower ones below."""

from __future__ import annotations

import numpy as np

from ..scene import Material, Texture
from .brief import CharacterBrief

WIDTH, HEIGHT = 512, 128
UPPER_COUNT, LOWER_COUNT = 95, 55


def paint_lashes(brief: CharacterBrief, rng: np.random.Generator) -> Material:
    """The material of the lash strips: hairs darker than those of the head, drawn as curves that thin out to their tips."""
    alpha = np.zeros((HEIGHT, WIDTH))
    half = HEIGHT // 2
    # Texture rows run downwards and the hairs upwards from v = 0, at the bottom of each half.
    _draw(alpha[:half], rng, UPPER_COUNT, (0.6, 1.0), 3.4)
    _draw(alpha[half:], rng, LOWER_COUNT, (0.3, 0.6), 2.2)
    dark = np.clip(np.array(brief.hair_color) * 0.35, 0.004, 0.05)
    srgb = np.round(
        255 * 12.92 * np.minimum(dark, 0.0031308) + 255 * np.where(dark > 0.0031308, 1.055 * dark ** (1 / 2.4) - 0.055 - 0.0404, 0)
    )
    pixels = np.empty((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., :3] = np.clip(srgb, 0, 255).astype(np.uint8)
    pixels[..., 3] = np.round(255 * np.clip(alpha, 0, 1)).astype(np.uint8)
    return Material("Lashes", roughness=0.6, alpha_clip=True, double_sided=True, base_color_texture=Texture("Lashes", pixels))


def _draw(target: np.ndarray, rng: np.random.Generator, count: int, lengths: tuple[float, float], thickness: float) -> None:
    """Adds ``count`` hairs to ``target`` (rows, columns), rooted along its last row; thicker at the root, in pixels."""
    rows, columns = target.shape
    along = np.linspace(0, 1, rows)[:, None]  # from the root upwards
    x = np.arange(columns)[None, :]
    place = (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count
    # Hairs fan out: leaning to the nose at the inner corner, to the temple at the outer.
    lean = (place - 0.4) * 0.9 * rows + rng.normal(0, 0.06 * rows, count)
    length = rng.uniform(*lengths, count) * np.sqrt(np.clip(4.2 * place * (1.06 - place), 0.05, 1))
    for start, side, reach in zip(place * columns, lean, length, strict=True):
        share = along / reach
        centre = start + side * reach * share**1.6
        half = thickness * (1 - 0.85 * share)
        hair = np.clip(half - np.abs(x - centre) + 0.5, 0, 1) * (share <= 1)
        np.maximum(target, hair[::-1], out=target)
    target[rows - round(0.07 * rows) :] = 1.0  # roots close up into a line along the lid
