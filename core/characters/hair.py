"""Hair: strands combed over the skull, made into cards with a painted alpha atlas, over a cap that hides the scalp.

``grow(shape, brief, rng) -> list[Mesh]``: "Hair", "Brows" and "Beard", as the brief asks; at most 20,000 triangles.

A strand is a line of points that follows a flow field (parting, side, back, gravity) and is kept near the skull: the skull is
a radius for every direction from its centre, so a strand can neither sink in nor stand off further than its own layer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene import Material, Mesh, Skin
from .body import BodyShape
from .brief import CharacterBrief
from .cloth import nearest_vertices
from .fabric import opaque
from .haircards import Strands, atlas, cap, cards, weights
from .head import Head, beard, behind_hairline, brow_height, measure, scalp


@dataclass(frozen=True)
class Style:
    """Lengths in metres for an adult head; ``lift`` is how far the outer layer stands off the skull."""

    count: int
    steps: int
    top: float
    side: float
    back: float
    lift: float
    width: float
    part: float  # eye distances to the left of the middle
    curl: float = 0.0
    core: float = 0.18  # how high the cap stands, over the lift
    limit: float = -99.0  # lowest point of the strands, eye distances over the eyes


STYLES = {
    "short": Style(1100, 4, 0.062, 0.030, 0.030, 0.011, 0.0085, 0.5),
    "curly": Style(1300, 4, 0.060, 0.050, 0.048, 0.026, 0.011, 0.1, curl=1.0),
    "bob": Style(640, 8, 0.270, 0.200, 0.185, 0.012, 0.0125, 0.25, limit=-1.72),
    "long": Style(700, 10, 0.430, 0.380, 0.370, 0.013, 0.0135, 0.15),
    "afro": Style(1500, 4, 0.050, 0.046, 0.046, 0.058, 0.0085, 0.0, curl=1.6, core=0.45),
}
TIED = ("ponytail", "bun")


def grow(shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> list[Mesh]:
    """Hair, brows and beard of a brief, skinned to the head (long hair partly to neck and chest)."""
    groom = Groom(shape, brief, rng)
    meshes = [] if brief.hair == "bald" else [groom.hair()]
    meshes.append(groom.brows())
    if brief.beard in ("beard", "moustache"):
        meshes.append(groom.beard())
    return meshes


class Skull:
    """Radius of the head in every direction from the middle of the skull, in metres, smoothed; ears do not count."""

    ROWS, COLUMNS = 36, 72

    def __init__(self, shape: BodyShape, head: Head) -> None:
        solid = (head.share > 0.25) & (head.ears < 0.2)
        self.centre = (head.origin + head.skull * head.unit).astype(np.float32)
        row, column, radius = self._polar(shape.vertices[solid])
        grid = np.zeros((self.ROWS, self.COLUMNS))
        np.maximum.at(grid, (np.round(row).astype(int), np.round(column).astype(int) % self.COLUMNS), radius)
        for _ in range(12):
            near = [np.roll(grid, 1, 1), np.roll(grid, -1, 1), np.vstack([grid[:1], grid[:-1]]), np.vstack([grid[1:], grid[-1:]])]
            grid = np.where(grid > 0, grid, sum(near) / np.maximum(sum(n > 0 for n in near), 1))
        for _ in range(4):
            grid = (2 * grid + np.roll(grid, 1, 1) + np.roll(grid, -1, 1)) / 4
            grid[1:-1] = (2 * grid[1:-1] + grid[:-2] + grid[2:]) / 4
        self.grid = grid

    def _polar(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        away = points - self.centre
        radius = np.linalg.norm(away, axis=-1)
        row = np.arccos(np.clip(away[..., 2] / np.maximum(radius, 1e-9), -1, 1)) / np.pi * (self.ROWS - 1)
        return row, np.arctan2(away[..., 0], -away[..., 1]) / (2 * np.pi) % 1 * self.COLUMNS, radius

    def radius(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Radius of the skull towards (…, 3) points, and the points' own distance from the centre."""
        row, column, own = self._polar(points)
        k, j = np.minimum(row.astype(int), self.ROWS - 2), column.astype(int) % self.COLUMNS
        fk, fj, after = row - k, column - np.floor(column), (j + 1) % self.COLUMNS
        upper = self.grid[k, j] * (1 - fj) + self.grid[k, after] * fj
        lower = self.grid[k + 1, j] * (1 - fj) + self.grid[k + 1, after] * fj
        return upper * (1 - fk) + lower * fk, own


