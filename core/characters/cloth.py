"""Cloth: a quad surface with skin weights, and the few tailor's operations that all garments are made of.

A garment starts as a piece of the tights helper of the body (a closed, weighted, quad surface a few millimetres above the
skin), is cut exactly along its hems, pushed out to hang, relaxed as a membrane that may not enter the body, refined by
Catmull-Clark subdivision and finished with bands (hems, cuffs, collars) extruded from its edges.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ..scene import Material, Mesh, Skin
from .body import vertex_normals

INFLUENCES = 4


@dataclass
class Cloth:
    """A piece of cloth.

    Attributes:
        vertices: (n, 3) float32 metres.
        quads: (m, 4) int32, counter-clockwise from outside.
        weights: (n, B) float32, one column a bone, rows sum to 1.
        material: (m,) int32, slot of each quad.
        uvs: (m, 4, 2) float32 metres along the cloth, or None until ``unwrap``.
    """

    vertices: np.ndarray
    quads: np.ndarray
    weights: np.ndarray
    material: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    uvs: np.ndarray | None = None

    def __post_init__(self) -> None:
        if len(self.material) != len(self.quads):
            self.material = np.zeros(len(self.quads), np.int32)

    def normals(self) -> np.ndarray:
        """(n, 3) unit vertex normals."""
        return vertex_normals(self.vertices, self.quads)


def dense_weights(joints: np.ndarray, weights: np.ndarray, bones: int) -> np.ndarray:
    """(n, bones) float32 from (n, 4) joints and weights."""
    dense = np.zeros((len(joints), bones), np.float32)
    np.add.at(dense, (np.arange(len(joints))[:, None], joints), weights)
    return dense


def strongest_weights(dense: np.ndarray) -> Skin:
    """The four strongest influences of each row, renormalised."""
    joints = np.argpartition(-dense, INFLUENCES - 1, axis=1)[:, :INFLUENCES]
    joints = np.sort(joints, axis=1)
    weights = np.take_along_axis(dense, joints, axis=1)
    joints = np.where(weights > 1e-4, joints, 0)
    weights = np.where(weights > 1e-4, weights, 0)
    return Skin(joints.astype(np.int32), (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32))


def edges(quads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(e, 2) undirected edges, lower vertex first, and (e,) how many quads share each."""
    pairs = np.sort(np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)]), axis=1).astype(np.int64)
    span = int(quads.max()) + 1
    keys, counts = np.unique(pairs[:, 0] * span + pairs[:, 1], return_counts=True)
    return np.stack([keys // span, keys % span], axis=1), counts


def boundary_loops(quads: np.ndarray) -> list[np.ndarray]:
    """Closed loops of boundary vertices, each in the direction of the quads beside it (cloth on the left)."""
    directed = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)]).astype(np.int64)
    span = int(quads.max()) + 1
    forward = directed[:, 0] * span + directed[:, 1]
    alone = ~np.isin(forward, directed[:, 1] * span + directed[:, 0])
    follow = {int(a): int(b) for a, b in directed[alone]}
    loops = []
    while follow:
        start = min(follow)
        loop, at = [start], follow.pop(start)
        while at != start and at in follow:
            loop.append(at)
            at = follow.pop(at)
        loops.append(np.array(loop))
    return loops


def compact(cloth: Cloth, keep: np.ndarray) -> tuple[Cloth, np.ndarray]:
    """Only the quads of ``keep`` (m,) bool; also (k,) the old number of each remaining vertex."""
    used, quads = np.unique(cloth.quads[keep], return_inverse=True)
    uvs = None if cloth.uvs is None else cloth.uvs[keep]
    return Cloth(cloth.vertices[used], quads.reshape(-1, 4).astype(np.int32), cloth.weights[used], cloth.material[keep], uvs), used


