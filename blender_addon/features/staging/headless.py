"""Walks and stages for the file that is open, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import bpy

from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...reading.selection import WITH_SURFACE
from ..furnishing.reading import members, read_room, room_of
from .scenes import bounds, shown_with, write_stage, write_walk


def walk_open(context: bpy.types.Context, values: dict, work: Callable[[str, dict], Any]) -> Report:
    """Adds a camera that walks through all rooms of the open file."""
    rooms = [thing for thing in context.scene.objects if thing.type == "EMPTY" and room_of(thing) == thing]
    objects = dict.fromkeys(thing for room in rooms for thing in members(context, room))
    scene, warnings = _run(read_room(context, objects or list(context.scene.objects)))
    fps = context.scene.render.fps / context.scene.render.fps_base
    walk = work("walk_through", {"scene": scene, "fps": fps, **values})
    write_walk(context, walk)
    counts = {"frames": len(walk["positions"]), "rooms": walk["rooms"]}
    return Report(counts, {"length": walk["length"]}, [*walk["notes"], *warnings])


def stage_open(context: bpy.types.Context, values: dict, names: list[str], work: Callable[[str, dict], Any]) -> Report:
    """Puts the named objects of the open file, or all of them, on a stage in a scene of its own, which becomes the open one."""
    for name in names:
        if name not in bpy.data.objects:
            raise WorldwrightError(f"There is no object “{name}” in this file.")
    things = [bpy.data.objects[name] for name in names] or [t for t in context.scene.objects if t.type in WITH_SURFACE]
    if not things:
        raise WorldwrightError("There is nothing to show in this file.", "Give a model with meshes.")
    shown = shown_with(things)
    low, high = bounds(context, shown)
    render = context.scene.render
    request = {"low": low, "high": high, "brief": values, "aspect": render.resolution_x / render.resolution_y}
    made = _run(write_stage(context, work("stage", request), shown, values["frames"]))
    if context.window is None:
        bpy.context.window_manager.windows[0].scene = made
    return Report({"objects": len(shown), "frames": values["frames"]})


def _run(steps: Generator[float, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value
