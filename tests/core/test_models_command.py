"""``worldwright models``: what a person or a script does with the models they trained."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh

from core import cli
from core.learning.model import Classifier, ClassifierConfig, save
from core.learning.model_card import DataSource, ModelCard
from core.learning.registry import Registry
from core.spatial.pointnet import PointNetConfig


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A registry with two versions of a model."""
    registry = Registry(tmp_path / "models")
    for seed in range(2):
        torch.manual_seed(seed)
        weights = tmp_path / "trained.safetensors"
        save(weights, Classifier(ClassifierConfig(("crate", "shelf"), PointNetConfig(norm=False))))
        card = ModelCard(
            "shelves", "annotate", ["crate", "shelf"], [DataSource("mine", "own", 9)], seed, {}, {"top1": 0.5 + seed / 4}
        )
        registry.add(weights, card)
    return registry.root


def call(root: Path, *arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = cli.main(cli.Host(out, err), ["models", *arguments, "--models", str(root)])
    return code, out.getvalue(), err.getvalue()


def test_list_choose_and_roll_back(root: Path) -> None:
    assert call(root, "choose", "shelves@1")[:2] == (0, "annotate uses shelves@1.\n")
    assert call(root, "choose", "shelves")[:2] == (0, "annotate uses shelves@2.\n")
    lines = call(root, "list")[1].splitlines()
    assert [line.split()[0] for line in lines] == ["shelves@2", "shelves@1"] and "in use" in lines[0] and "top1 0.75" in lines[0]
    assert call(root, "roll-back", "annotate")[1] == "annotate uses shelves@1.\n"
    assert json.loads(call(root, "list", "--json")[1])["uses"] == {"annotate": "shelves@1"}


def test_compare_shows_what_differs(root: Path) -> None:
    shown = call(root, "compare", "shelves@1", "shelves@2")[1]
    assert "top1" in shown and "0.500" in shown and "0.750" in shown


def test_a_model_goes_to_another_machine_and_is_deleted_here(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "shelves.safetensors"
    assert call(root, "export", "shelves@1", "-o", str(file))[0] == 0
    assert call(root, "delete", "shelves@1")[0] == 0
    assert "has no version 1" in call(root, "show", "shelves@1")[2]
    assert call(tmp_path / "other", "import", str(file))[1] == "shelves@1 is registered.\n"
    assert "2 classes: crate, shelf." in call(tmp_path / "other", "show", "shelves")[1]


def test_deploy_writes_the_file_and_says_how_equal_it_is(root: Path, tmp_path: Path) -> None:
    code, shown, _ = call(root, "deploy", "shelves", "-o", str(tmp_path / "shelves.pt"))
    assert code == 0 and "differs from the model by at most" in shown and (tmp_path / "shelves.json").exists()


def test_evaluate_scores_a_labelled_folder_and_shows_the_worst(root: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    for label, extents in (("crate", (1, 1, 1)), ("shelf", (1, 0.3, 2)), ("pole", (0.1, 0.1, 3))):
        (library / label).mkdir(parents=True)
        for number in range(3):
            trimesh.creation.box(np.array(extents) * (1 + 0.1 * number)).export(library / label / f"{label}{number}.ply")
    code, shown, _ = call(root, "evaluate", "shelves", str(library), "-o", str(tmp_path / "report.html"))
    assert code == 0 and "6 models of 2 classes, 3 of others." in shown and "accuracy" in shown
    page = (tmp_path / "report.html").read_text()
    wrong = page.count("data:image/png;base64,")
    accuracy = float(shown.split("accuracy: ")[1].split()[0])
    assert wrong == round(6 * (1 - accuracy)) and "Models of classes it never learned" in page
    (library / "crate").rename(library / "bottle")
    (library / "shelf").rename(library / "jar")
    assert "None of the library's labels" in call(root, "evaluate", "shelves", str(library))[2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["choose", "nothing"], "There is no model “nothing”. There are: shelves."), (["delete", "shelves"], "needs the version"),
     (["deploy", "shelves"], "Add -o FILE."), (["compare", "shelves"], "takes 2 names"),
     (["roll-back", "annotate"], "already uses the shipped model"), (["import", "no.safetensors"], "cannot be read")],
)  # fmt: skip
def test_mistakes_are_told_in_one_sentence(root: Path, arguments: list[str], sentence: str) -> None:
    code, out, err = call(root, *arguments)
    assert code == 1 and sentence in err and not out and "Traceback" not in err
