"""The outdoor features' buttons."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy

from ...core.environments.photo import read_photo
from ...core.environments.pictures import read_picture
from ...core.errors import WorldwrightError
from ...writing.scene import WORLD
from ...writing.worlds import use_world
from ..environments.settings import Environment
from ..generator import Another, Generate, ReadPrompt, editing_operators, last_result
from .settings import City, Landscape


class WithPictures:
    """Reads the pictures that the settings name, and hands them over with the brief."""

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        method, values = yield from super().request(context)
        settings = self.settings(context)
        for name in ("sketch", "heights"):
            if getattr(settings, name, ""):
                values[name] = read_picture(absolute(getattr(settings, name)), deep=name == "heights")
                yield 1.0
        return method, values


def absolute(path: str) -> Path:
    """A path as Blender's file fields hold it, from the file system's root."""
    return Path(bpy.path.abspath(path))


class WORLDWRIGHT_OT_read_city_prompt(City, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_city_prompt"


class WORLDWRIGHT_OT_city(City, WithPictures, Generate, bpy.types.Operator):
    """Make the street, district, square or village that the sliders describe, at the 3D cursor"""

    bl_idname = "worldwright.city"
    bl_label = "Generate City"


class WORLDWRIGHT_OT_another_city(City, WithPictures, Another, bpy.types.Operator):
    """Replace the last city by one with the next seed"""

    bl_idname = "worldwright.another_city"


class WORLDWRIGHT_OT_read_landscape_prompt(Landscape, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_landscape_prompt"


class WORLDWRIGHT_OT_landscape(Landscape, WithPictures, Generate, bpy.types.Operator):
    """Make the landscape that the sliders describe, at the 3D cursor"""

    bl_idname = "worldwright.landscape"
    bl_label = "Generate Landscape"


class WORLDWRIGHT_OT_another_landscape(Landscape, WithPictures, Another, bpy.types.Operator):
    """Replace the last landscape by one with the next seed"""

    bl_idname = "worldwright.another_landscape"


class FromPhoto:
    """Operator: a photograph's light, colours and materials move the sliders."""

    bl_label = "Mood from Photo"
    bl_options = {"REGISTER", "UNDO"}

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        settings = self.settings(context)
        try:
            found = read_photo(read_picture(absolute(self.filepath)))
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        for name, value in found.brief_values(self.brief).items():
            setattr(settings.sliders, name, value)
        settings.notes = " ".join(found.notes)
        return {"FINISHED"}


class WORLDWRIGHT_OT_city_from_photo(City, FromPhoto, bpy.types.Operator):
    """Take weather, hour, the sun's height and warmth, façade colours and brick from a photograph"""

    bl_idname = "worldwright.city_from_photo"
    filepath: bpy.props.StringProperty(subtype="FILE_PATH")


class WORLDWRIGHT_OT_landscape_from_photo(Landscape, FromPhoto, bpy.types.Operator):
    """Take weather, hour, season, the sun's height and warmth, meadow colour, trees and stones from a photograph"""

    bl_idname = "worldwright.landscape_from_photo"
    filepath: bpy.props.StringProperty(subtype="FILE_PATH")


class WORLDWRIGHT_OT_environment_from_photo(Environment, FromPhoto, bpy.types.Operator):
    """Take palette, strong colour, walls and brightness of the room from a photograph"""

    bl_idname = "worldwright.environment_from_photo"
    filepath: bpy.props.StringProperty(subtype="FILE_PATH")


class WORLDWRIGHT_OT_use_sky(bpy.types.Operator):
    """Make the sky of the last street or landscape this scene's world. The world it had stays in the file"""

    bl_idname = "worldwright.use_sky"
    bl_label = "Use This Sky"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if last_sky(context) is None:
            cls.poll_message_set("The sky of the last result is in use, or there is none.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        if context.scene.world is not None:
            context.scene.world.use_fake_user = True
        use_world(context.scene, last_sky(context))
        return {"FINISHED"}


def last_sky(context: bpy.types.Context) -> bpy.types.World | None:
    """The sky of the last outdoor result where the scene does not use it yet."""
    for kind in (Landscape.kind, City.kind):
        collection = bpy.data.collections.get(last_result.get(kind, ""))
        world = collection.get(WORLD) if collection is not None else None
        if world is not None and world != context.scene.world:
            return world
    return None


CLASSES = (
    WORLDWRIGHT_OT_read_city_prompt, WORLDWRIGHT_OT_city, WORLDWRIGHT_OT_another_city, WORLDWRIGHT_OT_city_from_photo,
    WORLDWRIGHT_OT_read_landscape_prompt, WORLDWRIGHT_OT_landscape, WORLDWRIGHT_OT_another_landscape,
    WORLDWRIGHT_OT_landscape_from_photo, WORLDWRIGHT_OT_environment_from_photo,
    WORLDWRIGHT_OT_use_sky, *editing_operators(City, City, WithPictures),
    *editing_operators(Landscape, Landscape, WithPictures),
)  # fmt: skip
