"""What grows below the trees: bushes, hedges, grass, flowers, ferns, reeds, dry shrubs, cacti."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads, block
from ...geometry.shape import Finish
from ..materials import foliage, ground
from ..materials.color import hexadecimal
from ..materials.painting import painted, scaled
from .cards import Cards, Growth, tubes, unit

KINDS = ("bush", "flowering bush", "hedge", "grass", "tall grass", "meadow", "fern", "reeds", "shrub", "cactus")


def grow_small(kind: str, variant: int = 0) -> Growth:
    """A plant of ``KINDS``, standing on z = 0."""
    rng = np.random.default_rng([6500, variant, sum(map(ord, kind))])
    if kind in ("bush", "flowering bush", "shrub"):
        return _bush(kind, rng)
    if kind == "hedge":
        return _hedge(rng)
    if kind == "cactus":
        return _cactus(rng)
    return _tuft(kind, rng)


def _bush(kind: str, rng: np.random.Generator) -> Growth:
    """A rounded shrub of about a metre."""
    count, size = (46, 0.62) if kind == "shrub" else (90, 0.6)
    direction = unit(rng.normal(0, 1, (count, 3)) * (1, 1, 0.8))
    direction[:, 2] = np.abs(direction[:, 2])
    radius = np.array([0.62, 0.62, 0.72]) * rng.uniform(0.7, 1.0, (count, 1))
    places = direction * radius + (0, 0, 0.12)
    middle = np.array([0.0, 0.0, 0.2])
    facing = unit(direction + rng.normal(0, 0.5, (count, 3)))
    up = unit(direction * 0.4 + (0, 0, 0.8) + rng.normal(0, 0.4, (count, 3)))
    across = unit(np.cross(up, facing))
    up = np.cross(facing, across)
    length = size * rng.uniform(0.7, 1.15, (count, 1))
    cards = Cards(places - up * length / 2, across * length / 2, up * length, rng.integers(0, 4, count))
    bark = ground.bark("oak")
    stems = 5
    yaw = np.arange(stems) * 2.4
    t = np.linspace(0, 1, 4)
    heading = np.stack([0.4 * np.cos(yaw), 0.4 * np.sin(yaw), np.full(stems, 0.7)], axis=1)
    paths = heading[:, None] * t[:, None] + (0, 0, -0.05)
    made = tubes(paths, np.full((stems, 1), 0.022) * np.linspace(1, 0.3, 4), 4, bark.tile)
    wood = Quads().add(made[0], bark, "stem", made[1], True)
    finish = {
        "bush": lambda: foliage.leaf_cards("#47632c", 0.2, 40),
        "flowering bush": lambda: foliage.leaf_cards("#8a5a7d", 0.16, 44),
        "shrub": lambda: foliage.straw_cards("#8a7f56"),
    }[kind]()
    return Growth(wood, cards, finish, middle)


def _hedge(rng: np.random.Generator) -> Growth:
    """A clipped piece of 1.45 m, 0.55 deep and 1.1 high, to be set end to end."""
    count = 150
    size = np.array([1.45, 0.55, 1.1])
    side = rng.choice(5, count, p=[0.28, 0.28, 0.28, 0.08, 0.08])
    at = (rng.random((count, 3)) - (0.5, 0.5, 0.0)) * size
    normal = np.array([(0, -1, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0), (1, 0, 0)], float)[side]
    edge = np.where(normal != 0, np.where(normal > 0, size * (0.5, 0.5, 1.0), -size / 2), at)
    facing = unit(normal + rng.normal(0, 0.35, (count, 3)))
    up = unit(rng.normal(0, 0.5, (count, 3)) + (0, 0, 0.7))
    across = unit(np.cross(up, facing))
    up = np.cross(facing, across)
    length = rng.uniform(0.28, 0.42, (count, 1))
    cards = Cards(edge - up * length / 2, across * length / 2, up * length, rng.integers(0, 4, count))
    leaf = foliage.leaf_cards("#3f5c2a", 0.2, 44)
    dark = Finish(painted("Hedge core", 1.0, np.full((8, 8), 0.5), [scaled(hexadecimal("#1f2c17"), 1.0)] * 2, 1.0).material)
    core = Quads().add(block((-0.7, -0.22, 0.0), (0.7, 0.22, 1.02), "bottom"), dark, "core")
    return Growth(core, cards, leaf, np.array([0.0, 0.0, 0.3]))


def _tuft(kind: str, rng: np.random.Generator) -> Growth:
    """Cards standing on the ground around a middle."""
    count, spread, height, width = {
        "grass": (7, 0.16, 0.34, 0.42), "tall grass": (9, 0.2, 0.72, 0.5), "meadow": (8, 0.25, 0.5, 0.5),
        "fern": (9, 0.06, 0.75, 0.42), "reeds": (9, 0.3, 1.5, 0.7),
    }[kind]  # fmt: skip
    yaw = np.arange(count) * 2.4 + rng.uniform(-0.3, 0.3, count)
    out = np.stack([np.cos(yaw), np.sin(yaw), np.zeros(count)], axis=1)
    foot = out * spread * rng.uniform(0.2, 1.0, (count, 1)) + (0, 0, -0.03)
    lean = 0.75 if kind == "fern" else 0.22
    up = unit(out * rng.uniform(0.4, 1.3, (count, 1)) * lean + (0, 0, 1.0)) * height * rng.uniform(0.75, 1.15, (count, 1))
    across = np.stack([-np.sin(yaw), np.cos(yaw), np.zeros(count)], axis=1) * width / 2
    finish = {
        "grass": lambda: foliage.blade_cards("#64793a"), "tall grass": lambda: foliage.blade_cards("#7c8445", "#b3a565"),
        "meadow": lambda: foliage.blade_cards("#637a3b", "#a89a5e", ("#e0dccb", "#c9708c", "#7f7fc4")[int(rng.integers(3))]),
        "fern": lambda: foliage.frond_cards("#4d6f2f"), "reeds": lambda: foliage.straw_cards("#8d8a52"),
    }[kind]()  # fmt: skip
    return Growth(Quads(), Cards(foot, across, up, rng.integers(0, 4, count)), finish, np.array([0.0, 0.0, -1.2]))


def _cactus(rng: np.random.Generator) -> Growth:
    """A saguaro: a ribbed column with bent arms."""
    tone = np.tile((np.abs(np.sin(np.arange(64) / 64 * np.pi * 8)) * 0.7 + 0.15)[None], (64, 1))
    colors = [hexadecimal(code) for code in ("#2c4027", "#55703f", "#7a9358")]
    skin = painted("Cactus", 1.0, tone, colors, 0.7, 0.02 * tone)
    h = rng.uniform(2.6, 4.2)
    t = np.linspace(0, 1, 8)

    def ribbed(path: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
        profile = radius * np.array([0.85, 1, 1.02, 1.02, 1, 0.95, 0.75, 0.02])
        return tubes(path[None], profile[None], 10, 1.0)

    whole = Quads()
    stem = np.column_stack([0 * t, 0 * t, t * h - 0.05])
    for path, radius in [(stem, 0.24)] + [
        (np.column_stack([
            np.cos(a) * (0.2 + 0.55 * np.clip(t * 2.2, 0, 1)), np.sin(a) * (0.2 + 0.55 * np.clip(t * 2.2, 0, 1)),
            z + np.clip(t - 0.3, 0, 1) ** 1.2 * rng.uniform(1.0, 1.9),
        ]), 0.15) for a, z in zip(rng.uniform(0, 6.28, 3), rng.uniform(0.35, 0.6, 3) * h, strict=True)
    ]:  # fmt: skip
        made = ribbed(path, radius)
        whole.add(made[0], skin, "stem", made[1], True)
    empty = np.empty((0, 3))
    return Growth(whole, Cards(empty, empty, empty, np.empty(0, int)), skin, np.array([0.0, 0.0, h / 2]))
