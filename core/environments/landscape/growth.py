"""Where trees, bushes, grass and rocks stand: by cover, slope, height and chance, denser where it suits them."""

from __future__ import annotations

import numpy as np

from ...progress import Progress
from ...scene import Mesh, Node
from ..plants.catalogue import ROCKS, plant_mesh
from ..plants.trees import SPECIES
from ..scatter import placings, scattered
from .brief import LandscapeBrief
from .ground import LAYERS, Cover
from .water import Water

NEAR, MIDDLE = 55.0, 170.0  # metres from the camera at which plants become coarser
VARIANTS = 3
WOODS = {
    "conifers": ("spruce", "fir", "pine"), "broadleaf": ("oak", "lime", "maple"), "mixed": ("spruce", "oak", "birch"),
    "birch": ("birch", "birch", "spruce"), "palms": ("palm",), "none": (),
}  # fmt: skip
USUAL = {
    "hills": "broadleaf",
    "mountains": "conifers",
    "lake": "conifers",
    "coast": "broadleaf",
    "desert": "none",
    "forest": "mixed",
}


def grow_land(
    heights: np.ndarray, cover: Cover, brief: LandscapeBrief, water: Water, eye: np.ndarray, target: np.ndarray, parent: str,
    rng: np.random.Generator, progress: Progress,
) -> list[Node]:  # fmt: skip
    """The plants and rocks as one node for each kind, each repeat as fine as its distance from the camera asks for."""
    wood = WOODS[brief.trees if brief.trees != "auto" else USUAL[brief.kind]]
    if brief.season == "autumn":
        wood = tuple("autumn maple" if name in ("oak", "lime", "maple") else name for name in wood)
    shares = {"trees": 0.72 if wood else 0.0, "bushes": 0.16 if wood else 0.5, "rocks": 0.12 if wood else 0.5}
    shares["rocks"] *= 0.2 + 1.6 * brief.rocks
    total = sum(shares.values())
    nodes: list[Node] = []
    field = Field(heights, cover, brief, water, eye, target)
    for number, (what, share) in enumerate(shares.items()):
        progress(number / 4, f"Scattering {what}")
        count = int(brief.plants * share / total)
        names = {"trees": wood, "bushes": ("cactus", "shrub") if brief.kind == "desert" else ("bush", "bush", "fern"),
                 "rocks": ("sandstone",) if brief.kind == "desert" else ("rock",)}[what]  # fmt: skip
        if count and names:
            places = field.places(what, count, rng)
            nodes += _nodes(what, names, places, field, rng, parent, brief)
    if brief.grass > 0 and brief.kind != "desert" and brief.season != "winter":
        progress(0.8, "Sowing grass")
        places = field.meadow(int(5200 * brief.grass), rng)
        kinds = ("grass", "tall grass", "grass", "meadow" if brief.season in ("summer", "spring") else "tall grass")
        nodes += _nodes("grass", kinds, places, field, rng, parent, brief)
    return nodes


