"""Hair cards: strips of quads along strands, the painted atlas they show, and the cap beneath them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...scene import SRGB, Material, Skin, Texture
from ..body import BodyShape
from ..cloth import Cloth, dense_weights, strongest_weights, subdivide
from ..fabric import opaque, to_srgb

if TYPE_CHECKING:
    from .groom import Groom

SIZE, STRIPS = 512, 4  # the atlas: strips side by side, roots on top: two dense, one wispy, and the last for the cap
DENSE, WISPY, CAP_STRIP = 2, 2, 3
GREY = np.array([0.42, 0.42, 0.43], np.float32)


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
    dense = rng.integers(0, DENSE, count)
    strip = np.where(rng.random(count) < 0.5 * layer, WISPY, dense) if ends else dense
    left, right = (strip + 0.03) / STRIPS, (strip + 0.97) / STRIPS
    mirrored = rng.random(count) < 0.5  # twice as many different cards
    left, right = np.where(mirrored, right, left), np.where(mirrored, left, right)
    v = np.linspace(0.99, 0.01 if ends else 0.45, steps + 1)
    uvs = np.zeros((count, steps, 4, 2), np.float32)
    uvs[..., [0, 3], 0], uvs[..., [1, 2], 0] = left[:, None, None], right[:, None, None]
    uvs[..., [0, 1], 1], uvs[..., [2, 3], 1] = v[:-1, None], v[1:, None]
    return Strands(
        vertices.reshape(-1, 3).astype(np.float32), quads.astype(np.int32), uvs.reshape(-1, 4, 2), normals.reshape(-1, 3)
    )


def cap(groom: Groom, height: float, sculpted: float | None = None) -> Strands:
    """The scalp raised by ``height`` metres (for an adult head), level with the skin near the hairline, where it frays out.

    ``sculpted`` makes it the hair itself: refined once, with locks (0) or curls (1 and more) in its surface.
    """
    pack, head, density = groom.shape.pack, groom.head, groom.scalp
    quads = pack.faces[pack.face_mask("body")].astype(np.int64)
    quads = quads[density[quads].mean(axis=1) > (0.6 if sculpted is None else 0.5)]
    used, corners = np.unique(quads, return_inverse=True)
    normals = groom.normals[used]
    grown = np.clip((density[used] - 0.3) / 0.7, 0, 1)[:, None]
    raised = groom.shape.vertices[used] + (0.0004 + height * groom.size * grown) * normals
    cloth = Cloth(raised.astype(np.float32), corners.reshape(-1, 4).astype(np.int32), np.concatenate([normals, grown], axis=1))
    if sculpted is not None:
        cloth = _sculpt(groom, subdivide(cloth), height, sculpted)
    normals, grown = cloth.weights[:, :3], cloth.weights[:, 3]
    vertices = groom.under_hat(cloth.vertices)
    place = (vertices - head.origin) / groom.unit - head.skull
    polar = np.arctan2(np.hypot(place[:, 0], 0.35 * place[:, 1]), place[:, 2] + 0.4) / np.pi
    u = (CAP_STRIP + 0.03 + 0.94 * np.abs((0.8 * place[:, 1] + 20) % 2 - 1)) / STRIPS
    v = np.minimum(0.97 - 0.85 * polar, 0.05 + 0.93 * grown)
    uvs = np.stack([u, v], axis=1).astype(np.float32)[cloth.quads]
    shading = cloth.normals() if sculpted is not None else normals
    return Strands(vertices.astype(np.float32), cloth.quads, uvs, shading.astype(np.float32))


def _sculpt(groom: Groom, cloth: Cloth, height: float, curl: float) -> Cloth:
    """Ridges combed to the back, or lumps all over, in the surface of a cap; nothing at its rim."""
    place = (cloth.vertices - groom.head.origin) / groom.unit
    total, rng = np.zeros(len(place)), groom.rng
    for _ in range(6):
        wave = rng.normal(0, 9 if curl else 5, 3) * ([1, 1, 1] if curl else [1, 0.25, 0.6])
        total += np.sin(place @ wave + rng.uniform(0, 6.28)) / 6
    lumps = (0.45 + curl) * 0.5 * height * groom.size * total * cloth.weights[:, 3]
    return replace(cloth, vertices=(cloth.vertices + lumps[:, None] * cloth.weights[:, :3]).astype(np.float32))


def tube(line: np.ndarray, radius: np.ndarray, segments: int) -> Strands:
    """A tube of hair around (k, 3) points with (k,) radii, closed at neither end; its texture is a dense strip."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    side = np.cross(along, [0.0, 1.0, 0.3])
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(side, along)
    turn = np.arange(segments + 1) * 2 * np.pi / segments
    out = np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * up[:, None]
    points = line[:, None] + radius[:, None, None] * out
    numbers = np.arange(points.shape[0] * points.shape[1]).reshape(points.shape[:2])
    quads = np.stack([numbers[:-1, :-1], numbers[1:, :-1], numbers[1:, 1:], numbers[:-1, 1:]], axis=2).reshape(-1, 4)
    u = np.broadcast_to((0.3 + 0.4 * np.abs(np.linspace(-1, 1, segments + 1))) / STRIPS, points.shape[:2])
    v = np.broadcast_to((0.9 - 0.5 * np.linspace(0, 1, len(line)))[:, None], points.shape[:2])
    uv = np.stack([u, v], axis=2).reshape(-1, 2).astype(np.float32)
    return Strands(
        points.reshape(-1, 3).astype(np.float32), quads.astype(np.int32), uv[quads], out.reshape(-1, 3).astype(np.float32)
    )


