"""Packs of generated scenes and of real models for every engine: a table of passes and failures.

    python -m tests.benchmarks.bench_export DATA --count 60 --engines godot,web,unreal --scenes anna.npz room.npz

DATA is the folder with ``models.csv``. Each pack is written to a temporary folder. An export that is refused with a sentence
that names the cause counts apart from one that failed.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import bpy
import numpy as np
from worldwright.core import codec
from worldwright.core.errors import WorldwrightError
from worldwright.core.game.engines import ENGINES
from worldwright.exporting.pack import PackOptions, export_pack
from worldwright.reading.files import open_files
from worldwright.writing.scene import run, write_scene


def drive(steps):
    while True:
        try:
            step = next(steps)
        except StopIteration as done:
            return done.value
        if step.waiting:
            time.sleep(0.01)


def chosen_models(data: Path, count: int) -> list[Path]:
    """Files spread evenly over authors, packs and kinds; a third of them figures, which are rigged and animated."""
    with open(data / "models.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["file"]]
    rng = np.random.default_rng(0)
    groups: dict[bool, dict] = {True: defaultdict(list), False: defaultdict(list)}
    for row in rows:
        figure = "character" in row["category"].lower() or row["label"] in ("person", "animal", "monster", "robot")
        groups[figure][row["author"], row["category"], row["label"]].append(data / row["file"])
    chosen: list[Path] = []
    for figure, share in ((True, count // 3), (False, count - count // 3)):
        found = [files[rng.integers(len(files))] for _, files in sorted(groups[figure].items())]
        spare = sorted({path for files in groups[figure].values() for path in files} - set(found))
        rng.shuffle(found)
        rng.shuffle(spare)
        chosen += [*found, *spare][:share]
    return chosen


def one(name: str, load, engine: str, folder: Path) -> tuple[str, float, str]:
    """(passed / refused / failed, seconds, why)."""
    started = time.perf_counter()
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    try:
        objects = load()
        report = drive(export_pack(bpy.context, objects, folder / f"{engine}", engine, PackOptions(overwrite=True, viewer=False)))
        ran = sum("not run" not in value for value in report.checks.values() if isinstance(value, dict))
        return "passed", time.perf_counter() - started, f"{ran} proofs"
    except WorldwrightError as error:
        named = "nothing was written" not in str(error) and "exporting Blender" not in str(error)
        return ("refused" if named else "FAILED"), time.perf_counter() - started, str(error)
    except Exception as error:
        return "FAILED", time.perf_counter() - started, f"{type(error).__name__}: {error}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--scenes", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    jobs = {path.stem: (lambda path=path: run(write_scene(bpy.context, codec.load(path))).all_objects) for path in options.scenes}
    for path in chosen_models(options.data, options.count):
        jobs[f"{path.parent.name}/{path.name}"] = lambda path=path: open_files([path])
    totals = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as home:
        for name, load in jobs.items():
            for engine in options.engines.split(","):
                outcome, seconds, why = one(name, load, engine, Path(home))
                totals[engine][outcome] += 1
                sys.stdout.write(f"{engine:8} {outcome:8} {seconds:6.1f} s  {name}: {why}\n")
                sys.stdout.flush()
    for engine, counts in totals.items():
        sys.stdout.write(f"{engine:8} {dict(counts)}\n")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
