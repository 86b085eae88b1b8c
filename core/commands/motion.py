"""``worldwright motion RIG --clips "walk, wave" -o OUT``: clips for the humanoid rig in a file, whatever its bones are called."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WorldwrightError

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Make clips and add them to the humanoid rig in a file."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("motion", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("file", type=Path, metavar="RIG", help="file with a rig, as the result's kind or any Blender reads")
    made.add_argument("--clips", default="idle, walk", help="names with commas between, or all (default %(default)s)")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                      help="mood, motion_style, motion_speed, root_motion … (repeatable)")  # fmt: skip


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..characters.brief import CharacterBrief

    brief = CharacterBrief.from_dict({"variety": 0.0, **cli.read_settings(options), "clips": options.clips})
    return animate(host, options, "clips", {"brief": brief.to_dict()})


def animate(host: Host, options: argparse.Namespace, method: str, values: dict) -> int:
    """Has a method of the service make clips for the rig in ``options.file`` and writes the result. Returns the exit code."""
    from .. import cli

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    cli.check_inputs([options.file])
    if not host.blender and options.file.suffix.lower() != ".npz":
        raise WorldwrightError(f"Reading the rig in “{options.file.name}” needs Blender.", "Give an .npz made by Worldwright.")
    report = host.animate(options.file, method, values, options.output, cli._progress(host))
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report)
