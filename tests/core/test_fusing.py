"""Names, notes, touch, materials and parts beside the shape; why; and search."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import trimesh

from core.annotation import fusing
from core.annotation.annotate import annotate
from core.annotation.explain import explain
from core.annotation.inspect import inspect, mass_of, warnings_of
from core.annotation.materials import MATERIALS, named
from core.annotation.parts import PARTS, pieces, shipped
from core.annotation.search import Entry, search, similar
from core.codec import decode, encode
from core.environments.props import PROPS
from core.errors import WorldwrightError
from core.learning.part_examples import make_example
from core.learning.shapes import make
from core.scene import Material, Mesh

needs_encoders = pytest.mark.skipif(not fusing.available(), reason="the optional text and image models are not installed")


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    torch.set_num_threads(1)


def prop(name: str, called: str = "Cube.001") -> Mesh:
    kind, build = PROPS[name]
    mesh = build(kind()).mesh
    mesh.name = called
    return mesh


@needs_encoders
def test_chairs_tables_and_beds_of_no_name_are_known_by_shape_and_look():
    found = annotate([prop("dining_chair"), prop("desk"), prop("bed_double")])
    assert [annotation.label for annotation in found] == ["seat", "table", "bed"]
    for annotation in found:
        assert set(annotation.evidence) == {"shape", "form", "picture"}  # “Cube.001” says nothing
        assert sum(annotation.evidence.values()) == pytest.approx(1, abs=0.01)
        assert annotation.meaning is not None and np.linalg.norm(annotation.meaning) == pytest.approx(1, abs=1e-4)


@needs_encoders
def test_a_name_and_a_note_count_and_a_wrong_name_does_not_decide_alone():
    ball = trimesh.creation.icosphere(3, 0.05)
    mesh = Mesh.from_faces("Icosphere", ball.vertices, ball.faces)

    def chance(leaf: str, known: dict) -> float:
        found = annotate([mesh], known=[known])[0]
        assert set(found.evidence) - {"shape", "form"} == ({"text"} if "names" in known else {"speech"})
        return next((score.score for score in found.top if score.label == leaf), 0.0)

    said = ({"note": "an apple to eat"}, {"note": "a big stone"})
    for apple, stone in (({"names": ["red apple"]}, {"names": ["grey boulder"]}), said):
        assert chance("food", apple) > chance("food", stone) + 0.2
        assert chance("rock", stone) > chance("rock", apple) + 0.1
    assert annotate([prop("dining_chair", "lamp")])[0].top[0].label == "seat"


@needs_encoders
def test_materials_follow_slot_names_and_weigh_a_closed_mesh():
    mesh = make("table", 3)
    mesh = Mesh.from_faces("Thing", mesh.vertices, mesh.corners.reshape(-1, 3), materials=[Material("DarkWood.002")])
    found = annotate([mesh])[0]
    (slot,) = found.materials
    assert (slot["material"], slot["density"], slot["share"]) == ("wood", MATERIALS["wood"].density, 1.0)
    cube = Mesh.from_faces("Block", prop_cube(), CUBE, materials=[Material("Marble")])
    assert annotate([cube])[0].facts["mass_kg"] == pytest.approx(MATERIALS["stone"].density, rel=1e-3)


CUBE = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])


def prop_cube() -> np.ndarray:
    return np.array([[x, y, z] for x in (0, 1.0) for y in (0, 1.0) for z in (0, 1.0)])


@pytest.mark.parametrize(
    ("slot", "material"), [("RED_OAK.001", "wood"), ("Material.001", ""), ("white-metal", "metal"), ("GLASS_car", "glass")]
)
def test_slot_names_name_materials(slot, material):
    assert named(slot) == material


def test_facts_tell_holes_windings_symmetry_and_facing():
    chair = inspect(prop("dining_chair"), "seat")
    assert (chair["open_edges"], chair["flipped_faces"], chair["symmetry"], chair["facing"]) == (0, 0, "x", "-Y")
    assert chair["stands"]
    cube = inspect(Mesh.from_faces("Cube", prop_cube(), CUBE))
    assert cube["volume_m3"] == pytest.approx(1) and cube["symmetry"] == "xy" and cube["missing_uvs"]
    inside_out = inspect(Mesh.from_faces("Cube", prop_cube(), CUBE[:, ::-1]))
    assert "Its faces point inwards" in warnings_of(inside_out, 12)[0]
    open_box = inspect(Mesh.from_faces("Box", prop_cube(), CUBE[:-1]))
    assert open_box["open_edges"] == 4 and open_box["volume_m3"] is None and mass_of(open_box, [(1.0, 500.0)]) is None
    mixed = CUBE.copy()
    mixed[2] = mixed[2, ::-1]
    assert inspect(Mesh.from_faces("Box", prop_cube(), mixed))["flipped_faces"] > 0
    leaning = Mesh.from_faces("Leaning", prop_cube() + np.outer(prop_cube()[:, 2], [3.0, 0, 0]), CUBE)
    assert not inspect(leaning)["stands"]


def test_parts_of_a_chair_are_where_they_are():
    mesh = prop("dining_chair")
    names, part = shipped().label(mesh, "seat")
    assert names == list(PARTS["seat"]) and part.shape == mesh.face_sizes.shape and part.min() >= 0
    middle = np.add.reduceat(mesh.vertices[mesh.corners], mesh.face_starts, axis=0) / mesh.face_sizes[:, None]
    height = {name: middle[part == names.index(name), 2].mean() for name in ("leg", "seat", "back")}
    assert height["leg"] < height["seat"] < height["back"]
    assert shipped().label(mesh, "rock")[0] == []


def test_parts_agree_with_the_truth_on_shapes_never_trained_on():
    hits = []
    for kind in ("table", "lamp", "person", "tree"):
        for number in range(2_000_000, 2_000_006, 2):
            positions, normals, truth = make_example(kind, number)
            reader = shipped()
            chances = reader._chances(positions, normals, kind)
            known = truth >= 0
            hits.append((chances.argmax(axis=1)[known] == truth[known]).mean())
    assert np.mean(hits) > 0.8


def test_loose_pieces_are_counted_across_split_vertices():
    two = np.concatenate([prop_cube(), prop_cube() + 3])
    mesh = Mesh.from_faces("Two", two, np.concatenate([CUBE, CUBE + 8]))
    assert pieces(mesh).tolist() == [0] * 6 + [1] * 6
    split = Mesh.from_faces("Split", prop_cube()[CUBE].reshape(-1, 3), np.arange(24).reshape(6, 4))
    assert pieces(split).tolist() == [0] * 6


@pytest.mark.parametrize("method", ["critical", "ablate"])
def test_why_is_a_number_for_each_vertex(method):
    mesh = prop("dining_chair")
    value = explain(mesh, "seat", method)
    assert value.shape == (len(mesh.vertices),) and value.min() == 0 and value.max() == 1
    assert (value == explain(mesh, "seat", method)).all()
    with pytest.raises(WorldwrightError, match="knows no “spoon”"):
        explain(mesh, "spoon", method)


ENTRIES = [
    Entry("Bench_01", "seat", "A seat, mostly wood, about 1.5 × 0.5 × 0.8 m.", ["seat", "wood", "garden"]),
    Entry("SM_Barrel", "barrel", "A barrel or bin, mostly wood, about 0.5 m.", ["barrel"]),
    Entry("Sword.002", "weapon", "A hand weapon or tool, mostly metal.", ["weapon", "metal"]),
    Entry("Cube.004", "lamp", "A lamp or candle.", ["lamp"]),
]


@needs_encoders
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("somewhere to sit in a garden", "Bench_01"),
        ("something that gives light", "Cube.004"),
        ("a blade for a knight", "Sword.002"),
    ],
)
def test_words_find_what_they_describe(query, name):
    assert ENTRIES[search(query, ENTRIES)[0].entry].name == name


def test_likeness_leaves_out_the_thing_itself():
    vectors = np.eye(3, dtype=np.float32)
    rows = [vectors[0], vectors[0] + 0.2 * vectors[1], vectors[2]]
    entries = [Entry(str(number), "seat", "", [], embedding=row) for number, row in enumerate(rows)]
    hits = similar(0, entries)
    assert [hit.entry for hit in hits] == [1, 2] and hits[0].score > 0.9


@needs_encoders
def test_an_annotation_travels_between_processes_whole():
    found = annotate([prop("dining_chair")])[0]
    back = decode(*encode(found))
    assert back.part_names == found.part_names and (back.part == found.part).all() and np.allclose(back.meaning, found.meaning)
