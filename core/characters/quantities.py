"""Numbers in a prompt: number words, ages, heights and masses in the units people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
TENS = {word: 10 * k for k, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
NUMBER = r"(\d+(?:\.\d+)?)"
LENGTH_OR_MASS = r"(?:m|cm|kgs?|lbs?|ft|feet|foot|'|metres?|meters?|kilos?|pounds?|centimetres?|centimeters?)"


@dataclass
class Quantities:
    """What was found, in the order of the kinds, each with the words it came from: years, metres, kilograms."""

    ages: list[tuple[float, str]] = field(default_factory=list)
    heights: list[tuple[float, str]] = field(default_factory=list)
    masses: list[tuple[float, str]] = field(default_factory=list)


def number_words(text: str) -> str:
    """Number words up to ninety-nine become figures ("thirty-five" 35, "forties" 40s); small ones only where a unit follows."""
    units, tens = "|".join(UNITS), "|".join(TENS)
    text = re.sub(rf"\b({tens})[\s-]+({'|'.join(UNITS[1:10])})\b", lambda m: str(TENS[m[1]] + UNITS.index(m[2])), text)
    text = re.sub(rf"\b({tens})\b", lambda m: str(TENS[m[1]]), text)
    text = re.sub(rf"\b({'|'.join(word[:-1] for word in TENS)})ies\b", lambda m: f"{TENS[m[1] + 'y']}s", text)
    return re.sub(rf"\b({units})(?=[\s-]+(?:year|month|foot|feet|ft|metre|meter))", lambda m: str(UNITS.index(m[1])), text)


def take(text: str) -> tuple[str, Quantities]:
    """Takes ages, heights and masses out of a lower-case text: the text that remains, and what was found."""
    found = Quantities()

    def age(match: re.Match) -> float:
        return float(next(group for group in match.groups() if group))

    def decade(match: re.Match) -> float:
        return float(match[3]) + {"early": 2.0, "late": 8.0}.get(match[1] or match[2] or "", 5.0)

    def feet(match: re.Match) -> float:
        return float(match[1]) * 0.3048 + float(match[2] or 0) * 0.0254

    kinds: tuple[tuple[str, list[tuple[float, str]], Callable[[re.Match], float]], ...] = (
        (rf"{NUMBER}[\s-]*(?:years?|yrs?|y)[\s/-]*(?:old|o)?\b|\b(?:aged?|age of|age is)\s*:?\s*{NUMBER}\b", found.ages, age),
        (rf"\bof (\d{{1,3}})\b(?!\.\d)(?!\s*{LENGTH_OR_MASS}\b)", found.ages, age),
        (rf"{NUMBER}[\s-]*months?(?:[\s-]*old)?\b", found.ages, lambda match: float(match[1]) / 12),
        (r"\b(early|mid|late)?[\s-]*(?:in (?:his|her|their) )?(early|mid|late)?[\s-]*\b([1-9]0)'?s\b", found.ages, decade),
        (rf"{NUMBER}[\s-]*(?:cm|centimetres?|centimeters?)\b(?:[\s-]*tall)?", found.heights, lambda match: float(match[1]) / 100),
        (
            rf"{NUMBER}[\s-]*(?:m|metres?|meters?)(?:\s*(\d{{2}}))?\b(?:[\s-]*tall)?",
            found.heights,
            lambda match: float(match[1]) + float(match[2] or 0) / 100,
        ),
        (
            rf"{NUMBER}[\s-]*(?:'|ft\b|feet\b|foot\b)[\s-]*(?:(\d{{1,2}}(?:\.\d)?)\s*(?:\"|''|in\b|inch(?:es)?\b)?)?(?:[\s-]*tall)?",
            found.heights,
            feet,
        ),
        (rf"{NUMBER}[\s-]*(?:kgs?|kilos?|kilograms?)\b", found.masses, lambda match: float(match[1])),
        (rf"{NUMBER}[\s-]*(?:lbs?|pounds?)\b", found.masses, lambda match: float(match[1]) * 0.4536),
    )
    for pattern, values, read in kinds:

        def keep(match: re.Match, values: list = values, read: Callable = read) -> str:
            values.append((read(match), match[0].strip()))
            return " "

        text = re.sub(pattern, keep, text)
    return text, found
