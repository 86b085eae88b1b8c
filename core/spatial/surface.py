"""A mesh as a surface to draw points from: triangles with areas, and what lies at a place on them."""

from __future__ import annotations

import numpy as np

from ..errors import WorldwrightError
from ..scene import SRGB, Mesh, Texture
from .colour import LINEAR_OF_BYTE

THINNEST = 3e-7  # a triangle lower than this, in half-extents of its mesh, is a line: float32 holds no more
BLOCK = 8192  # triangles
GREY = (0.8, 0.8, 0.8)


class Surface:
    """The triangles of one mesh.

    Attributes:
        triangles: (T, 3) int32 corner numbers. Unlike ``Mesh.triangles`` right for concave faces too.
        face: (T,) int32, the face each came from.
        cumulative: (T,) float64, square metres of all triangles up to and with this one; degenerate triangles add nothing.
        area: square metres.
    """

    def __init__(self, mesh: Mesh) -> None:
        """Raises WorldwrightError when the mesh's arrays do not fit together or a coordinate is not a number."""
        self.mesh = mesh
        self._units, self._half_extent = _in_units(mesh)
        self.triangles, self.face = mesh.triangles()
        self._vectors = self._cross(self.triangles)
        if len(mesh.face_sizes) and mesh.face_sizes.max() > 3:
            self._mend_concave()
        doubled = np.sqrt(np.einsum("kt,kt->t", self._vectors, self._vectors))
        suspects = np.flatnonzero(doubled < 4 * THINNEST)  # no edge is longer than 2√3
        doubled[suspects[doubled[suspects] <= THINNEST * self._longest_edges(suspects)]] = 0
        self.cumulative = np.cumsum(doubled, dtype=np.float64)
        self.cumulative *= 0.5 * self._half_extent**2
        self.area = float(self.cumulative[-1]) if len(self.cumulative) else 0.0

    def positions(self, triangle: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(M, 3) float32 at barycentric ``weights`` (M, 3) of ``triangle`` (M,)."""
        return _blend(self.mesh.vertices, self.mesh.corners[self.triangles[triangle]], weights)

    def normals(self, triangle: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(M, 3) float32 unit shading normals: the mesh's own, or those of its smooth faces, or the face's."""
        mesh = self.mesh
        flat = _unit(self._vectors[:, triangle].T)
        corners = self.triangles[triangle]
        if mesh.normals is not None:
            shading = _blend(mesh.normals, corners, weights)
        elif mesh.smooth is not None and np.any(mesh.smooth):
            around = _unit(self._vertex_normals())[mesh.corners[corners]]  # (M, 3 corners, 3)
            turned = np.einsum("mck,mk->mc", around, flat) < np.cos(mesh.sharp_angle)
            turned |= ~np.asarray(mesh.smooth, bool)[self.face[triangle], None]
            shading = np.einsum("mck,mc->mk", np.where(turned[..., None], flat[:, None], around), weights)
        else:
            return flat
        length = np.linalg.norm(shading, axis=1, keepdims=True)
        return np.where(length > 1e-6, shading / np.maximum(length, 1e-6), flat)

    def colors(self, triangle: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
        """(M, 3) float32 linear RGB: the colour attribute, else the image at the UV, else the material's base colour; None
        when the mesh has none of them."""
        mesh = self.mesh
        corners = self.triangles[triangle]
        if mesh.colors is not None:
            return np.nan_to_num(np.clip(_blend(mesh.colors, corners, weights)[:, :3], 0, 1))
        if not mesh.materials:
            return None
        slot = self.slots(triangle)
        base = np.array([material.base_color[:3] for material in mesh.materials], np.float32)
        colors = base[slot]
        for number, material in enumerate(mesh.materials):
            if material.base_color_texture is None or mesh.uvs is None:
                continue
            here = np.flatnonzero(slot == number)
            if len(here):
                colors[here] = texels(material.base_color_texture, _blend(mesh.uvs, corners[here], weights[here]))
        return colors

    def slots(self, triangle: np.ndarray) -> np.ndarray:
        """(M,) int32 material slot, -1 in a mesh without materials."""
        mesh = self.mesh
        if not mesh.materials:
            return np.full(len(triangle), -1, np.int32)
        if mesh.material_index is None:
            return np.zeros(len(triangle), np.int32)
        return np.clip(np.asarray(mesh.material_index)[self.face[triangle]], 0, len(mesh.materials) - 1).astype(np.int32)

    def _cross(self, triangles: np.ndarray) -> np.ndarray:
        """(3, T) float32: normal times twice the area, in units. Block by block within the cache: several times faster."""
        result = np.empty((3, len(triangles)), np.float32)
        for start in range(0, len(triangles), BLOCK):
            block = slice(start, start + BLOCK)
            x, y, z = self._units.take(self.mesh.corners.take(triangles[block].T), axis=1)
            ux, uy, uz, vx, vy, vz = x[1] - x[0], y[1] - y[0], z[1] - z[0], x[2] - x[0], y[2] - y[0], z[2] - z[0]
            result[0, block] = uy * vz - uz * vy
            result[1, block] = uz * vx - ux * vz
            result[2, block] = ux * vy - uy * vx
        return result

    def _longest_edges(self, triangle: np.ndarray) -> np.ndarray:
        points = self._units[:, self.mesh.corners[self.triangles[triangle]]]
        return np.linalg.norm(points - np.roll(points, 1, axis=2), axis=0).max(axis=1)

    def _vertex_normals(self) -> np.ndarray:
        """(V, 3): the area-weighted sum of the normals of the triangles around each vertex."""
        vertex = self.mesh.corners[self.triangles].ravel()
        count = len(self.mesh.vertices)
        return np.stack([np.bincount(vertex, np.repeat(axis, 3), count) for axis in self._vectors], axis=1).astype(np.float32)

    def _mend_concave(self) -> None:
        """A fan from the first corner leaves a concave face: where a triangle turns against its face, cut ears instead."""
        against_next = np.einsum("kt,kt->t", self._vectors[:, :-1], self._vectors[:, 1:]) <= 0
        if not (against_next & (self.face[:-1] == self.face[1:])).any():
            return
        sizes = self.mesh.face_sizes
        counts = np.maximum(sizes - 2, 0)
        first = (np.cumsum(counts) - counts)[counts > 0]
        whole = np.repeat(np.add.reduceat(self._vectors, first, axis=1), counts[counts > 0], axis=1)
        turned = np.einsum("kt,kt->t", self._vectors, whole) < -1e-6 * np.einsum("kt,kt->t", whole, whole)
        if not turned.any():
            return
        starts = self.mesh.face_starts
        first_of_face = np.cumsum(counts) - counts
        for face in np.unique(self.face[turned]):
            start, size = starts[face], sizes[face]
            points = self._units[:, self.mesh.corners[start : start + size]]
            rows = slice(first_of_face[face], first_of_face[face] + size - 2)
            self.triangles[rows] = start + cut_ears(_flattened(points.T, whole[:, rows.start]))
        mended = np.flatnonzero(np.isin(self.face, np.unique(self.face[turned])))
        self._vectors[:, mended] = self._cross(self.triangles[mended])


def has_area(mesh: Mesh) -> bool:
    """Whether any face has an area. Looks no further than the first that has one, so it costs nothing for a sound mesh."""
    starts = mesh.face_starts
    for block in range(0, len(starts), BLOCK):
        a, b, c = (mesh.vertices[mesh.corners[starts[block : block + BLOCK] + k]].astype(np.float64) for k in range(3))
        if (np.abs(np.cross(b - a, c - a)).max(axis=1) > 1e-6 * np.abs(c - a).max(axis=1) ** 2).any():
            return True
    return Surface(mesh).area > 0


def cut_ears(polygon: np.ndarray) -> np.ndarray:
    """(n - 2, 3) int32 triangles of a simple polygon (n, 2) given counter-clockwise (ear clipping, Meisters 1975)."""
    left = list(range(len(polygon)))
    triangles = []
    while len(left) > 3:
        ear = next((k for k in range(len(left)) if _is_ear(polygon, left, k)), 0)  # 0: it crosses itself, go on all the same
        triangles.append((left[ear - 1], left[ear], left[(ear + 1) % len(left)]))
        del left[ear]
    return np.array([*triangles, left], np.int32)


def _is_ear(polygon: np.ndarray, left: list[int], k: int) -> bool:
    a, b, c = polygon[left[k - 1]], polygon[left[k]], polygon[left[(k + 1) % len(left)]]

    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
        return (q[0] - p[0]) * (r[..., 1] - p[1]) - (q[1] - p[1]) * (r[..., 0] - p[0])

    if side(a, b, c) <= 0:
        return False
    others = polygon[[index for n, index in enumerate(left) if n not in (k, (k - 1) % len(left), (k + 1) % len(left))]]
    inside = (side(a, b, others) > 0) & (side(b, c, others) > 0) & (side(c, a, others) > 0)
    on_corner = (others == a).all(axis=1) | (others == c).all(axis=1)  # a bridge to a hole passes the same point twice
    return not (inside | ((side(c, a, others) == 0) & (side(a, b, others) > 0) & (side(b, c, others) > 0)))[~on_corner].any()


def _flattened(points: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """(n, 2) float64: the points (n, 3) seen along the strongest axis of the normal, so that they go counter-clockwise."""
    axis = int(np.argmax(np.abs(normal)))
    u, v = (axis + 1) % 3, (axis + 2) % 3
    return points[:, [u, v] if normal[axis] > 0 else [v, u]].astype(np.float64)


def texels(texture: Texture, uvs: np.ndarray) -> np.ndarray:
    """(M, 3) float32 linear RGB of the pixels at ``uvs`` (M, 2); the image repeats."""
    height, width = texture.pixels.shape[:2]
    uvs = np.nan_to_num(uvs, nan=0.0, posinf=0.0, neginf=0.0)
    column = np.floor((uvs[:, 0] % 1) * width).astype(np.int64) % width
    row = height - 1 - np.floor((uvs[:, 1] % 1) * height).astype(np.int64) % height
    pixels = texture.pixels[row, column, :3]
    return LINEAR_OF_BYTE[pixels] if texture.space == SRGB else (pixels / np.float32(255)).astype(np.float32)


def _in_units(mesh: Mesh) -> tuple[np.ndarray, float]:
    """The vertices as (3, V) float32 between -1 and 1, and how many metres 1 is: areas of a far or tiny mesh stay exact."""
    corners, sizes, count = mesh.corners, mesh.face_sizes, len(mesh.vertices)
    if len(corners) and (corners.min() < 0 or corners.max() >= count) or sizes.sum() != len(corners):
        raise WorldwrightError(f"The mesh “{mesh.name}” is damaged: its faces do not fit its vertices.")
    if count == 0:
        return np.zeros((3, 0), np.float32), 1.0
    axes = np.ascontiguousarray(mesh.vertices.T)
    low, high = axes.min(axis=1).astype(np.float64), axes.max(axis=1).astype(np.float64)
    if not np.isfinite([low, high]).all():
        raise WorldwrightError(
            f"The mesh “{mesh.name}” has coordinates that are not finite numbers.",
            "Clean it up (in Blender: Edit Mode, Mesh, Clean Up) or leave it out.",
        )
    half = float((high - low).max() / 2) or 1.0
    return ((axes - ((low + high) / 2)[:, None]) / half).astype(np.float32), half


def _blend(values: np.ndarray, corners: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(M, k) float32: ``values`` (n, k) at the three ``corners`` (M, 3), mixed by ``weights`` (M, 3)."""
    return np.einsum("mck,mc->mk", np.asarray(values)[corners], weights.astype(np.float32), dtype=np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-30)
