"""Rooms over many seeds, ``python -m tests.benchmarks.bench_rooms [SEEDS [KIND ...]]``: validity, what was placed, times."""

from __future__ import annotations

import sys
import time

import numpy as np

from core.environments.arrange import arrange
from core.environments.brief import KINDS, LONGEST, SIDES, RoomBrief, natural_area, usual_values
from core.environments.generate import generate
from core.environments.rooms import plan_room
from core.environments.shop import Shop
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


def time_arrange(brief: RoomBrief) -> float:
    """Seconds to arrange a room whose props are already built."""
    shop = Shop(brief)
    for _ in range(2):
        rng = np.random.default_rng(brief.seed)
        room = plan_room(brief, rng)
        started = time.process_time()
        arrange(brief, room, shop, rng)
        seconds = time.process_time() - started
    return seconds


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    generate(RoomBrief())
    for kind in sys.argv[2:] or KINDS:
        reports: list[Report] = []
        solving, whole = [], []
        for seed in range(seeds):
            brief = random_brief(kind, seed)
            solving.append(time_arrange(brief) * 1000)
            started = time.process_time()
            reports.append(generate(brief).report)
            whole.append(time.process_time() - started)
        valid = np.mean([report.checks["valid"] for report in reports])
        placed = sum(r.counts["placed"] for r in reports) / max(sum(r.counts["asked"] for r in reports), 1)
        walkable = np.mean([report.checks["walkable_share"] for report in reports])
        print(  # noqa: T201
            f"{kind:16s} valid {valid:.1%}  placed {placed:.1%}  walkable {walkable:.0%}  arrange ms median "
            f"{np.median(solving):.0f} p95 {np.percentile(solving, 95):.0f}  generate s median {np.median(whole):.2f} "
            f"max {max(whole):.2f}"
        )
        for seed, report in enumerate(reports):
            if not report.checks["valid"]:
                print(f"  seed {seed}: {report.checks}")  # noqa: T201


if __name__ == "__main__":
    main()
