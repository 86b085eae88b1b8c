"""The Doctor's cures."""

from __future__ import annotations

import shutil
from collections.abc import Generator

import bpy

from ... import job, preferences, runtime
from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...installer import Installation
from ...job import JobOperator, Step
from ...sidebar import draw_lines
from .findings import report

ROOT_PACKAGE = preferences.__package__


class WORLDWRIGHT_OT_install_runtime(JobOperator, bpy.types.Operator):
    bl_idname = "worldwright.install_runtime"
    bl_label = "Install PyTorch"
    bl_description = (
        "Install PyTorch into an environment of Worldwright's own: about 0.7 GB to download on Windows and macOS, 3.5 GB on Linux, "
        "with small models for pictures, names and speech; "
        "without network from the folder of wheels in the preferences. Blender's Python is not touched"
    )
    bl_options = {"INTERNAL"}
    feature = "doctor"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if runtime.installed_folder() is None:
            return "Only an installed extension has a folder of its own to install into."
        if not preferences.get().wheels_folder and not bpy.app.online_access:
            return "Allow online access in Preferences › System › Network, or choose a folder of wheels (More › Preferences)."
        return ""

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        job.end_worker()
        wheels = bpy.path.abspath(preferences.get().wheels_folder)
        installation = Installation(runtime.own_python(), runtime.installed_folder(), wheels)
        try:
            while not installation.done:
                yield Step(installation.fraction, installation.doing, waiting=True)
        finally:
            installation.cancel()
            runtime.forget()
        if installation.error:
            raise installation.error
        problem = runtime.missing(wait=bpy.app.background)
        if bpy.app.background and problem:
            raise WorldwrightError(problem)
        return Report(warnings=[installation.note]) if installation.note else None


class WORLDWRIGHT_OT_offer_runtime(bpy.types.Operator):
    """Say what would be installed, how large it is and where it goes, and install it when you agree"""

    bl_idname = "worldwright.offer_runtime"
    bl_label = "Install PyTorch"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return job.running is None

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self, width=420, confirm_text="Install")

    def draw(self, context: bpy.types.Context) -> None:
        layout, wheels = self.layout, preferences.get().wheels_folder
        layout.label(text="What: PyTorch, numpy, safetensors, small models for names, pictures and speech")
        layout.label(text=f"From: {wheels or 'the Python Package Index, verified by hash'}", translate=False)
        layout.label(text="Size: about 0.7 GB on Windows and macOS, 3.5 GB on Linux")
        layout.label(text=f"Into: {runtime.installed_folder()}", translate=False)
        reason = WORLDWRIGHT_OT_install_runtime.reason(context)
        if reason:
            draw_lines(layout, reason, 420, "ERROR")
            layout.operator("worldwright.open_preferences", icon="PREFERENCES")
        layout.label(text="It can be cancelled; what was fetched is not fetched again. Remove PyTorch deletes it all.")

    def execute(self, context: bpy.types.Context) -> set[str]:
        reason = WORLDWRIGHT_OT_install_runtime.reason(context)
        if reason:
            self.report({"ERROR"}, reason)
            return {"CANCELLED"}
        return bpy.ops.worldwright.install_runtime("INVOKE_DEFAULT" if not bpy.app.background else "EXEC_DEFAULT")


class WORLDWRIGHT_OT_copy_findings(bpy.types.Operator):
    """Copy what the Doctor found, and the jobs of this session, for a bug report"""

    bl_idname = "worldwright.copy_findings"
    bl_label = "Copy Report"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        context.window_manager.clipboard = report()
        self.report({"INFO"}, "The report is on the clipboard.")
        return {"FINISHED"}


class WORLDWRIGHT_OT_remove_runtime(bpy.types.Operator):
    """Remove the PyTorch that the Doctor installed and free its disk space"""

    bl_idname = "worldwright.remove_runtime"
    bl_label = "Remove PyTorch"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        folder = runtime.installed_folder()
        return job.running is None and folder is not None and folder.exists()

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_confirm(self, event)

    def execute(self, context: bpy.types.Context) -> set[str]:
        job.end_worker()
        shutil.rmtree(runtime.installed_folder(), ignore_errors=True)
        runtime.forget()
        return {"FINISHED"}


class WORLDWRIGHT_OT_check_worker(JobOperator, bpy.types.Operator):
    """Look for PyTorch again, start the worker and ask it for its versions"""

    bl_idname = "worldwright.check_worker"
    bl_label = "Check Again"
    bl_options = {"INTERNAL"}
    feature = "doctor"

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        job.end_worker()
        runtime.forget()
        runtime.status(wait=bpy.app.background)
        yield 1.0
        return "describe", {}

    def write(self, context: bpy.types.Context, result: dict[str, str]) -> Generator[float, None, Report]:
        yield 1.0
        self.report({"INFO"}, "The worker answers: " + ", ".join(f"{name} {version}" for name, version in result.items()) + ".")
        return Report(checks=result)


class WORLDWRIGHT_OT_open_preferences(bpy.types.Operator):
    """Open this extension's preferences, to choose a Python or a folder of wheels"""

    bl_idname = "worldwright.open_preferences"
    bl_label = "Preferences"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        return bpy.ops.preferences.addon_show(module=ROOT_PACKAGE)


CLASSES = (
    WORLDWRIGHT_OT_install_runtime,
    WORLDWRIGHT_OT_offer_runtime,
    WORLDWRIGHT_OT_copy_findings,
    WORLDWRIGHT_OT_remove_runtime,
    WORLDWRIGHT_OT_check_worker,
    WORLDWRIGHT_OT_open_preferences,
)
