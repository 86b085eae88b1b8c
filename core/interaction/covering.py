"""Whether a command uses what was said: a thing, a colour or an amount that it leaves out means that it was misread."""

from __future__ import annotations

from . import commands as c
from .colors import BASIC, basic_of, material_of
from .nouns import GENERIC, concepts_of_thing, lexicon, parents, singular
from .scene_graph import Graph
from .tagger import Clause

VERBS = {"light", "paint", "picture", "place", "stand", "set", "rest", "box", "back", "post", "frame", "sign", "bin", "drum",
    "seat", "case", "character",
         "animation", "ground", "spot", "row", "plan", "bar", "dish", "cover", "blind", "art", "range", "book", "mat",
         "animal"}  # fmt: skip


def unused(clause: Clause, command: c.Command, graph: Graph) -> str:
    """The first word of a clause that names a thing or a colour and that its command leaves out, or ""."""
    things = graph.of(command.names())
    if c.MADE in command.names():
        return ""
    used: set[str] = set().union(*(thing.concepts for thing in things)) if things else set()
    said = " ".join([getattr(command, "prompt", ""), getattr(command, "name", ""), getattr(command, "noun", "")]).lower().split()
    if isinstance(command, c.Create):
        used |= concepts_of_thing("", command.thing.replace("_", " "), command.thing)
        said += command.material.split()
    own = {word for thing in things for word in f"{thing.name} {thing.label}".lower().replace("_", " ").split()}
    known = lexicon()
    for word in clause.words:
        if word in said or word in own or singular(word) in own or word in VERBS or singular(word) in GENERIC | VERBS:
            continue
        if material_of(word) and word not in own and word not in BASIC:
            continue
        if word in BASIC:
            if _shows(word, command, things):
                continue
            return word
        concept = known.get(singular(word), "")
        if concept and not parents(concept) & used and concept not in used and not _holds(concept, graph, things):
            return word
    return ""


def _shows(color: str, command: c.Command, things: list) -> bool:
    """Whether a colour is the command's, or that of a thing it is about."""
    named = f"{getattr(command, 'color', '')} {getattr(command, 'material', '')} {getattr(command, 'prompt', '')}"
    return color in named or basic_of(named) == color or any(basic_of(thing.color) == color for thing in things if thing.color)


def _holds(concept: str, graph: Graph, things: list) -> bool:
    """Whether a thing of the concept tells the command's things apart: it is there, and stands by one of them."""
    others = [thing for thing in graph.things if concept in thing.concepts]
    relations = ("on", "in", "under", "above", "beside", "near", "facing", "front", "behind", "left", "right")
    return any(graph.related(thing, relation, [other]) for thing in things for other in others for relation in relations)
