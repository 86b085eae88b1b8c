"""Settings of crowds, and of what helps to find one character."""

from __future__ import annotations

import json

import bpy

from ...brief_properties import property_group
from ...core.characters.crowd import CrowdBrief, read_prompt
from ...core.characters.local import GROUPS
from ..generator import Kind, settings_group


class Crowd(Kind):
    kind = "crowd"
    brief = CrowdBrief
    read_prompt = staticmethod(read_prompt)


def _local_changed(item: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """The slider's value goes into the brief's sliders; zeros leave it."""
    sliders = context.scene.worldwright_character.sliders
    values = json.loads(sliders.local or "{}")
    if abs(item.value) < 1e-4:
        values.pop(item.name, None)
    else:
        values[item.name] = round(item.value, 3)
    sliders.local = json.dumps(values, sort_keys=True)


class WORLDWRIGHT_PG_local_slider(bpy.types.PropertyGroup):
    title: bpy.props.StringProperty(description="The slider's name as shown", options={"HIDDEN"})
    group: bpy.props.StringProperty(description="The part of the body it changes", options={"HIDDEN"})
    value: bpy.props.FloatProperty(
        name="Amount", description="How much, from one end to the other", min=-1, max=1, precision=2, update=_local_changed
    )


class WORLDWRIGHT_PG_people(bpy.types.PropertyGroup):
    picture: bpy.props.PointerProperty(
        type=bpy.types.Image, name="Picture", description="One person, upright, before a plain background"
    )
    youngest: bpy.props.FloatProperty(
        name="Age from", description="Youngest person, in years", min=1, max=90, default=20, precision=0
    )
    oldest: bpy.props.FloatProperty(name="Age to", description="Oldest person, in years", min=1, max=90, default=65, precision=0)
    lightest: bpy.props.FloatProperty(
        name="Skin from", description="Lightest skin, 0 very light to 1 very dark", min=0, max=1, default=0
    )
    darkest: bpy.props.FloatProperty(
        name="Skin to", description="Darkest skin, 0 very light to 1 very dark", min=0, max=1, default=1
    )
    slightest: bpy.props.FloatProperty(
        name="Build from", description="Slightest build, 0 very thin to 1 very heavy", min=0, max=1, default=0.2
    )
    heaviest: bpy.props.FloatProperty(
        name="Build to", description="Heaviest build, 0 very thin to 1 very heavy", min=0, max=1, default=0.8
    )
    locals: bpy.props.CollectionProperty(type=WORLDWRIGHT_PG_local_slider)
    local_index: bpy.props.IntProperty(description="The slider chosen in the list", options={"HIDDEN"})
    local_group: bpy.props.EnumProperty(
        name="Group", items=[(name, name, "") for name in ("All", *dict.fromkeys(GROUPS.values()))], description="Part of the body"
    )


CrowdSliders = property_group(CrowdBrief)
WORLDWRIGHT_PG_crowd = settings_group(Crowd, CrowdSliders, "a crowd of 20 office workers")

CLASSES = (CrowdSliders, WORLDWRIGHT_PG_crowd, WORLDWRIGHT_PG_local_slider, WORLDWRIGHT_PG_people)
