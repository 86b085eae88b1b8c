"""Quads with painted leaves, and the tubes of wood that carry them; together a plant's mesh with soft shading."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...geometry.normals import corner_normals
from ...geometry.quads import Quads
from ...geometry.shape import Finish
from ...scene import Mesh
from ..materials.foliage import CARD_CELLS
from ..materials.openings import cell

BACK = 0.008  # metres between the two sides of a card


@dataclass
class Cards:
    """Leaf cards: the middle of each one's lower edge, its half width and its height as vectors (N, 3), and its cell (N,)."""

    foot: np.ndarray
    across: np.ndarray
    up: np.ndarray
    cell: np.ndarray

    def __len__(self) -> int:
        return len(self.foot)

    @property
    def corners(self) -> np.ndarray:
        """(N, 4, 3) counter-clockwise from the lower left."""
        low, high = self.foot, self.foot + self.up
        return np.stack([low - self.across, low + self.across, high + self.across, high - self.across], axis=1)

    @property
    def uvs(self) -> np.ndarray:
        """(N, 4, 2) places on the sheet."""
        table = np.array([cell(k, CARD_CELLS, 0.003) for k in range(CARD_CELLS[0] * CARD_CELLS[1])])[self.cell % 4]
        u0, u1, v0, v1 = table.T
        return np.stack([np.stack(pair, axis=1) for pair in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))], axis=1)

    def thinned(self, every: int, growth: float) -> Cards:
        """Every so-manieth card, larger."""
        keep = slice(None, None, every)
        middle = self.foot[keep] + self.up[keep] / 2
        up = self.up[keep] * growth
        return Cards(middle - up / 2, self.across[keep] * growth, up, self.cell[keep])


@dataclass
class Growth:
    """A plant: wood (quads with finishes), leaf cards with their finish, and the middle its leaves look away from."""

    wood: Quads
    cards: Cards
    finish: Finish
    middle: np.ndarray
    twigs: Quads = field(default_factory=Quads)

    def mesh(self, name: str, every: int = 1, growth: float = 1.0, twigs: bool = True) -> Mesh:
        """The plant's mesh; leaves are shaded as if they lay on the crown's round surface, so that it reads as one volume."""
        whole = Quads().join(self.wood)
        if twigs:
            whole.join(self.twigs)
        cards = self.cards.thinned(every, growth) if every > 1 else self.cards
        if len(cards):
            whole.add(cards.corners, self.finish, "leaves", cards.uvs)
            whole.add(backs(cards.corners), self.finish, "leaves", cards.uvs[:, [1, 0, 3, 2]])
        mesh = whole.mesh(name)
        mesh.normals = self._normals(mesh)
        mesh.smooth = np.ones(len(mesh.face_sizes), bool)
        return mesh

    def _normals(self, mesh: Mesh) -> np.ndarray:
        normals = corner_normals(mesh.vertices, mesh.corners, mesh.face_sizes)
        if "leaves" not in mesh.part_names or mesh.part is None:
            return normals.astype(np.float32)
        leafy = np.repeat(mesh.part == mesh.part_names.index("leaves"), mesh.face_sizes)
        away = mesh.vertices[mesh.corners[leafy]] - self.middle
        away = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6)
        soft = 0.85 * away + 0.3 * normals[leafy] + (0.0, 0.0, 0.25)
        normals[leafy] = soft / np.maximum(np.linalg.norm(soft, axis=1, keepdims=True), 1e-6)
        return normals.astype(np.float32)


def backs(corners: np.ndarray) -> np.ndarray:
    """(N, 4, 3) the cards seen from behind, a finger's breadth apart.

    Renderers turn the shading normal of a back face round, which would make half of all leaves dark; so each side is a face.
    """
    away = unit(np.cross(corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0]))
    return (corners - BACK * away[:, None])[:, [1, 0, 3, 2]]


def tubes(paths: np.ndarray, radii: np.ndarray, sides: int, tile: float) -> tuple[np.ndarray, np.ndarray]:
    """Quads and UVs of round branches: ``paths`` (B, S, 3) with ``radii`` (B, S). u goes around, v along, in repeats."""
    paths, radii = np.asarray(paths, float), np.asarray(radii, float)
    ahead = np.gradient(paths, axis=1)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=2, keepdims=True), 1e-9)
    helper = np.where(np.abs(ahead[:, :1, 2:]) > 0.9, [[[1.0, 0.0, 0.0]]], [[[0.0, 0.0, 1.0]]])
    side = np.cross(np.broadcast_to(helper, ahead.shape), ahead)
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    third = np.cross(ahead, side)
    turn = 2 * np.pi * np.arange(sides) / sides
    ring = side[:, :, None] * np.cos(turn)[:, None] + third[:, :, None] * np.sin(turn)[:, None]
    points = paths[:, :, None] + ring * radii[:, :, None, None]
    after = np.roll(points, -1, axis=2)
    quads = np.stack([points[:, :-1], after[:, :-1], after[:, 1:], points[:, 1:]], axis=3)
    along = np.concatenate([np.zeros((len(paths), 1)), np.cumsum(np.linalg.norm(np.diff(paths, axis=1), axis=2), axis=1)], axis=1)
    around = np.maximum(np.round(2 * np.pi * radii[:, :1] / tile), 1.0)
    u = np.arange(sides + 1) / sides * around[:, :, None]
    v = along[:, :, None] / tile * np.ones(sides)
    u = np.broadcast_to(u, (len(paths), paths.shape[1] - 1, sides + 1))
    uvs = np.stack([np.stack([u[..., :-1], v[:, :-1]], -1), np.stack([u[..., 1:], v[:, :-1]], -1),
                    np.stack([u[..., 1:], v[:, 1:]], -1), np.stack([u[..., :-1], v[:, 1:]], -1)], axis=3)  # fmt: skip
    return quads.reshape(-1, 4, 3), uvs.reshape(-1, 4, 2)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (N, 3) of length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
