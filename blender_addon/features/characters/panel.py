"""The Character panel."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import draw_generator
from .settings import Character


class WORLDWRIGHT_PT_character(SidebarPanel, bpy.types.Panel):
    bl_label = "Character"

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Character)


class WORLDWRIGHT_PT_character_more(SidebarPanel, bpy.types.Panel):
    """The parent of what is seldom needed: local sliders, people at random, clothes of other makers."""

    bl_label = "More"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.label(text="Start from somebody, shape every part, or dress from a MakeHuman pack.")


CLASSES = (WORLDWRIGHT_PT_character, WORLDWRIGHT_PT_character_more)
