"""The Doctor panel."""

from __future__ import annotations

import bpy

from ... import job
from ...sidebar import SidebarPanel, draw_lines
from .findings import examine


class WORLDWRIGHT_PT_doctor(SidebarPanel, bpy.types.Panel):
    bl_label = "Doctor"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, width = self.layout, context.region.width
        for finding in examine():
            draw_lines(layout, finding.sentence, width, "CHECKMARK" if finding.well else "ERROR")
            if finding.cure and not _busy():
                layout.operator(finding.cure, icon="IMPORT")
        if _busy():
            job.draw_button(layout, "doctor", "worldwright.check_worker", "FILE_REFRESH")
        header, more = layout.panel("worldwright_doctor_more", default_closed=True)
        header.label(text="More")
        if more:
            more.operator("worldwright.check_worker", icon="FILE_REFRESH")
            more.operator("worldwright.copy_findings", icon="COPYDOWN")
            more.operator("worldwright.remove_runtime", icon="TRASH")
            more.operator("worldwright.open_preferences", icon="PREFERENCES")


def _busy() -> bool:
    return job.running is not None and job.running.feature == "doctor"


CLASSES = (WORLDWRIGHT_PT_doctor,)
