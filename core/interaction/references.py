"""Noun phrases become things of the scene: by kind, colour, material, size, place, order, and by what was said and shown before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .colors import basic_of, material_of
from .noun_phrases import Phrase
from .nouns import GENERIC, concept_of, is_plural, phrase, singular
from .quantities import WORDS
from .scene_graph import Graph, Thing, flat_gap, gap

if TYPE_CHECKING:
    from .attend import Attention

SHOWN = {"selected", "selection", "marked", "picked", "chosen", "highlighted", "select", "mark", "pick"}
ONE = {"it", "this", "that", "him", "her", "he", "she", "its"}
MANY = {"them", "these", "those", "they", "both", "their"}
LATEST = {"last", "previous", "copy", "new", "copies", "latest", "newest"}
ALL = {"all", "every", "each", "everything", "any", "whatever", "anything", "what", "what's", "whole", "everyone", "everybody"}
ARTICLES = {"the", "a", "an", "my", "our", "of", "your", "some"}
PLACES = {"scene", "world", "lot", "room"}
HERE = {"here", "there", "place", "spot"}
ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
LARGE = {"big": 3, "large": 3, "huge": 3, "great": 3, "tall": 2, "high": 2, "wide": 0, "broad": 0, "long": 4, "deep": 1}
SMALL = {"small": 3, "little": 3, "tiny": 3, "short": 2, "low": 2, "narrow": 0, "thin": 0}
SIDES = {
    "left": (-1, 0),
    "leftmost": (-1, 0),
    "right": (1, 0),
    "rightmost": (1, 0),
    "front": (0, -1),
    "back": (0, 1),
    "rear": (0, 1),
}
CLOSE = {"nearest", "closest", "nearer", "closer"}
FAR = {"farthest", "furthest", "farther", "further"}
SINGLE = {"one", "thing", "object", "item"}
FLAT = 0.05  # metres
ALIKE = 0.62  # of a noun that nobody knows and a thing's description, to be taken for it


@dataclass
class Found:
    """The things a phrase means. ``problem``: a sentence why it means none; ``options``: what it may mean; ``whole``: it means
    the whole scene; ``place``: it means the pointed place; ``made``: it means what the command before has made."""

    things: list[Thing] = field(default_factory=list)
    problem: str = ""
    options: list[str] = field(default_factory=list)
    whole: bool = False
    place: tuple[float, float, float] | None = None
    made: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Of the things."""
        return tuple(dict.fromkeys(thing.name for thing in self.things))


@dataclass
class Context:
    """What references may mean beside the scene: ``before`` names of what the clause before was about, ``made`` whether it made
    something new, ``touched`` names of what the request before was about, ``moving`` of what this clause moves; ``attention``
    chooses where words leave a choice, from the clause's ``words`` and ``tags`` and the ``colors`` of a shown picture."""

    graph: Graph
    before: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    made: bool = False
    touched: tuple[str, ...] = ()
    attention: Attention | None = None
    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()


def resolve(said: Phrase, context: Context, role: str = "T", many: bool = False) -> Found:
    """What a phrase means. ``role``: as of the tags; ``many``: a question, for which every fitting thing counts."""
    graph = context.graph
    words = set(said.quantity) | set(said.head) | set(said.adjectives)
    if role == "D" and HERE & words and not (set(said.head) - HERE):
        if graph.pointed is None:
            return Found(problem="No place was pointed at.", options=["Point at a place, or name one."])
        return Found(place=graph.pointed)
    if said.head and set(said.head) <= PLACES and not said.adjectives and role == "T":
        return Found([thing for thing in graph.things if not thing.shell], whole=True)
    if SHOWN & words:
        return Found(graph.of(graph.selected)) if graph.selected else Found(problem="Nothing is selected.")
    generic = not said.head or all(singular(word) in GENERIC or word in WORDS for word in said.head)
    if generic and not said.adjectives and not said.relation:
        shown = _pointing(said, context, words)
        if shown is not None:
            return shown
    if generic and not said.adjectives and not said.relation and not said.head and words <= ARTICLES:
        return Found(problem="It is not clear what is meant.", options=["Name it, select it or point at it."])
    candidates, problem = _candidates(said, graph, role, generic)
    if problem:
        return problem
    candidates, problem = _restricted(candidates, said, context, generic)
    if problem:
        return problem
    return _chosen(candidates, said, context, many, role)


