"""What a conversation remembers in this session, and requests from the first word to the last step."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import bpy

from ...core.errors import WorldwrightError
from ...core.interaction.memory import Memory
from ...job import Step, asked
from ...reading.materials import read_image
from ..generator import review_queue
from .graph import read_graph
from .restoring import Record

if TYPE_CHECKING:
    from .carrying import Carrying

memory = Memory()
record = Record()
made: list[str] = []
picture: dict = {}  # what was seen in the picture, with its path under “path”


def forget() -> None:
    """Begins a new conversation."""
    memory.commands, memory.touched, memory.waiting = [], [], []
    record.made, record.places, record.slots, record.names = [], {}, {}, {}
    made.clear()
    picture.clear()


def understand(
    context: bpy.types.Context,
    text: str,
    pointed: tuple[float, float, float] | None = None,
    pointed_at: str = "",
    gesture: str = "",
) -> Generator[Step, None, dict]:
    """What a request means for the open scene, the values of an ``Understanding``; code and the like go to the review queue."""
    graph = read_graph(context, pointed, tuple(made), pointed_at)
    graph.gesture = gesture
    yield Step(0.1, "Reading the scene")
    said = {"commands": memory.commands, "touched": memory.touched, "waiting": memory.waiting}
    found = yield from asked("ask", {"text": text, "graph": graph.to_dict(), "memory": said, "colors": picture.get("colours", [])})
    if found["flagged"]:
        review_queue().flag("request", text, found["refusal"])
    memory.waiting = found["waiting"]
    return found


def carry_out(context: bpy.types.Context, found: dict, carrying: Carrying) -> Generator[Step, None, str]:
    """Carries the commands of an understanding out and returns the reply. What fails puts back what was done before it."""
    from ...core.interaction import commands as c  # enabling the extension must be quick

    if found["replaces"]:
        record.restore()
        context.view_layer.update()
    carrying.made = list(made)
    replies = []
    try:
        for values in found["commands"]:
            command = c.from_dict(values)
            if isinstance(command, c.Undo):
                carrying.record.restore()
                record.restore()
                replies.append("Took the last request back; what was deleted comes back with Ctrl Z.")
                continue
            replies.append((yield from carrying.carry(command)))
    except BaseException:
        carrying.record.restore()
        raise
    changing = [values for values in found["commands"] if c.COMMANDS[values["do"]].changes]
    if changing:
        memory.commands = changing
        vars(record).update(vars(carrying.record))
        made[:] = carrying.made
    memory.touched = carrying.touched or memory.touched
    return " ".join([*replies, *dict.fromkeys(carrying.notes)])


def look_at_picture(path: str) -> Generator[Step, None, dict]:
    """What the picture in a file shows; read once. Raises WorldwrightError."""
    if picture.get("path") == path:
        return picture
    pixels = read_picture(path)
    found = yield from asked("show", {"picture": pixels})
    picture.clear()
    picture.update(found | {"path": path})
    return picture


def read_picture(path: str):  # type: ignore[no-untyped-def]
    """(H, W, 3 or 4) uint8 of an image file, at most 1,024 pixels long. Raises WorldwrightError."""
    file = Path(bpy.path.abspath(path))
    if not file.is_file():
        raise WorldwrightError(f"There is no picture “{file.name}”.", "Choose a PNG or JPEG file.")
    try:
        image = bpy.data.images.load(str(file), check_existing=False)
    except RuntimeError as error:
        raise WorldwrightError(f"“{file.name}” cannot be read as a picture.", "Choose a PNG or JPEG file.") from error
    try:
        texture = read_image(image)
        if texture is None:
            raise WorldwrightError(f"“{file.name}” cannot be read as a picture.", "Choose a PNG or JPEG file.")
        return texture.pixels
    finally:
        bpy.data.images.remove(image)


def names_of(found: dict) -> str:
    """The things an understanding names, as JSON."""
    return json.dumps(found["names"], ensure_ascii=False)
