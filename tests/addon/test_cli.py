"""The command line in Blender: every kind of file goes in, scenes and GLBs come out, bad input is one sentence."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import helpers
import numpy as np
import pytest

KINDS = (".glb", ".gltf", ".obj", ".fbx", ".ply", ".stl", ".usda", ".usdc", ".blend")
SIZE, PLACE = (1.0, 2.0, 3.0), (0.5, -0.25, 0.125)


@pytest.fixture(autouse=True)
def ended(empty_scene):
    yield
    helpers.module("job").end_worker()


def run(*arguments):
    """Exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    code = helpers.module("headless").run([str(argument) for argument in arguments], out, err)
    return code, out.getvalue(), err.getvalue()


def failed(*arguments):
    """The one sentence on stderr of a command that fails, exit code 1, and says nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1 and err.rstrip().endswith(".")
    return err


def save_box(path):
    """A file of that kind with one box of SIZE at PLACE."""
    import bpy

    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    helpers.add_box("Box", SIZE, PLACE)
    target = str(path)
    writers = {
        ".glb": lambda: bpy.ops.export_scene.gltf(filepath=target),
        ".gltf": lambda: bpy.ops.export_scene.gltf(filepath=target, export_format="GLTF_SEPARATE"),
        ".obj": lambda: bpy.ops.wm.obj_export(filepath=target),
        ".fbx": lambda: bpy.ops.export_scene.fbx(filepath=target),
        ".ply": lambda: bpy.ops.wm.ply_export(filepath=target),
        ".stl": lambda: bpy.ops.wm.stl_export(filepath=target),
        ".blend": lambda: bpy.ops.wm.save_as_mainfile(filepath=target, copy=True),
    }
    writers.get(path.suffix, lambda: bpy.ops.wm.usd_export(filepath=target))()
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_read_in_metres_and_upright(kind, tmp_path):
    # PLY and STL know neither unit nor axis: Blender's own files are in metres, Z up, as is.
    path = save_box(tmp_path / f"box{kind}")
    target = tmp_path / "cloud.npz"
    code, _, err = run("points", path, "-o", target, "--count", 4000, "--seed", 1)
    assert (code, err) == (0, "")
    cloud = helpers.module("core.spatial.files").read_cloud(target)
    low, high = cloud.positions.min(axis=0), cloud.positions.max(axis=0)
    assert np.allclose(high - low, SIZE, atol=0.01)
    assert np.allclose((low + high) / 2, np.add(PLACE, (0, 0, SIZE[2] / 2)), atol=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_a_model_is_named(kind, tmp_path):
    path = tmp_path / f"text{kind}"
    path.write_text("this is not a model, whatever its name says\n")
    assert path.name in failed("export", path, "-o", tmp_path / "out.glb")
    path.write_bytes(b"")
    assert "empty" in failed("export", path, "-o", tmp_path / "out.glb")
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_other_bad_input_is_one_sentence(tmp_path):
    box = save_box(tmp_path / "box.blend")
    word = tmp_path / "letter.doc"
    word.write_text("Dear all")
    assert "is not a model" in failed("export", word, "-o", tmp_path / "out.glb")
    assert "does not exist" in failed("export", tmp_path / "none.glb", "-o", tmp_path / "out.glb")
    assert "no object or collection" in failed("export", box, "--only", "Chair", "-o", tmp_path / "out.glb")
    assert "does not exist" in failed("export", box, "-o", word / "out.glb")
    assert "must end in" in failed("export", box, "-o", tmp_path / "out.fbx")
    assert "does not exist" in failed("points", box, "-o", word / "out.blend")


def test_a_folder_of_files_becomes_one_glb(tmp_path):
    files = [save_box(tmp_path / name) for name in ("a.glb", "b.stl", "c.blend")]
    code, out, err = run("export", *files, "-o", tmp_path / "all.glb", "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)["report"]
    assert report["checks"]["objects read back"] == 3 and report["counts"]["triangles"] == 36


def test_a_room_is_written_as_blend_and_read_again(tmp_path):
    import bpy

    target = tmp_path / "room.blend"
    code, out, err = run("environment", "an office for two people", "--seed", 2, "-o", target, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["brief"]["people"] == 2
    bpy.ops.wm.open_mainfile(filepath=str(target))
    room = next(item for item in bpy.data.collections if "worldwright" in item)
    assert json.loads(room["worldwright"])["seed"] == 2
    assert any(thing.get("role") == "floor" for thing in room.all_objects)


def test_clouds_come_back_as_objects(tmp_path):
    import bpy

    code, _, err = run("points", save_box(tmp_path / "box.blend"), "-o", tmp_path / "points.blend", "--count", 100)
    assert (code, err) == (0, "")
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "points.blend"))
    assert "Box" in bpy.data.objects and len(bpy.data.objects) == 2


def test_the_console_script_speaks_only_for_itself(tmp_path):
    """A process of its own: Blender's chatter reaches neither stream, and the exit code is the command's."""
    box = save_box(tmp_path / "box.glb")
    command = [sys.executable, "-c", "from worldwright.headless import main; main()"]
    environment = {**os.environ, "PYTHONPATH": ""}
    target = tmp_path / "box.ply"
    done = subprocess.run([*command, "points", box, "-o", target, "--json"], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["output"] == str(target) and target.exists()
    done = subprocess.run([*command, "points", tmp_path / "no.glb", "-o", target], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout) == (1, "") and "does not exist" in done.stderr
    done = subprocess.run([*command, "points"], capture_output=True, text=True, env=environment)
    assert done.returncode == 2 and done.stderr.startswith("usage:") and "required" in done.stderr
    done = subprocess.run([*command, "--help"], capture_output=True, text=True, env=environment)
    assert done.returncode == 0 and all(word in done.stdout for word in ("annotate", "environment", "doctor"))
