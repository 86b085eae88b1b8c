"""Add › Worldwright, and the entries in the context menu of objects."""

from __future__ import annotations

import bpy

ADDED = (
    ("character", "OUTLINER_OB_ARMATURE"), ("crowd", "COMMUNITY"), ("creature", "MONKEY"), ("robot", "TOOL_SETTINGS"), (None, ""),
    ("environment", "HOME"), ("home", "MOD_BUILD"), ("city", "OUTLINER_OB_GROUP_INSTANCE"), ("landscape", "RNDCURVE"),
)  # fmt: skip
ON_OBJECTS = (
    ("annotate", "VIEWZOOM"), ("points", "POINTCLOUD_DATA"), ("rebuild", "FILE_REFRESH"), ("greybox", "MESH_CUBE"),
    ("fit", "OUTLINER_OB_ARMATURE"), ("rig", "ARMATURE_DATA"), ("stage", "CAMERA_DATA"), ("export_pack", "PACKAGE"),
)  # fmt: skip


class WORLDWRIGHT_MT_add(bpy.types.Menu):
    bl_label = "Worldwright"

    def draw(self, context: bpy.types.Context) -> None:
        for name, icon in ADDED:
            if name is None:
                self.layout.separator()
            else:
                self.layout.operator(f"worldwright.{name}", icon=icon)


class WORLDWRIGHT_MT_objects(bpy.types.Menu):
    bl_label = "Worldwright"

    def draw(self, context: bpy.types.Context) -> None:
        for name, icon in ON_OBJECTS:
            self.layout.operator(f"worldwright.{name}", icon=icon)


def _draw_add(self: bpy.types.Menu, context: bpy.types.Context) -> None:
    self.layout.separator()
    self.layout.operator_context = "INVOKE_REGION_WIN"
    self.layout.menu("WORLDWRIGHT_MT_add", icon="COMMUNITY")


def _draw_objects(self: bpy.types.Menu, context: bpy.types.Context) -> None:
    self.layout.operator_context = "INVOKE_REGION_WIN"
    self.layout.menu("WORLDWRIGHT_MT_objects", icon="COMMUNITY")
    self.layout.separator()


def register() -> None:
    """Adds the entries to Blender's menus."""
    bpy.types.VIEW3D_MT_add.append(_draw_add)
    bpy.types.VIEW3D_MT_object_context_menu.prepend(_draw_objects)


def unregister() -> None:
    """Takes them away again."""
    bpy.types.VIEW3D_MT_add.remove(_draw_add)
    bpy.types.VIEW3D_MT_object_context_menu.remove(_draw_objects)


CLASSES = (WORLDWRIGHT_MT_add, WORLDWRIGHT_MT_objects)
