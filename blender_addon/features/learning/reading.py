"""Where the models to learn from come from: the open file, or a library that a child Blender reads."""

from __future__ import annotations

import hashlib
import queue
from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path

import bpy

from ...core.errors import WorldwrightError
from ...core.learning.artist_library import Part
from ...core.learning.store import Cloud, Index, StoreWriter, read_index
from ...job import Step
from ...reading.library import catalogs, open_parts
from ...reading.selection import WITH_SURFACE
from ...user_folder import user_folder

READ = 0.2  # where reading ends on the progress bar
CLOUDS = "clouds"


def home() -> Path:
    """Where runs and point clouds are kept."""
    return user_folder("learning")


def source(settings: bpy.types.PropertyGroup) -> str:
    """What the models come from, in a word for the model's card."""
    if settings.source == "FILE":
        return Path(bpy.data.filepath).name or "an open file"
    return Path(bpy.path.abspath(settings.library)).name


def reason(settings: bpy.types.PropertyGroup) -> str:
    """Why there is nothing to learn from, or ""."""
    if settings.source == "LIBRARY" and not settings.library.strip():
        return "Choose the library to learn from first."
    return ""


def read_models(context: bpy.types.Context) -> Generator[Step, None, Path]:
    """Reads what the settings say into a store; returns its folder. Raises WorldwrightError."""
    settings = context.scene.worldwright_learning
    if settings.source == "FILE":
        return (yield from _open_file(settings.labels))
    place = Path(bpy.path.abspath(settings.library.strip()))
    if not place.exists():
        raise WorldwrightError(f"There is no “{place}”.", "Choose the folder of the library, or a CSV with file and label.")
    return (yield from _in_child(place, settings.labels))


def _open_file(labels: str) -> Generator[Step, None, Path]:
    """The open file's assets where labels are theirs, else its objects, one a step."""
    if labels in ("tags", "catalogs"):
        things = [thing for kind in (bpy.data.objects, bpy.data.collections) for thing in kind if thing.asset_data]
    else:
        things = [thing for thing in bpy.context.view_layer.objects if thing.type in WITH_SURFACE and thing.visible_get()]
    known = catalogs(Path(bpy.data.filepath).parent) if bpy.data.filepath else {}
    chosen = "collections" if labels == "folders" else labels
    if not things:
        raise WorldwrightError("There is nothing to learn from in this file.", "Mark assets, or put objects into collections.")
    folder = home() / CLOUDS / "open file"
    digest = hashlib.sha256()
    with StoreWriter(folder) as writer:
        for number, thing in enumerate(things):
            yield Step(READ * number / len(things), f"Reading {thing.name}")
            for part in open_parts([thing], chosen, known):
                writer.add(part.meshes, _cloud(part))
        for cloud in writer.index.clouds:
            digest.update(f"{cloud.digest} {cloud.label}\n".encode())
        writer.index.key = digest.hexdigest()
    return folder


def _cloud(part: Part) -> Cloud:
    return Cloud(part.name, part.label, part.author, part.licence, "", part.name)


def _in_child(place: Path, labels: str) -> Generator[Step, None, Path]:
    """A library on disk, read by another Blender: this one, and what is open in it, stays as it is."""
    from ...blender_host import BlenderHost
    from ...core.batch.job import Item
    from ...core.batch.job import Step as Task
    from ...core.batch.local import BatchWorker

    key = hashlib.sha256(f"{place.absolute()} {labels}".encode()).hexdigest()[:16]
    item, task = Item(key, {}, str(place)), Task("library", CLOUDS, "item", "", (f"--labels={labels}",))
    folder, answers = home(), queue.SimpleQueue()
    store = folder / CLOUDS / key
    store.mkdir(parents=True, exist_ok=True)
    worker = BatchWorker(BlenderHost(None, None).worker_command(), folder / "reading.log", answers)
    doing = "Starting another Blender"
    try:
        while True:
            read = store / "has_color.bin"  # a byte a model
            count = read.stat().st_size if read.exists() and read_index(store) is None else 0
            yield Step(READ * (1 - 100 / (100 + count)), f"{count:,} models read" if count else doing, waiting=True)
            try:
                _, answer = answers.get_nowait()
            except queue.Empty:
                continue
            if answer is None:
                problem = "The Blender that reads the library ended unexpectedly."
                raise WorldwrightError(problem, f"Look into {folder / 'reading.log'}.")
            if answer.get("ready"):
                doing = "Reading the library"
                worker.give(item, {"steps": [asdict(task)], "folder": str(folder)})
            elif answer["ok"]:
                return store
            else:
                raise WorldwrightError(answer["error"])
    finally:
        worker.end()


def index_of(store: Path) -> Index:
    """What a store that was just read holds."""
    index = read_index(store)
    if index is None:
        raise WorldwrightError("The library could not be read.", f"Look into {home() / 'reading.log'}.")
    return index


