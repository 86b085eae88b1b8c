"""What the verbs that generate share: prompt, ``--brief``, ``--set`` and ``--seed`` become a brief, the brief a scene."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..briefs import Brief

if TYPE_CHECKING:
    from ..cli import Host


def declare(command: Callable, name: str, run: Callable, help: str) -> None:
    """A verb with prompt, brief and settings."""
    made = command(name, run, help, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("prompt", nargs="?", help="what you want, in English")
    made.add_argument("--brief", type=Path, metavar="JSON", help="a brief's values, instead of a prompt")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")


def make(
    host: Host, options: argparse.Namespace, kind: type[Brief], read_prompt: Callable[[str, int], tuple[Brief, list[str]]]
) -> int:
    """Makes what the options say and writes it. Returns the exit code."""
    from .. import cli

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    values: dict = {}
    notes: list[str] = []
    if options.prompt is not None:
        read, notes = read_prompt(options.prompt, options.seed or 0)
        values = read.to_dict()
    if options.brief:
        values |= cli._json_object(options.brief)
    brief = kind.from_dict(values | cli.read_settings(options))
    scene = host.work(options.command, {"brief": brief.to_dict()}, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, notes=notes, brief=brief.to_dict())
