"""The Annotate feature's buttons."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import bpy
import numpy as np

from ...core.annotation.annotation import UNKNOWN, Annotation
from ...core.annotation.corrections import FILE
from ...core.crossmodal.recording import read_touch
from ...core.crossmodal.sound import read_wav
from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...job import JobOperator
from ...reading.selection import read_in_turn
from ...writing.annotations import EMBEDDING, PROPERTY, read_entry, write_annotation, write_why
from .reviewing import put_in_queue
from .teaching import folder

SHOWN = 8  # hits kept


class WORLDWRIGHT_OT_annotate(JobOperator, bpy.types.Operator):
    """Say what each selected object is, with a confidence, a caption and tags, and write it onto the object"""

    bl_idname = "worldwright.annotate"
    bl_label = "Annotate Selected"
    feature = "annotation"
    needs_torch = True
    finishes_writing = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.selected_objects else "Select the objects to annotate first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        meshes, self._warnings = yield from read_in_turn(context, list(context.selected_objects))
        if not meshes:
            raise WorldwrightError(" ".join(self._warnings[:3]) or "There is nothing to read in the selection.", "Select meshes.")
        settings = context.scene.worldwright_annotation
        told: dict[str, object] = {"note": settings.note}
        told["touch"] = read_touch(Path(bpy.path.abspath(settings.touch))) if settings.touch else None
        told |= {"voice": read_wav(Path(bpy.path.abspath(settings.voice)))} if settings.voice else {}
        things = [context.scene.objects[mesh.name] for mesh in meshes]
        known = [{"names": _names(thing), "collection": _collection(thing)} | told for thing in things]
        taught = {"corrections": str(folder())} if (folder() / FILE).exists() else {}
        model = settings.model.strip()
        return "annotate", {"meshes": meshes, "seed": 0, "known": known, "thorough": settings.thorough, "model": model} | taught

    def write(self, context: bpy.types.Context, result: list[Annotation]) -> Generator[float, None, Report]:
        settings = context.scene.worldwright_annotation
        written = []
        for done, annotation in enumerate(result):
            try:
                write_annotation(_present(context, annotation.name), annotation, settings.mark_assets, settings.part_groups)
                written.append(annotation)
            except WorldwrightError as error:
                self._warnings.append(str(error))
            yield done / len(result)
        unknown = sum(annotation.label == UNKNOWN for annotation in written)
        if flagged := put_in_queue(result):
            self._warnings.append(f"{flagged} names or notes are for a person to look at: see Review.")
        return Report(counts={"labelled": len(written) - unknown, UNKNOWN: unknown}, warnings=self._warnings)


class WORLDWRIGHT_OT_explain(JobOperator, bpy.types.Operator):
    """Paint on the active object which of its places spoke for its label: red most, blue least"""

    bl_idname = "worldwright.explain"
    bl_label = "Why?"
    feature = "annotation"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        thing = context.active_object
        if thing is None or thing.type != "MESH" or PROPERTY not in thing:
            return "Choose a mesh that was annotated."
        return "" if thing["label"] != UNKNOWN else "The annotator does not know what this is, so there is no why."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        self._name = context.active_object.name
        meshes, warnings = yield from read_in_turn(context, [context.active_object])
        if not meshes:
            raise WorldwrightError(" ".join(warnings) or f"“{self._name}” cannot be read.", "Select another mesh.")
        return "explain", {"mesh": meshes[0], "label": context.active_object["label"]}

    def write(self, context: bpy.types.Context, result: np.ndarray) -> Generator[float, None, Report | None]:
        write_why(_present(context, self._name), result)
        yield 1.0
        return None


class _Find(JobOperator):
    """Searches among the annotated objects of the scene."""

    feature = "annotation_search"
    needs_torch = True
    like_active = False

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        self._names, entries = [], []
        for thing in context.scene.objects:
            if PROPERTY in thing:
                self._names.append(thing.name)
                entries.append(read_entry(thing))
        if not entries:
            raise WorldwrightError("No object of this scene is annotated yet.", "Annotate some objects first.")
        yield 1.0
        if self.like_active:
            return "search", {"entries": entries, "like": self._names.index(context.active_object.name)}
        return "search", {"entries": entries, "query": context.scene.worldwright_annotation.query}

    def write(self, context: bpy.types.Context, result: list) -> Generator[float, None, Report | None]:
        names = [self._names[number] for number, _ in result[:SHOWN]]
        context.scene.worldwright_annotation.hits = json.dumps(names, ensure_ascii=False)
        yield 1.0
        return Report(counts={"found": len(names)})


class WORLDWRIGHT_OT_find(_Find, bpy.types.Operator):
    """Find the annotated objects of this scene that the words describe"""

    bl_idname = "worldwright.find"
    bl_label = "Find"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_annotation.query.strip() else "Write what you look for first."


class WORLDWRIGHT_OT_find_similar(_Find, bpy.types.Operator):
    """Find the annotated objects of this scene whose shapes are most like the active one's"""

    bl_idname = "worldwright.find_similar"
    bl_label = "Find Similar"
    like_active = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        thing = context.active_object
        return "" if thing is not None and EMBEDDING in thing else "Choose an object that was annotated."


class WORLDWRIGHT_OT_select_hit(bpy.types.Operator):
    """Select this object and make it active"""

    bl_idname = "worldwright.select_hit"
    bl_label = "Select"
    bl_options = {"REGISTER", "UNDO"}

    name: bpy.props.StringProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        thing = context.view_layer.objects.get(self.name)
        if thing is None:
            self.report({"ERROR"}, f"“{self.name}” is not in this view layer any more.")
            return {"CANCELLED"}
        for other in context.selected_objects:
            other.select_set(False)
        thing.select_set(True)
        context.view_layer.objects.active = thing
        return {"FINISHED"}


class WORLDWRIGHT_OT_select_unknown(bpy.types.Operator):
    """Select the objects that the annotator could not name, to look at them or label them by hand"""

    bl_idname = "worldwright.select_unknown"
    bl_label = "Select Unknown"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if context.mode != "OBJECT":
            cls.poll_message_set("Leave Edit Mode first.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        unknown = [thing for thing in context.view_layer.objects if thing.get("label") == UNKNOWN]
        if not unknown:
            self.report({"INFO"}, "No object here is annotated as unknown.")
            return {"CANCELLED"}
        for thing in context.selected_objects:
            thing.select_set(False)
        for thing in unknown:
            thing.select_set(True)
        context.view_layer.objects.active = unknown[0]
        return {"FINISHED"}


def _names(thing: bpy.types.Object) -> list[str]:
    """What the object, its data and its collections are called; the scene's own collection says nothing."""
    data = [thing.data.name] if thing.data else []
    return [thing.name, *data, *(collection.name for collection in thing.users_collection)]


def _collection(thing: bpy.types.Object) -> str:
    """The collection whose objects help to read each other: the first that is not the scene's own."""
    return next((collection.name for collection in thing.users_collection if collection in set(bpy.data.collections)), "scene")


def _present(context: bpy.types.Context, name: str) -> bpy.types.Object:
    """The object of that name; it is looked for again, for the artist may undo or delete while the worker reads."""
    thing = context.scene.objects.get(name)
    if thing is None:
        raise WorldwrightError(f"“{name}” was removed or renamed while it was read.")
    return thing


CLASSES = (
    WORLDWRIGHT_OT_annotate,
    WORLDWRIGHT_OT_explain,
    WORLDWRIGHT_OT_find,
    WORLDWRIGHT_OT_find_similar,
    WORLDWRIGHT_OT_select_hit,
    WORLDWRIGHT_OT_select_unknown,
)
