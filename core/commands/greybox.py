"""``worldwright greybox blockout.glb -o room.blend``: a blocked-out room with every box replaced by detailed furniture."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Make a detailed room of boxes and rough meshes that block it out."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("greybox", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="models or scenes with the boxes of one room")
    made.add_argument("--keep", action="append", default=[], metavar="NAME", help="an object that stays as it is (repeatable)")
    made.add_argument("--assets", action="append", default=[], type=Path, metavar="MODEL",
                      help="models of your own that are used in place of ours, named after what they are (repeatable)")  # fmt: skip
    made.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief, such as kind=office"
    )


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..environments.greybox.brief import GreyboxBrief
    from ..errors import WorldwrightError

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    brief = GreyboxBrief.from_dict(cli.read_settings(options))
    warnings, assets = [], []
    for file in options.assets:
        try:
            found, notes = cli._read(host, [file])
        except WorldwrightError as error:
            warnings.append(f"{error.sentence} It was left out of the library.")
            continue
        assets += [{"name": mesh.name, "label": "", "mesh": mesh} for mesh in found]
        warnings += notes
    meshes, notes = cli._read(host, options.files)
    values = {"meshes": meshes, "brief": brief.to_dict(), "keep": options.keep, "assets": assets}
    scene = host.work("greybox", values, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.warnings += warnings + notes
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, brief=brief.to_dict())
