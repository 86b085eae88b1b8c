"""The settings, and the sliders of every generator."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.environments.props import PROPS
from ...core.inverse.brief import BlendBrief, RebuildBrief, VaryBrief

RebuildSliders = property_group(RebuildBrief)
VarySliders = property_group(VaryBrief)
BlendSliders = property_group(BlendBrief)
PROP_SLIDERS = {key: property_group(kind) for key, (kind, _) in PROPS.items()}
PropSliders = type(
    "WORLDWRIGHT_PG_prop_sliders",
    (bpy.types.PropertyGroup,),
    {"__annotations__": {key: bpy.props.PointerProperty(type=group) for key, group in PROP_SLIDERS.items()}},
)


class RebuildSettings(bpy.types.PropertyGroup):
    sliders: bpy.props.PointerProperty(type=RebuildSliders)
    vary: bpy.props.PointerProperty(type=VarySliders)
    blend: bpy.props.PointerProperty(type=BlendSliders)
    props: bpy.props.PointerProperty(type=PropSliders)
    shown: bpy.props.StringProperty(name="Shown", description="The rebuilt object that the sliders show")
    together: bpy.props.BoolProperty(
        name="As one thing", description="All selected objects are parts of one thing; otherwise each is one by itself"
    )


CLASSES = (RebuildSliders, VarySliders, BlendSliders, *PROP_SLIDERS.values(), PropSliders, RebuildSettings)
