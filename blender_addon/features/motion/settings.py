"""What the Motion panel asks for."""

from __future__ import annotations

import bpy

from ...core.characters.brief import CLIPS, MOODS, MOTION_STYLES, CharacterBrief


def _items(names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return [(name, name.capitalize(), "") for name in names]


def _armatures(self: bpy.types.PropertyGroup, thing: bpy.types.Object) -> bool:
    return thing.type == "ARMATURE"


class WORLDWRIGHT_PG_motion(bpy.types.PropertyGroup):
    clips: bpy.props.EnumProperty(
        name="Clips",
        description="What the selected rig shall be able to do",
        items=_items(CLIPS),
        options={"ENUM_FLAG"},
        default={"idle", "walk"},
    )
    style: bpy.props.EnumProperty(
        name="Style", description="How clips are done; Learned: gaits by the network", items=_items(MOTION_STYLES)
    )
    style_amount: bpy.props.FloatProperty(name="Amount", description="How much of the style", default=1, min=0, max=1.5)
    mood: bpy.props.EnumProperty(name="Mood", description="What posture and gait say", items=_items(MOODS))
    mood_amount: bpy.props.FloatProperty(name="Amount", description="How much of the mood", default=1, min=0, max=1.5)
    speed: bpy.props.FloatProperty(name="Speed", description="Factor on how fast gaits go", default=1, min=0.5, max=2)
    root_motion: bpy.props.BoolProperty(
        name="Root motion", description="Gaits, turn and jump move the root bone; otherwise they stay in place"
    )
    source: bpy.props.PointerProperty(
        name="From", description="The armature whose motion is taken", type=bpy.types.Object, poll=_armatures
    )
    action: bpy.props.PointerProperty(
        name="Action", description="The motion that is taken; empty: the one that moves the armature now", type=bpy.types.Action
    )
    in_place: bpy.props.BoolProperty(name="In place", description="Take the way over the ground out of the motion")
    lock_feet: bpy.props.BoolProperty(
        name="Lock feet", description="Feet that stood still in the source stand still in the result", default=True
    )
    follow: bpy.props.BoolProperty(
        name="Follow the action", description="Key the controls so that the motion goes on as it is, in a copy of its action",
        default=True,
    )  # fmt: skip


def brief_of(settings: WORLDWRIGHT_PG_motion, base: dict) -> CharacterBrief:
    """The brief of these settings for the body of ``base``, a brief's values."""
    values = {
        "clips": ", ".join(name for name in CLIPS if name in settings.clips),
        "motion": True,
        "motion_style": settings.style,
        "motion_style_amount": round(settings.style_amount, 4),
        "mood": settings.mood,
        "mood_amount": round(settings.mood_amount, 4),
        "motion_speed": round(settings.speed, 4),
        "root_motion": settings.root_motion,
    }
    return CharacterBrief.from_dict(base | values)


CLASSES = (WORLDWRIGHT_PG_motion,)
