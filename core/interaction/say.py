"""Commands as short sentences: what was understood, before it is done."""

from __future__ import annotations

from . import commands as c
from .noun_phrases import relation_phrase
from .quantities import length


def listed(names: tuple[str, ...] | list[str], most: int = 3) -> str:
    """“A”, “B” and “C”; of many the first, and how many more."""
    words = ["the new one" if name == c.MADE else f"“{name}”" for name in names]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def phrase_of(command: c.Command) -> str:
    """A command in words, as a person would say it: “move “Mug” on “Desk 2””."""
    what = listed(command.targets)
    relation, to = getattr(command, "relation", ""), getattr(command, "to", ())
    where = relation_phrase(relation, listed(to)) if relation else ""
    if getattr(command, "place", ()):
        where = "to the place that was pointed at"
    if isinstance(command, c.Create):
        return _create(command, where)
    if isinstance(command, c.Move):
        return f"move {what} {where}" if where else f"move {what} {length(command.distance)} {_direction(command.direction)}"
    if isinstance(command, c.Rotate):
        return f"turn {what} to face {listed(command.to)}" if command.to else f"turn {what} by {command.angle:g}°"
    if isinstance(command, c.Scale):
        if command.size is not None:
            return f"make the {command.dimension} of {what} {length(command.size)}"
        return f"scale {what} by {command.factor:.3g}" + ("" if command.dimension == "all" else f" in {command.dimension}")
    if isinstance(command, c.Restyle):
        return f"give {what} " + (
            "the picture's colours" if command.palette else " ".join(w for w in (command.color, command.material) if w)
        )
    return _other(command, what, where)


def _other(command: c.Command, what: str, where: str) -> str:
    """The commands that need one value or none."""
    if isinstance(command, c.Duplicate):
        return f"copy {what}" + (f" {command.count} times" if command.count > 1 else "") + (f", {where}" if where else "")
    if isinstance(command, c.Align):
        return f"line up {what}" + (f" with {listed(command.to)}" if command.to else "")
    if isinstance(command, c.Rename):
        return f"rename {what} to “{command.name}”" if command.name else f"name {what} after what it is"
    if isinstance(command, c.Play):
        return f"have {what} play “{command.clip}”"
    if isinstance(command, c.Camera):
        seen = what or "everything"
        return f"look at {seen}" + (f" from the {command.view}" if command.view not in ("", "close") else "")
    if isinstance(command, c.Light):
        return f"make the light {command.mood}"
    if isinstance(command, c.Export):
        return f"export {what or 'everything'} for {command.engine}"
    if isinstance(command, c.Missing):
        return f"say what is missing for {command.engine}"
    if isinstance(command, c.Size):
        return f"say the {command.aspect or 'size'} of {what}"
    words = {"count": "count", "which": "name", "where": "say where to find", "what": "say what is", "why": "say why there is",
             "remove": "delete", "fit": "fit a character to", "undo": "take the last request back",
             "help": "say what can be asked"}  # fmt: skip
    return f"{words.get(command.do, command.do)} {what or getattr(command, 'noun', '') or ''}".strip()


def _create(command: c.Create, where: str) -> str:
    if command.kind != "prop":
        article = command.prompt if command.prompt.split()[0] in ("a", "an", "the") else f"a {command.prompt}"
        return f"make {article.removeprefix('the ')} {where}".strip()
    name = command.thing.replace("_", " ")
    many = "a" if command.count == 1 else str(command.count)
    look = " ".join(word for word in (command.color, command.material, name) if word)
    return f"add {many} {look}{'s' if command.count > 1 else ''} {where}".strip()


def _direction(direction: str) -> str:
    return {"left": "to the left", "right": "to the right", "forward": "towards the viewer", "back": "away from the viewer"}.get(
        direction, direction
    )
