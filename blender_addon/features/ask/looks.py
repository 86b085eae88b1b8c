"""Colours, materials, camera and light for requests."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ...core.environments.materials.color import hexadecimal
from ...core.environments.sky import TIMES, daylight, paint_sky, sun_node
from ...core.errors import WorldwrightError
from ...core.interaction import commands as c
from ...core.interaction.colors import color_value
from ...core.interaction.restyle import changed_slots, material_for, tinted
from ...core.interaction.scene_graph import Graph, Thing
from ...core.scene import Material
from ...job import Step
from ...reading.materials import MaterialReader
from ...writing.materials import MaterialWriter
from ...writing.scene import OURS
from ...writing.worlds import write_world

if TYPE_CHECKING:
    from .restoring import Record

SUN = "Ask sun"
FACTORS = {"brighter": 1.6, "darker": 0.6}
TINTS = {"warmer": (1.0, 0.86, 0.68), "cooler": (0.78, 0.88, 1.0)}
LENS = 35.0


def restyle_things(
    context: bpy.types.Context, things: list[bpy.types.Object], command: c.Restyle, palette: list[str], record: Record
) -> Generator[Step, None, None]:
    """Gives meshes another colour or material; originals of materials stay, and others that share them keep them."""
    reader, made = MaterialReader(), []
    writer = MaterialWriter(made)
    fresh: dict[tuple[str, int], Material] = {}
    value = color_value(command.color) if command.color else None
    for number, thing in enumerate(things):
        if not thing.material_slots:
            thing.data.materials.append(bpy.data.materials.new(f"{thing.name} surface"))
        materials = [reader.read(slot.material) for slot in thing.material_slots]
        record.keep_slots(thing)
        color = value or (tuple(map(float, hexadecimal(palette[number % len(palette)]))) if palette else None)
        for k in changed_slots(materials, _areas(thing, len(materials))) or range(len(materials)):
            key = (materials[k].name, number % max(len(palette), 1))
            if key not in fresh:
                fresh[key] = _material(materials[k], command, color)
            writing = writer.write(fresh[key])
            while True:
                try:
                    next(writing)
                except StopIteration as done:
                    written = done.value
                    break
                yield Step(number / len(things), "Painting")
            written[OURS] = True
            slot = thing.material_slots[k]
            if thing.data.users > 1:
                slot.link = "OBJECT"
            slot.material = written
    yield Step(1.0, "Painting")


def _material(old: Material, command: c.Restyle, color: tuple[float, float, float] | None) -> Material:
    """The new surface. Raises WorldwrightError for words that name none."""
    if command.material:
        found = material_for(command.material, command.color)
        if found is None:
            raise WorldwrightError(
                f"There is no material “{command.material}”.", "Known are woods, leather, fabric, glass, metal, stone and others."
            )
        return found
    if color is None:
        raise WorldwrightError(f"“{command.color}” is no colour that is known.", "Say for example dark green, navy or #3a5f8c.")
    return tinted(old, color)


def _areas(thing: bpy.types.Object, slots: int) -> np.ndarray:
    """(slots,) area of each slot's faces."""
    count = len(thing.data.polygons)
    index, area = np.empty(count, np.int32), np.empty(count, np.float32)
    thing.data.polygons.foreach_get("material_index", index)
    thing.data.polygons.foreach_get("area", area)
    return np.bincount(np.minimum(index, slots - 1), area, minlength=slots) if count else np.ones(slots)


def set_camera(context: bpy.types.Context, graph: Graph, things: list[Thing], command: c.Camera) -> float:
    """Points the scene's camera (a new one where there is none) at the things; returns its distance in metres."""
    if not things:
        raise WorldwrightError("There is nothing to look at.")
    low, high = np.min([thing.low for thing in things], axis=0), np.max([thing.high for thing in things], axis=0)
    centre, radius = (low + high) / 2, max(float(np.linalg.norm(high - low)) / 2, 0.05)
    camera = context.scene.camera
    if camera is None:
        camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
        context.scene.collection.objects.link(camera)
        context.scene.camera = camera
    camera.data.lens, camera.data.clip_start = LENS, 0.02
    camera.data.clip_end = max(camera.data.clip_end, 1000.0)
    render = context.scene.render
    wide = 36.0 / LENS / 2
    narrow = wide * min(1.0, render.resolution_y / render.resolution_x)
    distance = radius / math.sin(math.atan(narrow)) * (0.95 if command.view == "close" else 1.1)
    toward = _from(graph, things, command)
    eye = centre + toward * distance
    if command.view != "top" and len(things) < len(graph.things):
        inside = graph.room()
        if any(thing.role == "wall" for thing in graph.things):
            eye[:2] = np.clip(eye[:2], inside[0][:2] + 0.15, inside[1][:2] - 0.15)
    back = Vector((eye - centre).tolist()).normalized()
    up = Vector((*graph.away(), 0.0)) if abs(back.z) > 0.99 else Vector((0, 0, 1))
    right = up.cross(back).normalized()
    matrix = Matrix((right, back.cross(right), back)).transposed().to_4x4()
    matrix.translation = eye.tolist()
    camera.matrix_world = matrix
    return float(np.linalg.norm(eye - centre))


