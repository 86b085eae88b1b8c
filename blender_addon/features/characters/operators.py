"""The Character feature's buttons."""

import bpy

from ..generator import Another, Generate, ReadPrompt, editing_operators
from .settings import Character


class WORLDWRIGHT_OT_read_character_prompt(Character, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_character_prompt"


class WORLDWRIGHT_OT_character(Character, Generate, bpy.types.Operator):
    """Make the person that the sliders describe, standing at the 3D cursor: dressed, rigged and weighted"""

    bl_idname = "worldwright.character"
    bl_label = "Generate Character"


class WORLDWRIGHT_OT_another_character(Character, Another, bpy.types.Operator):
    """Replace the last character by one with the next seed"""

    bl_idname = "worldwright.another_character"


CLASSES = (
    WORLDWRIGHT_OT_read_character_prompt,
    WORLDWRIGHT_OT_character,
    WORLDWRIGHT_OT_another_character,
    *editing_operators(Character),
)
