"""The solids: closed, outward, of the asked size, with UVs in metres and normals that keep large faces flat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.geometry.blocks import box, cushion, picture
from core.geometry.normals import corner_normals, face_vectors
from core.geometry.shape import Finish, Part, Shape, assemble, join
from core.geometry.sweeps import circle, cylinder, extrude, fillet, lathe, loft, rounded_rectangle, sheet, sweep, tube
from core.scene import Material


def wavy_grid() -> np.ndarray:
    x, y = np.meshgrid(np.linspace(0, 1, 5), np.linspace(0, 0.6, 4), indexing="ij")
    return np.stack([x, y, 0.1 * x**2], axis=2)


RING = np.column_stack([np.cos(np.arange(24) * np.pi / 12), np.sin(np.arange(24) * np.pi / 12), np.zeros(24)])
SOLIDS: dict[str, Callable[[], Shape]] = {
    "box": lambda: box((0, 0, 0), (1, 2, 3)),
    "sharp box": lambda: box((0, 0, 0), (1, 2, 3), 0.0),
    "picture": lambda: picture((0, 0, 0), (1, 0.1, 1)),
    "cushion": lambda: cushion((0, 0, 0), (0.6, 0.5, 0.15), 0.05, 0.03),
    "cylinder": lambda: cylinder(0.1, 0.0, 0.3),
    "hollow lathe": lambda: lathe([(0, 0), (1, 0), (1, 1), (0.9, 1), (0.9, 0.1), (0, 0.1)]),
    "tube": lambda: tube(fillet([(0, 0, 0), (0, 0, 1), (1, 0, 1)], 0.2), 0.02),
    "ring": lambda: tube(RING, 0.1, closed=True),
    "extrusion": lambda: extrude(rounded_rectangle(1, 2, 0.1), 0.0, 0.1),
    "sheet": lambda: sheet(wavy_grid(), 0.02),
    "leaf": lambda: sheet(wavy_grid(), 0.02, sharp=True),
    "quad loft": lambda: loft(np.array([[(-1, -1, z), (1, -1, z), (1, 1, z), (-1, 1, z)] for z in (0, 1, 2)], float)),
    "downward loft": lambda: loft(np.array([[(-1, -1, -z), (1, -1, -z), (1, 1, -z), (-1, 1, -z)] for z in (0, 1)], float)),
    "mirrored": lambda: cylinder(0.1, 0.0, 0.3).moved(1.0).turned("x", 0.3).mirrored(),
}


def directed_edges(shape: Shape) -> list[tuple[int, int]]:
    edges, start = [], 0
    for size in shape.sizes:
        face = shape.corners[start : start + size]
        edges += [(int(face[k]), int(face[(k + 1) % size])) for k in range(size)]
        start += size
    return edges


@pytest.mark.parametrize("name", SOLIDS)
def test_closed_and_outward(name: str) -> None:
    shape = SOLIDS[name]()
    edges = directed_edges(shape)
    assert len(set(edges)) == len(edges)
    assert {(b, a) for a, b in edges} == set(edges)
    assert shape.volume > 0
    assert len(np.unique(shape.corners)) == len(shape.vertices)
    assert shape.uvs.shape == (len(shape.corners), 2) and np.isfinite(shape.uvs).all()


@pytest.mark.parametrize(
    ("shape", "volume"),
    [
        (box((0, 0, 0), (1, 2, 3), 0.0), 6.0),
        (box((0, 0, 0), (1, 2, 3), 0.01), 6.0 - 0.5 * 0.01**2 * 4 * 6),
        (cylinder(0.5, 0.0, 2.0, 0.0, 256), np.pi * 0.25 * 2),
        (tube([(0, 0, 0), (0, 0, 5)], 0.1, 128, bevel=0.0), np.pi * 0.01 * 5),
        (tube(RING, 0.1, 64, closed=True), 2 * np.pi**2 * 0.01),
        (extrude(circle(1.0, 256), 0.0, 0.5, 0.0), np.pi * 0.5),
    ],
    ids=["box", "bevelled box", "cylinder", "tube", "torus", "extrusion"],
)
def test_volumes_are_the_textbook_ones(shape: Shape, volume: float) -> None:
    assert shape.volume == pytest.approx(volume, rel=0.02)


def test_blocks_reach_exactly_their_corners() -> None:
    low, high = (-0.2, 0.1, 0.3), (0.5, 0.9, 0.45)
    for shape in (box(low, high), cushion(low, high, 0.04, 0.01, (8, 8, 4))):
        assert np.allclose(shape.vertices.min(axis=0), low, atol=1e-9)
        assert np.allclose(shape.vertices.max(axis=0), high, atol=1e-3)


def test_box_uvs_are_metres_along_the_grain() -> None:
    shape = box((0, 0, 0), (2.0, 0.5, 0.02), 0.0)
    assert np.ptp(shape.uvs[:, 0]) == pytest.approx(2.0)
    across = box((0, 0, 0), (2.0, 0.5, 0.02), 0.0, grain=1)
    top = np.flatnonzero(face_vectors(across.vertices, across.corners, across.sizes)[:, 2] > 0.5)[0]
    assert np.allclose(np.ptp(across.uvs[4 * top : 4 * top + 4], axis=0), (0.5, 2.0))


@pytest.mark.parametrize("name", ["box", "cylinder", "tube", "extrusion", "sheet", "cushion"])
def test_texel_density_is_even(name: str) -> None:
    """A face's area in UV is its area in space; bevels and rims, which are seen edge on, may differ."""
    shape = SOLIDS[name]()
    space = np.linalg.norm(face_vectors(shape.vertices, shape.corners, shape.sizes), axis=1)
    flat = np.column_stack([shape.uvs, np.zeros(len(shape.uvs))])
    texture = np.linalg.norm(face_vectors(flat, np.arange(len(shape.corners)), shape.sizes), axis=1)
    good = np.abs(texture - space) < 0.35 * space + 1e-7
    assert space[good].sum() > 0.85 * space.sum()


