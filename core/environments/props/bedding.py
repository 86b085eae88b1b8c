"""What beds share: frames, mattresses, covers with folds, and pillows. A bed's head is at its back (+Y)."""

from __future__ import annotations

import numpy as np

from ...geometry.blocks import board, box, cushion
from ...geometry.shape import Finish, Part
from ...geometry.sweeps import fillet, sheet
from ..materials import Palette, fabric
from .joinery import square_legs

LINEN = "#e9e6df"
HEAD = 0.06  # thickness of head boards


def mattress(width: float, front: float, rear: float, low: float, high: float) -> Part:
    """A mattress ``width`` wide from ``front`` to ``rear``."""
    soft = cushion((-width / 2, front, low), (width / 2, rear, high), 0.035, 0.008, (8, 12, 4))
    return Part("mattress", soft, fabric(LINEN))


def duvet(width: float, front: float, rear: float, top: float, drop: float, cover: Finish, rng: np.random.Generator) -> list[Part]:
    """A quilt over a mattress whose top is at ``top``, hanging ``drop`` metres over its sides and foot, its head end turned back.

    ``width``: over all, with the hanging sides; ``front`` is the outside of the hanging foot end.
    """
    t = 0.024
    half, rise = width / 2 - t, top + 0.022
    across = fillet([(-half, 0, rise - drop), (-half + 0.01, 0, rise), (half - 0.01, 0, rise), (half, 0, rise - drop)], 0.06, 4)
    along = fillet([(0, front + t, -drop), (0, front + t + 0.01, 0.0), (0, rear, 0.0)], 0.06, 4)
    columns = _spread(across[:, [0, 2]], 15)
    rows = _spread(along[:, [1, 2]], 17)
    grid = np.empty((len(rows), len(columns), 3))
    grid[..., 0] = columns[None, :, 0] * (1.0 + np.where(rows[:, 1] < -0.02, -0.004, 0.0))[:, None]
    grid[..., 1] = rows[:, None, 0]
    grid[..., 2] = np.minimum(columns[None, :, 1], rise + rows[:, None, 1])
    wave = rng.uniform(0, 2 * np.pi, 4)
    flat = grid[..., 2] > rise - 0.004
    x, y = grid[..., 0] / width, grid[..., 1]
    folds = np.sin(9 * x + 5 * y + wave[0]) + 0.7 * np.sin(17 * x - 8 * y + wave[1]) + 0.6 * np.sin(4 * x + 14 * y + wave[2])
    grid[..., 2] += np.where(flat, 0.007 * folds, 0.0)
    parts = [Part("cover", sheet(grid, 2 * t * 0.8, rim=0.3), cover)]
    fold = grid[-3:, 1:-1].copy()
    fold[..., 2] += 0.034
    fold[..., 1] = np.linspace(rear - 0.24, rear + 0.01, 3)[:, None]
    fold[..., 0] *= 0.985
    parts.append(Part("cover", sheet(np.clip(fold, (-half, -9, 0), (half, 9, 9)), 0.02, rim=0.5), fabric(LINEN)))
    return parts


def _spread(line: np.ndarray, count: int) -> np.ndarray:
    """(count, 2) points spread evenly along a polyline."""
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0.0, length[-1], count)
    return np.stack([np.interp(at, length, line[:, k]) for k in range(2)], axis=1)


def pillows(count: int, width: float, rear: float, top: float, rng: np.random.Generator) -> list[Part]:
    """Pillows side by side at the head, leaning a little on the board."""
    step = width / count
    parts = []
    for k in range(count):
        half = min(0.36, 0.46 * step)
        soft = cushion((-half, -0.22, 0.0), (half, 0.22, 0.15), 0.06, 0.05, (8, 6, 3)).turned("x", 0.16)
        soft = soft.turned("z", float(rng.uniform(-0.05, 0.05)))
        x = -width / 2 + (k + 0.5) * step
        shift = rear - 0.01 - float(soft.vertices[:, 1].max())
        parts.append(Part("pillow", soft.moved(x, shift, top - 0.02 - float(soft.vertices[:, 2].min())), fabric("#f4f2ed")))
    return parts


