"""What the Character and Environment features share: a prompt fills the sliders, the sliders make a scene.

Each feature declares a ``Kind`` once and mixes it into its three operators and its panel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

import bpy

from .. import job
from ..brief_properties import draw_brief, show_brief, to_brief
from ..core.briefs import SEED_LIMIT, Brief
from ..core.errors import WorldwrightError
from ..core.review.queue import Queue, Refused
from ..core.review.words import concerns_of
from ..core.scene import Report, Scene
from ..sidebar import draw_lines, draw_report
from ..user_folder import user_folder
from ..writing.instances import behind
from ..writing.replacing import replace_collection
from ..writing.scene import PROPERTY, write_scene

last_result: dict[str, str] = {}  # kind -> the collection made last in this session


def review_queue() -> Queue:
    """The queue of refused texts, in the extension's own folder."""
    return Queue(user_folder("review") / "queue.jsonl")


class Kind:
    """What is generated.

    Attributes:
        kind: the worker's method, the end of the operators' names and ``kind`` of the results' provenance.
        brief: its brief's class.
        read_prompt: prompt, seed -> brief and notes in full sentences; raises WorldwrightError.
    """

    kind: str
    brief: type[Brief]
    read_prompt: Callable[[str, int], tuple[Brief, list[str]]]

    @classmethod
    def settings(cls, context: bpy.types.Context) -> Any:
        """The feature's ``prompt``, ``understood`` (the prompt that the sliders follow), ``notes`` and ``sliders``."""
        return getattr(context.scene, f"worldwright_{cls.kind}")

    @classmethod
    def understand(cls, settings: Any) -> tuple[Brief, list[str]]:
        """The prompt as a brief, no finer than sliders can show it. Raises WorldwrightError."""
        try:
            brief, notes = cls.read_prompt(settings.prompt, settings.sliders.seed)
        except Refused as refusal:
            review_queue().flag(cls.kind, settings.prompt, refusal.sentence)
            raise
        for concern in concerns_of(settings.prompt):  # nothing is refused for it: a person decides
            if not review_queue().allows(cls.kind, settings.prompt):
                review_queue().flag(cls.kind, settings.prompt, concern.reason)
        return to_brief(brief, cls.brief), notes

    @classmethod
    def show(cls, settings: Any, brief: Brief, notes: list[str]) -> None:
        """Moves the sliders to what was understood."""
        show_brief(settings.sliders, brief)
        settings.notes, settings.understood = " ".join(notes), settings.prompt


