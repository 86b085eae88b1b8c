"""The Character panel."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import draw_generator
from .settings import Character


class WORLDWRIGHT_PT_character(SidebarPanel, bpy.types.Panel):
    bl_label = "Character"

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Character)


CLASSES = (WORLDWRIGHT_PT_character,)
