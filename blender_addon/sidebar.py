"""What the panels of the “Worldwright” tab share."""

from __future__ import annotations

import bpy

from .core.scene import Report

COUNTS_SHOWN = 4


class SidebarPanel:
    """Base of the tab's panels. Mixed into ``bpy.types.Panel`` (first in the bases)."""

    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = "Worldwright"


def redraw() -> None:
    """Has every 3D view's sidebar drawn again."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                for region in area.regions:
                    if region.type == "UI":
                        region.tag_redraw()


def draw_lines(layout: bpy.types.UILayout, text: str, width: int, icon: str = "NONE") -> None:
    """A text over as many labels as it needs, ``width`` pixels wide; labels do not wrap by themselves."""
    scale = bpy.context.preferences.system.ui_scale
    characters = max(16, int((width - 40 * scale) / (6.6 * scale)))
    column = layout.column(align=True)
    column.scale_y = 0.8
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > characters:
            column.label(text=line, icon=icon, translate=False)
            line, icon = word, "BLANK1" if icon != "NONE" else "NONE"
        else:
            line = f"{line} {word}".strip()
    column.label(text=line, icon=icon, translate=False)


def draw_missing(layout: bpy.types.UILayout, missing: str, width: int) -> None:
    """Why networks cannot run, and the button that offers to install what they need."""
    if missing:
        draw_lines(layout, missing, width, "INFO")
        if "not installed" in missing:
            layout.operator("worldwright.offer_runtime", icon="IMPORT")


def draw_report(layout: bpy.types.UILayout, report: Report | None, key: str, width: int) -> None:
    """A result's first counts and every warning in full; the other counts, the checks and the times folded away."""
    if report is None:
        return
    box = layout.box()
    counts = list(report.counts.items())
    if counts:
        words = [f"{_figure(value)} {name.replace('_', ' ')}" for name, value in counts[:COUNTS_SHOWN]]
        draw_lines(box, ", ".join(words), width, "INFO")
    for warning in report.warnings:
        draw_lines(box, warning, width, "ERROR")
    for check, names in report.failing.items():
        text = f"{check.replace('_', ' ').capitalize()}: select {len(names)}"
        box.operator("worldwright.select_failing", text=text, icon="RESTRICT_SELECT_OFF", translate=False).names = "\n".join(names)
    if counts[COUNTS_SHOWN:] or report.checks or report.seconds:
        header, body = box.panel(f"worldwright_{key}_checks", default_closed=True)
        header.label(text="Checks and times")
        if body:
            times = [(f"{name} (s)", round(value, 2)) for name, value in report.seconds.items()]
            for name, value in [*counts[COUNTS_SHOWN:], *report.checks.items(), *times]:
                row = body.row()
                row.label(text=str(name).replace("_", " ").capitalize(), translate=False)
                row.label(text=_figure(value), translate=False)


def _figure(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
