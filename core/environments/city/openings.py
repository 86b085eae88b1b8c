"""Windows and doors with real reveals, frames, sills and surrounds, in a wall whose face is y = 0 and looks along -Y."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads, block, moulding, panel, reveal, ring
from ...geometry.shape import Finish
from ..materials.finishes import brushed_metal
from ..materials.openings import WINDOW_CELLS, cell_uvs
from .styles import Style

BAR, RAIL = 0.035, 0.06  # width of glazing bars and of the frame


def window_bay(style: Style, width: float, height: float, wall: Finish, plain: bool = False) -> tuple[Quads, tuple]:
    """One bay of wall, x from 0 to ``width`` and z from 0 to ``height``, with a window; and its opening (x0, x1, z0, z1).

    The pane itself is not in it: ``glazing`` gives each its own room. ``plain``: without surround, for backs.
    """
    wide, high, sill = style.window
    wide, high = min(wide, width - 0.12), min(high, height - sill - 0.16)
    if style.panes == "ribbon":
        wide = width
    hole = ((width - wide) / 2, (width + wide) / 2, sill, sill + high)
    bay = Quads()
    if style.panes == "ribbon":
        bay.add(np.concatenate([panel(0, width, 0, sill), panel(0, width, sill + high, height)]), wall, "wall")
        bay.add(reveal(hole, 0.0, style.reveal)[:2], wall, "wall")
    else:
        bay.add(ring(0, width, 0, height, hole), wall, "wall").add(reveal(hole, 0.0, style.reveal), wall, "wall")
    bay.join(frame(style, hole, style.reveal))
    if not plain or style.panes != "curtain":
        bay.join(_sill(style, hole))
    if not plain:
        bay.join(_surround(style, hole, wall))
    return bay, hole


def frame(style: Style, hole: tuple[float, float, float, float], depth: float) -> Quads:
    """The frame and bars of a window at ``depth`` inside the wall."""
    x0, x1, z0, z1 = hole
    finish, y = style.frame_finish, depth - 0.05
    bars = [block((x0, y, z0), (x1, depth, z0 + RAIL), "back bottom left right"),
            block((x0, y, z1 - RAIL), (x1, depth, z1), "back top left right"),
            block((x0, y, z0 + RAIL), (x0 + RAIL, depth, z1 - RAIL), "back left top bottom"),
            block((x1 - RAIL, y, z0 + RAIL), (x1, depth, z1 - RAIL), "back right top bottom")]  # fmt: skip
    wide, high = x1 - x0, z1 - z0
    upright, level = {
        "sash": ([0.5], [0.5]), "cross": ([0.5], [0.7]), "casement": ([0.5], []), "single": ([], []),
        "grid": ([0.25, 0.5, 0.75], [0.25, 0.5, 0.75]), "ribbon": ([0.33, 0.66], []), "curtain": ([], [0.3]),
    }[style.panes]  # fmt: skip
    y = depth - 0.035
    for share in upright:
        x = x0 + share * wide
        bars.append(block((x - BAR / 2, y, z0 + RAIL), (x + BAR / 2, depth, z1 - RAIL), "back top bottom"))
    for share in level:
        z = z0 + share * high
        thick = 1.5 * BAR if style.panes == "sash" else BAR
        bars.append(block((x0 + RAIL, y - 0.015, z - thick / 2), (x1 - RAIL, depth, z + thick / 2), "back left right"))
    return Quads().add(np.concatenate(bars), finish, "window frame")


def glazing(
    hole: tuple[float, float, float, float], depth: float, offsets: np.ndarray, pane: Finish, rng: np.random.Generator
) -> Quads:
    """The panes of one kind of window at each of ``offsets`` (R, 3), each with its own room behind."""
    points = (panel(*hole, depth - 0.012) + np.asarray(offsets, float).reshape(-1, 1, 3)).reshape(-1, 4, 3)
    table = np.concatenate([cell_uvs(k, WINDOW_CELLS) for k in range(WINDOW_CELLS[0] * WINDOW_CELLS[1])])
    return Quads().add(points, pane, "window", table[rng.integers(0, len(table), len(points))])


def _sill(style: Style, hole: tuple[float, float, float, float]) -> Quads:
    x0, x1, z0, _ = hole
    over = 0.0 if style.panes == "ribbon" else 0.07
    sill = block((x0 - over, -0.07, z0 - 0.07), (x1 + over, 0.03, z0 + 0.005), "back left right" if not over else "back")
    return Quads().add(sill, style.trim_finish, "sill")


def _surround(style: Style, hole: tuple[float, float, float, float], wall: Finish) -> Quads:
    x0, x1, z0, z1 = hole
    made, trim = Quads(), style.trim_finish
    if style.surround in ("lintel", "arch"):
        points = block((x0 - 0.14, -0.025, z1), (x1 + 0.14, 0.0, z1 + 0.24), "back")
        if style.surround == "arch":  # flared ends and a key stone, as of a flat gauged arch
            top = points[..., 2] > z1 + 0.1
            points[..., 0] += np.where(top, np.where(points[..., 0] > (x0 + x1) / 2, 0.09, -0.09), -0.0)
            points[..., 0] = np.where(top, points[..., 0], np.clip(points[..., 0], x0 - 0.03, x1 + 0.03))
            key = block(((x0 + x1) / 2 - 0.09, -0.06, z1 - 0.02), ((x0 + x1) / 2 + 0.09, 0.0, z1 + 0.3), "back")
            made.add(key, trim, "lintel")
        made.add(points, trim, "lintel")
    elif style.surround in ("architrave", "pediment"):
        side, w = 0.05, 0.15
        made.add(np.concatenate([
            block((x0 - w, -side, z0), (x0, 0.0, z1), "back bottom top"),
            block((x1, -side, z0), (x1 + w, 0.0, z1), "back bottom top"),
            block((x0 - w, -side, z1), (x1 + w, 0.0, z1 + w), "back"),
        ]), trim, "surround")  # fmt: skip
        hood = [(0.0, z1 + 0.22), (-0.1, z1 + 0.24), (-0.17, z1 + 0.31), (-0.17, z1 + 0.35), (0.0, z1 + 0.38)]
        made.add(moulding(hood, x0 - 0.2, x1 + 0.2), trim, "surround")
        if style.surround == "pediment":
            z, mid, tip = z1 + 0.36, (x0 + x1) / 2, z1 + 0.62
            a, b, c = (x0 - 0.2, -0.15, z), (x1 + 0.2, -0.15, z), (mid, -0.15, tip)
            back = [(p[0], 0.0, p[2] + 0.03) for p in (a, b, c)]
            made.add([[a, b, c, c], [b, back[1], back[2], c], [back[0], a, c, back[2]]], trim, "surround")
    return made


def door_bay(style: Style, width: float, height: float, wall: Finish, pane: Finish, steps: bool = True) -> Quads:
    """One bay with a panelled front door under a fanlight, and one step."""
    wide, high = min(1.05, width - 0.3), min(2.75, height - 0.35)
    hole = ((width - wide) / 2, (width + wide) / 2, 0.0, high)
    x0, x1, _, z1 = hole
    depth, split = 0.28, min(2.2, high - 0.3)
    bay = Quads().add(ring(0, width, 0, height, hole)[1:], wall, "wall").add(reveal(hole, 0.0, depth)[1:], wall, "wall")
    bay.join(_surround(style, hole, wall))
    bay.join(panelled(style.door_finish, (x0 + 0.06, x1 - 0.06, 0.14, split - 0.03), depth - 0.06))
    light = (x0 + 0.06, x1 - 0.06, split + 0.03, z1 - 0.06)
    bay.add(panel(*light, depth - 0.03), pane, "window", cell_uvs(3, WINDOW_CELLS))
    posts = [block((x0, depth - 0.09, 0.0), (x0 + 0.06, depth, z1), "back left top bottom"),
             block((x1 - 0.06, depth - 0.09, 0.0), (x1, depth, z1), "back right top bottom"),
             block((x0 + 0.06, depth - 0.09, split - 0.03), (x1 - 0.06, depth, split + 0.03), "back left right"),
             block((x0 + 0.06, depth - 0.09, z1 - 0.06), (x1 - 0.06, depth, z1), "back left right top")]  # fmt: skip
    bay.add(np.concatenate(posts), style.frame_finish, "door frame")
    bay.add(block((x0, -0.04, 0.0), (x1, depth, 0.14), "back bottom left right"), style.trim_finish, "step")
    if steps:
        bay.add(block((x0 - 0.15, -0.36, -0.01), (x1 + 0.15, -0.0, 0.07), "back bottom"), style.trim_finish, "step")
    return bay


def panelled(finish: Finish, hole: tuple[float, float, float, float], y: float, rows: tuple[float, ...] = (0.0, 0.4, 1.0)) -> Quads:
    """A door leaf of sunk panels in two columns, with a knob."""
    x0, x1, z0, z1 = hole
    leaf, border, sunk = Quads(), 0.1, 0.025
    xs = [x0, (x0 + x1) / 2, x1]
    for left, right in zip(xs[:-1], xs[1:], strict=True):
        for low, high in zip(rows[:-1], rows[1:], strict=True):
            outer = (left, right, z0 + low * (z1 - z0), z0 + high * (z1 - z0))
            inner = (left + border * 0.7, right - border * 0.7, outer[2] + border * 0.8, outer[3] - border * 0.8)
            leaf.add(ring(*outer, inner, y), finish, "door").add(reveal(inner, y, y + sunk), finish, "door")
            leaf.add(panel(*inner, y + sunk), finish, "door")
    knob = block((x1 - 0.1, y - 0.06, (z0 + z1) / 2 - 0.06), (x1 - 0.06, y, (z0 + z1) / 2 + 0.06), "back")
    return leaf.add(knob, brushed_metal("#b59a55"), "handle")
