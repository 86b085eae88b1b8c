"""Answers to questions, made from the graph and nothing else."""

from __future__ import annotations

from . import commands as c
from .quantities import length
from .say import listed
from .scene_graph import Graph, Thing, described

HELP = (
    "Ask to add, make, delete, move, turn, scale, line up, copy, recolour, rename, label, rig or animate things, to set camera and "
    "light, or to export; or ask how many, which, where, how big, what is this, why, and what is missing for an engine. "
    "For example: “add six chairs around the table”, “make the red one taller”, “where is the lamp?”."
)
_NAMES = 8  # named in one answer


def answer(command: c.Command, graph: Graph) -> str:
    """One or two sentences. ``Missing`` is answered by the program that the scene is open in."""
    things = graph.of(command.targets)
    if isinstance(command, c.Help):
        return HELP
    if isinstance(command, (c.Count, c.Which)):
        return _counted(command, things)
    if isinstance(command, c.Where):
        return " ".join(f"“{thing.name}” is {graph.place_of(thing)}." for thing in things[:_NAMES])
    if isinstance(command, c.Size):
        return " ".join(_size(thing, command.aspect) for thing in things[:_NAMES])
    if isinstance(command, c.What):
        return " ".join(_what(thing, graph) for thing in things[:_NAMES])
    if isinstance(command, c.Why):
        return " ".join(_why(thing, graph) for thing in things[:_NAMES])
    return ""


def _counted(command: c.Count | c.Which, things: list[Thing]) -> str:
    noun = command.noun or "things"
    if not things:
        return f"There is no such thing here: {noun}."
    if isinstance(command, c.Which) and len(things) == 1:
        return f"“{things[0].name}”: {described(things[0])}."
    names = listed([thing.name for thing in things], _NAMES)
    verb = "is" if len(things) == 1 else "are"
    return f"There {verb} {len(things)}: {names}."


def _size(thing: Thing, aspect: str) -> str:
    width, depth, height = (length(float(value)) for value in thing.own_size)
    if aspect:
        value = {"width": width, "depth": depth, "height": height}[aspect]
        return f"“{thing.name}” is {value} {dict(width='wide', depth='deep', height='high')[aspect]}."
    return f"“{thing.name}” is {width} wide, {depth} deep and {height} high."


def _what(thing: Thing, graph: Graph) -> str:
    known = described(thing)
    clips = f" It can play {', '.join(thing.clips)}." if thing.clips else ""
    return f"“{thing.name}” is {known}, {graph.place_of(thing)}.{clips}"


def _why(thing: Thing, graph: Graph) -> str:
    if thing.why:
        return f"“{thing.name}”: {thing.why.rstrip('.')}."
    return f"Nothing is written down about why “{thing.name}” is there; it is {graph.place_of(thing)}."
