"""The Batch panel."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report


class WORLDWRIGHT_PT_batch(SidebarPanel, bpy.types.Panel):
    bl_label = "Batch"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_batch
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        for name in ("job", "folder", "workers", "retry_failed"):
            column.prop(settings, name)
        job.draw_button(layout, "batch", "worldwright.batch", "RENDER_ANIMATION")
        draw_report(layout, job.reports.get("batch"), "batch", context.region.width)


CLASSES = (WORLDWRIGHT_PT_batch,)
