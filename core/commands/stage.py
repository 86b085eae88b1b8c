"""``worldwright stage chair.glb -o shop.blend``: models on a turntable with three lights and a camera."""

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
    made = command("stage", run, "Show models on a turntable before a backdrop, with three lights.", "result: .blend")
    made.add_argument("model", type=Path, metavar="MODEL", help="model or scene to show")
    made.add_argument("--only", action="append", default=[], metavar="NAME", help="an object (repeatable)")
    made.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief, such as backdrop=grey"
    )


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..environments.stage import StageBrief

    started = time.perf_counter()
    cli.check_inputs([options.model])
    cli.check_output(host, options.output, (".blend",))
    brief = StageBrief.from_dict(cli.read_settings(options))
    report = host.show("stage", options.model, brief.to_dict(), options.only, options.output, cli._progress(host))
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, brief=brief.to_dict())
