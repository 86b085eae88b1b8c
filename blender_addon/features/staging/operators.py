"""The buttons of Camera and Stage."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ...brief_properties import to_brief
from ...core.environments.stage import StageBrief
from ...core.scene import Report, Scene
from ...job import JobOperator
from ...reading.selection import WITH_SURFACE
from ..furnishing.reading import members, read_room
from .scenes import bounds, rooms_of, shown_with, write_stage, write_walk


class WORLDWRIGHT_OT_walk_through(JobOperator, bpy.types.Operator):
    """Lay a camera's path along the free floor, through the doors and every room of the selected room or home"""

    bl_idname = "worldwright.walk_through"
    bl_label = "Walk Through"
    feature = "stage"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if rooms_of(context.active_object) or any(thing.type == "MESH" for thing in context.selected_objects):
            return ""
        return "Select anything in a generated room or home, or the floor, walls and things of your own."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        rooms = rooms_of(context.active_object)
        objects = dict.fromkeys(thing for room in rooms for thing in members(context, room))
        scene, self._warnings = yield from read_room(context, objects or [t for t in context.selected_objects if t.type == "MESH"])
        fps = context.scene.render.fps / context.scene.render.fps_base
        return "walk_through", {"scene": scene, "seconds": context.scene.worldwright_stage.seconds, "fps": fps}

    def write(self, context: bpy.types.Context, result: dict) -> Generator[float, None, Report]:
        yield 0.5
        write_walk(context, result)
        counts = {"frames": len(result["positions"]), "rooms": result["rooms"]}
        return Report(counts, {"length": result["length"]}, [*result["notes"], *self._warnings])


class WORLDWRIGHT_OT_stage(JobOperator, bpy.types.Operator):
    """Show the selected objects on a turntable before a backdrop, with three lights and a camera, in a scene of their own"""

    bl_idname = "worldwright.stage"
    bl_label = "Product Stage"
    feature = "stage"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if any(thing.type in WITH_SURFACE for thing in context.selected_objects) else "Select what is to be shown."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        brief = to_brief(context.scene.worldwright_stage.sliders, StageBrief)
        shown = shown_with([thing for thing in context.selected_objects if thing.type in WITH_SURFACE])
        self._shown = [thing.name for thing in shown]
        low, high = bounds(context, shown)
        render = context.scene.render
        yield 1.0
        self._frames = brief.frames
        return "stage", {"low": low, "high": high, "brief": brief.to_dict(), "aspect": render.resolution_x / render.resolution_y}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        yield from write_stage(context, result, [bpy.data.objects[name] for name in self._shown], self._frames)
        return Report({"objects": len(self._shown), "frames": self._frames})


CLASSES = (WORLDWRIGHT_OT_walk_through, WORLDWRIGHT_OT_stage)
