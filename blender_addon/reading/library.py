"""An artist's library as Blender knows it: assets with tags and catalogues, collections, and every format that can be imported.

Files are opened one after another in the open session, so this runs where that harms nobody: on the command line, and in the
child process that the Learn panel starts. What is already open is read by ``open_parts``, and not touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bpy

from ..core.errors import WorldwrightError
from ..core.learning.artist_library import Part, build_store, list_library, plain_label
from ..core.learning.store import Index
from ..core.progress import Progress
from .files import IMPORTERS, open_files
from .selection import WITH_SURFACE, read_objects

CATALOGS = "blender_assets.cats.txt"
SUFFIXES = (*IMPORTERS, ".off", ".blend")


def read_library(place: Path, labels: str, store: Path, progress: Progress) -> Index:
    """Reads a folder, a CSV or one .blend into a store. Raises WorldwrightError."""
    place = Path(place)
    if place.suffix.lower() == ".blend":
        if not place.is_file():
            raise WorldwrightError(f"The file “{place}” does not exist.")
        listing = list_library(place.parent, "none", SUFFIXES)
        listing.entries = [entry for entry in listing.entries if entry.path == place]
    else:
        listing = list_library(place, labels, SUFFIXES)
    known = catalogs(place if place.is_dir() else place.parent)
    return build_store(listing, store, progress, lambda path: parts_of(path, labels, known))


def parts_of(path: Path, labels: str, known: dict[str, str]) -> Iterator[Part]:
    """The things in one file: its assets where it has any, its objects where collections label them, else all of it as one."""
    if path.suffix.lower() == ".off":
        from ..core.spatial.models import read_model

        yield Part(read_model(path))
        return
    objects = open_files([path])
    if path.suffix.lower() == ".blend":
        assets = [thing for kind in (bpy.data.objects, bpy.data.collections) for thing in kind if thing.asset_data]
        if assets or labels == "collections":
            yield from open_parts(assets or objects, labels, known)
            return
    shown = [thing for thing in objects if thing.type in WITH_SURFACE]
    meshes, warnings = _visible(shown)
    if not meshes:
        raise WorldwrightError(" ".join(warnings[:2]) or f"“{path.name}” holds no surface.")
    yield Part(meshes)


def open_parts(things: list[bpy.types.ID], labels: str, known: dict[str, str]) -> Iterator[Part]:
    """Objects and collections of the open file, labelled by their tag, catalogue or collection."""
    for thing in things:
        members = list(thing.all_objects) if isinstance(thing, bpy.types.Collection) else [thing, *thing.children_recursive]
        shown = [member for member in members if member.type in WITH_SURFACE]
        if isinstance(thing, bpy.types.Object) and labels == "collections":
            shown = [thing] if thing.type in WITH_SURFACE else []
        meshes, _ = _visible(shown)
        if meshes:
            data = thing.asset_data
            author, licence = (data.author, data.license) if data else ("", "")
            yield Part(meshes, thing.name, label_of(thing, labels, known), author, licence)


def label_of(thing: bpy.types.ID, labels: str, known: dict[str, str]) -> str:
    """What the file says a thing is, or ""."""
    data = thing.asset_data
    if labels == "tags" and data and len(data.tags):
        return plain_label(data.tags[0].name)
    if labels == "catalogs" and data:
        return plain_label(known.get(data.catalog_id, data.catalog_simple_name))
    if labels == "collections" and isinstance(thing, bpy.types.Object):
        scenes = {scene.collection for scene in bpy.data.scenes}
        named = [collection.name for collection in thing.users_collection if collection not in scenes]
        return plain_label(named[0].split(".")[0]) if named else ""
    return ""


def catalogs(folder: Path) -> dict[str, str]:
    """Catalogue number → the last word of its path, from the asset library's catalogue file in ``folder`` or above it."""
    for place in (folder, *folder.parents):
        try:
            lines = (place / CATALOGS).read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        rows = [line.split(":") for line in lines if line.count(":") >= 2 and not line.startswith("#")]
        return {row[0]: row[1].rpartition("/")[2] for row in rows}
    return {}


def _visible(objects: list[bpy.types.Object]) -> tuple[list, list[str]]:
    """The meshes of objects of which some may be hidden or in no scene: a library's assets often are."""
    scene = bpy.context.scene.collection
    present = set(bpy.context.view_layer.objects)
    added = [thing for thing in objects if thing not in present and thing.name not in scene.objects]
    for thing in added:
        scene.objects.link(thing)
    hidden = [thing for thing in objects if thing.hide_viewport]
    for thing in hidden:
        thing.hide_viewport = False
    layer = bpy.context.view_layer.objects
    unseen = [thing for thing in objects if thing.name in layer and thing.hide_get()]
    for thing in unseen:
        thing.hide_set(False)
    try:
        return read_objects(bpy.context, objects)
    finally:
        for thing in unseen:
            thing.hide_set(True)
        for thing in hidden:
            thing.hide_viewport = True
        for thing in added:
            scene.objects.unlink(thing)
