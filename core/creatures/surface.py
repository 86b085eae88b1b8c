"""Distance field → closed surface of quads, by surface nets, relaxed so that quads are even and lie on the field's zero.

Source: S. Gibson, "Constrained elastic surface nets" (1998), in its naive form: one vertex a cell, one quad an edge.
"""

from __future__ import annotations

import numpy as np

from .field import Field

CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
EDGES = np.array([(a, b) for a in range(8) for b in range(a + 1, 8) if np.abs(CORNERS[a] - CORNERS[b]).sum() == 1])


def surface(field: Field, relaxations: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """The zero set: vertices (V, 3) float64 and quads (Q, 4) int32, counter-clockwise seen from outside.

    Closed, and every edge has exactly two faces: where the field would touch itself in a cell, the cell is filled first.
    """
    values = _filled(field.values)
    inside = values < 0
    vertices, index = _vertices(field, values, inside)
    quads = _quads(inside, index)
    vertices, quads = _largest(vertices, quads)
    graph = neighbours(len(vertices), quads)
    gradient = np.stack(np.gradient(field.values, *field.axes), axis=-1)
    for _ in range(relaxations):
        mean = smoothed(vertices, graph)
        vertices = vertices + 0.6 * (mean - vertices)
        vertices = _project(field, gradient, vertices)
    return vertices, quads


def neighbours(count: int, quads: np.ndarray) -> np.ndarray:
    """(V, K) int32: the vertices each vertex shares an edge with, itself repeated where it has fewer than the most."""
    edges = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)])
    edges = np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)
    valence = np.bincount(edges[:, 0], minlength=count)
    table = np.repeat(np.arange(count, dtype=np.int32)[:, None], max(int(valence.max()), 1), axis=1)
    place = np.arange(len(edges)) - np.repeat(np.cumsum(valence) - valence, valence)
    table[edges[:, 0], place] = edges[:, 1]
    return table


def smoothed(values: np.ndarray, graph: np.ndarray) -> np.ndarray:
    """The mean of each vertex's neighbours, of values (V, ...)."""
    own = graph == np.arange(len(graph))[:, None]
    count = np.maximum((~own).sum(axis=1), 1)
    total = values[graph].sum(axis=1) - own.sum(axis=1).reshape(-1, *[1] * (values.ndim - 1)) * values
    return total / count.reshape(-1, *[1] * (values.ndim - 1))


