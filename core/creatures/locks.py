"""Locks: tapered tufts of fur or plumage over the coat, and long ones along manes and tails, coloured like the skin they grow
on."""

from __future__ import annotations

import numpy as np

from ..characters.motion.kinematics import unit
from ..scene import Material, Mesh, Skin
from .grammar import Anatomy, Locks
from .parts import Hide, grid_faces

BARE = {"head", "leg"}  # where fur is too short for locks


def grow(
    anatomy: Anatomy, hide: Hide, flow: np.ndarray, regions: np.ndarray, coat: Material, mane: Material, rng: np.random.Generator
) -> list[Mesh]:
    """Meshes "Fur" (the coat's own colours) and "Mane".

    Args:
        flow: (V, 3) unit directions in which fur lies, along the skin.
        regions: (V,) region name of every vertex.
    """
    fur, long = Tufts(hide), Tufts(hide)
    for lock in anatomy.locks:
        if lock.path is not None:
            _along_path(lock, hide, long, rng)
        elif lock.where == "tail" and lock.length > 0.3 * float(np.ptp(hide.vertices[:, 2])) * 0.6:
            _over_skin(lock, hide, flow, regions, long, rng, droop=0.9)
        else:
            _over_skin(lock, hide, flow, regions, fur, rng, droop=0.12)
    meshes = [fur.mesh("Fur", coat), long.mesh("Mane", mane)]
    return [mesh for mesh in meshes if mesh is not None]


def _over_skin(
    lock: Locks, hide: Hide, flow: np.ndarray, regions: np.ndarray, tufts: Tufts, rng: np.random.Generator, droop: float
) -> None:
    bones = [hide.names.index(name) for name in lock.bones if name in hide.names]
    if bones:
        share = (hide.skin.weights * np.isin(hide.skin.joints, bones)).sum(axis=1)
    else:
        share = 1.0 - np.isin(regions, list(BARE)) * 0.92
    area = _areas(hide) * np.maximum(share - 0.05, 0)
    if area.sum() <= 0:
        return
    roots = rng.choice(len(area), lock.count, p=area / area.sum())
    jitter = rng.uniform(-0.5, 0.5, (lock.count, 3)) * lock.width
    size = lock.length * rng.uniform(0.7, 1.2, lock.count) * (0.45 + 0.55 * np.clip(share[roots], 0, 1))
    normal = hide.normals[roots]
    jitter -= (jitter * normal).sum(axis=1, keepdims=True) * normal
    aim = unit(flow[roots] + lock.lift * normal + rng.normal(0, 0.10, (lock.count, 3)))
    if lock.where == "tail" and droop > 0.5:
        aim = unit(aim * 0.4 + normal * 0.25 + (0, 0.15, -0.8))
    start = hide.vertices[roots] + jitter - normal * 0.10 * lock.width
    tufts.add(roots, start, aim, normal, size, lock.width, droop, rng)


def _along_path(lock: Locks, hide: Hide, tufts: Tufts, rng: np.random.Generator) -> None:
    """A mane: roots along the crest, falling to the sides, most of it to the left."""
    assert lock.path is not None
    place = rng.uniform(0, len(lock.path) - 1.001, lock.count)
    low = place.astype(int)
    step = lock.path[low + 1] - lock.path[low]
    vertex = hide.nearest(lock.path[low] + step * (place - low)[:, None])
    side = np.where(rng.random(lock.count) < 0.72, 1.0, -1.0)
    spread, none = rng.uniform(0.35, 0.9, lock.count), np.zeros(lock.count)
    aim = unit(np.stack([side * spread, none, none + 0.12], axis=1) + unit(step) * 0.35 + rng.normal(0, 0.1, (lock.count, 3)))
    root = hide.vertices[vertex] * (0.4, 1, 1) + np.stack([side * 0.25, none, none - 0.15], axis=1) * lock.width
    normal = unit(np.stack([side * 0.9, none, none + 0.35], axis=1))
    tufts.add(vertex, root, aim, normal, lock.length * rng.uniform(0.65, 1.15, lock.count), lock.width, 1.15, rng)


class Tufts:
    """Blades being gathered: each three quads ending in a point, following the skin vertex it grows on."""

    def __init__(self, hide: Hide) -> None:
        self.hide = hide
        self.points: list[np.ndarray] = []
        self.normals: list[np.ndarray] = []
        self.vertex: list[np.ndarray] = []
        self.spots: list[np.ndarray] = []

    def add(self, vertex, root, aim, normal, length, width: float, droop: float, rng: np.random.Generator) -> None:
        """``vertex`` (K,) they grow on, ``root``, ``aim``, ``normal`` (K, 3), ``length`` (K,); ``droop``: how far they bend
        down."""
        across = unit(np.cross(aim, normal))
        t = np.array((0.0, 0.4, 0.75, 1.0))
        half = 0.5 * width * np.array((0.62, 1.0, 0.66, 0.03)) * rng.uniform(0.8, 1.2, (len(vertex), 1))
        reach = length[:, None] * t
        line = root[:, None] + aim[:, None] * reach[..., None]
        line[..., 2] -= droop * 0.5 * length[:, None] * t**2
        if droop < 0.5:  # tips lie down on the coat again
            line -= normal[:, None] * (0.10 * length[:, None] * t**2)[..., None]
        sides = np.array((-1.0, 1.0))[None, None, :, None] * half[:, :, None, None] * across[:, None, None]
        self.points.append((line[:, :, None] + sides).reshape(-1, 8, 3))
        self.normals.append(self.hide.normals[vertex] if droop < 0.5 else unit(normal + 0.4 * self.hide.normals[vertex]))
        self.vertex.append(vertex)
        self.spots.append(self.hide.uv[vertex] + (rng.random((len(vertex), 2)) - 0.5) * 0.003)

    def mesh(self, name: str, material: Material) -> Mesh | None:
        """All blades as one mesh that shades like the skin below, or None."""
        if not self.points:
            return None
        points, vertex = np.concatenate(self.points), np.concatenate(self.vertex)
        blade, uv = grid_faces(4, 2, False)
        count = len(points)
        faces = (blade[None] + 8 * np.arange(count)[:, None, None]).reshape(-1, 4)
        uvs = np.concatenate(self.spots)[:, None, None] + (uv - 0.5)[None] * 0.004
        skin = Skin(np.repeat(self.hide.skin.joints[vertex], 8, axis=0), np.repeat(self.hide.skin.weights[vertex], 8, axis=0))
        shading = np.repeat(np.concatenate(self.normals), 12, axis=0)
        return Mesh.from_faces(
            name, points.reshape(-1, 3), faces, uvs=np.clip(uvs.reshape(-1, 2), 0, 1).astype(np.float32), materials=[material],
            normals=shading.astype(np.float32), smooth=np.ones(len(faces), bool), skin=skin,
        )  # fmt: skip


def _areas(hide: Hide) -> np.ndarray:
    """(V,) a quarter of the area of each vertex's faces."""
    a, b, c, d = (hide.vertices[hide.quads[:, k]] for k in range(4))
    area = 0.5 * np.linalg.norm(np.cross(c - a, d - b), axis=1)
    return np.bincount(hide.quads.ravel(), np.repeat(area / 4, 4), len(hide.vertices))
