"""The workers of this machine: processes that are watched, timed, weighed and replaced."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ..errors import WorldwrightError
from ..game.validate import NO_WINDOW
from .job import Item, Job
from .worker import memory_used

START = 120.0  # seconds a worker may take to start
LOOK = 0.25  # seconds between two looks at memory and time
FRESH = 200  # items after which a worker is replaced, so that leaks of libraries stay small
MEGABYTE = 1 << 20


class BatchWorker:
    """One worker process and the item it has."""

    def __init__(self, command: list[str], log: Path, answers: queue.SimpleQueue) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
        self.log = open(log, "ab")  # noqa: SIM115 (as long as the process lives)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
                                        env=environment, start_new_session=os.name == "posix", creationflags=NO_WINDOW)  # fmt: skip
        self.item: Item | None = None
        self.ready, self.done = False, 0
        self.since = time.monotonic()
        threading.Thread(target=self._listen, args=(answers,), daemon=True).start()

    def _listen(self, answers: queue.SimpleQueue) -> None:
        for line in self.process.stdout or ():
            try:
                answers.put((self, json.loads(line)))
            except ValueError:
                continue
        answers.put((self, None))

    def give(self, item: Item, order: dict) -> None:
        self.item, self.since = item, time.monotonic()
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps({**order, "item": asdict(item)}).encode() + b"\n")
            self.process.stdin.flush()

    def end(self) -> None:
        """Ends the process and what it started."""
        try:
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()
        self.log.close()


def run_local(
    job: Job, items: list[Item], folder: Path, command: list[str], workers: int, memory: float, to: str = ""
) -> Iterator[dict]:
    """Yields one entry for each item as it ends: item, ok, error, outputs, seconds, memory (bytes).

    Args:
        command: starts a worker.
        memory: megabytes for all workers; one that passes its share is ended, and its item fails with that reason.
        to: an address that fsspec knows, where the results go instead of ``folder``.

    An item whose worker dies is tried ``job.retries`` times more. Raises WorldwrightError when no worker starts at all.
    """
    yield from _Pool(job, items, folder, command, workers, memory, to).entries()


class _Pool:
    def __init__(self, job: Job, items: list[Item], folder: Path, command: list[str], workers: int, memory: float, to: str) -> None:
        self.job, self.command, self.log = job, command, folder / "workers.log"
        self.waiting, self.left = deque(items), len(items)
        self.tries = dict.fromkeys((item.key for item in items), 0)
        self.order = {"steps": [asdict(step) for step in job.steps], "folder": to or str(folder)}
        self.answers: queue.SimpleQueue = queue.SimpleQueue()
        self.count = max(1, min(workers, len(items)))
        self.share = memory * MEGABYTE / self.count
        self.running: list[BatchWorker] = []
        self.dead_at_start = 0

    def entries(self) -> Iterator[dict]:
        try:
            for _ in range(self.count):
                self._start()
            while self.left:
                for worker, why in _ended(self.running, self.job.timeout, self.share):
                    yield from self._lost(worker, why)
                try:
                    worker, answer = self.answers.get(timeout=LOOK)
                except queue.Empty:
                    continue
                if answer is not None and worker in self.running:
                    yield from self._answered(worker, answer)
        finally:
            for worker in self.running:
                worker.end()

    def _start(self) -> None:
        self.running.append(BatchWorker(self.command, self.log, self.answers))

    def _lost(self, worker: BatchWorker, why: str) -> Iterator[dict]:
        """A worker is ended, and its item tried again or given up."""
        self.running.remove(worker)
        worker.end()
        if not worker.ready:
            self.dead_at_start += 1
            if self.dead_at_start > 2 * self.count:
                raise WorldwrightError("The workers of the batch do not start.", f"Look into {self.log}.")
        item = worker.item
        if item is not None:
            self.tries[item.key] += 1
            if why == DIED and self.tries[item.key] <= self.job.retries:
                self.waiting.appendleft(item)
            else:
                self.left -= 1
                error = _why(why, self.job, self.share)
                yield {"item": item.key, "ok": False, "error": error, "outputs": {}, "seconds": {}}
        if self.left:
            self._start()

    def _answered(self, worker: BatchWorker, answer: dict) -> Iterator[dict]:
        """A worker is ready or has done an item: it gets the next one, or is replaced when it has grown."""
        if answer.pop("ready", False):
            worker.ready = True
        elif worker.item is not None:
            item, worker.item = worker.item, None
            worker.done += 1
            self.left -= 1
            yield {"item": item.key, **answer}
            if worker.done >= FRESH or answer["memory"] > 0.8 * self.share:
                self.running.remove(worker)
                worker.end()
                if self.waiting:
                    self._start()
                return
        if worker.ready and worker.item is None and self.waiting:
            worker.give(self.waiting.popleft(), self.order)


DIED, SLOW, LARGE = "died", "slow", "large"


def _ended(running: list[BatchWorker], timeout: float, share: float) -> list[tuple[BatchWorker, str]]:
    """The workers to be replaced, and why."""
    found = []
    now = time.monotonic()
    for worker in running:
        limit = timeout if worker.ready else max(timeout, START)
        busy = worker.item is not None or not worker.ready
        if worker.process.poll() is not None:
            found.append((worker, DIED))
        elif busy and now - worker.since > limit:
            found.append((worker, SLOW))
        elif worker.item is not None and memory_used(worker.process.pid) > share:
            found.append((worker, LARGE))
    return found


def _why(why: str, job: Job, share: float) -> str:
    return {
        DIED: "The process that worked on it ended unexpectedly.",
        SLOW: f"It took longer than {job.timeout:g} seconds.",
        LARGE: f"It needed more than {share / MEGABYTE:,.0f} MB of memory.",
    }[why]
