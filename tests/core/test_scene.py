"""Mesh triangulation, bounds and construction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WorldwrightError
from core.scene import Mesh


def regular_polygon(corners: int) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle), np.zeros(corners)], axis=1)


@given(st.lists(st.integers(3, 9), min_size=1, max_size=6))
def test_triangles_cover_every_face_with_its_own_area(sizes):
    parts = [regular_polygon(size) + [3 * number, 0, 0] for number, size in enumerate(sizes)]
    offsets = np.cumsum([0, *sizes[:-1]])
    mesh = Mesh.from_faces("polygons", np.vstack(parts), [list(range(o, o + s)) for o, s in zip(offsets, sizes, strict=True)])
    triangles, face = mesh.triangles()
    corner = mesh.vertices[mesh.corners[triangles]].astype(float)
    areas = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])[:, 2] / 2
    assert (areas > 0).all()
    for number, size in enumerate(sizes):
        assert np.isclose(areas[face == number].sum(), 0.5 * size * np.sin(2 * np.pi / size), rtol=1e-5)


def test_faces_of_two_corners_give_no_triangles():
    mesh = Mesh("edge", np.eye(3), [0, 1, 0, 1, 2], [2, 3])
    triangles, face = mesh.triangles()
    assert mesh.corners[triangles].tolist() == [[0, 1, 2]] and face.tolist() == [1]


def test_bounds_of_nothing_is_one_clear_sentence():
    with pytest.raises(WorldwrightError, match="“void” has no vertices. Select a mesh"):
        _ = Mesh("void", np.zeros((0, 3)), [], []).bounds
