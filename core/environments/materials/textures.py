"""Fields in 0..1 to the images a material holds."""

from __future__ import annotations

import numpy as np

from ...scene import LINEAR, SRGB, Texture
from .color import Color, encoded


def color_texture(name: str, field: np.ndarray, colors: list[Color]) -> Texture:
    """A base colour image: ``field`` (H, W) in 0..1 runs through evenly spaced linear ``colors``."""
    stops = encoded(np.array(colors)) * 255.0
    ramp = np.stack([np.interp(np.linspace(0, 1, 256), np.linspace(0, 1, len(colors)), stops[:, k]) for k in range(3)], axis=1)
    index = np.clip(field * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return Texture(f"{name} color", np.rint(ramp).astype(np.uint8)[index], SRGB)


def shaded_texture(name: str, colors: np.ndarray) -> Texture:
    """A base colour image of linear ``colors`` (H, W, 3)."""
    table = (encoded(np.linspace(0, 1, 4096)) * 255.0 + 0.5).astype(np.uint8)
    return Texture(f"{name} color", table[np.clip(colors * 4095.0 + 0.5, 0, 4095).astype(np.int32)], SRGB)


def surface_texture(name: str, roughness: np.ndarray, shade: np.ndarray | None = None) -> Texture:
    """An image of ``roughness`` (H, W) in green and ambient occlusion ``shade`` in red (1: open), as glTF packs them.

    In steps of 1/64, so that it packs small.
    """
    pixels = np.full((*roughness.shape, 3), 255, np.uint8)
    pixels[..., 1] = _steps(roughness)
    if shade is not None:
        pixels[..., 0] = _steps(shade)
    return Texture(f"{name} roughness", pixels, LINEAR)


def _steps(field: np.ndarray) -> np.ndarray:
    return (np.clip(field, 0.0, 1.0) * 63.0 + 0.5).astype(np.uint8) * 4


def occlusion(height: np.ndarray | None, tile: float) -> np.ndarray | None:
    """(H, W) in 0..1: how open each place of a seamless relief in metres is to the light, or None without one.

    A place lower than its surroundings within 2, 6 and 18 pixels gets less (a multi-scale cavity map).
    """
    if height is None:
        return None
    size = height.shape[0]
    spectrum = np.fft.rfft2(height)
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    closed = np.zeros(height.shape, np.float32)
    for reach in (2.0, 6.0, 18.0):
        around = np.fft.irfft2(spectrum * np.exp(-2.0 * (np.pi * frequency * reach) ** 2), height.shape)
        closed += np.clip((around - height) / (reach * tile / size), 0.0, 1.0).astype(np.float32)
    return 1.0 - 0.8 * np.clip(1.6 * closed, 0.0, 1.0)


def normal_texture(name: str, height: np.ndarray, tile: float) -> Texture:
    """A tangent-space normal map (+Y up, as glTF and Blender) of a seamless ``height`` (H, W) in metres on ``tile`` metres."""
    step = tile / height.shape[0]
    height = height.astype(np.float32)
    right = (np.roll(height, -1, axis=1) - np.roll(height, 1, axis=1)) / (2 * step)
    down = (np.roll(height, -1, axis=0) - np.roll(height, 1, axis=0)) / (2 * step)
    scale = 127.0 / np.sqrt(right**2 + down**2 + 1.0)
    normal = np.stack([-right * scale, down * scale, scale], axis=2) + 128.0
    return Texture(f"{name} normal", np.clip(normal + 0.5, 0, 255).astype(np.uint8), LINEAR)
