"""What a person should look at: flagged names, notes and prompts. Nothing is dropped or blanked; a person decides."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ...core.annotation.annotation import Annotation
from ...core.scene import Report
from ...job import JobOperator
from ..generator import review_queue

PROMPTS = ("character", "creature", "robot", "environment", "home", "city", "landscape", "crowd")


def put_in_queue(annotations: list[Annotation]) -> int:
    """Puts the flags of annotations into the queue, but for what a person has allowed; how many there were."""
    queue, count = review_queue(), 0
    for annotation in annotations:
        for flag in annotation.flags:
            if not queue.allows(flag["kind"], flag["text"]):
                queue.flag(flag["kind"], flag["text"], flag["reason"])
                count += 1
    return count


class WORLDWRIGHT_OT_review_texts(JobOperator, bpy.types.Operator):
    bl_idname = "worldwright.review_texts"
    bl_label = "Review Names and Prompts"
    bl_description = (
        "Look through the names, notes and prompts of this file for words and meanings that a person should see; "
        "they go into the queue below, and nothing is changed"
    )
    bl_options = {"REGISTER"}
    feature = "annotation"
    needs_torch = True

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        named = (*bpy.data.objects, *bpy.data.materials, *bpy.data.collections)
        found = {("name", block.name): None for block in named}
        found |= {("note", context.scene.worldwright_annotation.note): None}
        for kind in PROMPTS:
            prompt = getattr(getattr(context.scene, f"worldwright_{kind}", None), "prompt", "")
            found |= {(kind, prompt): None}
        self._texts = [pair for pair in found if pair[1].strip()]
        yield 1.0
        return "review", {"texts": [text for _, text in self._texts]}

    def write(self, context: bpy.types.Context, result: list[list[dict]]) -> Generator[float, None, Report]:
        queue, flagged = review_queue(), 0
        for (kind, text), concerns in zip(self._texts, result, strict=True):
            for concern in concerns:
                if not queue.allows(kind, text):
                    queue.flag(kind, text, concern["reason"])
                    flagged += 1
        yield 1.0
        return Report({"texts": len(self._texts), "flagged": flagged})


CLASSES = (WORLDWRIGHT_OT_review_texts,)
