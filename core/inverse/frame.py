"""A shape put upright, turned square and brought into the cube the network reads in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..environments.greybox.boxes import surface_points, tightest
from ..errors import WorldwrightError
from ..scene import Mesh

QUARTERS = [np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
# Rotations that bring +Z, -Z, +X, -X, +Y, -Y up.
UPS = [
    np.eye(3),
    np.diag([1.0, -1.0, -1.0]),
    np.array([[0, 0, -1.0], [0, 1, 0], [1, 0, 0]]),
    np.array([[0, 0, 1.0], [0, 1, 0], [-1, 0, 0]]),
    np.array([[1, 0, 0], [0, 0, -1.0], [0, 1, 0]]),
    np.array([[1, 0, 0], [0, 0, 1.0], [0, -1, 0]]),
]
FLAT = 2e-3  # of the longest side: what is thinner along another is a plane


@dataclass
class Cloud:
    """Points on a surface: ``points`` (N, 3) metres, ``normals`` (N, 3) of length one."""

    points: np.ndarray
    normals: np.ndarray

    def turned(self, rotation: np.ndarray) -> Cloud:
        """The cloud under a rotation (3, 3)."""
        return Cloud(self.points @ rotation.T, self.normals @ rotation.T)

    @property
    def box(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest corner."""
        return self.points.min(axis=0), self.points.max(axis=0)

    @property
    def diagonal(self) -> float:
        low, high = self.box
        return float(np.linalg.norm(high - low))


def triangles_of(meshes: list[Mesh]) -> np.ndarray:
    """(T, 3, 3) corners of all triangles of meshes in one space."""
    parts = [mesh.vertices[mesh.corners[mesh.triangles()[0]]] for mesh in meshes if len(mesh.face_sizes)]
    return np.concatenate([np.zeros((0, 3, 3)), *(part.reshape(-1, 3, 3).astype(float) for part in parts)])


def cloud_of(meshes: list[Mesh], count: int) -> Cloud:
    """``count`` points spread evenly over meshes; the same every time. Raises WorldwrightError where there is no surface."""
    name = meshes[0].name if meshes else "selection"
    triangles = triangles_of(meshes)
    if not np.isfinite(triangles).all():
        raise WorldwrightError(f"“{name}” has coordinates that are not finite numbers.", "Clean the mesh up, or select another.")
    points, normals = surface_points(triangles, count) if len(triangles) else (np.zeros((0, 3)), np.zeros((0, 3)))
    if len(points) < count:
        raise WorldwrightError(f"“{name}” has no surface to rebuild.", "Select a mesh with faces.")
    return Cloud(points, normals)


def check_solid(cloud: Cloud, name: str) -> None:
    """Raises WorldwrightError for a plane or a line."""
    size = np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(cloud.points.T)), 0))
    if size[0] < FLAT * size[2]:
        raise WorldwrightError(
            f"“{name}” is flat: nothing can be told of its thickness.", "Select a solid shape, or give it a thickness first."
        )


def squared(cloud: Cloud) -> np.ndarray:
    """(3, 3) the smallest turn about Z after which the cloud's sides lie along x and y."""
    _, _, yaw = tightest(cloud.points[:, :2])
    turn = -((yaw + np.pi / 4) % (np.pi / 2) - np.pi / 4)
    cos, sin = np.cos(turn), np.sin(turn)
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
