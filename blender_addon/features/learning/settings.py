"""The Learn feature's settings."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.learning.settings import PretrainBrief, SearchBrief, TrainBrief

TrainSliders = property_group(TrainBrief)
SearchSliders = property_group(SearchBrief)
PretrainSliders = property_group(PretrainBrief)


class WORLDWRIGHT_PG_learning(bpy.types.PropertyGroup):
    source: bpy.props.EnumProperty(
        name="Learn From",
        description="Where the models to learn from are",
        items=[
            ("LIBRARY", "Library", "A folder with one folder for each label, a CSV with file and label, or a .blend asset library"),
            ("FILE", "This File", "The objects or the assets of the open file"),
        ],
    )
    library: bpy.props.StringProperty(
        name="Library", description="Folder, CSV (columns file, label) or .blend of the models to learn from", subtype="FILE_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
    )  # fmt: skip
    labels: bpy.props.EnumProperty(
        name="Labels",
        description="Where the models' labels come from",
        items=[
            ("folders", "Folder Names", "The first folder that a file lies in; a CSV says its own labels"),
            ("collections", "Collections", "The collection that an object of a .blend file is in"),
            ("tags", "Asset Tags", "The first tag of every asset"),
            ("catalogs", "Asset Catalogues", "The catalogue of every asset"),
            ("none", "None", "No labels: for pre-training"),
        ],
    )
    train: bpy.props.PointerProperty(type=TrainSliders)
    search: bpy.props.PointerProperty(type=SearchSliders)
    pretrain: bpy.props.PointerProperty(type=PretrainSliders)


CLASSES = (TrainSliders, SearchSliders, PretrainSliders, WORLDWRIGHT_PG_learning)