def bedstead(width: float, front: float, rear: float, low: float, deck: float, wood: Finish) -> list[Part]:
    """Side rails, foot rail and slatted deck at height ``deck`` (the mattress lies on it)."""
    t = 0.028
    parts = [Part("rail", board((x, front, low), (x + t, rear, deck + 0.03)), wood) for x in (-width / 2, width / 2 - t)]
    parts.append(Part("rail", board((-width / 2 + t, front, low), (width / 2 - t, front + t, deck + 0.03)), wood))
    parts.append(Part("slats", box((-width / 2 + t, front + t, deck - 0.02), (width / 2 - t, rear, deck), 0.0), wood))
    return parts


def headboard(style: str, width: float, rear: float, height: float, look: Palette, low: float) -> list[Part]:
    """``panel``: wood; ``slats``: posts and bars; ``upholstered``: padded sections. Its outer face is at ``rear``."""
    y = rear - HEAD
    if style == "panel":
        parts = [Part("headboard", box((-width / 2, y + 0.02, low), (width / 2, rear, height), 0.003, grain=0), look.wood)]
        legs = [box((x, y + 0.02, 0.0), (x + 0.05, rear, low), 0.002) for x in (-width / 2, width / 2 - 0.05)]
        return parts + [Part("leg", leg, look.wood) for leg in legs]
    if style == "slats":
        posts = [box((x, y, 0.0), (x + HEAD, rear, height), 0.003) for x in (-width / 2, width / 2 - HEAD)]
        parts = [Part("post", post, look.wood) for post in posts]
        inner = width / 2 - HEAD
        for z in (low + 0.02, height - 0.1):
            parts.append(Part("headboard", board((-inner, y + 0.014, z), (inner, rear - 0.014, z + 0.07)), look.wood))
        count = max(int(inner / 0.06), 3)
        for k in range(count):
            x = -inner + (k + 0.5) * 2 * inner / count
            bar = box((x - 0.014, y + 0.02, low + 0.09), (x + 0.014, rear - 0.02, height - 0.1), 0.002)
            parts.append(Part("headboard", bar, look.wood))
        return parts
    parts = [
        Part("headboard", box((-width / 2 + 0.004, rear - 0.02, 0.06), (width / 2 - 0.004, rear, height - 0.004)), look.plastic)
    ]
    count = max(round(width / 0.45), 2)
    for k in range(count):
        x = -width / 2 + k * width / count
        pad = cushion((x + 0.002, y, 0.1), (x + width / count - 0.002, rear - 0.012, height), 0.022, 0.012, (5, 3, 8))
        parts.append(Part("headboard", pad, look.fabric))
    feet = [box((x, y, 0.0), (x + 0.06, rear, 0.1), 0.002) for x in (-width / 2 + 0.04, width / 2 - 0.1)]
    return parts + [Part("leg", foot, look.plastic) for foot in feet]


def bed_parts(
    width: float, depth: float, height: float, style: str, cover: Finish, look: Palette, people: int, seed: int
) -> list[Part]:
    """A made bed for ``people`` inside a box, head at +Y."""
    rng = np.random.default_rng(seed)
    front, rear = -depth / 2, depth / 2
    deck = min(0.28, 0.5 * height)
    top = deck + min(0.2, 0.35 * height)
    low, head = deck - 0.13, rear - HEAD
    frame = width - 0.05
    parts = bedstead(frame, front + 0.05, head, low, deck, look.wood)
    parts += [leg for leg in square_legs(frame / 2 - 0.02, -front - 0.06, 0.05, low, look.wood) if leg.shape.vertices[0, 1] < 0]
    parts += headboard(style, width, rear, height, look, low)
    bed = frame - 0.07
    parts.append(mattress(bed, front + 0.085, head - 0.005, deck, top))
    parts += duvet(width, front, head - 0.5, top, min(0.22, top - 0.08), cover, rng)
    return parts + pillows(people, bed, head, min(top, height - 0.16), rng)
