"""MakeHuman clothes put on a character in the scene."""

from __future__ import annotations

import helpers
import numpy as np
import pytest

from tests.core.test_mhclo import write_cuff


@pytest.fixture
def character(empty_scene):
    import bpy

    generate, brief = helpers.module("core.characters.generate").generate, helpers.module("core.characters.brief").CharacterBrief
    writing = helpers.module("writing.scene")
    scene = generate(brief(seed=4, upper="t-shirt", motion=False, face_units=True, hair="bald"))
    writing.run(writing.write_scene(bpy.context, scene, (1.0, 2.0, 0.0)))
    return bpy.data.objects["Rig"]


def test_a_garment_is_put_on_and_covers_the_skin(character, tmp_path):
    import bpy

    faces, keys = len(bpy.data.objects["Body"].data.polygons), len(bpy.data.objects["Body"].data.shape_keys.key_blocks)
    bpy.context.view_layer.objects.active = bpy.data.objects["Body"]
    assert bpy.ops.worldwright.import_mhclo(filepath=str(write_cuff(tmp_path))) == {"FINISHED"}
    cuff, body = bpy.data.objects["Cuff"], bpy.data.objects["Body"]
    assert cuff.parent == character and cuff.modifiers["Armature"].object == character
    assert len(body.data.polygons) < faces - 50 and len(body.data.shape_keys.key_blocks) == keys
    elbow, wrist = (character.data.bones[name].head_local for name in ("lowerarm_l", "hand_l"))
    away = [(cuff.data.vertices[k].co - elbow).length for k in range(len(cuff.data.vertices))]
    assert max(away) < (wrist - elbow).length + 0.1
    assert all(group.name in character.data.bones for group in cuff.vertex_groups)
    assert np.isclose(sum(group.weight for group in cuff.data.vertices[0].groups), 1, atol=1e-3)


def test_a_broken_file_changes_nothing(character, tmp_path):
    import bpy

    before = {thing.name for thing in bpy.data.objects}
    path = write_cuff(tmp_path, lambda text: text.replace("cuff.obj", "away.obj"))
    bpy.context.view_layer.objects.active = character
    with pytest.raises(RuntimeError, match="is not beside it"):
        bpy.ops.worldwright.import_mhclo(filepath=str(path))
    assert {thing.name for thing in bpy.data.objects} == before


def test_without_a_character_the_button_says_why(empty_scene):
    import bpy

    with pytest.raises(RuntimeError, match="Select a generated character first"):
        bpy.ops.worldwright.import_mhclo(filepath="x.mhclo")
