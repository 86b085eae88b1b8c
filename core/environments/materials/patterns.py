"""What surfaces look like without their colour: seamless fields, painted once per process and shared by every colour.

Rows are the texture's v (first row on top), columns its u; grain and pile run along u.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...scene import Texture
from .noise import SIZE, band_noise, cells, spectrum_noise, standard, warp
from .textures import normal_texture, occlusion, surface_texture


@dataclass(frozen=True)
class Pattern:
    """``tone`` (H, W) in 0..1 picks the colour; ``tile`` is the metres one repeat covers.

    ``roughness`` holds the roughness in its green and the ambient occlusion in its red channel.
    """

    tone: np.ndarray
    roughness: Texture | None
    normal: Texture | None
    tile: float


def pattern(name: str, tile: float, tone: np.ndarray, roughness: np.ndarray | None, height: np.ndarray | None) -> Pattern:
    """The pattern of fields: ``tone`` and ``roughness`` in 0..1, ``height`` in metres."""
    return Pattern(
        np.clip(tone, 0.0, 1.0).astype(np.float32),
        None if roughness is None else surface_texture(name, roughness, occlusion(height, tile)),
        None if height is None else normal_texture(name, height, tile),
        tile,
    )


@lru_cache
def wood_pattern(variant: int) -> Pattern:
    """Flat-sawn grain: growth rings cut at a slant, fibres and pores. Variants differ in how wide and wild the rings are."""
    rng = np.random.default_rng(100 + variant)
    rings, wildness = ((18, 1.6), (26, 0.7), (12, 2.6))[variant]
    rows = np.arange(SIZE, dtype=np.float32)[:, None] / SIZE
    slow = spectrum_noise(rng, 2.2, 1.0, (1.0, 7.0))
    wobble = spectrum_noise(rng, 1.4, 3.0, (1.0, 10.0))
    phase = rings * rows + wildness * slow + 0.08 * wobble
    ring = phase - np.floor(phase)
    late = np.where(ring < 0.8, (ring / 0.8) ** 2.2, (1.0 - ring) / 0.2)  # summer wood darkens slowly and ends at once
    fibre = spectrum_noise(rng, 0.5, 6.0, (1.0, 30.0))
    pore = np.clip(spectrum_noise(rng, 0.25, 30.0, (1.0, 14.0)) - 1.5, 0.0, 1.5)
    tone = 0.38 + 0.26 * late + 0.07 * fibre + 0.06 * slow + 0.22 * pore
    return pattern(f"Wood {variant + 1}", 0.6, tone, 0.44 + 0.07 * late + 0.2 * pore, -4e-5 * fibre - 2.5e-4 * pore)


@lru_cache
def plank_pattern() -> Pattern:
    """Eight courses of planks with staggered ends and a fine bevel between them, 1.6 m to the repeat."""
    rng = np.random.default_rng(200)
    grain = wood_pattern(0).tone
    courses, pixels = 8, SIZE // 8
    tone = np.empty((SIZE, SIZE), np.float32)
    gap = np.full((SIZE, SIZE), 99.0, np.float32)
    column = np.arange(SIZE)
    for course in range(courses):
        rows = slice(course * pixels, (course + 1) * pixels)
        start = (course * 193 + int(rng.integers(0, 60))) % SIZE
        from_end = np.minimum((column - start) % SIZE, (start - column) % SIZE)
        slab = np.roll(grain, (int(rng.integers(SIZE)), int(rng.integers(SIZE))), (0, 1))[: 3 * pixels : 3]
        tone[rows] = (slab - grain.mean()) * 0.8 + 0.5 + rng.uniform(-0.14, 0.14)
        across = np.arange(pixels)[:, None]
        gap[rows] = np.minimum(np.minimum(across, pixels - 1 - across), from_end[None]).astype(np.float32)
    edge = np.clip(1.0 - gap / 2.0, 0.0, 1.0)
    return pattern("Planks", 1.6, tone + 0.5 * edge, 0.42 + 0.1 * tone + 0.3 * edge, -1.2e-3 * edge - 2e-4 * tone)


@lru_cache
def carpet_pattern() -> Pattern:
    """Loop pile in 0.5 m tiles laid in alternating directions."""
    rng = np.random.default_rng(300)
    loops = band_noise(rng, 150.0, 0.25)
    half = SIZE // 2
    quarter = (np.arange(SIZE) // half)[:, None] ^ (np.arange(SIZE) // half)[None]
    streak = np.where(quarter == 1, spectrum_noise(rng, 0.4, 20.0, (1.0, 8.0)), spectrum_noise(rng, 0.4, 20.0, (8.0, 1.0)))
    joint = np.minimum(np.arange(SIZE) % half, half - 1 - np.arange(SIZE) % half)
    seam = (np.minimum(joint[:, None], joint[None]) < 1).astype(np.float32)
    tone = 0.5 + 0.13 * loops + 0.07 * streak + 0.05 * (quarter - 0.5) - 0.2 * seam + 0.03 * spectrum_noise(rng, 1.5, 2.0)
    return pattern("Carpet", 1.0, tone, None, 8e-4 * loops - 1e-3 * seam)


@lru_cache
def plaster_pattern() -> Pattern:
    """Rolled wall paint: a fine stipple and the faintest unevenness."""
    rng = np.random.default_rng(400)
    stipple = band_noise(rng, 130.0, 0.35)
    return pattern("Plaster", 1.0, 0.5 + 0.1 * spectrum_noise(rng, 1.3, 2.0) + 0.05 * stipple, None, 1.1e-4 * stipple)


@lru_cache
def weave_pattern(twill: bool) -> Pattern:
    """A woven cloth, 48 threads a repeat of 0.12 m, each thread of its own shade; plain weave, or a 2/2 twill."""
    rng = np.random.default_rng(500 + twill)
    threads = 48
    place = (np.arange(SIZE) + 0.5) * threads / SIZE
    thread, inside = np.floor(place).astype(int), place - np.floor(place) - 0.5
    crown = np.sqrt(np.maximum(1.0 - (2 * inside) ** 2, 0.0)).astype(np.float32)
    over = ((thread[:, None] + thread[None]) % 4 < 2) if twill else ((thread[:, None] + thread[None]) % 2 == 0)
    bow = np.abs(inside).astype(np.float32)
    weft = crown[:, None] * (1.0 - 0.55 * bow[None])
    warp_thread = crown[None] * (1.0 - 0.55 * bow[:, None])
    height = np.where(over, weft, warp_thread)
    shade = np.where(over, rng.standard_normal(threads)[thread][:, None], rng.standard_normal(threads)[thread][None])
    fuzz = spectrum_noise(rng, 0.3, 20.0)
    tone = 0.2 + 0.42 * height + 0.055 * shade + 0.05 * fuzz + 0.03 * spectrum_noise(rng, 1.2, 2.0)
    return pattern("Twill" if twill else "Weave", 0.12, tone, None, 4.5e-4 * height + 3e-5 * fuzz)


@lru_cache
def leather_pattern() -> Pattern:
    """Pebbled hide: cells with creases between them."""
    rng = np.random.default_rng(600)
    near, second = cells(rng, 44)
    shift = 5.0 * band_noise(rng, 14.0), 5.0 * band_noise(rng, 14.0)
    pebble = warp(np.clip((second - near) * 2.2, 0.0, 1.0), *shift) ** 0.5
    broad = spectrum_noise(rng, 1.6, 2.0)
    return pattern("Leather", 0.16, 0.25 + 0.4 * pebble + 0.08 * broad, 0.62 - 0.2 * pebble, 2.6e-4 * pebble)


@lru_cache
def brushed_pattern() -> Pattern:
    """Fine scratches along u."""
    scratch = spectrum_noise(np.random.default_rng(700), 0.15, 4.0, (1.0, 60.0))
    return pattern("Brushed", 0.3, 0.5 + 0.12 * scratch, 0.32 + 0.06 * scratch, 6e-6 * scratch)


@lru_cache
def moulded_pattern() -> Pattern:
    """The fine spark-eroded grain of moulded plastic and powder coat."""
    rng = np.random.default_rng(800)
    grain = band_noise(rng, 160.0, 0.3)
    return pattern("Moulded", 0.1, 0.5 + 0.1 * grain, 0.5 + 0.03 * grain + 0.05 * spectrum_noise(rng, 1.5, 2.0), 1.6e-5 * grain)


@lru_cache
def concrete_pattern() -> Pattern:
    """Trowelled concrete: clouds, sand and a few blow holes."""
    rng = np.random.default_rng(900)
    cloud, sand = spectrum_noise(rng, 1.5, 1.0), band_noise(rng, 180.0, 0.4)
    near, _ = cells(rng, 20)
    hole = np.clip(1.0 - near / (0.05 + 0.05 * np.clip(cloud, 0, 1)), 0.0, 1.0) * (band_noise(rng, 6.0) > 0.7)
    tone = 0.5 + 0.13 * cloud + 0.05 * sand - 0.35 * hole
    return pattern("Concrete", 2.0, tone, 0.62 + 0.07 * cloud + 0.2 * hole, 1.5e-4 * sand - 3e-3 * hole)


@lru_cache
def tiles_pattern() -> Pattern:
    """Glazed tiles of 0.3 m, four by four, with grout. Tone 0 is grout."""
    rng = np.random.default_rng(1000)
    count = 4
    place = (np.arange(SIZE) + 0.5) * count / SIZE
    tile, inside = np.floor(place).astype(int), place - np.floor(place)
    edge = np.minimum(inside, 1 - inside) * SIZE / count
    distance = np.minimum(edge[:, None], edge[None])
    glaze = np.clip((distance - 1.2) / 1.5, 0.0, 1.0)
    shade = rng.uniform(-0.06, 0.06, (count, count))[tile[:, None], tile[None]]
    tone = glaze * (0.75 + shade + 0.04 * spectrum_noise(rng, 1.6, 2.0))
    return pattern("Tiles", 1.2, tone, np.where(glaze > 0.5, 0.16, 0.8), 1.5e-3 * glaze)


@lru_cache
def cork_pattern() -> Pattern:
    """Pressed granules, each with its own shade."""
    rng = np.random.default_rng(1100)
    near, second = cells(rng, 56)
    grain = warp(second - near, 3 * band_noise(rng, 40.0), 3 * band_noise(rng, 40.0))
    tone = 0.5 + 0.15 * band_noise(rng, 50.0, 0.3) + 0.1 * standard(grain) - 0.25 * (band_noise(rng, 70.0, 0.3) > 1.7)
    return pattern("Cork", 0.3, tone, None, 3e-4 * standard(grain))


@lru_cache
def leaf_pattern() -> Pattern:
    """Leaf flesh: veins across, mottling along."""
    rng = np.random.default_rng(1200)
    rows = np.arange(SIZE, dtype=np.float32)[:, None] / SIZE
    columns = np.arange(SIZE, dtype=np.float32)[None] / SIZE
    slow = spectrum_noise(rng, 1.8, 1.0)
    wave = np.abs(np.sin(np.pi * (16 * columns + 6 * rows + 0.25 * slow)))
    vein = np.clip(1.0 - wave * 4.0, 0.0, 1.0)
    tone = 0.45 + 0.11 * slow + 0.05 * band_noise(rng, 60.0) + 0.16 * vein
    return pattern("Leaf", 0.2, tone, 0.42 + 0.04 * slow, -3e-4 * vein + 6e-5 * slow)


@lru_cache
def soil_pattern() -> Pattern:
    """Crumbs of potting earth."""
    rng = np.random.default_rng(1300)
    crumbs = band_noise(rng, 40.0, 0.6)
    return pattern("Soil", 0.2, 0.45 + 0.22 * crumbs + 0.08 * band_noise(rng, 150.0), None, 1.6e-3 * crumbs)


@lru_cache
def marble_pattern() -> Pattern:
    """Polished marble: clouds and branching veins."""
    rng = np.random.default_rng(1800)
    cloud = spectrum_noise(rng, 1.6, 1.0)
    vein = np.zeros((SIZE, SIZE), np.float32)
    for low, weight in ((1.0, 0.6), (3.0, 0.32), (6.0, 0.18)):
        field = spectrum_noise(rng, 1.9, low)
        vein += weight * np.exp(-((field / 0.055) ** 2))
    tone = 0.72 + 0.09 * cloud - 0.5 * np.clip(vein, 0.0, 1.0)
    return pattern("Marble", 1.2, tone, 0.16 + 0.05 * np.clip(vein, 0, 1), None)


@lru_cache
def terrazzo_pattern() -> Pattern:
    """Chips of stone in cement, ground flat."""
    rng = np.random.default_rng(1850)
    tone = np.full((SIZE, SIZE), 0.5, np.float32)
    for count, size in ((46, 0.34), (26, 0.3), (15, 0.26)):
        near, second = cells(rng, count)
        chip = (near < size * (0.75 + 0.2 * band_noise(rng, 20.0, 0.3))) & (second - near > 0.12)
        shade = 0.5 + 0.42 * np.sign(band_noise(rng, count * 1.1, 0.2)) * (0.4 + 0.6 * rng.random())
        tone = np.where(chip, shade, tone).astype(np.float32)
    return pattern("Terrazzo", 0.8, tone + 0.02 * band_noise(rng, 150.0), 0.3 + 0.03 * band_noise(rng, 100.0), None)


@lru_cache
def wicker_pattern() -> Pattern:
    """Willow rods woven around upright stakes."""
    rng = np.random.default_rng(2600)
    rods, stakes = 16, 10
    place = (np.arange(SIZE, dtype=np.float32) + 0.5) / SIZE
    row, in_row = np.floor(place * rods).astype(int), place * rods % 1.0 - 0.5
    lift = np.sin(np.pi * stakes * place)[None] * np.where(row % 2, 1.0, -1.0)[:, None]
    round_ = np.sqrt(np.clip(1.0 - (2 * in_row) ** 2, 0.0, 1.0))[:, None]
    stake = np.clip(1.0 - np.abs(np.sin(np.pi * stakes * place)) / 0.25, 0.0, 1.0)[None] * (lift < 0)
    height = round_ * (0.55 + 0.45 * lift)
    fibre = spectrum_noise(rng, 0.4, 10.0, (1.0, 10.0))
    shade = rng.uniform(-0.1, 0.1, rods).astype(np.float32)[row][:, None]
    tone = 0.22 + 0.4 * height + shade + 0.05 * fibre + 0.1 * stake
    return pattern("Wicker", 0.2, tone, 0.7 + 0.05 * fibre, (2.5e-3 * height + 1e-4 * fibre).astype(np.float32))


@lru_cache
def paper_pattern() -> Pattern:
    """Uncoated paper or a plain wallpaper: fibres and a faint mottling."""
    rng = np.random.default_rng(2700)
    fibre = spectrum_noise(rng, 0.5, 16.0, (1.0, 4.0)) + spectrum_noise(rng, 0.5, 16.0, (4.0, 1.0))
    return pattern(
        "Paper", 0.3, 0.5 + 0.06 * standard(fibre) + 0.04 * spectrum_noise(rng, 1.3, 2.0), None, 1.5e-5 * standard(fibre)
    )
