"""World → Blender world: the painted sky as its background."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ..core.scene import World
from .images import write_image

TURN = -1.5707963  # Blender's equirectangular pictures have +X in the middle column, ours +Y


def write_world(source: World, made: list[bpy.types.ID]) -> Generator[None, None, bpy.types.World]:
    """The world of ``source``, used by no scene yet; what is made is added to ``made``."""
    world = bpy.data.worlds.new(source.name)
    made.append(world)
    world.use_fake_user = True  # it stays in the file for the artist to choose
    world.color = source.color
    if bpy.app.version < (5, 0, 0):  # always on, and deprecated, from 5.0
        world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    background = next(node for node in nodes if node.type == "BACKGROUND")
    background.inputs["Color"].default_value = (*source.color, 1.0)
    background.inputs["Strength"].default_value = source.strength
    if source.sky is None:
        return world
    image = yield from write_image(source.sky, source.sky.pixels)
    made.append(image)
    picture, place, turn = (nodes.new(f"ShaderNode{kind}") for kind in ("TexEnvironment", "TexCoord", "Mapping"))
    picture.image = image
    turn.inputs["Rotation"].default_value[2] = TURN
    links.new(place.outputs["Generated"], turn.inputs["Vector"])
    links.new(turn.outputs["Vector"], picture.inputs["Vector"])
    links.new(picture.outputs["Color"], background.inputs["Color"])
    for node, x in ((place, -900), (turn, -700), (picture, -400)):
        node.location = (x, 300)
    return world


def use_world(scene: bpy.types.Scene, world: bpy.types.World) -> None:
    """Makes a sky the scene's world, and lets Cycles look through all the leaves of a meadow or a forest."""
    scene.world = world
    cycles = getattr(scene, "cycles", None)
    if cycles is not None:
        cycles.transparent_max_bounces = max(cycles.transparent_max_bounces, 32)
