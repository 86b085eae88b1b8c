"""Glasses, belts and backpacks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...scene import Material
from ..cloth import Cloth, join, nearest_vertices
from ..fabric import fabric
from ..head import Head, measure
from ..trims import strip
from .tailor import Tailor

Color = tuple[float, float, float]


# ---- glasses ------------------------------------------------------------------------------------------------------------------


def glasses(tailor: Tailor, kind: str, color: Color) -> None:
    """Spectacles or sunglasses: two rims, a bridge, temples to the ears and lenses."""
    shape = tailor.shape
    head = measure(shape.pack, shape.vertices)
    segments = 5 if tailor.fine else 4
    rims = [_rim(head, side, 24 if tailor.fine else 14) for side in (1.0, -1.0)]
    wire = 0.030 if kind == "glasses" else 0.036
    tubes = [_tube(np.concatenate([rim, rim[:1]]), wire, segments) for rim in rims]
    inner = [rim[np.abs(rim[:, 0]).argmin()] for rim in rims]
    middle = (inner[0] + inner[1]) / 2 + [0, -0.03, 0.06]
    tubes.append(_tube(_curve([inner[0], middle, inner[1]], 7), wire, segments))
    for rim in rims:
        outer = rim[np.abs(rim[:, 0]).argmax()] + [0, 0.01, 0.06]
        tubes.append(_tube(_temple(head, outer), wire * 0.85, segments))
    lenses = [replace(_disc(rim), material=np.ones(len(_disc(rim).quads), np.int32)) for rim in rims]
    cloth = join([*tubes, *lenses])
    names = shape.pack.bone_names
    weights = np.zeros((len(cloth.vertices), len(names)), np.float32)
    weights[:, names.index("head")] = 1
    dark = kind == "sunglasses"
    glass = Material("Lenses", (0.01, 0.01, 0.012, 0.9) if dark else (0.9, 0.95, 1.0, 0.1), roughness=0.03, double_sided=True)
    frame = Material("Frame", base_color=(*color, 1.0), roughness=0.25, clearcoat=0.5)
    points = (head.origin + cloth.vertices * head.unit).astype(np.float32)
    tailor.add_trim(kind.capitalize(), replace(cloth, vertices=points, weights=weights), [frame, glass])


def _rim(head: Head, side: float, count: int) -> np.ndarray:
    """(count, 3) the outline of one lens in eye distances: rounded, a little flat on top, clear of brow, cheek and lashes."""
    turn = np.arange(count) * 2 * np.pi / count
    x = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.8 * 0.385
    z = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.85 * np.where(np.sin(turn) > 0, 0.31, 0.35)
    skin = head.vertices[(head.share > 0.5) & (head.vertices[:, 1] < 0.9)]
    near = skin[(np.abs(skin[:, 0]) > 0.3) & (np.abs(skin[:, 0]) < 0.95) & (np.abs(skin[:, 2] + 0.04) < 0.42)]
    front = near[:, 1].min() - 0.10
    across = side * (0.53 + x)
    return np.stack([across, front + 0.09 * (np.abs(across) / 0.9) ** 2, z - 0.04], axis=1)


def _temple(head: Head, outer: np.ndarray) -> np.ndarray:
    """(k, 3) from the rim along the side of the head to behind the ear, outside the skin."""
    side = np.sign(outer[0])
    ear = head.vertices[(head.ears > 0.5) & (head.vertices[:, 0] * side > 0)]
    root_y, root_z = ear[:, 1].min() + 0.25, ear[:, 2].max() - 0.22
    skin = head.vertices[(head.share > 0.5) & (head.ears < 0.1) & (head.vertices[:, 0] * side > 0)]
    line = []
    for share in np.linspace(0, 1, 9):
        y, z = outer[1] + (root_y - outer[1]) * share, outer[2] + (root_z - outer[2]) * share
        near = skin[(np.abs(skin[:, 1] - y) < 0.22) & (np.abs(skin[:, 2] - z) < 0.25)]
        reach = np.abs(near[:, 0]).max() + 0.045 if len(near) else 0.0
        line.append([side * max(reach, abs(outer[0]) + 0.06 * min(share * 4, 1)), y, z])
    line += [[line[-1][0] - 0.02 * side, root_y + 0.28, root_z - 0.12], [line[-1][0] - 0.06 * side, root_y + 0.42, root_z - 0.5]]
    points = np.array(line)
    points[0] = outer
    points[1:-2, 0] = side * np.maximum.accumulate(np.abs(points[1:-2, 0]))
    return points


def _curve(points: list[np.ndarray], count: int) -> np.ndarray:
    """(count, 3) a parabola through three points."""
    t = np.linspace(0, 1, count)[:, None]
    a, b, c = points
    return a * (1 - t) * (1 - 2 * t) + 4 * b * t * (1 - t) + c * t * (2 * t - 1)


def _tube(line: np.ndarray, radius: float, segments: int) -> Cloth:
    """A tube around (k, 3) points."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    helper = np.where(np.abs(along[:, 1:2]) < 0.9, np.array([[0, 1.0, 0]]), np.array([[0, 0, 1.0]]))
    side = np.cross(along, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, along)
    turn = np.arange(segments) * 2 * np.pi / segments
    ring = np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * up[:, None]
    points = (line[:, None] + radius * ring).reshape(-1, 3).astype(np.float32)
    numbers = np.arange(len(points)).reshape(-1, segments)
    after = np.roll(numbers, -1, axis=1)
    quads = np.stack([numbers[:-1], numbers[1:], after[1:], after[:-1]], axis=2).reshape(-1, 4)
    a, b, c, d = (points[quads[:, k]] for k in range(4))
    outward = points[quads].mean(axis=1) - np.repeat((line[:-1] + line[1:]) / 2, segments, axis=0)
    if (np.cross(c - a, d - b) * outward).sum() < 0:
        quads = quads[:, ::-1]
    return Cloth(points, quads.astype(np.int32), np.zeros((len(points), 1), np.float32))


