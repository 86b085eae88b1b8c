"""Scenes and annotations in Blender: every value arrives, nothing is left behind when it fails."""

from __future__ import annotations

import json

import helpers
import numpy as np
import pytest
import samples


@pytest.fixture
def writing(empty_scene):
    return helpers.module("writing.scene")


@pytest.fixture
def sample(writing):
    return samples.everything(helpers.module("core.scene"))


def write(sample, location=(0, 0, 0)):
    import bpy

    writing = helpers.module("writing.scene")
    collection = writing.run(writing.write_scene(bpy.context, sample, location))
    bpy.context.view_layer.update()
    return collection


def values(collection, name, width):
    found = np.empty(len(collection) * width, np.float32)
    collection.foreach_get(name, found)
    return found.reshape(-1, width) if width > 1 else found


def test_a_mesh_arrives_whole(sample):
    import bpy

    write(sample)
    source, mesh = sample.node("Body").mesh, bpy.data.objects["Body"].data
    assert np.array_equal(values(mesh.vertices, "co", 3), source.vertices)
    assert [tuple(face.vertices) for face in mesh.polygons] == [tuple(face) for face in samples.FACES]
    assert np.array_equal(values(mesh.uv_layers[0].uv, "vector", 2), source.uvs)
    assert np.allclose(values(mesh.color_attributes["Color"].data, "color", 4), [1, 0.5, 0.25, 1])
    assert [item.value for item in mesh.attributes["part"].data] == [0, 0, 0, 0, 1, 1]
    assert json.loads(mesh["part_names"]) == ["side", "top"]
    assert all(edge.use_edge_sharp for edge in mesh.edges)  # a box has right angles only
    assert [key.value for key in mesh.shape_keys.key_blocks] == [0, 0, 0.25]
    assert np.allclose(values(mesh.shape_keys.key_blocks["wide"].points, "co", 3), source.vertices * 1.1)


def test_custom_normals_and_flat_faces_are_kept(writing):
    import bpy

    scene = helpers.module("core.scene")
    normals = np.tile(np.float32([0.6, 0, 0.8]), (24, 1))
    flat = samples.box(scene, "Flat")
    flat.smooth = None
    bent = samples.box(scene, "Bent", normals=normals)
    write(scene.Scene("Shading", [scene.Node("Bent", mesh=bent), scene.Node("Flat", mesh=flat)]))
    assert np.allclose(values(bpy.data.objects["Bent"].data.corner_normals, "vector", 3), normals, atol=1e-3)
    assert not any(face.use_smooth for face in bpy.data.objects["Flat"].data.polygons)


def test_objects_stand_where_they_should_and_say_where_they_come_from(sample):
    import bpy

    collection = write(sample, (1, 2, 3))
    things = bpy.data.objects
    assert {thing.name for thing in collection.objects} == {node.name for node in sample.nodes}
    assert tuple(things["Crate"].matrix_world.translation) == (3, 2, 3)
    assert tuple(things["Crate 2"].matrix_world.translation) == (3, 2, 4)
    assert things["Crate"].data is things["Crate 2"].data
    assert things["Crate"]["label"] == "crate" and things["Crate"]["n"] == 3 and things["Crate"]["big"] == str(2**40)
    assert json.loads(things["Crate"]["worldwright"]) == json.loads(collection["worldwright"]) == sample.provenance
    assert json.loads(collection["worldwright_report"])["counts"] == {"objects": 8}
    assert things["Solid"].hide_render and things["Solid"].hide_get() and not things["Crate"].hide_get()
    lamp, view = things["Lamp"].data, things["View"].data
    assert (lamp.type, lamp.shape, lamp.energy, lamp.size, lamp.size_y) == ("AREA", "RECTANGLE", 100, 1, 0.5)
    assert (view.lens, view.sensor_width) == (50, 36)
    assert bpy.context.view_layer.objects.active is things["Rig"]
    write(sample)
    assert "Crate.001" in things and things["Crate.001"].data is not things["Crate"].data


def test_textures_are_packed_to_the_pixel(sample):
    import bpy

    write(sample)
    source = sample.node("Body").mesh.materials[0].base_color_texture.pixels
    image = bpy.data.images["skin"]
    shown = np.rint(np.array(image.pixels[:]) * 255).reshape(16, 32, 4)
    assert np.array_equal(shown[::-1, :, :3], source)  # Blender's first row is the lowest
    assert image.packed_file and image.colorspace_settings.name == "sRGB"
    assert bpy.data.images["bumps"].colorspace_settings.name == "Non-Color"
    rough = np.rint(np.array(bpy.data.images["rough"].pixels[:4]) * 255)
    assert list(rough) == [255, 120, 255, 255]  # glTF: green is roughness, blue multiplies the metallic value


