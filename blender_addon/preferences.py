"""The extension's preferences, and reading them where there are none (``bpy`` without an installed extension)."""

from __future__ import annotations

from types import SimpleNamespace

import bpy


def _changed(self: object, context: object) -> None:
    from . import runtime

    runtime.forget()


class Preferences(bpy.types.AddonPreferences):
    bl_idname = __package__

    python_path: bpy.props.StringProperty(
        name="Python with PyTorch",
        description="An existing environment's folder or its Python. Empty: the one the Doctor installed, else Blender's own",
        subtype="FILE_PATH",
        update=_changed,
    )
    wheels_folder: bpy.props.StringProperty(
        name="Folder of wheels",
        description="Install PyTorch from the .whl files in this folder, without network. Empty: from the Python Package Index",
        subtype="DIR_PATH",
    )

    def draw(self, context: bpy.types.Context) -> None:
        column = self.layout.column()
        column.use_property_split = True
        column.prop(self, "python_path")
        column.prop(self, "wheels_folder")


CLASSES = (Preferences,)


def get() -> Preferences | SimpleNamespace:
    """The preferences; their defaults when the add-on was registered without being enabled."""
    addon = bpy.context.preferences.addons.get(__package__)
    if addon and addon.preferences:
        return addon.preferences
    return SimpleNamespace(python_path="", wheels_folder="")
