"""The buttons of Rebuild."""

from __future__ import annotations

import json
from collections.abc import Generator

import bpy
import numpy as np
from mathutils import Matrix

from ...brief_properties import show_brief, to_brief
from ...core.environments.prop_names import PROP_NAMES
from ...core.errors import WorldwrightError
from ...core.inverse.brief import BlendBrief, RebuildBrief, VaryBrief
from ...core.scene import Report, Scene
from ...core.spatial.placing import joined
from ...job import JobOperator
from ...reading.selection import read_in_turn
from ...writing.annotations import PROPERTY as ANNOTATION
from ...writing.replacing import part_of, replace_collection
from ...writing.scene import PROPERTY, write_scene
from .sliders import sliders

KEPT = ("prop", "prop_brief", "prop_stretch", "prop_tints")


class WORLDWRIGHT_OT_rebuild(JobOperator, bpy.types.Operator):
    """Build a clean furnishing of the shape of each selected object in its place. The originals stay, hidden"""

    bl_idname = "worldwright.rebuild"
    bl_label = "Rebuild Shape"
    feature = "rebuild"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.selected_objects else "Select the rough, scanned or AI-made meshes first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_rebuild
        brief = to_brief(settings.sliders, RebuildBrief)
        chosen = list(context.selected_objects)
        meshes, self._warnings = yield from read_in_turn(context, chosen)
        if not meshes:
            raise WorldwrightError(" ".join(self._warnings[:3]) or "There is nothing to rebuild.", "Select a mesh with faces.")
        self._read = [mesh.name for mesh in meshes]
        self._parts = {}
        if settings.together and len(meshes) > 1:
            whole = joined(meshes, context.active_object.name if context.active_object in chosen else meshes[0].name)
            self._parts, meshes = {whole.name: list(self._read)}, [whole]
        return "rebuild", {"meshes": meshes, "brief": brief.to_dict(), "annotations": annotations_of(chosen)}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        collection = yield from write_scene(context, result)
        made = [thing for thing in collection.objects if "replaces" in thing]
        for thing in made:
            for name in self._parts.get(thing["replaces"], [thing["replaces"]]):
                original = context.scene.objects.get(name)
                if original is not None and original not in made:
                    original.hide_set(True)
                    original.hide_render = True
        if made:
            context.view_layer.objects.active = made[0]
            show_sliders(context, made[0])
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_load_prop(bpy.types.Operator):
    """Move the sliders to those of the selected rebuilt object"""

    bl_idname = "worldwright.load_prop"
    bl_label = "Show Its Sliders"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if not is_rebuilt(context.active_object):
            cls.poll_message_set("Select an object that was rebuilt.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            show_sliders(context, context.active_object)
        except WorldwrightError as error:
            self.report({"ERROR"}, f"It was made by another version: {error}")
            return {"CANCELLED"}
        return {"FINISHED"}


class WORLDWRIGHT_OT_apply_prop(JobOperator, bpy.types.Operator):
    """Build the object anew from its sliders, in place: name, place, parent and materials of your own stay"""

    bl_idname = "worldwright.apply_prop"
    bl_label = "Apply Sliders"
    feature = "rebuild"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if not is_rebuilt(context.active_object):
            return "Select an object that was rebuilt."
        if context.scene.worldwright_rebuild.shown != context.active_object.name:
            return "Show its sliders first."
        return ""

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        active = context.active_object
        home = home_of(active)
        if home is None:
            raise WorldwrightError(f"“{active.name}” is no longer in the collection it was built in.", "Move it back first.")
        from ...core.environments.props import PROPS

        key = active["prop"]
        brief = to_brief(sliders(context.scene, key), PROPS[key][0])
        things = []
        for thing in home.objects:
            if is_rebuilt(thing):
                told = {"name": part_of(thing), "properties": kept_of(thing), "place": np.eye(4).tolist()}
                if thing == active:
                    told["properties"]["prop_brief"] = json.dumps(brief.to_dict())
                things.append(told)
        self._home, self._active = home.name, active.name
        yield 1.0
        return "remake", {"things": things, "levels": bool(home.children)}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        home = bpy.data.collections.get(self._home)
        if home is None:
            raise WorldwrightError("What was to be built anew is gone.", "Rebuild it from the original.")
        result.provenance = json.loads(home[PROPERTY])
        new = yield from write_scene(context, result)
        replace_collection(home, new)
        active = context.scene.objects.get(self._active)
        if active is not None:
            active.select_set(True)
            context.view_layer.objects.active = active
        return result.report


class _Several(JobOperator):
    """What the two operators that make more things of rebuilt ones share."""

    feature = "rebuild"
    needed, method, wanted = 1, "", "Select an object that was rebuilt."

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if len(rebuilt(context)) >= cls.needed else cls.wanted

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        things = [
            {"name": thing.name, "properties": with_scale(thing), "place": np.array(rigid(thing.matrix_world)).tolist()}
            for thing in rebuilt(context)
        ]
        yield 1.0
        return self.method, {"things": things, "brief": self.brief(context)}

    def brief(self, context: bpy.types.Context) -> dict:
        """The brief's values."""
        raise NotImplementedError

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        yield from write_scene(context, result)
        return result.report


class WORLDWRIGHT_OT_vary(_Several, bpy.types.Operator):
    """Make variants of the active rebuilt object in a row beside it"""

    bl_idname = "worldwright.vary"
    bl_label = "Make Variants"
    method = "vary"

    def brief(self, context: bpy.types.Context) -> dict:
        return to_brief(context.scene.worldwright_rebuild.vary, VaryBrief).to_dict()


class WORLDWRIGHT_OT_blend(_Several, bpy.types.Operator):
    """Make what lies between two selected rebuilt objects of one kind"""

    bl_idname = "worldwright.blend"
    bl_label = "Fill Between"
    needed, method, wanted = 2, "blend", "Select two rebuilt objects of one kind."

    def brief(self, context: bpy.types.Context) -> dict:
        return to_brief(context.scene.worldwright_rebuild.blend, BlendBrief).to_dict()


def annotations_of(things: list[bpy.types.Object]) -> dict[str, dict[str, float]]:
    """What Annotate, or the artist, has said of objects: name -> leaves with their shares."""
    told = {thing.name: json.loads(thing[ANNOTATION]) for thing in things if ANNOTATION in thing}
    return {name: {entry["label"]: float(entry["score"]) for entry in values["top"]} for name, values in told.items()}


def is_rebuilt(thing: bpy.types.Object | None) -> bool:
    """Whether an object has the sliders of a generator."""
    return thing is not None and all(key in thing for key in ("prop", "prop_brief")) and thing["prop"] in PROP_NAMES


def rebuilt(context: bpy.types.Context) -> list[bpy.types.Object]:
    """The selected objects that were rebuilt, the active one first."""
    found = [thing for thing in context.selected_objects if is_rebuilt(thing)]
    return sorted(found, key=lambda thing: thing != context.active_object)


def kept_of(thing: bpy.types.Object) -> dict:
    """The properties that tell how an object is built."""
    return {key: thing[key] for key in KEPT if key in thing}


def with_scale(thing: bpy.types.Object) -> dict:
    """The same, with the object's own scale in its stretch."""
    kept = kept_of(thing)
    stretch = np.array(json.loads(kept.get("prop_stretch", "[1, 1, 1]"))) * np.array(thing.matrix_world.to_scale())
    return kept | {"prop_stretch": json.dumps(stretch.tolist())}


def rigid(matrix: Matrix) -> Matrix:
    """Turn and place of a matrix, without its scale."""
    place, turn, _ = matrix.decompose()
    return Matrix.LocRotScale(place, turn, None)


def home_of(thing: bpy.types.Object) -> bpy.types.Collection | None:
    """The collection that an object was built in."""
    for collection in thing.users_collection:
        if json.loads(collection.get(PROPERTY, "{}")).get("kind") == "rebuild":
            return collection
    return None


def show_sliders(context: bpy.types.Context, thing: bpy.types.Object) -> None:
    """Moves the sliders of the object's kind to its values. Raises WorldwrightError where another version wrote them."""
    from ...core.environments.props import PROPS

    settings = context.scene.worldwright_rebuild
    key = thing["prop"]
    show_brief(sliders(context.scene, key), PROPS[key][0].from_dict(json.loads(thing["prop_brief"])))
    settings.shown = thing.name


CLASSES = (
    WORLDWRIGHT_OT_rebuild,
    WORLDWRIGHT_OT_load_prop,
    WORLDWRIGHT_OT_apply_prop,
    WORLDWRIGHT_OT_vary,
    WORLDWRIGHT_OT_blend,
)
