"""The Points panel."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report


class WORLDWRIGHT_PT_points(SidebarPanel, bpy.types.Panel):
    bl_label = "Points"

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_points
        job.draw_button(layout, "points", "worldwright.points", "OUTLINER_OB_POINTCLOUD")
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "method")
        column.row().prop(settings, "amount", expand=True)
        column.prop(settings, settings.amount)
        column.prop(settings, "seed")
        column.prop(settings, "together")
        column.prop(settings, "native")
        draw_report(layout, job.reports.get("points"), "points", context.region.width)
        row = layout.row(align=True)
        row.operator("worldwright.load_points", text="Load Points…", icon="IMPORT")
        row.operator("worldwright.save_points", text="Save Points…", icon="EXPORT")


CLASSES = (WORLDWRIGHT_PT_points,)
