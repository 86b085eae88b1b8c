"""Trees: a skeleton of branches, and leaf cards along its twigs. Parameters by species."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...geometry.quads import Quads
from ...geometry.shape import Finish
from ..materials import foliage, ground
from .cards import Cards, Growth, tubes, unit

GOLDEN = 2.39996


@dataclass(frozen=True)
class Species:
    """What a kind of tree looks like when grown.

    Attributes:
        kind: "broad", "conifer", "palm" or "column".
        height, spread: metres; ``clear``: share of the height below the first branch; ``trunk``: radius at the foot.
        bark: of ``materials.ground.bark``; ``leaf``: colour; ``size``, ``leaves``, ``round_``: of the leaves on a card.
        limbs: number of main branches; ``rise``: their slope at the crown's foot and top, radians.
        card: size of a leaf card in metres; ``cards``: their number.
        shape: 1 a ball, below it broader at the foot, above it at the top.
    """

    name: str
    kind: str
    height: float
    spread: float
    clear: float
    trunk: float
    bark: str
    leaf: str
    size: float = 0.2
    leaves: int = 34
    round_: bool = True
    limbs: int = 14
    rise: tuple[float, float] = (0.35, 1.1)
    card: float = 1.15
    cards: int = 420
    shape: float = 1.0


SPECIES = {
    species.name: species
    for species in (
        Species("oak", "broad", 10.5, 9.0, 0.22, 0.34, "oak", "#4a6429", 0.1, 70, limbs=15, rise=(0.2, 1.0), cards=640, card=1.45),
        Species("lime", "broad", 9.0, 5.4, 0.28, 0.17, "smooth", "#567a33", 0.12, 60, rise=(0.5, 1.2), cards=430, card=1.25),
        Species("plane", "broad", 10.0, 6.4, 0.34, 0.2, "smooth", "#5d7a38", 0.14, 50, rise=(0.55, 1.2), cards=470, card=1.3),
        Species("maple", "broad", 8.0, 5.0, 0.26, 0.15, "oak", "#6b7f35", 0.13, 55, cards=360, card=1.0),
        Species("birch", "broad", 10.0, 4.2, 0.2, 0.13, "birch", "#6f8a3f", 0.075, 75, True, 18, (0.7, 1.25), 0.95, 360),
        Species("cherry", "broad", 5.0, 4.4, 0.3, 0.11, "smooth", "#e3a9b8", 0.08, 80, limbs=11, cards=300, card=0.85),
        Species("autumn maple", "broad", 8.5, 5.6, 0.26, 0.17, "oak", "#b9622c", 0.13, 55, cards=390, card=1.05),
        Species("olive", "broad", 4.6, 4.2, 0.26, 0.22, "oak", "#76835f", 0.1, 60, False, 10, cards=280, card=0.75),
        Species("pine", "conifer", 13.0, 5.2, 0.3, 0.2, "pine", "#3d5a33", limbs=15, rise=(0.05, 0.75), card=1.3),
        Species("spruce", "conifer", 13.0, 4.6, 0.05, 0.19, "oak", "#2c4630", limbs=24, rise=(-0.42, 0.35), card=1.2),
        Species("fir", "conifer", 10.0, 3.6, 0.04, 0.15, "smooth", "#35523c", limbs=22, rise=(-0.15, 0.5), card=1.0),
        Species("cypress", "column", 9.0, 1.9, 0.04, 0.13, "oak", "#34502f", cards=300, card=0.85),
        Species("poplar", "column", 13.0, 3.0, 0.1, 0.2, "smooth", "#587336", 0.11, 60, cards=420, card=1.1),
        Species("palm", "palm", 8.5, 5.6, 0.8, 0.19, "palm", "#5b7537"),
        Species("dead", "broad", 7.0, 5.0, 0.25, 0.2, "oak", "#5c4c3d", cards=0),
    )
}


def grow(name: str, variant: int = 0) -> Growth:
    """The tree of a species; each ``variant`` grew differently. Stands on z = 0."""
    species = SPECIES[name]
    rng = np.random.default_rng([6000, variant, sum(map(ord, name))])
    return {"broad": _broad, "conifer": _conifer, "palm": _palm, "column": _column}[species.kind](species, rng)


def _leafage(species: Species) -> Finish:
    if species.kind == "conifer" or species.name == "cypress":
        return foliage.needle_cards(species.leaf)
    if species.kind == "palm":
        return foliage.frond_cards(species.leaf)
    return foliage.leaf_cards(species.leaf, species.size, species.leaves, species.round_)


def _trunk(species: Species, rng: np.random.Generator, top: float, wobble: float) -> tuple[np.ndarray, np.ndarray]:
    """Path (S, 3) and radii (S,) of the stem, flared at the foot."""
    stations = 9
    t = np.linspace(0.0, 1.0, stations)
    drift = np.cumsum(rng.normal(0, wobble, (stations, 2)), axis=0) * t[:, None]
    path = np.column_stack([drift - drift[:1], t * top])
    path[0, 2] = -0.15
    radius = species.trunk * ((1 - t) ** 0.85 * 0.88 + 0.12 + 0.55 * np.exp(-t * top / 0.35))
    return path, radius


def _broad(species: Species, rng: np.random.Generator) -> Growth:
    h, r = species.height * rng.uniform(0.92, 1.06), species.spread / 2 * rng.uniform(0.92, 1.06)
    bark = ground.bark(species.bark)
    trunk, radius = _trunk(species, rng, 0.82 * h, 0.06 * h / 9)
    wood, twigs = Quads(), Quads()
    wood.add(*_ordered(tubes(trunk[None], radius[None], 8, bark.tile), bark, "trunk"))
    low = species.clear * h
    share = (np.arange(species.limbs) + rng.uniform(0.2, 0.8, species.limbs)) / species.limbs
    start_z = low + share * (0.8 * h - low)
    start = np.stack([np.interp(start_z, trunk[:, 2], trunk[:, axis]) for axis in range(3)], axis=1)
    yaw = np.arange(species.limbs) * GOLDEN + rng.uniform(-0.4, 0.4, species.limbs)
    slope = species.rise[0] + (species.rise[1] - species.rise[0]) * share + rng.uniform(-0.12, 0.12, species.limbs)
    envelope = np.sqrt(np.clip(1 - (2 * share - 0.9) ** 2 * 0.75, 0.12, 1)) * species.shape
    length = r * envelope * rng.uniform(0.85, 1.1, species.limbs) / np.maximum(np.cos(slope), 0.45)
    paths = _bowed(start, yaw, slope, length, 0.16, rng, 6)
    thick = np.interp(start_z, trunk[:, 2], radius)
    radii = np.clip(0.55 * thick, 0.02, None)[:, None] * np.linspace(1.0, 0.14, 6)[None] ** 0.9
    wood.add(*_ordered(tubes(paths, radii, 6, bark.tile), bark, "branch"))
    minor, minor_radii = _side_branches(paths, radii, 5, 0.5, rng)
    twigs.add(*_ordered(tubes(minor, minor_radii, 4, bark.tile), bark, "twig"))
    middle = np.array([trunk[-1, 0] * 0.6, trunk[-1, 1] * 0.6, low + 0.42 * (h - low)])
    if species.cards == 0:
        more, more_radii = _side_branches(minor, minor_radii, 2, 0.55, rng)
        twigs.add(*_ordered(tubes(more, more_radii, 3, bark.tile), bark, "twig"))
        empty = np.empty((0, 3))
        return Growth(wood, Cards(empty, empty, empty, np.empty(0, int)), _leafage(species), middle, twigs)
    tips = np.concatenate([minor[:, 1:].reshape(-1, 3), paths[:, 3:].reshape(-1, 3), trunk[-2:] + (0, 0, 0.1 * h)])
    places = tips[rng.integers(0, len(tips), species.cards)] + rng.normal(0, 0.24 * species.card, (species.cards, 3))
    return Growth(wood, _clusters(places, middle, species.card, rng), _leafage(species), middle, twigs)


def _ordered(made: tuple[np.ndarray, np.ndarray], finish: Finish, part: str) -> tuple:
    """Arguments of ``Quads.add`` from quads and UVs."""
    return made[0], finish, part, made[1], True


def _bowed(
    start: np.ndarray, yaw: np.ndarray, slope: np.ndarray, length: np.ndarray, bow: float, rng: np.random.Generator, stations: int
) -> np.ndarray:
    """(B, S, 3) branches that leave at ``slope`` and bend upwards, with some crookedness."""
    t = np.linspace(0.0, 1.0, stations)
    out = length[:, None] * np.cos(slope)[:, None] * t
    up = length[:, None] * (np.sin(slope)[:, None] * t + bow * t**2)
    crook = np.cumsum(rng.normal(0, 0.035, (len(start), stations, 3)), axis=1) * length[:, None, None] * t[:, None]
    path = np.stack([out * np.cos(yaw)[:, None], out * np.sin(yaw)[:, None], up], axis=2)
    return start[:, None] + path + crook


def _side_branches(
    paths: np.ndarray, radii: np.ndarray, each: int, share: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """``each`` branches from every path (B, S, 3), at ``share`` of its length, leaving to both sides and upwards."""
    count, stations = paths.shape[:2]
    length = np.linalg.norm(np.diff(paths, axis=1), axis=2).sum(axis=1)
    made, thick = [], []
    for k in range(each):
        at = 0.3 + 0.66 * (k + rng.uniform(0, 0.8, count)) / each
        place = at * (stations - 1)
        low = np.minimum(place.astype(int), stations - 2)
        rows = np.arange(count)
        begin = paths[rows, low] + (paths[rows, low + 1] - paths[rows, low]) * (place - low)[:, None]
        ahead = unit(paths[rows, low + 1] - paths[rows, low])
        side = unit(np.cross(ahead, (0.0, 0.0, 1.0))) * (1 if k % 2 else -1)
        heading = unit(ahead * 0.7 + side * rng.uniform(0.5, 1.0, (count, 1)) + (0, 0, 1.0) * rng.uniform(-0.1, 0.5, (count, 1)))
        reach = share * length * (1.1 - 0.6 * at) * rng.uniform(0.8, 1.15, count)
        t = np.linspace(0.0, 1.0, 4)
        path = begin[:, None] + heading[:, None] * (reach[:, None] * t)[..., None]
        path[..., 2] += 0.12 * reach[:, None] * t**2
        made.append(path)
        base = radii[rows, low] * 0.6
        thick.append(np.maximum(base[:, None] * np.linspace(1, 0.25, 4), 0.006))
    return np.concatenate(made), np.concatenate(thick)


def _clusters(places: np.ndarray, middle: np.ndarray, size: float, rng: np.random.Generator) -> Cards:
    """Cards at ``places`` that face away from the crown's middle, their twigs pointing outwards and up."""
    count = len(places)
    away = unit(places - middle)
    facing = unit(away + rng.normal(0, 0.55, (count, 3)))
    flip = np.einsum("ij,ij->i", facing, away) < 0
    facing[flip] *= -1
    grow_ = unit(away * 0.5 + np.array([0, 0, 0.75]) + rng.normal(0, 0.5, (count, 3)))
    across = unit(np.cross(grow_, facing))
    grow_ = np.cross(facing, across)
    scale = size * rng.uniform(0.75, 1.2, count)[:, None]
    up = grow_ * scale
    return Cards(places - up / 2, across * scale / 2, up, rng.integers(0, 4, count))


