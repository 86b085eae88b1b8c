"""How long a walk takes, and the sliders of the stage."""

import bpy

from ...brief_properties import property_group
from ...core.environments.stage import StageBrief

StageSliders = property_group(StageBrief)


class StageSettings(bpy.types.PropertyGroup):
    sliders: bpy.props.PointerProperty(type=StageSliders)
    seconds: bpy.props.FloatProperty(
        name="Seconds", description="How long the walk takes; 0: as long as somebody walks who looks around (seconds)", min=0.0,
        max=600.0, default=0.0,
    )  # fmt: skip


CLASSES = (StageSliders, StageSettings)
