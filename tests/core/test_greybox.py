"""A blocked-out room becomes a detailed one: classes, places, what stays, and what is said about bad input."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.greybox import shell
from core.environments.greybox.boxes import GreyBox, grey_box, tightest
from core.environments.greybox.brief import GreyboxBrief
from core.environments.greybox.classes import named
from core.environments.greybox.exemplars import memory, probabilities
from core.environments.greybox.features import COLUMNS
from core.environments.greybox.generate import generate, read_assets
from core.environments.greybox.shell import role_by_name
from core.environments.rooms import pose
from core.errors import WorldwrightError
from core.learning.greybox_rooms import box_mesh
from core.scene import Mesh, Scene

BEDROOM = {  # name: (x, y, width, depth, bottom, height, turn)
    "Cube": (0.0, 1.0, 1.6, 2.1, 0.0, 0.9, 0.05),
    "Cube.001": (-1.15, 1.75, 0.45, 0.4, 0.0, 0.5, 0.0),
    "Cube.002": (1.2, 1.75, 0.45, 0.42, 0.0, 0.55, -0.08),
    "Cube.003": (-2.0, -0.6, 0.62, 1.5, 0.0, 2.0, 0.0),
    "Cube.004": (1.95, -0.4, 0.5, 1.1, 0.0, 0.85, 0.06),
}
PLAIN = GreyboxBrief(shell=False, lights=False)


def cuboid(name: str, x: float, y: float, w: float, d: float, bottom: float, h: float, turn: float = 0.0) -> Mesh:
    half = np.array([w, d, h]) / 2
    return box_mesh(name, np.array([[*-half, *half]]), pose(x, y, bottom + h / 2, turn).astype(float))


def bedroom(floor: bool = True, walls: bool = True) -> list[Mesh]:
    meshes = [cuboid(name, *row) for name, row in BEDROOM.items()]
    if floor:
        meshes.append(cuboid("Plane", 0.0, 0.0, 4.6, 4.2, -0.1, 0.1))
    if walls:
        for number, row in enumerate(((0, 2.2, 5.0, 0.2), (0, -2.2, 2.0, 0.2), (-2.4, 0, 0.2, 4.2), (2.4, 0, 0.2, 4.2))):
            meshes.append(cuboid(f"Cube.1{number}", *row, 0.0, 2.6))
        meshes.append(cuboid("Cube.14", 2.2, -2.2, 0.6, 0.2, 0.0, 2.6))
    return meshes


@pytest.fixture(scope="module")
def scene() -> Scene:
    return generate(bedroom(), PLAIN)


def by_box(scene: Scene) -> dict[str, str]:
    return {n.properties["replaces"]: n.properties["prop"] for n in scene.nodes if "replaces" in n.properties}


def test_unnamed_boxes_become_a_bedroom(scene: Scene) -> None:
    read = by_box(scene)
    assert scene.provenance["room"] == "bedroom"
    assert read["Cube"] == "bed_double" and read["Cube.001"] == read["Cube.002"] == "nightstand"
    assert read["Cube.003"] == "wardrobe" and read["Cube.004"] == "dresser"
    assert not scene.provenance["left"]


def test_result_is_valid_and_near_the_boxes(scene: Scene) -> None:
    checks = scene.report.checks
    assert checks["overlaps"] == 0 and checks["outside"] == 0 and checks["floating"] == 0
    assert checks["doors_reached"] == checks["doors"] >= 1 and checks["mean_shift"] <= 0.25


def test_every_thing_says_why(scene: Scene) -> None:
    for node in scene.nodes:
        if "replaces" in node.properties:
            assert f"“{node.properties['replaces']}”" in node.properties["why"] and 0 < node.properties["confidence"] <= 1
    wardrobe = next(n for n in scene.nodes if n.properties.get("prop") == "wardrobe")
    assert {"relation": "against", "target": "Wall west"} in wardrobe.properties["relations"]


def test_props_fill_their_boxes(scene: Scene) -> None:
    bed = next(n for n in scene.nodes if n.properties.get("prop") == "bed_double")
    low, high = bed.mesh.bounds
    assert np.allclose(high - low, (1.6, 2.1, 0.9), atol=0.02)


def test_same_brief_same_place() -> None:
    first, second = (generate(bedroom(), PLAIN) for _ in range(2))
    assert [n.name for n in first.nodes] == [n.name for n in second.nodes]
    assert all(np.array_equal(a.transform, b.transform) for a, b in zip(first.nodes, second.nodes, strict=True))


def test_turned_and_moved_rooms_are_read_alike() -> None:
    matrix = pose(12.0, -7.0, 3.0, 0.7).astype(float)
    moved = bedroom()
    for mesh in moved:
        mesh.vertices = (mesh.vertices @ matrix[:3, :3].T + matrix[:3, 3]).astype(np.float32)
    result = generate(moved, PLAIN)
    assert by_box(result)["Cube.003"] == "wardrobe" and result.report.checks["overlaps"] == 0
    assert np.allclose(result.nodes[0].transform[:3, 3], (12.0, -7.0, 3.0), atol=0.3)


def test_walls_are_the_room_and_gaps_are_doors() -> None:
    result = generate(bedroom(), GreyboxBrief(lights=False))
    assert len(result.provenance["shell"]["wall"]) == 5 and result.provenance["shell"]["floor"] == ["Plane"]
    assert {"Wall north", "Floor", "Door"} <= {node.name for node in result.nodes}


def test_names_decide() -> None:
    meshes = bedroom()
    meshes[4].name = "grey_Bookshelf.002"
    assert by_box(generate(meshes, PLAIN))["grey_Bookshelf.002"] == "bookcase"
    assert named("Sofa big 01") == "sofa" and named("Cube.017") == "" and named("office_chair") == "chair"
    assert role_by_name("Wall_north.001") == "wall" and role_by_name("wall cabinet") == ""


def test_kept_objects_stay_and_are_in_the_way() -> None:
    result = generate(bedroom(), PLAIN, keep=["Cube"])
    assert "Cube" not in by_box(result) and result.provenance["kept"] == ["Cube"]
    for node in result.nodes:
        if "replaces" in node.properties:
            middle = node.transform[:2, 3]
            assert abs(middle[0]) > 0.7 or not -0.1 < middle[1] < 2.0, node.name


def test_own_assets_take_the_place_of_ours() -> None:
    own = cuboid("My wardrobe", 5.0, 5.0, 1.4, 0.6, 0.0, 2.1)
    nameless = cuboid("Thing", 0.0, 0.0, 1.0, 1.0, 0.0, 1.0)
    assets = read_assets([{"name": mesh.name, "mesh": mesh} for mesh in (own, nameless)])
    assert [asset.label for asset in assets] == ["wardrobe"]
    node = next(n for n in generate(bedroom(), PLAIN, assets=assets).nodes if n.properties.get("replaces") == "Cube.003")
    assert node.properties["asset"] == "My wardrobe" and len(node.mesh.vertices) == 8


def test_only_allowed_kinds() -> None:
    result = generate(bedroom(), GreyboxBrief(shell=False, lights=False, allowed="bed, cabinet"))
    assert {node.label for node in result.nodes if "replaces" in node.properties} <= {"bed", "cabinet"}
    with pytest.raises(WorldwrightError, match="“unicorn” is no kind of thing"):
        generate(bedroom(), GreyboxBrief(allowed="bed, unicorn"))


def test_no_floor_and_no_walls_are_assumed_and_said() -> None:
    result = generate(bedroom(floor=False, walls=False), PLAIN)
    text = " ".join(result.report.warnings)
    assert "There is no floor among the boxes" in text and "No door was found" in text
    assert result.report.checks["overlaps"] == 0 and by_box(result)["Cube"] == "bed_double"


def test_nested_and_overlapping_boxes() -> None:
    meshes = [*bedroom(), cuboid("Inner", 0.0, 1.0, 0.5, 0.5, 0.1, 0.3), cuboid("Twin", -1.9, -0.5, 0.6, 1.4, 0.0, 2.0)]
    result = generate(meshes, PLAIN)
    assert any("“Inner” lies inside “Cube”" in warning for warning in result.report.warnings)
    assert result.report.checks["overlaps"] == 0
    assert "Twin" in by_box(result) or "Twin" in result.provenance["left"]


def test_bad_selections_in_one_sentence() -> None:
    with pytest.raises(WorldwrightError, match="No mesh is selected"):
        generate([], PLAIN)
    with pytest.raises(WorldwrightError, match="None of the selected objects has a surface"):
        generate([Mesh("Empty", np.zeros((0, 3)), [], [])], PLAIN)
    with pytest.raises(WorldwrightError, match="a room has up to 200 m"):
        generate([cuboid("Huge", 0, 0, 400, 300, 0, 250)], PLAIN)


def test_tightest_rectangle() -> None:
    turn = 0.4
    corners = np.array([(-2, -1), (2, -1), (2, 1), (-2, 1)], float) @ np.array(
        [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
    )
    centre, size, yaw = tightest(np.concatenate([corners + (5, 3), [[5, 3]]]))
    assert np.allclose(centre, (5, 3), atol=1e-6) and np.allclose(size, (4, 2), atol=1e-6) and abs(yaw - turn) < 1e-5
    assert grey_box(cuboid("b", 1, 2, 0.5, 3.0, 0.2, 1.0)).size == pytest.approx((3.0, 0.5, 1.0), abs=1e-5)


def test_clutter_keeps_clear_of_blocked_out_things_and_names_stay_unique() -> None:
    lamp = cuboid("Cube.021", -1.15, 1.75, 0.26, 0.26, 0.5, 0.42)
    result = generate([*bedroom(), lamp], GreyboxBrief(dressed=True))
    names = [node.name for node in result.nodes]
    assert by_box(result)["Cube.021"] == "table_lamp" and len(names) == len(set(names))
    assert result.report.checks["overlaps"] == 0 and sum(n.properties.get("mount") == "surface" for n in result.nodes) > 1


def test_memory_is_sound() -> None:
    known = memory()
    assert known.features.shape[1] == COLUMNS and np.isfinite(known.features).all() and len(known.label) == len(known.kind)
    share, kind = probabilities(known.features[:40], "")
    assert np.allclose(share.sum(1), 1) and (share.argmax(1) == known.label[:40]).mean() > 0.9
    assert kind


def test_small_flat_boxes_before_a_wall_are_no_windows() -> None:
    wall = GreyBox("Cube", np.array([0.0, 2.0, 1.3]), np.array([4.0, 0.1, 2.6]), 0.0)
    picture = GreyBox("Cube.001", np.array([0.5, 1.97, 1.5]), np.array([0.9, 0.06, 0.72]), 0.0)
    window = GreyBox("Cube.002", np.array([-0.8, 2.01, 1.5]), np.array([1.4, 0.06, 1.2]), 0.0)
    boxes = [wall, picture, window]
    assert [shell._role(box, boxes) for box in boxes[1:]] == ["", "window"]
