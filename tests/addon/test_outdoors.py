"""City and Landscape in Blender: operators, repeats as one object, the sky, export with repeats kept, the command line."""

from __future__ import annotations

import io
import json
import struct

import helpers
import numpy as np

SMALL_STREET = {"buildings": 4, "storeys": 2, "style": "brick", "trees": 1.0, "traffic": 0.2, "furniture": 0.3}
SMALL_LAND = {"kind": "lake", "resolution": "256", "size": 300.0, "plants": 300, "grass": 0.1}


def set_sliders(settings, values):
    for name, value in values.items():
        setattr(settings.sliders, name, value)


def test_a_street_from_a_prompt_in_one_undo_step(scene):
    import bpy

    settings = scene.worldwright_city
    settings.prompt = "a rainy brick street with four buildings, two storeys"
    assert bpy.ops.worldwright.city() == {"FINISHED"}
    assert settings.sliders.weather == "rain" and settings.sliders.style == "brick" and settings.sliders.buildings == 4
    collection = bpy.data.collections["Street"]
    buildings = [thing for thing in collection.all_objects if thing.get("label") == "building"]
    assert len(buildings) == 4
    assert any(thing.type == "CAMERA" for thing in collection.all_objects)
    assert json.loads(collection["worldwright"])["kind"] == "city"
    wet = bpy.data.materials["Asphalt wet"].node_tree
    assert any(node.type == "TEX_IMAGE" for node in wet.nodes)


def test_the_sky_is_used_where_there_is_none_and_offered_where_there_is_one(scene):
    import bpy

    own = bpy.data.worlds.new("Mine")
    scene.world = own
    set_sliders(scene.worldwright_city, SMALL_STREET)
    bpy.ops.worldwright.city()
    assert scene.world == own  # never overwritten silently
    assert bpy.ops.worldwright.use_sky() == {"FINISHED"}
    assert scene.world != own and scene.world.node_tree is not None
    assert own.use_fake_user and not bpy.ops.worldwright.use_sky.poll()
    scene.world = None
    bpy.ops.worldwright.another_city()
    assert scene.world is not None


def test_a_landscape_draws_its_plants_as_instances_of_few_objects(scene):
    import bpy

    set_sliders(scene.worldwright_landscape, SMALL_LAND)
    assert bpy.ops.worldwright.landscape() == {"FINISHED"}
    collection = bpy.data.collections["Lake"]
    trees = next(thing for thing in collection.all_objects if thing.name == "Trees")
    instances = bpy.context.evaluated_depsgraph_get().object_instances
    drawn = sum(part.is_instance and part.parent.original == trees for part in instances)
    assert drawn == len(trees.data.vertices) > 50
    assert len(collection.all_objects) < 90


def test_export_keeps_repeats_as_nodes_that_share_meshes(scene, tmp_path):
    import bpy

    instances = helpers.module("core.scene").Instances
    core = helpers.module("core.scene")
    corners = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], float)
    plate = core.Mesh.from_faces("Plate", corners, np.array([[0, 1, 2, 3]]))
    places = np.tile(np.eye(4, dtype=np.float32), (7, 1, 1))
    places[:, 0, 3] = np.arange(7)
    places[3, :3, :3] = [[0, -2, 0], [2, 0, 0], [0, 0, 2]]
    made = core.Scene("Plates", [core.Node("Many", instances=instances([plate], np.zeros(7, np.int32), places))])
    writing = helpers.module("writing.scene")
    writing.run(writing.write_scene(bpy.context, made))
    host = helpers.module("blender_host")
    target = tmp_path / "plates.glb"
    host.drive(helpers.module("exporting.glb").export_glb(bpy.context, list(scene.objects), target))
    data = target.read_bytes()
    length = struct.unpack("<I", data[12:16])[0]
    content = json.loads(data[20 : 20 + length])
    assert len(content["meshes"]) == 1
    shown = [node for node in content["nodes"] if "mesh" in node]
    repeated = [node for node in shown if "EXT_mesh_gpu_instancing" in node.get("extensions", {})]
    assert len(shown) == 7 or repeated


def test_a_height_map_and_a_photograph_from_the_panel(scene, tmp_path):
    import bpy

    image = bpy.data.images.new("Heights", 64, 64, float_buffer=True)
    field = np.zeros((64, 64, 4), np.float32)
    field[..., :3] = np.linspace(0, 1, 64)[:, None, None]
    field[..., 3] = 1.0
    image.pixels.foreach_set(field.ravel())
    image.file_format, image.filepath_raw = "PNG", str(tmp_path / "heights.png")
    image.save()
    settings = scene.worldwright_landscape
    set_sliders(settings, {**SMALL_LAND, "kind": "hills", "plants": 50})
    settings.heights = str(tmp_path / "heights.png")
    assert bpy.ops.worldwright.landscape() == {"FINISHED"}
    low, high = bpy.data.objects["Ground 1-4"], bpy.data.objects["Ground 8-4"]
    assert high.bound_box[0][2] > low.bound_box[6][2]  # the picture's top is north and white
    assert bpy.ops.worldwright.landscape_from_photo(filepath=str(tmp_path / "heights.png")) == {"FINISHED"}
    assert "photograph" in settings.notes


def test_the_command_line_makes_a_street(worldwright, tmp_path):
    cli = helpers.module("core.cli")
    out, err = io.StringIO(), io.StringIO()
    target = tmp_path / "street.npz"
    wishes = [text for name, value in SMALL_STREET.items() for text in ("--set", f"{name}={value}")]
    code = cli.main(cli.Host(out, err), ["city", "a street at night", *wishes, "--seed", "3", "-o", str(target), "--json"])
    assert code == 0, err.getvalue()
    said = json.loads(out.getvalue())
    assert said["report"]["counts"]["buildings"] == 4 and said["brief"]["time"] == "night" and said["brief"]["seed"] == 3
    assert target.stat().st_size > 10_000
    assert cli.main(cli.Host(out, err), ["landscape", "ein Wald", "-o", str(tmp_path / "x.npz")]) == 1
    assert "English" in err.getvalue()


def test_another_landscape_leaves_nothing_of_the_first_behind(scene):
    import bpy

    set_sliders(scene.worldwright_landscape, {**SMALL_LAND, "kind": "hills", "plants": 60})
    bpy.ops.worldwright.landscape()
    groups, collections = len(bpy.data.node_groups), len(bpy.data.collections)
    bpy.ops.worldwright.another_landscape()
    assert len(bpy.data.node_groups) == groups and len(bpy.data.collections) == collections
