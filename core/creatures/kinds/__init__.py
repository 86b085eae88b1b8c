"""Body plans, one file a family: ``anatomy(kind)`` in metres at natural size."""

from __future__ import annotations

from ..brief import CreatureBrief
from ..grammar import Anatomy
from . import alien, arthropod, bird, dragon, quadruped, reptile


def anatomy(brief: CreatureBrief) -> Anatomy:
    """The natural anatomy of the brief's kind, before its proportions are applied."""
    kind = brief.kind
    if kind in quadruped.PLANS:
        return quadruped.anatomy(kind, brief)
    if kind in ("spider", "beetle"):
        return arthropod.anatomy(kind, brief)
    if kind in ("dinosaur", "lizard"):
        return reptile.anatomy(kind, brief)
    return {"bird": bird.anatomy, "dragon": dragon.anatomy, "alien": alien.anatomy}[kind](brief)
