"""Clothes fit every body, at rest and in motion: measured against the skin with linear blend skinning."""

import numpy as np
import pytest

from core.characters.body import build, vertex_normals
from core.characters.brief import CharacterBrief
from core.characters.wardrobe import dress

PEOPLE = {
    "man": CharacterBrief(gender=1.0, age=35, upper="shirt", lower="trousers", shoes="shoes", seed=3),
    "woman": CharacterBrief(gender=0.0, age=28, upper="jacket", lower="skirt", shoes="boots", seed=5),
    "child": CharacterBrief(gender=0.8, age=6, upper="t-shirt", lower="shorts", shoes="sneakers", seed=8),
    "heavy elder": CharacterBrief(gender=1.0, age=74, weight=1.0, upper="sweater", lower="trousers", seed=11),
}
POSES = {
    "rest": {},
    "arms raised": {"upperarm_l": (1, -50), "upperarm_r": (1, 50)},
    "elbows bent": {"lowerarm_l": (0, -70), "lowerarm_r": (0, -70)},
    "step": {"thigh_l": (0, -40), "calf_l": (0, 45), "thigh_r": (0, 15), "calf_r": (0, 20), "spine_01": (0, 8)},
}


@pytest.fixture(scope="module")
def dressed():
    result = {}
    for name, brief in PEOPLE.items():
        shape = build(brief, np.random.default_rng(brief.seed))
        result[name] = (shape, *dress(shape, brief, np.random.default_rng(brief.seed)))
    return result


def bone_matrices(shape, pose):
    """(B, 4, 4): each bone turned about a world axis (0 is x, 1 is y) by degrees at its head, then carried by its parent."""
    pack = shape.pack
    matrices = np.zeros((len(pack.bone_names), 4, 4))
    for bone, name in enumerate(pack.bone_names):
        axis, degrees = pose.get(name, (0, 0))
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.eye(4)
        turn[:3, :3] = [[1, 0, 0], [0, c, -s], [0, s, c]] if axis == 0 else [[c, 0, s], [0, 1, 0], [-s, 0, c]]
        turn[:3, 3] = shape.heads[bone] - turn[:3, :3] @ shape.heads[bone]
        parent = pack.bone_parents[bone]
        matrices[bone] = (matrices[parent] if parent >= 0 else np.eye(4)) @ turn
    return matrices


def skinned(vertices, joints, weights, matrices):
    blended = np.einsum("vk,vkij->vij", weights, matrices[joints])
    return np.einsum("vij,vj->vi", blended[:, :3, :3], vertices) + blended[:, :3, 3]


def share_inside(points, skin, faces):
    """Share of points more than a millimetre under the skin, by the nearest of all vertices and face centres."""
    from scipy.spatial import cKDTree

    normals = vertex_normals(skin, faces)
    used = np.unique(faces)
    centres = skin[faces].mean(axis=1)
    a, b, c, d = (skin[faces[:, k]] for k in range(4))
    flat = np.cross(c - a, d - b)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    where, facing = np.concatenate([skin[used], centres]), np.concatenate([normals[used], flat])
    nearest = cKDTree(where).query(points)[1]
    return float((((points - where[nearest]) * facing[nearest]).sum(axis=1) < -0.001).mean())


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("person", PEOPLE)
def test_no_cloth_inside_the_body(dressed, person, pose):
    shape, meshes, _ = dressed[person]
    matrices = bone_matrices(shape, POSES[pose])
    pack = shape.pack
    skin = skinned(shape.vertices, pack.joints.astype(int), pack.weights, matrices)
    faces = pack.faces[pack.face_mask("body")].astype(int)
    inside = {
        mesh.name: share_inside(skinned(mesh.vertices, mesh.skin.joints, mesh.skin.weights, matrices), skin, faces)
        for mesh in meshes
    }
    counts = {mesh.name: len(mesh.vertices) for mesh in meshes}
    total = sum(inside[name] * counts[name] for name in inside) / sum(counts.values())
    assert total <= 0.01, {name: round(value, 4) for name, value in inside.items()}


