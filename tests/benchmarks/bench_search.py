"""Search by words over annotated models of unseen artists: how often a right one is among the first five.

    python -m tests.benchmarks.bench_search --data FOLDER [--cache FILE.npz]

Queries and what counts as right (a pattern of names) stand in search_queries.csv, written before the search was measured.
Annotating the models takes some minutes; ``--cache`` keeps what came out.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from pathlib import Path

import numpy as np
import torch

from core.annotation.annotate import annotate
from core.annotation.search import Entry, search
from core.learning.data import library_meshes
from core.scene import Mesh

QUERIES = Path(__file__).with_name("search_queries.csv")
FIRST = 5


def joined(meshes: list[Mesh], name: str) -> Mesh:
    """One mesh of a model's meshes, without materials."""
    starts = np.cumsum([0, *[len(mesh.vertices) for mesh in meshes[:-1]]])
    corners = np.concatenate([mesh.corners + start for mesh, start in zip(meshes, starts, strict=True)])
    sizes = np.concatenate([mesh.face_sizes for mesh in meshes])
    return Mesh(name, np.concatenate([mesh.vertices for mesh in meshes]), corners, sizes)


def entries_of(data: Path, cache: Path | None) -> list[Entry]:
    """What search needs of every KayKit model, annotated by shape, look and name."""
    if cache and cache.exists():
        with np.load(cache, allow_pickle=False) as kept:
            rows = zip(*(kept[name].tolist() for name in ("name", "label", "caption", "tags")), kept["meaning"], strict=True)
            return [Entry(name, label, caption, tags.split("|"), None, meaning) for name, label, caption, tags, meaning in rows]
    with open(data / "models.csv", encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    found = []
    for number, meshes in library_meshes(data):
        if listed[number]["split"] == "unseen-artist" and listed[number]["file"]:
            mesh = joined(meshes, listed[number]["name"]) if len(meshes) > 1 else meshes[0]
            a = annotate([mesh], known=[{"names": [listed[number]["name"]]}])[0]
            found.append(Entry(listed[number]["name"], a.label, a.caption, a.tags, a.embedding, a.meaning))
    if cache:
        columns = {name: np.array([getattr(e, name) for e in found]) for name in ("name", "label", "caption")}
        tags = np.array(["|".join(e.tags) for e in found])
        np.savez(cache, **columns, tags=tags, meaning=np.stack([e.meaning for e in found]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    entries = entries_of(options.data, options.cache)
    with open(QUERIES, encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    right, possible, seconds = 0, 0, []
    for row in asked:
        pattern = re.compile(row["right"], re.I)
        if not any(pattern.search(entry.name) for entry in entries):
            print(f"not in the library: {row['query']}")
            continue
        possible += 1
        began = time.perf_counter()
        names = [entries[hit.entry].name for hit in search(row["query"], entries, FIRST)]
        seconds.append(time.perf_counter() - began)
        hit = any(pattern.search(name) for name in names)
        right += hit
        if not hit:
            print(f"missed: {row['query']} → {', '.join(names)}")
    print(f"{right} of {possible} queries: {right / possible:.1%} right among the first {FIRST}; {len(entries)} models, "
          f"median {np.median(seconds):.2f} s a query")  # fmt: skip


if __name__ == "__main__":
    main()
