"""Painting in UV space: where on the body each texel lies, and values of vertices as pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .body import BodyPack


@dataclass
class Texels:
    """For each texel of an (S, S) picture of the body's UVs, first row on top: the four vertices around it and their shares.

    Attributes:
        corners: (S, S, 4) int32 vertex numbers.
        shares: (S, S, 4) float32, summing to 1; texels off the body repeat the nearest border.
    """

    corners: np.ndarray
    shares: np.ndarray

    def picture(self, values: np.ndarray) -> np.ndarray:
        """(S, S) or (S, S, k) float32 from per-vertex values (V,) or (V, k)."""
        subscripts = "hwc,hwc->hw" if values.ndim == 1 else "hwck,hwc->hwk"
        return np.einsum(subscripts, values.astype(np.float32)[self.corners], self.shares)


def texels(pack: BodyPack, size: int) -> Texels:
    """Bilinear coverage of the body's faces in UV space at ``size`` pixels."""
    mask = pack.face_mask("body")
    quads, uvs = pack.faces[mask].astype(np.int32), pack.uvs[pack.face_uvs[mask]]
    face = np.full(size * size, -1, np.int32)
    place = np.zeros((size * size, 2), np.float32)
    extent = np.ptp(uvs, axis=1).max(axis=1) * size
    for low, high in ((0, 3), (3, 7), (7, 15), (15, 31), (31, 1e9)):
        chosen = np.flatnonzero((extent >= low) & (extent < high))
        count = int(min(high, extent.max() + 1)) + 2
        line = ((np.arange(count) + 0.5) / count).astype(np.float32)
        a, b = np.meshgrid(line, line, indexing="ij")
        for part in np.array_split(chosen, max(1, len(chosen) * count * count // 400_000)):
            spots = np.einsum("fck,cij->fijk", uvs[part], _bilinear(a, b))
            column = np.clip((spots[..., 0] * size).astype(int), 0, size - 1)
            row = np.clip(((1 - spots[..., 1]) * size).astype(int), 0, size - 1)
            index = (row * size + column).ravel()
            face[index] = np.repeat(part, count * count)
            place[index] = np.tile(np.stack([a, b], axis=-1).reshape(-1, 2), (len(part), 1))
    face, place = _spread(face.reshape(size, size), place.reshape(size, size, 2), 4)
    shares = np.moveaxis(_bilinear(place[..., 0], place[..., 1]), 0, -1)
    return Texels(quads[np.maximum(face, 0)], shares.astype(np.float32))


def _bilinear(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(4, …) shares of a quad's corners at (a, b) in 0..1."""
    return np.stack([(1 - a) * (1 - b), a * (1 - b), a * b, (1 - a) * b])


def _spread(face: np.ndarray, place: np.ndarray, rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """Fills texels beside the islands from their neighbours, so that filtering meets no foreign colour."""
    for _ in range(rounds):
        for shift, axis in ((1, 0), (-1, 0), (1, 1), (-1, 1)):
            moved, spot = np.roll(face, shift, axis), np.roll(place, shift, axis)
            empty = (face < 0) & (moved >= 0)
            face = np.where(empty, moved, face)
            place = np.where(empty[..., None], spot, place)
    return face, place


def vertex_uvs(pack: BodyPack) -> np.ndarray:
    """(V, 2) one texture coordinate of each vertex (of several at a seam, the last)."""
    result = np.zeros((pack.vertex_count, 2), np.float32)
    result[pack.faces] = pack.uvs[pack.face_uvs]
    return result


def sample(picture: np.ndarray, uvs: np.ndarray) -> np.ndarray:
    """(n,) values in 0..1 of an (S, S) uint8 mask at (n, 2) UVs, nearest texel."""
    size = len(picture)
    column = np.clip((uvs[:, 0] * size).astype(int), 0, size - 1)
    row = np.clip(((1 - uvs[:, 1]) * size).astype(int), 0, size - 1)
    return picture[row, column].astype(np.float32) / 255


def enlarge(picture: np.ndarray, size: int) -> np.ndarray:
    """(size, size) bilinear enlargement of a square float picture."""
    count = len(picture)
    place = np.clip((np.arange(size) + 0.5) * count / size - 0.5, 0, count - 1).astype(np.float32)
    low = np.minimum(place.astype(int), count - 2)
    share = place - low
    picture = picture.astype(np.float32, copy=False)
    wide = np.take(picture, low, axis=1)  # the small picture first, whole rows after: seven times faster than both at once
    wide += (np.take(picture, low + 1, axis=1) - wide) * share
    tall, step = wide[low], wide[low + 1]
    step -= tall
    step *= share[:, None]
    tall += step
    return tall


def smooth_step(value: np.ndarray, low: float | np.ndarray, high: float | np.ndarray) -> np.ndarray:
    """0 below ``low``, 1 above ``high``, cubic between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)
