"""Exact pictures of meshes without Blender: of every pixel which mesh and which face is seen there, and its shaded colour.

Every triangle is covered by samples closer together than the pixels, which go through a depth buffer; so masks have no holes,
and a face hidden behind others is in none.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..crossmodal.views import AMBIENT, BACKGROUND, camera
from ..errors import WorldwrightError
from ..scene import Mesh
from ..spatial.colour import to_srgb
from ..spatial.surface import Surface

SIZE = 320  # pixels a side
THUMBNAIL = 144
MARGIN = 1.08
CLOSER = 1.6  # samples a pixel along the longest edge of a triangle
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024)
BLOCK = 400_000  # samples at once


@dataclass
class Drawing:
    """``picture`` (H, W, 3) uint8 sRGB; ``mesh`` and ``face`` (H, W) int32 numbers of what is seen, -1 where nothing is."""

    picture: np.ndarray
    mesh: np.ndarray
    face: np.ndarray


def draw(meshes: list[Mesh], yaw: float = np.pi / 6, size: int = SIZE) -> Drawing:
    """All meshes where they stand, seen from ``yaw`` (radians, 0 at their front) slightly above, orthographic and filling the
    picture. Raises WorldwrightError when there is nothing to see."""
    surfaces = [Surface(mesh) for mesh in meshes]
    if not any(surface.area > 0 for surface in surfaces):
        raise WorldwrightError("There is no surface to draw.", "Give meshes with faces.")
    right, up, toward = camera(yaw)
    frame = np.stack([right, up, toward], axis=1)
    corners = [(mesh.vertices.astype(np.float64) @ frame)[mesh.corners] for mesh in meshes]
    seen = np.concatenate([points for points in corners if len(points)])
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = size / max(float((high - low)[:2].max()) * MARGIN, 1e-12)
    middle = (low + high) / 2
    depth = np.full(size * size, -np.inf)
    owner, triangle = np.full(size * size, -1, np.int32), np.full(size * size, -1, np.int32)
    weights = np.zeros((size * size, 3))
    for number, (surface, points) in enumerate(zip(surfaces, corners, strict=True)):
        if not len(surface.triangles):
            continue
        placed = (points - middle) * [scale, -scale, scale] + [size / 2, size / 2, 0]
        for which, bary, column, row, height in _samples(placed[surface.triangles]):
            inside = (column >= 0) & (column < size) & (row >= 0) & (row < size)
            pixel, height, which, bary = (row * size + column)[inside], height[inside], which[inside], bary[inside]
            order = np.argsort(height, kind="stable")  # the nearest of a pixel is written last
            best = np.full(size * size, -1)
            best[pixel[order]] = order
            hit = np.flatnonzero(best >= 0)
            hit = hit[height[best[hit]] > depth[hit]]
            chosen = best[hit]
            depth[hit], owner[hit], triangle[hit], weights[hit] = height[chosen], number, which[chosen], bary[chosen]
    return _shaded(surfaces, owner, triangle, weights, (right, up, toward), size)


def _samples(triangles: np.ndarray):  # type: ignore[no-untyped-def]
    """Of projected triangles (T, 3, 3) blocks of: triangle number, barycentric weights, column, row and depth of each sample."""
    longest = np.linalg.norm((triangles - np.roll(triangles, 1, axis=1))[..., :2], axis=2).max(axis=1)
    steps = np.array(STEPS)[np.searchsorted(STEPS[:-1], np.ceil(longest * CLOSER))]
    for count in np.unique(steps):
        a, b = np.meshgrid(np.arange(count + 1), np.arange(count + 1), indexing="ij")
        grid = np.stack([a, b, count - a - b], axis=-1)[a + b <= count] / count
        grid = grid * 0.98 + 0.02 / 3  # a touch inside, so that neighbours do not claim each other's edge
        these = np.flatnonzero(steps == count)
        for start in range(0, len(these), max(1, BLOCK // len(grid))):
            some = these[start : start + max(1, BLOCK // len(grid))]
            place = np.einsum("gk,tkc->tgc", grid, triangles[some]).reshape(-1, 3)
            column, row = np.floor(place[:, :2]).astype(np.int64).T
            yield np.repeat(some, len(grid)), np.tile(grid, (len(some), 1)), column, row, place[:, 2]


def _shaded(surfaces: list[Surface], owner, triangle, weights, axes, size: int) -> Drawing:  # type: ignore[no-untyped-def]
    right, up, toward = axes
    light = np.stack([toward + 0.6 * right + 0.4 * up, np.array([0, 0, 1.0])])
    light /= np.linalg.norm(light, axis=1, keepdims=True)
    picture, face = np.full((size * size, 3), BACKGROUND), np.full(size * size, -1, np.int32)
    for number, surface in enumerate(surfaces):
        here = np.flatnonzero(owner == number)
        if not len(here):
            continue
        normals = surface.normals(triangle[here], weights[here].astype(np.float32)).astype(np.float64)
        colors = surface.colors(triangle[here], weights[here].astype(np.float32))
        tone = np.full((len(here), 3), 0.72) if colors is None else to_srgb(np.clip(colors, 0, 1)).astype(np.float64)
        facing = np.where((normals @ toward < 0)[:, None], -normals, normals)
        shade = AMBIENT + (1 - AMBIENT) * np.clip(facing @ light.T, 0, 1) @ np.array([0.75, 0.25])
        picture[here], face[here] = tone * shade[:, None], surface.face[triangle[here]]
    pixels = np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8).reshape(size, size, 3)
    return Drawing(pixels, owner.reshape(size, size), face.reshape(size, size))


def png(pixels: np.ndarray) -> bytes:
    """(H, W, 3) uint8 as a PNG file (W3C, second edition)."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # a zero before each row: no filter
    rows[:, 1:] = pixels.reshape(height, 3 * width)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)) + chunk(b"IEND", b"")


def write_picture(path: Path, meshes: list[Mesh], size: int = THUMBNAIL) -> None:
    """A small PNG of all meshes together; none where there is no surface. Raises WorldwrightError."""
    try:
        drawn = draw(meshes, size=2 * size).picture
    except WorldwrightError:
        return
    small = drawn.reshape(size, 2, size, 2, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    try:
        path.write_bytes(png(small))
    except OSError as error:
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder or name.") from error
