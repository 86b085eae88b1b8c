"""``worldwright fit scan.glb -o clean.blend``: a character of the same build and pose as the person in models."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Make a clean, rigged character of the build and pose of the person in models."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("fit", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="scan, sculpt or generated figure, upright along Z")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the fit's brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..characters.fit.brief import FitBrief

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    brief = FitBrief.from_dict(cli.read_settings(options))
    meshes, warnings = cli._read(host, options.files)
    scene = host.work("fit", {"meshes": meshes, "brief": brief.to_dict()}, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.warnings += warnings
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, brief=brief.to_dict())
