"""The skeleton: the same rest rotations for every body, names as engines want them, sockets."""

from __future__ import annotations

import numpy as np
import pytest

from core.characters import body, motion, rig
from core.characters.brief import CharacterBrief

BODIES = [
    CharacterBrief(seed=1, gender=0.0, age=25),
    CharacterBrief(seed=2, age=1),
    CharacterBrief(seed=3, age=7, height=1.1),
    CharacterBrief(seed=4, gender=1.0, age=85, weight=1.0, muscle=0.1),
    CharacterBrief(seed=5, gender=1.0, age=30, height=2.05, weight=0.0, muscle=1.0),
]
# Godot 4.4, scene/resources/skeleton_profile.cpp: every bone of SkeletonProfileHumanoid but the jaw, which the body does not have.
GODOT = ["Root", "Hips", "Spine", "Chest", "UpperChest", "Neck", "Head", "LeftEye", "RightEye"] + [
    side + part
    for side in ("Left", "Right")
    for part in (
        "Shoulder UpperArm LowerArm Hand ThumbMetacarpal ThumbProximal ThumbDistal IndexProximal IndexIntermediate IndexDistal "
        "MiddleProximal MiddleIntermediate MiddleDistal RingProximal RingIntermediate RingDistal LittleProximal LittleIntermediate "
        "LittleDistal UpperLeg LowerLeg Foot Toes"
    ).split()
]


def make(brief):
    return body.build(brief, np.random.default_rng(brief.seed))


def test_parents_come_first_and_there_is_one_root():
    made = rig.skeleton(make(BODIES[0]), sockets=True)
    assert list(made.parents[:1]) == [-1] and (made.parents[1:] >= 0).all()
    assert all(parent < bone for bone, parent in enumerate(made.parents))
    assert len(set(made.names)) == len(made.names) == len(rig.BONES) + 4


def test_every_body_from_baby_to_heavy_elder_shares_rest_rotations():
    frames = [rig.skeleton(make(brief), sockets=True) for brief in BODIES]
    directions = [(s.tails - s.heads) / np.linalg.norm(s.tails - s.heads, axis=1, keepdims=True) for s in frames]
    for made, direction in zip(frames, directions, strict=True):
        np.testing.assert_allclose(directions[0], direction, atol=2e-4)
        np.testing.assert_allclose(frames[0].z_axes, made.z_axes, atol=1e-6)


@pytest.mark.parametrize("convention", rig.CONVENTIONS)
def test_names_are_unique(convention):
    names = rig.bone_names(convention)
    assert list(names)[: len(rig.BONES)] == [name for name, _ in rig.BONES] and len(names) == len(rig.BONES) + 4
    assert len(set(names.values())) == len(names)
    assert rig.skeleton(make(BODIES[0]), convention).names == list(names.values())[: len(rig.BONES)]


@pytest.mark.parametrize(
    ("convention", "bone", "name"),
    [
        ("mixamo", "pinky_02_r", "mixamorig:RightHandPinky2"),
        ("mixamo", "ball_l", "mixamorig:LeftToeBase"),
        ("unity", "pinky_01_l", "LeftLittleProximal"),
        ("unity", "thumb_01_r", "RightThumbProximal"),
        ("vrm", "thumb_01_l", "leftThumbMetacarpal"),
        ("vrm", "spine_03", "upperChest"),
        ("vrm", "eye_l", "leftEye"),
        ("unreal", "spine_03", "spine_03"),
        ("rigify", "pelvis", "spine"),
        ("rigify", "index_02_r", "f_index.02.R"),
        ("rigify", "lowerarm_l", "forearm.L"),
        ("rigify", "thumb_03_l", "thumb.03.L"),
    ],
)
def test_bones_have_the_names_engines_expect(convention, bone, name):
    assert rig.bone_names(convention)[bone] == name


def test_godot_has_its_whole_humanoid():
    names = rig.bone_names("godot")
    assert sorted(names[bone] for bone, _ in rig.BONES) == sorted(GODOT)


def test_sockets_sit_on_hands_head_and_back():
    shape = make(BODIES[0])
    made = rig.skeleton(shape, "unreal", sockets=True)
    at = {name: (made.heads[i], made.tails[i], made.z_axes[i]) for i, name in enumerate(made.names) if name.startswith("SOCKET_")}
    assert set(at) == {"SOCKET_hand_l", "SOCKET_hand_r", "SOCKET_head", "SOCKET_back"}
    assert at["SOCKET_head"][0][2] == pytest.approx(shape.height, abs=0.01)
    assert at["SOCKET_back"][0][1] > shape.joint("spine_03")[1] + 0.03
    for side in "lr":
        head, tail, _ = at[f"SOCKET_hand_{side}"]
        assert np.linalg.norm(head - shape.joint(f"middle_01_{side}")) < 0.06
        thumb = shape.joint(f"index_01_{side}") - shape.joint(f"pinky_01_{side}")
        assert (tail - head) @ thumb > 0  # a held stick points to the thumb's side
    left, right = at["SOCKET_hand_l"][0], at["SOCKET_hand_r"][0]
    np.testing.assert_allclose(left * [-1, 1, 1], right, atol=0.01)


def test_clips_follow_other_names_and_sockets():
    shape = make(BODIES[0])
    target = rig.skeleton(shape, "godot", sockets=True)
    clip = rig.for_skeleton(motion.make_clips(shape, ["walk"])[0], target)
    assert clip.rotations.shape[1] == len(target.names) and set(clip.offsets) == {"Hips"}
    np.testing.assert_array_equal(clip.rotations[:, -4:, 0], 1)
