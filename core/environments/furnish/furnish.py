"""One task on a room that exists, as a Scene of what is new and what has moved."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from ... import __version__
from ...errors import WorldwrightError
from ...progress import Progress, part, silent
from ...scene import Node, Report, Scene
from ..arrange import Placement
from ..contents import furnishing
from ..shop import Shop
from .brief import MOVED, ON, REPLACES, FurnishBrief
from .fill import fill, style
from .found import Found, find_room, piece_memory, relate, standing_in
from .inspect import inspect
from .rearrange import rearrange
from .replace import replacements
from .scatter import scatter


def furnish(
    scene: Scene, brief: FurnishBrief, progress: Progress = silent, chosen: set[str] | None = None, room: str = ""
) -> Scene:
    """What a task adds to, moves in or exchanges of the room in ``scene``; ``room`` names the node of one of several rooms.

    The result's nodes are in the scene's space and have no parents: those with a mesh are new, ``properties["stands_on"]``
    names what they belong to where that is no part of the room, ``["replaces"]`` what they take the place of; those with
    ``properties["moved"]`` are new places of things that are there. ``chosen``: names of the things to work on; none: all.
    ``report.checks`` and ``.failing`` are those of the room as it is then. Raises WorldwrightError.
    """
    brief.validate()
    started = time.perf_counter()
    progress(0.0, "Looking at the room")
    found = find_room(scene, brief.kind, room)
    chosen = set(chosen or ())
    own = part(progress, 0.15, 0.8)
    nodes: list[Node] = []
    notes: list[str] = list(found.notes)
    counts: dict[str, int] = {}
    if brief.task == "fill":
        made, said = fill(found, brief, own)
        nodes = _new(made.placements, found)
        notes += said + made.missing
        counts = {"added": len(nodes), "asked": made.asked, "placed": made.placed}
    elif brief.task == "scatter":
        nodes = _new(scatter(found, brief, chosen, Shop(style(found, brief)), own), found)
        counts = {"added": len(nodes)}
    elif brief.task == "rearrange":
        nodes = _moves(found, brief, own)
        counts = {"moved": len(nodes), "locked": sum(thing.locked for thing in found.things)}
    elif brief.task == "replace":
        nodes = _others(found, brief, chosen, own)
        counts = {"replaced": len(nodes)}
    progress(0.85, "Checking the room")
    _apply(found, nodes)
    checked = inspect(found, scene)
    report = Report(counts | checked.counts, checked.checks, notes + checked.warnings, failing=checked.failing)
    report.seconds = {"all": round(time.perf_counter() - started, 3)}
    provenance = {"kind": "furnishing", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "",
                  "licence": "CC0-1.0", "room": found.root}  # fmt: skip
    progress(1.0, "Done")
    return Scene("Furnishing", nodes, provenance=provenance, report=report)


def _new(made: list[Placement], found: Found) -> list[Node]:
    """New things as nodes in the scene's space."""
    places = {placement.name: placement.transform.astype(float) for placement in made}
    there = {thing.name: thing.transform for thing in found.things}
    nodes = []
    for placement in made:
        node = furnishing(placement, found.room, "")
        held = node.parent
        place = placement.transform.astype(float)
        if held:
            place = (places[held] if held in places else there[held]) @ place
            node.properties[ON] = held
        node.parent, node.transform = "", (found.frame @ place).astype(np.float32)
        nodes.append(node)
    return nodes


def _moves(found: Found, brief: FurnishBrief, progress: Progress) -> list[Node]:
    """New places of things that are there."""
    moves, reasons = rearrange(found, brief, progress)
    nodes = []
    for name, place in moves.items():
        thing = found.thing(name)
        assert thing is not None
        world = found.frame @ place @ np.linalg.inv(found.frame @ thing.transform)  # how far it moves, whatever its origin is
        properties: dict = {MOVED: True}
        if name in reasons:
            properties |= {"why": f"{reasons[name].why}, as it was moved there", "relations": reasons[name].relations}
        nodes.append(Node(name, world.astype(np.float32), properties=properties))
    return nodes


def _others(found: Found, brief: FurnishBrief, chosen: set[str], progress: Progress) -> list[Node]:
    """Other designs of the same kinds and sizes in place of the chosen things."""
    things = [thing for thing in found.things if thing.name in chosen]
    unknown = [thing.name for thing in things if not thing.prop.key]
    if not things:
        raise WorldwrightError("Nothing that can be exchanged is selected.", "Select furniture of this room.")
    if unknown:
        raise WorldwrightError(f"What “{unknown[0]}” is was not recognised.", "Name it after what it is, such as “Chair”.")
    asked = []
    for thing in things:
        low, high = thing.mesh.bounds
        asked.append({"name": thing.name, "prop": thing.prop.key, "size": [float(v) for v in high - low]})
    scene = replacements(asked, brief.seed, style(found, brief).palette, progress)
    nodes = []
    for thing, node in zip(things, scene.nodes, strict=True):
        assert node.mesh is not None
        low, high = thing.mesh.bounds
        new_low, new_high = node.mesh.bounds
        shift = np.eye(4)
        shift[:3, 3] = (low + high)[0] / 2, high[1] - new_high[1], low[2] - new_low[2]
        kept = {key: value for key, value in thing.node.properties.items() if key in ("relations", "mount", "seat", "front")}
        properties = kept | node.properties | {REPLACES: thing.name}
        nodes.append(Node(thing.name, (found.frame @ thing.transform @ shift).astype(np.float32), node.mesh, label=node.label,
                          properties=properties))  # fmt: skip
    return nodes


def _apply(found: Found, nodes: list[Node]) -> None:
    """The room's things as they are after the task."""
    pieces = piece_memory()
    into = np.linalg.inv(found.frame)
    for node in nodes:
        old = found.thing(node.name)
        if node.properties.get(MOVED):
            assert old is not None
            change = into @ node.transform.astype(float) @ found.frame
            new = standing_in(old.node, change @ old.transform, pieces, old.own)
            new = replace(new, kind=old.kind, mount=old.mount, partner=old.partner, locked=old.locked)
        else:
            new = standing_in(node, into @ node.transform.astype(float), pieces, True)
            new.partner = str(node.properties.get(ON, ""))
        found.things = [*(thing for thing in found.things if thing is not old), new]
    relate(found)
