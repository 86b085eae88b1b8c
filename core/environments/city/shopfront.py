"""Shop fronts and lobbies: the ground floor where people look in."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads, block, moulding, panel, reveal, ring
from ...geometry.shape import Finish
from ..materials.finishes import lacquer, painted_metal
from ..materials.openings import CAFES, SHOP_CELLS, SHOPS, SIGN_CELLS, SIGN_COLORS, cell, cell_uvs, shop_panes, shop_signs
from ..materials.walls import awning, trim_row, trim_sheet
from .openings import panelled
from .styles import Style

RISER, TRANSOM, FASCIA = 0.5, 2.45, 0.62  # stall riser, transom bar and name board, metres
AWNINGS = ("#a53b34", "#2f5d4a", "#2b3f66", "#b5882f", "#5a5550")


def shop_front(style: Style, width: float, height: float, number: int, lit: bool, rng: np.random.Generator) -> Quads:
    """A shop's ground floor, x from 0 to ``width``: pilasters, riser, glass, a recessed door, name board, perhaps an awning.

    ``number``: which of the names; the first ones are cafés.
    """
    number %= len(CAFES) + len(SHOPS)
    paint = lacquer(SIGN_COLORS[number % len(SIGN_COLORS)], 0.4)
    wall, top = style.base_finish, min(height - 0.3, 3.35)
    edge = 0.34 if width > 4 else 0.2
    front = Quads().add(panel(0, width, top, height), wall, "wall")
    low, high = top - FASCIA, top
    for x in (0.0, width - edge):
        front.add(block((x, -0.07, 0.0), (x + edge, 0.0, low), "back bottom top"), paint, "pilaster")
        front.add(block((x - 0.02, -0.1, 0.0), (x + edge + 0.02, 0.0, 0.3), "back bottom"), paint, "pilaster")
        front.add(block((x, -0.2, low - 0.06), (x + edge, 0.0, high + 0.06), "back"), paint, "pilaster")
    front.join(_name_board(number, paint, edge, width - edge, low, high))
    front.join(_glass_front(number, paint, (edge, width - edge, 0.0, low), lit, rng))
    if rng.random() < (0.75 if number < len(CAFES) else 0.4):
        front.join(_awning(AWNINGS[int(rng.integers(len(AWNINGS)))], edge, width - edge, low))
    else:
        front.join(_blade(number, paint, width - edge, high))
    return front


def _name_board(number: int, paint: Finish, x0: float, x1: float, low: float, high: float) -> Quads:
    """The board over the windows with the shop's name, and its cornice."""
    made = Quads().add(block((x0, -0.14, low), (x1, 0.0, high), "back left right front"), paint, "fascia")
    wide = min(x1 - x0, 8.0 * (high - low))
    left = (x0 + x1 - wide) / 2
    u0, u1, v0, v1 = cell(number, SIGN_CELLS, 0.002)
    shown = np.array([[(u0, v0), (u1, v0), (u1, v1), (u0, v1)]])
    if wide < 8.0 * (high - low):  # a short board shows a smaller picture in full height, its ends cut
        tall = wide / 8.0
        mid = (low + high) / 2
        made.add(panel(left, left + wide, mid - tall / 2, mid + tall / 2, -0.142), shop_signs(), "sign", shown)
        made.add(panel(x0, x1, low, high, -0.14), paint, "fascia")
    else:
        made.add(panel(left, left + wide, low, high, -0.14), shop_signs(), "sign", shown)
        made.add(np.concatenate([panel(x0, left, low, high, -0.14), panel(left + wide, x1, low, high, -0.14)]), paint, "fascia")
    v0, v1 = trim_row("dentils")
    hood = [(-0.14, high), (-0.2, high + 0.03), (-0.28, high + 0.08), (-0.28, high + 0.12), (0.0, high + 0.15)]
    made.add(moulding(hood, x0 - 0.1, x1 + 0.1), paint, "fascia")
    strip = np.array([[(x0, v0), (x1, v0), (x1, v1), (x0, v1)]])
    return made.add(panel(x0, x1, high - 0.09, high, -0.146), trim_sheet(), "fascia", strip)


