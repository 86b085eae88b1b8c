"""What is in a room: its furniture arranged, the small things on it, lamps and a camera, as nodes with a report."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from ..progress import Progress, part, silent
from ..scene import Node, Report, Scene
from .arrange import Arrangement, Placement, arrange
from .brief import RoomBrief
from .checks import measure
from .colliders import prop_colliders
from .dress import dress, soften
from .light import light_room, place_camera
from .rooms import Room
from .shop import Shop
from .space import AGENT_RADIUS, WHEELCHAIR_RADIUS


@dataclass
class Contents:
    """``nodes``: an empty first, then everything else as its descendants; ``seconds`` for each stage."""

    nodes: list[Node]
    camera: Node
    report: Report
    seconds: dict[str, float]


def furnish(
    brief: RoomBrief, room: Room, shop: Shop, rng: np.random.Generator, root: str, progress: Progress = silent, bare: bool = False
) -> Contents:
    """The contents of a room in its own frame; ``bare``: lamps and camera only."""
    started = time.perf_counter()
    arrangement = Arrangement() if bare else arrange(brief, room, shop, rng, part(progress, 0.0, 0.6))
    arranged = time.perf_counter()
    progress(0.6, "Laying out the small things")
    standing = arrangement.placements
    cloth = [] if bare else soften(brief, room, standing, shop)
    placements = standing + cloth + dress(brief, standing + cloth, shop, rng)
    nodes = [Node(root, properties=room_properties(room, brief)), *(furnishing(placement, room, root) for placement in placements)]
    nodes += light_room(brief, room, shop, standing, root)
    camera = place_camera(room, standing, root)
    nodes.append(camera)
    if brief.colliders:
        nodes += prop_colliders(placements)
    built = time.perf_counter()
    progress(0.85, "Checking the room")
    warnings = list(arrangement.missing)
    checks, failing = measure(Scene(root, nodes), room, WHEELCHAIR_RADIUS if brief.wheelchair else AGENT_RADIUS)
    if not checks["valid"]:
        warnings.append("The finished room did not pass all of its checks; see their values.")
    counts = {"asked": arrangement.asked, "placed": arrangement.placed, "attempts": arrangement.attempts}
    seconds = {"arrange": arranged - started, "build": built - arranged, "check": time.perf_counter() - built}
    return Contents(nodes, camera, Report(counts, checks, warnings, failing=failing), seconds)


def room_properties(room: Room, brief: RoomBrief) -> dict:
    """What a room's own node carries, so that it can be furnished, checked and walked through later."""
    return {"room": {"plan": room.to_dict(), "brief": brief.to_dict()}}


def furnishing(placement: Placement, room: Room, root: str) -> Node:
    """The node of a placement: small things are children of the furniture they stand on, the rest of the room."""
    stands_on = placement.support in ("Floor", "Ceiling") or placement.support.removeprefix("Wall ") in room.walls
    mount = placement.support.split()[0].lower() if stands_on else "surface"
    properties: dict = {"why": placement.why, "relations": placement.relations, "mount": mount, "prop": placement.prop.key}
    if placement.seat:
        properties["seat"] = True
    if placement.front:
        properties["front"] = True
    parent = root if stands_on else placement.support
    transform = placement.transform.astype(np.float32)
    return Node(placement.name, transform, placement.prop.mesh, parent=parent, label=placement.prop.label, properties=properties)


def count_meshes(nodes: list[Node]) -> dict[str, int]:
    """How many objects, props, meshes and triangles the nodes are."""
    seen = [node for node in nodes if node.mesh is not None and node.role not in ("collider", "navmesh")]
    triangles = {id(node.mesh): int(np.maximum(node.mesh.face_sizes - 2, 0).sum()) for node in seen if node.mesh is not None}
    props = [node for node in seen if "why" in node.properties]
    return {
        "objects": len(seen),
        "props": len(props),
        "kinds of props": len({node.label for node in props}),
        "meshes": len(triangles),
        "triangles": sum(triangles[id(node.mesh)] for node in seen),
        "triangles stored": sum(triangles.values()),
    }
