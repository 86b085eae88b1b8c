"""The Batch feature's settings."""

from __future__ import annotations

import bpy


class WORLDWRIGHT_PG_batch(bpy.types.PropertyGroup):
    job: bpy.props.StringProperty(
        name="Job File", description="TOML file with items and steps; see docs/batch.md", subtype="FILE_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
    )  # fmt: skip
    folder: bpy.props.StringProperty(
        name="Results", description="Folder of the results; empty: beside the job file, with its name", subtype="DIR_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
    )  # fmt: skip
    workers: bpy.props.IntProperty(name="Workers", description="Processes; 0: one per core", default=1, min=0, max=256)
    retry_failed: bpy.props.BoolProperty(name="Retry Failed", description="Do failed items again too", default=False)


CLASSES = (WORLDWRIGHT_PG_batch,)
