"""Objects of one collection refine each other."""

from __future__ import annotations

import numpy as np

from core.annotation.annotate import flags_of, heard, present
from core.annotation.collection import FEWEST, refine


def test_an_unsure_object_follows_those_that_look_like_it():
    rng = np.random.default_rng(0)
    looks = np.concatenate([np.tile([1.0, 0, 0], (5, 1)), np.tile([0, 1.0, 0], (5, 1))]) + 0.02 * rng.normal(size=(10, 3))
    chances = np.concatenate([np.tile([0.9, 0.05, 0.05], (5, 1)), np.tile([0.05, 0.9, 0.05], (5, 1))])
    chances[4] = [0.3, 0.4, 0.3]
    refined = refine(chances, looks)
    assert refined[4].argmax() == 0 and chances[4].argmax() == 1
    assert (refined[:4].argmax(axis=1) == 0).all() and (refined[5:].argmax(axis=1) == 1).all()
    assert np.allclose(refined.sum(axis=1), 1)


def test_few_objects_and_those_like_nothing_stay_as_they_are_and_agreement_makes_surer():
    chances = np.array([[0.6, 0.4], [0.2, 0.8], [0.5, 0.5]])
    assert refine(chances, np.eye(3)) is chances and len(chances) < FEWEST
    same = np.tile([0.7, 0.3], (6, 1))
    assert np.allclose(refine(same, np.eye(6)), same, atol=1e-6)  # a scene of six different things
    pairs = np.repeat(np.eye(3), 2, axis=0)
    assert (refine(same, pairs)[:, 0] > 0.72).all()


def test_only_parts_that_are_there_are_named():
    names, part = present(["seat", "back", "leg"], np.array([2, 2, 0, -1]))
    assert names == ["seat", "leg"] and part.tolist() == [1, 1, 0, -1]
    assert present([], np.array([-1, -1]))[0] == []


def test_what_is_told_is_kept_without_a_voice_and_bad_names_are_flagged():
    assert heard({"names": ["a"], "note": "old"}) == {"names": ["a"], "note": "old"}
    flags = flags_of([{"names": ["Nude_Statue"], "note": ""}, {"names": ["Cube"], "note": "a suicide note"}], thorough=False)
    assert [(flag["kind"], flag["text"]) for own in flags for flag in own] == [("name", "Nude_Statue"), ("note", "a suicide note")]
