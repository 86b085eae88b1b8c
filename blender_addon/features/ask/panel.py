"""The Ask panel: type or speak, look at what was understood, do it."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_lines
from . import operators


class WORLDWRIGHT_PT_ask(SidebarPanel, bpy.types.Panel):
    bl_label = "Ask"

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings, width = self.layout, context.scene.worldwright_ask, context.region.width
        row = layout.row(align=True)
        row.prop(settings, "text", text="", placeholder="Add, move, paint, ask …")
        if job.running and operators.recorder is not None and not operators.recorder.ended:
            row.operator("worldwright.ask_listened", text="", icon="CHECKMARK")
        else:
            row.operator("worldwright.ask_listen", text="", icon="PLAY_SOUND")
        job.draw_button(layout, "ask", "worldwright.ask", "OUTLINER_OB_FONT")
        if settings.understood:
            box = layout.box()
            draw_lines(box, settings.said, width, "HIDE_OFF")
            row = box.row(align=True)
            row.operator("worldwright.ask_do", icon="CHECKMARK")
            row.operator("worldwright.ask_cancel", icon="X")
        elif settings.reply:
            draw_lines(layout, settings.reply, width, "OUTLINER_OB_FONT")
            for reading in settings.readings.split("\n")[:2]:
                if reading:
                    layout.operator(
                        "worldwright.ask_reading", text=reading, icon="RIGHTARROW_THIN", translate=False
                    ).reading = reading


class WORLDWRIGHT_PT_ask_more(SidebarPanel, bpy.types.Panel):
    bl_label = "Picture, Recording, Pointing"
    bl_parent_id = "WORLDWRIGHT_PT_ask"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_ask
        column = layout.column()
        for name, operator in (("picture", "worldwright.ask_show"), ("recording", "worldwright.ask_recording")):
            row = column.row(align=True)
            row.prop(settings, name)
            row.operator(operator, text="", icon="VIEWZOOM" if name == "picture" else "PLAY")
        for name in ("use_cursor", "at_once", "keep", "folder", "seed"):
            column.prop(settings, name)


CLASSES = (WORLDWRIGHT_PT_ask, WORLDWRIGHT_PT_ask_more)
