"""Requests → lines: what a persona answers or is told to say, its voice, and the clip that performs it.

A line is what an engine needs of one utterance; ``dialogue`` gathers a persona's lines as JSON values.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ...crossmodal.sound import RATE, read_wav
from ...errors import WorldwrightError
from ...progress import Progress, silent
from ...scene import Clip, Skeleton
from . import voice
from .align import align, heard_shapes
from .answer import Answer, answer, reviewed
from .perform import Performance, clip_name, perform
from .persona import COMMANDS, Persona
from .visemes import MouthShape, shapes
from .voice import Speech, Word

FORMAT = "worldwright-dialogue-1"


@dataclass
class Line:
    """One utterance: what was asked and is said, its sound (``samples`` (n,) int16 at ``rate``), mouth shapes, words, clip."""

    answer: Answer
    samples: np.ndarray
    rate: int
    shapes: list[MouthShape]
    words: list[Word] = field(default_factory=list)
    clip: Clip | None = None
    asks: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long the sound lasts."""
        return len(self.samples) / self.rate


def every_line(persona: Persona) -> list[dict]:
    """The requests for all that a persona says of itself: greeting, answers, facts, and that it does not know."""
    found = [{"say": persona.greeting, "asks": []}] if persona.greeting else []
    found += [{"say": entry.answer, "asks": list(entry.ask), "command": entry.command} for entry in persona.questions]
    found += [{"say": fact, "asks": []} for fact in persona.facts]
    return [*found, {"say": persona.unknown, "asks": [], "unknown": True}]


def talk(
    persona: Persona,
    requests: list[dict],
    skeleton: Skeleton | None = None,
    brief: dict | None = None,
    taken: set[str] | None = None,
    models: dict[str, str] | None = None,
    progress: Progress = silent,
) -> list[Line]:
    """The lines of ``requests``, each with one of the keys

    - ``question``: text that is answered; ``hear``: path of a WAV with a question;
    - ``say``: text that is said; ``recording``: path of a WAV that is performed, with its ``words`` where they are known.

    Args:
        skeleton, brief: the rig, and the values of its ``CharacterBrief`` where it is ours; without a rig no clips are made.
        taken: names of clips that exist.
        models: folders by slot; "dialogue" words the answers.
    Raises WorldwrightError; nothing is half done.
    """
    names = set(taken or ())
    lines = []
    for number, request in enumerate(requests):
        progress(number / len(requests), "Thinking")
        line = _line(persona, request, models)
        if skeleton is not None:
            progress((number + 0.5) / len(requests), "Moving lips and hands")
            name = clip_name(line.answer.text or "recording", names)
            names.add(name)
            play = Performance(line.shapes, line.seconds, persona.manner, line.answer.known, line.answer.command, seed=number)
            line.clip = perform(play, name, skeleton, brief)
        lines.append(line)
    progress(1.0, "Done")
    return lines


def _line(persona: Persona, request: dict, models: dict[str, str] | None) -> Line:
    asks = tuple(request.get("asks", ()))
    if "recording" in request:
        return _recorded(persona, Path(request["recording"]), str(request.get("words", "")), models)
    if "say" in request:
        said = Answer("", reviewed(request["say"]), 1.0, not request.get("unknown", False), request.get("command", ""))
    else:
        question = request["question"] if "question" in request else transcript(read_wav(Path(request["hear"])), models)
        said = answer(persona, question, models)
        if (models or {}).get("dialogue"):
            from .dialogue import reworded

            said = reworded(persona, said, models)
    speech = spoken_by(persona, said.text)
    return Line(said, speech.samples, speech.rate, with_strength(shapes(speech.phonemes), speech), speech.words, asks=asks)


def spoken_by(persona: Persona, text: str) -> Speech:
    """The text in the persona's voice. Raises WorldwrightError."""
    tone = persona.manner
    return voice.speak(text, persona.voice, tone.pace, tone.pitch, tone.liveliness)


def transcript(samples: np.ndarray, models: dict[str, str] | None = None) -> str:
    """The words in a recording at 16 kHz. Raises WorldwrightError for silence and without PyTorch and a speech model."""
    try:
        from ...crossmodal.speech import speech_encoder
    except ImportError as error:
        raise WorldwrightError("Hearing words needs PyTorch and the speech model.", "Install them, or write the words.") from error
    words = speech_encoder(models).hear(samples).text
    if not any(letter.isalnum() for letter in words):
        raise WorldwrightError("Nothing was understood in the recording.", "Speak louder and closer, or write the words.")
    return words


def _recorded(persona: Persona, path: Path, words: str, models: dict[str, str] | None) -> Line:
    """A recording as it is, with lips by its words; by its sound alone where these cannot be had."""
    samples = read_wav(path)
    heard = heard_shapes(samples)  # also refuses silence
    note = ""
    try:
        words = words.strip() or transcript(samples, models)
        phonemes = align(samples, voice.speak(words, persona.voice))
        heard = with_strength(shapes(phonemes), Speech(words, (samples * 32767).astype(np.int16), RATE, [], []))
    except WorldwrightError as error:
        note = f"The lips follow the sound alone: {error.sentence}"
    whole = np.clip(samples * 32767, -32768, 32767).astype(np.int16)
    return Line(Answer("", words, 1.0, True, note=note), whole, RATE, heard)


def with_strength(found: list[MouthShape], speech: Speech) -> list[MouthShape]:
    """The shapes with how loud each is against the median of all that is heard."""
    samples = speech.samples.astype(np.float32) / 32768
    levels = []
    for shape in found:
        part = samples[int(shape.start * speech.rate) : int(shape.end * speech.rate)]
        levels.append(float(np.sqrt(np.mean(part**2))) if len(part) else 0.0)
    usual = float(np.median([level for level in levels if level > 0.01] or [1.0]))
    return [replace(shape, strength=level / usual) for shape, level in zip(found, levels, strict=True)]


def dialogue(persona: Persona, lines: list[Line], sound: str = "") -> dict:
    """JSON values for an engine: who speaks, and of every line its text, clip, sound file (``sound`` + number), mouth, events."""
    return {
        "format": FORMAT,
        "name": persona.name,
        "about": persona.about,
        "tone": persona.tone,
        "unknown": persona.unknown,
        "commands": {command: COMMANDS[command] for command in persona.commands},
        "lines": [_values(line, f"{sound}{number}.wav" if sound else "") for number, line in enumerate(lines, 1)],
    }


def _values(line: Line, sound: str) -> dict[str, Any]:
    found = line.answer
    return {
        "question": found.question,
        "asks": list(line.asks),
        "text": found.text,
        "known": found.known,
        "score": round(found.score, 3),
        "clip": line.clip.name if line.clip else "",
        "sound": sound,
        "seconds": round(line.seconds, 3),
        "command": found.command,
        "events": [{"second": round(line.seconds, 3), "command": found.command}] if found.command else [],
        "words": [[word.text, round(word.start, 3), round(word.end, 3)] for word in line.words],
        "visemes": [[shape.viseme, round(shape.start, 3), round(shape.end, 3)] for shape in line.shapes],
        "note": found.note,
    }
