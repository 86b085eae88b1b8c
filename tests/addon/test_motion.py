"""The Motion panel on real armatures: clips and other people's motions on any rig, controls that come and go."""

from __future__ import annotations

import math

import helpers
import numpy as np
import pytest


@pytest.fixture
def person(scene):
    """One of our own skeletons without clips, with its body."""
    return put(scene, "unreal")


def put(scene, names, **brief):
    import bpy

    brief = helpers.module("core.characters.brief").CharacterBrief(rig_names=names, motion=False, **brief)
    characters = {name: helpers.module(f"core.characters.{name}") for name in ("body", "rig")}
    shape = characters["body"].build(brief, np.random.default_rng(brief.seed).spawn(1)[0])
    mesh, _ = shape.cut("Body", shape.pack.face_mask("body"))
    scenes = helpers.module("core.scene")
    nodes = [
        scenes.Node("Rig", skeleton=characters["rig"].skeleton(shape, names)),
        scenes.Node("Body", mesh=mesh, armature="Rig", parent="Rig"),
    ]
    provenance = {"kind": "character", "brief": brief.to_dict(), "seed": brief.seed}
    writing = helpers.module("writing.scene")
    collection = writing.run(writing.write_scene(bpy.context, scenes.Scene("Character", nodes, [], provenance)))
    return next(thing for thing in collection.all_objects if thing.type == "ARMATURE")


def strangers_rig(name="Stranger", names=None):
    """An artist's rig in centimetres, T-posed, with Euler bones and names of its own."""
    import bpy

    joints = {"hip": ("", (0, 0, 95), (0, 0, 105)), "abdomen": ("hip", (0, 0, 105), (0, 0, 125))}
    joints |= {"chest": ("abdomen", (0, 0, 125), (0, 0, 148)), "neck": ("chest", (0, 0, 148), (0, 0, 157))}
    joints["head"] = ("neck", (0, 0, 157), (0, 0, 178))
    for side, s in (("Left", 1), ("Right", -1)):
        joints[f"{side}Collar"] = ("chest", (3 * s, 0, 144), (16 * s, 0, 145))
        joints[f"{side}Shoulder"] = (f"{side}Collar", (17 * s, 0, 145), (45 * s, 1, 145))
        joints[f"{side}Elbow"] = (f"{side}Shoulder", (45 * s, 1, 145), (70 * s, 0, 145))
        joints[f"{side}Wrist"] = (f"{side}Elbow", (70 * s, 0, 145), (80 * s, 0, 145))
        joints[f"{side}Hip"] = ("hip", (9 * s, 0, 92), (9 * s, -1, 50))
        joints[f"{side}Knee"] = (f"{side}Hip", (9 * s, -1, 50), (9 * s, 0, 9))
        joints[f"{side}Ankle"] = (f"{side}Knee", (9 * s, 0, 9), (9 * s, -12, 2))
        joints[f"{side}Toe"] = (f"{side}Ankle", (9 * s, -12, 2), (9 * s, -19, 2))
    names = names or {}
    thing = helpers.link(name, bpy.data.armatures.new(name))
    thing.scale = (0.01, 0.01, 0.01)
    bpy.context.view_layer.objects.active = thing
    bpy.ops.object.mode_set(mode="EDIT")
    for label, (parent, head, tail) in joints.items():
        bone = thing.data.edit_bones.new(names.get(label, label))
        bone.head, bone.tail = head, tail
        if parent:
            bone.parent = thing.data.edit_bones[names.get(parent, parent)]
    bpy.ops.object.mode_set(mode="OBJECT")
    for bone in thing.pose.bones:
        bone.rotation_mode = "XYZ"
    choose(thing)
    return thing


def choose(thing):
    import bpy

    for other in bpy.context.selected_objects:
        other.select_set(False)
    thing.select_set(True)
    bpy.context.view_layer.objects.active = thing
    bpy.context.view_layer.update()


def at(rig, bone, frame):
    """Where a bone's head is in the world."""
    import bpy

    bpy.context.scene.frame_set(frame)
    bpy.context.view_layer.update()
    return np.array(rig.matrix_world @ rig.pose.bones[bone].head)


