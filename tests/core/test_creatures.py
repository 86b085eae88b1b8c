"""Creatures: closed quad surfaces on the ground, textured, bound to their bones, with feet that do not slide."""

import dataclasses

import numpy as np
import pytest

from core.characters.motion.kinematics import joints, matrices, world_of_local
from core.creatures.brief import KINDS, CreatureBrief
from core.creatures.gait import rest_frames
from core.creatures.generate import generate
from core.creatures.kinds import anatomy
from core.creatures.palettes import COATS
from core.creatures.prompt import read_prompt
from core.errors import WorldwrightError

SMALL = {"detail": 2000, "texture_size": 256}


@pytest.fixture(scope="module")
def wolf():
    return generate(CreatureBrief(kind="wolf", seed=4, **SMALL))


def _posed(scene, clip):
    """(T, B, 3) joints of a clip."""
    skeleton = scene.nodes[0].skeleton
    world = world_of_local(skeleton.parents, rest_frames(skeleton), matrices(clip.rotations.astype(float)))
    offsets = np.zeros((len(world), len(skeleton.names), 3))
    offsets[:, skeleton.names.index("hips")] = clip.offsets["hips"]
    return joints(skeleton.parents, skeleton.heads, world, offsets)


def test_body_is_closed_quads_on_the_ground(wolf):
    body = wolf.node("Body").mesh
    assert (body.face_sizes == 4).all() and wolf.report.checks["body_closed"]
    assert abs(float(body.vertices[:, 2].min())) < 1e-4
    quads = body.corners.reshape(-1, 4)
    a, b, c, d = (body.vertices[quads[:, k]].astype(float) for k in range(4))
    volume = (np.einsum("ij,ij->i", a, np.cross(b, c)) + np.einsum("ij,ij->i", a, np.cross(c, d))).sum() / 6
    assert 0.02 < volume < 0.2  # litres of a wolf, and looking outwards


def test_every_vertex_follows_at_most_four_bones(wolf):
    for node in wolf.nodes:
        if node.mesh is not None:
            weights = node.mesh.skin.weights
            assert (weights > 0).sum(axis=1).max() <= 4 and np.abs(weights.sum(axis=1) - 1).max() < 1e-3


def test_no_leg_moves_another(wolf):
    skeleton, body = wolf.nodes[0].skeleton, wolf.node("Body").mesh
    left = [k for k, name in enumerate(skeleton.names) if name in ("hind_lower_l", "hind_cannon_l", "hind_foot_l")]
    share = (body.skin.weights * np.isin(body.skin.joints, left)).sum(axis=1)
    assert body.vertices[share > 0.05, 0].min() > 0


def test_eyes_stand_out_of_the_skin_on_both_sides(wolf):
    eyes, body = wolf.node("Eyes").mesh, wolf.node("Body").mesh
    for sign in (-1, 1):
        ball = eyes.vertices[eyes.vertices[:, 0] * sign > 0]
        centre, radius = ball.mean(axis=0), np.ptp(ball[:, 2]) / 2
        assert 0.1 * radius < np.linalg.norm(body.vertices - centre, axis=1).min() < 1.6 * radius


def test_textures_are_baked_and_uvs_inside(wolf):
    body = wolf.node("Body").mesh
    material = body.materials[0]
    assert {t.pixels.shape[:2] for t in (material.base_color_texture, material.normal_texture, material.roughness_texture)} == {
        (256, 256)
    }
    assert body.uvs.min() >= 0 and body.uvs.max() <= 1
    assert material.base_color_texture.pixels.reshape(-1, 3).std(axis=0).max() > 4  # a coat, not one colour


