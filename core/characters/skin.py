"""Skin: base colour, roughness and normal painted in UV space.

Masks come from two sources: the CC0 pictures of MakeHuman (lips, nails, ears, lids, mouth, redness) and positions of the head
in 3D, looked up for each texel, so that cheeks, brows, scalp, beard and lines sit where the anatomy is, not where the UVs are.
"""

from __future__ import annotations

import numpy as np

from ..scene import LINEAR, SRGB, Material, Texture
from .body import BodyPack
from .brief import CharacterBrief
from .fabric import grain, normal_pixels, opaque, to_srgb
from .head import Head, beard, brow_height, measure, scalp
from .uvspace import Texels, enlarge, smooth_step, texels

SIZE = 1024  # the usual size; masks are made at it and enlarged for larger pictures
COARSE = 512  # masks are smooth: they are made at this size and enlarged
TIMES = {"1k": 1, "2k": 2, "4k": 4}  # the brief's texture_size over SIZE
# Linear albedo from very light to very dark, after the Monk skin tone scale.
_TONES = np.array([[0.80, 0.575, 0.465], [0.69, 0.415, 0.285], [0.50, 0.265, 0.160], [0.245, 0.105, 0.055], [0.075, 0.032, 0.019]])


def skin_color(tone: float) -> np.ndarray:
    """(3,) linear albedo at ``tone`` 0..1."""
    return np.array([np.interp(tone, np.linspace(0, 1, len(_TONES)), _TONES[:, k]) for k in range(3)], np.float32)


def paint(pack: BodyPack, brief: CharacterBrief, rng: np.random.Generator) -> Material:
    """The body's skin for a brief: tone, blush, lips, nails, freckles, age lines, stubble, brows and scalp under the hair."""
    spots = texels(pack, COARSE)
    head = measure(pack, pack.base[: pack.vertex_count])
    masks = _masks(pack, brief, spots, head, rng)
    fine = grain(rng, 256, SIZE)
    blotch = grain(rng, 12, SIZE) + 0.6 * grain(rng, 37, SIZE)
    base = skin_color(brief.skin_tone)
    color = _paint_color(brief, base, masks, fine, blotch, rng)
    rough = 0.52 + 0.02 * fine - 0.10 * masks["oily"] - 0.14 * masks["lips"] - 0.12 * masks["nails"] + 0.08 * masks["grown"]
    pores = grain(rng, 340, SIZE) * 0.5 + fine * 0.6
    height = pores * 0.07 - masks["lines"] * 2.2 - masks["lip_lines"] * 0.6
    height = height * (1 - 0.9 * masks["nails"])
    if TIMES[brief.texture_size] > 1:
        color, rough, height = _finer(TIMES[brief.texture_size], color, rough, height, rng)
    return Material(
        "Skin",
        base_color=opaque(base),
        roughness=0.52,
        subsurface=0.16,
        base_color_texture=Texture("Skin colour", to_srgb(np.clip(color, 0, 1)), SRGB),
        roughness_texture=Texture(
            "Skin roughness", np.repeat((np.clip(rough, 0, 1) * 255).astype(np.uint8)[..., None], 3, axis=2), LINEAR
        ),
        normal_texture=Texture("Skin normal", normal_pixels(height, 0.5), LINEAR),
    )


