"""A folder of models annotated as one batch: resumable, in processes of their own, with a table and a report of pictures.

Nothing but the file that is being read is ever in memory: each item's annotations go to its own JSON file, and table, COCO file
and report are written from these one after another.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..batch.job import Item, Job, Step
from ..batch.run import run_job
from ..errors import WorldwrightError
from ..progress import Progress
from ..review.queue import Queue
from .catalogue import write_catalogue
from .library_report import write_report
from .tables import row_of, write_table

TABLE, REPORT, REVIEW = "annotations.csv", "report.html", "review.jsonl"
TIMEOUT = 600.0  # seconds for one file
SUFFIX_OF = {"gltf": (".gltf", ".glb"), "usd": (".usd", ".usda", ".usdc", ".usdz")}


@dataclass
class LibraryOptions:
    """``reads``: what kinds of file the host reads, as it says them; the rest as the command line's options."""

    note: str = ""
    shape_only: bool = False
    model: str = ""
    csv: Path | None = None
    coco: bool = False
    usd: bool = False
    assets: bool = False
    workers: int = 0
    seed: int = 0
    reads: str = "glb, gltf, obj, ply, stl or off"
    retry_failed: bool = True


def models_in(folder: Path, reads: str) -> list[Path]:
    """Every model under ``folder``, sorted. Raises WorldwrightError when there is none."""
    kinds = {f".{word}" for word in re.findall(r"[a-z]+", reads) if word != "or"}
    kinds |= {suffix for kind, suffixes in SUFFIX_OF.items() if f".{kind}" in kinds for suffix in suffixes}
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in kinds and path.is_file())
    if not found:
        raise WorldwrightError(f"There is no model in “{folder}”.", f"Choose a folder with {reads}.")
    return found


def job_of(folder: Path, output: Path, options: LibraryOptions) -> Job:
    """The batch: one item a file."""
    items, taken = [], set()
    for path in models_in(folder, options.reads):
        if output.absolute() in path.absolute().parents:
            continue  # what an earlier run wrote
        key = plain = re.sub(r"[^\w.-]+", "_", path.relative_to(folder).with_suffix("").as_posix().replace("/", "-")) or "item"
        number = 2
        while key.lower() in taken:
            key, number = f"{plain}-{number}", number + 1
        taken.add(key.lower())
        items.append(Item(key, {"key": key}, str(path.absolute())))
    place = output.absolute()
    words = [f"--seed={options.seed}", f"--picture={place / 'pictures'}/{{key}}.png"]
    words += [f"--note={options.note}"] if options.note else []
    words += ["--shape-only"] if options.shape_only else []
    words += [f"--model={options.model}"] if options.model else []
    words += [f"--coco={place / 'coco'}/{{key}}"] if options.coco else []
    words += [f"--usd={place / 'usd'}/{{key}}.usda"] if options.usd else []
    words += [f"--blend={place / 'assets'}/{{key}}.blend", "--assets"] if options.assets else []
    steps = [Step("annotate", "annotate", "item", ".json", tuple(words))]
    return Job(folder.name, items, steps, TIMEOUT, workers=options.workers)


def annotate_library(folder: Path, output: Path, command: list[str], options: LibraryOptions, progress: Progress) -> dict:
    """Annotates every model under ``folder`` into ``output`` and returns the batch's summary with
    ``objects``, ``report`` and ``table``.

    ``command`` starts a worker. What an earlier run has done is not done again unless its file or an option has changed; failed
    files are tried anew. Raises WorldwrightError when there is no model or the output cannot be written.
    """
    job = job_of(folder, output, options)
    try:
        for name in ("pictures", *["usd"] * options.usd, *["assets"] * options.assets):
            (output / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorldwrightError(f"“{output}” cannot be written: {error.strerror}.", "Choose another folder.") from error
    how = argparse.Namespace(workers=options.workers, engine="local", address="", to="", retry_failed=options.retry_failed)
    summary = run_job(job, output, command, how, progress)
    table = options.csv or output / TABLE
    objects = write_table(table, (row_of(one, item.file) for item, one in annotations_of(job, output)))
    flagged = _flag(job, output)
    if options.coco:
        _merge_coco(job, output)
    if options.assets:
        write_catalogue(output / "assets")
    failed = {failure["item"]: failure["error"] for failure in summary["failures"]}
    report = write_report(output / REPORT, job.name, annotations_of(job, output), failed, output / "pictures")
    return summary | {"objects": objects, "flagged": flagged, "report": str(report), "table": str(table)}


def _flag(job: Job, output: Path) -> int:
    """Puts what a person should look at into the results' queue; how many wait there."""
    queue = Queue(output / REVIEW)
    for item, one in annotations_of(job, output):
        for flag in one.get("flags", []):
            if not queue.allows(flag["kind"], flag["text"]):
                queue.flag(flag["kind"], flag["text"], f"{flag['reason']} ({item.key})")
    return len(queue.waiting())


def annotations_of(job: Job, output: Path) -> Iterator[tuple[Item, dict]]:
    """Each item that was done with each of its annotations (JSON values), one at a time."""
    for item in job.items:
        path = output / "annotate" / f"{item.key}.json"
        if not path.exists():
            continue
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # a run killed in between; the next one writes it anew
        for one in values:
            yield item, one


def _merge_coco(job: Job, output: Path) -> None:
    from .coco import FILE, CocoFile

    whole = CocoFile(output / "coco")
    for item in job.items:
        if (output / "coco" / item.key / FILE).exists():
            whole.merge(output / "coco" / item.key)
    whole.save()
