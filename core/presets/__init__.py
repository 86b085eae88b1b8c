"""Presets: briefs worth starting from, one JSON file each: ``{"kind": "character", "brief": {…}}``. Ours lie here by kind."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from ..briefs import Brief, BriefType
from ..errors import WorldwrightError

FOLDER = Path(__file__).parent


def names(kind: str, own: Path | None = None) -> list[str]:
    """Names of our presets of a kind, then of the user's in the folder ``own``; each once."""
    found = [path.stem for folder in _folders(kind, own)[::-1] if folder.is_dir() for path in sorted(folder.glob("*.json"))]
    return list(dict.fromkeys(found))


def load(kind: str, brief: type[BriefType], name: str, own: Path | None = None) -> BriefType:
    """The preset's brief, a user's own before ours. Raises WorldwrightError when there is none or it is damaged."""
    for folder in _folders(kind, own):
        if (folder / f"{name}.json").is_file():
            return read(folder / f"{name}.json", kind, brief)
    raise WorldwrightError(f"There is no preset “{name}”.", f"Known are: {', '.join(names(kind, own)) or 'none'}.")


def read(path: Path, kind: str, brief: type[BriefType]) -> BriefType:
    """The brief in a preset's file. Raises WorldwrightError when it is none, or one of another kind."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        of, said = values["kind"], dict(values["brief"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldwrightError(f"“{path.name}” is no preset, or is damaged.", "Choose a file that Worldwright saved.") from error
    if of != kind:
        raise WorldwrightError(f"“{path.stem}” is a preset of another kind: {of}.", f"Load it in the panel of {of}.")
    return brief.from_dict(said)


def save(kind: str, name: str, brief: Brief, own: Path) -> Path:
    """Writes a preset of the user's into the folder ``own``; only what differs from the defaults, and no seed.

    Raises WorldwrightError when the name cannot be a file's or nothing can be written.
    """
    clean = re.sub(r"[^\w -]", "", name).strip()
    if not clean:
        raise WorldwrightError("The preset needs a name.", "Use letters and digits.")
    path = own / f"{clean}.json"
    write(path, kind, brief)
    return path


def write(path: Path, kind: str, brief: Brief) -> None:
    """Writes a preset to share, whole or not at all. Raises WorldwrightError."""
    usual = type(brief)().to_dict()
    values = {key: value for key, value in brief.to_dict().items() if value != usual[key] and key != "seed"}
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps({"kind": kind, "brief": values}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"The preset cannot be saved: {error.strerror}.", "Choose another folder.") from error


def delete(name: str, own: Path) -> None:
    """Removes a preset of the user's. Raises WorldwrightError when it is not theirs."""
    try:
        (own / f"{name}.json").unlink()
    except OSError as error:
        raise WorldwrightError(f"“{name}” is not a preset of yours.", "Those that come with Worldwright stay.") from error


def _folders(kind: str, own: Path | None) -> list[Path]:
    return [*([own] if own else []), FOLDER / kind]
