"""Colours between the sRGB people name and the linear values materials hold."""

from __future__ import annotations

import numpy as np

Color = tuple[float, float, float]


def linear(values: np.ndarray) -> np.ndarray:
    """sRGB in 0..1 to linear (IEC 61966-2-1)."""
    values = np.asarray(values, float)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(values: np.ndarray) -> np.ndarray:
    """Linear in 0..1 to sRGB."""
    values = np.clip(np.asarray(values, float), 0.0, 1.0)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055)


def hexadecimal(code: str) -> Color:
    """The linear colour of "#rrggbb"."""
    red, green, blue = linear(np.array([int(code[k : k + 2], 16) for k in (1, 3, 5)]) / 255.0)
    return float(red), float(green), float(blue)
