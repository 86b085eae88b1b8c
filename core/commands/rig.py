"""``worldwright rig figure.glb -o rigged.blend``: a skeleton and weights for the figure in models."""

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
    made = command("rig", run, "Give the figure in models a skeleton and weights.", "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="figure without a skeleton, upright along Z")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the rig's brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..characters.fit.brief import RigBrief
    from ..characters.fit.rigging import to_rig_space

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    brief = RigBrief.from_dict(cli.read_settings(options))
    meshes, warnings = cli._read(host, options.files)
    scene = host.work("rig", {"meshes": meshes, "brief": brief.to_dict()}, cli._progress(host))
    report = host.write_scene(to_rig_space(scene), options.output)
    report.warnings += warnings
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, brief=brief.to_dict())
