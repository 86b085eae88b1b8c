"""The Learn feature's buttons."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import bpy

from ... import job
from ...brief_properties import to_brief
from ...core.briefs import Brief
from ...core.errors import WorldwrightError
from ...core.learning.run_log import CURVE, read_run, run_folder, unfinished
from ...core.learning.settings import PretrainBrief, SearchBrief, TrainBrief
from ...core.scene import Report
from ...job import JobOperator, Step
from .reading import READ, home, index_of, read_models, reason, source

shown: dict[str, Path] = {}  # feature -> the run that its panel shows
found: dict[str, dict] = {}  # feature -> what its last job gave


class _Learn(JobOperator):
    """Reads the library, then has the worker do ``method`` with a brief; the scene is not touched."""

    bl_options = {"REGISTER"}
    needs_torch = True
    what_stays = "the best so far is kept"
    method = ""
    brief: type[Brief]
    sliders = ""

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return reason(context.scene.worldwright_learning)

    def folder(self, brief: Brief, key: str) -> Path:
        """Where the run lies."""
        return home() / self.method / key[:12]

    def more(self, context: bpy.types.Context) -> dict:
        """What the request says beside the usual."""
        return {}

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        settings, started = context.scene.worldwright_learning, time.perf_counter()
        brief = to_brief(getattr(settings, self.sliders), self.brief)
        told, more = source(settings), self.more(context)
        store = yield from read_models(context)
        index = index_of(store)
        folder = self.folder(brief, index.key)
        shown[self.feature] = folder
        request = {"library": str(store), "folder": str(folder), "brief": brief.to_dict(), "source": told, **more}
        found[self.feature] = yield from job.asked(self.method, request, READ)
        return self.told(found[self.feature], index.warnings, time.perf_counter() - started)

    def told(self, result: dict, warnings: list[str], seconds: float) -> Report:
        """The report that the panel shows."""
        every = list(dict.fromkeys([*result.get("warnings", []), *warnings]))
        counts = {**result.get("counts", {})}
        return Report(counts, result.get("scores", {}), every, {"total": seconds})


class WORLDWRIGHT_OT_train(_Learn, bpy.types.Operator):
    """Teach a model the labels of the library. A training that was cancelled goes on where it stopped"""

    bl_idname = "worldwright.train"
    bl_label = "Train"
    feature = "learning"
    method = "train"
    brief = TrainBrief
    sliders = "train"
    what_stays = "Train goes on from here, or Keep the Best makes a model of what it has"

    def folder(self, brief: Brief, key: str) -> Path:
        return run_folder(home() / "runs", brief, key)


class WORLDWRIGHT_OT_keep_best(JobOperator, bpy.types.Operator):
    """Make a model of the best that the last cancelled training has found"""

    bl_idname = "worldwright.keep_best"
    bl_label = "Keep the Best"
    bl_options = {"REGISTER"}
    feature = "learning"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if unfinished(home() / "runs") else "No cancelled training has found anything yet."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        folder = unfinished(home() / "runs")
        run = read_run(folder) if folder else None
        if folder is None or run is None:
            raise WorldwrightError("No cancelled training has found anything yet.", "Train first.")
        shown["learning"] = folder
        yield 1.0
        return "train", {"library": run["library"], "folder": str(folder), "brief": run["brief"], "keep": True}

    def write(self, context: bpy.types.Context, result: dict) -> Generator[float, None, Report]:
        found["learning"] = result
        yield 1.0
        return Report(result["counts"], result["scores"], result["warnings"])


class WORLDWRIGHT_OT_tune(_Learn, bpy.types.Operator):
    """Search a good learning rate, augmentation and rank for training on the library. A search that was cancelled goes on"""

    bl_idname = "worldwright.tune"
    bl_label = "Search Settings"
    feature = "learning_search"
    method = "tune"
    brief = SearchBrief
    sliders = "search"
    what_stays = "the trials so far are kept, and Search Settings goes on from them"

    def told(self, result: dict, warnings: list[str], seconds: float) -> Report:
        counts = {"trials": len(result["trials"]), "stopped_early": result["pruned"]}
        return Report(counts, {"validation_loss": result["loss"], **result["best"]}, warnings, {"total": seconds})


class WORLDWRIGHT_OT_use_found(bpy.types.Operator):
    """Put the best settings that the search has found into the training's sliders"""

    bl_idname = "worldwright.use_found"
    bl_label = "Use the Best Settings"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if "learning_search" not in found:
            cls.poll_message_set("Search settings first.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        sliders = context.scene.worldwright_learning.train
        for name, value in found["learning_search"]["best"].items():
            setattr(sliders, name, value)
        return {"FINISHED"}


class WORLDWRIGHT_OT_pretrain(_Learn, bpy.types.Operator):
    """Learn shapes from the library without its labels, as a base for trainings with few labels"""

    bl_idname = "worldwright.pretrain"
    bl_label = "Pre-Train"
    feature = "learning_pretrain"
    method = "pretrain"
    brief = PretrainBrief
    sliders = "pretrain"
    what_stays = "Pre-Train goes on from here"


class WORLDWRIGHT_OT_labels_saved(_Learn, bpy.types.Operator):
    """Say how many labels a pre-trained network saves on this library: accuracy with 1, 5 and 20 labels of each class"""

    bl_idname = "worldwright.labels_saved"
    bl_label = "Labels Saved"
    feature = "learning_saved"
    method = "labels_saved"
    brief = PretrainBrief
    sliders = "pretrain"
    what_stays = "nothing was written"

    def more(self, context: bpy.types.Context) -> dict:
        return {"base": context.scene.worldwright_learning.train.base}

    def told(self, result: dict, warnings: list[str], seconds: float) -> Report:
        checks = {f"{way}, {row['labels']} labels": row["accuracy"] for way, rows in result["ways"].items() for row in rows}
        return Report({"models": result["models"], "classes": len(result["classes"])}, checks, warnings, {"total": seconds})


class WORLDWRIGHT_OT_open_plot(bpy.types.Operator):
    """Open the plot of the last run in the web browser"""

    bl_idname = "worldwright.open_plot"
    bl_label = "Open the Plot"
    bl_options = {"INTERNAL"}

    feature: bpy.props.StringProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        folder = shown.get(self.feature)
        plots = [folder / name for name in (CURVE, "search.svg", "labels_saved.svg")] if folder else []
        path = next((plot for plot in plots if plot.exists()), None)
        if path is None:
            self.report({"INFO"}, "There is no plot yet.")
            return {"CANCELLED"}
        bpy.ops.wm.path_open(filepath=str(path))
        return {"FINISHED"}


CLASSES = (
    WORLDWRIGHT_OT_train,
    WORLDWRIGHT_OT_keep_best,
    WORLDWRIGHT_OT_tune,
    WORLDWRIGHT_OT_use_found,
    WORLDWRIGHT_OT_pretrain,
    WORLDWRIGHT_OT_labels_saved,
    WORLDWRIGHT_OT_open_plot,
)
