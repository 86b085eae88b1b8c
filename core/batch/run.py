"""Runs a job: what was done before is skipped, each result is reported at once, and a contact sheet closes it."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ..errors import WorldwrightError
from ..progress import Progress
from .job import Item, Job
from .local import run_local
from .report import ReportFile, fingerprint, write_sheet


def run_job(job: Job, folder: Path, command: list[str], options: argparse.Namespace, progress: Progress) -> dict:
    """Runs what is left of the job and returns a summary: done, failed, skipped, failures, seconds, items_per_second.

    Args:
        folder: of the results; steps write into folders named after them.
        command: starts a worker here (``Host.worker_command``).
        options: ``workers``, ``engine`` ("local" or "ray"), ``address``, ``retry_failed``, and ``to``: an address that fsspec
            knows where the results go instead, while the report stays in ``folder``; "" for none.

    Raises WorldwrightError when the folder cannot be written, the address is not known or no worker starts.
    """
    started = time.perf_counter()
    check_address(options.to)
    report = ReportFile(folder)
    prints = {item.key: fingerprint(item, job.steps) for item in job.items}
    waiting = [item for item in job.items if not _done(report.lines.get(item.key), prints[item.key], options.retry_failed)]
    skipped = len(job.items) - len(waiting)
    done = failed = 0
    try:
        for entry in _entries(job, waiting, folder, command, options):
            report.add({**entry, "print": prints[entry["item"]], "ended": round(time.time(), 1)})
            done, failed = done + entry["ok"], failed + (not entry["ok"])
            progress((done + failed) / len(waiting), f"{done + failed} of {len(waiting)}, {failed} failed")
    finally:
        report.close()
        lines = [report.lines[item.key] for item in job.items if item.key in report.lines]
        write_sheet(folder, job.name, lines)
    seconds = time.perf_counter() - started
    failures = [{"item": entry["item"], "error": entry["error"]} for entry in lines if not entry["ok"]]
    return {
        "done": done, "failed": len(failures), "skipped": skipped, "failures": failures, "seconds": round(seconds, 2),
        "items_per_second": round((done + failed) / seconds, 3),
    }  # fmt: skip


def _entries(job: Job, items: list[Item], folder: Path, command: list[str], options: argparse.Namespace) -> Iterator[dict]:
    if not items:
        return iter(())
    if options.engine == "ray":
        from .ray_engine import run_ray

        return run_ray(job, items, options.to or str(folder), command, options.address, options.workers or job.workers)
    workers = options.workers or job.workers or max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
    memory = job.memory or 0.75 * _machine_memory()
    return run_local(job, items, folder.absolute(), command, workers, memory, options.to)


def check_address(address: str) -> None:
    """Raises WorldwrightError when results cannot go to that address: before any work is done."""
    if not address:
        return
    if "://" not in address:
        raise WorldwrightError(f"“{address}” is no address.", "Say for instance s3://bucket/results; a folder is given with -o.")
    try:
        import fsspec
    except ImportError as error:
        raise WorldwrightError("fsspec is not installed.", "Install it with: pip install fsspec.") from error
    try:
        fsspec.get_filesystem_class(address.partition("://")[0])
    except (ValueError, ImportError) as error:
        raise WorldwrightError(f"“{address}” cannot be reached: {error}.".replace("..", ".")) from error


def _done(entry: dict | None, print_now: str, retry_failed: bool) -> bool:
    return entry is not None and entry.get("print") == print_now and (entry["ok"] or not retry_failed)


def _machine_memory() -> float:
    """Megabytes this machine has."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 20)
    except (ValueError, OSError, AttributeError):
        return 8192.0
