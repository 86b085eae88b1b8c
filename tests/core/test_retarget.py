"""Motions of other skeletons onto ours and back: BVH, names of many rigs, structure, rest poses, and whatever is not a person."""

from __future__ import annotations

import numpy as np
import pytest

from core.characters import body, motion, rig
from core.characters.brief import CharacterBrief
from core.characters.motion import kinematics
from core.characters.retarget import Rig, clip_of, map_rig, motion_of, parse_bvh, retarget, rig_of, sorted_rig
from core.characters.retarget.contacts import find_contacts
from core.characters.retarget.naming import by_name
from core.characters.retarget.structure import by_structure
from core.errors import WorldwrightError
from core.scene import Skeleton

JOINTS = {  # a T-posed person of 170 centimetres, Y up, facing +Z, as most BVH files have it; name -> (parent, offset)
    "Hips": ("", (0, 92, 0)),
    "Chest": ("Hips", (0, 14, 0)),
    "Chest2": ("Chest", (0, 16, 0)),
    "Neck": ("Chest2", (0, 20, 0)),
    "Head": ("Neck", (0, 9, 1)),
    "LeftCollar": ("Chest2", (3, 14, 2)),
    "LeftShoulder": ("LeftCollar", (14, 0, -2)),
    "LeftElbow": ("LeftShoulder", (28, 0, 0)),
    "LeftWrist": ("LeftElbow", (25, 0, 0)),
    "RightCollar": ("Chest2", (-3, 14, 2)),
    "RightShoulder": ("RightCollar", (-14, 0, -2)),
    "RightElbow": ("RightShoulder", (-28, 0, 0)),
    "RightWrist": ("RightElbow", (-25, 0, 0)),
    "LeftHip": ("Hips", (9, -4, 0)),
    "LeftKnee": ("LeftHip", (0, -40, 0)),
    "LeftAnkle": ("LeftKnee", (0, -40, 0)),
    "LeftToe": ("LeftAnkle", (0, -6, 13)),
    "RightHip": ("Hips", (-9, -4, 0)),
    "RightKnee": ("RightHip", (0, -40, 0)),
    "RightAnkle": ("RightKnee", (0, -40, 0)),
    "RightToe": ("RightAnkle", (0, -6, 13)),
}


def bvh(frames: list[dict[str, tuple[float, float, float]]], way=None, joints=JOINTS, names=None) -> str:
    """A BVH file; each frame holds degrees about Z, X and Y by joint."""
    names = names or {}
    order: list[str] = []

    def block(name: str, depth: int) -> str:
        parent, offset = joints[name]
        order.append(name)
        pad = "  " * depth
        channels = "3 Zrotation Xrotation Yrotation"
        if not parent:
            channels = "6 Xposition Yposition Zposition " + channels[2:]
        following = [child for child, (above, _) in joints.items() if above == name]
        inner = "".join(block(child, depth + 1) for child in following)
        inner = inner or f"{pad}  End Site\n{pad}  {{\n{pad}    OFFSET 0 -2 6\n{pad}  }}\n"
        kind = "JOINT" if parent else "ROOT"
        place = " ".join(map(str, offset))
        return f"{pad}{kind} {names.get(name, name)}\n{pad}{{\n{pad}  OFFSET {place}\n{pad}  CHANNELS {channels}\n{inner}{pad}}}\n"

    tree = block(next(iter(joints)), 0)
    lines = []
    for number, frame in enumerate(frames):
        at = way[number] if way is not None else joints["Hips"][1]
        lines.append(" ".join(str(value) for value in [*at, *(v for name in order for v in frame.get(name, (0, 0, 0)))]))
    return f"HIERARCHY\n{tree}MOTION\nFrames: {len(frames)}\nFrame Time: 0.0333333\n" + "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def man():
    return motion.Mannequin(body.build(CharacterBrief(seed=1, gender=0.0, age=30), np.random.default_rng(1)))


@pytest.fixture(scope="module")
def ours(man):
    target = rig_of(rig.skeleton(man.shape))
    return target, map_rig(target)


def onto_us(text, ours, **how):
    source = parse_bvh(text)
    return source, retarget(source, map_rig(source.rig), *ours, **how)


def limb(result, ours, first, second):
    """(T, 3) direction from one of our joints to another."""
    at = result.joints()
    return kinematics.unit(at[:, ours[1].roles[second]] - at[:, ours[1].roles[first]])


