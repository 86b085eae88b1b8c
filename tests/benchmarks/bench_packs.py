"""Sixty models by artists and everything that is generated, through the packs of all engines: passed, refused or failed, and why.

    python -m tests.benchmarks.bench_packs DATA OUT [--count 60] [--engines godot,web] [--only NAME …] [--again OUTCOME …] [--table]

DATA is the folder with ``models.csv``. OUT keeps the generated scenes and ``packs.jsonl``, a line for each pack as it ends, from
which a run goes on where it was; ``--again failed refused`` does those once more, ``--table`` only prints what there is. Every
model has a process of its own, so that one that crashes or hangs is a line of the table and no more.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ENGINES = ("unreal", "unity", "godot", "vrm", "web", "roblox", "usd")
PATIENCE = 900  # seconds for one pack
RESULTS = "packs.jsonl"
SCENES = {  # name -> words of the command line
    "creature": ["creature", "a black wolf with yellow eyes"],
    "robot": ["robot", "a friendly robot with two arms"],
    "person-1": ["character", "a stocky middle-aged woman in a red jacket, short grey hair, smiling", "--seed=4"],
    "person-2": ["character", "a tall young man in a suit with a beard and glasses", "--seed=5"],
    "person-3": ["character", "a girl of 9 in a yellow dress with long black hair", "--seed=6"],
    "living-room": ["environment", "a cosy living room", "--seed=1"],
    "office": ["environment", "a bright office for six people with a whiteboard", "--seed=2"],
    "kitchen": ["environment", "a large kitchen", "--seed=3"],
    "home": ["home", "a two-bedroom flat, 70 m²"],
    "landscape": ["landscape", "a pine valley with a lake"],
    "city": ["city", "--set", "buildings=200"],
}


def chosen_models(data: Path, count: int) -> dict[str, Path]:
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
    return {f"{path.parent.name}/{path.stem}": path for path in chosen}


def one(path: Path, engine: str, folder: Path) -> dict:
    """What came of one pack: outcome, why, seconds (of the export itself and of the proofs), bytes."""
    import bpy
    from worldwright.blender_host import drive
    from worldwright.core.errors import WorldwrightError
    from worldwright.exporting.pack import PackOptions, export_pack
    from worldwright.reading.files import open_files

    started, outcome, why, more = time.perf_counter(), "passed", "", {}
    try:
        objects = open_files([path])
        report = drive(export_pack(bpy.context, objects, folder, engine, PackOptions()), lambda fraction, doing: None)
        why = f"{sum('not run' not in value for value in report.checks.values() if isinstance(value, dict))} proofs"
        more = {"stages": report.seconds, "counts": report.counts, "warnings": report.warnings}
        if [name for name, value in report.checks.items() if isinstance(value, dict) and "not run" in value]:
            outcome = "unproved"
    except WorldwrightError as error:
        why = str(error)
        outcome = "failed" if "nothing was written" in why or "exporting Blender" in why or "xporter" in why else "refused"
    except Exception as error:
        outcome, why = "failed", f"{type(error).__name__}: {error}"
    return {"engine": engine, "outcome": outcome, "seconds": round(time.perf_counter() - started, 1), "why": why, **more}


def child(name: str, path: Path, engines: list[str], results: Path) -> None:
    """All ``engines`` of one model, a line for each."""
    for engine in engines:
        folder = Path(tempfile.mkdtemp(prefix="bench-packs-"))
        try:
            line = {"name": name, **one(path, engine, folder / "pack")}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        with open(results, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def read(results: Path) -> dict[tuple[str, str], dict]:
    """(name, engine) -> its last line."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.is_file() else []
    return {(line["name"], line["engine"]): line for line in map(json.loads, lines)}


def run(name: str, path: Path, engines: list[str], results: Path) -> None:
    """Starts the model's process, and anew for the engines left after one at which it died or took too long."""
    left = list(engines)
    while left:
        words = [sys.executable, "-m", "tests.benchmarks.bench_packs", "--child", name, str(path), ",".join(left), str(results)]
        before = read(results)
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        since, done = time.monotonic(), 0
        while process.poll() is None and time.monotonic() - since < PATIENCE:
            time.sleep(0.5)
            now = sum(read(results).get((name, engine)) is not before.get((name, engine)) for engine in left)
            if len(read(results)) != done:
                since, done = time.monotonic() if now else since, len(read(results))
        slow = process.poll() is None
        if slow:
            os.killpg(process.pid, 9)
            process.wait()
        ended = [e for e in left if read(results).get((name, e)) != before.get((name, e))]
        left = [engine for engine in left if engine not in ended]
        if left:
            why = f"took longer than {PATIENCE} s" if slow else f"ended with code {process.returncode}"
            with open(results, "a", encoding="utf-8") as file:
                file.write(json.dumps({"name": name, "engine": left[0], "outcome": "failed", "seconds": 0, "why": why}) + "\n")
            left = left[1:]


def made(name: str, folder: Path) -> Path:
    """The generated scene of that name."""
    path = folder / "in" / f"{name}.blend"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        words = [str(Path(sys.executable).parent / "worldwright"), *SCENES[name], "-o", str(path)]
        subprocess.run(words, check=True, timeout=600, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def table(found: dict[tuple[str, str], dict]) -> None:
    """Prints failures and refusals by cause, then counts and median seconds of each engine."""
    for (name, engine), line in sorted(found.items(), key=lambda one: one[0][::-1]):
        if line["outcome"] != "passed":
            sys.stdout.write(f"{engine:8} {line['outcome']:8} {line['seconds']:6.1f} s  {name}: {line['why'][:200]}\n")
    for engine in ENGINES:
        lines = [line for (_, key), line in found.items() if key == engine]
        if lines:
            spent = np.median([line["seconds"] for line in lines if line["outcome"] == "passed"] or [0])
            counts = ", ".join(f"{count} {word}" for word, count in sorted(Counter(line["outcome"] for line in lines).items()))
            sys.stdout.write(f"{engine:8} {len(lines):3} packs: {counts}; median {spent:.1f} s\n")


def main() -> None:
    if sys.argv[1] == "--child":
        from worldwright.ending import end

        name, path, engines, results = sys.argv[2:]
        child(name, Path(path), engines.split(","), Path(results))
        end(0)
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--only", nargs="*", default=[], help="part of a name")
    parser.add_argument("--again", nargs="*", default=[], help="outcomes to try again")
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    results = options.out / RESULTS
    names = [*SCENES, *(models := chosen_models(options.data, options.count))]
    for name in names if not options.table else ():
        if options.only and not any(part in name for part in options.only):
            continue
        known = read(results)
        left = [e for e in options.engines.split(",")
                if (line := known.get((name, e))) is None or line["outcome"] in options.again]  # fmt: skip
        try:
            if left:
                run(name, models[name] if name in models else made(name, options.out), left, results)
        except subprocess.SubprocessError as error:
            sys.stderr.write(f"{name} cannot be generated: {error}\n")
    table(read(results))


if __name__ == "__main__":
    main()
