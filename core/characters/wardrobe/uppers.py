"""Garments for trunk and arms, from t-shirt to robe."""

from __future__ import annotations

import numpy as np

from ...scene import Material
from ..cloth import Cloth, band, cut, join
from ..figure import ARM_BONES, SIDES, hang
from ..trims import button, strip
from .collars import collar
from .drape import drape
from .lowers import down, leg_height
from .patterns import UpperCut
from .tailor import SKIN_GAP, Tailor, Wish


def upper(tailor: Tailor, cut_: UpperCut, wish: Wish) -> None:
    """A garment for trunk and arms; a ``drop`` lets it fall past the hips."""
    figure, unit = tailor.figure, tailor.unit
    cloth, _ = cut(tailor.tights, _outside(tailor, cut_, tailor.tights.vertices, tailor.tights.weights))
    ease = max(cut_.ease * (0.5 + 0.5 * unit), 0.0022) - SKIN_GAP
    floor = cloth.vertices + ease * cloth.normals()
    arm = figure.arm_share(cloth.weights)
    if cut_.slope < 1:
        floor = hang(floor, figure.torso, cut_.slope, 0.16 * unit, 1 - arm)
        for side in SIDES:
            share = figure.share(cloth.weights, ARM_BONES, side)
            floor = hang(floor, figure.arms[side], cut_.sleeve_slope, 0.05 * unit, share)
    cloth = tailor.settle(cloth, floor, cut_.rumple)
    tailor.cover(_outside(tailor, cut_, tailor.shape.vertices, figure.weights))
    if cut_.drop:
        hem = leg_height(tailor, cut_.drop)
        cloth = drape(tailor, cloth, tailor.loops(cloth)["hem"], hem, cut_.flare, cut_.folds, cut_.ease + 0.006 * unit)
        _cover_legs(tailor, hem)
    if cut_.slope < 1:
        end = hem + 0.1 * unit if cut_.drop else tailor.shape.joint("thigh_l")[2] - (cut_.hem - 0.035) * unit
        tailor.take_away(("Trousers", "Shorts", "Skirt"), end)
    tailor.add(cut_.name, cloth, *_finish(tailor, cloth, tailor.cloth(cut_.name, cut_.kind, wish), cut_))


