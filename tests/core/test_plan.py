"""Plans from pictures: what was drawn is read, and what is no plan is refused."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.home.plan import plan_from_dict
from core.environments.plan.read import read_plan
from core.errors import WorldwrightError
from tests.benchmarks.bench_plans import measure
from tests.benchmarks.plan_drawings import draw


@pytest.mark.parametrize("style", ["solid", "hatched", "turned"])
def test_a_drawn_plan_is_read(style: str) -> None:
    found = measure(draw(style, 0))
    assert found["rooms"] and found["iou"] > 0.75 and found["scale"] < 0.08, found
    true, _, drawn = found["door"]
    assert true == drawn


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
