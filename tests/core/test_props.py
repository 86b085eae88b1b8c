"""Every prop over random briefs: it fits its box, is closed, faces outwards and is the same every time."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import pytest

from core.briefs import Brief
from core.codec import encode
from core.environments.props import PROPS, Prop
from core.scene import Mesh

CLUTTER = {"monitor", "keyboard", "mouse", "laptop", "mug", "water_bottle", "books_row", "paper_stack", "pen_cup", "desk_lamp"}
ROUNDS = 8


def random_brief(kind: type[Brief], rng: np.random.Generator) -> Brief:
    """Every parameter drawn evenly from its range."""
    values: dict = {}
    for field in dataclasses.fields(kind):
        data = field.metadata
        if "options" in data:
            values[field.name] = data["options"][int(rng.integers(len(data["options"])))]
        elif data.get("whole"):
            values[field.name] = int(rng.integers(data["low"], data["high"] + 1))
        elif "low" in data:
            values[field.name] = float(rng.uniform(data["low"], data["high"]))
        else:
            values[field.name] = bool(rng.integers(2))
    return kind.from_dict(values)


def briefs(name: str) -> list[Brief]:
    """The default, the smallest, the largest and random ones."""
    kind = PROPS[name][0]
    rng = np.random.default_rng(sum(name.encode()))
    sides = ("width", "depth", "height")
    ranges = {field.name: field.metadata for field in dataclasses.fields(kind)}
    edges = [kind(**{side: ranges[side][end] for side in sides}) for end in ("low", "high")]
    return [kind(), *edges, *(random_brief(kind, rng) for _ in range(ROUNDS))]


def edges_of(mesh: Mesh) -> np.ndarray:
    """(E, 2) directed edges of all faces."""
    starts = np.repeat(mesh.face_starts, mesh.face_sizes)
    place = np.arange(len(mesh.corners)) - starts
    following = starts + (place + 1) % np.repeat(mesh.face_sizes, mesh.face_sizes)
    return np.stack([mesh.corners, mesh.corners[following]], axis=1).astype(np.int64)


def solids_of(mesh: Mesh) -> np.ndarray:
    """(V,) the number of the connected solid of each vertex."""
    edges = edges_of(mesh)
    label = np.arange(len(mesh.vertices))
    while True:
        lower = label.copy()
        np.minimum.at(lower, edges[:, 0], label[edges[:, 1]])
        lower = lower[lower]
        if np.array_equal(lower, label):
            return label
        label = lower


def volumes_of(mesh: Mesh) -> np.ndarray:
    """Signed volume of each connected solid, about its own middle."""
    corners, _ = mesh.triangles()
    solid = solids_of(mesh)
    points = mesh.vertices.astype(float)[mesh.corners[corners]]
    owner = solid[mesh.corners[corners[:, 0]]]
    points -= mesh.vertices.astype(float)[owner][:, None]
    parts = np.einsum("ij,ij->i", points[:, 0], np.cross(points[:, 1], points[:, 2])) / 6
    return np.bincount(owner, parts)[np.unique(owner)]


def check_mesh(prop: Prop, brief: Brief) -> None:
    mesh = prop.mesh
    assert np.isfinite(mesh.vertices).all() and np.isfinite(mesh.uvs).all() and np.isfinite(mesh.normals).all()
    half = np.array([brief.width / 2, brief.depth / 2])
    low, high = mesh.bounds
    assert (low[:2] >= -half - 1e-3).all() and (high[:2] <= half + 1e-3).all(), (low, high, half)
    assert abs(low[2]) < 1e-3 and high[2] <= brief.height + 1e-3, (low, high, brief.height)
    edges = edges_of(mesh)
    key, back = edges[:, 0] * len(mesh.vertices) + edges[:, 1], edges[:, 1] * len(mesh.vertices) + edges[:, 0]
    assert len(np.unique(key)) == len(key), "an edge is used twice in the same direction"
    assert np.array_equal(np.sort(key), np.sort(back)), "a part is open"
    assert (volumes_of(mesh) > 0).all(), "a part looks inwards"
    assert set(np.unique(mesh.face_sizes)) <= {3, 4}
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-4)
    assert mesh.uvs.shape == (len(mesh.corners), 2)
    assert mesh.material_index.max() == len(mesh.materials) - 1 and mesh.part.max() == len(mesh.part_names) - 1
    assert len({id(material) for material in mesh.materials}) == len(mesh.materials)


def check_use(prop: Prop, brief: Brief) -> None:
    low, high = prop.mesh.bounds
    half = np.array([brief.width / 2, brief.depth / 2])
    assert prop.colliders
    for box in prop.colliders:
        assert (np.array(box.low) < np.array(box.high)).all()
        assert (np.array(box.low[:2]) >= -half - 2e-3).all() and (np.array(box.high[:2]) <= half + 2e-3).all()
        assert box.low[2] >= -1e-3 and box.high[2] <= brief.height + 2e-3
    for surface in prop.surfaces:
        assert (np.array(surface.low) < surface.high).all() and low[2] < surface.z <= high[2] + 1e-4
        assert (np.array(surface.low) >= -half).all() and (np.array(surface.high) <= half).all() and surface.headroom > 0
    for seat in prop.seats:
        assert (np.abs(seat.position[:2]) < half).all() and 0.25 < seat.position[2] <= high[2] + 1e-4


@pytest.mark.parametrize("name", PROPS)
def test_over_its_range(name: str) -> None:
    for brief in briefs(name):
        prop = PROPS[name][1](brief)
        try:
            check_mesh(prop, brief)
            check_use(prop, brief)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{brief}") from error
        triangles = len(prop.mesh.triangles()[0])
        assert triangles <= (1500 if name in CLUTTER else 6000), (triangles, brief)


@pytest.mark.parametrize("name", PROPS)
def test_fills_most_of_its_default_box(name: str) -> None:
    brief = PROPS[name][0]()
    low, high = PROPS[name][1](brief).mesh.bounds
    assert (high - low >= 0.7 * np.array([brief.width, brief.depth, brief.height])).all(), high - low
    assert high[2] > 0.97 * brief.height


@pytest.mark.parametrize("name", PROPS)
def test_same_brief_same_bytes(name: str) -> None:
    kind, generate = PROPS[name]
    text, arrays = encode(generate(kind(seed=5)).mesh)
    again, same = encode(generate(kind(seed=5)).mesh)
    assert text == again
    assert all(arrays[key].tobytes() == same[key].tobytes() for key in arrays)


@pytest.mark.parametrize("name", PROPS)
def test_is_quick(name: str) -> None:
    kind, generate = PROPS[name]
    generate(kind())  # paints its materials
    times = []
    for _ in range(5):
        start = time.process_time()
        generate(kind())
        times.append(time.process_time() - start)
    assert min(times) < 0.03


def test_seeds_vary_what_grows_by_chance() -> None:
    for name in ("plant", "books_row", "paper_stack", "pinboard"):
        kind, generate = PROPS[name]
        assert not np.array_equal(generate(kind(seed=1)).mesh.vertices, generate(kind(seed=2)).mesh.vertices)


def test_props_share_materials() -> None:
    one, two = (PROPS[name][1](PROPS[name][0](palette="walnut")) for name in ("desk", "meeting_table"))
    assert {id(m) for m in one.mesh.materials} & {id(m) for m in two.mesh.materials}


def test_options_change_the_build() -> None:
    kind, generate = PROPS["desk"]
    with_drawers, without = generate(kind(drawers=True)), generate(kind(drawers=False))
    assert "drawer" in with_drawers.mesh.part_names and "drawer" not in without.mesh.part_names
    kind, generate = PROPS["bookcase"]
    assert len(generate(kind(shelves=4, bays=2)).surfaces) == 4 * 2 + 1
    kind, generate = PROPS["sofa"]
    assert [len(generate(kind(seats=count)).seats) for count in (2, 3, 4)] == [2, 3, 4]


def test_the_names_of_the_props_are_those_of_the_generators():
    from core.environments.prop_names import PROP_NAMES

    assert tuple(PROPS) == PROP_NAMES
