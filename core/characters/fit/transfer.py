"""Skin weights from a fitted body to a stranger's mesh: by place and normal, limb by limb, smoothed on the mesh's own edges.

A vertex takes the weights of the body's nearest vertices whose normals agree with its own, so the inside of an arm never takes the
flank's. What still leaks shows as an island of one limb in another and is read again without that limb. Small loose pieces
(buckles, eyes, buttons) move as one. Lengths are in statures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...scene import Mesh, Skin
from ...spatial.neighbours import nearest
from ..body import BodyPack, vertex_normals

CANDIDATES = 12
AGREE = 0.35  # weight of a normal at a right angle is a fiftieth
SMOOTH = 0.012  # how far weights are blurred along the surface
PIECE = 0.09  # a loose piece smaller than this moves as one
ISLAND = 0.2  # an island of a limb with fewer than this share of that limb's vertices in the mesh is a leak
MANY = 150_000  # vertices beyond which a part of them is read and the rest takes over from their neighbours
LIMBS = ("trunk", "left arm", "right arm", "left leg", "right leg")
PARTS = (
    "head", "neck", "torso", "hips",
    "left upper arm", "left forearm", "left hand", "right upper arm", "right forearm", "right hand",
    "left thigh", "left shin", "left foot", "right thigh", "right shin", "right foot",
)  # fmt: skip
_PART_OF = {
    "head": "head", "eye": "head", "neck_01": "neck", "spine_01": "torso", "spine_02": "torso", "spine_03": "torso",
    "clavicle": "torso", "pelvis": "hips", "root": "hips", "upperarm": "upper arm", "lowerarm": "forearm", "thigh": "thigh",
    "calf": "shin", "foot": "foot", "ball": "foot",
}  # fmt: skip


@dataclass
class PosedBody:
    """The fitted body where the mesh is: ``vertices`` (n, 3) of its visible skin, unit ``normals``, dense ``weights`` (n, B)."""

    vertices: np.ndarray
    normals: np.ndarray
    weights: np.ndarray


def posed_body(pack: BodyPack, skin: np.ndarray, faces: np.ndarray, vertices: np.ndarray) -> PosedBody:
    """From all posed ``vertices`` (V, 3) of the pack; ``skin`` (n,) and ``faces`` (F,) say what can be seen."""
    weights = np.zeros((len(skin), len(pack.bone_names)), np.float32)
    np.add.at(weights, (np.arange(len(skin))[:, None], pack.joints[skin]), pack.weights[skin])
    return PosedBody(vertices[skin], vertex_normals(vertices, pack.faces[faces])[skin], weights)


def part_of_bones(names: list[str]) -> np.ndarray:
    """(B,) the number in ``PARTS`` of each of the pack's bones."""
    found = []
    for name in names:
        stem, side = (name[:-2], {"_l": "left ", "_r": "right "}[name[-2:]]) if name[-2:] in ("_l", "_r") else (name, "")
        part = _PART_OF.get(stem) or "hand"
        found.append(PARTS.index(part if part in PARTS else side + part))
    return np.array(found)


def limb_of_bones(names: list[str]) -> np.ndarray:
    """(B,) the number in ``LIMBS`` of each of the pack's bones; clavicles belong to the trunk."""
    limbs = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
    return limbs[part_of_bones(names)]


def transfer(mesh: Mesh, body: PosedBody, names: list[str]) -> np.ndarray:
    """(V, B) float32 dense weights, rows summing to 1, of a mesh lying over the body; every vertex gets some."""
    edges = edges_of(mesh)
    count = len(mesh.vertices)
    if count > MANY:
        chosen = np.random.default_rng(0).permutation(count)[:MANY]
        some = Mesh(mesh.name, mesh.vertices[chosen], np.empty(0), np.empty(0))
        weights = _read(some.vertices, normals_of(mesh)[chosen], body, None)
        _, index = nearest(mesh.vertices[chosen], mesh.vertices, 1)
        weights = weights[index[:, 0]]
    else:
        weights = _read(mesh.vertices, normals_of(mesh), body, None)
        weights = _without_leaks(mesh, edges, body, names, weights)
    weights = _smoothed(mesh.vertices, edges, weights)
    return _whole_pieces(mesh.vertices, edges, weights)


