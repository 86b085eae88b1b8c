"""Finding annotated things by words and by likeness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..crossmodal.names import plain_words
from ..crossmodal.text import text_encoder
from .taxonomy import LEAVES

WORDS_SHARE = 0.75  # of the caption's likeness against that of the meaning read from shape and look

USES = {
    "seat": "somewhere to sit", "sofa": "somewhere soft to sit or lie for several people", "bed": "somewhere to sleep or lie down",
    "table": "something to eat, write or work at", "storage": "something to keep or put things in",
    "lamp": "something that gives light",
    "barrel": "something to keep liquids or rubbish in", "vessel": "something to drink, eat, cook or pour from",
    "bag": "something to carry things in", "weapon": "something to fight, cut or dig with", "gun": "something to shoot with",
    "shield": "something to protect oneself", "vehicle": "something to drive or ride",
    "boat": "something to sail or row on water", "spaceship": "something to fly to the stars in",
    "picture": "something to hang on a wall and look at", "stairs": "a way up or down",
    "bridge": "a way across", "door": "a way in or out",
    "window": "something to look out of", "tree": "something tall and green",
    "plant": "something green that grows", "building": "somewhere to live or work",
    "wall": "something that keeps people out",
    "food": "something to eat", "book": "something to read", "clothing": "something to wear",
    "sign": "something that shows the way",
    "sanitary": "something to wash oneself, for the bathroom", "radiator": "something that keeps warm",
    "appliance": "something for the kitchen that works with power", "electronics": "something to watch, listen to or type on",
}  # fmt: skip


@dataclass
class Entry:
    """One annotated thing: its ``name``, ``label``, ``caption``, ``tags``, and its ``Annotation``'s vectors where it has them."""

    name: str
    label: str
    caption: str
    tags: list[str]
    embedding: np.ndarray | None = None
    meaning: np.ndarray | None = None


@dataclass
class Hit:
    """The number of an entry, and how near it is in -1..1."""

    entry: int
    score: float


def describe(entry: Entry) -> str:
    """What an entry is found by: name, caption without its figures, tags, and what a thing of its kind is for."""
    kind = LEAVES.get(entry.label)
    words = [*entry.tags, *(kind.kinds if kind else ())]
    parts = [plain_words(entry.name), entry.caption.partition(", about")[0], ", ".join(words), USES.get(entry.label, "")]
    return ". ".join(part for part in (*parts, kind.phrase if kind else "") if part)


def search(query: str, entries: list[Entry], most: int = 20, models: dict[str, str] | None = None) -> list[Hit]:
    """The entries nearest in meaning to ``query``, best first. Raises WorldwrightError when the text encoder is missing."""
    if not entries or not query.strip():
        return []
    encoder = text_encoder(models)
    asked = encoder.encode([query])[0]
    scores = encoder.remembered([describe(entry) for entry in entries]) @ asked
    for number, entry in enumerate(entries):
        if entry.meaning is not None and len(entry.meaning) == len(asked):
            scores[number] = WORDS_SHARE * scores[number] + (1 - WORDS_SHARE) * float(entry.meaning @ asked)
    return [Hit(int(number), float(scores[number])) for number in np.argsort(-scores, kind="stable")[:most]]


def similar(entry: int, entries: list[Entry], most: int = 20) -> list[Hit]:
    """The entries whose shapes are most like that of ``entry``, best first, itself left out."""
    own = entries[entry].embedding
    if own is None:
        return []
    hits = []
    for number, other in enumerate(entries):
        if number != entry and other.embedding is not None and len(other.embedding) == len(own):
            length = max(float(np.linalg.norm(own) * np.linalg.norm(other.embedding)), 1e-12)
            hits.append(Hit(number, float(own @ other.embedding) / length))
    return sorted(hits, key=lambda hit: -hit.score)[:most]
