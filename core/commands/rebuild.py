"""``worldwright rebuild scan.glb -o chair.glb``: clean parametric things of the shapes in models; variants, in-betweens."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host
    from ..progress import Progress
    from ..scene import Mesh, Scene

HELP = "Make a clean parametric thing of the shape of a rough, scanned or AI-made model."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("rebuild", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="models, each one thing")
    made.add_argument("--each", action="store_true", help="every object in the models is a thing of its own")
    made.add_argument("--kind", default="auto", help="what it is, such as chair or office_chair (default: as it looks)")
    made.add_argument("--refine", type=float, metavar="SECONDS", help="time for moving the sliders closer (default 2; 0: none)")
    made.add_argument("--one-sided", action="store_true", help="a scan from one side: complete what was not seen")
    made.add_argument("--vary", type=int, metavar="N", help="N variants of the first thing beside it")
    made.add_argument("--amount", type=float, default=0.35, help="how far variants go, 0.05 to 1 (default %(default)s)")
    made.add_argument("--between", type=int, metavar="N", help="N things between the first two, which must be of one kind")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..errors import WorldwrightError
    from ..inverse.brief import RebuildBrief, generators
    from ..spatial.placing import joined

    started = time.perf_counter()
    cli.check_output(host, options.output, (".npz", ".blend", ".glb"))
    generators(options.kind)
    values = {"kind": options.kind.strip().lower().replace(" ", "_"), "one_sided": options.one_sided} | cli.read_settings(options)
    brief = RebuildBrief.from_dict(values if options.refine is None else values | {"refine": options.refine})
    groups, warnings = [], []
    for file in options.files:
        found, notes = cli._read(host, [file])
        groups += found if options.each else [joined(found, found[0].name if len(found) == 1 else file.stem)]
        warnings += notes
    if options.between and len(groups) < 2:
        raise WorldwrightError("There is only one thing, so nothing lies between.", "Give two models of one kind.")
    _name_apart(groups)
    scene = host.work("rebuild", {"meshes": groups, "brief": brief.to_dict()}, cli._progress(host))
    for method, count in (("vary", options.vary), ("blend", options.between)):
        if count:
            more = {"count": count, "seed": brief.seed} | ({"amount": options.amount} if method == "vary" else {})
            _add(scene, host, method, more, cli._progress(host))
    report = host.write_scene(scene, options.output)
    report.warnings += warnings
    report.seconds["total"] = time.perf_counter() - started
    things = [{"name": node.name, **node.properties} for node in scene.nodes if "chamfer_mm" in node.properties]
    return cli._report(host, options, report, brief=brief.to_dict(), things=things)


def _name_apart(meshes: list[Mesh]) -> None:
    """Numbers the things that are called as an earlier one: objects of two files may well be."""
    taken: set[str] = set()
    for mesh in meshes:
        plain, number = mesh.name, 2
        while mesh.name in taken:
            mesh.name, number = f"{plain} {number}", number + 1
        taken.add(mesh.name)


def _add(scene: Scene, host: Host, method: str, brief: dict, progress: Progress) -> None:
    """Joins to the scene what a method makes of its things."""
    from ..errors import WorldwrightError

    nodes = [node for node in scene.nodes if "chamfer_mm" in node.properties]
    if method == "blend" and len(nodes) < 2:
        raise WorldwrightError("Only one of the models could be rebuilt, so nothing lies between.", "Name their kind with --kind.")
    things = [{"name": node.name, "properties": node.properties, "place": node.transform} for node in nodes]
    made = host.work(method, {"things": things, "brief": brief}, progress)
    scene.nodes += made.nodes
    scene.report.counts |= {name: value for name, value in made.report.counts.items() if name != "triangles"}
