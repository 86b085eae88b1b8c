"""``worldwright export room.blend -o packs/room --engine unreal``, and ``worldwright preflight room.blend --engine unreal``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..game.engines import ENGINES

if TYPE_CHECKING:
    from ..cli import Host

PLATFORMS = ("mobile", "vr", "desktop")
COLLIDERS = ("convex", "hull", "box", "none")


def add(command: Callable) -> None:
    """Declares the verb ``preflight``; the verb ``export`` is the command line's own and gets its options from ``add_options``."""
    made = command("preflight", preflight, "Say what would go wrong with models in an engine, before exporting them.",
                   "findings: .json", required=False)  # fmt: skip
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="model or scene to read")
    made.add_argument("--only", action="append", default=[], metavar="NAME", help="an object or collection (repeatable)")
    made.add_argument("--engine", choices=tuple(ENGINES), default="web", help="the engine (default %(default)s)")
    made.add_argument("--platform", choices=PLATFORMS, default="desktop", help="whose budget (default %(default)s)")


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of ``export`` that make a pack."""
    made.add_argument("--engine", choices=tuple(ENGINES), help="write a pack for this engine into the folder given with -o")
    made.add_argument("--overwrite", action="store_true", help="replace a pack that is there already")
    made.add_argument("--force", action="store_true", help="export in spite of errors that the preflight finds")
    made.add_argument("--no-lods", action="store_true", help="no levels of detail")
    made.add_argument("--colliders", choices=COLLIDERS, default="convex", help="for meshes without any (default %(default)s)")
    made.add_argument("--no-lightmaps", action="store_true", help="no second UV map")
    made.add_argument("--no-viewer", action="store_true", help="no page to look at the pack")
    made.add_argument("--texture-size", type=int, default=2048, help="larger textures are scaled down (default %(default)s)")
    made.add_argument("--platform", choices=PLATFORMS, default="desktop", help="whose budget (default %(default)s)")


def export_pack(host: Host, options: argparse.Namespace) -> int:
    """Command ``export --engine``: models → a pack."""
    from .. import cli
    from ..game.pack import check_target

    cli.check_inputs(options.files)
    check_target(options.output, options.overwrite)
    values = {
        "lods": not options.no_lods, "colliders": options.colliders, "lightmaps": not options.no_lightmaps,
        "viewer": not options.no_viewer, "texture_size": options.texture_size, "platform": options.platform,
        "overwrite": options.overwrite, "force": options.force,
    }  # fmt: skip
    report = host.pack(options.files, options.only, options.output, options.engine, values, cli._progress(host))
    return cli._report(host, options, report)


def preflight(host: Host, options: argparse.Namespace) -> int:
    """Command: models → findings; exit code 1 when there is an error among them."""
    import json

    from .. import cli

    cli.check_inputs(options.files)
    if options.output:
        cli.check_output(host, options.output, (".json",))
    found = host.preflight(options.files, options.only, options.engine, options.platform)
    values = [one.to_dict() for one in found]
    if options.output:
        cli.write_json(options.output, values)
    if options.json:
        print(json.dumps(values, ensure_ascii=False), file=host.out)
    else:
        for one in found:
            print(f"{one.level}: {one.sentence} {one.consequence} {one.cure}".strip(), file=host.out)
    return 1 if any(one.level == "error" for one in found) else 0
