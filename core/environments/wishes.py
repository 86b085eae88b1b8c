"""What a room of each kind wants, as data: groups of furniture, the relation each has to the room, and what it prefers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from .brief import SIDES, RoomBrief
from .groups import AISLE, Group, lounge, meeting_table, pupil_desk, single, workplaces
from .rooms import OPPOSITE, YAW, Room, yaw_matrix
from .shop import Shop


@dataclass
class Wish:
    """One group to place.

    Attributes:
        options: the same wish in several sizes, the preferred one first; a generator builds only those that are tried.
        relation: "wall" (its back to a wall), "free" (anywhere, quarter turns), "spots" (one of ``spots``), "mounted" (hung
            on a wall, its middle at ``height`` metres).
        prefer: weights of the features ``arrange.score`` knows; negative ones avoid.
        sides: the walls allowed.
        spots: (S, 3) x, y, yaw in the room.
        seats: how many wishes of the brief it stands for, for the count of what was placed.
        extra: nobody asked for it: it is placed where it fits, and not missed.
    """

    noun: str
    options: Iterable[Group]
    relation: str
    prefer: dict[str, float] = field(default_factory=dict)
    sides: tuple[str, ...] = SIDES
    height: float = 0.0
    spots: np.ndarray | None = None
    seats: int = 1
    extra: bool = False


def office_wishes(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """Desks along the walls or in blocks face to face, then what stands and hangs around them; later attempts use less room."""
    width, depth = ((1.6, 0.8), (1.5, 0.75), (1.4, 0.7), (1.2, 0.7))[min(attempt, 3)]
    roomy = room.width * room.depth > 7.0 + 4.8 * brief.people
    blocks = brief.people >= 2 and min(room.width, room.depth) > 3.6 and bool(rng.random() < 0.7)
    if attempt % 2:
        blocks = not blocks and brief.people >= 2
    sizes: list[int] = []
    left = brief.people
    if blocks:
        block = 4 if brief.people >= 8 and roomy else 2
        sizes += [block] * (left // block)
        left -= block * (left // block)
        sizes += [2] * (left // 2)
        left %= 2
    sizes += [1] * left
    wishes = []
    for seats in sizes:
        if seats == 1:
            prefer = {"window": 1.0, "door": 0.6, "alike": 0.35, "corner": 0.1}
            wishes.append(Wish("desk", [workplaces(shop, rng, 1, width, depth)], "wall", prefer))
        else:
            prefer = {"window": 0.4, "door": 0.4, "centre": 0.6, "alike": 0.3, "side_light": 0.3, "square": 0.3, "aligned": 0.5}
            group = workplaces(shop, rng, seats, width, depth)
            wishes.append(Wish("desk block", [group], "free", prefer, seats=seats))
    return wishes


def meeting_wishes(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """The table in the middle with all its seats, or the most that fit."""
    if not brief.people:
        return []
    seats = max(brief.people - 2 * max(attempt - 1, 0), 1)
    table = meeting_table(shop, rng, seats)
    spots = _middle_spots(room)
    return [Wish("table", [table], "spots", {"centre": 1.0, "long": 0.5}, spots=spots, seats=seats)]


def _middle_spots(room: Room) -> np.ndarray:
    xs, ys = (np.arange(-0.3 * length, 0.3 * length + 0.01, 0.1) for length in (room.width, room.depth))
    grid = np.stack(np.meshgrid(xs, ys, np.array([0.0, np.pi / 2, np.pi, -np.pi / 2])), -1)
    return grid.reshape(-1, 3)


def classroom_wishes(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, attempt: int) -> list[Wish]:
    """The board in front, the teacher's desk beside it, and rows of school desks that look to it."""
    front = front_side(room)
    wishes = []
    if brief.whiteboard:
        board = single("whiteboard", shop.get("whiteboard", width=min(3.0, room.length(front) * 0.5), height=1.2))
        wishes.append(Wish("whiteboard", [board], "mounted", {"middle": 1.0}, (front,), 1.5))
    teacher = workplaces(shop, rng, 1, 1.4, 0.7)
    teacher.noun = "teacher's desk"
    edge = room.length(front) / 2
    places = [(side * x, 1.75, np.pi) for x in np.arange(edge - 0.85, 0.3, -0.15) for side in (1.0, -1.0)]
    wishes.append(Wish("teacher's desk", [teacher], "spots", {"order": 1.0}, spots=_from_front(room, front, places)))
    seats = 2 if attempt % 2 == 0 else 1
    desk = pupil_desk(shop, rng, seats)
    spots = _rows(room, front, desk, brief.people / seats, tight=attempt >= 1)
    for k in range((brief.people + seats - 1) // seats):
        last = brief.people - k * seats
        group = pupil_desk(shop, rng, min(seats, last))
        wishes.append(Wish("school desk", [group], "spots", {"order": 1.0}, spots=spots, seats=min(seats, last)))
    return wishes


def front_side(room: Room) -> str:
    """The wall the class looks at: opposite the door."""
    return OPPOSITE[room.door.side]


def _from_front(room: Room, front: str, places: list[tuple[float, float, float]]) -> np.ndarray:
    """(S, 3) poses in the room of places (x along the front wall, distance from it, yaw beside the wall's own)."""
    local = np.array(places, float).reshape(-1, 3)
    frame = room.frame(front)
    points = np.column_stack([local[:, 0], -local[:, 1]]) @ yaw_matrix(YAW[front]).T + frame[:2, 3]
    return np.column_stack([points, local[:, 2] + YAW[front]])


def _rows(room: Room, front: str, desk: Group, count: float, tight: bool) -> np.ndarray:
    """Spots for school desks, row after row from the front, each row from the middle outwards."""
    box = desk.boxes()[0]
    wide, deep = box[3] - box[0], box[4] - box[1]
    length, depth = room.length(front), room.length("east" if front in ("north", "south") else "north")
    columns = max(int((length - AISLE) // (wide + AISLE)), 1)  # an aisle on both sides of each, so that every seat is reached
    if not tight:
        columns = min(columns, max(int(np.ceil(np.sqrt(count * 1.2))), 1))
    first = 2.4 if tight else 2.55
    rows = max(int((depth - first - deep / 2 - 0.62) // 1.22) + 1, 1)
    needed = int(np.ceil(count / columns))
    pitch = float(np.clip((depth - first - deep / 2 - 0.62) / max(min(rows, needed + 1) - 1, 1), 1.22, 1.45))
    step = min((length - 2 * AISLE - wide) / max(columns - 1, 1), wide + 1.0)
    order = sorted(range(columns), key=lambda column: abs(column - (columns - 1) / 2))
    places = [((column - (columns - 1) / 2) * step, first + row * pitch, 0.0) for row in range(rows) for column in order]
    return _from_front(room, front, places)


def common_wishes(brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator) -> list[Wish]:
    """What stands along and hangs on the walls of every kind of room, in the order in which it chooses its place."""
    wishes = _boards(brief, shop) + _storage(brief, shop)
    if brief.sofa:
        sofas = (lounge(shop, width, table) for width, table in ((1.9, True), (1.9, False), (1.4, False)))
        wishes.append(Wish("sofa", sofas, "wall", {"blank": 0.3, "corner": 0.3, "desk": -0.5}))
        lamp = single("floor lamp", shop.get("floor_lamp", foot=str(rng.choice(["tripod", "disc"]))))
        wishes.append(Wish("floor lamp", [lamp], "wall", {"sofa": 2.0}, extra=True))
    if brief.kind == "office" and room.width * room.depth > 30.0:
        tables = (meeting_table(shop, rng, seats) for seats in (4, 2))
        wishes.append(Wish("table", tables, "free", {"centre": 0.6, "desk": -0.6}, extra=True))
    kinds = [str(kind) for kind in rng.permutation(["bush", "sword", "palm", "broad"])]
    for k in range(brief.plants):
        wishes.append(
            Wish(
                "plant",
                _plants(shop, k, kinds[k % 4], float(rng.choice([1.0, 1.3, 1.6]))),
                "wall",
                {"corner": 1.0, "window": 0.3, "alike": -0.4},
            )
        )
    for _ in range(min(max(brief.people // 4, 1), 3) if brief.kind == "office" else 1):
        near = "door" if brief.kind == "meeting_room" else "desk"
        wishes.append(Wish("bin", [single("bin", shop.get("waste_bin"))], "wall", {near: 0.6, "corner": 0.3, "alike": -0.5}))
    if brief.kind == "office" and brief.people:
        wishes.append(
            Wish("coat stand", [single("coat stand", shop.get("coat_stand"))], "wall", {"door": -1.0, "corner": 0.4}, extra=True)
        )
    for window in room.windows:
        radiator = single("radiator", shop.get("radiator", width=min(window.width - 0.2, 1.2), height=0.6))
        spot = _under(room, window.side, window.centre)
        wishes.append(Wish("radiator", [radiator], "mounted", height=0.3, spots=spot, sides=(window.side,), extra=True))
    if brief.clock:
        wishes.append(
            Wish("clock", [single("clock", shop.get("wall_clock"))], "mounted", {"blank": 0.3, "middle": 0.6}, height=2.1)
        )
    for k in range(brief.pictures):
        wishes.append(
            Wish("picture", _pictures(shop, k), "mounted", {"blank": 0.3, "alike": -0.3, "hung": -0.3, "middle": 0.1}, height=1.55)
        )
    return wishes


def _plants(shop: Shop, variant: int, kind: str, height: float) -> Iterator[Group]:
    for size, width in ((height, 0.6), (0.8, 0.42)):
        yield single("plant", shop.get("plant", variant, kind=kind, height=size, width=width, depth=width))


def _pictures(shop: Shop, variant: int) -> Iterator[Group]:
    sizes = ((0.9, 0.6), (0.5, 0.7), (0.4, 0.3)) if variant % 2 else ((0.5, 0.7), (0.7, 0.5), (0.4, 0.3))
    for width, height in sizes:
        yield single("picture", shop.get("picture_frame", variant, width=width, height=height))


def _boards(brief: RoomBrief, shop: Shop) -> list[Wish]:
    wishes = []
    if brief.screen:
        widths = (1.45, 1.1) if brief.kind == "office" else (1.9, 1.45, 1.1)
        screens = (single("screen", shop.get("display", width=w, height=w * 0.575)) for w in widths)
        prefer = {"blank": 0.8, "table_end": 1.2, "middle": 0.4}
        wishes.append(Wish("screen", screens, "mounted", prefer, height=1.5))
    if brief.whiteboard and brief.kind != "classroom":
        boards = (single("whiteboard", shop.get("whiteboard", width=w, height=1.1)) for w in (1.8, 1.2, 0.9))
        wishes.append(Wish("whiteboard", boards, "mounted", {"blank": 0.6, "middle": 0.3}, height=1.5))
    if brief.pinboard:
        boards = (single("pinboard", shop.get("pinboard", width=w)) for w in (1.2, 0.9, 0.6))
        wishes.append(Wish("pinboard", boards, "mounted", {"blank": 0.5, "door": 0.2, "desk": 0.4, "hung": -0.2}, height=1.5))
    return wishes


def _storage(brief: RoomBrief, shop: Shop) -> list[Wish]:
    """Bookcases, low cupboards and filing cabinets in turn; where one kind does not fit, another is tried."""
    tall = single("shelf", shop.get("bookcase", width=0.9, height=1.9))
    low = single("cabinet", shop.get("cupboard", width=0.9, height=0.95))
    files = single("filing cabinet", shop.get("filing_cabinet"))
    turns = {"office": [tall, low, files], "meeting_room": [low, low, tall], "classroom": [tall, low, tall]}[brief.kind]
    wishes = []
    for k in range(brief.storage):
        first = turns[k % 3]
        options = [first, *(group for group in (low, files) if group is not first)]
        wishes.append(Wish(first.noun, options, "wall", {"blank": 0.6, "storage": 0.5, "corner": 0.3, "door": 0.3}))
    return wishes


def _under(room: Room, side: str, along: float) -> np.ndarray:
    """(1, 3) the pose on a wall at ``along`` metres from its middle."""
    x, y = (room.frame(side) @ (along, 0.0, 0.0, 1.0))[:2]
    return np.array([[x, y, YAW[side]]])
