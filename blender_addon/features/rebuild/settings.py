"""The settings."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.inverse.brief import BlendBrief, RebuildBrief, VaryBrief

RebuildSliders = property_group(RebuildBrief)
VarySliders = property_group(VaryBrief)
BlendSliders = property_group(BlendBrief)


class RebuildSettings(bpy.types.PropertyGroup):
    sliders: bpy.props.PointerProperty(type=RebuildSliders)
    vary: bpy.props.PointerProperty(type=VarySliders)
    blend: bpy.props.PointerProperty(type=BlendSliders)
    shown: bpy.props.StringProperty(name="Shown", description="The rebuilt object that the sliders show")
    together: bpy.props.BoolProperty(
        name="As one thing", description="All selected objects are parts of one thing; otherwise each is one by itself"
    )


CLASSES = (RebuildSliders, VarySliders, BlendSliders, RebuildSettings)