def test_materials_are_wired_for_exporters(sample):
    import bpy

    write(sample)
    skin, leaf = bpy.data.materials["Skin"], bpy.data.materials["Leaf"]
    shader = skin.node_tree.nodes["Principled BSDF"]
    assert shader.inputs["Base Color"].links[0].from_node.image.name == "skin"
    assert shader.inputs["Roughness"].links[0].from_socket.name == "Green"
    assert shader.inputs["Normal"].links[0].from_node.type == "NORMAL_MAP"
    assert abs(shader.inputs["Subsurface Weight"].default_value - 0.1) < 1e-6
    clip = leaf.node_tree.nodes["Principled BSDF"].inputs["Alpha"].links[0].from_node
    assert (clip.type, clip.operation, clip.inputs[1].default_value) == ("MATH", "GREATER_THAN", 0.5)
    assert skin.use_backface_culling and not leaf.use_backface_culling


def test_bones_weights_and_motion_match_linear_blend_skinning(sample):
    import bpy

    write(sample)
    rig, body = bpy.data.objects["Rig"], bpy.data.objects["Body"]
    skeleton = sample.node("Rig").skeleton
    for index, name in enumerate(skeleton.names):
        bone = rig.data.bones[name]
        assert np.allclose(bone.head_local, skeleton.heads[index], atol=1e-6)
        assert np.allclose(bone.tail_local, skeleton.tails[index], atol=1e-6)
        axis = np.array(skeleton.tails[index] - skeleton.heads[index], float)
        axis /= np.linalg.norm(axis)
        upright = skeleton.z_axes[index] - axis * (skeleton.z_axes[index] @ axis)
        assert np.allclose(np.array(bone.matrix_local.to_3x3())[:, 2], upright / np.linalg.norm(upright), atol=1e-5)
    rig.animation_data.action = None
    track = rig.animation_data.nla_tracks["walk"]
    rig.animation_data.action = track.strips[0].action
    rig.animation_data.action_slot = track.strips[0].action_slot
    frame = 24 / 30 * 2  # the third sample of 30 a second, in a scene of 24
    bpy.context.scene.frame_set(int(frame), subframe=frame % 1)
    body.data.shape_keys.key_blocks["on"].value = 0
    evaluated = body.evaluated_get(bpy.context.evaluated_depsgraph_get())
    moved = values(evaluated.data.vertices, "co", 3)
    assert np.abs(moved - skinned(sample, "walk", 2, rig)).max() < 5e-5


def skinned(sample, clip, frame, rig):
    """Vertices by the textbook: sum of weight · pose · inverse rest · vertex."""
    from mathutils import Quaternion

    clip = next(item for item in sample.clips if item.name == clip)
    mesh, skeleton = sample.node("Body").mesh, sample.node("Rig").skeleton
    rest = [np.array(rig.data.bones[name].matrix_local) for name in skeleton.names]
    pose, deform = [], []
    for index, parent in enumerate(skeleton.parents):
        local = np.eye(4)
        local[:3, :3] = np.array(Quaternion(clip.rotations[frame, index]).to_matrix())
        if parent < 0:
            local[:3, 3] = rest[index][:3, :3].T @ clip.root_offset[frame]
            pose.append(rest[index] @ local)
        else:
            pose.append(pose[parent] @ np.linalg.inv(rest[parent]) @ rest[index] @ local)
        deform.append(pose[index] @ np.linalg.inv(rest[index]))
    points = np.c_[mesh.vertices, np.ones(len(mesh.vertices))]
    placed = np.stack([points @ matrix.T for matrix in deform])[:, :, :3]
    result = np.zeros((len(points), 3))
    for slot in range(4):
        weight = mesh.skin.weights[:, slot : slot + 1]
        result += weight * placed[mesh.skin.joints[:, slot], np.arange(len(points))]
    return result


def test_clips_lie_in_muted_tracks_of_their_names(sample):
    import bpy

    write(sample)
    data = bpy.data.objects["Rig"].animation_data
    assert [(track.name, track.mute) for track in data.nla_tracks] == [("idle", True), ("walk", True)]
    assert all(track.strips[0].action_slot is not None for track in data.nla_tracks)
    assert data.action is data.nla_tracks["idle"].strips[0].action and data.action_slot is not None
    assert data.nla_tracks["idle"].strips[0].action.use_cyclic and not data.nla_tracks["walk"].strips[0].action.use_cyclic


