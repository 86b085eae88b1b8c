"""The changes under which the annotator is measured do what they say."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from core.learning.fairness import _gaps, joined, write_page
from core.learning.robustness import OURS, arrays_of, largest_piece, merged, scaled, table_of, variants
from core.learning.shapes import make
from core.scene import Mesh, Node, Scene


@pytest.fixture(scope="module")
def changed():
    return variants([make("seat", 0)], 3)


def test_every_change_leaves_a_cloud_that_can_be_read(changed):
    pytest.importorskip("fast_simplification")
    wanted = {"as it is", "any yaw", "one side only", "40 % cut away", "noise of 1 %", "no colours", "no normals", "1 mm long"}
    assert wanted | {"100 m long", "decimated to 5 %", "parts merged into one", "its largest piece alone"} <= set(changed)
    for name, cloud in changed.items():
        arrays = arrays_of(cloud, 0, 256)
        assert arrays["positions"].shape == (256, 3) and np.isfinite(arrays["positions"]).all(), name
        assert np.linalg.norm(arrays["positions"], axis=1).max() == pytest.approx(1, abs=1e-5)


def test_one_side_loses_the_other_and_a_plane_cuts_forty_per_cent(changed):
    whole = len(changed["as it is"])
    assert 0.15 * whole < len(changed["one side only"]) < 0.75 * whole
    assert len(changed["40 % cut away"]) == int(0.6 * whole)
    assert changed["no normals"].normals is None and changed["no colours"].colors is None
    assert not arrays_of(changed["no normals"], 0, 64)["normals"].any() and not arrays_of(changed["no colours"], 0, 64)["has_color"]
    moved = np.linalg.norm(changed["noise of 1 %"].positions - changed["as it is"].positions, axis=1)
    assert 0.012 < moved.mean() < 0.02  # the mean length of three normal numbers of 0.01


def test_sizes_and_pieces():
    seat = make("seat", 0)
    assert np.ptp(scaled([seat], 100.0)[0].vertices, axis=0).max() == pytest.approx(100, rel=1e-4)
    both = merged([seat, make("table", 1)])
    assert len(both[0].face_sizes) == len(seat.face_sizes) + len(make("table", 1).face_sizes)
    piece = largest_piece([seat])
    assert piece is not None and 0 < len(piece[0].face_sizes) < len(seat.face_sizes)
    single = Mesh.from_faces("t", np.eye(3), np.array([[0, 1, 2]]))
    assert largest_piece([single]) is None


def test_the_table_counts_first_and_first_three():
    hits = {"any yaw": {OURS: [(True, True), (False, True), (False, False), (False, True)]}}
    assert table_of(hits) == [{"change": "any yaw", "models": 4, "annotator top-1": 0.25, "annotator top-3": 0.75}]


def test_a_fairness_page_shows_gaps_and_escapes(tmp_path):
    pairs = {"sex": ("female", "male"), "age": ("25", "75"), "build": ("thin", "heavy"), "skin": ("light", "dark")}
    people = [
        {"attribute": attribute, "value": value, "count": 2, "named_person": share, "confidence": share}
        for attribute, values in pairs.items()
        for value, share in zip(values, (1.0, 0.5), strict=True)
    ]
    gaps = _gaps(people)
    assert ("sex", "named_person", 0.5, "male") in {(g["attribute"], g["figure"], g["gap"], g["worst"]) for g in gaps}
    row = {"count": 3, "top1": 0.5, "low": 0.1, "high": 0.9, "top3": 1.0, "confidence": 0.6}
    result = {"model": "annotator <2>", "models": 3, "split": "x", "notes": ["a & b"], "people": people, "gaps": gaps}
    result |= {"by_class": [{"class": "seat"} | row], "by_artist": [{"artist": "K"} | row], "by_size": [{"size": "1 m"} | row]}
    write_page(tmp_path / "f.html", result)
    page = (tmp_path / "f.html").read_text()
    assert "annotator &lt;2&gt;" in page and "a &amp; b" in page and "<meter value=0.500>" in page


def test_the_meshes_of_a_scene_join_with_their_materials():
    first, second = make("seat", 0), make("table", 0)
    whole = joined("All", Scene("s", nodes=[Node("a", mesh=first), Node("b", mesh=second)]))
    assert len(whole.face_sizes) == len(first.face_sizes) + len(second.face_sizes)
    assert np.array_equal(whole.vertices[len(first.vertices) :], second.vertices)
