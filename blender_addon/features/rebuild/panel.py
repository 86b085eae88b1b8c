"""The sub-panel under Environment, with the sliders, variants and in-betweens folded away."""

from __future__ import annotations

import dataclasses

import bpy

from ... import job, runtime
from ...sidebar import SidebarPanel, draw_lines, draw_missing, draw_report
from . import sliders
from .operators import is_rebuilt


class WORLDWRIGHT_PT_rebuild(SidebarPanel, bpy.types.Panel):
    bl_label = "Rebuild a Shape"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings, width = self.layout, context.scene.worldwright_rebuild, context.region.width
        draw_missing(layout, runtime.missing(), width)
        job.draw_button(layout, "rebuild", "worldwright.rebuild", "MOD_BUILD")
        layout.prop(settings.sliders, "kind")
        layout.prop(settings.sliders, "refine")
        layout.prop(settings, "together")
        active = context.active_object
        if is_rebuilt(active):
            self._draw_active(context, settings, active)
        draw_report(layout, job.reports.get("rebuild"), "rebuild", width)
        header, body = layout.panel("worldwright_rebuild_more", default_closed=True)
        header.label(text="More")
        if body:
            for name in ("one_sided", "tidy", "colors", "levels", "palette", "seed"):
                body.prop(settings.sliders, name)

    def _draw_active(self, context: bpy.types.Context, settings: bpy.types.PropertyGroup, active: bpy.types.Object) -> None:
        layout, width = self.layout, context.region.width
        if active.get("unsure"):
            draw_lines(layout, f"Not sure of: {active['unsure']}.", width, "QUESTION")
        row = layout.row(align=True)
        row.operator("worldwright.load_prop", icon="GREASEPENCIL")
        row.operator("worldwright.apply_prop", icon="FILE_TICK")
        header, body = layout.panel("worldwright_rebuild_sliders", default_closed=True)
        header.label(text=f"Sliders of “{active.name}”", translate=False)
        if body and settings.shown == active.name and sliders.shown(context.scene):
            from ...core.environments.props import PROPS

            column = body.column()
            column.use_property_split, column.use_property_decorate = True, False
            for field in dataclasses.fields(PROPS[active["prop"]][0]):
                column.prop(sliders.sliders(context.scene, active["prop"]), field.name, slider=True)
        elif body:
            body.label(text="Press Show Its Sliders.")


class WORLDWRIGHT_PT_variants(SidebarPanel, bpy.types.Panel):
    bl_label = "Variants and In-Betweens"
    bl_parent_id = "WORLDWRIGHT_PT_rebuild"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_rebuild
        layout.operator("worldwright.vary", icon="MOD_ARRAY")
        for name in ("count", "amount", "sizes", "seed"):
            layout.prop(settings.vary, name)
        layout.operator("worldwright.blend", icon="ARROW_LEFTRIGHT")
        layout.prop(settings.blend, "count", text="Steps between")


CLASSES = (WORLDWRIGHT_PT_rebuild, WORLDWRIGHT_PT_variants)
