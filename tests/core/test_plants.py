"""Trees, undergrowth, rocks, street furniture."""

from __future__ import annotations

import numpy as np
import pytest
from worldwright.core.environments.plants.catalogue import NAMES, plant_mesh
from worldwright.core.environments.plants.trees import SPECIES
from worldwright.core.environments.street_props import STREET_PROPS
from worldwright.core.errors import WorldwrightError


@pytest.mark.parametrize("name", ["oak", "birch", "spruce", "palm", "cypress", "dead", "bush", "meadow", "cactus", "rock"])
def test_plants_are_cheaper_the_farther(name):
    counts = [int((plant_mesh(name, 0, lod).face_sizes - 2).sum()) for lod in range(3)]
    assert counts[0] >= counts[1] >= counts[2] > 0
    if name in SPECIES:
        assert counts[0] < 6000 and counts[2] <= 8


@pytest.mark.parametrize("name", ["oak", "spruce", "bush", "rock"])
def test_variants_differ_and_repeat(name):
    assert plant_mesh(name, 0) is plant_mesh(name, 0)
    one, two = plant_mesh(name, 0), plant_mesh(name, 1)
    assert one.vertices.shape != two.vertices.shape or not np.allclose(one.vertices, two.vertices)


def test_trees_stand_on_the_ground_with_their_height():
    for name in ("oak", "birch", "spruce", "palm"):
        low, high = plant_mesh(name).bounds
        assert -0.6 < low[2] <= 0.0 and 0.8 < high[2] / SPECIES[name].height < 1.5


def test_leaves_have_holes_and_soft_normals():
    mesh = plant_mesh("oak")
    leaves = next(material for material in mesh.materials if material.alpha_clip)
    alpha = leaves.base_color_texture.pixels[..., 3]
    assert 0.1 < (alpha > 128).mean() < 0.95
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1.0, atol=1e-3)


def test_a_picture_of_a_tree_shows_a_tree():
    picture = plant_mesh("oak", 0, 2).materials[0].base_color_texture.pixels
    cover = picture[..., 3] > 128
    third = len(cover) // 3
    assert cover[:third].mean() > cover[-third:].mean() > 0.0  # a crown above a trunk
    assert cover[-third:].any(axis=0).mean() < cover[:third].any(axis=0).mean()


def test_an_unknown_plant_is_named():
    with pytest.raises(WorldwrightError, match="triffid"):
        plant_mesh("triffid")
    assert len(NAMES) >= 25


@pytest.mark.parametrize("kind", list(STREET_PROPS))
def test_street_props_have_real_sizes_uvs_and_colliders(kind):
    brief, make = STREET_PROPS[kind]
    prop = make(brief())
    low, high = prop.mesh.bounds
    assert abs(low[2]) < 0.06 and 0.3 < high[2] < 10.5
    assert prop.colliders and prop.mesh.uvs is not None and len(prop.mesh.part_names) > 0
    assert (prop.mesh.face_sizes - 2).sum() < 6500
    sizes = {"car": (1.6, 4.2), "bench": (1.7, 0.5), "van": (1.9, 5.3)}
    if kind in sizes:
        assert np.all(high[:2] - low[:2] > np.array(sizes[kind]))
