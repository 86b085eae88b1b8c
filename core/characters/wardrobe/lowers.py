"""Garments for hips and legs: briefs, trousers, shorts and skirts."""

from __future__ import annotations

import numpy as np

from ...scene import Material
from ..cloth import Cloth, band, cut
from ..figure import LEG_BONES, SIDES, hang
from .drape import drape
from .patterns import LowerCut
from .tailor import SKIN_GAP, Profile, Tailor, Wish


def lower(tailor: Tailor, cut_: LowerCut, wish: Wish) -> None:
    """Trousers, shorts or briefs."""
    figure, unit = tailor.figure, tailor.unit
    cloth, _ = cut(tailor.tights, _outside(tailor, cut_, tailor.tights.vertices, tailor.tights.weights))
    ease = max(cut_.ease * (0.5 + 0.5 * unit), 0.0022) - SKIN_GAP
    height = cloth.vertices[:, 2:] - tailor.shape.joint("pelvis")[2]
    snug = np.clip(1 - height / (0.05 * unit), 0, 1)  # the waist lies close
    floor = cloth.vertices + (0.0035 - SKIN_GAP + (ease + SKIN_GAP - 0.0035) * snug) * cloth.normals()
    if cut_.slope < 1:
        for side in SIDES:
            axis = figure.legs[side]
            least = 0.0 if cut_.leg < 0.6 or cut_.slope > 0.12 else 0.062 * unit
            floor = hang(floor, axis, cut_.slope, 0.16 * unit, figure.share(cloth.weights, LEG_BONES, side), least)
    cloth = tailor.settle(cloth, floor, 1.0 if cut_.slope < 1 else 0.0)
    tailor.cover(_outside(tailor, cut_, tailor.shape.vertices, figure.weights))
    tailor.add(cut_.name, cloth, *_finish(tailor, cloth, tailor.cloth(cut_.name, cut_.kind, wish), cut_))


def skirt(tailor: Tailor, cut_: LowerCut, wish: Wish) -> None:
    """A skirt: a yoke cut from the waist to the hips, and cloth that falls from it."""
    shape, unit = tailor.shape, tailor.unit
    waist, hip = shape.joint("pelvis")[2] + cut_.waist * unit, shape.joint("thigh_l")[2] - 0.012 * unit

    def outside(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        trunk = np.maximum(points[:, 2] - waist, hip - points[:, 2])
        return np.where(tailor.figure.arm_share(weights) > 0.3, 1.0, trunk)

    yoke, _ = cut(tailor.tights, outside(tailor.tights.vertices, tailor.tights.weights))
    yoke = tailor.settle(yoke, yoke.vertices + (cut_.ease - SKIN_GAP) * yoke.normals(), 0.05)
    hem = leg_height(tailor, cut_.leg)
    cloth = drape(tailor, yoke, tailor.loops(yoke)["hem"], hem, cut_.flare, cut_.folds, 0.012 * unit)
    points = shape.vertices
    covered = np.maximum(points[:, 2] - waist, hem + 0.08 * unit - points[:, 2])
    tailor.cover(np.where(tailor.figure.arm_share(tailor.figure.weights) > 0.3, 1.0, covered))
    loops = tailor.loops(cloth)
    finished = tailor.hem(cloth, loops["hem"], deep=0.02, away=down(len(loops["hem"])))
    tailor.add("Skirt", cloth, band(finished, loops["top"], _waistband(unit)), [tailor.cloth("Skirt", cut_.kind, wish)])


def leg_height(tailor: Tailor, share: float) -> float:
    """Metres over the ground of a hem at a share of the leg, hip joint to ankle."""
    hip, ankle = tailor.shape.joint("thigh_l")[2], tailor.shape.joint("foot_l")[2]
    return float(hip - share * (hip - ankle))


def down(count: int) -> np.ndarray:
    """(count, 3) straight down, the way hems of hanging cloth grow."""
    return np.repeat(np.array([[0, 0, -1]], np.float32), count, axis=0)


def _outside(tailor: Tailor, cut_: LowerCut, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n,) signed metres beyond the waist or the leg hems; negative is covered."""
    figure = tailor.figure
    result = points[:, 2] - (tailor.shape.joint("pelvis")[2] + cut_.waist * tailor.unit)
    for side in SIDES:
        axis = figure.legs[side]
        share = figure.share(weights, LEG_BONES, side)
        along = axis.measure(points)[0] - cut_.leg * axis.length
        if cut_.leg > 0.2:  # a straight hem is level; short legs are cut across the limb
            along = leg_height(tailor, cut_.leg) - points[:, 2]
        result = np.where(share > 0.5, along, result)
    return np.where(figure.arm_share(weights) > 0.3, 1.0, result)


def _finish(tailor: Tailor, cloth: Cloth, material: Material, cut_: LowerCut) -> tuple[Cloth, list[Material]]:
    loops = tailor.loops(cloth)
    if cut_.slope > 1:
        for loop in loops.values():
            cloth = tailor.edge(cloth, loop)
        return cloth, [material]
    for place in ("left", "right"):  # long legs fall over the shoe
        long = cut_.leg > 0.9 and cut_.slope < 0.12
        deep, way = (0.046, down(len(loops[place]))) if long else (0.024, None)
        cloth = tailor.hem(cloth, loops[place], deep, away=way)
    return band(cloth, loops["top"], _waistband(tailor.unit)), [material]


def _waistband(u: float) -> Profile:
    return [(0.0005, 0.0018), (0.004, 0.0024), (0.034 * u, 0.0024), (0.035 * u, 0.0005), (0.03 * u, -0.0005)]
