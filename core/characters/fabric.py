"""Fabrics: small tileable pictures painted with numpy, one tile a few centimetres wide, and the materials made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..scene import LINEAR, SRGB, Material, Texture

SIZE = 256
TILE = 0.064  # metres one tile spans on the cloth
KINDS = ("jersey", "poplin", "knit", "denim", "twill", "corduroy", "wool", "rib", "leather", "rubber", "satin")
_ROUGHNESS = {
    "jersey": 0.9,
    "poplin": 0.82,
    "knit": 0.95,
    "denim": 0.88,
    "twill": 0.86,
    "corduroy": 0.9,
    "wool": 0.94,
    "rib": 0.93,
    "leather": 0.48,
    "rubber": 0.75,
    "satin": 0.55,
}
_DEPTH = {
    "jersey": 0.9,
    "poplin": 0.7,
    "knit": 2.6,
    "denim": 1.1,
    "twill": 0.9,
    "corduroy": 2.0,
    "wool": 1.2,
    "rib": 2.4,
    "leather": 1.3,
    "rubber": 0.6,
    "satin": 0.3,
}


def fabric(
    name: str,
    kind: str,
    color: tuple[float, float, float],
    rng: np.random.Generator,
    pattern: str = "plain",
    second: tuple[float, float, float] = (0.75, 0.74, 0.7),
) -> Material:
    """A material with base colour and normal textures of one of ``KINDS``, in a linear RGB colour.

    Fibres vary the colour by a few per cent, so plain cloth does not look like plastic; the mean stays the colour asked for.
    ``pattern`` is woven or printed in with the ``second`` colour.
    """
    height, shade = _WEAVES[kind](rng)
    base = np.asarray(color, np.float32)
    relative = (shade - shade.mean()) / max(float(shade.std()), 1e-6)
    strength = {"denim": 0.26, "knit": 0.14, "rib": 0.12, "leather": 0.06, "rubber": 0.04, "wool": 0.16}.get(kind, 0.075)
    ground = base[None, None]
    if pattern != "plain":
        mix = _PRINTS[pattern](rng).astype(np.float32)[..., None]
        ground = ground + (np.asarray(second, np.float32) - ground) * mix
    tinted = ground * (1 + strength * np.clip(relative, -2.5, 2.5))[..., None]
    if kind == "denim":  # the white weft shows between the dyed warp threads
        tinted += 0.05 * np.clip(relative, 0, 2)[..., None]
    # Materials here are cut from one picture of 64 mm; its borders wrap.
    return Material(
        name,
        base_color=opaque(base),
        roughness=_ROUGHNESS[kind],
        double_sided=True,
        base_color_texture=Texture(f"{name} colour", to_srgb(tinted), SRGB),
        normal_texture=Texture(f"{name} normal", normal_pixels(height, _DEPTH[kind]), LINEAR),
    )


def opaque(color: Sequence[float] | np.ndarray) -> tuple[float, float, float, float]:
    """Linear RGBA of a linear RGB colour."""
    red, green, blue = (float(value) for value in color)
    return red, green, blue, 1.0


def to_srgb(linear: np.ndarray) -> np.ndarray:
    """(…) uint8 sRGB of linear values in 0..1 (IEC 61966-2-1), through a table of 4,096 steps."""
    steps = np.linspace(0, 1, 4096)
    table = np.where(steps <= 0.0031308, steps * 12.92, 1.055 * steps ** (1 / 2.4) - 0.055)
    return (table * 255 + 0.5).astype(np.uint8)[np.clip(linear * 4095, 0, 4095).astype(np.int16)]


def normal_pixels(height: np.ndarray, depth: float) -> np.ndarray:
    """(S, S, 3) uint8 tangent-space normals (+Y up, glTF) of a height picture (first row on top) that wraps at its borders."""
    right = (np.roll(height, -1, axis=1) - np.roll(height, 1, axis=1)) * np.float32(depth)
    up = (np.roll(height, 1, axis=0) - np.roll(height, -1, axis=0)) * np.float32(depth)
    length = np.sqrt(right * right + up * up + 1)
    return (np.stack([-right / length, -up / length, 1 / length], axis=-1) * 127.5 + 128).astype(np.uint8)


def grain(rng: np.random.Generator, cells: int, size: int = SIZE) -> np.ndarray:
    """(size, size) float32 noise that wraps: ``cells`` random values a side, interpolated with a smooth step."""
    values = rng.standard_normal((cells, cells)).astype(np.float32)
    place = np.arange(size, dtype=np.float32) * cells / size
    low = place.astype(int)
    mix = place - low
    mix = mix * mix * (3 - 2 * mix)
    weights = np.zeros((size, cells), np.float32)
    weights[np.arange(size), low % cells] += 1 - mix
    weights[np.arange(size), (low + 1) % cells] += mix
    return weights @ values @ weights.T


def _grid() -> tuple[np.ndarray, np.ndarray]:
    """Phases in 0..1 over the picture: (rows, columns)."""
    line = np.arange(SIZE, dtype=np.float32) / SIZE
    return line[:, None], line[None, :]


def _jersey(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Fine stockinette: small V-shaped stitches in columns."""
    return _stitches(rng, 56, 40)


