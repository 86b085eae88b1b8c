"""What a clause refers to: its targets, and where something goes, with fallbacks for words that were tagged wrongly."""

from __future__ import annotations

import re

from . import commands as c
from .noun_phrases import RELATION_WORDS, Phrase, find_groups, find_phrases
from .nouns import GENERIC, singular
from .references import ALL, ARTICLES, LATEST, MANY, ONE, PLACES, Context, Found, resolve
from .tagger import Clause
from .values import direction_of

SINGLED = {"move", "rotate", "play", "rename", "rig", "fit", "duplicate", "scale", "restyle", "where", "size", "what", "why"}


class Problem(Exception):
    """A clause cannot be read; carries a sentence and what may have been meant."""

    def __init__(self, sentence: str, options: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.options = options or []


class Referring:
    """Finds what a clause is about and where something goes."""

    def __init__(self, clause: Clause, context: Context) -> None:
        self.clause, self.context = clause, context
        self.text = " ".join(clause.words)
        self.whole = False
        self.taken: tuple[str, list[Phrase]] = ("", [])  # a restriction that turned out to be where it goes

    # -- references -----------------------------------------------------------------------------------------------

    def _targets(self, needed: bool = True, many: bool = False) -> tuple[str, ...]:
        """Names of what the clause is about; what was shown or said before where it does not say."""
        _, phrases = find_phrases(self.clause, "T")
        names: list[str] = []
        if self.clause.intent in ("move", "duplicate") and phrases and phrases[-1].relation and not self._goes_somewhere():
            self.taken = phrases[-1].relation, phrases[-1].others
            phrases[-1].relation, phrases[-1].others = "", []
        if self.clause.intent == "remove" and len(phrases) == 1 and not phrases[0].head and not phrases[0].relation:
            relation, others = find_phrases(self.clause, "D")
            phrases[0].relation, phrases[0].others = (relation or "on", others) if others else ("", [])
        if group := re.match(r"(?:everything|all|whatever is|what is|anything) (on|in|under|beside|near) ", self.text):
            if len(phrases) == 1 and phrases[0].head and not phrases[0].relation and "everything" not in phrases[0].quantity:
                phrases = [Phrase(["everything"], relation=group[1], others=phrases)]
        if phrases and not any(
            phrase.head or phrase.adjectives or phrase.relation or set(phrase.quantity) - ARTICLES for phrase in phrases
        ):
            names, phrases = self._mentioned(), []
            if not names:
                raise Problem(f"It was not said what to {self.clause.intent}.", ["Name it, select it or point at it."])
            return tuple(names)
        groups = find_groups(self.clause, "D")
        vague = phrases and not phrases[0].relation and not phrases[0].adjectives and singular(phrases[0].noun) in GENERIC
        if vague and len(groups) > 1:  # “put the thing on the desk onto the shelf”
            phrases[0].relation, phrases[0].others = groups[0]
            self.taken = groups[1]
        for said_ in phrases:
            found = self._found(said_, "T", many)
            if (
                found.whole
                and self.clause.intent in SINGLED
                and not set(self.clause.words) & {"everything", "all", "whole", "rest"}
            ):
                raise Problem("It is not clear what is meant.", ["Name it, select it or point at it."])
            if found.whole and (held := self._untagged("on")) and self.clause.intent in ("remove", "move", "select"):
                found = resolve(
                    Phrase(["all"], relation="on", others=[Phrase(head=[name.lower()]) for name in held]), self.context, "T", True
                )
            self.whole = self.whole or found.whole
            names += [c.MADE] if found.made else found.names
        if not phrases and needed and set(self.clause.words) & (PLACES | {"everything"}):
            self.whole = True
            return tuple(thing.name for thing in self.context.graph.things if not thing.shell)
        if not phrases and needed:
            found = resolve(Phrase(quantity=["it"]), self.context)
            if found.problem:
                raise Problem(f"It was not said what to {self.clause.intent}.", ["Name it, select it or point at it."])
            names = [c.MADE] if found.made else list(found.names)
        return self._few(names)

    def _few(self, names: list[str]) -> tuple[str, ...]:
        """The names, unless they are nearly all there is and that was not said."""
        there = sum(not thing.shell for thing in self.context.graph.things)
        every = set(self.clause.words) & {"everything", "all", "whole", "rest", "things", "objects", "each", "every"}
        if len(names) > max(6, 0.6 * there) and not every and not self.whole:
            raise Problem("It is not clear what is meant.", ["Name it, select it or point at it."])
        return tuple(dict.fromkeys(names))

    def _mentioned(self) -> list[str]:
        """Names of the things that the words of the clause mention, whatever they were tagged as."""
        words = [word for word in self.clause.words if len(word) > 2]
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                head = words[start : start + size]
                found = (
                    resolve(Phrase(head=head), self.context) if not set(head) & (ONE | MANY | ALL | LATEST) else Found(problem="no")
                )
                if found.things and not found.problem and not found.whole:
                    return list(found.names)
        return []

    def _goes_somewhere(self) -> bool:
        """Whether the clause says a destination or a direction besides what its targets are told apart by."""
        return any(tag[0] == "D" for tag in self.clause.tags) or bool(direction_of(self.clause)) or "AMT" in self.clause.tags

    def _found(self, phrase: Phrase, role: str, many: bool = False) -> Found:
        found = resolve(phrase, self.context, role, many)
        if found.problem:
            raise Problem(found.problem, found.options)
        return found

    def _destination(self) -> tuple[str, tuple[str, ...], tuple[float, ...]]:
        """Relation, names it is a relation to, and a pointed place."""
        relation, phrases = find_phrases(self.clause, "D")
        if self.taken[1]:
            relation, phrases = self.taken
        relation = relation or self._said_before()
        names: list[str] = []
        place: tuple[float, ...] = ()
        for said_ in phrases:
            if not (said_.head or said_.adjectives or said_.relation or set(said_.quantity) - ARTICLES):
                continue
            if relation in ("corner", "middle") and (not said_.head or said_.noun in ("room", "scene", "house")):
                continue
            found = self._found(said_, "D")
            if found.place is not None:
                place = found.place
            names += [c.MADE] if found.made else found.names
        if re.search(r"\b(here|over there|there)\b", self.text) and not names and not relation and self.context.graph.pointed:
            place = self.context.graph.pointed
        if relation and not names and not place and relation not in ("corner", "middle"):
            names = self._untagged(relation)
        if relation == "between" and len(names) == 1:
            names = self._untagged(relation) or names
        if names and relation in ("", "to"):
            relation = "along" if self._walls(names) else self._beside_or_on(names)
        if relation and not names and relation not in ("corner", "middle") and not place:
            found = resolve(Phrase(quantity=["it"]), self.context)
            if found.problem:
                raise Problem(f"It was not said {relation} what.")
            names = [c.MADE] if found.made else list(found.names)
        if relation == "between" and len(names) == 1:
            relation = "beside"
        return relation, self._few(names), place

    def _said_before(self) -> str:
        """The relation in the words just before where something goes, which were tagged as nothing."""
        at = next((k for k, tag in enumerate(self.clause.tags) if tag in ("DQ", "DA", "DH")), 0)
        before = self.clause.words[max(0, at - 3) : at]
        for start in range(len(before)):
            words = " ".join(before[start:])
            if words in RELATION_WORDS and self.clause.tags[at - 1] == "O":
                return RELATION_WORDS[words]
        return ""

    def _walls(self, names: list[str]) -> bool:
        """Whether all of the things are walls: what is put to one goes along it."""
        things = self.context.graph.of(names)
        return bool(things) and self.clause.intent.startswith("create") and all("wall" in thing.concepts for thing in things)

    def _untagged(self, relation: str) -> list[str]:
        """Names of the things that the words after a relation's words mean, whatever they were tagged as."""
        words = self.clause.words
        ends = [k for k, tag in enumerate(self.clause.tags) if tag in ("DR", "tR")] or [
            k for k, word in enumerate(words) if RELATION_WORDS.get(word) == relation
        ]
        if not ends:
            return []
        names: list[str] = []
        for part in re.split(r" and |,", " ".join(words[ends[-1] + 1 :])):
            parts = [word for word in re.findall(r"[a-z0-9-]+", part) if word not in ("the", "a", "an", "my", "please", "of")]
            for start in range(len(parts)):
                found = resolve(Phrase(head=parts[start:]), self.context, "D")
                if found.things and not found.problem and not found.whole:
                    names += found.names
                    break
        return names

    def _beside_or_on(self, names: list[str]) -> str:
        """What “to” means: small things go onto tables and desks, others beside what is named."""
        graph = self.context.graph
        tops = [
            thing
            for thing in graph.of(names)
            if {"table", "desk", "tv_stand", "nightstand", "workbench", "reception_counter"} & thing.concepts
        ]
        moving = graph.of(self.context.moving)
        small = moving and all(
            thing.size[:2].max() < 0.8 and thing.size[2] < 0.8 and "seat" not in thing.concepts for thing in moving
        )
        return "on" if tops and small and len(tops) == len(names) else "beside"
