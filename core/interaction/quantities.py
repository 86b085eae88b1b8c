"""Numbers and units as people say and write them: “two and a half metres”, “50 cm”, “a third”, “6 ft 2”, “twice”."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
_TENS = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
WORDS: dict[str, float] = {word: number for number, word in enumerate(_SMALL)} | _TENS | {
    "a": 1, "an": 1, "another": 1, "single": 1, "both": 2, "couple": 2, "pair": 2, "few": 3, "several": 4, "some": 3,
    "dozen": 12, "hundred": 100, "half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "tenth": 0.1,
    "thirds": 1 / 3, "quarters": 0.25,
}  # fmt: skip
_METRES = {
    "mm": 0.001, "millimetre": 0.001, "millimeter": 0.001, "cm": 0.01, "centimetre": 0.01, "centimeter": 0.01, "dm": 0.1,
    "m": 1.0, "metre": 1.0, "meter": 1.0, "km": 1000.0, "ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "'": 0.3048,
    "in": 0.0254, "inch": 0.0254, "inche": 0.0254, '"': 0.0254, "yard": 0.9144, "step": 0.7, "hand": 0.1, "centi": 0.01,
}  # fmt: skip
_DEGREES = {"degree": 1.0, "deg": 1.0, "°": 1.0, "turn": 360.0, "radian": 180.0 / math.pi, "rad": 180.0 / math.pi}
_PERCENT = {"percent", "per", "%", "pct"}
_FACTORS = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0, "halve": 0.5, "halved": 0.5, "thrice": 3.0,
            "half": 0.5, "quadruple": 4.0}  # fmt: skip
_LITTLE = {"bit", "little", "touch", "tad", "slightly", "smidge"}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+|[°%'\"]|-")


@dataclass(frozen=True)
class Amount:
    """``value`` in metres, degrees or as it stands; ``unit`` is "m", "deg", "%", "x" (a factor) or "" (a bare number)."""

    value: float
    unit: str = ""


def read_amount(text: str) -> Amount | None:
    """The amount that words say, or None. Percent is given as said (50 for “50 percent”)."""
    words = _TOKEN.findall(text.lower().replace("minus", "-").replace("½", " and a half"))
    if _LITTLE & set(words):
        words = [word for word in words if word not in _LITTLE | {"a"}]
    number, rest, said = _number(words)
    for word in words:
        if word in _FACTORS and not any(_unit(other) for other in rest) and (not said or number == 0.5):
            return Amount(_FACTORS[word], "x")
    unit = next((word for word in rest if _unit(word)), "")
    if not said and not unit:
        return None
    value = number if said else 1.0
    if "-" in words[:1]:
        value = -value
    kind = _unit(unit) if unit else ""
    if kind == "m":
        return Amount(_with_inches(value * _METRES[_stem(unit)], unit, rest), "m")
    if kind == "deg":
        return Amount(value * _DEGREES[_stem(unit)], "deg")
    if kind == "%":
        return Amount(value, "%")
    if "times" in rest or "x" in rest or "fold" in rest:
        return Amount(value, "x")
    return Amount(value)


def read_count(text: str) -> int | None:
    """The whole number that words say (“a dozen”, “two”, “7”), or None."""
    number, _, said = _number(_TOKEN.findall(text.lower()))
    return round(number) if said and number >= 0.6 else None


def _number(words: list[str]) -> tuple[float, list[str], bool]:
    """The number at the beginning of the words, the words after it, and whether there was one."""
    value, seen, adding = 0.0, False, False
    for at, word in enumerate(words):
        if re.fullmatch(r"\d+(?:[.,]\d+)?", word):
            value, seen = float(word.replace(",", ".")), True
        elif word in WORDS:
            value, seen = (_joined(value, WORDS[word], adding) if seen else WORDS[word]), True
        elif word == "point" and seen:
            digits = [str(int(WORDS[digit])) for digit in words[at + 1 :] if digit in _SMALL[:10]]
            return value + float(f"0.{''.join(digits) or 0}"), words[at + 1 + len(digits) :], True
        elif seen and word not in ("and", "of", "-"):
            return value, words[at:], True
        elif not seen and _unit(word):
            return 0.0, words[at:], False
        adding = adding or word == "and"
    return value, [] if seen else words, seen


def _joined(value: float, further: float, adding: bool) -> float:
    """A number and the number word after it: “twenty five”, “two hundred”, “a half”, “two and a half”, “half a”."""
    if further == 1:
        return value
    if further >= 12 and further != 20 and further % 10 != 0 or further == 100:
        return value * further
    if further < 1:
        return value + further if adding else value * further
    return further if value == 1 else value + further


def _with_inches(metres: float, unit: str, rest: list[str]) -> float:
    """Adds the inches of “6 ft 2” and the half of “a metre and a half”."""
    after = rest[rest.index(unit) + 1 :]
    if _stem(unit) in ("ft", "foot", "feet", "'"):
        inches = next((float(word) for word in after if word.isdigit()), 0.0)
        return metres + inches * 0.0254
    if after[:1] == ["and"]:
        extra, _, said = _number(after[1:])
        if said and extra < 1:
            return metres + extra * _METRES[_stem(unit)]
    return metres


def _stem(word: str) -> str:
    return word if word in _METRES or word in _DEGREES else word.rstrip("s")


def _unit(word: str) -> str:
    if word in _PERCENT:
        return "%"
    if _stem(word) in _METRES:
        return "m"
    return "deg" if _stem(word) in _DEGREES else ""


def length(metres: float) -> str:
    """A length as people say it: “1.6 m”, “35 cm”."""
    if abs(metres) >= 0.995:
        return f"{metres:.2f}".rstrip("0").rstrip(".") + " m"
    return f"{metres * 100:.0f} cm" if abs(metres) >= 0.01 else f"{metres * 1000:.0f} mm"
