"""What a landscape is to be."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import Brief, choice, flag, number, text, whole
from ..sky import TIMES, WEATHERS

KINDS = ("hills", "mountains", "lake", "coast", "desert", "forest")
SEASONS = ("summer", "autumn", "winter", "spring")
TREES = ("auto", "conifers", "broadleaf", "mixed", "birch", "palms", "none")
RESOLUTIONS = ("256", "512", "1024")


@dataclass
class LandscapeBrief(Brief):
    """Ground shaped by water and weather, with water, plants and rocks. The camera stands on it at eye height."""

    kind: str = choice("lake", KINDS, help="The lie of the land", group="Land")
    size: float = number(800.0, 100.0, 4000.0, unit="m", help="Width and depth", group="Land")
    relief: float = number(0.5, 0.0, 1.0, help="From gentle to steep", group="Land")
    erosion: float = number(0.6, 0.0, 1.0, help="How long water and frost have worked", group="Land")
    water: float = number(0.4, 0.0, 1.0, help="How much of the low ground stands under water", group="Land")
    river: bool = flag(False, help="A river that crosses the land", group="Land")
    resolution: str = choice("512", RESOLUTIONS, help="Cells across", group="Land")
    height_scale: float = number(
        0.0, 0.0, 3000.0, unit="m", help="Height of a height map's white; 0 guesses from the size", group="Land"
    )

    plants: int = whole(6000, 0, 60000, help="Trees, bushes and stones in all", group="Growth")
    trees: str = choice("auto", TREES, help="What grows; auto follows the land", group="Growth")
    density: float = number(0.6, 0.0, 1.0, help="How closed the forest is", group="Growth")
    rocks: float = number(0.5, 0.0, 1.0, help="How stony it is", group="Growth")
    grass: float = number(0.7, 0.0, 1.0, help="Grass and flowers near the camera", group="Growth")
    meadow: str = text("", help="Colour of the grassy ground, such as #5f7537; empty follows the season", group="Growth")
    season: str = choice("summer", SEASONS, help="Colour of leaves and ground", group="Growth")

    weather: str = choice("clear", WEATHERS, help="Sky and light", group="Light")
    time: str = choice("afternoon", TIMES, help="Where the sun stands", group="Light")
    sun_height: float = number(0.0, 0.0, 90.0, unit="°", help="How high the sun stands; 0 follows the hour", group="Light")
    warmth: float = number(0.0, -1.0, 1.0, help="Light from cold to warm; 0 follows the hour", group="Light")

    colliders: bool = flag(False, help="Coarse ground for physics", group="Game")
    navmesh: bool = flag(False, help="Ground that figures may walk on", group="Game")
    lods: bool = flag(False, help="Coarser versions of every chunk, with skirts", group="Game")
