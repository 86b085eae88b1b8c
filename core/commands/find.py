"""The verb ``find``: models that words describe, best first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotation.annotation import Annotation

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the verb."""
    made = command("find", run, "Find the objects in models that words describe.", "what was found: .json", required=False)
    made.add_argument("query", help="what you look for, such as “somewhere to sit in a garden”")
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="model or scene to read")
    made.add_argument("--most", type=int, default=5, help="how many to show (default %(default)s)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Reads, annotates and searches."""
    from ..cli import check_output, write_json

    if options.output:
        check_output(host, options.output, (".json",))
    owners, meshes = [], []
    for file in options.files:
        for mesh in host.read([file])[0]:
            owners.append(file)
            meshes.append(mesh)
    annotations: list[Annotation] = host.work("annotate", {"meshes": meshes, "seed": options.seed or 0}, _silent)
    entries = [
        {"name": f"{owner.stem} {a.name}", "label": a.label, "caption": a.caption, "tags": a.tags, "meaning": a.meaning}
        for owner, a in zip(owners, annotations, strict=True)
    ]
    hits = host.work("search", {"query": options.query, "entries": entries}, _silent)[: options.most]
    found = []
    for number, score in hits:
        hit = annotations[number]
        found.append({"file": str(owners[number]), "object": hit.name, "score": round(score, 3), "caption": hit.caption})
    if options.output:
        write_json(options.output, found)
    if options.json:
        print(json.dumps(found, ensure_ascii=False), file=host.out)
    else:
        for hit in found:
            print(f"{hit['score']:.2f}  {hit['file']}: {hit['object']}. {hit['caption']}", file=host.out)
    return 0


def _silent(fraction: float, doing: str) -> None:
    """No progress: the verb prints its results only."""