def _knit(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Coarse stockinette of thick yarn."""
    return _stitches(rng, 14, 11)


def _stitches(rng: np.random.Generator, columns: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    y, x = _grid()
    across = (x * columns) % 1
    leg = np.abs(across - 0.5) * 2  # 1 between columns, 0 in the middle of a stitch
    slanted = (y * rows + leg * 0.55) % 1
    height = (
        np.sqrt(np.clip(1 - (2 * slanted - 1) ** 2, 0, 1)) * (1 - np.clip(leg - 0.8, 0, 1) * 4) * (0.6 + 0.4 * np.sin(np.pi * leg))
    )
    return height.astype(np.float32), height + 0.35 * grain(rng, 64)


def _poplin(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Plain weave: over one, under one."""
    y, x = _grid()
    count = 64
    warp = np.abs(np.sin(np.pi * x * count))
    weft = np.abs(np.sin(np.pi * y * count))
    over = (np.floor(x * count) + np.floor(y * count)) % 2
    height = np.where(over > 0, warp, weft).astype(np.float32)
    return height, height * 0.6 + 0.5 * grain(rng, 128)


def _diagonal(rng: np.random.Generator, count: int, slub: float) -> tuple[np.ndarray, np.ndarray]:
    """Twill: over two, under one, stepping sideways."""
    y, x = _grid()
    place = (np.floor(x * count) + np.floor(y * count)) % 3
    thread = np.abs(np.sin(np.pi * x * count)) * np.abs(np.sin(np.pi * y * count))
    height = np.where(place < 2, 0.55 + 0.45 * thread, 0.25 * thread).astype(np.float32)
    streaks = rng.standard_normal((1, 96)).astype(np.float32).repeat(SIZE // 96 + 1, axis=1)[:, :SIZE]
    return height, height * 1.2 + slub * streaks + 0.4 * grain(rng, 128)


def _denim(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    height, shade = _diagonal(rng, 60, 0.12)
    return height, -shade


def _twill(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return _diagonal(rng, 72, 0.05)


def _corduroy(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Soft vertical cords."""
    y, x = _grid()
    height = (np.sin(np.pi * x * 20) ** 2 + 0 * y).astype(np.float32)
    return height, height * 1.5 + 0.3 * grain(rng, 100)


def _wool(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Felted wool: clouds of short fibres."""
    height = 0.5 * grain(rng, 96) + 0.35 * grain(rng, 40) + 0.15 * grain(rng, 12)
    return height, height + 0.3 * grain(rng, 128)


def _rib(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Vertical ribs, for cuffs and waistbands."""
    y, x = _grid()
    height = np.sqrt(np.abs(np.sin(np.pi * x * 16))).astype(np.float32) + 0 * y
    height = height * (0.9 + 0.1 * np.abs(np.sin(np.pi * y * 30))).astype(np.float32)
    return height, height + 0.25 * grain(rng, 64)


def _leather(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Pebbled grain: ridged noise at two sizes."""
    height = 1 - np.abs(grain(rng, 48)) * 0.6 - np.abs(grain(rng, 90)) * 0.4
    return height, height + 0.5 * grain(rng, 30)


def _rubber(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    height = 0.3 * grain(rng, 128)
    return height, height + grain(rng, 100)


def _satin(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Nylon: hardly any weave."""
    y, x = _grid()
    height = (0.5 * np.abs(np.sin(np.pi * x * 100)) * np.abs(np.sin(np.pi * y * 100))).astype(np.float32)
    return height, height + 0.3 * grain(rng, 200)


def _band(phase: np.ndarray, wide: float) -> np.ndarray:
    """1 within ``wide`` (a share of the period) of whole phases, soft at its edge."""
    return np.clip((wide / 2 - np.abs((phase + 0.5) % 1 - 0.5)) * 60 + 0.5, 0, 1)


def _stripes(rng: np.random.Generator) -> np.ndarray:
    """Level stripes, four to the tile."""
    y, x = _grid()
    return _band(y * 4, 0.4) + 0 * x


def _pinstripes(rng: np.random.Generator) -> np.ndarray:
    """Thin upright lines, six to the tile."""
    y, x = _grid()
    return 0.8 * _band(x * 6, 0.07) + 0 * y


def _checks(rng: np.random.Generator) -> np.ndarray:
    """Gingham: two sets of bands, darker where they cross."""
    y, x = _grid()
    return (_band(x * 5, 0.5) + _band(y * 5, 0.5)) / 2


def _plaid(rng: np.random.Generator) -> np.ndarray:
    """Tartan: wide and narrow bands, each woven over the other."""
    y, x = _grid()
    across, along = (0.55 * _band(p, 0.36) + 0.35 * _band(p + 0.5, 0.05) + 0.2 * _band(p + 0.32, 0.03) for p in (x, y))
    return np.clip(across + along, 0, 1) * 0.85


def _dots(rng: np.random.Generator) -> np.ndarray:
    """Round dots in staggered rows."""
    y, x = _grid()
    u, v = x * 4, y * 4
    shifted = u + 0.5 * (np.floor(v) % 2)
    return np.clip((0.24 - np.hypot(shifted % 1 - 0.5, v % 1 - 0.5)) * 30 + 0.5, 0, 1)


def _floral(rng: np.random.Generator) -> np.ndarray:
    """Scattered five-petalled flowers."""
    y, x = _grid()
    total = np.zeros((SIZE, SIZE), np.float32)
    for k in range(14):
        spot = ((k % 4 + rng.uniform(0.2, 0.8)) / 4, (k // 4 + rng.uniform(0.2, 0.8)) / 4)
        across, down = (x - spot[0] + 0.5) % 1 - 0.5, (y - spot[1] + 0.5) % 1 - 0.5
        radius, angle = np.hypot(across, down), np.arctan2(down, across) + rng.uniform(0, 6.28)
        petals = rng.uniform(0.05, 0.085) * (0.62 + 0.38 * np.cos(5 * angle))
        flower = np.clip((petals - radius) * 90 + 0.5, 0, 1) * (1 - 0.8 * np.clip((0.014 - radius) * 200, 0, 1))
        total = np.maximum(total, flower)
    return total


_PRINTS = {
    "stripes": _stripes,
    "pinstripes": _pinstripes,
    "checks": _checks,
    "plaid": _plaid,
    "dots": _dots,
    "floral": _floral,
}
_WEAVES = {
    "corduroy": _corduroy,
    "wool": _wool,
    "jersey": _jersey,
    "poplin": _poplin,
    "knit": _knit,
    "denim": _denim,
    "twill": _twill,
    "rib": _rib,
    "leather": _leather,
    "rubber": _rubber,
    "satin": _satin,
}
