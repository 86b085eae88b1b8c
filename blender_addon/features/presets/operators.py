"""Operators on presets. They move sliders; nothing is generated yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import bpy

from ...brief_properties import show_brief, to_brief
from ...core import presets
from ...core.errors import WorldwrightError
from ...user_folder import user_folder
from ..characters.settings import Character
from ..creatures.settings import Creature, Robot
from ..crowd.settings import Crowd
from ..environments.settings import Environment
from ..generator import Kind
from ..outdoors.settings import City, Landscape
from ..plans.settings import Home

KINDS: dict[str, type[Kind]] = {kind.kind: kind for kind in (Character, Crowd, Creature, Robot, Environment, Home, City, Landscape)}


def own(kind: str) -> Path:
    """The folder of the artist's own presets of a kind."""
    return user_folder("presets") / kind


class OfKind:
    """Base of the operators: what they do to one kind's sliders, and errors as one sentence."""

    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    kind: bpy.props.StringProperty(name="Kind", description="The generator whose sliders it is about", options={"HIDDEN"})

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        """Does it; returns a sentence. Raises WorldwrightError."""
        return ""

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            if self.kind not in KINDS:
                raise WorldwrightError(f"There is no generator “{self.kind}”.", f"Use one of: {', '.join(KINDS)}.")
            self.report({"INFO"}, self.change(context, KINDS[self.kind]))
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


class OfFile(OfKind):
    """Base of the two that ask for a file."""

    filepath: bpy.props.StringProperty(name="File", description="The preset's file", subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: bpy.props.StringProperty(default="*.json", options={"HIDDEN"}, description="What the file browser shows")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}


class WORLDWRIGHT_OT_use_preset(OfKind, bpy.types.Operator):
    """Move the sliders to this preset; the seed stays"""

    bl_idname = "worldwright.use_preset"
    bl_label = "Use Preset"

    name: bpy.props.StringProperty(name="Name", description="The preset's name")

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        settings = kind.settings(context)
        brief = presets.load(self.kind, kind.brief, self.name, own(self.kind))
        note = f"The sliders show the preset “{self.name}”."
        kind.show(settings, replace(brief, seed=settings.sliders.seed), [note])
        return note


class WORLDWRIGHT_OT_save_preset(OfKind, bpy.types.Operator):
    """Keep the sliders as they are as a preset of your own"""

    bl_idname = "worldwright.save_preset"
    bl_label = "Save Preset"

    name: bpy.props.StringProperty(name="Name", description="What to call it; a preset of that name is replaced")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self)

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        path = presets.save(self.kind, self.name, to_brief(kind.settings(context).sliders, kind.brief), own(self.kind))
        return f"Saved as preset “{path.stem}”."


class WORLDWRIGHT_OT_delete_preset(OfKind, bpy.types.Operator):
    """Remove a preset of your own for good"""

    bl_idname = "worldwright.delete_preset"
    bl_label = "Delete Preset"

    name: bpy.props.StringProperty(name="Name", description="The preset's name")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_confirm(self, event)

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        presets.delete(self.name, own(self.kind))
        return f"The preset “{self.name}” is deleted."


class WORLDWRIGHT_OT_share_preset(OfFile, bpy.types.Operator):
    """Write the sliders to a JSON file, for somebody else"""

    bl_idname = "worldwright.share_preset"
    bl_label = "Save to File"

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        path = Path(bpy.path.abspath(self.filepath)).with_suffix(".json")
        presets.write(path, self.kind, to_brief(kind.settings(context).sliders, kind.brief))
        return f"“{path.name}” holds the sliders."


class WORLDWRIGHT_OT_take_preset(OfFile, bpy.types.Operator):
    """Take a preset from a JSON file that somebody shared: the sliders show it, and it is kept"""

    bl_idname = "worldwright.take_preset"
    bl_label = "Load from File"

    def change(self, context: bpy.types.Context, kind: type[Kind]) -> str:
        path, settings = Path(bpy.path.abspath(self.filepath)), kind.settings(context)
        brief = presets.read(path, self.kind, kind.brief)
        presets.save(self.kind, path.stem, brief, own(self.kind))
        show_brief(settings.sliders, replace(brief, seed=settings.sliders.seed))
        return f"The preset “{path.stem}” is kept, and the sliders show it."


CLASSES = (
    WORLDWRIGHT_OT_use_preset,
    WORLDWRIGHT_OT_save_preset,
    WORLDWRIGHT_OT_delete_preset,
    WORLDWRIGHT_OT_share_preset,
    WORLDWRIGHT_OT_take_preset,
)
