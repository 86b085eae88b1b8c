"""Creatures in Blender: the panel's buttons make a rigged, textured animal whose weights reach the right bones."""

import bpy
import numpy as np


def test_generated_bird_is_written_whole(scene):
    settings = scene.worldwright_creature
    settings.prompt = "a small white bird"
    settings.sliders.detail, settings.sliders.texture_size = 2000, 256
    assert bpy.ops.worldwright.read_creature_prompt() == {"FINISHED"}
    settings.sliders.detail, settings.sliders.texture_size, settings.sliders.lods = 2000, 256, True
    assert settings.sliders.kind == "bird" and settings.sliders.scale < 1
    assert bpy.ops.worldwright.creature() == {"FINISHED"}
    collection = bpy.data.collections["Bird"]
    rig = next(thing for thing in collection.objects if thing.type == "ARMATURE")
    body = collection.objects["Body"]
    assert body.data.uv_layers and body.material_slots[0].material.node_tree.nodes.get("Image Texture")
    assert {track.name for track in rig.animation_data.nla_tracks} == {"Idle", "Walk", "Run", "Fly"}
    # A vertex that a foot holds lies at that foot: groups are in the skeleton's order, which Blender sorts anew.
    group = body.vertex_groups["hind_foot_l"].index
    held = [v.co for v in body.data.vertices if any(g.group == group and g.weight > 0.9 for g in v.groups)]
    foot = rig.data.bones["hind_foot_l"].head_local
    assert held and np.linalg.norm(np.mean([tuple(co) for co in held], axis=0) - foot) < 0.25 * rig.data.bones["hips"].head_local.z
    levels = [thing for thing in collection.all_objects if thing.get("role") == "lod"]
    assert {thing["lod"] for thing in levels} == {1, 2, 3} and all(thing["lod_of"] in collection.objects for thing in levels)
    assert all(child.hide_render for child in collection.children) and len(collection.children) == 1


def test_unknown_animal_is_one_sentence(scene):
    import pytest

    scene.worldwright_creature.prompt = "a comfortable sofa"
    with pytest.raises(RuntimeError, match="No creature"):
        bpy.ops.worldwright.read_creature_prompt()
