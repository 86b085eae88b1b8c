"""The verb ``annotate``: models → what they are; a folder → a library with a report."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..annotation.annotation import UNKNOWN, Annotation
from ..annotation.export import export
from ..crossmodal.recording import read_touch
from ..errors import WorldwrightError
from ..scene import Mesh, Report

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the verb."""
    made = command("annotate", run, "Say what each object in models is, with a confidence; of a folder, of everything in it.",
                   "annotations: .json, or .blend (the scene with labels and face attributes); of a folder: where results go",
                   required=False)  # fmt: skip
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="model or scene to read, or one folder of them")
    made.add_argument("--note", default="", help="what you know of the objects, in a few words")
    made.add_argument("--voice", type=Path, metavar="WAV", help="the same, spoken")
    made.add_argument("--touch", type=Path, metavar="CSV", help="a touch recording of the objects")
    made.add_argument("--shape-only", action="store_true", help="read shapes alone: no pictures, names, materials or parts")
    made.add_argument("--model", default="", metavar="NAME", help="a model of your own, or “shipped” (default: the one chosen with "
                      "“models choose”, else the shipped one)")  # fmt: skip
    made.add_argument("--csv", type=Path, metavar="FILE", help="also a table, one object a row")
    made.add_argument(
        "--coco", type=Path, metavar="FOLDER", help="also pictures with COCO-style boxes and masks of objects and parts"
    )
    made.add_argument("--usd", type=Path, metavar="FILE", help="also the meshes with USD semantics labels (.usda, .usdc)")
    made.add_argument("--picture", type=Path, metavar="FILE", help="also a small picture (.png) of everything read")
    made.add_argument("--workers", type=int, default=0, help="of a folder: processes (default: one per free core)")
    made.add_argument("--blend", type=Path, metavar="FILE", help="also the scene with labels and face attributes, beside a .json")
    made.add_argument(
        "--assets",
        action="store_true",
        help="mark objects of the .blend as assets in catalogues; of a folder: annotated copies, so that the results are a library",
    )


def run(host: Host, options: argparse.Namespace) -> int:
    """Reads, annotates, writes."""
    from .. import cli

    if len(options.files) == 1 and options.files[0].is_dir():
        return _library(host, options)
    started = time.perf_counter()
    if options.output:
        cli.check_output(host, options.output, (".json", ".blend"))
    for path, suffixes in (
        (options.csv, (".csv",)),
        (options.usd, (".usda", ".usdc", ".usd")),
        (options.picture, (".png",)),
        (options.blend, (".blend",)),
    ):
        if path:
            cli.check_output(host, path, suffixes)
    meshes, warnings = cli._read(host, options.files)
    known = _known(meshes, options)
    request = {"meshes": meshes, "seed": options.seed or 0, "known": known, "thorough": not options.shape_only}
    request["model"] = options.model
    annotations = host.work("annotate", request, cli._progress(host))
    values = [annotation.to_dict() for annotation in annotations]
    blend = options.blend or (options.output if options.output and options.output.suffix == ".blend" else None)
    if blend:
        host.write_annotations(annotations, blend, options.assets)
    if options.output and options.output.suffix == ".json":
        cli.write_json(options.output, values)
    _export(options, meshes, annotations)
    if not options.json:
        _tell(host, annotations)
    report = Report({"objects": len(annotations)}, {}, warnings, {"total": time.perf_counter() - started})
    return cli._report(host, options, report, annotations=values)


def _known(meshes: list[Mesh], options: argparse.Namespace) -> list[dict[str, Any]]:
    """What is known of each mesh beside its shape."""
    touch = read_touch(options.touch) if options.touch else None
    voice = {}
    if options.voice:
        from ..crossmodal.sound import read_wav

        voice = {"voice": read_wav(options.voice)}
    told = {"note": options.note, "touch": touch, "collection": "all", **voice}
    return [{"names": [mesh.name], **told} for mesh in meshes]


def _export(options: argparse.Namespace, meshes: list[Mesh], annotations: list[Annotation]) -> None:
    """Writes the formats that were asked for beside the annotations themselves."""
    for kind, path in (("csv", options.csv), ("coco", options.coco), ("usd", options.usd)):
        if path:
            export(kind, path, meshes, annotations)
    if options.picture:
        from ..annotation.drawing import write_picture

        write_picture(options.picture, meshes)


def _tell(host: Host, annotations: list[Annotation]) -> None:
    for found in annotations:
        sure = f" ({found.confidence:.0%})" if found.label != UNKNOWN else ""
        print(f"{found.name}: {found.label}{sure}. {found.caption}".rstrip(), file=host.out)
        for warning in found.warnings:
            print(f"  ! {warning}", file=host.out)
        for flag in found.flags:
            print(f"  ? The {flag['kind']} “{flag['text']}” is for a person to look at: {flag['reason']}", file=host.out)


def _library(host: Host, options: argparse.Namespace) -> int:
    """A folder: every model in it as a batch that can be resumed, then the table and the report."""
    from .. import cli
    from ..annotation.library import LibraryOptions, annotate_library

    if options.assets and not host.blender:
        raise WorldwrightError("Asset copies need Blender.", "Use the command “worldwright” where bpy is installed.")
    folder = options.files[0]
    wanted = LibraryOptions(
        note=options.note, shape_only=options.shape_only, csv=options.csv, coco=options.coco is not None,
        usd=options.usd is not None, assets=options.assets, workers=options.workers, seed=options.seed or 0, reads=host.reads,
        model=options.model,
    )  # fmt: skip
    output = options.output or folder.with_name(f"{folder.absolute().name}-annotated")
    summary = annotate_library(folder, output, host.worker_command(), wanted, cli._progress(host))
    if options.json:
        print(json.dumps(summary, ensure_ascii=False), file=host.out)
    else:
        print(f"{summary['report']}: {summary['objects']} objects in {summary['done'] + summary['skipped']} files, "
              f"{summary['failed']} files failed, {summary['skipped']} were done before ({summary['seconds']:.1f} s)",
              file=host.out)  # fmt: skip
        if summary["flagged"]:
            print(f"  ? {summary['flagged']} names or notes are for a person to look at: see review.jsonl", file=host.out)
        for failure in summary["failures"][:20]:
            print(f"  ! {failure['item']}: {failure['error']}", file=host.out)
    return 1 if summary["failed"] else 0
