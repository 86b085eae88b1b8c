"""Usual short requests of every intent: where the tagger is not sure, the nearest of them in meaning decides the intent."""

from __future__ import annotations

import dataclasses

from ..crossmodal.text import text_encoder
from .tagger import Clause

ALIKE = 0.84  # least likeness of sentence vectors
USUAL: dict[str, tuple[str, ...]] = {
    "create_prop": ("add a chair", "put a lamp here", "I want a table there", "add another one", "place a plant beside it"),
    "create_character": ("make a person", "add a woman here", "create a man"),
    "create_room": ("make a room", "create an office"), "create_city": ("make a city", "create a street"),
    "create_landscape": ("make a landscape", "create a forest"), "create_home": ("make a flat", "create a house to live in"),
    "create_creature": ("make a dragon", "create an animal"), "create_robot": ("make a robot", "create a droid"),
    "remove": ("delete it", "remove this", "get rid of that", "take it away", "delete them", "delete the chair"),
    "move": ("put it here", "put this here", "move it there", "put that over here", "place it here", "move it to the left",
    "set it down here", "move the chair", "put it on the table"),
    "rotate": ("rotate it", "turn it around", "turn this", "turn it to the left", "rotate the chair"),
    "scale": ("make it bigger", "make it smaller", "scale it up", "make them taller", "enlarge the chair"),
    "align": ("align them", "line them up", "put them in a row"),
    "duplicate": ("copy it", "duplicate this", "make a copy of it", "another one like this"),
    "restyle": ("paint it red", "make it blue", "make this of wood", "change its colour to green", "paint the chair white"),
    "rename": ("rename it", "call it Bob", "give it a name", "name this Hero"),
    "annotate": ("label it", "annotate everything", "tag this"),
    "fit": ("fit a character to this", "make it a clean character"), "rig": ("rig it", "give it a skeleton"),
    "play": ("make him walk", "let her wave", "let it run", "play the walk animation"),
    "camera": ("look at it", "show me this", "show it from above", "zoom in on that"),
    "light": ("make it brighter", "make it night", "evening light"),
    "export": ("export it", "export everything", "save it for unity", "save this as glb"),
    "select": ("select it", "select them", "select the chair"),
    "undo": ("undo", "undo that", "take it back"), "count": ("how many are there", "how many chairs are there"),
    "which": ("which one is the biggest", "what is on the table", "what is in the box", "which things are red",
    "what stands on it"),
    "where": ("where is it", "where is the chair"), "size": ("how big is it", "how tall is this", "how big is the chair"),
    "what": ("what is this", "what is that", "describe it", "who is this"),
    "missing": ("is it ready for unreal", "what is missing for unity"),
    "why": ("why is it there", "why is this here"), "help": ("help", "what can you do"),
}  # fmt: skip


def surer(clause: Clause) -> Clause:
    """The clause with the intent of the nearest usual request, where one is near enough; else the clause itself."""
    bank = [(intent, sentence) for intent, sentences in USUAL.items() for sentence in sentences]
    encoder = text_encoder({})
    said = " ".join(word for word in clause.words if word.isalnum())
    if not said:
        return clause
    likeness = encoder.remembered([sentence for _, sentence in bank]) @ encoder.encode([said])[0]
    best = int(likeness.argmax())
    if likeness[best] < ALIKE:
        return clause
    return dataclasses.replace(clause, intent=bank[best][0], confidence=float(likeness[best]))
