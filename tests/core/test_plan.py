"""Plans from pictures: what was drawn is read, and what is no plan is refused."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.home.plan import plan_from_dict
from core.environments.plan.read import read_plan
from core.errors import WorldwrightError
from tests.benchmarks import plan_fresh
from tests.benchmarks.bench_plans import measure
from tests.benchmarks.plan_drawings import draw


@pytest.mark.parametrize("style", ["solid", "hatched", "turned"])
def test_a_drawn_plan_is_read(style: str) -> None:
    found = measure(draw(style, 0))
    assert found["rooms"] and found["iou"] > 0.75 and found["scale"] < 0.08, found
    assert found["door"][0] == found["door"][1] == found["door"][2]  # none missed, none too many
    assert found["window"][0] == found["window"][1] == found["window"][2]


def test_thin_inner_walls_beside_thick_outer_ones_are_walls() -> None:
    found = measure(plan_fresh.draw("scan", 0))
    assert found["rooms"] and found["door"][0] == found["door"][2], found


def test_names_and_dimension_lines_are_read() -> None:
    drawing = plan_fresh.draw("scan", 0)
    values = read_plan(drawing.picture)
    assert values["scale"] == pytest.approx(drawing.scale, rel=0.015) and "dimension" in values["scale_from"]
    assert {room["name"] for room in values["rooms"]} >= {"Kitchen", "Bath", "Hall", "Bedroom"}
    kinds = {room["name"]: room["kind"] for room in values["rooms"]}
    assert kinds["Kitchen"] == "kitchen" and kinds["Bath"] == "bathroom" and kinds["Hall"] == "hall"


def test_a_door_without_leaf_beside_print_is_a_passage() -> None:
    drawing = draw("furnished", 0)
    plan = plan_from_dict(read_plan(drawing.picture))
    drawn = [gap.kind for gap in drawing.plan.gaps]
    assert [gap.kind for gap in plan.gaps].count("passage") == drawn.count("passage") > 0


def test_a_plan_with_a_gap_in_a_wall_keeps_the_rooms_that_are_closed() -> None:
    drawing = draw("solid", 1)
    wall = max(drawing.plan.walls, key=lambda wall: wall.length * (min(wall.left, wall.right) < 0))
    x, y, w = drawing.to_picture @ np.array([*(wall.start + 0.35 * wall.along), 1.0])
    picture = drawing.picture.copy()
    picture[int(y / w) - 14 : int(y / w) + 14, int(x / w) - 14 : int(x / w) + 14] = 255
    values = read_plan(picture)
    assert 1 <= len(values["rooms"]) <= len(drawing.plan.rooms) and values["notes"]


def test_the_users_scale_is_kept() -> None:
    drawing = draw("solid", 0)
    values = read_plan(drawing.picture, drawing.scale)
    assert values["scale"] == pytest.approx(drawing.scale)
    drawn = sum(room.area for room in drawing.plan.rooms)
    assert sum(room.area for room in plan_from_dict(values).rooms) == pytest.approx(drawn, rel=0.05)


def test_a_large_scan_is_read_too() -> None:
    drawing = draw("solid", 0)
    large = np.repeat(np.repeat(drawing.picture, 6, axis=0), 6, axis=1)
    values = read_plan(large)
    assert len(values["rooms"]) == len(drawing.plan.rooms)
    assert values["scale"] == pytest.approx(drawing.scale / 6, rel=0.08)


@pytest.mark.parametrize("kind", ["noise", "white", "black", "gradient", "tiny"])
def test_what_is_no_plan_is_one_sentence(kind: str) -> None:
    pictures = {
        "noise": np.random.default_rng(0).integers(0, 255, (400, 500, 3)).astype(np.uint8),
        "white": np.full((400, 500, 3), 255, np.uint8),
        "black": np.zeros((400, 500, 3), np.uint8),
        "gradient": np.repeat(np.tile(np.linspace(0, 255, 500), (400, 1)).astype(np.uint8)[..., None], 3, axis=2),
        "tiny": np.zeros((20, 20, 3), np.uint8),
    }
    with pytest.raises(WorldwrightError) as caught:
        read_plan(pictures[kind])
    assert caught.value.sentence.endswith(".") and caught.value.cure
