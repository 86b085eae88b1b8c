"""sRGB and linear light (IEC 61966-2-1): files and images hold the first, everything in between the second."""

from __future__ import annotations

import numpy as np


def to_linear(srgb: np.ndarray) -> np.ndarray:
    """Linear float32 of sRGB values in 0..1, any shape."""
    srgb = np.asarray(srgb, np.float32)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((np.maximum(srgb, 0) + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_srgb(linear: np.ndarray) -> np.ndarray:
    """sRGB float32 of linear values in 0..1, any shape."""
    linear = np.clip(np.asarray(linear, np.float32), 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


LINEAR_OF_BYTE = to_linear(np.arange(256, dtype=np.float32) / 255)


def from_bytes(srgb: np.ndarray) -> np.ndarray:
    """Linear float32 of sRGB bytes, any shape."""
    return LINEAR_OF_BYTE[np.asarray(srgb, np.uint8)]


def to_bytes(linear: np.ndarray) -> np.ndarray:
    """sRGB bytes of linear values in 0..1, any shape; ``to_bytes(from_bytes(b))`` is ``b``."""
    return np.rint(to_srgb(linear) * 255).astype(np.uint8)
