"""What houses are made of outside: brick, render, stone, concrete, timber, roof tiles, slates, felt and awnings."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.shape import Finish
from ...scene import SRGB, Material, Texture
from .color import hexadecimal
from .noise import SIZE, band_noise, cells, spectrum_noise
from .painting import blend, courses, painted, scaled, step


def _random(rng: np.random.Generator, number: np.ndarray) -> np.ndarray:
    """A standard normal value for each stone, in every pixel of it."""
    return rng.standard_normal(int(number.max()) + 1)[number].astype(np.float32)


@lru_cache
def _brick_fields() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1100)
    number, edge, _, _ = courses(24, 8, 1.8)
    wobble = 0.0012 * spectrum_noise(rng, 0.9, 12.0)
    face = step(0.003, 0.0075, edge + wobble)
    tone = 0.55 + 0.13 * _random(rng, number) + 0.05 * spectrum_noise(rng, 0.6, 8.0) + 0.05 * spectrum_noise(rng, 1.6, 1.0)
    burnt = (_random(rng, number) > 1.7).astype(np.float32)
    pits = np.clip(band_noise(rng, 120.0) - 1.2, 0, 1)
    height = 0.006 * face - 0.0012 * pits * face + 0.0005 * spectrum_noise(rng, 0.6, 10.0)
    soot = np.clip(spectrum_noise(rng, 1.9, 1.0), -1, 2)
    return np.clip(tone - 0.3 * burnt - 0.1 * pits, 0.2, 1.0) * face, face, height, soot


@lru_cache
def brick(code: str = "#8d4a36", mortar: str = "#b3a899") -> Finish:
    """Stretcher bond of 225 x 75 mm bricks."""
    tone, face, height, soot = _brick_fields()
    color = np.array(hexadecimal(code), np.float32)
    field = color * (0.3 + 1.25 * tone[..., None]) * (1.0 - 0.05 * soot[..., None])
    field[..., 0] *= 1.0 + 0.1 * (tone - 0.5)
    return painted(f"Brick {code}", 1.8, blend(field, scaled(hexadecimal(mortar), 0.85), 1 - face), None, 0.9, height)


@lru_cache
def render(code: str = "#d9cfb8") -> Finish:
    """Painted outside plaster, weathered in streaks."""
    rng = np.random.default_rng(1200)
    grain, cloud = band_noise(rng, 110.0, 0.4), spectrum_noise(rng, 1.7, 1.0)
    streak = np.clip(spectrum_noise(rng, 1.2, 2.0, (9.0, 1.0)), 0, 2.5)
    tone = 0.6 + 0.05 * cloud - 0.04 * streak + 0.025 * grain
    color = hexadecimal(code)
    return painted(f"Render {code}", 3.0, tone, [scaled(color, f) for f in (0.55, 0.85, 1.04, 1.1)], 0.93, 0.0011 * grain)


@lru_cache
def ashlar(code: str = "#c9bfa8") -> Finish:
    """Cut stone in courses of 0.4 m with fine joints."""
    rng = np.random.default_rng(1300)
    number, edge, _, _ = courses(6, 3, 2.4)
    joint = step(0.002, 0.012, edge)
    grain = spectrum_noise(rng, 0.9, 4.0)
    tone = 0.58 + 0.07 * _random(rng, number) + 0.07 * grain + 0.05 * spectrum_noise(rng, 1.8, 1.0)
    color = hexadecimal(code)
    tone = np.clip(tone, 0.3, 1.0) * (0.35 + 0.65 * joint)
    height = 0.01 * joint + 0.0012 * grain
    return painted(f"Ashlar {code}", 2.4, tone, [scaled(color, f) for f in (0.3, 0.7, 1.0, 1.12)], 0.88, height)


@lru_cache
def rubble(code: str = "#9c9484") -> Finish:
    """Field stones in mortar."""
    rng = np.random.default_rng(1350)
    near, second = cells(rng, 7)
    face = step(0.06, 0.2, second - near)
    tone = 0.5 + 0.12 * spectrum_noise(rng, 1.6, 2.0) + 0.09 * spectrum_noise(rng, 0.8, 6.0)
    field = np.array(hexadecimal(code), np.float32) * (0.45 + 1.1 * np.clip(tone, 0.1, 1.0)[..., None])
    field = blend(field, scaled(hexadecimal("#b5aa96"), 0.9), 1 - face)
    return painted(f"Rubble {code}", 2.0, field, None, 0.95, 0.03 * np.sqrt(np.clip(second - near, 0, 1)))


@lru_cache
def concrete_panels(code: str = "#a9a8a3") -> Finish:
    """Cast panels of 1.5 m with formwork holes and rain streaks."""
    rng = np.random.default_rng(1400)
    number, edge, u, v = courses(2, 2, 3.0, 0.0)
    joint = step(0.004, 0.012, edge)
    hole = np.minimum.reduce([np.hypot(u - a, v - b) for a in (0.2, 0.8) for b in (0.2, 0.8)])
    hole = 1 - step(0.014, 0.02, hole)
    streak = np.clip(spectrum_noise(rng, 1.1, 2.0, (10.0, 1.0)), 0, 2.5)
    tone = 0.58 + 0.06 * spectrum_noise(rng, 1.5, 1.0) - 0.06 * streak + 0.04 * _random(rng, number)
    tone = tone + 0.02 * band_noise(rng, 120.0)
    tone = np.clip(tone, 0.1, 1.0) * (0.4 + 0.6 * joint) * (1 - 0.5 * hole)
    color = hexadecimal(code)
    height = 0.012 * joint - 0.015 * hole + 0.0006 * band_noise(rng, 90.0)
    return painted(f"Concrete panels {code}", 3.0, tone, [scaled(color, f) for f in (0.3, 0.75, 1.0, 1.15)], 0.82, height)


@lru_cache
def timber_boards(code: str = "#7b5a3c", upright: bool = False) -> Finish:
    """Overlapping weatherboards of 0.18 m, or a fence of upright ones."""
    rng = np.random.default_rng(1500)
    boards = 10
    place = (np.arange(SIZE) + 0.5) / SIZE * boards
    board, inside = np.floor(place).astype(int), 1.0 - (place - np.floor(place))
    grain = spectrum_noise(rng, 1.0, 4.0, (1.0, 14.0)) + 0.5 * spectrum_noise(rng, 0.5, 20.0, (1.0, 24.0))
    tone = 0.52 + 0.13 * grain + 0.07 * rng.standard_normal(boards)[board][:, None]
    gap = step(0.0, 0.1, inside)[:, None]
    tone = np.clip(tone, 0.15, 1.0) * (0.25 + 0.75 * gap)
    height = 0.016 * (1.0 - inside)[:, None] * gap + 0.0005 * grain
    if upright:
        tone, height = tone.T, height.T
    color = hexadecimal(code)
    name = f"{'Upright boards' if upright else 'Weatherboards'} {code}"
    return painted(name, 1.8, tone, [scaled(color, f) for f in (0.2, 0.75, 1.05, 1.3)], 0.85, height)


@lru_cache
def _lapped(rows: int, columns: int, tile: float, round_: bool) -> tuple[np.ndarray, np.ndarray]:
    """Tone and height of roof tiles that lap over the course below; ``round_``: arched clay pans."""
    rng = np.random.default_rng(1600 + round_)
    number, _, u, v = courses(rows, columns, tile, 0.0 if round_ else 0.5)
    side = np.minimum(u, 1 - u)
    arch = np.sqrt(np.clip(1 - (2 * u - 1) ** 2, 0, 1)) if round_ else step(0.0, 0.06, side)
    lap = step(0.0, 0.1, v)
    tone = 0.55 + 0.12 * _random(rng, number) + 0.06 * spectrum_noise(rng, 0.9, 4.0) + 0.05 * spectrum_noise(rng, 1.8, 1.0)
    tone = np.clip(tone, 0.2, 1.0) * (0.4 + 0.6 * lap) * ((0.5 + 0.5 * arch) if round_ else (0.55 + 0.45 * arch))
    height = (0.035 * arch if round_ else 0.003 * arch) + 0.014 * (1 - v) * lap
    return tone.astype(np.float32), height.astype(np.float32)


@lru_cache
def clay_tiles(code: str = "#a5583c") -> Finish:
    """Arched roof tiles of 0.25 x 0.33 m; v runs up the slope."""
    tone, height = _lapped(6, 8, 2.0, True)
    color = hexadecimal(code)
    return painted(f"Clay tiles {code}", 2.0, tone, [scaled(color, f) for f in (0.15, 0.6, 1.0, 1.25)], 0.88, height)


@lru_cache
def slates(code: str = "#4c5359") -> Finish:
    """Split slates of 0.25 x 0.2 m, or wooden shingles in another colour."""
    tone, height = _lapped(10, 8, 2.0, False)
    color = hexadecimal(code)
    return painted(f"Slates {code}", 2.0, tone, [scaled(color, f) for f in (0.2, 0.7, 1.0, 1.3)], 0.7, height)


@lru_cache
def roof_felt(code: str = "#66645f") -> Finish:
    """A flat roof: felt in strips, gravel and damp patches."""
    rng = np.random.default_rng(1700)
    seam = np.abs((np.arange(SIZE) % (SIZE // 4)) - 2)[:, None] < 3
    tone = 0.5 + 0.08 * band_noise(rng, 140.0) + 0.13 * spectrum_noise(rng, 1.8, 1.0) - 0.12 * seam
    color = hexadecimal(code)
    height = 0.003 * band_noise(rng, 140.0) + 0.004 * seam
    return painted(f"Roof felt {code}", 4.0, tone, [scaled(color, f) for f in (0.5, 1.0, 1.3)], 0.92, height)


@lru_cache
def standing_seam(code: str = "#5f6b70") -> Finish:
    """Sheet metal with upright seams every 0.5 m."""
    rng = np.random.default_rng(1750)
    place = (np.arange(SIZE) + 0.5) / SIZE * 4
    seam = np.clip(1 - np.abs(place - np.floor(place) - 0.5) * 24, 0, 1)[None] * np.ones((SIZE, 1))
    tone = 0.55 + 0.06 * spectrum_noise(rng, 1.6, 1.0, (3.0, 1.0)) + 0.1 * seam
    color = hexadecimal(code)
    colors = [scaled(color, f) for f in (0.7, 1.0, 1.2)]
    return painted(f"Standing seam {code}", 2.0, tone, colors, 0.45, 0.02 * seam, metallic=0.6)


@lru_cache
def awning(code: str = "#a53b34", second: str = "#efe8da") -> Finish:
    """Canvas with stripes of 0.2 m along u."""
    rng = np.random.default_rng(1800)
    stripe = ((np.arange(SIZE) * 4 // SIZE) % 2)[None] * np.ones((SIZE, 1))
    weave = 1.0 + 0.05 * band_noise(rng, 160.0)
    field = blend(np.broadcast_to(np.array(hexadecimal(code), np.float32), (SIZE, SIZE, 3)), hexadecimal(second), stripe)
    return painted(f"Awning {code}", 0.8, field * weave[..., None], None, 0.9, double_sided=True)


@lru_cache
def railing(code: str = "#1d1e20") -> Finish:
    """Wrought iron as a picture with holes: u repeats every metre, v is the railing's height once."""
    size = 256
    x = (np.arange(size) + 0.5)[None] / size
    y = 1.0 - (np.arange(size) + 0.5)[:, None] / size
    bar = np.abs(x * 8 - np.floor(x * 8) - 0.5) < 0.075
    rail = (y > 0.955) | (np.abs(y - 0.1) < 0.018) | (np.abs(y - 0.8) < 0.014)
    pair = np.abs(x * 4 - np.floor(x * 4) - 0.5)
    scroll = np.abs(np.hypot(pair * 0.25, y - 0.9 + 0.02) - 0.05) < 0.011
    diamond = np.abs(pair * 0.25 + np.abs(y - 0.45) - 0.07) < 0.012
    mask = bar | rail | scroll | diamond
    pixels = np.zeros((size, size, 4), np.uint8)
    pixels[..., :3] = np.array([int(code[k : k + 2], 16) for k in (1, 3, 5)])
    pixels[..., 3] = np.where(mask, 255, 0)
    name = f"Railing {code}"
    material = Material(name, (*hexadecimal(code), 1.0), metallic=0.3, roughness=0.5, alpha_clip=True, double_sided=True,
                        base_color_texture=Texture(f"{name} color", pixels, SRGB))  # fmt: skip
    return Finish(material, 1.0)


