"""The Talking Character's button."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy

from ... import job
from ...core.errors import WorldwrightError
from ...core.interaction.talk.answer import checked_question, reviewed
from ...core.interaction.talk.persona import persona_from, read_values
from ...core.review.queue import Refused
from ...core.scene import Report
from ...reading.armatures import read_skeleton
from ...writing.controls import control_names
from ...writing.talking import checked_face, write_lines
from ..generator import review_queue
from ..motion.operators import chosen_rig, own_brief
from .settings import ASK, HEAR, PERFORM


class WORLDWRIGHT_OT_talk(job.JobOperator, bpy.types.Operator):
    """The selected character answers or speaks: a new action moves its body and face, and the voice is put into the sequencer"""

    bl_idname = "worldwright.talk"
    bl_label = "Talk"
    feature = "talking"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        settings = context.scene.worldwright_talking
        if chosen_rig(context) is None:
            return "Select a generated character first: its armature, or a mesh of it."
        if not settings.persona:
            return "Choose the persona's file first."
        if settings.mode in (HEAR, PERFORM) and not settings.sound:
            return "Choose the recording first."
        if settings.mode not in (HEAR, PERFORM) and not settings.text.strip():
            return "Write a question first." if settings.mode == ASK else "Write what is to be said first."
        return "" if context.mode in ("OBJECT", "POSE") else "Leave Edit Mode first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_talking
        rig = chosen_rig(context)
        checked_face(rig)
        persona = read_values(Path(bpy.path.abspath(settings.persona)))
        name = persona_from(persona).name
        yield 0.5
        self._rig = rig.name
        self._skeleton = read_skeleton(rig, control_names(rig))
        wanted: dict[str, str]
        if settings.mode in (HEAR, PERFORM):
            path = Path(bpy.path.abspath(settings.sound))
            if not path.is_file():
                raise WorldwrightError(f"The recording “{path}” does not exist.")
            wanted = {"hear": str(path)} if settings.mode == HEAR else {"recording": str(path), "words": settings.text}
        else:
            try:
                text = checked_question(settings.text) if settings.mode == ASK else reviewed(settings.text)
            except Refused as refusal:
                review_queue().flag("talk", settings.text, refusal.sentence)
                raise
            wanted = {"question": text} if settings.mode == ASK else {"say": text}
        models = {"dialogue": bpy.path.abspath(settings.model)} if settings.model else {}
        taken = list(bpy.data.actions.keys())
        return "talk", {
            "persona": persona, "requests": [wanted], "rig": self._skeleton, "brief": own_brief(rig), "taken": taken,
            "models": models, "sound": f"{name} ",
        }  # fmt: skip

    def write(self, context: bpy.types.Context, result: dict) -> Generator[float, None, Report]:
        rig = context.scene.objects.get(self._rig)
        if rig is None or any(name not in rig.pose.bones for name in self._skeleton.names):
            raise WorldwrightError(f"“{self._rig}” was removed, renamed or edited meanwhile.")
        yield from write_lines(context, rig, self._skeleton, result)
        settings, line = context.scene.worldwright_talking, result["dialogue"]["lines"][-1]
        settings.answer = line["text"]
        if settings.mode == HEAR:
            settings.text = line["question"]  # to be put right under Ask, where it was misheard
        asked = f"“{line['question']}”: " if settings.mode == HEAR else ""
        likeness = f"likeness {line['score']:.2f}" if line["question"] else ""
        command = f"triggers “{line['command']}”" if line["command"] else ""
        settings.note = (asked + ", ".join(filter(None, (likeness, command, line["note"])))).strip()
        counts = {"seconds of speech": line["seconds"], "words": len(line["words"]), "mouth shapes": len(line["visemes"])}
        return Report(counts, {"known": line["known"], "score": line["score"]}, [line["note"]] if line["note"] else [])


CLASSES = (WORLDWRIGHT_OT_talk,)
