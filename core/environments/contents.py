"""What is in a room: its furniture arranged, the small things on it, lamps and a camera, as nodes with a report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..progress import Progress, part, silent
from ..scene import Node, Report, Scene
from .arrange import Arrangement, Placement, arrange, world_box
from .brief import RoomBrief
from .checks import measure
from .colliders import prop_colliders
from .dress import dress, soften
from .furnish.found import Standing, as_placed, places, present
from .light import light_room, place_camera
from .rooms import Room
from .shop import Shop
from .space import AGENT_RADIUS, WHEELCHAIR_RADIUS, overlaps


@dataclass
class Contents:
    """``nodes``: an empty first, then everything else as its descendants; ``seconds`` for each stage."""

    nodes: list[Node]
    camera: Node
    report: Report
    seconds: dict[str, float]


def furnish(
    brief: RoomBrief,
    room: Room,
    shop: Shop,
    rng: np.random.Generator,
    root: str,
    progress: Progress = silent,
    bare: bool = False,
    kept: Sequence[Standing] = (),
) -> Contents:
    """The contents of a room in its own frame; ``bare``: lamps and camera only; ``kept``: what stands in it already and stays,
    which is counted and checked but is none of the nodes."""
    started = time.perf_counter()
    there = present(list(kept), [as_placed(thing) for thing in kept if thing.mount != "surface"]) if kept else None
    lacking = replace(brief, people=max(brief.people - places(brief.kind, list(kept)), 0)) if kept else brief
    arrangement = Arrangement() if bare else arrange(lacking, room, shop, rng, part(progress, 0.0, 0.6), there)
    arranged = time.perf_counter()
    progress(0.6, "Laying out the small things")
    standing = arrangement.placements
    cloth = [] if bare else soften(brief, room, standing, shop)
    if there is not None:
        cloth = [p for p in cloth if p.name not in there.names and not (p.name[:3] != "Rug" and _meets(p, there.boxes))]
    placements = standing + cloth + dress(brief, standing + cloth, shop, rng, there.names if there else None)
    nodes = [Node(root, properties=room_properties(room, brief)), *(furnishing(placement, room, root) for placement in placements)]
    around = standing + [Placement(t.name, t.prop, t.transform, "Floor") for t in kept]
    nodes += [node for node in light_room(brief, room, shop, around, root) if there is None or node.name not in there.names]
    camera = place_camera(room, around, root)
    nodes.append(camera)
    if brief.colliders:
        nodes += prop_colliders(placements)
    built = time.perf_counter()
    progress(0.85, "Checking the room")
    warnings = list(arrangement.missing)
    radius = WHEELCHAIR_RADIUS if brief.wheelchair else AGENT_RADIUS
    checks, failing = measure(Scene(root, [*nodes, *map(_as_node, kept)]), room, radius)
    if not checks["valid"]:
        warnings.append("The finished room did not pass all of its checks; see their values.")
    counts = {"asked": arrangement.asked, "placed": arrangement.placed, "attempts": arrangement.attempts}
    seconds = {"arrange": arranged - started, "build": built - arranged, "check": time.perf_counter() - built}
    return Contents(nodes, camera, Report(counts, checks, warnings, failing=failing), seconds)


def _as_node(thing: Standing) -> Node:
    """Something that stays, as the checks see it."""
    known = thing.node.properties
    properties = {"why": "", "mount": thing.mount} | {key: known[key] for key in ("seat", "front", "prop") if key in known}
    return Node(thing.name, thing.transform.astype(np.float32), thing.mesh, label=thing.node.label, properties=properties)


def _meets(placement: Placement, boxes: np.ndarray) -> bool:
    return bool(overlaps(world_box(placement.prop, placement.transform), boxes).any())


def room_properties(room: Room, brief: RoomBrief) -> dict:
    """What a room's own node carries, so that it can be furnished, checked and walked through later."""
    return {"room": {"plan": room.to_dict(), "brief": brief.to_dict()}}


def furnishing(placement: Placement, room: Room, root: str) -> Node:
    """The node of a placement: small things are children of the furniture they stand on, the rest of the room."""
    stands_on = placement.support in ("Floor", "Ceiling") or placement.support.removeprefix("Wall ") in room.walls
    mount = placement.support.split()[0].lower() if stands_on else "surface"
    properties: dict = {"why": placement.why, "relations": placement.relations, "mount": mount, "prop": placement.prop.key}
    if sockets := placement.prop.sockets:
        properties["sockets"] = sockets
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
