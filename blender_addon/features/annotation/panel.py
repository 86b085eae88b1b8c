"""The Annotate panel."""

from __future__ import annotations

import json

import bpy

from ... import job, runtime
from ...sidebar import SidebarPanel, draw_lines, draw_missing, draw_report
from ...writing.annotations import PROPERTY
from ..crowd.review import draw_queue
from . import recording


class WORLDWRIGHT_PT_annotation(SidebarPanel, bpy.types.Panel):
    bl_label = "Annotate"

    def draw(self, context: bpy.types.Context) -> None:
        layout, width = self.layout, context.region.width
        draw_missing(layout, runtime.missing(), width)
        job.draw_button(layout, "annotation", "worldwright.annotate", "VIEWZOOM")
        settings = context.scene.worldwright_annotation
        layout.prop(settings, "note", text="", placeholder="A note on the selection, if you like")
        thing = context.active_object
        if thing is not None and PROPERTY in thing:
            draw_annotation(layout, thing, width)
        draw_report(layout, job.reports.get("annotation"), "annotation", width)
        draw_search(layout, context)
        header, more = layout.panel("worldwright_annotation_more", default_closed=True)
        header.label(text="More")
        if more:
            for name in ("model", "thorough", "part_groups", "mark_assets", "touch", "voice"):
                more.prop(settings, name)
            done = recording.recorder is not None
            more.operator("worldwright.note_recorded" if done else "worldwright.record_note", icon="REC")
            more.operator("worldwright.select_next", icon="QUESTION")
            more.operator("worldwright.forget_correction", icon="LOOP_BACK")
            more.operator("worldwright.select_unknown", icon="RESTRICT_SELECT_OFF")


def draw_search(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    """Search among the annotated objects, and what was found: click to select."""
    settings = context.scene.worldwright_annotation
    row = layout.row(align=True)
    row.prop(settings, "query", text="", icon="VIEWZOOM", placeholder="Find by words")
    row.operator("worldwright.find", text="Find")
    row.operator("worldwright.find_similar", text="", icon="DUPLICATE")
    column = layout.column(align=True)
    for name in json.loads(settings.hits or "[]"):
        thing = context.scene.objects.get(name)
        if thing is not None:
            text = f"{name}   {thing.get('label', '')}"
            column.operator("worldwright.select_hit", text=text, icon="RESTRICT_SELECT_OFF", translate=False).name = name


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
    for slot in values.get("materials", [])[:3]:
        if slot["material"]:
            row = box.row()
            row.label(text=slot["slot"], icon="MATERIAL", translate=False)
            row.label(text=f"{slot['material']}  {slot['confidence']:.0%}", translate=False)
    if values.get("part_names"):
        box.label(text=", ".join(values["part_names"]), icon="GROUP_VERTEX", translate=False)
    if values.get("evidence"):
        told = sorted(values["evidence"].items(), key=lambda item: -item[1])
        box.label(text="by " + ", ".join(f"{name} {share:.0%}" for name, share in told), icon="INFO", translate=False)
    row = box.row(align=True)
    row.operator("worldwright.accept_label", icon="CHECKMARK")
    row.operator("worldwright.correct_label", icon="GREASEPENCIL")
    row.operator("worldwright.reject_label", text="", icon="X")
    row.operator("worldwright.explain", icon="SHADING_RENDERED")
    for warning in values["warnings"]:
        draw_lines(box, warning, width, "ERROR")


class WORLDWRIGHT_PT_annotation_library(SidebarPanel, bpy.types.Panel):
    bl_label = "Folders and Export"
    bl_parent_id = "WORLDWRIGHT_PT_annotation"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        settings = context.scene.worldwright_annotation
        self.layout.prop(settings, "library")
        self.layout.prop(settings, "results")
        row = self.layout.row(align=True)
        for name in ("library_coco", "library_usd", "library_assets"):
            row.prop(settings, name, toggle=True)
        self.layout.operator("worldwright.annotate_folder", icon="FILE_FOLDER")
        self.layout.operator("worldwright.export_annotations", icon="EXPORT")


class WORLDWRIGHT_PT_annotation_review(SidebarPanel, bpy.types.Panel):
    bl_label = "Review"
    bl_parent_id = "WORLDWRIGHT_PT_annotation"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.operator("worldwright.review_texts", icon="VIEWZOOM")
        draw_queue(self.layout, context.region.width, "Rightly Flagged", "Wrongly Flagged")


CLASSES = (WORLDWRIGHT_PT_annotation, WORLDWRIGHT_PT_annotation_library, WORLDWRIGHT_PT_annotation_review)