def cut(cloth: Cloth, outside: np.ndarray) -> tuple[Cloth, np.ndarray]:
    """Cuts the cloth along the zero line of ``outside`` ((n,), negative is kept) and moves the new edge onto that line.

    Returns the piece and the old number of each of its vertices. Vertices beside the cut slide along the mesh edge that
    crosses the line, so the hem is exact and quads stay quads.
    """
    keep = outside[cloth.quads].mean(axis=1) < 0
    piece, used = compact(cloth, keep)
    if keep.all() or not keep.any():
        return piece, used
    in_piece = np.zeros(len(cloth.vertices), bool)
    in_piece[used] = True
    pairs, counts = edges(cloth.quads)
    kept_pairs, kept_counts = edges(cloth.quads[keep])
    rim = np.zeros(len(cloth.vertices), bool)
    rim[kept_pairs[kept_counts == 1]] = True
    old_rim = np.zeros(len(cloth.vertices), bool)
    old_rim[pairs[counts == 1]] = True
    rim &= in_piece
    vertices, weights = cloth.vertices.copy(), cloth.weights.copy()
    both = np.concatenate([pairs, pairs[:, ::-1]])
    a, b = both.T
    crossing = rim[a] & ~(rim[b]) & ((outside[a] < 0) != (outside[b] < 0))
    crossing |= old_rim[a] & rim[a] & old_rim[b] & ((outside[a] < 0) != (outside[b] < 0))
    a, b = a[crossing], b[crossing]
    amount = np.clip(outside[a] / (outside[a] - outside[b]), 0, 0.85).astype(np.float32)
    order = np.argsort(-amount, kind="stable")  # the nearest crossing is written last and wins
    a, b, amount = a[order], b[order], amount[order, None]
    vertices[a] = cloth.vertices[a] * (1 - amount) + cloth.vertices[b] * amount
    weights[a] = cloth.weights[a] * (1 - amount) + cloth.weights[b] * amount
    return Cloth(vertices[used], piece.quads, weights[used], piece.material, piece.uvs), used


class Relaxer:
    """Laplacian relaxation of a quad surface; rims relax along themselves only."""

    def __init__(self, quads: np.ndarray, count: int) -> None:
        pairs, shared = edges(quads)
        self.rim = np.zeros(count, bool)
        self.rim[pairs[shared == 1]] = True
        inner = pairs[(shared == 1) | ~(self.rim[pairs].all(axis=1))]
        a = np.concatenate([inner[:, 0], inner[:, 1]])
        b = np.concatenate([inner[:, 1], inner[:, 0]])
        along_rim = np.concatenate([shared == 1, shared == 1])[np.tile((shared == 1) | ~(self.rim[pairs].all(axis=1)), 2)]
        used = ~self.rim[a] | along_rim
        self.a, self.b, self.count = a[used], b[used], count
        self.degree = np.maximum(np.bincount(self.a, minlength=count), 1).astype(np.float32)[:, None]

    def average(self, values: np.ndarray) -> np.ndarray:
        """(n, k) mean over the neighbours of each vertex; a vertex without neighbours keeps its value."""
        total = np.stack([np.bincount(self.a, values[self.b, k], self.count) for k in range(values.shape[1])], axis=1)
        mean = (total / self.degree).astype(np.float32)
        lonely = np.bincount(self.a, minlength=self.count) == 0
        mean[lonely] = values[lonely]
        return mean


def relax(cloth: Cloth, floor: np.ndarray, direction: np.ndarray, rounds: int, rate: float = 0.6, rim_rate: float = 0.3) -> Cloth:
    """A membrane over an obstacle: relaxes the cloth while no vertex sinks below ``floor`` along ``direction`` (both (n, 3)).

    This is projected Jacobi iteration for the obstacle problem; folds of the body are bridged as real cloth does.
    """
    relaxer = Relaxer(cloth.quads, len(cloth.vertices))
    step = np.where(relaxer.rim[:, None], np.float32(rim_rate), np.float32(rate))
    vertices = cloth.vertices.copy()
    for _ in range(rounds):
        vertices += step * (relaxer.average(vertices) - vertices)
        depth = np.minimum(((vertices - floor) * direction).sum(axis=1, keepdims=True), 0)
        vertices -= depth * direction
    return replace(cloth, vertices=vertices)


def subdivide(cloth: Cloth) -> Cloth:
    """One step of Catmull-Clark subdivision (1978); rims follow the cubic B-spline rule, weights and UVs are interpolated."""
    count, quads = len(cloth.vertices), cloth.quads
    pairs, shared = edges(quads)
    span = count
    keys = pairs[:, 0] * span + pairs[:, 1]
    edge_of = np.stack(
        [
            np.searchsorted(keys, np.minimum(a, b).astype(np.int64) * span + np.maximum(a, b))
            for a, b in ((quads[:, k], quads[:, (k + 1) % 4]) for k in range(4))
        ],
        axis=1,
    )
    face_number = count + len(pairs) + np.arange(len(quads))
    rounded = _subdivided_positions(cloth.vertices, quads, pairs, shared, edge_of)
    plain = np.concatenate([cloth.weights, cloth.weights[pairs].mean(axis=1), cloth.weights[quads].mean(axis=1)])
    new_quads = np.stack(
        [np.stack([quads[:, k], count + edge_of[:, k], face_number, count + edge_of[:, k - 1]], axis=1) for k in range(4)], axis=1
    )
    uvs = None
    if cloth.uvs is not None:
        middle = cloth.uvs.mean(axis=1)
        halfway = (cloth.uvs + np.roll(cloth.uvs, -1, axis=1)) / 2
        uvs = np.stack(
            [np.stack([cloth.uvs[:, k], halfway[:, k], middle, halfway[:, k - 1]], axis=1) for k in range(4)], axis=1
        ).reshape(-1, 4, 2)
    return Cloth(rounded, new_quads.reshape(-1, 4).astype(np.int32), plain, np.repeat(cloth.material, 4), uvs)


