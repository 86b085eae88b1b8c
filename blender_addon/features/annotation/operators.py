"""The Annotate feature's buttons."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ...core.annotation.annotation import UNKNOWN, Annotation
from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...job import JobOperator
from ...reading.selection import read_in_turn
from ...writing.annotations import write_annotation


class WORLDWRIGHT_OT_annotate(JobOperator, bpy.types.Operator):
    """Say what each selected object is, with a confidence, a caption and tags, and write it onto the object"""

    bl_idname = "worldwright.annotate"
    bl_label = "Annotate Selected"
    feature = "annotation"
    needs_torch = True
    finishes_writing = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.selected_objects else "Select the objects to annotate first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        meshes, self._warnings = yield from read_in_turn(context, list(context.selected_objects))
        if not meshes:
            raise WorldwrightError(" ".join(self._warnings[:3]) or "There is nothing to read in the selection.", "Select meshes.")
        return "annotate", {"meshes": meshes, "seed": 0}

    def write(self, context: bpy.types.Context, result: list[Annotation]) -> Generator[float, None, Report]:
        mark_assets = context.scene.worldwright_annotation.mark_assets
        written = []
        for done, annotation in enumerate(result):
            try:
                write_annotation(_present(context, annotation.name), annotation, mark_assets)
                written.append(annotation)
            except WorldwrightError as error:
                self._warnings.append(str(error))
            yield done / len(result)
        unknown = sum(annotation.label == UNKNOWN for annotation in written)
        return Report(counts={"labelled": len(written) - unknown, UNKNOWN: unknown}, warnings=self._warnings)


class WORLDWRIGHT_OT_select_unknown(bpy.types.Operator):
    """Select the objects that the annotator could not name, to look at them or label them by hand"""

    bl_idname = "worldwright.select_unknown"
    bl_label = "Select Unknown"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if context.mode != "OBJECT":
            cls.poll_message_set("Leave Edit Mode first.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        unknown = [thing for thing in context.view_layer.objects if thing.get("label") == UNKNOWN]
        if not unknown:
            self.report({"INFO"}, "No object here is annotated as unknown.")
            return {"CANCELLED"}
        for thing in context.selected_objects:
            thing.select_set(False)
        for thing in unknown:
            thing.select_set(True)
        context.view_layer.objects.active = unknown[0]
        return {"FINISHED"}


def _present(context: bpy.types.Context, name: str) -> bpy.types.Object:
    """The object of that name; it is looked for again, for the artist may undo or delete while the worker reads."""
    thing = context.scene.objects.get(name)
    if thing is None:
        raise WorldwrightError(f"“{name}” was removed or renamed while it was read.")
    return thing


CLASSES = (WORLDWRIGHT_OT_annotate, WORLDWRIGHT_OT_select_unknown)
