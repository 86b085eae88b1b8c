"""The demo on an artist's own file, and on something that is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import helpers


def demo(*arguments):
    command = [sys.executable, "-m", "worldwright.demo", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})


def test_the_main_job_on_an_artists_own_file(empty_scene, tmp_path):
    import bpy

    helpers.add_box("Crate", (0.6, 0.6, 0.6))
    bpy.ops.wm.obj_export(filepath=str(tmp_path / "crate.obj"))
    done = demo(tmp_path / "crate.obj", "-o", tmp_path / "out", "--samples", 1)
    assert (done.returncode, done.stderr) == (0, "")
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {"demo.blend", "office.glb", "character.glb", "original.glb", "office.png", "report.json"}
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["points"] == {"clouds": 1, "points": 4096} and len(report["annotations"]) == 1
    for name in ("office", "character", "original"):
        checks = report[f"export {name}"]["checks"]
        assert checks.get("gltf-validator errors", 0) == 0
        assert all(value <= 0.1 for check, value in checks.items() if "(mm)" in check)
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "out" / "demo.blend"))
    crate = bpy.data.objects["Crate"]
    assert "label" in crate and "label" in crate.data.attributes
    assert bpy.data.collections["Points"].hide_render and len(bpy.data.collections["Points"].objects) == 1
    camera = bpy.data.scenes["Picture"].camera.matrix_world.translation
    person = next(thing for thing in bpy.data.objects if thing.type == "ARMATURE")
    towards = (camera - person.matrix_world.translation).xy.normalized()
    assert (-person.matrix_world.col[1].xy).dot(towards) > 0.99  # she faces the camera


def test_a_file_that_is_no_model_is_one_sentence(tmp_path):
    (tmp_path / "letter.glb").write_text("Dear all")
    done = demo(tmp_path / "letter.glb", "-o", tmp_path / "out")
    assert done.returncode == 1 and "letter.glb" in done.stderr and len(done.stderr.splitlines()) == 1
