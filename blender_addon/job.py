"""The one way anything long runs: an operator that is modal in the window, blocks headless, and does the same in both.

A job is a generator of ``Step``. The window advances it from a timer, a slice at a time; headless it is run to its end. A
``JobOperator`` says why it cannot run now, reads its request from the scene, and writes the worker's result into it::

    class WORLDWRIGHT_OT_character(JobOperator, bpy.types.Operator):
        bl_idname, bl_label, feature = "worldwright.character", "Generate Character", "character"

        def request(self, context):
            yield 0.0                       # reading goes in slices too: yield the fraction done at least every 50 ms
            return "character", {"brief": ...}

        def write(self, context, scene):
            yield from write_scene(context, scene)
            return scene.report
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import bpy

from . import runtime, sidebar
from .core.errors import Cancelled, WorldwrightError
from .core.scene import Report
from .worker_client import IDLE, WorkerClient

SLICE = 0.035  # seconds of work in one tick of the window's timer
TICK = 0.02  # seconds between ticks
SHOW_INTERVAL = 0.2  # seconds between two redraws of the progress
READ_END, WORK_END = 0.05, 0.9  # where reading and the worker's part end on the progress bar
BLOCKED_KEYS = {"Z", "Y", "O", "N", "Q"}  # with Ctrl: undo, redo, open, new and quit would pull the scene from under the job

log = logging.getLogger(__name__)


@dataclass
class Step:
    """Where a job is. ``waiting``: nothing to do in this process until the next tick."""

    fraction: float
    doing: str
    waiting: bool = False


@dataclass
class Running:
    """The job that runs now, for panels and the status bar."""

    title: str
    feature: str
    fraction: float = 0.0
    doing: str = ""
    cancel: bool = False
    shown: float = 0.0


@dataclass
class Past:
    """A job that has ended. ``outcome``: DONE, CANCELLED, or what stopped it, in a sentence; ``at`` the clock when it ended."""

    title: str
    outcome: str
    seconds: float
    at: str


DONE, CANCELLED = "done", "cancelled"
running: Running | None = None
history: deque[Past] = deque(maxlen=50)  # of this session, newest first
reports: dict[str, Report] = {}  # feature -> the report of its last result in this session
_client: WorkerClient | None = None


def worker() -> WorkerClient:
    """The client of the one worker, on the Python that ``runtime`` found."""
    global _client
    command = runtime.command()
    if _client is not None and _client.command != command:
        end_worker()
    if _client is None:
        _client = WorkerClient(command, bpy.app.tempdir)
    return _client


def asked(method: str, values: dict, start: float = 0.0, end: float = 1.0) -> Generator[Step, None, Any]:
    """The worker's answer, as steps that take ``start``..``end`` of the whole; closing the generator cancels the request."""
    client = worker()
    request = client.start(method, values)
    try:
        while not request.done:
            yield Step(start + (end - start) * request.fraction, request.doing, waiting=True)
    finally:
        client.cancel(request)  # nothing when it is done
    return request.result()


def end_worker() -> None:
    """Ends the worker, if there is one."""
    global _client
    if _client is not None:
        _client.end()
        _client = None


def tend() -> float:
    """Timer: gives an idle worker's memory back."""
    if _client is not None:
        _client.end_if_idle(IDLE)
    return 30.0


