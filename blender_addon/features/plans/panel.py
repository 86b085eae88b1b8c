"""Two panels under Environment: Home, and Floor Plan."""

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report
from ..generator import draw_generator
from . import drawing
from .settings import Home


class WORLDWRIGHT_PT_home(SidebarPanel, bpy.types.Panel):
    bl_label = "Home"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Home)


class WORLDWRIGHT_PT_plan(SidebarPanel, bpy.types.Panel):
    bl_label = "Floor Plan"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        settings, layout = context.scene.worldwright_plan, self.layout
        layout.prop(settings, "picture", text="")
        layout.prop(settings, "scale")
        layout.operator("worldwright.read_plan", icon="IMAGE_DATA")
        plan = drawing.plan_collection(context)
        if plan is not None and (text := drawing.said(plan)):
            layout.label(text=text)
        thing = context.view_layer.objects.active
        for name, text in ((drawing.KIND, "Opening"), (drawing.ROOM, "Room")):
            if thing is not None and name in thing and thing[name] != "walls":
                layout.prop(thing, f'["{name}"]', text=text)
        job.draw_button(layout, "plan", "worldwright.build_plan", "ADD")
        draw_report(layout, job.reports.get("plan"), "plan", context.region.width)


CLASSES = (WORLDWRIGHT_PT_home, WORLDWRIGHT_PT_plan)
