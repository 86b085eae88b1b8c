"""The Jobs panel."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_lines

SHOWN = 6
ICONS = {job.DONE: "CHECKMARK", job.CANCELLED: "X"}


class WORLDWRIGHT_PT_jobs(SidebarPanel, bpy.types.Panel):
    bl_label = "Jobs"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout = self.layout
        if job.running:
            row = layout.row(align=True)
            row.progress(factor=job.running.fraction, text=job.running.title)
            row.operator("worldwright.cancel", text="", icon="X")
        elif not job.history:
            layout.label(text="Nothing has run in this session.", icon="INFO")
        for past in list(job.history)[:SHOWN]:
            row = layout.row()
            row.label(text=past.title, icon=ICONS.get(past.outcome, "ERROR"))
            right = row.row()
            right.alignment = "RIGHT"
            right.label(text=f"{past.seconds:.1f} s", translate=False)
            if past.outcome not in ICONS:
                draw_lines(layout, past.outcome, context.region.width)
        if job.history:
            layout.operator("worldwright.copy_jobs", icon="COPYDOWN")


CLASSES = (WORLDWRIGHT_PT_jobs,)
