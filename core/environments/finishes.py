"""Which materials a room's style and palette mean for its walls, floor, woodwork and glass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene import Material
from .brief import SIDES, RoomBrief

WALL_COLORS = {
    "light": ((0.80, 0.79, 0.76), (0.52, 0.60, 0.64)),
    "warm": ((0.80, 0.73, 0.62), (0.60, 0.33, 0.20)),
    "cool": ((0.72, 0.77, 0.80), (0.16, 0.30, 0.42)),
    "green": ((0.78, 0.79, 0.72), (0.25, 0.37, 0.26)),
    "dark": ((0.30, 0.31, 0.33), (0.09, 0.11, 0.14)),
}  # linear RGB: the walls, and the one accent wall


@dataclass
class Finishes:
    """The materials of the shell."""

    walls: dict[str, Material]
    floor: Material
    ceiling: Material
    trim: Material
    frame: Material
    door: Material
    sill: Material
    metal: Material
    glass: Material


def choose_finishes(brief: RoomBrief, accent: str, rng: np.random.Generator) -> Finishes:
    """The finishes of a brief; ``accent`` is the side of the wall in the accent colour."""
    plain, strong = WALL_COLORS[brief.palette]
    wall = Material("Wall paint", (*plain, 1.0), roughness=0.85)
    accent_wall = Material("Accent paint", (*strong, 1.0), roughness=0.85)
    white = Material("White lacquer", (0.78, 0.78, 0.76, 1.0), roughness=0.35)
    return Finishes(
        walls={side: accent_wall if side == accent else wall for side in SIDES},
        floor=Material("Floor", (0.40, 0.24, 0.12, 1.0), roughness=0.4),
        ceiling=Material("Ceiling paint", (0.82, 0.82, 0.80, 1.0), roughness=0.9),
        trim=white,
        frame=white,
        door=Material("Door", (0.5, 0.33, 0.18, 1.0), roughness=0.4),
        sill=white,
        metal=Material("Brushed steel", (0.6, 0.6, 0.6, 1.0), metallic=1.0, roughness=0.3),
        glass=Material("Window glass", (0.85, 0.93, 0.95, 0.12), roughness=0.02, double_sided=True),
    )
