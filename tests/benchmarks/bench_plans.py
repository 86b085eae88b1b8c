"""Reading fifty drawn plans and twenty in other hands, ``python -m tests.benchmarks.bench_plans [STYLE ... | fresh]``: rooms,
walls, doors, windows, scale, room names, time."""

from __future__ import annotations

import sys
import time

import numpy as np

from core.environments.home.plan import FloorPlan, contains, plan_from_dict
from core.environments.plan.read import read_plan
from core.environments.rooms import DOOR, WINDOW
from core.errors import WorldwrightError
from tests.benchmarks import plan_fresh
from tests.benchmarks.plan_drawings import STYLES, Drawing, draw, mask_of, wall_mask


def matched(found: FloorPlan, own: np.ndarray, drawing: Drawing, kind: str) -> tuple[int, int, int]:
    """True, found and drawn openings of a kind; true ones lie within 0.3 m of a drawn one."""

    def spots(plan: FloorPlan, matrix: np.ndarray) -> np.ndarray:
        points = np.array([(gap.x, gap.y, 1.0) for gap in plan.gaps if gap.kind == kind]).reshape(-1, 3) @ matrix.T
        return points[:, :2] / points[:, 2:]

    here, there = spots(found, own), spots(drawing.plan, drawing.to_picture)
    left, true = list(range(len(there))), 0
    for point in here:
        near = [k for k in left if np.linalg.norm(there[k] - point) < 0.3 / drawing.scale]
        if near:
            left.remove(near[0])
            true += 1
    return true, len(here), len(there)


def measure(drawing: Drawing) -> dict:
    """The numbers of one drawing."""
    started = time.process_time()
    try:
        values = read_plan(drawing.picture)
    except WorldwrightError as error:
        drawn = [sum(gap.kind == kind for gap in drawing.plan.gaps) for kind in (DOOR, WINDOW)]
        return {"rooms": False, "iou": 0.0, "door": (0, 0, drawn[0]), "window": (0, 0, drawn[1]), "scale": 1.0,
                "names": (0, len(drawing.plan.rooms)), "printed": False, "seconds": time.process_time() - started,
                "note": str(error)}  # fmt: skip
    seconds = time.process_time() - started
    plan, own = plan_from_dict(values), np.array(values["to_picture"])
    truth, read = wall_mask(drawing), mask_of(plan, own, drawing.picture.shape[:2])
    return {
        "rooms": len(plan.rooms) == len(drawing.plan.rooms), "iou": float((truth & read).sum() / max((truth | read).sum(), 1)),
        "door": matched(plan, own, drawing, DOOR), "window": matched(plan, own, drawing, WINDOW),
        "scale": abs(values["scale"] / drawing.scale - 1.0), "seconds": seconds,
        "names": named(plan, own, drawing), "printed": "dimension" in values["scale_from"],
        "note": f"{values['style']} {len(plan.rooms)}/{len(drawing.plan.rooms)}",
    }  # fmt: skip


def named(found: FloorPlan, own: np.ndarray, drawing: Drawing) -> tuple[int, int]:
    """How many drawn rooms were given the right kind, of how many."""
    back = np.linalg.inv(drawing.to_picture) @ own
    right = 0
    for room in drawing.plan.rooms:
        for other in found.rooms:
            spot = back @ np.array([*other.corners.mean(0), 1.0])
            if contains(room.corners, spot[:2] / spot[2]):
                right += other.kind == room.kind
                break
    return right, len(drawing.plan.rooms)


def main() -> None:
    rows: list[dict] = []
    wanted = sys.argv[1:] or [*STYLES, "fresh"]
    for style in wanted:
        if style != "fresh":
            own = [measure(draw(style, seed)) for seed in range(5)]
            rows += own
            _print(style, own)
    if rows:
        _print("all", rows)
    if "fresh" in wanted:
        own = [measure(drawing) for drawing in plan_fresh.drawings()]
        _print("fresh", own)


def _print(name: str, rows: list[dict]) -> None:
    door, window, names = (np.array([row[kind] for row in rows]).sum(0) for kind in ("door", "window", "names"))
    print(  # noqa: T201
        f"{name:10s} rooms {np.mean([row['rooms'] for row in rows]):4.0%}  IoU {np.mean([row['iou'] for row in rows]):.3f}  "
        f"doors P {door[0] / max(door[1], 1):.3f} R {door[0] / max(door[2], 1):.3f}  windows P {window[0] / max(window[1], 1):.3f} "
        f"R {window[0] / max(window[2], 1):.3f}  scale {np.mean([row['scale'] for row in rows]):.1%}  "
        f"kinds {names[0] / max(names[1], 1):.0%}  printed scale {np.mean([row['printed'] for row in rows]):.0%}  "
        f"s {np.median([row['seconds'] for row in rows]):.2f} max {max(row['seconds'] for row in rows):.2f}  "
        + (", ".join(row["note"] for row in rows) if name != "all" else ""), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