def normals(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """(V, 3) unit vertex normals, area-weighted."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    face = np.cross(c - a, d - b)
    total = np.stack([np.bincount(quads.ravel(), np.repeat(face[:, k], 4), len(vertices)) for k in range(3)], axis=1)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def _corner_values(values: np.ndarray) -> np.ndarray:
    """(X-1, Y-1, Z-1, 8): the values at each cell's corners."""
    shape = np.array(values.shape) - 1
    return np.stack([values[tuple(slice(o, o + n) for o, n in zip(corner, shape, strict=True))] for corner in CORNERS], axis=-1)


def _pieces() -> np.ndarray:
    """(256,) bool: corner patterns whose inside or outside falls into several pieces along the cell's edges."""
    result = np.zeros(256, bool)
    for code in range(1, 255):
        for wanted in (0, 1):
            members = {k for k in range(8) if (code >> k & 1) == wanted}
            front = {min(members)}
            seen = set(front)
            while front:
                front = {int(b) for e in EDGES for a, b in (e, e[::-1]) if a in front and b in members and b not in seen}
                seen |= front
            result[code] |= len(seen) < len(members)
    return result


AMBIGUOUS = _pieces()


def _filled(values: np.ndarray) -> np.ndarray:
    """The field with every ambiguous cell filled: its outside corner nearest to the surface goes inside."""
    values = values.copy()
    for _ in range(30):
        corners = _corner_values(values)
        code = ((corners < 0) << np.arange(8)).sum(axis=-1)
        bad = np.argwhere(AMBIGUOUS[code])
        if len(bad) == 0:
            break
        at = corners[tuple(bad.T)]
        corner = np.where(at < 0, np.inf, at).argmin(axis=1)
        values[tuple((bad + CORNERS[corner]).T)] = -1e-6
    return values


def _vertices(field: Field, values: np.ndarray, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One vertex in every cell the surface crosses, at the mean of its crossings; and the cells' vertex numbers, -1 without."""
    count = _corner_values(inside.astype(np.int8)).sum(axis=-1)
    active = (count > 0) & (count < 8)
    cells = np.argwhere(active)
    index = np.full(active.shape, -1, np.int32)
    index[active] = np.arange(len(cells))
    at = np.stack([values[tuple((cells + corner).T)] for corner in CORNERS], axis=1).astype(np.float64)
    total, crossings = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, b in EDGES:
        crossed = (at[:, a] < 0) != (at[:, b] < 0)
        t = np.where(crossed, at[:, a] / np.where(crossed, at[:, a] - at[:, b], 1), 0)
        total += (CORNERS[a] + t[:, None] * (CORNERS[b] - CORNERS[a])) * crossed[:, None]
        crossings += crossed
    place = total / crossings[:, None]
    points = np.empty_like(place)
    for k, axis in enumerate(field.axes):
        low = axis[cells[:, k]]
        points[:, k] = low + place[:, k] * (axis[cells[:, k] + 1] - low)
    return points, index


def _quads(inside: np.ndarray, index: np.ndarray) -> np.ndarray:
    """A quad around every grid edge that leaves the inside."""
    result = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        start = np.moveaxis(inside, axis, 0)[:-1]
        end = np.moveaxis(inside, axis, 0)[1:]
        edges = np.argwhere(np.moveaxis(start != end, 0, axis))
        shape = np.array(inside.shape)
        edges = edges[(edges[:, u] > 0) & (edges[:, v] > 0) & (edges[:, u] < shape[u] - 1) & (edges[:, v] < shape[v] - 1)]
        leaving = inside[tuple(edges.T)]
        step_u, step_v = np.eye(3, dtype=int)[[u, v]]
        around = (edges - step_u - step_v, edges - step_v, edges, edges - step_u)
        quad = np.stack([index[tuple(cell.T)] for cell in around], axis=1)
        result.append(np.where(leaving[:, None], quad, quad[:, ::-1]))
    return np.concatenate(result).astype(np.int32)


def _largest(vertices: np.ndarray, quads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The largest connected piece alone: crumbs of the field are no part of the animal."""
    label = np.arange(len(vertices))
    while True:
        low = label[quads].min(axis=1)
        new = label.copy()
        np.minimum.at(new, quads.ravel(), np.repeat(low, 4))
        new = new[new]
        if (new == label).all():
            break
        label = new
    biggest = np.bincount(label[quads[:, 0]]).argmax()
    kept = quads[label[quads[:, 0]] == biggest]
    used, corners = np.unique(kept, return_inverse=True)
    return vertices[used], corners.reshape(-1, 4).astype(np.int32)


def _project(field: Field, gradient: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points moved one Newton step onto the zero set, at most half a cell."""
    cell, weight = [], []
    for k, axis in enumerate(field.axes):
        at = np.clip(np.searchsorted(axis, points[:, k]) - 1, 0, len(axis) - 2)
        cell.append(at)
        weight.append((points[:, k] - axis[at]) / (axis[at + 1] - axis[at]))
    value, slope = np.zeros(len(points)), np.zeros((len(points), 3))
    for corner in CORNERS:
        share = np.prod([w if c else 1 - w for w, c in zip(weight, corner, strict=True)], axis=0)
        place = tuple(at + c for at, c in zip(cell, corner, strict=True))
        value += share * field.values[place]
        slope += share[:, None] * gradient[place]
    square = np.maximum((slope**2).sum(axis=1), 1e-6)
    limit = 0.5 * float(np.diff(field.axes[0]).min())
    step = slope * (value / square)[:, None]
    size = np.linalg.norm(step, axis=1, keepdims=True)
    return points - step * np.minimum(1, limit / np.maximum(size, 1e-12))
