"""Requests in Chinese (and any other language of a multilingual sentence encoder): nearest in meaning to what could be asked here.

The embedded encoder knows English only. With a multilingual sentence-embedding folder in the text slot every request that makes
sense in this very scene is written in English, and the one nearest in meaning to what was said is taken when it is near enough
and clearly nearest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ..crossmodal.store import find
from . import commands as c
from .scene_graph import Graph

if TYPE_CHECKING:
    from .understand import Understanding

NEAR, CLEAR = 0.55, 0.015  # least likeness, and least distance to the second
MOST_THINGS = 60
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def is_chinese(text: str) -> bool:
    """Whether most letters are Chinese characters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum("\u4e00" <= letter <= "\u9fff" for letter in letters) > len(letters) / 2


def read_chinese(text: str, graph: Graph, models: dict[str, str] | None = None) -> Understanding:
    """What a request in another language means, by its nearness to what could be asked of this scene."""
    from ..crossmodal.text import text_encoder
    from .understand import Understanding

    if find("text", models)[1]:
        sentence = "A request in Chinese needs a multilingual sentence-embedding model in the slot “text”."
        return Understanding(text, refusal=sentence, readings=["Choose its folder, or ask in English."])
    options = possible_requests(graph)
    encoder = text_encoder(models)
    scores = encoder.remembered([sentence for sentence, _ in options]) @ encoder.encode([text])[0]
    order = np.argsort(-scores, kind="stable")
    best, second = options[order[0]], options[order[1]]
    if scores[order[0]] < NEAR or scores[order[0]] - scores[order[1]] < CLEAR:
        return Understanding(text, refusal="That is not understood.", readings=[best[0], second[0]])
    command = best[1]
    if isinstance(command, c.Create) and (count := _count(text)):
        command = c.from_dict(command.to_dict() | {"count": count})
    return Understanding(text, [command])


def possible_requests(graph: Graph) -> list[tuple[str, c.Command]]:
    """(sentence, command) of what could be asked of this scene."""
    found: list[tuple[str, c.Command]] = [
        ("make it evening", c.Light(mood="evening")), ("make it night", c.Light(mood="night")), ("make it morning", c.Light(mood="morning")),
        ("make it brighter", c.Light(mood="brighter")), ("make it darker", c.Light(mood="darker")), ("show everything from above", c.Camera(view="top")),
        ("undo the last step", c.Undo()), ("what can I ask", c.Help()),
    ]  # fmt: skip
    found += [(f"export everything for {engine}", c.Export(engine=engine)) for engine in ("unreal", "unity", "godot", "glb")]
    found += [(f"what is missing for {engine}", c.Missing(engine=engine)) for engine in ("unreal", "unity", "godot")]
    rooms = ("office", "bedroom", "living room", "kitchen", "bathroom", "classroom", "meeting room", "café")
    found += [(f"make a {room}", c.Create(kind="room", prompt=f"a {room}")) for room in rooms]
    found += [
        (f"make {who}", c.Create(kind="character", prompt=who))
        for who in ("a young woman", "a man", "an old man", "an old woman", "a child")
    ]
    things = [thing for thing in graph.things if not thing.shell][:MOST_THINGS]
    for thing in things:
        name = f"the {' '.join(word for word in (thing.color, (thing.label or thing.name).replace('_', ' ').lower()) if word)}"
        targets = (thing.name,)
        found += [(f"delete {name}", c.Remove(targets)), (f"where is {name}", c.Where(targets)), (f"how big is {name}", c.Size(targets)),
                  (f"make {name} bigger", c.Scale(targets)), (f"make {name} smaller", c.Scale(targets, factor=0.8)), (f"turn {name} around", c.Rotate(targets, angle=180.0)),
                  (f"copy {name}", c.Duplicate(targets)), (f"move {name} to the left", c.Move(targets, direction="left")),
                  (f"move {name} to the right", c.Move(targets, direction="right")), (f"select {name}", c.Select(targets))]  # fmt: skip
        found += [
            (f"paint {name} {color}", c.Restyle(targets, color=color))
            for color in ("red", "blue", "green", "yellow", "white", "black")
        ]
        if "table" in thing.concepts or "desk" in thing.concepts:
            found += [(f"put chairs around {name}", c.Create(thing="dining_chair", count=4, relation="around", to=targets)),
                      (f"put a lamp on {name}", c.Create(thing="table_lamp", relation="on", to=targets))]  # fmt: skip
    kinds = sorted({concept for thing in things for concept in thing.concepts})
    for kind in kinds:
        members = tuple(thing.name for thing in things if kind in thing.concepts)
        word = kind.replace("_", " ")
        found += [(f"how many {word}s are there", c.Count(members, noun=word)), (f"delete all {word}s", c.Remove(members))]
    for prop in ("chair", "plant", "floor lamp", "sofa", "desk", "bookcase", "rug", "picture"):
        key = {"chair": "visitor_chair", "picture": "picture_frame"}.get(prop, prop.replace(" ", "_"))
        found.append((f"add a {prop}", c.Create(thing=key)))
    return found


def _count(text: str) -> int:
    """The number in a Chinese text, or 0."""
    if digits := re.search(r"\d+", text):
        return min(int(digits[0]), c.MOST)
    return next((value for letter, value in _NUMERALS.items() if letter in text), 0)
