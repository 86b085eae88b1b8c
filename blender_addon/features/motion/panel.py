"""The Motion panel, under Character."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report


class WORLDWRIGHT_PT_motion(SidebarPanel, bpy.types.Panel):
    bl_label = "Motion"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_motion
        job.draw_button(layout, "motion", "worldwright.add_clips", "ACTION")
        layout.grid_flow(row_major=True, columns=3, even_columns=True, align=True).prop(settings, "clips")
        column = layout.column()
        column.use_property_split, column.use_property_decorate = True, False
        column.prop(settings, "style")
        if settings.style not in ("neutral", "learned"):
            column.prop(settings, "style_amount", slider=True)
        column.prop(settings, "mood")
        if settings.mood != "neutral":
            column.prop(settings, "mood_amount", slider=True)
        column.prop(settings, "speed", slider=True)
        column.prop(settings, "root_motion")
        self._draw_retarget(settings)
        self._draw_controls(settings)
        draw_report(layout, job.reports.get("motion"), "motion", context.region.width)

    def _draw_retarget(self, settings: bpy.types.PropertyGroup) -> None:
        header, body = self.layout.panel("worldwright_motion_retarget", default_closed=True)
        header.label(text="Retarget onto the Selected Rig")
        if body:
            column = body.column()
            column.use_property_split, column.use_property_decorate = True, False
            column.prop(settings, "in_place")
            column.prop(settings, "lock_feet")
            body.operator("worldwright.choose_motion", icon="FILE_FOLDER")
            column = body.column()
            column.use_property_split, column.use_property_decorate = True, False
            column.prop(settings, "source")
            column.prop(settings, "action")
            body.operator("worldwright.retarget_action", icon="ARMATURE_DATA")

    def _draw_controls(self, settings: bpy.types.PropertyGroup) -> None:
        header, body = self.layout.panel("worldwright_motion_controls", default_closed=True)
        header.label(text="Control Rig")
        if body:
            body.prop(settings, "follow")
            row = body.row(align=True)
            row.operator("worldwright.add_controls", icon="CON_KINEMATIC")
            row.operator("worldwright.bake_controls", icon="REC")


CLASSES = (WORLDWRIGHT_PT_motion,)
