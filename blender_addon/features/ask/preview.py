"""Boxes around the things that an understood request names, in every 3D view of the scene."""

from __future__ import annotations

import json
from itertools import product

import bpy
import numpy as np

from .graph import read_thing

COLOR, PLACE = (1.0, 0.62, 0.1, 1.0), (0.25, 0.8, 1.0, 1.0)
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1]
_handle: object = None


def lines_of(names: list[str]) -> np.ndarray:
    """(n, 3) ends of the edges of the boxes around things of these names."""
    ends: list[np.ndarray] = []
    for name in names:
        source = bpy.context.scene.objects.get(name)
        thing = read_thing(source) if source is not None else None
        if thing is None:
            continue
        low, high = np.array(thing.low) - 0.01, np.array(thing.high) + 0.01
        corners = np.array(
            [[high[axis] if bit else low[axis] for axis, bit in enumerate(bits)] for bits in product((0, 1), repeat=3)]
        )
        ends += [corners[[a, b]] for a, b in EDGES]
    return np.concatenate(ends) if ends else np.zeros((0, 3))


def _draw() -> None:
    scene = bpy.context.scene
    settings = getattr(scene, "worldwright_ask", None)
    if settings is None or not settings.understood or not settings.names:
        return
    import gpu
    from gpu_extras.batch import batch_for_shader

    lines = lines_of(json.loads(settings.names))
    if not len(lines):
        return
    shader = gpu.shader.from_builtin("POLYLINE_UNIFORM_COLOR")
    shader.uniform_float("viewportSize", gpu.state.viewport_get()[2:])
    shader.uniform_float("lineWidth", 2.5)
    shader.uniform_float("color", COLOR)
    batch_for_shader(shader, "LINES", {"pos": lines.astype(np.float32).tolist()}).draw(shader)


def register() -> None:
    """Begins to draw; only where there is a window."""
    global _handle
    if not bpy.app.background and _handle is None:
        _handle = bpy.types.SpaceView3D.draw_handler_add(_draw, (), "WINDOW", "POST_VIEW")


def unregister() -> None:
    """Stops drawing."""
    global _handle
    if _handle is not None:
        bpy.types.SpaceView3D.draw_handler_remove(_handle, "WINDOW")
        _handle = None
