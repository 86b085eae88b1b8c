"""The Annotate feature's settings."""

from __future__ import annotations

import bpy


class WORLDWRIGHT_PG_annotation(bpy.types.PropertyGroup):
    thorough: bpy.props.BoolProperty(
        name="Look, Names and Parts",
        description="Read pictures, names, notes, touch, materials and parts too, not the shape alone (slower)",
        default=True,
    )
    part_groups: bpy.props.BoolProperty(
        name="Vertex Groups of Parts", description="Make a vertex group of each part that is recognised", default=False
    )
    note: bpy.props.StringProperty(
        name="Note", description="What you know of the selected objects, in a few words; it counts with shape and look"
    )
    touch: bpy.props.StringProperty(
        name="Touch", description="A touch recording (CSV: time, accel_x … gyro_z) of the selected object", subtype="FILE_PATH"
    )
    query: bpy.props.StringProperty(name="Find", description="What you look for, such as “somewhere to sit in a garden”")
    hits: bpy.props.StringProperty(name="Hits", description="The names of what was found, best first, in JSON")
    mark_assets: bpy.props.BoolProperty(
        name="Mark as Assets",
        description="Put the annotated objects into the asset browser, with their caption and tags",
        default=False,
    )


CLASSES = (WORLDWRIGHT_PG_annotation,)
