"""Streets, districts, squares and villages."""

from __future__ import annotations

import numpy as np
import pytest
from worldwright.core import codec
from worldwright.core.environments.city.brief import CityBrief
from worldwright.core.environments.city.building import BuildingSpec, building_mesh
from worldwright.core.environments.city.generate import generate
from worldwright.core.environments.city.prompt import read_prompt
from worldwright.core.environments.city.styles import STYLES
from worldwright.core.errors import WorldwrightError


@pytest.fixture(scope="module")
def district():
    return generate(CityBrief(kind="district", buildings=60, seed=2, lods=True, colliders=True, navmesh=True))


def test_the_asked_number_of_buildings_stands_without_overlaps(district):
    assert district.report.counts["buildings"] == 60
    assert district.report.checks["overlapping_buildings"] == 0
    assert district.report.warnings == []


def test_equal_buildings_share_a_mesh(district):
    meshes = [node.mesh for node in district.nodes if node.label == "building"]
    assert len({id(mesh) for mesh in meshes}) == district.report.counts["different buildings"] < 50
    assert district.report.counts["triangles stored"] < 0.5 * district.report.counts["triangles"]


def test_far_buildings_have_at_most_twenty_triangles_and_a_painted_front(district):
    first = [node for node in district.nodes if node.role == "lod" and node.properties["lod"] == 1]
    assert len(first) == 60
    assert max(int((node.mesh.face_sizes - 2).sum()) for node in first) <= 20
    sheet = first[0].mesh.materials[0].base_color_texture.pixels
    used = sheet[:128, :128].reshape(-1, 3)
    assert len(np.unique(used, axis=0)) > 8  # windows, walls, doors: not one colour
    blocks = [node for node in district.nodes if node.role == "lod" and node.properties["lod"] == 2]
    assert 1 < len(blocks) < 60


def test_there_is_what_engines_and_renderers_need(district):
    roles = [node.role for node in district.nodes]
    assert roles.count("navmesh") == 1 and roles.count("collider") == 61
    assert any(node.light is not None for node in district.nodes)
    assert any(node.camera is not None for node in district.nodes)
    assert district.world is not None and district.world.sky.pixels.shape[1] == 2 * district.world.sky.pixels.shape[0]
    names = [node.name for node in district.nodes]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", ["street", "square", "village"])
def test_every_kind_of_place_holds_its_buildings(kind):
    scene = generate(CityBrief(kind=kind, buildings=12, seed=5, storeys=3))
    assert scene.report.counts["buildings"] == 12
    for node in scene.nodes:
        if node.mesh is not None:
            assert np.isfinite(node.mesh.vertices).all() and len(node.mesh.face_sizes)


def test_the_same_brief_gives_the_same_bytes():
    one, two = (codec.encode(generate(CityBrief(kind="street", buildings=6, seed=9))) for _ in range(2))
    texts = [text.split('"seconds"')[0] for text, _ in (one, two)]
    assert len(texts[0]) == len(texts[1])
    assert all(np.array_equal(one[1][name], two[1][name]) for name in one[1])


@pytest.mark.parametrize("family", list(STYLES))
def test_windows_lie_in_the_wall_and_fronts_look_outwards(family):
    for look in range(len(STYLES[family])):
        mesh = building_mesh(BuildingSpec(family, look, 11.0, 11.0, 3, left=True, right=True), "x")
        starts = mesh.face_starts
        points = mesh.vertices[mesh.corners]
        normals = np.cross(points[starts + 1] - points[starts], points[starts + 2] - points[starts])
        panes = mesh.part == mesh.part_names.index("window")
        middle = points[starts]
        front = panes & (normals[:, 1] < -1e-6) & (middle[:, 2] < 5.0)
        assert front.any()
        assert (middle[front][:, 1] > -5.5 + 0.05).all()  # the wall's face is at -5.5: panes lie behind it
        walls = mesh.part == mesh.part_names.index("wall")
        assert (normals[walls & (np.abs(middle[:, 1] + 5.5) < 1e-4)][:, 1] <= 1e-6).all()


def test_prompts_become_briefs():
    brief, notes = read_prompt("a rainy high street, four storeys, cafés", 3)
    assert (brief.kind, brief.weather, brief.storeys, brief.seed) == ("street", "rain", 4, 3)
    assert brief.cafes > 0.5 and brief.wet and notes == []
    brief, _ = read_prompt("modern downtown with 300 towers at sunset")
    assert (brief.kind, brief.style, brief.buildings, brief.time) == ("district", "modern", 300, "evening")
    brief, notes = read_prompt("a village of 9,000 houses")
    assert brief.buildings == 2000 and "2000" in notes[0]


@pytest.mark.parametrize("prompt", ["", "eine Straße im Regen mit Bäumen", "a purple dragon eating soup", "x" * 2001])
def test_what_is_no_place_is_refused_in_a_sentence(prompt):
    with pytest.raises(WorldwrightError) as error:
        read_prompt(prompt)
    assert error.value.sentence.endswith(".") and error.value.cure


def test_too_many_buildings_for_a_street_become_a_district():
    scene = generate(CityBrief(kind="street", buildings=61, storeys=2, trees=0.0, traffic=0.0, furniture=0.0))
    assert "district" in scene.report.warnings[0]
    assert scene.report.counts["buildings"] == 61
