"""Brows and beards."""

from __future__ import annotations

import numpy as np

from ...scene import SRGB, Material, Mesh, Skin, Texture
from ..cloth import nearest_vertices
from ..fabric import opaque, to_srgb
from ..head import beard as beard_mask
from ..head import brow_height
from .cards import Strands, atlas, cards
from .groom import Groom

BROW_START, BROW_REACH, BROW_HALF = 0.15, 0.80, 0.12  # eye distances: where the patch begins, its length and half its height
BROW_SIZE = (128, 512)  # pixels


def brows(groom: Groom) -> Mesh:
    """Two brows: patches that lie on the skin, with painted hairs cut out by alpha."""
    columns, rows = (8, 3) if groom.low else (14, 5)
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows), indexing="ij")
    across = BROW_START + BROW_REACH * u
    spots = np.stack([across, brow_height(across) + (2 * v - 1) * BROW_HALF], axis=2)
    numbers = np.arange(columns * rows).reshape(columns, rows)
    quads = np.stack([numbers[:-1, :-1], numbers[1:, :-1], numbers[1:, 1:], numbers[:-1, 1:]], axis=2).reshape(-1, 4)
    height = np.full(rows, 0.0008 * groom.size)
    parts = []
    for side in (1.0, -1.0):
        points = _on_face(groom, spots * [side, 1.0], height).reshape(-1, 3)
        facing = quads if side > 0 else quads[:, ::-1]
        uv = np.stack([u, v], axis=2).reshape(-1, 2).astype(np.float32)
        out = np.repeat(np.array([[0.25 * side, -1.0, 0.1]]), len(points), axis=0)
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        parts.append(Strands(points, facing.astype(np.int32), uv[facing], out.astype(np.float32)))
    mesh = groom.mesh("Brows", parts, _paint_brows(groom))
    joints = np.zeros((len(mesh.vertices), 4), np.int32)
    joints[:, 0] = groom.shape.pack.bone("head")
    mesh.skin = Skin(joints, np.repeat(np.array([[1, 0, 0, 0]], np.float32), len(joints), axis=0))
    return mesh


def _paint_brows(groom: Groom) -> Material:
    """Hairs that rise at the inner end and lie down along the arch towards the temple."""
    brief, rng = groom.brief, groom.rng
    full = (0.66 + 0.44 * brief.gender if brief.is_adult else 0.66) * (0.5 + brief.brows)
    count = round((230 + 130 * brief.brows) * (1 if brief.is_adult else 0.8))
    along = rng.random(count) * 0.9 + 0.04
    thick = np.interp(along, (0, 0.25, 0.65, 1), (0.042, 0.052, 0.034, 0.008)) * full
    up = thick * rng.uniform(-1, 1, count)
    slope = np.interp(along, (0, 0.3, 0.7, 1), (0.25, 0.2, 0.0, -0.45))
    angle = np.radians(np.interp(along, (0, 0.3, 1), (62, 24, 2)) + rng.normal(0, 8, count)) - 0.3 * slope
    length = np.interp(along, (0, 0.3, 1), (0.075, 0.115, 0.08)) * rng.uniform(0.7, 1.15, count) * (0.6 + 0.4 * full)
    rows, columns = BROW_SIZE
    alpha, tone = np.zeros(BROW_SIZE, np.uint8), np.ones(BROW_SIZE, np.float32)
    shade = rng.uniform(0.75, 1.25, count)
    for step in np.linspace(0, 1, 40):
        bent = angle - 0.55 * step
        x = (along + length * step * np.cos(bent) / BROW_REACH) * columns
        y = (0.5 - (up + length * step * np.sin(bent)) / (2 * BROW_HALF)) * rows
        for k in (0, 1) if step < 0.7 else (0,):
            row, column = np.clip(y.astype(int) + k, 0, rows - 1), np.clip(x.astype(int), 0, columns - 1)
            alpha[row, column], tone[row, column] = 255, shade
    base = np.asarray(brief.hair_color, np.float32) * (1 - 0.6 * brief.greying) + 0.1 * brief.greying
    pixels = np.dstack([to_srgb(np.clip(0.8 * base * tone[..., None], 0, 1)), alpha])
    color = opaque(0.8 * np.asarray(brief.hair_color))
    texture = Texture("Brows colour", pixels, SRGB)
    return Material("Brows", base_color=color, roughness=0.8, alpha_clip=True, double_sided=True, base_color_texture=texture)