def tracks(rig):
    return [track.name for track in rig.animation_data.nla_tracks]


def test_clips_come_onto_our_own_character_exactly_as_generated(person):
    import bpy

    settings = bpy.context.scene.worldwright_motion
    settings.clips, settings.mood = {"walk", "wave"}, "happy"
    choose(person)
    assert bpy.ops.worldwright.add_clips() == {"FINISHED"}
    assert tracks(person) == ["Walk", "Wave"] and all(track.mute for track in person.animation_data.nla_tracks)
    action = person.animation_data.action
    assert action.name == "Walk" and person.animation_data.action_slot in list(action.slots) and action.use_cyclic
    motion = helpers.module("core.characters.motion")
    brief = helpers.module("core.characters.brief").CharacterBrief()
    shape = helpers.module("core.characters.body").build(brief, np.random.default_rng(0).spawn(1)[0])
    (clip,) = motion.make_clips(shape, ["walk"], motion.manner("neutral", 1, "happy", 1))
    assert action["speed"] == pytest.approx(clip.speed, rel=1e-3)
    bpy.context.scene.render.fps = 30
    world, positions = motion.posed(shape, clip)
    frame = len(world) // 3
    place = frame * 24 // 30 if action.frame_end < len(world) - 1.5 else frame
    if place == frame:
        body = bpy.data.objects["Body"].evaluated_get(bpy.context.evaluated_depsgraph_get())
        assert np.abs(at(person, "foot_l", frame) - positions[frame][shape.pack.bone("foot_l")]).max() < 2e-3 and body is not None


@pytest.mark.parametrize("names", [None, "nameless"])
def test_clips_come_onto_any_artists_rig_and_its_own_action_stays(scene, names):
    import bpy

    labels = None
    if names:
        probe = strangers_rig("Probe")
        labels = {bone.name: f"Bone.{number:03d}" for number, bone in enumerate(probe.data.bones)}
        bpy.data.objects.remove(probe)
    rig = strangers_rig(names=labels)
    labels = labels or {bone.name: bone.name for bone in rig.data.bones}
    rig.pose.bones[labels["head"]].keyframe_insert("rotation_euler", frame=1)
    old = rig.animation_data.action
    scene.worldwright_motion.clips = {"walk"}
    scene.render.fps = 30
    assert bpy.ops.worldwright.add_clips() == {"FINISHED"}
    assert rig.animation_data.action != old and old.name in bpy.data.actions and old.use_fake_user
    assert rig.pose.bones[0].rotation_mode == "XYZ" and rig.scale[0] == pytest.approx(0.01)
    action = rig.animation_data.action
    feet = np.array([at(rig, labels["LeftToe"], frame) for frame in range(int(action.frame_end) + 1)])
    assert np.ptp(feet[:, 1]) > 0.4 and feet[:, 2].min() > 0.0  # steps of half a metre, above the ground
    hands = [at(rig, labels[f"{side}Wrist"], 5) for side in ("Left", "Right")]
    assert hands[0][2] < 1.15 and hands[0][0] > 0.1 and hands[1][0] < -0.1  # arms hang, out of the T-pose
    report = helpers.module("job").reports["motion"]
    assert ("structure" in report.checks["bones_told"]) == bool(names)


def test_an_action_is_retargeted_and_nothing_of_the_source_changes(scene):
    import bpy

    rig = strangers_rig()
    scene.render.fps = 30
    arm = rig.pose.bones["LeftShoulder"]
    for frame, angle in ((1, 0.0), (11, 1.0), (21, 0.0)):
        arm.matrix_basis.identity()
        arm.rotation_euler = (0, 0, angle)
        arm.keyframe_insert("rotation_euler", frame=frame)
    rig.animation_data.action.name = "Swing"
    person = put(scene, "mixamo")
    scene.worldwright_motion.source = rig
    choose(person)
    before = [point.co[:] for curve in curves(rig.animation_data.action) for point in curve.keyframe_points]
    raised = [at(rig, "LeftElbow", frame) - at(rig, "LeftShoulder", frame) for frame in (1, 11)]
    assert bpy.ops.worldwright.retarget_action() == {"FINISHED"}
    assert tracks(person) == ["Swing"] and rig.animation_data.action.name == "Swing"
    assert [point.co[:] for curve in curves(rig.animation_data.action) for point in curve.keyframe_points] == before
    for frame, wanted in zip((0, 10), raised, strict=True):
        got = at(person, "mixamorig:LeftForeArm", frame) - at(person, "mixamorig:LeftArm", frame)
        assert got / np.linalg.norm(got) == pytest.approx(wanted / np.linalg.norm(wanted), abs=0.03)


