"""Text → speech with the time of every phoneme, by espeak-ng's library: it runs offline and reports each phoneme as it is made.

The program ``espeak-ng`` writes phonemes without times (its ``--pho`` needs MBROLA voices); the library has an event for each.
"""

from __future__ import annotations

import ctypes.util
import functools
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import WorldwrightError

LONGEST = 2000  # characters spoken at once
LIMIT = 120  # seconds that espeak-ng may take
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_WORDS, _PHONEMES = 1, 7  # kinds of event
_PLACES = (
    "/opt/homebrew/lib/libespeak-ng.dylib",
    "/usr/local/lib/libespeak-ng.dylib",
    r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
    r"C:\Program Files (x86)\eSpeak NG\libespeak-ng.dll",
)


@dataclass(frozen=True)
class Phoneme:
    """A sound in the International Phonetic Alphabet, "" for a pause; seconds."""

    symbol: str
    start: float
    end: float


@dataclass(frozen=True)
class Word:
    """A word of the text, and when it is said; seconds."""

    text: str
    start: float
    end: float


@dataclass
class Speech:
    """``samples`` (n,) int16 at ``rate`` Hz, and what is said when; phonemes follow one another without gaps."""

    text: str
    samples: np.ndarray
    rate: int
    phonemes: list[Phoneme]
    words: list[Word]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def library_path() -> str:
    """Where espeak-ng's library is, as the environment's ``WORLDWRIGHT_ESPEAK`` or the system says, or ""."""
    chosen = os.environ.get("WORLDWRIGHT_ESPEAK")
    if chosen is not None:
        return chosen if Path(chosen).is_file() else ""
    return _found()


@functools.lru_cache(maxsize=1)
def _found() -> str:
    """Looking takes a fifth of a second where the system asks its linker."""
    return ctypes.util.find_library("espeak-ng") or next((place for place in _PLACES if Path(place).is_file()), "")


def speak(text: str, voice: str = "en-us", pace: float = 150, pitch: int = 50, liveliness: int = 50) -> Speech:
    """Says ``text``.

    Args:
        voice: one of espeak-ng's voices or languages: "en-us", "en-gb", "en-us+f3", "de", "cmn" …
        pace: words a minute, 80 to 300.
        pitch, liveliness: how high, and how far it rises and falls, 0 to 100.
    Raises WorldwrightError without espeak-ng, for a voice it has not, and for a text without words or too long.
    """
    text = " ".join(text.split())
    if not re.search(r"\w", text):
        raise WorldwrightError("There is nothing to say.", "Write a sentence.")
    if len(text) > LONGEST:
        raise WorldwrightError(f"The text has {len(text):,} characters; at most {LONGEST:,} are said at once.", "Make it shorter.")
    request = {"text": text, "voice": voice, "pace": pace, "pitch": pitch, "liveliness": liveliness}
    answer, sound = _asked(request)
    if not sound:
        raise WorldwrightError("The voice made no sound of this text.", "Write it in the voice's language.")
    rate, events = answer["rate"], answer["events"]
    samples = np.frombuffer(sound, np.int16)
    seconds = len(samples) / rate
    return Speech(text, samples, rate, _phonemes(events, seconds), _words(events, text, seconds))


def _asked(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the script ``espeak.py`` says to the request. Raises WorldwrightError."""
    missing = WorldwrightError(
        "No voice was found: espeak-ng is not installed.", "Install it from your system's packages, or give a WAV file."
    )
    path = library_path()
    if not path:
        raise missing
    command = [sys.executable, "-I", str(Path(__file__).with_name("espeak.py"))]
    try:
        done = subprocess.run(command, input=json.dumps({**request, "library": path}).encode(), capture_output=True,
                              timeout=LIMIT, creationflags=NO_WINDOW)  # fmt: skip
        line, _, sound = done.stdout.partition(b"\n")
        answer = json.loads(line)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise WorldwrightError("espeak-ng stopped without speaking.", "Reinstall it, or give a WAV file.") from error
    if answer.get("error") == "voice":
        voice = request["voice"]
        raise WorldwrightError(f"espeak-ng has no voice “{voice}”.", "Use one that “espeak-ng --voices” lists, such as en-us.")
    if answer.get("error") == "data":
        raise WorldwrightError("espeak-ng was found but has no voice data.", "Reinstall espeak-ng.")
    if "error" in answer:
        raise missing
    return answer, sound


def _phonemes(events: list[Any], seconds: float) -> list[Phoneme]:
    """Symbols in parentheses only say that the language changes."""
    found = [(start, symbol.strip("_:")) for kind, start, _, _, symbol in events if kind == _PHONEMES and symbol[:1] != "("]
    ends = [start for start, _ in found[1:]] + [seconds]
    return [Phoneme(symbol, start, end) for (start, symbol), end in zip(found, ends, strict=True) if end > start]


def _words(events: list[Any], text: str, seconds: float) -> list[Word]:
    """Words as the text has them. espeak-ng counts characters from 1; the spoken parts of a number are one word."""
    starts: dict[int, float] = {}
    written = list(re.finditer(r"\S*\w\S*", text))
    for kind, start, place, _, _ in events:
        if kind == _WORDS:
            number = next((k for k, word in enumerate(written) if place - 1 < word.end()), len(written) - 1)
            starts.setdefault(number, start)
    ends = [*list(starts.values())[1:], seconds]
    return [Word(written[number].group(), start, end) for (number, start), end in zip(starts.items(), ends, strict=True)]


def available() -> bool:
    """Whether there is a voice."""
    return bool(library_path()) and sys.maxsize > 2**32
