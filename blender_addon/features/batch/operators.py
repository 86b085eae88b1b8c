"""The Batch feature's button."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import bpy

from ...core.errors import Cancelled, WorldwrightError
from ...core.scene import Report
from ...job import JobOperator, Step


class WORLDWRIGHT_OT_batch(JobOperator, bpy.types.Operator):
    """Run the job file's steps on all its items in processes beside this Blender. What is done stays done when it is cancelled"""

    bl_idname = "worldwright.batch"
    bl_label = "Run as Batch"
    bl_options = {"REGISTER"}
    feature = "batch"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_batch.job.strip() else "Choose a job file first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report]:
        from ...blender_host import BlenderHost
        from ...core import cli
        from ...core.batch.job import read_job
        from ...core.batch.run import run_job

        settings, started = context.scene.worldwright_batch, time.perf_counter()
        path = Path(bpy.path.abspath(settings.job.strip()))
        job = read_job(path, cli.parser())
        folder = Path(bpy.path.abspath(settings.folder.strip())) if settings.folder.strip() else path.with_suffix("")
        options = argparse.Namespace(workers=settings.workers, engine="local", address="", to="",
                                     retry_failed=settings.retry_failed)  # fmt: skip
        run = BatchThread(run_job, job, folder, BlenderHost(None, None).worker_command(), options)
        yield from run.steps()
        report = Report({name: run.summary[name] for name in ("done", "failed", "skipped")}, {"results": str(folder)})
        report.warnings = [f"{failure['item']}: {failure['error']}" for failure in run.summary["failures"][:10]]
        report.seconds["total"] = time.perf_counter() - started
        return report


class BatchThread(threading.Thread):
    """A batch in a thread that touches nothing of Blender's: ``run(*arguments, progress)`` returns its summary."""

    def __init__(self, run: Callable[..., dict], *arguments: object) -> None:
        super().__init__(daemon=True)
        self.work, self.arguments = run, arguments
        self.place: tuple[float, str] = (0.0, "Starting workers")
        self.summary: dict = {}
        self.error: WorldwrightError | None = None
        self.stop = False

    def run(self) -> None:
        try:
            self.summary = self.work(*self.arguments, self.progress)
        except WorldwrightError as error:
            self.error = error
        except Cancelled:
            return
        except Exception as error:  # a thread's own end would be silent
            self.error = WorldwrightError(f"An unexpected problem stopped the work: {type(error).__name__}: {error}.")

    def steps(self) -> Generator[Step, None, None]:
        """Starts it and waits for its end; closing the generator stops it. Raises WorldwrightError as the batch did."""
        self.start()
        try:
            while self.is_alive():
                yield Step(*self.place, waiting=True)
        finally:
            self.stop = True
            self.join(10)
        if self.error is not None:
            raise self.error

    def progress(self, fraction: float, doing: str) -> None:
        if self.stop:
            raise Cancelled
        self.place = fraction, doing


CLASSES = (WORLDWRIGHT_OT_batch,)
