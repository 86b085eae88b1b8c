"""The Export feature's button."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy

from ... import sidebar
from ...core.errors import WorldwrightError
from ...core.game.findings import Finding
from ...core.scene import Report
from ...exporting.fixes import fix
from ...exporting.glb import choose, export_glb
from ...job import JobOperator, Step
from .settings import SELECTION, chosen_objects, results


class WORLDWRIGHT_OT_export(JobOperator, bpy.types.Operator):
    """Write a GLB file for game engines, checked by the glTF validator and read back before it is put in its place"""

    bl_idname = "worldwright.export"
    bl_label = "Export GLB"
    bl_options = {"REGISTER"}
    feature = "export"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if context.mode != "OBJECT":
            return "Leave Edit Mode first."
        if context.scene.worldwright_export.what == SELECTION:
            return "" if context.selected_objects else "Select the objects to export first."
        return "" if results(context.scene) else "Worldwright has made nothing in this scene yet."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        return (yield from export_glb(context, chosen_objects(context), _target(context)))


class WORLDWRIGHT_OT_export_pack(JobOperator, bpy.types.Operator):
    """Write a folder with everything the engine needs, read back by other programs before it is put in its place"""

    bl_idname = "worldwright.export_pack"
    bl_label = "Export Pack"
    bl_options = {"REGISTER"}
    feature = "pack"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return WORLDWRIGHT_OT_export.reason(context)

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        settings = context.scene.worldwright_export
        names = ("lods", "colliders", "lightmaps", "viewer", "texture_size", "platform", "overwrite", "force")
        from ...exporting.pack import PackOptions, export_pack  # enabling the extension must be quick

        options = PackOptions(**{name: getattr(settings, name) for name in names})
        folder = _absolute(settings.folder)
        return (yield from export_pack(context, chosen_objects(context), folder, settings.engine, options))


class WORLDWRIGHT_OT_preflight(bpy.types.Operator):
    """Look for what would go wrong in the engine. Nothing is changed"""

    bl_idname = "worldwright.preflight"
    bl_label = "Preflight"
    bl_options = {"REGISTER"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        reason = WORLDWRIGHT_OT_export.reason(context)
        if reason:
            cls.poll_message_set(reason)
        return not reason

    def execute(self, context: bpy.types.Context) -> set[str]:
        from ...exporting.preflight import preflight

        settings = context.scene.worldwright_export
        try:
            objects, _ = choose(chosen_objects(context), solids=True)
            findings[:] = preflight(context, objects, settings.engine, settings.platform)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        sidebar.redraw()
        return {"FINISHED"}


class WORLDWRIGHT_OT_fix(bpy.types.Operator):
    """Cure this on the object itself; Undo takes it back"""

    bl_idname = "worldwright.fix"
    bl_label = "Fix"
    bl_options = {"REGISTER", "UNDO"}

    index: bpy.props.IntProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            fix(context, findings[self.index])
        except (WorldwrightError, IndexError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return bpy.ops.worldwright.preflight()


findings: list[Finding] = []  # of the last preflight in this session


def _target(context: bpy.types.Context) -> Path:
    return _absolute(context.scene.worldwright_export.path)


def _absolute(path: str) -> Path:
    path = path.strip()
    if path.startswith("//") and not bpy.data.filepath:
        raise WorldwrightError("This .blend file has no folder yet.", "Save it first, or choose a full path for the export.")
    return Path(bpy.path.abspath(path))


CLASSES = (WORLDWRIGHT_OT_export, WORLDWRIGHT_OT_export_pack, WORLDWRIGHT_OT_preflight, WORLDWRIGHT_OT_fix)
