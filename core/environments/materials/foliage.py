"""Leaf cards: twigs, needles, fronds, blades and flowers painted with holes around them, four to a sheet."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.shape import Finish
from ...scene import SRGB, Material, Texture
from .color import encoded, hexadecimal

CELL = 192  # pixels of each of the 2 x 2 cells
CARD_CELLS = (2, 2)


class _Sheet:
    """A cell being painted: linear colour and cover; coordinates in 0..1, origin bottom left, the twig grows upwards."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.color = np.zeros((CELL, CELL, 3), np.float32)
        self.alpha = np.zeros((CELL, CELL), np.float32)

    def blade(self, x: float, y: float, angle: float, length: float, width: float, color: np.ndarray, tip: float = 1.0) -> None:
        """A leaf from (x, y) along ``angle`` (radians from +x): pointed, lighter along one half, with a midrib."""
        cos, sin = np.cos(angle), np.sin(angle)
        ends = np.array([(x, y), (x + cos * length, y + sin * length)])
        low = np.floor((ends.min(axis=0) - width) * CELL).astype(int).clip(0, CELL)
        high = np.ceil((ends.max(axis=0) + width) * CELL).astype(int).clip(0, CELL)
        if (high <= low).any():
            return
        px = (np.arange(low[0], high[0]) + 0.5)[None] / CELL - x
        py = (np.arange(low[1], high[1]) + 0.5)[:, None] / CELL - y
        along, across = (px * cos + py * sin) / length, -px * sin + py * cos
        inside = np.clip(along, 0, 1)
        half = width / 2 * np.sin(np.pi * inside**0.8) ** tip
        cover = np.clip((half - np.abs(across)) * CELL + 0.5, 0, 1) * ((along > 0) & (along < 1))
        shade = 0.8 + 0.3 * inside + 0.14 * np.sign(across) - 0.18 * (np.abs(across) < 0.6 / CELL)
        rows, columns = slice(low[1], high[1]), slice(low[0], high[0])
        self.color[rows, columns] += cover[..., None] * (color * shade[..., None] - self.color[rows, columns])
        self.alpha[rows, columns] = np.maximum(self.alpha[rows, columns], cover)

    def twig(self, points: list[tuple[float, float]], width: float, color: np.ndarray) -> None:
        for (x0, y0), (x1, y1) in zip(points[:-1], points[1:], strict=True):
            angle, length = np.arctan2(y1 - y0, x1 - x0), np.hypot(x1 - x0, y1 - y0)
            self.blade(x0, y0, float(angle), float(length) * 1.05, width, color, 0.12)


def _finish(name: str, cells: list[_Sheet], ground: str, roughness: float = 0.6) -> Finish:
    """A material of four cells; what is not covered takes the mean colour, so that edges show no halo."""
    base = np.array(hexadecimal(ground), np.float32)
    pictures = []
    for sheet in cells:
        color = np.where(sheet.alpha[..., None] > 0.02, sheet.color, base)
        rgb = np.rint(encoded(color) * 255)
        pictures.append(np.concatenate([rgb, np.rint(sheet.alpha[..., None] * 255)], axis=2).astype(np.uint8)[::-1])
    pixels = np.concatenate([np.concatenate(pictures[:2], axis=1), np.concatenate(pictures[2:], axis=1)])
    material = Material(name, (float(base[0]), float(base[1]), float(base[2]), 1.0), roughness=roughness, alpha_clip=True,
                        base_color_texture=Texture(f"{name} color", np.ascontiguousarray(pixels), SRGB))  # type: ignore[arg-type]  # fmt: skip
    return Finish(material, 1.0)


def _tones(code: str, rng: np.random.Generator, count: int) -> np.ndarray:
    """(count, 3) a colour varied in brightness and warmth."""
    tone = np.array(hexadecimal(code)) * rng.uniform(1.0, 1.9, (count, 1))
    tone[:, 0] *= rng.uniform(0.85, 1.25, count)
    return tone.astype(np.float32)