def _conifer(species: Species, rng: np.random.Generator) -> Growth:
    h, r = species.height * rng.uniform(0.9, 1.08), species.spread / 2 * rng.uniform(0.92, 1.06)
    bark = ground.bark(species.bark)
    trunk, radius = _trunk(species, rng, h, 0.012 * h / 9)
    radius = radius * np.linspace(1, 0.25, len(radius))
    wood, twigs = Quads(), Quads()
    wood.add(*_ordered(tubes(trunk[None], radius[None], 7, bark.tile), bark, "trunk"))
    levels, each = species.limbs, 6
    share = np.repeat((np.arange(levels) + 0.3) / levels, each) + rng.uniform(-0.3, 0.3, levels * each) / levels
    share = np.clip(share, 0.0, 0.985)
    z = h * (species.clear + (0.985 - species.clear) * share)
    yaw: np.ndarray = np.tile(np.arange(each) * 2 * np.pi / each, levels) + np.repeat(np.arange(levels) * 0.7, each)
    yaw += rng.uniform(-0.3, 0.3, len(z))
    full = (1 - share) ** (0.55 if species.name == "pine" else 0.9) * 0.96 + 0.05
    length = r * full * rng.uniform(0.75, 1.12, len(z))
    slope = species.rise[0] + (species.rise[1] - species.rise[0]) * share + rng.uniform(-0.1, 0.1, len(z))
    start = np.stack([np.interp(z, trunk[:, 2], trunk[:, axis]) for axis in range(3)], axis=1)
    paths = _bowed(start, yaw, slope, length, 0.1, rng, 3)
    paths[..., 2] = np.maximum(paths[..., 2], 0.3)  # the lowest branches lie on the ground, not in it
    thick = np.clip(0.02 * length, 0.006, 0.03)[:, None] * np.array([1, 0.7, 0.2])
    twigs.add(*_ordered(tubes(paths, thick, 3, bark.tile), bark, "branch"))
    outward = paths[:, -1] - paths[:, 0]
    flat = unit(np.cross(outward, (0.0, 0.0, 1.0)))
    cards = []
    for tilt in (0.0, 0.9):
        across = flat * np.cos(tilt) + unit(np.cross(flat, outward)) * np.sin(tilt)
        half = np.clip(0.34 * length, 0.16, 0.62)[:, None]
        foot = start + outward * 0.06 + (0, 0, 0.02)
        cards.append(Cards(foot, across * half, outward * 1.06, rng.integers(0, 4, len(foot))))
    tip = np.array([[trunk[-1, 0], trunk[-1, 1], 0.9 * h]])
    for turn in (0.0, 1.57):
        across = np.array([[np.cos(turn), np.sin(turn), 0.0]]) * 0.2
        cards.append(Cards(tip, across, np.array([[0.0, 0.0, 0.13 * h]]), np.zeros(1, int)))
    whole = Cards(*(np.concatenate([getattr(part, name) for part in cards]) for name in ("foot", "across", "up", "cell")))
    middle = np.array([0.0, 0.0, 0.25 * h])
    return Growth(wood, whole, _leafage(species), middle, twigs)


