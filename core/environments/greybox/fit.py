"""From a box and its class to a prop of its size, turned the way such a thing faces."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np

from ..props import PROPS
from ..props.prop import Prop
from ..rooms import Room, yaw_matrix
from ..shop import Shop
from .boxes import GreyBox
from .classes import BACK, FLOOR, KINDS, SEAT, prop_for

SNAP_TURN = 0.21  # radians (12 degrees): what is turned less was meant straight
SNAP_WALL = 0.45  # metres: what stands closer to a wall was meant to stand against it
TABLES = ("desk", "table", "coffee table", "lab bench", "workbench", "counter")
SAME = 0.13  # sizes that differ by less become one size, so that their meshes are shared


@dataclass
class Thing:
    """A recognised box on its way to a placement.

    Attributes:
        label: its class; ``sure`` the probability of it; ``said`` whether its name said so.
        key: the prop that takes its place; ``prop`` built to its size.
        yaw: turn of the prop; ``side``: the wall it belongs against, or "".
        x, y, z: of the prop's origin in the room.
        shape_back: the turn its own shape suggests, where it does.
        partner: index of the table a seat belongs to, or what a small thing stands on, or -1.
    """

    box: GreyBox
    label: str
    sure: float
    said: bool = False
    key: str = ""
    prop: Prop | None = None
    yaw: float = 0.0
    side: str = ""
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    partner: int = -1
    shape_back: float | None = None
    notes: list[str] = field(default_factory=list)


def fit(things: list[Thing], room: Room, room_kind: str, shop: Shop) -> None:
    """Chooses prop, size, turn and wished place of every thing, in place."""
    for thing in things:
        thing.partner = _partner(thing, things) if KINDS[thing.label].faces == SEAT else -1
    known: list[tuple[str, np.ndarray]] = []
    for thing in things:
        near = things[thing.partner].label if thing.partner >= 0 else ""
        thing.key = _suited(thing, prop_for(thing.label, room_kind, near, thing.box.name), things)
        yaw, width, depth = _facing(thing, things, room)
        size = np.array([width, depth, thing.box.size[2]])
        like = next((s for key, s in known if key == thing.key and (np.abs(np.log(s / size)) < SAME).all()), None)
        if like is None:
            known.append((thing.key, size))
        thing.prop = build(shop, thing.key, like if like is not None else size)
        thing.yaw = yaw
        thing.x, thing.y = (float(value) for value in thing.box.centre[:2])
        _to_wall(thing, room)


def build(shop: Shop, key: str, size: np.ndarray) -> Prop:
    """The prop of a size (width, depth, height), rounded to centimetres and kept within its limits."""
    width, depth, height = (round(float(value), 2) for value in size)
    return shop.get(key, width=width, depth=depth, height=height)


def _suited(thing: Thing, usual: str, things: list[Thing]) -> str:
    """The usual prop, or another of its class whose limits hold the box much better."""
    options = [usual, *(key for key in KINDS[thing.label].props if key != usual)]
    if thing.label == "chair":
        return usual
    costs = [min(strain(key, thing.box.size[[0, 1, 2]]), strain(key, thing.box.size[[1, 0, 2]])) for key in options]
    costs = [cost + 0.25 * (k > 0) for k, cost in enumerate(costs)]
    return options[int(np.argmin(costs))]


def strain(key: str, size: np.ndarray) -> float:
    """How far a size (width, depth, height) is from what a prop is made for: outside its limits costs most."""
    metadata = {entry.name: entry for entry in fields(PROPS[key][0])}
    total = 0.0
    for name, value in zip(("width", "depth", "height"), size, strict=True):
        low, high, usual = (metadata[name].metadata["low"], metadata[name].metadata["high"], metadata[name].default)
        total += 3.0 * max(np.log(low / value), np.log(value / high), 0.0) + 0.25 * abs(np.log(value / usual))
    return float(total)


def _partner(thing: Thing, things: list[Thing]) -> int:
    """The table a seat stands at: the nearest one within 1 m of its outline, or -1."""
    best, nearest = -1, 1.0
    for number, other in enumerate(things):
        if other.label in TABLES:
            local = np.abs(yaw_matrix(-other.box.yaw) @ (thing.box.centre[:2] - other.box.centre[:2])) - other.box.size[:2] / 2
            gap = float(np.linalg.norm(np.maximum(local, 0.0)))
            if gap < nearest:
                best, nearest = number, gap
    return best


def _facing(thing: Thing, things: list[Thing], room: Room) -> tuple[float, float, float]:
    """Turn, width and depth of the prop: of the four turns its box allows the one that suits its shape, walls and table best."""
    box, kind = thing.box, KINDS[thing.label]
    options = []
    for quarter in range(4):
        yaw = _straight(box.yaw + quarter * np.pi / 2)
        width, depth = (box.size[0], box.size[1]) if quarter % 2 == 0 else (box.size[1], box.size[0])
        cost = strain(thing.key, np.array([width, depth, box.size[2]]))
        ahead = np.array([np.sin(yaw), -np.cos(yaw)])
        if thing.shape_back is not None:
            cost += 1.2 * (1 - np.cos(yaw - thing.shape_back))
        if kind.faces == SEAT and thing.partner >= 0:
            cost += 1.5 * (1 - float(ahead @ _towards(thing, things[thing.partner])))
        elif kind.faces == BACK or kind.mount != FLOOR:
            behind, before = (_wall_gap(box.centre[:2] + sign * ahead * depth / 2, sign * ahead, room) for sign in (-1, 1))
            cost += 0.8 * min(behind, 1.5) - 0.3 * min(before, 1.5)
            if thing.label == "desk" and (seat := _seat_of(thing, things)) is not None:
                cost += 1.0 * (1 - float(ahead @ seat))
        else:
            middle = -box.centre[:2] / max(float(np.linalg.norm(box.centre[:2])), 1e-6)
            cost += 0.1 * (1 - float(ahead @ middle))
        options.append((cost, quarter, yaw, float(width), float(depth)))
    _, _, yaw, width, depth = min(options)
    return yaw, width, depth


def _straight(yaw: float) -> float:
    """A turn that is almost a quarter turn made one; in (-pi, pi]."""
    near = round(yaw / (np.pi / 2)) * np.pi / 2
    yaw = near if abs(yaw - near) < SNAP_TURN else yaw
    return float((yaw + np.pi - 1e-9) % (2 * np.pi) - np.pi + 1e-9)


def _towards(thing: Thing, table: Thing) -> np.ndarray:
    """(2,) direction from a seat to the nearest point of a table's middle line."""
    cos, sin = np.cos(table.box.yaw), np.sin(table.box.yaw)
    along = np.array([cos, sin])
    offset = thing.box.centre[:2] - table.box.centre[:2]
    half = max((table.box.size[0] - table.box.size[1]) / 2, 0.0)
    nearest = table.box.centre[:2] + along * np.clip(offset @ along, -half, half)
    away = nearest - thing.box.centre[:2]
    return away / max(float(np.linalg.norm(away)), 1e-6)


