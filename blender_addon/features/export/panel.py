"""The Export panel."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report


class WORLDWRIGHT_PT_export(SidebarPanel, bpy.types.Panel):
    bl_label = "Export"

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_export
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "what")
        column.prop(settings, "path")
        job.draw_button(layout, "export", "worldwright.export", "EXPORT")
        draw_report(layout, job.reports.get("export"), "export", context.region.width)


CLASSES = (WORLDWRIGHT_PT_export,)
