"""The Annotate feature's settings."""

from __future__ import annotations

import bpy


class WORLDWRIGHT_PG_annotation(bpy.types.PropertyGroup):
    mark_assets: bpy.props.BoolProperty(
        name="Mark as Assets",
        description="Put the annotated objects into the asset browser, with their caption and tags",
        default=False,
    )


CLASSES = (WORLDWRIGHT_PG_annotation,)
