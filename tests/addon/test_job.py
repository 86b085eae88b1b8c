"""The job operator: headless, and its modal side driven by hand; undo, failure, cancel, death of the worker."""

from __future__ import annotations

import os
import signal
import threading
import time
from types import SimpleNamespace

import helpers
import pytest


@pytest.fixture
def operator(empty_scene):
    """A job whose worker part, writing and failure the test decides; registered as ``worldwright.test``."""
    import bpy

    job = helpers.module("job")
    worker_client = helpers.module("worker_client")
    plan = SimpleNamespace(method="echo", values={"answer": 42}, write=None, written=[])
    bootstrap = worker_client.BOOTSTRAP
    worker_client.BOOTSTRAP = bootstrap.replace("main(folder)\n", METHODS)

    class WORLDWRIGHT_OT_test(job.JobOperator, bpy.types.Operator):
        bl_idname = "worldwright.test"
        bl_label = "Test"
        feature = "test"

        def request(self, context):
            yield 0.5
            return plan.method, plan.values

        def write(self, context, result):
            made = bpy.data.objects.new("Made", None)
            try:
                context.scene.collection.objects.link(made)
                for step in range(4):
                    yield step / 4
                if plan.write:
                    plan.write()
            except BaseException:
                bpy.data.objects.remove(made)
                raise
            plan.written.append(result)
            return job.Report(counts={"objects": 1})

    bpy.utils.register_class(WORLDWRIGHT_OT_test)
    yield plan
    bpy.utils.unregister_class(WORLDWRIGHT_OT_test)
    worker_client.BOOTSTRAP = bootstrap
    job.end_worker()


METHODS = """
import time
from worldwright_core import service
def echo(values, progress):
    return values
def patient(values, progress):
    for step in range(1000):
        progress(step / 1000, "Waiting")
        time.sleep(0.01)
service.METHODS.update(echo=echo, patient=patient)
main(folder)
"""


def run():
    import bpy

    return bpy.ops.worldwright.test("EXEC_DEFAULT", True)


def test_a_job_reads_works_and_writes_and_is_one_undo_step(operator):
    import bpy

    before = helpers.fingerprint()
    assert run() == {"FINISHED"}
    assert operator.written == [{"answer": 42}]
    assert helpers.module("job").reports["test"].counts == {"objects": 1}
    assert "Made" in bpy.data.objects and helpers.fingerprint() != before
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before


def test_a_failing_write_leaves_the_scene_as_it_was(operator):
    before = helpers.fingerprint()

    def fail():
        raise helpers.module("core.errors").WorldwrightError("The disk is full.", "Make room.")

    operator.write = fail
    with pytest.raises(RuntimeError, match=r"The disk is full\. Make room\."):
        run()
    assert helpers.fingerprint() == before
    assert helpers.module("job").running is None


def test_a_mistake_of_ours_is_a_sentence_too(operator):
    before = helpers.fingerprint()
    operator.write = lambda: [][1]
    with pytest.raises(RuntimeError, match="An unexpected problem stopped the work: IndexError"):
        run()
    assert helpers.fingerprint() == before


def test_a_killed_worker_is_one_sentence_and_the_scene_is_untouched(operator):
    before = helpers.fingerprint()
    operator.method = "patient"
    job = helpers.module("job")

    def kill():
        while not (job._client and job._client.pid):
            time.sleep(0.01)
        time.sleep(0.3)
        os.kill(job._client.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    with pytest.raises(RuntimeError, match="The worker ended unexpectedly"):
        run()
    thread.join()
    assert helpers.fingerprint() == before
    operator.method = "echo"
    assert run() == {"FINISHED"}


def test_nothing_else_can_start_while_a_job_runs(operator):
    import bpy

    job = helpers.module("job")
    job.running = job.Running("Another job", "test")
    try:
        with pytest.raises(RuntimeError, match="“Another job” is running"):
            bpy.ops.worldwright.test()
    finally:
        job.running = None


class Modal:
    """The operator's modal side with a made-up window, for events at exact moments."""

    def __init__(self, plan):
        import bpy

        job = helpers.module("job")
        self.job = job
        self.reports = []
        workspace = SimpleNamespace(status_text_set=lambda text: None)
        manager = SimpleNamespace(event_timer_remove=lambda timer: None)
        self.context = SimpleNamespace(
            window_manager=manager, workspace=workspace, region=None, scene=bpy.context.scene, window=None
        )
        base = bpy.types.WORLDWRIGHT_OT_test
        self.operator = SimpleNamespace(
            bl_label="Test", bl_idname="test", feature="test", finishes_writing=False, what_stays="nothing was changed"
        )
        self.operator.report = lambda kind, text: self.reports.append((kind, text))
        for name in ("steps", "request", "write", "modal", "_begin", "_next", "_succeed", "_fail", "_end", "_blocks"):
            function = next(class_.__dict__[name] for class_ in base.__mro__ if name in class_.__dict__)
            setattr(self.operator, name, function.__get__(self.operator))
        self.operator._begin(self.context)
        self.operator._timer = "timer"

    def send(self, type_, value="PRESS", **keys):
        event = SimpleNamespace(type=type_, value=value, ctrl=False, oskey=False, mouse_x=0, mouse_y=0)
        vars(event).update(keys)
        return self.operator.modal(self.context, event)

    def finish(self, seconds=10):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            outcome = self.send("TIMER")
            if outcome & {"FINISHED", "CANCELLED"}:
                return outcome
            time.sleep(0.01)
        raise AssertionError("the job did not end")


def test_the_window_gives_the_same_result(operator):
    modal = Modal(operator)
    assert modal.finish() == {"FINISHED"}
    assert operator.written == [{"answer": 42}]
    assert helpers.module("job").running is None


@pytest.mark.parametrize("by", ["key", "button"])
def test_cancel_in_the_window_is_instant(operator, by):
    before = helpers.fingerprint()
    operator.method = "patient"
    modal = Modal(operator)
    deadline = time.monotonic() + 10
    while modal.job.running.doing != "Waiting" and time.monotonic() < deadline:
        modal.send("TIMER")
        time.sleep(0.01)
    started = time.perf_counter()
    if by == "key":
        outcome = modal.send("ESC")
    else:
        modal.job.running.cancel = True
        outcome = modal.send("TIMER")
    assert outcome == {"CANCELLED"} and time.perf_counter() - started < 0.1
    assert modal.reports == [({"INFO"}, "Test: cancelled; nothing was changed.")]
    assert helpers.fingerprint() == before and modal.job.running is None


def test_undo_and_closing_wait_while_a_job_runs(operator):
    operator.method = "patient"
    modal = Modal(operator)
    deadline = time.monotonic() + 10
    while modal.job.running.doing != "Waiting" and time.monotonic() < deadline:
        modal.send("TIMER")
        time.sleep(0.01)
    assert modal.send("Z", ctrl=True) == {"RUNNING_MODAL"}
    assert modal.send("O", ctrl=True) == {"RUNNING_MODAL"}
    assert modal.send("Z") == {"PASS_THROUGH"}
    assert modal.send("MIDDLEMOUSE") == {"PASS_THROUGH"}
    modal.send("ESC")