class Field:
    """What growth asks of the ground."""

    def __init__(self, heights: np.ndarray, cover: Cover, brief: LandscapeBrief, water: Water, eye: np.ndarray, target: np.ndarray):
        self.heights, self.cover, self.brief, self.water, self.eye = heights, cover, brief, water, eye
        self.cell = brief.size / (len(heights) - 1)
        ahead = (target - eye)[:2]
        self.ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-6)

    def index(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of the cells at places (N, 2)."""
        limit = len(self.heights) - 1
        cells = np.clip(np.rint((places + self.brief.size / 2) / self.cell), 0, limit).astype(int)
        return cells[:, 1], cells[:, 0]

    def height(self, places: np.ndarray) -> np.ndarray:
        """(N,) height of the ground at places (N, 2), between the grid's corners."""
        at = np.clip((places + self.brief.size / 2) / self.cell, 0, len(self.heights) - 1.001)
        low = at.astype(int)
        fx, fy = (at - low).T
        j, i = low.T
        h = self.heights
        return (h[i, j] * (1 - fx) + h[i, j + 1] * fx) * (1 - fy) + (h[i + 1, j] * (1 - fx) + h[i + 1, j + 1] * fx) * fy

    def likely(self, what: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """(N,) 0..1: how well a kind of thing would stand in cells."""
        weight = {name: self.cover.weights[rows, columns, k] for k, name in enumerate(LAYERS)}
        slope = self.cover.slope[rows, columns]
        dry = np.ones(len(rows)) if self.water.level is None else self.heights[rows, columns] > self.water.level + 0.35
        if self.water.river is not None:
            line = self.water.river
            x, y = (columns * self.cell - self.brief.size / 2), (rows * self.cell - self.brief.size / 2)
            middle = np.interp(y, line[::-1, 1], line[::-1, 0])
            dry = dry * (np.abs(x - middle) > 1.1 * self.water.width)
        if what == "trees":
            good = weight["forest"] + (0.02 + 0.1 * self.brief.density) * weight["grass"] + 0.2 * weight["snow"] * (slope < 0.5)
            good = good + (0.03 if self.brief.kind == "coast" else 0.0) * weight["sand"]
            return good * dry * (slope < 0.75)
        if what == "bushes":
            scrub = weight["gravel"] + weight["sand"] * (0.5 if self.brief.kind == "desert" else 0.05)
            return (0.5 * weight["grass"] + 0.5 * weight["forest"] + 0.6 * weight["earth"] + 0.4 * scrub) * dry * (slope < 0.7)
        return (0.08 + 0.9 * weight["gravel"] + 0.7 * weight["rock"] + 0.4 * weight["earth"]) * dry * (slope < 1.1)

    def places(self, what: str, count: int, rng: np.random.Generator) -> np.ndarray:
        """Up to ``count`` places (N, 2), no two in one square of the usual spacing, none right before the camera."""
        half = self.brief.size / 2
        tried = (rng.random((count * 14 + 400, 2)) * 2 - 1) * half
        kept = rng.random(len(tried)) < self.likely(what, *self.index(tried))
        tried = tried[kept]
        space = {"trees": 2.8, "bushes": 1.6, "rocks": 1.4}[what]
        square = np.floor((tried + half) / space).astype(np.int64)
        _, first = np.unique(square[:, 0] * 100_000 + square[:, 1], return_index=True)
        tried = tried[np.sort(first)]
        away = tried - self.eye[:2]
        ahead = away @ self.ahead
        aside = np.abs(away @ np.array([-self.ahead[1], self.ahead[0]]))
        clear = {"trees": 15.0, "bushes": 6.0, "rocks": 4.0}[what]
        tried = tried[~((np.hypot(*away.T) < clear * 0.5) | ((ahead > 0) & (ahead < clear * 1.6) & (aside < 0.45 * ahead + 1.5)))]
        return tried[:count]

    def meadow(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Places for grass in front of the camera, denser the nearer."""
        reach = 62.0 * rng.random(count * 3) ** 1.25 + 1.1
        turn = rng.uniform(-1.05, 1.05, count * 3)
        base = np.arctan2(self.ahead[1], self.ahead[0])
        places = self.eye[:2] + np.stack([reach * np.cos(base + turn), reach * np.sin(base + turn)], axis=1)
        places = places[(np.abs(places) < self.brief.size / 2).all(axis=1)]
        rows, columns = self.index(places)
        weight = self.cover.weights[rows, columns]
        good = weight[:, 0] + 0.3 * weight[:, 2] + 0.4 * weight[:, 1] + 0.06
        if self.water.level is not None:
            good = good * (self.heights[rows, columns] > self.water.level + 0.3)
        return places[rng.random(len(places)) < good][:count]


def _nodes(
    what: str, names: tuple[str, ...], places: np.ndarray, field: Field, rng: np.random.Generator, parent: str,
    brief: LandscapeBrief,
) -> list[Node]:  # fmt: skip
    if not len(places):
        return []
    count = len(places)
    patch = field.cover.noise[field.index(places)]
    kind = (rng.random(count) * len(names) + 0.8 * patch).astype(int) % len(names)
    variant = rng.integers(0, VARIANTS, count)
    away = np.hypot(*(places - field.eye[:2]).T)
    grown = what in ("trees", "bushes")
    coarse = np.where(away < NEAR * (1.0 if grown else 0.7), 0, np.where(away < MIDDLE, 1, 2))
    size = {"trees": (0.62, 1.2), "bushes": (0.6, 1.3), "rocks": (0.25, 1.1), "grass": (0.7, 1.25)}[what]
    scale = rng.uniform(*size, count)
    if what == "rocks":
        scale = np.where(rng.random(count) < 0.12 * (0.4 + brief.rocks), scale * rng.uniform(1.8, 4.2, count), scale)
    if any(name in SPECIES for name in names):
        scale *= np.clip(1.0 - 0.35 * field.cover.slope[field.index(places)], 0.6, 1.0)
    sink = 0.05 + (0.06 * scale if what == "rocks" else 0.0)
    yaw = rng.uniform(0, 2 * np.pi, count)
    made = placings(np.column_stack([places, field.height(places) - sink]), yaw, scale)
    meshes: list[Mesh] = []
    keys: dict[tuple[int, int, int], int] = {}
    index = np.empty(count, np.int32)
    for k, key in enumerate(zip(kind.tolist(), variant.tolist(), coarse.tolist(), strict=True)):
        if key not in keys:
            keys[key] = len(meshes)
            meshes.append(plant_mesh(names[key[0]], key[1], key[2]))
        index[k] = keys[key]
    label = "tree" if what == "trees" else ("rock" if names[0] in ROCKS else "plant")
    return [scattered(what.capitalize(), meshes, index, made, parent=parent, label=label)]
