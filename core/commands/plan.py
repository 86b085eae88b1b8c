"""``worldwright plan sheet.png -o flat.blend``: a picture of a plan becomes a furnished home; ``-o plan.json`` reads only."""

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
    made = command("plan", run, "Build a home from a picture of its floor plan, or from a plan read before.",
                   "result: .json (the plan), .blend, .glb, or .npz (for Python)")  # fmt: skip
    made.add_argument("picture", type=Path, help="scan, drawing or photograph of a plan (.png .jpg …), or a plan's .json")
    made.add_argument("--scale", type=float, metavar="METRES", help="width of one pixel; by default from "
                      "dimension lines, or else doors and walls")  # fmt: skip
    made.add_argument("--brief", type=Path, metavar="JSON", help="values of a home's brief: its look, who lives there")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..environments.home.brief import HomeBrief
    from ..environments.pictures import read_picture
    from ..scene import Report

    started = time.perf_counter()
    cli.check_output(host, options.output, (".json", ".npz", ".blend", ".glb"))
    cli.check_inputs([options.picture])
    if options.picture.suffix.lower() == ".json":
        plan = cli._json_object(options.picture)
    else:
        request = {"picture": read_picture(options.picture), "scale": options.scale}
        plan = host.work("read_plan", request, cli._progress(host))
    notes = plan.get("notes", [])
    if options.output.suffix == ".json":
        cli.write_json(options.output, plan)
        gaps = [gap["kind"] for gap in plan["gaps"]]
        counts = {
            "rooms": len(plan["rooms"]),
            "walls": len(plan["walls"]),
            "doors": gaps.count("door"),
            "windows": gaps.count("window"),
        }
        return cli._report(host, options, Report(counts, seconds={"total": time.perf_counter() - started}), notes=notes)
    values = cli._json_object(options.brief) if options.brief else {}
    brief = HomeBrief.from_dict(values | cli.read_settings(options))
    scene = host.work("plan", {"plan": plan, "brief": brief.to_dict()}, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.seconds["total"] = time.perf_counter() - started
    return cli._report(host, options, report, notes=notes, brief=brief.to_dict())
