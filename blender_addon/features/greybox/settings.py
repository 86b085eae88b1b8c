"""The sliders, and the artist's own library."""

import bpy

from ...brief_properties import property_group
from ...core.environments.greybox.brief import GreyboxBrief

GreyboxSliders = property_group(GreyboxBrief)


class GreyboxSettings(bpy.types.PropertyGroup):
    sliders: bpy.props.PointerProperty(type=GreyboxSliders)
    library: bpy.props.PointerProperty(
        type=bpy.types.Collection,
        name="Library",
        description="Your own assets, used in place of ours; name them after what they are, such as Chair or Sofa large",
    )
    hide: bpy.props.BoolProperty(
        name="Hide the boxes", description="Hide the boxes that were replaced; nothing is deleted", default=True
    )


CLASSES = (GreyboxSliders, GreyboxSettings)
