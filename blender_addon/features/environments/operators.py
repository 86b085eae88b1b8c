"""The Environment feature's buttons."""

from __future__ import annotations

import bpy

from ..furnishing.keeping import KeepsFurniture
from ..generator import Another, Generate, ReadPrompt, editing_operators
from .settings import Environment, show_ceilings


class WORLDWRIGHT_OT_read_environment_prompt(Environment, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_environment_prompt"


class GenerateRoom(KeepsFurniture, Environment):
    def written(self, context: bpy.types.Context, collection: bpy.types.Collection) -> None:
        show_ceilings(self.settings(context), context)


class WORLDWRIGHT_OT_environment(GenerateRoom, Generate, bpy.types.Operator):
    """Make the furnished room that the sliders describe, at the 3D cursor"""

    bl_idname = "worldwright.environment"
    bl_label = "Generate Room"


class WORLDWRIGHT_OT_another_environment(GenerateRoom, Another, bpy.types.Operator):
    """Replace the last room by one with the next seed"""

    bl_idname = "worldwright.another_environment"


CLASSES = (
    WORLDWRIGHT_OT_read_environment_prompt,
    WORLDWRIGHT_OT_environment,
    WORLDWRIGHT_OT_another_environment,
    *editing_operators(Environment, GenerateRoom),
)
