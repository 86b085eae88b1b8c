"""``worldwright ask SCENE.blend "add six chairs around the table" -o out.blend``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WorldwrightError

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Ask a scene in plain words: to add, move, paint, animate or export things, or how many, which, where and how big."


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the verb."""
    made = command("ask", run, HELP, "the changed scene: .blend or .glb", required=False)
    made.add_argument("file", type=Path, metavar="SCENE", help="scene or model to ask")
    made.add_argument(
        "request", nargs="*", help="one request or several, each in quotes; a later one may refer to what came before"
    )
    made.add_argument("--speech", type=Path, metavar="WAV", help="a recording whose words are the request")
    made.add_argument("--picture", type=Path, metavar="IMAGE", help="a reference picture that the request may use")
    made.add_argument("--point", type=_place, metavar="X,Y,Z", help="the place that “here” means, in metres")
    made.add_argument("--yes", action="store_true", help="do not ask before everything is deleted")


def run(host: Host, options: argparse.Namespace) -> int:
    """Asks, carries out, and prints the replies; 1 when a request was not understood."""
    from .. import cli

    if options.output:
        cli.check_output(host, options.output, (".blend", ".glb"))
    cli.check_inputs([path for path in (options.file, options.speech, options.picture) if path])
    if not options.request and not options.speech:
        raise WorldwrightError("Nothing was asked.", "Write the request in quotes, or give --speech.")
    values = {"requests": options.request or [""], "speech": options.speech, "picture": options.picture, "point": options.point,
              "seed": options.seed or 0, "sure": options.yes}  # fmt: skip
    results = host.ask(options.file, values, options.output, cli._progress(host))
    if options.json:
        print(
            json.dumps({"command": "ask", "output": str(options.output or ""), "results": results}, ensure_ascii=False),
            file=host.out,
        )
    else:
        for result in results:
            print(result["reply"], file=host.out)
            for reading in [] if result["done"] else result["readings"]:
                print(f"  did you mean: {reading}", file=host.out)
    return 0 if all(result["done"] for result in results) else 1


def _place(text: str) -> tuple[float, float, float]:
    """Three numbers with commas between."""
    try:
        x, y, z = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be three numbers with commas between, such as 1.5,0,0") from error
    return x, y, z