@pytest.mark.parametrize("name", ["Walk", "Trot"])
def test_standing_feet_go_with_the_ground(wolf, name):
    clip = next(clip for clip in wolf.clips if clip.name == name)
    positions = _posed(wolf, clip)
    foot = positions[:, wolf.nodes[0].skeleton.names.index("hind_foot_l")]
    rest = wolf.nodes[0].skeleton.heads[wolf.nodes[0].skeleton.names.index("hind_foot_l"), 2]
    standing = np.abs(foot[:, 2] - rest) < 1e-4
    both = standing[1:] & standing[:-1]
    slip = np.abs(np.diff(foot[:, 1])[both] - clip.speed / clip.fps)
    assert both.sum() >= 3 and slip.max() < 1e-3  # a millimetre a frame
    assert np.abs(clip.rotations[0] - clip.rotations[-1]).max() == 0


def test_same_brief_same_bytes(wolf):
    again = generate(CreatureBrief(kind="wolf", seed=4, **SMALL))
    for one, other in zip(wolf.nodes, again.nodes, strict=True):
        if one.mesh is not None:
            assert one.mesh.vertices.tobytes() == other.mesh.vertices.tobytes()
            assert one.mesh.skin.weights.tobytes() == other.mesh.skin.weights.tobytes()
    one, other = (scene.node("Body").mesh.materials[0].base_color_texture.pixels for scene in (wolf, again))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sound_skeleton(kind):
    body = anatomy(CreatureBrief(kind=kind, wings=kind in ("wolf", "dinosaur", "beetle", "alien", "lizard")))
    seen = set()
    for bone in body.bones:
        assert bone.name not in seen and (bone.parent in seen or not seen)
        assert np.linalg.norm(bone.tail - bone.head) > 1e-3
        seen.add(bone.name)
    for leg in body.legs:
        assert set(leg.bones) <= seen
    assert {flesh.bone for flesh in body.flesh} <= seen and body.eyes and kind in COATS


def test_winged_creatures_fly_and_levels_keep_the_budget():
    scene = generate(CreatureBrief(kind="dragon", lods=True, **SMALL))
    assert [clip.name for clip in scene.clips] == ["Idle", "Walk", "Trot", "Fly"]
    assert scene.report.counts["triangles_lod1"] <= 15_000 and scene.report.counts["triangles_lod2"] <= 4_000
    level = next(node for node in scene.nodes if node.properties.get("lod") == 2 and node.properties["lod_of"] == "Body")
    assert level.mesh.skin is not None and level.mesh.uvs is not None and level.role == "lod"


def test_proportions_keep_feet_on_the_ground():
    scene = generate(CreatureBrief(kind="horse", leg_length=1.4, neck_length=1.5, scale=2.0, motion=False, shagginess=0, **SMALL))
    usual = generate(CreatureBrief(kind="horse", scale=2.0, motion=False, shagginess=0, **SMALL))
    assert abs(scene.report.checks["lowest_point_m"]) < 1e-3
    assert scene.report.checks["height_m"] > 1.15 * usual.report.checks["height_m"]


def test_prompt_says_what_it_cannot_make():
    brief, notes = read_prompt("a huge striped wolf with green eyes and no ears", 7)
    assert (brief.kind, brief.pattern, brief.scale, brief.seed, brief.ears) == ("wolf", "stripes", 2.5, 7, 0.0)
    assert brief.eye_color[1] > brief.eye_color[0] and not notes
    assert "stands in" in read_prompt("a deer", 0)[1][0]
    assert "glittering" in read_prompt("a glittering spider", 0)[1][0]
    with pytest.raises(WorldwrightError, match="No creature"):
        read_prompt("a chair", 0)


def test_every_number_in_the_brief_is_checked():
    with pytest.raises(WorldwrightError, match="between"):
        dataclasses.replace(CreatureBrief(), leg_length=3.0).validate()


@pytest.mark.parametrize(
    ("prompt", "kind"), [("a grey wolf", "wolf"), ("grey cat", "cat"), ("a grey", "alien"), ("two greys", None)]
)
def test_grey_is_a_colour_where_an_animal_is_named(prompt, kind):
    if kind is None:
        with pytest.raises(WorldwrightError, match="No creature"):
            read_prompt(prompt, 0)
        return
    brief, notes = read_prompt(prompt, 0)
    assert brief.kind == kind and not notes
    assert kind == "alien" or max(brief.main_color) - min(brief.main_color) < 0.05, "the coat is grey"
