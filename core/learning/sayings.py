"""Sentences for training: what a person might note or say of a thing, and the caption that each leaf is searched by."""

from __future__ import annotations

import numpy as np

from ..annotation.materials import MATERIALS
from ..annotation.taxonomy import LEAVES, Leaf

NOTES = 24  # sentences of each leaf

_FRAMES = (
    "{}", "this is {a}", "{a} for the game", "it is {a}", "a {material} {}", "{a} made of {material}", "an old {}", "put {a} here",
    "my new {}", "the {} from the {tag} set", "{a}, or perhaps {tag}", "small {} with details", "big {}", "{tag}", "a {tag} model",
    "model of {a}, low poly", "some kind of {}", "{a} painted in {colour}", "a {colour} {}", "broken {}", "um this is {a}",
    "{} {tag}", "this {} belongs to the {group}", "{group}: {}",
)  # fmt: skip
_COLOURS = ("red", "blue", "green", "yellow", "black", "white", "brown", "grey")


def captions() -> list[str]:
    """One sentence of each leaf, in the taxonomy's order: what it is and what else it is called."""
    return [f"{leaf.phrase}, {', '.join(leaf.tags)}, {leaf.group}" for leaf in LEAVES.values()]


def notes(seed: int = 0) -> list[list[str]]:
    """``NOTES`` sentences of each leaf; some lose a word, as in hasty speech."""
    rng = np.random.default_rng(seed)
    return [[_note(leaf, frame, rng) for frame in _FRAMES[:NOTES]] for leaf in LEAVES.values()]


def _note(leaf: Leaf, frame: str, rng: np.random.Generator) -> str:
    tag = str(rng.choice(leaf.tags)) if leaf.tags else leaf.name
    words = {"a": leaf.phrase, "material": str(rng.choice(list(MATERIALS))), "tag": tag, "group": leaf.group}
    text = frame.replace("{}", leaf.name if rng.random() < 0.7 else tag).format(**words, colour=str(rng.choice(_COLOURS)))
    parts = text.split()
    if len(parts) > 3 and rng.random() < 0.3:
        del parts[int(rng.integers(len(parts)))]
    return " ".join(parts)
