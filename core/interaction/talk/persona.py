"""A persona: who a character is, what it knows, and what it may do; a JSON or TOML file, checked before anything uses it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import WorldwrightError
from ...review.words import concerns_of

COMMANDS = {
    "wave": "the character waves",
    "nod": "the character nods",
    "point": "the character points ahead",
    "pick up": "the character picks something up",
    "lead the way": "the character walks ahead and is followed",
    "follow": "the character follows",
    "wait here": "the character stays",
    "open door": "a door is opened",
    "close door": "a door is closed",
    "show map": "a map is shown",
    "show picture": "a picture is shown",
    "give item": "something is handed over",
    "take item": "something is taken",
    "take payment": "a payment is taken",
    "start task": "a task begins",
    "end talk": "the talk is over",
}
"""All that an answer can trigger: names for an engine's own logic, of which those in ``GESTURES`` are clips too."""
GESTURES = ("wave", "nod", "point", "pick up")


@dataclass(frozen=True)
class Tone:
    """How a persona sounds and looks: words a minute, pitch and liveliness of the voice (0..100), ``energy`` of its gestures (about
    1), units that its face keeps while it talks."""

    pace: int
    pitch: int
    liveliness: int
    energy: float
    face: dict[str, float] = field(default_factory=dict)


def _both(**amounts: float) -> dict[str, float]:
    return {f"{name}{side}": amount for name, amount in amounts.items() for side in ("Left", "Right")}


TONES = {
    "neutral": Tone(150, 50, 50, 0.9),
    "friendly": Tone(150, 54, 60, 1.0, _both(mouthSmile=0.22, cheekSquint=0.15)),
    "cheerful": Tone(160, 60, 80, 1.25, _both(mouthSmile=0.38, cheekSquint=0.25, browOuterUp=0.15)),
    "formal": Tone(140, 45, 40, 0.7),
    "calm": Tone(125, 42, 35, 0.6, _both(mouthSmile=0.1)),
    "stern": Tone(140, 38, 45, 0.8, _both(browDown=0.4, eyeSquint=0.15)),
}
LIMITS = {"name": 60, "about": 200, "voice": 40, "character": 500, "greeting": 1000, "unknown": 1000}
MOST = 2000  # entries of a list
LONGEST = 1000  # characters of a fact, a question or an answer


@dataclass(frozen=True)
class Question:
    """Ways to ask, the answer word for word, and the command it triggers, or ""."""

    ask: tuple[str, ...]
    answer: str
    command: str = ""


@dataclass(frozen=True)
class Persona:
    """A checked persona. ``character``: the prompt of its body, or ""; ``voice``: espeak-ng's name of it."""

    name: str
    about: str = ""
    tone: str = "friendly"
    voice: str = "en-us"
    character: str = ""
    greeting: str = ""
    unknown: str = "I don't know."
    facts: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def manner(self) -> Tone:
        """How it sounds and looks."""
        return TONES[self.tone]


def read_persona(path: Path) -> Persona:
    """The persona in a .json or .toml file. Raises WorldwrightError saying in one sentence what is wrong with it."""
    return persona_from(read_values(path))


def read_values(path: Path) -> Any:
    """What a .json or .toml file holds, unchecked. Raises WorldwrightError when it is neither."""
    if path.suffix.lower() not in (".json", ".toml"):
        raise WorldwrightError(f"“{path.name}” is no persona.", "Give a .json or .toml file.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except FileNotFoundError as error:
        raise WorldwrightError(f"The persona “{path}” does not exist.") from error
    except (ValueError, OSError, RecursionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise WorldwrightError(f"The persona “{path.name}” cannot be read: {reason}.") from error


def persona_from(values: Any) -> Persona:
    """A persona from JSON values. Raises WorldwrightError for the first thing that is missing, unknown or of the wrong kind."""
    if not isinstance(values, dict):
        raise WorldwrightError("A persona is an object with a name, facts, questions and answers.")
    known = [*LIMITS, "tone", "facts", "questions", "commands"]
    for key in values:
        if key not in known:
            raise WorldwrightError(f"A persona has no “{key}”.", f"Known are: {', '.join(known)}.")
    if "name" not in values:
        raise WorldwrightError("The persona has no name.", "Add “name”.")
    texts = {key: _text(values[key], f"“{key}”", limit) for key, limit in LIMITS.items() if key in values}
    if not texts["name"]:
        raise WorldwrightError("The persona's name is empty.")
    tone = values.get("tone", "friendly")
    if tone not in TONES:
        raise WorldwrightError(f"A persona has no tone “{tone}”.", f"Known are: {', '.join(TONES)}.")
    commands = tuple(_list(values, "commands"))
    for command in commands:
        if command not in COMMANDS:
            raise WorldwrightError(f"A persona knows no command “{command}”.", f"Known are: {', '.join(COMMANDS)}.")
    facts = tuple(_text(fact, f"Fact {number}", LONGEST) for number, fact in enumerate(_list(values, "facts"), 1))
    questions = tuple(_question(entry, number, commands) for number, entry in enumerate(_list(values, "questions"), 1))
    return Persona(tone=tone, facts=facts, questions=questions, commands=commands, **texts)


def _question(entry: Any, number: int, commands: tuple[str, ...]) -> Question:
    if not isinstance(entry, dict) or not {"ask", "answer"} <= set(entry) <= {"ask", "answer", "command"}:
        raise WorldwrightError(f"Question {number} of the persona is not made of “ask”, “answer” and, if wanted, “command”.")
    ask = entry["ask"] if isinstance(entry["ask"], list) else [entry["ask"]]
    if not ask:
        raise WorldwrightError(f"Question {number} of the persona has no way to ask it.")
    command = _text(entry.get("command", ""), f"The command of question {number}", LONGEST)
    if command and command not in commands:
        raise WorldwrightError(f"Question {number} triggers “{command}”, which is not among the persona's “commands”.")
    asked = tuple(_text(one, f"Question {number}", LONGEST) for one in ask)
    return Question(asked, _text(entry["answer"], f"Answer {number}", LONGEST), command)


def _list(values: dict, key: str) -> list:
    found = values.get(key, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise WorldwrightError(f"“{key}” of a persona is a list of at most {MOST:,} entries.")
    return found


def _text(value: Any, what: str, limit: int) -> str:
    """One line of text without control characters, which the review does not object to."""
    if not isinstance(value, str):
        raise WorldwrightError(f"{what} of the persona is not a text.")
    if len(value) > limit:
        raise WorldwrightError(f"{what} of the persona is longer than {limit:,} characters.")
    for concern in concerns_of(value):
        raise WorldwrightError(f"{what} of the persona is not said: {concern.reason}")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
