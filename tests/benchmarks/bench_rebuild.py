"""Rebuilt shapes against the mean shape: ``python -m tests.benchmarks.bench_rebuild [--data FOLDER] [--each 2] [--refine 2]``.

Twelve kinds of furniture of our generators with sliders never trained on, turned and placed at random, and, with the library's
folder, models of those kinds by artists never seen. Distances are from surface to surface, both ways, in millimetres: of the
rebuilt shape, of the generator at its default sliders standing in the same place and facing the same way, and of that one
stretched into the same box (the harder comparison).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch

from core.game.distance import deviation
from core.inverse import refine as search
from core.inverse.brief import RebuildBrief, generators
from core.inverse.frame import Cloud, cloud_of
from core.inverse.reader import READ, Read, Target, read_shape, surface_distance
from core.inverse.rebuild import POINTS, usual_shape
from core.inverse.sliders import drawn, make, usual
from core.learning.inverse_examples import Views
from core.scene import Mesh
from core.spatial.placing import joined, placed

COLUMNS = ("network", "refined", "boxed", "mean")
KINDS = ("desk", "office_chair", "dining_chair", "armchair", "sofa", "bookcase", "cupboard", "dining_table", "bed_double",
         "dresser", "stool", "bench")  # fmt: skip
MODELS = {  # models of artists the annotator was never shown: folder/name -> the word their kind is named by
    "Dungeon-Remastered-1.0": {"bed_frame": "bed", "chair": "chair", "stool": "stool", "table_long": "table",
                               "table_medium": "table", "table_small": "table", "shelf_large": "bookcase",
                               "shelf_small": "bookcase", "shelves": "bookcase"},
    "Halloween-Bits-1.0": {"bench": "bench"},
    "Restaurant-Bits-1.0": {"chair_A": "chair", "chair_B": "chair", "chair_stool": "stool", "table_round_A": "table",
                            "table_round_A_small": "table", "table_round_B": "table", "kitchentable_A": "table",
                            "kitchentable_A_large": "table", "kitchentable_B": "table", "kitchencabinet": "kitchen_cabinet",
                            "kitchencounter_straight_A": "kitchen_counter", "fridge_A": "fridge", "fridge_B": "fridge"},
}  # fmt: skip


def measure(mesh: Mesh, keys: tuple[str, ...], prior: dict[str, float], seconds: float) -> dict:
    """Distances in millimetres of the rebuilt shape without and with refinement, and of the mean shapes."""
    started = time.perf_counter()
    cloud = cloud_of([mesh], POINTS)
    best = read_shape(cloud, keys, prior)[0]
    plain = surface_distance(mesh, best, False)
    read = time.perf_counter() - started
    mean, boxed = _mean_shape(mesh, best), surface_distance(mesh, usual_shape(best), False)
    refined, _ = search.refine(best, Target(cloud, False), seconds, 0)
    found = {"network": plain, "refined": surface_distance(mesh, refined, False), "mean": mean, "boxed": boxed}
    row = {name: 1000 * value for name, value in found.items()}
    return row | {"kind": best.prop, "seconds": read, "total": time.perf_counter() - started, "diagonal": 1000 * cloud.diagonal}


def _mean_shape(mesh: Mesh, read: Read) -> float:
    """Metres from the generator at its default sliders and sizes, its foot where the thing stands, facing as it does."""
    return deviation(mesh, placed(make(read.prop, usual(read.prop)).mesh, read.place, "mean"))[0]


def generated(kinds: list[str], each: int, seconds: float) -> list[dict]:
    """Rows of the generated furniture: with its kind named, and of the first of each kind also with the kind to be found."""
    rows = []
    for key in kinds:
        rng = np.random.default_rng([2024, KINDS.index(key)])
        for copy in range(each):
            yaw, x, y = rng.uniform(-np.pi, np.pi), *rng.uniform(-5, 5, 2)
            cos, sin = np.cos(yaw), np.sin(yaw)
            place = np.array([[cos, -sin, 0, x], [sin, cos, 0, y], [0, 0, 1, 0], [0, 0, 0, 1.0]])
            mesh = placed(make(key, drawn(key, rng)).mesh, place, key)
            rows.append({"thing": key, "named": True, **measure(mesh, (key,), {}, seconds)})
            if copy == 0:
                rows.append({"thing": key, "named": False, **measure(mesh, (), {}, seconds)})
            print(rows[-2:], file=sys.stderr, flush=True)
    return rows


def real(data: Path, seconds: float) -> list[dict]:
    """Rows of the artists' models."""
    from core.learning.data import _rows, read_model

    rows = []
    for entry in _rows(data):
        word = MODELS.get(entry["category"], {}).get(entry["name"])
        if word and entry["split"] == "unseen-artist":
            meshes = read_model(data / entry["file"])
            mesh = joined(meshes, entry["name"])
            rows.append({"thing": entry["name"], "named": True, **measure(mesh, generators(word), {}, seconds)})
            print(rows[-1], file=sys.stderr, flush=True)
    return rows


