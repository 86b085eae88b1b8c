"""What could be asked of this very scene, as sentences with their commands: what speech and other languages are matched to."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from . import commands as c
from .scene_graph import Graph, Thing

MOST_THINGS = 60
PALETTE = ("red", "blue", "green", "yellow", "white", "black", "grey")
PROPS = {"chair": "visitor_chair", "plant": "plant", "floor lamp": "floor_lamp", "sofa": "sofa", "desk": "desk",
    "bookcase": "bookcase", "rug": "rug",
         "picture": "picture_frame", "stool": "stool", "table": "dining_table", "vase": "vase"}  # fmt: skip
ROOMS = ("office", "bedroom", "living room", "kitchen", "bathroom", "classroom", "meeting room", "café")
PEOPLE = ("young woman", "man", "tall man", "old man", "old woman", "child")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("wh", "w"), ("gh", ""), ("kn", "n"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"),
    ("v", "f"), ("b", "p"),
           ("d", "t"), ("g", "k"), ("y", "i"), ("h", ""))  # fmt: skip


def possible_requests(graph: Graph) -> list[tuple[str, c.Command]]:
    """(sentence, command) of the usual requests about what is there."""
    found = _general()
    things = [thing for thing in graph.things if not thing.shell or thing.role in ("door", "window")][:MOST_THINGS]
    for thing in things:
        for name in _names(thing, things):
            found += _about(thing, name)
    tops = [thing for thing in things if {"table", "desk", "tv_stand"} & thing.concepts]
    small = [thing for thing in things if thing.size.max() < 0.7]
    for top in tops:
        for name in _names(top, things)[:1]:
            found += [
                (f"put the {_noun(thing)} on {name}", c.Move((thing.name,), relation="on", to=(top.name,))) for thing in small
            ]
            found += [(f"what is on {name}", c.Which(tuple(load.name for load in graph.resting_on(top)), noun=f"things on {name}"))]
            found += [(f"put a lamp on {name}", c.Create(thing="table_lamp", relation="on", to=(top.name,)))]
            found += [(f"add {word} chairs around {name}",
            c.Create(thing="dining_chair", count=count, relation="around", to=(top.name,)))
                      for word, count in (("two", 2), ("four", 4), ("six", 6))]  # fmt: skip
    for kind in sorted({concept for thing in things for concept in thing.concepts}):
        members = tuple(thing.name for thing in things if kind in thing.concepts)
        word = f"{kind.replace('_', ' ').removesuffix(' frame')}s"
        found += [
            (f"how many {word} are there", c.Count(members, noun=word)),
            (f"delete all {word}", c.Remove(members)),
            (f"select all {word}", c.Select(members)),
        ]
    groups = {
        f"the {word}s": tuple(thing.name for thing in graph.things if word in thing.concepts)
        for word in ("wall", "curtain", "chair", "cushion")
    }
    for name, members in groups.items():
        if len(members) > 1:
            found += [
                (f"{verb} {name} {color}", c.Restyle(members, color=color)) for verb in ("paint", "make") for color in PALETTE
            ]
            found += [(f"line up {name}", c.Align(members)), (f"delete {name}", c.Remove(members))]
    seats = [thing for thing in things if {"armchair", "sofa", "office_chair"} & thing.concepts]
    for seat in seats:
        for other in [
            thing
            for thing in things
            if {"table", "sofa", "display", "desk", "window", "door"} & thing.concepts and thing is not seat
        ]:
            names = _names(seat, things)[0], _names(other, things)[0]
            found.append((f"turn {names[0]} towards {names[1]}", c.Rotate((seat.name,), relation="facing", to=(other.name,))))
            found.append((f"move {names[0]} next to {names[1]}", c.Move((seat.name,), relation="beside", to=(other.name,))))
    for color in sorted({thing.color for thing in things if thing.color}):
        found.append(
            (
                f"which things are {color}",
                c.Which(tuple(thing.name for thing in things if thing.color == color), noun=f"{color} things"),
            )
        )
    return found


def _general() -> list[tuple[str, c.Command]]:
    """What can be asked of any scene."""
    found: list[tuple[str, c.Command]] = [
        ("show the room from above", c.Camera(view="top")), ("undo that", c.Undo()), ("what can you do", c.Help()),
    ]  # fmt: skip
    moods = ("evening", "night", "morning", "noon", "brighter", "darker", "warmer")
    found += [(f"make it {mood}", c.Light(mood=mood)) for mood in moods]
    for engine in ("unreal", "unity", "godot"):
        found += [(f"export everything for {engine}", c.Export(engine=engine)), (f"export to {engine}", c.Export(engine=engine)),
                  (f"what is missing for {engine}", c.Missing(engine=engine)),
                  (f"is this ready for {engine}", c.Missing(engine=engine))]  # fmt: skip
    for verb in ("make a", "create a"):
        found += [(f"{verb} {room}", c.Create(kind="room", prompt=f"a {room}")) for room in ROOMS]
        found += [
            (f"{verb}{'n' if who[0] in 'aeio' else ''} {who}", c.Create(kind="character", prompt=f"a {who}")) for who in PEOPLE
        ]
        found += [(f"{verb} city street", c.Create(kind="city", prompt="a city street")),
        (f"{verb} robot", c.Create(kind="robot", prompt="a robot")),
                  (f"{verb} wolf", c.Create(kind="creature", prompt="a wolf")),
                  (f"{verb} forest", c.Create(kind="landscape", prompt="a forest"))]  # fmt: skip
    return found + [(f"add a {name}", c.Create(thing=key)) for name, key in PROPS.items()]


def _about(thing: Thing, name: str) -> list[tuple[str, c.Command]]:
    """What can be asked about one thing."""
    targets = (thing.name,)
    found: list[tuple[str, c.Command]] = [
        (f"delete {name}", c.Remove(targets)), (f"remove {name}", c.Remove(targets)), (f"where is {name}", c.Where(targets)),
        (f"how big is {name}", c.Size(targets)), (f"how tall is {name}", c.Size(targets, aspect="height")),
        (f"how wide is {name}", c.Size(targets, aspect="width")),
        (f"make {name} bigger", c.Scale(targets)), (f"make {name} smaller", c.Scale(targets, factor=0.8)),
        (f"turn {name} around", c.Rotate(targets, angle=180.0)),
        (f"copy {name}", c.Duplicate(targets)), (f"duplicate {name}", c.Duplicate(targets)),
        (f"select {name}", c.Select(targets)), (f"look at {name}", c.Camera(targets)),
        (f"move {name} to the left", c.Move(targets, direction="left", distance=0.25)),
        (f"move {name} to the right", c.Move(targets, direction="right", distance=0.25)),
        (f"rotate {name} by ninety degrees", c.Rotate(targets, angle=90.0)),
    ]  # fmt: skip
    for color in PALETTE:
        found += [
            (f"paint {name} {color}", c.Restyle(targets, color=color)),
            (f"make {name} {color}", c.Restyle(targets, color=color)),
            (f"change {name} to {color}", c.Restyle(targets, color=color)),
        ]
    return found + [(f"have {name} {clip.lower()}", c.Play(targets, clip=clip)) for clip in thing.clips]


def _noun(thing: Thing) -> str:
    words = (thing.prop or thing.label or thing.name).replace("_", " ").lower()
    return {"display": "television", "picture frame": "picture", "books row": "books", "building": "house"}.get(words, words)


def _names(thing: Thing, things: Iterable[Thing]) -> list[str]:
    """What a thing is called where that names no other: “the vase”, “the red cushion”."""
    others = [other for other in things if other.name != thing.name]
    names = []
    if not any(_noun(other) == _noun(thing) for other in others):
        names.append(f"the {_noun(thing)}")
    if thing.color and not any(_noun(other) == _noun(thing) and other.color == thing.color for other in others):
        names.append(f"the {thing.color} {_noun(thing)}")
    return names or [f"the {thing.name.lower()}"]


def sounds(text: str) -> str:
    """A text as it roughly sounds: consonants in classes, vowels alike."""
    text = re.sub(r"[^a-z ]", "", text.lower())
    for letters, sound in _SOUNDS:
        text = text.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]+", "a", text))


def alike(text: str, sentences: list[str], most: int) -> list[str]:
    """The sentences that sound most like a text, the likest first."""
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(sounds(text))
    scored = []
    for sentence in sentences:
        matcher.set_seq1(sounds(sentence))
        if matcher.real_quick_ratio() > 0.5 and matcher.quick_ratio() > 0.5:
            scored.append((matcher.ratio(), sentence))
    return [sentence for _, sentence in sorted(scored, key=lambda pair: -pair[0])[:most]]
