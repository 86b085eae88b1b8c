"""Edges and loose pieces of triangle meshes, in bulk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WELD = 1e-6  # of the mesh's size: vertices nearer than this are in one place


@dataclass
class Edges:
    """Directed edges, each both ways, sorted by u and then v.

    Attributes:
        u, v: (E,) from vertex to vertex; ``count_of_vertices`` makes their common ``key``.
        faces: (E,) how many faces lie at the edge.
        seam: (E,) bool, its faces disagree about a wedge.
        pair_edge, pair_from, pair_to: (P,) each way that a face leads a wedge of u to one of v, once.
        one_to_one: (E,) bool, every wedge of u is led to exactly one wedge of v.
    """

    key: np.ndarray
    u: np.ndarray
    v: np.ndarray
    faces: np.ndarray
    seam: np.ndarray
    pair_edge: np.ndarray
    pair_from: np.ndarray
    pair_to: np.ndarray
    one_to_one: np.ndarray
    count_of_vertices: int

    def find(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """The numbers of edges that exist."""
        return np.searchsorted(self.key, u * np.int64(self.count_of_vertices) + v)

    def count(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """How many faces lie at the edges from u to v; 0 where there is none."""
        key = u * np.int64(self.count_of_vertices) + v
        at = np.minimum(np.searchsorted(self.key, key), max(len(self.key) - 1, 0))
        return np.where(self.key[at] == key, self.faces[at], 0) if len(self.key) else np.zeros(len(key), int)

    def has(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Whether there is an edge from u to v."""
        return self.count(u, v) > 0


def find_edges(triangles: np.ndarray, vertex: np.ndarray, count: int) -> Edges:
    """The edges of ``triangles`` (T, 3) of wedges, whose vertices (of ``count``) are ``vertex`` (W,)."""
    a, b = triangles.T.ravel(), np.roll(triangles, -1, axis=1).T.ravel()
    start, end = np.concatenate([a, b]).astype(np.int64), np.concatenate([b, a]).astype(np.int64)
    key, faces = np.unique(vertex[start] * np.int64(count) + vertex[end], return_counts=True)
    pair_from, pair_to = np.divmod(np.unique(start * len(vertex) + end), max(len(vertex), 1))
    pair_edge = np.searchsorted(key, vertex[pair_from] * np.int64(count) + vertex[pair_to])
    order = np.lexsort((pair_from, pair_edge))
    pair_edge, pair_from, pair_to = pair_edge[order], pair_from[order], pair_to[order]
    pairs = np.bincount(pair_edge, minlength=len(key))
    new = np.r_[True, (np.diff(pair_edge) != 0) | (np.diff(pair_from) != 0)][: len(pair_edge)]
    sources = np.bincount(pair_edge[new], minlength=len(key))
    used = np.zeros(len(vertex), bool)
    used[triangles] = True
    wedges = np.bincount(vertex[used], minlength=count)
    u, v = np.divmod(key, max(count, 1))
    one_to_one = (pairs == sources) & (sources == wedges[u])
    return Edges(key, u, v, faces, pairs > 1, pair_edge, pair_from, pair_to, one_to_one, count)


def pieces(triangles: np.ndarray, count: int) -> np.ndarray:
    """(count,) the piece of each vertex, named after its lowest vertex: vertices that triangles (T, 3) connect share one."""
    label = np.arange(count)
    a, b = np.concatenate([triangles[:, 0], triangles[:, 1]]), np.concatenate([triangles[:, 1], triangles[:, 2]])
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, label[a], low)
        np.minimum.at(label, label[b], low)
        while (label != label[label]).any():
            label = label[label]
        if (label == before).all():
            return label


def welded(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(V,) which vertex stands for each: importers split vertices along seams, which shows as open borders that meet.

    Only vertices on open borders are joined, and only where no edge gets a third face by it.
    """
    vertex = np.arange(len(vertices))
    edges = find_edges(triangles, vertex, len(vertex))
    ends = np.unique(edges.u[edges.faces == 1])
    if len(ends) == 0:
        return vertex
    span = max(float(np.ptp(vertices, axis=0).max()), 1e-9)
    grid = np.rint(vertices[ends].astype(np.float64) / (WELD * span)).astype(np.int64)
    order = np.lexsort(grid.T)
    group = np.cumsum(np.r_[False, (np.diff(grid[order], axis=0) != 0).any(axis=1)])
    leader = np.full(group[-1] + 1, len(vertex))
    np.minimum.at(leader, group, ends[order])
    vertex[ends[order]] = leader[group]
    joined = find_edges(vertex[triangles], np.arange(len(vertex)), len(vertex))
    crowded = np.zeros(len(vertex), bool)
    crowded[joined.u[joined.faces > 2]] = True
    return np.where(crowded[vertex], np.arange(len(vertex)), vertex)


def ranges(start: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row number beside each whole number from ``start[row]`` up to ``start[row] + count[row]``."""
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + start[row]
