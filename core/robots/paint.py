"""Painted metal, bare steel, rubber and lamps, as textures that repeat every half metre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..geometry.noise import cells, fractal, smoothstep, value_noise
from ..geometry.pictures import normal_map, to_bytes, to_srgb
from ..geometry.shape import Finish
from ..scene import LINEAR, SRGB, Material, Texture
from .brief import RobotBrief

SIZE = 512
TILE = 0.5  # metres


@dataclass(frozen=True)
class Finishes:
    """What parts are made of."""

    shell: Finish
    trim: Finish
    steel: Finish
    joint: Finish
    light: Finish


def finishes(brief: RobotBrief, rng: np.random.Generator) -> Finishes:
    """The materials of one robot."""
    lamp = Material(
        "Lamps", (*brief.light_color, 1.0), roughness=0.3, emission=brief.light_color, emission_strength=brief.light_strength
    )
    return Finishes(
        Finish(_painted("Shell", brief.shell_color, brief.wear, rng), TILE),
        Finish(_painted("Trim", brief.trim_color, brief.wear, rng), TILE),
        Finish(_steel(rng, brief.wear), TILE),
        Finish(Material("Rubber", (0.018, 0.018, 0.02, 1.0), roughness=0.75), TILE),
        Finish(lamp, TILE),
    )


def _sphere(rng: np.random.Generator, scale: float) -> tuple[np.ndarray, int]:
    """Points of a torus in space, one for each pixel, so that noise read there repeats without a seam."""
    angle = 2 * np.pi * (np.arange(SIZE) + 0.5) / SIZE
    u, v = np.meshgrid(angle, angle)
    radius = scale / (2 * np.pi)
    points = np.stack([(2.2 + np.cos(u)) * np.cos(v), (2.2 + np.cos(u)) * np.sin(v), np.sin(u)], axis=2).reshape(-1, 3) * radius
    return points, int(rng.integers(2**31))


def _painted(name: str, color: tuple[float, float, float], wear: float, rng: np.random.Generator) -> Material:
    """Lacquer with panel seams and rivets, chipped down to primer and metal where ``wear`` says."""
    points, seed = _sphere(rng, 14)
    grime = fractal(points * 0.35, seed, 4).reshape(SIZE, SIZE)
    fine = value_noise(points * 4, seed + 9).reshape(SIZE, SIZE)
    seam, bolt = _panels(rng)
    chipped = smoothstep(
        fractal(points * 1.4, seed + 3, 4).reshape(SIZE, SIZE) + 0.55 * seam + 0.02, 0.62 - 0.42 * wear, 0.70 - 0.42 * wear
    )
    chipped = chipped * (0.25 + 0.75 * (seam > 0.2)) * (wear > 0)
    paint = (
        np.array(color)[None, None]
        * (1 + 0.05 * fine[..., None])
        * (1 - (0.10 + 0.35 * wear) * smoothstep(grime, 0.0, 0.55)[..., None])
    )
    paint = paint * (1 - 0.55 * seam[..., None])
    metal = np.array((0.30, 0.30, 0.31))
    base = paint + (metal - paint) * chipped[..., None]
    roughness = 0.34 + 0.30 * wear * smoothstep(grime, -0.1, 0.5) + 0.05 * fine - 0.05 * chipped
    height = -0.0012 * seam + 0.0009 * bolt - 0.0002 * chipped + 0.00003 * fine
    return Material(
        name, (*color, 1.0), roughness=0.4, metallic=0.0, clearcoat=0.25 * (1 - wear),
        base_color_texture=Texture(f"{name} colour", to_bytes(to_srgb(base)), SRGB),
        roughness_texture=Texture(f"{name} roughness", to_bytes(np.repeat(roughness[..., None], 3, axis=2)), LINEAR),
        normal_texture=Texture(f"{name} normal", normal_map(height, TILE / SIZE), LINEAR),
    )  # fmt: skip


def _panels(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Seams of a few large panels and the rivets in their corners, (SIZE, SIZE) each in 0..1; they wrap around."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    seam, bolt = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    rows = np.array([0.0, 0.36, 0.62])
    for k, low in enumerate(rows):
        high = rows[k + 1] if k + 1 < len(rows) else 1.0
        seam = np.maximum(seam, smoothstep(np.abs(y - low), 0.005, 0.0025))
        inside = (y >= low) & (y < high)
        for cut in np.sort(rng.uniform(0.05, 0.95, 2)) if k != 1 else (0.25, 0.75):
            seam = np.maximum(seam, inside * smoothstep(np.abs(x - cut), 0.005, 0.0025))
            for side in (-0.022, 0.022):
                for row in (low + 0.03, high - 0.03):
                    bolt = np.maximum(bolt, smoothstep(np.hypot(x - cut - side, y - row), 0.010, 0.006))
    return seam, bolt


def _steel(rng: np.random.Generator, wear: float) -> Material:
    """Brushed steel."""
    points, seed = _sphere(rng, 30)
    stretched = points * (0.15, 0.15, 3.0)
    brushed = fractal(stretched, seed, 3).reshape(SIZE, SIZE)
    _, second, own = cells(points * 0.2, seed + 1)
    stain = own.reshape(SIZE, SIZE) * smoothstep(second.reshape(SIZE, SIZE), 0.9, 0.4)
    base = np.array((0.42, 0.42, 0.43)) * (1 + 0.12 * brushed[..., None]) * (1 - 0.3 * wear * stain[..., None])
    roughness = 0.34 + 0.12 * brushed + 0.15 * wear * stain
    return Material(
        "Steel", (0.42, 0.42, 0.43, 1.0), metallic=1.0, roughness=0.35,
        base_color_texture=Texture("Steel colour", to_bytes(to_srgb(base)), SRGB),
        roughness_texture=Texture("Steel roughness", to_bytes(np.repeat(roughness[..., None], 3, axis=2)), LINEAR),
    )  # fmt: skip
