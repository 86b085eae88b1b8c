"""A task on the room of the open file, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import bpy

from ...core.errors import WorldwrightError
from ...core.scene import Report, Scene
from ..greybox.operators import KEEP
from .applying import apply
from .reading import members, read_room, room_of


def furnish_open(context: bpy.types.Context, values: dict, work: Callable[[dict], Scene]) -> Report:
    """Works on the generated room named ``values["room"]``, the only one there is, or the artist's own of all meshes."""
    for name in values.get("keep", ()):
        if name not in bpy.data.objects:
            raise WorldwrightError(f"There is no object “{name}” in this file.")
        bpy.data.objects[name][KEEP] = True
    rooms = [thing for thing in context.scene.objects if thing.type == "EMPTY" and room_of(thing) == thing]
    named = next((room for room in rooms if room.name == values.get("room")), None)
    if values.get("room") and named is None:
        raise WorldwrightError(f"There is no room “{values['room']}” in this file.",
                               f"Known are: {', '.join(room.name for room in rooms)}." if rooms else "")  # fmt: skip
    room = named or (rooms[0] if len(rooms) == 1 else None)
    objects = members(context, room) if room is not None else list(context.scene.objects)
    scene, warnings = _run(read_room(context, objects))
    result = work({**values, "scene": scene})
    _run(apply(context, result, room))
    result.report.warnings += warnings
    return result.report


def _run(steps: Generator[float, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value
