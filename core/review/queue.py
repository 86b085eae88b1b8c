"""The review queue: flagged texts in a file of the user's own, one JSON line each; nothing is ever dropped from it."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ..errors import WorldwrightError

DECISIONS = ("", "right", "wrong")  # open, rightly refused, wrongly refused


class Refused(WorldwrightError):
    """A text that is not followed; whoever shows the sentence puts the text in the queue."""


@dataclass(frozen=True)
class Flag:
    """A text that was refused. ``number`` counts from 1; ``when`` is in seconds since 1970; ``decision`` one of ``DECISIONS``."""

    number: int
    kind: str
    text: str
    reason: str
    when: float
    decision: str = ""


class Queue:
    """The flags in one file. Its host says where the file lies; without a path flags are kept in memory only."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._memory: list[Flag] = []

    def flags(self) -> list[Flag]:
        """Every flag ever put in, oldest first, each with its latest decision. A damaged line is skipped, and stays in the file."""
        latest: dict[int, Flag] = {flag.number: flag for flag in self._memory}
        for line in self._lines():
            try:
                values = json.loads(line)
                latest[values["number"]] = Flag(**values)
            except (ValueError, KeyError, TypeError):
                continue
        return [latest[number] for number in sorted(latest)]

    def waiting(self) -> list[Flag]:
        """The flags nobody has decided about."""
        return [flag for flag in self.flags() if not flag.decision]

    def flag(self, kind: str, text: str, reason: str) -> Flag:
        """Puts a text in the queue: what it was a prompt for, the text itself, and why it was refused, as a sentence.

        The same text for the same reason is not put in twice while it waits.
        """
        known = self.flags()
        for old in known:
            if (old.kind, old.text, old.reason, old.decision) == (kind, text, reason, ""):
                return old
        made = Flag(max((old.number for old in known), default=0) + 1, kind, text, reason, round(time.time(), 1))
        self._append(made)
        return made

    def decide(self, number: int, decision: str) -> Flag:
        """Writes down what a person decided. Raises WorldwrightError for an unknown flag or decision."""
        if decision not in DECISIONS:
            raise WorldwrightError(f"“{decision}” is no decision.", f"Known are: {', '.join(DECISIONS[1:])}.")
        for flag in self.flags():
            if flag.number == number:
                decided = replace(flag, decision=decision)
                self._append(decided)
                return decided
        raise WorldwrightError(f"There is no flag number {number}.")

    def allows(self, kind: str, text: str) -> bool:
        """Whether a person has said that refusing this very text was wrong."""
        decided = [flag.decision for flag in self.flags() if flag.kind == kind and flag.text == text and flag.decision]
        return bool(decided) and decided[-1] == "wrong"

    def _lines(self) -> list[str]:
        if self.path is None or not self.path.exists():
            return []
        try:
            return self.path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise WorldwrightError(f"The review queue “{self.path.name}” cannot be read: {error.strerror}.") from error

    def _append(self, flag: Flag) -> None:
        """Adds a line; earlier ones stay, so that the file is also the history of decisions."""
        if self.path is None:
            self._memory = [old for old in self._memory if old.number != flag.number] + [flag]
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(flag), ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise WorldwrightError(f"The review queue “{self.path.name}” cannot be written: {error.strerror}.") from error
