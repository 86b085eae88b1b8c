"""Furnishing rooms that exist: words and relations, what is lacking, clutter, re-arranging, what stays, checks, walks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import cli, codec
from core.environments.brief import RoomBrief
from core.environments.checks import world_matrices
from core.environments.furnish.brief import FurnishBrief
from core.environments.furnish.found import KEEP, find_room, kept_in
from core.environments.furnish.furnish import furnish
from core.environments.furnish.language import read_wishes
from core.environments.furnish.merge import merged
from core.environments.furnish.surfaces import tops
from core.environments.generate import generate
from core.environments.props import PROPS
from core.environments.stage import StageBrief, build
from core.environments.walk import walk_through
from core.errors import WorldwrightError
from core.geometry.blocks import box
from core.geometry.shape import Finish, Part, assemble
from core.scene import Material, Node, Scene

GREY = Finish(Material("Grey"))


def block(name: str, low: tuple, high: tuple) -> Node:
    return Node(name, mesh=assemble(name, [Part("box", box(low, high, 0.0), GREY)]))


def own_room(*things: Node) -> Scene:
    """A room of plain boxes, six by five metres, with a gap for a door in the south."""
    walls = [
        block("Floor", (0, 0, -0.1), (6, 5, 0)), block("Wall west", (-0.2, 0, 0), (0, 5, 2.6)),
        block("Wall east", (6, 0, 0), (6.2, 5, 2.6)),
        block("Wall north", (-0.2, 5, 0), (6.2, 5.2, 2.6)), block("Wall a", (-0.2, -0.2, 0), (4, 0, 2.6)),
        block("Wall b", (5, -0.2, 0), (6.2, 0, 2.6)),
    ]  # fmt: skip
    return Scene("Mine", [*walls, *things])


@pytest.fixture(scope="module")
def office() -> Scene:
    return generate(RoomBrief.from_dict({"kind": "office", "people": 3, "storage": 2, "seed": 2, "width": 6.5, "depth": 5.0}))


@pytest.fixture(scope="module")
def living_room() -> Scene:
    return generate(RoomBrief.from_dict({"kind": "living_room", "seed": 1, "width": 7.5, "depth": 6.0, "plants": 0, "storage": 1}))


def node_like(result: Scene, start: str) -> Node:
    return next(node for node in result.nodes if node.name.startswith(start))


@pytest.mark.parametrize(
    ("text", "count", "prop", "relation"),
    [
        ("two shelves against the north wall", 2, "bookcase", "against"),
        ("a plant near the sofa", 1, "plant", "near"),
        ("an armchair facing the window", 1, "armchair", "facing"),
        ("three chairs around the table", 3, "dining_chair", "around"),
        ("please put a plant in the corner", 1, "plant", "in the corner"),
        ("a mug on the coffee table", 1, "mug", "on"),
        ("a rug under the coffee table", 1, "rug", "under"),
        ("twelve chairs in rows", 12, "dining_chair", "in rows"),
        ("a floor lamp", 1, "floor_lamp", ""),
        ("two tall bookshelves along the left wall", 2, "bookcase", "against"),
        ("three benches", 3, "bench", ""),
        ("a coffee table", 1, "coffee_table", ""),
    ],
)
def test_words_become_requests(living_room: Scene, text: str, count: int, prop: str, relation: str) -> None:
    requests, _ = read_wishes(text, find_room(living_room))
    assert [(r.count, r.prop, r.relation) for r in requests] == [(count, prop, relation)]


def test_several_wishes_in_one_sentence(living_room: Scene) -> None:
    requests, notes = read_wishes("add two shelves, a plant near the sofa and a unicorn", find_room(living_room))
    assert [request.prop for request in requests] == ["bookcase", "plant"]
    assert notes == ["Not understood and left out: “a unicorn”."]


def test_chinese_wishes_are_read_and_told() -> None:
    room = own_room(block("Dining table", (2.2, 2.0, 0), (3.8, 2.9, 0.74)))
    result = furnish(room, FurnishBrief(wish="在角落里放一盆植物，靠北墙放两个书架", dressed=False))
    assert sorted(node.properties["prop"] for node in result.nodes) == ["bookcase", "bookcase", "plant"]
    assert any(warning.startswith("The prompt is in Chinese; it was read word by word as: “") for warning in result.report.warnings)


@pytest.mark.parametrize("text", ["在月球上放一只独角兽", "stell einen Zauberwürfel irgendwohin", "!!!"])
def test_other_languages_are_told_in_one_sentence(office: Scene, text: str) -> None:
    with pytest.raises(WorldwrightError, match="names nothing that can stand in a room, in English"):
        furnish(office, FurnishBrief(wish=text))


def test_relations_hold_where_things_end_up(living_room: Scene) -> None:
    found = find_room(living_room)
    wish = "a bookcase against the north wall, a plant in the corner, a floor lamp near the sofa"
    result = furnish(living_room, FurnishBrief(wish=wish, dressed=False, seed=4))
    shelf, plant, lamp = (node_like(result, name).transform[:3, 3] for name in ("Shelf", "Plant", "Floor lamp"))
    assert found.room.depth / 2 - shelf[1] < 0.3
    assert (np.abs(np.abs(plant[:2]) - (found.room.width / 2, found.room.depth / 2)) < 0.5).all()
    sofa = next(thing for thing in found.things if thing.kind == "sofa")
    gap = np.maximum(np.maximum(sofa.bounds[:2] - lamp[:2], lamp[:2] - sofa.bounds[3:5]), 0.0)
    assert np.linalg.norm(gap) < 1.2
    assert node_like(result, "Shelf").properties["why"] == "shelf against the north wall, as you asked"
    assert result.report.checks["valid"]


def test_a_rug_lies_under_what_was_said() -> None:
    room = own_room(block("Coffee table", (2.5, 2.2, 0), (3.5, 2.8, 0.4)))
    result = furnish(room, FurnishBrief(wish="a rug under the coffee table", dressed=False))
    (rug,) = result.nodes
    assert np.allclose(rug.transform[:2, 3], (3.0, 2.5), atol=0.01) and abs(rug.transform[2, 3]) < 0.001
    assert result.report.checks["overlaps"] == 0 and result.report.checks["floating"] == 0


def test_what_a_room_has_is_not_added_again(office: Scene) -> None:
    result = furnish(office, FurnishBrief(task="fill", dressed=False))
    assert result.report.counts["asked"] == result.report.counts["placed"]
    assert not any(node.properties["prop"] in ("desk", "whiteboard", "bookcase") for node in result.nodes)
    bare = Scene(office.name, [n for n in office.nodes if n.properties.get("prop") not in ("whiteboard", "wall_clock")])
    added = {node.properties["prop"] for node in furnish(bare, FurnishBrief(dressed=False)).nodes}
    assert {"whiteboard", "wall_clock"} <= added


def test_own_walls_get_what_such_a_room_needs() -> None:
    room = own_room(block("Bed", (0.1, 2.8, 0), (1.8, 4.9, 0.5)))
    result = furnish(room, FurnishBrief(kind="bedroom", seed=3))
    kinds = {node.properties["prop"] for node in result.nodes}
    assert "wardrobe" in kinds and not {"bed_double", "bed_single"} & kinds
    low, high = np.array([0, 0, -0.01]), np.array([6, 5, 2.61])
    for node in result.nodes:
        points = node.mesh.vertices @ node.transform[:3, :3].T + node.transform[:3, 3]
        assert (points > low - 0.01).all() and (points < high + 0.01).all(), node.name
    assert result.report.checks["overlaps"] == 0 and result.report.checks["floating"] == 0


def test_seats_stand_around_the_table_of_the_artist() -> None:
    room = own_room(block("Dining table", (2.2, 2.0, 0), (3.8, 2.9, 0.74)))
    result = furnish(room, FurnishBrief(wish="four chairs around the dining table", dressed=False))
    chairs = np.array([node.transform[:2, 3] for node in result.nodes])
    assert len(chairs) == 4 and sorted((chairs[:, 1] > 2.45).tolist()) == [False, False, True, True]
    for node in result.nodes:  # a chair looks along -Y turned: towards the table's middle
        toward = np.array([3.0, 2.45]) - node.transform[:2, 3]
        assert (-node.transform[:2, 1] @ toward) / np.linalg.norm(toward) > 0.6


def test_three_hundred_chairs_are_told() -> None:
    result = furnish(own_room(), FurnishBrief(wish="300 chairs in rows", dressed=False))
    assert any("300 chairs are more than one sentence may ask for" in warning for warning in result.report.warnings)
    assert 4 < len(result.nodes) < 60 and result.report.checks["overlaps"] == 0
    assert any("There is no place for the chair" in warning for warning in result.report.warnings)


def test_levels_of_a_bookcase_and_a_table() -> None:
    brief, make = PROPS["bookcase"]
    levels = tops(make(brief(width=0.9, height=1.9)).mesh)
    assert len(levels) >= 4 and all(level.free.any() for level in levels)
    brief, make = PROPS["coffee_table"]
    table = make(brief(width=0.9, depth=0.5, height=0.42))
    top = tops(table.mesh)[0]
    assert top.z == pytest.approx(table.surfaces[0].z, abs=0.002) and 0.25 < top.area < 0.46
    places = top.fitting(np.array([0.1, 0.1, 0.1]))
    assert len(places) and (np.abs(places) + 0.05 <= (0.45 + 1e-6, 0.25 + 1e-6)).all()
    top.block(np.array([-0.5, -0.3, 0.4, 0.5, 0.3, 0.6]))
    assert not len(top.fitting(np.array([0.05, 0.05, 0.05])))


@pytest.mark.parametrize("clutter", ["books", "papers, cups", ""])
def test_clutter_rests_on_something_and_overlaps_nothing(office: Scene, clutter: str) -> None:
    result = furnish(office, FurnishBrief(task="scatter", clutter=clutter, density=0.8, floor=True, seed=2))
    assert len(result.nodes) > 5
    assert result.report.checks["overlaps"] == 0 and result.report.checks["floating"] == 0
    if clutter == "books":
        assert {node.properties["prop"] for node in result.nodes} <= {"books_row", "paper_stack"}


def test_density_says_how_much(office: Scene) -> None:
    few, many = (len(furnish(office, FurnishBrief(task="scatter", density=d)).nodes) for d in (0.1, 0.9))
    assert many > 2 * few > 0


def test_unknown_clutter_is_named(office: Scene) -> None:
    with pytest.raises(WorldwrightError, match="“gold” is no kind of clutter"):
        furnish(office, FurnishBrief(task="scatter", clutter="books, gold"))


def test_rearranged_room_is_valid_and_keeps_groups_together(office: Scene) -> None:
    after = merged(office, furnish(office, FurnishBrief(task="rearrange", seed=5)))
    before, now = world_matrices(office), world_matrices(after)
    desks = [node.name for node in office.nodes if node.properties.get("prop") == "desk"]
    assert any(np.linalg.norm(before[name][:2, 3] - now[name][:2, 3]) > 0.3 for name in desks)
    for node in office.nodes:
        for relation in node.properties.get("relations", []):
            if relation["relation"] == "at":
                old = np.linalg.inv(before[relation["target"]]) @ before[node.name]
                new = np.linalg.inv(now[relation["target"]]) @ now[node.name]
                assert np.allclose(old, new, atol=1e-4)
    assert after.report.checks["valid"] and after.report.checks["overlaps"] == 0


def test_a_kitchen_moves_as_one() -> None:
    kitchen = generate(RoomBrief.from_dict({"kind": "kitchen", "people": 0, "seed": 1, "width": 5.0, "depth": 4.0}))
    after = merged(kitchen, furnish(kitchen, FurnishBrief(task="rearrange", seed=3)))
    before, now = world_matrices(kitchen), world_matrices(after)
    run = [node.name for node in kitchen.nodes if "in a block with" in str(node.properties.get("relations"))]
    sink = next(name for name in run if "ink" in name)
    together = [name for name in run if sink in str(kitchen.node(name).properties["relations"])]
    assert len(together) >= 2
    for name in together:
        assert np.allclose(np.linalg.inv(before[sink]) @ before[name], np.linalg.inv(now[sink]) @ now[name], atol=1e-4)
    assert after.report.checks["valid"] and after.report.checks["floating"] == 0


def test_what_stands_on_the_artists_table_moves_with_it() -> None:
    things = [block("Dining table", (2.2, 2.0, 0), (3.8, 2.9, 0.74)), block("Vase", (2.9, 2.4, 0.74), (3.0, 2.5, 1.0))]
    room = own_room(*things, block("Wardrobe", (0.05, 3.2, 0), (0.65, 4.6, 2.0)))
    room = merged(room, furnish(room, FurnishBrief(wish="a mug on the dining table", dressed=False)))
    moves = {node.name: node.transform for node in furnish(room, FurnishBrief(task="rearrange", kind="kitchen", seed=2)).nodes}
    assert np.allclose(moves["Dining table"], moves["Vase"]) and np.allclose(moves["Dining table"], moves["Mug 1"])


def test_locked_things_stay_where_they_are(office: Scene) -> None:
    nodes = [replace(node, properties=dict(node.properties)) for node in office.nodes]
    shelf = next(node for node in nodes if node.properties.get("prop") == "bookcase")
    shelf.properties[KEEP] = True
    result = furnish(Scene("Office", nodes), FurnishBrief(task="rearrange", seed=5))
    assert shelf.name not in {node.name for node in result.nodes} and len(result.nodes) > 3


def test_a_rebuilt_room_is_made_around_what_stays(office: Scene) -> None:
    root = office.nodes[0]
    desk = next(node for node in office.nodes if node.name == "Desk 2")
    kept = kept_in(Scene("Kept", [root, desk]))[root.name]
    brief = RoomBrief.from_dict(office.provenance["brief"] | {"width": 8.0, "people": 5})
    again = generate(brief, kept=kept)
    assert again.report.checks["valid"] and "Desk 2" not in {node.name for node in again.nodes}
    assert sum(node.properties.get("prop") == "desk" for node in again.nodes) == 4


def test_failing_things_are_named(office: Scene) -> None:
    nodes = [replace(node, transform=node.transform.copy()) for node in office.nodes]
    chair = next(node for node in nodes if node.name == "Chair 1")
    chair.transform[2, 3] += 0.4
    report = furnish(Scene("Office", nodes), FurnishBrief(task="check")).report
    assert report.failing["floating"] == ["Chair 1"] and not report.checks["valid"]
    assert "“Chair 1” float or are sunk in." in report.warnings
    assert {"least_clearance", "turning_circle", "wheelchair_reach", "lux", "lux_darkest"} <= set(report.checks)


def test_a_screen_behind_a_cabinet_is_not_seen() -> None:
    scene = generate(RoomBrief.from_dict({"kind": "meeting_room", "people": 6, "seed": 3}))
    assert scene.report.checks["screen_seen_share"] > 0.8
    screen = next(node for node in scene.nodes if node.properties.get("prop") == "display")
    place = screen.transform.astype(float)
    ahead = place[:3, 3] - 0.5 * place[:3, 1]
    mesh = assemble("Cabinet", [Part("box", box((-1.5, -0.1, -0.5), (1.5, 0.1, 1.0), 0.0), GREY)])
    block_place = place.copy()
    block_place[:3, 3] = ahead
    properties = {"why": "", "mount": "floor"}
    node = Node("Cabinet", block_place.astype(np.float32), mesh, properties=properties, parent=scene.nodes[0].name)
    report = furnish(Scene("Room", [*scene.nodes, node]), FurnishBrief(task="check")).report
    assert report.checks["screen_seen_share"] == 0.0 and len(report.failing["screen_seen_share"]) == 6


def test_wheelchair_rooms_are_furnished() -> None:
    report = generate(RoomBrief.from_dict({"kind": "office", "people": 3, "seed": 1, "wheelchair": True})).report
    assert report.checks["valid"] and report.counts["placed"] > 8 and report.checks["wheelchair_reach"] == 1.0


@pytest.mark.parametrize("nodes", [[], [block("Statue", (0, 0, 0), (0.3, 0.3, 1.0))]])
def test_no_room_is_one_sentence(nodes: list[Node]) -> None:
    with pytest.raises(WorldwrightError, match="There is no room here|Neither a floor nor walls"):
        furnish(Scene("Nothing", nodes), FurnishBrief())


def test_scene_in_centimetres_is_told() -> None:
    with pytest.raises(WorldwrightError, match="600 x 500 m"):
        furnish(Scene("Big", [block("Floor", (0, 0, -1), (600, 500, 0))]), FurnishBrief())


def test_same_seed_same_result(office: Scene) -> None:
    for task in ("scatter", "rearrange"):
        first, second = (codec.encode(replace(furnish(office, FurnishBrief(task=task, seed=7)), report=None)) for _ in range(2))
        assert first[0] == second[0] and all(np.array_equal(first[1][key], second[1][key]) for key in first[1])


def test_command_line_without_blender(office: Scene, tmp_path, capsys) -> None:
    codec.save(tmp_path / "room.npz", office)
    host = cli.Host()
    arguments = ["furnish", str(tmp_path / "room.npz"), "a plant in the corner", "-o", str(tmp_path / "out.npz"), "--seed", "3"]
    assert cli.main(host, arguments) == 0
    after = codec.load(tmp_path / "out.npz")
    added = {node.name for node in after.nodes} - {node.name for node in office.nodes}
    assert len(added) == 1 and next(iter(added)).startswith("Plant")
    assert cli.main(host, ["furnish", str(tmp_path / "room.npz"), "--task", "check", "--json"]) == 0
    assert cli.main(host, ["furnish", str(tmp_path / "room.npz")]) == 1


def test_walk_stays_on_the_free_floor(office: Scene) -> None:
    walk = walk_through(office)
    found = find_room(office)
    places = walk["positions"][:, :2]
    assert len(places) > 100 and walk["rooms"] == 1 and np.allclose(walk["positions"][:, 2], 1.6)
    solid = [box for thing in found.things for box in thing.boxes if box[2] < 1.5 and box[5] > 0.1]
    for low_high in solid:
        inside = (places > low_high[:2] - 0.1).all(1) & (places < low_high[3:5] + 0.1).all(1)
        assert not inside.any()
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    assert steps.max() < 0.08, "no jumps at 24 frames a second"
    assert np.abs(np.diff(walk["rotations"], axis=0)).max() < 0.1
    assert len(walk_through(office, seconds=4.0)["positions"]) == 97


def test_stage_frames_the_thing_and_lights_it_from_three_sides() -> None:
    stage = build(np.array([1.0, 2.0, 0.5]), np.array([1.6, 2.4, 1.7]), StageBrief(lens=85.0))
    lights = [node for node in stage.nodes if node.light is not None]
    camera = stage.node("Camera")
    assert len(lights) == 3 and np.allclose(stage.nodes[0].transform[:3, 3], (1.3, 2.2, 0.5))
    toward = -camera.transform[:3, 3] + np.array([0, 0, 0.6])
    assert np.allclose(-camera.transform[:3, 2], toward / np.linalg.norm(toward), atol=1e-5)
    half = np.arctan(18 / 85 * 9 / 16)
    assert np.linalg.norm(toward) * np.sin(half) > np.linalg.norm([0.6, 0.4, 1.2]) / 2
    with pytest.raises(WorldwrightError, match="has no size"):
        build(np.zeros(3), np.zeros(3), StageBrief())


def test_chairs_that_were_put_around_a_table_move_with_it() -> None:
    room = own_room(block("Dining table", (2.2, 2.0, 0), (3.8, 2.9, 0.74)))
    room = merged(room, furnish(room, FurnishBrief(wish="four chairs around the dining table", dressed=False)))
    moves = {node.name: node.transform for node in furnish(room, FurnishBrief(task="rearrange", kind="kitchen", seed=2)).nodes}
    assert len(moves) == 5 and all(np.allclose(move, moves["Dining table"], atol=1e-4) for move in moves.values())