def test_a_t_pose_becomes_a_t_pose(ours):
    _, result = onto_us(bvh([{}]), ours)
    for side, out in (("l", 1), ("r", -1)):
        np.testing.assert_allclose(limb(result, ours, f"upperarm_{side}", f"lowerarm_{side}"), [[out, 0, 0]], atol=0.01)
        np.testing.assert_allclose(limb(result, ours, f"lowerarm_{side}", f"hand_{side}"), [[out, 0, 0]], atol=0.01)
        np.testing.assert_allclose(limb(result, ours, f"thigh_{side}", f"calf_{side}"), [[0, 0, -1]], atol=0.08)
    at = result.joints()[0]
    assert abs(at[ours[1].roles["foot_l"], 2] - ours[0].heads[ours[1].roles["foot_l"], 2]) < 0.01  # on the ground
    palms = result.world[0, ours[1].roles["hand_l"]] @ -ours[0].rest[ours[1].roles["hand_l"]][:, 2]
    assert palms[2] < -0.5  # palms down


def test_joints_turn_as_the_sources_do(ours):
    """The source faces +Z with Y up: its rotations about X, Y, Z are ours about X, Z and -Y."""
    raised = {"LeftShoulder": (60, 0, 0), "RightHip": (0, -70, 0), "RightKnee": (0, 70, 0), "Head": (0, 0, 35)}
    _, result = onto_us(bvh([{}, raised]), ours, lock=False)
    arm = limb(result, ours, "upperarm_l", "lowerarm_l")[1]
    np.testing.assert_allclose(arm, [0.5, 0, np.sqrt(0.75)], atol=0.01)
    thigh = limb(result, ours, "thigh_r", "calf_r")[1]
    assert thigh[1] < -0.9  # forwards is -Y
    shin = limb(result, ours, "calf_r", "foot_r")[1]
    assert shin[2] < -0.97
    head = ours[1].roles["head"]
    face = result.world[1, head] @ np.array([0, -1.0, 0])
    assert np.degrees(np.arctan2(face[0], -face[1])) == pytest.approx(35, abs=1)


def walking(count=40, speed=3.0):
    """Frames of shuffling forwards: one foot after the other is lifted and set down ahead by bending hip and knee."""
    frames, way = [], []
    for number in range(count):
        u = number / count * 4 * np.pi
        bend = {side: 26 * max(np.sin(u + shift), 0) for side, shift in (("Left", 0), ("Right", np.pi))}
        frame = {}
        for side in ("Left", "Right"):
            frame |= {f"{side}Hip": (0, -bend[side], 0), f"{side}Knee": (0, 2 * bend[side], 0), f"{side}Ankle": (0, -bend[side], 0)}
        frames.append(frame)
        way.append((0, 92, 0))
    return frames, way


def test_feet_that_stood_stand_and_none_sinks(ours):
    frames, way = walking()
    source, result = onto_us(bvh(frames, way), ours)
    stands, drift = find_contacts(source, map_rig(source.rig), 0.0)
    assert not drift.any() and all(0.4 < stands[side].mean() < 0.95 for side in "lr")
    at = result.joints()
    for side in "lr":
        ball = at[:, ours[1].roles[f"ball_{side}"]]
        pairs = stands[side][1:] & stands[side][:-1]
        assert np.linalg.norm(np.diff(ball, axis=0)[pairs], axis=1).max() < 1e-3
        assert ball[:, 2].min() > ours[0].heads[ours[1].roles[f"ball_{side}"], 2] - 5e-3


def test_the_hips_go_as_far_as_the_legs_are_long(ours):
    way = [(0, 92, 2.0 * number) for number in range(21)]  # 40 centimetres ahead
    _, result = onto_us(bvh([{}] * 21, way), ours, lock=False)
    at = result.joints()[:, ours[1].roles["pelvis"]]
    scale = ours[1].leg / 80
    np.testing.assert_allclose(at[-1] - at[0], [0, -40 * scale, 0], atol=2e-3)
    _, still = onto_us(bvh([{}] * 21, way), ours, lock=False, in_place=True)
    assert np.ptp(still.joints()[:, ours[1].roles["pelvis"]], axis=0).max() < 2e-3


