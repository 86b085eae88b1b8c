"""Rooms over many seeds, ``python -m tests.benchmarks.bench_rooms [SEEDS | FIRST:LAST] [KIND ...]``: valid, placed, times."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from core.environments import contents, shop
from core.environments.brief import KINDS, LONGEST, SIDES, RoomBrief, natural_area, usual_values
from core.environments.generate import ATTEMPTS, generate
from core.environments.rooms import plan_room
from core.scene import Report

PEOPLE = {
    "office": (1, 12), "open_plan_office": (8, 30), "meeting_room": (4, 14), "classroom": (8, 30), "lecture_hall": (20, 80),
    "laboratory": (2, 12), "clinic_room": (1, 3), "bedroom": (1, 3), "living_room": (2, 6), "kitchen": (0, 6), "bathroom": (1, 2),
    "hall": (0, 0), "shop": (1, 1), "cafe": (8, 36), "gallery": (2, 12), "hotel_room": (1, 3), "workshop": (1, 4),
}  # fmt: skip
FREE = ("office", "meeting_room", "classroom")  # kinds whose every wish is drawn; the others have the usual ones, more or fewer


def random_brief(kind: str, seed: int) -> RoomBrief:
    """A room somebody would ask for: 0.9 to 1.3 times the usual area for its people, up to 1.5 times as long as wide."""
    rng = np.random.default_rng(seed)
    low, high = PEOPLE[kind]
    people = int(rng.integers(low, high + 1))
    area = natural_area(kind, people) * rng.uniform(0.9, 1.3)
    width = float(np.clip(np.sqrt(area * rng.uniform(1.0, 1.5)), 2.0, LONGEST))
    values = usual_values(kind, people) | {
        "seed": seed, "width": width, "depth": float(np.clip(area / width, 2.0, LONGEST)), "door_side": str(rng.choice(SIDES)),
    }  # fmt: skip
    windows, storage, plants, pictures, clutter = (int(n) for n in rng.integers(0, (6, 4, 4, 4, 100)))
    if kind in FREE:
        values |= {"windows": windows, "storage": storage, "plants": plants, "pictures": pictures,
                   "clock": True, "whiteboard": True,
                   "screen": kind == "meeting_room", "sofa": bool(rng.random() < 0.2),
                   "pinboard": bool(rng.random() < 0.5)}  # fmt: skip
    else:
        values |= {name: max(values[name] + int(rng.integers(-1, 2)), 0) for name in ("windows", "storage", "plants", "pictures")}
    return RoomBrief(**values, clutter=clutter / 100)


class Stopwatch:
    """Processor seconds of arranging, without those in which props are built for the first time."""

    def __init__(self) -> None:
        self.arranging = self.building = 0.0
        self._arrange, self._built = contents.arrange, shop._built
        contents.arrange, shop._built = self.arrange, self.built

    def built(self, *arguments):
        started = time.process_time()
        try:
            return self._built(*arguments)
        finally:
            self.building += time.process_time() - started

    def arrange(self, *arguments):
        started, built = time.process_time(), self.building
        try:
            return self._arrange(*arguments)
        finally:
            self.arranging += time.process_time() - started - (self.building - built)


def one(brief: RoomBrief, watch: Stopwatch) -> tuple[Report, float, float]:
    """Report of a room's contents, and processor seconds of arranging (of the attempt that was taken) and of all."""
    started = time.process_time()
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([brief.seed, attempt] if attempt else brief.seed)
        room = plan_room(brief, rng)
        watch.arranging = 0.0
        report = contents.furnish(brief, room, shop.Shop(brief), rng, "Room").report
        if report.checks["valid"]:
            break
    return report, watch.arranging, time.process_time() - started


def memory() -> float:
    """Megabytes of memory this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def main() -> None:
    first, _, last = (sys.argv[1] if len(sys.argv) > 1 else "0:100").rpartition(":")
    seeds = range(int(first or 0), int(last))
    watch = Stopwatch()
    generate(RoomBrief())
    print(f"{'':16s}  valid  placed  arrange ms median/p95/most  contents s median/most  memory MB after half/all")
    for kind in sys.argv[2:] or KINDS:
        reports: list[Report] = []
        solving, whole, held = [], [], []
        for seed in seeds:
            report, arranging, seconds = one(random_brief(kind, seed), watch)
            reports.append(report)
            solving.append(arranging * 1000)
            whole.append(seconds)
            held.append(memory())
        valid = np.mean([report.checks["valid"] for report in reports])
        placed = sum(r.counts["placed"] for r in reports) / max(sum(r.counts["asked"] for r in reports), 1)
        print(
            f"{kind:16s} {valid:6.1%} {placed:7.1%}  {np.median(solving):6.0f}/{np.percentile(solving, 95):.0f}/{max(solving):.0f}"
            f"  {np.median(whole):12.2f}/{max(whole):.2f}  {held[len(held) // 2]:12.0f}/{held[-1]:.0f}",
            flush=True,
        )
        for seed, report in zip(seeds, reports, strict=True):
            if not report.checks["valid"]:
                print(f"  seed {seed}: {report.failing}")
        missing = Counter(re.sub(r"\d+ of \d+ |^The ", "", w).split(" do")[0] for r in reports for w in r.warnings)
        if missing:
            print(f"  found no place: {', '.join(f'{count} x {noun}' for noun, count in missing.most_common(6))}", flush=True)


if __name__ == "__main__":
    main()
