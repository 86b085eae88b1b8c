"""The body, its skeleton, its face and its clips, on real people."""

from __future__ import annotations

import numpy as np
import pytest

from core.characters import body, face, motion, rig
from core.characters.brief import EXPRESSIONS, CharacterBrief
from core.errors import WorldwrightError

PEOPLE = [
    CharacterBrief(seed=1, gender=0.0, age=25, height=1.63),
    CharacterBrief(seed=2, gender=1.0, age=82, height=1.71, weight=0.3),
    CharacterBrief(seed=3, gender=0.5, age=6, height=1.14),
    CharacterBrief(seed=4, gender=1.0, age=40, height=1.95, weight=1.0, muscle=0.2),
    CharacterBrief(seed=5, gender=0.0, age=33, height=1.52, african=1.0, asian=0.0, caucasian=0.0, weight=0.0),
]
# developer.apple.com/documentation/arkit/arfaceanchor/blendshapelocation
ARKIT = """
browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft cheekSquintRight eyeBlinkLeft
eyeBlinkRight eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight eyeLookUpLeft
eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight jawForward jawLeft jawOpen jawRight mouthClose
mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight mouthFunnel mouthLeft mouthLowerDownLeft mouthLowerDownRight
mouthPressLeft mouthPressRight mouthPucker mouthRight mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper
mouthSmileLeft mouthSmileRight mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight noseSneerLeft
noseSneerRight tongueOut
""".split()


def make(brief: CharacterBrief) -> body.BodyShape:
    return body.build(brief, np.random.default_rng(brief.seed))


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda brief: f"seed {brief.seed}")
def person(request):
    return request.param, make(request.param)


def test_height_is_what_was_asked_and_feet_stand_on_the_ground(person):
    brief, shape = person
    skin = shape.vertices[shape.pack.vertex_mask("body")]
    assert np.ptp(skin[:, 2]) == pytest.approx(brief.height, abs=1e-4)
    assert skin[:, 2].min() == pytest.approx(0, abs=1e-5)
    feet = [shape.joint(f"{bone}_{side}") for bone in ("foot", "ball") for side in "lr"]
    assert np.mean(feet, axis=0)[:2] == pytest.approx([0, 0], abs=2e-3)
    assert np.isfinite(shape.vertices).all()


def test_faces_minus_y(person):
    _, shape = person
    eyes = shape.vertices[shape.pack.vertex_mask("left_eye", "right_eye")].mean(axis=0)
    assert eyes[1] < shape.joint("head")[1] - 0.02
    assert shape.joint("hand_l")[0] > 0.2 * shape.height > 0 > shape.joint("hand_r")[0]


def test_skin_is_one_closed_surface_facing_outwards():
    shape = make(PEOPLE[0])
    quads = shape.pack.faces[shape.pack.face_mask("body")]
    edges = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)])
    directed = {tuple(edge) for edge in edges.tolist()}
    assert len(directed) == len(edges)
    assert all((b, a) in directed for a, b in directed)
    a, b, c, d = (shape.vertices[quads[:, k]].astype(float) for k in range(4))
    volume = (np.einsum("ij,ij->", a, np.cross(b, c)) + np.einsum("ij,ij->", a, np.cross(c, d))) / 6
    assert 0.03 < volume < 0.12  # cubic metres: a person of 30 to 120 kg


def test_weights_sum_to_one_over_at_most_four_bones():
    pack = body.load_pack()
    assert pack.weights.shape[1] == 4 and pack.weights.min() >= 0
    np.testing.assert_allclose(pack.weights.sum(axis=1), 1, atol=1e-6)
    assert pack.joints.max() < len(pack.bone_names)
    left, right = pack.bone_weight("hand_l").sum(), pack.bone_weight("hand_r").sum()
    assert left == pytest.approx(right, rel=1e-3)


def test_parents_come_first_and_there_is_one_root():
    skeleton = rig.skeleton(make(PEOPLE[0]))
    assert list(skeleton.parents[:1]) == [-1] and (skeleton.parents[1:] >= 0).all()
    assert all(parent < bone for bone, parent in enumerate(skeleton.parents))
    assert len(set(skeleton.names)) == len(skeleton.names) == len(rig.BONES)


def test_children_have_no_chest_parameter():
    plain, changed = (make(CharacterBrief(seed=7, gender=0.0, age=15, chest=chest)) for chest in (0.0, 1.0))
    np.testing.assert_array_equal(plain.vertices, changed.vertices)
    adult, other = (make(CharacterBrief(seed=7, gender=0.0, age=30, chest=chest)) for chest in (0.0, 1.0))
    assert np.abs(adult.vertices - other.vertices).max() > 0.01


def test_children_are_dressed():
    with pytest.raises(WorldwrightError, match="under 18 is always dressed"):
        CharacterBrief(age=12, upper="none").validate()
    CharacterBrief(age=18, upper="none").validate()


def test_weight_shows_around_the_waist():
    def waist(**sliders):
        shape = make(CharacterBrief(seed=1, height=1.75, variety=0, **sliders))
        trunk = shape.pack.vertex_mask("body") & (shape.pack.bone_weight("spine_01", "spine_02", "pelvis") > 0.7)
        return np.ptp(shape.vertices[trunk, 0]) + np.ptp(shape.vertices[trunk, 1])

    assert waist(weight=0.1) < waist(weight=0.5) * 0.98 < waist(weight=0.9) * 0.9


