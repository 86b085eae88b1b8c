"""What one walks and drives on and what lies there: asphalt, paving, cobbles, grass, soil, sand, snow, rock, bark, water.

``wet`` darkens a surface and fills its hollows with puddles: smooth, level, mirror-like.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.shape import Finish
from ...scene import Material
from .color import hexadecimal
from .noise import SIZE, band_noise, cells, spectrum_noise
from .painting import blend, courses, painted, scaled, step
from .textures import normal_texture


def _wetted(field: np.ndarray, rough: np.ndarray, height: np.ndarray, hollow: np.ndarray, share: float, absorb: float = 0.55):
    """Colour, roughness and height with water standing where ``hollow`` is lowest over a ``share`` of the surface."""
    level = np.quantile(hollow, share)
    width = 0.25 * float(hollow.std())
    puddle = 1.0 - step(level - width, level + width, hollow)
    damp = 1.0 - step(level, level + 6 * width, hollow)
    field = field * (absorb - 0.12 * damp - 0.16 * puddle)[..., None]
    rough = (rough * (0.5 - 0.15 * damp)) * (1 - puddle) + 0.02 * puddle
    return field, rough, height * (1 - puddle)


@lru_cache
def asphalt(wet: bool = False) -> Finish:
    """Road surface of fine chippings, with oil-darkened and patched places."""
    rng = np.random.default_rng(2000)
    stone, slow = band_noise(rng, 170.0, 0.35), spectrum_noise(rng, 1.8, 1.0)
    tone = 0.5 + 0.13 * stone + 0.1 * slow + 0.05 * spectrum_noise(rng, 1.0, 4.0)
    crack = np.abs(spectrum_noise(rng, 1.5, 2.0))
    crack = (1 - step(0.0, 0.02, crack)) * step(0.4, 1.2, spectrum_noise(rng, 2.0, 1.0))
    field = np.array(hexadecimal("#5b5a58"), np.float32) * (2.0 * np.clip(tone, 0.1, 1) * (1 - 0.6 * crack))[..., None]
    rough, height = 0.86 + 0.05 * stone, 0.0022 * stone - 0.004 * crack
    if wet:
        field, rough, height = _wetted(field, rough, height, spectrum_noise(rng, 1.9, 1.0) + 0.1 * stone, 0.28)
    return painted(f"Asphalt{' wet' if wet else ''}", 5.0, field, None, rough, height)


@lru_cache
def paving(wet: bool = False, code: str = "#a8a296") -> Finish:
    """Concrete slabs of 0.5 x 0.75 m."""
    rng = np.random.default_rng(2100)
    number, edge, _, _ = courses(6, 4, 3.0)
    joint = step(0.003, 0.009, edge + 0.001 * spectrum_noise(rng, 0.8, 12.0))
    shade = rng.standard_normal(24)[number].astype(np.float32)
    grain = band_noise(rng, 150.0, 0.4)
    stain = np.clip(spectrum_noise(rng, 1.6, 2.0), 0, 2)
    tone = 0.55 + 0.06 * shade + 0.05 * grain - 0.05 * stain
    field = np.array(hexadecimal(code), np.float32) * (1.7 * np.clip(tone, 0.1, 1) * (0.4 + 0.6 * joint))[..., None]
    height = 0.006 * joint + 0.0006 * grain + 0.0015 * shade * joint
    rough = 0.8 + 0.06 * grain
    if wet:
        hollow = spectrum_noise(rng, 1.8, 2.0) + 0.8 * shade + 0.9 * (joint - 1)
        field, rough, height = _wetted(field, rough, height, hollow, 0.16, 0.66)
    return painted(f"Paving {code}{' wet' if wet else ''}", 3.0, field, None, rough, height)


@lru_cache
def cobbles(wet: bool = False, code: str = "#7f7a72") -> Finish:
    """Granite setts of about 0.12 m in rows."""
    rng = np.random.default_rng(2200)
    number, edge, _, _ = courses(16, 14, 2.0)
    shade = rng.standard_normal(int(number.max()) + 1)[number].astype(np.float32)
    crown = np.sqrt(np.clip((edge + 0.004 * spectrum_noise(rng, 0.9, 14.0)) / 0.055, 0, 1))
    grain = band_noise(rng, 150.0, 0.4)
    tone = (0.5 + 0.13 * shade + 0.05 * grain) * (0.3 + 0.7 * step(0.1, 0.6, crown))
    field = np.array(hexadecimal(code), np.float32) * (1.9 * np.clip(tone, 0.05, 1))[..., None]
    height, rough = 0.016 * crown + 0.0008 * grain, 0.75 + 0.08 * grain
    if wet:
        field, rough, height = _wetted(field, rough, height, crown + 0.3 * spectrum_noise(rng, 1.8, 1.0), 0.25, 0.6)
    return painted(f"Cobbles {code}{' wet' if wet else ''}", 2.0, field, None, rough, height)


@lru_cache
def kerb_stone(wet: bool = False) -> Finish:
    """Granite kerbs of 1 m; u runs along the kerb."""
    rng = np.random.default_rng(2300)
    speck = band_noise(rng, 160.0, 0.5)
    joint = np.minimum(np.arange(SIZE) % 256, 255 - np.arange(SIZE) % 256)[None] * np.ones((SIZE, 1))
    tone = (0.55 + 0.1 * speck + 0.05 * spectrum_noise(rng, 1.4, 1.0)) * np.where(joint < 2, 0.45, 1.0)
    color = scaled(hexadecimal("#9c9a95"), 0.6 if wet else 1.0)
    rough = np.full((SIZE, SIZE), 0.3 if wet else 0.8) + 0.05 * speck
    colors = [scaled(color, f) for f in (0.3, 0.8, 1.0, 1.3)]
    return painted(f"Kerb{' wet' if wet else ''}", 2.0, tone, colors, rough, 0.001 * speck)


@lru_cache
def road_paint(code: str = "#e6e4dc", wet: bool = False) -> Finish:
    """Worn thermoplastic lines."""
    rng = np.random.default_rng(2400)
    worn = step(1.0, 1.9, spectrum_noise(rng, 0.9, 3.0))
    field = blend(np.broadcast_to(np.array(hexadecimal(code), np.float32), (SIZE, SIZE, 3)), hexadecimal("#5b5a58"), 0.85 * worn)
    field = field * (1 + 0.06 * band_noise(rng, 120.0))[..., None] * (0.75 if wet else 1.0)
    return painted(f"Road paint {code}{' wet' if wet else ''}", 2.0, field, None, 0.35 if wet else 0.75)


@lru_cache
def grass(code: str = "#5d7537") -> Finish:
    """Short turf with clover and dry places."""
    rng = np.random.default_rng(2500)
    blade = 0.5 * (band_noise(rng, 90.0, 0.5) + spectrum_noise(rng, 0.5, 20.0, (3.0, 1.0)))
    slow = spectrum_noise(rng, 1.6, 1.0)
    tone = np.clip(0.5 + 0.2 * blade + 0.05 * slow, 0.05, 1.0)
    field = np.array(hexadecimal(code), np.float32) * (2.0 * tone)[..., None]
    field = blend(field, hexadecimal("#a39a5c"), 0.3 * np.clip(slow - 0.6, 0, 1))
    field = blend(field, hexadecimal("#3f5a2b"), 0.5 * step(1.0, 1.6, band_noise(rng, 9.0)))
    return painted(f"Grass {code}", 2.5, field, None, 0.95, 0.02 * blade)


@lru_cache
def earth(code: str = "#5b4735") -> Finish:
    """Bare soil with crumbs and small stones."""
    rng = np.random.default_rng(2600)
    crumb = 0.6 * band_noise(rng, 45.0, 0.7) + 0.5 * spectrum_noise(rng, 0.8, 6.0)
    near, _ = cells(rng, 14)
    stone = (1 - step(0.1, 0.2, near)) * step(0.3, 1.0, spectrum_noise(rng, 1.0, 4.0))
    field = np.array(hexadecimal(code), np.float32) * (2.0 * np.clip(0.5 + 0.14 * crumb, 0.1, 1))[..., None]
    return painted(f"Earth {code}", 2.0, blend(field, hexadecimal("#8d8375"), stone), None, 0.96, 0.012 * crumb + 0.02 * stone)


@lru_cache
def forest_floor() -> Finish:
    """Fallen leaves, needles and moss on dark earth."""
    rng = np.random.default_rng(2650)
    litter, needles = band_noise(rng, 40.0, 0.5), spectrum_noise(rng, 0.5, 16.0, (1.0, 6.0))
    base = np.array(hexadecimal("#4b3a29"), np.float32) * (2.0 * np.clip(0.5 + 0.16 * litter + 0.08 * needles, 0.1, 1))[..., None]
    base = blend(base, hexadecimal("#8d6a3d"), 0.7 * step(0.7, 1.3, band_noise(rng, 60.0, 0.4)))
    base = blend(base, hexadecimal("#4d5b28"), 0.8 * step(0.3, 1.1, spectrum_noise(rng, 1.4, 2.0)))
    return painted("Forest floor", 2.5, base, None, 0.96, 0.018 * litter + 0.004 * needles)


@lru_cache
def sand(code: str = "#cdb48a") -> Finish:
    """Dry sand with wind ripples along u."""
    rng = np.random.default_rng(2700)
    v = ((np.arange(SIZE) + 0.5) / SIZE)[:, None]
    bend = 0.05 * spectrum_noise(rng, 2.0, 1.0)
    wave = v * 22 + 6 * bend
    ripple = np.sin(2 * np.pi * wave + 0.5 * np.sin(2 * np.pi * wave))
    grain = band_noise(rng, 190.0, 0.3)
    tone = 0.55 + 0.04 * ripple + 0.05 * grain + 0.05 * spectrum_noise(rng, 1.7, 1.0)
    color = hexadecimal(code)
    height = 0.006 * ripple + 0.0006 * grain
    return painted(f"Sand {code}", 2.5, tone, [scaled(color, f) for f in (0.5, 0.9, 1.08, 1.2)], 0.94, height)


@lru_cache
def gravel(code: str = "#98928a") -> Finish:
    """Pebbles of some centimetres."""
    rng = np.random.default_rng(2800)
    near, second = cells(rng, 26)
    dome = np.sqrt(np.clip((second - near) * 1.6, 0, 1))
    hue = np.sin(91.0 * np.round(second * 0 + near, 1)) * 0.06 + 0.1 * band_noise(rng, 26.0, 0.3)
    tone = np.clip((0.5 + hue) * (0.35 + 0.65 * dome) + 0.03 * band_noise(rng, 150.0), 0, 1)
    field = np.array(hexadecimal(code), np.float32) * (2.0 * tone)[..., None]
    field = blend(field, hexadecimal("#8c7258"), 0.5 * step(0.6, 1.2, band_noise(rng, 24.0, 0.25)) * dome)
    return painted(f"Gravel {code}", 1.5, field, None, 0.9, 0.02 * dome)


@lru_cache
def rock(code: str = "#857d73") -> Finish:
    """Weathered rock: strata, fractures and lichen."""
    rng = np.random.default_rng(2900)
    rough = spectrum_noise(rng, 1.25, 1.0)
    strata = spectrum_noise(rng, 1.1, 2.0, (1.0, 5.0))
    crack = np.abs(spectrum_noise(rng, 1.3, 3.0, (1.0, 1.6)))
    crack = 1 - step(0.0, 0.09, crack)
    relief = 0.6 * rough + 0.5 * strata - 0.9 * crack + 0.12 * band_noise(rng, 120.0)
    tone = np.clip(0.5 + 0.1 * relief, 0.1, 1)
    field = np.array(hexadecimal(code), np.float32) * (2.0 * tone * (1 - 0.35 * crack))[..., None]
    field = blend(field, hexadecimal("#a39a6c"), 0.35 * step(1.0, 1.7, spectrum_noise(rng, 1.1, 3.0)))
    field = blend(field, hexadecimal("#5f564c"), 0.5 * step(0.4, 1.5, -strata))
    return painted(f"Rock {code}", 3.0, field, None, 0.9, 0.045 * relief)


@lru_cache
def snow() -> Finish:
    """Settled snow: soft, bright, bluish in its hollows."""
    rng = np.random.default_rng(3000)
    soft, grain = spectrum_noise(rng, 2.0, 1.0), band_noise(rng, 180.0, 0.3)
    tone = 0.6 + 0.12 * soft + 0.03 * grain
    colors = [hexadecimal(code) for code in ("#c3d0e0", "#e4ebf3", "#f6f9fc")]
    return painted("Snow", 3.0, tone, colors, 0.75 + 0.05 * grain, 0.012 * soft + 0.0006 * grain, subsurface=0.05)


@lru_cache
def bark(kind: str = "oak") -> Finish:
    """The skin of a trunk: "oak" furrowed, "birch" white with dark lines, "pine" red plates, "smooth" grey. u runs around."""
    rng = np.random.default_rng(3100)
    lengthwise = spectrum_noise(rng, 1.1, 3.0, (6.0, 1.0))
    ridge = 1.0 - np.abs(spectrum_noise(rng, 1.3, 3.0, (4.0, 1.0))) * 1.4
    fine = spectrum_noise(rng, 0.7, 8.0)
    if kind == "birch":
        line = step(1.0, 1.35, spectrum_noise(rng, 0.9, 6.0, (1.0, 9.0)))
        scar = step(1.5, 2.0, spectrum_noise(rng, 1.5, 2.0))
        field = np.array(hexadecimal("#d9d4c8"), np.float32) * (1 + 0.07 * fine + 0.05 * lengthwise)[..., None]
        field = blend(blend(field, hexadecimal("#4a4038"), 0.85 * line), hexadecimal("#2f2a27"), scar)
        return painted("Bark birch", 0.8, field, None, 0.8, 0.002 * fine - 0.004 * line)
    code = {"oak": "#5c4c3d", "pine": "#7a4f36", "smooth": "#77736a", "palm": "#7d6a50"}[kind]
    depth = {"oak": 1.0, "pine": 0.8, "smooth": 0.2, "palm": 0.5}[kind]
    if kind == "palm":
        v = ((np.arange(SIZE) + 0.5) / SIZE)[:, None]
        ridge = np.sin(2 * np.pi * (v * 9 + 0.03 * lengthwise)) * 0.8
    tone = np.clip(0.5 + depth * 0.24 * np.clip(ridge, -1.5, 1) + 0.07 * fine + 0.05 * lengthwise, 0.05, 1)
    field = np.array(hexadecimal(code), np.float32) * (1.9 * tone)[..., None]
    field = blend(field, hexadecimal("#6c7349"), 0.3 * step(0.8, 1.6, spectrum_noise(rng, 1.4, 2.0)))
    return painted(f"Bark {kind}", 1.2, field, None, 0.95, 0.014 * depth * ridge + 0.002 * fine)


@lru_cache
def water_surface(kind: str = "lake") -> Finish:
    """Deep water seen from above: nearly black or blue-green, waved; "lake", "river", "sea" or "pool"."""
    rng = np.random.default_rng(3200)
    code, tile, height = {
        "lake": ("#17282b", 6.0, 0.006),
        "river": ("#24352f", 4.0, 0.012),
        "sea": ("#0f2c38", 14.0, 0.06),
        "pool": ("#2f5a60", 2.0, 0.004),
    }[kind]
    waves = spectrum_noise(rng, 1.9, 4.0, (1.0, 2.2)) + 0.4 * spectrum_noise(rng, 1.5, 12.0)
    normal = normal_texture(f"Water {kind}", height * waves, tile)
    return Finish(Material(f"Water {kind}", (*hexadecimal(code), 1.0), roughness=0.04, normal_texture=normal), tile)
