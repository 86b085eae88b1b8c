"""One head at the hairdresser's: where hair is rooted, what it keeps clear of, and how it becomes a mesh."""

from __future__ import annotations

import numpy as np

from ...scene import Material, Mesh
from ..body import BodyShape
from ..brief import CharacterBrief
from ..head import behind_hairline, measure, scalp
from ..skull import Skull
from ..wardrobe.headwear import GAP, rim_height
from .cards import Strands, weights


class Groom:
    """One head at the hairdresser's."""

    def __init__(self, shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> None:
        self.shape, self.brief, self.rng = shape, brief, rng
        self.head = measure(shape.pack, shape.vertices)
        self.skull = Skull(shape, self.head)
        self.unit = self.head.unit
        self.size = self.unit / 0.062  # over the adult's head
        self.scalp = scalp(self.head, 1.0 if brief.hair == "receding" else 0.0)
        self.volume = 0.5 + brief.hair_volume if brief.hair_volume < 0.5 else 2 * brief.hair_volume
        self.low = brief.hair_build == "cap"
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

    def mesh(self, name: str, parts: list[Strands], material: Material) -> Mesh:
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

    def dense_front(self) -> np.ndarray:
        """(V,) more hair at the hairline over the face, where it is looked at."""
        behind = behind_hairline(self.head.vertices, self.head.skull)
        return 1 + 1.6 * np.exp(-((behind / 0.4) ** 2)) * (np.abs(self.head.angle) < 1.2)

    def ended_at(self, lines: np.ndarray, limit: np.ndarray) -> np.ndarray:
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

    def density_at(self, points: np.ndarray) -> np.ndarray:
        """Distance of (n, 3) roots behind the hairline as 0..1, so that hair begins fine and low at the front."""
        return np.clip(behind_hairline(self.local(points), self.head.skull) / 0.45, 0, 1)

    def clear_of_face(self, points: np.ndarray) -> np.ndarray:
        """Falling hair keeps behind the face's outline."""
        place = self.local(points)
        least = np.interp(place[:, 2], (-2.0, -0.6, 0.3, 0.8, 1.15), (0.75, 0.72, 0.5, 0.1, -0.9))
        place[:, 1] = np.maximum(place[:, 1], least)
        side = np.where(place[:, 0] >= 0, 1.0, -1.0)
        front = (place[:, 1] < 1.1) & (place[:, 2] < 0.9)
        wide = np.interp(place[:, 2], (-2.2, -1.2, 0.2, 0.9), (1.22, 1.40, 1.44, 1.1))
        place[:, 0] = np.where(front, side * np.maximum(np.abs(place[:, 0]), wide), place[:, 0])
        return (self.head.origin + place * self.unit).astype(np.float32)

    def clear_of_body(self, points: np.ndarray, layer: np.ndarray) -> np.ndarray:
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

    def _over_rim(self, points: np.ndarray) -> np.ndarray:
        """(…,) radians above the rim of the hat, seen from the middle of the skull."""
        away = points - self.skull.centre
        rise = np.arcsin(np.clip(away[..., 2] / np.maximum(np.linalg.norm(away, axis=-1), 1e-9), -1, 1))
        return rise - rim_height(self.brief.headwear, np.arctan2(away[..., 0], -away[..., 1]))

    def hatted(self, points: np.ndarray) -> np.ndarray:
        """(…,) bool: points that a hat, cap or beanie hides."""
        return np.zeros(points.shape[:-1], bool) if self.brief.headwear == "none" else self._over_rim(points) > 0.12

    def under_hat(self, points: np.ndarray) -> np.ndarray:
        """(…, 3) points pressed to the skull where a hat, cap or beanie sits."""
        if self.brief.headwear == "none":
            return points
        away = points - self.skull.centre
        radius, own = self.skull.radius(points)
        over = self._over_rim(points)
        most = radius + (GAP - 0.0045) * self.size + np.clip(-over, 0, 1) * 0.25 * radius
        pressed = np.where(over > -0.35, np.minimum(own, most), own)
        return (self.skull.centre + away * (pressed / np.maximum(own, 1e-9))[..., None]).astype(np.float32)
