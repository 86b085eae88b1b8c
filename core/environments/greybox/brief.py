"""What a blocked-out room is to become."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import Brief, choice, flag, number, text
from ..brief import FLOORS, KINDS, WALLS
from ..materials.palettes import ACCENTS, PALETTES

AUTO = "auto"


@dataclass
class GreyboxBrief(Brief):
    """How boxes become a detailed room."""

    kind: str = choice(AUTO, (AUTO, *KINDS), help="What the room is for; auto: as the boxes say", group="Room")
    shell: bool = flag(True, help="Detailed walls, floor, ceiling, doors and windows in place of blocked-out ones", group="Room")
    lights: bool = flag(True, help="Lamps, daylight and a camera", group="Room")
    allowed: str = text("", help="Only these kinds of things, with commas between; empty: all", group="Room")
    dressed: bool = flag(False, help="Put small things on the furniture too", group="Room")
    palette: str = choice("nordic", PALETTES, help="Woods, metals and fabrics that go together", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="The strong colour; palette keeps the palette's own", group="Look")
    walls: str = choice("white", WALLS, help="Wall colour", group="Look")
    floor: str = choice("auto", FLOORS, help="Floor covering; auto follows the palette", group="Look")
    brightness: float = number(0.6, 0.0, 1.0, help="Lamps and daylight, from dim to bright", group="Look")