def _outside(tailor: Tailor, cut_: UpperCut, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n,) signed metres beyond the nearest hem of an upper garment; negative is covered."""
    figure, unit = tailor.figure, tailor.unit
    hem = tailor.shape.joint("thigh_l")[2] - cut_.hem * unit
    neck = figure.neck_plane(points, cut_.neck_back * unit, cut_.neck_front * unit, cut_.climb)
    if cut_.neck_v:
        pit = tailor.shape.joint("neck_01")[2] - (0.062 + cut_.neck_v) * unit
        steep = cut_.neck_v / 0.075
        opening = (points[:, 2] - pit - steep * np.abs(points[:, 0])) / np.hypot(1, steep)
        in_front = points[:, 1] < figure.torso.joints[0, 1]
        neck = np.where(in_front, np.maximum(neck, opening), neck)
    trunk = np.maximum(hem - points[:, 2], neck)
    along = figure.along_arm(points) - cut_.sleeve * figure.arms["l"].length
    on_arm = figure.arm_share(weights) > (0.5 if cut_.sleeve > 0 else 0.1)
    return np.where(on_arm, along, trunk)


def _cover_legs(tailor: Tailor, hem: float) -> None:
    """Hides the legs under cloth that falls to ``hem``; more is left than under trousers, as one sees in from below."""
    points, unit = tailor.shape.vertices, tailor.unit
    hip = tailor.shape.joint("thigh_l")[2] + 0.1 * unit
    outside = np.maximum(points[:, 2] - hip, hem + 0.08 * unit - points[:, 2])
    tailor.cover(np.where(tailor.figure.arm_share(tailor.figure.weights) > 0.3, 1.0, outside))


def _finish(tailor: Tailor, cloth: Cloth, material: Material, cut_: UpperCut) -> tuple[Cloth, list[Material]]:
    """Hem, cuffs, collar and closure. Material slots: the cloth, rib or lining, metal or buttons."""
    loops, u, plain = tailor.loops(cloth), tailor.unit, cloth
    if cut_.slope > 1:
        for loop in loops.values():
            cloth = tailor.edge(cloth, loop)
        return cloth, [material]
    ribbed = cut_.cuffs == "rib"
    if ribbed and not cut_.drop:
        cloth = tailor.ribbed(cloth, loops["hem"], 0.058 * u, 0.001)
    else:
        cloth = tailor.hem(cloth, loops["hem"], 0.018, away=down(len(loops["hem"])) if cut_.drop else None)
    for place in ("left", "right"):
        if place in loops:
            cloth = _cuff(tailor, cloth, loops[place], cut_)
    cloth = collar(tailor, cloth, loops["top"], cut_)
    materials = [material, tailor.rib(material)] if ribbed or cut_.collar in ("roll", "stand") else [material]
    trims, extra = _closure(tailor, cloth, plain, cut_, len(materials))
    return join([cloth, *trims]) if trims else cloth, [*materials, *extra]


def _cuff(tailor: Tailor, cloth: Cloth, loop: np.ndarray, cut_: UpperCut) -> Cloth:
    u = tailor.unit
    if cut_.cuffs == "rib":
        return tailor.ribbed(cloth, loop, 0.056 * u, tailor.slack(cloth, loop))
    if cut_.cuffs == "shirt":
        g = 0.8 * tailor.slack(cloth, loop)
        cuff = [(0.001, -0.6 * g), (0.005 * u, -g - 0.002), (0.008 * u, -g), (0.056 * u, -g - 0.001), (0.057 * u, -g - 0.003)]
        return band(cloth, loop, [*cuff, (0.03 * u, -g - 0.004)])
    return tailor.hem(cloth, loop)


def _closure(tailor: Tailor, cloth: Cloth, plain: Cloth, cut_: UpperCut, slot: int) -> tuple[list[Cloth], list[Material]]:
    """A zip, a row of buttons, or the overlap of a wrapped robe down the front; ``slot`` is the next free material.

    It ends where the ``plain`` cloth does, below the collar."""
    u = tailor.unit
    if not cut_.closure or cut_.neck_v > 0.13 and cut_.closure != "wrap":
        return [], []
    front = _front_line(tailor, plain)
    if cut_.closure == "wrap":
        return [strip(cloth, front, 0.022 * u, 0.0035, 0)], []
    if cut_.closure == "zip":
        zip_ = Material("Zip", base_color=(0.35, 0.35, 0.36, 1.0), metallic=1.0, roughness=0.35)
        pieces = [strip(cloth, front, 0.016 * u, 0.0024, 0), strip(cloth, front, 0.0035 * u, 0.0044, slot)]
        return pieces + _welts(tailor, cloth, front), [zip_]
    large = cut_.drop > 0
    shell = Material("Buttons", base_color=(0.05, 0.04, 0.035, 1.0) if large else (0.62, 0.60, 0.55, 1.0), roughness=0.3)
    radius = (0.0095 if large else 0.0058) * max(u, 0.75)
    spots = _spaced(front, (0.115 if large else 0.085) * u * (1 if tailor.fine else 1.7), 0.03 * u)
    buttons = [button(cloth, spot, radius, slot) for spot in spots]
    return [strip(cloth, front, (0.022 if large else 0.016) * u, 0.0028, 0), *buttons], [shell]


def _welts(tailor: Tailor, cloth: Cloth, front: np.ndarray) -> list[Cloth]:
    """Two slanted pockets."""
    u, hip, pieces = tailor.unit, tailor.shape.joint("thigh_l")[2], []
    for side in (1, -1):
        low, high = np.array([0.118 * side, 0, 0.055]) * u, np.array([0.085 * side, 0, 0.175]) * u
        line = np.linspace(low, high, 7) + [0, front[:, 1].min() - 0.02, hip]
        pieces.append(strip(cloth, line.astype(np.float32), 0.011 * u, 0.0022, 0))
    return pieces


def _front_line(tailor: Tailor, cloth: Cloth) -> np.ndarray:
    """(k, 3) points down the middle of the front, evenly spaced, from the neck to the hem."""
    front = (np.abs(cloth.vertices[:, 0]) < 0.009 * tailor.unit) & (cloth.vertices[:, 1] < tailor.figure.torso.joints[0, 1])
    points = cloth.vertices[front]
    count = max(12, round(float(np.ptp(points[:, 2])) / 0.018)) if tailor.fine else 16
    heights = np.linspace(points[:, 2].max() - 0.004, points[:, 2].min() + 0.004, count)
    near = np.abs(points[:, 2][None] - heights[:, None])
    depth = np.array([points[row < max(0.012, row.min() + 1e-4), 1].min() for row in near])
    return np.stack([0 * heights, depth, heights], axis=1).astype(np.float32)


def _spaced(line: np.ndarray, gap: float, start: float) -> np.ndarray:
    """Points of a line (k, 3) every ``gap`` metres, from ``start`` on, a little before its end."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    stations = np.arange(start, run[-1] - 0.5 * gap, gap)
    return np.stack([np.interp(stations, run, line[:, k]) for k in range(3)], axis=1).astype(np.float32)
