"""RoomBrief to Scene: the shell, the arrangement, the small things, lights, camera, and a report of what was checked."""

from __future__ import annotations

import time

import numpy as np

from .. import __version__
from ..progress import Progress, part, silent
from ..scene import Node, Report, Scene
from .arrange import Arrangement, Placement, arrange
from .brief import RoomBrief
from .checks import check_room
from .colliders import prop_colliders, shell_colliders
from .dress import dress, soften
from .finishes import choose_finishes
from .light import light_room, place_camera
from .rooms import Room, build_shell, plan_room
from .shop import Shop


def generate(brief: RoomBrief, progress: Progress = silent) -> Scene:
    """A closed, furnished room around the origin, its floor at z = 0.

    Every furnishing's node carries ``properties["why"]`` (a sentence) and ``["relations"]`` (data). What found no place is
    named in ``report.warnings``; what was measured is in ``report.checks`` (see ``check_room``). Raises WorldwrightError for
    a brief out of range.
    """
    brief.validate()
    rng = np.random.default_rng(brief.seed)
    started, seconds = time.perf_counter(), {}
    progress(0.0, "Planning the room")
    room = plan_room(brief, rng)
    shop = Shop(brief)
    arrangement = arrange(brief, room, shop, rng, part(progress, 0.05, 0.6))
    seconds["arrange"] = time.perf_counter() - started
    progress(0.6, "Laying out the small things")
    standing = arrangement.placements
    cloth = soften(brief, room, standing, shop)
    placements = standing + cloth + dress(brief, standing + cloth, shop, rng)
    progress(0.7, "Building walls and lights")
    root = brief.kind.replace("_", " ").capitalize()
    camera = place_camera(room, arrangement.placements, root)
    nodes = [Node(root), *build_shell(room, choose_finishes(brief, _accent_side(room, camera)), root)]
    nodes += [_node(placement, room, root) for placement in placements]
    nodes += light_room(brief, room, shop, standing, root)
    nodes.append(camera)
    scene = Scene(root, nodes)
    if brief.colliders:
        nodes += shell_colliders(room) + prop_colliders(placements)
    seconds["build"] = time.perf_counter() - started - seconds["arrange"]
    progress(0.85, "Checking the room")
    scene.report = _report(scene, room, arrangement)
    seconds["all"] = time.perf_counter() - started
    scene.report.seconds = {stage: round(value, 3) for stage, value in seconds.items()}
    scene.provenance = {
        "kind": "environment",
        "brief": brief.to_dict(),
        "seed": brief.seed,
        "version": __version__,
        "model": "",
        "licence": "CC0-1.0",
    }
    progress(1.0, "Done")
    return scene


def _accent_side(room: Room, camera: Node) -> str:
    """The wall in the accent colour: the one the camera sees best, of those without windows where there are any."""
    lit = {window.side for window in room.windows}
    plain = [side for side in room.walls if side not in lit] or list(room.walls)
    return max(plain, key=lambda side: float(-camera.transform[:3, 2] @ room.frame(side)[:3, 1]))


def _node(placement: Placement, room: Room, root: str) -> Node:
    """The node of a placement: small things are children of the furniture they stand on, the rest of the room."""
    stands_on = placement.support in ("Floor", "Ceiling") or placement.support.removeprefix("Wall ") in room.walls
    mount = placement.support.split()[0].lower() if stands_on else "surface"
    properties: dict = {"why": placement.why, "relations": placement.relations, "mount": mount}
    if placement.seat:
        properties["seat"] = True
    if placement.front:
        properties["front"] = True
    parent = root if stands_on else placement.support
    transform = placement.transform.astype(np.float32)
    return Node(placement.name, transform, placement.prop.mesh, parent=parent, label=placement.prop.label, properties=properties)


def _report(scene: Scene, room: Room, arrangement: Arrangement) -> Report:
    meshes = {id(node.mesh): node.mesh for node in scene.nodes if node.mesh is not None}
    triangles = {key: int(np.maximum(mesh.face_sizes - 2, 0).sum()) for key, mesh in meshes.items()}
    seen = [node for node in scene.nodes if node.mesh is not None and node.role != "collider"]
    props = [node for node in seen if "why" in node.properties]
    counts = {
        "objects": len(seen),
        "props": len(props),
        "kinds of props": len({node.label for node in props}),
        "meshes": len({id(node.mesh) for node in seen}),
        "triangles": sum(triangles[id(node.mesh)] for node in seen),
        "triangles stored": sum(triangles[key] for key in {id(node.mesh) for node in seen}),
        "asked": arrangement.asked,
        "placed": arrangement.placed,
        "attempts": arrangement.attempts,
    }
    checks = check_room(scene, room)
    warnings = [*room.missing, *arrangement.missing]
    if not checks["valid"]:
        warnings.append("The finished room did not pass all of its checks; see their values.")
    return Report(counts, checks, warnings)
