"""Points near points, by cells of a grid: numpy alone, so that it works wherever the generators do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

BLOCK = 1 << 22  # candidate pairs looked at together: about 150 MB
MOST_CELLS = 1 << 20  # along one axis, so that three fit into an int64
COLUMNS = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]


class _Grid:
    """Points sorted by cell. ``keys`` rise by 1 along z, so three cells on one another are one run of points."""

    def __init__(self, points: np.ndarray, cell: float) -> None:
        points = np.asarray(points, np.float64)
        self.low = points.min(axis=0)
        span = float((points.max(axis=0) - self.low).max())
        self.cell = max(cell * (1 + 1e-9), span / MOST_CELLS, 1e-30)
        self.depth = int(span / self.cell) + 3
        keys = self.key(points)
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def key(self, points: np.ndarray) -> np.ndarray:
        x, y, z = (np.floor((np.asarray(points, np.float64) - self.low) / self.cell).astype(np.int64) + 1).T
        return (x * self.depth + y) * self.depth + z

    def run(self, keys: np.ndarray, column: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Start and end, in ``order``, of the points in the three cells around each of ``keys``, ``column`` away in x and y."""
        middle = keys + (column[0] * self.depth + column[1]) * self.depth
        return np.searchsorted(self.keys, middle - 1, "left"), np.searchsorted(self.keys, middle + 1, "right")


def pairs_within(points: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All pairs of ``points`` (N, 3) at most ``radius`` apart: first < second (P,) int32, and their distances (P,) float32."""
    points = np.asarray(points, np.float32)
    if len(points) < 2:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    grid = _Grid(points, radius)
    ordered = points[grid.order]
    here = np.arange(len(points))
    found = []
    for column in COLUMNS[4:]:  # the own column and those after it: the others would give every pair twice
        start, end = grid.run(grid.keys, column)
        if column == (0, 0):
            start = here + 1
        for one, other in _expand(here, start, end):
            away = ordered[one] - ordered[other]
            squared = np.einsum("ij,ij->i", away, away)
            near = squared <= radius * radius
            one, other = grid.order[one[near]], grid.order[other[near]]
            found.append((np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32), np.sqrt(squared[near])))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True)) if found else pairs_within(points[:1], radius)


def nearest(points: np.ndarray, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The ``k`` nearest of ``points`` (N, 3) to each of ``queries`` (Q, 3), nearest first: distances (Q, k) float32 and
    numbers (Q, k) int32. ``k`` is cut to N. Exact."""
    points, queries = np.asarray(points, np.float32), np.asarray(queries, np.float32)
    k = min(k, len(points))
    distances = np.full((len(queries), k), np.inf, np.float32)
    numbers = np.zeros((len(queries), k), np.int32)
    if k == 0 or len(queries) == 0:
        return distances, numbers
    both = np.concatenate([points, queries])
    span = float(np.ptp(both, axis=0).max())
    # On a surface as wide as the box about 5 k points lie in the nine columns around a point when a cell is this wide.
    cell = max(span * np.sqrt(0.55 * k / len(points)), span * 1e-6, 1e-30)
    open_ = np.arange(len(queries))
    while len(open_):
        whole = cell > span
        found = _candidates(points, queries, open_, cell, k)
        for rows, distance, number in found:
            distances[rows], numbers[rows] = distance, number
        # Anything outside the cells looked at is farther than one cell.
        open_ = open_[:0] if whole else open_[distances[open_, -1] > cell]
        cell *= 2
    return distances, numbers


def _candidates(
    points: np.ndarray, queries: np.ndarray, rows: np.ndarray, cell: float, k: int
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The ``k`` nearest within the cells around each query, for those that have so many there: rows, distances, numbers."""
    grid = _Grid(points, cell)
    keys = grid.key(queries[rows])
    runs = [grid.run(keys, column) for column in COLUMNS]
    counts = np.sum([end - start for start, end in runs], axis=0)
    order = np.argsort(counts, kind="stable")
    order = order[np.searchsorted(counts[order], k) :]  # fewest candidates first, so that a block's rows are about as long
    while len(order):
        size = max(1, np.searchsorted(np.arange(1, len(order) + 1) * counts[order], BLOCK // 4))
        mine, order = order[:size], order[size:]
        width = int(counts[mine[-1]])
        squared = np.full((len(mine), width), np.inf, np.float32)
        number = np.zeros((len(mine), width), np.int64)
        filled = np.zeros(len(mine), np.int64)
        for start, end in runs:
            for row, place in _expand(np.arange(len(mine)), start[mine], end[mine]):
                column = filled[row] + place - start[mine][row]
                away = points[grid.order[place]] - queries[rows[mine[row]]]
                squared[row, column] = np.einsum("ij,ij->i", away, away)
                number[row, column] = grid.order[place]
            filled += np.maximum(end - start, 0)[mine]
        best = np.argpartition(squared, k - 1, axis=1)[:, :k]
        best = np.take_along_axis(best, np.argsort(np.take_along_axis(squared, best, 1), axis=1, kind="stable"), 1)
        yield rows[mine], np.sqrt(np.take_along_axis(squared, best, 1)), np.take_along_axis(number, best, 1).astype(np.int32)


def _expand(rows: np.ndarray, start: np.ndarray, end: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Each of ``rows`` beside each number from its start up to its end, in blocks."""
    counts = np.maximum(end - start, 0)
    total = np.cumsum(counts)
    cuts = np.searchsorted(total, np.arange(BLOCK, (total[-1] if len(total) else 0) + BLOCK, BLOCK)) + 1
    low = 0
    for high in np.minimum(cuts, len(rows)):
        part = counts[low:high]
        if part.sum():
            offset = np.arange(part.sum()) - np.repeat(np.cumsum(part) - part, part)
            yield np.repeat(rows[low:high], part), np.repeat(start[low:high], part) + offset
        low = high
