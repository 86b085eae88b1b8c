"""Skin painted in space and baked: base colour, normal and roughness of fur, feathers, scales, skin or chitin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..geometry.noise import cells, fractal, smoothstep, value_noise
from ..geometry.pictures import normal_map, to_bytes, to_srgb
from ..scene import LINEAR, SRGB, Material, Texture
from .bake import Texels
from .brief import CreatureBrief

NATURAL_COVER = {
    "wolf": "fur", "cat": "fur", "horse": "fur", "bird": "feathers", "dragon": "scales", "dinosaur": "scales", "lizard": "scales",
    "spider": "chitin", "beetle": "chitin", "alien": "skin",
}  # fmt: skip
ROUGHNESS = {"fur": 0.82, "feathers": 0.7, "scales": 0.5, "skin": 0.42, "chitin": 0.28}


@dataclass
class Site:
    """What is known of N surface points: metres and unit vectors in the rest pose.

    Attributes:
        place, normal, flow: (N, 3); flow is where fur lies.
        along, around: (N,) metres along and across the bone that carries the point.
        dorsal: (N,) -1 at the belly line to 1 at the back line.
        share: region -> (N,) how much the point belongs to it.
        extremity: (N,) 0 at a leg's root to 1 at its foot.
        lips: (N,) 1 where the jaws meet.
        snout: (N,) 0 at the head's base to 1 at the nose.
        size: metres that patterns are measured in (a share of the body).
    """

    place: np.ndarray
    normal: np.ndarray
    flow: np.ndarray
    along: np.ndarray
    around: np.ndarray
    dorsal: np.ndarray
    share: dict[str, np.ndarray]
    extremity: np.ndarray
    lips: np.ndarray
    snout: np.ndarray
    size: float


def paint(brief: CreatureBrief, site: Site, texels: Texels, texel: float, rng: np.random.Generator) -> Material:
    """The body's material. ``texel``: metres a texel."""
    cover = brief.cover if brief.cover != "natural" else NATURAL_COVER[brief.kind]
    seed = int(rng.integers(2**31))
    height, shade = COVERS[cover](site, seed, texel)
    color = _colors(brief, cover, site, seed) * (1 + shade[:, None])
    roughness = np.clip(ROUGHNESS[cover] - 0.25 * shade, 0.1, 1)
    nose = _nose(brief, site)
    roughness = roughness * (1 - nose) + 0.35 * nose
    height_picture = texels.picture(height[:, None])[..., 0]
    return Material(
        "Skin",
        base_color=_opaque(color.mean(axis=0)),
        roughness=float(roughness.mean()),
        subsurface=0.08 if cover == "skin" else 0.0,
        clearcoat=0.4 if cover == "chitin" else 0.0,
        base_color_texture=Texture("Skin colour", to_bytes(to_srgb(texels.picture(np.clip(color, 0.002, 0.95)))), SRGB),
        roughness_texture=Texture("Skin roughness", to_bytes(np.repeat(texels.picture(roughness[:, None]), 3, axis=2)), LINEAR),
        normal_texture=Texture("Skin normal", normal_map(height_picture, texel), LINEAR),
    )


def _fur(site: Site, seed: int, texel: float) -> tuple[np.ndarray, np.ndarray]:
    """Strands along the flow: noise drawn out that way, in three widths."""
    height, shade = (np.zeros(len(site.place), np.float32) for _ in range(2))
    for k, (fine, weight) in enumerate(((0.011, 0.5), (0.0055, 0.35), (0.003, 0.25))):
        step = max(fine * site.size, 1.3 * texel)
        noise = value_noise(_stretched(site, step, 6.0), seed + k)
        height, shade = height + weight * step * 0.28 * noise, shade + weight * 0.34 * noise
    return height, shade


def _stretched(site: Site, step: float, length: float) -> np.ndarray:
    """Places with the component along the flow shrunk, so that noise there is ``length`` times as long as wide."""
    along = (site.place * site.flow).sum(axis=1, keepdims=True)
    return (site.place - site.flow * along * (1 - 1 / length)) / step