class ReadPrompt(Kind):
    """Operator: the prompt becomes slider values."""

    bl_label = "Read Prompt"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if not cls.settings(context).prompt.strip():
            cls.poll_message_set("Write a prompt first, in a few words.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        settings = self.settings(context)
        try:
            self.show(settings, *self.understand(settings))
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


class Generate(Kind, job.JobOperator):
    """Operator: the sliders become a scene, at the 3D cursor; a prompt that was written but not read is read first."""

    seed_step = 0

    @property
    def feature(self) -> str:
        return self.kind

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = self.settings(context)
        brief, self._notes = to_brief(settings.sliders, self.brief), None
        if settings.prompt.strip() and settings.prompt != settings.understood:
            brief, self._notes = self.understand(settings)
        self._brief = replace(brief, seed=(brief.seed + self.seed_step) % SEED_LIMIT)
        yield 1.0
        return self.kind, {"brief": self._brief.to_dict()}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        collection = yield from write_scene(context, result, tuple(context.scene.cursor.location))
        settings = self.settings(context)
        settings.sliders.seed = self._brief.seed
        if self._notes is not None:
            self.show(settings, self._brief, self._notes)
        self.written(context, collection)
        last_result[self.kind] = collection.name
        return result.report

    def written(self, context: bpy.types.Context, collection: bpy.types.Collection) -> None:
        """Called when ``collection`` is complete, within the same undo step."""


class Another(Generate):
    """Operator: the next seed, in the place of the last result."""

    bl_label = "Another"
    seed_step = 1

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        previous = last_result.get(self.kind, "")
        report = yield from super().write(context, result)
        if _remove(bpy.data.collections.get(previous), self.kind):
            last_result[self.kind] = _take_names(bpy.data.collections[last_result[self.kind]])
        return report


class Load(Kind):
    """Operator: the brief that made the selected thing goes back into the sliders."""

    bl_label = "Edit Again"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if made_of(context, cls.kind) is None:
            cls.poll_message_set(f"Select something that was generated as {cls.kind}.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        collection = made_of(context, self.kind)
        settings = self.settings(context)
        try:
            brief = self.brief.from_dict(json.loads(collection[PROPERTY])["brief"])
        except WorldwrightError as error:
            self.report({"ERROR"}, f"It was made by another version: {error}")
            return {"CANCELLED"}
        self.show(settings, brief, [f"The sliders show “{collection.name}”. Change them and press Rebuild."])
        last_result[self.kind] = collection.name
        return {"FINISHED"}


class Rebuild(Generate):
    """Operator: the selected thing is made again from the sliders, in place."""

    bl_label = "Rebuild"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if made_of(context, cls.kind) else f"Select something that was generated as {cls.kind}."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        target = made_of(context, self.kind)
        self._target, self._stays = target.name, []
        self._brief, self._notes = to_brief(self.settings(context).sliders, self.brief), None
        kept = yield from self.keeping(context, target)
        return self.kind, {"brief": self._brief.to_dict(), **kept}

    def keeping(self, context: bpy.types.Context, target: bpy.types.Collection) -> Generator[float, None, dict]:
        """Values of the request that say what is to stay as it is; the names of those objects go into ``self._stays``."""
        yield 1.0
        return {}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        active = context.view_layer.objects.active
        target = bpy.data.collections.get(self._target)
        if target is None:
            raise WorldwrightError("What was to be rebuilt is gone.", "Generate it anew.")
        new = yield from write_scene(context, result)
        replace_collection(target, new, {bpy.data.objects[name] for name in self._stays if name in bpy.data.objects})
        self.written(context, target)
        if active is not None:
            active.select_set(True)
            context.view_layer.objects.active = active
        last_result[self.kind] = target.name
        return result.report


def made_of(context: bpy.types.Context, kind: str) -> bpy.types.Collection | None:
    """The generated collection of that kind that the active object belongs to."""
    active = context.active_object
    if active is None:
        return None
    for collection in active.users_collection:
        if json.loads(collection.get(PROPERTY, "{}")).get("kind") == kind:
            return collection
    return None


def editing_operators(kind: type[Kind], *bases: type) -> tuple[type[bpy.types.Operator], type[bpy.types.Operator]]:
    """The operators "Edit Again" and "Rebuild" of a kind; ``bases`` stand for the kind in Rebuild, where given."""
    load = type(
        f"WORLDWRIGHT_OT_load_{kind.kind}",
        (kind, Load, bpy.types.Operator),
        {
            "bl_idname": f"worldwright.load_{kind.kind}",
            "bl_description": "Move the sliders to the brief that made the selected thing",
        },
    )
    rebuild = type(
        f"WORLDWRIGHT_OT_rebuild_{kind.kind}",
        (*(bases or (kind,)), Rebuild, bpy.types.Operator),
        {
            "bl_idname": f"worldwright.rebuild_{kind.kind}",
            "bl_description": "Make the selected thing again from the sliders, in place: "
            "name, place, parent, own actions and replaced materials stay",
        },
    )
    return load, rebuild


def _remove(collection: bpy.types.Collection | None, kind: str) -> bool:
    """Removes a result of that kind, with the meshes only it used; leaves a collection of the same name that is not one."""
    if collection is None or json.loads(collection.get(PROPERTY, "{}")).get("kind") != kind:
        return False
    objects = list(collection.all_objects)
    hidden = behind(objects)
    data = {thing.data for thing in [*objects, *hidden] if getattr(thing, "data", None)}
    bpy.data.batch_remove([*objects, *hidden, collection])
    bpy.data.batch_remove([block for block in data if block.users == 0])
    return True


def _take_names(collection: bpy.types.Collection) -> str:
    """Drops the “.001” that a result got while its predecessor still had the name; returns the collection's name."""
    for thing in collection.all_objects:
        if thing.data:
            _take_name(thing.data)
        _take_name(thing)
    _take_name(collection)
    return collection.name


def _take_name(block: bpy.types.ID) -> None:
    block.name = re.sub(r"\.\d{3}$", "", block.name)  # Blender adds a number again where the name is taken


def settings_group(kind: type[Kind], sliders: type[bpy.types.PropertyGroup], example: str) -> type[bpy.types.PropertyGroup]:
    """The feature's settings on the scene, to be registered after ``sliders``."""
    properties = {
        "prompt": bpy.props.StringProperty(name="Prompt", description=f"What you want, in English, such as “{example}”"),
        "understood": bpy.props.StringProperty(name="Understood", description="The prompt that the sliders follow"),
        "notes": bpy.props.StringProperty(name="Notes", description="What was assumed or not understood in the prompt"),
        "sliders": bpy.props.PointerProperty(type=sliders),
    }
    return type(f"WORLDWRIGHT_PG_{kind.kind}", (bpy.types.PropertyGroup,), {"__annotations__": properties})


def draw_generator(panel: Any, context: bpy.types.Context, kind: type[Kind]) -> None:
    """Prompt, buttons, result, and the sliders folded away."""
    layout, settings, name, width = panel.layout, kind.settings(context), kind.kind, context.region.width
    row = layout.split(factor=0.76, align=True)
    row.prop(settings, "prompt", text="", placeholder="Describe it in a few words")
    row.operator(f"worldwright.read_{name}_prompt", text="Read")
    if settings.notes:
        draw_lines(layout, settings.notes, width, "INFO")
    job.draw_button(layout, name, f"worldwright.{name}", "ADD")
    row = layout.row(align=True)
    row.prop(settings.sliders, "seed")
    row.operator(f"worldwright.another_{name}", icon="FILE_REFRESH")
    row.menu(f"WORLDWRIGHT_MT_presets_{name}", text="", icon="PRESET")
    if made_of(context, name) and hasattr(bpy.types, f"WORLDWRIGHT_OT_rebuild_{name}"):
        row = layout.row(align=True)
        row.operator(f"worldwright.load_{name}", icon="GREASEPENCIL")
        row.operator(f"worldwright.rebuild_{name}", icon="FILE_TICK")
    if last_result.get(name, "") in bpy.data.collections:  # not after an undo
        draw_report(layout, job.reports.get(name), name, width)
    header, body = layout.panel(f"worldwright_{name}_sliders", default_closed=True)
    header.label(text="Sliders")
    if body:
        draw_brief(body, settings.sliders, kind.brief, name)
