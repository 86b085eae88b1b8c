"""Packs: named and made the engine's way, read back, atomic; preflight with fixes; the artist's scene untouched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import helpers
import numpy as np
import pytest
import samples

MODULES = Path(__file__).resolve().parents[2] / ".cache" / "node" / "node_modules"
os.environ.setdefault("NODE_PATH", str(MODULES))  # the installed extension has no folder of its own for Node packages


@pytest.fixture
def collection(empty_scene):
    import bpy

    writing = helpers.module("writing.scene")
    made = writing.run(writing.write_scene(bpy.context, samples.everything(helpers.module("core.scene")), (1, 2, 0)))
    bpy.context.view_layer.update()
    return made


def pack(objects, folder, engine, **options):
    import bpy

    exporting = helpers.module("exporting.pack")
    steps = exporting.export_pack(bpy.context, objects, folder, engine, exporting.PackOptions(**options))
    return helpers.module("blender_host").drive(steps)


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def refused():
    return pytest.raises(helpers.module("core.errors").WorldwrightError)


@pytest.mark.parametrize(
    ("engine", "model", "solid"),
    [("godot", "sample.glb", "Crate_01-convcolonly"), ("unreal", "sample.fbx", "UCX_Crate_01"), ("usd", "sample.usdz", "")],
)
def test_a_pack_has_everything_and_leaves_the_scene_alone(collection, tmp_path, engine, model, solid):
    before = helpers.fingerprint()
    report = pack(collection.all_objects, tmp_path / "sample", engine)
    assert helpers.fingerprint() == before
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]
    content = manifest(tmp_path / "sample")
    assert content["engine"] == engine and f"meshes/{model}" in content["files"] and "IMPORT.txt" in content["files"]
    assert content["labels"] == {"Crate": "crate", "Crate_2": "crate"} and content["objects"] == 3
    assert set(content["clips_seconds"]) == ({"idle-loop", "walk"} if engine == "godot" else {"idle", "walk"})
    back = report.checks["Blender read back"]
    assert back["bounds (mm)"] <= 0.14
    if engine != "usd":
        assert back["bind pose, vertices (mm)"] <= 0.14 and back["clips"] == 2 and back["shape keys"] == 2
        assert back["influences"] <= 4 and back["convex colliders"] == report.counts["colliders"] >= 1
        assert solid.encode() in (tmp_path / "sample" / "meshes" / model).read_bytes()
    names = [name for name in report.checks if name not in ("Blender read back", "proving took (s)")]
    assert names  # programs that are not ours were asked, or the report says that they are not there
    for name in names:
        assert "LOD" in name or report.checks[name]


def test_textures_are_packed_the_engines_way(collection, tmp_path):
    import bpy

    pack(collection.all_objects, tmp_path / "a", "unreal", lods=False, colliders="none")
    pack(collection.all_objects, tmp_path / "b", "unity", lods=False, colliders="none")

    def pixel(path):
        image = bpy.data.images.load(str(path))
        values = np.array(image.pixels[:4])
        bpy.data.images.remove(image)
        return np.rint(values * 255).astype(int)

    assert pixel(tmp_path / "a" / "textures" / "T_Skin_ORM.png")[:3].tolist() == [255, 120, 0]
    assert pixel(tmp_path / "a" / "textures" / "T_Skin_N.png")[:3].tolist() == [128, 127, 255]
    assert pixel(tmp_path / "b" / "textures" / "T_Skin_MaskMap.png").tolist() == [0, 255, 0, 135]
    assert pixel(tmp_path / "b" / "textures" / "T_Skin_Normal.png")[:3].tolist() == [128, 128, 255]
    assert (tmp_path / "b" / "Editor" / "WorldwrightImporter.cs").is_file()


def test_what_hangs_three_deep_stays_in_its_place_for_unity(empty_scene, tmp_path):
    """Blender's exporter turns such objects by 90 degrees when it bakes the axes: a window in a wall of a room."""
    room = helpers.link("Room", None)
    wall, window, handle = (helpers.add_box(name) for name in ("Wall", "Window", "Handle"))
    for target, parent, place in ((wall, room, (0, 2, 1)), (window, wall, (1, 0, 0.5)), (handle, window, (0.2, 0.1, 0.3))):
        target.parent, target.location, target.rotation_euler = parent, place, (0, 0, 0.3)
    report = pack([room, wall, window, handle], tmp_path / "room", "unity", lods=False, viewer=False)
    assert report.checks["Blender read back"]["bounds (mm)"] <= 0.14
    data = (tmp_path / "room" / "meshes" / "room.fbx").read_bytes()
    assert data.count(b"worldwright_parent") >= 2  # the window and its handle say where they belong
    assert window.parent == wall and "worldwright_parent" not in window


