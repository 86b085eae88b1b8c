"""What a room is to be: the parameters a prompt, the sliders or a file fill in."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, flag, number, whole
from .materials.palettes import ACCENTS, PALETTES

KINDS = ("office", "meeting_room", "classroom")
SIDES = ("south", "east", "north", "west")
WALLS = ("white", "warm", "cool", "green", "dark")
FLOORS = ("auto", "wood", "carpet", "concrete", "tiles")
MOST_PEOPLE = 40


@dataclass
class RoomBrief(Brief):
    """A closed, furnished room. Sides are seen on a plan with north up; the room's own front is the south side."""

    kind: str = choice("office", KINDS, help="What the room is for", group="Room")
    width: float = number(6.0, 2.0, 20.0, unit="m", help="Inside, west to east", group="Room")
    depth: float = number(5.0, 2.0, 20.0, unit="m", help="Inside, south to north", group="Room")
    height: float = number(2.7, 2.3, 4.5, unit="m", help="Floor to ceiling", group="Room")
    door_side: str = choice("south", SIDES, help="The wall the door is in", group="Room")
    windows: int = whole(2, 0, 8, help="How many windows", group="Room")

    people: int = whole(4, 0, MOST_PEOPLE, help="Desks in an office, seats at a table, pupils in a class", group="Furniture")
    storage: int = whole(2, 0, 8, help="Shelves and cabinets", group="Furniture")
    plants: int = whole(2, 0, 10, help="Potted plants on the floor", group="Furniture")
    sofa: bool = flag(False, help="A sofa to wait or rest on", group="Furniture")
    screen: bool = flag(False, help="A wall screen for presentations", group="Furniture")
    whiteboard: bool = flag(True, help="A whiteboard on a wall", group="Furniture")
    pinboard: bool = flag(False, help="A cork board on a wall", group="Furniture")
    pictures: int = whole(2, 0, 8, help="Framed pictures on the walls", group="Furniture")
    clock: bool = flag(True, help="A wall clock", group="Furniture")

    palette: str = choice("nordic", PALETTES, help="Woods, metals and fabrics that go together", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="The strong colour; palette keeps the palette's own", group="Look")
    walls: str = choice("white", WALLS, help="Wall colour", group="Look")
    floor: str = choice("auto", FLOORS, help="Floor covering; auto follows the palette", group="Look")
    brightness: float = number(0.6, 0.0, 1.0, help="Lamps and daylight, from dim to bright", group="Look")
    clutter: float = number(0.5, 0.0, 1.0, help="How much lies on the desks and in the shelves", group="Look")
    colliders: bool = flag(False, help="Add box colliders for a game engine", group="Game")
