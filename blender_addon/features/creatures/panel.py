"""The Creature and Robot panels."""

import bpy

from ...sidebar import SidebarPanel
from ..generator import draw_generator
from .settings import Creature, Robot


class WORLDWRIGHT_PT_creature(SidebarPanel, bpy.types.Panel):
    bl_label = "Creature"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Creature)


class WORLDWRIGHT_PT_robot(SidebarPanel, bpy.types.Panel):
    bl_label = "Robot"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        draw_generator(self, context, Robot)


CLASSES = (WORLDWRIGHT_PT_creature, WORLDWRIGHT_PT_robot)
