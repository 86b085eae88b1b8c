"""Styles, local sliders and levels of detail of characters."""

from dataclasses import replace

import numpy as np
import pytest

from core.characters import local
from core.characters.body import build, load_pack
from core.characters.brief import CharacterBrief
from core.characters.generate import generate
from core.characters.somebody import random_brief
from core.characters.style import proportioned
from core.errors import WorldwrightError
from core.scene import Material

PLAIN = CharacterBrief(variety=0.0, face_units=False, motion=False)


def _heads(shape):
    """Heads high that the body is."""
    body = shape.pack.vertex_mask("body")
    top = shape.vertices[body, 2].max()
    return float(shape.height / (top - shape.joint("head")[2]))


def test_proportions_on_the_same_rest():
    shape = build(PLAIN, np.random.default_rng(0))
    usual = _heads(shape)
    chibi, heroic, cartoon = (proportioned(shape, style) for style in ("chibi", "heroic", "cartoon"))
    assert _heads(chibi) < 0.65 * usual < _heads(cartoon) < usual < _heads(heroic)
    for styled in (chibi, heroic, cartoon):
        assert (styled.rest == shape.rest).all() and abs(float(styled.vertices[shape.pack.vertex_mask("body"), 2].min())) < 1e-5
        left, right = styled.joint("hand_l"), styled.joint("hand_r")
        assert np.allclose(left * (-1, 1, 1), right, atol=1e-3)
    assert proportioned(shape, "natural") is shape


def test_low_poly_is_flat_and_few():
    scene = generate(replace(PLAIN, look="low-poly"), skin=Material("Skin"))
    assert scene.report.counts["triangles"] < 12_000
    body = scene.node("Body").mesh
    assert not body.smooth.any() and body.materials[0].normal_texture is None


def test_every_local_target_has_a_slider():
    pack = load_pack()
    sliders = local.sliders(pack)
    assert len(sliders) >= 254
    assert {target for pair in sliders.values() for target in pair if target} == set(pack.details)
    assert all(local.group_of(name) != "More" for name in sliders)
    assert local.title_of("l-ear-scale-vert") == "Left ear size height"


def test_a_slider_moves_its_part_alone():
    usual, hooked = (build(replace(PLAIN, local=values), np.random.default_rng(0)) for values in ({}, {"nose-hump": 1.0}))
    moved = np.linalg.norm(hooked.vertices - usual.vertices, axis=1)
    assert 0.001 < moved.max() < 0.02 and (moved > 1e-4).mean() < 0.05
    assert usual.joint("head")[2] < hooked.vertices[moved.argmax(), 2] < usual.height
    child = replace(PLAIN, age=9, local={"measure-bust-circ": 1.0})
    plain = build(replace(PLAIN, age=9), np.random.default_rng(0))
    assert (build(child, np.random.default_rng(0)).vertices == plain.vertices).all()
    with pytest.raises(WorldwrightError, match="nose-hupm"):
        build(replace(PLAIN, local={"nose-hupm": 1.0}), np.random.default_rng(0))
    with pytest.raises(WorldwrightError, match="between -1 and 1"):
        replace(PLAIN, local={"nose-hump": 3.0}).validate()


def test_levels_keep_the_budget():
    scene = generate(replace(PLAIN, lods=True, hair="long"), skin=Material("Skin"))
    assert scene.report.counts["triangles_lod1"] <= 15_000 and scene.report.counts["triangles_lod2"] <= 4_000
    for node in scene.nodes:
        if node.role == "lod":
            weights = node.mesh.skin.weights
            assert node.armature == "Rig" and (weights > 0).sum(axis=1).max() <= 4 and np.abs(weights.sum(axis=1) - 1).max() < 1e-3


def test_people_within_limits():
    made = [random_brief(seed, {"age": (20, 25), "skin_tone": (0.6, 0.9)}) for seed in range(8)]
    assert all(20 <= person.age <= 25 and 0.6 <= person.skin_tone <= 0.9 for person in made)
    assert len({person.hair for person in made}) > 1
    with pytest.raises(WorldwrightError, match="no limits"):
        random_brief(0, {"hair": (0, 1)})
