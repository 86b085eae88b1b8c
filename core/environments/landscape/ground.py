"""What the ground is made of, by slope, height, damp and chance; and its colour, baked for every chunk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...errors import WorldwrightError
from ...geometry.shape import Finish
from ...scene import SRGB, Texture
from ..materials import ground
from ..materials.color import encoded, linear
from ..materials.painting import step
from .brief import LandscapeBrief
from .heights import fractal
from .water import Water

LAYERS = ("grass", "earth", "forest", "rock", "sand", "snow", "gravel")
CODES = {"summer": "#5f7537", "autumn": "#877a3b", "winter": "#7c7a58", "spring": "#6a8a3a"}


@dataclass
class Cover:
    """``weights`` (N, N, L) float32 of ``LAYERS``, rows sum to 1; ``slope`` (N, N) rise over run; ``noise`` (N, N)."""

    weights: np.ndarray
    slope: np.ndarray
    noise: np.ndarray


def lay_cover(heights: np.ndarray, brief: LandscapeBrief, water: Water, rng: np.random.Generator) -> Cover:
    """The cover of a terrain."""
    size, cell = len(heights), brief.size / len(heights)
    north, east = np.gradient(heights, cell)
    slope = np.hypot(north, east)
    noise = fractal(rng, size, 6, 8, 0.6)
    noise = noise / noise.std()
    low, high = float(heights.min()), float(heights.max())
    tall = max(high - low, 1.0)
    rise = (heights - (low if water.level is None else water.level)) / tall
    weights = np.zeros((size, size, len(LAYERS)), np.float32)
    desert = brief.kind == "desert"
    weights[..., 4 if desert else 0] = 1.0

    def lay(layer: str, mask: np.ndarray) -> None:
        mask = np.clip(mask, 0, 1).astype(np.float32)[..., None]
        weights[...] *= 1 - mask
        weights[..., LAYERS.index(layer)] += mask[..., 0]

    if not desert:
        lay("earth", 0.7 * step(0.6, 1.6, noise) * step(0.1, 0.35, slope + 0.05 * noise))
        wooded = step(-0.9, 0.3, np.roll(noise, size // 3, 0) + 2.4 * (brief.density - 0.55)) * (1 - step(0.5, 0.75, slope))
        lay("forest", wooded * (0.85 if brief.trees != "none" and brief.plants > 200 else 0.0))
    else:
        lay("gravel", 0.6 * step(0.9, 1.7, noise) * (1 - step(0.25, 0.4, slope)))
    lay("gravel", 0.75 * step(0.42, 0.6, slope + 0.05 * noise) * (1 - step(0.6, 0.9, slope)))
    lay("rock", step(0.58, 0.82, slope + 0.07 * noise))
    if water.level is not None or water.river is not None:
        shore = heights - (water.level if water.level is not None else -1e9)
        band = 0.012 * brief.size * (1.6 if brief.kind == "coast" else 0.35) ** 0.8
        if water.level is not None:
            lay("sand" if brief.kind == "coast" else "gravel", 1 - step(0.25 * band, band * 0.6, shore + 0.12 * band * noise))
    if brief.season == "winter" or brief.weather == "snow":
        lay("snow", (1 - step(0.6, 1.0, slope)) * (0.93 if water.level is None else step(0.0, 0.02, rise)))
    elif brief.kind in ("mountains", "lake") and tall > 60:
        line = 0.72 - 0.25 * (brief.relief - 0.5)
        lay("snow", step(line, line + 0.1, rise + 0.035 * noise) * (1 - step(0.75, 1.15, slope)))
    return Cover(weights, slope.astype(np.float32), noise)


def _meadow(brief: LandscapeBrief) -> str:
    """The colour of grassy ground. Raises WorldwrightError for what is no colour."""
    code = brief.meadow.strip().lower()
    if code and not re.fullmatch("#[0-9a-f]{6}", code):
        raise WorldwrightError(f"“{code}” is no colour of the ground.", "Write it as #5f7537.")
    return code or CODES[brief.season]


def finish_of(layer: str, brief: LandscapeBrief) -> Finish:
    """The tileable finish of a layer."""
    finishes: dict[str, Callable[[], Finish]] = {
        "grass": lambda: ground.grass(_meadow(brief)), "earth": ground.earth, "forest": ground.forest_floor,
        "rock": lambda: ground.rock("#a0714d" if brief.kind == "desert" else "#857d73"),
        "sand": lambda: ground.sand("#c99a62" if brief.kind == "desert" else "#cdb48a"), "snow": ground.snow,
        "gravel": ground.gravel,
    }  # fmt: skip
    return finishes[layer]()


def bake(
    cover: Cover, brief: LandscapeBrief, origin: tuple[float, float], across: float, pixels: int, name: str,
    wet_below: float | None, heights: np.ndarray,
) -> Texture:  # fmt: skip
    """(pixels, pixels) base colour of the square of ``across`` metres whose south-west corner is ``origin``.

    Every layer's tile is read at its own scale and again, rotated and larger, so that repeats do not show; layers meet along
    their own relief, not in a fade. Neighbouring squares agree, because everything follows from the place in the world.
    """
    size, cell = len(heights), brief.size / len(heights)
    place = (np.arange(pixels) + 0.5) / pixels * across
    east, north = place + origin[0], place + origin[1]
    x, y = np.meshgrid(east, north, indexing="xy")
    column = np.clip((east + brief.size / 2) / cell - 0.5, 0, size - 1.001).astype(np.float32)
    row = np.clip((north + brief.size / 2) / cell - 0.5, 0, size - 1.001).astype(np.float32)
    near = _read(cover.weights, row, column)
    total = np.zeros((pixels, pixels, 3), np.float32)
    mass = np.full((pixels, pixels, 1), 1e-6, np.float32)
    for k, layer in enumerate(LAYERS):
        weight = near[..., k]
        if float(weight.max()) < 0.02:
            continue
        finish = finish_of(layer, brief)
        one = _tile(finish, east[None], north[:, None])
        two = _tile(finish, 0.31 * x + 0.19 * y, 0.31 * y - 0.19 * x)
        color = 0.62 * one + 0.38 * two
        bump = color.mean(axis=-1) / max(float(color.mean()), 1e-3) - 1.0
        sharp = np.clip(weight * (1 + 0.9 * bump), 0, None) ** 1.6
        total += color * sharp[..., None]
        mass += sharp[..., None]
    color = total / mass
    color *= (1.0 + 0.09 * _read(cover.noise[..., None], row, column)).clip(0.6, 1.4)
    if wet_below is not None:
        high = _read(heights[..., None], row, column)[..., 0]
        color *= (1 - 0.45 * (1 - step(wet_below + 0.1, wet_below + 0.9, high)))[..., None]
    table = (encoded(np.linspace(0, 1, 4096)) * 255 + 0.5).astype(np.uint8)
    picture = table[np.clip(color[::-1] * 4095, 0, 4095).astype(np.int32)]
    return Texture(f"{name} color", np.ascontiguousarray(picture), SRGB)


_LINEAR = linear(np.arange(256) / 255.0).astype(np.float32)


def _tile(finish, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Linear colours of a finish at places in the world."""
    pixels = finish.material.base_color_texture.pixels
    size = len(pixels)
    column = np.floor(x / finish.tile * size).astype(np.int32) % size
    row = np.floor(-y / finish.tile * size).astype(np.int32) % size
    return _LINEAR[pixels[row, column, :3]]


def _read(field: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """(P, Q, C) bilinear reading of (N, N, C) at fractional rows (P,) and columns (Q,): along the rows first, then across."""
    i, j = row.astype(np.int32), column.astype(np.int32)
    fi, fj = (row - i)[:, None, None], (column - j)[None, :, None]
    first, last = int(i.min()), min(int(i.max()) + 2, len(field))
    band = field[first:last]
    band = band[:, j] * (1 - fj) + band[:, np.minimum(j + 1, len(field) - 1)] * fj
    return band[i - first] * (1 - fi) + band[np.minimum(i + 1, len(field) - 1) - first] * fi
