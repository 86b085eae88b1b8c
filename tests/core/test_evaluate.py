"""Calibration and scores, on numbers worked out by hand, and the evaluation of the shipped weights on a small library."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
import trimesh

from core.annotation.reader import shipped
from core.errors import WorldwrightError
from core.learning.calibrate import calibration_error, fit_temperature, fit_threshold, scores_of, softmax
from core.learning.evaluate import evaluate_annotator


def test_softmax_with_temperature():
    rows = softmax(np.log([[0.8, 0.2]]), 1.0)
    assert rows[0] == pytest.approx([0.8, 0.2])
    assert softmax(np.log([[0.8, 0.2]]), 0.5)[0] == pytest.approx([0.64 / 0.68, 0.04 / 0.68])


def test_the_temperature_of_an_overconfident_network_is_above_one_and_makes_it_honest():
    rng = np.random.default_rng(0)
    honest = np.log(rng.dirichlet([0.5] * 5, 4000))
    targets = np.array([rng.choice(5, p=np.exp(row)) for row in honest])
    assert fit_temperature(honest, targets) == pytest.approx(1.0, abs=0.08)
    assert fit_temperature(3 * honest, targets) == pytest.approx(3.0, abs=0.25)
    fitted = softmax(3 * honest, fit_temperature(3 * honest, targets))
    right = fitted.argmax(axis=1) == targets
    assert calibration_error(fitted.max(axis=1), right) < 0.03
    assert calibration_error(softmax(3 * honest, 1.0).max(axis=1), right) > 0.1


def test_calibration_error_by_hand():
    confidence, right = np.array([0.95, 0.95, 0.55, 0.55]), np.array([True, True, True, False])
    assert calibration_error(confidence, right) == pytest.approx(0.5 * 0.05 + 0.5 * 0.05)


def test_the_threshold_keeps_as_many_answers_as_stay_right_often_enough():
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    assert fit_threshold(confidence, right, 0.75) == pytest.approx(0.6)
    assert fit_threshold(confidence, right, 1.0) == pytest.approx(0.8)
    assert fit_threshold(confidence, np.zeros(5, bool), 0.5) == 1.0


def test_scores_by_hand():
    probabilities = np.array([[0.6, 0.3, 0.1, 0.0], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]])
    scores = scores_of(probabilities, np.array([0, 0, 1, 3]), np.array(["a", "b", "a", "b"]))
    assert scores["top1"] == 0.5
    assert scores["top3"] == 0.75
    assert scores["macro"] == pytest.approx((0.5 + 0 + 1) / 3)
    assert scores["group"] == pytest.approx(0.5)


def test_evaluation_of_the_shipped_weights_on_a_small_library(tmp_path):
    torch.set_num_threads(1)
    trimesh.creation.box((4, 4, 0.1)).export(tmp_path / "floor_tile_red.glb")
    trimesh.creation.box((4, 4, 0.1)).export(tmp_path / "floor_tile_blue.glb")
    trimesh.creation.cylinder(0.2, 3).export(tmp_path / "pillar.glb")
    trimesh.creation.icosphere().export(tmp_path / "thing.glb")
    names = ["floor_tile_red", "floor_tile_blue", "pillar", "thing"]
    lines = [f"{name}.glb,,,{name},pack,,Ann,CC0-1.0,unseen-artist" for name in names]
    (tmp_path / "models.csv").write_text("\n".join(["file,package,member,name,category,label,author,licence,split", *lines]))
    scores = evaluate_annotator("unseen-artist", tmp_path, cache=tmp_path / "cache")
    assert json.loads(json.dumps(scores)) == scores
    assert (scores["models"], scores["leaves"], scores["distinct_shapes"], scores["strangers"]) == (3, 2, 2, 1)
    assert scores["model"] == shipped().name
    assert scores["per_leaf"]["ground"]["count"] == 2
    assert 0 <= scores["top1"] <= scores["top3"] <= 1
    assert sum(scores["confusions"].values()) == round(3 * (1 - scores["top1"]))
    again = evaluate_annotator("unseen-artist", tmp_path, cache=tmp_path / "cache")
    assert again == scores
    with pytest.raises(WorldwrightError, match="no split “test”"):
        evaluate_annotator("test", tmp_path, cache=tmp_path / "cache")
