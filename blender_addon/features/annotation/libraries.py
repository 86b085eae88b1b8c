"""Annotating whole folders, and writing what was read of the selection for other programs."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import bpy
from bpy_extras.io_utils import ExportHelper

from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...job import JobOperator, Step
from ...reading.selection import read_in_turn
from ...writing.annotations import PROPERTY, read_annotation
from ..batch.operators import BatchThread

SUFFIX = {"csv": ".csv", "coco": "", "usd": ".usdc", "json": ".json"}


class WORLDWRIGHT_OT_annotate_folder(JobOperator, bpy.types.Operator):
    bl_idname = "worldwright.annotate_folder"
    bl_label = "Annotate Folder"
    bl_description = (
        "Annotate every model in the folder in processes beside this Blender; what is done stays done when it is "
        "cancelled, and the next run goes on from there. Ends with a table and a report with pictures. The "
        "folder's own files are not changed"
    )
    bl_options = {"REGISTER"}
    feature = "annotation"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_annotation.library.strip() else "Choose a folder first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        from ...blender_host import BlenderHost
        from ...core.annotation.library import LibraryOptions, annotate_library  # and with it the whole command line

        settings, started = context.scene.worldwright_annotation, time.perf_counter()
        folder = Path(bpy.path.abspath(settings.library.strip()))
        if not folder.is_dir():
            raise WorldwrightError(f"There is no folder “{folder}”.", "Choose another.")
        wanted = settings.results.strip()
        output = Path(bpy.path.abspath(wanted)) if wanted else folder.with_name(f"{folder.absolute().name}-annotated")
        host = BlenderHost(None, None)
        options = LibraryOptions(
            note=settings.note, shape_only=not settings.thorough, coco=settings.library_coco, usd=settings.library_usd,
            assets=settings.library_assets, reads=host.reads,
        )  # fmt: skip
        run = BatchThread(annotate_library, folder, output, host.worker_command(), options)
        yield from run.steps()
        summary = run.summary
        report = Report({name: summary[name] for name in ("objects", "done", "failed", "skipped")}, {"report": summary["report"]})
        report.warnings = [f"{failure['item']}: {failure['error']}" for failure in summary["failures"][:10]]
        if summary["flagged"]:
            report.warnings.append(f"{summary['flagged']} names are for a person to look at: see review.jsonl in the results.")
        report.seconds["total"] = time.perf_counter() - started
        return report


class WORLDWRIGHT_OT_export_annotations(JobOperator, bpy.types.Operator, ExportHelper):
    """Write what was read of the selected objects: a table, pictures with masks, USD with semantics labels, or JSON"""

    bl_idname = "worldwright.export_annotations"
    bl_label = "Export Annotations"
    bl_options = {"REGISTER"}
    feature = "annotation"

    kind: bpy.props.EnumProperty(
        name="Format",
        items=[
            ("csv", "Table", "CSV, one object a row"),
            ("coco", "COCO", "A folder with pictures and coco.json: boxes and masks of objects and parts"),
            ("usd", "USD", "The meshes with semantics labels (UsdSemantics)"),
            ("json", "JSON", "Everything that was read"),
        ],
    )
    filename_ext = ""
    check_extension = None

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if any(PROPERTY in thing for thing in context.selected_objects) else "Select objects that were annotated."

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.prop(self, "kind")

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        things = [thing for thing in context.selected_objects if PROPERTY in thing]
        meshes, self._warnings = yield from read_in_turn(context, things)
        if not self.filepath:
            raise WorldwrightError("There is no file to write to.", "Choose one.")
        found = [read_annotation(context.scene.objects[mesh.name]) for mesh in meshes]
        for mesh, annotation in zip(meshes, found, strict=True):
            if annotation.part is not None and len(annotation.part) != len(mesh.face_sizes):
                annotation.part, annotation.part_names = None, []  # modifiers have changed the faces since
        path = Path(bpy.path.abspath(self.filepath))
        self._target = path if path.suffix or not SUFFIX[self.kind] else path.with_suffix(SUFFIX[self.kind])
        return "export_annotations", {"kind": self.kind, "path": str(self._target), "meshes": meshes, "annotations": found}

    def write(self, context: bpy.types.Context, result: int) -> Generator[float, None, Report]:
        yield 1.0
        return Report({"objects": result}, {"file": str(self._target)}, self._warnings)


CLASSES = (WORLDWRIGHT_OT_annotate_folder, WORLDWRIGHT_OT_export_annotations)
