"""A room in the open file as a Scene: the generated one the active object belongs to, or the artist's selected walls and things."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable

import bpy
import numpy as np
from mathutils import Vector

from ...core.scene import Light, Mesh, Node, Scene
from ...reading.meshes import read_mesh
from ...reading.selection import read_in_turn
from ...writing.replacing import part_of
from ...writing.scene import LEVEL, UNSEEN_ROLES
from ..greybox.operators import KEEP

ROOM = "room"  # custom property of the empty that carries a generated room: its plan and brief
KEPT = ("why", "relations", "mount", "prop", "seat", "front", KEEP, ROOM)  # properties the work needs


def room_of(thing: bpy.types.Object | None) -> bpy.types.Object | None:
    """The empty of the generated room that an object belongs to, or None."""
    while thing is not None:
        if isinstance(thing.get(ROOM), str) and '"plan"' in thing[ROOM]:
            return thing
        thing = thing.parent
    return None


def members(context: bpy.types.Context, room: bpy.types.Object) -> list[bpy.types.Object]:
    """The room's empty, all that hangs on it, and what else is shown within its walls."""
    own = [room, *room.children_recursive]
    plan = json.loads(room[ROOM])["plan"]
    inverse, known = room.matrix_world.inverted(), set(own)
    half = (plan["width"] / 2, plan["depth"] / 2, plan["height"])
    for thing in context.view_layer.objects:
        if thing in known or thing.type != "MESH" or thing.get("role") or not thing.visible_get():
            continue
        middle = inverse @ (thing.matrix_world @ (sum((Vector(c) for c in thing.bound_box), Vector()) / 8))
        if abs(middle.x) < half[0] and abs(middle.y) < half[1] and 0.0 < middle.z < half[2]:
            own.append(thing)
    return own


def read_room(
    context: bpy.types.Context, objects: Iterable[bpy.types.Object], by_part: bool = False
) -> Generator[float, None, tuple[Scene, list[str]]]:
    """The objects as nodes named as they are called now (``by_part``: as they were called when they were made), in world
    space, and warnings; repeats share their meshes."""
    things = [thing for thing in objects if thing.get("role") not in (*UNSEEN_ROLES, LEVEL)]
    shared: dict[str, Mesh] = {}
    present = set(things)
    called = {thing: part_of(thing) if by_part else thing.name for thing in things}
    if len(set(called.values())) < len(called):
        called = {thing: thing.name for thing in things}
    names = {part_of(thing): called[thing] for thing in things}
    own, nodes = [], []
    for number, thing in enumerate(things):
        made = "why" in thing or bool(thing.get("role"))
        if thing.type == "MESH" and (not made or thing.modifiers or thing.mode == "EDIT"):
            own.append(thing)
            continue
        parent = thing.parent if thing.parent in present else None
        place = parent.matrix_world.inverted() @ thing.matrix_world if parent else thing.matrix_world
        above = called[parent] if parent else ""
        node = Node(called[thing], np.array(place, np.float32), parent=above, label=_text(thing, "label"),
                    role=_text(thing, "role"), properties=_properties(thing, names))  # fmt: skip
        if thing.type == "MESH":
            if thing.data.name not in shared:
                shared[thing.data.name] = read_mesh(thing.data, [], thing.data.name)
            node.mesh = shared[thing.data.name]
        elif thing.type == "LIGHT":
            node.light = _light(thing.data)
        nodes.append(node)
        yield 0.6 * number / len(things)
    meshes, warnings = yield from read_in_turn(context, own)
    for mesh in meshes:
        thing = bpy.data.objects[mesh.name]
        nodes.append(Node(called[thing], mesh=mesh, label=_text(thing, "label"), role=_text(thing, "role"),
                          properties=_properties(thing, names)))  # fmt: skip
    return Scene("Room", nodes), [warning for warning in warnings if "is hidden" not in warning]


def _text(thing: bpy.types.Object, key: str) -> str:
    return str(thing.get(key, ""))


def _properties(thing: bpy.types.Object, names: dict[str, str]) -> dict:
    """The properties the work needs; relations speak of things by what they are called now."""
    kept = {key: thing[key] for key in KEPT if key in thing}
    kept = {key: value if isinstance(value, (str, bool, int, float)) else bool(value) for key, value in kept.items()}
    if isinstance(kept.get("relations"), str):
        relations = json.loads(kept["relations"])
        kept["relations"] = [{**one, "target": names.get(one.get("target"), one.get("target"))} for one in relations]
    return kept


def _light(source: bpy.types.Light) -> Light:
    kind = source.type.lower()
    size = (source.size, source.size_y) if kind == "area" else (0.1, 0.1)
    return Light(kind, source.energy, tuple(source.color), size)