def _pointing(said: Phrase, context: Context, words: set[str]) -> Found | None:
    """Pronouns, “the last one”, “everything”; None for anything else."""
    graph = context.graph
    if LATEST & words:
        if context.made:
            return Found(made=True)
        return Found(graph.of(graph.recent[-1:])) if graph.recent else Found(problem="Nothing was made or changed yet.")
    if "other" in words:
        return None
    if words & ONE or words & MANY:
        return _pronoun(context, bool(words & MANY), bool({"this", "that", "these", "those"} & words))
    if words & ALL or "rest" in words or "scene" in words:
        return Found([thing for thing in graph.things if not thing.shell], whole=True)
    return None


def _pronoun(context: Context, many: bool, showing: bool) -> Found:
    """“it”, “them”; “this” and “these”, which show, look at the pointer and the selection first."""
    graph = context.graph
    pointed = graph.of([graph.pointed_at]) if graph.pointed_at else []
    if pointed and not context.before and (showing or not graph.selected) and not many:
        return Found(pointed)
    if context.made:
        return Found(made=True)
    if context.before:
        return Found(graph.of(context.before))
    for names in (graph.selected, context.touched, graph.recent if many else graph.recent[-1:]):
        if things := graph.of(names):
            return Found(things)
    if pointed:
        return Found(pointed)
    return Found(problem="It is not clear what is meant.", options=["Select it, point at it, or name it."])


def _candidates(said: Phrase, graph: Graph, role: str, generic: bool) -> tuple[list[Thing], Found | None]:
    """The things of the phrase's kind and name."""
    if not generic:
        if named := _named(said, graph):
            return named, None
    if generic:
        things = [thing for thing in graph.things if not thing.shell]
        made = {value for kind, value in _qualities(said) if kind == "material"}
        if made and not any(thing.material in made for thing in things):
            things = graph.things  # of glass are only the windows
        return things, None
    noun = phrase(said.noun)
    for text in (" ".join([*said.adjectives, said.noun]), said.noun):
        concept = concept_of(text)
        things = [thing for thing in graph.things if concept and concept in thing.concepts]
        if things:
            return things, None
    by_word = [thing for thing in graph.things if noun and noun in phrase(thing.name)]
    if by_word:
        return by_word, None
    known = _kinds(graph)
    return [], Found(problem=f"There is no {' '.join([*said.adjectives, said.noun])} here.", options=known)


def _named(said: Phrase, graph: Graph) -> list[Thing]:
    """Things of which the phrase says the very name; “desk two” is “Desk 2”."""
    wanted = [_plain(" ".join([*said.adjectives, *said.head])), _plain(said.noun)]
    for text in wanted:
        if found := [thing for thing in graph.things if _plain(thing.name) == text]:
            return found
    number = [WORDS.get(word, ORDER.get(word, -2) + 1) for word in said.quantity]
    number = [int(value) for value in number if value >= 1]
    if number and ORDER.keys() & set(said.quantity):
        text = f"{_plain(said.noun)} {number[0]}"
        return [thing for thing in graph.things if _plain(thing.name) == text]
    return []