@lru_cache
def leaf_cards(code: str = "#4f6d2f", size: float = 0.2, leaves: int = 34, round_: bool = True) -> Finish:
    """Twigs with broad leaves; ``size`` of a leaf and its number on a card."""
    cells = []
    for k in range(4):
        rng = np.random.default_rng([5000, k, leaves])
        sheet = _Sheet(rng)
        wood = np.array(hexadecimal("#4a3a2a"), np.float32)
        starts = []
        for angle in np.linspace(-0.95, 0.95, 5) + rng.uniform(-0.15, 0.15, 5):
            length = rng.uniform(0.5, 0.78) * (1 - 0.25 * abs(angle))
            end = (0.5 + np.sin(angle) * length, 0.08 + np.cos(angle) * length)
            sheet.twig([(0.5, 0.02), (0.5 + 0.4 * (end[0] - 0.5), 0.06 + 0.45 * end[1]), end], 0.012, wood)
            starts += [((0.5 + t * (end[0] - 0.5)), 0.03 + t * (end[1] - 0.03), angle) for t in np.linspace(0.25, 1.0, leaves // 5)]
        order = rng.permutation(len(starts))
        for number, color in zip(order, _tones(code, rng, len(order)), strict=True):
            x, y, angle = starts[number]
            turn = np.pi / 2 - angle + rng.choice([-1, 1]) * rng.uniform(0.2, 1.2)
            length = size * rng.uniform(0.75, 1.15)
            sheet.blade(x, y, float(turn), length, length * (0.62 if round_ else 0.3), color, 0.7 if round_ else 1.0)
        cells.append(sheet)
    return _finish(f"Leaves {code} {size:g}", cells, code)


@lru_cache
def needle_cards(code: str = "#2f4a2c", droop: float = 0.4) -> Finish:
    """Sprays of a conifer: a twig with side twigs full of needles."""
    cells = []
    for k in range(4):
        rng = np.random.default_rng([5100, k])
        sheet = _Sheet(rng)
        wood = np.array(hexadecimal("#463526"), np.float32)
        sheet.twig([(0.5, 0.0), (0.5, 0.5), (0.5, 0.97)], 0.018, wood)
        for y in np.linspace(0.06, 0.9, 13):
            reach = 0.46 * np.sin(np.pi * (0.12 + 0.86 * (1 - y)) ** 0.75) + 0.05
            for side in (-1, 1):
                length = reach * rng.uniform(0.8, 1.05)
                x1, y1 = 0.5 + side * length, y + length * (0.55 - droop * 0.5) + rng.uniform(-0.02, 0.02)
                steps = max(4, int(length * 34))
                for t, color in zip(np.linspace(0, 1, steps), _tones(code, rng, steps), strict=True):
                    px, py = 0.5 + t * (x1 - 0.5), y + t * (y1 - y)
                    base = np.arctan2(y1 - y, x1 - 0.5)
                    for turn in (-0.75, 0.0, 0.75):
                        sheet.blade(px, py, float(base + turn + rng.uniform(-0.15, 0.15)), 0.068, 0.017, color, 0.5)
        cells.append(sheet)
    return _finish(f"Needles {code}", cells, code, 0.7)


@lru_cache
def frond_cards(code: str = "#587236") -> Finish:
    """A palm or fern frond in each cell: a rib with leaflets that shorten to the tip."""
    cells = []
    for k in range(4):
        rng = np.random.default_rng([5200, k])
        sheet = _Sheet(rng)
        for y, color in zip(np.linspace(0.03, 0.94, 30), _tones(code, rng, 30), strict=True):
            reach = 0.47 * np.sin(np.pi * (0.1 + 0.9 * (1 - y)) ** 0.8) + 0.03
            for side in (-1, 1):
                angle = np.pi / 2 - side * (1.05 - 0.55 * y + rng.uniform(-0.06, 0.06))
                sheet.blade(0.5, float(y), float(angle), float(reach * rng.uniform(0.9, 1.06)), 0.03, color, 0.6)
        sheet.twig([(0.5, 0.0), (0.5, 0.96)], 0.016, np.array(hexadecimal("#7d7a45"), np.float32))
        cells.append(sheet)
    return _finish(f"Fronds {code}", cells, code, 0.5)


@lru_cache
def blade_cards(code: str = "#6a7f3c", dry: str = "#a89a5e", flower: str = "") -> Finish:
    """Grass that grows from the lower edge, some of it dry; with ``flower`` heads of that colour among it."""
    cells = []
    for k in range(4):
        rng = np.random.default_rng([5300, k, len(flower)])
        sheet = _Sheet(rng)
        for j, color in enumerate(_tones(code, rng, 42)):
            if rng.random() < 0.22:
                color = np.array(hexadecimal(dry), np.float32) * rng.uniform(0.7, 1.2)
            x, lean = 0.5 + 0.3 * rng.standard_normal() * 0.6, 0.42 * rng.standard_normal()
            length = rng.uniform(0.45, 0.97) * (0.75 if j % 3 else 1.0)
            middle = (x + 0.35 * lean * length, 0.55 * length)
            end = (x + lean * length, length * (1 - 0.25 * abs(lean)))
            sheet.twig([(x, 0.0), middle, end], 0.02, color)
        if flower:
            petal = np.array(hexadecimal(flower), np.float32)
            for _ in range(7):
                x, y = rng.uniform(0.15, 0.85), rng.uniform(0.5, 0.92)
                sheet.twig([(0.5 + 0.4 * (x - 0.5), 0.0), (x, y)], 0.012, np.array(hexadecimal(code), np.float32))
                for turn in np.arange(6) * np.pi / 3 + rng.uniform(0, 1):
                    sheet.blade(float(x), float(y), float(turn), 0.065, 0.05, petal * rng.uniform(0.8, 1.15), 0.5)
                for turn in (0.0, 1.57, 3.14, 4.71):
                    sheet.blade(float(x), float(y), turn, 0.018, 0.02, np.array(hexadecimal("#d9b33a"), np.float32), 0.5)
        cells.append(sheet)
    return _finish(f"Blades {code}{f' {flower}' if flower else ''}", cells, code, 0.7)


@lru_cache
def straw_cards(code: str = "#8c8258") -> Finish:
    """Reeds or the twigs of a dry shrub."""
    cells = []
    for k in range(4):
        rng = np.random.default_rng([5400, k])
        sheet = _Sheet(rng)
        for color in _tones(code, rng, 26):
            x, lean = 0.5 + 0.1 * rng.standard_normal(), 0.5 * rng.standard_normal()
            length = rng.uniform(0.5, 0.95)
            knee = (x + 0.3 * lean * length, 0.5 * length)
            end = (knee[0] + 0.8 * lean * length * rng.uniform(0.4, 1.2), length)
            sheet.twig([(x, 0.0), knee, end], 0.014, color)
            for t in rng.uniform(0.5, 1.0, 3):
                px, py = knee[0] + t * (end[0] - knee[0]), knee[1] + t * (end[1] - knee[1])
                sheet.blade(float(px), float(py), float(rng.uniform(0.3, 2.8)), 0.1, 0.02, color * 1.1, 0.8)
        cells.append(sheet)
    return _finish(f"Straw {code}", cells, code, 0.8)
