"""Edge collapse of an attributed triangle mesh, many edges at a time, in numpy.

Every collapse moves one vertex onto a neighbour that stays where it is (as in Zeux' meshoptimizer), so whatever a vertex
carries - weights, shape keys - stays exact. The cost is Garland and Heckbert's quadric (1997) with Hoppe's attribute
quadrics (1999) for the UVs. A *wedge* is a vertex as one side of a seam sees it: a vertex inside a chart has one, a vertex
on a seam two; a seam is only collapsed along itself, both sides at once, so it never opens.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .topology import Edges, find_edges, pieces, ranges

BORDER_WEIGHT, SEAM_WEIGHT = 10.0, 1.0  # of the planes that stand on open edges and on seams
SHORT = 1e-5  # of the squared length: where nothing else decides, short edges go first
SHARE = 0.35  # of the vertices: how many may go in one pass before costs are measured again
TURN = 0.2  # cosine: how far a triangle's normal may turn in one collapse
SKIN, SHAPE, STRETCH = 0.1, 0.25, 0.5  # what a metre of skinning, shape key and texture sliding costs, in metres of surface
SPECK = 0.015  # of the whole's diagonal: pieces smaller than this may go altogether
ERRORS = (0.01, 0.04)  # of the diagonal: no collapse costs more; one within the first is tried everywhere before the second
STALLED = 0.003  # of the triangles: a pass that removes fewer has come to its end


@dataclass
class Surface:
    """What is collapsed.

    Attributes:
        points: (V, 3) float64.
        triangles: (T, 3) wedges.
        vertex: (W,) the vertex of each wedge; ``uvs``: (W, 2) float64, or None.
        corner: (T, 3) the corner of the mesh that each corner once was.
        weights: (V, B) bone weights, or None; ``shapes``: (V, K, 3) offsets of shape keys, or None.
    """

    points: np.ndarray
    triangles: np.ndarray
    vertex: np.ndarray
    corner: np.ndarray
    uvs: np.ndarray | None = None
    weights: np.ndarray | None = None
    shapes: np.ndarray | None = None


def collapse(surface: Surface, count: int) -> Surface:
    """The surface with at most ``count`` triangles where that can be done, else as few as can."""
    return collapse_to(surface, [count])[0]


def collapse_to(surface: Surface, counts: list[int]) -> list[Surface]:
    """The surface with at most each of ``counts`` triangles, largest first: each goes on from the one before.

    First strictly along seams and borders; when that leaves too many, across seams as well (the texture is then carried on
    over the edge); before anything coarser, loose specks go, the smallest first.
    """
    work, made = _Collapse(surface), []
    for count in counts:
        for error in ERRORS:
            for strict in (True, False):
                while len(work.triangles) > count and work.step(count, strict, error):
                    pass
            work.drop_specks(count)
        made.append(Surface(work.points, work.triangles, work.vertex, work.corner, work.uvs, surface.weights, surface.shapes))
    return made


class _Collapse:
    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.points, self.vertex, self.uvs = surface.points, surface.vertex, surface.uvs
        self.triangles, self.corner = surface.triangles, surface.corner
        self._keep(_distinct(self.vertex[self.triangles]))
        self.edges = find_edges(self.triangles, self.vertex, len(self.points))
        self.quadric = np.zeros((len(self.points), 10))
        self.area = np.full(len(self.points), 1e-30)
        self.diagonal = float(np.linalg.norm(np.ptp(self.points[np.unique(self.edges.u)], axis=0))) if len(self.edges.u) else 0.0
        self._add_planes()
        areas = self.area[np.unique(self.edges.u)]
        self.usual = float(np.median(areas)) if len(areas) else 1.0  # divided by more, wide faces would hide an error
        if self.uvs is not None:
            self._add_uvs(self.uvs)

    def step(self, count: int, strict: bool, error: float) -> bool:
        """One pass: an independent set of the cheapest collapses that cost at most ``error`` of the diagonal each.

        Returns False when it led to nothing worth another pass.
        """
        before = len(self.triangles)
        candidates = np.flatnonzero(self._allowed(strict))
        cost = self._costs(candidates)
        within = cost <= (error * self.diagonal) ** 2
        candidates, cost = candidates[within], cost[within]
        if len(candidates) == 0:
            return False
        needed = (before - count + 1) // 2
        vertices = len(np.unique(self.edges.u))
        at_once = min(int(1.5 * needed) + 8, max(int(SHARE * vertices), 8))
        for limit in (_best(self.edges.u[candidates], cost, at_once), np.inf):
            near = np.flatnonzero(cost <= limit)
            passed = near[self._sound(candidates[near])]
            chosen = self._independent(candidates[passed], cost[passed])
            if len(chosen):
                break
        removed = np.cumsum(self.edges.faces[chosen])
        self._apply(chosen[: int(np.searchsorted(removed, before - count)) + 1])
        return before - len(self.triangles) > STALLED * before

    def drop_specks(self, count: int) -> None:
        """Takes away loose pieces too small to be missed until no more than ``count`` triangles are left."""
        if len(self.triangles) <= count:
            return
        corners = self.vertex[self.triangles]
        piece = pieces(corners, len(self.points))[corners[:, 0]]
        names, piece, triangles = np.unique(piece, return_inverse=True, return_counts=True)
        low, high = np.full((len(names), 3), np.inf), np.full((len(names), 3), -np.inf)
        for k in range(3):
            np.minimum.at(low, piece, self.points[corners[:, k]])
            np.maximum.at(high, piece, self.points[corners[:, k]])
        size = np.linalg.norm(high - low, axis=1)
        order = np.argsort(size, kind="stable")
        order = order[size[order] < SPECK * self.diagonal]
        excess = len(self.triangles) - count
        order = order[: int(np.searchsorted(np.cumsum(triangles[order]), excess)) + 1]
        self._keep(~np.isin(piece, order))
        self.edges = find_edges(self.triangles, self.vertex, len(self.points))

    def _keep(self, faces: np.ndarray) -> None:
        self.triangles, self.corner = self.triangles[faces], self.corner[faces]

    # What a collapse costs

    def _add_planes(self) -> None:
        """Quadrics of the faces' planes, and of planes standing on seams and borders so that these keep their course."""
        corners = self.vertex[self.triangles]
        normal, area = _normals(self.points[corners])
        planes = _plane(normal, self.points[corners[:, 0]]) * area[:, None]
        for k in range(3):
            _scatter(self.quadric, corners[:, k], planes)
            self.area += np.bincount(corners[:, k], area, len(self.area))
        weight = np.where(self.edges.faces == 1, BORDER_WEIGHT, np.where(self.edges.seam, SEAM_WEIGHT, 0.0))
        for k in range(3):
            u, v = corners[:, k], corners[:, (k + 1) % 3]
            own = weight[self.edges.find(u, v)]
            face = np.flatnonzero(own)
            u, v = u[face], v[face]
            along = self.points[v] - self.points[u]
            size = np.linalg.norm(along, axis=1)
            across = np.cross(along / np.maximum(size, 1e-30)[:, None], normal[face])
            standing = _plane(across, self.points[u]) * (own[face] * size**2)[:, None]
            _scatter(self.quadric, u, standing)
            _scatter(self.quadric, v, standing)

    def _add_uvs(self, uvs: np.ndarray) -> None:
        """Attribute quadrics of each wedge: squares (W, 10), linear terms (W, 2, 4), weights (W,), in metres of sliding."""
        points, texture = self.points[self.vertex[self.triangles]], uvs[self.triangles]
        _, area = _normals(points)
        first, second = texture[:, 1] - texture[:, 0], texture[:, 2] - texture[:, 0]
        covered = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]).sum() / 2
        self.metres = STRETCH * float(np.sqrt(area.sum() / max(covered, 1e-12)))  # that one UV unit covers, as cost
        gradient = _gradients(points, texture) * self.metres
        offset = texture[:, 0] * self.metres - np.einsum("tij,tj->ti", gradient, points[:, 0])
        row = np.concatenate([gradient, offset[:, :, None]], axis=2)  # the texture's place is row · (p, 1)
        squares = (_outer(row[:, 0]) + _outer(row[:, 1])) * area[:, None]
        linear = (row * area[:, None, None]).reshape(-1, 8)
        wedges = len(self.vertex)
        self.uv_square, self.uv_linear, self.uv_weight = np.zeros((wedges, 10)), np.zeros((wedges, 8)), np.full(wedges, 1e-30)
        for k in range(3):
            _scatter(self.uv_square, self.triangles[:, k], squares)
            _scatter(self.uv_linear, self.triangles[:, k], linear)
            self.uv_weight += np.bincount(self.triangles[:, k], area, wedges)

    def _costs(self, chosen: np.ndarray) -> np.ndarray:
        """Square metres for each of the ``chosen`` edges: how wrong the surface gets when u goes to where v is."""
        edges, u, v = self.edges, self.edges.u[chosen], self.edges.v[chosen]
        target = self.points[v]
        cost = _evaluate(self.quadric[u], target)
        if self.uvs is not None:
            cost += np.bincount(edges.pair_edge, self._texture_costs(self.uvs), len(edges.u))[chosen]
        cost = np.maximum(cost, 0) / np.minimum(self.area[u], self.usual)
        length = np.square(target - self.points[u]).sum(axis=1)
        cost += SHORT * length
        if self.surface.weights is not None:
            moved = np.abs(self.surface.weights[u] - self.surface.weights[v]).sum(axis=1)
            cost += SKIN**2 * length * moved**2
        if self.surface.shapes is not None:
            cost += SHAPE**2 * np.square(self.surface.shapes[u] - self.surface.shapes[v]).sum(axis=2).max(axis=1)
        return cost

    def _texture_costs(self, uvs: np.ndarray) -> np.ndarray:
        edges = self.edges
        place, value = self.points[edges.v][edges.pair_edge], uvs[edges.pair_to] * self.metres
        linear = self.uv_linear[edges.pair_from].reshape(-1, 2, 4)
        along = np.einsum("pij,pj->pi", linear[:, :, :3], place) + linear[:, :, 3]
        squares = self.uv_weight[edges.pair_from] * np.square(value).sum(axis=1)
        return np.maximum(_evaluate(self.uv_square[edges.pair_from], place) - 2 * (along * value).sum(axis=1) + squares, 0)

    # Which collapses may be made

    def _allowed(self, strict: bool) -> np.ndarray:
        """(E,) bool: whether u may go to v without opening a seam or moving a border off its course."""
        edges, count = self.edges, len(self.points)
        open_edges = np.bincount(edges.u, edges.faces == 1, count)[edges.u]
        tangled = np.bincount(edges.u, edges.faces > 2, count)[edges.u] > 0
        if not strict:
            return ((open_edges == 0) | (edges.faces == 1)) & (~tangled | (edges.faces > 2))
        along_border = (open_edges == 2) & (edges.faces == 1)
        return edges.one_to_one & ((open_edges == 0) | along_border) & ~tangled

    def _sound(self, chosen: np.ndarray) -> np.ndarray:
        """bool for each of the ``chosen`` edges: no triangle turns over and no two faces become one (link condition)."""
        edges, u, v = self.edges, self.edges.u[chosen], self.edges.v[chosen]
        corners = self.vertex[self.triangles]
        order = np.argsort(corners.ravel(), kind="stable")
        amount = np.bincount(corners.ravel(), minlength=len(self.points))
        row, place = ranges((np.cumsum(amount) - amount)[u], amount[u])
        face = corners[order[place] // 3]
        stays = (face != v[row, None]).all(axis=1)
        row, face = row[stays], face[stays]
        before = self.points[face]
        after = np.where((face == u[row, None])[:, :, None], self.points[v[row], None], before)
        (old, _), (new, area) = _normals(before), _normals(after)
        turned = (np.einsum("ij,ij->i", old, new) < TURN) | (area <= 0)
        sound = np.bincount(row, turned, len(chosen)) == 0
        start = np.searchsorted(edges.u, u)
        row, place = ranges(start, np.searchsorted(edges.u, u, "right") - start)
        common = np.bincount(row, edges.has(v[row], edges.v[place]), len(chosen))
        return sound & (common == edges.faces[chosen])

    def _independent(self, candidates: np.ndarray, cost: np.ndarray) -> np.ndarray:
        """Edges, cheapest first, no two of which take away neighbours: a few rounds of Luby's method, cost in place of chance."""
        edges = self.edges
        candidates = candidates[np.argsort(cost, kind="stable")]
        _, first = np.unique(edges.u[candidates], return_index=True)
        candidates = candidates[np.sort(first)]
        never = len(candidates)
        rank = np.full(len(self.points), never)
        rank[edges.u[candidates]] = np.arange(never)
        starts = np.flatnonzero(np.r_[True, np.diff(edges.u) != 0])
        owner, taken = edges.u[starts], []
        for _ in range(4):
            least = np.full(len(self.points), never)
            least[owner] = np.minimum.reduceat(rank[edges.v], starts)
            won = np.flatnonzero((rank < least) & (rank < never))
            taken.append(rank[won])
            gone = np.zeros(len(self.points), bool)
            gone[won] = True
            rank[gone | (np.bincount(edges.u, gone[edges.v], len(self.points)) > 0)] = never
        return candidates[np.sort(np.concatenate(taken))]

    # Making them

    def _apply(self, chosen: np.ndarray) -> None:
        """Makes the collapses, but for those that together would lay faces on each other."""
        edges, triangles, corner = self.edges, self.triangles, self.corner
        crowded = np.zeros(len(self.points), bool)
        while True:
            chosen = chosen[~crowded[edges.v[chosen]]]
            moves, made = self._moves(chosen)
            vertex = np.concatenate([self.vertex, edges.v[chosen][made.row]])
            moved = moves[triangles]
            kept = _distinct(vertex[moved])
            found = find_edges(moved[kept], vertex, len(self.points))
            new = self._crowded(found, chosen)
            if len(chosen) == 0 or not new.any():
                break
            crowded[found.u[new]] = crowded[found.v[new]] = True
        self._merge(chosen, moves, made)
        self.vertex, self.triangles, self.corner, self.edges = vertex, moved[kept], corner[kept], found

    def _moves(self, chosen: np.ndarray) -> tuple[np.ndarray, _Made]:
        """(W,) where each wedge goes, and the wedges made for those that no face of the edge leads over it."""
        edges, wedges = self.edges, len(self.vertex)
        moves = np.arange(wedges)
        of_vertex = np.full(len(self.points), -1)
        of_vertex[edges.u[chosen]] = np.arange(len(chosen))
        leads = np.zeros(len(edges.u), bool)
        leads[chosen] = True
        pairs = np.flatnonzero(leads[edges.pair_edge])[::-1]
        moves[edges.pair_from[pairs]] = edges.pair_to[pairs]
        used = np.zeros(wedges, bool)
        used[self.triangles] = True
        left = np.flatnonzero(used & (of_vertex[self.vertex] >= 0) & (moves == np.arange(wedges)))
        moves[left] = wedges + np.arange(len(left))
        return moves, _Made(left, of_vertex[self.vertex[left]])

    def _crowded(self, found: Edges, chosen: np.ndarray) -> np.ndarray:
        """bool for each edge ``found`` after the ``chosen`` collapses: more than two faces, and more than any edge it was."""
        edges, goes = self.edges, np.arange(len(self.points))
        goes[edges.u[chosen]] = edges.v[chosen]
        u, v = goes[edges.u], goes[edges.v]
        lasts = found.has(u, v)
        before = np.zeros(len(found.u), int)
        np.maximum.at(before, found.find(u[lasts], v[lasts]), edges.faces[lasts])
        return found.faces > np.maximum(before, 2)

    def _merge(self, chosen: np.ndarray, moves: np.ndarray, made: _Made) -> None:
        """Adds the quadrics of what goes to those of where it goes."""
        u, v = self.edges.u[chosen], self.edges.v[chosen]
        _scatter(self.quadric, v, self.quadric[u])
        self.area += np.bincount(v, self.area[u], len(self.area))
        if self.uvs is None:
            return
        source = made.source
        slope = self.uv_linear[source].reshape(-1, 2, 4)[:, :, :3] / (self.uv_weight[source] * self.metres)[:, None, None]
        step = self.points[v[made.row]] - self.points[self.vertex[source]]
        self.uvs = np.concatenate([self.uvs, self.uvs[source] + np.einsum("wij,wj->wi", slope, step)])
        self.uv_square = np.concatenate([self.uv_square, np.zeros((len(source), 10))])
        self.uv_linear = np.concatenate([self.uv_linear, np.zeros((len(source), 8))])
        self.uv_weight = np.concatenate([self.uv_weight, np.full(len(source), 1e-30)])
        away = np.flatnonzero(moves != np.arange(len(moves)))
        _scatter(self.uv_square, moves[away], self.uv_square[away])
        _scatter(self.uv_linear, moves[away], self.uv_linear[away])
        self.uv_weight += np.bincount(moves[away], self.uv_weight[away], len(self.uv_weight))


@dataclass
class _Made:
    """Wedges made by one pass: the wedge each continues, and the number of its collapse."""

    source: np.ndarray
    row: np.ndarray


def _distinct(corners: np.ndarray) -> np.ndarray:
    return (corners[:, 0] != corners[:, 1]) & (corners[:, 1] != corners[:, 2]) & (corners[:, 2] != corners[:, 0])


def _best(u: np.ndarray, cost: np.ndarray, count: int) -> float:
    """The cost that the cheapest collapse of ``count`` vertices stays within."""
    order = np.lexsort((cost, u))
    least = cost[order][np.r_[True, np.diff(u[order]) != 0]]
    return float(np.partition(least, count - 1)[count - 1]) if count < len(least) else float(least.max())


def _normals(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit normals (T, 3) and areas (T,) of triangles (T, 3, 3)."""
    a, b, c = points[:, 0], points[:, 1], points[:, 2]
    normal = np.cross(b - a, c - a)
    length = np.linalg.norm(normal, axis=1)
    return normal / np.maximum(length, 1e-30)[:, None], length / 2


def _gradients(points: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(T, 2, 3): how the two ``values`` (T, 3, 2) change over each triangle, along its plane; 0 for a sliver."""
    e, f = points[:, 1] - points[:, 0], points[:, 2] - points[:, 0]
    ee, ef, ff = (np.einsum("ij,ij->i", p, q) for p, q in ((e, e), (e, f), (f, f)))
    determinant = ee * ff - ef * ef
    sound = determinant > 1e-6 * ee * ff
    inverse = np.where(sound, 1 / np.where(sound, determinant, 1), 0)[:, None]
    dual_e, dual_f = (ff[:, None] * e - ef[:, None] * f) * inverse, (ee[:, None] * f - ef[:, None] * e) * inverse
    first, second = values[:, 1] - values[:, 0], values[:, 2] - values[:, 0]
    return first[:, :, None] * dual_e[:, None] + second[:, :, None] * dual_f[:, None]


def _plane(normal: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Quadrics (N, 10) of the squared distance to planes."""
    return _outer(np.concatenate([normal, -np.einsum("ij,ij->i", normal, point)[:, None]], axis=1))


def _outer(row: np.ndarray) -> np.ndarray:
    """The upper half of row · rowᵀ: (N, 4) -> (N, 10)."""
    i, j = np.triu_indices(4)
    return row[:, i] * row[:, j]


def _evaluate(quadric: np.ndarray, point: np.ndarray) -> np.ndarray:
    """(p, 1)ᵀ Q (p, 1)."""
    factor = np.array([1, 2, 2, 2, 1, 2, 2, 1, 2, 1.0])
    return np.einsum("ij,ij->i", quadric, _outer(np.concatenate([point, np.ones((len(point), 1))], axis=1)) * factor)


def _scatter(total: np.ndarray, index: np.ndarray, rows: np.ndarray) -> None:
    """total[index] += rows, adding up where an index repeats."""
    for column in range(total.shape[1]):
        total[:, column] += np.bincount(index, rows[:, column], len(total))
