# ruff: noqa: E501 (lists of words)
"""Whole requests: one or several clauses with their intents and tags, spoilt as typing and speech recognition spoil them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import words as w
from .nonsense import nonsense
from .phrases import Phrases, Tagged, tagged
from .templates import TEMPLATES

WEIGHTS = {"create_prop": 4.0, "remove": 2.6, "move": 4.5, "rotate": 2.2, "scale": 3.0, "restyle": 3.2, "duplicate": 1.8, "amend": 2.4,
           "which": 2.6, "count": 2.0, "where": 1.3, "size": 1.5, "what": 1.4, "camera": 1.8, "light": 1.6, "export": 1.5, "play": 1.5,
           "create_character": 1.8, "missing": 1.0, "none": 7.0, "yes": 0.25, "no": 0.25, "help": 0.3, "undo": 0.4, "create_crowd": 0.5,
           "align": 1.2, "why": 1.0, "rename": 1.2}  # fmt: skip
SINGLE = ("yes", "no", "help", "none", "amend", "undo", "missing", "why")  # never part of a compound
COMPOUND = 0.3
JOINTS = (
    "and",
    "and",
    "and",
    ", then",
    "then",
    "and then",
    ", and",
    ";",
    ".",
    ". then",
    "; afterwards",
    ", after that",
    "and also",
    "plus",
    ", finally",
    "; next",
    ",",
)
CONFUSED = {"chair": "share;chairs", "table": "tables;tabel", "two": "to;too", "four": "for", "red": "read", "blue": "blew", "plant": "plan;plants", "lamp": "lamb;lamps",
            "desk": "disk;desks", "to": "two", "by": "buy", "right": "write", "the": "a;teh", "rug": "rock;rag", "couch": "coach", "add": "at;and", "metre": "meter", "move": "moves",
            "rotate": "rotates", "sofa": "so far", "door": "dough", "wall": "walls;war", "window": "windows", "bowl": "ball", "vase": "face", "their": "there", "degrees": "degree", "cup": "cap"}  # fmt: skip


@dataclass
class Request:
    """Words with, of each, its tag, the intent of its clause and whether it begins a clause."""

    words: list[str]
    tags: list[str]
    intents: list[str]
    starts: list[bool]
    capitals: list[bool] = field(default_factory=list)


class Grammar:
    """Draws requests; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.phrases = _Slots(self.rng)
        self.intents = [*TEMPLATES, "none"]
        weights = np.array([WEIGHTS.get(intent, 0.8) for intent in self.intents])
        self.shares = weights / weights.sum()

    def request(self) -> Request:
        """One request."""
        intent = self.intents[int(self.rng.choice(len(self.intents), p=self.shares))]
        clauses = self._compound(intent) if intent not in SINGLE and self.rng.random() < COMPOUND else [self._clause(intent)]
        request = Request([], [], [], [])
        for number, (kind, words) in enumerate(clauses):
            joint = (
                tagged(self.phrases.pick(JOINTS).replace(",", ", ").replace(";", " ; ").replace(".", " . "), "O") if number else []
            )
            if kind != "none":
                words = self._dressed(words, number == 0, number + 1 == len(clauses), kind)
            for at, (word, tag) in enumerate(joint + words):
                request.words.append(word)
                request.tags.append(tag)
                request.intents.append(kind)
                request.starts.append(at == len(joint) and number > 0)
        return self._spoilt(request)

    def _clause(self, intent: str) -> tuple[str, Tagged]:
        if intent == "none":
            return intent, tagged(nonsense(self.phrases), "O")
        return intent, self.phrases.fill(self.phrases.pick(TEMPLATES[intent]))

    def _compound(self, first: str) -> list[tuple[str, Tagged]]:
        """Two or three clauses; some without a verb of their own, many about what the one before was about."""
        if first in ("create_prop", "restyle", "move") and self.rng.random() < 0.3:
            return self._gapped(first)
        clauses = [self._clause(first)]
        for _ in range(1 if self.rng.random() < 0.8 else 2):
            choices = [k for k, kind in enumerate(self.intents) if kind not in SINGLE]
            shares = self.shares[choices] / self.shares[choices].sum()
            kind = self.intents[choices[int(self.rng.choice(len(choices), p=shares))]]
            self.phrases.pronouns = 0.5
            clauses.append(self._clause(kind))
            self.phrases.pronouns = 0.0
        return clauses

    def _gapped(self, kind: str) -> list[tuple[str, Tagged]]:
        """“put a lamp on the desk and a plant beside it”."""
        fill = self.phrases.fill
        if kind == "create_prop":
            return [(kind, fill("(put|place|add|set|I want|stand) {N} {D}")), (kind, fill("{N} {D}"))]
        if kind == "restyle":
            lead, rest = self.phrases.pick(
                ("make {T} {COL}|{T} {COL}", "paint {T} {COL}|{T} {COL}", "make {T} {COL}|{T} {MAT}", "{T} in {COL}|{T} in {COL}")
            ).split("|")
            return [(kind, fill(lead)), (kind, fill(rest))]
        return [(kind, fill("(put|move|place|set) {T} {D}")), (kind, fill("{T} {D}"))]

    def _dressed(self, words: Tagged, first: bool, last: bool, kind: str) -> Tagged:
        """Politeness before and behind."""
        if first and kind not in ("yes", "no") and self.phrases.chance(0.22):
            words = tagged(self.phrases.pick(w.POLITE), "O") + words
        if last and self.phrases.chance(0.15):
            words = words + tagged(self.phrases.pick(w.AFTER), "O")
        if last and self.phrases.chance(0.25):
            words = [*words, ("?" if kind in ("count", "which", "where", "size", "what", "missing", "why") else ".", "O")]
        return words

    def _spoilt(self, request: Request) -> Request:
        """Typing mistakes, words misheard, words left out, capitals."""
        if self.phrases.chance(0.2):
            at = int(self.rng.integers(len(request.words)))
            request.words[at] = self._misspelt(request.words[at])
        if self.phrases.chance(0.08):
            for at, word in enumerate(request.words):
                if word in CONFUSED and self.phrases.chance(0.5):
                    request.words[at] = self.phrases.pick(CONFUSED[word]).split()[0]
        if self.phrases.chance(0.4):
            request.words = [word.lower() for word in request.words]
        if self.phrases.chance(0.4):
            request.words[0] = request.words[0].capitalize()
        if self.phrases.chance(0.08):
            drop = [
                k for k, word in enumerate(request.words) if word in ("the", "a", "of", "please", "is") and not request.starts[k]
            ]
            if drop and len(request.words) > 3:
                for name in ("words", "tags", "intents", "starts"):
                    del getattr(request, name)[drop[0]]
        return request

    def _misspelt(self, word: str) -> str:
        if len(word) < 4 or not word.isalpha():
            return word
        at = 1 + int(self.rng.integers(len(word) - 2))
        kind = int(self.rng.integers(4))
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        letter = chr(97 + int(self.rng.integers(26)))
        return word[:at] + (word[at] * 2 if kind == 2 else letter + word[at + 1 :][0:]) + (word[at + 1 :] if kind == 2 else "")