def test_same_seed_same_bytes_and_another_seed_another_face():
    brief = CharacterBrief(seed=11)
    assert make(brief).vertices.tobytes() == make(brief).vertices.tobytes()
    other = make(CharacterBrief(seed=12, height=make(brief).height))
    head = other.pack.bone_weight("head") > 0.9
    assert np.abs(make(brief).vertices[head] - other.vertices[head]).max() > 0.002


def test_unusual_height_is_made_and_said():
    shape = make(CharacterBrief(age=30, height=2.2))
    assert shape.height == pytest.approx(2.2)
    assert "unusual" in shape.warnings[0]


def test_missing_pack_names_the_cure(monkeypatch, tmp_path):
    body.load_pack.cache_clear()
    monkeypatch.setattr(body, "PACK_PATH", tmp_path / "body.npz")
    with pytest.raises(WorldwrightError) as missing:
        body.load_pack()
    assert "build.py setup" in missing.value.cure
    (tmp_path / "body.npz").write_bytes(b"not a pack")
    with pytest.raises(WorldwrightError, match="damaged"):
        body.load_pack()
    body.load_pack.cache_clear()


def test_face_units_are_arkits_and_move_only_the_head():
    shape = make(PEOPLE[0])
    assert sorted(shape.pack.units) == sorted(ARKIT) and len(ARKIT) == 52
    mesh, source = shape.cut("Body", shape.pack.face_mask("body"))
    face.add_units(shape, mesh, source, "smile")
    assert set(mesh.shape_keys) <= set(ARKIT) and len(mesh.shape_keys) > 45
    still = shape.pack.bone_weight("head", "neck_01")[source] < 0.01
    for name in ("jawOpen", "mouthSmileLeft", "eyeBlinkRight"):
        moved = np.abs(mesh.shape_keys[name] - mesh.vertices).max(axis=1)
        assert moved.max() > 0.004 and moved[still].max() < 1e-6
    assert mesh.shape_key_values["mouthSmileLeft"] > 0.3


def test_units_left_and_right_are_on_the_persons_own_side():
    shape = make(PEOPLE[0])
    for name, side in (("eyeBlinkLeft", 1), ("mouthSmileRight", -1)):
        unit = shape.pack.units[name]
        centre = np.average(shape.vertices[unit.index, 0], weights=np.linalg.norm(unit.delta, axis=1))
        assert side * centre > 0.015


def test_every_expression_is_made_of_known_units():
    assert tuple(face.EXPRESSIONS) == EXPRESSIONS
    assert {unit for units in face.EXPRESSIONS.values() for unit in units} <= set(ARKIT)


def test_expression_without_keys_is_in_the_vertices():
    shape = make(PEOPLE[0])
    mesh, source = shape.cut("Body", shape.pack.face_mask("body"))
    before = mesh.vertices.copy()
    face.express(shape, mesh, source, "surprised")
    assert np.abs(mesh.vertices - before).max() > 0.005 and not mesh.shape_keys
    face.express(shape, mesh, source, "neutral")


def test_jaw_opening_takes_lower_teeth_along():
    pack = body.load_pack()
    jaw = pack.units["jawOpen"]
    moved = np.zeros((pack.vertex_count, 3))
    moved[jaw.index] = jaw.delta
    assert moved[pack.vertex_mask("lower_teeth"), 2].mean() < -0.005
    assert np.abs(moved[pack.vertex_mask("upper_teeth")]).max() < 0.002


def test_t_pose_has_straight_arms_and_new_rest_frames():
    shape = motion.t_pose(make(PEOPLE[0]))
    for side in "lr":
        heights = [shape.joint(f"{bone}_{side}")[2] for bone in ("upperarm", "lowerarm", "hand", "middle_01")]
        assert np.ptp(heights) < 0.02
    skeleton = rig.skeleton(shape)
    upper = skeleton.names.index("upperarm_l")
    np.testing.assert_allclose(
        (skeleton.tails - skeleton.heads)[upper] / np.linalg.norm(skeleton.tails[upper] - skeleton.heads[upper]),
        [1, 0, 0],
        atol=1e-4,
    )


def test_lash_and_tooth_strips_have_straight_uvs_from_their_roots():
    shape = make(PEOPLE[0])
    pack = shape.pack
    for group, low, high in (("left_lashes", 0, 1), ("upper_teeth", 0.5, 1), ("lower_teeth", 0, 0.5)):
        uvs = pack.uvs[pack.face_uvs[pack.face_mask(group)]].reshape(-1, 2)
        assert low <= uvs[:, 1].min() and uvs[:, 1].max() <= high
        assert uvs[:, 0].min() == 0 and uvs[:, 0].max() == 1
    faces = pack.face_mask("left_lashes")
    v = pack.uvs[pack.face_uvs[faces]][..., 1].ravel() % 0.5
    corners = shape.vertices[pack.faces[faces]].reshape(-1, 3)
    from_eye = np.linalg.norm(corners - shape.joint("eye_l"), axis=1)
    assert from_eye[v < 0.05].mean() < from_eye[v > 0.45].mean() - 0.002
