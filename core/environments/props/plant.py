"""A pot plant: leafy bush, sword leaves, palm fronds or broad hand-shaped leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.shape import Part, Shape, join
from ...geometry.sweeps import lathe, sheet, tube
from ..materials import Finish, leaf, soil, wood
from .prop import Box, Prop, PropBrief, build

GOLDEN = np.pi * (3.0 - np.sqrt(5.0))  # the angle between successive leaves (phyllotaxis)


@dataclass
class PlantBrief(PropBrief):
    """A plant in a pot."""

    width: float = number(0.6, 0.12, 1.6, unit="m", help="Spread, left to right")
    depth: float = number(0.6, 0.12, 1.6, unit="m", help="Spread, front to back")
    height: float = number(1.1, 0.15, 2.6, unit="m", help="Floor to the highest leaf")
    kind: str = choice("bush", ("bush", "sword", "palm", "broad"), help="How it grows")
    pot: str = choice("round", ("round", "tapered", "square"), help="Shape of the pot")
    lushness: float = number(0.6, 0.0, 1.0, help="How many leaves")


def plant(brief: PlantBrief) -> Prop:
    """The plant of a brief; its seed places every leaf."""
    rng = np.random.default_rng(brief.seed)
    spread, h = min(brief.width, brief.depth), brief.height
    high = min(0.32 * h, 0.38) if h > 0.5 else 0.4 * h
    radius = min(0.24 * spread + 0.02, 0.45 * spread, 0.55 * high + 0.01)
    if brief.kind == "sword":
        radius = min(0.4 * spread, 0.6 * high)
    parts = _pot(brief, radius, high)
    grown = {"bush": _bush, "sword": _sword, "palm": _palm, "broad": _broad}[brief.kind](brief, rng, radius, high)
    parts += _within(grown, brief, high)
    pot = Box((-radius, -radius, 0.0), (radius, radius, high))
    crown = Box((-0.3 * brief.width, -0.3 * brief.depth, high), (0.3 * brief.width, 0.3 * brief.depth, 0.95 * h))
    return build("plant", "Plant", parts, [pot, crown])


def _pot(brief: PlantBrief, r: float, h: float) -> list[Part]:
    """A hollow pot with earth in it."""
    t, foot = max(0.008, 0.06 * r), {"round": 0.72, "tapered": 0.62, "square": 0.9}[brief.pot]
    shapes = {
        "round": [
            (0.0, 0.0),
            (foot * r - 0.004, 0.0),
            (foot * r, 0.004),
            (0.92 * r, 0.3 * h),
            (r, 0.62 * h),
            (0.97 * r, 0.97 * h),
            (0.97 * r - 0.3 * t, h),
        ],
        "tapered": [
            (0.0, 0.0),
            (foot * r - 0.004, 0.0),
            (foot * r, 0.004),
            (0.93 * r, 0.82 * h),
            (r, 0.84 * h),
            (r, h - 0.004),
            (r - 0.004, h),
        ],
        "square": [(0.0, 0.0), (foot * r - 0.004, 0.0), (foot * r, 0.004), (r, h - 0.004), (r - 0.004, h)],
    }
    outside = shapes[brief.pot]
    profile = [*outside, (outside[-1][0] - 0.6 * t, h), (outside[-1][0] - t, h - 0.006), (0.8 * r, 0.8 * h), (0.0, 0.8 * h)]
    pot = lathe(profile, 28)
    if brief.pot == "square":
        pot = lathe(np.array(profile) * (0.99, 1.0), 28).shaped(_squared)
    earth = lathe([(0.0, 0.7 * h), (0.84 * r, 0.7 * h), (0.87 * r, 0.86 * h), (0.4 * r, 0.9 * h), (0.0, 0.91 * h)], 20)
    if brief.pot == "square":
        earth = earth.shaped(_squared)
    return [Part("pot", pot, brief.look.pot), Part("earth", earth, soil())]


def _squared(v: np.ndarray) -> np.ndarray:
    """Circles about the axis become rounded squares inside the same reach."""
    radius = np.hypot(v[:, 0], v[:, 1])
    power = 5.0
    norm = (np.abs(v[:, :2]) ** power).sum(axis=1) ** (1 / power)
    v[:, :2] *= (radius / np.maximum(norm, 1e-12))[:, None]
    return v


def leaf_blade(length: float, width: float, bend: float, fold: float = 0.12, rows: int = 6, waist: float = 0.4) -> Shape:
    """A leaf from the origin along +Y, drooping by ``bend`` radians over its length, folded up along its rib.

    ``waist``: where along the leaf it is widest.
    """
    t = np.linspace(0.0, 1.0, rows)
    arc = bend * t
    y = length * np.where(bend == 0, t, np.sin(arc) / max(abs(bend), 1e-6) * np.sign(bend or 1.0))
    z = length * -(1.0 - np.cos(arc)) / (bend if abs(bend) > 1e-6 else 1.0)
    power = np.log(0.5) / np.log(waist)
    half = width / 2 * np.sin(np.pi * np.clip(0.03 + 0.96 * t, 0, 1) ** power) ** 0.8
    s = np.array([-1.0, 0.0, 1.0])
    grid = np.stack([half[:, None] * s, y[:, None] + 0 * s, z[:, None] + fold * half[:, None] * np.abs(s) * 2], axis=2)
    return sheet(grid, min(0.0016, 0.05 * width + 0.0004), sharp=True)


def _placed(blade: Shape, yaw: float, pitch: float, at: np.ndarray) -> Shape:
    """The blade raised by ``pitch`` above level, turned to ``yaw`` and moved."""
    return blade.turned("x", pitch).turned("z", yaw).moved(*at)


def _bush(brief: PlantBrief, rng: np.random.Generator, r: float, low: float) -> list[Part]:
    """Several leaning stems with oval leaves in spirals (a rubber plant)."""
    h, spread = brief.height, min(brief.width, brief.depth)
    top = h - low
    stems = 4 if h < 0.5 else 6
    each = int((7 + 13 * brief.lushness) * (0.7 if h < 0.5 else 1.0))
    size = min(0.22, 0.18 * top + 0.3 * spread * 0.25)
    leaves, wooden = [], []
    shades = [leaf_blade(size * k, size * 0.5 * k, 0.5 + 0.3 * k) for k in (0.75, 1.0)]
    for k in range(stems):
        yaw = k * 2 * np.pi / stems + rng.uniform(-0.4, 0.4)
        out, up = rng.uniform(0.10, 0.3) * spread, top * rng.uniform(0.66, 0.92)
        start = np.array([0.3 * r * np.cos(yaw), 0.3 * r * np.sin(yaw), 0.88 * low])
        end = start + (out * np.cos(yaw), out * np.sin(yaw), up)
        bow = (start + end) / 2 + (-0.2 * out * np.cos(yaw), -0.2 * out * np.sin(yaw), 0.06 * up)
        t = np.linspace(0.0, 1.0, 6)[:, None]
        path = (1 - t) ** 2 * start + 2 * t * (1 - t) * bow + t**2 * end
        wooden.append(tube(path, 0.0012 + 0.0085 * min(1.0, top), 6))
        for j in range(each):
            at = 0.22 + 0.78 * (j + 0.5) / each
            place = (1 - at) ** 2 * start + 2 * at * (1 - at) * bow + at**2 * end
            pitch = 0.25 + 0.85 * at**2 + rng.uniform(-0.2, 0.2)
            leaves.append(_placed(shades[int(rng.integers(2))], j * GOLDEN + yaw + rng.uniform(-0.3, 0.3), pitch, place))
    return [Part("stem", join(wooden), wood("walnut")), *_leaves(leaves, rng, ("#44693a", "#5d8048"))]


def _sword(brief: PlantBrief, rng: np.random.Generator, r: float, low: float) -> list[Part]:
    """Stiff upright blades from the earth (a snake plant)."""
    top = brief.height - low
    count = int(10 + 14 * brief.lushness)
    blades = []
    for k in range(count):
        share = np.sqrt((k + 0.5) / count)
        yaw = k * GOLDEN
        length = top * (1.06 - 0.42 * share) * rng.uniform(0.86, 1.0) + 0.1 * low
        blade = leaf_blade(length, min(0.065, 0.09 * top + 0.016), 0.12 * share, 0.3, 8, 0.42)
        blade = _twist(blade, rng.uniform(-0.9, 0.9), length)
        at = np.array([-0.62 * r * share * np.sin(yaw), 0.62 * r * share * np.cos(yaw), 0.86 * low])
        blades.append(_placed(blade, yaw, 1.5 - 0.26 * share, at))
    return _leaves(blades, rng, ("#4c6c45", "#71855a"))


def _twist(blade: Shape, angle: float, length: float) -> Shape:
    """Turned about its own length, more towards the tip."""

    def turn(v: np.ndarray) -> np.ndarray:
        a = angle * v[:, 1] / length
        x, z = v[:, 0].copy(), v[:, 2].copy()
        v[:, 0], v[:, 2] = np.cos(a) * x + np.sin(a) * z, -np.sin(a) * x + np.cos(a) * z
        return v

    return blade.shaped(turn)


def _palm(brief: PlantBrief, rng: np.random.Generator, r: float, low: float) -> list[Part]:
    """Arching fronds with two rows of narrow leaflets (a parlour palm)."""
    h, spread = brief.height, min(brief.width, brief.depth)
    top = h - low
    fronds = int(6 + 2.5 * brief.lushness)
    leaflet = leaf_blade(0.34 * (0.35 * top + 0.25 * spread) + 0.02, 0.05 * (0.4 * top + 0.3 * spread) + 0.006, 0.5, 0.1, 4)
    ribs, leaves = [], []
    for k in range(fronds):
        share, yaw = (k + 0.5) / fronds, k * GOLDEN + rng.uniform(-0.2, 0.2)
        reach, rise = spread * (0.16 + 0.36 * share), top * (1.0 - 0.5 * share) * rng.uniform(0.9, 1.0)
        t = np.linspace(0.0, 1.0, 9)
        out, up = reach * t**1.6, rise * (1.35 * t - 0.35 * t**3.2)
        path = np.stack([out * np.cos(yaw), out * np.sin(yaw), 0.88 * low + up], axis=1)
        ribs.append(tube(path, 0.0035 + 0.002 * min(1.0, top), 5))
        for j in range(11):
            at = 0.36 + 0.62 * j / 10
            place = np.array([np.interp(at, t, path[:, axis]) for axis in range(3)])
            ahead = np.array([np.interp(min(at + 0.05, 1.0), t, path[:, axis]) for axis in range(3)]) - place
            slope = np.arctan2(ahead[2], np.hypot(ahead[0], ahead[1]))
            for side in (-1, 1):
                turn = yaw - np.pi / 2 + side * (1.15 - 0.75 * j / 10)
                leaves.append(_placed(leaflet, turn, 0.55 * slope + 0.1 + rng.uniform(-0.1, 0.1), place))
    green = leaf("#64864c")
    return [Part("stem", join(ribs), green), *_leaves(leaves, rng, ("#4f7642", "#64864c"))]


def _broad(brief: PlantBrief, rng: np.random.Generator, r: float, low: float) -> list[Part]:
    """Long stalks with large heart-shaped leaves."""
    h, spread = brief.height, min(brief.width, brief.depth)
    top = h - low
    count = int(7 + 9 * brief.lushness)
    size = 0.26 * spread + 0.14 * top
    stalks, leaves = [], []
    for k in range(count):
        share, yaw = (k + 0.5) / count, k * GOLDEN + rng.uniform(-0.3, 0.3)
        out, up = (0.1 + 0.36 * np.sqrt(share)) * spread, top * (0.95 - 0.7 * share) * rng.uniform(0.85, 1.0)
        t = np.linspace(0.0, 1.0, 6)
        path = np.stack(
            [out * np.cos(yaw) * t**1.7, out * np.sin(yaw) * t**1.7, 0.88 * low + up * (1.25 * t - 0.25 * t**3)], axis=1
        )
        stalks.append(tube(path, 0.003 + 0.0025 * min(1.0, top), 6))
        blade = _heart(size * rng.uniform(0.75, 1.05))
        leaves.append(_placed(blade, yaw - np.pi / 2, -0.15 - 0.4 * share + rng.uniform(-0.12, 0.2), path[-1]))
    return [Part("stem", join(stalks), leaf("#487545")), *_leaves(leaves, rng, ("#365c38", "#487545"))]


def _heart(length: float) -> Shape:
    """A broad leaf with lobes behind the stalk, a rib, and a drooping tip."""
    t = np.linspace(0.0, 1.0, 8)[:, None]
    s = np.linspace(-1.0, 1.0, 7)[None]
    half = 0.42 * length * (np.sin(np.pi * t**0.62) ** 0.75 + 0.02)
    lobe = -0.22 * length * (1 - t) ** 2 * np.abs(s) ** 1.2
    y = length * t * (1 - 0.08 * t) + lobe
    ripple = 0.03 * length * np.sin(7 * t + 1.0) * s**2
    z = -0.28 * length * t**2 + 0.16 * half * np.abs(s) - 0.3 * half * s**2 + ripple
    return sheet(np.stack([half * s, y, z], axis=2), 0.0016, sharp=True)


def _leaves(leaves: list[Shape], rng: np.random.Generator, shades: tuple[str, str]) -> list[Part]:
    """The leaves in two greens, mixed at random."""
    dark = rng.random(len(leaves)) < 0.6
    finishes: list[Finish] = [leaf(shade) for shade in shades]
    groups = [[blade for blade, is_dark in zip(leaves, dark, strict=True) if is_dark == wanted] for wanted in (True, False)]
    return [Part("leaf", join(group), finish) for group, finish in zip(groups, finishes, strict=True) if group]


def _within(parts: list[Part], brief: PlantBrief, low: float) -> list[Part]:
    """The growth scaled about the pot's middle so that its highest leaf has the asked height and no leaf leaves the box."""
    whole = np.concatenate([part.shape.vertices for part in parts])
    reach = np.maximum(np.abs(whole[:, :2]).max(axis=0), 1e-6)
    side = np.minimum((brief.width / 2 / reach[0], brief.depth / 2 / reach[1]), 1.25)
    base = 0.86 * low
    lift = (brief.height - base) / max(whole[:, 2].max() - base, 1e-6)
    bottom = min(0.0, float(whole[:, 2].min()) - base) * lift
    sink = min(1.0, 0.95 * base / max(-bottom, 1e-6))  # what hangs down stays above the floor

    def fit(v: np.ndarray) -> np.ndarray:
        v[:, :2] *= side
        above = (v[:, 2] - base) * lift
        v[:, 2] = base + np.where(above < 0, above * sink, above)
        return v

    return [Part(part.name, part.shape.shaped(fit), part.finish) for part in parts]
