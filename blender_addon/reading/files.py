"""Model and scene files → objects in Blender's open file, through Blender's own importers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bpy

from ..core.errors import WorldwrightError

IMPORTERS: dict[str, Callable[[str], set[str]]] = {
    ".glb": lambda path: bpy.ops.import_scene.gltf(filepath=path),
    ".gltf": lambda path: bpy.ops.import_scene.gltf(filepath=path),
    ".obj": lambda path: bpy.ops.wm.obj_import(filepath=path),
    ".fbx": lambda path: bpy.ops.wm.fbx_import(filepath=path),
    ".ply": lambda path: bpy.ops.wm.ply_import(filepath=path),
    ".stl": lambda path: bpy.ops.wm.stl_import(filepath=path),
    **{suffix: lambda path: bpy.ops.wm.usd_import(filepath=path) for suffix in (".usd", ".usda", ".usdc", ".usdz")},
}
KINDS = ".blend, .glb, .gltf, .obj, .fbx, .ply, .stl or .usd"


def open_files(files: list[Path]) -> list[bpy.types.Object]:
    """Opens one .blend, or brings all files together into an empty scene; returns the scene's objects.

    Raises WorldwrightError naming the file that is missing, empty or not a model.
    """
    for file in files:
        _check(file)
    if len(files) == 1 and files[0].suffix.lower() == ".blend":
        _call(lambda path: bpy.ops.wm.open_mainfile(filepath=path, load_ui=False, use_scripts=False), files[0])
    else:
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
        for file in files:
            before = set(bpy.data.objects)
            _call(IMPORTERS.get(file.suffix.lower(), _append), file)
            if set(bpy.data.objects) == before:
                raise _not_a_model(file)
    return list(bpy.context.scene.objects)


def _check(file: Path) -> None:
    if not file.is_file():
        raise WorldwrightError(f"The file “{file}” does not exist.")
    if file.suffix.lower() not in (*IMPORTERS, ".blend"):
        raise WorldwrightError(f"“{file.name}” is not a model that can be read.", f"Give {KINDS}.")
    if file.stat().st_size == 0:
        raise WorldwrightError(f"The file “{file}” is empty.")


def _append(path: str) -> None:
    """The objects of another .blend."""
    with bpy.data.libraries.load(path) as (there, here):
        here.objects = list(there.objects)
    for thing in here.objects:
        if thing is not None and not thing.users_collection:
            bpy.context.scene.collection.objects.link(thing)


def _call(importer: Callable[[str], object], file: Path) -> None:
    """Importers fail in as many ways as there are importers; Python ones even with errors of their own making."""
    try:
        importer(str(file.absolute()))
    except Exception as error:
        raise _not_a_model(file) from error


def _not_a_model(file: Path) -> WorldwrightError:
    return WorldwrightError(f"“{file.name}” is not a model, or is damaged: Blender cannot read it.", f"Give {KINDS}.")
