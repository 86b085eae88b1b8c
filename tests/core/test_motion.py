"""Clips on real bodies: feet that do not slide or sink, loops that close, arms clear of the body, styles and moods."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from core.characters import body, motion
from core.characters import brief as briefs
from core.characters.brief import CharacterBrief
from core.characters.generate import generate
from core.characters.motion import kinematics, locomotion
from core.errors import WorldwrightError

PEOPLE = {
    "woman": CharacterBrief(seed=1, gender=0.0, age=25, height=1.63),
    "baby": CharacterBrief(seed=3, gender=0.5, age=1.5),
    "heavy elder": CharacterBrief(seed=4, gender=1.0, age=78, height=1.82, weight=1.0, muscle=0.2),
}
CONTACT = 0.0045  # of the leg above the ground: within it a sole touches


@pytest.fixture(scope="module", params=PEOPLE)
def man(request):
    brief = PEOPLE[request.param]
    return motion.Mannequin(body.build(brief, np.random.default_rng(brief.seed)))


@pytest.fixture(scope="module")
def woman():
    return motion.Mannequin(body.build(PEOPLE["woman"], np.random.default_rng(1)))


def soles(man, clip):
    """(T, N, 3) the skin of both feet in every frame, and whose each vertex is."""
    pack = man.shape.pack
    world, positions = motion.posed(man.shape, clip)
    feet = {side: pack.vertex_mask("body") & (pack.bone_weight(f"foot_{side}", f"ball_{side}") > 0.6) for side in "lr"}
    return {side: motion.deform(man.shape, world, positions, np.flatnonzero(mask)[::2]) for side, mask in feet.items()}


def slip(man, clip):
    """Metres a frame that a foot on the ground moves against it: of those points that touch in both frames, the stillest."""
    ground = np.array([0, clip.speed / clip.fps, 0])
    worst = 0.0
    for points in soles(man, clip).values():
        for before, after in zip(points[:-1], points[1:], strict=True):
            touching = (before[:, 2] < CONTACT * man.leg) & (after[:, 2] < CONTACT * man.leg)
            if touching.any():
                moved = np.linalg.norm((after - before - ground)[touching][:, :2], axis=1)
                worst = max(worst, float(moved.min()))
    return worst


def turned(a, b):
    """Degrees between quaternions."""
    return np.degrees(2 * np.arccos(np.clip(np.abs((a * b).sum(axis=-1)), 0, 1)))


@pytest.mark.parametrize("name", locomotion.GAITS)
def test_feet_on_the_ground_do_not_slide_and_nothing_sinks(man, name):
    clip = motion.make_clip(man, name)
    assert slip(man, clip) < 0.001
    assert min(points[..., 2].min() for points in soles(man, clip).values()) > -0.005


@pytest.mark.parametrize("name", ["idle", "sit", "stand up", "pick up", "dance", "turn", "jump"])
def test_clips_on_the_spot_stand_on_the_ground(man, name):
    clip = motion.make_clip(man, name)
    assert slip(man, clip) < 0.001
    heights = np.minimum(*(points[..., 2].min(axis=1) for points in soles(man, clip).values()))
    assert heights.min() > -0.005
    assert (heights.max() > 0.1 * man.leg) == (name == "jump")


@pytest.mark.parametrize("name", ["idle", "walk", "jog", "run", "sneak", "limp", "seated", "talk", "dance"])
def test_loops_close(man, name):
    clip = motion.make_clip(man, name)
    assert clip.loop
    assert turned(clip.rotations[0], clip.rotations[-1]).max() < 0.1
    np.testing.assert_allclose(clip.offsets["pelvis"][0], clip.offsets["pelvis"][-1], atol=1e-5)
    inside = turned(clip.rotations[1:], clip.rotations[:-1]).max(axis=1)
    assert turned(clip.rotations[1], clip.rotations[-2]).max() < 2.2 * inside.max()  # no jerk at the seam either


def test_gestures_end_where_they_begin_and_steps_are_smooth(man):
    for name in ("wave", "point", "nod", "pick up", "jump"):
        clip = motion.make_clip(man, name)
        assert turned(clip.rotations[0], clip.rotations[-1]).max() < 2.5, name
    for name in motion.CLIPS:
        clip = motion.make_clip(man, name)
        assert turned(clip.rotations[1:], clip.rotations[:-1]).max() < 45, name  # degrees a frame: nothing flips over


@pytest.mark.parametrize("build", [{"gender": 1.0, "muscle": 1.0}, {"gender": 1.0, "weight": 1.0}, {"age": 80}], ids=str)
def test_no_arm_flips_on_other_builds(build):
    someone = motion.Mannequin(body.build(CharacterBrief(**build), np.random.default_rng(0)))
    for name in ("wave", "point", "talk", "pick up"):
        clip = motion.make_clip(someone, name)
        assert turned(clip.rotations[1:], clip.rotations[:-1]).max() < 30, name  # degrees a frame


def test_faster_gaits_go_faster_and_the_tall_outpace_the_small(woman):
    paces = [motion.make_clip(woman, name).speed for name in ("sneak", "limp", "walk", "jog", "run")]
    assert paces == sorted(paces) and 1.0 < paces[2] < 1.4 and 3.5 < paces[4] < 5.5
    child = motion.Mannequin(body.build(CharacterBrief(age=5), np.random.default_rng(0)))
    assert motion.make_clip(child, "walk").speed < 0.85 * paces[2]
    assert motion.make_clip(woman, "walk", speed=1.5).speed == pytest.approx(1.5 * paces[2], rel=0.05)


@pytest.mark.parametrize("name", ["walk", "run", "turn"])
def test_root_motion_goes_where_the_motion_in_place_would(woman, name):
    still, moving = (motion.make_clip(woman, name, root_motion=root) for root in (False, True))
    world, positions = motion.posed(woman.shape, moving)
    if name == "turn":
        heading = kinematics.rotation_vectors(world[-1, 0])
        assert np.degrees(heading[2]) == pytest.approx(90, abs=0.5)
        np.testing.assert_allclose(motion.posed(woman.shape, still)[1][:, 1:], positions[:, 1:], atol=1e-4)
        return
    seconds = (len(moving.rotations) - 1) / moving.fps
    np.testing.assert_allclose(moving.root_offset[-1], [0, -still.speed * seconds, 0], atol=1e-4)
    assert moving.speed == 0 and not still.root_offset.any()
    assert slip(woman, moving) < 0.001


def test_arms_hang_clear_of_the_body(man):
    pack = man.shape.pack
    skin = pack.vertex_mask("body")
    hand = [name for name in pack.bone_names if name.endswith("_l") and "_0" in name]
    arm = np.flatnonzero(skin & (pack.bone_weight("hand_l", "lowerarm_l", *hand) > 0.9))[::4]
    trunk = np.flatnonzero(skin & (pack.bone_weight("pelvis", "spine_01", "spine_02", "thigh_l") > 0.9))[::2]
    for name in ("idle", "walk", "jog"):
        world, positions = motion.posed(man.shape, motion.make_clip(man, name))
        for frame in range(0, len(world), 6):
            points = motion.deform(man.shape, world[frame], positions[frame])
            gaps = np.linalg.norm(points[arm, None] - points[None, trunk], axis=2)
            near = gaps.argmin(axis=1)
            outward = body.vertex_normals(points, pack.faces)[trunk[near]]
            depth = ((points[arm] - points[trunk[near]]) * outward).sum(axis=1)
            assert depth[gaps.min(axis=1) < 0.04].min(initial=1) > -0.006, (name, frame)


def test_knees_and_elbows_bend_the_right_way(man):
    for name in motion.CLIPS:
        world, positions = motion.posed(man.shape, motion.make_clip(man, name))
        for side in "lr":
            hip, knee, ankle = (positions[:, man.index[f"{bone}_{side}"]] for bone in ("thigh", "calf", "foot"))
            ahead = world[:, man.index["pelvis"]] @ np.array([0, -1.0, 0])
            bend = knee - (hip + ankle) / 2
            bent = np.linalg.norm(bend, axis=1) > 0.05 * man.leg
            level = np.abs(ahead[:, 2]) < 0.5
            assert ((bend * ahead).sum(axis=1)[bent & level] > 0).all(), (name, side)


def test_styles_and_moods_change_what_they_say(woman):
    def seen(**how):
        clip = motion.make_clip(woman, "walk", motion.manner(**how))
        world, positions = motion.posed(woman.shape, clip)
        head = positions[:, woman.index["head"]]
        face = world[:, woman.index["head"]] @ np.array([0, -1.0, 0])
        hand = positions[:, woman.index["hand_l"]]
        return clip.speed, head[:, 2].mean(), face[:, 2].mean(), np.ptp(hand[:, 1])

    neutral = seen()
    assert seen(style="elderly")[0] < 0.7 * neutral[0] and seen(style="elderly")[1] < neutral[1] - 0.02
    assert seen(style="military")[3] > 1.3 * neutral[3]
    assert seen(mood="sad")[2] < neutral[2] - 0.1 and seen(mood="sad")[0] < neutral[0]
    assert seen(mood="angry")[0] > neutral[0]
    halfway = seen(style="elderly", amount=0.5)
    assert seen(style="elderly")[0] < halfway[0] < neutral[0]
    assert seen(style="heavy", amount=0.0) == neutral


def test_every_style_and_mood_walks_without_sliding(woman):
    for style in motion.STYLES:
        for mood in motion.MOODS:
            clip = motion.make_clip(woman, "walk", motion.manner(style, 1, mood, 1))
            assert slip(woman, clip) < 0.001, (style, mood)


def test_the_seat_of_sit_is_that_of_stand_up(woman):
    sit, up, seated = (motion.make_clip(woman, name) for name in ("sit", "stand up", "seated"))
    assert turned(sit.rotations[-1], up.rotations[0]).max() < 1.5
    hip, knee = (motion.posed(woman.shape, seated)[1][0, woman.index[bone]] for bone in ("thigh_l", "calf_l"))
    assert abs(hip[2] - knee[2]) < 0.04 and hip[1] - knee[1] > 0.3


def test_the_brief_chooses_the_clips():
    scene = generate(
        CharacterBrief(clips="Run, stand-up; nod", motion_style="heavy", mood="tired", root_motion=True, face_units=False)
    )
    assert [clip.name for clip in scene.clips] == ["Run", "Stand Up", "Nod"]
    assert scene.clips[0].root_offset[-1, 1] < -1
    with pytest.raises(WorldwrightError, match="no clip called “fly”"):
        generate(CharacterBrief(clips="walk, fly"))


def test_the_briefs_names_are_the_ones_there_are(woman):
    assert set(briefs.MOTION_STYLES) == {*motion.STYLES, "learned"} and set(briefs.MOODS) == set(motion.MOODS)
    assert {motion.make_clip(woman, name).name.lower() for name in briefs.CLIPS} == set(briefs.CLIPS)


def test_the_same_brief_gives_the_same_motion(woman):
    once, again = (motion.make_clip(woman, "dance", motion.manner("light")) for _ in range(2))
    assert once.rotations.tobytes() == again.rotations.tobytes()


def test_manners_have_no_unknown_names():
    with pytest.raises(WorldwrightError, match="no style of motion called “robotic”"):
        motion.manner("robotic")
    assert dataclasses.asdict(motion.manner()) == dataclasses.asdict(motion.NEUTRAL)


def test_rotations_agree_with_each_other():
    rng = np.random.default_rng(0)
    found = np.stack(
        [kinematics.aligning(rng.standard_normal(3), rng.standard_normal(3))[0] for _ in range(50)]
        + [kinematics.axis_rotation(axis, 180.0)[0] for axis in range(3)]
        + [kinematics.aligning(np.array([0, 0, 1.0]), np.array([0, 0, -1.0]))[0]]
    )
    np.testing.assert_allclose(kinematics.matrices(kinematics.quaternions(found)), found, atol=1e-9)
    np.testing.assert_allclose(kinematics.from_vectors(kinematics.rotation_vectors(found)), found, atol=1e-6)
    np.testing.assert_allclose(kinematics.from_six(np.concatenate([found[..., 0], found[..., 1]], axis=-1)), found, atol=1e-9)
    half = kinematics.between(np.eye(3)[None], found[:50], 0.5)
    np.testing.assert_allclose(half @ half, found[:50], atol=1e-7)


def test_two_bones_reach_what_they_can():
    start, pole = np.zeros((2, 3)), np.array([0, -1.0, 0])
    target = np.array([[0.1, 0.2, -0.6], [0, 0, -5.0]])
    middle, end, reach = kinematics.two_bone(start, target, 0.4, 0.45, pole)
    np.testing.assert_allclose(end[0], target[0], atol=1e-9)
    np.testing.assert_allclose(np.linalg.norm(middle, axis=1), 0.4, atol=1e-9)
    np.testing.assert_allclose(np.linalg.norm(end - middle, axis=1), 0.45, atol=1e-9)
    assert middle[0, 1] < target[0, 1] / 2 and reach == pytest.approx(5 / 0.85)


@pytest.mark.parametrize("name", ["walk", "run"])
def test_learned_gaits_close_go_somewhere_and_take_moods(woman, name):
    clip = motion.make_clip(woman, name, learned=True)
    assert clip.loop and turned(clip.rotations[0], clip.rotations[-1]).max() < 0.1
    assert clip.speed > 0.8
    deepest = {"walk": -0.01, "run": -0.025}[name]  # toes of the pushing foot; see the model card
    assert min(points[..., 2].min() for points in soles(woman, clip).values()) > deepest
    sad = motion.make_clip(woman, name, motion.manner(mood="sad"), learned=True)
    assert sad.speed < 0.9 * clip.speed
    moving = motion.make_clip(woman, name, root_motion=True, learned=True)
    way = clip.speed * (len(clip.rotations) - 1) / clip.fps
    assert moving.speed == 0 and moving.root_offset[-1, 1] == pytest.approx(-way, rel=1e-3)
