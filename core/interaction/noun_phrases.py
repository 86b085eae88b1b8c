"""Tagged words become noun phrases: quantity, adjectives, head, and what restricts them (“the chair *next to the window*”)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .tagger import Clause

RELATION_WORDS: dict[str, str] = {
    "on top of": "on", "on to": "on", "onto": "on", "upon": "on", "atop": "on", "on": "on", "off": "on", "from": "on",
    "inside of": "in", "inside": "in", "into": "in", "within": "in", "in": "in",
    "underneath": "under", "beneath": "under", "below": "under", "under": "under",
    "above": "above", "over": "above", "next to": "beside", "beside": "beside", "besides": "beside", "by": "beside",
    "alongside": "beside",
    "adjacent to": "beside", "side of": "beside", "sides of": "beside", "with": "beside", "close to": "near",
    "closer to": "near", "closest to": "near",
    "nearest to": "near", "near": "near", "nearby": "near", "not far from": "near", "nearer to": "near", "at": "beside",
    "to": "to", "towards": "to",
    "toward": "to", "around": "around", "round": "around", "surrounding": "around", "along": "along", "against": "against",
    "flush with": "against", "facing": "facing", "looking at": "facing", "turned to": "facing", "turned towards": "facing",
    "look at": "facing",
    "pointing at": "facing", "opposite": "facing", "face": "facing", "in front of": "front", "front of": "front",
    "before": "front",
    "behind": "behind", "at the back of": "behind", "back of": "behind", "left of": "left", "left side of": "left",
    "right of": "right", "right side of": "right", "in between": "between", "between": "between", "corner": "corner",
    "middle": "middle",
    "centre": "middle", "center": "middle", "side by side with": "beside", "leaning on": "against",
}  # fmt: skip
_LONGEST_FIRST = sorted(RELATION_WORDS, key=len, reverse=True)


@dataclass
class Phrase:
    """A noun phrase in lower case; ``relation`` and ``others`` restrict it."""

    quantity: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    relation: str = ""
    others: list[Phrase] = field(default_factory=list)

    @property
    def noun(self) -> str:
        """The head's words."""
        return " ".join(self.head)

    def __str__(self) -> str:
        said = " ".join([*(word for word in self.quantity if word not in ("the", "a", "an")), *self.adjectives, *self.head])
        rest = " and ".join(f"the {other}" for other in self.others)
        return f"{said} {relation_phrase(self.relation, rest)}".strip() if self.relation else said


def relation_phrase(relation: str, rest: str) -> str:
    """“beside the sofa”, “in a corner”."""
    fixed = {"corner": "in a corner", "middle": "in the middle"}
    words = {"front": "in front of", "left": "left of", "right": "right of", "beside": "next to"}
    return fixed.get(relation) or f"{words.get(relation, relation)} {rest}"


def relation_of(words: str) -> str:
    """The relation that words say, or ""."""
    text = f" {words} "
    if re.search(r"\b(corner|corners)\b", text):
        return "corner"
    for known in _LONGEST_FIRST:
        if f" {known} " in text:
            return RELATION_WORDS[known]
    return ""


def find_phrases(clause: Clause, role: str) -> tuple[str, list[Phrase]]:
    """The phrases of a role with the relation said before them ("" where none is): of ``D`` “on”, [the desk].

    A second relation restricts what the first one leads to: “on the table *next to the window*”.
    """
    groups = find_groups(clause, role)
    relation, phrases = groups[0]
    for further, others in groups[1:]:
        if phrases and not phrases[-1].relation and relation != "between":
            phrases[-1].relation, phrases[-1].others = further, others
        else:
            phrases = phrases or others
    return relation, phrases


def find_groups(clause: Clause, role: str) -> list[tuple[str, list[Phrase]]]:
    """(relation, phrases) of every relation that is said with phrases of the role; at least one group."""
    reader = _Reader(role)
    for at, (word, tag) in enumerate(zip(clause.words, clause.tags, strict=True)):
        reader.take(at, word, tag)
    return [(relation_of(" ".join(words)), phrases) for words, phrases in reader.groups()]


class _Reader:
    """Collects the phrases of one role and of its restrictor."""

    def __init__(self, role: str) -> None:
        self.role, self.inner = role, role.lower() if role in "TD" else "-"
        self.found: list[Phrase] = []
        self.relation: list[str] = []
        self.before: list[tuple[list[str], list[Phrase]]] = []  # groups that are complete
        self.inner_relation: list[str] = []
        self.last, self.inner_last = -2, -2

    def take(self, at: int, word: str, tag: str) -> None:
        """The next word."""
        if len(tag) != 2:
            return
        if tag[0] == self.role:
            if tag[1] == "R":
                if self.found:
                    self.before.append((self.relation, self.found))
                    self.relation, self.found = [], []
                self.relation.append(word)
            else:
                self.last = self._add(self.found, at, word, tag[1], self.last)
        elif tag[0] == self.inner:
            if not self.found:
                self.found.append(Phrase())
            owner = self.found[-1]
            if tag[1] == "R":
                if owner.others:
                    return
                if word in ("closest", "nearest", "farthest", "furthest"):
                    owner.adjectives.append(word)
                self.inner_relation = [*self.inner_relation, word] if not owner.relation or at == self.inner_last + 1 else [word]
                owner.relation, self.inner_last = relation_of(" ".join(self.inner_relation)), at
            else:
                self.inner_last = self._add(owner.others, at, word, tag[1], self.inner_last)
                self.inner_relation = []

    def groups(self) -> list[tuple[list[str], list[Phrase]]]:
        """All groups."""
        for _, phrases in [*self.before, (self.relation, self.found)]:
            for k in range(len(phrases) - 1, 0, -1):
                if (
                    phrases[k - 1].relation not in ("", "corner", "middle")
                    and not phrases[k - 1].others
                    and not phrases[k].relation
                ):
                    phrases[k - 1].others = [phrases.pop(k)]  # what restricts was tagged as what is meant
        return [*self.before, (self.relation, self.found)] if self.relation or self.found or not self.before else self.before

    def _add(self, phrases: list[Phrase], at: int, word: str, part: str, last: int) -> int:
        """Adds a word to the last phrase, or begins another."""
        new = not phrases or phrases[-1].others or phrases[-1].relation
        if not new and phrases[-1].head and (part in "QA" or at > last + 1):
            new = True
        if not new and at > last + 1 and part == "Q" and not phrases[-1].head and phrases[-1].quantity:
            new = True
        if new:
            phrases.append(Phrase())
        {"Q": phrases[-1].quantity, "A": phrases[-1].adjectives, "H": phrases[-1].head}[part].append(word)
        return at
