"""Hair cards: strips of quads along strands, the painted atlas they show, and the cap beneath them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene import SRGB, Material, Skin, Texture
from .body import BodyShape
from .cloth import dense_weights, strongest_weights
from .fabric import opaque, to_srgb
from .head import Head

SIZE, STRIPS = 512, 8  # the atlas: eight strips side by side, roots on top; the last is for the cap
CAP_STRIP = STRIPS - 1


@dataclass
class Strands:
    """Geometry of some hair: ``vertices`` (n, 3), ``quads`` (m, 4), ``uvs`` (m, 4, 2), ``normals`` (n, 3) for shading."""

    vertices: np.ndarray
    quads: np.ndarray
    uvs: np.ndarray
    normals: np.ndarray


def cards(
    lines: np.ndarray,
    width: np.ndarray,
    centre: np.ndarray,
    rng: np.random.Generator,
    layer: np.ndarray,
    taper: float = 0.35,
    ends: bool = True,
    stiff: np.ndarray | None = None,
) -> Strands:
    """A card along each of (n, k, 3) lines, facing away from ``centre``, ``width`` (n,) metres to each side of the root.

    ``layer`` (n,) 0..1 chooses among dense strips (inner) and wispy ones (outer). Shading normals point away from the centre, so
    that the cards are lit as one volume. ``ends`` False keeps the strips closed to their tips. ``stiff`` (3,) overrides the
    direction across the card.
    """
    count, steps = lines.shape[0], lines.shape[1] - 1
    along = np.gradient(lines, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
    out = lines - centre
    out /= np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-9)
    across = np.cross(along, out) if stiff is None else np.broadcast_to(stiff, lines.shape).copy()
    # A strand may pass over the centre; its card must not flip there.
    across /= np.maximum(np.linalg.norm(across, axis=2, keepdims=True), 1e-9)
    for k in range(1, steps + 1):
        flipped = (across[:, k] * across[:, k - 1]).sum(axis=1) < 0
        across[flipped, k] *= -1
    shape = np.interp(np.linspace(0, 1, steps + 1), (0, 0.15, 0.6, 1), (0.5, 1, 0.9, taper))
    half = (width[:, None] * shape)[..., None] * across
    vertices = np.stack([lines - half, lines + half], axis=2)
    bulge = out + 0.35 * across  # a card is lit as if it were rounded
    hollow = out - 0.35 * across
    normals = np.stack([hollow, bulge], axis=2)
    normals /= np.linalg.norm(normals, axis=3, keepdims=True)
    first = (np.arange(count) * (steps + 1) * 2)[:, None, None] + 2 * np.arange(steps)[None, :, None]
    quads = (first + np.array([0, 1, 3, 2])).reshape(-1, 4)
    dense, wispy = rng.integers(0, 4, count), rng.integers(4, CAP_STRIP, count)
    strip = np.where(rng.random(count) < 0.25 + 0.5 * layer, wispy, dense) if ends else dense
    left = (strip + 0.06) / STRIPS
    v = np.linspace(0.99, 0.01 if ends else 0.45, steps + 1)
    uvs = np.zeros((count, steps, 4, 2), np.float32)
    uvs[..., [0, 3], 0], uvs[..., [1, 2], 0] = left[:, None, None], (left + 0.88 / STRIPS)[:, None, None]
    uvs[..., [0, 1], 1], uvs[..., [2, 3], 1] = v[:-1, None], v[1:, None]
    return Strands(
        vertices.reshape(-1, 3).astype(np.float32), quads.astype(np.int32), uvs.reshape(-1, 4, 2), normals.reshape(-1, 3)
    )


def cap(shape: BodyShape, head: Head, density: np.ndarray, height: float) -> Strands:
    """The scalp raised by ``height`` metres, level with the skin near the hairline, where its texture frays out."""
    pack = shape.pack
    body = pack.face_mask("body")
    quads = pack.faces[body].astype(np.int64)
    quads = quads[density[quads].mean(axis=1) > 0.6]
    used, corners = np.unique(quads, return_inverse=True)
    corners = corners.reshape(-1, 4)
    normals = shape.normals()[used]
    grown = np.clip((density[used] - 0.3) / 0.7, 0, 1)
    vertices = shape.vertices[used] + (0.0004 + height * grown)[:, None] * normals
    place = head.vertices[used] - head.skull
    polar = np.arctan2(np.hypot(place[:, 0], 0.35 * place[:, 1]), place[:, 2] + 0.4) / np.pi
    u = (CAP_STRIP + 0.06 + 0.88 * np.abs((0.8 * place[:, 1] + 20) % 2 - 1)) / STRIPS
    v = np.minimum(0.97 - 0.9 * polar, 0.05 + 0.93 * grown)
    return Strands(
        vertices.astype(np.float32), corners.astype(np.int32), np.stack([u, v], axis=1).astype(np.float32)[corners], normals
    )


def atlas(name: str, color: tuple[float, float, float], rng: np.random.Generator, curl: float = 0.0) -> Material:
    """Strips of strands: dark roots, lighter middles, single hairs that end at different lengths; alpha is cut at a half."""
    wide = SIZE // STRIPS
    rows = np.arange(SIZE, dtype=np.float32)
    fall = rows / SIZE
    tone = np.full((SIZE, SIZE), 0.55, np.float32)
    alpha = np.zeros((SIZE, SIZE), np.float32)
    hairs = (90, 90, 90, 90, 34, 30, 26, 140)
    for strip, count in enumerate(hairs):
        start = strip * wide
        for _ in range(count):
            foot, drift = rng.uniform(3, wide - 4), rng.normal(0, 3.5)
            wave = rng.normal(0, 1.0 + 5.0 * curl)
            line = foot + drift * fall**1.5 + wave * np.sin(fall * (3.5 + 14 * curl) + rng.uniform(0, 6.28))
            begin = int(SIZE * rng.uniform(0, 0.07)) if strip < CAP_STRIP else 0
            end = int(SIZE * rng.uniform(0.72, 1.0) if strip < 4 else SIZE * rng.uniform(0.45, 1.0))
            thick = rng.integers(2, 4)
            shade = rng.uniform(0.55, 1.35)
            taper = np.where(fall[:end] > 0.85 * end / SIZE, np.minimum(thick, 2), thick)
            for offset in range(thick):
                at = np.clip((line[:end] + offset).astype(int), 1, wide - 2) + start
                drawn = (offset < taper) & (rows[:end] >= begin)
                tone[rows[:end][drawn].astype(int), at[drawn]] = shade * (1.0 if offset == thick // 2 else 0.86)
                alpha[rows[:end][drawn].astype(int), at[drawn]] = 1
    gradient = np.interp(fall, (0, 0.2, 0.75, 1), (0.62, 0.92, 1.08, 1.12))[:, None]
    picture = np.array(color, np.float32) * (tone * gradient)[..., None] * 1.05
    pixels = np.dstack([to_srgb(np.clip(picture, 0, 1)), (alpha * 255).astype(np.uint8)])
    return Material(
        name,
        base_color=opaque(color),
        roughness=0.6,
        alpha_clip=True,
        double_sided=True,
        base_color_texture=Texture(f"{name} colour", pixels, SRGB),
    )


def weights(shape: BodyShape, vertices: np.ndarray) -> Skin:
    """Head above the jaw, then neck, then the upper spine, blended by height."""
    pack = shape.pack
    jaw, neck, chest = shape.joint("head")[2], shape.joint("neck_01")[2], shape.joint("spine_03")[2]
    bones = [pack.bone(name) for name in ("spine_03", "neck_01", "head")]
    knots = (chest + 0.5 * (neck - chest), neck, jaw)
    shares = np.stack([np.interp(vertices[:, 2], knots, row) for row in np.eye(3)], axis=1)
    dense = dense_weights(np.tile(bones, (len(vertices), 1)), shares.astype(np.float32), len(pack.bone_names))
    return strongest_weights(dense)