def curves(action):
    return [curve for layer in action.layers for strip in layer.strips for bag in strip.channelbags for curve in bag.fcurves]


TURNS = "CHANNELS 3 Zrotation Xrotation Yrotation"
BVH = f"""HIERARCHY
ROOT Hips
{{ OFFSET 0 90 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
 JOINT Spine {{ OFFSET 0 10 0 {TURNS}
  JOINT Head {{ OFFSET 0 50 0 {TURNS} End Site {{ OFFSET 0 20 0 }} }}
%s }}
%s }}
MOTION
Frames: 3
Frame Time: 0.033333
%s"""
ARM = f"""JOINT %sArm {{ OFFSET %d 40 0 {TURNS} JOINT %sForeArm {{ OFFSET %d 0 0 {TURNS}
 JOINT %sHand {{ OFFSET %d 0 0 {TURNS} End Site {{ OFFSET %d 0 0 }} }} }} }}"""
LEG = f"""JOINT %sUpLeg {{ OFFSET %d 0 0 {TURNS} JOINT %sLeg {{ OFFSET 0 -42 0 {TURNS}
 JOINT %sFoot {{ OFFSET 0 -42 0 {TURNS} End Site {{ OFFSET 0 -5 14 }} }} }} }}"""


def bvh_text():
    arms = "\n".join(ARM % (side, 16 * s, side, 28 * s, side, 25 * s, 10 * s) for side, s in (("Left", 1), ("Right", -1)))
    legs = "\n".join(LEG % (side, 9 * s, side, side) for side, s in (("Left", 1), ("Right", -1)))
    numbers = "\n".join(" ".join(map(str, [0, 90, 2 * frame, *[0] * 45])) for frame in range(3))
    return BVH % (arms, legs, numbers)


def test_a_bvh_file_is_retargeted(person, tmp_path):
    import bpy

    (tmp_path / "take 1.bvh").write_text(bvh_text())
    choose(person)
    assert bpy.ops.worldwright.retarget_file(filepath=str(tmp_path / "take 1.bvh")) == {"FINISHED"}
    assert tracks(person) == ["take 1"]
    arm = at(person, "hand_l", 1) - at(person, "upperarm_l", 1)
    assert arm[0] / np.linalg.norm(arm) > 0.97  # the file's T-pose


@pytest.mark.parametrize(
    ("text", "why"), [("HIERARCHY nonsense MOTION", "not a sound BVH"), (BVH % ("", "", " ".join(["0"] * 36)), "not a person's")]
)
def test_what_cannot_be_retargeted_changes_nothing(person, tmp_path, text, why):
    import bpy

    (tmp_path / "bad.bvh").write_text(text)
    choose(person)
    before = helpers.fingerprint()
    with pytest.raises(RuntimeError, match=why):
        bpy.ops.worldwright.retarget_file(filepath=str(tmp_path / "bad.bvh"))
    assert helpers.fingerprint() == before and not person.animation_data


def test_a_skeleton_without_anything_human_is_refused(scene):
    import bpy

    thing = helpers.link("Rope", bpy.data.armatures.new("Rope"))
    bpy.context.view_layer.objects.active = thing
    bpy.ops.object.mode_set(mode="EDIT")
    for number in range(4):
        bone = thing.data.edit_bones.new(f"link {number}")
        bone.head, bone.tail = (0, 0, number), (0, 0, number + 1)
    bpy.ops.object.mode_set(mode="OBJECT")
    choose(thing)
    before = helpers.fingerprint()
    for operator in (bpy.ops.worldwright.add_clips, bpy.ops.worldwright.add_controls):
        with pytest.raises(RuntimeError, match="“Rope” is not a person's"):
            operator()
    assert helpers.fingerprint() == before
    choose(helpers.add_box("Box"))
    assert not bpy.ops.worldwright.add_clips.poll()