def test_there_and_back_again(man, ours):
    """Our walk on another body with other names, and from there back: the same pose."""
    child = rig_of(rig.skeleton(body.build(CharacterBrief(seed=9, age=8), np.random.default_rng(9)), "mixamo"))
    there = map_rig(child)
    clip = motion.make_clip(man, "walk")
    out = retarget(motion_of(clip, ours[0]), ours[1], child, there)
    assert out.loop and clip_of(out).rotations.shape[1] == len(child.names)
    back = retarget(out, there, *ours)
    angle = np.degrees(
        np.linalg.norm(kinematics.rotation_vectors(np.swapaxes(back.world, -1, -2) @ motion_of(clip, ours[0]).world), axis=-1)
    )
    assert np.quantile(angle, 0.95) < 4
    seam = kinematics.rotation_vectors(np.swapaxes(out.world[0], -1, -2) @ out.world[-1])
    assert np.degrees(np.linalg.norm(seam, axis=-1)).max() < 1


@pytest.mark.parametrize("convention", rig.CONVENTIONS)
def test_names_of_every_convention_are_known(man, convention):
    made = rig_of(rig.skeleton(man.shape, convention, sockets=True))
    names = rig.bone_names(convention)
    mapping = map_rig(made)
    assert mapping.told_by == "names"
    assert {role: made.names[bone] for role, bone in mapping.roles.items()} == {role: names[role] for role in mapping.roles}
    assert {name for name, _ in rig.BONES} - set(mapping.roles) == {"root"}


NAMINGS = {  # pelvis, spine, chest, neck, head, then clavicle to toes of one side
    "3ds Max Biped": "Bip01 Pelvis, Bip01 Spine, Bip01 Spine1, Bip01 Neck, Bip01 Head, "
    "Bip01 {s} Clavicle, Bip01 {s} UpperArm, Bip01 {s} Forearm, Bip01 {s} Hand, "
    "Bip01 {s} Thigh, Bip01 {s} Calf, Bip01 {s} Foot, Bip01 {s} Toe0",
    "CMU": "Hips, LowerBack, Spine1, Neck1, Head, "
    "{side}Shoulder, {side}Arm, {side}ForeArm, {side}Hand, {side}UpLeg, {side}Leg, {side}Foot, {side}ToeBase",
    "SMPL": "Pelvis, Spine1, Spine3, Neck, Head, "
    "{s}_Collar, {s}_Shoulder, {s}_Elbow, {s}_Wrist, {s}_Hip, {s}_Knee, {s}_Ankle, {s}_Foot",
    "VRoid": "J_Bip_C_Hips, J_Bip_C_Spine, J_Bip_C_Chest, J_Bip_C_Neck, J_Bip_C_Head, "
    "J_Bip_{s}_Shoulder, J_Bip_{s}_UpperArm, J_Bip_{s}_LowerArm, J_Bip_{s}_Hand, "
    "J_Bip_{s}_UpperLeg, J_Bip_{s}_LowerLeg, J_Bip_{s}_Foot, J_Bip_{s}_ToeBase",
    "KayKit": "hips, spine, chest, neck, head, "
    "clavicle.{d}, upperarm.{d}, lowerarm.{d}, wrist.{d}, upperleg.{d}, lowerleg.{d}, foot.{d}, toes.{d}",
    "MakeHuman": "root, spine05, spine01, neck01, head, "
    "clavicle.{s}, upperarm01.{s}, lowerarm01.{s}, wrist.{s}, upperleg01.{s}, lowerleg01.{s}, foot.{s}, toe1-1.{s}",
    "generated Rigify": "DEF-spine, DEF-spine.001, DEF-spine.003, DEF-neck, DEF-head, "
    "DEF-shoulder.{s}, DEF-upper_arm.{s}, DEF-forearm.{s}, DEF-hand.{s}, DEF-thigh.{s}, DEF-shin.{s}, DEF-foot.{s}, DEF-toe.{s}",
}
PARTS = ("Collar", "Shoulder", "Elbow", "Wrist", "Hip", "Knee", "Ankle", "Toe")
ROLES = ("clavicle", "upperarm", "lowerarm", "hand", "thigh", "calf", "foot", "ball")


@pytest.mark.parametrize("naming", NAMINGS)
def test_names_of_other_rigs_are_known(naming):
    words = NAMINGS[naming].split(", ")
    names = dict(zip(("Hips", "Chest", "Chest2", "Neck", "Head"), words[:5], strict=True))
    for side in ("Left", "Right"):
        for part, word in zip(PARTS, words[5:], strict=True):
            names[side + part] = word.format(side=side, s=side[0], d=side[0].lower())
    found = by_name(parse_bvh(bvh([{}], names=names)).rig)
    order = list(parse_bvh(bvh([{}])).rig.names)
    for side in ("Left", "Right"):
        for part, role in zip(PARTS, ROLES, strict=True):
            assert order[found[f"{role}_{side[0].lower()}"]] == side + part
    assert {order[found[role]] for role in ("pelvis", "spine_01", "spine_03", "neck_01", "head")} == {
        "Hips",
        "Chest",
        "Chest2",
        "Neck",
        "Head",
    }


