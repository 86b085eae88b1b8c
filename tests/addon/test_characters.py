"""Characters in Blender: posed there exactly as the core poses them, with the face as the brief asks."""

from __future__ import annotations

import helpers
import numpy as np
import pytest

FRAME = 11


@pytest.fixture(scope="module")
def parts(worldwright):
    return {name: helpers.module(f"core.characters.{name}") for name in ("body", "brief", "face", "motion", "rig")}


@pytest.mark.parametrize("pose", ["a-pose", "t-pose"])
def test_blender_deforms_the_body_as_the_core_does(empty_scene, parts, pose):
    import bpy

    scene_module, writing = helpers.module("core.scene"), helpers.module("writing.scene")
    motion, brief = parts["motion"], parts["brief"].CharacterBrief(gender=0.3, age=41)
    shape = parts["body"].build(brief, np.random.default_rng(0))
    if pose == "t-pose":
        shape = motion.t_pose(shape)
    mesh, source = shape.cut("Body", shape.pack.face_mask("body"))
    (clip,) = motion.make_clips(shape, ["walk"])
    nodes = [scene_module.Node("Rig", skeleton=parts["rig"].skeleton(shape)),
             scene_module.Node("Body", mesh=mesh, armature="Rig", parent="Rig")]
    bpy.context.scene.render.fps = int(clip.fps)
    writing.run(writing.write_scene(bpy.context, scene_module.Scene("Character", nodes, [clip])))
    bpy.context.scene.frame_set(FRAME)
    evaluated = bpy.data.objects["Body"].evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    posed = np.empty(3 * len(evaluated.vertices), np.float32)
    evaluated.vertices.foreach_get("co", posed)
    world, positions = motion.posed(shape, clip)
    expected = motion.deform(shape, world[FRAME], positions[FRAME])[source]
    assert np.abs(expected - mesh.vertices).max() > 0.1  # it walks
    assert np.abs(posed.reshape(-1, 3) - expected).max() < 5e-5


def test_the_expression_is_turned_on_and_the_clips_are_there(empty_scene, worldwright):
    import bpy

    generate, brief = helpers.module("core.characters.generate").generate, helpers.module("core.characters.brief").CharacterBrief
    writing = helpers.module("writing.scene")
    writing.run(writing.write_scene(bpy.context, generate(brief(expression="surprised", hair="bald"))))
    keys = bpy.data.objects["Body"].data.shape_keys.key_blocks
    assert keys["jawOpen"].value == pytest.approx(0.35) and keys["mouthSmileLeft"].value == 0
    assert len(keys) > 45
    rig = bpy.data.objects["Rig"]
    assert rig.animation_data.action.name.startswith("Idle")
    assert {track.name for track in rig.animation_data.nla_tracks} == {"Idle", "Walk"}
    assert rig["walk_speed"] > 0.5
