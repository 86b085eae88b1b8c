"""The sub-panels under Character."""

from __future__ import annotations

import bpy

from ... import job, runtime
from ...brief_properties import draw_brief
from ...core.characters.fit.brief import FitBrief, RigBrief
from ...sidebar import SidebarPanel, draw_missing, draw_report


class WORLDWRIGHT_PT_fit(SidebarPanel, bpy.types.Panel):
    bl_label = "Fit to My Mesh"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_torch(self.layout, context.region.width)
        job.draw_button(self.layout, "fit", "worldwright.fit", "MOD_SHRINKWRAP")
        draw_brief(self.layout, context.scene.worldwright_fit, FitBrief, "fit")
        report = job.reports.get("fit")
        draw_report(self.layout, report, "fit", context.region.width)
        if report is not None:
            self.layout.operator("worldwright.show_residual", icon="COLOR")


class WORLDWRIGHT_PT_rig(SidebarPanel, bpy.types.Panel):
    bl_label = "Rig My Mesh"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_torch(self.layout, context.region.width)
        job.draw_button(self.layout, "rig", "worldwright.rig", "OUTLINER_OB_ARMATURE")
        draw_brief(self.layout, context.scene.worldwright_rig, RigBrief, "rig")
        draw_report(self.layout, job.reports.get("rig"), "rig", context.region.width)


def draw_torch(layout: bpy.types.UILayout, width: int) -> None:
    """What is missing for networks to run, if anything."""
    draw_missing(layout, runtime.missing(), width)


CLASSES = (WORLDWRIGHT_PT_fit, WORLDWRIGHT_PT_rig)
