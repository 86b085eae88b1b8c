"""Brows and beards."""

from __future__ import annotations

import numpy as np

from ...scene import SRGB, Material, Mesh, Skin, Texture
from ..cloth import nearest_vertices
from ..fabric import opaque, to_srgb
from ..head import beard as beard_mask
from ..head import brow_height
from .cards import GREY, Strands
from .combed import FEW
from .groom import Groom

BROW_START, BROW_REACH, BROW_HALF = 0.15, 0.80, 0.12  # eye distances: where the patch begins, its length and half its height
BROW_SIZE = (128, 512)  # pixels
TUFTS, TUFT_SIZE = 4, (256, 512)  # tufts of beard side by side, and pixels


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
    """A beard or a moustache: tufts of a few hairs each that hang from the skin, over the stubble painted on it."""
    rng, size = groom.rng, groom.size
    kind = groom.brief.beard
    count = round({"beard": 1450, "goatee": 750, "moustache": 400}[kind] * (FEW if groom.low else 1))
    root, normal, thick = groom.roots(count, beard_mask(groom.head, kind))
    place = groom.local(root)
    lips = groom.head.lips[2]
    chin = np.clip((lips - 0.1 - place[:, 2]) / 0.4, 0, 1) * np.clip(1.2 - np.abs(place[:, 0]), 0, 1)
    length = 0.0085 + {"beard": 0.013, "goatee": 0.009, "moustache": 0.0}[kind] * chin
    length *= size * (0.45 + 0.55 * thick) * rng.uniform(0.8, 1.2, count)
    side = np.sign(place[:, 0]) * np.clip(np.abs(place[:, 0]) * 2, 0, 1)
    moustache = (place[:, 2] > lips) & (np.abs(place[:, 0]) < 0.5)
    flow = np.stack([side * np.where(moustache, 0.8, 0.05), np.full(count, -0.1), np.full(count, -1.0)], axis=1)
    flow -= 0.95 * (flow * normal).sum(axis=1, keepdims=True) * normal
    flow += 0.16 * rng.standard_normal((count, 3))
    line, way = [root - 0.0004 * size * normal], 0.5 * normal + flow
    for lean in (0.25, 0.05):  # away from the skin first, then along it, never into it
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        line.append(line[-1] + way * (length / 2)[:, None])
        way = 0.5 * way + 0.5 * flow + lean * normal
    width = (0.0052 if groom.low else 0.0030) * size * (0.6 + 0.4 * thick) * rng.uniform(0.7, 1.2, count)
    return groom.mesh("Beard", [_tufts(np.stack(line, axis=1), normal, width, thick, rng)], _paint_tufts(groom))


def _tufts(lines: np.ndarray, normal: np.ndarray, width: np.ndarray, thick: np.ndarray, rng: np.random.Generator) -> Strands:
    """A card along each of (n, 3, 3) lines with one of the painted tufts, the sparse one where the beard is not ``thick`` (n,);
    lit as the skin with ``normal`` (n, 3) beneath it."""
    count, steps = lines.shape[0], lines.shape[1] - 1
    across = np.cross(lines[:, -1] - lines[:, 0], normal)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    half = (across * width[:, None])[:, None]
    vertices = np.stack([lines - half, lines + half], axis=2).reshape(-1, 3)
    first = (np.arange(count) * (steps + 1) * 2)[:, None, None] + 2 * np.arange(steps)[None, :, None]
    quads = (first + np.array([0, 1, 3, 2])).reshape(-1, 4)
    own = np.where(thick < rng.uniform(0.5, 0.95, count), TUFTS - 1, rng.integers(0, TUFTS - 1, count))
    edges = np.stack([own, own + 1], axis=1) / TUFTS
    edges = np.where(rng.random((count, 1)) < 0.5, edges, edges[:, ::-1])[:, None]
    v = np.broadcast_to(np.linspace(1, 0, steps + 1)[None, :, None], (count, steps + 1, 2))
    uv = np.stack([np.broadcast_to(edges, v.shape), v], axis=3).reshape(-1, 2).astype(np.float32)
    shading = np.repeat(normal, 2 * (steps + 1), axis=0)
    return Strands(vertices.astype(np.float32), quads.astype(np.int32), uv[quads], shading.astype(np.float32))


def _paint_tufts(groom: Groom) -> Material:
    """Tufts side by side, roots on top: a dozen fine hairs each, five in the last, that bend, come together and end one by one."""
    brief, rng = groom.brief, groom.rng
    rows, columns = TUFT_SIZE
    wide = columns // TUFTS
    base = np.minimum(np.asarray(brief.hair_color, np.float32) * 1.15, 1)  # beards are a little lighter than the hair
    alpha, picture = np.zeros(TUFT_SIZE, np.uint8), np.tile(base, (rows, columns, 1))
    fall = np.linspace(0, 1, rows)
    for tuft in range(TUFTS):
        hairs = 5 if tuft == TUFTS - 1 else 13
        for start in rng.permutation((np.arange(hairs) + rng.uniform(0.2, 0.8, hairs)) / hairs):
            place = start + (0.5 - start) * 0.35 * fall**1.5 + rng.normal(0, 0.09) * fall**2
            hair = base + (GREY - base) * (rng.random() < brief.greying)
            shade = rng.uniform(0.8, 1.2) * np.interp(fall, (0, 0.5, 1), (0.85, 1.0, 1.12))
            begin, end = rng.uniform(0, 0.2), rng.uniform(0.55, 1.0)
            inside = (fall >= begin) & (fall <= end)
            thick = np.where(fall < begin + 0.7 * (end - begin), 4, 2)
            for k in range(4):
                column = (tuft * wide + np.clip(place * wide, 2, wide - 6) + k).astype(int)
                seen = inside & (k < thick)
                alpha[seen, column[seen]] = 255
                picture[seen, column[seen]] = (hair * shade[:, None])[seen]
    pixels = np.dstack([to_srgb(np.clip(picture, 0, 1)), alpha])
    texture = Texture("Beard colour", pixels, SRGB)
    color = opaque(base)
    return Material("Beard", base_color=color, roughness=0.8, alpha_clip=True, double_sided=True, base_color_texture=texture)
