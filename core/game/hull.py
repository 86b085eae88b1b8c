"""Convex hulls in numpy: small enough for colliders of any engine, and enclosing what they are of."""

from __future__ import annotations

import numpy as np

DIRECTIONS = 400  # extreme points are looked for along so many
THICKNESS = 1e-3  # metres: a flat thing's hull is this thick, as no engine takes one without a volume
CLEARANCE = 1e-6  # of the size: a point this far outside a face still lies on it


def convex_hull(points: np.ndarray, most_vertices: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """A convex polyhedron around ``points`` (N, 3) with at most ``most_vertices`` (at least 8) corners: vertices (V, 3), triangles.

    The corners are chosen one by one, each the point farthest outside what there is (quickhull, Barber 1996); when they do
    not suffice, the hull is blown up from its middle just so far that every point lies within.
    """
    points = _thick(np.asarray(points, np.float64))
    size = float(np.ptp(points, axis=0).max())
    candidates = _extremes(points) if len(points) > DIRECTIONS else np.unique(points, axis=0)
    faces = _tetrahedron(candidates)
    chosen = set(faces.ravel().tolist())
    normals, offsets = _planes(candidates, faces)
    tried = np.zeros(len(candidates), bool)  # each point once: where faces are slivers, rounding could call one back for ever
    tried[list(chosen)] = True
    while len(chosen) < max(most_vertices, 8):
        outside = np.where(tried, 0, (normals @ candidates.T - offsets[:, None]).max(axis=0))
        farthest = int(np.argmax(outside))
        if outside[farthest] <= CLEARANCE * size:
            break
        tried[farthest] = True
        seen = normals @ candidates[farthest] - offsets > 0.1 * CLEARANCE * size
        edges = np.concatenate([faces[seen][:, [k, (k + 1) % 3]] for k in range(3)])
        pairs = set(map(tuple, edges.tolist()))
        rim = [(a, b, farthest) for a, b in edges.tolist() if (b, a) not in pairs]
        faces = np.concatenate([faces[~seen], np.array(rim)])
        chosen = set(faces.ravel().tolist())
        normals, offsets = _planes(candidates, faces)
    used, triangles = np.unique(faces, return_inverse=True)
    return _enclosing(candidates[used], normals, offsets, points), triangles.reshape(-1, 3)


def volume(vertices: np.ndarray, triangles: np.ndarray) -> float:
    """Cubic metres within a closed surface whose triangles look outwards."""
    a, b, c = (np.asarray(vertices, np.float64)[triangles[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def is_convex(vertices: np.ndarray, triangles: np.ndarray, tolerance: float = 1e-4) -> bool:
    """Whether no vertex lies more than ``tolerance`` of the size outside the plane of any face."""
    points = np.asarray(vertices, np.float64)
    normals, offsets = _planes(points, triangles)
    return bool((normals @ points.T - offsets[:, None]).max() <= tolerance * np.ptp(points, axis=0).max())


def _enclosing(vertices: np.ndarray, normals: np.ndarray, offsets: np.ndarray, points: np.ndarray) -> np.ndarray:
    centre = vertices.mean(axis=0)
    reach = np.maximum(offsets - normals @ centre, 1e-12)
    factor = ((normals @ (points - centre).T).max(axis=1) / reach).max()
    return centre + (vertices - centre) * max(float(factor), 1.0)


def _planes(points: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a, b, c = (points[faces[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-30)
    return normal, np.einsum("ij,ij->i", normal, a)


def _extremes(points: np.ndarray) -> np.ndarray:
    """The points farthest out along directions spread evenly over the sphere (golden spiral) and along the axes."""
    k = np.arange(DIRECTIONS) + 0.5
    polar, turn = np.arccos(1 - 2 * k / DIRECTIONS), np.pi * (1 + 5**0.5) * k
    directions = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1)
    directions = np.concatenate([directions, np.eye(3), -np.eye(3)])
    return points[np.unique((points @ directions.T).argmax(axis=0))]


def _thick(points: np.ndarray) -> np.ndarray:
    """The points, and where they lie in one plane, line or place, copies beside it, so that their hull has a volume."""
    centred = points - points.mean(axis=0)
    for axis in np.linalg.eigh(centred.T @ centred)[1].T:  # the thinnest way first
        if np.ptp(points @ axis) < THICKNESS:
            points = np.concatenate([points - axis * THICKNESS / 2, points + axis * THICKNESS / 2])
    return points


def _tetrahedron(points: np.ndarray) -> np.ndarray:
    """Four points far apart, as four faces looking outwards."""
    axis = int(np.argmax(np.ptp(points, axis=0)))
    a, b = int(points[:, axis].argmin()), int(points[:, axis].argmax())
    along = points[b] - points[a]
    c = int(np.linalg.norm(np.cross(points - points[a], along), axis=1).argmax())
    normal = np.cross(along, points[c] - points[a])
    height = (points - points[a]) @ normal
    d = int(np.abs(height).argmax())
    if height[d] > 0:
        b, c = c, b
    return np.array([[a, b, c], [a, d, b], [b, d, c], [c, d, a]])
