"""The sliders of Furnishing."""

import bpy

from ...brief_properties import property_group
from ...core.environments.furnish.brief import FurnishBrief

FurnishSliders = property_group(FurnishBrief)


class FurnishSettings(bpy.types.PropertyGroup):
    sliders: bpy.props.PointerProperty(type=FurnishSliders)


CLASSES = (FurnishSliders, FurnishSettings)
