"""Speed of crowds, creatures and robots, and the budgets of their levels: ``python -m tests.benchmarks.bench_crowd [people]``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from core.characters.crowd import CrowdBrief
from core.characters.crowd import generate as crowd
from core.creatures.brief import KINDS, CreatureBrief
from core.creatures.generate import generate as creature
from core.robots.brief import KITS, RobotBrief
from core.robots.generate import generate as robot
from core.scene import Scene


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    print(f"{'what':24} {'cpu s':>7} {'wall s':>7}  triangles")  # noqa: T201
    scene = _timed(f"crowd of {people}", lambda: crowd(CrowdBrief(count=people, low_budget=True)))
    for trait, found in scene.report.checks.items():
        print(f"    {trait}: {found}")  # noqa: T201
    for kind in KINDS:
        _timed(kind, lambda kind=kind: creature(CreatureBrief(kind=kind, lods=True)))
    for kit in KITS:
        _timed(f"{kit} robot", lambda kit=kit: robot(RobotBrief(kit=kit, lods=True)))


def _timed(name: str, make: Callable[[], Scene]) -> Scene:
    processor, wall = time.process_time(), time.perf_counter()
    scene = make()
    counts = [str(value) for key, value in scene.report.counts.items() if key.startswith("triangles")]
    print(f"{name:24} {time.process_time() - processor:7.1f} {time.perf_counter() - wall:7.1f}  {' / '.join(counts)}", flush=True)  # noqa: T201
    return scene


if __name__ == "__main__":
    main()
