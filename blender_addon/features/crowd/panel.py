"""The Crowd panel, and under Character: starting points, a reference picture, local sliders."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import draw_generator
from .settings import Crowd


class WORLDWRIGHT_PT_crowd(SidebarPanel, bpy.types.Panel):
    bl_label = "Crowd"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Crowd)


class WORLDWRIGHT_PT_people(SidebarPanel, bpy.types.Panel):
    bl_label = "Starting Points"
    bl_parent_id = "WORLDWRIGHT_PT_character_more"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, people = self.layout, context.scene.worldwright_people
        for low, high in (("youngest", "oldest"), ("lightest", "darkest"), ("slightest", "heaviest")):
            row = layout.row(align=True)
            row.prop(people, low)
            row.prop(people, high)
        layout.operator("worldwright.random_person", icon="FILE_REFRESH")
        layout.separator()
        layout.template_ID(people, "picture", open="image.open")
        layout.operator("worldwright.read_picture", icon="IMAGE_DATA")


class WORLDWRIGHT_UL_local(bpy.types.UIList):
    """One local slider a row; the search is the list's own."""

    def draw_item(self, context, layout, data, item, icon, active_data, active_property, index) -> None:
        row = layout.split(factor=0.6)
        row.label(text=item.title, translate=False)
        row.prop(item, "value", text="", slider=True)

    def filter_items(self, context, data, property) -> tuple[list[int], list[int]]:
        wanted, words = data.local_group, self.filter_name.lower().split()
        shown = [
            self.bitflag_filter_item
            if wanted in ("All", item.group) and all(word in f"{item.title} {item.name}".lower() for word in words)
            else 0
            for item in getattr(data, property)
        ]
        return shown, []


class WORLDWRIGHT_PT_local(SidebarPanel, bpy.types.Panel):
    bl_label = "Local Sliders"
    bl_parent_id = "WORLDWRIGHT_PT_character_more"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, people = self.layout, context.scene.worldwright_people
        row = layout.row(align=True)
        row.operator("worldwright.list_local", icon="PRESET")
        row.operator("worldwright.reset_local", text="", icon="LOOP_BACK")
        if people.locals:
            layout.prop(people, "local_group", text="")
            layout.template_list("WORLDWRIGHT_UL_local", "", people, "locals", people, "local_index", rows=8)


CLASSES = (WORLDWRIGHT_UL_local, WORLDWRIGHT_PT_crowd, WORLDWRIGHT_PT_people, WORLDWRIGHT_PT_local)
