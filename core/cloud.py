"""The point cloud: what networks read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class PointCloud:
    """N points sampled from surfaces, or read from a file.

    Attributes:
        positions: (N, 3) float32, metres, in world space.
        normals: (N, 3) float32 unit vectors, or None.
        colors: (N, 3) float32 linear RGB in 0..1, or None.
        face, object, material: (N,) int32 into the source's faces, ``object_names`` and ``material_names``, or None.
    """

    name: str
    positions: np.ndarray
    normals: np.ndarray | None = None
    colors: np.ndarray | None = None
    face: np.ndarray | None = None
    object: np.ndarray | None = None
    material: np.ndarray | None = None
    object_names: list[str] = field(default_factory=list)
    material_names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.positions)

    def take(self, index: np.ndarray) -> PointCloud:
        """The points at ``index`` (M,), every attribute kept."""

        def pick(values: np.ndarray | None) -> np.ndarray | None:
            return None if values is None else values[index]

        return PointCloud(
            self.name, self.positions[index], pick(self.normals), pick(self.colors), pick(self.face),
            pick(self.object), pick(self.material), list(self.object_names), list(self.material_names),
        )
