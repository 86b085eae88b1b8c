"""Pictures from fields of numbers: bytes, sRGB, and normal maps from heights."""

from __future__ import annotations

import numpy as np


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """0..1 as uint8."""
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def to_srgb(linear: np.ndarray) -> np.ndarray:
    """Linear 0..1 encoded as sRGB 0..1 (IEC 61966-2-1)."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


def normal_map(height: np.ndarray, texel: float) -> np.ndarray:
    """(H, W, 3) uint8 tangent-space normals (OpenGL, green up) of a height picture in metres, ``texel`` metres a pixel; it
    wraps."""
    right = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) / (2 * texel)
    down = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) / (2 * texel)
    normal = np.stack([-right, down, np.ones_like(height)], axis=2)
    return to_bytes(normal / np.linalg.norm(normal, axis=2, keepdims=True) * 0.5 + 0.5)
