"""Which materials a room's palette means for its walls, floor, woodwork and glass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..geometry.shape import Finish
from ..scene import Material
from .brief import SIDES, RoomBrief
from .materials import ACCENTS, brushed_metal, carpet, ceramic_tiles, concrete, lacquer, palette, plank_floor, plaster

WALL_CODES = {"white": "#ecebe6", "warm": "#ece0cb", "cool": "#dde4e8", "green": "#e0e4d6", "dark": "#6b6f75"}
ACCENT_SHARE = 0.6  # of the accent wall's paint; the rest is the colour of the other walls
# The floor of each palette: what "auto" takes, the planks, the carpet.
FLOORS = {
    "nordic": ("wood", "birch", "#8b9296"),
    "walnut": ("wood", "walnut", "#7d6f60"),
    "industrial": ("concrete", "pine", "#54585c"),
    "colourful": ("wood", "beech", "#5d7f99"),
    "classic": ("wood", "cherry", "#5e6b58"),
    "graphite": ("carpet", "ash grey", "#565c63"),
    "botanical": ("wood", "oak", "#7f8a75"),
}


@dataclass
class Finishes:
    """The materials of the shell."""

    walls: dict[str, Finish]
    floor: Finish
    ceiling: Finish
    trim: Finish
    frame: Finish
    door: Finish
    sill: Finish
    metal: Finish
    glass: Finish


def choose_finishes(brief: RoomBrief, accent: str) -> Finishes:
    """The finishes of a brief; ``accent`` is the side of the wall in the accent colour."""
    plain = WALL_CODES[brief.walls]
    strong = _mixed(plain, ACCENTS[brief.accent] or palette(brief.palette).shades[0])
    white = lacquer("#f1f0ec", 0.35)
    frame = lacquer("#3a3d40", 0.4) if brief.palette in ("industrial", "graphite") else white
    return Finishes(
        walls={side: plaster(strong if side == accent else plain) for side in SIDES},
        floor=floor_finish(brief),
        ceiling=plaster("#f2f1ed"),
        trim=white,
        frame=frame,
        door=palette(brief.palette).wood if brief.palette in ("walnut", "classic", "botanical") else white,
        sill=white,
        metal=brushed_metal(),
        glass=window_glass(),
    )


def _mixed(plain: str, strong: str) -> str:
    """The paint code between two, in the sRGB values they are written in."""
    pairs = [(int(plain[k : k + 2], 16), int(strong[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * ACCENT_SHARE):02x}" for a, b in pairs)


def floor_finish(brief: RoomBrief) -> Finish:
    """The floor asked for, in the palette's tone."""
    usual, planks, pile = FLOORS[brief.palette]
    kind = usual if brief.floor == "auto" else brief.floor
    if kind == "carpet":
        return carpet(pile)
    if kind == "concrete":
        return concrete()
    return ceramic_tiles() if kind == "tiles" else plank_floor(planks)


@lru_cache
def window_glass() -> Finish:
    """Glass by transparency, not refraction: sunlight and a game engine's camera pass straight through it."""
    return Finish(Material("Window glass", (0.85, 0.93, 0.95, 0.12), roughness=0.02))


def outside_wall() -> Finish:
    """The render on the outside of a home."""
    return plaster("#d8d2c6")
