"""Collars: what an upper garment has around the neck."""

from __future__ import annotations

import numpy as np

from ..cloth import Cloth, add_rings, band
from .patterns import UpperCut
from .tailor import Tailor


def collar(tailor: Tailor, cloth: Cloth, loop: np.ndarray, cut_: UpperCut) -> Cloth:
    """The cut's collar on the neck's boundary loop."""
    u = tailor.unit
    if cut_.collar == "shirt":
        return _shirt(tailor, cloth, loop, 1.35 if cut_.drop else 1.0)
    if cut_.collar == "stand":
        return tailor.ribbed(cloth, loop, 0.046 * u, 0.003, _neck_axis(tailor, len(loop)))
    if cut_.collar == "roll":
        return _roll(tailor, cloth, loop)
    if cut_.collar == "hood":
        return _hood(tailor, cloth, loop)
    if cut_.cuffs == "rib":
        return tailor.ribbed(cloth, loop, 0.022 * u, 0.004)
    wide = 2.2 if cut_.closure == "wrap" else 1.0
    rib = [(0.0005, 0.0022), (0.004, 0.003), (0.012 * u, 0.003), (0.017 * u, 0.0018), (0.0175 * u, -0.0005), (0.009 * u, -0.0015)]
    return band(cloth, loop, [(along * (wide if along < 0.0172 * u else 1.0), out * wide) for along, out in rib])


def _neck_axis(tailor: Tailor, count: int) -> np.ndarray:
    """(count, 3) the direction of the neck, for collars that stand."""
    way = tailor.shape.joint("head") - tailor.shape.joint("neck_01")
    way = way / np.linalg.norm(way) + [0, 0, 0.6]
    return np.repeat((way / np.linalg.norm(way)).astype(np.float32)[None], count, axis=0)


def _outwards(cloth: Cloth, loop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(k, 3) level directions away from the middle of the loop, and (k,) angles, 0 in front."""
    out = cloth.vertices[loop] - cloth.vertices[loop].mean(axis=0)
    out[:, 2] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    return out, np.arctan2(out[:, 0], -out[:, 1])


def _shirt(tailor: Tailor, cloth: Cloth, loop: np.ndarray, size: float) -> Cloth:
    """A stand around the neck and a leaf folded over it, parted in front into two points."""
    u, base = tailor.unit, cloth.vertices[loop]
    up = _neck_axis(tailor, len(loop))
    out, angle = _outwards(cloth, loop)
    front = np.exp(-((angle / 0.55) ** 2))[:, None]  # how near the opening

    def ring(height: float, width: float, point: float = 0.0) -> np.ndarray:
        lower, wider = point * 0.020 * size * u * front, point * 0.004 * u * front
        spread = point * 0.014 * u * front * np.stack([np.sign(angle), 0 * angle, 0 * angle], axis=1)
        return base + (height * u - lower) * up + (width * u + wider) * out + spread

    cloth = add_rings(cloth, loop, [ring(0.004, 0.0035), ring(0.028, 0.0)], 0)
    top = np.arange(len(cloth.vertices) - len(loop), len(cloth.vertices))
    # The leaf is open between the two vertices beside the middle of the front.
    following = np.roll(np.arange(len(loop)), -1)
    middle = (np.abs(angle) < 0.35) & (np.sign(angle) != np.sign(angle[following])) & (np.abs(angle[following]) < 0.35)
    gap = np.zeros(len(loop), bool)
    gap[np.flatnonzero(middle)[:1]] = True
    still = np.abs(angle) < 0.02
    gap |= still | np.roll(still, -1)
    deep = 0.0065 * size
    leaf = [
        ring(0.0315, 0.0025),
        ring(0.031, 0.006),
        ring(0.020, 0.010, 0.4),
        ring(0.002, 0.0155, 0.9),
        ring(-deep + 0.0005, 0.018, 1.1),
        ring(-deep, 0.0165, 1.1),
        ring(0.006, 0.0125, 0.8),
    ]
    return add_rings(cloth, top, leaf, 0, gap)


def _roll(tailor: Tailor, cloth: Cloth, loop: np.ndarray) -> Cloth:
    """A ribbed tube up the neck, turned down over itself."""
    u, up = tailor.unit, _neck_axis(tailor, len(loop))
    base = cloth.vertices[loop]
    out, _ = _outwards(cloth, loop)

    def ring(height: float, width: float) -> np.ndarray:
        return (base + height * u * up + width * u * out).astype(np.float32)

    rings = [ring(0.006, 0.001), ring(0.035, -0.002), ring(0.052, -0.001), ring(0.056, 0.003), ring(0.050, 0.0075)]
    return add_rings(cloth, loop, [*rings, ring(0.022, 0.0105), ring(0.016, 0.0095), ring(0.020, 0.006)], 1)


def _hood(tailor: Tailor, cloth: Cloth, loop: np.ndarray) -> Cloth:
    """A hood that lies on the back: a low collar in front, a deep fold behind."""
    u, up = tailor.unit, _neck_axis(tailor, len(loop))
    base = cloth.vertices[loop]
    out, angle = _outwards(cloth, loop)
    back = ((1 - np.cos(angle)) / 2)[:, None] ** 1.3  # 0 in front, 1 behind

    def ring(front: tuple[float, float], behind: tuple[float, float]) -> np.ndarray:
        height, width = (a + (b - a) * back for a, b in zip(front, behind, strict=True))
        return (base + height * u * up + width * u * out).astype(np.float32)

    rings = [
        ring((0.006, 0.004), (0.020, 0.012)),
        ring((0.018, 0.006), (0.048, 0.040)),
        ring((0.026, 0.010), (0.050, 0.078)),
        ring((0.027, 0.016), (0.018, 0.112)),
        ring((0.020, 0.020), (-0.045, 0.112)),
        ring((0.008, 0.021), (-0.095, 0.080)),
        ring((0.000, 0.018), (-0.110, 0.045)),
        ring((0.002, 0.012), (-0.085, 0.022)),
    ]
    return add_rings(cloth, loop, rings, 0)
