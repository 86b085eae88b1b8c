"""What a room wants, as data: groups of furniture, the relation each has to the room, and what it prefers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from .brief import RoomBrief
from .groups import Group, lounge, single
from .props.prop import Prop
from .rooms import Room, yaw_matrix
from .shop import MissingProp, Shop, Value


@dataclass
class Wish:
    """One group to place.

    Attributes:
        options: the same wish in several sizes, the preferred one first; a generator builds only those that are tried.
        relation: "wall" (its back to a wall), "free" (anywhere, quarter turns), "spots" (one of ``spots``), "mounted" (hung
            on a wall, its middle at ``height`` metres).
        prefer: weights of the features ``features.score`` knows; negative ones avoid.
        needs: the least of features without which it is rather left out.
        sides: the walls allowed; none: all that are at right angles to the axes.
        spots: (S, 3) x, y, yaw in the room.
        seats: how many wishes of the brief it stands for, for the count of what was placed.
        extra: nobody asked for it: it is placed where it fits, and not missed.
    """

    noun: str
    options: Iterable[Group]
    relation: str
    prefer: dict[str, float] = field(default_factory=dict)
    sides: tuple[str, ...] = ()
    height: float = 0.0
    spots: np.ndarray | None = None
    seats: int = 1
    extra: bool = False
    needs: dict[str, float] = field(default_factory=dict)


def tries(*makers: Callable[[], Group]) -> Iterator[Group]:
    """Groups built one after another as they are tried."""
    for make in makers:
        try:
            yield make()
        except MissingProp:
            continue


def lone(shop: Shop, noun: str, key: str, *sizes: dict, variant: int = 0) -> Iterator[Group]:
    """A prop alone, in one size after another."""
    return tries(*(lambda values=values: single(noun, shop.get(key, variant, **values)) for values in sizes or ({},)))


def front_side(room: Room) -> str:
    """The wall people look at: opposite the door."""
    return room.opposite(room.door.side)


def from_wall(room: Room, side: str, places: list[tuple[float, float, float]]) -> np.ndarray:
    """(S, 3) poses in the room of places (x along the wall, distance from it, yaw beside the wall's own)."""
    local = np.array(places, float).reshape(-1, 3)
    frame, yaw = room.frame(side), room.yaw(side)
    points = np.column_stack([local[:, 0], -local[:, 1]]) @ yaw_matrix(yaw).T + frame[:2, 3]
    return np.column_stack([points, local[:, 2] + yaw])


def middle_spots(room: Room, reach: float = 0.3) -> np.ndarray:
    """(S, 3) poses around the middle of the room at all quarter turns."""
    xs, ys = (np.arange(-reach * length, reach * length + 0.01, 0.1) for length in (room.width, room.depth))
    grid = np.stack(np.meshgrid(xs, ys, np.array([0.0, np.pi / 2, np.pi, -np.pi / 2])), -1)
    return grid.reshape(-1, 3)


def plants(brief: RoomBrief, shop: Shop, rng: np.random.Generator) -> list[Wish]:
    """Potted plants in the corners and at the windows."""
    kinds = [str(kind) for kind in rng.permutation(["bush", "sword", "palm", "broad"])]
    wishes = []
    for k in range(brief.plants):
        sizes = [{"kind": kinds[k % 4], "height": height, "width": width, "depth": width}
                 for height, width in ((float(rng.choice([1.0, 1.3, 1.6])), 0.6), (0.8, 0.42))]  # fmt: skip
        prefer = {"corner": 1.0, "window": 0.3, "alike": -0.4}
        wishes.append(Wish("plant", lone(shop, "plant", "plant", *sizes, variant=k), "wall", prefer))
    return wishes


def pictures(brief: RoomBrief, shop: Shop, prefer: dict[str, float] | None = None) -> list[Wish]:
    """Framed pictures, spread over the blank walls."""
    prefer = {"blank": 0.3, "alike": -0.3, "hung": -0.3, "middle": 0.1} | (prefer or {})
    wishes = []
    for k in range(brief.pictures):
        sizes = ((0.9, 0.6), (0.5, 0.7), (0.4, 0.3)) if k % 2 else ((0.5, 0.7), (0.7, 0.5), (0.4, 0.3))
        options = lone(shop, "picture", "picture_frame", *({"width": w, "height": h} for w, h in sizes), variant=k)
        wishes.append(Wish("picture", options, "mounted", prefer, height=1.55))
    return wishes


def clock(brief: RoomBrief, shop: Shop) -> list[Wish]:
    """A wall clock."""
    options = lone(shop, "clock", "wall_clock")
    return [Wish("clock", options, "mounted", {"blank": 0.3, "middle": 0.6}, height=2.1)] if brief.clock else []


def radiators(room: Room, shop: Shop) -> list[Wish]:
    """One under each window that begins high enough."""
    wishes = []
    for window in room.windows:
        if window.bottom >= 0.75 and window.width >= 0.7 and window.side in room.sides:
            options = lone(shop, "radiator", "radiator", {"width": min(window.width - 0.2, 1.2), "height": 0.6})
            spot = from_wall(room, window.side, [(window.centre, 0.0, 0.0)])
            wishes.append(Wish("radiator", options, "mounted", height=0.3, spots=spot, sides=(window.side,), extra=True))
    return wishes


def boards(brief: RoomBrief, shop: Shop, screens: tuple[float, ...] = (1.45, 1.1), skip: str = "") -> list[Wish]:
    """Screen, whiteboard and pin board where the brief has them, but for the one that is to be left out."""
    wishes = []
    if brief.screen and skip != "screen":
        options = lone(shop, "screen", "display", *({"width": w, "height": w * 0.575} for w in screens))
        prefer = {"blank": 0.8, "table_end": 1.2, "middle": 0.4}
        wishes.append(Wish("screen", options, "mounted", prefer, height=1.5))
    if brief.whiteboard and skip != "whiteboard":
        options = lone(shop, "whiteboard", "whiteboard", *({"width": w, "height": 1.1} for w in (1.8, 1.2, 0.9)))
        wishes.append(Wish("whiteboard", options, "mounted", {"blank": 0.6, "middle": 0.3}, height=1.5))
    if brief.pinboard:
        options = lone(shop, "pinboard", "pinboard", *({"width": w} for w in (1.2, 0.9, 0.6)))
        prefer = {"blank": 0.5, "door": 0.2, "near:desk": 0.4, "hung": -0.2}
        wishes.append(Wish("pinboard", options, "mounted", prefer, height=1.5))
    return wishes


STORES: dict[str, tuple[str, dict[str, Value]]] = {
    "shelf": ("bookcase", {"width": 0.9, "height": 1.9}),
    "cabinet": ("cupboard", {"width": 0.9, "height": 0.95}),
    "tall cabinet": ("cupboard", {"width": 0.9, "height": 2.0}),
    "filing cabinet": ("filing_cabinet", {}),
    "drawers": ("dresser", {}),
    "wardrobe": ("wardrobe", {}),
}


def _store(shop: Shop, name: str) -> Prop:
    key, values = STORES[name]
    return shop.get(key, 0, **values)


def storage(
    brief: RoomBrief, shop: Shop, turns: tuple[str, ...], small: tuple[str, ...] = ("cabinet", "filing cabinet")
) -> list[Wish]:
    """The kinds of ``turns`` one after another; where one does not fit, those of ``small`` are tried."""
    wishes = []
    for k in range(brief.storage):
        names = [turns[k % len(turns)], *(name for name in small if name != turns[k % len(turns)])]
        options = tries(*(lambda name=name: single(name, _store(shop, name)) for name in names))
        prefer = {"blank": 0.6, "storage": 0.5, "corner": 0.3, "door": 0.3}
        wishes.append(Wish(names[0], options, "wall", prefer))
    return wishes


def sofa_corner(brief: RoomBrief, shop: Shop, rng: np.random.Generator) -> list[Wish]:
    """A sofa with a low table, and a lamp beside it."""
    if not brief.sofa:
        return []
    sofas = tries(*(lambda w=w, t=t: lounge(shop, w, t) for w, t in ((1.9, True), (1.9, False), (1.4, False))))
    lamp = lone(shop, "floor lamp", "floor_lamp", {"foot": str(rng.choice(["tripod", "disc"]))})
    return [
        Wish("sofa", sofas, "wall", {"blank": 0.3, "corner": 0.3, "near:desk": -0.5}),
        Wish("floor lamp", lamp, "wall", {"near:sofa": 2.0}, extra=True),
    ]


def bins(shop: Shop, count: int, near: dict[str, float]) -> list[Wish]:
    """Waste bins."""
    prefer = near | {"corner": 0.3, "alike": -0.5}
    return [Wish("bin", lone(shop, "bin", "waste_bin"), "wall", prefer) for _ in range(count)]