def _subdivided_positions(
    vertices: np.ndarray, quads: np.ndarray, pairs: np.ndarray, shared: np.ndarray, edge_of: np.ndarray
) -> np.ndarray:
    """Old vertices moved, then edge points, then face points."""
    count = len(vertices)

    def gather(target: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
        return np.stack([np.bincount(target, values[:, k], size) for k in range(3)], axis=1)

    face_points = vertices[quads].mean(axis=1)
    middles = vertices[pairs].mean(axis=1)
    face_sum = gather(edge_of.ravel(), np.repeat(face_points, 4, axis=0), len(pairs))
    edge_points = np.where((shared == 2)[:, None], (2 * middles + face_sum) / 4, middles)
    valence = np.bincount(quads.ravel(), minlength=count)[:, None]
    face_mean = gather(quads.ravel(), np.repeat(face_points, 4, axis=0), count) / np.maximum(valence, 1)
    edge_count = np.bincount(pairs.ravel(), minlength=count)[:, None]
    middle_mean = gather(pairs.ravel(), np.repeat(middles, 2, axis=0), count) / np.maximum(edge_count, 1)
    moved = (face_mean + 2 * middle_mean + (valence - 3) * vertices) / np.maximum(valence, 1)
    rim_pairs, rim_middles = pairs[shared == 1], middles[shared == 1]
    rim_sum = gather(rim_pairs.ravel(), np.repeat(rim_middles, 2, axis=0), count)
    on_rim = np.bincount(rim_pairs.ravel(), minlength=count)[:, None] > 0
    moved = np.where(on_rim, vertices / 2 + rim_sum / 4, moved)
    return np.concatenate([moved, edge_points, face_points]).astype(np.float32)


def rim_directions(cloth: Cloth, loop: np.ndarray) -> np.ndarray:
    """(k, 3) unit directions that lead away from the cloth within its surface, at each vertex of a boundary loop."""
    after, before = np.roll(loop, -1), np.roll(loop, 1)
    along = cloth.vertices[after] - cloth.vertices[before]
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    away = np.cross(along, cloth.normals()[loop])
    for _ in range(3):
        away = (2 * away + np.roll(away, 1, axis=0) + np.roll(away, -1, axis=0)) / 4
    return away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)


def band(
    cloth: Cloth, loop: np.ndarray, profile: list[tuple[float, float]], material: int = 0, away: np.ndarray | None = None
) -> Cloth:
    """Extrudes a boundary loop through a profile of (away, out) offsets in metres: hems, cuffs, ribs, stand-up collars.

    The profile starts after the loop itself. ``away`` (k, 3) overrides the direction the band grows in.
    """
    away = rim_directions(cloth, loop) if away is None else away
    out = cloth.normals()[loop]
    rings = [cloth.vertices[loop] + np.float32(along) * away + np.float32(height) * out for along, height in profile]
    return add_rings(cloth, loop, rings, material)


def add_rings(cloth: Cloth, loop: np.ndarray, rings: list[np.ndarray], material: int, gap: np.ndarray | None = None) -> Cloth:
    """Quads from a boundary loop (k,) through rings of (k, 3) positions; ``gap`` (k,) bool leaves out the quads after a vertex.

    UVs continue from the cloth's own metres: around the loop and along the band.
    """
    count, size = len(cloth.vertices), len(loop)
    numbers = np.concatenate([loop[None], count + np.arange(len(rings) * size).reshape(len(rings), size)])
    points = np.concatenate([cloth.vertices[loop][None], np.stack(rings)])
    here, after = numbers, np.roll(numbers, -1, axis=1)
    quads = np.stack([after[:-1], here[:-1], here[1:], after[1:]], axis=2)
    open_at = np.zeros(size, bool) if gap is None else gap
    around = np.linalg.norm(np.roll(points[0], -1, axis=0) - points[0], axis=1)
    u = np.concatenate([[0], np.cumsum(around)])
    v = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=2).mean(axis=1))])
    uvs = np.zeros((len(rings), size, 4, 2), np.float32)
    uvs[..., 0] = np.stack([u[1:], u[:-1], u[:-1], u[1:]], axis=1)[None]
    uvs[..., 1] = np.stack([v[:-1], v[:-1], v[1:], v[1:]], axis=1)[:, None]
    quads, uvs = quads[:, ~open_at].reshape(-1, 4), uvs[:, ~open_at].reshape(-1, 4, 2)
    old_uvs = np.zeros((len(cloth.quads), 4, 2), np.float32) if cloth.uvs is None else cloth.uvs
    return Cloth(
        np.concatenate([cloth.vertices, *rings]).astype(np.float32),
        np.concatenate([cloth.quads, quads]).astype(np.int32),
        np.concatenate([cloth.weights, *[cloth.weights[loop]] * len(rings)]),
        np.concatenate([cloth.material, np.full(len(quads), material, np.int32)]),
        np.concatenate([old_uvs, uvs]),
    )