def _feathers(site: Site, seed: int, texel: float) -> tuple[np.ndarray, np.ndarray]:
    """Overlapping rounded scallops, each with a shaft."""
    step = max(0.034 * site.size, 6 * texel)
    near, second, own = cells(_stretched(site, step, 1.5), seed, 0.5)
    edge = smoothstep(second - near, 0.0, 0.28)
    strands = value_noise(_stretched(site, max(0.004 * site.size, 1.3 * texel), 5), seed + 3)
    return step * (0.10 * edge - 0.08 * near) + 0.0012 * site.size * strands, 0.22 * (own - 0.5) + 0.22 * (
        edge - 0.8
    ) + 0.1 * strands


def _scales(site: Site, seed: int, texel: float) -> tuple[np.ndarray, np.ndarray]:
    """Domed plates with dark grooves, larger on the back than on the legs."""
    step = max(0.022 * site.size, 5 * texel)
    near, second, own = cells(site.place / step, seed, 0.75)
    groove = smoothstep(second - near, 0.0, 0.22)
    grain = value_noise(site.place / (step * 0.16), seed + 1)
    return step * 0.22 * (groove * (1 - 0.6 * near**2)) + step * 0.01 * grain, 0.30 * (own - 0.5) + 0.45 * (
        groove - 0.85
    ) + 0.04 * grain


def _skin(site: Site, seed: int, texel: float) -> tuple[np.ndarray, np.ndarray]:
    """Pores and soft mottling."""
    pore = value_noise(site.place / max(0.005 * site.size, 1.4 * texel), seed)
    crease = np.abs(value_noise(_stretched(site, 0.02 * site.size, 0.4), seed + 5))
    mottled = fractal(site.place / (0.12 * site.size), seed + 9)
    line = smoothstep(crease, 0.10, 0.0)
    return 0.0005 * site.size * pore - 0.0009 * site.size * line, 0.05 * pore + 0.16 * mottled - 0.08 * line


def _chitin(site: Site, seed: int, texel: float) -> tuple[np.ndarray, np.ndarray]:
    """Hard and glossy, finely pitted, with rings along the limbs."""
    near, _, own = cells(site.place / max(0.02 * site.size, 4 * texel), seed, 0.9)
    pit = smoothstep(near, 0.42, 0.18)
    broad = fractal(site.place / (0.2 * site.size), seed + 2)
    return -0.0016 * site.size * pit + 0.002 * site.size * broad, -0.18 * pit + 0.18 * broad + 0.06 * (own - 0.5)


COVERS = {"fur": _fur, "feathers": _feathers, "scales": _scales, "skin": _skin, "chitin": _chitin}


def _colors(brief: CreatureBrief, cover: str, site: Site, seed: int) -> np.ndarray:
    """(N, 3) linear colours: the pattern, then what is always there (dark feet, nose, lips, ears)."""
    main, second, dark = (np.array(value) for value in (brief.main_color, brief.second_color, brief.dark_color))
    blotch = fractal(site.place / (0.16 * site.size), seed + 31)
    color = main * (1 + 0.16 * blotch[:, None])
    below = smoothstep(-site.dorsal + 0.22 * blotch, 0.15, 0.75)
    trunk = np.clip(site.share["trunk"] + site.share["neck"] + site.share["head"] + site.share["tail"], 0, 1)
    limbs = site.share["leg"] + site.share["arm"]
    if brief.pattern != "plain":
        color = _mix(color, second, below * (0.9 * trunk + 0.35 * limbs))
    marks = _marks(brief.pattern, site, seed) if brief.pattern not in ("plain", "countershaded") else None
    if marks is not None:
        ink = second if brief.pattern == "patches" else dark
        color = _mix(color, ink, marks * (1 if brief.pattern == "patches" else 1 - 0.75 * below))
    elif brief.pattern == "countershaded":
        saddle = smoothstep(site.dorsal + 0.25 * blotch, 0.35, 0.95) * trunk
        color = _mix(color, dark, 0.55 * saddle)
        if brief.kind == "wolf":  # pale cheeks and muzzle sides, pale legs
            color = _mix(color, second, 0.75 * site.share["head"] * smoothstep(-site.dorsal + 0.2 * blotch, -0.35, 0.3))
            color = _mix(color, second, 0.6 * limbs * smoothstep(site.extremity, 0.25, 0.7))
    hoofed = brief.kind == "horse"
    socks = smoothstep(site.extremity + 0.05 * blotch, 0.62, 0.9) * limbs
    if hoofed or cover == "chitin":
        color = _mix(color, dark, 0.85 * socks)
    if brief.kind in ("dragon", "dinosaur", "bird", "lizard"):
        color = _mix(color, dark, 0.45 * smoothstep(site.extremity, 0.6, 0.95) * limbs)
    return _mix(color, dark * 0.7, np.maximum(_nose(brief, site), site.lips * 0.85))


