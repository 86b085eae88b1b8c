"""The Environment feature's prompt and sliders, and whether ceilings are shown."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.environments.brief import RoomBrief
from ...core.environments.prompt import read_prompt
from ...writing.scene import PROPERTY
from ..generator import Kind, settings_group


class Environment(Kind):
    kind = "environment"
    brief = RoomBrief
    read_prompt = staticmethod(read_prompt)


def show_ceilings(settings: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """Shows or hides the ceilings of all generated rooms, so that one can look in from above."""
    for thing in context.view_layer.objects:
        if thing.get("role") == "ceiling" and PROPERTY in thing:
            thing.hide_set(not settings.ceilings)


RoomSliders = property_group(RoomBrief)
WORLDWRIGHT_PG_environment = settings_group(Environment, RoomSliders, "a bright office for six with plants")
WORLDWRIGHT_PG_environment.__annotations__["ceilings"] = bpy.props.BoolProperty(
    name="Show Ceilings",
    description="Show the ceilings of generated rooms in the viewport; renders always have them",
    default=False,
    update=show_ceilings,
)

CLASSES = (RoomSliders, WORLDWRIGHT_PG_environment)