def _on_face(groom: Groom, spots: np.ndarray, height: np.ndarray) -> np.ndarray:
    """Points on the front of the face at (n, k, 2) eye distances (across, up), ``height`` (k,) metres over the skin."""
    skin, normals = _forehead(groom)
    flat = spots.reshape(-1, 2).astype(np.float32)
    nearest = nearest_vertices(flat, skin[:, [0, 2]])
    normal, offset = normals[nearest], flat - skin[nearest][:, [0, 2]]
    depth = skin[nearest, 1] - (normal[:, [0, 2]] * offset).sum(axis=1) / np.minimum(normal[:, 1], -0.3)
    place = np.stack([flat[:, 0], depth, flat[:, 1]], axis=1)
    world = groom.head.origin + place * groom.unit + np.tile(height, len(spots))[:, None] * normal
    return world.reshape(*spots.shape[:2], 3).astype(np.float32)


def _forehead(groom: Groom) -> tuple[np.ndarray, np.ndarray]:
    """Dense points (n, 3) in eye distances on the skin around the brows, and their normals: 25 on each quad."""
    pack = groom.shape.pack
    quads = pack.faces[pack.face_mask("body")].astype(np.int64)
    middle = groom.head.vertices[quads].mean(axis=1)
    front = (groom.head.share[quads].min(axis=1) > 0.5) & (np.abs(middle[:, 0]) < 1.3) & (np.abs(middle[:, 2] - 0.3) < 0.45)
    quads = quads[front & (middle[:, 1] < 0.9) & (groom.normals[quads][..., 1].mean(axis=1) < -0.15)]
    u, v = (axis.ravel()[:, None] for axis in np.meshgrid(*[(np.arange(5) + 0.5) / 5] * 2))
    shares = np.concatenate([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=1).astype(np.float32)
    points = np.einsum("sc,qck->qsk", shares, groom.head.vertices[quads]).reshape(-1, 3)
    normals = np.einsum("sc,qck->qsk", shares, groom.normals[quads]).reshape(-1, 3)
    return points, normals / np.linalg.norm(normals, axis=1, keepdims=True)


def beard(groom: Groom) -> Mesh:
    """A beard or a moustache of short cards that hang from the skin."""
    rng, size = groom.rng, groom.size
    kind = groom.brief.beard
    density = beard_mask(groom.head, kind)
    full, steps = kind != "moustache", 3
    count = round({"beard": 640, "goatee": 300, "moustache": 170}[kind] * (0.3 if groom.low else 1))
    root, normal, thick = groom.roots(count, density)
    place = groom.local(root)
    chin = np.clip((groom.head.lips[2] - 0.1 - place[:, 2]) / 0.4, 0, 1) * np.clip(1.2 - np.abs(place[:, 0]), 0, 1)
    length = (
        size
        * (0.4 + 0.6 * thick)
        * (0.0085 + (0.011 if kind == "beard" else 0.004) * chin)
        * rng.uniform(0.8, 1.15, count)
        * (1 if full else 0.8)
    )
    side = np.sign(place[:, 0]) * np.clip(np.abs(place[:, 0]) * 2, 0, 1)
    moustache = (place[:, 2] > groom.head.lips[2]) & (np.abs(place[:, 0]) < 0.5)
    flow = np.stack([side * np.where(moustache, 0.7, 0.05), np.full(count, -0.1), np.full(count, -1.0)], axis=1)
    flow -= (flow * normal).sum(axis=1, keepdims=True) * normal * 0.85
    way = 0.45 * normal + flow + 0.12 * rng.standard_normal((count, 3))
    points = [root]
    for number in range(steps):
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        points.append(points[-1] + way * (length / steps)[:, None])
        way = way * 0.7 + 0.3 * (flow - 0.12 * number * normal)
    hair = cards(
        np.stack(points, axis=1).astype(np.float32),
        (0.0075 if groom.low else 0.0048) * size * (0.45 + 0.55 * thick) * rng.uniform(0.6, 1.2, count),
        groom.skull.centre,
        rng,
        np.full(count, 1.2),
    )
    return groom.mesh("Beard", [hair], atlas("Beard", groom.brief.hair_color, rng, greying=groom.brief.greying))
