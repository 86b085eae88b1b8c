"""Pictures from files: 8- and 16-bit PNG and EXR by ourselves, so that heights keep their depth; the rest by Pillow if there."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError

LARGEST = 120_000_000  # pixels
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_picture(path: Path | str, deep: bool = False) -> np.ndarray:
    """The pixels of a picture, first row on top.

    By default (H, W, 3 or 4) uint8. With ``deep`` (H, W) float32 heights: the first channel, 0..1 for whole numbers and as it
    stands for EXR. Raises WorldwrightError when the file is missing, damaged, too large or of a kind that cannot be read.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorldwrightError(f"The picture “{path}” cannot be read: {error.strerror or error}.") from error
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            pixels = _png(data)
        elif data[:4] == b"\x76\x2f\x31\x01":
            pixels = _exr(data)
        else:
            pixels = _other(path)
    except WorldwrightError:
        raise
    except (struct.error, zlib.error, ValueError, IndexError, KeyError, OverflowError, MemoryError) as error:
        raise WorldwrightError(f"The picture “{path.name}” is damaged.", "Save it again as PNG.") from error
    if deep:
        if np.issubdtype(pixels.dtype, np.integer):
            return (pixels[..., 0] / np.float32(np.iinfo(pixels.dtype).max)).astype(np.float32)
        return pixels[..., 0].astype(np.float32)
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    if pixels.dtype != np.uint8:
        pixels = np.rint(np.clip(np.nan_to_num(pixels), 0, 1) * 255).astype(np.uint8)
    if pixels.shape[2] < 3:
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    return pixels


def _check(width: int, height: int) -> None:
    if not 0 < width * height <= LARGEST:
        raise WorldwrightError(f"The picture is {width:,} x {height:,} pixels; at most {LARGEST // 10**6} megapixels are read.",
                               "Make it smaller first.")  # fmt: skip


