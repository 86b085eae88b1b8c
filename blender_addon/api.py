"""Worldwright for scripts: ``blender -b scene.blend -P script.py``, or Python with bpy.

Every function works on the open scene, blocks until it is done, and raises ``WorldwrightError`` with a sentence and a cure::

    from bl_ext.user_default.worldwright import api      # the installed extension; a checkout: from worldwright import api

    anna = api.generate("character", "a tall woman of 60 in a red jacket", seed=4)
    print(api.annotate(anna.all_objects))
    api.export_pack(anna.all_objects, "//packs/anna", "godot", overwrite=True)

See docs/samples for scripts that run.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bpy

from .blender_host import BlenderHost, drive
from .core.annotation.annotation import Annotation
from .core.cloud import PointCloud
from .core.errors import WorldwrightError
from .core.game.engines import ENGINES
from .core.game.findings import Finding
from .core.progress import Progress, silent
from .core.scene import Report
from .exporting.glb import choose
from .exporting.glb import export_glb as _export_glb
from .exporting.pack import PackOptions
from .exporting.pack import export_pack as _export_pack
from .exporting.preflight import preflight as _preflight
from .reading.selection import read_objects
from .writing.annotations import surest, write_annotation
from .writing.scene import run, write_scene

__all__ = [
    "ENGINES", "WorldwrightError", "annotate", "ask", "batch", "export_glb", "export_pack", "generate", "points", "preflight",
]  # fmt: skip

Objects = Iterable[bpy.types.Object]


def generate(kind: str, prompt: str = "", seed: int = 0, progress: Progress = silent, **values: Any) -> bpy.types.Collection:
    """Makes a character, crowd, creature, robot, environment (a room), home, city or landscape in the open scene.

    From a prompt, values of its brief, or both. Returns the collection it was written into; its custom property
    ``worldwright_report`` holds the report as JSON.
    """
    from .features.presets.operators import KINDS

    if kind not in KINDS:
        raise WorldwrightError(f"“{kind}” cannot be generated.", f"Known are: {', '.join(KINDS)}.")
    known = KINDS[kind].read_prompt(prompt, seed)[0].to_dict() if prompt else {}
    brief = KINDS[kind].brief.from_dict({**known, **values, "seed": seed})
    scene = BlenderHost(None, None).work(kind, {"brief": brief.to_dict()}, progress)
    return run(write_scene(bpy.context, scene))


def points(objects: Objects, count: int = 10_000, seed: int = 0, progress: Progress = silent) -> PointCloud:
    """One cloud of ``count`` points from the surfaces of the objects."""
    meshes, _ = read_objects(bpy.context, list(objects))
    values = {"meshes": meshes, "together": True, "count": count, "seed": seed}
    return BlenderHost(None, None).work("points", values, progress)[0]


def annotate(objects: Objects, seed: int = 0, progress: Progress = silent) -> dict[str, Annotation]:
    """What each mesh object is, written onto it and returned by name. Needs torch in the runtime."""
    found: dict[str, Annotation] = {}
    for target in [thing for thing in objects if thing.type == "MESH"]:
        meshes, _ = read_objects(bpy.context, [target])
        if meshes:
            read = BlenderHost(None, None).work("annotate", {"meshes": meshes, "seed": seed}, progress)
            found |= surest([target.name] * len(read), read)
    for name, annotation in found.items():
        write_annotation(bpy.data.objects[name], annotation)
    return found


def preflight(objects: Objects, engine: str, platform: str = "desktop") -> list[Finding]:
    """What would go wrong with the objects in an engine (a key of ``ENGINES``), errors first. Changes nothing."""
    bpy.context.view_layer.update()
    return _preflight(bpy.context, choose(objects, solids=True)[0], engine, platform)


def export_glb(objects: Objects, path: str | Path, progress: Progress = silent) -> Report:
    """Writes the objects as one proved GLB. ``path`` may start with // for the .blend file's folder."""
    return drive(_export_glb(bpy.context, objects, bpy.path.abspath(str(path))), progress)


def export_pack(objects: Objects, folder: str | Path, engine: str, progress: Progress = silent, **options: Any) -> Report:
    """Writes a pack for an engine. ``options``: fields of ``exporting.pack.PackOptions`` (lods, colliders, overwrite, force …)."""
    return drive(_export_pack(bpy.context, objects, bpy.path.abspath(str(folder)), engine, PackOptions(**options)), progress)


def ask(request: str, progress: Progress = silent, **options: Any) -> dict:
    """Asks the open scene in plain words and carries it out; a later request may refer to what came before.

    ``options``: speech (a WAV file), picture, point (x, y, z), folder (for exports), seed, sure (deleting everything does not
    ask). Returns done, reply, said, commands and readings. Needs torch in the runtime.
    """
    from .features.ask.headless import ask as ask_scene

    return ask_scene(request, progress=progress, **options)


def batch(job: str | Path, folder: str | Path, workers: int = 0, progress: Progress = silent) -> dict:
    """Runs a job file in processes of their own and returns its summary: done, failed, skipped, failures, seconds."""
    import argparse

    from .core import cli
    from .core.batch.job import read_job
    from .core.batch.run import run_job

    options = argparse.Namespace(workers=workers, engine="local", address="", to="", retry_failed=False)
    read = read_job(Path(job), cli.parser())
    return run_job(read, Path(folder), BlenderHost(None, None).worker_command(), options, progress)
