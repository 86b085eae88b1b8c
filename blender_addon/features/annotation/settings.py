"""The Annotate feature's settings."""

from __future__ import annotations

from collections.abc import Iterator

import bpy

from ...core.learning.registry import SHIPPED, Registry, default_root


def _libraries(self: object, context: bpy.types.Context, text: str) -> Iterator[str]:
    """The folders of the preferences' asset libraries; any other folder may be typed too."""
    return (library.path for library in context.preferences.filepaths.asset_libraries if library.path)


def _own_models(self: object, context: bpy.types.Context, text: str) -> list[str]:
    """The artist's models whose names contain what was typed."""
    names = [SHIPPED, *(entry.label for entry in Registry(default_root()).entries() if entry.card.task == "annotate")]
    return [name for name in names if text.lower() in name.lower()]


class WORLDWRIGHT_PG_annotation(bpy.types.PropertyGroup):
    thorough: bpy.props.BoolProperty(
        name="Look, Names and Parts",
        description="Read pictures, names, notes, touch, materials and parts too, not the shape alone (slower)",
        default=True,
    )
    part_groups: bpy.props.BoolProperty(
        name="Vertex Groups of Parts", description="Make a vertex group of each part that is recognised", default=False
    )
    model: bpy.props.StringProperty(
        name="Model",
        description="A model of yours by name, or “shipped”; empty: the one chosen under Learn, else the shipped one",
        search=_own_models,
        search_options={"SUGGESTION"},
    )
    note: bpy.props.StringProperty(
        name="Note", description="What you know of the selected objects, in a few words; it counts with shape and look"
    )
    voice: bpy.props.StringProperty(
        name="Spoken Note",
        description="The same, spoken in English: a WAV recording of at most two minutes",
        subtype="FILE_PATH",
    )
    touch: bpy.props.StringProperty(
        name="Touch", description="A touch recording (CSV: time, accel_x … gyro_z) of the selected object", subtype="FILE_PATH"
    )
    query: bpy.props.StringProperty(name="Find", description="What you look for, such as “somewhere to sit in a garden”")
    hits: bpy.props.StringProperty(name="Hits", description="The names of what was found, best first, in JSON")
    mark_assets: bpy.props.BoolProperty(
        name="Mark as Assets",
        description="Put the annotated objects into the asset browser, with caption, tags and catalogue",
        default=False,
    )
    library: bpy.props.StringProperty(
        name="Library",
        description="A folder of models or .blend files, such as that of an asset library; folders in it are read too",
        subtype="DIR_PATH",
        search=_libraries,
        search_options={"SUGGESTION"},
    )
    results: bpy.props.StringProperty(
        name="Results",
        description="Folder of table, report and annotations; empty: beside the library, with “-annotated” added to its name",
        subtype="DIR_PATH",
    )
    library_coco: bpy.props.BoolProperty(
        name="COCO", description="Also pictures of each model with boxes and masks of objects and parts", default=False
    )
    library_usd: bpy.props.BoolProperty(name="USD", description="Also each model as USD with semantics labels", default=False)
    library_assets: bpy.props.BoolProperty(
        name="Asset Copies",
        description="Also an annotated copy of each file as .blend, marked as assets in catalogues: the results become a library",
        default=False,
    )


CLASSES = (WORLDWRIGHT_PG_annotation,)
