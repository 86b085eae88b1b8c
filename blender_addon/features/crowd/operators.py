"""Buttons: crowds, people at random, a reference picture, local sliders."""

from __future__ import annotations

import json
from dataclasses import replace

import bpy

from ...brief_properties import show_brief, to_brief
from ...core.characters import local
from ...core.characters.brief import CharacterBrief
from ...core.errors import WorldwrightError
from ...reading.materials import read_image
from ..generator import Another, Generate, ReadPrompt, editing_operators
from .settings import Crowd


class WORLDWRIGHT_OT_read_crowd_prompt(Crowd, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_crowd_prompt"


class WORLDWRIGHT_OT_crowd(Crowd, Generate, bpy.types.Operator):
    """Make many different people at the 3D cursor, who share materials and actions, and report who was made"""

    bl_idname = "worldwright.crowd"
    bl_label = "Generate Crowd"


class WORLDWRIGHT_OT_another_crowd(Crowd, Another, bpy.types.Operator):
    """Replace the last crowd by one with the next seed"""

    bl_idname = "worldwright.another_crowd"


class Quick:
    """Base of operators that move the Character panel's sliders at once."""

    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        settings = context.scene.worldwright_character
        try:
            note = self.change(context, settings.sliders)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        settings.notes, settings.understood = note, settings.prompt
        return {"FINISHED"}


class WORLDWRIGHT_OT_random_person(Quick, bpy.types.Operator):
    """Move the Character panel's sliders to somebody within the limits; press again for somebody else"""

    bl_idname = "worldwright.random_person"
    bl_label = "Somebody Within Limits"

    def change(self, context: bpy.types.Context, sliders) -> str:
        people = context.scene.worldwright_people
        limits = {
            "age": (people.youngest, people.oldest),
            "skin_tone": (people.lightest, people.darkest),
            "weight": (people.slightest, people.heaviest),
        }
        from ...core.characters.somebody import random_brief  # enabling the extension must be quick

        show_brief(sliders, random_brief(sliders.seed + 1, limits))
        return "The sliders show somebody within the limits."


class WORLDWRIGHT_OT_read_picture(Quick, bpy.types.Operator):
    """Read colours of clothes and hair, and the hair's length, from the picture into the Character panel's sliders"""

    bl_idname = "worldwright.read_picture"
    bl_label = "Read Picture"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if context.scene.worldwright_people.picture is None:
            cls.poll_message_set("Choose a picture first.")
            return False
        return True

    def change(self, context: bpy.types.Context, sliders) -> str:
        texture = read_image(context.scene.worldwright_people.picture)
        if texture is None:
            raise WorldwrightError("The picture cannot be read.", "Load it again.")
        from ...core.characters.picture import read_picture

        reading = read_picture(texture.pixels)
        show_brief(sliders, replace(to_brief(sliders, CharacterBrief), **reading.values))
        read = ", ".join(name.replace("_", " ") for name in reading.values) or "nothing"
        return f"Read from the picture: {read}. {' '.join(reading.notes)}"


class WORLDWRIGHT_OT_list_local(bpy.types.Operator):
    """List the local sliders of face and body, with the values that the Character panel has"""

    bl_idname = "worldwright.list_local"
    bl_label = "Show Local Sliders"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        people = context.scene.worldwright_people
        try:
            from ...core.characters.body import load_pack

            known = local.names(load_pack())
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        values = json.loads(context.scene.worldwright_character.sliders.local or "{}")
        people.locals.clear()
        for name in sorted({*known, *values}):
            item = people.locals.add()
            item.name, item.title, item.group = name, local.title_of(name), local.group_of(name)
            if name in values:
                item.value = values[name]
        return {"FINISHED"}


class WORLDWRIGHT_OT_reset_local(bpy.types.Operator):
    """Set every local slider to zero"""

    bl_idname = "worldwright.reset_local"
    bl_label = "Reset"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        for item in context.scene.worldwright_people.locals:
            if item.value:
                item.value = 0.0
        context.scene.worldwright_character.sliders.local = "{}"
        return {"FINISHED"}


CLASSES = (
    WORLDWRIGHT_OT_read_crowd_prompt,
    WORLDWRIGHT_OT_crowd,
    WORLDWRIGHT_OT_another_crowd,
    *editing_operators(Crowd),
    WORLDWRIGHT_OT_random_person,
    WORLDWRIGHT_OT_read_picture,
    WORLDWRIGHT_OT_list_local,
    WORLDWRIGHT_OT_reset_local,
)