def test_bevels_keep_large_faces_flat_and_square_edges_sharp() -> None:
    for bevel in (0.0, 0.003):
        shape = box((0, 0, 0), (1, 1, 1), bevel)
        normals = corner_normals(shape.vertices, shape.corners, shape.sizes)
        vectors = face_vectors(shape.vertices, shape.corners, shape.sizes)
        large = np.repeat(np.linalg.norm(vectors, axis=1) > 0.5, shape.sizes)
        units = np.repeat(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), shape.sizes, axis=0)
        assert (np.einsum("ij,ij->i", normals[large], units[large]) > 0.9999).all()


def test_round_shapes_shade_smoothly() -> None:
    shape = cylinder(0.5, 0.0, 1.0, 0.01, 12)
    normals = corner_normals(shape.vertices, shape.corners, shape.sizes)
    points = shape.vertices[shape.corners]
    side = (np.hypot(points[:, 0], points[:, 1]) > 0.499) & (np.abs(normals[:, 2]) < 0.3)
    radial = points[side, :2] / np.linalg.norm(points[side, :2], axis=1, keepdims=True)
    assert (np.einsum("ij,ij->i", normals[side, :2], radial) > 0.95).all()


def test_fillet_of_a_square_corner_is_an_arc() -> None:
    path = fillet([(0, 0, 0), (1, 0, 0), (1, 1, 0)], 0.25, 8)
    arc = path[1:-1]
    assert np.allclose(np.linalg.norm(arc - (0.75, 0.25, 0), axis=1), 0.25, atol=1e-9)


def test_sweep_does_not_twist() -> None:
    t = np.linspace(0, 2 * np.pi, 40)
    path = np.column_stack([np.cos(t), np.sin(t), 0.3 * t])
    shape = sweep(path, rounded_rectangle(0.1, 0.02, 0.005))
    rings = shape.vertices[: 40 * 12].reshape(40, 12, 3)
    step = np.diff(rings - path[:, None], axis=0)
    assert np.linalg.norm(step, axis=2).max() < 0.02


def test_turning_and_moving() -> None:
    shape = box((0, 0, 0), (1, 2, 3), 0.0).turned("z", np.pi / 2).moved(x=5)
    assert np.allclose(shape.vertices.min(axis=0), (3, 0, 0)) and np.allclose(shape.vertices.max(axis=0), (5, 1, 3))


def test_assembly_shares_slots_and_keeps_pictures_in_place() -> None:
    red, blue = Finish(Material("red"), 0.5), Finish(Material("blue"))
    parts = [
        Part("leg", box((0, 0, 0), (0.1, 0.1, 1), 0.0), red),
        Part("leg", box((1, 0, 0), (1.1, 0.1, 1), 0.0), red),
        Part("print", picture((0, 0, 1), (1, 0.1, 2)), blue, aligned=True),
    ]
    mesh = assemble("thing", parts)
    assert mesh.part_names == ["leg", "print"] and np.bincount(mesh.part).tolist() == [12, 6]
    assert [m.name for m in mesh.materials] == ["red", "blue"] and np.bincount(mesh.material_index).tolist() == [12, 6]
    prints = mesh.uvs[48:]
    assert prints.min() == 0.0 and prints.max() == 1.0
    assert np.ptp(mesh.uvs[:24, 0]) == pytest.approx(2.0), "a metre on a tile of half a metre"
    first, second = mesh.uvs[:24], mesh.uvs[24:48]
    assert np.abs((first - second).mean(axis=0)).max() > 0.05, "equal boards show other parts of the wood"


def test_join_keeps_every_face() -> None:
    whole = join([box((0, 0, 0), (1, 1, 1)), cylinder(0.1, 0, 1)])
    assert len(whole.sizes) == 26 + len(cylinder(0.1, 0, 1).sizes)
    assert whole.volume == pytest.approx(box((0, 0, 0), (1, 1, 1)).volume + cylinder(0.1, 0, 1).volume)
