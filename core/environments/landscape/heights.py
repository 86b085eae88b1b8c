"""The shape of the land: uplift by kind, valleys cut by rivers, slopes slackened by frost; all on square grids of metres.

Row 0 is the south edge, column 0 the west edge.
"""

from __future__ import annotations

import numpy as np

from ...progress import Progress
from .brief import LandscapeBrief

NEIGHBOURS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
RELIEF = {"hills": 0.11, "mountains": 0.42, "lake": 0.26, "coast": 0.13, "desert": 0.07, "forest": 0.1}  # of the size at relief 1


def fractal(
    rng: np.random.Generator, size: int, octaves: int, start: int = 2, gain: float = 0.5, ridged: bool = False
) -> np.ndarray:
    """(size, size) value noise of ``octaves`` doublings from ``start`` cells across, smooth between; ridged: sharp crests."""
    total = np.zeros((size, size), np.float32)
    amount, cells = 1.0, start
    for _ in range(octaves):
        grid = rng.standard_normal((cells + 4, cells + 4)).astype(np.float32)
        layer = upsampled(grid, size, cells)
        total += amount * ((0.8 - np.abs(layer) * 1.6) if ridged else layer)
        amount, cells = amount * gain, cells * 2
        if cells > size:
            break
    return total


def upsampled(grid: np.ndarray, size: int, cells: int) -> np.ndarray:
    """(size, size) cubic (Catmull-Rom) interpolation of the inner ``cells`` of a grid with two rows of margin."""
    place = np.linspace(0, cells, size, dtype=np.float32)
    base = np.minimum(place.astype(int), cells - 1)
    t = (place - base)[:, None]
    weights = np.concatenate([-(t**3) + 2 * t**2 - t, 3 * t**3 - 5 * t**2 + 2, -3 * t**3 + 4 * t**2 + t, t**3 - t**2], axis=1) / 2
    rows = _cubic(grid[1:], base, weights, 0)
    return _cubic(rows[:, 1:], base, weights, 1)


def _cubic(grid: np.ndarray, base: np.ndarray, weights: np.ndarray, axis: int) -> np.ndarray:
    across = weights[:, :, None] if axis == 0 else weights.T[:, None]
    a, b, c, d = (np.take(grid, base + k, axis=axis) * (across[:, k] if axis == 0 else across[k]) for k in range(4))
    return (a + b + c + d).astype(np.float32)


def resized(heights: np.ndarray, size: int) -> np.ndarray:
    """(size, size) heights interpolated smoothly from any square or oblong grid."""
    rows, columns = heights.shape
    made = heights.astype(np.float32)
    for axis, count in ((0, rows), (1, columns)):
        place = np.linspace(0, count - 1, size)
        base = np.clip(np.floor(place).astype(int), 0, max(count - 2, 0))
        t = (place - base)[:, None].astype(np.float32)
        weights = (
            np.concatenate([-(t**3) + 2 * t**2 - t, 3 * t**3 - 5 * t**2 + 2, -3 * t**3 + 4 * t**2 + t, t**3 - t**2], axis=1) / 2
        )
        pad = [(1, 2) if k == axis else (0, 0) for k in range(2)]
        made = _cubic(np.pad(made, pad, mode="edge"), base, weights, axis)
    return made