TRIM_ROWS = ("cornice", "dentils", "string", "panels", "plinth", "rustic", "greek", "flat")


@lru_cache
def trim_sheet(code: str = "#d8d0bf") -> Finish:
    """One sheet of eight horizontal strips (``TRIM_ROWS``, from the top) for mouldings; u repeats every metre."""
    rng = np.random.default_rng(1900)
    strip = SIZE // len(TRIM_ROWS)
    t = ((np.arange(strip) + 0.5) / strip)[:, None]
    x = ((np.arange(SIZE) + 0.5) / SIZE)[None]
    wave = x * 6 - np.floor(x * 6)
    rows = {
        "cornice": 0.5 + 0.5 * np.cos(3.2 * t) + 0.15 * (np.abs(t - 0.6) < 0.04) + 0 * x,
        "dentils": np.where((t > 0.3) & (t < 0.85), ((x * 12) % 1 < 0.6) * 1.0, 0.6 + 0 * x),
        "string": 0.4 + 0.6 * np.sin(np.pi * t) ** 0.6 + 0 * x,
        "panels": 1 - 0.7 * ((np.abs(wave - 0.5) < 0.4) & (np.abs(t - 0.5) < 0.34)),
        "plinth": np.clip(1.4 - 1.2 * t, 0.3, 1) + 0 * x,
        "rustic": np.clip(np.minimum(np.minimum(wave, 1 - wave) * 1.2, np.minimum(t, 1 - t)) * 9, 0, 1),
        "greek": ((np.abs(wave - 0.5) < 0.42) & (np.abs(t - 0.5) < 0.36) & ~((np.abs(wave - 0.56) < 0.3) & (np.abs(t - 0.5) < 0.2)))
        * 0.8,
        "flat": 0.5 + 0 * t + 0 * x,
    }
    height = np.concatenate([np.broadcast_to(rows[name], (strip, SIZE)) for name in TRIM_ROWS]).astype(np.float32)
    hollow = height - 0.25 * (np.roll(height, 6, 0) + np.roll(height, -6, 0) + np.roll(height, 6, 1) + np.roll(height, -6, 1))
    tone = 0.6 + 0.5 * np.clip(hollow, -0.6, 0.4) + 0.04 * spectrum_noise(rng, 1.4, 2.0)
    color = hexadecimal(code)
    return painted(f"Trim {code}", 1.0, tone, [scaled(color, f) for f in (0.35, 0.8, 1.0, 1.1)], 0.85, 0.02 * height)


def trim_row(name: str) -> tuple[float, float]:
    """Lower and upper v of a strip of the trim sheet."""
    k = TRIM_ROWS.index(name)
    return 1.0 - (k + 1) / len(TRIM_ROWS) + 0.004, 1.0 - k / len(TRIM_ROWS) - 0.004