def test_a_large_texture_is_written_in_slices(writing):
    import bpy

    scene = helpers.module("core.scene")
    pixels = np.random.default_rng(0).integers(0, 256, (1024, 1024, 3), dtype=np.uint8)
    painted = samples.box(scene, "Painted", scene.Material("Paint", base_color_texture=scene.Texture("paint", pixels)))
    slices = list(writing.write_scene(bpy.context, scene.Scene("Slices", [scene.Node("Painted", mesh=painted)])))
    assert len(slices) > 6 and slices == sorted(slices) and slices[-1] == 1


def broken(kind, sample):
    mesh = sample.node("Crate").mesh
    if kind == "index":
        mesh.corners[3] = 99
    elif kind == "uvs":
        mesh.uvs = mesh.uvs[:5]
    elif kind == "nan":
        mesh.vertices[0, 0] = np.nan
    elif kind == "material":
        mesh.material_index = np.full(6, 7)
    elif kind == "parent":
        sample.node("Crate 2").parent = "Nobody"
    elif kind == "armature":
        sample.node("Body").armature = "Crate"
    else:
        sample.nodes.append(sample.node("Spot"))


@pytest.mark.parametrize("kind", ["index", "uvs", "nan", "material", "parent", "armature", "twice"])
def test_a_damaged_scene_is_refused_and_leaves_nothing(sample, kind):
    helpers.add_box("Mine")
    broken(kind, sample)
    before = helpers.fingerprint()
    with pytest.raises(helpers.module("core.errors").WorldwrightError, match="damaged"):
        write(sample)
    assert helpers.fingerprint() == before


@pytest.mark.parametrize("after", [0, 1, 5, 12])
def test_a_cancelled_writing_leaves_nothing(sample, writing, after):
    import bpy

    mine = helpers.add_box("Mine")
    before = helpers.fingerprint()
    steps = writing.write_scene(bpy.context, sample)
    for _ in range(after):
        next(steps)
    steps.close()
    assert helpers.fingerprint() == before and bpy.context.view_layer.objects.active is mine


def reading(label="chair"):
    module = helpers.module("core.annotation.annotation")
    return module.Annotation("Box", label, "seating", 0.875, [module.LabelScore(label, 0.875)], "A plain chair.", ["chair", "seat"])


def test_an_annotation_is_written_onto_the_object(empty_scene):
    box = helpers.add_box("Box")
    helpers.module("writing.annotations").write_annotation(box, reading())
    assert (box["label"], box["label_confidence"], box["caption"]) == ("chair", 0.875, "A plain chair.")
    assert json.loads(box["worldwright_annotation"])["top"] == [{"label": "chair", "score": 0.875}]
    assert [item.value for item in box.data.attributes["label"].data] == [0] * 6
    assert json.loads(box.data["label_names"]) == ["chair"]
    assert box.asset_data is None
    helpers.module("writing.annotations").write_annotation(box, reading("unknown"))
    assert [item.value for item in box.data.attributes["label"].data] == [-1] * 6


def test_asset_data_only_where_it_is_wanted_and_the_author_stays(empty_scene):
    box = helpers.add_box("Box")
    box.asset_mark()
    box.asset_data.author = "Mara"
    helpers.module("writing.annotations").write_annotation(box, reading())
    assert (box.asset_data.author, box.asset_data.description) == ("Mara", "A plain chair.")
    assert [tag.name for tag in box.asset_data.tags] == ["chair", "seat"]
    other = helpers.add_box("Other")
    helpers.module("writing.annotations").write_annotation(other, reading(), mark_asset=True)
    assert other.asset_data.description == "A plain chair."


def test_an_object_that_cannot_be_annotated_stays_as_it_was(empty_scene):
    import bpy

    box = helpers.add_box("Box")
    box.data.attributes.new("label", "FLOAT", "POINT")
    before = helpers.fingerprint()
    error = helpers.module("core.errors").WorldwrightError
    with pytest.raises(error, match="already has an attribute"):
        helpers.module("writing.annotations").write_annotation(box, reading())
    assert helpers.fingerprint() == before
    bpy.ops.object.mode_set(mode="EDIT")
    with pytest.raises(error, match="being edited"):
        helpers.module("writing.annotations").write_annotation(box, reading())
    bpy.ops.object.mode_set(mode="OBJECT")
    assert "label" not in box and "caption" not in box
