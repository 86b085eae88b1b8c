"""The artist's side of an export: hands copies to a second Blender, waits, and puts the proved file in its place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from pathlib import Path

import bpy

from .. import core
from ..core.errors import WorldwrightError
from ..core.game.validate import NO_WINDOW
from ..core.scene import Report
from ..job import Step
from ..writing.scene import LEVEL, PROPERTY, UNSEEN_ROLES
from . import child
from .companions import write_companions

NO_GEOMETRY = ("EMPTY", "LIGHT", "CAMERA", "ARMATURE")
LEFT_OUT = {"SPEAKER", "LATTICE", "LIGHT_PROBE", "GPENCIL", "GREASEPENCIL", "VOLUME", "POINTCLOUD"}  # glTF has no such thing


def export_glb(context: bpy.types.Context, objects: Iterable[bpy.types.Object], path: str | Path) -> Generator[Step, None, Report]:
    """Writes ``objects`` to the .glb ``path``, whole or not at all, and returns what was written and proved.

    Armatures that move a chosen mesh come along; colliders, and kinds that glTF does not know, are named in the report and left
    out. The file in the place is replaced only by one that the glTF validator (where it is installed) finds free of errors
    and that Blender reads back within 0.1 mm. Raises WorldwrightError.
    """
    started = time.perf_counter()
    target = _target(Path(path))
    chosen, warnings = choose(objects)
    folder = Path(tempfile.mkdtemp(prefix="worldwright-export-"))
    try:
        yield Step(0.02, "Copying the objects")
        hand_over(context, chosen, folder)
        yield from run_child(folder)
        outcome = json.loads((folder / child.OUTCOME).read_text(encoding="utf-8"))
        if outcome["error"]:
            raise WorldwrightError(outcome["error"])
        _put(folder / child.MODEL, target)
        beside = write_companions(chosen, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report = Report(outcome["counts"], outcome["checks"], warnings + outcome["warnings"], outcome["seconds"])
    report.counts["file"] = str(target)
    if beside:
        report.counts["files beside it"] = len(beside)
    report.seconds["total"] = time.perf_counter() - started
    return report


def _target(path: Path) -> Path:
    """The path, ending in .glb. Raises WorldwrightError when a file cannot be written there, before any work is done."""
    if not path.name:
        raise WorldwrightError("The export has no file name.", "Choose where to write it.")
    target = path if path.suffix.lower() == ".glb" else path.with_name(path.name + ".glb")
    folder = target.absolute().parent
    if not folder.is_dir():
        raise WorldwrightError(f"The folder “{folder}” does not exist.", "Choose another one, or make it first.")
    if target.is_dir() or not os.access(folder, os.W_OK):
        raise WorldwrightError(f"“{target}” cannot be written.", "Choose another folder or name.")
    return target


def choose(objects: Iterable[bpy.types.Object], solids: bool = False) -> tuple[list[bpy.types.Object], list[str]]:
    """The objects that can be exported, with the armatures that move them, and why the others were left out.

    ``solids``: colliders, navigation shapes and levels of detail come along. Raises WorldwrightError when nothing is left.
    """
    chosen: dict[str, bpy.types.Object] = {}
    warnings = []
    colliders = 0
    for target in objects:
        if target.library is not None:
            warnings.append(f"“{target.name}” was left out: it is linked from another file; make it local to export it.")
        elif target.type in LEFT_OUT:
            warnings.append(f"“{target.name}” was left out: glTF has no {target.type.lower().replace('_', ' ')}.")
        elif target.get("role") == LEVEL and not solids:
            continue
        elif target.get("role") in UNSEEN_ROLES and not solids:
            colliders += 1
        else:
            chosen[target.name] = target
            armature = target.find_armature()
            if armature is not None and armature.library is None:
                chosen[armature.name] = armature
    if colliders:
        warnings.append(f"{colliders} collision and navigation shapes were left out.")
    if all(target.type in NO_GEOMETRY and not target.instance_collection for target in chosen.values()):
        raise WorldwrightError("There is nothing to export.", "Select at least one mesh, or generate something first.")
    return list(chosen.values()), warnings


def hand_over(context: bpy.types.Context, chosen: list[bpy.types.Object], folder: Path, more: dict | None = None) -> None:
    """Writes the objects, with all they use, and the order to the child (with ``more`` in it) into ``folder``."""
    context.view_layer.update()
    collections = {collection for target in chosen for collection in target.users_collection if PROPERTY in collection}
    order = {
        "objects": {target.name: [list(row) for row in target.matrix_world] for target in chosen},
        "frames_per_second": [context.scene.render.fps, context.scene.render.fps_base],
        "provenance": {collection.name: collection[PROPERTY] for collection in sorted(collections, key=lambda c: c.name)},
        **(more or {}),
    }
    (folder / child.ORDER).write_text(json.dumps(order), encoding="utf-8")
    try:
        bpy.data.libraries.write(str(folder / child.OBJECTS), set(chosen), path_remap="ABSOLUTE", fake_user=True)
    except RuntimeError as error:
        raise WorldwrightError(f"The temporary folder cannot be written: {error}.", "Free some space and try again.") from error


def run_child(folder: Path) -> Generator[Step, None, None]:
    """Runs the second Blender on the order in ``folder``. Raises WorldwrightError when it ends without an outcome."""
    script = [child.__file__, "--", str(folder), str(Path(core.__file__).parent)]
    if bpy.app.binary_path:
        command = [bpy.app.binary_path, "--background", "--factory-startup", "--python-exit-code", "1", "--python", *script]
    else:
        command = [sys.executable, *script]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, creationflags=NO_WINDOW)
    try:
        while process.poll() is None:
            yield Step(*_progress(folder), waiting=True)
    finally:
        process.kill()
        process.wait()
    if not (folder / child.OUTCOME).exists():
        lines = (folder / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        reason = lines[-1] if lines else "no message"
        raise WorldwrightError(f"The exporting Blender ended with code {process.returncode}: {reason}.")


def _progress(folder: Path) -> tuple[float, str]:
    try:
        fraction, doing = (folder / child.PROGRESS).read_text(encoding="utf-8").split(" ", 1)
        return float(fraction), doing
    except (OSError, ValueError):
        return 0.05, "Starting a second Blender"


def _put(made: Path, target: Path) -> None:
    """Moves the finished file to its place in one step; what was there stays when that fails."""
    partial = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(made, partial)
        os.replace(partial, target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(
            f"“{target}” cannot be written: {error.strerror}.", "Choose another folder or free some space."
        ) from error
