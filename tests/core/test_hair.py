"""Hair covers the scalp, keeps clear of the face, stays within its budget and follows the head."""

import dataclasses

import numpy as np
import pytest

from core.characters.body import build
from core.characters.brief import HAIR_STYLES, CharacterBrief
from core.characters.fabric import to_srgb
from core.characters.hair import grow
from core.characters.head import behind_hairline, measure, scalp


@pytest.fixture(scope="module")
def woman():
    brief = CharacterBrief(gender=0.0, age=30, seed=4)
    return brief, build(brief, np.random.default_rng(4))


@pytest.fixture(scope="module")
def grown(woman):
    brief, shape = woman
    return {
        style: {mesh.name: mesh for mesh in grow(shape, dataclasses.replace(brief, hair=style), np.random.default_rng(1))}
        for style in HAIR_STYLES
    }


@pytest.mark.parametrize("style", HAIR_STYLES)
def test_brows_always_and_hair_within_budget(grown, woman, style):
    meshes = grown[style]
    assert ("Hair" in meshes) == (style != "bald")
    assert sum(int((mesh.face_sizes - 2).sum()) for mesh in meshes.values()) <= 20_000
    head = measure(woman[1].pack, woman[1].vertices)
    brows = (meshes["Brows"].vertices - head.origin) / head.unit
    assert brows[:, 2].min() > 0.05 and brows[:, 2].max() < 0.75
    assert (brows[:, 0] > 0).any() and (brows[:, 0] < 0).any()
    for mesh in meshes.values():
        assert np.isfinite(mesh.vertices).all()
        assert np.allclose(mesh.skin.weights.sum(axis=1), 1, atol=1e-5)
        assert mesh.normals.shape == (len(mesh.corners), 3)
        assert mesh.uvs.min() >= 0 and mesh.uvs.max() <= 1


@pytest.mark.parametrize("style", ["bob", "long", "ponytail", "bun"])
def test_long_hair_leaves_the_face_free(grown, woman, style):
    head = measure(woman[1].pack, woman[1].vertices)
    place = (grown[style]["Hair"].vertices - head.origin) / head.unit
    before_face = (np.abs(place[:, 0]) < 0.95) & (place[:, 1] < 0.4) & (place[:, 2] < 0.6) & (place[:, 2] > -1.8)
    assert before_face.mean() < 0.002


@pytest.mark.parametrize("style", ["ponytail", "bun", "braid"])
def test_hair_tied_low_under_a_hat_goes_over_the_crown(woman, style):
    brief, shape = woman
    hatted = dataclasses.replace(brief, hair=style, headwear="beanie")
    hair = next(mesh for mesh in grow(shape, hatted, np.random.default_rng(1)) if mesh.name == "Hair")
    head = measure(shape.pack, shape.vertices)
    place = (hair.vertices - head.origin) / head.unit
    before_face = (np.abs(place[:, 0]) < 0.95) & (place[:, 1] < 0.4) & (place[:, 2] < 0.6) & (place[:, 2] > -1.8)
    assert before_face.mean() < 0.002


def test_long_hair_is_longer_and_bends_with_the_spine(grown, woman):
    pack = woman[1].pack
    long, short = grown["long"]["Hair"], grown["short"]["Hair"]
    assert long.vertices[:, 2].min() < short.vertices[:, 2].min() - 0.1
    spine = (long.skin.joints == pack.bone("spine_03")) & (long.skin.weights > 0.5)
    assert spine.any() and not ((short.skin.joints == pack.bone("spine_03")) & (short.skin.weights > 0.5)).any()


def test_scalp_is_behind_the_hairline(woman):
    shape = woman[1]
    head = measure(shape.pack, shape.vertices)
    haired = scalp(head) > 0.5
    assert haired.sum() > 150
    assert behind_hairline(head.vertices[haired], head.skull).min() > -0.1
    face = (head.share > 0.5) & (head.vertices[:, 1] < 0.2) & (head.vertices[:, 2] < 0.7)
    assert scalp(head)[face].max() == 0


def test_a_beard_is_only_grown_when_asked_for():
    brief = CharacterBrief(gender=1.0, age=40, hair="bald", beard="beard", seed=2)
    shape = build(brief, np.random.default_rng(2))
    head = measure(shape.pack, shape.vertices)
    names = {mesh.name: mesh for mesh in grow(shape, brief, np.random.default_rng(0))}
    place = (names["Beard"].vertices - head.origin) / head.unit
    assert place[:, 2].max() < 0.2 and abs(float(place[:, 0].mean())) < 0.1
    assert "Beard" not in {mesh.name for mesh in grow(shape, dataclasses.replace(brief, beard="stubble"), np.random.default_rng(0))}


def test_same_seed_same_bytes(woman):
    brief, shape = woman
    first, second = (grow(shape, brief, np.random.default_rng(9)) for _ in range(2))
    for a, b in zip(first, second, strict=True):
        assert a.vertices.tobytes() == b.vertices.tobytes()
    other = grow(shape, brief, np.random.default_rng(10))
    assert other[0].vertices.tobytes() != first[0].vertices.tobytes()


def test_an_afro_is_round_and_closed(grown, woman):
    head = measure(woman[1].pack, woman[1].vertices)
    hair = grown["afro"]["Hair"]
    away = hair.vertices - (head.origin + head.skull * head.unit)
    ways = np.random.default_rng(0).standard_normal((300, 3))
    ways[:, 2] = np.abs(ways[:, 2]) + 0.6  # the crown, from every side
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    out = np.linalg.norm(away, axis=1)
    near = (away / out[:, None]) @ ways.T > np.cos(np.radians(7))
    reach = np.array([out[column].max() if column.any() else 0.0 for column in near.T])
    assert reach.min() > 0.75 * np.median(reach)  # no holes
    assert reach.max() < 1.3 * np.median(reach)  # no spikes


@pytest.mark.parametrize("kind", ["beard", "goatee", "moustache"])
def test_a_beard_is_dense_fine_hair_over_painted_stubble(kind):
    brief = CharacterBrief(gender=1.0, age=40, hair="bald", beard=kind, hair_color=(0.4, 0.25, 0.1), seed=2)
    shape = build(brief, np.random.default_rng(2))
    beard = next(mesh for mesh in grow(shape, brief, np.random.default_rng(0)) if mesh.name == "Beard")
    head = measure(shape.pack, shape.vertices)
    tufts = beard.vertices.reshape(-1, 6, 3)
    width = np.linalg.norm(tufts[:, 0] - tufts[:, 1], axis=1)
    assert width.max() < 0.14 * head.unit  # a patch of hair as wide as that reads as a blotch
    pixels = beard.materials[0].base_color_texture.pixels
    seen = pixels[pixels[..., 3] > 127]
    assert 0.1 < len(seen) / pixels[..., 0].size < 0.7  # single hairs with gaps
    expected = to_srgb(np.array(brief.hair_color))
    assert np.abs(seen[:, :3].mean(axis=0) - expected).max() < 30
