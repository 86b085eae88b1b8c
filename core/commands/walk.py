"""``worldwright walk flat.blend -o tour.blend``: a camera that walks through a room or a home."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("walk", run, "Add a camera that walks through the rooms of a scene.", "result: .blend or .glb")
    made.add_argument("room", type=Path, metavar="ROOM", help="scene with a room or a home")
    made.add_argument("--seconds", type=float, default=0.0, help="how long the walk takes (default: at a walker's pace)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli

    started = time.perf_counter()
    cli.check_inputs([options.room])
    cli.check_output(host, options.output, (".blend", ".glb"))
    report = host.show("walk", options.room, {"seconds": max(options.seconds, 0.0)}, [], options.output, cli._progress(host))
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report)
