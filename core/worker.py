"""The worker: a child process that does the heavy work and cannot take Blender down with it.

It speaks one JSON object per line. To the worker: ``{"id": 1, "method": "annotate", "payload": PATH}`` and
``{"cancel": 1}``. From the worker: ``{"ready": true}`` once, then for each request any number of
``{"id": 1, "progress": 0.4, "doing": "..."}`` and exactly one of ``{"id": 1, "result": PATH}``,
``{"id": 1, "error": SENTENCE, "cure": SENTENCE}`` and ``{"id": 1, "cancelled": true}``. Values travel as files of
``codec.save`` in the folder given when it starts. The worker ends when its standard input closes: with its parent.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from . import codec, service
from .errors import Cancelled, WorldwrightError

PROGRESS_INTERVAL = 0.05  # seconds between two progress messages, so that a chatty loop does not flood the pipe


class Worker:
    """Reads requests on one thread, so that a cancel is noticed while the other one works."""

    def __init__(self, folder: Path, stdin: Any, stdout: Any) -> None:
        self.folder = folder
        self.stdin = stdin
        self.stdout = stdout
        self.requests: queue.SimpleQueue[dict] = queue.SimpleQueue()
        self.cancelled: set[int] = set()

    def run(self) -> None:
        """Answers requests until the process ends."""
        threading.Thread(target=self.listen, daemon=True).start()
        self.send({"ready": True})
        while True:
            self.answer(self.requests.get())

    def listen(self) -> None:
        """Sorts incoming messages; when the parent is gone, takes the folder along and ends at once, whatever is running."""
        for line in self.stdin:
            message = json.loads(line)
            if "cancel" in message:
                self.cancelled.add(message["cancel"])
            else:
                self.requests.put(message)
        shutil.rmtree(self.folder, ignore_errors=True)
        os._exit(0)

    def send(self, message: dict) -> None:
        self.stdout.write(json.dumps(message).encode() + b"\n")
        self.stdout.flush()

    def answer(self, request: dict) -> None:
        """Does one request and sends its one final message. The payload's file is removed, whatever happens."""
        number = request["id"]
        payload = Path(request["payload"])
        try:
            self.check(number)
            values = codec.load(payload)
            payload.unlink()
            result = service.METHODS[request["method"]](values, self.progress(number))
            self.check(number)
            path = self.folder / f"{number}.result.npz"
            codec.save(path, result)
            self.send({"id": number, "result": str(path)})
        except Cancelled:
            self.send({"id": number, "cancelled": True})
        except WorldwrightError as error:
            self.send({"id": number, "error": error.sentence, "cure": error.cure})
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            self.send({"id": number, **explain(error)})
        finally:
            payload.unlink(missing_ok=True)
            self.cancelled.discard(number)

    def check(self, number: int) -> None:
        if number in self.cancelled:
            raise Cancelled

    def progress(self, number: int):
        """The ``Progress`` of one request."""
        last = 0.0

        def report(fraction: float, doing: str) -> None:
            nonlocal last
            self.check(number)
            now = time.monotonic()
            if now - last >= PROGRESS_INTERVAL:
                last = now
                self.send({"id": number, "progress": round(float(fraction), 4), "doing": doing})

        return report


def explain(error: Exception) -> dict[str, str]:
    """The two sentences shown for an exception nobody expected."""
    if isinstance(error, MemoryError):
        return {"error": "There is not enough memory for this.", "cure": "Use fewer points or select less at a time."}
    if isinstance(error, ModuleNotFoundError):
        if (error.name or "").startswith(__package__):
            return {"error": f"This copy of Worldwright lacks “{error.name}”.", "cure": "Install the extension's zip again."}
        return {"error": f"The worker's Python lacks the package “{error.name}”.", "cure": "Open the Doctor panel."}
    if isinstance(error, OSError) and error.strerror:
        return {"error": f"A file could not be used: {error.strerror}.", "cure": "Look at free disk space and permissions."}
    return {"error": f"An unexpected problem stopped the work: {type(error).__name__}: {error}.", "cure": ""}


def main(folder: str) -> None:
    """Runs a worker on this process's standard input and output, with ``folder`` for the values.

    The real standard output becomes the protocol's own; whatever a library prints goes to standard error, the log.
    """
    protocol = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    Worker(Path(folder), sys.stdin.buffer, protocol).run()
