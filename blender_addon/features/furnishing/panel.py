"""The sub-panel under Environment."""

from __future__ import annotations

import bpy

from ... import job
from ...brief_properties import draw_brief
from ...core.environments.furnish.brief import FurnishBrief
from ...sidebar import SidebarPanel, draw_lines, draw_report
from ..greybox.operators import KEEP


class WORLDWRIGHT_PT_furnishing(SidebarPanel, bpy.types.Panel):
    bl_label = "Furnishing"
    bl_parent_id = "WORLDWRIGHT_PT_environment"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, sliders, width = self.layout, context.scene.worldwright_furnish.sliders, context.region.width
        active = context.active_object
        layout.prop(sliders, "wish", text="", placeholder="Two shelves against the north wall; empty: what is missing")
        job.draw_button(layout, "furnish", "worldwright.furnish", "ADD")
        row = layout.row(align=True)
        row.operator("worldwright.scatter")
        row.operator("worldwright.rearrange")
        row.operator("worldwright.another_design")
        row = layout.row(align=True)
        row.operator("worldwright.keep", icon="PINNED" if active is not None and active.get(KEEP) else "UNPINNED")
        row.operator("worldwright.check_room", icon="CHECKMARK")
        if active is not None and "why" in active:
            draw_lines(layout, f"Why here: {active['why']}", width, "QUESTION")
        draw_report(layout, job.reports.get("furnish"), "furnish", width)
        header, body = layout.panel("worldwright_furnish_sliders", default_closed=True)
        header.label(text="Sliders")
        if body:
            body.prop(sliders, "seed")
            draw_brief(body, sliders, FurnishBrief, "furnish", without=("task", "wish"))


CLASSES = (WORLDWRIGHT_PT_furnishing,)
