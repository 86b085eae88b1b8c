"""Boxes with bevelled edges, and soft boxes for upholstery."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .shape import Shape, outward

Point = tuple[float, float, float]
BEVEL = 0.003


def box(low: Point, high: Point, bevel: float = BEVEL, grain: int | None = None) -> Shape:
    """A box between two corners with one-segment bevels (26 faces), or sharp (6 faces) where ``bevel`` is 0.

    ``grain``: the axis (0, 1, 2) the texture's u runs along; the longest by default.
    """
    a, b = np.asarray(low, float), np.asarray(high, float)
    size = b - a
    bevel = min(bevel, 0.3 * float(size.min()))
    signs, corners, sizes, axes = _bevelled() if bevel > 0 else _sharp()
    half = size / 2 - np.where(np.abs(signs) == 2, 0.0, bevel)
    vertices = (a + b) / 2 + np.sign(signs) * half
    return Shape(vertices, corners, sizes, box_uvs(vertices, corners, np.repeat(axes, sizes), size, grain))


def board(low: Point, high: Point, bevel: float = 0.0015) -> Shape:
    """A box with the fine edges of furniture boards."""
    return box(low, high, bevel)


def picture(low: Point, high: Point) -> Shape:
    """A sharp box whose front (-Y) carries a whole picture upright, u and v in 0..1; its other faces show the picture's rim."""
    shape = box(low, high, 0.0)
    a, b = np.asarray(low, float), np.asarray(high, float)
    across = (shape.vertices[shape.corners] - a) / (b - a)
    return Shape(shape.vertices, shape.corners, shape.sizes, across[:, [0, 2]])


def box_uvs(vertices: np.ndarray, corners: np.ndarray, axes: np.ndarray, size: np.ndarray, grain: int | None = None) -> np.ndarray:
    """(C, 2) metres: each corner projected along its face's axis (C,), u along the grain where it lies in the face."""
    grain = int(np.argmax(size)) if grain is None else grain
    table = np.array([(_first(axis, grain), 3 - axis - _first(axis, grain)) for axis in range(3)])
    points, rows = vertices[corners], np.arange(len(corners))
    return np.stack([points[rows, table[axes, 0]], points[rows, table[axes, 1]]], axis=1)


def _first(axis: int, grain: int) -> int:
    return grain if axis != grain else (axis + 1) % 3


@lru_cache
def _sharp() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    signs = np.array([[x, y, z] for x in (-2, 2) for y in (-2, 2) for z in (-2, 2)], float)
    faces, axes = [], []
    for axis in range(3):
        for side in (-2, 2):
            faces.append(_ring(np.flatnonzero(signs[:, axis] == side), signs, axis, side))
            axes.append(axis)
    return signs, np.concatenate(faces), np.full(6, 4), np.array(axes)


def _ring(members: np.ndarray, signs: np.ndarray, axis: int, side: float) -> np.ndarray:
    """The four members around a face of ``axis``, counter-clockwise seen from outside."""
    turn = np.arctan2(signs[members, (axis + 2) % 3], signs[members, (axis + 1) % 3])
    return members[np.argsort(turn if side > 0 else -turn)]


@lru_cache
def _bevelled() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """24 vertices: at each corner one per axis, on that axis' face (sign 2) and set back along the others (sign 1)."""
    corner_signs = _sharp()[0] / 2
    signs = np.repeat(corner_signs, 3, axis=0)
    signs[np.arange(24), np.tile(np.arange(3), 8)] *= 2
    owner = np.tile(np.arange(3), 8)
    faces, axes = [], []
    for axis in range(3):
        for side in (-2, 2):
            faces.append(_ring(np.flatnonzero((owner == axis) & (signs[:, axis] == side)), signs, axis, side))
            axes.append(axis)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        along = 3 - i - j
        for si in (-1, 1):
            for sj in (-1, 1):
                low, high = (int(_corner(i, si, j, sj, along, s)) * 3 for s in (-1, 1))
                faces.append(_facing(np.array([low + i, high + i, high + j, low + j]), signs))
                axes.append(i)
    for corner in range(8):
        faces.append(_facing(corner * 3 + np.arange(3), signs))
        axes.append(0)
    return signs, np.concatenate(faces), np.array([len(face) for face in faces]), np.array(axes)