def test_levels_and_colliders_of_an_artists_mesh(empty_scene, tmp_path):
    import bpy

    bpy.ops.mesh.primitive_uv_sphere_add(segments=48, ring_count=24)
    bpy.context.object.name = "Größe: 1/2 \\ “ball”.001"
    report = pack([bpy.context.object], tmp_path / "ball", "unity", viewer=False)
    content = manifest(tmp_path / "ball")
    (name, levels), = content["lods"].items()
    assert name == "Gre_1_2_ball_001"
    assert all(level["triangles"] <= 2208 * ratio for level, ratio in zip(levels, (0.5, 0.25, 0.1), strict=True))
    assert levels[0]["error_mm"] < levels[2]["error_mm"] and levels[0]["one_pixel_from_m"] < levels[2]["one_pixel_from_m"]
    data = (tmp_path / "ball" / "meshes" / "ball.fbx").read_bytes()
    for word in (f"{name}_LOD3", f"{name}_COL_01", "Lightmap"):
        assert word.encode() in data
    assert report.checks["Blender read back"]["objects"] == 5


def test_the_viewer_holds_everything_and_draws_it(collection, tmp_path):
    """Opened from disk in a real browser: the page says how much it loaded, and its picture is not all background."""
    pack(collection.all_objects, tmp_path / "web", "web")
    page = tmp_path / "web" / "viewer.html"
    text = page.read_text()
    assert 'id="model-0"' in text and "GLTFLoader" in text and "<script src" not in text and "{viewer}" not in text
    assert 'rel="ar" href="meshes/web_AR.usdz"' in text and (tmp_path / "web" / "meshes" / "web_AR.usdz").is_file()
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("the viewer was not opened: no chromium is installed")
    picture = tmp_path / "page.png"
    words = [browser, "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
             "--hide-scrollbars", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=480,400",
             "--virtual-time-budget=15000"]  # fmt: skip
    shot = subprocess.run([*words, f"--screenshot={picture}", page.as_uri()], capture_output=True, timeout=150)
    assert picture.is_file(), shot.stderr.decode()[-500:]
    import bpy

    image = bpy.data.images.load(str(picture))
    pixels = np.array(image.pixels).reshape(image.size[1], image.size[0], 4)[60:, :, :3]  # the bar below left out
    bpy.data.images.remove(image)
    drawn = abs(pixels - pixels[-1, 0]).max(axis=2) > 0.08
    assert drawn.mean() > 0.02 and np.ptp(pixels[drawn], axis=0).max() > 0.2


