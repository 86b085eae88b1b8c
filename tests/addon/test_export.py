"""GLB files: valid, the same size and pose when read back, the artist's scene untouched, the old file kept on failure."""

from __future__ import annotations

import errno
import json
import os
import struct
from pathlib import Path

import helpers
import numpy as np
import pytest
import samples

MODULES = Path(__file__).resolve().parents[2] / ".cache" / "node" / "node_modules"
os.environ.setdefault("NODE_PATH", str(MODULES))  # the installed extension has no folder of its own for Node packages
HAS_VALIDATOR = any((Path(place) / "gltf-validator").is_dir() for place in os.environ["NODE_PATH"].split(os.pathsep))


@pytest.fixture
def collection(empty_scene):
    import bpy

    writing = helpers.module("writing.scene")
    made = writing.run(writing.write_scene(bpy.context, samples.everything(helpers.module("core.scene")), (1, 2, 0)))
    bpy.context.view_layer.update()
    return made


def export(objects, path):
    import bpy

    return drive(helpers.module("exporting.glb").export_glb(bpy.context, objects, path))


def drive(steps):
    import time

    while True:
        try:
            step = next(steps)
        except StopIteration as done:
            return done.value
        if step.waiting:
            time.sleep(0.01)


def document(path):
    """The JSON and the binary chunk of a .glb."""
    data = path.read_bytes()
    length = struct.unpack("<I", data[12:16])[0]
    return json.loads(data[20 : 20 + length]), data[20 + length + 8 :]


def node(content, name):
    return next(item for item in content["nodes"] if item.get("name") == name)


def test_a_result_comes_out_valid_and_reads_back_the_same(collection, tmp_path):
    before = helpers.fingerprint()
    report = export(collection.all_objects, tmp_path / "sample.glb")
    assert helpers.fingerprint() == before
    assert [path.name for path in tmp_path.iterdir()] == ["sample.glb"]
    assert report.checks["objects read back"] == 3
    assert all(value <= 0.1 for name, value in report.checks.items() if "(mm)" in name)
    assert len([name for name in report.checks if "(mm)" in name]) == 3
    assert report.counts["triangles"] == 24 and report.counts["animations"] == 2
    assert report.warnings == ["1 collision and navigation shapes were left out."]
    if HAS_VALIDATOR:
        assert report.checks["gltf-validator errors"] == report.checks["gltf-validator warnings"] == 0
    else:
        assert report.checks["gltf-validator"].startswith("not run")


def test_the_file_is_what_engines_expect(collection, tmp_path):
    export(collection.all_objects, tmp_path / "sample.glb")
    content, _ = document(tmp_path / "sample.glb")
    names = [item.get("name") for item in content["nodes"]]
    assert "Solid" not in names and "Rig" not in names and {"root", "tip", "Body", "Crate"} <= set(names)
    assert node(content, "Crate")["mesh"] == node(content, "Crate 2")["mesh"]
    assert node(content, "Crate")["extras"]["label"] == "crate"
    assert node(content, "Crate")["translation"] == [3, 0, -2]  # Y is up; what faced -Y in Blender faces +Z
    body, crate = (content["meshes"][node(content, name)["mesh"]]["primitives"][0]["attributes"] for name in ("Body", "Crate"))
    assert {"TANGENT", "JOINTS_0", "WEIGHTS_0", "COLOR_0"} <= set(body) and "JOINTS_1" not in body and "COLOR_1" not in body
    assert "COLOR_0" not in crate
    assert content["meshes"][node(content, "Body")["mesh"]]["weights"] == [0, 0.25]
    assert sorted(item["name"] for item in content["animations"]) == ["idle", "walk"]
    assert "Sample" in json.loads(content["scenes"][0]["extras"]["worldwright"])
    alpha = {item["name"]: (item.get("alphaMode"), item.get("doubleSided", False)) for item in content["materials"]}
    assert alpha == {"Leaf": ("MASK", True), "Skin": (None, False)}
    assert "JOINTS_0" not in crate and len(content["images"]) == 4