def join(pieces: list[Cloth]) -> Cloth:
    """One cloth of several, not welded."""
    starts = np.cumsum([0] + [len(piece.vertices) for piece in pieces[:-1]])
    return Cloth(
        np.concatenate([piece.vertices for piece in pieces]).astype(np.float32),
        np.concatenate([piece.quads + start for piece, start in zip(pieces, starts, strict=True)]).astype(np.int32),
        np.concatenate([piece.weights for piece in pieces]),
        np.concatenate([piece.material for piece in pieces]),
        np.concatenate([np.zeros((len(p.quads), 4, 2), np.float32) if p.uvs is None else p.uvs for p in pieces]),
    )


def push_out(vertices: np.ndarray, body: np.ndarray, body_normals: np.ndarray, clearance: float | np.ndarray) -> np.ndarray:
    """Moves (n, 3) vertices that are nearer than ``clearance`` to the skin, or just under it, out along the normal of the
    nearest body vertex. ``body`` and ``body_normals`` are (b, 3).

    Only a vertex that lies over its nearest body vertex is judged by that vertex's plane: beyond the rim of a garment, or
    across a fold of the body, the plane says nothing.
    """
    nearest = nearest_vertices(vertices, body)
    away = vertices - body[nearest]
    height = (away * body_normals[nearest]).sum(axis=1)
    beside = np.sqrt(np.maximum((away * away).sum(axis=1) - height * height, 0))
    lack = np.clip(clearance - height, 0, 0.03) * np.clip((0.022 - beside) / 0.006, 0, 1)
    return (vertices + lack[:, None] * body_normals[nearest]).astype(np.float32)


def nearest_vertices(points: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """(n,) number of the target (b, 3) nearest to each point (n, 3). Brute force in slices, as matrix products."""
    nearest = np.empty(len(points), np.int64)
    centre = targets.mean(axis=0)
    goal = (targets - centre).astype(np.float32)
    size = (goal * goal).sum(axis=1) / 2
    for start in range(0, len(points), 1024):
        nearest[start : start + 1024] = (size - (points[start : start + 1024] - centre).astype(np.float32) @ goal.T).argmin(axis=1)
    return nearest


def to_mesh(name: str, cloth: Cloth, materials: list[Material], tile: float) -> Mesh:
    """A skinned mesh; UVs in metres become texture units of ``tile`` metres."""
    uvs = np.zeros((len(cloth.quads), 4, 2), np.float32) if cloth.uvs is None else cloth.uvs / np.float32(tile)
    return Mesh.from_faces(
        name,
        cloth.vertices,
        cloth.quads,
        uvs=uvs.reshape(-1, 2).astype(np.float32),
        materials=materials,
        material_index=cloth.material.astype(np.int32),
        smooth=np.ones(len(cloth.quads), bool),
        sharp_angle=1.2,
        skin=strongest_weights(cloth.weights),
        part_names=[name],
        part=np.zeros(len(cloth.quads), np.int32),
    )


def keep_faces(mesh: Mesh, keep: np.ndarray) -> Mesh:
    """Only the faces of ``keep`` (F,) bool, with the vertices and materials they use."""
    corners = np.repeat(keep, mesh.face_sizes)
    used, numbers = np.unique(mesh.corners[corners], return_inverse=True)
    index = np.zeros(len(mesh.face_sizes), int) if mesh.material_index is None else mesh.material_index
    slots, slot = np.unique(index[keep], return_inverse=True)
    return replace(
        mesh,
        vertices=mesh.vertices[used],
        corners=numbers,
        face_sizes=mesh.face_sizes[keep],
        uvs=None if mesh.uvs is None else mesh.uvs[corners],
        normals=None if mesh.normals is None else mesh.normals[corners],
        colors=None if mesh.colors is None else mesh.colors[corners],
        materials=[mesh.materials[k] for k in slots],
        material_index=slot.astype(np.int32),
        part=None if mesh.part is None else mesh.part[keep],
        smooth=None if mesh.smooth is None else mesh.smooth[keep],
        skin=None if mesh.skin is None else Skin(mesh.skin.joints[used], mesh.skin.weights[used]),
        shape_keys={name: positions[used] for name, positions in mesh.shape_keys.items()},
    )
