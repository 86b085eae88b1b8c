"""The sub-panel under Environment."""

from __future__ import annotations

import bpy

from ... import job
from ...brief_properties import draw_brief
from ...core.environments.stage import StageBrief
from ...sidebar import SidebarPanel, draw_report


class WORLDWRIGHT_PT_stage(SidebarPanel, bpy.types.Panel):
    bl_label = "Camera and Stage"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_stage
        job.draw_button(layout, "stage", "worldwright.walk_through", "VIEW_CAMERA")
        layout.prop(settings, "seconds")
        layout.operator("worldwright.stage", icon="LIGHT_AREA")
        draw_report(layout, job.reports.get("stage"), "stage", context.region.width)
        draw_brief(layout, settings.sliders, StageBrief, "stage")


CLASSES = (WORLDWRIGHT_PT_stage,)
