"""Requests without a window: the same understanding and the same carrying out, run to the end."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import bpy

from ...core.errors import WorldwrightError
from ...core.interaction.listen import read_recording
from ...core.progress import Progress, silent
from ...job import asked
from . import session
from .carrying import Carrying
from .graph import read_graph


def run(steps: Generator[Any, None, Any], progress: Progress = silent) -> Any:
    """Runs steps to their end, waiting where they wait."""
    import time

    while True:
        try:
            step = next(steps)
        except StopIteration as done:
            return done.value
        progress(min(step.fraction, 1.0), step.doing)
        if step.waiting:
            time.sleep(0.005)


def ask(
    text: str, speech: str | Path = "", picture: str | Path = "", point: tuple[float, float, float] | None = None, folder: str = "",
    seed: int = 0, sure: bool = False, pointed_at: str = "", gesture: str = "", progress: Progress = silent,
) -> dict:  # fmt: skip
    """Asks the open scene and carries out what was understood.

    ``speech``: a WAV file whose words stand for the text; ``picture``: a reference picture; ``point``: the place that “here”
    means, ``pointed_at`` a thing's name and ``gesture`` a gesture's, that were shown with it; ``folder``: where exports go;
    ``sure``: deleting everything does not ask. Returns text, said, reply, commands and, when nothing was done, readings.
    Raises WorldwrightError where something is missing.
    """
    if speech:
        heard = run(
            asked("hear", {"samples": read_recording(Path(speech)), "graph": read_graph(bpy.context).to_dict()}), progress
        )
        if heard["problem"]:
            raise WorldwrightError(heard["problem"], "Say it again, or write it.")
        text = f"{heard['text']} {text}".strip()
    seen = run(session.look_at_picture(str(picture)), progress) if picture else None
    found = run(session.understand(bpy.context, text, point, pointed_at, gesture), progress)
    if found["question"] and sure:
        found["commands"], found["question"] = found["waiting"], ""
        session.memory.waiting = []
    result = {name: found[name] for name in ("text", "said", "commands", "readings")}
    if not found["commands"]:
        return result | {"done": False, "reply": found["refusal"] or found["question"]}
    carrying = Carrying(bpy.context, point, seen, folder, seed)
    reply = run(session.carry_out(bpy.context, found, carrying), progress)
    return result | {"done": True, "reply": reply, "counts": dict(carrying.counts)}


def ask_file(values: dict, beside: Path, progress: Progress = silent) -> list[dict]:
    """The requests of a command, one after another; exports go beside the file. Stops at the first that was not understood."""
    session.forget()
    results = []
    for number, text in enumerate(values["requests"]):
        speech = values["speech"] if number == 0 and values["speech"] else ""
        picture = values["picture"] or ""
        folder = str(beside.absolute().parent)
        results.append(ask(text, speech, picture, values["point"], folder, values["seed"], values["sure"], progress=progress))
        if not results[-1]["done"]:
            break
    return results
