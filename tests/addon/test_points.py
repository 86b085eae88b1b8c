"""Points in the scene and in files: the panel's buttons, what they show, save and load, and how fast they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import helpers
import numpy as np
import pytest
from helpers import add_box, link, new_material, one, points_of


def call(name, **options):
    import bpy

    return getattr(bpy.ops.worldwright, name)("EXEC_DEFAULT", True, **options)


def point_objects():
    import bpy

    return [thing for thing in bpy.data.objects if "worldwright" in thing]


@pytest.mark.parametrize("native", [False, True])
def test_the_button_makes_points_apart_and_together_in_one_undo_step(scene, native):
    import bpy

    chair, lamp = add_box("Chair"), add_box("Lamp", location=(3, 0, 0))
    chair.data.materials.append(new_material("Red", (1, 0, 0, 1))[0])
    nobody = link("Nobody", None)
    for thing in (chair, lamp, nobody):
        thing.select_set(True)
    bpy.ops.ed.undo_push(message="Scene")
    before = helpers.fingerprint()
    settings = scene.worldwright_points
    settings.count, settings.native = 700, native
    assert call("points") == {"FINISHED"}
    report = helpers.module("job").reports["points"]
    assert report.counts == {"clouds": 2, "points": 1400} and len(report.warnings) == 1 and "“Nobody”" in report.warnings[0]
    made = point_objects()
    assert [thing.name for thing in made] == ["Chair Points", "Lamp Points"]
    assert {thing.type for thing in made} == {"POINTCLOUD" if native else "MESH"}
    clouds = [helpers.module("reading.points").read_cloud(thing) for thing in made]
    assert [cloud.object_names for cloud in clouds] == [["Chair"], ["Lamp"]]
    assert clouds[0].material_names == ["Red"] and np.allclose(clouds[0].colors, [1, 0, 0]) and clouds[1].colors is None
    assert np.allclose(clouds[1].positions.mean(axis=0), [3, 0, 0.45], atol=0.1)
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before
    settings = bpy.context.scene.worldwright_points
    settings.together, settings.amount, settings.density, settings.method = True, "density", 100.0, "poisson"
    assert call("points") == {"FINISHED"}
    (thing,) = point_objects()
    cloud = helpers.module("reading.points").read_cloud(thing)
    assert len(cloud) == round(2 * 100 * (4 * 0.5 * 0.9 + 2 * 0.25)) and set(cloud.object) == {0, 1}


def test_points_show_as_spheres_with_their_colours(scene):
    import bpy

    box = add_box("Chair")
    box.data.materials.append(new_material("Red", (1, 0, 0, 1))[0])
    thing = helpers.module("writing.points").write_cloud(bpy.context, points_of(one(box)))
    geometry = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).evaluated_geometry()
    shown = geometry.pointcloud
    assert len(shown.points) == 500 and 0.005 < shown.points[0].radius < 0.05
    assert shown.materials[0].name == "Worldwright Points" and "Color" in shown.attributes
    assert {"normal", "Color", "face", "object", "material"} <= set(thing.data.attributes.keys())


def test_moved_points_are_read_where_they_are(scene):
    import bpy

    cloud = points_of(one(add_box("Chair")))
    thing = helpers.module("writing.points").write_cloud(bpy.context, cloud)
    thing.location, thing.scale = (1, 2, 3), (-2, 1, 1)
    bpy.context.view_layer.update()
    moved = helpers.module("reading.points").read_cloud(thing)
    assert np.allclose(moved.positions, cloud.positions * [-2, 1, 1] + [1, 2, 3], atol=1e-5)
    assert np.allclose(moved.normals, cloud.normals * [-1, 1, 1], atol=1e-6)  # the normals of a box stay along its axes


@pytest.mark.parametrize("suffix", ["ply", "pcd", "npz", "xyz"])
def test_points_are_saved_and_loaded(scene, tmp_path, suffix):
    import bpy

    path = tmp_path / f"chair.{suffix}"
    writing, reading = helpers.module("writing.points"), helpers.module("reading.points")
    cloud = points_of(one(add_box("Chair")), 300)
    writing.write_cloud(bpy.context, cloud)
    assert call("save_points", filepath=str(path)) == {"FINISHED"}
    assert call("load_points", filepath=str(path)) == {"FINISHED"}
    loaded = reading.read_cloud(bpy.context.active_object)
    assert bpy.context.active_object.name.startswith("Chair Points" if suffix == "npz" else "chair Points")
    assert np.array_equal(loaded.positions, cloud.positions) and np.allclose(loaded.normals, cloud.normals, atol=1e-6)


def test_normals_are_estimated_on_wish(scene, tmp_path):
    import bpy

    rng = np.random.default_rng(0)
    ball = rng.normal(size=(400, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    np.savetxt(tmp_path / "ball.xyz", ball)
    reading = helpers.module("reading.points")
    call("load_points", filepath=str(tmp_path / "ball.xyz"))
    assert reading.read_cloud(bpy.context.active_object).normals is None
    call("load_points", filepath=str(tmp_path / "ball.xyz"), estimate=True)
    assert (reading.read_cloud(bpy.context.active_object).normals * ball).sum(axis=1).min() > 0.9


def test_what_cannot_be_converted_saved_or_loaded_is_said_and_changes_nothing(scene, tmp_path):
    import bpy

    def refused(name, match, **options):
        before = helpers.fingerprint()
        with pytest.raises(RuntimeError, match=match):
            call(name, **options)
        assert helpers.fingerprint() == before

    refused("points", "Select the objects to convert first")
    refused("save_points", "Make a point object active first", filepath=str(tmp_path / "a.ply"))
    link("Nobody", None).select_set(True)
    refused("points", "nothing to sample.*“Nobody” is an empty")
    add_box("Line", (0, 0, 5))
    refused("points", "nothing to sample.*“Line” has faces, but none with any area")
    add_box("Wall", (1e3, 1e3, 1e3))
    scene.worldwright_points.amount, scene.worldwright_points.density = "density", 1e6
    refused("points", "too many")
    (tmp_path / "a.ply").write_text("nonsense")
    refused("load_points", "not a point cloud in the format PLY", filepath=str(tmp_path / "a.ply"))
    refused("load_points", "no file", filepath=str(tmp_path / "b.ply"))
    helpers.module("writing.points").write_cloud(bpy.context, points_of(one(bpy.data.objects["Wall"])))
    refused("save_points", "could not be written", filepath=str(tmp_path / "missing" / "a.ply"))
    refused("save_points", "by its name", filepath=str(tmp_path / "a.doc"))


def test_points_come_in_half_of_trimeshs_time():
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_points"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["ratio"] <= 0.5, figures