def _seat_of(desk: Thing, things: list[Thing]) -> np.ndarray | None:
    """(2,) direction from a desk to the seat at it, or None."""
    for other in things:
        if other.partner >= 0 and things[other.partner] is desk:
            away = other.box.centre[:2] - desk.box.centre[:2]
            return away / max(float(np.linalg.norm(away)), 1e-6)
    return None


def _wall_gap(point: np.ndarray, direction: np.ndarray, room: Room) -> float:
    """Metres from a point in a direction to the room's rectangle; 0 beyond it."""
    half = np.array([room.width, room.depth]) / 2
    with np.errstate(divide="ignore"):
        steps = np.where(np.abs(direction) > 1e-6, (np.sign(direction) * half - point) / direction, np.inf)
    return float(max(steps.min(), 0.0))


def _to_wall(thing: Thing, room: Room) -> None:
    """Notes the wall a thing belongs against, and turns its back to it where it already nearly stands so."""
    kind, prop = KINDS[thing.label], thing.prop
    if prop is None or (kind.mount == FLOOR and kind.faces != BACK) or kind.mount in ("ceiling", "surface"):
        return
    back = np.array([-np.sin(thing.yaw), np.cos(thing.yaw)])
    half = (prop.mesh.bounds[1] - prop.mesh.bounds[0]) / 2
    gaps = {}
    for side in room.sides:
        outward = room.frame(side)[:2, 1]
        local = np.linalg.inv(room.frame(side)) @ (thing.x, thing.y, 0.0, 1.0)
        reach = abs(back @ outward) * half[1] + abs(back @ room.frame(side)[:2, 0]) * half[0]
        turn = float(np.arccos(np.clip(back @ outward, -1, 1)))
        gaps[side] = (-float(local[1]) - reach, turn)
    side = min(gaps, key=lambda name: gaps[name][0] + 0.6 * gaps[name][1])
    gap, turn = gaps[side]
    if kind.mount == "wall" or (gap < SNAP_WALL and turn < 0.6):
        thing.side, thing.yaw = side, room.yaw(side)
