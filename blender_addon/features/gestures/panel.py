"""The Gestures panel."""

from __future__ import annotations

import bpy

from ...core.interaction.gestures import GESTURES
from ...sidebar import SidebarPanel, draw_lines
from . import drawing


class WORLDWRIGHT_PT_gestures(SidebarPanel, bpy.types.Panel):
    bl_label = "Gestures"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_gestures
        row = layout.row()
        row.scale_y = 1.4
        row.operator("worldwright.draw_gestures", icon="GREASEPENCIL", depress=drawing.active is not None)
        if settings.said:
            draw_lines(layout.box(), settings.said, context.region.width, "INFO")
        header, body = layout.panel("worldwright_gesture_bindings", default_closed=True)
        header.label(text="What They Do")
        if body:
            column = body.column()
            column.use_property_split, column.use_property_decorate = True, False
            for gesture in GESTURES:
                column.prop(settings, gesture)
            body.operator("worldwright.reset_gestures", icon="LOOP_BACK")


CLASSES = (WORLDWRIGHT_PT_gestures,)