class _Slots(Phrases):
    """The phrases with the slots that only sentences need; ``pronouns``: how often a target is one."""

    pronouns = 0.0

    def target(self) -> Tagged:
        if self.pronouns and self.chance(self.pronouns):
            return tagged(self.pick("it;it;it;them;them;that;this;the copy;these;him;her;the new one;both"), "TQ")
        return super().target()

    def slot(self, name: str) -> Tagged:
        if name == "PN":
            return self.new()
        if name == "TI":
            return tagged(self.pick("it;them;it"), "TQ")
        if name == "TW":
            return (
                tagged(self.pick("this;that;it;these;this thing;that thing;this object;those;this here"), "TQ")
                if self.chance(0.5)
                else self.reference("T")
            )
        if name == "TPR":
            return tagged(self.pick("it;this;that;them;these;those;this one"), "TQ")
        if name == "tDN":
            return self.reference("t", plain=True, noun_only=True)
        if name == "TOFF":
            lead = tagged(
                self.pick("everything;all things;all;anything;everything there is;whatever is;the stuff;all the stuff;what is"),
                "TQ",
            )
            return (
                lead
                + tagged(self.pick("from;off;on;on top of;out of;under"), "tR")
                + self.reference("t", plain=True, noun_only=True)
            )
        if name == "TC":
            return tagged(self.pick("desk;table;shelf;sofa;floor"), "tH")
        if name in ("DN2", "DF"):
            return self.reference("D")
        if name == "ROT":
            return tagged(
                self.pick("clockwise;counterclockwise;anticlockwise;to the left;to the right;left;right;counter-clockwise"), "DIR"
            )
        if name == "FACE":
            return tagged(self.pick("towards;to;at;to face;toward;in the direction of;to look at"), "DR")
        if name == "TIMES":
            return tagged(self.pick("twice;three times;four times;once;five times;two times;10 times;once more"), "AMT")
        if name == "COPIES":
            return tagged(self.pick([number for number in w.NUMBERS if number != "some"]), "AMT")
        if name == "TNEW":
            return tagged(self.pick("one;chair;table;plant;lamp;thing"), "O")
        if name == "DIMS":
            return tagged(self.pick("big;large;tall;high;wide;long;small;deep"), "DIM") + [("as", "O"), ("now", "O")] * int(
                self.chance(0.2)
            )
        if name == "COLA":
            return tagged(self.pick(w.COLORS), "TA")
        if name == "MATA":
            return tagged(self.pick(w.MATERIALS), "TA")
        if name == "SUPA":
            return tagged(self.pick(w.SUPERLATIVES[:16]), "TA")
        if name == "TH1":
            return self.noun("T")
        if name == "tD":
            return self.restriction("t")
        if name == "tTO":
            return tagged(self.pick("to;from"), "tR") + self.reference("t", plain=True, noun_only=True)
        if name == "AMC":
            return tagged(self.pick([*w.NUMBERS, "one", "it four", "five"]), "AMT")
        return super().slot(name)
