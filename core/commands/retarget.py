"""``worldwright retarget MOTION.bvh --rig RIG -o OUT``: a file's motions on the humanoid rig in another file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .motion import animate

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Put the motions of a BVH or GLB file onto the humanoid rig in another file."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("retarget", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("motion", type=Path, metavar="MOTION", help="motion: .bvh or .glb")
    made.add_argument("--rig", dest="file", type=Path, required=True, metavar="RIG", help="file with the rig")
    made.add_argument("--in-place", action="store_true", help="take the way over the ground out")
    made.add_argument("--no-lock", action="store_true", help="do not lock feet that stood still")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli

    cli.check_inputs([options.motion])
    values = {"path": str(options.motion.absolute()), "in_place": options.in_place, "lock": not options.no_lock}
    return animate(host, options, "retarget", values)
