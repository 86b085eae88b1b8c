"""The Ask panel's buttons."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from pathlib import Path

import bpy

from ...core.errors import WorldwrightError
from ...core.interaction.listen import LONGEST, Recorder, read_recording
from ...core.scene import Report
from ...job import JobOperator, Step, asked
from ...user_folder import user_folder
from . import session
from .graph import read_graph

recorder: Recorder | None = None


def pointed(context: bpy.types.Context) -> tuple[float, float, float] | None:
    """The place that “here” means: the 3D cursor, where it is switched on."""
    return tuple(context.scene.cursor.location) if context.scene.worldwright_ask.use_cursor else None  # type: ignore[return-value]


class WORLDWRIGHT_OT_ask(JobOperator, bpy.types.Operator):
    """Understand the request and show what it would do, with the things it names highlighted; questions are answered at once"""

    bl_idname = "worldwright.ask"
    bl_label = "Ask"
    feature = "ask"
    needs_torch = True
    finishes_writing = True

    text: bpy.props.StringProperty(
        name="Request", description="The request; empty: what is written in the panel", options={"SKIP_SAVE"}
    )
    at_once: bpy.props.BoolProperty(name="Act at Once", description="Carry it out without a preview", options={"SKIP_SAVE"})
    gesture: bpy.props.StringProperty(
        name="Gesture", description="A gesture that was drawn with the request", options={"SKIP_SAVE"}
    )
    touched: bpy.props.StringProperty(
        name="Touched", description="What the pen touched, as JSON with names and places: “here” and “this”", options={"SKIP_SAVE"}
    )

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.mode == "OBJECT" else "Leave Edit Mode first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        settings = context.scene.worldwright_ask
        text = self.text or settings.text
        if not text.strip():
            raise WorldwrightError("The request is empty.", "Write or say what you want, such as “add a chair next to the table”.")
        settings.text = text
        if settings.picture:
            yield from session.look_at_picture(settings.picture)
        place, thing = _touched(self.touched) if self.touched else (pointed(context), "")
        found = yield from session.understand(context, text, place, thing, self.gesture)
        settings.asked, settings.understood, settings.names = text, "", ""
        settings.said, settings.readings = found["said"], "\n".join(found["readings"])
        settings.reply = found["refusal"] or found["question"]
        if not found["commands"]:
            return None
        from ...core.interaction.commands import COMMANDS  # enabling the extension must be quick

        asks = not any(COMMANDS[values["do"]].changes for values in found["commands"])
        if asks or self.at_once or settings.at_once:
            return (yield from _carry(context, found))
        settings.understood, settings.names = json.dumps(found, ensure_ascii=False), session.names_of(found)
        return None


def _touched(text: str) -> tuple[tuple[float, float, float] | None, str]:
    """The place and the thing that a pen touched. Raises WorldwrightError."""
    try:
        values = json.loads(text)
        places, names = values.get("places", []), values.get("names", [])
        place = tuple(float(value) for value in places[len(places) // 2]) if places else None
    except (ValueError, TypeError, AttributeError) as error:
        raise WorldwrightError("What was touched cannot be read.", "Draw the gesture again.") from error
    return place, str(names[0]) if names else ""  # type: ignore[return-value]


class WORLDWRIGHT_OT_ask_do(JobOperator, bpy.types.Operator):
    """Carry out what was understood, as one step that undo takes back"""

    bl_idname = "worldwright.ask_do"
    bl_label = "Do It"
    feature = "ask"
    finishes_writing = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if context.mode != "OBJECT":
            return "Leave Edit Mode first."
        return "" if context.scene.worldwright_ask.understood else "Ask for something first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        return (yield from _carry(context, json.loads(context.scene.worldwright_ask.understood)))


def _carry(context: bpy.types.Context, found: dict) -> Generator[Step, None, Report]:
    """Carries an understanding out; the reply goes into the panel."""
    began = time.perf_counter()
    settings = context.scene.worldwright_ask
    from .carrying import Carrying  # what carries requests out is large

    carrying = Carrying(context, pointed(context), session.picture or None, settings.folder, settings.seed)
    settings.understood, settings.names = "", ""
    settings.reply = yield from session.carry_out(context, found, carrying)
    return Report(counts=dict(carrying.counts), seconds={"total": time.perf_counter() - began})


class WORLDWRIGHT_OT_ask_cancel(bpy.types.Operator):
    """Do not do it; nothing is changed"""

    bl_idname = "worldwright.ask_cancel"
    bl_label = "Not That"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        settings = context.scene.worldwright_ask
        settings.understood = settings.names = settings.said = ""
        settings.reply = "Nothing was changed."
        session.memory.waiting = []
        return {"FINISHED"}


class WORLDWRIGHT_OT_ask_reading(bpy.types.Operator):
    """Put this reading into the request"""

    bl_idname = "worldwright.ask_reading"
    bl_label = "Use Reading"
    bl_options = {"INTERNAL"}

    reading: bpy.props.StringProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        context.scene.worldwright_ask.text = self.reading.replace("“", "").replace("”", "")
        return {"FINISHED"}


class WORLDWRIGHT_OT_ask_listen(JobOperator, bpy.types.Operator):
    """Listen to the microphone; press again, or Esc, when you have said it. The words can be changed before they are asked"""

    bl_idname = "worldwright.ask_listen"
    bl_label = "Speak"
    bl_options = {"REGISTER"}
    feature = "ask"
    needs_torch = True

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        global recorder
        settings = context.scene.worldwright_ask
        keep = None
        if settings.keep:
            folder = user_folder("recordings")
            folder.mkdir(parents=True, exist_ok=True)
            keep = folder / f"{time.strftime('%Y-%m-%d %H-%M-%S')}.wav"
        with Recorder() as recorder:
            while recorder.seconds < LONGEST and not recorder.ended and not recorder.failed:
                yield Step(min(recorder.seconds / LONGEST, 0.8), f"Listening ({recorder.seconds:.0f} s); press Done", waiting=True)
            samples = recorder.stop(keep)
        yield from _heard(context, samples)
        return None


class WORLDWRIGHT_OT_ask_listened(bpy.types.Operator):
    """Stop listening and read what was said"""

    bl_idname = "worldwright.ask_listened"
    bl_label = "Done"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        if recorder is not None:
            recorder.ended = True
        return {"FINISHED"}


class WORLDWRIGHT_OT_ask_recording(JobOperator, bpy.types.Operator):
    """Hear the request in the WAV file; the words can be changed before they are asked"""

    bl_idname = "worldwright.ask_recording"
    bl_label = "Hear Recording"
    bl_options = {"REGISTER"}
    feature = "ask"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_ask.recording else "Choose a WAV recording first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        samples = read_recording(Path(bpy.path.abspath(context.scene.worldwright_ask.recording)))
        yield from _heard(context, samples)
        return None


def _heard(context: bpy.types.Context, samples) -> Generator[Step, None, None]:  # type: ignore[no-untyped-def]
    """Words into the request field; a sentence where there are none."""
    settings = context.scene.worldwright_ask
    heard = yield from asked("hear", {"samples": samples, "graph": read_graph(context).to_dict()})
    if heard["problem"]:
        settings.reply = heard["problem"]
        raise WorldwrightError(heard["problem"])
    settings.text, settings.reply, settings.said, settings.understood = heard["text"], "", "", ""


class WORLDWRIGHT_OT_ask_show(JobOperator, bpy.types.Operator):
    """Look at the picture: its colours, its light, and what it shows"""

    bl_idname = "worldwright.ask_show"
    bl_label = "Look at Picture"
    bl_options = {"REGISTER"}
    feature = "ask"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_ask.picture else "Choose a picture first."

    def steps(self, context: bpy.types.Context) -> Generator[Step, None, Report | None]:
        settings = context.scene.worldwright_ask
        found = yield from session.look_at_picture(settings.picture)
        settings.reply = found["sentence"]
        return None


CLASSES = (
    WORLDWRIGHT_OT_ask, WORLDWRIGHT_OT_ask_do, WORLDWRIGHT_OT_ask_cancel, WORLDWRIGHT_OT_ask_reading, WORLDWRIGHT_OT_ask_listen,
    WORLDWRIGHT_OT_ask_listened, WORLDWRIGHT_OT_ask_recording, WORLDWRIGHT_OT_ask_show,
)  # fmt: skip
