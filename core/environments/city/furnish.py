"""From spots on the plan to things in the street; many of a kind become one node."""

from __future__ import annotations

from ...progress import Progress
from ...scene import Node
from .brief import CityBrief
from .plan import Plan

MANY = 60  # more things of a kind than this are one node


def furnish(plan: Plan, brief: CityBrief, parent: str, progress: Progress) -> list[Node]:
    """The nodes of all spots. Kinds with few are nodes of their own, for the artist to pick; the others are one node each."""
    return []
