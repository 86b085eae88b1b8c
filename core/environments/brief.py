"""What a room is to be: the parameters a prompt, the sliders or a file fill in."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, flag, number, whole
from .materials.palettes import ACCENTS, PALETTES

SIDES = ("south", "east", "north", "west")
WALLS = ("white", "warm", "cool", "green", "dark")
FLOORS = ("auto", "wood", "carpet", "concrete", "tiles")
MOST_PEOPLE = 120
LONGEST = 30.0

# What each kind of room has when nobody says otherwise. "area": square metres, a fixed part and a part for each person.
USUAL: dict[str, dict] = {
    "office": {"people": 4, "storage": 2, "plants": 2, "pictures": 2, "whiteboard": True, "pinboard": True, "area": (7.0, 5.2)},
    "open_plan_office": {"people": 14, "storage": 4, "plants": 5, "pictures": 2, "windows": 5, "height": 3.0, "sofa": True,
                         "whiteboard": True, "screen": True, "area": (16.0, 5.4)},
    "meeting_room": {"people": 8, "storage": 1, "plants": 2, "pictures": 1, "whiteboard": True, "screen": True, "area": (9.0, 1.9)},
    "classroom": {"people": 16, "storage": 2, "plants": 1, "pictures": 2, "whiteboard": True, "pinboard": True, "windows": 3,
                  "area": (20.0, 2.2)},
    "lecture_hall": {"people": 48, "storage": 0, "plants": 1, "pictures": 0, "whiteboard": True, "screen": True, "windows": 4,
                     "height": 3.8, "area": (38.0, 1.35)},
    "laboratory": {"people": 6, "storage": 3, "plants": 0, "pictures": 1, "whiteboard": True, "windows": 3, "floor": "tiles",
                   "height": 3.0, "area": (22.0, 5.0)},
    "clinic_room": {"people": 2, "storage": 1, "plants": 1, "pictures": 2, "floor": "tiles", "area": (14.0, 1.5)},
    "bedroom": {"people": 2, "storage": 1, "plants": 1, "pictures": 2, "clock": False, "windows": 1, "height": 2.6,
                "area": (8.5, 3.2)},
    "living_room": {"people": 4, "storage": 2, "plants": 3, "pictures": 3, "clock": False, "sofa": True, "screen": True,
                    "height": 2.6, "area": (14.0, 2.6)},
    "kitchen": {"people": 4, "storage": 1, "plants": 1, "pictures": 1, "windows": 1, "height": 2.6, "area": (9.0, 1.9)},
    "bathroom": {"people": 1, "storage": 1, "plants": 0, "pictures": 0, "clock": False, "windows": 1, "floor": "tiles",
                 "height": 2.6, "area": (6.2, 0.5)},
    "hall": {"people": 0, "storage": 1, "plants": 0, "pictures": 2, "clock": False, "windows": 0, "height": 2.6,
             "area": (7.0, 0.0)},
    "shop": {"people": 1, "storage": 8, "plants": 1, "pictures": 2, "windows": 3, "height": 3.2, "clock": False,
             "area": (52.0, 3.0)},
    "cafe": {"people": 16, "storage": 2, "plants": 3, "pictures": 4, "windows": 3, "height": 3.0, "area": (16.0, 1.75)},
    "gallery": {"people": 4, "storage": 4, "plants": 0, "pictures": 8, "clock": False, "windows": 0, "height": 3.6,
                "floor": "concrete", "area": (50.0, 1.5)},
    "hotel_room": {"people": 2, "storage": 1, "plants": 1, "pictures": 2, "clock": False, "screen": True, "windows": 1,
                   "floor": "carpet", "height": 2.6, "area": (14.0, 3.6)},
    "workshop": {"people": 2, "storage": 3, "plants": 0, "pictures": 0, "pinboard": True, "windows": 2, "floor": "concrete",
                 "height": 3.2, "area": (16.0, 7.0)},
}  # fmt: skip
KINDS = tuple(USUAL)
PROPORTION = 1.25  # width over depth where only an area is known


@dataclass
class RoomBrief(Brief):
    """A closed, furnished room. Sides are seen on a plan with north up; the room's own front is the south side."""

    kind: str = choice("office", KINDS, help="What the room is for", group="Room")
    width: float = number(6.0, 2.0, LONGEST, unit="m", help="Inside, west to east", group="Room")
    depth: float = number(5.0, 2.0, LONGEST, unit="m", help="Inside, south to north", group="Room")
    height: float = number(2.7, 2.3, 6.0, unit="m", help="Floor to ceiling", group="Room")
    door_side: str = choice("south", SIDES, help="The wall the door is in", group="Room")
    windows: int = whole(2, 0, 12, help="How many windows", group="Room")

    people: int = whole(4, 0, MOST_PEOPLE, help="Desks in an office, seats at tables, pupils in a class, beds", group="Furniture")
    storage: int = whole(2, 0, 30, help="Shelves and cabinets; a gallery's pedestals", group="Furniture")
    plants: int = whole(2, 0, 20, help="Potted plants on the floor", group="Furniture")
    sofa: bool = flag(False, help="A sofa to wait or rest on", group="Furniture")
    screen: bool = flag(False, help="A wall screen for presentations", group="Furniture")
    whiteboard: bool = flag(True, help="A whiteboard on a wall", group="Furniture")
    pinboard: bool = flag(False, help="A cork board on a wall", group="Furniture")
    pictures: int = whole(2, 0, 20, help="Framed pictures on the walls", group="Furniture")
    clock: bool = flag(True, help="A wall clock", group="Furniture")

    palette: str = choice("nordic", PALETTES, help="Woods, metals and fabrics that go together", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="The strong colour; palette keeps the palette's own", group="Look")
    walls: str = choice("white", WALLS, help="Wall colour", group="Look")
    floor: str = choice("auto", FLOORS, help="Floor covering; auto follows the palette", group="Look")
    brightness: float = number(0.6, 0.0, 1.0, help="Lamps and daylight, from dim to bright", group="Look")
    clutter: float = number(0.5, 0.0, 1.0, help="How much lies on the desks and in the shelves", group="Look")
    wheelchair: bool = flag(False, help="Ways wide enough for a wheelchair, 0.9 m", group="Furniture")
    colliders: bool = flag(False, help="Add box colliders for a game engine", group="Game")

    @classmethod
    def from_dict(cls, values: dict) -> RoomBrief:
        """As ``Brief.from_dict``; what is not said is as usual for the kind."""
        kind = values.get("kind", "office")
        if kind not in USUAL:
            return super().from_dict(values)
        people = values.get("people", USUAL[kind]["people"])
        chosen = usual_values(kind, people if isinstance(people, int) else 0) | values
        return super().from_dict(chosen)


def usual_values(kind: str, people: int) -> dict:
    """What a room of the kind for so many people has: counts, wishes, and a size."""
    plain = {"windows": 2, "height": 2.7, "floor": "auto", "clock": True}
    plain |= dict.fromkeys(("sofa", "screen", "whiteboard", "pinboard"), False)
    values = plain | {name: value for name, value in USUAL[kind].items() if name != "area"}
    area = natural_area(kind, people)
    width = min(max((area * PROPORTION) ** 0.5, 2.0), LONGEST)
    return values | {
        "kind": kind,
        "people": people,
        "width": round(width, 2),
        "depth": round(min(max(area / width, 2.0), LONGEST), 2),
    }


def natural_area(kind: str, people: int) -> float:
    """Floor area in square metres a room of that kind usually has: a fixed part and a part for each person."""
    fixed, each = USUAL[kind]["area"]
    return fixed + each * people