class JobOperator:
    """Base of every operator that takes longer than a blink. Mixed into ``bpy.types.Operator`` (first in the bases)."""

    bl_options = {"REGISTER", "UNDO"}
    feature = ""  # whose panel shows the progress and the report
    needs_torch = False
    what_stays = "nothing was changed"  # after a cancel, in words
    finishes_writing = False  # writing is quick and has no way back: a cancel comes too late

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        """Why the button is grey, as one sentence, or "". Called with every redraw: must be instant."""
        return ""

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        """Yields the fraction read; returns the worker's method and its values. Raises WorldwrightError."""
        raise NotImplementedError

    def write(self, context: bpy.types.Context, result: Any) -> Generator[float, None, Report | None]:
        """Yields the fraction written; returns the report. Removes what it made when it fails or is closed."""
        raise NotImplementedError

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        """The whole job. An operator whose work is not the worker's overrides this one instead of the two above."""
        method, values = yield from _stage(self.request(context), 0.0, READ_END, "Reading")
        result = yield from asked(method, values, READ_END, WORK_END)
        return (yield from _stage(self.write(context, result), WORK_END, 1.0, "Writing into the scene"))

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        reason = f"“{running.title}” is running; wait or cancel it." if running else ""
        if not reason and cls.needs_torch:
            reason = runtime.missing(wait=bpy.app.background)
        reason = reason or cls.reason(context)
        if reason:
            cls.poll_message_set(reason)
        return not reason

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Runs to the end, blocking: headless, and from scripts."""
        self._begin(context)
        try:
            while (step := self._next()) is not None:
                if step.waiting:
                    time.sleep(0.002)
        except BaseException as error:
            return self._fail(context, error)
        return self._succeed(context)

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Runs beside the window's own work."""
        if bpy.app.background:
            return self.execute(context)
        self._begin(context)
        self._timer = context.window_manager.event_timer_add(TICK, window=context.window or context.window_manager.windows[0])
        context.window_manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if running.cancel or (event.type == "ESC" and event.value == "PRESS"):
            if not (self._touching and self.finishes_writing and running.fraction >= WORK_END):
                return self._fail(context, Cancelled())
        if event.type != "TIMER":
            return {"RUNNING_MODAL"} if self._blocks(context.region, event) else {"PASS_THROUGH"}
        began = time.perf_counter()
        try:
            while (step := self._next()) is not None:
                if step.waiting or time.perf_counter() >= began + SLICE:
                    _show(context, pause=began - self._left)
                    self._left = time.perf_counter()
                    return {"PASS_THROUGH"}
        except Exception as error:
            return self._fail(context, error)
        return self._succeed(context)

    def cancel(self, context: bpy.types.Context) -> None:
        """Blender ends the operator itself: another file is opened, or the window is closed."""
        self._steps.close()
        self._end(context, CANCELLED)

    def _blocks(self, region: bpy.types.Region | None, event: bpy.types.Event) -> bool:
        """Whether the artist's event has to wait: while the scene is read or written all but those in the sidebar do."""
        if event.type in BLOCKED_KEYS and (event.ctrl or event.oskey):
            return True
        if not self._touching or region is None:
            return self._touching
        x, y = event.mouse_x - region.x, event.mouse_y - region.y
        return not (0 <= x < region.width and 0 <= y < region.height)

    def _begin(self, context: bpy.types.Context) -> None:
        global running
        running = Running(self.bl_label, self.feature)
        self._began = time.perf_counter()
        self._timer = None
        self._touching = True
        self._left = time.perf_counter()
        self._report = None
        self._steps = self.steps(context)

    def _next(self) -> Step | None:
        """Advances the job; None when it has ended."""
        try:
            step = next(self._steps)
        except StopIteration as end:
            self._report = end.value
            return None
        self._touching = not step.waiting
        running.fraction, running.doing = step.fraction, step.doing
        return step

    def _succeed(self, context: bpy.types.Context) -> set[str]:
        self._end(context, DONE)
        if self._report is not None:
            reports[self.feature] = self._report
            for warning in self._report.warnings[:5]:
                self.report({"WARNING"}, warning)
        return {"FINISHED"}

    def _fail(self, context: bpy.types.Context, error: BaseException) -> set[str]:
        """Undoes what the job had done so far and says why, in one sentence."""
        self._steps.close()
        self._end(context, CANCELLED if isinstance(error, Cancelled) else str(error) or type(error).__name__)
        if isinstance(error, Cancelled):
            self.report({"INFO"}, f"{self.bl_label}: cancelled; {self.what_stays}.")
        elif isinstance(error, WorldwrightError):
            self.report({"ERROR"}, str(error))
        elif isinstance(error, Exception):
            log.error("%s failed", self.bl_idname, exc_info=error)
            self.report({"ERROR"}, f"An unexpected problem stopped the work: {type(error).__name__}: {error}.")
        else:
            raise error
        return {"CANCELLED"}

    def _end(self, context: bpy.types.Context, outcome: str) -> None:
        global running
        running = None
        history.appendleft(Past(self.bl_label, outcome, time.perf_counter() - self._began, time.strftime("%H:%M:%S")))
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            context.workspace.status_text_set(None)
            sidebar.redraw()


class WORLDWRIGHT_OT_cancel(bpy.types.Operator):
    """Stop the running job; the scene stays as it was"""

    bl_idname = "worldwright.cancel"
    bl_label = "Cancel"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return running is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        running.cancel = True
        return {"FINISHED"}


CLASSES = (WORLDWRIGHT_OT_cancel,)


def draw_button(layout: bpy.types.UILayout, feature: str, operator: str, icon: str) -> None:
    """A feature's main button; while its job runs, the bar and the ✕ in its place."""
    row = layout.row(align=True)
    row.scale_y = 1.4
    if running and running.feature == feature:
        row.progress(factor=running.fraction, text=running.doing or running.title)
        row.operator("worldwright.cancel", text="", icon="X")
    else:
        row.operator(operator, icon=icon)


def _stage(steps: Iterator[float], start: float, end: float, doing: str) -> Generator[Step, None, Any]:
    """A generator of fractions as steps of the whole; returns what it returns."""
    try:
        while True:
            yield Step(start + (end - start) * next(steps), doing)
    except StopIteration as stop:
        return stop.value
    finally:
        steps.close()


def _show(context: bpy.types.Context, pause: float) -> None:
    """Progress in the status bar and in the panels.

    A sidebar redraws the whole view under it, so only now and then, and less often the longer ``pause``, the seconds
    Blender took for itself since the last tick.
    """
    now = time.perf_counter()
    if now - running.shown < max(SHOW_INTERVAL, 3 * pause):
        return
    running.shown = now
    context.workspace.status_text_set(f"{running.title}: {100 * running.fraction:.0f} %  {running.doing}    Esc: cancel")
    sidebar.redraw()
