"""RoomBrief to Scene: the shell and what is in it, and a report of what was checked."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from .. import __version__
from ..progress import Progress, part, silent
from ..scene import Node, Scene
from .brief import RoomBrief
from .colliders import shell_colliders
from .contents import count_meshes, furnish
from .finishes import choose_finishes
from .furnish.found import Standing
from .rooms import Room, build_shell, plan_room
from .shop import Shop

ATTEMPTS = 3  # rooms that are tried until one passes its checks; nearly always the first does


def generate(brief: RoomBrief, progress: Progress = silent, kept: Sequence[Standing] = ()) -> Scene:
    """A closed, furnished room around the origin, its floor at z = 0.

    Every furnishing's node carries ``properties["why"]`` (a sentence) and ``["relations"]`` (data). What found no place is
    named in ``report.warnings``; what was measured is in ``report.checks`` (see ``check_room``). ``kept``: what stands there
    already and stays; the room is made around it, and it is none of the nodes. Raises WorldwrightError for a brief out of range.
    """
    brief.validate()
    started = time.perf_counter()
    progress(0.0, "Planning the room")
    root = brief.kind.replace("_", " ").capitalize()
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([brief.seed, attempt] if attempt else brief.seed)
        room = plan_room(brief, rng)
        made = furnish(brief, room, Shop(brief), rng, root, part(progress, 0.05, 0.9), kept=kept)
        if made.report.checks["valid"]:
            break
    nodes = [made.nodes[0], *build_shell(room, choose_finishes(brief, _accent_side(room, made.camera)), root), *made.nodes[1:]]
    if brief.colliders:
        nodes += shell_colliders(room)
    scene = Scene(root, nodes, report=made.report)
    scene.report.counts = count_meshes(nodes) | scene.report.counts
    scene.report.warnings = room.missing + scene.report.warnings
    seconds = {**made.seconds, "all": time.perf_counter() - started}
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
