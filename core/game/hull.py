"""Convex hulls in numpy: small enough for colliders of any engine, and enclosing what they are of."""

from __future__ import annotations

import numpy as np

DIRECTIONS = 400  # extreme points are looked for along so many
THICKNESS = 1e-3  # metres: a flat thing's hull is this thick, as no engine takes one without a volume
BREADTHS = (0.0, 1e-6, 1e-5, 1e-4)  # of the size
TOLERANCE = 1e-4  # of the size: how far a corner may lie outside a face's plane
CLEARANCE = 1e-6  # of the way from the middle to a face: a point this far outside still lies on it


def convex_hull(points: np.ndarray, most_vertices: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """A convex polyhedron around ``points`` (N, 3) with at most ``most_vertices`` (at least 8) corners: vertices (V, 3), triangles.

    The corners are chosen one by one, each the point farthest outside what there is (quickhull, Barber 1996), measured in
    the face's own distance from the middle; when they do not suffice, the hull is blown up from its middle just so far that
    every point lies within. Where rounding spoils it, points are moved a hair's breadth; last comes their bounding box.
    """
    points = _thick(np.asarray(points, np.float64))
    candidates = _extremes(points) if len(points) > DIRECTIONS else np.unique(points, axis=0)
    rng, size = np.random.default_rng(0), float(np.ptp(points, axis=0).max())
    for breadth in BREADTHS:
        vertices, triangles = _hull(points, candidates + rng.normal(size=candidates.shape) * breadth * size, most_vertices)
        if is_convex(vertices.astype(np.float32), triangles, TOLERANCE / 4) and volume(vertices, triangles) > 0:
            return vertices, triangles
    low, high = points.min(axis=0), points.max(axis=0)
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]) * (high - low) + low
    return _hull(corners, corners, 8)


def _hull(points: np.ndarray, candidates: np.ndarray, most_vertices: int) -> tuple[np.ndarray, np.ndarray]:
    """A hull with its corners among the ``candidates`` (N, 3), grown until it holds all ``points``."""
    faces = _tetrahedron(candidates)
    middle = candidates[np.unique(faces)].mean(axis=0)
    chosen = set(faces.ravel().tolist())
    planes = _planes(candidates - middle, faces)
    tried = np.zeros(len(candidates), bool)  # each point once: where faces are slivers, rounding could call one back for ever
    tried[list(chosen)] = True
    while len(chosen) < max(most_vertices, 8):
        reach = planes @ (candidates - middle).T  # 1: on the face's plane
        farthest = int(np.argmax(np.where(tried, 0, reach.max(axis=0))))
        if tried[farthest] or reach[:, farthest].max() <= 1 + CLEARANCE:
            break
        tried[farthest] = True
        seen = reach[:, farthest] > 1 + 0.1 * CLEARANCE
        edges = np.concatenate([faces[seen][:, [k, (k + 1) % 3]] for k in range(3)])
        pairs = set(map(tuple, edges.tolist()))
        rim = [(a, b, farthest) for a, b in edges.tolist() if (b, a) not in pairs]
        faces = np.concatenate([faces[~seen], np.array(rim)])
        chosen = set(faces.ravel().tolist())
        planes = _planes(candidates - middle, faces)
    used, triangles = np.unique(faces, return_inverse=True)
    growth = max(float((planes @ (points - middle).T).max()), 1.0)
    return middle + (candidates[used] - middle) * growth, triangles.reshape(-1, 3)


def volume(vertices: np.ndarray, triangles: np.ndarray) -> float:
    """Cubic metres within a closed surface whose triangles look outwards."""
    a, b, c = (np.asarray(vertices, np.float64)[triangles[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def is_convex(vertices: np.ndarray, triangles: np.ndarray, tolerance: float = TOLERANCE) -> bool:
    """Whether no vertex lies more than ``tolerance`` of the size outside the plane of any face."""
    points = np.asarray(vertices, np.float64)
    normal = np.cross(points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]])
    length = np.linalg.norm(normal, axis=1)
    wide = length > 1e-7 * np.ptp(points, axis=0).max() ** 2  # a sliver has no direction to speak of
    normal = normal[wide] / length[wide, None]
    offset = np.einsum("ij,ij->i", normal, points[triangles[wide, 0]])
    return bool(wide.any() and (normal @ points.T - offset[:, None]).max() <= tolerance * np.ptp(points, axis=0).max())


def _planes(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """(F, 3) the faces' planes as vectors m with m · x = 1 on them; the origin lies inside. A sliver reaches nowhere: 0."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    offset = np.einsum("ij,ij->i", normal, a)
    size = np.linalg.norm(normal, axis=1) * np.abs(points).max()
    sound = offset > 1e-9 * np.maximum(size, 1e-30)
    return normal * np.where(sound, 1 / np.where(sound, offset, 1), 0)[:, None]


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
