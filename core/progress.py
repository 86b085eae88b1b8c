"""How long work tells where it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then with a fraction in 0..1 and what is being done; raises ``Cancelled`` when the user has cancelled.

    Long work calls it at least every 0.3 s, so that Cancel answers within half a second.
    """

    def __call__(self, fraction: float, doing: str) -> None: ...


def silent(fraction: float, doing: str) -> None:
    """Nobody is watching."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """The progress of one stage that takes ``start``..``end`` of the whole."""

    def report(fraction: float, doing: str) -> None:
        progress(start + (end - start) * fraction, doing)

    return report
