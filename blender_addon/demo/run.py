"""The stages of the demo."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import bpy
from mathutils import Vector

from ..blender_host import BlenderHost, drive, save_blend
from ..core.annotation.annotation import UNKNOWN
from ..core.characters.prompt import read_prompt as read_person
from ..core.cli import write_json
from ..core.environments.prompt import read_prompt as read_room
from ..core.errors import WorldwrightError
from ..core.progress import silent
from ..core.scene import Mesh, Report
from ..exporting.glb import export_glb
from ..writing.annotations import surest, write_annotation
from ..writing.points import write_cloud
from ..writing.scene import run, write_scene
from .stage import SCENE, stand, studio

PROMPTS = {"character": read_person, "environment": read_room}
OFFICE = "a bright office for six people with a sofa, a bookcase, a whiteboard and some plants"
PERSON = "a friendly woman of 35 with brown hair, a dark green jumper and blue trousers"
SEED = 6
POINTS = 4096
GAP = 4.0  # metres between what was read and what was made


class Demo:
    """The stages of the demo; what each of them took and found becomes the report."""

    def __init__(self, files: list[Path], folder: Path, samples: int, out: TextIO) -> None:
        self.files, self.folder, self.samples, self.out = files, folder, samples, out
        self.host = BlenderHost(out, out)
        self.report: dict[str, Any] = {"files": [str(file) for file in files], "seconds": {}, "warnings": []}

    def run(self) -> None:
        """Runs every stage. Raises WorldwrightError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.stage("open"):
            meshes, warnings = self.host.read(self.files)
        self.report["warnings"] += warnings
        originals = list(bpy.context.scene.objects)
        self.say(f"opened {', '.join(file.name for file in self.files)}: {len(originals)} objects, {len(meshes)} meshes")
        if not meshes:
            raise WorldwrightError(" ".join(warnings[:3]) or "There is no mesh in these files.")
        self.read_points(meshes)
        self.annotate(meshes)
        office = self.generate("environment", OFFICE, (_right_of(originals) + GAP, 0.0, 0.0))
        person = self.generate("character", PERSON, (0.0, 0.0, 0.0))
        with self.stage("place"):
            stand(person, office)
            studio([office, person], self.samples)
        self.save()
        self.export("office", office.all_objects)
        self.export("character", person.all_objects)
        self.export("original", originals)
        self.render()
        write_json(self.folder / "report.json", self.report)

    def read_points(self, meshes: list[Mesh]) -> None:
        """Every mesh as a cloud of its own, written as point objects that renders leave out."""
        with self.stage("points"):
            clouds = self.host.work("points", {"meshes": meshes, "count": POINTS, "seed": SEED}, silent)
            collection = bpy.data.collections.new("Points")
            bpy.context.scene.collection.children.link(collection)
            for cloud in clouds:
                thing = write_cloud(bpy.context, cloud)
                for owner in list(thing.users_collection):
                    owner.objects.unlink(thing)
                collection.objects.link(thing)
            collection.hide_render = collection.hide_viewport = True
        points = sum(len(cloud) for cloud in clouds)
        self.report["points"] = {"clouds": len(clouds), "points": points}
        self.say(f"points: {len(clouds)} clouds, {points:,} points")

    def annotate(self, meshes: list[Mesh]) -> None:
        """What each mesh is, written onto its object."""
        with self.stage("annotate"):
            found = surest(self.host.owners, self.host.work("annotate", {"meshes": meshes, "seed": SEED}, silent))
            for name, annotation in found.items():
                write_annotation(bpy.data.objects[name], annotation)
        self.report["annotations"] = [annotation.to_dict() for annotation in found.values()]
        known = [annotation for annotation in found.values() if annotation.label != UNKNOWN]
        self.say(f"annotations: {len(known)} of {len(found)} objects named for sure")
        for annotation in found.values():
            self.say(f"    {annotation.name}: {annotation.caption}")

    def generate(self, kind: str, prompt: str, location: tuple[float, float, float]) -> Any:
        """A scene from a prompt, written at ``location``; returns its collection."""
        brief, notes = PROMPTS[kind](prompt, SEED)
        with self.stage(kind):
            scene = self.host.work(kind, {"brief": brief.to_dict()}, silent)
        with self.stage(f"write {kind}"):
            collection = run(write_scene(bpy.context, scene, location))
        self.report[kind] = {"prompt": prompt, "notes": notes, "brief": brief.to_dict(), **dataclasses.asdict(scene.report)}
        self.say(f"{kind} “{prompt}”: {_counts(scene.report)}")
        for warning in scene.report.warnings:
            self.say(f"    ! {warning}")
        return collection

    def save(self) -> None:
        """The whole scene, readable by any Blender of this version."""
        with self.stage("save"):
            save_blend(self.folder / "demo.blend")
        self.say(f"{self.folder / 'demo.blend'}: {(self.folder / 'demo.blend').stat().st_size / 1e6:.1f} MB")

    def export(self, name: str, objects: Any) -> None:
        """One GLB, with its proofs."""
        target = self.folder / f"{name}.glb"
        with self.stage(f"export {name}"):
            report = drive(export_glb(bpy.context, objects, target))
        self.report[f"export {name}"] = dataclasses.asdict(report)
        self.say(f"{target}: {report.counts['bytes'] / 1e6:.1f} MB, {report.counts['triangles']:,} triangles, "
                 f"{report.counts['animations']} animations")  # fmt: skip
        for check, value in report.checks.items():
            self.say(f"    {check}: {value}")
        for warning in report.warnings:
            self.say(f"    ! {warning}")

    def render(self) -> None:
        """The picture: what the room's own camera sees, on two processor threads."""
        with self.stage("render"):
            scene = bpy.data.scenes[SCENE]
            scene.render.filepath = str((self.folder / "office.png").absolute())
            bpy.ops.render.render(write_still=True, scene=scene.name)
        self.say(f"{self.folder / 'office.png'}: {scene.render.resolution_x} × {scene.render.resolution_y}")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.report["seconds"][name] = round(time.perf_counter() - started, 2)

    def say(self, text: str) -> None:
        print(text, file=self.out, flush=True)


def _right_of(objects: list) -> float:
    """The largest x of the objects' boxes, metres."""
    return max((thing.matrix_world @ Vector(corner)).x for thing in objects for corner in thing.bound_box)


def _counts(report: Report) -> str:
    return ", ".join(f"{value:,} {name}" for name, value in report.counts.items() if isinstance(value, int))
