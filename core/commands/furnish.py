"""``worldwright furnish ROOM.blend "two shelves against the north wall" -o out.blend``: work on a room that exists."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Fill, scatter, re-arrange or check a room that exists: a generated one, or your own walls and furniture."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("furnish", run, HELP, "result: .blend or .glb, or .npz for a room in .npz; may be left out with --task check",
                   required=False)  # fmt: skip
    made.add_argument("room", type=Path, metavar="ROOM", help="scene with the room: .blend, .glb … or .npz")
    made.add_argument("wish", nargs="?", default="", help="what to add and where, in English; left out: what is missing")
    made.add_argument(
        "--task", choices=("fill", "scatter", "rearrange", "replace", "check"), default="fill", help="(default %(default)s)"
    )
    made.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="scatter on, or replace, this object (repeatable)"
    )
    made.add_argument("--keep", action="append", default=[], metavar="NAME", help="an object that stays where it is (repeatable)")
    made.add_argument("--in", dest="inside", default="", metavar="NAME", help="which room, where the scene has several")
    made.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief, such as density=0.8"
    )


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..environments.furnish.brief import FurnishBrief
    from ..errors import WorldwrightError

    started = time.perf_counter()
    cli.check_inputs([options.room])
    if options.output:
        cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    elif options.task != "check":
        raise WorldwrightError("It is not said where the result goes.", "Give a file with -o.")
    brief = FurnishBrief.from_dict({"task": options.task, "wish": options.wish} | cli.read_settings(options))
    values = {"brief": brief.to_dict(), "chosen": options.only, "room": options.inside, "keep": options.keep}
    report = host.furnish(options.room, values, options.output, cli._progress(host))
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, brief=brief.to_dict())