def _nose(brief: CreatureBrief, site: Site) -> np.ndarray:
    """(N,) 1 on the bare tip of a muzzle."""
    if brief.kind not in ("wolf", "cat", "horse"):
        return np.zeros(len(site.place))
    start = {"wolf": 0.93, "cat": 0.93, "horse": 0.80}[brief.kind]
    return smoothstep(site.snout, start, start + 0.05) * site.share["head"] * smoothstep(site.dorsal, -0.6, -0.1)


def _marks(pattern: str, site: Site, seed: int) -> np.ndarray:
    """(N,) 0..1 where the second ink goes."""
    size = site.size
    wobble = fractal(site.place / (0.10 * size), seed + 41)
    if pattern == "stripes":
        wave = np.sin((site.along + 0.035 * size * wobble) / (0.030 * size) + 1.5 * wobble)
        fade = smoothstep(site.dorsal, -0.9, 0.1)
        return smoothstep(wave + 0.55 * (fade - 1), 0.25, 0.6)
    if pattern == "patches":
        return smoothstep(fractal(site.place / (0.30 * size), seed + 43) + 0.12 * wobble, 0.02, 0.08)
    near, second, _ = cells(site.place / (0.075 * size) + 0.25 * wobble[:, None], seed + 47, 0.75)
    if pattern == "spots":
        return smoothstep(near, 0.36, 0.26)
    ring = smoothstep(np.abs(near - 0.34), 0.12, 0.06)  # rosettes: broken rings
    return ring * smoothstep(fractal(site.place / (0.03 * size), seed + 53), -0.35, 0.0)


