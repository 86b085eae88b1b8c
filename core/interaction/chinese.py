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
from .askable import possible_requests
from .scene_graph import Graph

if TYPE_CHECKING:
    from .understand import Understanding

NEAR, CLEAR = 0.55, 0.015  # least likeness, and least distance to the second
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


def _count(text: str) -> int:
    """The number in a Chinese text, or 0."""
    if digits := re.search(r"\d+", text):
        return min(int(digits[0]), c.MOST)
    return next((value for letter, value in _NUMERALS.items() if letter in text), 0)
