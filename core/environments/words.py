"""Reading prompts: the words not yet understood, and numbers among them."""

from __future__ import annotations

import re

from ..errors import WorldwrightError

LONGEST = 2000
NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "hundred": 100, "a hundred": 100, "two hundred": 200,
     "a thousand": 1000, "thousand": 1000, "two thousand": 2000, "a dozen": 12, "a couple of": 2, "a few": 3,
     "several": 5}  # fmt: skip
COUNT = r"(?P<n>\d[\d,]*|" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r")"
_FILLER = frozenset(
    "a an the and or with without of for in on at to by from into along over under it its is are be has have that there this very "
    "quite rather really please make create build generate me i we want would like need give show us some lots lot many few "
    "little "
    "place scene environment where which style styled looking look nice good beautiful lovely pretty feel feeling as also only "
    "plus "
    "one size sized about around near between all more most both each up down out off than so but not no any".split()
)


class Words:
    """A prompt being understood. ``take`` removes what a pattern matches, so what is left at the end was not understood.

    Raises WorldwrightError for an empty prompt or one of more than 2,000 characters; ``example`` is the cure.
    """

    def __init__(self, prompt: str, example: str, filler: str = "") -> None:
        if not prompt.strip():
            raise WorldwrightError("The prompt is empty.", example)
        if len(prompt) > LONGEST:
            raise WorldwrightError(
                f"The prompt has {len(prompt):,} characters; at most {LONGEST:,} are read.", "Use a few sentences."
            )
        self.left = " ".join(prompt.lower().replace("’", "'").split())
        self.taken = 0
        self.filler = _FILLER | set(filler.split())

    def take(self, pattern: str) -> re.Match | None:
        """The first match of ``pattern`` as whole words, which counts as understood."""
        match = re.search(rf"(?<![\w.-])(?:{pattern})(?![\w])", self.left)
        if match:
            self.taken += len(re.findall(r"\w+", match.group()))
            self.left = f"{self.left[: match.start()]} | {self.left[match.end() :]}"
        return match

    def count(self, things: str) -> int | None:
        """The number said of ``things`` ("twelve houses"), or None."""
        match = self.take(rf"{COUNT}[ -](?:\w+[ -])?(?:{things})")
        return number(match["n"]) if match else None

    def unknown(self) -> list[str]:
        """Words that were not understood, each once."""
        words = re.findall(r"\w[\w'-]*\w", self.left)
        return list(dict.fromkeys(word for word in words if word not in self.filler))

    def close(self, known: bool, subject: str, example: str, notes: list[str]) -> None:
        """Notes what was left out. Raises WorldwrightError when too little was understood; ``known``: a kind was named."""
        unknown = self.unknown()
        if not self.taken or (not known and len(unknown) > self.taken) or (known and len(unknown) > 6 * self.taken):
            raise WorldwrightError(f"This prompt does not describe {subject} in English.", example)
        if unknown:
            notes.append(f"Not understood and left out: {', '.join(f'“{word}”' for word in unknown[:8])}.")


def number(word: str) -> int:
    """“12”, “1,200” or “twelve”."""
    return int(word.replace(",", "")[:7]) if word[0].isdigit() else NUMBERS[word]


def clamped(value: float, low: float, high: float, what: str, notes: list[str]) -> float:
    """The value within its limits; a change is noted."""
    kept = min(max(value, low), high)
    if kept != value:
        notes.append(f"{what} can be {low:g} to {high:g}; {kept:g} was taken instead of {value:g}.")
    return kept


WEATHER_WORDS = {
    "rain": r"rainy|rain|raining|wet|drizzl(?:y|e|ing)|after (?:the )?rain|stormy|puddles",
    "snow": r"snowy|snow|snowing|snow[ -]covered|wintry|winter|in winter",
    "fog": r"foggy|fog|misty|mist|hazy|haze",
    "overcast": r"overcast|gr[ea]y sky|gloomy|dull",
    "cloudy": r"cloudy|clouds|partly cloudy",
    "clear": r"clear(?: sky)?|sunny|sunlit|blue sky|bright|cloudless",
}
TIME_WORDS = {
    "night": r"night|at night|midnight|nocturnal",
    "evening": r"evening|sunset|dusk|golden hour|at dusk|late light",
    "morning": r"morning|dawn|sunrise|early",
    "noon": r"noon|midday|at noon",
    "afternoon": r"afternoon",
}


def read_light(words: Words, brief) -> None:
    """Weather and hour, where said."""
    for name, pattern in WEATHER_WORDS.items():
        if words.take(pattern):
            brief.weather = name
            break
    for name, pattern in TIME_WORDS.items():
        if words.take(pattern):
            brief.time = name
            break
