"""Rebuild: shapes read back into sliders, moved, blended and varied; what cannot be rebuilt is refused in one sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.batch.job import command_of, read_job
from core.cli import Host, main, parser
from core.environments.props import PROPS
from core.errors import WorldwrightError
from core.inverse.between import blend, mixed, vary
from core.inverse.brief import WORDS, BlendBrief, RebuildBrief, VaryBrief, generators
from core.inverse.colours import tinted
from core.inverse.frame import cloud_of
from core.inverse.made import Made, made_from, remake
from core.inverse.reader import READ, read_shape
from core.inverse.rebuild import prior_of, rebuild
from core.inverse.sliders import drawn, limits, make, sliders_of, usual
from core.scene import Material, Mesh
from core.spatial.placing import placed


def turned(mesh: Mesh, yaw: float, x: float = 0.0, y: float = 0.0, name: str = "Scan 1") -> Mesh:
    cos, sin = np.cos(yaw), np.sin(yaw)
    return placed(mesh, np.array([[cos, -sin, 0, x], [sin, cos, 0, y], [0, 0, 1, 0], [0, 0, 0, 1.0]]), name)


def plain(mesh: Mesh) -> Mesh:
    """Its surface alone."""
    return Mesh(mesh.name, mesh.vertices, mesh.corners, mesh.face_sizes)


@pytest.mark.parametrize("key", sorted(PROPS))
def test_every_generator_builds_from_any_sliders(key):
    rng = np.random.default_rng(7)
    for _ in range(2):
        values = drawn(key, rng)
        mesh = make(key, values).mesh
        assert len(mesh.face_sizes) and np.isfinite(mesh.vertices).all()


def test_sliders_say_what_they_were_told():
    for key in ("bookcase", "staircase", "bar_stool"):
        values = drawn(key, np.random.default_rng(1))
        for slider in sliders_of(key):
            told = slider.target(values[slider.name])
            assert told.sum() == pytest.approx(1.0)
            value = values[slider.name]
            assert slider.value(told) == (pytest.approx(value) if slider.ordered else value)
    assert not {"width", "palette", "seed"} & {slider.name for slider in sliders_of("desk")}


def test_a_word_may_mean_several_generators():
    assert generators("chair") == ("visitor_chair", "office_chair", "dining_chair")
    assert generators("Office chair") == ("office_chair",)
    assert generators("auto") == () and set(PROPS) <= set(WORDS)
    with pytest.raises(WorldwrightError, match="no generator of “dragon”"):
        generators("dragon")


def test_turned_bookcase_comes_back_with_its_shelves(monkeypatch):
    monkeypatch.setattr("core.inverse.refine.PATIENCE", 1000)
    values = usual("bookcase") | {"shelves": 4, "bays": 2, "width": 1.5, "height": 1.6, "back": True}
    scan = plain(turned(make("bookcase", values).mesh, 0.7, 3.0, 1.0))
    scene = rebuild([scan], RebuildBrief(kind="bookcase", refine=1.0))
    node = scene.nodes[0]
    brief = json.loads(node.properties["prop_brief"])
    assert (brief["shelves"], brief["bays"]) == (4, 2)
    assert brief["width"] == pytest.approx(1.5, abs=0.02) and brief["height"] == pytest.approx(1.6, abs=0.02)
    assert node.properties["chamfer_mm"] < 0.5 * node.properties["usual_mm"]
    assert "shelves" not in node.properties["unsure"] and "bays" not in node.properties["unsure"]
    assert np.allclose(node.transform[:3, 3], (3.0, 1.0, 0.0), atol=0.02)
    assert node.mesh.uvs is not None and node.properties["replaces"] == "Scan 1"
    levels = [other for other in scene.nodes if other.role == "lod"]
    assert [other.properties["lod"] for other in levels] == [1, 2]
    assert len(levels[1].mesh.face_sizes) < len(levels[0].mesh.face_sizes) < (node.mesh.face_sizes - 2).sum()


def test_the_same_seed_gives_the_same_bytes(monkeypatch):
    monkeypatch.setattr("core.inverse.refine.PATIENCE", 1000)  # a busy machine does not cut the search short
    scan = plain(make("stool", usual("stool") | {"style": "padded"}).mesh)
    one, other = (rebuild([scan], RebuildBrief(kind="stool", refine=0.3, seed=3, levels=False)) for _ in range(2))
    assert one.nodes[0].mesh.vertices.tobytes() == other.nodes[0].mesh.vertices.tobytes()
    assert one.nodes[0].properties == other.nodes[0].properties


def test_what_lies_on_its_side_is_put_upright():
    chair = plain(make("dining_chair", usual("dining_chair")).mesh)
    lying = placed(chair, np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0.6], [0, 0, 0, 1.0]]), "Scan 1")
    scene = rebuild([lying], RebuildBrief(kind="dining_chair", refine=0.0))
    made = scene.nodes[0]
    assert np.allclose(made.transform[:3, 2], (0, 0, 1)) and made.transform[2, 3] == pytest.approx(lying.bounds[0][2], abs=0.02)
    assert made.properties["chamfer_percent"] < 2.0 and any("stands upright" in warning for warning in scene.report.warnings)
    kept = rebuild([lying], RebuildBrief(kind="dining_chair", refine=0.0, tidy=False, levels=False)).nodes[0]
    assert kept.properties["chamfer_percent"] > made.properties["chamfer_percent"]


def test_colours_of_the_original_are_taken():
    mesh = make("bench", usual("bench")).mesh
    mesh.materials = [Material("Red", (0.6, 0.02, 0.02, 1.0)) for _ in mesh.materials]
    made = rebuild([turned(mesh, 0.0)], RebuildBrief(kind="bench", refine=0.0)).nodes[0]
    for material in made.mesh.materials:
        assert material.base_color[0] == pytest.approx(0.6, abs=0.02) and material.base_color[1] < 0.05
    again = made_from(made.name, made.properties, made.transform).build().mesh
    assert [m.base_color for m in again.materials] == [m.base_color for m in made.mesh.materials]
    grey = rebuild([plain(mesh)], RebuildBrief(kind="bench", refine=0.0)).nodes[0]
    assert json.loads(grey.properties["prop_tints"]) == {}


def test_a_tint_keeps_the_grain():
    mesh = make("bookcase", usual("bookcase")).mesh
    wood = next(m for m in mesh.materials if m.base_color_texture is not None)
    painted = next(m for m in tinted(mesh, {wood.name: [0.1, 0.2, 0.6, 0.0]}).materials if "#" in m.name)
    pixels = painted.base_color_texture.pixels[..., :3].astype(float)
    assert pixels.std(axis=(0, 1)).max() > 2 and pixels[..., 2].mean() > 2 * pixels[..., 0].mean()


def test_a_scan_from_one_side_is_completed():
    values = usual("cupboard") | {"width": 1.2, "depth": 0.5, "height": 1.8}
    cupboard = plain(turned(make("cupboard", values).mesh, 0.0))
    corners, _ = cupboard.triangles()
    middles = cupboard.vertices[cupboard.corners[corners]].mean(axis=1)
    seen = middles[:, 1] < 0.12  # the back is missing
    scan = Mesh.from_faces("Scan 1", cupboard.vertices, cupboard.corners[corners][seen])
    made = rebuild([scan], RebuildBrief(kind="cupboard", one_sided=True, refine=0.0)).nodes[0]
    low, high = made.mesh.bounds
    assert high[0] - low[0] == pytest.approx(1.2, abs=0.05) and high[2] - low[2] == pytest.approx(1.8, abs=0.06)


def test_sliders_are_moved_after_the_rebuild():
    thing = Made("Shelf", "bookcase", usual("bookcase") | {"shelves": 3})
    properties = thing.properties()
    brief = json.loads(properties["prop_brief"]) | {"shelves": 6}
    moved = made_from("Shelf", properties | {"prop_brief": json.dumps(brief)}, np.eye(4))
    assert len(remake([moved], False).nodes[0].mesh.face_sizes) > len(thing.build().mesh.face_sizes)
    with pytest.raises(WorldwrightError, match="has no sliders"):
        made_from("Cube", {"prop": "bookcase"}, np.eye(4))


def test_between_two_of_a_kind():
    left = Made("A", "desk", usual("desk") | {"width": 1.2})
    right = Made("B", "desk", usual("desk") | {"width": 2.0, "legs": "panel"}, place=np.array(
        [[0, -1, 0, 4.0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]]))  # fmt: skip
    half = mixed(left, right, 0.5)
    assert half.values["width"] == pytest.approx(1.6) and half.place[0, 3] == pytest.approx(2.0)
    assert np.arctan2(half.place[1, 0], half.place[0, 0]) == pytest.approx(np.pi / 4)
    scene = blend(left, right, BlendBrief(count=3))
    widths = [float(np.ptp(node.mesh.vertices[:, 0])) for node in scene.nodes]
    assert widths == sorted(widths) and len(widths) == 3
    with pytest.raises(WorldwrightError, match="nothing between two kinds"):
        blend(left, Made("C", "stool", usual("stool")), BlendBrief())


def test_variants_differ_and_stand_apart():
    scene = vary(Made("A", "sofa", usual("sofa")), VaryBrief(count=4, amount=0.6, seed=2))
    assert len({node.properties["prop_brief"] for node in scene.nodes}) == 4
    spans = [(node.mesh.bounds[0][0] + node.transform[0, 3], node.mesh.bounds[1][0] + node.transform[0, 3]) for node in scene.nodes]
    assert all(before[1] < after[0] for before, after in zip(spans, spans[1:], strict=False)) and spans[0][0] > 0.95
    low, high = limits("sofa")
    for node in scene.nodes:
        brief = json.loads(node.properties["prop_brief"])
        assert low[0] <= brief["width"] <= high[0]


def test_names_and_the_annotator_choose_the_kind():
    assert max(prior_of("office chair 2", {}).items(), key=lambda item: item[1])[0] == "office_chair"
    prior = prior_of("Cube.003", {"storage": 0.8, "table": 0.1})
    assert prior["bookcase"] > prior["desk"] > prior["toilet"]
    with pytest.raises(WorldwrightError, match="looks like a person .*Use Fit to My Mesh"):
        prior_of("Mesh", {"person": 0.9})


def test_a_batch_may_rebuild(tmp_path):
    (tmp_path / "scan.glb").write_bytes(b"glTF")
    job = tmp_path / "job.toml"
    job.write_text('[items]\nfiles = ["*.glb"]\n[[steps]]\ndo = "rebuild"\nkind = "chair"\nrefine = 3\noutput = ".glb"\n')
    read = read_job(job, parser())
    words = command_of(read.steps[0], read.items[0], {}, str(tmp_path / "out.glb"))
    options = parser().parse_args(words)
    assert (options.command, options.kind, options.refine) == ("rebuild", "chair", 3.0)


def test_the_command_rebuilds_and_refuses(tmp_path, capsys):
    source = tmp_path / "stool.ply"
    mesh = make("stool", usual("stool")).mesh
    trimesh = pytest.importorskip("trimesh")
    corners, _ = mesh.triangles()
    trimesh.Trimesh(mesh.vertices, mesh.corners[corners], process=False).export(source)
    target = tmp_path / "out.npz"
    words = ["rebuild", str(source), "--kind", "stool", "--refine", "0", "--vary", "2", "--json", "-o", str(target)]
    assert main(Host(), words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["things"][0]["prop"] == "stool" and told["report"]["counts"]["variants"] == 2 and target.exists()
    assert main(Host(), ["rebuild", str(source), "--kind", "dragon", "-o", str(target)]) == 1
    assert "no generator of “dragon”" in capsys.readouterr().err
    assert main(Host(), ["rebuild", str(source), "--kind", "stool", "--between", "2", "-o", str(target)]) == 1
    assert "nothing lies between" in capsys.readouterr().err
    twin = tmp_path / "other" / source.name
    twin.parent.mkdir()
    twin.write_bytes(source.read_bytes())
    assert main(Host(), ["rebuild", str(source), str(twin), "--kind", "stool", "--refine", "0", "--json", "-o", str(target)]) == 0
    assert [thing["name"] for thing in json.loads(capsys.readouterr().out)["things"]] == ["stool", "stool 2"]


def test_auto_finds_a_kind_that_fits():
    found = read_shape(cloud_of([make("bed_double", usual("bed_double")).mesh], READ))
    assert found[0].prop in ("bed_double", "bed_single") and found[0].distance < 0.03


@pytest.mark.parametrize(
    ("vertices", "faces", "message"),
    [
        (np.zeros((0, 3)), np.zeros((0, 3), int), "no surface to rebuild"),
        (np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0.0]]), np.array([[0, 1, 2, 3]]), "is flat"),
        (np.array([[0, 0, 0], [np.nan, 0, 0], [1, 1, 1.0]]), np.array([[0, 1, 2]]), "not finite"),
    ],
)
def test_bad_meshes_are_refused(vertices, faces, message):
    with pytest.raises(WorldwrightError, match=message):
        rebuild([Mesh.from_faces("Bad", vertices, faces)], RebuildBrief(kind="stool"))


def test_one_bad_mesh_among_others_is_left_out():
    flat = Mesh.from_faces("Flat", np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0.0]]), np.array([[0, 1, 2]]))
    scene = rebuild([flat, plain(make("stool", usual("stool")).mesh)], RebuildBrief(kind="stool", refine=0.0, levels=False))
    assert scene.report.counts["left out"] == 1 and any("is flat" in warning for warning in scene.report.warnings)


def test_an_unlike_shape_is_refused_unless_its_kind_is_named():
    star = np.random.default_rng(0).normal(size=(400, 3))
    star /= np.linalg.norm(star, axis=1, keepdims=True)
    spikes = np.concatenate([np.stack([3 * s, 3 * s + 0.02 * np.roll(s, 1), np.roll(s, 2)]) for s in star])
    mesh = Mesh.from_faces("Sea urchin", spikes, np.arange(len(spikes)).reshape(-1, 3))
    with pytest.raises(WorldwrightError, match="there is a generator for"):
        rebuild([mesh], RebuildBrief(refine=0.0), annotations={"Sea urchin": {}})
    made = rebuild([mesh], RebuildBrief(kind="stool", refine=0.0, levels=False))
    assert any("no close stool" in warning for warning in made.report.warnings)