def _png(data: bytes) -> np.ndarray:
    """(H, W, C) uint8 or uint16 of a PNG (third edition); interlaced ones go through Pillow."""
    at, packed, table = 8, [], None
    width = height = depth = kind = interlace = 0
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        if name == b"IHDR":
            width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", body)
            _check(width, height)
        elif name == b"PLTE":
            table = np.frombuffer(body, np.uint8).reshape(-1, 3)
        elif name == b"IDAT":
            packed.append(body)
        elif name == b"IEND":
            break
    if not packed or interlace:
        raise WorldwrightError("The PNG is interlaced or has no pixels.", "Save it again as an ordinary PNG.")
    channels = _CHANNELS[kind]
    rows = _unfiltered(
        zlib.decompress(b"".join(packed)), height, (width * channels * depth + 7) // 8, max(1, channels * depth // 8)
    )
    if depth == 16:
        return rows.view(">u2").astype(np.uint16).reshape(height, width, channels)
    if depth < 8:
        bits = np.unpackbits(rows, axis=1).reshape(height, -1, depth)
        values = (bits @ (1 << np.arange(depth)[::-1])).astype(np.uint8)[:, :width, None]
        rows = values if kind == 3 else (values * (255 // (2**depth - 1))).astype(np.uint8)
    pixels = rows.reshape(height, width, channels)
    if kind == 3:
        if table is None:
            raise ValueError("no palette")
        pixels = table[np.minimum(pixels[..., 0], len(table) - 1)]
    return pixels


def _unfiltered(raw: bytes, height: int, stride: int, step: int) -> np.ndarray:
    """(H, stride) uint8: the rows of a PNG with their filters undone; ``step``: bytes of a pixel."""
    data = np.frombuffer(raw, np.uint8, height * (stride + 1)).reshape(height, stride + 1)
    rows = data[:, 1:].copy()
    before = np.zeros(stride, np.uint8)
    for k, method in enumerate(data[:, 0]):
        row = rows[k]
        if method == 1:
            pixels = row.reshape(-1, step) if stride % step == 0 else None
            if pixels is not None:
                np.cumsum(pixels, axis=0, dtype=np.uint8, out=pixels)
        elif method == 2:
            row += before
        elif method in (3, 4):
            rows[k] = _sequential(row, before, step, int(method))
        before = rows[k]
    return rows


def _sequential(row: np.ndarray, before: np.ndarray, step: int, method: int) -> np.ndarray:
    """Average and Paeth, in which every byte needs the one to its left."""
    out, above = bytearray(row.tobytes()), before.tobytes()
    if method == 3:
        for k in range(len(out)):
            left = out[k - step] if k >= step else 0
            out[k] = (out[k] + ((left + above[k]) >> 1)) & 255
        return np.frombuffer(bytes(out), np.uint8)
    for k in range(len(out)):
        a, b, c = (out[k - step], above[k], above[k - step]) if k >= step else (0, above[k], 0)
        pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        out[k] = (out[k] + (a if pa <= pb and pa <= pc else (b if pb <= pc else c))) & 255
    return np.frombuffer(bytes(out), np.uint8)


_EXR_TYPES: dict[int, np.dtype] = {0: np.dtype("<u4"), 1: np.dtype("<f2"), 2: np.dtype("<f4")}
_EXR_ROWS = {0: 1, 2: 1, 3: 16}  # rows of a block: uncompressed, ZIPS, ZIP


def _exr(data: bytes) -> np.ndarray:
    """(H, W, C) float32 of a scan-line EXR, uncompressed or ZIP (OpenEXR 2 file layout); R or Y first."""
    version = struct.unpack("<I", data[4:8])[0]
    if version & 0x1A00:
        raise WorldwrightError("This EXR is tiled, deep or of several parts.", "Save it as a single scan-line picture.")
    at, found = 8, {}
    while data[at] != 0:
        end = data.index(b"\0", at)
        name, at = data[at:end].decode("latin-1"), end + 1
        end = data.index(b"\0", at)
        size = struct.unpack("<i", data[end + 1 : end + 5])[0]
        found[name] = data[end + 5 : end + 5 + size]
        at = end + 5 + size
    at += 1
    compression = found["compression"][0]
    if compression not in _EXR_ROWS:
        raise WorldwrightError(
            "This EXR is compressed in a way that is not read here.", "Save it with ZIP compression, or as 16-bit PNG."
        )
    x0, y0, x1, y1 = struct.unpack("<4i", found["dataWindow"])
    width, height = x1 - x0 + 1, y1 - y0 + 1
    _check(width, height)
    channels = _exr_channels(found["channels"])
    blocks = -(-height // _EXR_ROWS[compression])
    offsets = np.frombuffer(data, "<u8", blocks, at)
    row_bytes = sum(kind.itemsize for _, kind in channels) * width
    made = {name: np.zeros((height, width), np.float32) for name, _ in channels}
    for offset in offsets.tolist():
        y, size = struct.unpack("<ii", data[offset : offset + 8])
        rows = min(_EXR_ROWS[compression], height - (y - y0))
        block = data[offset + 8 : offset + 8 + size]
        if compression and size < rows * row_bytes:
            block = _exr_unzip(block)
        for row in range(rows):
            at = row * row_bytes
            for name, kind in channels:
                made[name][y - y0 + row] = np.frombuffer(block, kind, width, at).astype(np.float32)
                at += kind.itemsize * width
    order = sorted(made, key=lambda name: ("RGBA".find(name[-1]) if name[-1] in "RGBA" else (0 if name == "Y" else 9), name))
    return np.stack([made[name] for name in order], axis=2)


def _exr_channels(raw: bytes) -> list[tuple[str, np.dtype]]:
    channels: list[tuple[str, np.dtype]] = []
    at = 0
    while raw[at] != 0:
        end = raw.index(b"\0", at)
        channels.append((raw[at:end].decode("latin-1"), _EXR_TYPES[struct.unpack("<i", raw[end + 1 : end + 5])[0]]))
        at = end + 17
    return channels


def _exr_unzip(block: bytes) -> bytes:
    """Undoes EXR's predictor and its split into two halves."""
    values = np.frombuffer(zlib.decompress(block), np.uint8).copy()
    values[1:] -= 128
    np.cumsum(values, dtype=np.uint8, out=values)
    half = (len(values) + 1) // 2
    whole = np.empty_like(values)
    whole[0::2], whole[1::2] = values[:half], values[half:]
    return whole.tobytes()


def _other(path: Path) -> np.ndarray:
    """(H, W, 3) uint8 of any other kind of picture, where Pillow is installed."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise WorldwrightError(f"“{path.name}” is no PNG or EXR; other kinds need Pillow, which is not installed.",
                               "Save it as PNG.") from error  # fmt: skip
    try:
        with Image.open(path) as image:
            _check(*image.size)
            return np.asarray(image.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise WorldwrightError(f"“{path.name}” is not a picture that can be read.", "Save it as PNG.") from error
