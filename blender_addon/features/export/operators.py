"""The Export feature's button."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy

from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...exporting.glb import export_glb
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


def _target(context: bpy.types.Context) -> Path:
    path = context.scene.worldwright_export.path.strip()
    if path.startswith("//") and not bpy.data.filepath:
        raise WorldwrightError("This .blend file has no folder yet.", "Save it first, or choose a full path for the export.")
    return Path(bpy.path.abspath(path))


CLASSES = (WORLDWRIGHT_OT_export,)
