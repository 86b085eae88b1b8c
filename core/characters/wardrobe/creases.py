"""Soft folds of cloth: where limbs bend and where a shirt falls together over the waist."""

from __future__ import annotations

import numpy as np

from ..cloth import Cloth
from ..figure import ARM_BONES, LEG_BONES, SIDES, Axis, Figure

Fold = tuple[float, float, float, float]  # centre and width (shares of the limb), wave length and depth (metres)
ARM_FOLDS: tuple[Fold, ...] = ((0.5, 0.26, 0.055, 0.0052), (0.88, 0.15, 0.042, 0.0045), (0.04, 0.18, 0.07, 0.004))
LEG_FOLDS: tuple[Fold, ...] = ((0.52, 0.14, 0.075, 0.0038), (0.95, 0.10, 0.05, 0.0062), (0.08, 0.12, 0.07, 0.0045))


def creases(figure: Figure, cloth: Cloth, rng: np.random.Generator) -> np.ndarray:
    """(n,) metres of soft folds: at elbows and wrists, knees and ankles, and across the waist."""
    unit = figure.unit
    total = np.zeros(len(cloth.vertices), np.float32)
    places: list[tuple[Axis, tuple[str, ...], str, tuple[Fold, ...]]] = [
        *((figure.arms[side], ARM_BONES, side, ARM_FOLDS) for side in SIDES),
        *((figure.legs[side], LEG_BONES, side, LEG_FOLDS) for side in SIDES),
    ]
    for axis, bones, side, folds in places:
        share = figure.share(cloth.weights, bones, side)
        along, angle, _, _ = axis.measure(cloth.vertices)
        for centre, width, wave, size in folds:
            total += share * _fold(rng, along / axis.length, angle, centre, width, wave * unit / axis.length, size * unit)
    along, angle, _, _ = figure.torso.measure(cloth.vertices)
    trunk = 1 - np.clip(figure.arm_share(cloth.weights) * 1.5, 0, 1)
    trunk *= 1 - np.clip(sum(figure.share(cloth.weights, LEG_BONES, side) for side in SIDES) * 1.5, 0, 1)
    total += trunk * _fold(rng, along / unit, angle, 0.5, 0.2, 0.095, 0.0065 * unit)
    return total


def _fold(
    rng: np.random.Generator, along: np.ndarray, angle: np.ndarray, centre: float, width: float, wave: float, size: float
) -> np.ndarray:
    """Ridges around a limb that wander and break off; outwards only, so that folds never enter the body."""
    phase = rng.uniform(0, 2 * np.pi, 5)
    wander = 1.6 * np.sin(angle + phase[0]) + 0.9 * np.sin(2 * angle + phase[1]) + 0.5 * np.sin(3 * angle + along * 9 + phase[2])
    ridge = np.clip(np.sin(2 * np.pi * along / wave + wander + phase[3]) * 0.5 + 0.5, 0, 1) ** 1.6
    broken = 0.55 + 0.45 * np.sin(2 * angle + phase[4] + 2 * np.pi * along / (wave * 3))
    return (size * ridge * broken * np.exp(-(((along - centre) / width) ** 2))).astype(np.float32)
