"""Cloth that falls free of the legs: skirts, and what hangs from the hips of coats, dresses and robes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..cloth import Cloth, add_rings
from .tailor import Tailor

ANGLES, LEVELS = 72, 40
ROW = 0.045  # metres between two rings


def drape(tailor: Tailor, cloth: Cloth, loop: np.ndarray, hem: float, flare: float, folds: float, ease: float) -> Cloth:
    """Rings of cloth from a boundary loop around the hips down to the height ``hem`` (m).

    Every ring clears the hull of the legs and of what is worn on them by ``ease``, goes out by at least ``flare`` metres a metre,
    and gathers into ``folds`` metres deep towards the hem. The cloth follows the thighs, below the knees partly the calves.
    """
    start = cloth.vertices[loop]
    centre = np.array([0.0, (start[:, 1].min() + start[:, 1].max()) / 2])
    away = start[:, :2] - centre
    angle, first = np.arctan2(away[:, 0], -away[:, 1]), np.linalg.norm(away, axis=1)
    hull, levels = leg_hull(tailor, centre, float(start[:, 2].max()), hem)
    rows = max(3, round(float(start[:, 2].mean() - hem) / (ROW * max(tailor.unit, 0.7)) * (1 if tailor.fine else 0.6)))
    waves, phase = int(tailor.rng.integers(9, 13)), tailor.rng.uniform(0, 2 * np.pi, 3)
    ripple = 0.5 + 0.36 * np.cos(waves * angle + phase[0]) + 0.2 * np.cos((waves - 4) * angle + phase[1])
    rings, radius = [], first
    for row in range(1, rows + 1):
        share = row / rows
        height = start[:, 2] + (hem - start[:, 2]) * share
        step = (start[:, 2] - hem) / rows
        wanted = _hull_at(hull, levels, angle, height) + ease
        radius = np.maximum(radius + flare * step * min(1.0, 0.4 + row / 4), wanted)
        radius = (2 * radius + np.roll(radius, 1) + np.roll(radius, -1)) / 4
        out = np.maximum(radius, wanted) + folds * tailor.unit * np.clip(ripple, 0, 1) * share**1.2
        place = centre + out[:, None] * np.stack([np.sin(angle), -np.cos(angle)], axis=1)
        rings.append(np.concatenate([place, height[:, None]], axis=1).astype(np.float32))
    count = len(cloth.vertices)
    draped = add_rings(cloth, loop, rings, 0)
    weights = draped.weights.copy()
    hung = skirt_weights(tailor, draped.vertices[count:], float(start[:, 2].mean()))
    fade = np.repeat(np.clip(np.arange(1, rows + 1) / max(0.4 * rows, 1), 0, 1), len(loop))[:, None]
    weights[count:] = (1 - fade) * weights[count:] + fade * hung
    return replace(draped, weights=weights.astype(np.float32))


def skirt_weights(tailor: Tailor, points: np.ndarray, top: float) -> np.ndarray:
    """(n, B) pelvis at ``top``, thighs from below the hips on, left and right shared across the middle, calves below the knees."""
    shape, unit = tailor.shape, tailor.unit
    names = shape.pack.bone_names
    crotch, knee, ankle = (shape.joint(bone)[2] for bone in ("thigh_l", "calf_l", "foot_l"))
    down = np.clip((top - points[:, 2]) / max(top - crotch + 0.14 * unit, 1e-3), 0, 1)
    low = np.clip((knee - points[:, 2]) / max(knee - ankle, 1e-3), 0, 1)
    left = np.clip(0.5 + points[:, 0] / (0.2 * unit * (1 + 0.8 * low)), 0, 1)
    left = left * left * (3 - 2 * left)
    calf = 0.75 * np.clip(2.5 * low, 0, 1)
    weights = np.zeros((len(points), len(names)), np.float32)
    weights[:, names.index("pelvis")] = 1 - down
    for side, share in (("l", left), ("r", 1 - left)):
        weights[:, names.index(f"thigh_{side}")] = down * share * (1 - calf)
        weights[:, names.index(f"calf_{side}")] = down * share * calf
    return weights


def leg_hull(tailor: Tailor, centre: np.ndarray, top: float, bottom: float) -> tuple[np.ndarray, np.ndarray]:
    """(LEVELS, ANGLES) radius of the convex hull of legs and clothes around ``centre`` (2,), and the heights of its rows."""
    legs = tailor.leg_share(tailor.tights.weights) + (tailor.figure.arm_share(tailor.tights.weights) < 0.1) > 0.5
    points = np.concatenate([tailor.tights.vertices[legs], *(layer for layer, _ in tailor.layers)])
    points = points[(np.abs(points[:, 0]) < 0.42 * tailor.unit) & (points[:, 2] > bottom - 0.08)]
    levels = np.linspace(top, bottom, LEVELS)
    turn = np.arange(ANGLES) * 2 * np.pi / ANGLES
    ways = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    between = np.cos(turn[:, None] - turn[None])
    reach = max(0.025 * tailor.unit, abs(levels[0] - levels[1]))
    hull = np.zeros((LEVELS, ANGLES))
    for row, level in enumerate(levels):
        near = points[np.abs(points[:, 2] - level) < reach]
        if len(near) == 0:
            hull[row] = hull[row - 1]
            continue
        support = ((near[:, :2] - centre) @ ways.T).max(axis=0)
        hull[row] = np.where(between > 0.2, support[None] / np.maximum(between, 0.2), np.inf).min(axis=1)
    return hull, levels


def _hull_at(hull: np.ndarray, levels: np.ndarray, angle: np.ndarray, height: np.ndarray) -> np.ndarray:
    """(n,) bilinear radius of the hull at angles and heights."""
    row = np.clip((levels[0] - height) / (levels[0] - levels[-1]) * (LEVELS - 1), 0, LEVELS - 1.001)
    column = angle / (2 * np.pi) % 1 * ANGLES
    k, j = row.astype(int), column.astype(int) % ANGLES
    fk, fj, after = row - k, column - np.floor(column), (j + 1) % ANGLES
    upper = hull[k, j] * (1 - fj) + hull[k, after] * fj
    lower = hull[k + 1, j] * (1 - fj) + hull[k + 1, after] * fj
    return upper * (1 - fk) + lower * fk
