"""Hats, caps and beanies: lofted over the skull, skinned to the head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...scene import Material
from ..cloth import Cloth, join
from ..fabric import fabric
from ..head import measure
from ..skull import Skull
from .tailor import Tailor

GAP = 0.0085  # metres between skull and hat, for the hair under it
# The rim: degrees around the head from the face -> degrees above the level of the skull's middle.
RIM_AROUND = (0, 45, 80, 110, 150, 180)
RIM_HEIGHT = {"hat": (17, 13, 5, 2, -5, -7), "cap": (16, 13, 4, 1, -8, -10), "beanie": (13, 8, -4, -9, -20, -22)}


def rim_height(kind: str, angle: np.ndarray) -> np.ndarray:
    """(n,) radians above the skull's middle at which the headwear ends, at angles (radians, 0 in front) around the head."""
    return np.radians(np.interp(np.abs(np.degrees(angle)), RIM_AROUND, RIM_HEIGHT[kind]))


def headwear(tailor: Tailor, kind: str, color: tuple[float, float, float]) -> None:
    """A brimmed hat, a cap with a visor, or a knitted beanie."""
    Hatter(tailor, kind, color).make()


class Hatter:
    """One head to be covered."""

    def __init__(self, tailor: Tailor, kind: str, color: tuple[float, float, float]) -> None:
        self.tailor, self.kind, self.color = tailor, kind, color
        head = measure(tailor.shape.pack, tailor.shape.vertices)
        self.skull, self.size = Skull(tailor.shape, head), head.unit / 0.062
        self.columns = 40 if tailor.fine else 24
        self.turn = np.arange(self.columns) * 2 * np.pi / self.columns - np.pi + np.pi / self.columns

    def make(self) -> None:
        """Builds the headwear and gives it to the tailor."""
        rng = self.tailor.rng
        if self.kind == "beanie":
            pieces, materials = [self._beanie()], [fabric("Beanie", "rib", self.color, rng)]
        elif self.kind == "cap":
            pieces, materials = [self._cap(), self._visor()], [fabric("Cap", "twill", self.color, rng)]
        else:
            red, green, blue = (0.25 * channel for channel in self.color)
            pieces = [self._hat(), self._ribbon()]
            ribbon = Material("Ribbon", base_color=(red, green, blue, 1.0), roughness=0.6)
            materials = [fabric("Hat", "wool", self.color, rng), ribbon]
        names = self.tailor.shape.pack.bone_names
        cloth = join(pieces)
        weights = np.zeros((len(cloth.vertices), len(names)), np.float32)
        weights[:, names.index("head")] = 1
        self.tailor.add_trim(self.kind.capitalize(), replace(cloth, weights=weights), materials)

    def _at(self, rise: np.ndarray | float, gap: float, turn: np.ndarray | None = None) -> np.ndarray:
        """(columns, 3) points ``gap`` metres off the skull at elevations ``rise`` around the head."""
        turn = self.turn if turn is None else turn
        rise = np.broadcast_to(rise, turn.shape)
        way = np.stack([np.cos(rise) * np.sin(turn), -np.cos(rise) * np.cos(turn), np.sin(rise)], axis=1)
        radius, _ = self.skull.radius(self.skull.centre + way)
        return self.skull.centre + way * (radius + gap * self.size)[:, None]

    def _rings(self, rings: list[np.ndarray], material: int = 0, closed: bool = True) -> Cloth:
        """A surface through rings from the rim upwards, the last one closed with quads."""
        count = self.columns
        numbers = np.arange(len(rings) * count).reshape(len(rings), count)
        here, after = numbers, np.roll(numbers, -1, axis=1)
        quads = np.stack([here[:-1], after[:-1], after[1:], here[1:]], axis=2).reshape(-1, 4)
        if closed:
            last, k = numbers[-1], np.arange(count // 2 - 1)
            quads = np.concatenate([quads, np.stack([last[k], last[k + 1], last[-2 - k], last[-1 - k]], axis=1)])
        points = np.concatenate(rings).astype(np.float32)
        around = np.linspace(0, 0.58 * self.size, count + 1)
        up = np.concatenate(
            [[0], np.cumsum([np.linalg.norm(b - a, axis=1).mean() for a, b in zip(rings, rings[1:], strict=False)])]
        )
        uvs = np.zeros((len(quads), 4, 2), np.float32)
        wall = (len(rings) - 1) * count
        grid = uvs[:wall].reshape(len(rings) - 1, count, 4, 2)
        grid[..., 0] = np.stack([around[:-1], around[1:], around[1:], around[:-1]], axis=1)[None]
        grid[..., 1] = np.stack([up[:-1], up[:-1], up[1:], up[1:]], axis=1)[:, None]
        uvs[wall:] = points[quads[wall:]][..., :2]
        return Cloth(points, quads.astype(np.int32), np.zeros((len(points), 1), np.float32),
                     np.full(len(quads), material, np.int32), uvs)  # fmt: skip

    def _beanie(self) -> Cloth:
        """A knitted cap with a turned-up cuff."""
        rim = rim_height("beanie", self.turn)
        cuff = np.radians(22)
        rings = [
            self._at(rim + 0.06, GAP - 0.006),
            self._at(rim, GAP - 0.004),
            self._at(rim - 0.01, GAP - 0.001),
            self._at(rim + 0.03, GAP + 0.0025),
            self._at(rim + 0.6 * cuff, GAP + 0.004),
            self._at(rim + 0.97 * cuff, GAP + 0.0035),
            self._at(rim + cuff, GAP + 0.0015),
            self._at(rim + 0.93 * cuff, GAP - 0.001),
        ]
        for share in np.linspace(0.12, 0.97, 9):
            rise = rim + cuff + (np.pi / 2 - rim - cuff) * share
            rings.append(self._at(rise, GAP + 0.002 + 0.016 * share**2))
        return self._rings(rings)

    def _cap(self) -> Cloth:
        """The crown of a baseball cap: six panels whose seams lie a little lower, a button on top."""
        rim = rim_height("cap", self.turn)
        seam = 0.0014 * np.exp(-((((self.turn / (np.pi / 3) + 0.5) % 1 - 0.5) * 9) ** 2))
        front = np.exp(-((self.turn / 0.9) ** 2))
        rings = [self._at(rim + 0.08, GAP - 0.0055), self._at(rim, GAP - 0.004), self._at(rim - 0.015, GAP - 0.001)]
        for share in np.linspace(0.02, 0.97, 12):
            rise = rim + (np.pi / 2 - rim) * share
            puff = 0.007 * np.sin(np.pi * min(1.0, share * 1.15)) * (0.5 + front) + 0.004 * share
            ring = self._at(rise, GAP)
            out = ring - self.skull.centre
            rings.append(ring + out / np.linalg.norm(out, axis=1, keepdims=True) * (self.size * (puff - seam))[:, None])
        return self._rings(rings)

    def _visor(self) -> Cloth:
        """The peak in front: a curved plate with two sides."""
        turn = np.linspace(-1.08, 1.08, 17)
        root = self._at(rim_height("cap", turn) + 0.02, GAP - 0.002, turn)
        reach = 0.072 * self.size * np.clip(1 - (np.abs(turn) / 1.12) ** 2.4, 0.02, 1)
        rows = []
        profile = ((0.0, 0.0015), (0.35, 0.0018), (0.7, 0.0016), (0.97, 0.0014), (1.0, 0.0))
        for share, thick in (*profile, (0.97, -0.0014), (0.5, -0.0018), (0.0, -0.0015)):
            fall = -0.028 * self.size * share - 0.014 * self.size * share * (turn / 1.1) ** 2
            line = root + np.stack([0.12 * reach * share * np.sin(turn), -reach * share, fall + thick * self.size], axis=1)
            rows.append(line)
        points = np.concatenate(rows).astype(np.float32)
        numbers = np.arange(len(points)).reshape(len(rows), len(turn))
        quads = np.stack([numbers[:-1, :-1], numbers[1:, :-1], numbers[1:, 1:], numbers[:-1, 1:]], axis=2).reshape(-1, 4)
        uvs = points[quads][..., :2].copy()
        return Cloth(points, quads.astype(np.int32), np.zeros((len(points), 1), np.float32), uvs=uvs)

    def _hat(self) -> Cloth:
        """A felt hat: brim, crown, and a dent along its top."""
        rim = self._at(rim_height("hat", self.turn), GAP)
        out = rim - self.skull.centre
        out[:, 2] = 0
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        side = np.sin(self.turn)[:, None] ** 2
        s, up = self.size, np.array([0, 0, 1.0])

        def brim(share: float, thick: float) -> np.ndarray:
            curl = (0.020 * side * share**1.8 - 0.010 * (1 - side) * share) * s
            return rim + out * (0.058 * s * share) + up * (curl + thick * s)

        rings = [rim + 0.012 * s * up - 0.004 * s * out, rim - 0.002 * s * out - 0.001 * s * up]
        rings += [
            brim(0.15, -0.0014),
            brim(0.6, -0.0014),
            brim(0.98, -0.0012),
            brim(1.0, 0.0),
            brim(0.98, 0.0012),
            brim(0.6, 0.0014),
        ]
        rings += [brim(0.12, 0.0018), brim(0.02, 0.004)]
        middle = rim.mean(axis=0)
        for share, narrow in (
            (0.2, 1.0),
            (0.5, 0.985),
            (0.8, 0.95),
            (0.93, 0.89),
            (1.0, 0.78),
            (1.0, 0.55),
            (1.0, 0.3),
            (1.0, 0.1),
        ):
            ring = middle + (rim - middle) * [narrow, narrow, 1] + up * (0.098 * s * share)
            ring = self._outside(ring)
            level = middle[2] + 0.098 * s * share + 0.35 * (ring[:, 2] - middle[2] - 0.098 * s * share)
            ring[:, 2] = np.where(narrow < 0.9, np.maximum(level, ring[:, 2] - 0.01 * s), ring[:, 2])
            dent = 0.017 * s * np.exp(-(((ring[:, 0] - middle[0]) / (0.026 * s)) ** 2)) * np.clip((0.9 - narrow) / 0.2, 0, 1)
            ring[:, 2] = np.maximum(ring[:, 2] - dent, self._top() + 0.004 * s) if narrow < 0.9 else ring[:, 2]
            rings.append(ring)
        return self._rings(rings)

    def _top(self) -> float:
        """Height of the top of the skull, metres."""
        return float(self._at(np.pi / 2 - 0.01, 0.0)[0, 2])

    def _outside(self, ring: np.ndarray) -> np.ndarray:
        """Points not nearer to the skull than the gap."""
        radius, own = self.skull.radius(ring)
        wanted = np.maximum(own, radius + GAP * self.size)
        return self.skull.centre + (ring - self.skull.centre) * (wanted / own)[:, None]

    def _ribbon(self) -> Cloth:
        """The ribbon around the crown."""
        rim = self._at(rim_height("hat", self.turn), GAP)
        middle, up = rim.mean(axis=0), np.array([0, 0, self.size])
        rings = [
            self._outside(middle + (rim - middle) * [wide, wide, 1] + up * height)
            for height, wide in ((0.004, 1.0), (0.005, 1.022), (0.030, 1.016), (0.031, 0.99))
        ]
        return self._rings(rings, material=1, closed=False)
