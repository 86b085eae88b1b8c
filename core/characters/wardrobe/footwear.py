"""Footwear: socks, shoes, sneakers, boots and sandals.

A shoe's upper is lofted from the outline of the sole to a collar and fitted to the foot; panels (toe cap, heel counter, lacing)
stand a millimetre over it. It has a tongue, laces, a lining, and a sole with a heel. Sandals are a footbed and straps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...scene import Material
from ..body import BodyShape
from ..cloth import Cloth, Relaxer, add_rings, boundary_loops, cut, join, nearest_vertices, push_out, subdivide, to_mesh
from ..fabric import TILE, fabric
from ..figure import LEG_BONES, SIDES, Figure
from .lowers import leg_height
from .patterns import SOCKS
from .tailor import HIDE_MARGIN, SKIN_GAP, Tailor, Wish

COLUMNS, ROWS = 30, 8
PHASE = 2 * np.pi * (np.arange(COLUMNS) + 0.5) / COLUMNS  # around the sole; column k mirrors column -1 - k
UPPER, SOLE, LACE, PANEL = 0, 1, 2, 3
STRAPS = ((0.06, 0.016), (-0.005, 0.014))  # sandals: metres before the ankle, half width


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
    "shoes": ShoeCut("leather", 0.017, 0.003, 0.064, 0.070, (0.012, 0.01, 0.009), (0.012, 0.01, 0.009), toe=0.019, heel=0.009),
    "sneakers": ShoeCut("twill", 0.024, 0.004, 0.066, 0.068, (0.72, 0.72, 0.70), (0.8, 0.8, 0.78), toe=0.012, heel=0.0),
    "boots": ShoeCut("leather", 0.026, 0.0045, 0.165, 0.075, (0.02, 0.016, 0.013), (0.05, 0.035, 0.02), toe=0.015, heel=0.013),
    "sandals": ShoeCut("leather", 0.016, 0.002, 0.05, 0.07, (0.05, 0.035, 0.022), (0.05, 0.035, 0.02), toe=0.006, heel=0.004),
}


def socks(tailor: Tailor, kind: str, wish: Wish) -> None:
    """A pair of socks to the ankle, the calf or the knee."""
    top = leg_height(tailor, SOCKS[kind])
    figure = tailor.figure

    def outside(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return np.where(tailor.leg_share(weights) > 0.5, points[:, 2] - top, 1.0)

    cloth, _ = cut(tailor.tights, outside(tailor.tights.vertices, tailor.tights.weights))
    cloth = tailor.settle(cloth, cloth.vertices + np.float32(0.0025 - SKIN_GAP) * cloth.normals(), 0.0)
    material = tailor.cloth("Socks", "rib", wish)
    finished = cloth
    for loop in boundary_loops(cloth.quads):
        finished = tailor.ribbed(finished, loop, 0.02 * tailor.unit, 0.0006)
    finished = replace(finished, material=np.zeros(len(finished.quads), np.int32))
    # Under a shoe the sock is the skin: it may be hidden only where it is not the outermost.
    tailor.hidden |= tailor.body & (outside(tailor.shape.vertices, figure.weights) < -0.5 * HIDE_MARGIN * tailor.unit)
    tailor.add("Socks", cloth, finished, [material])


def shoes(tailor: Tailor, kind: str, color: tuple[float, float, float]) -> None:
    """A pair of shoes of one of ``SHOES``; closed ones hide the foot."""
    cut_ = SHOES[kind]
    shade = np.asarray(color, np.float32)
    panel = np.clip(shade * (0.72 if shade.mean() > 0.05 else 1.6) + (0.004 if kind == "sneakers" else 0.0), 0, 0.85)
    materials = [
        fabric(kind.capitalize(), cut_.material, color, tailor.rng),
        fabric("Sole", "rubber", cut_.sole_color, tailor.rng),
        Material("Laces", base_color=(*cut_.lace_color, 1.0), roughness=0.85),
        fabric("Panels", "leather", (float(panel[0]), float(panel[1]), float(panel[2])), tailor.rng),
    ]
    lasts = [Last(tailor.shape, tailor.figure, side, cut_, tailor.fine) for side in SIDES]
    if kind == "sandals":
        pieces = [piece for last in lasts for piece in (last.sole(), *last.straps())]
        tailor.meshes.append(to_mesh("Sandals", join(pieces), materials[:2], TILE))
        return
    pieces, tops = [], []
    for last in lasts:
        upper = last.upper()
        tops.append(float(last.collar_ring()[:, 2].min()))
        pieces += [upper, last.sole(), *last.laces()]
    points, normals = (np.concatenate(part) for part in zip(*(last.outside() for last in lasts), strict=True))
    tailor.layers.append((points, normals))
    tailor.meshes.append(to_mesh(kind.capitalize(), join(pieces), materials, TILE))
    feet = tailor.leg_share(tailor.figure.weights) > 0.5
    tailor.hidden |= tailor.body & feet & (tailor.shape.vertices[:, 2] < min(tops) - 0.5 * HIDE_MARGIN * tailor.unit)


class Last:
    """One foot, measured in its own frame: t forwards from the heel, s to the left, z up."""

    def __init__(self, shape: BodyShape, figure: Figure, side: str, cut: ShoeCut, fine: bool = True) -> None:
        self.cut, self.figure, self.side, self.fine = cut, figure, side, fine
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

    def outside(self) -> tuple[np.ndarray, np.ndarray]:
        """Points of the fitted upper and their normals."""
        return self.grid.reshape(-1, 3), self.grid_normals

    def upper(self) -> Cloth:
        """The fitted upper with its panels and lining, subdivided."""
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
        weighted = replace(cloth, weights=self._weights(cloth))
        fine = self._panelled(subdivide(weighted) if self.fine else weighted)
        top = max(boundary_loops(fine.quads), key=lambda loop: fine.vertices[loop, 2].mean())
        middle = fine.vertices[top].mean(axis=0)
        inwards = (middle - fine.vertices[top]) * [1, 1, 0]
        inwards /= np.linalg.norm(inwards, axis=1, keepdims=True)
        ring, down, k = fine.vertices[top], np.array([0, 0, -1]), self.scale
        rings = [  # a padded collar, and the lining down to the foot
            ring - 0.0016 * k * inwards - 0.0016 * k * down,
            ring + 0.0008 * k * inwards - 0.0034 * k * down,
            ring + 0.0034 * k * inwards - 0.0014 * k * down,
            ring + 0.0034 * k * inwards + 0.016 * k * down,
        ]
        return add_rings(fine, top, [r.astype(np.float32) for r in rings], PANEL)

    def _panelled(self, cloth: Cloth) -> Cloth:
        """Toe cap, heel counter and lacing as panels that stand off the upper, and the tongue between them, sunk in."""
        assert cloth.uvs is not None
        rise, around = cloth.uvs[..., 1].mean(axis=1), cloth.uvs[..., 0].mean(axis=1)
        rise = rise / rise.max()
        toe = np.abs(around / around.max() - 0.5) * 2  # 0 at the toe, 1 at the heel
        tall = self.cut.collar > 0.1
        cap = (toe < 0.3) & (rise < 0.42)
        counter = (toe > 0.82) & (rise < (0.45 if tall else 0.8))
        low, end = (0.36, 0.3) if tall else (0.56, 0.34)
        tongue = (toe < 0.10) & (rise > low)
        lacing = (toe >= 0.10) & (toe < end) & (rise > low - 0.06)
        raised = cap | counter | lacing
        height = np.where(raised, 0.0012, np.where(tongue, -0.0008, 0.0)) * self.scale
        total = np.bincount(cloth.quads.ravel(), np.repeat(height, 4), len(cloth.vertices))
        mean = total / np.maximum(np.bincount(cloth.quads.ravel(), minlength=len(cloth.vertices)), 1)
        material = np.where(raised | tongue, PANEL, UPPER).astype(np.int32)
        return replace(cloth, vertices=(cloth.vertices + mean[:, None] * cloth.normals()).astype(np.float32), material=material)

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
        profile = (
            (0.0, 0.0075),
            (cut.welt, 0.006),
            (cut.welt, 0.0035),
            (cut.welt * 0.8, 0.0),
            (cut.welt * 0.75, -0.5 * cut.sole),
            (cut.welt * 0.9, -0.9 * cut.sole),
            (cut.welt * 0.5, -cut.sole),
        )
        for grow, height in profile if self.fine else (profile[0], profile[2], profile[5], profile[6]):
            t, s = self.outline(grow * scale)
            share = (t - self.start) / (self.end - self.start)
            spring = 0.012 * scale * np.clip((share - 0.78) / 0.22, 0, 1) ** 2  # the toe lifts off the ground
            hollow = cut.heel * scale * np.clip((share - 0.27) / 0.04, 0, 1) * np.clip((0.66 - share) / 0.2, 0, 1)
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

    def laces(self) -> list[Cloth]:
        """Laces over the tongue: bars on shoes, crossed on sneakers and boots; each a bent square tube lying on the upper. Low
        budgets do without."""
        if not self.fine:
            return []
        middle, tall = COLUMNS // 2, self.cut.collar > 0.1
        low, count = (2.2, 7) if tall else (4.0, 5)
        crossed = 0.0 if self.cut.material == "leather" and not tall else 0.55
        bars = []
        for row in np.linspace(low, ROWS - (1.2 if tall else 1.3), count):
            for way in (-1.0, 1.0) if crossed else (0.0,):
                offsets = np.linspace(-2.1, 2.1, 6) - 0.5
                rows = np.clip(row + way * crossed * np.linspace(-0.5, 0.5, 6), 0, ROWS - 1.001)
                bars.append(self._tube(self._on_grid(rows, middle + offsets), 0.0019 * self.scale))
        return bars

    def _on_grid(self, row: np.ndarray, column: np.ndarray) -> np.ndarray:
        """(k, 3) points of the fitted upper at fractions of its rows and columns."""
        i, j = np.minimum(row.astype(int), ROWS - 2), np.floor(column).astype(int)
        fi, fj = (row - i)[:, None], (column - j)[:, None]
        j, after = j % COLUMNS, (j + 1) % COLUMNS
        lower = self.grid[i, j] * (1 - fj) + self.grid[i, after] * fj
        upper = self.grid[i + 1, j] * (1 - fj) + self.grid[i + 1, after] * fj
        return (lower * (1 - fi) + upper * fi).astype(np.float32)

    def straps(self) -> list[Cloth]:
        """A sandal's straps: over the toes' roots, over the instep, and around the heel and the ankle."""
        skin = self._foot_skin()
        bands = [self._over(skin, forward * self.scale, half * self.scale) for forward, half in STRAPS]
        return [*bands, self._around(skin, 0.075 * self.scale, 0.007 * self.scale)]

    def _foot_skin(self) -> np.ndarray:
        """(n, 3) forward, left and height of the bare foot."""
        shape = self.figure.shape
        foot = shape.pack.vertex_mask("body") & (self.figure.share(self.figure.weights, LEG_BONES, self.side) > 0.5)
        points = shape.vertices[foot & (shape.vertices[:, 2] < 0.14 * self.scale)]
        t, s = self._plan(points)
        return np.stack([t, s, points[:, 2]], axis=1)

    def _over(self, skin: np.ndarray, forward: float, half: float) -> Cloth:
        """A strap from one edge of the sole over the foot to the other."""
        rows = []
        for t in (forward - half, forward, forward + half):
            near = skin[np.abs(skin[:, 0] - t) < 0.012 * self.scale]
            middle = (near[:, 1].min() + near[:, 1].max()) / 2
            turn = np.linspace(0, np.pi, 15)
            ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
            support = ((near[:, 1:] - [middle, 0]) @ ways.T).max(axis=0)
            between = np.cos(turn[:, None] - turn[None])
            reach = np.where(between > 0.3, support[None] / np.maximum(between, 0.3), np.inf).min(axis=1) + 0.0022 * self.scale
            line = reach[:, None] * ways
            rows.append(self._world(np.full(15, t), middle + line[:, 0], np.maximum(line[:, 1], -0.002)))
        return self._strap(np.stack(rows))

    def _around(self, skin: np.ndarray, height: float, half: float) -> Cloth:
        """A strap around the ankle, level but for the front, which lies higher."""
        rows = []
        for z in (height - half, height, height + half):
            near = skin[np.abs(skin[:, 2] - z) < 0.012 * self.scale]
            centre = np.array([near[:, 0].min() + 0.04 * self.scale, near[:, 1].mean()])
            near = near[near[:, 0] < near[:, 0].min() + 0.1 * self.scale]
            turn = np.linspace(0, 2 * np.pi, 25)
            ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
            support = ((near[:, :2] - centre) @ ways.T).max(axis=0)
            between = np.cos(turn[:, None] - turn[None])
            reach = np.where(between > 0.3, support[None] / np.maximum(between, 0.3), np.inf).min(axis=1) + 0.002 * self.scale
            place = centre + reach[:, None] * ways
            rows.append(self._world(place[:, 0], place[:, 1], z + 0.012 * self.scale * np.cos(turn)))
        return self._strap(np.stack(rows))

    def _strap(self, rows: np.ndarray) -> Cloth:
        """Leather along (3, k, 3) points: its edges turned towards the foot."""
        middle = rows[1]
        inwards = middle.mean(axis=0) - middle
        inwards /= np.linalg.norm(inwards, axis=1, keepdims=True)
        thick = 0.0018 * self.scale
        lines = [rows[0] + thick * inwards, rows[0] - 0.3 * thick * inwards, middle - thick * inwards]
        lines += [rows[2] - 0.3 * thick * inwards, rows[2] + thick * inwards]
        points = self._on_skin(np.stack(lines), thick * np.array([0.2, 0.5, 1.0, 0.5, 0.2])[:, None]).astype(np.float32)
        numbers = np.arange(points.shape[0] * points.shape[1]).reshape(points.shape[:2])
        quads = np.stack([numbers[:-1, :-1], numbers[1:, :-1], numbers[1:, 1:], numbers[:-1, 1:]], axis=2).reshape(-1, 4)
        flat = points.reshape(-1, 3)
        a, b, c, d = (flat[quads[:, k]] for k in range(4))
        outward = np.repeat(-inwards[None, :-1], 4, axis=0).reshape(-1, 3)
        if (np.cross(c - a, d - b) * outward).sum() < 0:
            quads = quads[:, ::-1]
        cloth = Cloth(flat, quads.astype(np.int32), np.zeros((len(flat), 1), np.float32))
        run = np.linalg.norm(np.diff(middle, axis=0, prepend=middle[:1]), axis=1).cumsum()
        uv = np.stack(np.broadcast_arrays(run[None], np.arange(5)[:, None] * 0.006), axis=2).reshape(-1, 2).astype(np.float32)
        return replace(cloth, weights=self._weights(cloth), uvs=uv[cloth.quads])

    def _on_skin(self, points: np.ndarray, least: np.ndarray) -> np.ndarray:
        """(k, n, 3) points of a strap, those nearer to the skin than ``least`` (k, 1) metres raised to it."""
        for _ in range(3):  # raised points may come under another bulge
            nearest = nearest_vertices(points.reshape(-1, 3), self.points).reshape(points.shape[:2])
            over = ((points - self.points[nearest]) * self.normals[nearest]).sum(axis=2)
            points = points + np.clip(least - over, 0, 0.02 * self.scale)[..., None] * self.normals[nearest]
        return points

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
