"""Grey boxes to rooms: blocked-out scenes of every kind from held-out rooms.

``python -m tests.benchmarks.bench_greybox ROOMS.npz``: 30 scenes a kind.

ROOMS.npz is what ``core.learning.train_greybox`` leaves; only its held-out rooms are used, each blocked out anew ``rounds`` times:
unnamed, moved, scaled, turned, half plain boxes and half rough meshes, the whole room turned, its kind not told.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from core.environments.brief import KINDS
from core.environments.greybox.brief import GreyboxBrief
from core.environments.greybox.classes import CLASS_OF, NAMES
from core.environments.greybox.generate import generate
from core.learning.greybox_rooms import blockout, load, planned
from core.learning.train_greybox import FIRST

COLUMNS = ("kind", "scenes", "class", "left", "overlaps", "outside", "doors", "shift m", "room", "p95 ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rooms", type=Path)
    options.add_argument("--held", type=int, default=10)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--kinds", nargs="*", default=list(KINDS))
    chosen = options.parse_args()
    samples = load(chosen.rooms)
    seeds = len(samples) // len(KINDS)
    sys.stdout.write(" | ".join(COLUMNS) + "\n")
    totals = []
    for kind in chosen.kinds:
        rows = []
        for place in range(seeds - chosen.held, seeds):
            sample = samples[place * len(KINDS) + KINDS.index(kind)]
            _, room, _ = planned(kind, FIRST + place)
            for number in range(chosen.rounds):
                rows.append(_scene(sample, room, kind, np.random.default_rng([place, number])))
        table = np.array(rows, float)
        totals.append(table)
        sys.stdout.write(_line(kind, table) + "\n")
        sys.stdout.flush()
    sys.stdout.write(_line("all", np.concatenate(totals)) + "\n")


def _scene(sample, room, kind: str, rng: np.random.Generator) -> tuple[float, ...]:
    meshes, labels = blockout(sample, room, rng)
    started = time.perf_counter()
    scene = generate(meshes, GreyboxBrief(lights=False, shell=False))
    spent = time.perf_counter() - started
    read = {n.properties["replaces"]: CLASS_OF[n.properties["prop"]] for n in scene.nodes if "replaces" in n.properties}
    right = sum(NAMES[label] == read.get(name) for name, label in labels.items())
    checks = scene.report.checks
    doors = checks["doors_reached"] == checks["doors"]
    left = len(labels) - len(read)
    room_right = scene.provenance["room"] == kind
    return right, len(labels), left, checks["overlaps"], checks["outside"], doors, checks["mean_shift"], room_right, spent


def _line(kind: str, t: np.ndarray) -> str:
    boxes = t[:, 1].sum()
    return (
        f"{kind:17} | {len(t):3} | {t[:, 0].sum() / boxes:.3f} | {t[:, 2].sum() / boxes:.3f} | {t[:, 3].sum():.0f} | "
        f"{t[:, 4].sum():.0f} | {t[:, 5].mean():.1%} | {t[:, 6].mean():.3f} | {t[:, 7].mean():.1%} | "
        f"{1e3 * np.quantile(t[:, 8], 0.95):.0f}"
    )


if __name__ == "__main__":
    main()
