"""What stays when a room or a home is rebuilt: locked things, things moved by hand, and things that were added to it."""

from __future__ import annotations

import json
from collections.abc import Generator

import bpy

from ...writing.replacing import part_of
from ...writing.scene import PROPERTY, was_moved
from ..greybox.operators import KEEP
from .reading import read_room, room_of

NEAR = 1.5  # metres: a chair this close to its desk stays with it


class KeepsFurniture:
    """Mixed into Rebuild: the room is made around what stays."""

    def keeping(self, context: bpy.types.Context, target: bpy.types.Collection) -> Generator[float, None, dict]:
        stays = staying(target)
        if not stays:
            yield 1.0
            return {}
        self._stays = [thing.name for thing in stays]
        rooms = {room for thing in stays if (room := room_of(thing)) is not None}
        scene, _ = yield from read_room(context, [*rooms, *stays], by_part=True)
        return {"kept": scene}


def staying(target: bpy.types.Collection) -> list[bpy.types.Object]:
    """The furnishings of a collection that stay, with what stands on them and the seats that belong to them."""
    things = [thing for thing in target.all_objects if "why" in thing]
    stays = {thing for thing in things if thing.get(KEEP) or was_moved(thing) or _added(thing)}
    seats = {thing: _partner(thing) for thing in things}
    by_part = {part_of(thing): thing for thing in things}
    for thing, partner in seats.items():
        leader = by_part.get(partner)
        if leader in stays and (leader.matrix_world.translation - thing.matrix_world.translation).length < NEAR:
            stays.add(thing)
    for thing in list(stays):
        stays |= {child for child in thing.children_recursive if PROPERTY in child}
    return [thing for thing in target.all_objects if thing in stays]


def _added(thing: bpy.types.Object) -> bool:
    return json.loads(thing.get(PROPERTY, "{}")).get("kind") == "furnishing"


def _partner(thing: bpy.types.Object) -> str:
    """The part a seat belongs to."""
    relations = json.loads(thing["relations"]) if isinstance(thing.get("relations"), str) else []
    return next((str(one.get("target")) for one in relations if one.get("relation") == "at"), "")
