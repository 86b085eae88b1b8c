"""Homes: plans whose rooms are joined, closed walls, and every room valid."""

from __future__ import annotations

import numpy as np
import pytest
import trimesh

from core import codec
from core.environments.home.brief import HomeBrief
from core.environments.home.generate import generate
from core.environments.home.plan import Gap, Label, make_plan, plan_from_dict, plan_to_dict
from core.environments.home.prompt import read_prompt
from core.environments.home.shell import local_room, prism, triangulate
from core.environments.home.subdivide import subdivide
from core.errors import WorldwrightError
from core.scene import Scene

SQUARE = np.array([[0, 0, 6, 0], [6, 0, 6, 4], [6, 4, 0, 4], [0, 4, 0, 0], [3, 0, 3, 4]], float)
THICK = np.array([0.3, 0.3, 0.3, 0.3, 0.1])


@pytest.fixture(scope="module")
def home() -> Scene:
    return generate(HomeBrief(bedrooms=1, area=52.0, people=2, seed=1))


def test_walls_that_cross_make_rooms_with_their_inner_faces() -> None:
    plan = make_plan(SQUARE, THICK, [Gap("door", 3.0, 2.0, 0.9), Gap("window", 1.5, 0.0, 1.2, 0.9, 2.2)], [Label(1, 2, "kitchen")])
    areas = sorted(round(room.area, 3) for room in plan.rooms)
    assert areas == [pytest.approx(2.8 * 3.7), pytest.approx(2.8 * 3.7)]
    assert [gap.kind for gap in plan.gaps] == ["door", "window"]
    assert "kitchen" in {room.kind for room in plan.rooms} and len(plan.walls) == 7


def test_angled_walls_meet_in_one_point() -> None:
    corners = [(0, 0), (5, 0), (5, 3), (3.5, 4.5), (0, 4.5)]
    segments = np.array([[*a, *b] for a, b in zip(corners, corners[1:] + corners[:1], strict=True)], float)
    plan = make_plan(segments, np.full(5, 0.2), [Gap("door", 2.5, 0.0, 0.9)], [])
    assert len(plan.rooms[0].corners) == 5
    room, frame = local_room(plan, 0)
    assert not room.rectangle and len(room.sides) == 4 and room.area == pytest.approx(plan.rooms[0].area)
    assert len(room.doors) == 1 and np.isfinite(frame).all()


def test_loose_ends_are_left_out_and_said() -> None:
    plan = make_plan(np.vstack([SQUARE, [[1, 2, 2, 2]]]), np.append(THICK, 0.1), [], [])
    assert len(plan.rooms) == 2 and "left out" in plan.notes[0]


def test_walls_with_gaps_are_one_sentence() -> None:
    with pytest.raises(WorldwrightError, match="enclose no room"):
        make_plan(SQUARE[:3], THICK[:3], [], [])


def test_a_plan_survives_json() -> None:
    plan = subdivide(HomeBrief(bedrooms=2), np.random.default_rng(2))
    again = plan_from_dict(plan_to_dict(plan))
    assert [(room.kind, room.name) for room in again.rooms] == [(room.kind, room.name) for room in plan.rooms]
    assert [gap.kind for gap in again.gaps] == [gap.kind for gap in plan.gaps]
    with pytest.raises(WorldwrightError, match="not a floor plan"):
        plan_from_dict({"walls": []})


@pytest.mark.parametrize("bedrooms", range(5))
def test_every_room_has_a_door_and_those_to_live_in_a_window(bedrooms: int) -> None:
    for seed in range(4):
        plan = subdivide(HomeBrief(bedrooms=bedrooms, area=34.0 + 22 * bedrooms), np.random.default_rng(seed))
        assert len(plan.rooms) == (4 if bedrooms == 0 else 4 + bedrooms)
        for k, room in enumerate(plan.rooms):
            kinds = [gap.kind for gap in plan.gaps if k in (plan.walls[gap.wall].left, plan.walls[gap.wall].right)]
            assert "door" in kinds, room.name
            assert room.kind in ("hall", "bathroom", "kitchen") or "window" in kinds, room.name


def test_a_prism_of_a_bent_outline_is_closed() -> None:
    outline = np.array([(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)], float)
    shape = prism(outline, 0.0, 2.0)
    assert shape.volume == pytest.approx(6.0 * 2.0) and len(triangulate(outline)) == 4


def test_a_home_is_valid_and_its_walls_are_closed(home: Scene) -> None:
    checks = home.report.checks
    assert checks["valid"] and checks["rooms_reached"] == checks["rooms"] == 5
    assert checks["overlaps"] == checks["outside"] == checks["floating"] == 0
    for node in home.nodes:
        if (
            node.role in ("wall", "floor", "ceiling")
            and node.name.split()[0] in ("Wall", "Kitchen", "Hall")
            and "why" not in node.properties
        ):
            triangles, _ = node.mesh.triangles()
            solid = trimesh.Trimesh(node.mesh.vertices, node.mesh.corners[triangles], process=False)
            assert solid.is_watertight and solid.volume > 0, node.name


