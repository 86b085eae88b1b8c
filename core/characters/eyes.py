"""Eyes: a frontal projection onto the eyeballs, and a painted iris, pupil and white."""

from __future__ import annotations

import numpy as np

from ..scene import LINEAR, SRGB, Material, Texture
from .body import BodyPack, BodyShape
from .brief import CharacterBrief
from .fabric import opaque, to_srgb
from .uvspace import smooth_step

SIZE = 512
IRIS, PUPIL = 0.475, 0.19  # radii over the eyeball's: 5.9 mm and 2.3 mm of 12.3 mm


def eye_uvs(shape: BodyShape, face_mask: np.ndarray) -> np.ndarray:
    """(n * 4, 2) corner UVs of the eyeball faces of ``face_mask``: seen from the front, the eyeball fills the picture."""
    pack = shape.pack
    corners = shape.vertices[pack.faces[face_mask]].reshape(-1, 3)
    groups = np.repeat(pack.face_group[face_mask], 4)
    uvs = np.zeros((len(corners), 2), np.float32)
    for group in ("left_eye", "right_eye"):
        own = groups == pack.group_names.index(group)
        ball = shape.vertices[pack.vertex_mask(group)]
        low, high = ball.min(axis=0), ball.max(axis=0)
        middle, radius = (low + high) / 2, (high[0] - low[0]) / 2
        uvs[own] = np.clip((corners[own][:, [0, 2]] - middle[[0, 2]]) / (2 * radius) + 0.5, 0, 1)
    return uvs


def bulge(shape: BodyShape, vertices: np.ndarray, source: np.ndarray) -> np.ndarray:
    """(n, 3) eyeball vertices with the cornea raised over the iris: 0.6 mm at the pupil of an adult, nothing at its edge.

    ``source`` (n,): the body vertex each came from.
    """
    result = vertices.copy()
    for group in ("left_eye", "right_eye"):
        ball = shape.vertices[shape.pack.vertex_mask(group)]
        low, high = ball.min(axis=0), ball.max(axis=0)
        middle, radius = (low + high) / 2, (high[0] - low[0]) / 2
        own = shape.pack.vertex_mask(group)[source] & (vertices[:, 1] < middle[1])
        away = np.linalg.norm(vertices[:, [0, 2]] - middle[[0, 2]], axis=1) / (radius * IRIS)
        result[own, 1] -= (0.05 * radius * np.clip(1 - away**2, 0, 1))[own]
    return result


def paint_eyes(pack: BodyPack, brief: CharacterBrief, rng: np.random.Generator) -> Material:
    """Base colour and roughness of both eyes: fibres, a dark limbus that fades into the white, and a wet surface."""
    line = (np.arange(SIZE, dtype=np.float32) + 0.5) / SIZE * 2 - 1
    x, y = line[None, :], -line[:, None]
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    color = np.array(brief.eye_color, np.float32)
    white = np.array([0.70, 0.655, 0.62], np.float32) * (1 - 0.08 * max(brief.age - 40, 0) / 50 * np.array([0, 0.4, 1], np.float32))
    sclera = white * (1 - 0.25 * radius[..., None] ** 4)
    reddish = smooth_step(radius, 0.55, 1.0) * (0.5 + 0.5 * _fibres(angle, rng, (9, 23, 41)))
    sclera = sclera * (1 - reddish[..., None] * np.array([0.06, 0.26, 0.27], np.float32))
    across = np.clip((radius - PUPIL) / (IRIS - PUPIL), 0, 1)
    fibre = _fibres(angle + 0.05 * np.sin(9 * across), rng, (37, 61, 97, 149))
    collarette = np.exp(-(((across - 0.28 - 0.05 * _fibres(angle, rng, (11, 17))) / 0.10) ** 2))
    bright = 0.75 + 0.65 * fibre * (0.4 + 0.6 * across) + 0.5 * collarette
    # Light enters through the cornea from above and gathers in the lower half of the iris.
    bright = bright * (1 + 0.45 * smooth_step(-y / IRIS, -0.6, 0.9)) * (1 - 0.55 * smooth_step(y / IRIS, 0.1, 1.1))
    warm = color * np.array([1.25, 1.0, 0.75], np.float32)
    iris = (color + (warm - color) * collarette[..., None]) * (1.25 * bright[..., None]) + 0.004
    iris *= (1 - 0.82 * smooth_step(across, 0.72, 1.0))[..., None]
    in_iris = 1 - smooth_step(radius, IRIS - 0.03, IRIS + 0.045)
    picture = sclera + (iris - sclera) * in_iris[..., None]
    picture *= smooth_step(radius, PUPIL - 0.02, PUPIL + 0.03)[..., None] * 0.995 + 0.002
    return Material(
        "Eyes",
        base_color=opaque(color),
        roughness=0.06,
        clearcoat=1.0,
        base_color_texture=Texture("Eyes colour", to_srgb(np.clip(picture, 0, 1)), SRGB),
        roughness_texture=Texture("Eyes roughness", _roughness(radius), LINEAR),
    )


def _roughness(radius: np.ndarray) -> np.ndarray:
    """The cornea is smoother than the white."""
    grey = 0.04 + 0.12 * smooth_step(radius, IRIS, IRIS + 0.15)
    return np.repeat((grey * 255).astype(np.uint8)[..., None], 3, axis=2)


def _fibres(angle: np.ndarray, rng: np.random.Generator, counts: tuple[int, ...]) -> np.ndarray:
    """Rays around the centre, in -1..1, as a sum of waves of whole periods."""
    total = np.zeros_like(angle)
    for count in counts:
        total += np.sin(count * angle + 1.3 * np.sin(3 * angle + rng.uniform(0, 6.28)) + rng.uniform(0, 6.28))
    return total / len(counts)
