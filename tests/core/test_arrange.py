"""The solver: nothing invalid is placed, what does not fit is named, and it is repeatable."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.arrange import arrange
from core.environments.brief import KINDS, RoomBrief
from core.environments.groups import knee_space, workplaces
from core.environments.rooms import Opening, Room, plan_room
from core.environments.shop import Shop
from core.environments.space import Space, WalkMap, flood, overlaps, turn_boxes
from tests.benchmarks.bench_rooms import random_brief


def room_with_door() -> Room:
    return Room(4.0, 4.0, 2.7, [Opening("door", "south", 0.0, 1.0, 0.0, 2.1)])


def solve(brief: RoomBrief):
    rng = np.random.default_rng(brief.seed)
    room = plan_room(brief, rng)
    return room, arrange(brief, room, Shop(brief), rng)


def test_flood_fills_what_is_joined_and_nothing_else() -> None:
    free = np.array([[1, 1, 0, 1], [0, 1, 0, 1], [1, 1, 0, 1], [1, 0, 0, 1]], bool)
    reached = flood(free, (0, 0))
    assert reached.sum() == 6 and not reached[:, 3].any()
    assert not flood(~free, (0, 0)).any()


def test_flood_agrees_with_a_plain_search() -> None:
    rng = np.random.default_rng(3)
    for _ in range(10):
        free = rng.random((23, 31)) < 0.62
        start = tuple(np.argwhere(free)[0])
        seen, stack = {start}, [start]
        while stack:
            y, x = stack.pop()
            for cell in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if 0 <= cell[0] < 23 and 0 <= cell[1] < 31 and free[cell] and cell not in seen:
                    seen.add(cell)
                    stack.append(cell)
        assert flood(free, start).sum() == len(seen)


def test_a_gap_narrower_than_a_person_is_no_way() -> None:
    room = room_with_door()
    goal = np.array([-0.2, 1.7, 0.0, 0.2, 1.9, 1.0])
    for gap, reachable in ((0.5, False), (0.75, True)):
        left = np.array([-2.0, 0.0, 0.0, -gap / 2, 0.2, 1.0])
        right = np.array([gap / 2, 0.0, 0.0, 2.0, 0.2, 1.0])
        assert WalkMap(room, np.array([left, right])).reaches(goal) is reachable


def test_what_is_overhead_or_flat_does_not_stand_in_the_way() -> None:
    room = room_with_door()
    everywhere = [-2.0, 0.0, 2.0, 2.0, 0.3, 2.4]
    flat = [-2.0, 0.5, 0.0, 2.0, 0.9, 0.02]
    assert WalkMap(room, np.array([everywhere, flat])).reaches(np.array([-0.2, 1.7, 0.0, 0.2, 1.9, 1.0]))


def test_the_door_keeps_its_way_free() -> None:
    space = Space(room_with_door())
    empty = np.empty((1, 0, 6))
    assert not space.fits(np.array([[[-0.3, -1.5, 0.0, 0.3, -1.1, 1.0]]]), empty, mounted=False)[0]
    assert space.fits(np.array([[[-0.3, -1.0, 0.0, 0.3, -0.6, 1.0]]]), empty, mounted=False)[0]


def test_turned_boxes_and_overlaps() -> None:
    box = np.array([[-1.0, -0.25, 0.0, 1.0, 0.25, 1.0]])
    turned = turn_boxes(box, np.array([[2.0, 3.0, np.pi / 2]]))
    assert turned[0, 0] == pytest.approx([1.75, 2.0, 0.0, 2.25, 4.0, 1.0])
    assert overlaps(turned, np.array([[2.2, 3.9, 0.5, 3.0, 5.0, 2.0], [2.25, 3.0, 0.0, 3.0, 4.0, 1.0]])).tolist() == [
        [[True, False]]
    ]


def test_knees_are_beside_the_drawers() -> None:
    desk = Shop(RoomBrief()).get("desk", width=1.6, drawers=True)
    assert knee_space(desk) < -0.1
    group = workplaces(Shop(RoomBrief()), np.random.default_rng(0), 1, 1.6, 0.8)
    assert abs(group.pieces[1].x - knee_space(group.pieces[0].prop)) < 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_most_wishes_are_placed(kind: str) -> None:
    results = [solve(random_brief(kind, seed))[1] for seed in range(4)]
    assert sum(r.placed for r in results) >= 0.92 * sum(r.asked for r in results)
    assert max(r.attempts for r in results) <= 4


def test_what_does_not_fit_is_named() -> None:
    _, result = solve(RoomBrief(width=3.0, depth=2.5, people=12, storage=6, sofa=True))
    text = " ".join(result.missing)
    assert "desks" in text and "sofa" in text
    assert result.placed < result.asked


def test_a_tiny_room_is_no_failure() -> None:
    _, result = solve(RoomBrief(width=2.0, depth=2.0, people=1))
    assert result.missing


def test_relations_are_data_and_words() -> None:
    _, result = solve(RoomBrief(seed=4))
    names = {placement.name for placement in result.placements}
    assert len(names) == len(result.placements)
    for placement in result.placements:
        assert placement.why
    chairs = [placement for placement in result.placements if placement.seat]
    assert all(chair.relations[0]["relation"] == "at" and chair.relations[0]["target"] in names for chair in chairs)


def test_chairs_look_at_their_desks() -> None:
    _, result = solve(RoomBrief(seed=2, people=6, width=8, depth=6))
    places = {placement.name: placement for placement in result.placements}
    for chair in (placement for placement in result.placements if placement.seat):
        desk = places[chair.relations[0]["target"]]
        toward = (desk.transform[:2, 3] - chair.transform[:2, 3]).astype(float)
        looking = -chair.transform[:2, 1]
        assert looking @ toward / np.linalg.norm(toward) > 0.6


def test_same_seed_same_room_other_seed_another() -> None:
    first, second, other = (solve(RoomBrief(seed=seed))[1] for seed in (1, 1, 2))
    assert [p.transform.tolist() for p in first.placements] == [p.transform.tolist() for p in second.placements]
    assert [p.transform.tolist() for p in first.placements] != [p.transform.tolist() for p in other.placements]
