"""Walks and turntables as objects with actions."""

from __future__ import annotations

from collections.abc import Generator

import bpy
import numpy as np
from mathutils import Vector

from ...core.environments.stage import TURNTABLE
from ...core.errors import WorldwrightError
from ...core.scene import Scene
from ...reading.selection import WITH_SURFACE
from ...writing.replacing import part_of
from ...writing.scene import WORLD, write_scene
from ..furnishing.reading import ROOM, room_of

WALK = "Walk-through"


def write_walk(context: bpy.types.Context, walk: dict) -> bpy.types.Object:
    """A camera that walks; it becomes the scene's, whose frames become the walk's."""
    data = bpy.data.cameras.new(WALK)
    data.lens, data.sensor_width, data.clip_start = 20.0, 36.0, 0.02
    camera = bpy.data.objects.new(WALK, data)
    context.scene.collection.objects.link(camera)
    camera.rotation_mode = "QUATERNION"
    frames = np.arange(1, len(walk["positions"]) + 1)
    animate(camera, {"location": np.asarray(walk["positions"]), "rotation_quaternion": np.asarray(walk["rotations"])}, frames)
    context.scene.camera = camera
    context.scene.frame_start, context.scene.frame_end = 1, int(frames[-1])
    return camera


def animate(thing: bpy.types.Object, values: dict[str, np.ndarray], frames: np.ndarray) -> None:
    """An action with one key a frame for each column of ``values`` (T, n)."""
    motion = thing.animation_data_create()
    action = bpy.data.actions.new(thing.name)
    slot = action.slots.new(id_type="OBJECT", name=thing.name)
    motion.action, motion.action_slot = action, slot
    bag = action.layers.new("Layer").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    for path, rows in values.items():
        for column in range(rows.shape[1]):
            curve = bag.fcurves.new(path, index=column)
            curve.keyframe_points.add(len(frames))
            curve.keyframe_points.foreach_set("co", np.column_stack([frames, rows[:, column]]).astype(np.float32).ravel())
            curve.keyframe_points.foreach_set("interpolation", np.ones(len(frames), np.int32))  # linear
            curve.update()


def write_stage(
    context: bpy.types.Context, stage: Scene, shown: list[bpy.types.Object], frames: int
) -> Generator[float, None, bpy.types.Scene]:
    """A Blender scene of its own with the stage and the objects, which stay in their own scene too."""
    home, world = context.scene, context.scene.world
    collection = yield from write_scene(context, stage)
    made = bpy.data.scenes.new(f"Stage {shown[0].name}")
    home.collection.children.unlink(collection)
    made.collection.children.link(collection)
    for thing in shown:
        made.collection.objects.link(thing)
    if world is None:
        home.world = None
    made.world = collection.get(WORLD)
    made.camera = next(thing for thing in collection.objects if thing.type == "CAMERA")
    table = next(thing for thing in collection.objects if part_of(thing) == TURNTABLE)
    turn = np.column_stack([np.zeros(2), np.zeros(2), (0.0, 2 * np.pi)])
    animate(table, {"rotation_euler": turn}, np.array([1, frames + 1]))  # the last frame is not the first again
    made.frame_start, made.frame_end = 1, frames
    for name in ("resolution_x", "resolution_y", "fps", "engine"):
        setattr(made.render, name, getattr(home.render, name))
    if context.window is not None:
        context.window.scene = made
    return made


def shown_with(things: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """Objects with what hangs on them."""
    return list(dict.fromkeys([*things, *(child for thing in things for child in thing.children_recursive)]))


def rooms_of(thing: bpy.types.Object | None) -> list[bpy.types.Object]:
    """The room an object belongs to, with the other rooms of the same home."""
    room = room_of(thing)
    if room is None and thing is not None:
        return [child for child in thing.children_recursive if ROOM in child]
    if room is None or room.parent is None:
        return [room] if room is not None else []
    return [child for child in room.parent.children if ROOM in child]


def bounds(context: bpy.types.Context, things: list[bpy.types.Object]) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest corner (3,) of objects as they look. Raises WorldwrightError where they have no size."""
    graph = context.evaluated_depsgraph_get()
    corners = []
    for thing in (thing for thing in things if thing.type in WITH_SURFACE):
        shown = thing.evaluated_get(graph)
        corners += [shown.matrix_world @ Vector(corner) for corner in shown.bound_box]
    if not corners:
        raise WorldwrightError("There is nothing to show: what is selected has no surface.", "Select meshes.")
    points = np.array(corners)
    return points.min(0), points.max(0)