class Groom:
    """One head at the hairdresser's."""

    def __init__(self, shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> None:
        self.shape, self.brief, self.rng = shape, brief, rng
        self.head = measure(shape.pack, shape.vertices)
        self.skull = Skull(shape, self.head)
        self.unit = self.head.unit
        self.size = self.unit / 0.062  # over the adult's head
        self.scalp = scalp(self.head)
        self.normals = shape.normals()
        self.left_handed = 1.0 if rng.random() < 0.5 else -1.0  # on which side the parting is

    # ---- roots --------------------------------------------------------------------------------------------------------------

    def roots(self, count: int, density: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(count, 3) points on the skin drawn by ``density`` (V,), their normals, and the density there (count,)."""
        pack = self.shape.pack
        quads = pack.faces[pack.face_mask("body")].astype(np.int64)
        weight = density[quads].mean(axis=1)
        quads, weight = quads[weight > 0.12], weight[weight > 0.12]
        a, b, c, d = (self.shape.vertices[quads[:, k]] for k in range(4))
        area = np.linalg.norm(np.cross(c - a, d - b), axis=1) * weight
        # Systematic sampling spreads the roots evenly, unlike independent draws.
        stations = (np.arange(count) + self.rng.random(count)) / count
        chosen = np.minimum(np.searchsorted(np.cumsum(area) / area.sum(), stations), len(quads) - 1)
        u, v = self.rng.random((2, count, 1))
        shares = [(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v]
        points = sum(share * self.shape.vertices[quads[chosen, k]] for k, share in enumerate(shares))
        normals = sum(share * self.normals[quads[chosen, k]] for k, share in enumerate(shares))
        return points.astype(np.float32), normals / np.linalg.norm(normals, axis=1, keepdims=True), weight[chosen]

    def local(self, points: np.ndarray) -> np.ndarray:
        """Eye distances from between the eyes."""
        return (points - self.head.origin) / self.unit

    # ---- hair ---------------------------------------------------------------------------------------------------------------

    def hair(self) -> Mesh:
        """The whole head of hair as one mesh with one material."""
        brief = self.brief
        material = atlas("Hair", brief.hair_color, self.rng, curl=STYLES[brief.hair].curl if brief.hair in STYLES else 0.0)
        if brief.hair == "buzz":
            parts = [cap(self.shape, self.head, self.scalp, 0.0022 * self.size)]
        elif brief.hair in TIED:
            parts = [cap(self.shape, self.head, self.scalp, 0.003 * self.size), *self._tied()]
        else:
            style = STYLES[brief.hair]
            parts = [cap(self.shape, self.head, self.scalp, (0.002 + style.core * style.lift) * self.size), self._combed(style)]
        return self._mesh("Hair", parts, material)

    def _mesh(self, name: str, parts: list[Strands], material: Material) -> Mesh:
        starts = np.cumsum([0] + [len(part.vertices) for part in parts[:-1]])
        vertices = np.concatenate([part.vertices for part in parts])
        quads = np.concatenate([part.quads + start for part, start in zip(parts, starts, strict=True)])
        normals = np.concatenate([part.normals for part in parts])
        return Mesh.from_faces(
            name,
            vertices,
            quads.astype(np.int32),
            uvs=np.concatenate([part.uvs for part in parts]).reshape(-1, 2),
            normals=normals[quads.ravel()].astype(np.float32),
            materials=[material],
            material_index=np.zeros(len(quads), np.int32),
            smooth=np.ones(len(quads), bool),
            sharp_angle=3.2,
            skin=weights(self.shape, vertices),
            part_names=[name],
            part=np.zeros(len(quads), np.int32),
        )

    def _combed(self, style: Style) -> Strands:
        """Strands that follow the flow field of a style."""
        rng, count = self.rng, style.count
        root, normal, _ = self.roots(count, self.scalp * self._dense_front())
        place = self.local(root)
        up = np.clip((place[:, 2] - 0.75) / 0.6, 0, 1)
        behind = np.clip((place[:, 1] - self.head.skull[1]) / 0.8, 0, 1)
        length = up * style.top + (1 - up) * ((1 - behind) * style.side + behind * style.back)
        length *= self.size * (0.65 + 0.7 * self.brief.hair_length) * rng.uniform(0.85, 1.1, count)
        edge = np.clip(self._density_at(root) * 1.3, 0.25, 1)
        layer = rng.random(count) ** 1.3  # 0 lies on the skull, 1 is the outermost
        high = np.maximum(up, min(1.0, style.curl - 0.6))  # curls stand off all round, combed hair on top
        lift = (0.0025 + style.lift * layer * (0.45 + 0.55 * high) * edge) * self.size
        points, step = [root + 0.0005 * normal], (length / style.steps)[:, None]
        jitter = rng.standard_normal((count, 3)) * (0.08 + 0.35 * style.curl)
        wander = 0.1 * rng.standard_normal(count)
        way = self._flow(root, style, wander) * 0.75 + normal * (0.35 + 0.4 * style.curl) + jitter
        for number in range(style.steps):
            flow = self._flow(points[-1], style, wander) + 0.6 * jitter
            if style.curl:
                flow += style.curl * 0.7 * rng.standard_normal(flow.shape)
            way = 0.4 * way / np.linalg.norm(way, axis=1, keepdims=True) + 0.6 * flow
            way /= np.linalg.norm(way, axis=1, keepdims=True)
            here = points[-1] + step * way
            here = self._near_skull(here, lift * min(1.0, (number + 1) / 1.6), style)
            if style.top > 0.1:
                here = self._clear_of_face(here)
                here = self._clear_of_body(here, layer)
            points.append(here)
        width = style.width * self.size * (0.75 + 0.5 * rng.random(count)) * (0.35 + 0.65 * edge)
        lines = self._ended_at(
            np.stack(points, axis=1), style.limit + 0.12 * rng.standard_normal(count) - 0.25 * self.brief.hair_length
        )
        return cards(lines, width, self.skull.centre, rng, np.maximum(layer, min(1.2, style.curl - 0.4)))

    def _dense_front(self) -> np.ndarray:
        """(V,) more hair at the hairline over the face, where it is looked at."""
        behind = behind_hairline(self.head.vertices, self.head.skull)
        return 1 + 1.6 * np.exp(-((behind / 0.4) ** 2)) * (np.abs(self.head.angle) < 1.2)

    def _ended_at(self, lines: np.ndarray, limit: np.ndarray) -> np.ndarray:
        """(n, k, 3) strands cut where they first fall below ``limit`` (n,) eye distances, and spread evenly again."""
        steps = lines.shape[1] - 1
        height = self.local(lines)[..., 2]
        under = height[:, 1:] < limit[:, None]
        first = np.where(under.any(axis=1), under.argmax(axis=1), steps - 1)
        row = np.arange(len(lines))
        high, low = height[row, first], height[row, first + 1]
        rest = np.where(under.any(axis=1), np.clip((high - limit) / np.maximum(high - low, 1e-6), 0.05, 1), 1.0)
        place = np.linspace(0, 1, steps + 1)[None, :] * (first + rest)[:, None]
        k = np.minimum(place.astype(int), steps - 1)
        share = (place - k)[..., None].astype(np.float32)
        return lines[row[:, None], k] * (1 - share) + lines[row[:, None], k + 1] * share

    def _density_at(self, points: np.ndarray) -> np.ndarray:
        """Distance of (n, 3) roots behind the hairline as 0..1, so that hair begins fine and low at the front."""
        return np.clip(behind_hairline(self.local(points), self.head.skull) / 0.45, 0, 1)

    def _flow(self, points: np.ndarray, style: Style, wander: np.ndarray) -> np.ndarray:
        """(n, 3) unit combing directions in the surface of the skull; ``wander`` (n,) blurs the parting."""
        place = self.local(points)
        out = points - self.skull.centre
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        over_face = np.clip(1.1 - np.abs(place[:, 0]), 0, 1) * (place[:, 1] < self.head.skull[1])
        up = np.clip((place[:, 2] - 0.7) / 0.75 + over_face, 0, 1)[:, None]  # nothing is combed into the eyes
        part = style.part * self.left_handed
        falls_left = np.where(place[:, 0] > part + wander, 1.0, -1.0)
        behind = np.clip((place[:, 1] - self.head.skull[1] + 0.2) / 0.9, 0, 1)
        zero = np.zeros(len(points))
        if style.top > 0.1:  # long enough to fall
            over = np.stack([falls_left * (1 - 0.6 * behind), 0.25 + 0.9 * behind, zero - 0.2], axis=1)
            down = np.stack([zero, 0.10 + 0 * zero, zero - 1], axis=1)
        else:
            away = -np.sign(part) if part else 1.0
            sweep = np.where(place[:, 0] * np.sign(part or 1) > abs(part), -away * 0.7, away * 0.9) * (1 - 0.7 * behind)
            over = np.stack([sweep, 0.45 + 0.6 * behind, zero], axis=1)
            down = np.stack([zero, 0.55 - 0.5 * behind, zero - 0.9], axis=1)
        flow = up * over + (1 - up) * down
        inwards = (flow * out).sum(axis=1, keepdims=True)
        free = np.clip((0.9 - place[:, 2:]) / 0.4, 0, 1) if style.top > 0.1 else np.clip((-0.1 - place[:, 2:]) / 0.3, 0, 1)
        flow -= np.where(inwards < 0, inwards, (1 - free) * inwards) * out  # falling hair leaves the skull, none enters it
        return flow / np.maximum(np.linalg.norm(flow, axis=1, keepdims=True), 1e-6)

    def _near_skull(self, points: np.ndarray, lift: np.ndarray, style: Style) -> np.ndarray:
        """Not under the layer's height; above the ears not far over it either."""
        radius, own = self.skull.radius(points)
        wanted = radius + lift
        above = np.clip((self.local(points)[:, 2] - (0.7 if style.top > 0.1 else -0.3)) / 0.5, 0, 1)
        held = np.where(own < wanted, wanted, own + above * (0.25 * style.curl - 0.85 if style.curl < 1 else -0.4) * (own - wanted))
        return (self.skull.centre + (points - self.skull.centre) * (held / np.maximum(own, 1e-6))[:, None]).astype(np.float32)

    def _clear_of_face(self, points: np.ndarray) -> np.ndarray:
        """Falling hair keeps behind the face's outline."""
        place = self.local(points)
        least = np.interp(place[:, 2], (-2.0, -0.6, 0.3, 0.8, 1.15), (0.75, 0.72, 0.5, 0.1, -0.9))
        place[:, 1] = np.maximum(place[:, 1], least)
        side = np.where(place[:, 0] >= 0, 1.0, -1.0)
        front = (place[:, 1] < 1.1) & (place[:, 2] < 0.9)
        wide = np.interp(place[:, 2], (-2.2, -1.2, 0.2, 0.9), (1.22, 1.40, 1.44, 1.1))
        place[:, 0] = np.where(front, side * np.maximum(np.abs(place[:, 0]), wide), place[:, 0])
        return (self.head.origin + place * self.unit).astype(np.float32)

    def _clear_of_body(self, points: np.ndarray, layer: np.ndarray) -> np.ndarray:
        """Below the nape hair goes around the neck and behind the shoulders, outside collars."""
        place = self.local(points)
        low = np.clip((-0.9 - place[:, 2]) / 0.9, 0, 1)
        neck = self.local(self.shape.joint("neck_01"))
        away = place[:, :2] - neck[:2]
        reach = np.linalg.norm(away, axis=1)
        least = low * (1.02 + 0.2 * layer)
        place[:, :2] = np.where(
            (reach < least)[:, None], neck[:2] + away / np.maximum(reach, 1e-6)[:, None] * least[:, None], place[:, :2]
        )
        shoulder = np.clip((-1.9 - place[:, 2]) / 1.1, 0, 1)
        back = self._back_line(place[:, 2]) + 0.25 * layer
        place[:, 1] += shoulder * np.maximum(back - place[:, 1], 0)
        place[:, 0] *= 1 - 0.06 * shoulder
        return (self.head.origin + place * self.unit).astype(np.float32)

    def _back_line(self, height: np.ndarray) -> np.ndarray:
        """How far back the clothed back reaches at (n,) heights, in eye distances."""
        if not hasattr(self, "_back"):
            trunk = self.shape.pack.vertex_mask("tights")
            place = self.local(self.shape.vertices[trunk])
            place = place[np.abs(place[:, 0]) < 2.2]
            levels = np.linspace(-8, -1.4, 23)
            reach = [place[np.abs(place[:, 2] - level) < 0.3, 1] for level in levels]
            far = np.array([r.max() if len(r) else -9.0 for r in reach])
            self._back = levels, np.maximum(far, np.max(far) - 1.5) + 0.55
        return np.interp(height, *self._back)

    def _tied(self) -> list[Strands]:
        """Hair drawn back over the skull to a tie, and the tail or the knot behind it."""
        rng, count, size = self.rng, 640, self.size
        knot = self.brief.hair == "bun"
        direction = np.array([0, 0.80, 0.62]) if knot else np.array([0, 0.93, 0.36])
        direction /= np.linalg.norm(direction)
        root, _, _ = self.roots(count, self.scalp * self._dense_front())
        start = root - self.skull.centre
        start /= np.linalg.norm(start, axis=1, keepdims=True)
        share = np.linspace(0, 1, 9)[None, :, None]
        angle = np.arccos(np.clip(start @ direction, -0.999, 0.999))[:, None, None]
        ways = (np.sin((1 - share) * angle) * start[:, None] + np.sin(share * angle) * direction) / np.sin(angle)
        layer = rng.random(count) ** 1.3
        lift = (
            0.002 + 0.007 * layer[:, None] * np.sin(np.pi * np.clip(share[..., 0] * 0.8 + 0.12, 0, 1)) + 0.008 * share[..., 0] ** 4
        ) * size
        radius, _ = self.skull.radius(self.skull.centre + ways)
        lines = self.skull.centre + ways * (radius + lift)[..., None]
        width = 0.0105 * size * (0.7 + 0.6 * rng.random(count))
        parts = [cards(lines.astype(np.float32), width, self.skull.centre, rng, layer, taper=0.4, ends=False)]
        tie_radius, _ = self.skull.radius((self.skull.centre + direction)[None])
        tie = self.skull.centre + direction * (tie_radius[0] + 0.012 * size)
        return parts + (self._bun(tie, direction) if knot else self._tail(tie, direction))

    def _tail(self, tie: np.ndarray, direction: np.ndarray) -> list[Strands]:
        """A ponytail: it leaves the tie along its direction and falls."""
        rng, count, size = self.rng, 150, self.size
        length = size * (0.20 + 0.22 * self.brief.hair_length) * rng.uniform(0.8, 1.0, count)
        offset = rng.standard_normal((count, 3)) * 0.006 * size
        layer, points = rng.random(count), [np.repeat(tie[None], count, axis=0) - 0.01 * direction + 0.4 * offset]
        way = np.repeat(direction[None], count, axis=0) + 6 * offset
        for number in range(10):
            way = 0.62 * way + 0.38 * np.array([0, 0.12, -1.0])
            way /= np.linalg.norm(way, axis=1, keepdims=True)
            here = points[-1] + way * (length / 10)[:, None] + offset * (0.35 if number < 4 else 0.12)
            points.append(self._clear_of_body(here.astype(np.float32), layer))
        lines = np.stack(points, axis=1).astype(np.float32)
        tail = cards(lines, 0.012 * size * rng.uniform(0.7, 1.2, count), lines[:, :, :].mean(axis=(0, 1)), rng, layer)
        return [tail, self._ring(tie, direction, 0.013 * size)]

    def _bun(self, tie: np.ndarray, direction: np.ndarray) -> list[Strands]:
        """A knot of hair wound around the tie."""
        rng, count, size = self.rng, 170, self.size
        middle = tie + 0.018 * size * direction
        side = np.cross(direction, [1.0, 0, 0])
        across = np.cross(side, direction)
        turn = rng.uniform(0, 2 * np.pi, (count, 1)) + np.linspace(0, 2.4, 8)
        tilt = rng.uniform(-1.35, 1.35, (count, 1)) + 0.25 * np.sin(2 * turn)
        reach = size * (0.036 + 0.004 * rng.random((count, 1)))
        lines = middle + reach[..., None] * (
            np.cos(tilt)[..., None] * (np.cos(turn)[..., None] * side + np.sin(turn)[..., None] * across)
            + 0.75 * np.sin(tilt)[..., None] * direction
        )
        return [
            cards(lines.astype(np.float32), np.full(count, 0.012 * size), middle, rng, rng.random(count), taper=0.6, ends=False)
        ]

    def _ring(self, tie: np.ndarray, direction: np.ndarray, radius: float) -> Strands:
        """The band that holds the tail, as a closed strip of hair."""
        turn = np.linspace(0, 2 * np.pi, 17)
        side = np.cross(direction, [1.0, 0, 0])
        across = np.cross(side, direction)
        line = tie + radius * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * across)
        return cards(
            line[None].astype(np.float32),
            np.array([0.007 * self.size]),
            tie,
            self.rng,
            np.zeros(1),
            taper=1.0,
            ends=False,
            stiff=direction,
        )

    # ---- face hair ----------------------------------------------------------------------------------------------------------

    def brows(self) -> Mesh:
        """Two brows of single hairs, lying on the skin."""
        rng, unit = self.rng, self.unit
        count = 150 if self.brief.is_adult else 120
        full = 0.75 + 0.4 * self.brief.gender if self.brief.is_adult else 0.7
        lines = []
        for side in (1.0, -1.0):
            along = np.sort(rng.random(count))
            across = 0.19 + 0.70 * along
            thick = np.interp(along, (0, 0.25, 0.65, 1), (0.042, 0.052, 0.034, 0.010)) * full
            up = brow_height(across) + thick * rng.uniform(-1, 1, count)
            angle = np.radians(np.interp(along, (0, 0.3, 1), (58, 26, -20)) + rng.normal(0, 9, count))
            length = np.interp(along, (0, 0.3, 1), (0.085, 0.125, 0.09)) * rng.uniform(0.75, 1.15, count) * full
            way = np.stack([np.cos(angle), np.sin(angle)], axis=1) * length[:, None]
            bend = np.stack([np.cos(angle - 0.5), np.sin(angle - 0.5)], axis=1) * length[:, None]
            spots = np.stack([np.stack([across, up], axis=1)] * 3, axis=1)
            spots[:, 1] += way * 0.5
            spots[:, 2] += way * 0.5 + bend * 0.5
            lines.append(self._on_face(spots * [side, 1.0], np.array([0.4, 1.0, 1.2]) * 0.0017 * self.size))
        points = np.concatenate(lines)
        hair = cards(points, np.full(len(points), 0.0058 * unit), self.skull.centre, rng, np.zeros(len(points)), taper=0.25)
        color = 0.8 * np.asarray(self.brief.hair_color)
        mesh = self._mesh("Brows", [hair], Material("Brows", base_color=opaque(color), roughness=0.7, double_sided=True))
        head = self.shape.pack.bone("head")
        joints = np.zeros((len(mesh.vertices), 4), np.int32)
        joints[:, 0] = head
        mesh.skin = Skin(joints, np.repeat(np.array([[1, 0, 0, 0]], np.float32), len(joints), axis=0))
        return mesh

    def _on_face(self, spots: np.ndarray, height: np.ndarray) -> np.ndarray:
        """Points on the front of the face at (n, k, 2) eye distances (across, up), ``height`` (k,) metres over the skin."""
        skin, normals = self._forehead()
        flat = spots.reshape(-1, 2).astype(np.float32)
        nearest = nearest_vertices(flat, skin[:, [0, 2]])
        normal, offset = normals[nearest], flat - skin[nearest][:, [0, 2]]
        depth = skin[nearest, 1] - (normal[:, [0, 2]] * offset).sum(axis=1) / np.minimum(normal[:, 1], -0.3)
        place = np.stack([flat[:, 0], depth, flat[:, 1]], axis=1)
        world = self.head.origin + place * self.unit + np.tile(height, len(spots))[:, None] * normal
        return world.reshape(*spots.shape[:2], 3).astype(np.float32)

    def _forehead(self) -> tuple[np.ndarray, np.ndarray]:
        """Dense points (n, 3) in eye distances on the skin around the brows, and their normals: 25 on each quad."""
        pack = self.shape.pack
        quads = pack.faces[pack.face_mask("body")].astype(np.int64)
        middle = self.head.vertices[quads].mean(axis=1)
        front = (self.head.share[quads].min(axis=1) > 0.5) & (np.abs(middle[:, 0]) < 1.3) & (np.abs(middle[:, 2] - 0.3) < 0.45)
        quads = quads[front & (middle[:, 1] < 0.9) & (self.normals[quads][..., 1].mean(axis=1) < -0.15)]
        u, v = (axis.ravel()[:, None] for axis in np.meshgrid(*[(np.arange(5) + 0.5) / 5] * 2))
        shares = np.concatenate([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=1).astype(np.float32)
        points = np.einsum("sc,qck->qsk", shares, self.head.vertices[quads]).reshape(-1, 3)
        normals = np.einsum("sc,qck->qsk", shares, self.normals[quads]).reshape(-1, 3)
        return points, normals / np.linalg.norm(normals, axis=1, keepdims=True)

    def beard(self) -> Mesh:
        """A beard or a moustache of short cards that hang from the skin."""
        rng, size = self.rng, self.size
        density = beard(self.head)
        if self.brief.beard == "moustache":
            near = (np.abs(self.head.vertices[:, 0]) < 0.62) & (self.head.vertices[:, 2] > self.head.lips[2] - 0.02)
            density = density * near
        full = self.brief.beard == "beard"
        count, steps = (1150, 3) if full else (240, 3)
        root, normal, thick = self.roots(count, density)
        place = self.local(root)
        chin = np.clip((self.head.lips[2] - 0.1 - place[:, 2]) / 0.4, 0, 1) * np.clip(1.2 - np.abs(place[:, 0]), 0, 1)
        length = size * (0.4 + 0.6 * thick) * (0.011 + 0.013 * chin) * rng.uniform(0.8, 1.15, count) * (1 if full else 0.8)
        side = np.sign(place[:, 0]) * np.clip(np.abs(place[:, 0]) * 2, 0, 1)
        moustache = (place[:, 2] > self.head.lips[2]) & (np.abs(place[:, 0]) < 0.5)
        flow = np.stack([side * np.where(moustache, 0.7, 0.05), np.full(count, -0.1), np.full(count, -1.0)], axis=1)
        flow -= (flow * normal).sum(axis=1, keepdims=True) * normal * 0.85
        way = 0.45 * normal + flow + 0.12 * rng.standard_normal((count, 3))
        points = [root]
        for number in range(steps):
            way /= np.linalg.norm(way, axis=1, keepdims=True)
            points.append(points[-1] + way * (length / steps)[:, None])
            way = way * 0.7 + 0.3 * (flow - 0.12 * number * normal)
        hair = cards(
            np.stack(points, axis=1).astype(np.float32),
            0.0036 * size * (0.45 + 0.55 * thick) * rng.uniform(0.6, 1.2, count),
            self.skull.centre,
            rng,
            np.full(count, 1.2),
        )
        return self._mesh("Beard", [hair], atlas("Beard", self.brief.hair_color, rng))
