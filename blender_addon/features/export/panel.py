"""The Export panel."""

from __future__ import annotations

import bpy

from ... import job
from ...core.game.findings import ERROR, WARNING
from ...sidebar import SidebarPanel, draw_lines, draw_report
from . import operators

ICONS = {ERROR: "CANCEL", WARNING: "ERROR"}
MOST_SHOWN = 12


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


class WORLDWRIGHT_PT_export_pack(SidebarPanel, bpy.types.Panel):
    bl_label = "Engine Pack"
    bl_parent_id = "WORLDWRIGHT_PT_export"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings, width = self.layout, context.scene.worldwright_export, context.region.width
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        for name in ("engine", "folder", "lods", "colliders", "lightmaps", "viewer", "texture_size", "platform"):
            column.prop(settings, name)
        row = layout.row(align=True)
        row.prop(settings, "overwrite", toggle=True)
        row.prop(settings, "force", toggle=True)
        layout.operator("worldwright.preflight", icon="VIEWZOOM")
        for index, finding in enumerate(operators.findings[:MOST_SHOWN]):
            box = layout.box()
            draw_lines(box, f"{finding.sentence} {finding.consequence}".strip(), width, ICONS.get(finding.level, "INFO"))
            if finding.fix:
                box.operator("worldwright.fix", text=finding.cure.rstrip("."), icon="TOOL_SETTINGS").index = index
        job.draw_button(layout, "pack", "worldwright.export_pack", "PACKAGE")
        draw_report(layout, job.reports.get("pack"), "pack", width)


CLASSES = (WORLDWRIGHT_PT_export, WORLDWRIGHT_PT_export_pack)