def completed() -> list[dict]:
    """Rows of the generated furniture scanned from one side: distance to the whole thing, read as it is and completed."""
    views, rows = Views(None, 0, READ), []  # type: ignore[arg-type]
    for number, key in enumerate(KINDS):
        mesh = make(key, drawn(key, np.random.default_rng([31, number]))).mesh
        cloud = cloud_of([mesh], 6000)
        points, normals = (torch.from_numpy(values).float()[None] for values in (cloud.points, cloud.normals))
        seen = views._from_a_side(points, normals, cells=48)[0].numpy()
        scan, row = Cloud(cloud.points[seen], cloud.normals[seen]), {"thing": key, "seen": float(seen.mean())}
        for name, one_sided in (("as it is", False), ("completed", True)):
            row[name] = 1000 * surface_distance(mesh, read_shape(scan, (key,), {}, one_sided=one_sided)[0], False)
        rows.append(row)
        print(row, file=sys.stderr, flush=True)
    return rows


def summary(rows: list[dict]) -> dict[str, float]:
    """Means in millimetres, and the ratios to the mean shapes."""
    names = ("network", "refined", "mean", "boxed", "seconds", "total")
    mean = {name: float(np.mean([row[name] for row in rows])) for name in names}
    relative = {f"{name}/{base}": mean[name] / mean[base] for name in ("network", "refined") for base in ("mean", "boxed")}
    halved = float(np.mean([row["refined"] <= 0.5 * row["mean"] for row in rows]))
    right = float(np.mean([row["kind"] == row["thing"] for row in rows]))
    return mean | relative | {"at most half of mean": halved, "right kind": right}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--each", type=int, default=2, help="generated shapes of each kind")
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=list(KINDS))
    parser.add_argument("--refine", type=float, default=RebuildBrief().refine)
    parser.add_argument("--one-sided", action="store_true", help="measure the completion of one-sided scans instead")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    search.PATIENCE = 10_000  # every trial is made, however busy the machine
    if options.one_sided:
        rows = completed()
        print({name: round(float(np.mean([row[name] for row in rows])), 1) for name in ("as it is", "completed")})
        sys.stdout.flush()
        os._exit(0)
    sets = {"generated": generated(options.kinds, options.each, options.refine)}
    if options.data:
        sets["unseen artists"] = real(options.data, options.refine)
    for name, rows in sets.items():
        for named in (True, False):
            chosen = [row for row in rows if row["named"] == named]
            if not chosen:
                continue
            told = {key: round(value, 3) for key, value in summary(chosen).items()}
            print(f"{name}, kind {'named' if named else 'found'} ({len(chosen)}): {told}")
        for thing in dict.fromkeys(row["thing"] for row in rows):
            own = [row for row in rows if row["thing"] == thing and row["named"]]
            kinds = sorted({row["kind"] for row in rows if row["thing"] == thing and not row["named"]})
            figures = "  ".join(f"{key} {np.mean([row[key] for row in own]):7.1f}" for key in COLUMNS)
            print(f"  {thing:28s} {figures}{'   found as ' if kinds else ''}{', '.join(kinds)}")
    if options.json:
        options.json.write_text(json.dumps(sets, indent=1), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
