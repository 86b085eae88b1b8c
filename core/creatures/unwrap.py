"""UVs: the surface is cut into charts that face one way, laid flat without folding, and packed into the square."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MARGIN = 3.0  # texels between charts at 1,024 pixels
DIRECTIONS = np.concatenate([np.eye(3), -np.eye(3)])
# The image plane of each direction: u and v axes such that u x v looks along it.
PLANES = np.array([[(0, 1, 0), (0, 0, 1)], [(-1, 0, 0), (0, 0, 1)], [(1, 0, 0), (0, 1, 0)],
                   [(0, -1, 0), (0, 0, 1)], [(1, 0, 0), (0, 0, 1)], [(-1, 0, 0), (0, 1, 0)]], float)  # fmt: skip


@dataclass
class Layout:
    """``uvs`` (F, 4, 2) in 0..1, ``chart`` (F,) int32, ``scale``: metres a unit of UV space."""

    uvs: np.ndarray
    chart: np.ndarray
    scale: float


def unwrap(vertices: np.ndarray, quads: np.ndarray, group: np.ndarray) -> Layout:
    """Charts of quads (F, 4) whose faces share ``group`` (F,) and roughly a direction. Texel density is even all over."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    normal = np.cross(c - a, d - b)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    pairs = _pairs(quads)
    facing = _facing(normal, pairs)
    chart = _merged(_components(facing * 1000 + group, pairs), pairs, normal, facing)
    return _pack(vertices[quads], chart, facing)


def _pairs(quads: np.ndarray) -> np.ndarray:
    """(E, 2) faces that share an edge, of a closed mesh."""
    edges = np.sort(np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)]), axis=1).astype(np.int64)
    face = np.tile(np.arange(len(quads)), 4)
    order = np.argsort(edges[:, 0] * (int(quads.max()) + 1) + edges[:, 1], kind="stable")
    return face[order].reshape(-1, 2)


def _facing(normal: np.ndarray, pairs: np.ndarray, rounds: int = 6) -> np.ndarray:
    """(F,) which of the six directions each face is laid flat along: that of the smoothed normals, so that borders are calm."""
    calm = normal.copy()
    for _ in range(rounds):
        total = calm.copy()
        for one, other in (pairs.T, pairs[:, ::-1].T):
            for k in range(3):
                total[:, k] += np.bincount(one, calm[other, k], len(calm))
        calm = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
    # Sides first: animals are looked at from the side, and a seam along back and belly is the least seen.
    wish = calm @ DIRECTIONS.T + np.array((0.18, 0, 0, 0.18, 0, 0))
    wish[normal @ DIRECTIONS.T < 0.12] -= 4
    return wish.argmax(axis=1)


def _components(key: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """(F,) the smallest face number of the connected piece of equal keys each face is in."""
    same = pairs[key[pairs[:, 0]] == key[pairs[:, 1]]]
    label = np.arange(len(key))
    while True:
        low = np.minimum(label[same[:, 0]], label[same[:, 1]])
        new = label.copy()
        np.minimum.at(new, same.ravel(), np.repeat(low, 2))
        new = new[new]
        if (new == label).all():
            return label
        label = new


def _merged(chart: np.ndarray, pairs: np.ndarray, normal: np.ndarray, facing: np.ndarray, least: int = 24) -> np.ndarray:
    """Crumbs of fewer than ``least`` faces join a neighbour they do not fold over; ``facing`` is changed with them."""
    for _ in range(4):
        size = np.bincount(chart, minlength=len(chart))
        across = np.concatenate([pairs, pairs[:, ::-1]])
        across = across[(chart[across[:, 0]] != chart[across[:, 1]]) & (size[chart[across[:, 0]]] < least)]
        across = across[size[chart[across[:, 1]]] >= size[chart[across[:, 0]]]]
        if len(across) == 0:
            break
        crumbs, where = np.unique(chart[across[:, 0]], return_inverse=True)
        changed = False
        for number, crumb in enumerate(crumbs):
            near = chart[across[where == number, 1]]
            members = np.flatnonzero(chart == crumb)
            options, count = np.unique(near, return_counts=True)
            for option in options[np.argsort(-count, kind="stable")]:
                direction = facing[option]
                worst = float((normal[members] @ DIRECTIONS[direction]).min())
                if worst > 0.05:
                    chart[members], facing[members] = option, direction
                    changed = True
                    break
        if not changed:
            break
    return chart


def _pack(corners: np.ndarray, chart: np.ndarray, facing: np.ndarray) -> Layout:
    """Charts on shelves, tallest first, at the largest scale that fits the square."""
    names, number = np.unique(chart, return_inverse=True)
    plane = PLANES[facing]
    flat = np.einsum("fkd,fcd->fkc", corners, plane)
    low = np.full((len(names), 2), np.inf)
    high = -low
    for k in range(4):
        np.minimum.at(low, number, flat[:, k])
        np.maximum.at(high, number, flat[:, k])
    size = high - low
    order = np.argsort(-size[:, 1], kind="stable")
    side = 1.15 * np.sqrt((size[:, 0] * size[:, 1]).sum())
    while (place := _shelves(size, order, side)) is None:
        side *= 1.03
    gap = MARGIN / 1024 * side
    uvs = (flat - low[number][:, None] + place[number][:, None] + gap / 2) / side
    return Layout(uvs.astype(np.float32), number.astype(np.int32), float(side))


def _shelves(size: np.ndarray, order: np.ndarray, side: float) -> np.ndarray | None:
    """(N, 2) lower left corners of boxes in a square of that side, or None when they do not fit."""
    gap = MARGIN / 1024 * side
    place = np.zeros_like(size)
    x = y = shelf = 0.0
    for box in order:
        wide, high = size[box] + gap
        if x + wide > side:
            x, y, shelf = 0.0, y + shelf, 0.0
        if wide > side or y + high > side:
            return None
        place[box] = x, y
        x, shelf = x + wide, max(shelf, high)
    return place
