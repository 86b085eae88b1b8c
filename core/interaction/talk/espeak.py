"""Says one text with espeak-ng's library, in a process of its own: ``python espeak.py`` with the request as JSON on stdin.

The library keeps state from one text to the next, which a new process has not, so the same text always sounds the same; and a
crash of it is nobody's else. To stdout: one line of JSON ({"rate", "events": [[kind, seconds, place, length, symbol] …]} or
{"error"}), then the samples as 16-bit integers. Standard library only.
"""

import ctypes
import json
import re
import sys
from typing import Any

_RETRIEVAL, _PHONEME_EVENTS, _IPA, _DONT_EXIT, _UTF8, _PHONEMES = 1, 1, 2, 0x8000, 1, 7
_RATE, _PITCH, _RANGE = 1, 3, 4


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


def main() -> None:
    request = json.loads(sys.stdin.buffer.read())
    try:
        answer, sound = _say(request)
    except OSError:
        answer, sound = {"error": "missing"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + sound)
    sys.stdout.flush()


def _say(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    library = ctypes.CDLL(request["library"])
    rate = library.espeak_Initialize(_RETRIEVAL, 0, None, _PHONEME_EVENTS | _IPA | _DONT_EXIT)
    if rate <= 0:
        return {"error": "data"}, b""
    if not _choose(library, request["voice"]):
        return {"error": "voice"}, b""
    for parameter, value in ((_RATE, request["pace"]), (_PITCH, request["pitch"]), (_RANGE, request["liveliness"])):
        library.espeak_SetParameter(parameter, int(value), 0)
    sound, events = _synthesise(library, request["text"])
    return {"rate": rate, "events": events}, sound


def _choose(library: Any, voice: str) -> bool:
    """Sets a voice by its name, or by its language with a variant ("en-gb+f2"), as the program does; whether there is one."""
    safe = re.fullmatch(r"[A-Za-z0-9+_\-/ ]+", voice) and not voice.startswith("mb")  # MBROLA's voices are another program's
    if safe and library.espeak_SetVoiceByName(voice.encode()) == 0:
        return True
    language, plus, variant = voice.partition("+")
    if safe and library.espeak_SetVoiceByProperties(ctypes.byref(_Voice(languages=language.encode()))) == 0:
        library.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
        found = library.espeak_GetCurrentVoice().contents
        if language.encode() in (found.languages or b"") and not (
            plus and library.espeak_SetVoiceByName(found.identifier + b"+" + variant.encode())
        ):
            return True
    return False


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


if __name__ == "__main__":
    main()