def shape_land(brief: LandscapeBrief, size: int, rng: np.random.Generator, progress: Progress) -> np.ndarray:
    """(size, size) float32 heights in metres of a brief; the lowest ground lies near 0."""
    tall = RELIEF[brief.kind] * (0.25 + 0.75 * brief.relief) * brief.size
    if brief.kind == "desert":
        return _desert(brief, size, tall, rng)
    coarse = 128
    uplift = _uplift(brief, coarse, rng)
    progress(0.1, "Letting rivers cut valleys")
    heights = uplift + 0.3 * fractal(rng, coarse, 6, 4, 0.55) * np.clip(uplift, 0.05, 0.8)
    rounds = int(6 + 14 * brief.erosion)
    heights = _rivers(heights, uplift, rounds, 1.0)
    heights = resized(heights, 2 * coarse)
    heights += 0.03 * fractal(rng, 2 * coarse, 4, 24) * np.clip(resized(uplift, 2 * coarse), 0.05, 1.0)
    progress(0.35, "Letting rivers cut valleys")
    heights = _rivers(heights, resized(uplift, 2 * coarse), rounds // 2, 0.5)
    progress(0.6, "Letting frost slacken slopes")
    heights = heights - np.quantile(heights, 0.01)
    heights = heights / max(float(np.quantile(heights, 0.995)), 1e-6) * tall
    fine = resized(heights, min(size, 512))
    cell = brief.size / len(fine)
    strength = tall * 0.05
    fine += strength * 0.6 * fractal(rng, len(fine), 5, 24, 0.5, ridged=brief.kind in ("mountains", "lake")) * _rough(fine, tall)
    fine = slackened(fine, cell, 0.95 if brief.kind in ("mountains", "lake") else 0.7, int(8 + 22 * brief.erosion))
    progress(0.9, "Letting frost slacken slopes")
    whole = resized(fine, size) if size != len(fine) else fine
    whole = whole + min(0.16, 0.002 * tall + 0.03) * fractal(rng, size, 3, max(8, size // 8), 0.6)
    return whole.astype(np.float32)


def _rough(heights: np.ndarray, tall: float) -> np.ndarray:
    """More roughness high up than on the valley floor."""
    return np.clip(heights / (0.6 * tall), 0.08, 1.0)


def _uplift(brief: LandscapeBrief, size: int, rng: np.random.Generator) -> np.ndarray:
    """(size, size) 0..1: how fast the ground rises; decides where ranges, basins and shores are."""
    y, x = np.meshgrid(np.linspace(0, 1, size), np.linspace(-1, 1, size), indexing="ij")
    noise = fractal(rng, size, 4)
    noise = noise / noise.std()
    x = x + 0.13 * fractal(rng, size, 5, 3)  # bends every line of the plan
    y = y + 0.065 * fractal(rng, size, 5, 3)
    if brief.kind == "coast":
        shore = 0.42 + 0.1 * noise + 0.14 * np.sin(2.4 * x + rng.uniform(0, 6))
        return np.clip((y - shore) * 2.4 + 0.18 * noise * (y > shore), 0.0, 1.0) * 0.9 + 0.02
    if brief.kind == "lake":
        bowl = np.hypot(x / 0.62, (y - 0.42) / 0.34)
        return np.clip(np.clip(bowl - 0.75, 0, 1.4) * 0.7 + 0.2 * noise * np.clip(bowl - 0.7, 0, 1), 0.0, 1.3) + 0.015
    if brief.kind == "mountains":
        ahead = np.clip((y - 0.14) * 1.6, 0, 1)
        valley = np.clip(np.abs(x - 0.12 * np.sin(5 * y) - 0.05) * 2.2, 0.12, 1)
        return np.clip(ahead * valley * (0.75 + 0.3 * noise), 0.02, 1.4)
    return np.clip(0.5 + 0.32 * noise, 0.05, 1.3)


def _rivers(heights: np.ndarray, uplift: np.ndarray, rounds: int, pace: float) -> np.ndarray:
    """Stream-power erosion with uplift, implicit in time (Braun and Willett, 2013), drained over the edges and into pits.

    Every cell flows to its steepest neighbour; sorted by height, water gathers downstream and height is solved upstream.
    """
    size = len(heights)
    h = heights.astype(np.float64).ravel()
    rise = uplift.astype(np.float64).ravel() * 0.012 * pace
    index = np.arange(size * size).reshape(size, size)
    cell = 1.0 / size
    padded = np.pad(index, 1, mode="edge")
    around = np.stack([padded[1 + i : size + 1 + i, 1 + j : size + 1 + j].ravel() for i, j in NEIGHBOURS])
    far = np.array([np.hypot(i, j) for i, j in NEIGHBOURS]) * cell
    border = np.zeros((size, size), bool)
    border[[0, -1]] = border[:, [0, -1]] = True
    border = border.ravel() & (h < np.quantile(h, 0.25))  # water leaves where the land is low
    strength = 0.05 * pace
    for _ in range(rounds):
        slope = (h[None] - h[around]) / far[:, None]
        best = slope.argmax(axis=0)
        rows = np.arange(len(h))
        receiver = np.where((slope[best, rows] > 0) & ~border, around[best, rows], rows)
        order = np.argsort(h, kind="stable")
        area = _gathered(order, receiver)
        factor = strength * np.sqrt(area * cell * cell) / far[best]
        h = _solved(h + np.where(border, 0.0, rise), order, receiver, factor)
        h = 0.8 * h + 0.05 * h[around[[0, 2, 4, 6]]].sum(axis=0)  # soil creeps: crests are round, gullies apart
    return h.reshape(size, size).astype(np.float32)


def _gathered(order: np.ndarray, receiver: np.ndarray) -> np.ndarray:
    """(N,) how many cells drain through each."""
    area = [1.0] * len(order)
    to = receiver.tolist()
    for k in order[::-1].tolist():
        down = to[k]
        if down != k:
            area[down] += area[k]
    return np.array(area)


def _solved(h: np.ndarray, order: np.ndarray, receiver: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Heights after one implicit step, from the mouths upstream."""
    new, to, rate = h.tolist(), receiver.tolist(), factor.tolist()
    for k in order.tolist():
        down = to[k]
        if down != k and new[k] > new[down]:
            f = rate[k]
            new[k] = (new[k] + f * new[down]) / (1.0 + f)
    return np.array(new)


def slackened(heights: np.ndarray, cell: float, slope: float, rounds: int) -> np.ndarray:
    """Thermal erosion: material above the angle of repose (``slope``) slides to the four lower neighbours; mass is kept."""
    h = heights.astype(np.float32).copy()
    limit = np.float32(slope * cell)
    for _ in range(rounds):
        east = h[:, :-1] - h[:, 1:]
        slide = 0.2 * (np.clip(east - limit, 0, None) - np.clip(-east - limit, 0, None))
        north = h[:-1] - h[1:]
        fall = 0.2 * (np.clip(north - limit, 0, None) - np.clip(-north - limit, 0, None))
        h[:, :-1] -= slide
        h[:, 1:] += slide
        h[:-1] -= fall
        h[1:] += fall
    return h


def _desert(brief: LandscapeBrief, size: int, tall: float, rng: np.random.Generator) -> np.ndarray:
    """Dunes with a gentle windward and a slipping leeward side, and where relief is high, terraced mesas behind them."""
    grid = min(size, 512)
    y, x = np.meshgrid(np.linspace(0, 1, grid), np.linspace(0, 1, grid), indexing="ij")
    bend = fractal(rng, grid, 3, 3)
    bend /= bend.std()
    dune = np.zeros((grid, grid), np.float32)
    for waves, amount in ((9.0, 1.0), (17.0, 0.34)):
        phase = waves * (0.93 * x + 0.36 * y) + (0.5 if waves < 10 else 0.9) * bend + rng.uniform(0, 1)
        t = phase - np.floor(phase)
        profile = np.where(t < 0.72, 0.5 - 0.5 * np.cos(np.pi * t / 0.72), 0.5 + 0.5 * np.cos(np.pi * (t - 0.72) / 0.28))
        high = np.clip(0.55 + 0.45 * fractal(rng, grid, 2, 4), 0.1, 1.4)
        dune += (amount * profile * high).astype(np.float32)
    heights = dune / dune.max() * tall * 0.45
    if brief.relief > 0.35:
        mass = fractal(rng, grid, 5, 3)
        mass = mass / mass.std() + 2.2 * (y - 0.72) + 0.5 * np.abs(x - 0.5)
        table = np.clip((mass - 0.55) * 2.2, 0, 1)
        steps = np.floor(table * 3.999) / 4 + np.clip((table * 4 - np.floor(table * 4)) * 3.4 - 2.4, 0, 1) / 4
        talus = np.clip((mass + 0.05) * 0.8, 0, 0.6)
        heights = np.maximum(heights * (1 - table), steps * tall * 2.6 * (0.4 + brief.relief) + talus * tall * 0.4)
        heights += steps * 0.02 * tall * fractal(rng, grid, 4, 24)
    heights = slackened(heights.astype(np.float32), brief.size / grid, 0.62 if brief.relief <= 0.35 else 1.6, 14)
    return resized(heights, size) + 0.05 * fractal(rng, size, 3, max(8, size // 8))