def _glass_front(number: int, paint: Finish, hole: tuple, lit: bool, rng: np.random.Generator) -> Quads:
    """Riser, panes and mullions, and beside or between them a door set back from the street."""
    x0, x1, _, top = hole
    made, depth, recess, door = Quads(), 0.14, 0.75, 1.0
    span = x1 - x0
    start = x0 + (span - door) * (0.5 if span > 6 else float(rng.integers(0, 2)))
    picture = 2 + number % 6 if number >= len(CAFES) else number % 2
    u0, u1, v0, v1 = cell(picture, SHOP_CELLS)
    for left, right in ((x0, start), (start + door, x1)):
        if right - left < 0.3:
            continue
        made.add(block((left, depth - 0.1, 0.0), (right, depth, RISER), "back left right bottom"), paint, "riser")
        inner = (left + 0.1, right - 0.1, 0.12, RISER - 0.08)
        made.add(panel(*inner, depth - 0.085), paint, "riser").add(reveal(inner, depth - 0.105, depth - 0.085), paint, "riser")
        us = u0 + (np.array([left, right]) - x0) / span * (u1 - u0)
        shown = np.array([[(us[0], v0), (us[1], v0), (us[1], v1), (us[0], v1)]])
        made.add(panel(left, right, RISER, top, depth), shop_panes(lit), "display", shown)
        count = max(1, round((right - left) / 1.5))
        posts = [block((x - 0.03, depth - 0.07, RISER), (x + 0.03, depth, top), "back top bottom")
                 for x in np.linspace(left + 0.03, right - 0.03, count + 1)]  # fmt: skip
        posts.append(block((left, depth - 0.07, TRANSOM - 0.03), (right, depth, TRANSOM + 0.03), "back left right"))
        posts.append(block((left, depth - 0.09, RISER - 0.03), (right, depth, RISER + 0.04), "back left right"))
        made.add(np.concatenate(posts), paint, "shop frame")
    y0, y1 = depth, recess
    a, b = start, start + door
    sides = [[(a, y0, 0), (a, y1, 0), (a, y1, top), (a, y0, top)], [(b, y1, 0), (b, y0, 0), (b, y0, top), (b, y1, top)]]
    made.add(sides, shop_panes(lit), "display", np.tile(cell_uvs(picture, SHOP_CELLS), (2, 1, 1)))
    made.add([[(a, y1, top), (b, y1, top), (b, 0, top), (a, 0, top)]], paint, "soffit")
    made.add(panel(a, b, 2.2, top, y1), shop_panes(lit), "display", cell_uvs(picture, SHOP_CELLS))
    glass = (a + 0.16, b - 0.16, 0.45, 2.0)
    made.add(ring(a, b, 0.0, 2.2, glass, y1), paint, "door").add(reveal(glass, y1, y1 + 0.03), paint, "door")
    made.add(panel(*glass, y1 + 0.03), shop_panes(lit), "display", cell_uvs(picture, SHOP_CELLS))
    pull = block((b - 0.12, y1 - 0.06, 0.85), (b - 0.08, y1, 1.25), "back")
    return made.add(pull, painted_metal("#2a2826"), "handle")


def _awning(code: str, x0: float, x1: float, z: float) -> Quads:
    """A sloped canvas with a scalloped-looking valance; u runs along the shop."""
    out, drop, hang = 1.35, 0.62, 0.24
    y0, y1, z1 = -0.1, -0.1 - out, z - drop
    slope = [(x0, y1, z1), (x1, y1, z1), (x1, y0, z), (x0, y0, z)]
    valance = [(x0, y1, z1 - hang), (x1, y1, z1 - hang), (x1, y1, z1), (x0, y1, z1)]
    ends = [[(x0, y0, z), (x0, y0, z1), (x0, y1, z1), (x0, y1, z1)], [(x1, y1, z1), (x1, y0, z1), (x1, y0, z), (x1, y0, z)]]
    cloth = awning(code)
    us = np.array([x0, x1]) / cloth.tile
    strip = np.array([[(us[0], 0), (us[1], 0), (us[1], 1), (us[0], 1)]])
    made = Quads().add([slope], cloth, "awning", strip).add([valance], cloth, "awning", strip)
    made.add(ends, cloth, "awning")
    rods = [block((x - 0.015, y1, z1), (x + 0.015, y0, z1 + 0.03), "back front") for x in (x0 + 0.02, x1 - 0.02)]
    return made.add(np.concatenate(rods), painted_metal("#2a2826"), "awning arm")


