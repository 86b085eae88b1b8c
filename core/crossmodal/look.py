"""How a material looks, as a few numbers: what remains of a picture when only one surface is asked about."""

from __future__ import annotations

import colorsys

import numpy as np

from ..scene import Material
from ..spatial.colour import to_linear, to_srgb

LOOK = 15


def look(material: Material, share: float = 1.0) -> np.ndarray:
    """(LOOK,) float32: colour (sRGB), hue as sine and cosine times saturation, saturation, value, how uneven the texture is,
    metallic, roughness, transmission, alpha, emission, whether there is a texture, and the ``share`` of the faces it is on."""
    color, spread = np.array(material.base_color[:3], float), 0.0
    if (texture := material.base_color_texture) is not None:
        pixels = texture.pixels[:: max(1, texture.pixels.shape[0] // 64), :: max(1, texture.pixels.shape[1] // 64), :3]
        linear = to_linear(pixels.reshape(-1, 3) / 255)
        color, spread = linear.mean(axis=0).astype(float), float(to_srgb(linear).std(axis=0).mean())
    srgb = to_srgb(color).astype(float)
    hue, saturation, value = colorsys.rgb_to_hsv(*np.clip(srgb, 0, 1))
    turn = 2 * np.pi * hue
    glow = min(material.emission_strength * max(material.emission), 1.0)
    surface = (material.metallic, material.roughness, material.transmission, material.base_color[3], glow)
    textured = float(material.base_color_texture is not None)
    values = (*srgb, np.sin(turn) * saturation, np.cos(turn) * saturation, saturation, value, spread, *surface, textured, share)
    return np.array(values, np.float32)