def test_an_armature_comes_along_and_a_parent_left_behind_keeps_the_place(collection, tmp_path):
    import bpy

    report = export([bpy.data.objects["Body"], bpy.data.objects["Crate 2"]], tmp_path / "two.glb")
    content, _ = document(tmp_path / "two.glb")
    assert report.counts["skins"] == 1 and report.checks["objects read back"] == 2
    assert node(content, "Crate 2")["translation"] == [3, 1, -2]


def test_two_figures_with_bones_of_the_same_names_stay_two(collection, tmp_path):
    import bpy

    rig, body = bpy.data.objects["Rig"], bpy.data.objects["Body"]
    other, clothed = rig.copy(), body.copy()
    other.name, other.location.x, clothed.name, clothed.parent = "Second", rig.location.x + 2, "Second body", other
    clothed.modifiers[0].object = other
    for thing in (other, clothed):
        bpy.context.scene.collection.objects.link(thing)
    bpy.context.view_layer.update()
    report = export([rig, body, other, clothed], tmp_path / "two.glb")
    content, _ = document(tmp_path / "two.glb")
    assert report.checks["bind pose, bones: largest error (mm)"] < 0.1
    first, second = (set(skin["joints"]) for skin in content["skins"])
    assert len(first) == len(second) == 2 and not first & second
    assert {"Rig", "Second"} <= {item["name"] for item in content["nodes"]}


def artist_scene():
    """What artists have: a mirrored child, an n-gon, a modifier, a curve, a text, scattered instances, a hidden object."""
    import bpy

    parent = helpers.add_box("Parent", location=(4, 0, 0))
    mirrored = helpers.add_box("Mirrored", location=(0, 1, 0))
    mirrored.parent, mirrored.scale = parent, (-2, 1, 1)
    child = helpers.add_box("Child", location=(1, 0, 0))
    child.parent = mirrored
    bpy.ops.mesh.primitive_circle_add(vertices=9, fill_type="NGON", location=(0, 0, 2))
    bpy.context.object.name = "Disc"
    rounded = helpers.add_box("Rounded", location=(-3, 0, 0))
    rounded.modifiers.new("Subdivision", "SUBSURF").levels = 2
    bpy.ops.curve.primitive_bezier_circle_add(location=(0, 4, 0))
    bpy.context.object.name = "Ring"
    bpy.context.object.data.bevel_depth = 0.1
    bpy.ops.object.text_add(location=(0, -4, 0))
    bpy.context.object.name = "Sign"
    bpy.context.object.data.extrude = 0.05
    helpers.add_box("Hidden", location=(0, 9, 0)).hide_set(True)
    scatter(helpers.add_box("Scatter", location=(9, 9, 0)))
    bpy.context.view_layer.update()
    return list(bpy.context.scene.objects)


