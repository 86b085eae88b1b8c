"""A run's folder as panels see it: what it is, how far it is. No torch, so that Blender reads it while the worker trains."""

from __future__ import annotations

import json
from pathlib import Path

from .settings import TrainBrief

RUN, LOG, CURVE, BEST, MODEL = "run.json", "log.jsonl", "curve.svg", "best.safetensors", "model.safetensors"


def same_run(before: dict, brief: TrainBrief, key: str) -> bool:
    """Whether a run that began so would go on as ``brief`` on the library ``key`` says; its name may be another."""
    settings = {name: value for name, value in brief.to_dict().items() if name not in ("name", "choose")}
    return before.get("key") == key and all(before["brief"].get(name) == value for name, value in settings.items())


def run_folder(parent: Path, brief: TrainBrief, key: str) -> Path:
    """Where under ``parent`` a training runs: in its unfinished run of the same settings, else in a new folder named after it."""
    number, folder = 1, parent / brief.name
    while folder.exists():
        before = read_run(folder)
        if before is not None and same_run(before, brief, key) and not (folder / MODEL).exists():
            return folder
        number, folder = number + 1, parent / f"{brief.name} {number + 1}"
    return folder


def read_run(folder: Path) -> dict | None:
    """The settings of the training in ``folder``, or None where there is none."""
    try:
        values = json.loads((folder / RUN).read_text(encoding="utf-8"))
        return values if "brief" in values else None
    except (OSError, ValueError):
        return None


def read_log(folder: Path) -> list[dict]:
    """What the run has said so far, an entry an epoch; a line that is being written is left out."""
    entries: dict[tuple[int, int], dict] = {}
    try:
        lines = (folder / LOG).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            entry = json.loads(line)
            entries[entry.get("round", 0), entry["epoch"]] = entry
        except (ValueError, KeyError):
            continue
    return [entries[key] for key in sorted(entries)]


def unfinished(parent: Path) -> Path | None:
    """The newest training under ``parent`` that has found something and was not finished."""
    runs = [path.parent for path in parent.glob(f"*/{BEST}") if not (path.parent / MODEL).exists() and read_run(path.parent)]
    return max(runs, key=lambda folder: (folder / BEST).stat().st_mtime, default=None)
