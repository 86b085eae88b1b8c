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
        column = _split(layout)
        column.prop(settings, "method")
        column.prop(settings, settings.amount)
        draw_report(layout, job.reports.get("points"), "points", context.region.width)
        header, more = layout.panel("worldwright_points_more", default_closed=True)
        header.label(text="More")
        if more:
            column = _split(more)
            column.row().prop(settings, "amount", expand=True)
            column.prop(settings, "seed")
            column.prop(settings, "together")
            column.prop(settings, "native")
            row = more.row(align=True)
            row.operator("worldwright.load_points", text="Load Points…", icon="IMPORT")
            row.operator("worldwright.save_points", text="Save Points…", icon="EXPORT")


def _split(layout: bpy.types.UILayout) -> bpy.types.UILayout:
    column = layout.column()
    column.use_property_split = True
    column.use_property_decorate = False
    return column


CLASSES = (WORLDWRIGHT_PT_points,)
