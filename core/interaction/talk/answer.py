"""What a persona answers: the nearest of its own sentences, or that it does not know.

A question is compared with every way to ask the persona's questions, with their answers, and with its facts, as sentence vectors.
It is text and nothing else: whatever it says, the answer is one of the persona's sentences (or a language model's rewording of
them, which ``dialogue`` checks), and only a command that the persona's author tied to that answer is triggered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ...errors import WorldwrightError
from ...review.queue import Refused
from ...review.words import concerns_of
from .persona import Persona

THRESHOLD = 0.43  # of sureness, chosen on the questions of tests/benchmarks/persona_questions.csv
LEAD_SHARE = 0.5  # how much it counts for sureness that nothing else is nearly as like
ANSWER_SHARE = 0.35  # how much the likeness of the answer counts beside that of the question
LONGEST = 500  # characters of a question


@dataclass(frozen=True)
class Answer:
    """``score``: sureness, the likeness of the question to what was found and its lead; ``known``: whether it was enough.

    ``command``: what it triggers, or "".

    ``sources``: the persona's sentences nearest to the question, best first.
    """

    question: str
    text: str
    score: float
    known: bool
    command: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""


def checked_question(question: str) -> str:
    """The question on one line. Raises WorldwrightError for an empty or endless one, Refused for one the review objects to."""
    question = " ".join("".join(letter if letter.isprintable() else " " for letter in question).split())
    if not re.search(r"\w", question):
        raise WorldwrightError("There is no question.", "Write or say one.")
    if len(question) > LONGEST:
        raise WorldwrightError(f"The question has {len(question):,} characters; at most {LONGEST} are read.", "Ask it shorter.")
    return reviewed(question)


def reviewed(text: str) -> str:
    """The text itself. Raises Refused for one that the review's word list objects to."""
    for concern in concerns_of(text):
        raise Refused(f"This is neither answered nor said: {concern.reason}", "Put it in other words.")
    return text


def answer(persona: Persona, question: str, models: dict[str, str] | None = None) -> Answer:
    """The persona's answer. A question in the persona's own words needs no network; others raise WorldwrightError without one."""
    question = checked_question(question)
    for entry in persona.questions:
        if _plain(question) in {_plain(ask) for ask in entry.ask}:
            return Answer(question, entry.answer, 1.0, True, entry.command, (entry.answer,))
    ranked = _ranked(persona, question, models)
    sure = sureness(ranked)
    if sure < THRESHOLD:
        return Answer(question, persona.unknown, sure, False)
    _, text, command = ranked[0]
    return Answer(question, text, sure, True, command, tuple(text for _, text, _ in ranked[:5]))


def sureness(ranked: list[tuple[float, str, str]]) -> float:
    """How sure the first of ``ranked`` is the answer: its likeness, and how far it is ahead of the next; at most 1."""
    if not ranked:
        return 0.0
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 0.0
    return min(ranked[0][0] + LEAD_SHARE * lead, 1.0)


def _ranked(persona: Persona, question: str, models: dict[str, str] | None) -> list[tuple[float, str, str]]:
    """(score, sentence, command) of everything the persona can say, best first."""
    if not (persona.questions or persona.facts):
        return []
    try:
        from ...crossmodal.text import text_encoder
    except ImportError as error:
        raise WorldwrightError(
            "Understanding a question needs PyTorch and the text model.", "Install them, or ask in the persona's own words."
        ) from error
    encoder = text_encoder(models)
    asked = encoder.encode([question])[0]
    scores = [(float((encoder.remembered([fact]) @ asked)[0]), fact, "") for fact in persona.facts]
    for entry in persona.questions:
        likeness = max(float((encoder.remembered(list(entry.ask)) @ asked).max()), 0.0)
        reply = float((encoder.remembered([entry.answer]) @ asked)[0])
        scores.append(((1 - ANSWER_SHARE) * likeness + ANSWER_SHARE * reply, entry.answer, entry.command))
    return sorted(scores, key=lambda entry: -entry[0])


def likeness(sentences: list[str], known: list[str], models: dict[str, str] | None = None) -> np.ndarray:
    """(n,) how like each sentence is to the likest of ``known``."""
    from ...crossmodal.text import text_encoder

    encoder = text_encoder(models)
    return (encoder.encode(sentences) @ encoder.remembered(known).T).max(axis=1)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()
