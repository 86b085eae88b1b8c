"""Prompt and sliders of homes; picture and scale of plans."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.environments.home.brief import HomeBrief
from ...core.environments.home.prompt import read_prompt
from ..generator import Kind, settings_group


class Home(Kind):
    kind = "home"
    brief = HomeBrief
    read_prompt = staticmethod(read_prompt)


class WORLDWRIGHT_PG_plan(bpy.types.PropertyGroup):
    picture: bpy.props.StringProperty(
        name="Picture", description="Scan, drawing or photograph of a floor plan", subtype="FILE_PATH"
    )
    scale: bpy.props.FloatProperty(
        name="Width of a Pixel",
        description="Metres one pixel of the picture is wide; 0 takes the scale from dimension lines, or else the doors",
        min=0.0,
        soft_max=0.1,
        precision=4,
        unit="LENGTH",
    )


HomeSliders = property_group(HomeBrief)
WORLDWRIGHT_PG_home = settings_group(Home, HomeSliders, "a two-bedroom flat, 70 m²")

CLASSES = (HomeSliders, WORLDWRIGHT_PG_home, WORLDWRIGHT_PG_plan)
"""What is registered, in order."""