def test_names_are_unique_and_furniture_belongs_to_its_room(home: Scene) -> None:
    names = [node.name for node in home.nodes]
    assert len(set(names)) == len(names)
    assert all(node.parent in names for node in home.nodes if node.parent)
    bed = next(node for node in home.nodes if node.label == "bed")
    assert bed.parent == "Bedroom" and sum(node.camera is not None for node in home.nodes) == 1


def test_same_brief_same_bytes(home: Scene, tmp_path) -> None:
    again = generate(HomeBrief(bedrooms=1, area=52.0, people=2, seed=1))
    for scene, name in ((home, "a"), (again, "b")):
        seconds, scene.report.seconds = scene.report.seconds, {}
        codec.save(tmp_path / f"{name}.npz", scene)
        scene.report.seconds = seconds
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize(
    ("prompt", "bedrooms", "area"),
    [
        ("a two-bedroom flat, 70 m²", 2, 70.0),
        ("studio, 30 m²", 0, 30.0),
        ("a 3 bed house of 1200 sq ft", 3, 111.5),
        ("a home for four", 2, 70.0),
    ],
)
def test_prompts(prompt: str, bedrooms: int, area: float) -> None:
    brief, _ = read_prompt(prompt)
    assert (brief.bedrooms, brief.area) == (bedrooms, pytest.approx(area, abs=0.1))


@pytest.mark.parametrize("prompt", ["", "une maison", "a spaceship", "x" * 2001])
def test_unreadable_prompts_are_one_sentence_with_a_cure(prompt: str) -> None:
    with pytest.raises(WorldwrightError) as caught:
        read_prompt(prompt)
    assert caught.value.sentence.endswith(".") and caught.value.cure


def test_impossible_wishes_are_limited_and_said() -> None:
    brief, notes = read_prompt("a 7 bedroom house of 10000 m²")
    assert brief.bedrooms == 4 and brief.area == 260.0 and len(notes) >= 2


def test_a_studio_from_words_is_valid_and_has_its_bathroom() -> None:
    scene = generate(read_prompt("a studio, 32 m²", 0)[0])
    assert scene.report.checks["valid"], scene.report.warnings
    labels = {node.label for node in scene.nodes}
    assert {"bed", "toilet", "shower"} <= labels, scene.report.warnings


@pytest.mark.parametrize(("bedrooms", "area"), [(0, 32.0), (1, 52.0), (2, 70.0)])
def test_floor_goes_to_rooms_before_halls(bedrooms: int, area: float) -> None:
    for seed in range(3):
        rooms = subdivide(HomeBrief(bedrooms=bedrooms, area=area), np.random.default_rng(seed)).rooms
        assert next(room.area for room in rooms if room.kind == "hall") < 0.2 * area
        assert min(room.area for room in rooms if room.kind == "bedroom") > 9.0
        assert min(room.area for room in rooms if room.kind == "bathroom") > 3.9


def test_a_home_for_a_game_has_colliders_and_a_floor_to_walk_through_all_rooms() -> None:
    brief = HomeBrief(bedrooms=0, area=32.0, people=1, colliders=True, plants=0, clutter=0.0)
    scene = generate(brief)
    names = {node.name for node in scene.nodes}
    colliders = [node for node in scene.nodes if node.role == "collider"]
    walls = [node for node in scene.nodes if node.role == "wall" and node.name.startswith("Wall ") and node.mesh is not None]
    assert {node.name for node in walls} <= {node.parent for node in colliders}
    assert all(node.parent in names for node in colliders)
    assert all(f"{room} floor collider" in names for room in ("Hall", "Studio", "Kitchen", "Bathroom"))
    (floor,) = (node for node in scene.nodes if node.role == "navmesh")
    mesh = trimesh.Trimesh(floor.mesh.vertices, floor.mesh.corners.reshape(-1, 4)[:, [0, 1, 2]], process=False)
    assert (mesh.face_normals[:, 2] > 0.99).all()
    for room in subdivide(brief, np.random.default_rng(brief.seed)).rooms:
        low, high = room.corners.min(0), room.corners.max(0)
        within = ((floor.mesh.vertices[:, :2] > low) & (floor.mesh.vertices[:, :2] < high)).all(1)
        assert within.sum() > 8, room.name


@pytest.mark.parametrize("seed", [5, 8])
def test_no_door_catches_on_a_rug(seed: int) -> None:
    checks = generate(read_prompt("a studio, 32 m²", seed)[0]).report.checks
    assert checks["door_opens_degrees"] == 90 and checks["valid"]