def _column(species: Species, rng: np.random.Generator) -> Growth:
    """A narrow upright crown, pointed."""
    h, r = species.height * rng.uniform(0.92, 1.08), species.spread / 2
    bark = ground.bark(species.bark)
    trunk, radius = _trunk(species, rng, 0.9 * h, 0.01)
    wood = Quads().add(*_ordered(tubes(trunk[None], radius[None], 7, bark.tile), bark, "trunk"))
    share = np.sort(rng.random(species.cards)) ** 0.9
    z = h * (species.clear + (0.95 - species.clear) * share)
    wide = r * np.clip(np.sin(np.pi * np.clip(share * 0.9 + 0.12, 0, 1)) ** 0.6, 0.08, 1) * rng.uniform(0.55, 1.0, len(z))
    yaw = np.arange(len(z)) * GOLDEN
    places = np.stack([wide * np.cos(yaw), wide * np.sin(yaw), z], axis=1)
    middle = np.array([0.0, 0.0, 0.4 * h])
    axis_away = unit(places * (1, 1, 0))
    facing = unit(axis_away + rng.normal(0, 0.35, places.shape) * (1, 1, 0.5))
    grow_ = unit(np.array([0, 0, 1.0]) + axis_away * 0.28 + rng.normal(0, 0.15, places.shape))
    across = unit(np.cross(grow_, facing))
    size = species.card * rng.uniform(0.8, 1.2, len(z))[:, None] * np.clip(1.15 - share, 0.4, 1)[:, None]
    cards = Cards(places - grow_ * size / 2, across * size * 0.42, grow_ * size, rng.integers(0, 4, len(z)))
    return Growth(wood, cards, _leafage(species), middle)


