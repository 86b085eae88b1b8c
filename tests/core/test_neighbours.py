import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from core.spatial.neighbours import nearest, pairs_within


def scattered(seed, count):
    """Points in clumps of very different density, some of them equal."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(count, 3)) * rng.choice([1e-3, 0.1, 5], size=(count, 1))
    points[rng.random(count) < 0.1] = points[0]
    return points.astype(np.float32)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 500), st.integers(1, 20))
def test_nearest_agrees_with_a_tree(seed, count, k):
    points, queries = scattered(seed, count), scattered(seed + 1, 50) * 2
    distance, index = nearest(points, queries, k)
    k = min(k, count)
    expected = cKDTree(points).query(queries, list(range(1, k + 1)))[0]
    assert distance.shape == index.shape == (50, k)
    assert np.allclose(distance, expected, rtol=1e-4, atol=1e-5)
    assert np.allclose(np.linalg.norm(points[index] - queries[:, None], axis=2), distance, rtol=1e-4, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 400), st.floats(0.001, 3))
def test_pairs_agree_with_a_tree(seed, count, radius):
    points = scattered(seed, count)
    first, second, distance = pairs_within(points, radius)
    assert (first < second).all()
    found = set(zip(first.tolist(), second.tolist(), strict=True))
    assert len(found) == len(first)
    # Within rounding of the radius either answer is right.
    assert cKDTree(points).query_pairs(radius * (1 - 1e-4)) <= found <= cKDTree(points).query_pairs(radius * (1 + 1e-4))
    assert np.allclose(np.linalg.norm(points[first] - points[second], axis=1), distance, atol=1e-5)


def test_no_points_have_no_neighbours():
    assert len(pairs_within(np.zeros((1, 3)), 1.0)[0]) == 0
    assert nearest(np.zeros((0, 3)), np.zeros((4, 3)), 3)[0].shape == (4, 0)
    assert nearest(np.zeros((5, 3)), np.zeros((0, 3)), 3)[1].shape == (0, 3)


def test_points_at_one_place_are_all_found():
    distance, index = nearest(np.ones((30, 3)), np.ones((2, 3)), 30)
    assert (distance == 0).all() and sorted(index[0]) == list(range(30))
