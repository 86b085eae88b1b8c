"""The worker process and its client, without Blender: results, errors, cancel, death and tidying up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from worldwright import worker_client
from worldwright.core.errors import Cancelled, WorldwrightError
from worldwright.core.scene import Mesh
from worldwright.worker_client import WorkerClient

# Methods that no feature has, added to the real worker: one that can be cancelled, one that cannot, ones that go wrong.
METHODS = '''
import ctypes, os, sys, time
from worldwright_core import service
from worldwright_core.errors import WorldwrightError
def patient(values, progress):
    print("a library prints this to standard output")
    for step in range(1000):
        progress(step / 1000, "Waiting")
        time.sleep(0.01)
def stubborn(values, progress):
    open(values["mark"], "w").close()
    time.sleep(60)
def rude(values, progress):
    print("Something about CUDA that nobody can read", file=sys.stderr, flush=True)
    os._exit(7)
def refuse(values, progress):
    raise WorldwrightError("The chair has no legs.", "Give it legs.")
def blunder(values, progress):
    return [][1]
def echo(values, progress):
    return values
service.METHODS.update(patient=patient, stubborn=stubborn, rude=rude, refuse=refuse, blunder=blunder, echo=echo)
main(folder)
'''


@pytest.fixture
def client(monkeypatch, tmp_path):
    monkeypatch.setattr(worker_client, "BOOTSTRAP", worker_client.BOOTSTRAP.replace("main(folder)\n", METHODS))
    client = WorkerClient([sys.executable, "-I"], str(tmp_path))
    yield client
    client.end()


def test_values_come_back_as_they_were_sent(client):
    mesh = Mesh.from_faces("Triangle", np.eye(3), np.array([[0, 1, 2]]))
    result = client.start("echo", {"meshes": [mesh, mesh], "ü": (1, 2.5, None)}).result()
    assert result["meshes"][0] is result["meshes"][1]
    assert result["meshes"][0].name == "Triangle"
    np.testing.assert_array_equal(result["meshes"][0].vertices, np.eye(3, dtype=np.float32))
    assert result["ü"] == (1, 2.5, None)


def test_describe_names_the_versions_and_the_worker_stays_warm(client):
    assert client.start("describe", {}).result()["numpy"] == np.__version__
    first = client.pid
    started = time.perf_counter()
    client.start("describe", {}).result()
    assert client.pid == first
    assert time.perf_counter() - started < 0.5


def test_the_core_is_found_without_the_folder_around_it(client):
    """The extension's folder must not be able to shadow installed packages: only the core itself is importable."""
    folder = Path(worker_client.core.__file__).parent
    code = worker_client.BOOTSTRAP.replace("main(folder)\n", "print(sys.path)\n")
    printed = subprocess.run(
        [sys.executable, "-I", "-c", code, folder, "unused"], capture_output=True, text=True, check=True
    ).stdout
    assert str(folder.parent) not in eval_list(printed)


def eval_list(printed: str) -> list[str]:
    return [part.strip(" '\n[]") for part in printed.split(",")]


def test_printing_does_not_disturb_and_progress_arrives(client):
    request = client.start("patient", {})
    deadline = time.monotonic() + 10
    while request.fraction < 0.02 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert request.doing == "Waiting" and 0 < request.fraction < 1 and not request.done
    client.cancel(request)


def test_errors_keep_their_sentence_and_cure(client):
    with pytest.raises(WorldwrightError) as caught:
        client.start("refuse", {}).result()
    assert (caught.value.sentence, caught.value.cure) == ("The chair has no legs.", "Give it legs.")
    with pytest.raises(WorldwrightError, match="IndexError: list index out of range"):
        client.start("blunder", {}).result()
    assert client.start("echo", {"still": "there"}).result() == {"still": "there"}


def test_cancel_answers_at_once_and_the_worker_goes_on(client):
    client.start("describe", {}).result()
    pid = client.pid
    request = client.start("patient", {})
    time.sleep(0.2)
    started = time.perf_counter()
    client.cancel(request)
    with pytest.raises(Cancelled):
        request.result()
    assert time.perf_counter() - started < 0.1
    time.sleep(0.3)
    assert client.start("echo", {"a": 1}).result() == {"a": 1}
    assert client.pid == pid


def test_a_worker_that_does_not_stop_is_killed(client, tmp_path):
    mark = tmp_path / "mark"
    request = client.start("stubborn", {"mark": str(mark)})
    while not mark.exists():
        time.sleep(0.01)
    client.cancel(request)
    assert client.pid is not None
    deadline = time.monotonic() + worker_client.GRACE + 1.5
    while client.pid is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert client.pid is None
    assert client.start("echo", {"a": 2}).result() == {"a": 2}


def test_work_after_a_cancel_does_not_wait_for_the_stubborn_worker(client, tmp_path):
    mark = tmp_path / "mark"
    request = client.start("stubborn", {"mark": str(mark)})
    while not mark.exists():
        time.sleep(0.01)
    client.cancel(request)
    started = time.perf_counter()
    assert client.start("echo", {"a": 3}).result() == {"a": 3}
    assert time.perf_counter() - started < worker_client.GRACE


def test_a_killed_worker_is_one_sentence_and_the_next_request_works(client):
    request = client.start("patient", {})
    time.sleep(0.3)
    os.kill(client.pid, signal.SIGKILL)
    with pytest.raises(WorldwrightError, match=r"The worker ended unexpectedly.*try again\."):
        request.result()
    assert client.start("echo", {"a": 4}).result() == {"a": 4}


def test_the_last_words_of_a_dying_worker_are_shown(client):
    with pytest.raises(WorldwrightError, match="Something about CUDA"):
        client.start("rude", {}).result()


def test_values_that_cannot_travel_are_an_error_and_not_a_wait(client):
    request = client.start("echo", {"what": object()})
    assert request.wait(5)
    with pytest.raises(TypeError):
        request.result()


def test_the_folder_is_private_and_goes_with_the_worker(client, tmp_path):
    client.start("echo", {"a": np.zeros(10)}).result()
    (folder,) = tmp_path.glob("worldwright-*")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["worker.log"]  # payloads and results are gone as soon as they are read
    client.end()
    assert not folder.exists() and client.pid is None


def test_the_worker_dies_with_its_parent(tmp_path):
    code = (
        "import sys; from worldwright.worker_client import WorkerClient\n"
        f"client = WorkerClient([sys.executable, '-I'], {str(tmp_path)!r}); client.start('describe', {{}}).result()\n"
        "print(client.pid, flush=True); import os; os._exit(1)"
    )
    pid = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
    deadline = time.monotonic() + 3
    while (Path(f"/proc/{pid}").exists() or list(tmp_path.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_idle_worker_gives_its_memory_back(client):
    client.start("describe", {}).result()
    client.end_if_idle(60)
    assert client.pid is not None
    time.sleep(0.05)
    client.end_if_idle(0.01)
    assert client.pid is None


def test_no_place_and_no_python_are_sentences(tmp_path):
    with pytest.raises(WorldwrightError, match="temporary folder cannot be written"):
        WorkerClient([sys.executable], str(tmp_path / "missing")).start("describe", {})
    with pytest.raises(WorldwrightError, match="cannot be started"):
        WorkerClient([str(tmp_path / "no-python")], str(tmp_path)).start("describe", {})
    assert not list(tmp_path.iterdir())
