"""Scores and their intervals, against values worked out by hand or by scikit-learn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score
from sklearn.metrics import confusion_matrix as reference_matrix

from core.learning.score_report import Case, ScoreReport, write_report
from core.learning.scores import bootstrap, classification, confusion_matrix, parameters, reconstruction, segmentation


@pytest.fixture
def answers() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    targets = rng.integers(0, 5, 200)
    scores = rng.random((200, 5)) + 1.2 * np.eye(5)[targets] * rng.random((200, 1))
    return scores / scores.sum(axis=1, keepdims=True), targets


def test_classification_agrees_with_scikit_learn(answers: tuple[np.ndarray, np.ndarray]) -> None:
    probabilities, targets = answers
    found = classification(probabilities, targets)
    best = probabilities.argmax(axis=1)
    assert found["accuracy"].value == pytest.approx((best == targets).mean())
    assert found["class_accuracy"].value == pytest.approx(balanced_accuracy_score(targets, best))
    assert found["top3"].value > found["accuracy"].value
    np.testing.assert_array_equal(confusion_matrix(best, targets, 5), reference_matrix(targets, best, labels=range(5)))


def test_the_interval_holds_the_value_and_narrows_with_more_examples() -> None:
    widths = []
    for count in (52, 5200):
        right = np.arange(count) % 4 > 0
        score = bootstrap(lambda index, right=right: float(right[index].mean()), count)
        assert score.low < 0.75 < score.high and score.value == pytest.approx(0.75)
        widths.append(score.high - score.low)
    # the normal approximation: 2 * 1.96 * sqrt(0.75 * 0.25 / n)
    assert widths[0] == pytest.approx(0.24, abs=0.03) and widths[1] == pytest.approx(0.024, abs=0.003)


def test_the_same_seed_gives_the_same_interval(answers: tuple[np.ndarray, np.ndarray]) -> None:
    assert classification(*answers, seed=3) == classification(*answers, seed=3)
    assert classification(*answers, seed=3) != classification(*answers, seed=4)


def test_segmentation_of_known_shapes() -> None:
    truth = [np.array([0, 0, 1, 1]), np.array([2, 2, 2, 2])]
    answer = [np.array([0, 1, 1, 1]), np.array([2, 2, 2, 2])]
    found = segmentation(answer, truth)
    assert found["miou"].value == pytest.approx(((1 / 2 + 2 / 3) / 2 + 1) / 2)
    assert found["accuracy"].value == pytest.approx(7 / 8)


def test_reconstruction_of_a_shifted_cloud() -> None:
    grid = np.stack(np.meshgrid(*[np.arange(5.0)] * 3), axis=-1).reshape(1, -1, 3).astype(np.float32)
    found = reconstruction(grid + np.float32([0.1, 0, 0]), grid, tolerance=0.05)
    assert found["chamfer"].value == pytest.approx(0.1, abs=1e-4) and found["mse"].value == pytest.approx(0.01, abs=1e-4)
    assert found["f_score"].value == pytest.approx(0.0, abs=1e-6)
    assert reconstruction(grid, grid)["f_score"].value == pytest.approx(1.0)


def test_parameters_keep_their_units() -> None:
    found = parameters(np.array([[1.0, 10.0], [2.0, 10.0]]), np.array([[1.5, 10.0], [2.5, 12.0]]), ["width", "count"])
    assert found["width"].value == pytest.approx(0.5) and found["count"].value == pytest.approx(1.0)


def test_the_report_shows_scores_matrix_and_pictures(answers: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    probabilities, targets = answers
    matrix = confusion_matrix(probabilities.argmax(axis=1), targets, 5)
    case = Case("<odd> name", "chair", "table", 0.9, np.zeros((8, 8, 3), np.uint8))
    report = ScoreReport("Shelves", {"held out": classification(probabilities, targets)}, list("abcde"), matrix, [case])
    write_report(report, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;odd&gt; name" in page and "<odd>" not in page and "data:image/png;base64," in page
    assert page.count("<rect ") == (matrix > 0).sum() and "http" not in page
    values = json.loads(json.dumps(report.to_dict()))
    assert values["scores"]["held out"]["accuracy"]["low"] < values["scores"]["held out"]["accuracy"]["value"]