def _palm(species: Species, rng: np.random.Generator) -> Growth:
    """A leaning stem with a head of arched fronds, each of four quads."""
    h, r = species.height * rng.uniform(0.85, 1.1), species.spread / 2
    bark = ground.bark("palm")
    t = np.linspace(0, 1, 10)
    lean = rng.uniform(0.3, 1.0)
    path = np.column_stack([lean * t**2, 0.2 * np.sin(3 * t), t * h])
    path[0, 2] = -0.15
    radius = species.trunk * (0.75 + 0.5 * np.exp(-t * h / 0.5))
    wood = Quads().add(*_ordered(tubes(path[None], radius[None], 8, bark.tile), bark, "trunk"))
    feet, across, ups, cells, order = [], [], [], [], []
    count = 17
    for k in range(count):
        yaw, rise = k * GOLDEN, 1.15 - 1.35 * k / count + rng.uniform(-0.1, 0.1)
        s = np.linspace(0, 1, 5)
        out, up = r * s * (0.8 + 0.2 * np.cos(rise)), r * (np.sin(rise) * s - 0.75 * s**2)
        rib = path[-1] + np.stack([out * np.cos(yaw), out * np.sin(yaw), up], axis=1)
        side = np.array([-np.sin(yaw), np.cos(yaw), 0.0]) * 0.55
        for j in range(4):
            feet.append(rib[j])
            across.append(side)
            ups.append(rib[j + 1] - rib[j])
            cells.append(k % 4)
            order.append(j)
    cards = _Strips(np.array(feet), np.array(across), np.array(ups), np.array(cells))
    cards.order = np.array(order)
    return Growth(wood, cards, _leafage(species), path[-1] - (0, 0, 1.0))


class _Strips(Cards):
    """Cards of which four in a row share one picture, lower part first."""

    order: np.ndarray

    @property
    def uvs(self) -> np.ndarray:
        whole = super().uvs
        low, high = whole[:, :1, 1], whole[:, 2:3, 1]
        step = (high - low) / 4
        v0 = low + step * self.order[:, None]
        whole = whole.copy()
        whole[:, :2, 1], whole[:, 2:, 1] = v0, v0 + step
        return whole

    def thinned(self, every: int, growth: float) -> Cards:
        return self
