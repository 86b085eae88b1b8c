"""The command line without Blender: what goes in and comes out, and its exit codes."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from core import cli, codec
from core.scene import Scene
from core.spatial.files import read_cloud

BOX = """o Box
v -1 0 1\nv 1 0 1\nv 1 0 -1\nv -1 0 -1\nv -1 2 1\nv 1 2 1\nv 1 2 -1\nv -1 2 -1
f 4 3 2 1\nf 5 6 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8
"""  # Y up, as OBJ files are
COMMANDS = ("points", "annotate", "character", "environment", "export", "doctor", "evaluate")


@pytest.fixture
def box(tmp_path):
    path = tmp_path / "box.obj"
    path.write_text(BOX)
    return path


def run(*arguments):
    """Exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    code = cli.main(cli.Host(out, err), [str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def failed(*arguments):
    """The one sentence on stderr of a command that fails, exit code 1, and says nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1 and err.rstrip().endswith(".")
    return err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_takes_the_common_options(command):
    code, help, _ = run(command, "--help")
    assert code == 0
    assert all(option in help for option in ("--seed", "--json", "--output"))


@pytest.mark.parametrize("arguments", [[], ["dance"], ["points"], ["points", "a.obj"], ["character", "a man"],
                                       ["points", "a.obj", "-o", "b.ply", "--method", "magic"], ["doctor", "--seed", "-1"],
                                       ["doctor", "--seed", "x"], ["evaluate", "poet"]])  # fmt: skip
def test_wrong_usage_ends_with_2(arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and "usage:" in err


def test_points_of_a_model(box, tmp_path):
    target = tmp_path / "box.ply"
    code, out, err = run("points", box, "-o", target, "--count", 500, "--seed", 4, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["report"]["counts"]["points"] == 500
    cloud = read_cloud(target)
    assert len(cloud) == 500
    assert np.allclose(np.abs(cloud.positions - [0, 0, 1]).max(axis=1), 1, atol=1e-5)  # on the surface of the 2 m box
    first = target.read_bytes()
    run("points", box, "-o", target, "--count", 500, "--seed", 4)
    assert target.read_bytes() == first
    run("points", box, "-o", target, "--count", 500, "--seed", 5)
    assert target.read_bytes() != first


def test_a_cloud_for_each_mesh(box, tmp_path):
    code, out, _ = run("points", box, box, "-o", tmp_path / "each.xyz", "--count", 50, "--each")
    assert code == 0 and "2 clouds" in out
    assert len(list(tmp_path.glob("each-*.xyz"))) == 2


def test_a_room_from_a_prompt_a_brief_and_settings(tmp_path):
    target, brief = tmp_path / "room.npz", tmp_path / "brief.json"
    code, out, err = run("environment", "an office for two", "--set", "width=5", "--seed", 9, "-o", target, "--json")
    assert (code, err) == (0, "")
    values = json.loads(out)
    assert (values["brief"]["width"], values["brief"]["people"], values["brief"]["seed"]) == (5, 2, 9)
    room = codec.load(target)
    assert isinstance(room, Scene) and len(room.nodes) > 20
    brief.write_text(json.dumps(values["brief"]))
    assert run("environment", "--brief", brief, "-o", tmp_path / "again.npz")[0] == 0
    again = codec.load(tmp_path / "again.npz")
    again.report = room.report  # it holds times
    text, arrays = codec.encode(room)
    same, others = codec.encode(again)
    assert text == same and all(np.array_equal(arrays[key], others[key]) for key in arrays)


def test_bad_input_is_one_sentence_and_exit_code_1(box, tmp_path):
    out = tmp_path / "out.ply"
    text, empty, brief = tmp_path / "text.glb", tmp_path / "empty.obj", tmp_path / "brief.json"
    text.write_text("this is not a model")
    empty.write_bytes(b"")
    brief.write_text("[1, 2]")
    assert "does not exist" in failed("points", tmp_path / "none.obj", "-o", out)
    assert "text.glb" in failed("points", text, "-o", out)
    assert "empty" in failed("points", empty, "-o", out)
    assert "The prompt is empty." in failed("character", "", "-o", tmp_path / "person.npz")
    assert "The prompt is empty." in failed("environment", " ", "-o", tmp_path / "room.npz")
    assert "must end in" in failed("points", box, "-o", tmp_path / "cloud.doc")
    assert "does not exist" in failed("points", box, "-o", tmp_path / "no" / "cloud.ply")
    assert "does not exist" in failed("points", box, "-o", text / "cloud.ply")
    assert "needs Blender" in failed("environment", "an office", "-o", tmp_path / "room.blend")
    assert "needs Blender" in failed("export", box, "-o", tmp_path / "box.glb")
    assert "not a brief" in failed("environment", "--brief", brief, "-o", tmp_path / "room.npz")
    assert "NAME=VALUE" in failed("environment", "--set", "width", "-o", tmp_path / "room.npz")
    assert "no parameter" in failed("environment", "--set", "wings=2", "-o", tmp_path / "room.npz")
    assert "“width” must" in failed("environment", "--set", "width=900", "-o", tmp_path / "room.npz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["box.obj", "brief.json", "empty.obj", "text.glb"]


def test_the_doctor_lists_what_is_there(tmp_path):
    code, out, _ = run("doctor", "--json", "-o", tmp_path / "doctor.json")
    found = json.loads(out)
    assert code == (0 if all(item["well"] for item in found) else 1)
    assert any(item["finding"].startswith("numpy") for item in found)
    assert json.loads((tmp_path / "doctor.json").read_text()) == found


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "scores.json"
    target.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli.os, "replace", full)
    assert "No space left" in failed("doctor", "-o", target)
    assert target.read_text() == "old" and len(list(tmp_path.iterdir())) == 1
