"""A village church: a nave with buttresses and pointed windows, a tower with a spire."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads, block, panel
from ...scene import Mesh
from ..materials import walls
from ..materials.finishes import lacquer, painted_metal
from ..materials.openings import WINDOW_CELLS, cell_uvs, window_panes
from .roofs import slope_uvs


def church() -> Mesh:
    """The church, its west door looking along -Y, its tower in front; stands on z = 0."""
    stone, trim, slate = walls.rubble("#a69c88"), walls.ashlar("#c2b79f"), walls.slates("#4f5356")
    made = Quads()
    w, y0, y1, eaves, top = 5.0, 3.0, 24.0, 6.4, 11.5
    _nave(made, stone, trim, slate, (w, y0, y1, eaves, top))
    t, height = 2.9, 14.5
    for part in (block((-t, -2.8, 0), (t, 3.0, height), "bottom top"),):
        made.add(part, stone, "tower")
    for z in (5.0, 9.6, height - 0.3):
        made.add(block((-t - 0.12, -2.92, z), (t + 0.12, 3.12, z + 0.3)), trim, "band")
    for sx in (-1, 1):
        for y in (-2.8, 3.0):
            foot = block((sx * t - 0.45, y - 0.45, 0), (sx * t + 0.45, y + 0.45, height - 2), "bottom")
            made.add(foot, trim, "buttress")
            made.add(block((sx * t - 0.3, y - 0.3, height), (sx * t + 0.3, y + 0.3, height + 1.2), "bottom"), trim, "pinnacle")
    base = [(-t - 0.1, -2.9), (t + 0.1, -2.9), (t + 0.1, 3.1), (-t - 0.1, 3.1)]
    tip = (0.0, 0.1, height + 12.0)
    spire = [[(*base[k], height), (*base[(k + 1) % 4], height), tip, tip] for k in range(4)]
    made.add(spire, slate, "spire", slope_uvs(np.array(spire), slate.tile))
    gold = painted_metal("#b59a55")
    made.add(block((-0.05, 0.05, height + 11.6), (0.05, 0.15, height + 13.6)), gold, "cross")
    made.add(block((-0.45, 0.05, height + 12.8), (0.45, 0.15, height + 12.9)), gold, "cross")
    _lancet(made, trim, 0.0, -2.8, 10.4, 1.5, 2.4, 0.0)
    dark = lacquer("#2a2018", 0.6)
    made.add(panel(-0.95, 0.95, 0.15, 2.6, -2.83), dark, "door")
    arch = [[(-0.95, -2.83, 2.6), (0.95, -2.83, 2.6), (0.0, -2.83, 3.7), (0.0, -2.83, 3.7)]]
    made.add(arch, dark, "door")
    for x0, x1 in ((-1.35, -0.95), (0.95, 1.35)):
        made.add(block((x0, -3.1, 0), (x1, -2.8, 2.7), "back bottom"), trim, "porch")
    made.add(block((-1.5, -3.4, 0), (1.5, -2.8, 0.15), "back bottom"), trim, "step")
    made.add(panel(-0.8, 0.8, 11.0, 12.6, -2.86), lacquer("#efe9d8", 0.4), "clock")
    for a, b in (((-0.04, 11.75), (0.04, 12.4)), ((-0.04, 11.75), (0.5, 11.83))):
        made.add(panel(a[0], b[0], a[1], b[1], -2.87), dark, "clock")
    return made.mesh("Church")


def _nave(made: Quads, stone, trim, slate, size: tuple[float, float, float, float, float]) -> None:
    w, y0, y1, eaves, top = size
    made.add(block((-w, y0, 0), (w, y1, eaves), "bottom top"), stone, "nave")
    gables = [
        [(-w, y0, eaves), (w, y0, eaves), (0, y0, top), (0, y0, top)],
        [(w, y1, eaves), (-w, y1, eaves), (0, y1, top), (0, y1, top)],
    ]
    made.add(gables, stone, "gable")
    o = 0.5
    low = eaves - o * (top - eaves) / w + 0.1
    slopes = [[(-w - o, y1 + o, low), (-w - o, y0 - o, low), (0, y0 - o, top + 0.1), (0, y1 + o, top + 0.1)],
              [(w + o, y0 - o, low), (w + o, y1 + o, low), (0, y1 + o, top + 0.1), (0, y0 - o, top + 0.1)]]  # fmt: skip
    made.add(slopes, slate, "roof", slope_uvs(np.array(slopes), slate.tile))
    for k in range(5):
        y = y0 + 2.0 + k * (y1 - y0 - 4.0) / 4
        for side in (-1, 1):
            x0, x1 = sorted((side * w, side * (w + 0.8)))
            made.add(block((x0, y - 0.35, 0), (x1, y + 0.35, 4.2), "bottom"), trim, "buttress")
            if k < 4:
                _lancet(made, trim, y + (y1 - y0 - 4.0) / 8, side * w, 2.0, 1.1, 2.6, float(side))


def _lancet(made: Quads, trim, at: float, wall: float, z: float, wide: float, high: float, side: float) -> None:
    """A pointed window with a stone surround; ``side`` 0 in a wall that looks along -Y, else in one that looks along ±X."""
    half = wide / 2
    outline = np.array([(-half, 0), (half, 0), (half, high), (half * 0.62, high + 0.45), (0, high + 0.8),
                        (-half * 0.62, high + 0.45), (-half, high)])  # fmt: skip
    for grow, out, finish, part in ((1.22, 0.03, trim, "surround"), (1.0, 0.045, window_panes(0.0), "window")):
        ring = outline * grow + (0, -0.1 if grow > 1 else 0.0)
        middle = ring.mean(axis=0)
        quads, shown = [], []
        for k in range(len(ring)):
            a, b = ring[k], ring[(k + 1) % len(ring)]
            flat = [middle, a, b, b]
            shown.append(flat)
            if side == 0:
                quads.append([(at + p[0], wall - out, z + p[1]) for p in flat])
            else:
                quads.append([(wall + side * out, at + side * p[0], z + p[1]) for p in flat])
        u0, v0 = cell_uvs(11, WINDOW_CELLS)[0, 0]
        uvs = np.array(shown) * (0.05, 0.03) + (u0 + 0.1, v0 + 0.03) if part == "window" else None
        made.add(quads, finish, part, uvs)