def _disc(rim: np.ndarray) -> Cloth:
    """A lens: the rim's inside as rows of quads, slightly domed."""
    count = len(rim)
    middle = rim.mean(axis=0)
    rings = [rim, middle + (rim - middle) * 0.5 + [0, -0.015, 0]]
    numbers = np.arange(2 * count).reshape(2, count)
    after = np.roll(numbers, -1, axis=1)
    wall = np.stack([numbers[0], after[0], after[1], numbers[1]], axis=1)
    last, k = numbers[1], np.arange(count // 2 - 1)
    lid = np.stack([last[k], last[k + 1], last[-2 - k], last[-1 - k]], axis=1)
    points = np.concatenate(rings).astype(np.float32)
    quads = np.concatenate([wall, lid])
    a, b, c, d = (points[quads[:, j]] for j in range(4))
    if np.cross(c - a, d - b)[:, 1].sum() > 0:
        quads = quads[:, ::-1]
    return Cloth(points, quads.astype(np.int32), np.zeros((len(points), 1), np.float32))


# ---- belt ---------------------------------------------------------------------------------------------------------------------


def belt(tailor: Tailor, color: Color, over: bool) -> None:
    """A belt: around the waistband, or ``over`` a coat, a dress or a robe at the waist."""
    unit = tailor.unit
    height = float(tailor.shape.joint("pelvis")[2]) + (0.125 if over else 0.093) * unit
    half, columns = 0.0155 * unit, 48 if tailor.fine else 28
    rings = [_girth(tailor, height + k * half, columns) for k in (-1.0, 0.0, 1.0)]
    centre = np.append(rings[1][:, :2].mean(axis=0), 0)

    def moved(ring: np.ndarray, by: float) -> np.ndarray:
        out = (ring - centre) * [1, 1, 0]
        return ring + by * out / np.linalg.norm(out, axis=1, keepdims=True)

    rows = [moved(rings[0], 0.0), moved(rings[0], 0.0038), moved(rings[1], 0.0042), moved(rings[2], 0.0038), moved(rings[2], 0.0)]
    points = np.concatenate(rows).astype(np.float32)
    numbers = np.arange(len(points)).reshape(5, columns)
    after = np.roll(numbers, -1, axis=1)
    quads = np.stack([numbers[:-1], after[:-1], after[1:], numbers[1:]], axis=2).reshape(-1, 4).astype(np.int32)
    around = np.linspace(0, 0.9, columns + 1)
    uvs = np.zeros((4, columns, 4, 2), np.float32)
    uvs[..., 0] = np.stack([around[:-1], around[1:], around[1:], around[:-1]], axis=1)[None]
    uvs[..., 1] = np.array([[0, 0, 0.01, 0.01]])[None] + 0.01 * np.arange(4)[:, None, None]
    ring = Cloth(points, quads, np.zeros((len(points), 1), np.float32), uvs=uvs.reshape(-1, 4, 2))
    front = rows[2][np.abs(np.arctan2(rows[2][:, 0], -(rows[2][:, 1] - centre[1]))).argmin()] * [0, 1, 1]
    cloth = _weighted(tailor, join([ring, _buckle(front, 0.021 * unit, 0.0195 * unit)]))
    metal = Material("Buckle", base_color=(0.55, 0.5, 0.42, 1.0), metallic=1.0, roughness=0.3)
    tailor.add_trim("Belt", cloth, [fabric("Belt", "leather", color, tailor.rng), metal])


def _girth(tailor: Tailor, height: float, columns: int) -> np.ndarray:
    """(columns, 3) the convex outline at a height of all that is worn around the trunk."""
    arms = tailor.figure.arm_share(tailor.tights.weights) > 0.1
    points = np.concatenate([tailor.tights.vertices[~arms], *(layer for layer, _ in tailor.layers)])
    near = points[(np.abs(points[:, 2] - height) < 0.02) & (np.abs(points[:, 0]) < 0.3 * tailor.unit)]
    centre = np.array([0.0, (near[:, 1].min() + near[:, 1].max()) / 2])
    turn = (np.arange(columns) + 0.5) * 2 * np.pi / columns
    ways = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    support = ((near[:, :2] - centre) @ ways.T).max(axis=0)
    between = np.cos(turn[:, None] - turn[None])
    reach = np.where(between > 0.2, support[None] / np.maximum(between, 0.2), np.inf).min(axis=1)
    return np.concatenate([centre + reach[:, None] * ways, np.full((columns, 1), height)], axis=1)


def _buckle(middle: np.ndarray, half_width: float, half_height: float) -> Cloth:
    """A square frame before the belt, and its prong."""
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [half_width, half_height]
    loops = []
    for inset, depth in ((0.0, -0.001), (0.0, -0.0035), (0.0045, -0.0035), (0.0045, -0.001)):
        flat = corners - np.sign(corners) * inset
        loops.append(np.stack([flat[:, 0], np.full(4, middle[1] + depth), middle[2] + flat[:, 1]], axis=1))
    points = np.concatenate(loops).astype(np.float32)
    numbers = np.arange(16).reshape(4, 4)
    after = np.roll(numbers, -1, axis=1)
    quads = np.stack([numbers[:-1], after[:-1], after[1:], numbers[1:]], axis=2).reshape(-1, 4)
    return Cloth(points, quads.astype(np.int32), np.zeros((16, 1), np.float32), np.ones(len(quads), np.int32))


def _weighted(tailor: Tailor, cloth: Cloth) -> Cloth:
    """Skin weights of the body's helper surface beneath, without arms."""
    trunk = np.flatnonzero(tailor.figure.arm_share(tailor.tights.weights) < 0.3)
    nearest = trunk[nearest_vertices(cloth.vertices, tailor.tights.vertices[trunk])]
    return replace(cloth, weights=tailor.tights.weights[nearest])


# ---- backpack -----------------------------------------------------------------------------------------------------------------


def backpack(tailor: Tailor, color: Color) -> None:
    """A bag on the back with a front pocket and two straps that lie on the clothes."""
    unit, shape = tailor.unit, tailor.shape
    outer = tailor.outer
    top, low = shape.joint("neck_01")[2] - 0.03 * unit, shape.joint("spine_01")[2] + 0.01 * unit
    trunk = outer.vertices[
        (np.abs(outer.vertices[:, 0]) < 0.12 * unit) & (np.abs(outer.vertices[:, 2] - (top + low) / 2) < 0.2 * unit)
    ]
    back = trunk[:, 1].max() - 0.012 * unit
    size = np.array([0.145 * unit, 0.075 * unit, (top - low) / 2])
    middle = np.array([0, back + size[1], (top + low) / 2])
    bag = _pillow(middle, size, 10 if tailor.fine else 6)
    pocket = _pillow(middle + [0, size[1] * 0.95, -0.42 * size[2]], size * [0.78, 0.45, 0.48], 7 if tailor.fine else 5)
    lid = _pillow(middle + [0, 0.012 * unit, 0.86 * size[2]], size * [0.97, 0.98, 0.24], 7 if tailor.fine else 5)
    pieces = [replace(piece, weights=_back_weights(tailor, len(piece.vertices))) for piece in (bag, pocket, lid)]
    pieces[2].material[:] = 1
    for side in (1.0, -1.0):
        pieces.append(strip(outer, _strap_line(tailor, outer, side, back, top, low), 0.024 * unit, 0.005, 1))
    dark = tuple(0.55 * channel for channel in color)
    materials = [
        fabric("Backpack", "twill", color, tailor.rng),
        fabric("Straps", "leather", (dark[0], dark[1], dark[2]), tailor.rng),
    ]
    tailor.add_trim("Backpack", join(pieces), materials)


def _pillow(middle: np.ndarray, size: np.ndarray, count: int) -> Cloth:
    """A rounded box (superellipsoid of exponent 5) of half sizes ``size`` as six grids of quads."""
    line = np.tan(np.linspace(-1, 1, count) * np.pi / 4)
    a, b = np.meshgrid(line, line, indexing="ij")
    faces = []
    for axis in range(3):
        for sign in (1.0, -1.0):
            grid = np.empty((count, count, 3))
            grid[..., axis], grid[..., (axis + 1) % 3], grid[..., (axis + 2) % 3] = sign, a, b * sign
            faces.append(grid)
    points = np.stack(faces)
    points /= (np.abs(points) ** 5).sum(axis=-1, keepdims=True) ** 0.2
    points = middle + points * size
    numbers = np.arange(6 * count * count).reshape(6, count, count)
    quads = np.stack([numbers[:, :-1, :-1], numbers[:, 1:, :-1], numbers[:, 1:, 1:], numbers[:, :-1, 1:]], axis=3).reshape(-1, 4)
    flat = points.reshape(-1, 3).astype(np.float32)
    uv = np.stack(np.broadcast_arrays(a * size.mean(), b * size.mean()), axis=-1).reshape(-1, 2).astype(np.float32)
    return Cloth(flat, quads.astype(np.int32), np.zeros((len(flat), 1), np.float32), uvs=np.tile(uv, (6, 1))[quads])


def _back_weights(tailor: Tailor, count: int) -> np.ndarray:
    """(count, B): a bag is stiff; it follows the chest."""
    names = tailor.shape.pack.bone_names
    weights = np.zeros((count, len(names)), np.float32)
    weights[:, names.index("spine_03")], weights[:, names.index("spine_02")] = 0.8, 0.2
    return weights


def _strap_line(tailor: Tailor, outer: Cloth, side: float, back: float, top: float, low: float) -> np.ndarray:
    """(k, 3) from the top of the bag over the shoulder, down the chest and under the arm back to the bag."""
    unit, shape = tailor.unit, tailor.shape
    shoulder, chest = shape.joint("upperarm_l")[2], shape.joint("spine_03")[2]
    front = float(outer.vertices[np.abs(outer.vertices[:, 2] - chest) < 0.06 * unit, 1].min())
    across = 0.088 * unit
    knots = np.array([
        [across, back, top - 0.03 * unit],
        [across * 1.02, back * 0.5 + front * 0.5, shoulder + 0.10 * unit],
        [across * 1.1, front, shoulder - 0.01 * unit],
        [across * 1.35, front * 0.9, chest - 0.02 * unit],
        [0.19 * unit, (front + back) / 2, (chest + low) / 2],
        [0.13 * unit, back, low + 0.05 * unit],
    ]) * [side, 1, 1]  # fmt: skip
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))])
    stations = np.linspace(0, run[-1], 34 if tailor.fine else 18)
    line = np.stack([np.interp(stations, run, knots[:, k]) for k in range(3)], axis=1)
    for _ in range(4):
        line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
    return line.astype(np.float32)