def test_structure_tells_what_names_do_not(man):
    for made in (rig_of(rig.skeleton(man.shape)), parse_bvh(bvh([{}])).rig):
        expected = map_rig(made).roles
        nameless = Rig(
            "Nameless", [f"Bone.{number:03d}" for number in range(len(made.names))], made.parents, made.heads, made.tails, made.rest
        )
        mapping = map_rig(nameless)
        assert mapping.told_by == "structure"
        needed = [f"{part}_{side}" for part in ROLES[1:7] for side in "lr"] + ["pelvis", "head", "spine_03"]
        assert {role: mapping.roles[role] for role in needed} == {role: expected[role] for role in needed}
        np.testing.assert_allclose(mapping.turn, map_rig(made).turn, atol=1e-6)


def quadruped():
    heads, tails, parents = [(0, 0, 0.8)], [(0, -0.8, 0.8)], [-1]
    for at, side in ((0, 1), (0, -1), (-0.8, 1), (-0.8, -1)):
        for k, z in enumerate((0.8, 0.4, 0.1)):
            parents.append(0 if k == 0 else len(heads) - 1)
            heads.append((0.15 * side, at, z))
            tails.append((0.15 * side, at, z - 0.3))
    heads, tails = np.array(heads, float), np.array(tails, float)
    return heads, tails, np.array(parents)


def test_what_is_not_human_is_refused_in_one_sentence():
    heads, tails, parents = quadruped()
    dog = sorted_rig("Dog", [f"b{n}" for n in range(len(heads))], parents, heads, tails, np.tile(np.eye(3), (len(heads), 1, 1)))
    assert by_structure(dog) == {}
    with pytest.raises(WorldwrightError, match="“Dog” is not a person's"):
        map_rig(dog)
    chain = sorted_rig("Rope", ["", "", ""], np.array([-1, 0, 1]), np.eye(3), np.eye(3) + 0.1, np.tile(np.eye(3), (3, 1, 1)))
    with pytest.raises(WorldwrightError, match="“Rope” is not a person's"):
        map_rig(chain)


@pytest.mark.parametrize(
    ("parents", "why"),
    [([1, 2, 0], "run in a circle"), ([-1, 0, 7], "parent is missing"), ([-1, 2, 1], "run in a circle"), ([], "no bones")],
)
def test_damaged_skeletons_are_refused_in_one_sentence(parents, why):
    count = len(parents)
    heads = np.zeros((count, 3), np.float32)
    broken = Skeleton("Broken", ["a", "b", "c"][:count], np.array(parents, int), heads, heads + 1, np.tile([0, 0, 1.0], (count, 1)))
    with pytest.raises(WorldwrightError, match=why):
        rig_of(broken)


GOOD = bvh([{}, {}])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not begin with HIERARCHY"),
        ("solid cube", "does not begin with HIERARCHY"),
        (GOOD.split("MOTION")[0], "no MOTION"),
        (GOOD.replace("OFFSET 0 92 0", "OFFSET 0 high 0"), "no number"),
        (GOOD.replace("JOINT Chest\n", "JOIN Chest\n"), "hierarchy"),
        (GOOD.replace("Frames: 2", "Frames: 3"), "3 frames of 66 numbers are announced"),
        (GOOD.replace("Frames: 2", "Frames: 0"), "no frames"),
        (GOOD.replace("Frame Time: 0.0333333", "Frame Time: 0"), "no frames"),
        (GOOD.replace("Frames: 2", ""), "how many frames"),
        (GOOD.rsplit("0 0 0", 1)[0] + "nan 0 0\n", "announced"),
        (GOOD[: len(GOOD) // 3] + "MOTION", "hierarchy"),
        (GOOD.replace("}", "", 1), "hierarchy"),
    ],
)  # fmt: skip
def test_broken_bvh_files_are_refused_in_one_sentence(text, why):
    with pytest.raises(WorldwrightError, match=why) as refused:
        parse_bvh(text, "take", "take.bvh")
    assert str(refused.value).count(".") <= 3 and "“take.bvh”" in str(refused.value)


def test_fast_recordings_are_thinned():
    made = parse_bvh(bvh([{}] * 24).replace("0.0333333", "0.00833333"))
    assert made.fps == pytest.approx(60, abs=0.1) and len(made.world) == 12
