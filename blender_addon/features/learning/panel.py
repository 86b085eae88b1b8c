"""The Learn panel, with the search and the pre-training folded away."""

from __future__ import annotations

import dataclasses

import bpy

from ... import job, runtime
from ...core.learning.run_log import unfinished
from ...core.learning.settings import TrainBrief
from ...sidebar import SidebarPanel, draw_missing, draw_report
from . import curve, operators
from .reading import home

CURVE_SCALE = 7.0  # of the usual icon


class WORLDWRIGHT_PT_learning(SidebarPanel, bpy.types.Panel):
    bl_label = "Learn"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings, width = self.layout, context.scene.worldwright_learning, context.region.width
        draw_missing(layout, runtime.missing(), width)
        layout.row().prop(settings, "source", expand=True)
        column = layout.column()
        column.use_property_split, column.use_property_decorate = True, False
        if settings.source == "LIBRARY":
            column.prop(settings, "library")
        column.prop(settings, "labels")
        column.prop(settings.train, "name")
        column.prop(settings.train, "method")
        job.draw_button(layout, "learning", "worldwright.train", "GRAPH")
        draw_curve(layout, "learning")
        draw_report(layout, job.reports.get("learning"), "learning", width)
        if job.running is None and unfinished(home() / "runs"):
            layout.operator("worldwright.keep_best", icon="CHECKMARK")


class WORLDWRIGHT_PT_learning_settings(SidebarPanel, bpy.types.Panel):
    bl_label = "Training Settings"
    bl_parent_id = "WORLDWRIGHT_PT_learning"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        settings = context.scene.worldwright_learning.train
        column = self.layout.column()
        column.use_property_split, column.use_property_decorate = True, False
        column.prop(settings, "base")
        column.prop(settings, "choose")
        column.prop(settings, "seed")
        for field in dataclasses.fields(TrainBrief):
            if field.metadata.get("group"):
                column.prop(settings, field.name)


class WORLDWRIGHT_PT_learning_search(SidebarPanel, bpy.types.Panel):
    bl_label = "Search Settings"
    bl_parent_id = "WORLDWRIGHT_PT_learning"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_learning.search
        column = layout.column()
        column.use_property_split, column.use_property_decorate = True, False
        for name in ("trials", "epochs", "base", "method"):
            column.prop(settings, name)
        job.draw_button(layout, "learning_search", "worldwright.tune", "VIEWZOOM")
        report = job.reports.get("learning_search")
        draw_report(layout, report, "learning_search", context.region.width)
        if report:
            row = layout.row(align=True)
            row.operator("worldwright.use_found", icon="IMPORT")
            row.operator("worldwright.open_plot", text="", icon="GRAPH").feature = "learning_search"


class WORLDWRIGHT_PT_learning_pretrain(SidebarPanel, bpy.types.Panel):
    bl_label = "Learn Without Labels"
    bl_parent_id = "WORLDWRIGHT_PT_learning"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, settings = self.layout, context.scene.worldwright_learning.pretrain
        column = layout.column()
        column.use_property_split, column.use_property_decorate = True, False
        for name in ("name", "objective", "epochs"):
            column.prop(settings, name)
        job.draw_button(layout, "learning_pretrain", "worldwright.pretrain", "SHADERFX")
        draw_curve(layout, "learning_pretrain")
        draw_report(layout, job.reports.get("learning_pretrain"), "learning_pretrain", context.region.width)
        job.draw_button(layout, "learning_saved", "worldwright.labels_saved", "LINENUMBERS_ON")
        draw_report(layout, job.reports.get("learning_saved"), "learning_saved", context.region.width)


def draw_curve(layout: bpy.types.UILayout, feature: str) -> None:
    """The loss curve of the feature's run, which grows while it runs."""
    folder = operators.shown.get(feature)
    number = curve.icon(folder) if folder else 0
    if not number:
        return
    layout.template_icon(icon_value=number, scale=CURVE_SCALE)
    row = layout.row()
    row.label(text="blue: training, orange: validation")
    row.operator("worldwright.open_plot", text="", icon="GRAPH").feature = feature


CLASSES = (
    WORLDWRIGHT_PT_learning,
    WORLDWRIGHT_PT_learning_settings,
    WORLDWRIGHT_PT_learning_search,
    WORLDWRIGHT_PT_learning_pretrain,
)