def _mix(color: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    return color + (other - color) * np.clip(share, 0, 1)[:, None]


def eye_material(brief: CreatureBrief, pupil: str) -> Material:
    """Iris and pupil around the middle of the picture, white around them; "none" is one dark, glossy ball."""
    size = 256
    x, y = np.meshgrid((np.arange(size) + 0.5) / size - 0.5, 0.5 - (np.arange(size) + 0.5) / size)
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    iris = 0.152 if pupil != "none" else 0.3
    streak = 0.75 + 0.25 * np.sin(angle * 46 + 3 * np.sin(angle * 7)) * smoothstep(radius, 0.02, 0.14)
    inner = np.array(brief.eye_color) * (1.25 - 0.7 * smoothstep(radius / iris, 0.35, 1.0))[..., None] * streak[..., None]
    white = np.array((0.62, 0.57, 0.52)) if brief.kind == "alien" else np.array((0.16, 0.11, 0.08))
    color = white + (inner - white) * smoothstep(radius, iris + 0.012, iris - 0.006)[..., None]
    color = color * (1 - 0.8 * smoothstep(np.abs(radius - iris), 0.022, 0.004))[..., None]
    if pupil == "slit":
        hole = smoothstep(np.abs(x) * 4.2 + np.abs(y) * 0.55, 0.085, 0.06)
    else:
        hole = smoothstep(radius, 0.070 if pupil == "round" else 0.22, 0.058 if pupil == "round" else 0.1)
    color = color * (1 - hole[..., None]) + 0.004 * hole[..., None]
    return Material("Eyes", base_color=(*brief.eye_color, 1.0), roughness=0.06, clearcoat=1.0,
                    base_color_texture=Texture("Eye colour", to_bytes(to_srgb(color)), SRGB))  # fmt: skip


def feather_material(brief: CreatureBrief) -> Material:
    """A blade with a shaft and barbs, pale at the root, dark at the end."""
    size = 256
    u, v = np.meshgrid((np.arange(size) + 0.5) / size, 1 - (np.arange(size) + 0.5) / size)
    barb = np.sin((v * 60 - np.abs(u - 0.5) * 55) * 2) * 0.5 + 0.5
    shaft = smoothstep(np.abs(u - 0.5), 0.045, 0.02) * smoothstep(v, 1.0, 0.8)
    tip = smoothstep(v, 0.62, 0.85)[..., None]
    color = np.array(brief.main_color) * (1 - tip) + np.array(brief.dark_color) * tip
    color = color + (np.array(brief.second_color) - color) * (0.5 * smoothstep(v, 0.35, 0.05))[..., None]
    color = color * (0.82 + 0.3 * barb[..., None]) + 0.10 * shaft[..., None]
    height = 0.0006 * barb + 0.002 * shaft
    return Material("Feathers", roughness=0.6, double_sided=True, base_color=(*brief.main_color, 1.0),
                    base_color_texture=Texture("Feather colour", to_bytes(to_srgb(color)), SRGB),
                    normal_texture=Texture("Feather normal", normal_map(height, 0.001), LINEAR))  # fmt: skip


def membrane_material(brief: CreatureBrief, rng: np.random.Generator) -> Material:
    """Thin skin with branching veins and mottling."""
    size = 256
    u, v = np.meshgrid((np.arange(size) + 0.5) / size, (np.arange(size) + 0.5) / size)
    points = np.stack([u.ravel() * 5, v.ravel() * 5, 0 * u.ravel()], axis=1)
    seed = int(rng.integers(2**31))
    bent = points + 0.5 * np.stack([value_noise(points, seed), value_noise(points, seed + 1), 0 * points[:, 0]], axis=1)
    near, second, _ = cells(bent * (1.6, 0.55, 1), seed + 2, 0.9)
    vein = smoothstep(second - near, 0.10, 0.0).reshape(size, size)
    mottled = fractal(points * 1.5, seed + 3).reshape(size, size)
    base = np.array(brief.second_color) * 0.55 + np.array(brief.main_color) * 0.45
    color = base * (1 + 0.2 * mottled[..., None]) * (1 - 0.45 * vein[..., None])
    return Material("Wing membrane", roughness=0.5, double_sided=True, subsurface=0.1, base_color=_opaque(base),
                    base_color_texture=Texture("Membrane colour", to_bytes(to_srgb(color)), SRGB),
                    normal_texture=Texture("Membrane normal", normal_map(0.004 * vein, 0.004), LINEAR))  # fmt: skip


def _opaque(color: np.ndarray) -> tuple[float, float, float, float]:
    return float(color[0]), float(color[1]), float(color[2]), 1.0


def hard_materials(brief: CreatureBrief) -> dict[str, Material]:
    """Teeth, claws, horns, beaks and feelers."""
    dark = _opaque(0.5 * np.array(brief.dark_color) + 0.02)
    horn = _opaque(0.55 * np.array(brief.dark_color) + 0.45 * np.array((0.35, 0.26, 0.16)))
    beak = (0.55, 0.33, 0.05, 1.0) if brief.kind == "bird" else horn
    return {
        "Teeth": Material("Teeth", (0.72, 0.64, 0.48, 1), roughness=0.25),
        "Claws": Material("Claws", dark, roughness=0.3),
        "Horns": Material("Horns", horn, roughness=0.45),
        "Beak": Material("Beak", beak, roughness=0.32),
        "Feelers": Material("Feelers", dark, roughness=0.4),
    }
