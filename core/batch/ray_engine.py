"""The same job on a ray cluster: items are streamed to actors, one for each worker, and come back as they end.

An actor loads its models once. When a node is lost, its actors' items go back into the queue, and actors start anew on the
nodes there are; an item that has taken its actor down more than ``job.retries`` times is given up. Results go to the shared
folder of the job, or where it is an address such as ``s3://bucket/results`` are copied there through fsspec.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import WorldwrightError
from .job import Item, Job

WAIT = 1.0  # seconds between two looks at what has ended
LOST = 3  # times a node may take an item with it, which is not the item's fault


class Runner:
    """What an actor does; one process of its own on some node."""

    def __init__(self, core: str, addon: str) -> None:
        start = importlib.util.spec_from_file_location("worldwright_start", Path(core) / "batch" / "start.py")
        if start is None or start.loader is None:
            raise ImportError(f"no package in {core}")
        module = importlib.util.module_from_spec(start)
        start.loader.exec_module(module)
        self.core = module.load(addon, core)
        self.make_host = importlib.import_module(f"{self.core}.batch.worker").host_maker(addon != "-")

    def do(self, item: dict, steps: list[dict], folder: str) -> dict:
        worker = importlib.import_module(f"{self.core}.batch.worker")
        job = importlib.import_module(f"{self.core}.batch.job")
        work = [job.Step(**{**step, "words": tuple(step["words"])}) for step in steps]
        answer = worker.do_item_for(self.make_host, job.Item(**item), work, folder)
        return {**answer, "memory": worker.memory_used(os.getpid()), "node": os.uname().nodename if hasattr(os, "uname") else ""}


def run_ray(
    job: Job, items: list[Item], folder: str, command: list[str], address: str = "", workers: int = 0
) -> Iterator[dict]:
    """Yields one entry for each item as it ends, as ``local.run_local`` does.

    Args:
        folder: of the results, seen by every node, or an address that fsspec knows.
        command: the local worker's command; its last two words are where the add-on and the core lie, on every node alike.
        address: of the cluster's head; "" uses the one this process is joined to already, or starts one here.
        workers: actors; 0 is one for each processor of the cluster.

    Raises WorldwrightError when ray is missing or the cluster cannot be reached.
    """
    try:
        import ray
    except ImportError as error:
        raise WorldwrightError("ray is not installed.", "Install it with: pip install ray.") from error
    if not ray.is_initialized():
        try:
            ray.init(address=address or None, log_to_driver=False, include_dashboard=False)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise WorldwrightError(f"The ray cluster “{address}” cannot be reached: {error}.") from error
    count = workers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
    yield from _Stream(ray, job, items, folder, command[-1], command[-2], count).entries()


class _Stream:
    def __init__(self, ray: Any, job: Job, items: list[Item], folder: str, core: str, addon: str, count: int) -> None:
        self.ray, self.job, self.folder, self.count = ray, job, folder, min(count, len(items))
        self.kind = ray.remote(max_restarts=0, max_task_retries=0, num_cpus=1)(Runner)
        self.places = core, addon
        self.steps = [asdict(step) for step in job.steps]
        self.waiting = deque(items)
        self.tries = dict.fromkeys((item.key for item in items), 0)
        self.busy: dict[Any, tuple[Any, Item, float]] = {}  # what is awaited -> actor, item, since when

    def entries(self) -> Iterator[dict]:
        while self.waiting or self.busy:
            while self.waiting and len(self.busy) < self.count:  # no more are handed out than can be worked on
                self._give(self.kind.remote(*self.places), self.waiting.popleft())
            ended, _ = self.ray.wait(list(self.busy), timeout=WAIT)
            for reference in ended:
                yield from self._ended(reference)
            now = time.monotonic()
            for reference in [r for r, (_, _, since) in self.busy.items() if now - since > self.job.timeout]:
                actor, item, _ = self.busy.pop(reference)
                self.ray.kill(actor)
                yield _failed(item, f"It took longer than {self.job.timeout:g} seconds.")

    def _give(self, actor: Any, item: Item) -> None:
        self.busy[actor.do.remote(asdict(item), self.steps, self.folder)] = (actor, item, time.monotonic())

    def _ended(self, reference: Any) -> Iterator[dict]:
        actor, item, _ = self.busy.pop(reference)
        try:
            answer = self.ray.get(reference)
        except self.ray.exceptions.RayActorError:
            self.tries[item.key] += 1
            if self.tries[item.key] <= max(self.job.retries, LOST):
                self.waiting.appendleft(item)
            else:
                yield _failed(item, "The process that worked on it ended unexpectedly.")
            return
        except self.ray.exceptions.RayError as error:
            yield _failed(item, f"ray could not run it: {type(error).__name__}.")
        else:
            yield {"item": item.key, **answer}
        if self.waiting:
            self._give(actor, self.waiting.popleft())


def _failed(item: Item, reason: str) -> dict:
    return {"item": item.key, "ok": False, "error": reason, "outputs": {}, "seconds": {}}


