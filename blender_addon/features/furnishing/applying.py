"""What a task made or moved, brought into the open file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Generator

import bpy
from mathutils import Matrix

from ...core.environments.furnish.brief import MOVED, ON, REPLACES
from ...core.scene import Node, Scene
from ...writing.scene import PLACE, REPORT, property_value, remember_place, write_scene


def apply(context: bpy.types.Context, result: Scene, room: bpy.types.Object | None) -> Generator[float, None, None]:
    """Writes new things into the room's collection (the artist's own room: a collection of their own), exchanges and moves."""
    moved = [node for node in result.nodes if node.properties.get(MOVED)]
    new = [node for node in result.nodes if not node.properties.get(MOVED)]
    if new:
        report = result.report
        scene = Scene(result.name, new, provenance=result.provenance, report=report)
        collection = yield from write_scene(context, scene)
        _settle(context, new, collection, room)
    if moved:
        _move(context, moved)
    home = next((c for c in room.users_collection), None) if room is not None else None
    if home is not None and REPORT in home:
        home[REPORT] = json.dumps(dataclasses.asdict(result.report), ensure_ascii=False)


def _settle(context: bpy.types.Context, nodes: list[Node], collection: bpy.types.Collection, room: bpy.types.Object | None) -> None:
    """New things join what they stand on and the room's collection; those that replace something become its new shape."""
    context.view_layer.update()
    written = dict(zip([node.name for node in nodes], list(collection.objects), strict=True))
    for node in nodes:
        thing = written[node.name]
        target = bpy.data.objects.get(str(node.properties.get(REPLACES, "")))
        if target is not None and target != thing:
            _exchange(target, thing, node)
            continue
        carrier = written.get(str(node.properties.get(ON, ""))) or bpy.data.objects.get(str(node.properties.get(ON, ""))) or room
        if carrier is not None:
            place = thing.matrix_world.copy()
            thing.parent = carrier
            thing.matrix_parent_inverse.identity()
            thing.matrix_basis = carrier.matrix_world.inverted() @ place
            remember_place(thing)
    if room is None and collection.objects:
        return
    for home in room.users_collection if room is not None else ():
        for thing in list(collection.objects):
            home.objects.link(thing)
    bpy.data.collections.remove(collection)


def _exchange(target: bpy.types.Object, thing: bpy.types.Object, node: Node) -> None:
    """The artist's object keeps its name, parent and children and gets another shape."""
    previous = target.data
    children = {child: child.matrix_world.copy() for child in target.children}
    target.data = thing.data
    target.matrix_world = Matrix(node.transform.tolist())
    for child, place in children.items():
        child.matrix_world = place
    for name in ("why", "prop"):
        if name in node.properties:
            target[name] = property_value(node.properties[name])
    if PLACE in target:
        remember_place(target)
    bpy.data.objects.remove(thing)
    if previous is not None and previous.users == 0:
        bpy.data.batch_remove([previous])


def _move(context: bpy.types.Context, nodes: list[Node]) -> None:
    """Things go to their new places; what hangs on something that moves goes along by itself."""
    things = {node.name: bpy.data.objects[node.name] for node in nodes if node.name in bpy.data.objects}
    goals = {name: Matrix(node.transform.tolist()) @ things[name].matrix_world for node in nodes if (name := node.name) in things}
    for node in nodes:
        thing = things.get(node.name)
        if thing is None or any(other in things.values() for other in _above(thing)):
            continue
        hand_moved = PLACE in thing
        thing.matrix_world = goals[node.name]
        if hand_moved:
            remember_place(thing)
        for name in ("why", "relations"):
            if name in node.properties:
                thing[name] = property_value(node.properties[name])
    context.view_layer.update()


def _above(thing: bpy.types.Object) -> list[bpy.types.Object]:
    found = []
    while thing.parent is not None:
        thing = thing.parent
        found.append(thing)
    return found
