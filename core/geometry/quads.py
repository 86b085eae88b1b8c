"""Thousands of flat quads at once: walls, windows, roads and leaf cards, built by repeating small groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene import Mesh
from .shape import Finish, Shape

WELD = 2.0e-4  # corners nearer than this become one vertex


@dataclass
class _Batch:
    points: np.ndarray
    uvs: np.ndarray | None
    finish: Finish
    part: str
    smooth: bool


class Quads:
    """Quads being collected, each with a finish and the name of its part.

    Quads are (N, 4, 3) points in metres, counter-clockwise seen from outside; a triangle repeats its last corner. Where no
    UVs are given they are projected along the main axis when the mesh is made, u along x or y and v along z, so that
    courses of brick run on from one quad to the next. Given UVs are final.
    """

    def __init__(self) -> None:
        self.batches: list[_Batch] = []

    def add(
        self, points: np.ndarray | list, finish: Finish, part: str, uvs: np.ndarray | None = None, smooth: bool = False
    ) -> Quads:
        """Adds quads (N, 4, 3), or one (4, 3); ``uvs`` (N, 4, 2). Returns itself."""
        points = np.asarray(points, float).reshape(-1, 4, 3)
        if len(points):
            fixed = None if uvs is None else np.asarray(uvs, float).reshape(-1, 4, 2)
            self.batches.append(_Batch(points, fixed, finish, part, smooth))
        return self

    def add_shape(self, shape: Shape, finish: Finish, part: str, smooth: bool = True) -> Quads:
        """Adds a solid of triangles and quads with its own UVs."""
        starts = np.cumsum(shape.sizes) - shape.sizes
        corner = starts[:, None] + np.minimum(np.arange(4)[None], shape.sizes[:, None] - 1)
        return self.add(shape.vertices[shape.corners[corner]], finish, part, shape.uvs[corner] / finish.tile, smooth)

    def join(self, other: Quads) -> Quads:
        """Adds all of another's quads."""
        self.batches += other.batches
        return self

    def repeated(self, offsets: np.ndarray) -> Quads:
        """A copy at each of ``offsets`` (R, 3)."""
        offsets = np.asarray(offsets, float).reshape(-1, 1, 1, 3)
        whole = Quads()
        for batch in self.batches:
            points = (batch.points[None] + offsets).reshape(-1, 4, 3)
            uvs = None if batch.uvs is None else np.tile(batch.uvs, (len(offsets), 1, 1))
            whole.add(points, batch.finish, batch.part, uvs, batch.smooth)
        return whole

    def moved(self, matrix: np.ndarray) -> Quads:
        """Transformed by a rotation and translation (4, 4)."""
        whole = Quads()
        for batch in self.batches:
            points = batch.points @ matrix[:3, :3].T + matrix[:3, 3]
            whole.add(points, batch.finish, batch.part, batch.uvs, batch.smooth)
        return whole

    def __len__(self) -> int:
        return sum(len(batch.points) for batch in self.batches)

    def mesh(self, name: str, normals: bool = False) -> Mesh:
        """One mesh: corners in the same place are one vertex, quads with a repeated corner become triangles."""
        points = np.concatenate([batch.points for batch in self.batches])
        counts = [len(batch.points) for batch in self.batches]
        vertices, corners = _weld(points.reshape(-1, 3))
        corners = corners.reshape(-1, 4)
        same = corners == np.roll(corners, -1, axis=1)
        keep = ~same
        whole = keep.sum(axis=1) >= 3
        keep &= whole[:, None]
        sizes = keep.sum(axis=1)[whole]
        finishes = list({id(batch.finish.material): batch.finish for batch in self.batches}.values())
        slots = {id(finish.material): slot for slot, finish in enumerate(finishes)}
        parts = list(dict.fromkeys(batch.part for batch in self.batches))
        return Mesh(
            name, vertices, corners[keep], sizes,
            uvs=self._uvs(points)[keep].astype(np.float32),
            materials=[finish.material for finish in finishes],
            material_index=np.repeat([slots[id(batch.finish.material)] for batch in self.batches], counts)[whole].astype(np.int32),
            part_names=parts,
            part=np.repeat([parts.index(batch.part) for batch in self.batches], counts)[whole].astype(np.int32),
            smooth=np.repeat([batch.smooth for batch in self.batches], counts)[whole],
        )  # fmt: skip

    def _uvs(self, points: np.ndarray) -> np.ndarray:
        normal = np.abs(np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1]))
        axis = normal.argmax(axis=1)
        first, second = np.array([1, 0, 0])[axis], np.array([2, 2, 1])[axis]
        rows = np.arange(len(points))[:, None]
        corner = np.arange(4)[None]
        uvs = np.stack([points[rows, corner, first[:, None]], points[rows, corner, second[:, None]]], axis=2)
        start = 0
        for batch in self.batches:
            end = start + len(batch.points)
            uvs[start:end] = uvs[start:end] / batch.finish.tile if batch.uvs is None else batch.uvs
            start = end
        return uvs


