"""Text → speech with the time of every phoneme, by espeak-ng's library: it runs offline and reports each phoneme as it is made.

The program ``espeak-ng`` writes phonemes without times (its ``--pho`` needs MBROLA voices); the library has an event for each.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import WorldwrightError

LONGEST = 2000  # characters spoken at once
_RETRIEVAL, _PHONEME_EVENTS, _IPA, _DONT_EXIT, _UTF8, _WORDS, _PHONEMES = 1, 1, 2, 0x8000, 1, 1, 7
_RATE, _PITCH, _RANGE = 1, 3, 4
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


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    """``espeak_EVENT`` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


class _Voice(ctypes.Structure):
    """``espeak_VOICE`` of speak_lib.h."""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def library_path() -> str:
    """Where espeak-ng's library is, as the environment's ``WORLDWRIGHT_ESPEAK`` or the system says, or ""."""
    chosen = os.environ.get("WORLDWRIGHT_ESPEAK")
    if chosen is not None:
        return chosen if Path(chosen).is_file() else ""
    return ctypes.util.find_library("espeak-ng") or next((place for place in _PLACES if Path(place).is_file()), "")


@functools.lru_cache(maxsize=1)
def _library(path: str) -> tuple[Any, int]:
    """The library, started, and its samples a second. It is started once in a process. Raises WorldwrightError."""
    try:
        if not path:
            raise OSError
        library = ctypes.CDLL(path)
        rate = library.espeak_Initialize(_RETRIEVAL, 0, None, _PHONEME_EVENTS | _IPA | _DONT_EXIT)
    except (OSError, AttributeError) as error:
        raise WorldwrightError(
            "No voice was found: espeak-ng is not installed.", "Install it from your system's packages, or give a WAV file."
        ) from error
    if rate <= 0:
        raise WorldwrightError("espeak-ng was found but has no voice data.", "Reinstall espeak-ng.")
    return library, rate


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
    library, rate = _library(library_path())
    _choose(library, voice)
    for parameter, value in ((_RATE, pace), (_PITCH, pitch), (_RANGE, liveliness)):
        library.espeak_SetParameter(parameter, int(value), 0)
    sound, events = _synthesise(library, text)
    if not sound:
        raise WorldwrightError("The voice made no sound of this text.", "Write it in the voice's language.")
    samples = np.frombuffer(sound, np.int16)
    seconds = len(samples) / rate
    return Speech(text, samples, rate, _phonemes(events, seconds), _words(events, text, seconds))


def _choose(library: Any, voice: str) -> None:
    """Sets a voice by its name, or by its language with a variant ("en-gb+f2"), as the program does. Raises WorldwrightError."""
    safe = re.fullmatch(r"[A-Za-z0-9+_\-/ ]+", voice) and not voice.startswith("mb")  # MBROLA's voices are another program's
    if safe and library.espeak_SetVoiceByName(voice.encode()) == 0:
        return
    language, plus, variant = voice.partition("+")
    if safe and library.espeak_SetVoiceByProperties(ctypes.byref(_Voice(languages=language.encode()))) == 0:
        library.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
        found = library.espeak_GetCurrentVoice().contents
        if language.encode() in (found.languages or b"") and not (
            plus and library.espeak_SetVoiceByName(found.identifier + b"+" + variant.encode())
        ):
            return
    raise WorldwrightError(f"espeak-ng has no voice “{voice}”.", "Use one that “espeak-ng --voices” lists, such as en-us.")


def _synthesise(library: Any, text: str) -> tuple[bytes, list[tuple[int, float, int, int, str]]]:
    """The sound, and events: kind, seconds, place and length in the text, phoneme."""
    sound: list[bytes] = []
    events: list[tuple[int, float, int, int, str]] = []

    @_Callback
    def heard(samples: Any, count: int, found: Any) -> int:
        if samples and count > 0:
            sound.append(ctypes.string_at(samples, 2 * count))
        number = 0
        while found[number].type:
            event = found[number]
            symbol = event.id.string.decode("utf-8", "ignore") if event.type == _PHONEMES else ""
            events.append((event.type, event.audio_position / 1000, event.text_position, event.length, symbol))
            number += 1
        return 0

    data = text.encode()
    library.espeak_SetSynthCallback(heard)
    library.espeak_Synth(data, len(data) + 1, 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return b"".join(sound), events


def _phonemes(events: list[tuple[int, float, int, int, str]], seconds: float) -> list[Phoneme]:
    """Symbols in parentheses only say that the language changes."""
    found = [(start, symbol.strip("_:")) for kind, start, _, _, symbol in events if kind == _PHONEMES and symbol[:1] != "("]
    ends = [start for start, _ in found[1:]] + [seconds]
    return [Phoneme(symbol, start, end) for (start, symbol), end in zip(found, ends, strict=True) if end > start]


def _words(events: list[tuple[int, float, int, int, str]], text: str, seconds: float) -> list[Word]:
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
