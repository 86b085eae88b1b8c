"""Shoes: an upper lofted from the outline of the sole to a collar and fitted to the foot, a sole with a heel, a lining, laces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..scene import Material, Mesh
from .body import BodyShape
from .cloth import Cloth, Relaxer, add_rings, boundary_loops, join, nearest_vertices, push_out, subdivide, to_mesh
from .fabric import TILE, fabric
from .figure import LEG_BONES, SIDES, Figure

COLUMNS, ROWS = 30, 8
PHASE = 2 * np.pi * (np.arange(COLUMNS) + 0.5) / COLUMNS  # around the sole; column k mirrors column -1 - k
UPPER, SOLE, LACE = 0, 1, 2


@dataclass(frozen=True)
class ShoeCut:
    """Measures in metres for the reference adult."""

    material: str
    sole: float  # thickness under the foot
    welt: float  # how far the sole stands out
    collar: float  # height of the top line at the heel
    throat: float  # how far before the ankle the opening ends
    sole_color: tuple[float, float, float]
    lace_color: tuple[float, float, float]
    toe: float = 0.012  # room before the toes
    heel: float = 0.006  # how far the sole is hollowed before the heel


SHOES = {
    "shoes": ShoeCut("leather", 0.016, 0.0035, 0.066, 0.078, (0.012, 0.01, 0.009), (0.012, 0.01, 0.009), toe=0.017),
    "sneakers": ShoeCut("twill", 0.024, 0.005, 0.068, 0.075, (0.72, 0.72, 0.70), (0.8, 0.8, 0.78), toe=0.012, heel=0.0),
    "boots": ShoeCut("leather", 0.024, 0.005, 0.175, 0.075, (0.02, 0.016, 0.013), (0.05, 0.035, 0.02), toe=0.015, heel=0.010),
}


def shoe(
    shape: BodyShape, figure: Figure, kind: str, color: tuple[float, float, float], rng: np.random.Generator
) -> tuple[Mesh, float, tuple[np.ndarray, np.ndarray]]:
    """A pair of shoes as one mesh, the height (m) below which they hide the foot, and points of their outside with normals."""
    cut = SHOES[kind]
    materials = [
        fabric(kind.capitalize(), cut.material, color, rng),
        fabric("Sole", "rubber", cut.sole_color, rng),
        Material("Laces", base_color=(*cut.lace_color, 1.0), roughness=0.85),
    ]
    pieces, tops, outside = [], [], []
    for side in SIDES:
        last = Last(shape, figure, side, cut)
        upper = last.upper()
        tops.append(last.collar_ring()[:, 2].min())
        outside.append((last.grid.reshape(-1, 3), last.grid_normals))
        pieces += [upper, last.sole(), *last.laces(upper)]
    return (
        to_mesh(kind.capitalize(), join(pieces), materials, TILE),
        float(min(tops)),
        (np.concatenate([o[0] for o in outside]), np.concatenate([o[1] for o in outside])),
    )


class Last:
    """One foot, measured in its own frame: t forwards from the heel, s to the left, z up."""

    def __init__(self, shape: BodyShape, figure: Figure, side: str, cut: ShoeCut) -> None:
        self.cut, self.figure = cut, figure
        pack = shape.pack
        sock = pack.vertex_mask("tights") & (figure.share(figure.weights, LEG_BONES, side) > 0.5)
        ankle, toe = shape.joint(f"foot_{side}"), shape.tails[pack.bone(f"ball_{side}")]
        self.scale = float(ankle[2]) / 0.073
        sock &= shape.vertices[:, 2] < max(0.36 * figure.unit, 3 * ankle[2])
        self.points, self.normals, self.weights = shape.vertices[sock], shape.normals()[sock], figure.weights[sock]
        forward = (toe - ankle) * [1, 1, 0]
        self.forward = (forward / np.linalg.norm(forward)).astype(np.float32)
        self.left = np.cross([0, 0, 1], self.forward).astype(np.float32)
        low = self.points[self.points[:, 2] < 1.1 * ankle[2]]
        self.origin = ankle * [1, 1, 0]
        t, s = self._plan(low)
        room = 0.004 * self.scale
        self.start, self.end = float(t.min()) - room, float(t.max()) + cut.toe * self.scale
        self._measure_width(t, s, low[:, 2])

    def _plan(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Forward and leftward metres of (n, 3) points."""
        away = points - self.origin
        return away @ self.forward, away @ self.left

    def _world(self, t: np.ndarray, s: np.ndarray, z: np.ndarray) -> np.ndarray:
        """(…, 3) points."""
        up = np.array([0, 0, 1], np.float32)
        return (self.origin + t[..., None] * self.forward + s[..., None] * self.left + z[..., None] * up).astype(np.float32)

    def _measure_width(self, t: np.ndarray, s: np.ndarray, z: np.ndarray) -> None:
        """Centre line and half width along the foot, smoothed as a shoemaker's last is."""
        stations = np.linspace(t.min(), t.max(), 17)
        reach = (stations[1] - stations[0]) * 1.1
        near = [np.abs(t - station) < reach for station in stations]
        high, low = np.array([s[n].max() for n in near]), np.array([s[n].min() for n in near])
        for _ in range(2):
            for side in (high, low):
                side[1:-1] = (2 * side[1:-1] + side[:-2] + side[2:]) / 4
        high[-4:] = np.maximum(high[-4:], low[-4:] + 1.3 * (high - low).max() * np.array([0.72, 0.68, 0.62, 0.55]))
        self.stations, self.centre, self.half = stations, (high + low) / 2, (high - low) / 2 + 0.003 * self.scale

    def outline(self, grow: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(COLUMNS,) t and s of the sole's edge, from the heel over the left side to the toe and back; ``grow`` metres wider."""
        phase = PHASE
        start, end = self.start - grow, self.end + grow
        share = (1 - np.cos(phase)) / 2
        t = start + (end - start) * share
        half = np.interp(t, self.stations, self.half) + grow
        half[share > 0.6] = np.minimum(half, np.interp(self.stations[-1], self.stations, self.half) * 1.25 + grow)[share > 0.6]
        rounded = np.minimum(1, 1 - np.clip(1 - share / 0.16, 0, 1) ** 2.2) ** 0.5
        rounded *= np.minimum(1, 1 - np.clip(1 - (1 - share) / 0.2, 0, 1) ** 2.2) ** 0.5
        return t, np.interp(t, self.stations, self.centre) + np.sign(np.sin(phase)) * half * rounded

    def collar_ring(self) -> np.ndarray:
        """(COLUMNS, 3) the top line, in the order of ``outline``."""
        cut, scale = self.cut, self.scale
        phase = PHASE
        height = cut.collar * scale
        tall = cut.collar > 0.1
        at = np.abs(self.points[:, 2] - height) < 0.02 * scale
        t, s = self._plan(self.points[at])
        leg = t < t.min() + 0.115 * scale
        back, front = t.min() - 0.006 * scale, (t[leg].max() + 0.007 * scale if tall else cut.throat * scale)
        half, middle = (s[leg].max() - s[leg].min()) / 2 + 0.005 * scale, (s[leg].max() + s[leg].min()) / 2
        ring_t = (back + front) / 2 - (front - back) / 2 * np.cos(phase)
        ring_s = middle + half * np.sin(phase) * (1 if tall else (1 - 0.25 * np.clip(-np.cos(phase), 0, 1)))
        if tall:
            return self._world(ring_t, ring_s, height + 0 * phase)
        instep = self._top_of_foot(front) + 0.007 * scale
        forward = (1 - np.cos(phase)) / 2
        ring_z = height - 0.012 * scale * np.sin(np.pi * np.clip(forward * 1.4, 0, 1)) + (instep - height) * forward**2.2
        return self._world(ring_t, ring_s, ring_z)

    def _top_of_foot(self, t: float) -> float:
        own_t, own_s = self._plan(self.points)
        near = (
            (np.abs(own_t - t) < 0.012 * self.scale)
            & (np.abs(own_s) < 0.03 * self.scale)
            & (self.points[:, 2] < 0.115 * self.scale)
        )
        return float(self.points[near, 2].max()) if near.any() else 0.08 * self.scale

    def upper(self) -> Cloth:
        """The fitted upper with its lining, subdivided."""
        t, s = self.outline(-0.0005)
        base = self._world(t, s, np.full(COLUMNS, 0.003 * self.scale))
        collar = self.collar_ring()
        rise = np.linspace(0, 1, ROWS)
        plan, lift = 1 - np.cos(rise * np.pi / 2) ** 1.15, np.sin(rise * np.pi / 2) ** 0.9
        if self.cut.collar > 0.1:
            plan, lift = rise**0.55 * 0.6 + 0.4 * rise, rise
        points = base[None] + (collar - base)[None] * plan[:, None, None]
        points[..., 2] = base[None, :, 2] + (collar - base)[None, :, 2] * lift[:, None]
        numbers = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
        here, after = numbers, np.roll(numbers, -1, axis=1)
        quads = np.stack([here[:-1], here[1:], after[1:], after[:-1]], axis=2).reshape(-1, 4)
        cloth = Cloth(points.reshape(-1, 3), quads, np.zeros((points.size // 3, 1), np.float32), uvs=self._upper_uvs(points))
        cloth = self._fit(cloth)
        self.grid, self.grid_normals = cloth.vertices.reshape(ROWS, COLUMNS, 3), cloth.normals()
        fine = subdivide(replace(cloth, weights=self._weights(cloth)))
        top = max(boundary_loops(fine.quads), key=lambda loop: fine.vertices[loop, 2].mean())
        middle = fine.vertices[top].mean(axis=0)
        inwards = (middle - fine.vertices[top]) * [1, 1, 0]
        inwards /= np.linalg.norm(inwards, axis=1, keepdims=True)
        ring, down, k = fine.vertices[top], np.array([0, 0, -1]), self.scale
        rings = [
            ring + 0.0015 * k * inwards - 0.0012 * k * down,
            ring + 0.0035 * k * inwards,
            ring + 0.003 * k * inwards + 0.016 * k * down,
        ]
        return add_rings(fine, top, [r.astype(np.float32) for r in rings], UPPER)

    def _upper_uvs(self, points: np.ndarray) -> np.ndarray:
        around = np.linalg.norm(np.roll(points[0], -1, axis=0) - points[0], axis=1)
        u = np.concatenate([[0], np.cumsum(around)]).astype(np.float32)
        v = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=2).mean(axis=1))]).astype(np.float32)
        uvs = np.zeros((ROWS - 1, COLUMNS, 4, 2), np.float32)
        uvs[..., 0] = np.stack([u[:-1], u[:-1], u[1:], u[1:]], axis=1)[None]
        uvs[..., 1] = np.stack([v[:-1], v[1:], v[1:], v[:-1]], axis=1)[:, None]
        return uvs.reshape(-1, 4, 2)

    def _fit(self, cloth: Cloth) -> Cloth:
        """Pulls the upper to a few millimetres from the sock and smooths it, in turns; base and top line stay."""
        relaxer = Relaxer(cloth.quads, len(cloth.vertices))
        free = ~relaxer.rim[:, None]
        vertices, k = cloth.vertices.copy(), self.scale
        row = np.arange(len(vertices)) // COLUMNS
        t, _ = self._plan(vertices)
        toe = np.clip((t - (self.end - 0.05 * k)) / (0.04 * k), 0, 1)  # the toe box keeps its own shape
        slack = (0.006 + 0.014 * toe + 0.004 * (row < 3)) * k
        for turn in range(8):
            nearest = nearest_vertices(vertices, self.points)
            height = ((vertices - self.points[nearest]) * self.normals[nearest]).sum(axis=1)
            move = np.clip(0.0045 * k - height, 0, 0.03) - 0.6 * np.clip(height - slack, 0, 0.02)
            vertices += free * (move[:, None] * self.normals[nearest]).astype(np.float32)
            if turn < 7:
                vertices += free * 0.5 * (relaxer.average(vertices) - vertices)
        vertices[-COLUMNS:] = push_out(vertices[-COLUMNS:], self.points, self.normals, 0.004 * k)  # the top line clears the ankle
        return replace(cloth, vertices=vertices.astype(np.float32))

    def _weights(self, cloth: Cloth) -> np.ndarray:
        """(n, B) weights of the foot beneath, smoothed."""
        relaxer = Relaxer(cloth.quads, len(cloth.vertices))
        weights = self.weights[nearest_vertices(cloth.vertices, self.points)]
        used = np.flatnonzero(weights.any(axis=0))
        for _ in range(3):
            weights[:, used] = (weights[:, used] + relaxer.average(weights[:, used])) / 2
        return weights / weights.sum(axis=1, keepdims=True)

    def sole(self) -> Cloth:
        """Wall and bottom of the sole, hollowed before the heel."""
        cut, scale = self.cut, self.scale
        rings = []
        thick = cut.sole * scale
        for grow, height in (
            (0.0, 0.0075),
            (cut.welt, 0.006),
            (cut.welt, 0.0035),
            (cut.welt * 0.8, 0.0),
            (cut.welt * 0.75, -0.5 * cut.sole),
            (cut.welt * 0.9, -0.9 * cut.sole),
            (cut.welt * 0.5, -cut.sole),
        ):
            t, s = self.outline(grow * scale)
            share = (t - self.start) / (self.end - self.start)
            spring = 0.012 * scale * np.clip((share - 0.78) / 0.22, 0, 1) ** 2  # the toe lifts off the ground
            hollow = cut.heel * scale * np.exp(-(((share - 0.4) / 0.09) ** 2))
            depth = np.clip(-height * scale / thick, 0, 1)
            rings.append(self._world(t, s, height * scale + (spring + hollow) * depth))
        numbers = np.arange(len(rings) * COLUMNS).reshape(len(rings), COLUMNS)
        here, after = numbers, np.roll(numbers, -1, axis=1)
        wall = np.stack([after[:-1], after[1:], here[1:], here[:-1]], axis=2).reshape(-1, 4)
        last, k = numbers[-1], np.arange(COLUMNS // 2 - 1)
        bottom = np.stack([last[k], last[k + 1], last[-2 - k], last[-1 - k]], axis=1)
        points = np.concatenate(rings)
        cloth = Cloth(points, np.concatenate([wall, bottom]).astype(np.int32), np.zeros((len(points), 1), np.float32))
        t, s = self._plan(cloth.vertices)
        flat = np.stack([t, s + cloth.vertices[:, 2]], axis=1).astype(np.float32)
        return replace(
            cloth, weights=self._weights(cloth), uvs=flat[cloth.quads], material=np.full(len(cloth.quads), SOLE, np.int32)
        )

    def laces(self, upper: Cloth) -> list[Cloth]:
        """Bars across the instep, each a bent square tube, lying on the upper."""
        middle = COLUMNS // 2
        bars = []
        low = 4 if self.cut.collar < 0.1 else 2
        for row in np.linspace(low, ROWS - 1.35, 5 if self.cut.collar < 0.1 else 6):
            under, rest = int(row), row - int(row)
            columns = [(middle + k) % COLUMNS for k in (-3, -2, -1, 0, 1, 2)]
            line = self.grid[under, columns] * (1 - rest) + self.grid[min(under + 1, ROWS - 1), columns] * rest
            bars.append(self._tube(line, 0.0022 * self.scale))
        return bars

    def _tube(self, line: np.ndarray, radius: float) -> Cloth:
        """A four-sided tube along (k, 3) points, raised above the sock below it."""
        nearest = nearest_vertices(line, self.points)
        out = self.normals[nearest].mean(axis=0)
        out /= np.linalg.norm(out)
        along = np.gradient(line, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        side = np.cross(along, out)
        side /= np.linalg.norm(side, axis=1, keepdims=True)
        rise = np.full(len(line), 0.9)
        rise[[0, -1]] = -0.8
        middle = line + (radius * rise)[:, None] * out
        corners = [middle + radius * (1.6 * a * side + b * out) for a, b in ((-1, 0), (0, 1), (1, 0), (0, -1))]
        points = np.stack(corners, axis=1).reshape(-1, 3).astype(np.float32)
        numbers = np.arange(len(points)).reshape(-1, 4)
        after = np.roll(numbers, -1, axis=1)
        quads = np.stack([numbers[:-1], after[:-1], after[1:], numbers[1:]], axis=2).reshape(-1, 4).astype(np.int32)
        weights = self.weights[nearest]
        return Cloth(points, quads, np.repeat(weights, 4, axis=0), np.full(len(quads), LACE, np.int32))
