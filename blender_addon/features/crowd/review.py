"""The review of refused texts: a person says of each whether refusing it was right."""

from __future__ import annotations

import bpy

from ...core.errors import WorldwrightError
from ...core.review.queue import Flag
from ...sidebar import SidebarPanel, draw_lines
from ..generator import review_queue

SHOWN = 5
_read: tuple[float, list[Flag]] = (-1.0, [])  # when the file was last changed, and what waits in it


def waiting() -> list[Flag]:
    """What nobody has decided about; read again only when the file has changed."""
    global _read
    queue = review_queue()
    changed = queue.path.stat().st_mtime if queue.path.exists() else 0.0
    if changed != _read[0]:
        _read = (changed, queue.waiting())
    return _read[1]


class WORLDWRIGHT_OT_decide_review(bpy.types.Operator):
    """Say whether refusing this text was right. It stays in the queue's file either way"""

    bl_idname = "worldwright.decide_review"
    bl_label = "Decide"
    bl_options = {"INTERNAL"}

    number: bpy.props.IntProperty()
    decision: bpy.props.StringProperty()

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            review_queue().decide(self.number, self.decision)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


def draw_queue(layout: bpy.types.UILayout, width: int, right: str, wrong: str) -> None:
    """What waits for a person, each with two buttons called ``right`` and ``wrong``."""
    flags = waiting()
    if not flags:
        layout.label(text="Nothing waits for a decision.")
    for flag in flags[:SHOWN]:
        box = layout.box()
        draw_lines(box, f"“{flag.text}”: {flag.reason}", width)
        row = box.row(align=True)
        for decision, label in (("right", right), ("wrong", wrong)):
            button = row.operator("worldwright.decide_review", text=label)
            button.number, button.decision = flag.number, decision
    if len(flags) > SHOWN:
        layout.label(text=f"and {len(flags) - SHOWN} more")


class WORLDWRIGHT_PT_review(SidebarPanel, bpy.types.Panel):
    bl_label = "Refused Texts"
    bl_parent_id = "WORLDWRIGHT_PT_character"
    bl_options = {"DEFAULT_CLOSED"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return bool(waiting())

    def draw(self, context: bpy.types.Context) -> None:
        draw_queue(self.layout, context.region.width, "Rightly Refused", "Wrongly Refused")


CLASSES = (WORLDWRIGHT_OT_decide_review, WORLDWRIGHT_PT_review)
