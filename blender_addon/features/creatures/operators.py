"""Buttons of creatures and robots."""

import bpy

from ..generator import Another, Generate, ReadPrompt, editing_operators
from .settings import Creature, Robot


class WORLDWRIGHT_OT_read_creature_prompt(Creature, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_creature_prompt"


class WORLDWRIGHT_OT_creature(Creature, Generate, bpy.types.Operator):
    """Make the creature that the sliders describe, standing at the 3D cursor: textured, rigged and animated"""

    bl_idname = "worldwright.creature"
    bl_label = "Generate Creature"


class WORLDWRIGHT_OT_another_creature(Creature, Another, bpy.types.Operator):
    """Replace the last creature by one with the next seed"""

    bl_idname = "worldwright.another_creature"


class WORLDWRIGHT_OT_read_robot_prompt(Robot, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_robot_prompt"


class WORLDWRIGHT_OT_robot(Robot, Generate, bpy.types.Operator):
    """Make the robot that the sliders describe, standing at the 3D cursor, on the skeleton that characters have"""

    bl_idname = "worldwright.robot"
    bl_label = "Generate Robot"


class WORLDWRIGHT_OT_another_robot(Robot, Another, bpy.types.Operator):
    """Replace the last robot by one with the next seed"""

    bl_idname = "worldwright.another_robot"


CLASSES = (
    WORLDWRIGHT_OT_read_creature_prompt,
    WORLDWRIGHT_OT_creature,
    WORLDWRIGHT_OT_another_creature,
    WORLDWRIGHT_OT_read_robot_prompt,
    WORLDWRIGHT_OT_robot,
    WORLDWRIGHT_OT_another_robot,
    *editing_operators(Creature),
    *editing_operators(Robot),
)