def _from(graph: Graph, things: list[Thing], command: c.Camera) -> np.ndarray:
    """(3,) where the camera stands, seen from the things."""
    single = len(things) == 1 and things[0].role not in ("floor", "wall")
    front = things[0].front if single else -graph.away()
    side = np.array([-front[1], front[0]])
    flat = {"front": front, "back": -front, "left": -side if single else -graph.right(), "right": side if single else graph.right()}
    if command.view == "top":
        return np.array([0.0, 0.0, 1.0])
    direction = np.array([*(flat.get(command.view, front * 0.85 + side * 0.5)), 0.25 if command.view else 0.45])
    return direction / np.linalg.norm(direction)


def light_the_scene(context: bpy.types.Context, mood: str, picture: dict | None, record: Record) -> Generator[Step, None, str]:
    """Sets sun, sky and lamps to a mood; returns what was done."""
    if mood in FACTORS:
        count = _each_light(context, lambda light: setattr(light, "energy", light.energy * FACTORS[mood]))
        _world_strength(context, FACTORS[mood])
        yield Step(1.0, "Lighting")
        if not count and context.scene.world is None:
            mood = "noon" if mood == "brighter" else "evening"
            return (yield from light_the_scene(context, mood, picture, record))
        return f"Made {count} lights and the sky {FACTORS[mood]:g} times as bright."
    if mood in TINTS:
        tint = TINTS[mood]
        count = _each_light(
            context, lambda light: setattr(light, "color", [min(1.0, a * b) for a, b in zip(light.color, tint, strict=True)])
        )
        yield Step(1.0, "Lighting")
        return f"Made the light of {count} lamps {mood}."
    time, weather = mood, "clear"
    if mood == "overcast":
        time, weather = "noon", "overcast"
    if mood == "picture":
        if not picture or "time" not in picture:
            raise WorldwrightError("There is no picture whose light could be taken.", "Choose one under Show a Picture.")
        time, weather = picture["time"], picture["weather"]
    if time not in TIMES:
        raise WorldwrightError(
            f"There is no light “{mood}”.", f"Known are {', '.join(TIMES)}, overcast, brighter, darker, warmer and cooler."
        )
    found = daylight(time, weather)
    yield Step(0.2, "Painting the sky")
    _set_sun(context, found, record)
    made: list[bpy.types.ID] = []
    writing = write_world(paint_sky(found, 0), made)
    while True:
        try:
            next(writing)
        except StopIteration as done:
            context.scene.world = done.value
            break
        yield Step(0.6, "Painting the sky")
    light = "an overcast noon" if mood == "overcast" else f"a {weather} {time}"
    return f"The light is now that of {light}: sun {math.degrees(found.elevation):.0f}° high."


def _set_sun(context: bpy.types.Context, found, record: Record) -> None:  # type: ignore[no-untyped-def]
    """The scene's sun (ours where there is none) as the daylight has it."""
    node = sun_node(found, SUN)
    sun = next((thing for thing in context.scene.objects if thing.type == "LIGHT" and thing.data.type == "SUN"), None)
    if sun is None:
        sun = bpy.data.objects.new(SUN, bpy.data.lights.new(SUN, "SUN"))
        context.scene.collection.objects.link(sun)
        record.made.append(sun.name)
    else:
        record.keep_place(sun)
    sun.data.energy, sun.data.color, sun.data.angle = node.light.power, node.light.color, node.light.size[0]
    sun.matrix_world = Matrix(node.transform.tolist())


def _each_light(context: bpy.types.Context, change) -> int:  # type: ignore[no-untyped-def]
    """Changes every lamp once; returns how many there are."""
    lights = {thing.data for thing in context.scene.objects if thing.type == "LIGHT"}
    for light in lights:
        change(light)
    return len(lights)


def _world_strength(context: bpy.types.Context, factor: float) -> None:
    world = context.scene.world
    if world is None or world.node_tree is None:
        return
    for node in world.node_tree.nodes:
        if node.type == "BACKGROUND" and not node.inputs["Strength"].is_linked:
            node.inputs["Strength"].default_value *= factor
