"""Annotating meshes with the shipped weights."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch

from core.annotation.annotate import annotate, caption
from core.annotation.annotation import UNKNOWN, LabelScore
from core.annotation.measure import facts, is_closed
from core.annotation.reader import WEIGHTS, Reader, shipped
from core.annotation.taxonomy import LEAVES
from core.codec import decode, encode
from core.errors import Cancelled, WorldwrightError
from core.learning.shapes import make
from core.scene import Mesh

BOX = np.array([[x, y, z] for x in (0, 1.0) for y in (0, 1.0) for z in (0, 1.0)])
BOX_FACES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    torch.set_num_threads(1)
    shipped()  # loaded once, so that no test's time contains it


def box(size=(1.0, 1.0, 1.0), name="Box") -> Mesh:
    return Mesh.from_faces(name, BOX * np.array(size), BOX_FACES)


def table(scale: float = 1.0, yaw: float = 0.0, name: str = "Table") -> Mesh:
    """A plain table of five boxes, 1.4 x 0.8 x 0.75 m."""
    vertices, faces = [], []
    legs = [((0.08, 0.08, 0.7), (x, y, 0)) for x in (-0.66, 0.58) for y in (-0.36, 0.28)]
    for number, (size, at) in enumerate([((1.4, 0.8, 0.05), (-0.7, -0.4, 0.7)), *legs]):
        vertices.append(BOX * np.array(size) + np.array(at))
        faces.append(BOX_FACES + 8 * number)
    turn = np.array([[np.cos(yaw), -np.sin(yaw), 0], [np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]])
    return Mesh.from_faces(name, np.concatenate(vertices) @ turn.T * scale, np.concatenate(faces))


def test_a_table_is_a_table_in_metres_and_millimetres_and_from_every_side():
    meshes = [table(), table(1000), table(yaw=0.9), table(yaw=2.2), table(0.1)]
    annotations = annotate(meshes)
    assert [annotation.top[0].label for annotation in annotations] == ["table"] * 5
    first = annotations[0]
    assert (first.label, first.group) == ("table", "furniture")
    assert first.confidence == pytest.approx(first.top[0].score)
    assert annotations[1].confidence == pytest.approx(first.confidence, abs=0.02)  # the unit does not matter
    no_uvs = "It has no UV map, so textures and lightmaps cannot be laid on it."
    assert first.warnings == [no_uvs]
    assert annotations[1].warnings == ["A table 1,400 m long is unusual: the file is probably in millimetres.", no_uvs]


def test_what_is_said_of_a_table_was_measured():
    annotation = annotate([table(name="Desk.001")])[0]
    assert annotation.name == "Desk.001"
    assert annotation.facts["size_m"] == [1.4, 0.8, 0.75]
    assert annotation.facts["triangles"] == 60
    assert annotation.facts["closed"] is True
    assert annotation.facts["area_m2"] == pytest.approx(2 * (1.4 * 0.8 + 2.2 * 0.05) + 4 * (2 * 0.08**2 + 4 * 0.08 * 0.7), rel=1e-4)
    assert annotation.caption.endswith("a table, about 1.4 × 0.8 × 0.8 m, 60 triangles.") or annotation.caption.startswith(
        "A table"
    )
    assert annotation.tags[:2] == ["table", "furniture"]
    assert annotation.embedding is not None and annotation.embedding.dtype == np.float32
    assert annotation.model.startswith(("annotator ", "fusion "))
    assert [score.score for score in annotation.top] == sorted((score.score for score in annotation.top), reverse=True)
    assert all(score.label in LEAVES for score in annotation.top)
    assert decode(*encode(annotation)).caption == annotation.caption


def test_the_same_meshes_and_seed_give_the_same_annotations_alone_and_together():
    meshes = [table(), box(), make("tree", 1)]
    first, again = annotate(meshes, seed=3), annotate(meshes, seed=3)
    assert all(np.array_equal(a.embedding, b.embedding) and a.to_dict() == b.to_dict() for a, b in zip(first, again, strict=True))
    alone = annotate([meshes[1]], seed=3)[0]
    assert alone.label == first[1].label
    assert alone.confidence == pytest.approx(first[1].confidence, abs=1e-4)


def bad_meshes() -> dict[str, Mesh]:
    holes = box(name="Holes")
    holes.vertices[3, 1] = np.nan
    lost = Mesh("Lost", BOX, [0, 1, 99], [3])
    return {
        "has no faces": Mesh("Cloud", np.zeros((4, 3)), [], []),
        "not numbers": holes,
        "no area": Mesh.from_faces("Line", np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0.0]]), np.array([[0, 1, 2]])),
        "damaged": lost,
    }


@pytest.mark.parametrize("problem", bad_meshes())
def test_a_bad_mesh_alone_is_one_sentence(problem):
    mesh = bad_meshes()[problem]
    with pytest.raises(WorldwrightError, match=problem) as error:
        annotate([mesh])
    assert mesh.name in error.value.sentence


def test_bad_meshes_among_others_do_not_stop_the_rest():
    bad = bad_meshes()
    annotations = annotate([*bad.values(), table()])
    for (problem, mesh), annotation in zip(bad.items(), annotations, strict=False):
        assert (annotation.name, annotation.label, annotation.confidence) == (mesh.name, UNKNOWN, 0.0)
        assert problem in annotation.warnings[0]
    assert annotations[-1].top[0].label == "table"


def test_nothing_to_annotate():
    with pytest.raises(WorldwrightError, match="nothing to annotate"):
        annotate([])


def test_progress_is_told_and_can_cancel():
    told: list[float] = []
    annotate([table(), box()], lambda fraction, doing: told.append(fraction))
    assert told == sorted(told) and told[0] == 0.0

    def cancel(fraction: float, doing: str) -> None:
        if fraction >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        annotate([table(), box()], cancel)


def test_shape_alone_is_read_in_a_tenth_of_a_second_of_processor_time_each_and_everything_in_under_half_a_second():
    annotate([table()])  # loads the encoders
    started = time.process_time()
    annotate([table()])
    assert time.process_time() - started < 0.45
    started = time.process_time()
    annotate([make("seat", number) for number in range(16)], thorough=False)
    assert (time.process_time() - started) / 16 < 0.1


def test_captions_are_as_sure_as_the_network():
    measured = {"size_m": [0.61, 0.6, 0.92], "triangles": 1204}
    top = [LabelScore("seat", 0.4), LabelScore("appliance", 0.2), LabelScore("bed", 0.1)]
    assert caption("seat", 0.9, top, measured) == "A seat, about 0.6 × 0.6 × 0.9 m, 1,204 triangles."
    assert caption("seat", 0.6, top, measured) == "Probably a seat, about 0.6 × 0.6 × 0.9 m, 1,204 triangles."
    assert caption("seat", 0.4, top, measured) == "Perhaps a seat, about 0.6 × 0.6 × 0.9 m, 1,204 triangles."
    said = caption(UNKNOWN, 0.4, top, measured)
    assert said == (
        "An object that was not recognised (perhaps a seat or a household appliance), about 0.6 × 0.6 × 0.9 m, 1,204 triangles."
    )
    assert "4 cm × 4 cm × 1 cm, 1 triangle." in caption("pickup", 0.9, top, {"size_m": [0.04, 0.04, 0.01], "triangles": 1})


def test_closed_surfaces_are_told_from_open_ones():
    assert is_closed(box())
    assert not is_closed(Mesh.from_faces("Open", BOX, BOX_FACES[1:]))
    flipped = BOX_FACES.copy()
    flipped[0] = flipped[0][::-1]
    assert not is_closed(Mesh.from_faces("Flipped", BOX, flipped))
    split = Mesh.from_faces("Split", BOX[BOX_FACES.ravel()], np.arange(24).reshape(6, 4))  # each face has its own vertices
    assert is_closed(split)


def test_facts_ignore_loose_vertices():
    mesh = box()
    mesh.vertices = np.vstack([mesh.vertices, [[50, 50, 50]]]).astype(np.float32)
    assert facts(mesh)["size_m"] == [1.0, 1.0, 1.0]
    assert facts(mesh)["vertices"] == 8


def test_a_verdict_below_the_threshold_is_unknown():
    reader = Reader.load()
    reader.threshold = 0.5
    row = np.full(len(reader.leaves), 0.3 / (len(reader.leaves) - 1))
    row[4] = 0.7
    assert reader.verdict(row)[0] == reader.leaves[4]
    reader.threshold = 0.8
    label, confidence, best = reader.verdict(row)
    assert (label, confidence, best[0]) == (UNKNOWN, 0.7, 4)


def test_the_shipped_weights_are_small_and_know_the_taxonomy():
    assert WEIGHTS.stat().st_size < 5_000_000
    reader = shipped()
    assert set(reader.leaves) == set(LEAVES)
    assert 0 < reader.threshold < 1