def pose(rig, names, frame):
    import bpy

    bpy.context.scene.frame_set(frame)
    bpy.context.view_layer.update()
    evaluated = rig.evaluated_get(bpy.context.evaluated_depsgraph_get())
    return np.array([evaluated.pose.bones[name].matrix for name in names])


@pytest.mark.parametrize("who", ["ours", "stranger"])
def test_controls_leave_rest_and_motion_as_they_were_and_bake_away(scene, who):
    import bpy

    rig = put(scene, "unreal") if who == "ours" else strangers_rig()
    names = [bone.name for bone in rig.data.bones]
    rest = {bone.name: np.array(bone.matrix_local) for bone in rig.data.bones}
    scene.worldwright_motion.clips = {"walk"}
    choose(rig)
    bpy.ops.worldwright.add_clips()
    walk = rig.animation_data.action
    frames = (0, 5, int(walk.frame_end))
    before = {frame: pose(rig, names, frame) for frame in frames}
    assert bpy.ops.worldwright.add_controls() == {"FINISHED"}
    made = [bone for bone in rig.data.bones if bone.name not in names]
    assert {bone.name for bone in made} >= {"CTRL-hand.L", "CTRL-foot.R", "CTRL-elbow.R", "CTRL-knee.L", "CTRL-look"}
    assert not any(bone.use_deform for bone in made) and all(bone.collections[0].name == "Controls" for bone in made)
    assert all(np.array_equal(rest[name], np.array(rig.data.bones[name].matrix_local)) for name in names)
    assert rig.animation_data.action != walk and walk.name in bpy.data.actions
    still = [index for index, name in enumerate(names) if not name.lower().startswith(("head", "eye"))]
    size = 1.0 if who == "ours" else 100.0
    for frame, was in before.items():
        assert np.abs(pose(rig, names, frame) - was)[still][..., 3].max() < 0.012 * size  # metres that a joint is elsewhere
    rig.pose.bones["CTRL-hand.L"].matrix_basis.identity()
    goal = rig.pose.bones["CTRL-hand.L"]
    goal.location = (0.0, 0.0, 0.0)
    assert bpy.ops.worldwright.bake_controls() == {"FINISHED"}
    assert [bone.name for bone in rig.data.bones] == names and "Controls" not in rig.data.collections
    assert not any(len(bone.constraints) for bone in rig.pose.bones)
    assert rig.animation_data.action.name.startswith("Walk baked")
    assert all(np.abs(pose(rig, names, frame) - was)[still][..., 3].max() < 0.012 * size for frame, was in before.items())


def test_moving_a_control_moves_the_limb(person):
    import bpy

    choose(person)
    bpy.ops.worldwright.add_controls()
    names = ["hand_l", "foot_l", "calf_r"]
    rest = pose(person, names, 1)
    straight = np.array([person.data.bones[name].matrix_local for name in names])
    assert np.abs(rest - straight)[..., 3].max() < 2e-3  # the rest pose stays
    person.pose.bones["CTRL-foot.L"].matrix = person.pose.bones["CTRL-foot.L"].matrix.copy()
    lifted = person.pose.bones["CTRL-foot.L"].matrix.copy()
    lifted.translation += type(lifted.translation)((0, -0.2, 0.25))
    person.pose.bones["CTRL-foot.L"].matrix = lifted
    moved = pose(person, names, 1) - rest
    assert moved[1][:3, 3] == pytest.approx([0, -0.2, 0.25], abs=0.02)
    assert np.abs(moved[[0, 2]][..., 3]).max() < 2e-3
    knee = pose(person, ["calf_l"], 1)[0][:3, 3]
    assert knee[1] < straight[1][1, 3] - 0.1  # forwards
    assert math.isfinite(knee.sum())
