"""The list of models, under Learn."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_report
from .operators import listing

SHOWN = 8
EACH = (("evaluate_model", "VIEWZOOM"), ("deploy_model", "EXPORT"), ("export_model", "FILE_TICK"), ("delete_model", "TRASH"))


class WORLDWRIGHT_PT_models(SidebarPanel, bpy.types.Panel):
    bl_label = "Models"
    bl_parent_id = "WORLDWRIGHT_PT_learning"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, (entries, uses) = self.layout, listing()
        if not entries:
            layout.label(text="You have not trained a model yet.", icon="INFO")
        for entry in entries[:SHOWN]:
            used = uses.get(entry.card.task) == entry.label
            row = layout.row(align=True)
            button = row.operator("worldwright.choose_model", text=entry.label, depress=used, translate=False)
            button.model = entry.label
            if used:
                row.menu("WORLDWRIGHT_MT_model", text="", icon="DOWNARROW_HLT")
        if len(entries) > SHOWN:
            layout.label(text="The command “worldwright models list” shows the rest.")
        if job.running and job.running.feature == "models":
            job.draw_button(layout, "models", "worldwright.evaluate_model", "VIEWZOOM")
        row = layout.row(align=True)
        row.operator("worldwright.roll_back_model", icon="LOOP_BACK")
        row.operator("worldwright.import_model", icon="IMPORT")
        draw_report(layout, job.reports.get("models"), "models", context.region.width)


class WORLDWRIGHT_MT_model(bpy.types.Menu):
    """What can be done with the model in use"""

    bl_label = "Model"

    def draw(self, context: bpy.types.Context) -> None:
        layout = self.layout
        layout.operator_context = "INVOKE_DEFAULT"
        for name, icon in EACH:
            layout.operator(f"worldwright.{name}", icon=icon).model = listing()[1].get("annotate", "")


CLASSES = (WORLDWRIGHT_MT_model, WORLDWRIGHT_PT_models)
