"""What a street, district, square or village is to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...briefs import Brief, choice, flag, number, text, whole
from ...errors import WorldwrightError
from ..sky import TIMES, WEATHERS

KINDS = ("street", "district", "square", "village")
STYLES = ("european", "brick", "modern", "village", "mixed")
MOST_IN_STREET = 60


@dataclass
class CityBrief(Brief):
    """Buildings on streets, with what stands, drives and grows there."""

    kind: str = choice("street", KINDS, help="One street, several blocks, a square, or a village", group="Place")
    buildings: int = whole(24, 4, 2000, help="How many buildings", group="Place")
    style: str = choice("european", STYLES, help="How the façades are built", group="Place")
    facades: str = text("", help="Colours of the walls, such as #d8c39a, with commas; empty follows the style", group="Place")
    storeys: int = whole(4, 1, 30, help="Usual number of storeys", group="Place")
    variation: float = number(0.4, 0.0, 1.0, help="How much heights and façades differ", group="Place")
    street_width: float = number(7.5, 3.5, 24.0, unit="m", help="Carriageway from kerb to kerb", group="Place")
    pavement: float = number(3.6, 1.2, 10.0, unit="m", help="Width of the pavements", group="Place")

    sketch_width: float = number(
        0.0, 0.0, 5000.0, unit="m", help="Metres across a sketch; 0 reads it from the roads", group="Place"
    )

    shops: float = number(0.75, 0.0, 1.0, help="Share of ground floors that are shops", group="Life")
    cafes: float = number(0.3, 0.0, 1.0, help="Share of shops that are cafés with tables outside", group="Life")
    trees: float = number(0.6, 0.0, 1.0, help="Street trees, from none to an avenue", group="Life")
    furniture: float = number(0.7, 0.0, 1.0, help="Lamps, benches, bins, bollards and the like", group="Life")
    traffic: float = number(0.5, 0.0, 1.0, help="Parked and driving vehicles", group="Life")

    weather: str = choice("clear", WEATHERS, help="Sky, light, and whether the ground is wet", group="Light")
    time: str = choice("afternoon", TIMES, help="Where the sun stands", group="Light")
    sun_height: float = number(0.0, 0.0, 90.0, unit="°", help="How high the sun stands; 0 follows the hour", group="Light")
    warmth: float = number(0.0, -1.0, 1.0, help="Light from cold to warm; 0 follows the hour", group="Light")

    colliders: bool = flag(False, help="Boxes for physics", group="Game")
    navmesh: bool = flag(False, help="A floor that figures may walk on", group="Game")
    lods: bool = flag(False, help="Far-away versions: painted boxes, and whole blocks as one mesh", group="Game")

    @property
    def paints(self) -> tuple[str, ...]:
        """The colours of the walls that were asked for. Raises WorldwrightError for what is no colour."""
        codes = tuple(code.strip().lower() for code in self.facades.split(",") if code.strip())
        for code in codes:
            if not re.fullmatch("#[0-9a-f]{6}", code):
                raise WorldwrightError(f"“{code}” is no colour of a façade.", "Write colours as #d8c39a, with commas between.")
        return codes

    @property
    def wet(self) -> bool:
        """Whether rain lies on the ground."""
        return self.weather == "rain"

    @property
    def lit(self) -> float:
        """Share of windows with a lamp on."""
        if self.time == "night":
            return 0.7
        return 0.45 if self.time == "evening" or self.weather in ("rain", "fog", "snow") else 0.12
