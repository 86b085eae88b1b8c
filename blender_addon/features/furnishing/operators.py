"""The buttons of Furnishing."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import bpy

from ...brief_properties import to_brief
from ...core.briefs import SEED_LIMIT
from ...core.environments.furnish.brief import FurnishBrief
from ...core.scene import Report, Scene
from ...job import JobOperator
from ...writing.scene import PART
from .applying import apply
from .reading import members, read_room, room_of

NO_ROOM = "Select anything in a generated room, or the floor, walls and things of your own."


class FurnishJob(JobOperator):
    """Base: a task on the room of the active object, or on the selected meshes."""

    feature = "furnish"
    task = "fill"
    new_seed = False  # each press gives another result

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if room_of(context.active_object) is not None or any(thing.type == "MESH" for thing in context.selected_objects):
            return ""
        return NO_ROOM

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        sliders = context.scene.worldwright_furnish.sliders
        brief = replace(to_brief(sliders, FurnishBrief), task=self.task)
        self._seed = (brief.seed + self.new_seed) % SEED_LIMIT
        brief.seed = self._seed
        chosen = list(context.selected_objects)
        room = room_of(context.active_object)
        if room is None:
            room = next((found for thing in chosen if (found := room_of(thing)) is not None), None)
        self._room = room.name if room is not None else ""
        lights = [thing for thing in context.view_layer.objects if thing.type == "LIGHT"]
        objects = members(context, room) if room is not None else [*(t for t in chosen if t.type == "MESH"), *lights]
        scene, self._warnings = yield from read_room(context, objects)
        names = [thing.name for thing in chosen] if self.task in ("scatter", "replace") else []
        things = {node.name for node in scene.nodes if node.mesh is not None and not node.role}
        names = [name for name in names if name in things and name != self._room]
        if self.task == "scatter" and room is None:
            names = []  # the selection is the room
        return "furnish", {"scene": scene, "brief": brief.to_dict(), "chosen": names, "room": self._room}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        active, chosen = context.view_layer.objects.active, list(context.selected_objects)
        yield from apply(context, result, bpy.data.objects.get(self._room))
        if context.view_layer.objects.active is None and active is not None:
            context.view_layer.objects.active = active
        if self.task in ("check", "rearrange", "replace"):
            for thing in context.selected_objects:
                thing.select_set(False)
            for thing in chosen:
                thing.select_set(True)
            context.view_layer.objects.active = active
        context.scene.worldwright_furnish.sliders.seed = self._seed
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_furnish(FurnishJob, bpy.types.Operator):
    """Add what the words above say, or, without words, whatever such a room lacks. What is there stays"""

    bl_idname = "worldwright.furnish"
    bl_label = "Fill Room"


class WORLDWRIGHT_OT_scatter(FurnishJob, bpy.types.Operator):
    """Put books, cups, plants, papers and cables on the selected furniture, or on all of it; each press adds more"""

    bl_idname = "worldwright.scatter"
    bl_label = "Scatter"
    task, new_seed = "scatter", True


class WORLDWRIGHT_OT_rearrange(FurnishJob, bpy.types.Operator):
    """Find other places for the furniture; what is locked with Keep As It Is stays"""

    bl_idname = "worldwright.rearrange"
    bl_label = "Re-arrange"
    task, new_seed = "rearrange", True


class WORLDWRIGHT_OT_another_design(FurnishJob, bpy.types.Operator):
    """Exchange the selected things for others of their kind and size; each press gives another design"""

    bl_idname = "worldwright.another_design"
    bl_label = "Other Design"
    task, new_seed = "replace", True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if room_of(context.active_object) is None:
            return "Select furniture in a generated room."
        return "" if any("prop" in thing for thing in context.selected_objects) else "Select furniture that was generated."


class WORLDWRIGHT_OT_check_room(FurnishJob, bpy.types.Operator):
    """Measure the room as it is now: overlaps, floating things, ways, doors, sight, light. Nothing is changed"""

    bl_idname = "worldwright.check_room"
    bl_label = "Check Room"
    task = "check"


class WORLDWRIGHT_OT_select_failing(bpy.types.Operator):
    """Select the objects that do not pass this check"""

    bl_idname = "worldwright.select_failing"
    bl_label = "Select"
    bl_options = {"REGISTER", "UNDO"}

    names: bpy.props.StringProperty(name="Names", description="The objects, one a line", options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        wanted = set(self.names.split("\n"))
        found = [thing for thing in context.view_layer.objects if thing.name in wanted]
        found = found or [thing for thing in context.view_layer.objects if thing.get(PART) in wanted]
        if not found:
            self.report({"WARNING"}, "These objects are gone.")
            return {"CANCELLED"}
        for thing in context.selected_objects:
            thing.select_set(False)
        for thing in found:
            thing.hide_set(False)
            thing.select_set(True)
        context.view_layer.objects.active = found[0]
        return {"FINISHED"}


CLASSES = (
    WORLDWRIGHT_OT_furnish,
    WORLDWRIGHT_OT_scatter,
    WORLDWRIGHT_OT_rearrange,
    WORLDWRIGHT_OT_another_design,
    WORLDWRIGHT_OT_check_room,
    WORLDWRIGHT_OT_select_failing,
)
