"""Accepting and correcting labels: what the artist says is kept, and later annotations lean towards it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bpy
import numpy as np

from ...core.annotation import corrections
from ...core.annotation.annotation import UNKNOWN
from ...core.annotation.taxonomy import LEAVES
from ...core.errors import WorldwrightError
from ...user_folder import user_folder
from ...writing.annotations import EMBEDDING, MEANING, PROPERTY, correct_annotation

NEXT = 10  # objects chosen to label next


def folder() -> Path:
    """Where the corrections are kept: they outlive the file and the extension's updates."""
    return user_folder("annotation")


def vector(thing: bpy.types.Object) -> np.ndarray | None:
    """What corrections are compared by, or None for an object that was not annotated."""
    if EMBEDDING not in thing:
        return None
    meaning = np.array(thing[MEANING], np.float32) if MEANING in thing else None
    return corrections.vector_of(np.array(thing[EMBEDDING], np.float32), meaning)


def _known_labels(self: object, context: bpy.types.Context, text: str) -> Iterator[str]:
    """Taxonomy leaves that begin with or contain what was typed; anything else may be typed too."""
    typed = text.lower()
    return (name for name in sorted(LEAVES) if typed in name)


class _Teach:
    """Keeps a label for every selected annotated object."""

    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if not any(EMBEDDING in thing for thing in context.selected_objects):
            cls.poll_message_set("Select objects that were annotated.")
            return False
        return True

    def label_of(self, thing: bpy.types.Object) -> str:
        raise NotImplementedError

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            kept = corrections.load(folder())
            done = 0
            for thing in context.selected_objects:
                found, label = vector(thing), self.label_of(thing) if PROPERTY in thing else ""
                if found is None or label.removeprefix(corrections.NOT) in ("", UNKNOWN):
                    continue
                kept = kept.with_one(found, label, thing.name)
                correct_annotation(thing, UNKNOWN if label.startswith(corrections.NOT) else kept.labels[-1])
                done += 1
            corrections.save(folder(), kept)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        except OSError as error:
            self.report({"ERROR"}, f"The corrections cannot be kept: {error.strerror}.")
            return {"CANCELLED"}
        self.report({"INFO"}, f"{done} kept; later annotations lean towards {len(kept)} examples.")
        return {"FINISHED"}


class WORLDWRIGHT_OT_accept_label(_Teach, bpy.types.Operator):
    """Keep the selected objects' labels as right; later annotations lean towards them"""

    bl_idname = "worldwright.accept_label"
    bl_label = "Accept"

    def label_of(self, thing: bpy.types.Object) -> str:
        return str(thing["label"])


class WORLDWRIGHT_OT_reject_label(_Teach, bpy.types.Operator):
    """Say that the selected objects are not what they were labelled, without saying what they are; they become unknown"""

    bl_idname = "worldwright.reject_label"
    bl_label = "Reject"

    def label_of(self, thing: bpy.types.Object) -> str:
        return f"{corrections.NOT}{thing['label']}"


class WORLDWRIGHT_OT_correct_label(_Teach, bpy.types.Operator):
    """Say what the selected objects are; a word of your own becomes a new class"""

    bl_idname = "worldwright.correct_label"
    bl_label = "Correct"

    label: bpy.props.StringProperty(
        name="Label", description="What these objects are", search=_known_labels, search_options={"SUGGESTION"}
    )

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self)

    def label_of(self, thing: bpy.types.Object) -> str:
        if not self.label.strip():
            raise WorldwrightError("A correction needs a label.", "Write what the object is.")
        return self.label


class WORLDWRIGHT_OT_forget_correction(bpy.types.Operator):
    """Take the last correction back"""

    bl_idname = "worldwright.forget_correction"
    bl_label = "Forget the Last Correction"

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            kept = corrections.load(folder())
            rest = kept.without_last()
            corrections.save(folder(), rest)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, f"“{kept.labels[-1]}” of “{kept.names[-1]}” is forgotten; {len(rest)} examples are left.")
        return {"FINISHED"}


class WORLDWRIGHT_OT_select_next(bpy.types.Operator):
    """Select the annotated objects whose labels would teach most: unsure ones that are unlike each other"""

    bl_idname = "worldwright.select_next"
    bl_label = "What Should I Label Next?"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        known = {row.tobytes() for row in corrections.load(folder()).vectors}
        things = [thing for thing in context.view_layer.objects if EMBEDDING in thing and vector(thing).tobytes() not in known]
        shape = max((vector(thing).shape for thing in things), default=None)
        things = [thing for thing in things if vector(thing).shape == shape]
        if not things:
            self.report({"INFO"}, "There is no annotated object left to label.")
            return {"CANCELLED"}
        confidences = np.array([thing.get("label_confidence", 0.0) for thing in things])
        chosen = corrections.next_to_label(confidences, np.stack([vector(thing) for thing in things]), NEXT)
        for thing in context.selected_objects:
            thing.select_set(False)
        for number in chosen:
            things[number].select_set(True)
        context.view_layer.objects.active = things[chosen[0]]
        return {"FINISHED"}


CLASSES = (
    WORLDWRIGHT_OT_accept_label,
    WORLDWRIGHT_OT_reject_label,
    WORLDWRIGHT_OT_correct_label,
    WORLDWRIGHT_OT_forget_correction,
    WORLDWRIGHT_OT_select_next,
)
