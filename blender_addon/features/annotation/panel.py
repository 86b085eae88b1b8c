"""The Annotate panel."""

from __future__ import annotations

import json

import bpy

from ... import job, runtime
from ...sidebar import SidebarPanel, draw_lines, draw_report
from ...writing.annotations import PROPERTY


class WORLDWRIGHT_PT_annotation(SidebarPanel, bpy.types.Panel):
    bl_label = "Annotate"

    def draw(self, context: bpy.types.Context) -> None:
        layout, width = self.layout, context.region.width
        missing = runtime.missing()
        if missing:
            draw_lines(layout, missing, width, "INFO")
        job.draw_button(layout, "annotation", "worldwright.annotate", "VIEWZOOM")
        thing = context.active_object
        if thing is not None and PROPERTY in thing:
            draw_annotation(layout, thing, width)
        draw_report(layout, job.reports.get("annotation"), "annotation", width)
        header, more = layout.panel("worldwright_annotation_more", default_closed=True)
        header.label(text="More")
        if more:
            more.prop(context.scene.worldwright_annotation, "mark_assets")
            more.operator("worldwright.select_unknown", icon="RESTRICT_SELECT_OFF")


def draw_annotation(layout: bpy.types.UILayout, thing: bpy.types.Object, width: int) -> None:
    """The active object's label with its confidence, the runners-up, the caption and the warnings."""
    values = json.loads(thing[PROPERTY])
    box = layout.box()
    box.label(text=thing.name, icon="OBJECT_DATA", translate=False)
    box.progress(factor=values["confidence"], text=f"{values['label'].replace('_', ' ')}  {values['confidence']:.0%}")
    column = box.column(align=True)
    for score in values["top"]:
        if score["label"] == values["label"]:
            continue  # the bar above already shows it
        row = column.row()
        row.label(text=score["label"].replace("_", " "), translate=False)
        right = row.row()
        right.alignment = "RIGHT"
        right.label(text=f"{score['score']:.0%}", translate=False)
    if values["caption"]:
        draw_lines(box, values["caption"], width)
    for warning in values["warnings"]:
        draw_lines(box, warning, width, "ERROR")


CLASSES = (WORLDWRIGHT_PT_annotation,)
