"""The Export feature's settings."""

from __future__ import annotations

import bpy

from ...writing.scene import PROPERTY

SELECTION, LAST, RESULTS = "SELECTION", "LAST", "RESULTS"


class WORLDWRIGHT_PG_export(bpy.types.PropertyGroup):
    what: bpy.props.EnumProperty(
        name="What",
        description="Which objects to export",
        items=[
            (SELECTION, "Selection", "The selected objects, with the armatures that move them"),
            (LAST, "Last Result", "The result that Worldwright made last in this scene"),
            (RESULTS, "All Results", "Everything in this scene that Worldwright made"),
        ],
        default=LAST,
    )
    path: bpy.props.StringProperty(
        name="File",
        description="Where to write the GLB; // is the folder of this .blend file",
        subtype="FILE_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
        default="//worldwright.glb",
    )


def results(scene: bpy.types.Scene) -> list[bpy.types.Collection]:
    """The collections in the scene that Worldwright made, the last one last."""
    return [collection for collection in scene.collection.children_recursive if PROPERTY in collection]


def chosen_objects(context: bpy.types.Context) -> list[bpy.types.Object]:
    """The objects that the settings mean; empty when there are none."""
    what = context.scene.worldwright_export.what
    if what == SELECTION:
        return list(context.selected_objects)
    found = results(context.scene)
    collections = found[-1:] if what == LAST else found
    return list(dict.fromkeys(thing for collection in collections for thing in collection.all_objects))


CLASSES = (WORLDWRIGHT_PG_export,)
