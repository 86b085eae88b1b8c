"""The Environment panel."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import draw_generator
from .settings import Environment


class WORLDWRIGHT_PT_environment(SidebarPanel, bpy.types.Panel):
    bl_label = "Environment"

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Environment)
        self.layout.prop(Environment.settings(context), "ceilings")


CLASSES = (WORLDWRIGHT_PT_environment,)