def test_garments_are_named_skinned_and_textured(dressed):
    names = {person: [mesh.name for mesh in meshes] for person, (_, meshes, _) in dressed.items()}
    assert names["man"] == ["Briefs", "Shoes", "Trousers", "Shirt"]
    assert names["woman"] == ["Briefs", "Undershirt", "Boots", "Skirt", "Jacket"]
    assert names["child"] == ["Briefs", "Undershirt", "Sneakers", "Shorts", "T-shirt"]
    for _, meshes, _ in dressed.values():
        for mesh in meshes:
            assert np.isfinite(mesh.vertices).all() and np.isfinite(mesh.uvs).all()
            assert set(np.unique(mesh.face_sizes)) == {4}
            assert mesh.corners.max() == len(mesh.vertices) - 1
            assert np.allclose(mesh.skin.weights.sum(axis=1), 1, atol=1e-5)
            assert mesh.materials[0].base_color_texture is not None and mesh.materials[0].normal_texture is not None
            assert mesh.material_index.max() < len(mesh.materials)
        assert sum(int((mesh.face_sizes - 2).sum()) for mesh in meshes) < 36_000


def test_covered_skin_is_hidden_and_face_and_hands_are_not(dressed):
    for shape, _, hidden in dressed.values():
        pack = shape.pack
        assert not hidden[~pack.vertex_mask("body")].any()
        assert not hidden[pack.bone_weight("head", "hand_l", "hand_r") > 0.6].any()
        chest = (
            pack.vertex_mask("body")
            & (pack.bone_weight("spine_03") > 0.9)
            & (shape.vertices[:, 2] < shape.joint("neck_01")[2] - 0.15 * shape.height / 1.75)
        )
        assert hidden[chest].mean() > 0.95
        assert hidden[pack.vertex_mask("body") & (pack.bone_weight("ball_l", "ball_r") > 0.9)].all()


def test_underwear_stays_when_nothing_else_is_worn():
    brief = CharacterBrief(gender=0.0, age=30, upper="none", lower="none", shoes="none", seed=1)
    shape = build(brief, np.random.default_rng(1))
    meshes, hidden = dress(shape, brief, np.random.default_rng(1))
    assert [mesh.name for mesh in meshes] == ["Briefs", "Undershirt"]
    assert not hidden[shape.pack.bone_weight("foot_l", "foot_r", "calf_l", "calf_r") > 0.6].any()


def test_shoes_stand_on_a_sole_below_the_bare_foot(dressed):
    for _, meshes, _ in dressed.values():
        pair = next(mesh for mesh in meshes if mesh.name in ("Shoes", "Boots", "Sneakers")).vertices
        assert -0.03 < pair[:, 2].min() < -0.005
        left, right = pair[pair[:, 0] > 0], pair[pair[:, 0] < 0]
        assert len(left) == len(right)
        assert np.allclose(left.mean(axis=0) * [-1, 1, 1], right.mean(axis=0), atol=0.004)


def test_the_brief_decides_length_and_color():
    shape = build(PEOPLE["man"], np.random.default_rng(0))
    long = {mesh.name: mesh for mesh in dress(shape, PEOPLE["man"], np.random.default_rng(0))[0]}
    brief = CharacterBrief(gender=1.0, upper="t-shirt", lower="shorts", upper_color=(0.5, 0.02, 0.02), shoes="none")
    short = {mesh.name: mesh for mesh in dress(shape, brief, np.random.default_rng(0))[0]}
    assert short["Shorts"].vertices[:, 2].min() > long["Trousers"].vertices[:, 2].min() + 0.2
    assert np.ptp(short["T-shirt"].vertices[:, 0]) < np.ptp(long["Shirt"].vertices[:, 0]) - 0.1
    red = short["T-shirt"].materials[0].base_color_texture.pixels.reshape(-1, 3).mean(axis=0)
    assert red[0] > 3 * red[1]


def test_same_seed_same_bytes():
    brief = PEOPLE["child"]
    shape = build(brief, np.random.default_rng(0))
    first, second = (dress(shape, brief, np.random.default_rng(5))[0] for _ in range(2))
    for a, b in zip(first, second, strict=True):
        assert a.vertices.tobytes() == b.vertices.tobytes() and a.uvs.tobytes() == b.uvs.tobytes()
        assert a.materials[0].base_color_texture.pixels.tobytes() == b.materials[0].base_color_texture.pixels.tobytes()
