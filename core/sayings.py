"""What readers of prompts that go word by word share: the words, colours among them, and what was not understood."""

from __future__ import annotations

import re

from .characters.vocabulary import named_color
from .errors import WorldwrightError

SHADES = ("dark", "light", "pale", "bright", "deep")


def words_of(prompt: str, cure: str) -> list[str]:
    """The lower-case words of a prompt. Raises WorldwrightError with ``cure`` where there is none."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)?", prompt.lower())
    if not words:
        raise WorldwrightError("The prompt is empty.", cure)
    return words


def color_at(words: list[str], k: int) -> tuple[tuple[float, float, float] | None, int]:
    """The colour named at place k, in one word or with a shade before it, and how many words name it; None and 0 where none is."""
    if words[k] in SHADES and k + 1 < len(words):
        two = named_color(f"{words[k]} {words[k + 1]}")
        if two is not None:
            return two, 2
    one = named_color(words[k])
    return one, int(one is not None)


def not_understood(unknown: list[str]) -> list[str]:
    """The note about words that said nothing known; empty where there are none."""
    return [f"Not understood: {', '.join(dict.fromkeys(unknown))}."] if unknown else []