def scatter(target):
    """Puts an instance of a cube on each of the mesh's points."""
    import bpy

    group = bpy.data.node_groups.new("Scatter", "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    kinds = ("NodeGroupInput", "GeometryNodeInstanceOnPoints", "GeometryNodeMeshCube", "NodeGroupOutput")
    start, instance, cube, end = (group.nodes.new(kind) for kind in kinds)
    cube.inputs["Size"].default_value = (0.1, 0.1, 0.1)
    group.links.new(start.outputs[0], instance.inputs["Points"])
    group.links.new(cube.outputs["Mesh"], instance.inputs["Instance"])
    group.links.new(instance.outputs[0], end.inputs[0])
    target.modifiers.new("Scatter", "NODES").node_group = group


def test_an_artists_own_scene_is_made_safe_without_being_touched(empty_scene, tmp_path):
    objects = artist_scene()
    before = helpers.fingerprint()
    report = export(objects, tmp_path / "scene.glb")
    assert helpers.fingerprint() == before
    assert report.checks["objects read back"] == len(objects) == 9
    assert report.checks["scale, axes and place: largest error (mm)"] <= 0.1
    content, binary = document(tmp_path / "scene.glb")
    assert all(min(item.get("scale", [1])) > 0 for item in content["nodes"])
    assert triangles(content, "Rounded") == 6 * 16 * 2 and triangles(content, "Disc") == 7
    assert triangles(content, "Scatter") == 8 * 12 and triangles(content, "Sign") > 20
    for name in ("Mirrored", "Child"):
        assert outward_volume(content, binary, name) > 0  # a negative scale would have turned it inside out


def triangles(content, name):
    part = content["meshes"][node(content, name)["mesh"]]["primitives"][0]
    return content["accessors"][part["indices"]]["count"] // 3


def outward_volume(content, binary, name):
    """Signed volume in the mesh's own space, from positions and winding."""
    part = content["meshes"][node(content, name)["mesh"]]["primitives"][0]

    def read(accessor, kind, width):
        entry = content["accessors"][accessor]
        view = content["bufferViews"][entry["bufferView"]]
        return np.frombuffer(binary, kind, entry["count"] * width, view.get("byteOffset", 0)).reshape(-1, width)

    points = read(part["attributes"]["POSITION"], np.float32, 3).astype(float)
    a, b, c = points[read(part["indices"], np.uint16, 1).reshape(-1, 3)].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def test_nothing_to_export_is_said(empty_scene, tmp_path):
    import bpy

    error = helpers.module("core.errors").WorldwrightError
    lamp = bpy.data.objects.new("Lamp", bpy.data.lights.new("Lamp", "POINT"))
    empty_scene.collection.objects.link(lamp)
    bare = bpy.data.objects.new("Bare", bpy.data.meshes.new("Bare"))
    empty_scene.collection.objects.link(bare)
    for objects, match in (([], "nothing to export"), ([lamp], "nothing to export"), ([bare], "no faces")):
        with pytest.raises(error, match=match):
            export(objects, tmp_path / "nothing.glb")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_before_any_work(empty_scene, tmp_path):
    box = helpers.add_box("Box")
    file = tmp_path / "file"
    file.write_text("not a folder")
    (tmp_path / "folder.glb").mkdir()
    error = helpers.module("core.errors").WorldwrightError
    for path, match in ((file / "a.glb", "does not exist"), (tmp_path / "no" / "a.glb", "does not exist"),
                        (tmp_path / "folder.glb", "cannot be written"), (Path(""), "no file name")):  # fmt: skip
        with pytest.raises(error, match=match):
            export([box], path)


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("kind", ["full disk", "not numbers", "no child", "cancelled"])
def test_the_old_export_is_kept_when_the_new_one_fails(empty_scene, tmp_path, monkeypatch, kind):
    import bpy

    glb = helpers.module("exporting.glb")
    target = tmp_path / "room.glb"
    target.write_bytes(b"the old one")
    box = helpers.add_box("Box")
    before = helpers.fingerprint()
    steps = glb.export_glb(bpy.context, [box], target)
    if kind == "cancelled":
        next(step for step in steps if step.waiting)
        steps.close()
    else:
        if kind == "full disk":
            monkeypatch.setattr(glb.shutil, "copyfile", full_disk)
        elif kind == "no child":
            monkeypatch.setattr(glb.child, "__file__", str(tmp_path / "gone.py"))
        else:
            box.data.vertices[0].co.x = float("nan")
            before = helpers.fingerprint()
        with pytest.raises(helpers.module("core.errors").WorldwrightError, match="[.]$"):
            drive(steps)
    assert target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["room.glb"]
    assert helpers.fingerprint() == before


def test_the_button_exports_what_was_chosen(collection, tmp_path):
    import bpy

    settings = bpy.context.scene.worldwright_export
    settings.path = str(tmp_path / "last.glb")
    assert bpy.ops.worldwright.export() == {"FINISHED"}
    assert helpers.module("job").reports["export"].counts["animations"] == 2
    settings.what = "SELECTION"
    for thing in bpy.context.selected_objects:
        thing.select_set(thing.name == "Crate")
    settings.path = str(tmp_path / "selection")
    assert bpy.ops.worldwright.export() == {"FINISHED"}
    assert [item["name"] for item in document(tmp_path / "selection.glb")[0]["nodes"]] == ["Crate"]


def test_the_button_says_why_not(empty_scene):
    import bpy

    settings = bpy.context.scene.worldwright_export
    with pytest.raises(RuntimeError, match="has made nothing"):
        bpy.ops.worldwright.export()
    settings.what = "SELECTION"
    with pytest.raises(RuntimeError, match="Select the objects"):
        bpy.ops.worldwright.export()
    helpers.add_box("Box")
    settings.path = "//box.glb"
    with pytest.raises(RuntimeError, match="has no folder yet"):
        bpy.ops.worldwright.export()
