"""From meshes to the arrays a network reads; the same in training and in use."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh
from .sampling import sample


def cloud_arrays(meshes: list[Mesh], seed: int = 0, count: int = 1024) -> dict[str, np.ndarray]:
    """What the network reads of ``meshes`` as one thing.

    Returns positions (count, 3) float32 in the unit sphere, normals (count, 3) float32, colors (count, 3) float32 sRGB and
    has_color () bool: false when there are none, or everything is one and the same grey. Raises WorldwrightError.
    """
    cloud = sample(meshes, count, seed=seed)
    positions = cloud.positions.astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    normals = np.zeros_like(positions) if cloud.normals is None else cloud.normals
    linear = np.zeros_like(positions) if cloud.colors is None else np.clip(cloud.colors, 0, 1)
    colors = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    plain = np.ptp(colors, axis=0).max() < 0.02 and np.ptp(colors[0]) < 0.02
    return {
        "positions": positions.astype(np.float32),
        "normals": normals.astype(np.float32),
        "colors": colors.astype(np.float32),
        "has_color": np.array(cloud.colors is not None and not plain),
    }
