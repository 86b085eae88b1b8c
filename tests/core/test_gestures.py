"""Gestures: writers that never taught, what a mouse reports, what means nothing, and bindings."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.errors import WorldwrightError
from core.interaction.gesture_bindings import DEFAULT, FILE, read_bindings, write_bindings
from core.interaction.gestures import CLASSES, GESTURES, NONE, Stroke, describe, evaluate, load_network, recognise, spread
from core.learning.gesture_writers import examples, writer


def mouse(points, seconds, rate=60):
    """A mouse that passes through the points at an even pace."""
    points = np.asarray(points, float)
    count = max(round(seconds * rate), 2)
    share = np.linspace(0, len(points) - 1, count)
    path = np.stack([np.interp(share, np.arange(len(points)), column) for column in points.T], axis=1)
    return Stroke(np.round(path), np.linspace(0, seconds, count), np.ones(1), np.zeros((1, 2)))


def test_writers_that_never_taught_are_understood():
    rng = np.random.default_rng(77)
    drawn, labels = examples([writer(rng) for _ in range(20)], 2, rng)
    told = [recognise(strokes).gesture for strokes in drawn]
    right = [told[k] == CLASSES[label] for k, label in enumerate(labels) if CLASSES[label] != NONE]
    assert len(right) == 280 and np.mean(right) >= 0.97


@pytest.mark.parametrize("turn", [0.0, 0.9, 2.2, 4.0])
@pytest.mark.parametrize("size", [70, 160, 400])
def test_plain_mouse_strokes_of_every_size_and_direction(turn, size):
    matrix = size * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    angle = np.linspace(0, 2 * np.pi, 40)

    def place(points):
        return np.asarray(points) @ matrix.T + (500, 400)

    second = mouse(place([(-0.5, 0.5), (0.5, -0.5)]), 0.3)
    second.time = second.time + 0.6
    figures = {
        "stroke": [mouse(place([(0, 0), (1, 0.05)]), 0.8)],
        "flick": [mouse(place([(0, 0), (1, 0.0)]), 0.12, 125)],
        "scrub": [mouse(place([(0, 0), (1, 0.02), (0, 0.05), (1, 0.08), (0, 0.1), (1, 0.12), (0, 0.15)]), 1.2)],
        "circle": [mouse(place(0.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)), 0.9)],
        "cross": [mouse(place([(-0.5, -0.5), (0.5, 0.5)]), 0.3), second],
    }
    for gesture, strokes in figures.items():
        assert recognise(strokes).gesture == gesture, gesture


def test_touches_are_told_by_their_length():
    assert recognise([mouse([(10, 10), (11, 10)], 0.09)]).gesture == "tap"
    assert recognise([mouse([(10, 10), (12, 11)], 1.1)]).gesture == "hold"


def test_who_draws_slowly_draws_the_same_figure():
    angle = np.linspace(0, 2 * np.pi, 60)
    assert recognise([mouse(100 * np.stack([np.cos(angle), np.sin(angle)], axis=1), 7.5)]).gesture == "circle"
    assert recognise([mouse([(0, 0), (300, 8)], 6.0)]).gesture == "stroke"
    assert recognise([mouse([(0, 0), (90, 3), (0, 6), (90, 9), (0, 12), (90, 15)], 6.0)]).gesture == "scrub"


def test_letters_and_boxes_mean_nothing():
    box = [(0, 0), (0, 150), (150, 150), (150, 0), (0, 0)]
    assert recognise([mouse(box, 1.4)]).gesture == NONE
    angle = np.linspace(0, 6 * np.pi, 120)
    spiral = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.linspace(10, 120, 120)[:, None]
    assert recognise([mouse(spiral, 2.0)]).gesture == NONE


def test_a_gesture_does_not_depend_on_where_or_how_it_lies():
    line = mouse([(0, 0), (200, 10)], 0.8)
    there = Stroke(line.points + (900, -300), line.time + 12, line.pressure, line.tilt)
    assert recognise([line]).chances == pytest.approx(recognise([there]).chances, abs=1e-6)


def test_numpy_computes_what_torch_trained():
    torch = pytest.importorskip("torch")
    from core.interaction.gestures import WEIGHTS
    from core.learning.train_gestures import Network
    from core.spatial.checkpoint import load_weights

    network = Network().eval()
    load_weights(WEIGHTS, network)
    rng = np.random.default_rng(3)
    drawn, _ = examples([writer(rng)], 1, rng)
    courses, measures = (np.stack(part) for part in zip(*map(describe, drawn), strict=True))
    with torch.no_grad():
        wanted = network(torch.from_numpy(courses), torch.from_numpy(measures)).softmax(dim=1).numpy()
    assert np.allclose(evaluate(load_network(), courses, measures), wanted, atol=1e-4)


def test_points_that_a_stall_held_up_get_their_times_back():
    received = np.array([0.0, 0.01, 0.02, 0.42, 0.421, 0.4215, 0.422, 0.432, 0.442])
    made = spread(received)
    assert np.allclose(made[:3], received[:3]) and np.allclose(made[-2:], received[-2:])
    assert np.allclose(np.diff(made[2:7]), 0.1005, atol=1e-3)
    assert np.allclose(spread(np.linspace(0, 0.02, 60)), np.arange(60) / 100)
    steady = np.arange(50) / 240
    assert np.array_equal(spread(steady), steady)


def test_a_stroke_without_points_is_refused():
    with pytest.raises(WorldwrightError, match="no points"):
        Stroke(np.zeros((0, 2)), np.zeros(0), np.zeros(1), np.zeros((1, 2)))
    with pytest.raises(WorldwrightError, match="no points"):
        Stroke(np.array([[np.nan, 0]]), np.zeros(1), np.zeros(1), np.zeros((1, 2)))


def test_bindings_are_kept_and_checked(tmp_path):
    assert read_bindings(tmp_path) == DEFAULT and set(DEFAULT) == set(GESTURES)
    write_bindings(tmp_path, {**DEFAULT, "cross": "hide"})
    assert read_bindings(tmp_path)["cross"] == "hide"
    with pytest.raises(WorldwrightError, match="cannot do “explode”"):
        write_bindings(tmp_path, {"tap": "explode"})
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["cross"] == "hide"
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(WorldwrightError, match="cannot be read"):
        read_bindings(tmp_path)
