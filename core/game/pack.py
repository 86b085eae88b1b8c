"""A pack on disk: its manifest and import note, and putting it in its place whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from .. import __version__
from ..errors import WorldwrightError
from .engines import Engine

MANIFEST, NOTE = "manifest.json", "IMPORT.txt"


def check_target(folder: Path, overwrite: bool) -> None:
    """Raises WorldwrightError when no pack can be put there: no parent folder, no right to write, or something is there."""
    if not folder.name:
        raise WorldwrightError("The pack has no folder name.", "Choose where to write it.")
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise WorldwrightError(f"The folder “{parent}” does not exist.", "Choose another one, or make it first.")
    if not os.access(parent, os.W_OK):
        raise WorldwrightError(f"“{parent}” cannot be written to.", "Choose another folder.")
    if folder.exists() and not folder.is_dir():
        raise WorldwrightError(f"“{folder}” is a file.", "Choose another name for the pack's folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / MANIFEST).is_file():
        raise WorldwrightError(f"“{folder}” holds other files than a pack.", "Choose an empty or a new folder.")
    if not overwrite:
        raise WorldwrightError(f"There is a pack in “{folder}” already.", "Choose another folder, or overwrite it.")


def put(made: Path, folder: Path) -> None:
    """Moves a finished pack to its place. The old one is kept until the new one is whole. Raises WorldwrightError."""
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    try:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(made, new)
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(new, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        reason = error.strerror or str(error)
        raise WorldwrightError(f"“{folder}” cannot be written: {reason}.", "Choose another folder or free some space.") from error


def write_manifest(folder: Path, engine: Engine, content: dict) -> None:
    """``manifest.json``: what the pack holds, for programs; lists every file with its size."""
    head = {"worldwright": __version__, "engine": engine.key, "units": "metres", "files": _sizes(folder)}
    (folder / MANIFEST).write_text(json.dumps(head | content, ensure_ascii=False, indent=1), encoding="utf-8")


def list_again(folder: Path) -> None:
    """Brings the manifest's list of files up to date with what was put beside the models since."""
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(content | {"files": _sizes(folder)}, ensure_ascii=False, indent=1), encoding="utf-8")


def _sizes(folder: Path) -> dict[str, int]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def write_note(folder: Path, engine: Engine, name: str) -> None:
    """``IMPORT.txt``: what to do with the pack, for people."""
    lines = [f"{name} for {engine.title}", ""]
    lines += [f"{number}. {step}".replace("NAME", name) for number, step in enumerate(engine.steps, 1)]
    (folder / NOTE).write_text("\n".join(lines) + "\n", encoding="utf-8")
