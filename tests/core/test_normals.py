import numpy as np

from core.spatial.normals import estimate_normals


def test_a_sphere_and_a_torus_look_outward():
    rng = np.random.default_rng(0)
    sphere = rng.normal(size=(2000, 3))
    sphere /= np.linalg.norm(sphere, axis=1, keepdims=True)
    assert (estimate_normals(sphere + 5) * sphere).sum(axis=1).min() > 0.98
    around, across = rng.uniform(0, 2 * np.pi, (2, 4000))
    ring = np.stack([np.cos(around), np.sin(around), np.zeros(4000)], axis=1)
    truth = np.cos(across)[:, None] * ring + np.sin(across)[:, None] * [0, 0, 1]
    agree = (estimate_normals(ring + 0.3 * truth) * truth).sum(axis=1)
    assert (agree > 0.9).mean() > 0.99  # the inner side of the ring too, which faces the middle


def test_every_piece_of_a_cloud_looks_outward():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-1, 1, (2, 3000))
    plates = np.stack([x, y, np.where(np.arange(3000) % 2, 5.0, -5.0)], axis=1)
    assert np.allclose(estimate_normals(plates)[:, 2], np.sign(plates[:, 2]), atol=1e-3)


def test_too_few_points_for_a_plane_get_some_unit_vector():
    for count in (0, 1, 2, 3):
        normals = estimate_normals(np.eye(3)[:count])
        assert normals.shape == (count, 3) and np.allclose(np.linalg.norm(normals, axis=1), 1)
