"""Seamless random fields on a square, by filtering white noise in the frequency domain."""

from __future__ import annotations

import numpy as np

SIZE = 512


def spectrum_noise(
    rng: np.random.Generator, falloff: float, low: float = 1.0, stretch: tuple[float, float] = (1.0, 1.0)
) -> np.ndarray:
    """(SIZE, SIZE) float32 of zero mean and unit deviation whose amplitude falls as frequency ** -falloff.

    ``low``: frequencies under this many cycles a tile are left out. ``stretch``: rows and columns drawn out by these
    factors (a grain along the columns has a large second factor). Periodic, so the tile repeats without a seam.
    """
    white = rng.standard_normal((SIZE, SIZE), np.float32)
    rows = np.fft.fftfreq(SIZE)[:, None].astype(np.float32) * SIZE * stretch[0]
    columns = np.fft.rfftfreq(SIZE)[None].astype(np.float32) * SIZE * stretch[1]
    radius = np.hypot(rows, columns)
    gain = np.where(radius >= low, np.maximum(radius, 1e-3) ** -falloff, 0.0)
    return standard(np.fft.irfft2(np.fft.rfft2(white) * gain, (SIZE, SIZE)))


def band_noise(rng: np.random.Generator, frequency: float, width: float = 0.5) -> np.ndarray:
    """(SIZE, SIZE) float32 blotches of about ``frequency`` to a tile, log-normally spread by ``width``."""
    white = rng.standard_normal((SIZE, SIZE), np.float32)
    rows = np.fft.fftfreq(SIZE)[:, None].astype(np.float32) * SIZE
    columns = np.fft.rfftfreq(SIZE)[None].astype(np.float32) * SIZE
    radius = np.maximum(np.hypot(rows, columns), 1e-3)
    gain = np.exp(-0.5 * (np.log(radius / frequency) / width) ** 2)
    return standard(np.fft.irfft2(np.fft.rfft2(white) * gain, (SIZE, SIZE)))


def standard(field: np.ndarray) -> np.ndarray:
    """Zero mean, unit deviation, float32."""
    field = field.astype(np.float32) - np.float32(field.mean())
    return field / max(float(field.std()), 1e-9)


def warp(field: np.ndarray, down: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The field read at places shifted by ``down`` and ``right`` pixels, wrapping around (bilinear)."""
    size = field.shape[0]
    y = np.arange(size, dtype=np.float32)[:, None] + down
    x = np.arange(size, dtype=np.float32)[None] + right
    y0, x0 = np.floor(y).astype(np.int32), np.floor(x).astype(np.int32)
    fy, fx = y - y0, x - x0
    y1, x1 = (y0 + 1) % size, (x0 + 1) % size
    y0, x0 = y0 % size, x0 % size
    return (field[y0, x0] * (1 - fx) + field[y0, x1] * fx) * (1 - fy) + (field[y1, x0] * (1 - fx) + field[y1, x1] * fx) * fy


def cells(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Worley cells of a jittered ``count`` x ``count`` grid: distance to the nearest and second nearest point, in cells."""
    jitter = rng.random((count, count, 2)).astype(np.float32)
    place = (np.arange(SIZE, dtype=np.float32) + 0.5) * count / SIZE
    row, column = np.floor(place).astype(int)[:, None], np.floor(place).astype(int)[None]
    near = np.full((SIZE, SIZE), 9.0, np.float32)
    second = near.copy()
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            point = jitter[(row + i) % count, (column + j) % count]
            dy, dx = row + i + point[..., 0] - place[:, None], column + j + point[..., 1] - place[None]
            distance = np.hypot(dy, dx)
            second = np.minimum(second, np.maximum(near, distance))
            near = np.minimum(near, distance)
    return near, second
