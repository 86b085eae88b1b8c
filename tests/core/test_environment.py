"""Whole rooms: valid by measures taken from the finished scene, quick, shared and repeatable; and the measures see errors."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from core import codec
from core.environments.brief import KINDS, RoomBrief
from core.environments.checks import check_room, piece_boxes, world_matrices
from core.environments.generate import generate
from core.environments.rooms import plan_room, pose
from core.errors import WorldwrightError
from core.scene import Scene
from tests.benchmarks.bench_rooms import random_brief


@pytest.fixture(scope="module")
def office() -> Scene:
    return generate(RoomBrief(seed=3, people=4, width=6.5, depth=5.0))


def recheck(scene: Scene) -> dict:
    brief = RoomBrief.from_dict(scene.provenance["brief"])
    return check_room(scene, plan_room(brief, np.random.default_rng(brief.seed)))


@pytest.mark.parametrize("kind", KINDS)
def test_rooms_of_every_kind_are_valid(kind: str) -> None:
    for seed in range(3):
        report = generate(random_brief(kind, seed)).report
        assert report.checks["valid"], (seed, report.checks)


def test_an_office_has_ten_kinds_of_props_and_its_people(office: Scene) -> None:
    labels = {node.label for node in office.nodes if "why" in node.properties}
    assert len(labels) >= 10
    assert office.report.checks["seats"] == office.report.checks["seats_reached"] >= 4
    assert sum(node.name.startswith("Desk ") and node.parent == "Office" for node in office.nodes) == 4
    assert office.report.checks["walkable_share"] > 0.25
    assert office.report.warnings == []


def test_a_room_takes_less_than_two_seconds() -> None:
    generate(RoomBrief())
    started = time.process_time()  # not disturbed by what else the machine does
    generate(RoomBrief(seed=8, people=8, width=9, depth=6))
    assert time.process_time() - started < 2.0


def test_equal_props_share_their_mesh(office: Scene) -> None:
    chairs = [node for node in office.nodes if node.label == "office chair"]
    assert len(chairs) == 4 and len({id(chair.mesh) for chair in chairs}) == 1


def test_names_are_unique_and_parents_exist(office: Scene) -> None:
    names = Counter(node.name for node in office.nodes)
    assert max(names.values()) == 1
    assert all(node.parent in names for node in office.nodes if node.parent)


def test_same_brief_same_bytes(tmp_path) -> None:
    paths = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for path in paths:
        scene = generate(RoomBrief(seed=11))
        scene.report.seconds = {}
        codec.save(path, scene)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_scene_survives_the_codec(office: Scene, tmp_path) -> None:
    codec.save(tmp_path / "room.npz", office)
    again = codec.load(tmp_path / "room.npz")
    assert [node.name for node in again.nodes] == [node.name for node in office.nodes]
    assert recheck(again) == office.report.checks


def test_the_camera_is_inside_and_sees_the_room(office: Scene) -> None:
    camera = next(node for node in office.nodes if node.camera)
    x, y, z = camera.transform[:3, 3]
    assert abs(x) < 3.25 and abs(y) < 2.5 and 1.5 <= z <= 1.7
    assert camera.transform[:3, 2] @ camera.transform[:3, 3] > 0  # it looks along -Z, to the middle
    assert 18 <= camera.camera.lens <= 22


def test_lights_hang_and_the_ceiling_can_be_hidden(office: Scene) -> None:
    assert any(node.light and node.light.kind == "area" for node in office.nodes)
    assert any(node.light and node.light.kind == "sun" for node in office.nodes)
    hidden = [node for node in office.nodes if node.role == "ceiling"]
    assert {"Ceiling", "Ceiling light 1"} <= {node.name for node in hidden}


def test_colliders_only_when_asked(office: Scene) -> None:
    assert not any(node.role == "collider" for node in office.nodes)
    solid = generate(RoomBrief(seed=3, colliders=True))
    names = {node.parent for node in solid.nodes if node.role == "collider"}
    assert {"Floor", "Wall north", "Desk 1", "Chair 1"} <= names
    assert solid.report.checks["valid"]


def _shifted(scene: Scene, name: str, offset: tuple[float, float, float]) -> dict:
    node = scene.node(name)
    before = node.transform.copy()
    node.transform = (pose(*offset) @ node.transform).astype(np.float32)
    values = recheck(scene)
    node.transform = before
    return values


def test_checks_see_a_chair_in_a_desk(office: Scene) -> None:
    world = world_matrices(office)
    chair, desk = world["Chair 1"][:3, 3], world["Desk 1"][:3, 3]
    values = _shifted(office, "Chair 1", tuple(0.8 * (desk - chair)))
    assert values["overlaps"] >= 1 and values["deepest_overlap"] > 0.05 and not values["valid"]


def test_checks_see_floating_sunk_and_outside(office: Scene) -> None:
    assert _shifted(office, "Plant 1", (0.0, 0.0, 0.05))["floating"] == 1
    assert _shifted(office, "Monitor 1", (0.0, 0.0, 0.03))["floating"] == 1
    sunk = _shifted(office, "Plant 1", (0.0, 0.0, -0.05))
    assert sunk["floating"] == 1 and sunk["outside"] == 1
    assert _shifted(office, "Plant 1", (9.0, 0.0, 0.0))["outside"] == 1


def test_checks_see_a_blocked_door(office: Scene) -> None:
    room = plan_room(RoomBrief.from_dict(office.provenance["brief"]), np.random.default_rng(3))
    door = (room.frame("south") @ (room.door.centre, -0.3, 0.0, 1.0))[:3]
    shelf = world_matrices(office)["Shelf 1"][:3, 3]
    values = _shifted(office, "Shelf 1", (door[0] - shelf[0], door[1] - shelf[1], 0.0))
    assert values["door_opens_degrees"] < 90 and values["seats_reached"] < values["seats"] and not values["valid"]


def test_checks_see_a_hidden_window(office: Scene) -> None:
    room = plan_room(RoomBrief.from_dict(office.provenance["brief"]), np.random.default_rng(3))
    window = room.windows[0]
    front = (room.frame(window.side) @ (window.centre, -0.2, 0.0, 1.0))[:3]
    shelf = world_matrices(office)["Shelf 1"][:3, 3]
    values = _shifted(office, "Shelf 1", (front[0] - shelf[0], front[1] - shelf[1], 0.0))
    assert values["window_hidden_share"] > office.report.checks["window_hidden_share"]


def test_pieces_of_a_mesh(office: Scene) -> None:
    low, high = piece_boxes(office.node("Desk 1").mesh)
    assert len(low) > 4 and (high >= low).all()
    whole = office.node("Desk 1").mesh.bounds
    assert low.min(0) == pytest.approx(whole[0]) and high.max(0) == pytest.approx(whole[1])


def test_a_brief_out_of_range_is_an_error() -> None:
    with pytest.raises(WorldwrightError, match="width"):
        generate(RoomBrief(width=0.5))


@pytest.mark.parametrize(
    "brief", [RoomBrief(width=2.0, depth=2.0, height=2.3), RoomBrief(people=0, windows=0, storage=0, plants=0)]
)
def test_extreme_briefs_still_give_a_room(brief: RoomBrief) -> None:
    scene = generate(brief)
    assert scene.report.checks["valid"], scene.report.checks


@pytest.mark.parametrize("seed", range(3))
def test_a_lecture_hall_looks_at_its_speaker(seed: int) -> None:
    scene = generate(RoomBrief.from_dict({"kind": "lecture_hall", "people": 24, "seed": seed}))
    matrices = world_matrices(scene)
    props = {node.properties["prop"]: matrices[node.name] for node in scene.nodes if "prop" in node.properties}
    rows = [matrices[node.name] for node in scene.nodes if node.properties.get("prop") == "lecture_bench"]
    assert len(rows) > 3
    for row in rows:  # whoever sits there looks along -Y, and so does the speaker behind the lectern
        assert -row[:3, 1] @ (props["display"][:3, 3] - row[:3, 3]) > 0
        assert -props["lectern"][:3, 1] @ (row[:3, 3] - props["lectern"][:3, 3]) > 0
    assert scene.report.checks["screen_seen_share"] > 0.5


@pytest.mark.parametrize("seed", range(4))
def test_no_table_stands_between_sofa_and_television(seed: int) -> None:
    scene = generate(RoomBrief.from_dict({"kind": "living_room", "seed": seed, "clutter": 0.0}))
    matrices = world_matrices(scene)
    places = {node.properties["prop"]: matrices[node.name][:2, 3] for node in scene.nodes if "prop" in node.properties}
    if {"sofa", "tv_stand", "dining_table"} <= set(places):
        along = places["tv_stand"] - places["sofa"]
        share = np.clip((places["dining_table"] - places["sofa"]) @ along / (along @ along), 0, 1)
        assert np.linalg.norm(places["dining_table"] - places["sofa"] - share * along) > 0.7
