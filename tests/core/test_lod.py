"""Levels of detail: as few triangles as asked, with seams closed, weights and shape keys exact, the outline kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.environments.props import PROPS
from core.errors import WorldwrightError
from core.game import distance, lod
from core.scene import Mesh, Skin


def ball(rows=40, columns=60):
    """A UV sphere of two materials with a seam, skinned to two bones, with a shape key."""
    v, u = np.meshgrid(np.linspace(0, 1, rows + 1), np.linspace(0, 1, columns + 1), indexing="ij")
    around, down = 2 * np.pi * u, np.pi * v
    points = np.stack([np.sin(down) * np.cos(around), np.sin(down) * np.sin(around), -np.cos(down)], -1)
    index = np.arange(rows * columns + columns).reshape(rows + 1, columns)
    index[0], index[-1] = index[0, 0], index[-1, 0]
    faces, uvs = [], []
    for r in range(rows):
        for c in range(columns):
            corners = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)]
            ring = [index[i, j % columns] for i, j in corners]
            kept = [k for k in range(4) if ring[k] not in ring[:k]]
            faces.append([ring[k] for k in kept])
            uvs += [[u[corners[k]], v[corners[k]]] for k in kept]
    vertices = points[:, :columns].reshape(-1, 3)
    height = (vertices[:, 2] + 1) / 2
    mesh = Mesh.from_faces("ball", vertices, faces, uvs=np.array(uvs, np.float32))
    mesh.part_names, mesh.part = ["low", "high"], (np.arange(len(faces)) >= len(faces) // 2).astype(np.int32)
    mesh.smooth = np.ones(len(faces), bool)
    joints, none = np.tile(np.int32([0, 1, 0, 0]), (len(vertices), 1)), 0 * height
    mesh.skin = Skin(joints, np.stack([1 - height, height, none, none], 1))
    lifted = mesh.vertices + np.float32([0, 0, 0.2]) * height[:, None].astype(np.float32)
    mesh.shape_keys = {"up": lifted, "gone": mesh.vertices * 2}
    return mesh


@pytest.fixture(scope="module")
def sphere():
    return ball()


def boundary(mesh):
    """Edges, by place, that only one triangle has."""
    place = np.round(mesh.vertices, 5)
    _, spot = np.unique(place, axis=0, return_inverse=True)
    triangles = spot.ravel()[mesh.corners].reshape(-1, 3)
    edges = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    _, count = np.unique(edges, axis=0, return_counts=True)
    return int((count == 1).sum())


def outline(mesh, size=200):
    """The shadow along Y, as a picture of the unit square."""
    import cv2

    picture = np.zeros((size, size), np.uint8)
    corners = mesh.vertices[mesh.corners[mesh.triangles()[0]]][:, :, [0, 2]]
    for triangle in ((corners + 1.5) / 3 * size * 16).round().astype(np.int32):
        cv2.fillConvexPoly(picture, triangle, 255, shift=4)
    return picture > 0


@pytest.mark.parametrize("ratio", [0.5, 0.25, 0.1])
def test_a_level_has_the_triangles_asked_for_and_stays_closed(sphere, ratio):
    count = int((sphere.face_sizes - 2).sum())
    simpler = lod.simplify(sphere, int(count * ratio), ("up",))
    assert len(simpler.face_sizes) <= count * ratio
    assert boundary(simpler) == 0
    assert abs(simpler.vertices[:, 2].max() - 1) < 0.01 and abs(simpler.vertices[:, 2].min() + 1) < 0.01
    mean, largest = lod.deviation(sphere, simpler)
    assert largest < {0.5: 0.015, 0.25: 0.03, 0.1: 0.06}[ratio] and mean < largest
    changed = (outline(sphere) != outline(simpler)).sum()
    assert changed <= 0.03 * outline(sphere).sum()


def test_what_a_vertex_carries_stays_exact(sphere):
    simpler = lod.simplify(sphere, 800, ("up", "unknown"))
    height = (simpler.vertices[:, 2] + 1) / 2
    assert list(simpler.shape_keys) == ["up"]
    np.testing.assert_allclose(simpler.shape_keys["up"][:, 2], simpler.vertices[:, 2] + 0.2 * height, atol=1e-5)
    np.testing.assert_allclose(simpler.skin.weights.sum(axis=1), 1, atol=1e-5)
    weight = np.where(simpler.skin.joints == 1, simpler.skin.weights, 0).sum(axis=1)
    np.testing.assert_allclose(weight, height, atol=1e-5)


def test_textures_and_parts_stay_where_they_are(sphere):
    simpler = lod.simplify(sphere, 1200)
    points = simpler.vertices[simpler.corners]
    high = np.repeat(simpler.part == 1, 3)
    assert points[high, 2].min() > -0.02 and points[~high, 2].max() < 0.02
    around = np.arctan2(points[:, 1], points[:, 0]) / (2 * np.pi) % 1
    away = np.abs(points[:, 2]) < 0.9
    off = np.abs((simpler.uvs[:, 0] - around + 0.5) % 1 - 0.5)[away]
    assert off.max() < 0.02
    assert (np.einsum("ij,ij->i", simpler.normals, points) > 0.9).all()


def test_a_mesh_that_an_importer_split_along_its_seams_does_not_tear(sphere):
    split = Mesh.from_faces("split", sphere.vertices[sphere.corners], [], uvs=sphere.uvs)
    split.corners, split.face_sizes = np.arange(len(sphere.corners), dtype=np.int32), sphere.face_sizes
    simpler = lod.simplify(split, 1200)
    assert len(simpler.face_sizes) <= 1200 and boundary(simpler) == 0


@pytest.mark.parametrize("name", ["desk", "sofa", "office_chair"])
def test_furniture_keeps_its_outline_at_a_quarter_or_keeps_more_triangles(name):
    brief, make = PROPS[name]
    mesh = make(brief()).mesh
    low, high = mesh.bounds
    level, second, third = lod.levels(mesh)
    count = (mesh.face_sizes - 2).sum()
    assert len(level.mesh.face_sizes) <= 0.5 * count and level.error <= 0.01 * (high - low)[2]
    quarter = lod.simplify(mesh, count // 4)
    assert len(level.mesh.face_sizes) <= 0.26 * count or lod.deviation(mesh, quarter)[1] > 0.01 * (high - low)[2]
    assert len(second.mesh.face_sizes) <= 0.16 * count and level.error < second.error <= third.error
    got_low, got_high = level.mesh.bounds
    assert max(abs(low - got_low).max(), abs(high - got_high).max()) <= 0.01 * (high - low)[2]
    assert level.distance == pytest.approx(level.error / lod.PIXEL)


def test_distances_are_those_to_the_nearest_triangle(sphere):
    brief, make = PROPS["desk"]
    mesh = make(brief()).mesh
    points = np.random.default_rng(0).uniform(*mesh.bounds, (150, 3)) * 1.2
    corners = mesh.vertices[mesh.corners[mesh.triangles()[0]]].astype(float)
    every = [distance._point_triangle(np.repeat(point[None], len(corners), 0), corners).min() for point in points]
    np.testing.assert_allclose(distance.nearest_on(mesh, points), every, atol=1e-9)
    np.testing.assert_allclose(distance.nearest_on(sphere, np.array([[0, 0, 3.0], [0, 0, 0]])), [2, 0.995], atol=5e-3)


def test_normals_without_a_direction_get_one(sphere):
    mesh = replace(sphere, normals=np.zeros((len(sphere.corners), 3), np.float32))
    simpler = lod.simplify(mesh, 800)
    points = simpler.vertices[simpler.corners]
    np.testing.assert_allclose(np.linalg.norm(simpler.normals, axis=1), 1, atol=1e-5)
    assert (np.einsum("ij,ij->i", simpler.normals, points) > 0.8).all()


def test_nothing_to_simplify_is_said(sphere):
    with pytest.raises(WorldwrightError, match="no faces"):
        lod.simplify(Mesh("bare", np.zeros((3, 3)), [], []), 10)
    tetra = Mesh.from_faces("t", np.eye(4)[:, :3], np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]]))
    assert len(lod.simplify(tetra, 1).face_sizes) >= 2  # it cannot be done, and does not end in nothing
