"""Two panels under Environment: City, and Landscape."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import Kind, draw_generator
from .operators import last_sky
from .settings import City, Landscape


class Outdoors(SidebarPanel):
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}
    kind: type[Kind]
    pictures: tuple[str, ...]

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, self.kind)
        settings = self.kind.settings(context)
        for name in self.pictures:
            self.layout.prop(settings, name)
        self.layout.operator(f"worldwright.{self.kind.kind}_from_photo", icon="IMAGE_DATA")
        if last_sky(context) is not None:
            self.layout.operator("worldwright.use_sky", icon="WORLD")


class WORLDWRIGHT_PT_city(Outdoors, bpy.types.Panel):
    bl_label = "City"
    kind, pictures = City, ("sketch",)


class WORLDWRIGHT_PT_landscape(Outdoors, bpy.types.Panel):
    bl_label = "Landscape"
    kind, pictures = Landscape, ("heights", "sketch")


class WORLDWRIGHT_PT_environment_photo(SidebarPanel, bpy.types.Panel):
    bl_label = "Room from Photo"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.operator("worldwright.environment_from_photo", icon="IMAGE_DATA")


CLASSES = (WORLDWRIGHT_PT_environment_photo, WORLDWRIGHT_PT_city, WORLDWRIGHT_PT_landscape)
