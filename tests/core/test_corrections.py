"""What the artist corrected is kept, changes what is alike, and can be undone."""

from __future__ import annotations

import numpy as np
import pytest

from core.annotation.corrections import FILE, Corrections, load, next_to_label, save, vector_of
from core.errors import WorldwrightError

LEAVES = ("seat", "table", "lamp")


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


def test_an_object_like_a_corrected_one_leans_to_its_label_and_others_stay():
    kept = Corrections().with_one(unit(1, 0, 0), "lamp", "Thing")
    chances = np.array([0.6, 0.3, 0.1], np.float32)
    near, names = kept.apply(chances, LEAVES, unit(1, 0.1, 0))
    assert names == LEAVES and near.argmax() == 2 and near.sum() == pytest.approx(1, abs=1e-5)
    far, _ = kept.apply(chances, LEAVES, unit(0, 1, 0))
    assert far == pytest.approx(chances, abs=1e-3)


def test_five_examples_make_a_new_class():
    rng = np.random.default_rng(0)
    kept = Corrections()
    for number in range(5):
        kept = kept.with_one(unit(1, *rng.normal(0, 0.1, 2)), "  Market   Stall ", f"Stall {number}")
    assert kept.labels == ["market stall"] * 5
    chances, names = kept.apply(np.array([0.9, 0.05, 0.05], np.float32), LEAVES, unit(1, 0.05, 0.05))
    assert names == (*LEAVES, "market stall") and names[int(chances.argmax())] == "market stall"


def test_they_are_kept_whole_replaced_for_the_same_object_and_undone(tmp_path):
    assert len(load(tmp_path)) == 0
    kept = Corrections().with_one(unit(1, 0), "seat", "A").with_one(unit(0, 1), "lamp", "B").with_one(unit(1, 0), "table", "A")
    save(tmp_path / "new", kept)
    back = load(tmp_path / "new")
    assert (back.labels, back.names) == (["lamp", "table"], ["B", "A"])
    save(tmp_path / "new", back.without_last())
    assert load(tmp_path / "new").labels == ["lamp"]
    with pytest.raises(WorldwrightError, match="no correction to undo"):
        Corrections().without_last()


def test_bad_corrections_are_refused(tmp_path):
    with pytest.raises(WorldwrightError, match="needs a label"):
        Corrections().with_one(unit(1, 0), "  ", "A")
    with pytest.raises(WorldwrightError, match="another annotator"):
        Corrections().with_one(unit(1, 0), "seat", "A").with_one(unit(1, 0, 0), "seat", "B")
    (tmp_path / FILE).write_bytes(b"PK nonsense")
    with pytest.raises(WorldwrightError, match="cannot be read"):
        load(tmp_path)


def test_what_to_label_next_is_unsure_and_varied():
    vectors = np.stack([unit(1, 0), unit(1, 0.01), unit(0, 1), unit(0.1, 1)])
    assert next_to_label(np.array([0.2, 0.2, 0.5, 0.99]), vectors, 2) == [0, 2]
    assert sorted(next_to_label(np.array([0.2, 0.2, 0.5, 0.9]), vectors, 9)) == [0, 1, 2, 3]


def test_a_vector_counts_shape_and_meaning_alike():
    both = vector_of(np.array([3.0, 0]), np.array([0, 0, 5.0]))
    assert np.linalg.norm(both) == pytest.approx(1) and both[0] == pytest.approx(both[4])
    assert len(vector_of(np.array([3.0, 0]), None)) == 2
