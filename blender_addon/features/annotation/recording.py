"""A note on the selection, spoken into the microphone and kept as a WAV file in the user's folder."""

from __future__ import annotations

import time
from collections.abc import Generator

import bpy
import numpy as np

from ...core.crossmodal.sound import RATE, write_wav
from ...core.interaction.listen import LONGEST, Recorder
from ...core.scene import Report
from ...job import JobOperator, Step
from ...user_folder import user_folder

recorder: Recorder | None = None


class WORLDWRIGHT_OT_record_note(JobOperator, bpy.types.Operator):
    """Speak a note on the selected objects; press Done when you have said it, Esc throws it away"""

    bl_idname = "worldwright.record_note"
    bl_label = "Record Note"
    bl_options = {"REGISTER"}
    feature = "annotation"

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        global recorder
        folder = user_folder("recordings")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with Recorder() as recorder:
                while recorder.seconds < LONGEST and not recorder.ended and not recorder.failed:
                    said = f"Recording ({recorder.seconds:.0f} s); press Done"
                    yield Step(min(recorder.seconds / LONGEST, 0.9), said, waiting=True)
                samples = recorder.stop()
        finally:
            recorder = None
        target = folder / f"note {time.strftime('%Y-%m-%d %H-%M-%S')}.wav"
        write_wav(target, np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16), RATE)
        context.scene.worldwright_annotation.voice = str(target)
        return Report({"seconds": round(len(samples) / RATE)}, {"file": str(target)})


class WORLDWRIGHT_OT_note_recorded(bpy.types.Operator):
    """Stop recording and keep the note"""

    bl_idname = "worldwright.note_recorded"
    bl_label = "Done"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if recorder is None:
            cls.poll_message_set("Nothing is being recorded.")
        return recorder is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        if recorder is not None:
            recorder.ended = True
        return {"FINISHED"}


CLASSES = (WORLDWRIGHT_OT_record_note, WORLDWRIGHT_OT_note_recorded)
