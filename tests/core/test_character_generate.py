"""Whole characters: brief in, Scene out."""

from __future__ import annotations

import numpy as np
import pytest

from core import codec
from core.characters.brief import CharacterBrief
from core.characters.generate import generate
from core.characters.prompt import read_prompt
from core.errors import Cancelled, WorldwrightError

BRIEFS = {
    "woman": CharacterBrief(seed=1, gender=0.0, age=27, hair="long", lower="skirt", expression="smile"),
    "elder": CharacterBrief(
        seed=2, gender=1.0, age=80, hair="bald", upper="jacket", beard="beard", face_units=False, expression="sad"
    ),
    "child": CharacterBrief(seed=3, age=6, hair="short", lower="shorts", pose="t-pose"),
}


@pytest.fixture(scope="module", params=BRIEFS)
def made(request):
    brief = BRIEFS[request.param]
    return brief, generate(brief)


def test_every_mesh_follows_the_rig_with_normalised_weights(made):
    _, scene = made
    bones = len(scene.node("Rig").skeleton.names)
    meshes = [node for node in scene.nodes if node.mesh is not None]
    assert {"Body", "Eyes", "Teeth", "Tongue", "Lashes", "Brows"} <= {node.name for node in meshes}
    for node in meshes:
        skin = node.mesh.skin
        assert node.armature == node.parent == "Rig"
        assert skin.weights.shape == skin.joints.shape == (len(node.mesh.vertices), 4)
        np.testing.assert_allclose(skin.weights.sum(axis=1), 1, atol=1e-3)
        assert skin.weights.min() >= 0 and 0 <= skin.joints.min() and skin.joints.max() < bones
        assert np.isfinite(node.mesh.vertices).all() and node.mesh.uvs is not None and node.mesh.materials


def test_stands_on_the_ground_and_is_as_tall_as_reported(made):
    brief, scene = made
    assert scene.report.checks["lowest_point_m"] == pytest.approx(0, abs=2e-3)
    top = scene.node("Body").mesh.vertices[:, 2].max()
    assert top == pytest.approx(scene.report.checks["height_m"], abs=0.05)  # and the soles under it
    assert scene.report.warnings == []
    assert scene.report.counts["triangles"] <= 60_000
    assert scene.report.checks["influences"] <= 4 and scene.report.checks["body_closed_before_hiding"]


def test_hidden_skin_is_gone(made):
    brief, scene = made
    assert len(scene.node("Body").mesh.face_sizes) < 0.75 * 13_376


def test_expression_is_on_as_keys_or_in_the_vertices(made):
    brief, scene = made
    body = scene.node("Body").mesh
    if brief.face_units:
        assert len(body.shape_keys) > 45
        assert ("mouthSmileLeft" in body.shape_key_values) == (brief.expression == "smile")
        assert "browInnerUp" in scene.node("Brows").mesh.shape_keys
    else:
        assert not body.shape_keys and not scene.node("Brows").mesh.shape_keys


def test_clips_fit_the_pose(made):
    brief, scene = made
    names = [clip.name for clip in scene.clips]
    assert names == (["Idle", "Walk"] if brief.pose == "standing" else ["Rest", "Idle", "Walk"])
    assert scene.node("Rig").properties["walk_speed"] > 0.3
    for clip in scene.clips:
        assert clip.rotations.shape[1:] == (len(scene.node("Rig").skeleton.names), 4)
        np.testing.assert_allclose(np.linalg.norm(clip.rotations, axis=-1), 1, atol=1e-5)


def test_provenance_makes_it_again(made):
    brief, scene = made
    assert CharacterBrief.from_dict(scene.provenance["brief"]) == brief
    assert scene.provenance["kind"] == "character" and "CC0" in scene.provenance["licence"]


def test_same_brief_same_bytes():
    def content(scene):
        scene.report.seconds = {}
        text, arrays = codec.encode(scene)
        return text, {name: array.tobytes() for name, array in arrays.items()}

    assert content(generate(BRIEFS["child"])) == content(generate(BRIEFS["child"]))


def test_prompt_to_character_and_progress():
    heard: list[tuple[float, str]] = []
    brief, _ = read_prompt("a stocky middle-aged woman in a red jacket, short grey hair, smiling", seed=4)
    scene = generate(brief, lambda fraction, doing: heard.append((fraction, doing)))
    fractions = [fraction for fraction, _ in heard]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0 and len(fractions) >= 6
    assert any("Jacket" in node.name for node in scene.nodes)


def test_cancel_and_bad_briefs():
    def cancel(fraction, doing):
        raise Cancelled

    with pytest.raises(Cancelled):
        generate(CharacterBrief(), cancel)
    with pytest.raises(WorldwrightError, match="age"):
        generate(CharacterBrief(age=400))
    with pytest.raises(WorldwrightError, match="always dressed"):
        generate(CharacterBrief(age=9, lower="none"))


def test_without_motion_and_rest_pose():
    standing = generate(CharacterBrief(motion=False, face_units=False))
    assert [clip.name for clip in standing.clips] == ["Stand"]
    resting = generate(CharacterBrief(motion=False, face_units=False, pose="a-pose"))
    assert [clip.name for clip in resting.clips] == ["Rest"]
    np.testing.assert_allclose(resting.clips[0].rotations[..., 0], 1, atol=1e-6)