def _finer(
    times: int, color: np.ndarray, rough: np.ndarray, height: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three pictures ``times`` as large, with pores and mottling that the larger pictures can hold."""
    size = SIZE * times
    pores = grain(rng, 180 * times, size)
    fine = enlarge(height, size) * times + pores * 0.08 * times
    picture = np.stack([enlarge(color[..., channel], size) for channel in range(3)], axis=-1)
    picture *= (1 + 0.02 * pores)[..., None]
    return picture, enlarge(rough, size) - 0.015 * pores, fine


def _paint_color(
    brief: CharacterBrief,
    base: np.ndarray,
    masks: dict[str, np.ndarray],
    fine: np.ndarray,
    blotch: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """(SIZE, SIZE, 3) linear colour: multiplied layers, as blood and melanin absorb, then hair over it."""
    light = 1 - brief.skin_tone
    value = np.exp(0.018 * fine + 0.035 * blotch)

    def layer(mask: np.ndarray, factors: tuple[float, float, float], amount: float) -> None:
        for channel in range(3):
            color[..., channel] *= 1 + mask * np.float32(amount * (factors[channel] - 1))

    color = base * value[..., None]
    layer(np.clip(masks["blush"] * (1 + 0.3 * blotch), 0, 1.3), (0.98, 0.72, 0.70), 0.5 + 0.35 * light)
    layer(masks["ears"], (1.0, 0.76, 0.72), 0.5)
    layer(masks["hands"], (1.0, 0.86, 0.84), 0.4)
    layer(masks["under_eye"], (0.84, 0.74, 0.80), 0.35 + 0.5 * max(brief.age - 35, 0) / 55)
    layer(masks["lids"], (0.86, 0.72, 0.70), 0.5)
    feminine = 1 - brief.gender if brief.is_adult else 0.3
    layer(masks["lips"], (0.86 - 0.04 * light, 0.50 - 0.06 * feminine, 0.50), 0.72 + 0.1 * feminine)
    layer(masks["lip_lines"] * masks["lips"], (0.8, 0.72, 0.72), 0.4)
    layer(masks["lines"], (0.72, 0.60, 0.58), 0.55)
    layer(masks["freckles"], (0.66, 0.50, 0.42), 0.9)
    layer(masks["mouth"], (0.55, 0.30, 0.30), 1.0)
    nail = (base * np.array([1.02, 0.95, 0.93]) + 0.05).astype(np.float32)
    color += (nail - color) * (0.7 * masks["nails"])[..., None]
    if brief.is_adult and brief.makeup > 0:
        _make_up(brief, color, masks)
    hair = np.array(brief.hair_color, np.float32) * (0.8 * (1 - 0.6 * brief.greying)) + 0.12 * brief.greying
    color += (hair - color) * masks["grown"][..., None]
    return color


def _make_up(brief: CharacterBrief, color: np.ndarray, masks: dict[str, np.ndarray]) -> None:
    """Lipstick in its colour, shadow and a line on the lids, rouge on the cheeks; changes ``color`` in place."""
    amount = np.float32(brief.makeup)
    lips = np.asarray(brief.makeup_color, np.float32)
    color += (lips * (0.55 + 1.2 * color.mean(axis=-1, keepdims=True)) - color) * (0.85 * amount * masks["lips"])[..., None]
    shadow = np.array([0.55, 0.42, 0.46], np.float32)
    color *= 1 + (amount * np.clip(masks["lids"] + 0.6 * masks["eye_shadow"], 0, 1))[..., None] * (shadow - 1)
    color *= 1 + (0.7 * amount * masks["eye_line"])[..., None] * (np.float32(0.12) - 1)
    rouge = np.array([1.0, 0.74, 0.76], np.float32)
    color *= 1 + (0.8 * amount * np.clip(masks["rouge"], 0, 1))[..., None] * (rouge - 1)


def _masks(pack: BodyPack, brief: CharacterBrief, spots: Texels, head: Head, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """All masks at SIZE, 0..1."""
    named = {name: enlarge(picture / np.float32(255), SIZE) for name, picture in pack.masks.items()}
    place = spots.picture(head.vertices)
    in_head = spots.picture(head.share)
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    face = in_head * smooth_step(1.5 - y, 0, 0.5)

    def spot(across: float, up: float, wide: float, high: float) -> np.ndarray:
        return face * np.exp(-(((x - across) / wide) ** 2) - ((z - up) / high) ** 2)

    nose, lip = head.nose[2], head.lips[2]
    blush = spot(0.78, nose + 0.02, 0.36, 0.30) + 0.7 * spot(0, nose, 0.16, 0.17) + 0.25 * spot(0, lip - 0.48, 0.3, 0.2)
    fingers = [name for name in pack.bone_names if name.rpartition("_")[2] in "lr" and name.count("_") == 2]
    coarse = {
        "blush": blush,
        "head": in_head,
        "hands": spots.picture(pack.bone_weight("hand_l", "hand_r", *fingers)),
        "under_eye": spot(0.48, -0.24, 0.26, 0.10) + 0.7 * spot(0.2, -0.02, 0.08, 0.14),
        "oily": spot(0, 0.7, 0.5, 0.3) + spot(0, nose, 0.15, 0.3) + spot(0, lip - 0.5, 0.2, 0.15),
        "rouge": spot(0.95, nose + 0.18, 0.34, 0.18),
        "eye_shadow": spot(0.52, 0.15, 0.24, 0.07),
        "eye_line": spot(0.52, 0.075, 0.26, 0.02) + 0.6 * spot(0.86, 0.06, 0.05, 0.03),
        "lines": _age_lines(brief.age, x, y, z, face, head) * np.float32(2 * brief.age_lines),
    }
    result = {name: enlarge(mask, SIZE) for name, mask in coarse.items()}
    result["blush"] = result["blush"] + 0.8 * np.clip(named["redness"] - 0.27, 0, 1)
    wave = np.sin(np.arange(SIZE, dtype=np.float32) * 1.9)[:, None]
    result |= {
        "ears": named["ears"],
        "lids": named["eyelids"],
        "lips": named["lips"],
        "mouth": named["mouth"],
        "nails": np.maximum(named["fingernails"], named["toenails"]),
        "lip_lines": named["lips"] * np.clip(wave + 0.5 * grain(rng, 64, SIZE), 0, 1),
    }
    spread = enlarge(np.clip(face * np.exp(-(((x - 0.45) / 0.5) ** 2) - ((z - nose - 0.05) / 0.28) ** 2), 0, 1), SIZE)
    shoulders = enlarge(spots.picture(pack.bone_weight("clavicle_l", "clavicle_r", "upperarm_l", "upperarm_r")), SIZE) * 0.4
    speckle = smooth_step(
        grain(rng, 300, SIZE) + 0.5 * grain(rng, 60, SIZE), 1.35 - 0.5 * brief.freckles, 1.9 - 0.5 * brief.freckles
    )
    result["freckles"] = speckle * np.maximum(spread, shoulders) * min(1.0, 1.5 * brief.freckles)
    result["grown"] = _grown_hair(brief, spots, head, x, z, face, rng)
    return result


def _grown_hair(
    brief: CharacterBrief, spots: Texels, head: Head, x: np.ndarray, z: np.ndarray, face: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """How much hair colour lies on the skin: scalp below the hair, brows, stubble and beard."""
    strand = np.clip(0.85 + 0.16 * rng.standard_normal((SIZE, SIZE), np.float32) + 0.05 * grain(rng, 256, SIZE), 0, 1)
    amount = {"bald": 0.0, "buzz": 0.62, "receding": 0.6}.get(brief.hair, 0.88)
    total = amount * enlarge(spots.picture(scalp(head, 1.0 if brief.hair == "receding" else 0.0)), SIZE) * strand
    distance = (z - brow_height(x)) / np.interp(x, (0.17, 0.3, 0.6, 0.95), (0.05, 0.075, 0.06, 0.02))
    brows = face * np.exp(-(distance**2)) * smooth_step(x, 0.13, 0.24) * (1 - smooth_step(x, 0.8, 0.95))
    dark = (0.5 if brief.is_adult else 0.35) * (0.6 + 0.8 * brief.brows)
    total = np.maximum(total, dark * enlarge(brows, SIZE) * strand)
    # Only a grown man's chin keeps a trace of what he shaves.
    traces = 0.05 if brief.gender > 0.7 and brief.age > 16 else 0.0
    shadow = {"stubble": 0.42, "beard": 0.82, "moustache": 0.72, "goatee": 0.8}.get(brief.beard, traces)
    if shadow:
        kind = brief.beard if brief.beard in ("moustache", "goatee") else "beard"
        total = np.maximum(total, shadow * enlarge(spots.picture(beard(head, kind)), SIZE) * strand)
    return total


def _age_lines(age: float, x: np.ndarray, y: np.ndarray, z: np.ndarray, face: np.ndarray, head: Head) -> np.ndarray:
    """Forehead lines, crow's feet, bags and nose-to-mouth folds, growing from 30 years on."""
    strength = float(np.clip((age - 28) / 45, 0, 1))
    if strength <= 0:
        return np.zeros_like(x)
    total = np.zeros_like(x)
    for k, up in enumerate((0.62, 0.80, 0.98)):
        bend = up + 0.05 * np.cos(3 * x + k) - 0.06 * x
        total += 0.75 * np.exp(-(((z - bend) / 0.022) ** 2)) * (1 - smooth_step(x, 0.45, 0.85))
    for slope in (-0.55, -0.1, 0.4):
        line = z - 0.0 - slope * (x - 0.78)
        total += (
            0.8
            * np.exp(-((line / 0.018) ** 2))
            * smooth_step(x, 0.78, 0.86)
            * (1 - smooth_step(x, 0.98, 1.15))
            * (np.abs(z) < 0.35)
        )
    nose, lip = head.nose[2], head.lips[2]
    fold = np.interp(z, (lip - 0.18, lip, nose + 0.08), (0.50, 0.47, 0.30))
    total += 1.1 * np.exp(-(((x - fold) / 0.03) ** 2)) * smooth_step(z, lip - 0.2, lip) * (1 - smooth_step(z, nose, nose + 0.14))
    bag = -0.27 - 0.05 * np.cos((x - 0.48) * 5)
    total += 0.7 * np.exp(-(((z - bag) / 0.025) ** 2)) * smooth_step(x, 0.24, 0.34) * (1 - smooth_step(x, 0.6, 0.75))
    return (total * face * strength).astype(np.float32)
