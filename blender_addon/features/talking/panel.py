"""The Talking Character panel, under Character."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_lines, draw_report
from .settings import HEAR, PERFORM


class WORLDWRIGHT_PT_talking(SidebarPanel, bpy.types.Panel):
    bl_label = "Talking Character"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_talking
        job.draw_button(layout, "talking", "worldwright.talk", "SPEAKER")
        layout.prop(settings, "persona", text="", placeholder="Persona (.json, .toml)")
        layout.row(align=True).prop(settings, "mode", expand=True)
        if settings.mode in (HEAR, PERFORM):
            layout.prop(settings, "sound", text="", placeholder="Recording (.wav)")
        if settings.mode != HEAR:
            layout.prop(settings, "text", text="", placeholder="Its words, if known" if settings.mode == PERFORM else "Your words")
        if settings.answer:
            draw_lines(layout.box(), f"“{settings.answer}” {settings.note}", context.region.width, "OUTLINER_OB_SPEAKER")
        header, body = layout.panel("worldwright_talking_model", default_closed=True)
        header.label(text="Language Model")
        if body:
            body.prop(settings, "model", text="")
        draw_report(layout, job.reports.get("talking"), "talking", context.region.width)


CLASSES = (WORLDWRIGHT_PT_talking,)