def test_an_old_pack_is_kept_until_the_new_one_is_whole(collection, tmp_path):
    import bpy

    target = tmp_path / "pack"
    pack(collection.all_objects, target, "roblox", viewer=False)
    old = manifest(target)
    with refused() as error:
        pack(collection.all_objects, target, "roblox")
    assert "There is a pack" in str(error.value)
    box = helpers.add_box("Box")
    box.data.vertices[0].co.x = float("nan")
    with refused():
        pack([box], target, "roblox", overwrite=True, force=True)
    assert manifest(target) == old and [path.name for path in tmp_path.iterdir()] == ["pack"]
    bpy.data.objects.remove(box)
    pack([bpy.data.objects["Crate"]], target, "roblox", overwrite=True, viewer=False)
    assert manifest(target)["objects"] == 1 and [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_places_that_cannot_be_written_are_refused_before_any_work(collection, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("mine")
    for folder, match in ((tmp_path / "full", "other files"), (tmp_path / "no" / "x", "does not exist")):
        with refused() as error:
            pack(collection.all_objects, folder, "godot", overwrite=True)
        assert match in str(error.value)
    with refused() as error:
        pack(collection.all_objects, tmp_path / "x", "dreamcast")
    assert "Known are unreal" in str(error.value)


def test_the_preflight_names_what_is_wrong_and_fixes_it(empty_scene):
    import bpy

    api = helpers.module("api")
    empty_scene.unit_settings.scale_length = 0.01
    box = helpers.add_box("Box")
    box.scale = (2, 2, 2)
    box.data.flip_normals()
    solid = helpers.add_box("Solid")
    solid["role"] = "collider"
    solid.data.vertices[4].co = (0, 0, 0.3)  # dents the top
    for group in range(6):
        box.vertex_groups.new(name=f"b{group}").add([0], 0.2, "ADD")
    rig = helpers.link("Rig", bpy.data.armatures.new("Rig"))
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    for group in range(6):
        bone = rig.data.edit_bones.new(f"b{group}")
        bone.tail = (0, 0, 1)
    bpy.ops.object.mode_set(mode="OBJECT")
    box.modifiers.new("Armature", "ARMATURE").object = rig
    box.modifiers.new("Second", "ARMATURE").object = helpers.link("Other", bpy.data.armatures.new("Other"))
    found = api.preflight([box, solid, rig], "unreal")
    checks = {one.check: one for one in found}
    for check in ("unit scale", "scale", "normals", "concave collider", "influences", "weightless", "roots", "missing UVs",
                  "two armatures", "budget"):  # fmt: skip
        assert check in checks, check
        assert checks[check].sentence.endswith(".")
    assert [one.level for one in found] == sorted((one.level for one in found), key=["error", "warning", "information"].index)
    fixes = helpers.module("exporting.fixes")
    for one in found:
        if one.fix:
            fixes.fix(bpy.context, one)
    left = {one.check for one in api.preflight([box, solid, rig], "unreal")}
    assert not left & {"unit scale", "normals", "concave collider", "influences", "weightless", "missing UVs"}


def test_errors_stop_the_export_unless_it_is_forced(empty_scene, tmp_path):
    import bpy

    box = helpers.add_box("Box")
    material, color = helpers.new_material("Paint")
    node = material.node_tree.nodes.new("ShaderNodeTexImage")
    node.image = bpy.data.images.new("gone", 4, 4)
    node.image.source, node.image.filepath = "FILE", str(tmp_path / "gone.png")
    material.node_tree.links.new(node.outputs[0], color)
    box.data.materials.append(material)
    box.data.uv_layers.new()
    with refused() as error:
        pack([box], tmp_path / "pack", "roblox", viewer=False)
    assert "gone" in str(error.value) and "orce the export" in str(error.value)
    report = pack([box], tmp_path / "pack", "roblox", viewer=False, force=True)
    assert any("gone" in warning for warning in report.warnings)


def test_procedural_textures_are_baked(empty_scene, tmp_path):
    box = helpers.add_box("Box")
    material, color = helpers.new_material("Marble")
    noise = material.node_tree.nodes.new("ShaderNodeTexNoise")
    material.node_tree.links.new(noise.outputs["Color"], color)
    box.data.materials.append(material)
    box.data.uv_layers.new()
    report = pack([box], tmp_path / "pack", "unity", viewer=False, texture_size=64)
    assert any("baked to 64 pixels" in warning for warning in report.warnings)
    assert (tmp_path / "pack" / "textures" / "T_Marble_BaseColor.png").stat().st_size > 2000


def test_faces_without_a_place_on_the_map_get_tangents(empty_scene, tmp_path):
    """A normal map and UVs in one place: tangents of length 0 would make the file invalid."""
    import bpy

    box = helpers.add_box("Box")
    material, _ = helpers.new_material("Bumps")
    nodes, links = material.node_tree.nodes, material.node_tree.links
    picture, bumps = nodes.new("ShaderNodeTexImage"), nodes.new("ShaderNodeNormalMap")
    picture.image = bpy.data.images.new("bumps", 4, 4)
    picture.image.generated_color = (0.5, 0.5, 1, 1)
    links.new(picture.outputs["Color"], bumps.inputs["Color"])
    shader = next(node for node in nodes if node.type == "BSDF_PRINCIPLED")
    links.new(bumps.outputs[0], shader.inputs["Normal"])
    box.data.materials.append(material)
    layer = box.data.uv_layers.new()
    layer.uv.foreach_set("vector", [0.5] * (2 * len(box.data.loops)))
    proof = pack([box], tmp_path / "pack", "godot", viewer=False).checks["gltf-validator"]
    if "not run" in proof:
        pytest.skip("Node.js or gltf-validator is missing")
    assert proof["errors"] == proof["warnings"] == 0


def test_the_buttons_work(collection, tmp_path):
    import bpy

    settings = bpy.context.scene.worldwright_export
    settings.engine, settings.folder, settings.viewer = "roblox", str(tmp_path / "pack"), False
    assert bpy.ops.worldwright.preflight() == {"FINISHED"}
    assert helpers.module("features.export.operators").findings
    assert bpy.ops.worldwright.export_pack() == {"FINISHED"}
    assert helpers.module("job").reports["pack"].counts["objects"] == 3
    job = tmp_path / "job.toml"
    (tmp_path / "a.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n")
    job.write_text('[items]\nfiles = ["a.obj"]\n[[steps]]\ndo = "points"\noutput = ".ply"\ncount = 10\n')
    bpy.context.scene.worldwright_batch.job = str(job)
    assert bpy.ops.worldwright.batch() == {"FINISHED"}
    assert (tmp_path / "job" / "points" / "a.ply").is_file()
