"""The checks of a room that exists, each with its value and the things that do not pass it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...scene import Node, Scene
from ..checks import measure, world_matrices
from ..space import AGENT_RADIUS, WHEELCHAIR_RADIUS
from .found import Found


@dataclass
class Checked:
    """``failing``: check -> names; ``warnings``: what is wrong in sentences."""

    counts: dict = field(default_factory=dict)
    checks: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    failing: dict[str, list[str]] = field(default_factory=dict)


SENTENCES = {
    "overlaps": "{} run into each other",
    "outside": "{} reach through a wall, the floor or the ceiling",
    "floating": "{} float or are sunk in",
    "seats_reached": "nobody can get to {}",
    "fronts_reached": "nobody can get to {}",
    "door_opens_degrees": "the door cannot open because of {}",
    "window_hidden_share": "{} stand before a window",
    "least_clearance": "there is less than 0.5 m before {}",
    "wheelchair_reach": "a wheelchair does not get to {}",
    "screen_seen_share": "the screen is not seen from {}",
}


def inspect(found: Found, scene: Scene) -> Checked:
    """Measures the room as its things stand now; lamps are those of the scene."""
    nodes = []
    for thing in found.things:
        known = thing.node.properties
        properties = {"why": "", "mount": thing.mount} | {key: known[key] for key in ("seat", "front", "prop") if key in known}
        nodes.append(Node(thing.name, thing.transform.astype(np.float32), thing.mesh, label=thing.node.label or thing.kind,
                          properties=properties))  # fmt: skip
    matrices = world_matrices(scene)
    into = np.linalg.inv(found.frame)
    for node in scene.nodes:
        place = into @ matrices[node.name]
        if node.light is not None and found.room.covers(np.clip(place[None, :2, 3], *_limits(found)))[0]:
            nodes.append(
                Node(f"{'Sky' if 'sky' in node.name.lower() else 'Lamp'} {len(nodes)}", place.astype(np.float32), light=node.light)
            )
    radius = WHEELCHAIR_RADIUS if found.brief.wheelchair else AGENT_RADIUS
    values, failing = measure(Scene("Room", nodes), found.room, radius)
    warnings = [sentence(check, names) for check, names in failing.items()]
    counts = {"things": len(found.things), "area": round(found.room.area, 1)}
    return Checked(counts, values, warnings, failing)


def sentence(check: str, names: list[str]) -> str:
    """What is wrong, naming the first few."""
    some = ", ".join(f"“{name}”" for name in names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    text = SENTENCES.get(check, f"{check.replace('_', ' ')}: {{}}").format(some)
    return f"{text[0].upper()}{text[1:]}."


def _limits(found: Found) -> tuple[np.ndarray, np.ndarray]:
    """Sky lamps hang just outside the windows: they are taken as if inside."""
    half = np.array([found.room.width, found.room.depth]) / 2
    return -half + 1e-3, half - 1e-3
