"""Placing meshes: matrices, and many things of a kind as one."""

from __future__ import annotations

import numpy as np

from ..scene import Instances, Mesh, Node


def placing(x: float, y: float, z: float = 0.0, yaw: float = 0.0, scale: float = 1.0) -> np.ndarray:
    """(4, 4) float32: scaled, turned about Z and moved."""
    cos, sin = np.cos(yaw) * scale, np.sin(yaw) * scale
    return np.array([(cos, -sin, 0, x), (sin, cos, 0, y), (0, 0, scale, z), (0, 0, 0, 1)], np.float32)


def placings(places: np.ndarray, yaws: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(N, 4, 4) float32 of places (N, 3), yaws (N,) and scales (N,)."""
    made = np.zeros((len(places), 4, 4), np.float32)
    cos, sin = np.cos(yaws) * scales, np.sin(yaws) * scales
    made[:, 0, 0], made[:, 0, 1], made[:, 1, 0], made[:, 1, 1] = cos, -sin, sin, cos
    made[:, 2, 2], made[:, 3, 3] = scales, 1.0
    made[:, :3, 3] = places
    return made


def looking(eye: tuple[float, float, float], target: tuple[float, float, float]) -> np.ndarray:
    """(4, 4) float32 of a camera at ``eye`` that looks at ``target``."""
    back = np.array(eye, float) - np.array(target, float)
    back /= max(float(np.linalg.norm(back)), 1e-9)
    right = np.cross((0.0, 0.0, 1.0), back)
    length = float(np.linalg.norm(right))
    right = right / length if length > 1e-6 else np.array([1.0, 0.0, 0.0])
    made = np.eye(4, dtype=np.float32)
    made[:3, 0], made[:3, 1], made[:3, 2], made[:3, 3] = right, np.cross(back, right), back, eye
    return made


def scattered(name: str, meshes: list[Mesh], index: np.ndarray, transforms: np.ndarray, **fields) -> Node:
    """Many repeats of meshes as one node."""
    return Node(name, instances=Instances(meshes, np.asarray(index, np.int32), np.asarray(transforms, np.float32)), **fields)


def unique_triangles(nodes: list[Node]) -> tuple[int, int]:
    """Triangles stored (each mesh once) and drawn (each repeat)."""
    stored: dict[int, int] = {}
    drawn = 0
    for node in nodes:
        if node.mesh is not None:
            stored[id(node.mesh)] = count = int((node.mesh.face_sizes - 2).sum())
            drawn += count
        if node.instances is not None:
            counts = [int((mesh.face_sizes - 2).sum()) for mesh in node.instances.meshes]
            stored |= {id(mesh): count for mesh, count in zip(node.instances.meshes, counts, strict=True)}
            drawn += int(np.array(counts)[node.instances.index].sum())
    return sum(stored.values()), drawn