def strongest(weights: np.ndarray, count: int = 4) -> Skin:
    """The ``count`` largest of dense weights (V, B), summing to 1."""
    joints = np.argpartition(-weights, count - 1, axis=1)[:, :count]
    values = np.take_along_axis(weights, joints, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    joints, values = np.take_along_axis(joints, order, 1), np.take_along_axis(values, order, 1)
    values[values < 0.01] = 0
    return Skin(joints.astype(np.int32), (values / values.sum(axis=1, keepdims=True)).astype(np.float32))


def face_parts(mesh: Mesh, weights: np.ndarray, names: list[str]) -> np.ndarray:
    """(F,) int32 into ``PARTS``: the part whose bones move a face most."""
    parts = part_of_bones(names)
    by_part = np.stack([weights[:, parts == number].sum(axis=1) for number in range(len(PARTS))], axis=1)
    total = np.add.reduceat(by_part[mesh.corners], mesh.face_starts, axis=0) if len(mesh.corners) else np.zeros((0, len(PARTS)))
    return total.argmax(axis=1).astype(np.int32)


def edges_of(mesh: Mesh) -> np.ndarray:
    """(E, 2) each edge once, and the seams that part vertices in one place: to the graph they are one."""
    following = np.arange(len(mesh.corners)) + 1
    last = np.cumsum(mesh.face_sizes) - 1
    following[last] = mesh.face_starts
    pairs = np.stack([mesh.corners, mesh.corners[following]], axis=1).astype(np.int64)
    extent = max(float(np.ptp(mesh.vertices, axis=0).max()), 1e-9) if len(mesh.vertices) else 1.0
    key = np.round(mesh.vertices.astype(np.float64) / extent * 2e5).astype(np.int64)
    key = (key[:, 0] + 2**20) << 42 | (key[:, 1] + 2**20) << 21 | (key[:, 2] + 2**20)
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    seams = np.stack([order[:-1][same], order[1:][same]], axis=1)
    pairs = np.sort(np.concatenate([pairs, seams]), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def pieces(count: int, edges: np.ndarray) -> np.ndarray:
    """(V,) the number of the connected piece each of ``count`` vertices belongs to."""
    label = np.arange(count)
    while True:  # the smallest number spreads; halving paths keeps rounds few
        low = np.minimum(label[edges[:, 0]], label[edges[:, 1]]) if len(edges) else np.empty(0, np.int64)
        before = label.copy()
        np.minimum.at(label, label[edges[:, 0]], low)
        np.minimum.at(label, label[edges[:, 1]], low)
        np.minimum.at(label, edges[:, 0], low)
        np.minimum.at(label, edges[:, 1], low)
        label = label[label]
        if (label == before).all():
            return np.unique(label, return_inverse=True)[1].reshape(-1)


def normals_of(mesh: Mesh) -> np.ndarray:
    """(V, 3) unit vertex normals, area-weighted; where there are none, zero. Seams count as one."""
    triangles, _ = mesh.triangles()
    corners = mesh.corners[triangles]
    a, b, c = (mesh.vertices[corners[:, k]].astype(np.float64) for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.stack([np.bincount(corners.ravel(), np.repeat(face[:, k], 3), len(mesh.vertices)) for k in range(3)], axis=1)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-20)


def _read(vertices: np.ndarray, normals: np.ndarray, body: PosedBody, limbs: tuple[np.ndarray, np.ndarray] | None) -> np.ndarray:
    """(n, B) weights by place and normal; ``limbs`` (limb of body vertices, wanted limb of each vertex) limits the choice."""
    result = np.zeros((len(vertices), body.weights.shape[1]), np.float32)
    groups = [(np.arange(len(vertices)), np.arange(len(body.vertices)))]
    if limbs is not None:
        own, wanted = limbs
        groups = [(np.flatnonzero(wanted == limb), np.flatnonzero(own == limb)) for limb in np.unique(wanted)]
    for rows, source in groups:
        if not len(rows) or not len(source):
            continue
        apart, index = nearest(body.vertices[source], vertices[rows], CANDIDATES)
        index = source[index]
        agree = np.einsum("nkc,nc->nk", body.normals[index], normals[rows])
        trust = np.exp((np.minimum(agree, 0.7) - 0.7) / AGREE * 2.0) / np.square(np.maximum(apart, 1e-4) + 0.15 * apart[:, :1])
        trust /= trust.sum(axis=1, keepdims=True)
        for slot in range(index.shape[1]):
            result[rows] += trust[:, slot, None].astype(np.float32) * body.weights[index[:, slot]]
    return result


def _without_leaks(mesh: Mesh, edges: np.ndarray, body: PosedBody, names: list[str], weights: np.ndarray) -> np.ndarray:
    """Islands of a limb that hang together with another are read again from that other."""
    limbs = limb_of_bones(names)

    def limb(values: np.ndarray) -> np.ndarray:
        return np.stack([values[:, limbs == number].sum(axis=1) for number in range(len(LIMBS))], axis=1).argmax(axis=1)

    label = limb(weights)
    for _ in range(3):
        joined = edges[label[edges[:, 0]] == label[edges[:, 1]]]
        island = pieces(len(label), joined)
        size = np.bincount(island)
        limb_size = np.bincount(label, minlength=len(LIMBS))
        border = edges[label[edges[:, 0]] != label[edges[:, 1]]]
        border = np.concatenate([border, border[:, ::-1]])
        votes = np.zeros((len(size), len(LIMBS)), np.int64)
        np.add.at(votes, (island[border[:, 0]], label[border[:, 1]]), 1)
        own = np.zeros(len(size), np.int64)
        own[island] = label
        leak = (votes.sum(axis=1) > 0) & (size < ISLAND * limb_size[own])
        wrong = np.flatnonzero(leak[island])
        if not len(wrong):
            break
        label[wrong] = votes.argmax(axis=1)[island[wrong]]
        weights[wrong] = _read(mesh.vertices[wrong], normals_of(mesh)[wrong], body, (limb(body.weights), label[wrong]))
    return weights


def _smoothed(vertices: np.ndarray, edges: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weights blurred along edges, about ``SMOOTH`` far, each edge counting the less the longer it is."""
    if not len(edges):
        return weights
    length = np.linalg.norm(vertices[edges[:, 0]] - vertices[edges[:, 1]], axis=1)
    rounds = int(np.clip((SMOOTH / max(float(np.median(length)), 1e-5)) ** 2 * 2, 1, 12))
    share = SMOOTH**2 / (SMOOTH**2 + np.square(length))
    both, other = np.concatenate([edges[:, 0], edges[:, 1]]), np.concatenate([edges[:, 1], edges[:, 0]])
    order = np.argsort(both, kind="stable")
    both, other, share = both[order], other[order], np.concatenate([share, share])[order].astype(np.float32)
    starts = np.flatnonzero(np.r_[True, np.diff(both) > 0])
    rows = both[starts]
    total = np.add.reduceat(share, starts)[:, None]
    columns = np.flatnonzero(weights.any(axis=0))
    used = weights[:, columns]
    for _ in range(rounds):
        around = np.add.reduceat(share[:, None] * used[other], starts, axis=0)
        mixed = used.copy()
        mixed[rows] = (used[rows] + around) / (1 + total)
        used = mixed
    result = np.zeros_like(weights)
    result[:, columns] = used
    return result


def _whole_pieces(vertices: np.ndarray, edges: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Small loose pieces take the mean of their weights, so that they keep their form."""
    piece = pieces(len(vertices), edges)
    count = int(piece.max()) + 1 if len(piece) else 0
    if count < 2:
        return weights
    order = np.argsort(piece, kind="stable")
    starts = np.searchsorted(piece[order], np.arange(count))
    low = np.minimum.reduceat(vertices[order], starts, axis=0)
    high = np.maximum.reduceat(vertices[order], starts, axis=0)
    mean = np.add.reduceat(weights[order], starts, axis=0) / np.bincount(piece)[:, None]
    small = (high - low).max(axis=1) < PIECE
    return np.where(small[piece][:, None], mean[piece], weights).astype(np.float32)
