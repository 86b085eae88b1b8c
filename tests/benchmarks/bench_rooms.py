"""Rooms over many seeds, ``python -m tests.benchmarks.bench_rooms [SEEDS]``: validity, what was placed, processor times."""

from __future__ import annotations

import sys
import time

import numpy as np

from core.environments.arrange import arrange
from core.environments.brief import KINDS, SIDES, RoomBrief
from core.environments.generate import generate
from core.environments.prompt import natural_area
from core.environments.rooms import plan_room
from core.environments.shop import Shop
from core.scene import Report

PEOPLE = {"office": (1, 12), "meeting_room": (4, 14), "classroom": (8, 30)}


def random_brief(kind: str, seed: int) -> RoomBrief:
    """A room somebody would ask for: 0.9 to 1.3 times the usual area for its people, up to 1.5 times as long as wide."""
    rng = np.random.default_rng(seed)
    low, high = PEOPLE[kind]
    people = int(rng.integers(low, high + 1))
    area = natural_area(kind, people) * rng.uniform(0.9, 1.3)
    width = float(np.clip(np.sqrt(area * rng.uniform(1.0, 1.5)), 2.0, 20.0))
    return RoomBrief(
        seed=seed, kind=kind, people=people, width=width, depth=float(np.clip(area / width, 2.0, 20.0)),
        door_side=str(rng.choice(SIDES)), windows=int(rng.integers(0, 6)), storage=int(rng.integers(0, 4)),
        plants=int(rng.integers(0, 4)), pictures=int(rng.integers(0, 4)), clutter=float(rng.random()),
        screen=kind == "meeting_room", sofa=bool(rng.random() < 0.2), pinboard=bool(rng.random() < 0.5),
    )  # fmt: skip


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
    for kind in KINDS:
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
            f"{kind:13s} valid {valid:.1%}  placed {placed:.1%}  walkable {walkable:.0%}  arrange ms median "
            f"{np.median(solving):.0f} p95 {np.percentile(solving, 95):.0f}  generate s median {np.median(whole):.2f} "
            f"max {max(whole):.2f}"
        )
        for seed, report in enumerate(reports):
            if not report.checks["valid"]:
                print(f"  seed {seed}: {report.checks}")  # noqa: T201


if __name__ == "__main__":
    main()