def _plain(text: str) -> str:
    """Lower-case words, number words as figures."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return " ".join(str(int(WORDS[word])) if word in WORDS and WORDS[word] >= 1 and word not in ("a",
    "an") else word for word in words
                    if word not in ("number", "no"))  # fmt: skip


def _restricted(candidates: list[Thing], said: Phrase, context: Context, generic: bool) -> tuple[list[Thing], Found | None]:
    """Those that adjectives and relation leave."""
    graph, left = context.graph, candidates
    if "other" in said.adjectives + said.quantity:
        past = set(context.before or context.touched or graph.selected)
        if context.moving:  # “the other desk” is the one that it does not stand on
            held = [graph.support(thing) for thing in graph.of(context.moving)]
            past |= {thing.name for thing in held if thing is not None}
        left = [thing for thing in left if thing.name not in past] or left
    for kind, value in _qualities(said):
        if kind == "color":
            kept = [thing for thing in left if thing.color and basic_of(thing.color) == value]
        elif kind == "material":
            kept = [thing for thing in left if thing.material == value or material_of(thing.material) == value]
        else:
            kept = [thing for thing in left if value in phrase(f"{thing.name} {thing.label}").split()] or left
        if not kept:
            return [], Found(problem=f"There is no {said} here.", options=[f"“{thing.name}”" for thing in left[:2]])
        left = kept
    if (
        not said.relation
        or set(said.adjectives + said.quantity) & (CLOSE | FAR)
        or (
            said.relation == "in" and (not said.others or said.others[-1].noun in ("room", "scene", "here", "house", "picture", ""))
        )
    ):
        return left, None
    others: list[Thing] = []
    for other in said.others:
        found = resolve(other, context, "D", many=True)
        if found.problem:
            return [], found
        others += found.things
    taken = {thing.name for thing in others}
    left = [thing for thing in left if thing.name not in taken] or left
    kept = [thing for thing in left if graph.related(thing, said.relation, others)]
    if not kept and said.relation in ("beside", "near", "on", "under", "front", "left", "right", "in") and others and not generic:
        near = [thing for thing in left if min(gap(thing, other) for other in others) < 2.5]
        kept = sorted(near, key=lambda thing: min(flat_gap(thing, other) for other in others))[:1]
    if not kept:
        return [], Found(problem=f"There is no {said} here.", options=[f"“{thing.name}”" for thing in left[:2]])
    one = _single(said)
    if len(kept) > 1 and said.relation in ("beside", "near") and others and (one or not (generic or is_plural(said.noun))):
        kept = [min(kept, key=lambda thing: (one and _apart(thing, others, graph), min(flat_gap(thing, o) for o in others)))]
    return kept, None


def _single(said: Phrase) -> bool:
    """Whether one thing is meant without saying which kind: “the one beside the sofa”, “that thing”."""
    return bool(SINGLE & set(said.quantity + said.head)) and not ALL & set(said.quantity + said.head)


def _apart(thing: Thing, others: list[Thing], graph: Graph) -> int:
    """How little of a neighbour a thing is: 0 stands on what one of the others stands on, 1 on something else, 2 lies flat."""
    if thing.size[2] < FLAT:
        return 2
    ground = graph.support(thing)
    return int(all(graph.support(other) is not ground for other in others))


def _qualities(said: Phrase) -> list[tuple[str, str]]:
    """(“color”, “red”), (“material”, “wood”) and other words that a thing must have."""
    found, words = [], [word for word in said.adjectives if word not in ("other", "selected")]
    text = " ".join(words)
    if color := basic_of(text):
        found.append(("color", color))
    for word in words:
        if basic_of(word) or word in ("dark", "light", "bright", "pale", "deep"):
            continue
        if substance := material_of(word):
            found.append(("material", substance))
        elif not _measure(word) and word not in SIDES and word not in CLOSE | FAR:
            found.append(("word", word))
    return found


def _measure(word: str) -> tuple[int, int]:
    """(1 or -1, which size) of “tallest”, “small”, …; (0, 0) for another word."""
    stem = re.sub(r"(gest|ggest|est|ger|er)$", "", word)
    for base, sign, table in (
        (word, 1, LARGE),
        (word, -1, SMALL),
        (stem, 1, LARGE),
        (stem, -1, SMALL),
        (stem + "e", 1, LARGE),
        (stem + "g", 1, LARGE),
    ):
        if base in table:
            return sign, table[base]
    return 0, 0


def _extent(thing: Thing, axis: int) -> float:
    """How large a thing is: in its own width, depth or height (0 to 2), as a whole (3), or along its longer side (4)."""
    if axis == 3:
        return float(np.prod(thing.size))
    return float(thing.size[:2].max()) if axis == 4 else float(thing.own_size[axis])


def _chosen(left: list[Thing], said: Phrase, context: Context, many: bool, role: str) -> Found:
    """As many of the fitting things as the phrase says."""
    graph, words = context.graph, said.quantity + said.adjectives
    for word in words:
        sign, axis = _measure(word)
        if sign and len(left) > 1 and not (many and word in LARGE | SMALL):
            return Found([max(left, key=lambda thing: sign * _extent(thing, axis))])  # noqa: B023 (called at once)
        if word in SIDES and len(left) > 1:
            x, y = SIDES[word]
            ahead = [float(thing.middle[:2] @ (x * graph.right() + y * graph.away())) for thing in left]
            return Found([left[int(np.argmax(ahead))]])
    others = [other for phrase_ in said.others for other in resolve(phrase_, context, "D", True).things]
    if (set(words) & (CLOSE | FAR)) and others:
        order = sorted(left, key=lambda thing: min(gap(thing, other) for other in others))
        return Found([order[-1 if set(words) & FAR else 0]])
    number = next((int(WORDS[word]) for word in said.quantity if word in WORDS and WORDS[word] >= 2), 0)
    ordinal = next((ORDER[word] for word in said.quantity + said.adjectives if word in ORDER), None)
    if ordinal is not None and len(left) > 1:
        ordered = sorted(left, key=_natural)
        if number:
            return Found(ordered[:number] if ordinal == 0 else ordered[-number:])
        return (
            Found([ordered[ordinal]]) if -1 <= ordinal < len(ordered) else Found(problem=f"There are only {len(ordered)} of them.")
        )
    plural = not _single(said) and (is_plural(said.noun) or bool(ALL & set(said.quantity)) or not said.head)
    if len(left) == 1 or many or (plural and not number):
        return Found(left)
    return _of_several(left, said, context, number or 1, role)


def _of_several(left: list[Thing], said: Phrase, context: Context, number: int, role: str) -> Found:
    """``number`` things where more fit: those shown, or touched last, or that the attention prefers; else it must be asked."""
    graph = context.graph
    if len(left) == number:
        return Found(left)
    told = [_told(thing, context.words) for thing in left]
    if (best := max(told)) > 0 and told.count(best) == number:
        return Found([thing for thing, score in zip(left, told, strict=True) if score == best])
    for names in (graph.selected, (graph.pointed_at,), context.before, context.touched):
        if len(chosen := [thing for thing in left if thing.name in names]) == number:
            return Found(chosen)
    if graph.pointed is not None and number == 1:
        spot = np.array(graph.pointed[:2])
        return Found([min(left, key=lambda thing: float(np.linalg.norm(thing.middle[:2] - spot)))])
    if context.attention is not None:
        preferred = context.attention.prefer(context, left, number, role)
        if preferred:
            return Found(preferred)
    options = [f"“{thing.name}”" for thing in left[:2]]
    return Found(problem=f"There are {len(left)} that fit “{said}”; which is meant?", options=options)


def _told(thing: Thing, words: tuple[str, ...]) -> int:
    """How many words of a thing's name, and of its colour, are in the clause at all."""
    said = set(_plain(" ".join(words)).split())
    return len(said & set(_plain(f"{thing.name} {thing.color}").split()))


def _natural(thing: Thing) -> tuple:
    """Sorting by name, numbers by value."""
    parts = re.findall(r"\d+|\D+", thing.name)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _kinds(graph: Graph) -> list[str]:
    """Two names of what there is."""
    return [f"“{thing.name}”" for thing in graph.things if not thing.shell][:2]
