"""An artist's own library: which files, and what each is labelled. From folder names, or from a CSV.

Collections, asset tags and catalogues are Blender's, and are read by the add-on, which gives ``read`` in place of ours.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from ..spatial.models import SUFFIXES, read_model
from .store import POINTS, Cloud, Index, StoreWriter, read_index

LABELS = ("folders", "collections", "tags", "catalogs", "none")
"""Where labels come from; a CSV says its own."""
MOST_NAMED = 3  # files named in one warning


@dataclass
class Entry:
    """A file of the library and what is said of it."""

    path: Path
    cloud: Cloud


@dataclass
class Listing:
    """The library's files, and what is wrong with the list."""

    entries: list[Entry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Part:
    """One thing in a file: its meshes, and what the file itself says of it ("" where it says nothing)."""

    meshes: list[Mesh]
    name: str = ""
    label: str = ""
    author: str = ""
    licence: str = ""


Read = Callable[[Path], Iterator[Part]]


def whole(path: Path) -> Iterator[Part]:
    """The file as one thing, read without Blender."""
    yield Part(read_model(path))


def plain_label(text: str) -> str:
    """A folder's or a collection's name as a label: ``Office_Chairs`` and ``office chairs`` are the same one."""
    return " ".join(text.replace("_", " ").split()).lower()


def list_library(place: Path, labels: str = "folders", suffixes: tuple[str, ...] = SUFFIXES) -> Listing:
    """The files of a folder, labelled by the first folder they lie in ("folders") or not at all, or those a CSV names.

    Raises WorldwrightError when there is no such folder or file, or nothing in it can be read.
    """
    place = Path(place)
    if place.suffix.lower() == ".csv":
        return _from_csv(place)
    if not place.is_dir():
        raise WorldwrightError(f"There is no folder “{place}”.", "Choose the folder of the library, or a CSV with file and label.")
    listing = Listing()
    for path in sorted(place.rglob("*")):
        inside = path.relative_to(place)
        if path.suffix.lower() in suffixes and path.is_file() and not any(part.startswith(".") for part in inside.parts):
            label = plain_label(inside.parts[0]) if labels == "folders" and len(inside.parts) > 1 else ""
            listing.entries.append(Entry(path, Cloud(path.stem, label, origin=str(inside))))
    if not listing.entries:
        raise WorldwrightError(f"There is no model in “{place}”.", f"Known are {', '.join(suffixes)}.")
    return listing


def _from_csv(place: Path) -> Listing:
    """Rows with the columns file and label, and if there name, author, licence and split; files lie beside the CSV."""
    try:
        with open(place, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WorldwrightError(f"“{place.name}” cannot be read as a CSV.", "Save it as UTF-8 with commas.") from error
    if not rows or "file" not in rows[0] or "label" not in rows[0]:
        raise WorldwrightError(f"“{place.name}” has no columns “file” and “label”.", "Begin it with the line: file,label")
    listing, missing = Listing(), []
    for row in rows:
        named = (row["file"] or "").strip()
        if not named:
            continue
        path = place.parent / named
        if not path.is_file():
            missing.append(named)
            continue
        split = (row.get("split") or "").strip().lower()
        cloud = Cloud((row.get("name") or path.stem).strip(), plain_label(row["label"] or ""), (row.get("author") or "").strip(),
                      (row.get("licence") or "").strip(), split if split in ("train", "held") else "", named)  # fmt: skip
        listing.entries.append(Entry(path, cloud))
    if not listing.entries:
        raise WorldwrightError(f"None of the files that “{place.name}” labels is there.", "Put the CSV beside the models.")
    if missing:
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        names = ", ".join(f"“{name}”" for name in missing[:MOST_NAMED])
        are = "is labelled but is" if len(missing) == 1 else "are labelled but are"
        listing.warnings.append(f"{names}{more} {are} not there.")
    return listing


def build_store(
    listing: Listing, folder: Path, progress: Progress = silent, read: Read = whole, points: int = POINTS, seed: int = 0
) -> Index:
    """Reads the library's files into a store in ``folder``, one at a time; a store of the same files is taken as it is.

    Unreadable and identical files are left out, with a warning each. Raises WorldwrightError when nothing can be read.
    """
    key = _key(listing, points, seed)
    there = read_index(folder)
    if there is not None and there.key == key:
        return there
    with StoreWriter(folder, points, key) as writer:
        writer.index.warnings += listing.warnings
        for number, entry in enumerate(listing.entries):
            progress(number / len(listing.entries), f"Reading {entry.path.name}")
            try:
                for part in read(entry.path):
                    said = entry.cloud
                    cloud = Cloud(part.name or said.name, said.label or part.label, said.author or part.author,
                                  said.licence or part.licence, said.split, said.origin)  # fmt: skip
                    writer.add(part.meshes, cloud, seed)
            except WorldwrightError as error:
                writer.index.warnings.append(f"“{entry.cloud.origin}” was left out: {error.sentence}")
        if not writer.index.clouds:
            raise WorldwrightError("None of the library's files could be read.", " ".join(writer.index.warnings[:2]))
    return writer.index


def _key(listing: Listing, points: int, seed: int) -> str:
    """Changes when a file, a label or the sampling does."""
    rows = [(str(e.path), e.path.stat().st_size, e.path.stat().st_mtime_ns, e.cloud.label, e.cloud.split) for e in listing.entries]
    return hashlib.sha256(json.dumps([rows, points, seed]).encode()).hexdigest()
