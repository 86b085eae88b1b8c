"""Textures packed the way an engine reads them: channels together in one image, normal maps in its direction."""

from __future__ import annotations

import numpy as np


def resized(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """(height, width, C) uint8 of ``pixels`` (H, W, C) uint8: the mean of the pixels that fall together, else the nearest."""
    rows, columns = pixels.shape[:2]
    if (rows, columns) == (height, width):
        return pixels
    if rows % height == 0 and columns % width == 0:
        blocks = pixels.reshape(height, rows // height, width, columns // width, -1).astype(np.float32)
        return np.rint(blocks.mean(axis=(1, 3))).astype(np.uint8)
    row, column = np.arange(height) * rows // height, np.arange(width) * columns // width
    return pixels[row][:, column]


def limited(pixels: np.ndarray, most: int) -> np.ndarray:
    """The image with sides that are powers of two and at most ``most`` pixels."""
    height, width = pixels.shape[:2]
    size = [min(most, 1 << max(int(round(np.log2(side))), 0)) for side in (width, height)]
    return resized(pixels, size[0], size[1])


def together(channels: list[np.ndarray | float]) -> np.ndarray:
    """(H, W, len(channels)) uint8 from single channels (H, W) uint8, or values in 0..1; all take the largest one's size."""
    images = [channel for channel in channels if isinstance(channel, np.ndarray)]
    height, width = max((image.shape[:2] for image in images), default=(4, 4))
    planes = []
    for channel in channels:
        if isinstance(channel, np.ndarray):
            planes.append(resized(channel[..., None], width, height)[..., 0])
        else:
            planes.append(np.full((height, width), round(255 * float(channel)), np.uint8))
    return np.stack(planes, axis=2)


def orm(occlusion: np.ndarray | float, roughness: np.ndarray | float, metal: np.ndarray | float) -> np.ndarray:
    """Occlusion in red, roughness in green, metal in blue: Unreal's and glTF's way."""
    return together([occlusion, roughness, metal])


def mask_map(metal: np.ndarray | float, occlusion: np.ndarray | float, roughness: np.ndarray | float) -> np.ndarray:
    """Metal in red, occlusion in green, no detail in blue, smoothness in alpha: Unity's way."""
    smooth = 255 - roughness if isinstance(roughness, np.ndarray) else 1 - roughness
    return together([metal, occlusion, 0.0, smooth])


def flipped_green(pixels: np.ndarray) -> np.ndarray:
    """A normal map turned from OpenGL (+Y) to DirectX (-Y), or back."""
    turned = pixels.copy()
    turned[..., 1] = 255 - turned[..., 1]
    return turned
