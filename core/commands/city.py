"""``worldwright city "a rainy high street, four storeys, cafés" -o street.blend``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..briefs import Brief
    from ..cli import Host

HELP = "Make a street, a city district, a square or a village from a prompt or a brief."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("city", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("prompt", nargs="?", help="what you want, in English")
    made.add_argument("--sketch", type=Path, metavar="PICTURE", help="a colour sketch of roads, water, buildings and parks")
    made.add_argument("--photo", type=Path, metavar="PICTURE", help="a photograph whose light, weather and colours to take")
    made.add_argument("--brief", type=Path, metavar="JSON", help="a brief's values, instead of a prompt")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..environments.city.brief import CityBrief
    from ..environments.city.prompt import read_prompt

    return make(host, options, CityBrief, read_prompt)


def make(host: Host, options: argparse.Namespace, kind: type[Brief], read_prompt: Callable) -> int:
    """What the outdoor verbs share: the brief from prompt, file, photograph and settings, the pictures' pixels, the scene."""
    from .. import cli
    from ..environments.photo import read_photo
    from ..environments.pictures import read_picture

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    notes: list[str] = []
    values: dict = {}
    if options.photo:
        found = read_photo(read_picture(options.photo))
        values |= found.brief_values(kind)
        notes += found.notes
    if options.prompt is not None:
        brief, more = read_prompt(options.prompt, options.seed or 0)
        said = brief.to_dict()
        plain = kind(seed=options.seed or 0).to_dict()
        values |= {name: value for name, value in said.items() if value != plain[name] or name not in values}
        notes += more
    if options.brief:
        values |= cli._json_object(options.brief)
    values |= cli.read_settings(options)
    brief = kind.from_dict(values)
    request: dict = {"brief": brief.to_dict()}
    for name in ("sketch", "heights"):
        path = getattr(options, name, None)
        if path:
            request[name] = read_picture(path, deep=name == "heights")
    scene = host.work(options.command, request, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, notes=notes, brief=brief.to_dict())
