"""A cloud in 87 numbers: proportions, profile along the height, distances between points, facing of the surface.

They do not change with yaw, size or place, and they are few and plain enough for decision trees, which generalise from a small
library better than a network does. The distance histogram is the D2 distribution of Osada et al., ACM TOG 2002.
"""

from __future__ import annotations

import numpy as np

STATISTICS = 87
"""Length of the vector."""

_ANGLES = np.linspace(0, np.pi / 2, 45, endpoint=False)
_PAIRS = 4000


def measure_shape(positions: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """(N, 3) positions, Z up, and (N, 3) unit normals -> (STATISTICS,) float32."""
    points = _squared(positions.astype(np.float64))
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    longest, (wide, narrow) = extent.max(), np.sort(extent[:2])[::-1]
    level = (points[:, 2] - low[2]) / extent[2]
    centred = points - low - extent / 2
    radius = np.hypot(centred[:, 0], centred[:, 1]) / longest
    spread = np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(points.T)), 0))[::-1]
    parts = [
        [wide / longest, narrow / longest, extent[2] / longest, narrow / wide, extent[2] / wide],
        spread / max(spread[0], 1e-9),
        _shares(level, 12, 0, 1),
        _shares(radius, 10, 0, 0.75),
        _profile(level, radius),
        *_pairs(points, normals, extent),
        *_facing(normals, level),
        [len(np.unique(((points - low) / longest * 8).astype(int).clip(0, 7) @ [64, 8, 1])) / 512],
    ]
    return np.concatenate(parts).astype(np.float32)


def _squared(points: np.ndarray) -> np.ndarray:
    """Turned about Z so that the ground plan lies in its smallest rectangle."""
    plan = points[:, :2]
    cosine, sine = np.cos(_ANGLES), np.sin(_ANGLES)
    across = np.ptp(plan @ np.stack([cosine, sine]), axis=0) * np.ptp(plan @ np.stack([-sine, cosine]), axis=0)
    best = int(across.argmin())
    turn = np.array([[cosine[best], -sine[best]], [sine[best], cosine[best]]])
    return np.c_[plan @ turn, points[:, 2]]


def _shares(values: np.ndarray, bins: int, low: float, high: float) -> np.ndarray:
    return np.histogram(values, bins, (low, high))[0] / max(len(values), 1)


def _profile(level: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Mean and spread of the distance from the axis in eight slices."""
    slices = np.minimum((level * 8).astype(int), 7)
    count = np.maximum(np.bincount(slices, minlength=8), 1)
    mean = np.bincount(slices, radius, 8) / count
    square = np.bincount(slices, radius**2, 8) / count
    return np.stack([mean, np.sqrt(np.maximum(square - mean**2, 0))], axis=1).ravel()


def _pairs(points: np.ndarray, normals: np.ndarray, extent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.random.default_rng(0).integers(0, len(points), (2, _PAIRS))
    distance = np.linalg.norm(points[first] - points[second], axis=1) / np.linalg.norm(extent)
    return _shares(distance, 12, 0, 1), _shares(np.abs((normals[first] * normals[second]).sum(axis=1)), 6, 0, 1.01)


def _facing(normals: np.ndarray, level: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How much faces each way, and at which heights surfaces face up or down."""
    up = normals[:, 2]
    top = np.histogram(level[up > 0.9], 8, (0, 1))[0] / len(up)
    return _shares(up, 10, -1.01, 1.01), top, np.histogram(level[up < -0.9], 4, (0, 1))[0] / len(up)
