"""Collision shapes: convex, closed, enclosing, of few corners, and not much larger than what they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.props import PROPS
from core.errors import WorldwrightError
from core.game import collider, hull
from core.geometry.blocks import box as block
from core.geometry.shape import Finish, Part, assemble
from core.scene import Material, Mesh, Skeleton, Skin


@pytest.fixture
def cloud():
    return Mesh.from_faces("cloud", np.random.default_rng(0).normal(size=(600, 3)) * [0.2, 0.3, 0.9], np.array([[0, 1, 2]]))


def outside(shape, points):
    """Metres by which the farthest of the points lies outside a convex shape."""
    triangles = shape.corners[shape.triangles()[0]]
    a, b, c = (shape.vertices[triangles[:, k]].astype(float) for k in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return float((normal @ points.T.astype(float) - np.einsum("ij,ij->i", normal, a)[:, None]).max())


@pytest.mark.parametrize("make", [collider.box, collider.sphere, collider.capsule, collider.hull])
def test_shapes_are_convex_and_enclose(cloud, make):
    shape = make(cloud)
    assert collider.convex(shape) and outside(shape, cloud.vertices) < 1e-5
    assert collider.parts_volume([shape]) > 0


@pytest.mark.parametrize("most", [8, 16, 32])
def test_a_hull_keeps_to_its_corners_and_close_to_the_true_one(cloud, most):
    shape = collider.hull(cloud, most)
    assert len(shape.vertices) <= most and outside(shape, cloud.vertices) < 1e-5
    true = hull.volume(*hull.convex_hull(cloud.vertices, 400))
    assert collider.parts_volume([shape]) <= {8: 3.0, 16: 1.8, 32: 1.4}[most] * true


@pytest.mark.parametrize("points", [[[0, 0, 0]], [[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]])
def test_flat_things_get_a_hull_with_a_volume(points):
    shape = collider.hull(Mesh("flat", np.array(points), [], []))
    assert collider.convex(shape) and collider.parts_volume([shape]) > 0


def test_a_table_is_decomposed_into_its_boards():
    wood = Finish(Material("wood"))
    legs = [Part("leg", block((x, y, 0), (x + 0.05, y + 0.05, 0.7), 0.0), wood) for x in (0, 1) for y in (0, 0.5)]
    table = assemble("table", [*legs, Part("top", block((0, 0, 0.7), (1.05, 0.55, 0.73), 0.0), wood)])
    parts = collider.decompose(table)
    assert all(map(collider.convex, parts)) and 3 <= len(parts) <= collider.COUNT
    closed = hull.volume(table.vertices, table.corners[table.triangles()[0]])
    assert collider.parts_volume(parts) <= 1.15 * closed
    assert len(collider.decompose(table, count=1)) == 1


@pytest.mark.parametrize("name", ["desk", "sofa", "bookcase"])
def test_furniture_is_followed_closely(name):
    brief, make = PROPS[name]
    mesh = make(brief()).mesh
    parts = collider.decompose(mesh)
    assert len(parts) <= collider.COUNT and all(map(collider.convex, parts))
    covered = np.min([[outside(part, point[None]) for part in parts] for point in mesh.vertices[::97]], axis=1)
    assert covered.max() < 0.01


def test_an_open_sheet_is_cut_where_that_leaves_less_empty():
    angle = np.linspace(0, np.pi, 25)
    rim = np.stack([np.cos(angle), np.sin(angle)], 1)
    vertices = np.concatenate([np.c_[rim, np.zeros(25)], np.c_[rim, np.ones(25)]])
    faces = np.array([[k, k + 1, k + 26, k + 25] for k in range(24)])
    parts = collider.decompose(Mesh.from_faces("arch", vertices, faces))
    whole = collider.parts_volume([collider.hull(Mesh.from_faces("arch", vertices, faces))])
    assert len(parts) > 1 and collider.parts_volume(parts) < 0.4 * whole


def test_capsules_follow_the_bones():
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    rings = [np.stack([0.1 * np.cos(turn), 0.1 * np.sin(turn), np.full(16, z)], 1) for z in np.linspace(0, 1, 21)]
    arm = Mesh("arm", np.concatenate(rings), [], [])
    upper = (arm.vertices[:, 2] > 0.5).astype(np.int32)
    arm.skin = Skin(np.stack([upper] * 4, 1), np.tile(np.float32([1, 0, 0, 0]), (len(upper), 1)))
    bones = Skeleton("rig", ["low", "high"], np.array([-1, 0]), np.float32([[0, 0, 0], [0, 0, 0.5]]),
                     np.float32([[0, 0, 0.5], [0, 0, 1]]), np.float32([[0, -1, 0]] * 2))  # fmt: skip
    found = collider.bone_capsules(bones, [arm])
    assert list(found) == ["low", "high"] and all(collider.convex(one.mesh) for one in found.values())
    low, high = found["low"].mesh.bounds
    assert found["low"].radius == pytest.approx(0.1, abs=0.01) and found["high"].top[2] > found["high"].bottom[2] > 0.5
    assert high[0] == pytest.approx(0.1, abs=0.02) and -0.03 <= low[2] and high[2] <= 0.55


def test_a_mesh_without_vertices_is_refused():
    for make in (collider.box, collider.sphere, collider.capsule, collider.hull, collider.decompose):
        with pytest.raises(WorldwrightError, match="no vertices"):
            make(Mesh("bare", np.zeros((0, 3)), [], []))