def _blade(number: int, paint: Finish, x: float, z: float) -> Quads:
    """A small board hung out over the pavement."""
    iron = painted_metal("#2a2826")
    made = Quads().add(block((x - 0.02, -0.95, z + 0.5), (x + 0.02, 0.0, z + 0.54), ""), iron, "bracket")
    made.add(block((x - 0.03, -0.9, z - 0.05), (x + 0.03, -0.2, z + 0.45), "left right"), paint, "hanging sign")
    u0, u1, v0, v1 = cell(number, SIGN_CELLS, 0.002)
    shown = np.array([[(u0, v0), (u1, v0), (u1, v1), (u0, v1)]])
    for side in (-1, 1):
        ys = (-0.2, -0.9) if side < 0 else (-0.9, -0.2)
        at = x + side * 0.031
        low, high = z + 0.16, z + 0.25
        plate = [(at, ys[0], z - 0.05), (at, ys[1], z - 0.05), (at, ys[1], z + 0.45), (at, ys[0], z + 0.45)]
        name = [(at + side * 0.002, ys[0], low), (at + side * 0.002, ys[1], low), (at + side * 0.002, ys[1], high),
                (at + side * 0.002, ys[0], high)]  # fmt: skip
        made.add([plate], paint, "hanging sign").add([name], shop_signs(), "sign", shown)
    return made


def lobby(style: Style, width: float, height: float, lit: bool) -> Quads:
    """A modern entrance floor: full-height glass between posts, a double door and a canopy."""
    made, depth = Quads(), 0.35
    count = max(2, round(width / 2.2))
    xs = np.linspace(0.0, width, count + 1)
    metal = painted_metal(style.frame)
    made.add(panel(0, width, height - 0.5, height), style.wall_finish, "wall")
    made.add([[(0, depth, height - 0.5), (width, depth, height - 0.5), (width, 0, height - 0.5), (0, 0, height - 0.5)]],
             style.wall_finish, "soffit")  # fmt: skip
    for k, (left, right) in enumerate(zip(xs[:-1], xs[1:], strict=True)):
        made.add(panel(left, right, 0.0, height - 0.5, depth), shop_panes(lit), "display", cell_uvs(k % 2, SHOP_CELLS))
    posts = [block((x - 0.05, depth - 0.12, 0.0), (x + 0.05, depth, height - 0.5), "back top bottom") for x in xs[1:-1]]
    columns = [block((x - 0.2, 0.0, 0.0), (x + 0.2, depth, height - 0.5), "back top bottom") for x in (0.2, width - 0.2)]
    bars = [block((0, depth - 0.08, z), (width, depth, z + 0.07), "back left right") for z in (0.0, 2.5)]
    made.add(np.concatenate(posts + bars), metal, "shop frame").add(np.concatenate(columns), style.base_finish, "pillar")
    middle = xs[count // 2]
    canopy = block((middle - 1.6, -1.3, 2.75), (middle + 1.6, depth, 2.93), "back")
    made.add(canopy, metal, "canopy")
    for x in (middle - 0.95, middle + 0.02):
        made.add(ring(x, x + 0.93, 0.02, 2.4, (x + 0.1, x + 0.83, 0.2, 2.3), depth - 0.06), metal, "door")
    return made


def garage(style: Style, width: float, height: float, wall: Finish) -> Quads:
    """A gate of upright panels in a plain wall."""
    hole = (0.4, width - 0.4, 0.0, min(2.6, height - 0.4))
    made = Quads().add(ring(0, width, 0, height, hole)[1:], wall, "wall").add(reveal(hole, 0.0, 0.25)[1:], wall, "wall")
    return made.join(panelled(style.door_finish, hole, 0.22, (0.0, 0.5, 1.0)))
