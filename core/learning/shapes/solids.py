"""The few solids that training shapes are put together from. Triangle soup is fine here: only points are taken from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

Color = tuple[float, float, float]


@dataclass
class Solid:
    """``vertices`` (V, 3) metres, ``triangles`` (T, 3), one linear RGB ``color``; ``part`` names what it is of the whole, or ""."""

    vertices: np.ndarray
    triangles: np.ndarray
    color: Color
    part: str = ""

    def called(self, part: str) -> Solid:
        """The same, as that part of the whole."""
        return replace(self, part=part)

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        return replace(self, vertices=self.vertices + np.array([x, y, z]))

    def turned(self, angle: float, axis: int = 2) -> Solid:
        """Turned about a main axis through the origin by ``angle`` radians."""
        cosine, sine = np.cos(angle), np.sin(angle)
        a, b = [other for other in range(3) if other != axis]
        rotation = np.eye(3)
        rotation[a, a] = rotation[b, b] = cosine
        rotation[a, b], rotation[b, a] = -sine, sine
        return replace(self, vertices=self.vertices @ rotation.T)


def prism(outline: np.ndarray, height: float, color: Color, taper: float = 1.0) -> Solid:
    """A convex or star-shaped (K, 2) outline raised from z = 0 by ``height``; the top is scaled by ``taper``."""
    count = len(outline)
    centre = outline.mean(axis=0)
    top = centre + (outline - centre) * taper
    vertices = np.vstack([np.c_[outline, np.zeros(count)], np.c_[top, np.full(count, height)], [[*centre, 0.0], [*centre, height]]])
    here = np.arange(count)
    ahead = (here + 1) % count
    sides = np.vstack([np.c_[here, ahead, ahead + count], np.c_[here, ahead + count, here + count]])
    caps = np.vstack(
        [np.c_[ahead, here, np.full(count, 2 * count)], np.c_[here + count, ahead + count, np.full(count, 2 * count + 1)]]
    )
    return Solid(vertices, np.vstack([sides, caps]), color)


def polygon(sides: int, radius: float, turn: float = 0.0) -> np.ndarray:
    """(sides, 2) regular outline, counter-clockwise."""
    angle = np.arange(sides) * 2 * np.pi / sides + turn
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def box(width: float, depth: float, height: float, color: Color, taper: float = 1.0) -> Solid:
    """Standing on z = 0, centred in x and y."""
    x, y = width / 2, depth / 2
    return prism(np.array([[-x, -y], [x, -y], [x, y], [-x, y]]), height, color, taper)


def lathe(profile: list[tuple[float, float]], color: Color, segments: int = 16) -> Solid:
    """A profile of (radius, z) turned about z; give it closed at both ends (radius 0) for a closed solid."""
    radius, height = np.array(profile, float).T
    angle = np.arange(segments) * 2 * np.pi / segments
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    vertices = np.concatenate([np.c_[ring * r, np.full(segments, z)] for r, z in zip(radius, height, strict=True)])
    row, here = np.meshgrid(np.arange(len(profile) - 1) * segments, np.arange(segments), indexing="ij")
    ahead = (here + 1) % segments
    quads = np.stack([row + here, row + ahead, row + segments + ahead, row + segments + here], axis=-1).reshape(-1, 4)
    return Solid(vertices, np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]), color)


def cylinder(radius: float, height: float, color: Color, top: float | None = None, segments: int = 14) -> Solid:
    """Standing on z = 0; ``top`` is the upper radius."""
    return lathe([(0, 0), (radius, 0), (radius if top is None else top, height), (0, height)], color, segments)


def ellipsoid(size: tuple[float, float, float], color: Color, rough: float = 0.0, rng: np.random.Generator | None = None) -> Solid:
    """Centred at the origin; ``rough`` moves every vertex along its radius by that share (a rock, a crown of leaves)."""
    rings, segments = 8, 12
    angle = np.linspace(0, np.pi, rings)
    solid = lathe([(np.sin(a), -np.cos(a)) for a in angle], color, segments)
    if rough and rng is not None:
        low = rng.normal(size=(4, 3))
        wave = np.tanh(solid.vertices @ low.T).mean(axis=1)
        solid.vertices = solid.vertices * (1 + rough * (wave + 0.3 * rng.normal(size=len(wave))))[:, None]
    solid.vertices = solid.vertices * (np.array(size) / 2)
    return solid


def rod(
    start: tuple[float, float, float], end: tuple[float, float, float], radius: float, color: Color, tip: float | None = None
) -> Solid:
    """A round bar between two points."""
    first, axis = np.array(start, float), np.subtract(end, start).astype(float)
    length = float(np.linalg.norm(axis))
    along = axis / max(length, 1e-9)
    across = np.cross(along, [0.0, 0.0, 1.0] if abs(along[2]) < 0.9 else [1.0, 0.0, 0.0])
    across /= np.linalg.norm(across)
    upright = cylinder(radius, length, color, tip, 8)
    basis = np.stack([across, np.cross(along, across), along], axis=1)
    return Solid(first + upright.vertices @ basis.T, upright.triangles, color)


def sheet(width: float, height: float, color: Color, bend: np.ndarray, thickness: float = 0.02) -> Solid:
    """A hanging cloth in the x-z plane from z = 0 down, bent out of it by ``bend`` (rows, columns) metres."""
    rows, columns = bend.shape
    x, z = np.meshgrid(np.linspace(-width / 2, width / 2, columns), np.linspace(0, -height, rows))
    front = np.stack([x, bend - thickness / 2, z], axis=-1).reshape(-1, 3)
    back = front + [0, thickness, 0]
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    quads = np.stack([corner, corner + 1, corner + columns + 1, corner + columns], axis=1)
    triangles = np.vstack([quads[:, [0, 2, 1]], quads[:, [0, 3, 2]]])
    return Solid(np.vstack([front, back]), np.vstack([triangles, triangles[:, ::-1] + len(front)]), color)


def height_field(outline_radius: float, height: np.ndarray, color: Color, hexagonal: bool) -> Solid:
    """A tile of ground: a (N, N) grid of heights over a square, or squeezed onto a hexagon, with skirts down to z = 0."""
    count = len(height)
    u, v = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count))
    if hexagonal:
        angle = np.arctan2(v, u)
        reach = np.maximum(abs(u), abs(v))
        edge = np.cos(np.pi / 6) / np.cos((angle % (np.pi / 3)) - np.pi / 6)
        u, v = reach * edge * np.cos(angle), reach * edge * np.sin(angle)
    top = np.stack([u * outline_radius, v * outline_radius, height], axis=-1).reshape(-1, 3)
    bottom = top * [1, 1, 0]
    corner = (np.arange(count - 1)[:, None] * count + np.arange(count - 1)).ravel()
    quads = np.stack([corner, corner + 1, corner + count + 1, corner + count], axis=1)
    surface = np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    grid = np.arange(count * count).reshape(count, count)
    rim = np.concatenate([grid[0, :-1], grid[:-1, -1], grid[-1, :0:-1], grid[:0:-1, 0]])
    ahead, under = np.roll(rim, -1), len(top)
    skirt = np.vstack([np.c_[rim, rim + under, ahead + under], np.c_[rim, ahead + under, ahead]])
    return Solid(np.vstack([top, bottom]), np.vstack([surface, skirt, surface[:, ::-1] + under]), color)
