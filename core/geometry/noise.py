"""Noise in space, so that what is painted on a surface has no seams where its charts meet."""

from __future__ import annotations

import numpy as np


def _bits(cell: np.ndarray, seed: int) -> np.ndarray:
    """(N,) uint32 of whole-number cells (N, 3), well mixed."""
    x, y, z = (cell[:, k].astype(np.uint32) for k in range(3))
    value = x * np.uint32(374761393) + y * np.uint32(668265263) + z * np.uint32(2147483647) + np.uint32(seed & 0xFFFFFFFF)
    value = (value ^ (value >> np.uint32(13))) * np.uint32(1274126177)
    value ^= value >> np.uint32(16)
    value *= np.uint32(2246822519)
    return value ^ (value >> np.uint32(15))


def value_noise(points: np.ndarray, seed: int) -> np.ndarray:
    """(N,) smooth noise in -1..1 of points (N, 3), one cell a unit."""
    cell = np.floor(points).astype(np.int32)
    t = (points - cell).astype(np.float32)
    t = t * t * (3 - 2 * t)
    x, y, z = (np.stack([1 - t[:, k], t[:, k]]) for k in range(3))
    result = np.zeros(len(points), np.float32)
    for i in (0, 1):
        for j in (0, 1):
            weight = x[i] * y[j]
            for k in (0, 1):
                result += weight * z[k] * (_bits(cell + np.array((i, j, k), np.int32), seed) >> np.uint32(8)).astype(np.float32)
    return result * np.float32(2.0 / 0xFFFFFF) - 1


def fractal(points: np.ndarray, seed: int, octaves: int = 3) -> np.ndarray:
    """(N,) sum of ever finer noise, about -1..1."""
    total = np.zeros(len(points), np.float32)
    for k in range(octaves):
        total += value_noise(points * 2.0**k + 17 * k, seed + k) * 0.5**k
    return total / (2 - 0.5 ** (octaves - 1))


def cells(points: np.ndarray, seed: int, jitter: float = 0.8) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Worley noise: distance to the nearest and second nearest seed, in cells, and a number in 0..1 of the nearest."""
    base = np.floor(points - 0.5).astype(np.int32)  # of the eight cells around, one holds the nearest seed almost always
    near = np.full(len(points), 9.0, np.float32)
    second = near.copy()
    own = np.zeros(len(points), np.float32)
    for corner in np.ndindex(2, 2, 2):
        cell = base + np.array(corner, np.int32)
        bits = _bits(cell, seed)
        square = np.zeros(len(points), np.float32)
        for axis in range(3):
            place = ((bits >> np.uint32(10 * axis)) & np.uint32(1023)).astype(np.float32) / 1023
            square += (cell[:, axis] + 0.5 + jitter * (place - 0.5) - points[:, axis]).astype(np.float32) ** 2
        distance = np.sqrt(square)
        closer = distance < near
        second = np.where(closer, near, np.minimum(second, distance))
        own = np.where(closer, (bits >> np.uint32(3) & np.uint32(255)).astype(np.float32) / 255, own)
        near = np.where(closer, distance, near)
    return near, second, own


def smoothstep(value: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 below ``low``, 1 above ``high``, smooth between; ``low`` may be the larger."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)
