"""What a home is to be."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import Brief, choice, flag, number, whole
from ..brief import FLOORS, WALLS
from ..materials.palettes import ACCENTS, PALETTES


@dataclass
class HomeBrief(Brief):
    """A furnished flat or one-storey house. Sides are seen on a plan with north up."""

    bedrooms: int = whole(2, 0, 4, help="Bedrooms; none makes a studio", group="Home")
    bathrooms: int = whole(1, 1, 2, help="Bathrooms", group="Home")
    area: float = number(70.0, 22.0, 260.0, unit="m²", help="Floor area inside the outer walls", group="Home")
    height: float = number(2.6, 2.3, 4.0, unit="m", help="Floor to ceiling", group="Home")
    study: bool = flag(False, help="A room to work in", group="Home")
    facades: str = choice(
        "front and back", ("front and back", "all"), help="Sides with windows: all for a house that stands free", group="Home"
    )
    people: int = whole(3, 1, 8, help="Who lives here: seats at the table, beds", group="Home")

    furnished: bool = flag(True, help="With furniture; without it the empty rooms", group="Furniture")
    plants: int = whole(1, 0, 4, help="Potted plants in each room to live in", group="Furniture")
    palette: str = choice("nordic", PALETTES, help="Woods, metals and fabrics that go together", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="The strong colour; palette keeps the palette's own", group="Look")
    walls: str = choice("white", WALLS, help="Wall colour", group="Look")
    floor: str = choice("auto", FLOORS, help="Floor of the rooms to live in; kitchen and bath are tiled", group="Look")
    brightness: float = number(0.6, 0.0, 1.0, help="Lamps and daylight, from dim to bright", group="Look")
    clutter: float = number(0.5, 0.0, 1.0, help="How much lies about", group="Look")
    wheelchair: bool = flag(False, help="Ways and doors wide enough for a wheelchair", group="Furniture")
    colliders: bool = flag(False, help="Add colliders and a walkable floor for a game engine", group="Game")
