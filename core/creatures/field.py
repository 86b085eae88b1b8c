"""Flesh as one distance field: elliptic cones melted together by a smooth minimum, on a rectilinear grid.

Sources: the ellipsoid bound and the polynomial smooth minimum are Inigo Quilez's ("distance functions", "smooth minimum").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .grammar import Anatomy, Flesh

FAR = 1.0  # metres times the creature's size; what lies further than this is not told apart
REACH = 2.5  # a cone is evaluated this many blends around itself


@dataclass
class Field:
    """Signed distances ``values`` (X, Y, Z) float32 in metres at the crossings of ``axes``, three rising arrays; negative
    inside."""

    axes: tuple[np.ndarray, np.ndarray, np.ndarray]
    values: np.ndarray


def distance(points: np.ndarray, flesh: Flesh) -> np.ndarray:
    """(N,) about how far each point (N, 3) is from an elliptic cone; negative inside, exact at its surface's direction."""
    axis = flesh.b - flesh.a
    length = float(np.linalg.norm(axis))
    along = axis / length if length > 1e-9 else np.array((0.0, 0.0, 1.0))
    side = np.asarray(flesh.side, float) - along * np.dot(flesh.side, along)
    if np.linalg.norm(side) < 0.1:  # the axis runs along the side itself
        side = np.cross(along, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    up = np.cross(along, side)
    offset = points - flesh.a
    s = offset @ along
    t = np.clip(s / max(length, 1e-9), 0, 1) if length > 1e-9 else np.zeros(len(points))
    wide = flesh.ra[0] + (flesh.rb[0] - flesh.ra[0]) * t
    high = flesh.ra[1] + (flesh.rb[1] - flesh.ra[1]) * t
    excess = s - np.clip(s, 0, length)
    x, y, z = offset @ side, offset @ up, excess
    end = np.sqrt(wide * high)
    k0 = np.sqrt((x / wide) ** 2 + (y / high) ** 2 + (z / end) ** 2)
    k1 = np.sqrt((x / wide**2) ** 2 + (y / high**2) ** 2 + (z / end**2) ** 2)
    return np.where(k1 > 1e-9, k0 * (k0 - 1) / np.maximum(k1, 1e-9), -np.minimum(wide, high))


def smooth_minimum(a: np.ndarray, b: np.ndarray, blend: float) -> np.ndarray:
    """The smaller of two distances, rounded where they differ by less than ``blend``."""
    h = np.maximum(blend - np.abs(a - b), 0) / max(blend, 1e-9)
    return np.minimum(a, b) - h * h * blend * 0.25


def sample(anatomy: Anatomy, cell: float, head_cell: float) -> Field:
    """The anatomy's field with cells of about ``cell`` metres, and finer ones (``head_cell``) along the head's extent."""
    ends = np.array([(*f.a, max(*f.ra, *f.rb)) for f in anatomy.flesh] + [(*f.b, max(*f.ra, *f.rb)) for f in anatomy.flesh])
    low, high = (ends[:, :3] - ends[:, 3:]).min(axis=0) - 3 * cell, (ends[:, :3] + ends[:, 3:]).max(axis=0) + 3 * cell
    fine = _extent([f for f in anatomy.flesh if f.region == "head"])
    x, y, z = (_axis(low[k], high[k], cell, head_cell, None if fine is None else fine[k], k == 0) for k in range(3))
    axes = (x, y, z)
    values = np.full([len(axis) for axis in axes], FAR * max(1.0, float(np.ptp(ends[:, :3]))), np.float32)
    body = [flesh for flesh in anatomy.flesh if flesh.bone not in anatomy.crease]
    for flesh in body:
        _melt(values, axes, flesh, cell)
    if anatomy.crease:
        jaws = np.full_like(values, values.max())
        for flesh in anatomy.flesh:
            if flesh.bone in anatomy.crease:
                _melt(jaws, axes, flesh, cell)
        values = smooth_minimum(values, jaws, 0.6 * head_cell)
    return Field(axes, values)


def at(anatomy: Anatomy, points: np.ndarray) -> np.ndarray:
    """(N,) float64: the anatomy's field at points (N, 3), evaluated directly."""
    result = np.full(len(points), 1e3)
    for flesh in anatomy.flesh:
        result = smooth_minimum(result, distance(points, flesh), flesh.blend)
    return result


def _extent(flesh: list[Flesh]) -> np.ndarray | None:
    if not flesh:
        return None
    points = np.array([f.a for f in flesh] + [f.b for f in flesh])
    radius = np.mean([max(*f.ra, *f.rb) for f in flesh])
    return np.stack([points.min(axis=0) - radius, points.max(axis=0) + radius], axis=1)


def _axis(low: float, high: float, cell: float, fine: float, interval: np.ndarray | None, symmetric: bool) -> np.ndarray:
    """Crossings from low to high: ``fine`` steps inside the interval, ``cell`` outside, changing gradually."""
    if interval is None or fine >= cell:
        return np.linspace(low, high, int(np.ceil((high - low) / cell)) + 1)
    probe = np.linspace(low, high, 2000)
    away = np.maximum(np.maximum(interval[0] - probe, probe - interval[1]), 0)
    step = fine + (cell - fine) * np.clip(away / (6 * cell), 0, 1)
    count = np.concatenate([[0], np.cumsum((probe[1] - probe[0]) / (0.5 * (step[1:] + step[:-1])))])
    total = int(np.ceil(count[-1]))
    total += symmetric and total % 2 == 1  # a crossing lies on the middle plane, so that both halves are alike
    return np.interp(np.linspace(0, count[-1], total + 1), count, probe)


def _melt(values: np.ndarray, axes, flesh: Flesh, cell: float) -> None:
    """Adds one cone to the field, in place, within its surroundings."""
    margin = REACH * flesh.blend + 3 * cell + max(*flesh.ra, *flesh.rb)
    low, high = np.minimum(flesh.a, flesh.b) - margin, np.maximum(flesh.a, flesh.b) + margin
    box = tuple(slice(*np.searchsorted(axis, (low[k], high[k]))) for k, axis in enumerate(axes))
    points = np.stack(np.meshgrid(*(axis[s] for axis, s in zip(axes, box, strict=True)), indexing="ij"), axis=-1)
    near = distance(points.reshape(-1, 3), flesh).reshape(points.shape[:3]).astype(np.float32)
    values[box] = smooth_minimum(values[box], near, flesh.blend)