def atlas(
    name: str, color: tuple[float, float, float], rng: np.random.Generator, curl: float = 0.0, greying: float = 0.0
) -> Material:
    """Strips of strands: a little darker at the roots, lighter towards single hairs that end at different lengths.

    Alpha is cut at a half. ``curl`` 0..2 bends the hairs into waves, then coils; ``greying`` is the share of grey ones.
    """
    wide = SIZE // STRIPS
    fall = (np.arange(SIZE, dtype=np.float32) / SIZE)[:, None]
    tone, grey, alpha = (np.zeros((SIZE, SIZE), np.float32) for _ in range(3))
    for strip in range(STRIPS):
        own = slice(strip * wide, (strip + 1) * wide)
        shift = _bends(rng, fall, curl)
        tone[:, own] = 1 + 0.10 * _streaks(rng, 14, shift) + 0.09 * _streaks(rng, 60, shift)
        grey[:, own] = np.clip((_streaks(rng, 90, shift) / 2.6 + 0.5 - (1 - greying)) * 6, 0, 1) if greying else 0
        alpha[:, own] = 1.0 if strip == CAP_STRIP else _fringe(rng, fall, shift, strip == WISPY, curl)
    alpha[:, CAP_STRIP * wide :] = np.maximum(alpha[:, CAP_STRIP * wide :] * (fall < 0.9), _fringe(rng, fall, 0.0, True, 0.0))
    gradient = np.interp(fall, (0, 0.15, 0.7, 1), (0.72, 0.9, 1.05, 1.1))
    gradient = np.where(np.arange(SIZE) < CAP_STRIP * wide, gradient, 0.82)
    base = np.array(color, np.float32)
    picture = (base + (GREY - base) * grey[..., None]) * (tone * gradient)[..., None]
    pixels = np.dstack([to_srgb(np.clip(picture, 0, 1)), (alpha * 255).astype(np.uint8)])
    return Material(
        name,
        base_color=opaque(color),
        roughness=0.8,
        alpha_clip=True,
        double_sided=True,
        base_color_texture=Texture(f"{name} colour", pixels, SRGB),
    )


def _bends(rng: np.random.Generator, fall: np.ndarray, curl: float) -> np.ndarray:
    """(SIZE, 1) sideways path of the hairs of one strip, in pixels."""
    wave = 1.5 * np.sin(2.5 * fall + rng.uniform(0, 6.28)) + 6 * curl * np.sin((8 + 22 * curl) * fall + rng.uniform(0, 6.28))
    return wave + 3 * curl * np.sin((19 + 30 * curl) * fall + rng.uniform(0, 6.28))


def _streaks(rng: np.random.Generator, count: int, shift: np.ndarray) -> np.ndarray:
    """(SIZE, strip) noise of unit spread that is nearly constant along the hairs."""
    wide = SIZE // STRIPS
    values = rng.standard_normal((2, count)).astype(np.float32)
    place = ((np.arange(wide, dtype=np.float32)[None] - shift) / wide % 1) * count
    low, share = place.astype(int) % count, place - np.floor(place)
    root, tip = (row[low] * (1 - share) + row[(low + 1) % count] * share for row in values)
    blend = np.linspace(0, 1, SIZE, dtype=np.float32)[:, None] ** 2 * 0.5
    return root * (1 - blend) + tip * blend


def _fringe(rng: np.random.Generator, fall: np.ndarray, shift: np.ndarray | float, wispy: bool, curl: float) -> np.ndarray:
    """(SIZE, strip) alpha: hairs of different lengths, close together in the middle of a dense strip, apart at its sides."""
    wide = SIZE // STRIPS
    across = np.arange(wide, dtype=np.float32)
    edge = np.clip(np.minimum(across, wide - 1 - across) / (0.3 * wide), 0, 1)
    if wispy:
        edge = 0.34 * edge
    # Each column of the strip is a hair, or a gap; fine hairs are two to three pixels wide.
    groups = np.repeat(rng.random(wide // 2 + 1), 2)[:wide]
    present = groups < (edge * 1.05 if not wispy else edge)
    length = np.where(present, rng.uniform(0.45 if wispy else 0.62, 1.02, wide // 2 + 1).repeat(2)[:wide], 0.0)
    begin = rng.uniform(0, 0.05, wide // 2 + 1).repeat(2)[:wide]
    place = (
        np.clip(np.round(across[None] - shift), 0, wide - 1).astype(int)
        if not np.isscalar(shift)
        else np.tile(across.astype(int), (SIZE, 1))
    )
    alpha = ((fall < length[place]) & (fall >= begin[place])).astype(np.float32)
    alpha[:, [0, -1]] = 0
    return alpha


def weights(shape: BodyShape, vertices: np.ndarray) -> Skin:
    """Head above the jaw, then neck, then the upper spine, blended by height."""
    pack = shape.pack
    jaw, neck, chest = shape.joint("head")[2], shape.joint("neck_01")[2], shape.joint("spine_03")[2]
    bones = [pack.bone(name) for name in ("spine_03", "neck_01", "head")]
    knots = (chest + 0.5 * (neck - chest), neck, jaw)
    shares = np.stack([np.interp(vertices[:, 2], knots, row) for row in np.eye(3)], axis=1)
    dense = dense_weights(np.tile(bones, (len(vertices), 1)), shares.astype(np.float32), len(pack.bone_names))
    return strongest_weights(dense)