def _corner(i: int, si: int, j: int, sj: int, along: int, s: int) -> int:
    signs = [0, 0, 0]
    signs[i], signs[j], signs[along] = si, sj, s
    return 4 * (signs[0] > 0) + 2 * (signs[1] > 0) + (signs[2] > 0)


def _facing(face: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """The face wound so that it looks away from the centre."""
    points = signs[face]
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    return face if normal @ points.mean(axis=0) > 0 else face[::-1]


def cushion(low: Point, high: Point, radius: float, puff: float = 0.0, cells: tuple[int, int, int] = (6, 6, 3)) -> Shape:
    """A soft box: edges rounded by ``radius``, its broad sides swollen by ``puff`` metres, all inside the two corners.

    ``cells``: quads along each axis; the outermost take the rounding.
    """
    a, b = np.asarray(low, float), np.asarray(high, float)
    half = (b - a) / 2
    radius = min(radius, 0.95 * float(half.min()))
    lattice, corners, axes = _lattice(cells)
    thin = int(np.argmin(half))
    core = half.copy()
    core[thin] = max(half[thin] - puff, 0.4 * half[thin])
    point = np.empty((len(lattice), 3))
    for axis, count in enumerate(cells):
        point[:, axis] = _stations(count, core[axis], min(radius, 0.95 * core[thin]))[lattice[:, axis]]
    inner = np.clip(point, -(core - min(radius, 0.95 * core[thin])), core - min(radius, 0.95 * core[thin]))
    offset = point - inner
    length = np.linalg.norm(offset, axis=1, keepdims=True)
    point = inner + np.where(length > 1e-9, offset / np.maximum(length, 1e-9), 0.0) * min(radius, 0.95 * core[thin])
    others = [axis for axis in range(3) if axis != thin]
    swell = np.prod([np.clip(1.0 - (point[:, axis] / core[axis]) ** 2, 0.0, 1.0) for axis in others], axis=0)
    point[:, thin] += np.sign(point[:, thin]) * (half[thin] - core[thin]) * swell
    vertices = point + (a + b) / 2
    shape = Shape(vertices, corners, np.full(len(axes), 4), box_uvs(vertices, corners, np.repeat(axes, 4), 2 * half, None))
    return outward(shape)


def _stations(count: int, half: float, radius: float) -> np.ndarray:
    """(count + 1,) coordinates from -half to half: one cell for each rounding (at its half angle two), even between."""
    inner = half - radius
    if count < 4:
        return np.concatenate([[-half], np.linspace(-inner, inner, count - 1), [half]]) if count > 1 else np.array([-half, half])
    knee = inner + radius * 0.42
    return np.concatenate([[-half, -knee], np.linspace(-inner, inner, count - 3), [knee, half]])


@lru_cache
def _lattice(cells: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Surface of a block of cells: lattice points (V, 3), quad corners and the axis of each quad."""
    quads, axes = [], []
    for axis in range(3):
        i, j = (axis + 1) % 3, (axis + 2) % 3
        u, v = np.meshgrid(np.arange(cells[i]), np.arange(cells[j]), indexing="ij")
        for side in (0, cells[axis]):
            corner = np.empty((u.size, 4, 3), int)
            corner[..., axis] = side
            for k, (du, dv) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
                corner[:, k, i], corner[:, k, j] = u.ravel() + du, v.ravel() + dv
            quads.append(corner if side else corner[:, ::-1])
            axes.append(np.full(u.size, axis))
    every = np.concatenate(quads).reshape(-1, 3)
    points, corners = np.unique(every, axis=0, return_inverse=True)
    return points, corners.reshape(-1), np.concatenate(axes)
