"""Shape statistics, the forest that asks them, and the procedural shapes it is grown on."""

import numpy as np
import pytest
import torch

from core.annotation.forest import Forest
from core.annotation.taxonomy import LEAVES
from core.learning.forest import _laid_out
from core.learning.shapes import SHAPES, make
from core.spatial.sampling import sample
from core.spatial.statistics import STATISTICS, measure_shape


def cloud(leaf: str = "table", seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    points = sample([make(leaf, seed)], 2048, seed=1)
    return points.positions, points.normals


@pytest.mark.parametrize("angle", [0.3, 1.0, np.pi / 2, 2.5])
def test_statistics_do_not_change_with_yaw_size_and_place(angle):
    positions, normals = cloud()
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    here = measure_shape(positions, normals)
    there = measure_shape(positions @ turn.T * 37 + [5, -3, 2], normals @ turn.T)
    assert here.shape == (STATISTICS,) and np.isfinite(here).all()
    assert np.abs(here - there).max() < 0.06 and np.abs(here - there).mean() < 0.005


def test_statistics_tell_a_slab_from_a_pole():
    slab, pole = (measure_shape(*cloud(leaf)) for leaf in ("ground", "column"))
    assert slab[2] < 0.6 < pole[2]  # height against the longest side


def test_the_laid_out_forest_answers_as_scikit_learn_does():
    ensemble = pytest.importorskip("sklearn.ensemble", reason="scikit-learn is only needed to grow forests")
    rng = np.random.default_rng(0)
    values = rng.normal(size=(300, 6)).astype(np.float16).astype(np.float32)
    targets = (values[:, 0] > 0).astype(int) + 2 * (values[:, 3] > 0.5)
    grown = ensemble.ExtraTreesClassifier(12, random_state=0).fit(values, targets)
    forest = _laid_out([tree.tree_ for tree in grown.estimators_], grown.classes_, 4)
    asked = rng.normal(size=(200, 6)).astype(np.float16).astype(np.float32)
    np.testing.assert_allclose(forest.vote(torch.from_numpy(asked)).numpy(), grown.predict_proba(asked), atol=1e-6)


def test_an_empty_forest_is_all_leaves():
    votes = Forest(trees=3, nodes=1, classes=2).vote(torch.zeros(5, 4))
    assert votes.tolist() == [[1.0, 0.0]] * 5


@pytest.mark.parametrize("leaf", sorted(SHAPES))
def test_every_training_shape_is_a_thing_of_the_taxonomy_that_can_be_sampled(leaf):
    assert leaf in LEAVES
    for seed in range(8):
        mesh, again = make(leaf, seed), make(leaf, seed)
        assert np.array_equal(mesh.vertices, again.vertices) and np.isfinite(mesh.vertices).all()
        assert len(sample([mesh], 64, seed=seed)) == 64
    assert not np.array_equal(make(leaf, 0).vertices.shape, make(leaf, len(SHAPES[leaf])).vertices.shape) or not np.allclose(
        make(leaf, 0).vertices, make(leaf, len(SHAPES[leaf])).vertices
    )
