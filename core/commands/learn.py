"""``worldwright library · train · tune · pretrain``: models of one's own, from one's own library."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Cancelled, WorldwrightError
from ..learning.artist_library import LABELS
from ..learning.store import INDEX
from ..scene import Report

if TYPE_CHECKING:
    from ..cli import Host

LIBRARY = "folder with one folder for each label, CSV with the columns file and label, .blend, or what “library” wrote"


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the four verbs."""
    made = command("library", library, "Read a library of models once, as point clouds to train on.", "folder of the point clouds")
    _source(made)
    made = command("train", train, "Teach a model your own words from your own library.",
                   "folder of the run; a stopped one goes on")  # fmt: skip
    _source(made)
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                      help="a setting, such as name=furniture, base=annotator, method=lora, epochs=20 (repeatable)")  # fmt: skip
    made.add_argument("--from", type=Path, dest="settings", metavar="JSON", help="settings that “tune” found (best.json)")
    made.add_argument("--keep", action="store_true", help="do not go on: make a model of the best that a stopped run has found")
    made = command("tune", tune, "Search good settings for training on a library.", "folder of the search; a stopped one goes on")
    _source(made)
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                      help="trials, epochs, base or method (repeatable)")  # fmt: skip
    made = command("pretrain", pretrain, "Learn shapes from models without labels, as a base for training.",
                   "folder of the run; a stopped one goes on")  # fmt: skip
    _source(made)
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                      help="a setting, such as name=shapes, objective=masked, epochs=40 (repeatable)")  # fmt: skip
    made.add_argument("--report", metavar="NAME", help="do not pre-train: say how many labels this pre-trained network (or "
                      "“pretrained”, the shipped one) saves on a labelled library")  # fmt: skip


def _source(made: argparse.ArgumentParser) -> None:
    made.add_argument("library", type=Path, metavar="LIBRARY", help=LIBRARY)
    made.add_argument("--labels", choices=LABELS, default="folders", help="where labels come from: folders (and the CSV), or in "
                      ".blend files collections, asset tags or asset catalogues; none (default %(default)s)")  # fmt: skip


def library(host: Host, options: argparse.Namespace) -> int:
    """Library → store of point clouds."""
    from .. import cli

    started = time.perf_counter()
    index = host.read_library(options.library, options.labels, options.output, cli._progress(host))
    labels = {cloud.label for cloud in index.clouds if cloud.label}
    counts = {"models": len(index.clouds), "labels": len(labels)}
    return cli._report(host, options, Report(counts, {}, index.warnings, {"total": time.perf_counter() - started}))


def train(host: Host, options: argparse.Namespace) -> int:
    """Library → registered model."""
    values = {**(json.loads(options.settings.read_text(encoding="utf-8")) if options.settings else {}), **_values(options)}
    try:
        return _work(host, options, "train", values, {"keep": options.keep})
    except (KeyboardInterrupt, Cancelled):
        cure = "Go on with the same command, or add --keep to use the best so far."
        raise WorldwrightError(f"Cancelled; “{options.output}” keeps the best model so far.", cure) from None


def tune(host: Host, options: argparse.Namespace) -> int:
    """Library → settings."""
    return _work(host, options, "tune", _values(options), {})


def pretrain(host: Host, options: argparse.Namespace) -> int:
    """Library → base for trainings, or the report of labels saved."""
    if options.report:
        return _work(host, options, "labels_saved", {}, {"base": options.report, "seed": options.seed or 0})
    return _work(host, options, "pretrain", _values(options), {})


def _values(options: argparse.Namespace) -> dict[str, Any]:
    from .. import cli

    return cli.read_settings(options)


def _work(host: Host, options: argparse.Namespace, method: str, brief: dict, more: dict) -> int:
    """Reads the library where that was not done, has the worker do the rest, and prints what came out."""
    from .. import cli

    started, place = time.perf_counter(), options.library
    if options.output.is_file():
        raise WorldwrightError(f"“{options.output}” is a file.", "Choose a folder for the run.")
    source = place.name
    if not (place / INDEX).exists() and host.blender:  # only Blender reads everything; without it the work reads what it can
        place = options.output / "clouds"
        host.read_library(options.library, options.labels, place, cli._progress(host))
    request = {"library": str(place.absolute()), "labels": options.labels, "folder": str(options.output.absolute()),
               "brief": brief, "source": source, **more}  # fmt: skip
    found = host.work(method, request, cli._progress(host))
    report = Report(found.get("counts", {}), found.get("scores", {}), found.get("warnings", []))
    report.seconds["total"] = time.perf_counter() - started
    notes = _notes(method, found)
    return cli._report(host, options, report, notes=notes, result=found)


def _notes(method: str, found: dict) -> list[str]:
    """What to read of a result, for people."""
    if method == "tune":
        settings = " ".join(f"--set {name}={value:.4g}" if isinstance(value, float) else f"--set {name}={value}"
                            for name, value in found["best"].items())  # fmt: skip
        return [f"best of {len(found['trials'])} trials ({found['pruned']} stopped early): loss {found['loss']:.3f}", settings]
    if method == "labels_saved":
        return [f"{way}: " + ", ".join(f"{row['labels']} labels {row['accuracy']:.1%}" for row in rows)
                for way, rows in found["ways"].items()]  # fmt: skip
    return [f"registered as {found['model']}"] if found.get("model") else []
