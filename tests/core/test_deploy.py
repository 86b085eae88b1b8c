"""Deployed models answer as the model itself does, in programs that are not Worldwright."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from core.errors import WorldwrightError
from core.learning import deploy as deployment
from core.learning.deploy import Deployed, deploy, examples, run
from core.learning.model import Classifier, ClassifierConfig
from core.spatial.pointnet import PointNetConfig


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    torch.manual_seed(0)
    made = Classifier(ClassifierConfig(("crate", "shelf", "sign"), PointNetConfig(norm=False), temperature=1.3, threshold=0.4))
    for parameter in made.parameters():  # an untrained head answers all alike, which would hide any difference
        parameter.data.mul_(1.5)
    return made.eval()


def test_what_is_deployed_is_what_annotate_asks(classifier: Classifier) -> None:
    positions, normals, colors = examples(4, 512, 3)
    with torch.no_grad():
        found = Deployed(classifier)(positions, normals, colors)
    for number in range(4):
        colored = colors[number : number + 1] if number % 2 == 0 else None
        wanted = classifier.scores(positions[number : number + 1], normals[number : number + 1], colored)
        assert float((found[number] - wanted[0]).abs().max()) < 1e-4
    assert float(found.std(dim=0).max()) > 0.003, "the examples must not all be answered alike"


@pytest.mark.parametrize("suffix", [".onnx", ".pt", ".pt2"])
def test_the_file_gives_the_same_probabilities(classifier: Classifier, suffix: str, tmp_path: Path) -> None:
    made = deploy(classifier, tmp_path / f"shelves{suffix}", points=256)
    clouds = [value.numpy() for value in examples(5, 256, 7)]
    found = run(made.file, *clouds)
    with torch.no_grad():
        wanted = Deployed(classifier)(*(torch.from_numpy(value) for value in clouds)).numpy()
    assert np.abs(found - wanted).max() <= 1e-4 and made.difference <= 1e-4
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    said = json.loads((tmp_path / "shelves.json").read_text())
    assert said["output"]["classes"] == ["crate", "shelf", "sign"] and said["inputs"]["positions"]["shape"] == ["batch", 256, 3]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"shelves{suffix}", "shelves.json"])
    if suffix == ".onnx":
        session = onnxruntime.InferenceSession(str(made.file))
        assert [value.name for value in session.get_inputs()] == ["positions", "normals", "colors"]


def test_an_unknown_format_names_the_known_ones(classifier: Classifier, tmp_path: Path) -> None:
    with pytest.raises(WorldwrightError, match=r"\.onnx, \.pt, \.pt2"):
        deploy(classifier, tmp_path / "shelves.tflite")


def test_a_file_that_answers_differently_is_not_kept(
    classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployment, "run", lambda file, *clouds: np.zeros((8, 3), np.float32))
    with pytest.raises(WorldwrightError, match="answers differently"):
        deploy(classifier, tmp_path / "shelves.pt", points=256)
    assert list(tmp_path.iterdir()) == []