def _weld(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vertices (V, 3) and the vertex of each point (C,)."""
    steps = np.rint(points / WELD).astype(np.int64)
    steps -= steps.min(axis=0)
    span = steps.max(axis=0) + 1
    key = (steps[:, 0] * span[1] + steps[:, 1]) * span[2] + steps[:, 2]
    _, first, vertex = np.unique(key, return_index=True, return_inverse=True)
    return points[first], vertex.reshape(-1)


def panel(x0: float, x1: float, z0: float, z1: float, y: float = 0.0) -> np.ndarray:
    """(1, 4, 3) an upright quad that faces -Y."""
    return np.array([[(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)]], float)


def level(x0: float, x1: float, y0: float, y1: float, z: float = 0.0) -> np.ndarray:
    """(1, 4, 3) a level quad that faces up."""
    return np.array([[(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]], float)


FACES = {
    "front": ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
    "back": ((1, 1, 0), (0, 1, 0), (0, 1, 1), (1, 1, 1)),
    "left": ((0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 1, 1)),
    "right": ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
    "top": ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
    "bottom": ((0, 1, 0), (1, 1, 0), (1, 0, 0), (0, 0, 0)),
}


def block(low: tuple[float, float, float], high: tuple[float, float, float], without: str = "") -> np.ndarray:
    """(N, 4, 3) the faces of a box but those named in ``without``, such as "back bottom"."""
    corners = np.array([face for name, face in FACES.items() if name not in without.split()], float)
    return np.asarray(low, float) + corners * (np.asarray(high, float) - np.asarray(low, float))


def ring(x0: float, x1: float, z0: float, z1: float, hole: tuple[float, float, float, float], y: float = 0.0) -> np.ndarray:
    """(4, 4, 3) an upright wall facing -Y around a rectangular hole (x0, x1, z0, z1)."""
    a, b, c, d = hole
    return np.concatenate([panel(x0, x1, z0, c, y), panel(x0, x1, d, z1, y), panel(x0, a, c, d, y), panel(b, x1, c, d, y)])


def reveal(hole: tuple[float, float, float, float], low: float, high: float) -> np.ndarray:
    """(4, 4, 3) the insides of a hole (x0, x1, z0, z1) in a wall from y = ``low`` to ``high``."""
    a, b, c, d = hole
    return np.array([
        [(a, low, c), (b, low, c), (b, high, c), (a, high, c)],
        [(a, high, d), (b, high, d), (b, low, d), (a, low, d)],
        [(a, low, c), (a, high, c), (a, high, d), (a, low, d)],
        [(b, high, c), (b, low, c), (b, low, d), (b, high, d)],
    ], float)  # fmt: skip


def moulding(profile: np.ndarray | list, x0: float, x1: float, ends: bool = True) -> np.ndarray:
    """(N, 4, 3) a profile (K, 2) of (y, z), from below upwards, drawn along x; with closed ends where the profile is convex."""
    p = np.asarray(profile, float)
    a = np.column_stack([np.full(len(p), x0), p])
    b = np.column_stack([np.full(len(p), x1), p])
    quads = np.stack([a[:-1], b[:-1], b[1:], a[1:]], axis=1)
    if not ends:
        return quads
    caps = []
    for side, flip in ((a, False), (b, True)):
        for k in range(1, len(p) - 1):
            face = [side[0], side[k + 1], side[k], side[k]] if not flip else [side[0], side[k], side[k + 1], side[k + 1]]
            caps.append(face)
    return np.concatenate([quads, np.array(caps)])
