"""Operators on trained models. They change files of the artist's, never the scene."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import bpy

from ... import job
from ...core.errors import WorldwrightError
from ...core.learning.registry import Entry, Registry, default_root
from ...core.scene import Report
from ...job import JobOperator, Step

REFRESH = 2.0  # seconds for which the list is taken as it was: panels ask for it with every redraw
_seen: tuple[float, list[Entry], dict[str, str]] = (0.0, [], {})


def registry() -> Registry:
    """The artist's models, the same that the command line uses."""
    return Registry(default_root())


def listing() -> tuple[list[Entry], dict[str, str]]:
    """Every version of every model, and which one each task uses ("" for the shipped one)."""
    global _seen
    if time.monotonic() - _seen[0] > REFRESH or not _seen[0]:
        models = registry()
        entries = models.entries()
        uses = {task: models.chosen(task) for task in {entry.card.task for entry in entries}}
        _seen = time.monotonic(), entries, {task: entry.label if entry else "" for task, entry in uses.items()}
    return _seen[1], _seen[2]


def forget() -> None:
    """Has the list read again; the worker reads the chosen model again too."""
    global _seen
    _seen = (0.0, [], {})
    if job.running is None:
        job.end_worker()


class _Quick:
    """Base of the operators that take no time; errors become one sentence."""

    bl_options = {"INTERNAL"}

    model: bpy.props.StringProperty(name="Model", description="The model as name@version", options={"HIDDEN", "SKIP_SAVE"})

    def change(self, models: Registry) -> str:
        """Does it; returns a sentence. Raises WorldwrightError."""
        return ""

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            self.report({"INFO"}, self.change(registry()))
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        finally:
            forget()
        return {"FINISHED"}


class _File:
    """Base of the operators that ask for a file."""

    filepath: bpy.props.StringProperty(name="File", description="The model's file", subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: bpy.props.StringProperty(
        default="*.safetensors;*.onnx;*.pt;*.pt2", options={"HIDDEN"}, description="What the file browser shows"
    )
    suffix = ".safetensors"

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        self.filepath = self.model.replace("@", " ") + self.suffix if self.model else ""
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}


class WORLDWRIGHT_OT_choose_model(_Quick, bpy.types.Operator):
    """Use this model from now on; Roll Back returns to the one before"""

    bl_idname = "worldwright.choose_model"
    bl_label = "Use Model"

    def change(self, models: Registry) -> str:
        entry = models.get(self.model)
        models.choose(entry)
        return f"{entry.card.task.capitalize()} uses {entry.label}."


class WORLDWRIGHT_OT_roll_back_model(_Quick, bpy.types.Operator):
    """Return to the model that Annotate used before; in the end to the one that came with Worldwright"""

    bl_idname = "worldwright.roll_back_model"
    bl_label = "Roll Back"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if not any(listing()[1].values()):
            cls.poll_message_set("Annotate uses the model that came with Worldwright.")
            return False
        return True

    def change(self, models: Registry) -> str:
        now = models.roll_back("annotate")
        return f"Annotate uses {now.label if now else 'the shipped model'}."


class WORLDWRIGHT_OT_delete_model(_Quick, bpy.types.Operator):
    """Remove this version of the model for good"""

    bl_idname = "worldwright.delete_model"
    bl_label = "Delete Model"

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_confirm(self, event)

    def change(self, models: Registry) -> str:
        entry = models.get(self.model)
        models.delete(entry)
        return f"{entry.label} is deleted."


class WORLDWRIGHT_OT_export_model(_Quick, _File, bpy.types.Operator):
    """Write the model with its card to one .safetensors file, for another machine"""

    bl_idname = "worldwright.export_model"
    bl_label = "Export Model"

    def change(self, models: Registry) -> str:
        path = models.export(models.get(self.model), Path(bpy.path.abspath(self.filepath)))
        return f"“{path.name}” holds {self.model} with its card."


class WORLDWRIGHT_OT_import_model(_Quick, _File, bpy.types.Operator):
    """Take in a model that Worldwright exported; it is not used before you choose it"""

    bl_idname = "worldwright.import_model"
    bl_label = "Import Model"

    def change(self, models: Registry) -> str:
        return f"{models.load(Path(bpy.path.abspath(self.filepath))).label} is registered."


class _Worked(JobOperator):
    """Base of the operators that the worker does with one model."""

    bl_options = {"INTERNAL"}
    feature = "models"
    needs_torch = True
    method = ""

    def values(self, context: bpy.types.Context) -> dict:
        """What the request says beside the model."""
        return {}

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        started = time.perf_counter()
        result = yield from job.asked(self.method, {"model": self.model, **self.values(context)})
        return self.told(result, time.perf_counter() - started)

    def told(self, result: dict, seconds: float) -> Report:
        """The report that the panel shows."""
        return Report(checks=result, seconds={"total": seconds})


class WORLDWRIGHT_OT_deploy_model(_File, _Worked, bpy.types.Operator):
    """Write the model for other programs: .onnx, .pt (TorchScript) or .pt2 (torch.export); checked against the model itself"""

    bl_idname = "worldwright.deploy_model"
    bl_label = "Deploy Model"
    method = "deploy_model"
    suffix = ".onnx"

    model: bpy.props.StringProperty(name="Model", description="The model as name@version", options={"HIDDEN", "SKIP_SAVE"})

    def values(self, context: bpy.types.Context) -> dict:
        return {"file": bpy.path.abspath(self.filepath)}

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if not self.filepath:
            return _File.invoke(self, context, event)
        return JobOperator.invoke(self, context, event)


class WORLDWRIGHT_OT_evaluate_model(_Worked, bpy.types.Operator):
    """Score the model on the library chosen above and write a page with the worst cases beside the model"""

    bl_idname = "worldwright.evaluate_model"
    bl_label = "Evaluate Model"
    method = "evaluate_model"

    model: bpy.props.StringProperty(name="Model", description="The model as name@version", options={"HIDDEN", "SKIP_SAVE"})

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if not context.scene.worldwright_learning.library.strip():
            return "Choose a labelled library in the Learn panel first."
        return ""

    def values(self, context: bpy.types.Context) -> dict:
        return {"library": bpy.path.abspath(context.scene.worldwright_learning.library.strip())}

    def told(self, result: dict, seconds: float) -> Report:
        if not bpy.app.background:
            bpy.ops.wm.path_open(filepath=result["page"])
        return Report({"models": result["models"]}, result["scores"], result["notes"], {"total": seconds})


CLASSES = (
    WORLDWRIGHT_OT_choose_model,
    WORLDWRIGHT_OT_roll_back_model,
    WORLDWRIGHT_OT_delete_model,
    WORLDWRIGHT_OT_export_model,
    WORLDWRIGHT_OT_import_model,
    WORLDWRIGHT_OT_deploy_model,
    WORLDWRIGHT_OT_evaluate_model,
)
