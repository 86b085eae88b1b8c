"""The command line's host inside Blender."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import bpy

from . import core, job, runtime
from .core import cli, codec, service
from .core.annotation.annotation import Annotation
from .core.cloud import PointCloud
from .core.errors import WorldwrightError
from .core.game.findings import Finding
from .core.progress import Progress
from .core.scene import Mesh, Report, Scene
from .exporting.glb import choose, export_glb
from .exporting.pack import PackOptions, export_pack
from .exporting.preflight import preflight
from .features.doctor.findings import examine
from .features.furnishing.headless import furnish_open
from .features.motion.operators import own_brief
from .features.staging.headless import stage_open, walk_open
from .reading.armatures import read_skeleton
from .reading.files import open_files
from .reading.library import read_library
from .reading.selection import read_objects
from .writing.actions import play, write_action
from .writing.annotations import surest, write_annotation
from .writing.controls import control_names
from .writing.points import write_cloud
from .writing.scene import run, write_scene
from .writing.talking import talking_face, write_lines


class BlenderHost(cli.Host):
    """Reads whatever Blender imports, works in the worker process, and writes .blend and .glb."""

    reads = "blend, glb, gltf, obj, fbx, ply, stl or usd"
    blender = True

    def __init__(self, out: Any, err: Any) -> None:
        super().__init__(out, err)
        self.owners: list[str] = []  # the object that each mesh was read from

    def read(self, files: list[Path]) -> tuple[list[Mesh], list[str]]:
        meshes: list[Mesh] = []
        warnings: list[str] = []
        for target in open_files(files):
            if target.type in ("LIGHT", "CAMERA", "ARMATURE", "SPEAKER", "LIGHT_PROBE"):
                continue
            found, reasons = read_objects(bpy.context, [target])
            meshes += found
            warnings += reasons
            self.owners += [target.name] * len(found)
        return meshes, warnings

    def read_library(self, place: Path, labels: str, store: Path, progress: Progress) -> Any:
        return read_library(place, labels, store, progress)

    def work(self, method: str, values: dict, progress: Progress) -> Any:
        problem = runtime.missing(wait=True) if method in service.NETWORKED else ""
        if problem:
            raise WorldwrightError(problem)
        client = job.worker()
        request = client.start(method, values)
        try:
            while not request.wait(0.05):
                progress(request.fraction, request.doing)
        finally:
            client.cancel(request)  # nothing when it is done
        progress(1.0, "")
        return request.result()

    def write_scene(self, scene: Scene, target: Path) -> Report:
        if target.suffix == ".npz":
            return super().write_scene(scene, target)
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
        collection = run(write_scene(bpy.context, scene))
        report = scene.report
        if target.suffix == ".blend":
            save_blend(target)
            return report
        exported = drive(export_glb(bpy.context, collection.all_objects, target))
        report.counts |= exported.counts
        report.checks |= exported.checks
        report.warnings += exported.warnings
        return report

    def animate(self, file: Path, method: str, values: dict, target: Path, progress: Progress) -> Report:
        if file.suffix.lower() == ".npz":
            if target.suffix == ".npz":
                return super().animate(file, method, values, target, progress)
            bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
            things = list(run(write_scene(bpy.context, codec.load(file))).all_objects)
        else:
            things = open_files([file])
        rig = next((thing for thing in things if thing.type == "ARMATURE"), None)
        if rig is None:
            raise WorldwrightError(f"There is no rig in “{file.name}”.")
        if target.suffix == ".npz":
            raise WorldwrightError("A Blender file's rig cannot be written as .npz.", "Write .blend or .glb.")
        skeleton = read_skeleton(rig, control_names(rig))
        clips = self.work(method, values | {"rig": skeleton}, progress)
        rate = bpy.context.scene.render.fps / bpy.context.scene.render.fps_base
        for clip in clips:
            play(rig, write_action(rig, skeleton, clip, rate))
        report = Report({"clips": len(clips), "bones": len(skeleton.names)})
        if target.suffix == ".blend":
            save_blend(target)
            return report
        exported = drive(export_glb(bpy.context, things, target), progress)
        report.checks |= exported.checks
        report.warnings += exported.warnings
        return report

    def write_talk(self, result: dict, target: Path) -> Report:
        if target.suffix == ".npz":
            return super().write_talk(result, target)
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
        scene = result["scene"]
        said = {clip.name for clip in result["clips"]}
        scene.clips = [clip for clip in scene.clips if clip.name not in said]
        collection = run(write_scene(bpy.context, scene))
        rig = next(thing for thing in collection.all_objects if thing.type == "ARMATURE")
        return self._say(rig, result, list(collection.all_objects), target, scene.report)

    def talk(self, file: Path, request: dict, target: Path, progress: Progress) -> tuple[Report, dict]:
        if file.suffix.lower() == ".npz":
            return super().talk(file, request, target, progress)
        if target.suffix == ".npz":
            raise WorldwrightError("A Blender file's character cannot be written as .npz.", "Write .blend or .glb.")
        things = open_files([file])
        rigs = [thing for thing in things if thing.type == "ARMATURE"]
        rig = next((thing for thing in rigs if talking_face(thing) is not None), None)
        if rig is None:
            raise WorldwrightError(f"There is no character with face units in “{file.name}”.", "Give one made with Face Units on.")
        about = {"rig": read_skeleton(rig, control_names(rig)), "brief": own_brief(rig), "taken": list(bpy.data.actions.keys())}
        result = self.work("talk", request | about, progress)
        return self._say(rig, result, things, target, Report()), result

    def _say(self, rig: bpy.types.Object, result: dict, things: list[bpy.types.Object], target: Path, report: Report) -> Report:
        """Writes the lines onto the rig, and the whole to ``target``."""
        run(write_lines(bpy.context, rig, read_skeleton(rig, control_names(rig)), result))
        if target.suffix == ".blend":
            save_blend(target)
            return report
        exported = drive(export_glb(bpy.context, things, target))
        report.counts |= exported.counts
        report.checks |= exported.checks
        report.warnings += exported.warnings
        return report

    def furnish(self, file: Path, values: dict, target: Path | None, progress: Progress) -> Report:
        if file.suffix.lower() == ".npz" and (target is None or target.suffix == ".npz"):
            return super().furnish(file, values, target, progress)
        if file.suffix.lower() == ".npz":
            bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
            run(write_scene(bpy.context, codec.load(file)))
        else:
            open_files([file])
        bpy.context.view_layer.update()
        report = furnish_open(bpy.context, values, lambda request: self.work("furnish", request, progress))
        if target is None or target.suffix == ".npz":
            if target is not None:
                raise WorldwrightError("A Blender file's room cannot be written as .npz.", "Write .blend or .glb.")
            return report
        if target.suffix == ".blend":
            save_blend(target)
            return report
        exported = drive(export_glb(bpy.context, list(bpy.context.scene.objects), target), progress)
        report.warnings += exported.warnings
        return report

    def show(self, what: str, file: Path, values: dict, names: list[str], target: Path, progress: Progress) -> Report:
        if file.suffix.lower() == ".npz":
            bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
            run(write_scene(bpy.context, codec.load(file)))
        else:
            open_files([file])
        bpy.context.view_layer.update()
        if what == "walk":
            report = walk_open(bpy.context, values, lambda method, request: self.work(method, request, progress))
        else:
            report = stage_open(bpy.context, values, names, lambda method, request: self.work(method, request, progress))
        if target.suffix == ".blend":
            save_blend(target)
            return report
        exported = drive(export_glb(bpy.context, list(bpy.context.scene.objects), target), progress)
        report.warnings += exported.warnings
        return report

    def write_clouds(self, clouds: list[PointCloud], target: Path) -> None:
        for cloud in clouds:
            write_cloud(bpy.context, cloud)
        save_blend(target)

    def write_annotations(self, annotations: list[Annotation], target: Path, mark_assets: bool = False) -> None:
        for name, annotation in surest(self.owners, annotations).items():
            write_annotation(bpy.data.objects[name], annotation, mark_assets)
        save_blend(target)

    def export(self, files: list[Path], names: list[str], target: Path, progress: Progress) -> Report:
        objects = open_files(files)
        if names:
            objects = [thing for name in names for thing in _named(name)]
        return drive(export_glb(bpy.context, objects, target), progress)

    def pack(self, files: list[Path], names: list[str], target: Path, engine: str, values: dict, progress: Progress) -> Report:
        objects = open_files(files)
        if names:
            objects = [thing for name in names for thing in _named(name)]
        return drive(export_pack(bpy.context, objects, target, engine, PackOptions(**values)), progress)

    def preflight(self, files: list[Path], names: list[str], engine: str, platform: str) -> list[Finding]:
        objects = open_files(files)
        if names:
            objects = [thing for name in names for thing in _named(name)]
        bpy.context.view_layer.update()
        return preflight(bpy.context, choose(objects, solids=True)[0], engine, platform)

    def ask(self, file: Path, values: dict, target: Path | None, progress: Progress) -> list[dict]:
        from .features.ask.headless import ask_file

        if problem := runtime.missing(wait=True):
            raise WorldwrightError(problem)
        things = open_files([file])
        results = ask_file(values, target or file, progress)
        if target is not None and target.suffix == ".blend":
            save_blend(target)
        elif target is not None:
            present = [thing for thing in bpy.context.view_layer.objects if thing.visible_get()]
            drive(export_glb(bpy.context, present or things, target), progress)
        return results

    def worker_command(self) -> list[str]:
        start, addon, folder = Path(core.__file__).parent / "batch" / "start.py", Path(__file__).parent, Path(core.__file__).parent
        arguments = [str(start), "--", str(addon), str(folder)]
        if bpy.app.binary_path:
            return [bpy.app.binary_path, "--background", "--factory-startup", "--python-exit-code", "1", "--python", *arguments]
        return [sys.executable, str(start), str(addon), str(folder)]

    def findings(self) -> list[tuple[bool, str]]:
        return [(finding.well, finding.sentence) for finding in examine(wait=True)]


def save_blend(target: Path) -> None:
    """Saves the open scene as a copy. Blender itself writes it whole or not at all. Raises WorldwrightError."""
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(target.absolute()), copy=True, compress=True)
    except RuntimeError as error:
        raise WorldwrightError(f"“{target}” cannot be written.", "Choose another folder or free some space.") from error


def drive(steps: Generator[Any, None, Report], progress: Progress | None = None) -> Report:
    """Runs a job's steps to their end, waiting where they wait."""
    while True:
        try:
            step = next(steps)
        except StopIteration as done:
            return done.value
        if progress:
            progress(step.fraction, step.doing)
        if step.waiting:
            time.sleep(0.02)


def _named(name: str) -> list[bpy.types.Object]:
    """The objects of a collection, or the object of that name. Raises WorldwrightError."""
    if name in bpy.data.collections:
        return list(bpy.data.collections[name].all_objects)
    if name in bpy.data.objects:
        return [bpy.data.objects[name]]
    raise WorldwrightError(f"There is no object or collection “{name}” in these files.")
