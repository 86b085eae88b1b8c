"""Texture → packed Blender image. The PNG bytes are made here, so an exporter can pass them on untouched."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Generator

import bpy
import numpy as np

from ..core.scene import SRGB, Texture

ROWS_BYTES = 1 << 19  # one slice of compression: about 20 ms
COMPRESSION = 4


def encode_png(pixels: np.ndarray) -> Generator[None, None, bytes]:
    """PNG file of ``pixels`` (H, W, 3 or 4) uint8, first row on top (PNG, third edition; filter type 2, "Up").

    A generator because compressing a large texture takes longer than a window may stand still.
    """
    height, width, channels = pixels.shape
    rows = np.empty((height, 1 + width * channels), np.uint8)
    flat = pixels.reshape(height, -1)
    rows[:, 0] = 2
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    compressor = zlib.compressobj(COMPRESSION)
    packed = []
    step = max(1, ROWS_BYTES // rows.shape[1])
    for start in range(0, height, step):
        packed.append(compressor.compress(rows[start : start + step]))
        yield
    packed.append(compressor.flush())

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"".join(packed)) + chunk(b"IEND", b"")


def write_image(texture: Texture, pixels: np.ndarray) -> Generator[None, None, bpy.types.Image]:
    """A packed image of ``pixels`` (H, W, 3 or 4) uint8 named and colour-managed after ``texture``."""
    png = yield from encode_png(np.ascontiguousarray(pixels, np.uint8))
    image = bpy.data.images.new(texture.name, 8, 8)
    image.pack(data=png, data_len=len(png))
    image.source = "FILE"
    image.colorspace_settings.name = "sRGB" if texture.space == SRGB else "Non-Color"
    return image
