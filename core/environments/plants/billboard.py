"""A plant far away: its picture, painted from its own quads, on two crossed cards."""

from __future__ import annotations

import numpy as np

from ...geometry.normals import face_vectors
from ...geometry.quads import Quads
from ...geometry.shape import Finish
from ...scene import SRGB, Material, Mesh, Texture
from ..materials.color import encoded, linear
from .cards import Growth, backs

ROWS = 192


def paint(growth: Growth, width: float, height: float, rows: int = ROWS) -> np.ndarray:
    """(rows, columns, 4) uint8 picture of the plant seen along +Y, ``width`` x ``height`` metres, from z = 0.

    Quads are painted from back to front, each as a parallelogram of its own texture.
    """
    columns = max(8, int(rows * width / height))
    color = np.zeros((rows, columns, 3), np.float32)
    alpha = np.zeros((rows, columns), np.float32)
    batches = [(b.points, b.uvs, b.finish) for part in (growth.wood, growth.twigs) for b in part.batches]
    if len(growth.cards):
        batches.append((growth.cards.corners, growth.cards.uvs, growth.finish))
    stamps = []
    for points, uvs, finish in batches:
        texture = finish.material.base_color_texture
        if texture is None or uvs is None:
            continue
        pixels = linear(texture.pixels[..., :3] / 255.0).astype(np.float32)
        cover = texture.pixels[..., 3] / 255.0 if texture.pixels.shape[2] == 4 else np.ones(pixels.shape[:2])
        depth = points[..., 1].mean(axis=1)
        away = points.mean(axis=1) - growth.middle
        light = 0.62 + 0.42 * np.clip(away @ (0.35, -0.35, 0.87) / max(height * 0.4, 0.1), -0.9, 1)
        stamps += [(depth[k], points[k], uvs[k], pixels, cover, light[k]) for k in range(len(points))]
    stamps.sort(key=lambda item: -item[0])
    scale = rows / height
    for _, quad, uv, pixels, cover, light in stamps:
        _stamp(color, alpha, (quad[:, [0, 2]] * (1, 1) + (width / 2, 0.0)) * scale, uv, pixels, cover, light)
    picture = np.concatenate([encoded(color) * 255, alpha[..., None] * 255], axis=2)
    picture = np.rint(picture).astype(np.uint8)[::-1]
    hidden = picture[..., 3] < 8
    if (~hidden).any():
        picture[hidden, :3] = picture[~hidden, :3].mean(axis=0).astype(np.uint8)
    return np.ascontiguousarray(picture)


def _stamp(color, alpha, corners, uv, pixels, cover, light) -> None:
    """Paints one parallelogram; ``corners`` (4, 2) in pixels from the lower left."""
    rows, columns = alpha.shape
    low = np.floor(corners.min(axis=0)).astype(int).clip(0, (columns, rows))
    high = np.ceil(corners.max(axis=0)).astype(int).clip(0, (columns, rows))
    a, b = corners[1] - corners[0], corners[3] - corners[0]
    area = a[0] * b[1] - a[1] * b[0]
    if (high <= low).any() or abs(area) < 0.5:
        return
    x = (np.arange(low[0], high[0]) + 0.5)[None] - corners[0, 0]
    y = (np.arange(low[1], high[1]) + 0.5)[:, None] - corners[0, 1]
    s, t = (x * b[1] - y * b[0]) / area, (y * a[0] - x * a[1]) / area
    inside = (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1)
    u = uv[0, 0] + s * (uv[1, 0] - uv[0, 0]) + t * (uv[3, 0] - uv[0, 0])
    v = uv[0, 1] + s * (uv[1, 1] - uv[0, 1]) + t * (uv[3, 1] - uv[0, 1])
    size = pixels.shape[:2]
    i = ((1 - v) * size[0]).astype(int) % size[0]
    j = (u * size[1]).astype(int) % size[1]
    here = inside * (cover[i, j] > 0.4)
    window = slice(low[1], high[1]), slice(low[0], high[0])
    color[window] = np.where(here[..., None] > 0, pixels[i, j] * light, color[window])
    alpha[window] = np.maximum(alpha[window], here)


def billboard(growth: Growth, name: str) -> Mesh:
    """Two crossed cards of the plant's picture, normals upwards and out so that they are lit like the crown."""
    points = [b.points.reshape(-1, 3) for part in (growth.wood, growth.twigs) for b in part.batches]
    if len(growth.cards):
        points.append(growth.cards.corners.reshape(-1, 3))
    every = np.concatenate(points)
    half, height = float(np.quantile(np.abs(every[:, :2]).max(axis=1), 0.995)), float(every[:, 2].max())
    picture = paint(growth, 2 * half, height)
    material = Material(f"{name} picture", (0.2, 0.25, 0.12, 1.0), roughness=0.8, alpha_clip=True,
                        base_color_texture=Texture(f"{name} picture", picture, SRGB))  # fmt: skip
    quads, uv = Quads(), np.array([[(0, 0), (1, 0), (1, 1), (0, 1)]], float)
    for x, y in ((1.0, 0.0), (0.0, 1.0)):
        a, b = (-half * x, -half * y), (half * x, half * y)
        card = [(*a, 0.0), (*b, 0.0), (*b, height), (*a, height)]
        quads.add([card], Finish(material), "picture", uv).add(
            backs(np.array([card])), Finish(material), "picture", uv[:, [1, 0, 3, 2]]
        )
    mesh = quads.mesh(name)
    away = mesh.vertices[mesh.corners] - (0.0, 0.0, 0.35 * height)
    away[:, 2] += 0.6 * height
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    facing = face_vectors(mesh.vertices, mesh.corners, mesh.face_sizes)
    facing /= np.linalg.norm(facing, axis=1, keepdims=True)
    away += 0.6 * np.repeat(facing, mesh.face_sizes, axis=0)  # a normal in the card's own plane has no tangent
    mesh.normals = (away / np.linalg.norm(away, axis=1, keepdims=True)).astype(np.float32)
    mesh.smooth = np.ones(len(mesh.face_sizes), bool)
    return mesh
