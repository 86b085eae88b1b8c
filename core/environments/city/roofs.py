"""Roofs: flat with what stands on them, gabled, mansard and hipped, with eaves, chimneys and dormers."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads, block, level, panel, reveal, ring
from ...geometry.shape import Finish
from ..materials import walls
from ..materials.finishes import lacquer, painted_metal
from ..materials.openings import WINDOW_CELLS, cell_uvs, window_panes
from .styles import Style


def slope_uvs(points: np.ndarray, tile: float) -> np.ndarray:
    """(N, 4, 2) UVs of sloped quads: u along their first edge, v up the slope."""
    points = np.asarray(points, float).reshape(-1, 4, 3)
    along = points[:, 1] - points[:, 0]
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    normal = np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1])
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    up = np.cross(normal, along)
    return np.stack([np.einsum("nkj,nj->nk", points, along), np.einsum("nkj,nj->nk", points, up)], axis=2) / tile


def _covered(made: Quads, points: list, finish: Finish, part: str = "roof") -> None:
    made.add(points, finish, part, slope_uvs(np.array(points, float), finish.tile))


def flat_roof(style: Style, w: float, d: float, z: float, rng: np.random.Generator) -> Quads:
    """A parapet with coping around felt, and on it a stair head, air conditioners, vents and a skylight."""
    made, p, t = Quads(), 0.75, 0.25
    x, y = w / 2, d / 2
    made.add(level(-x + t, x - t, -y + t, y - t, z + 0.12), style.finish(style.cover), "roof")
    outer = np.array([(-x, -y), (x, -y), (x, y), (-x, y)])
    inner = np.array([(-x + t, -y + t), (x - t, -y + t), (x - t, y - t), (-x + t, y - t)])
    for k in range(4):
        a, b, c, e = outer[k], outer[(k + 1) % 4], inner[(k + 1) % 4], inner[k]
        made.add([[(*a, z), (*b, z), (*b, z + p), (*a, z + p)]], style.wall_finish, "parapet")
        made.add([[(*c, z), (*e, z), (*e, z + p), (*c, z + p)]], style.wall_finish, "parapet")
        o = 0.04
        grown = (np.sign(a) * o + a, np.sign(b) * o + b)
        made.add([[(*grown[0], z + p), (*grown[1], z + p), (*c, z + p), (*e, z + p)],
                  [(*grown[0], z + p - 0.08), (*grown[1], z + p - 0.08), (*grown[1], z + p), (*grown[0], z + p)]],
                 style.trim_finish, "coping")  # fmt: skip
    _roof_things(made, style, x - 0.8, y - 0.8, z + 0.12, rng)
    return made


def _roof_things(made: Quads, style: Style, x: float, y: float, z: float, rng: np.random.Generator) -> None:
    if x < 1.5 or y < 1.5:
        return
    sx, sy = rng.uniform(-0.5, 0.5) * x, rng.uniform(0.0, 0.5) * y
    made.add(block((sx - 1.3, sy - 1.1, z), (sx + 1.3, sy + 1.1, z + 2.4), "bottom"), style.wall_finish, "stair head")
    made.add(block((sx - 1.45, sy - 1.25, z + 2.4), (sx + 1.45, sy + 1.25, z + 2.55)), style.trim_finish, "stair head")
    made.add(panel(sx - 0.45, sx + 0.45, z, z + 2.0, sy - 1.11), style.door_finish, "door")
    grey, dark = painted_metal("#b3b6b5"), lacquer("#2b2e30", 0.6)
    for _ in range(int(rng.integers(1, 4))):
        ax, ay = rng.uniform(-0.85, 0.85) * x, rng.uniform(-0.9, -0.1) * y
        made.add(block((ax - 0.5, ay - 0.4, z + 0.12), (ax + 0.5, ay + 0.4, z + 0.95), "bottom"), grey, "air conditioner")
        made.add(panel(ax - 0.38, ax + 0.38, z + 0.22, z + 0.85, ay - 0.402), dark, "air conditioner")
        made.add(level(ax - 0.32, ax + 0.32, ay - 0.3, ay + 0.3, z + 0.953), dark, "air conditioner")
    for _ in range(int(rng.integers(1, 4))):
        vx, vy = rng.uniform(-0.9, 0.9) * x, rng.uniform(-0.9, 0.9) * y
        made.add(block((vx - 0.09, vy - 0.09, z), (vx + 0.09, vy + 0.09, z + 0.8), "bottom"), grey, "vent")
        made.add(block((vx - 0.15, vy - 0.15, z + 0.8), (vx + 0.15, vy + 0.15, z + 0.9)), grey, "vent")


def chimney(made: Quads, style: Style, x: float, y: float, low: float, high: float) -> None:
    """A stack with a corbelled head and pots."""
    brick = style.wall_finish if style.wall[0] == "brick" else walls.brick("#7d4a38")
    made.add(block((x - 0.34, y - 0.5, low), (x + 0.34, y + 0.5, high), "bottom"), brick, "chimney")
    made.add(block((x - 0.41, y - 0.57, high - 0.18), (x + 0.41, y + 0.57, high - 0.02)), brick, "chimney")
    pot = walls.render("#b0694a")
    for dy in (-0.26, 0.26):
        made.add(block((x - 0.11, y + dy - 0.11, high), (x + 0.11, y + dy + 0.11, high + 0.42), "bottom"), pot, "chimney pot")


def gable_roof(style: Style, w: float, d: float, z: float, open_ends: tuple[bool, bool], rng: np.random.Generator) -> Quads:
    """Two slopes with the ridge along the street, gables at the ends, gutters, chimneys on the party walls, roof windows."""
    made, over = Quads(), 0.4
    pitch = np.radians(48 if style.timber or style.name == "cottage" else 38)
    rise = d / 2 * np.tan(pitch)
    x, y, top = w / 2, d / 2, z + rise
    cover = style.finish(style.cover)
    x0, x1 = -x - (0.25 if open_ends[0] else 0.0), x + (0.25 if open_ends[1] else 0.0)
    drop = over * np.tan(pitch)
    eave = z - drop + 0.06
    front = [(x0, -y - over, eave), (x1, -y - over, eave), (x1, 0, top + 0.06), (x0, 0, top + 0.06)]
    back = [(x1, y + over, eave), (x0, y + over, eave), (x0, 0, top + 0.06), (x1, 0, top + 0.06)]
    _covered(made, [front, back], cover)
    trim = style.trim_finish
    for s in (-1, 1):
        made.add(block((x0, s * (y + over) - 0.02, eave - 0.16), (x1, s * (y + over) + 0.02, eave + 0.01)), trim, "eaves board")
        at = s * (y + over + 0.08)
        gutter = block((x0, at - 0.07, eave - 0.09), (x1, at + 0.07, eave + 0.02), "top")
        made.add(gutter, painted_metal("#3b3e40"), "gutter")
        y0, y1 = (-y - over, -y) if s < 0 else (y, y + over)
        made.add([[(x0, y1, eave - 0.1), (x1, y1, eave - 0.1), (x1, y0, eave - 0.1), (x0, y0, eave - 0.1)]], trim, "soffit")
    made.add([[(-x, y, z), (-x, -y, z), (-x, 0, top), (-x, 0, top)], [(x, -y, z), (x, y, z), (x, 0, top), (x, 0, top)]],
             style.wall_finish, "gable")  # fmt: skip
    for is_open, at in ((open_ends[0], x0), (open_ends[1], x1)):
        if is_open:
            s = np.sign(at)
            for sy in (-1, 1):
                a, b = (at, sy * (y + over), eave), (at, 0, top + 0.06)
                board = [(*a[:2], a[2] - 0.2), (*b[:2], b[2] - 0.2), b, a]
                made.add([board if s * sy > 0 else board[::-1]], trim, "barge board")
    ridge = block((x0, -0.1, top - 0.02), (x1, 0.1, top + 0.12), "bottom")
    made.add(ridge, cover, "ridge")
    for end in (-1, 1):
        if rng.random() < 0.75:
            chimney(made, style, end * (x - 0.45), rng.uniform(-0.3, 0.3) * y, z + 0.4 * rise, top + 0.9)
    if w > 6 and rise > 2.5 and rng.random() < 0.7:
        for k in range(max(1, int(w / 4.5))):
            dormer(made, style, -x + (k + 0.5) * w / max(1, int(w / 4.5)), -y * 0.72, z + rise * 0.25, rise * 0.42, cover)
    return made


def dormer(made: Quads, style: Style, x: float, y: float, z: float, deep: float, cover: Finish) -> None:
    """A small gabled window that stands out of a slope; its face at ``y``, its sill at ``z``, reaching ``deep`` metres back."""
    w, h = 0.62, 1.35
    hole = (x - 0.42, x + 0.42, z + 0.1, z + h - 0.1)
    wall = style.trim_finish
    made.add(ring(x - w, x + w, z - 0.3, z + h, hole, y), wall, "dormer").add(reveal(hole, y, y + 0.08), wall, "dormer")
    made.add(panel(*hole, y + 0.07), window_panes(0.0), "window", cell_uvs(5, WINDOW_CELLS))
    middle = block((x - 0.02, y + 0.03, hole[2]), (x + 0.02, y + 0.07, hole[3]), "back top bottom")
    made.add(middle, style.frame_finish, "window frame")
    back, tip = y + deep + 1.6, z + h + 0.5
    for s in (-1, 1):
        side = [(x + s * w, y, z - 0.3), (x + s * w, back, z - 0.3), (x + s * w, back, z + h), (x + s * w, y, z + h)]
        made.add([side if s > 0 else side[::-1]], cover, "dormer")
        eave = x + s * (w + 0.12)
        roof = [(eave, y - 0.12, z + h - 0.06), (eave, back, z + h - 0.06), (x, back, tip), (x, y - 0.12, tip)]
        roof = roof if s > 0 else [roof[1], roof[0], roof[3], roof[2]]
        _covered(made, [roof], cover)
    made.add([[(x - w, y, z + h), (x + w, y, z + h), (x, y, tip - 0.06), (x, y, tip - 0.06)]], wall, "dormer")


def mansard_roof(style: Style, w: float, d: float, z: float, open_ends: tuple[bool, bool], rng: np.random.Generator) -> Quads:
    """Steep slated slopes with dormers, a shallow metal top, party walls with chimneys."""
    made, rise, back = Quads(), 2.6, 0.85
    x, y = w / 2, d / 2
    cover, metal = style.finish(style.cover), walls.standing_seam("#5f6b70")
    inset = [back if end else 0.0 for end in open_ends]
    xa, xb = -x + inset[0], x - inset[1]
    top = z + rise
    low = [(-x, -y), (x, -y), (x, y), (-x, y)]
    high = [(xa, -y + back), (xb, -y + back), (xb, y - back), (xa, y - back)]
    for k in range(4):
        a, b, c, e = low[k], low[(k + 1) % 4], high[(k + 1) % 4], high[k]
        points = [(*a, z), (*b, z), (*c, top), (*e, top)]
        if (k == 1 and not open_ends[1]) or (k == 3 and not open_ends[0]):
            made.add([points], style.wall_finish, "party wall")
        else:
            _covered(made, [points], cover)
    ridge = top + 0.5
    _covered(made, [[(xa, -y + back, top), (xb, -y + back, top), (xb, 0, ridge), (xa, 0, ridge)],
                    [(xb, y - back, top), (xa, y - back, top), (xa, 0, ridge), (xb, 0, ridge)]], metal)  # fmt: skip
    for s, at in ((-1, xa), (1, xb)):
        gable = [(at, s * (-y + back), top), (at, s * (y - back), top), (at, 0, ridge), (at, 0, ridge)]
        made.add([gable], metal, "roof")
    edge = block((xa - 0.05, -y + back - 0.08, top - 0.05), (xb + 0.05, -y + back + 0.05, top + 0.1), "bottom")
    made.add(edge, metal, "roof edge")
    count = max(1, round(w / style.bay))
    for k in range(count):
        dormer(made, style, -x + (k + 0.5) * w / count, -y + 0.12, z + 0.55, 0.2, cover)
    for end, is_open in ((-1, open_ends[0]), (1, open_ends[1])):
        if not is_open:
            x0, x1 = sorted((end * (x - 0.2), end * x))
            made.add(block((x0, -y + 0.25, z), (x1, y - 0.25, top + 0.35), "bottom"), style.wall_finish, "party wall")
            chimney(made, style, end * (x - 0.42), rng.uniform(-0.4, 0.4) * y, top, ridge + 1.3)
    return made


def hip_roof(style: Style, w: float, d: float, z: float, rng: np.random.Generator) -> Quads:
    """Four slopes with overhanging eaves and one chimney."""
    made, over = Quads(), 0.5
    x, y = w / 2 + over, d / 2 + over
    run = min(x, y)
    rise = run * np.tan(np.radians(35))
    cover = style.finish(style.cover)
    eave, top = z - 0.12, z - 0.12 + rise
    rx, ry = max(x - run, 0.0), max(y - run, 0.0)
    low = [(-x, -y), (x, -y), (x, y), (-x, y)]
    high = [(-rx, -ry), (rx, -ry), (rx, ry), (-rx, ry)]
    for k in range(4):
        a, b, c, e = low[k], low[(k + 1) % 4], high[(k + 1) % 4], high[k]
        _covered(made, [[(*a, eave), (*b, eave), (*c, top), (*e, top)]], cover)
        made.add([[(*a, eave - 0.16), (*b, eave - 0.16), (*b, eave), (*a, eave)]], style.trim_finish, "eaves board")
    made.add([[(x, -y, eave - 0.1), (-x, -y, eave - 0.1), (-x, y, eave - 0.1), (x, y, eave - 0.1)]], style.trim_finish, "soffit")
    chimney(made, style, rng.uniform(-0.4, 0.4) * w / 2, 0.2 * d, z, top + 0.8)
    return made
