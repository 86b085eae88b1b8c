"""The buttons of From Grey Boxes."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ...brief_properties import to_brief
from ...core.environments.greybox.brief import GreyboxBrief
from ...core.errors import WorldwrightError
from ...core.scene import Report, Scene
from ...job import JobOperator
from ...reading.selection import read_in_turn
from ...writing.scene import write_scene

KEEP = "worldwright_keep"  # custom property of objects that stay as they are


class WORLDWRIGHT_OT_greybox(JobOperator, bpy.types.Operator):
    """Replace the selected boxes by detailed furniture of their sizes, with a room around them. The boxes stay, hidden"""

    bl_idname = "worldwright.greybox"
    bl_label = "Make Detailed Room"
    feature = "greybox"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if any(thing.type == "MESH" for thing in context.selected_objects) else "Select the boxes that block out a room."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_greybox
        brief = to_brief(settings.sliders, GreyboxBrief)
        chosen = [thing for thing in context.selected_objects if thing.type == "MESH"]
        meshes, self._warnings = yield from read_in_turn(context, chosen)
        if not meshes:
            raise WorldwrightError(" ".join(self._warnings[:3]) or "There is nothing to read in the selection.", "Select meshes.")
        library = [thing for thing in settings.library.all_objects if thing.type == "MESH"] if settings.library else []
        own, notes = yield from read_in_turn(context, library)
        self._warnings += notes
        assets = [{"name": mesh.name, "label": "", "mesh": mesh} for mesh in own]
        self._chosen = [thing.name for thing in chosen]
        keep = [thing.name for thing in chosen if thing.get(KEEP)]
        return "greybox", {"meshes": meshes, "brief": brief.to_dict(), "keep": keep, "assets": assets}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        yield from write_scene(context, result)
        stay = {*result.provenance["left"], *result.provenance["kept"]}
        if not result.provenance["shell"]:  # the artist's own walls are the room
            replaced = {node.properties["replaces"] for node in result.nodes if "replaces" in node.properties}
            stay |= set(self._chosen) - replaced
        if context.scene.worldwright_greybox.hide:
            for name in self._chosen:
                thing = context.scene.objects.get(name)
                if thing is not None and name not in stay:
                    thing.hide_set(True)
                    thing.hide_render = True
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_keep(bpy.types.Operator):
    """Mark the selected objects to stay as they are when boxes are replaced or rooms rearranged or rebuilt; again: unmark"""

    bl_idname = "worldwright.keep"
    bl_label = "Keep As It Is"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return bool(context.selected_objects)

    def execute(self, context: bpy.types.Context) -> set[str]:
        marked = all(thing.get(KEEP) for thing in context.selected_objects)
        for thing in context.selected_objects:
            if not marked:
                thing[KEEP] = True
            elif KEEP in thing:
                del thing[KEEP]
        count = len(context.selected_objects)
        self.report({"INFO"}, f"{count} object{'s' if count > 1 else ''} {'may be replaced' if marked else 'will stay'}.")
        return {"FINISHED"}


CLASSES = (WORLDWRIGHT_OT_greybox, WORLDWRIGHT_OT_keep)
