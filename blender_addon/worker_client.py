"""Blender's side of the worker: starts it, hands it requests, notices when it dies, ends it. Free of bpy.

Everything that could block, writing a payload, reading a result or waiting for the process, happens on threads that touch
only their own copies; the main thread looks at a ``Request`` now and then.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import core
from .core import codec
from .core.errors import Cancelled, WorldwrightError

GRACE = 2.0  # seconds a cancelled worker has to stop before it is killed
IDLE = 300.0  # seconds a worker without work is kept
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would flash a console

# The core is loaded under its own name from its own folder: the folder around it must not shadow installed packages.
BOOTSTRAP = """
import importlib.util, os, sys
core, folder = sys.argv[1:]
spec = importlib.util.spec_from_file_location(
    "worldwright_core", os.path.join(core, "__init__.py"), submodule_search_locations=[core]
)
module = sys.modules["worldwright_core"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from worldwright_core.worker import main
main(folder)
"""


class Request:
    """One request on its way. ``fraction`` and ``doing`` tell how far it is; ``done`` that ``result()`` will not block."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.fraction = 0.0
        self.doing = "Starting"
        self._outcome: Any = None
        self._error: Exception | None = None
        self._finished = threading.Event()

    @property
    def done(self) -> bool:
        return self._finished.is_set()

    def wait(self, seconds: float) -> bool:
        """Blocks until it is done, at most ``seconds``; tells whether it is."""
        return self._finished.wait(seconds)

    def result(self) -> Any:
        """What the method returned. Raises WorldwrightError when it failed or the worker died, Cancelled when cancelled."""
        self._finished.wait()
        if self._error:
            raise self._error
        return self._outcome

    def finish(self, outcome: Any = None, error: Exception | None = None) -> None:
        if not self.done:
            self._outcome, self._error = outcome, error
            self._finished.set()


class WorkerClient:
    """One worker process, started with the first request and kept warm for the next ones.

    Args:
        command: the interpreter and its own arguments, such as ``["/env/bin/python", "-I"]``.
        parent: an existing folder for the private temporary folder; the system's own when empty.
    """

    def __init__(self, command: Sequence[str], parent: str = "") -> None:
        self.command = tuple(command)
        self.parent = parent
        self._process: _Process | None = None
        self._count = 0

    @property
    def pid(self) -> int | None:
        """The process number of the living worker, or None."""
        return self._process.popen.pid if self._process and self._process.alive else None

    def start(self, method: str, values: dict) -> Request:
        """Sends a request. Raises WorldwrightError when no worker can be started."""
        if self._process and not self._process.ready_for_work:
            self.end()
        if not self._process:
            self._process = _Process(self.command, self.parent)
        self._count += 1
        request = Request(self._count)
        self._process.submit(request, method, values)
        return request

    def cancel(self, request: Request) -> None:
        """Makes ``request.result()`` raise Cancelled at once; the worker is told to stop, and killed if it does not."""
        if not request.done and self._process:
            request.finish(error=Cancelled())
            self._process.cancel(request)

    def end_if_idle(self, seconds: float = IDLE) -> None:
        """Ends a worker that has had nothing to do for ``seconds``: its memory goes back to the machine."""
        if self._process and self._process.idle_for() > seconds:
            self.end()

    def end(self) -> None:
        """Ends the worker and removes its folder."""
        if self._process:
            self._process.kill()
            self._process = None


class _Process:
    """The running worker with its threads."""

    def __init__(self, command: Sequence[str], parent: str) -> None:
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="worldwright-", dir=parent or None))  # mode 700
        except OSError as error:
            raise WorldwrightError(
                f"The temporary folder cannot be written: {error.strerror}.",
                "Choose another one in Preferences › File Paths › Temporary Files.",
            ) from error
        threads = str(max(1, (os.cpu_count() or 2) // 2))  # the other half stays Blender's
        environment = {"OMP_NUM_THREADS": threads, **os.environ}
        self.log = self.folder / "worker.log"
        try:
            with open(self.log, "wb") as log:
                self.popen = subprocess.Popen(
                    [*command, "-u", "-c", BOOTSTRAP, str(Path(core.__file__).parent), str(self.folder)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=self.folder, env=environment,
                    creationflags=NO_WINDOW,
                )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise WorldwrightError(
                f"The Python “{command[0]}” cannot be started: {error.strerror}.",
                "Choose another one in the extension's preferences.",
            ) from error
        self.requests: dict[int, Request] = {}  # those the worker has not answered yet
        self.last_use = time.monotonic()
        self.outbox: queue.SimpleQueue[tuple[Request, str, dict] | None] = queue.SimpleQueue()
        for work in (self._send_all, self._receive_all):
            threading.Thread(target=work, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    @property
    def ready_for_work(self) -> bool:
        """Alive and not still busy with something that was cancelled."""
        return self.alive and not self.requests

    def idle_for(self) -> float:
        return 0.0 if self.requests else time.monotonic() - self.last_use

    def submit(self, request: Request, method: str, values: dict) -> None:
        self.requests[request.number] = request
        self.outbox.put((request, method, values))

    def cancel(self, request: Request) -> None:
        self._tell({"cancel": request.number})
        killer = threading.Timer(GRACE, lambda: self.kill() if request.number in self.requests else None)
        killer.daemon = True
        killer.start()

    def kill(self) -> None:
        """Ends the process and everything that waits for it."""
        self.outbox.put(None)
        self.popen.kill()
        self.popen.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tell(self, message: dict) -> None:
        try:
            self.popen.stdin.write(json.dumps(message).encode() + b"\n")
            self.popen.stdin.flush()
        except (OSError, ValueError):
            pass  # it has died; the receiving thread tells those who wait

    def _send_all(self) -> None:
        """Thread: writes payloads and sends their requests."""
        while (item := self.outbox.get()) is not None:
            request, method, values = item
            path = self.folder / f"{request.number}.npz"
            try:
                codec.save(path, values)
                self._tell({"id": request.number, "method": method, "payload": str(path)})
            except OSError as error:
                sentence = f"The data for the worker cannot be written: {error.strerror}."
                self._fail(request, WorldwrightError(sentence, "Make room on the disk of the temporary folder."))
            except Exception as error:  # a mistake in the values: whoever waits must hear of it
                self._fail(request, error)

    def _fail(self, request: Request, error: Exception) -> None:
        request.finish(error=error)
        self.requests.pop(request.number, None)

    def _receive_all(self) -> None:
        """Thread: takes the worker's messages until it ends, and then tells those who still wait."""
        for line in self.popen.stdout:
            try:
                self._receive(json.loads(line))
            except ValueError:
                break  # cut off in the middle
        self.popen.wait()
        for request in list(self.requests.values()):
            self._fail(request, WorldwrightError(self._obituary(), "Your scene was not changed; try again."))

    def _receive(self, message: dict) -> None:
        self.last_use = time.monotonic()
        request = self.requests.get(message.get("id", 0))
        if request is None:
            return
        if "progress" in message:
            request.fraction, request.doing = message["progress"], message["doing"]
            return
        if "result" in message:
            try:
                outcome = codec.load(message["result"])
                os.unlink(message["result"])
                request.finish(outcome)
            except (WorldwrightError, OSError) as error:
                request.finish(error=WorldwrightError(f"The worker's result cannot be read: {error}"))
        elif "error" in message:
            request.finish(error=WorldwrightError(message["error"], message.get("cure", "")))
        else:
            request.finish(error=Cancelled())
        self.requests.pop(request.number, None)

    def _obituary(self) -> str:
        """One sentence: that the worker died, and its last words."""
        try:
            lines = self.log.read_text(errors="replace").split("\n")
        except OSError:
            lines = []
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        ending = f": {last[:200]}" if last else f" (exit code {self.popen.returncode})"
        return f"The worker ended unexpectedly{ending.rstrip('.')}."
