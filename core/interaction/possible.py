"""What cannot be done to things of these sizes and kinds, said in one sentence."""

from __future__ import annotations

import numpy as np

from . import commands as c
from .scene_graph import HOLDERS, Graph, Thing

SMALL = 0.05  # square metres of a top on which only small things stand
OVERHANG = 6.0  # times the support's area that a thing on it may cover


def impossible(command: c.Command, graph: Graph) -> str:
    """Why a command cannot be carried out, or ""."""
    to = graph.of(getattr(command, "to", ()))
    relation = getattr(command, "relation", "")
    targets = graph.of(command.targets)
    if isinstance(command, (c.Move, c.Duplicate)) and relation:
        if own := {thing.name for thing in targets} & {thing.name for thing in to}:
            return f"“{min(own)}” cannot be put {relation} itself."
        for thing in targets:
            for other in to:
                if sentence := _does_not_go(thing.size, f"“{thing.name}”", relation, other):
                    return sentence
    if isinstance(command, c.Create) and command.kind == "prop" and to:
        size = usual_size(command.thing)
        for other in to:
            if sentence := _does_not_go(size, f"A {command.thing.replace('_', ' ')}", relation, other):
                return sentence
    if isinstance(command, (c.Move, c.Rotate)):
        fixed = [thing for thing in targets if thing.role in ("wall", "floor", "ceiling")]
        if fixed:
            return f"“{fixed[0].name}” is part of the building and stays where it is."
    if isinstance(command, (c.Fit, c.Rig)):
        without = [thing for thing in targets if not thing.mesh]
        if without:
            return f"“{without[0].name}” has no mesh of its own."
    if isinstance(command, c.Rig) and (rigged := [thing for thing in targets if thing.rigged or thing.kind]):
        return f"“{rigged[0].name}” has a skeleton already."
    if isinstance(command, c.Align) and len(targets) + len(to) < 2:
        return "One thing alone cannot be lined up."
    return ""


def _does_not_go(size: np.ndarray, name: str, relation: str, other: Thing) -> str:
    """Why something of a size does not go in or on another thing, or ""."""
    if relation == "in":
        fits = np.all(np.sort(size) <= np.sort(other.size) * 1.02)
        if other.shell or "bed" in other.concepts:
            return ""
        if not fits:
            return f"{name} does not go into “{other.name}”: it is larger."
        if not HOLDERS & other.concepts and not {"furniture"} & other.concepts:
            return f"“{other.name}” cannot hold anything."
    if relation == "on" and not other.shell:
        area, top = float(size[0] * size[1]), float(other.size[0] * other.size[1])
        if area > OVERHANG * top and (top < SMALL or area > 1.0):
            return f"{name} does not stand on “{other.name}”: it is far larger."
    return ""


def usual_size(thing: str) -> np.ndarray:
    """(3,) metres that a prop has by default."""
    from ..environments.props import PROPS

    brief = PROPS[thing][0]()
    return np.array([getattr(brief, name, 0.3) for name in ("width", "depth", "height")])
