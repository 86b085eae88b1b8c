"""The sub-panel under Environment."""

from __future__ import annotations

import bpy

from ... import job
from ...brief_properties import draw_brief
from ...core.environments.greybox.brief import GreyboxBrief
from ...sidebar import SidebarPanel, draw_lines, draw_report
from .operators import KEEP


class WORLDWRIGHT_PT_greybox(SidebarPanel, bpy.types.Panel):
    bl_label = "From Grey Boxes"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings, width = self.layout, context.scene.worldwright_greybox, context.region.width
        job.draw_button(layout, "greybox", "worldwright.greybox", "MESH_CUBE")
        active = context.active_object
        layout.operator("worldwright.keep", icon="PINNED" if active is not None and active.get(KEEP) else "UNPINNED")
        layout.prop(settings, "hide")
        layout.prop(settings, "library")
        layout.prop(settings.sliders, "seed")
        draw_brief(layout, settings.sliders, GreyboxBrief, "greybox")
        draw_report(layout, job.reports.get("greybox"), "greybox", width)
        if active is not None and "replaces" in active and "why" in active:
            draw_lines(layout, active["why"], width, "QUESTION")


CLASSES = (WORLDWRIGHT_PT_greybox,)
