"""The learning workbench: an artist's library, training, cancelling, resuming, adapters, bad input."""

from __future__ import annotations

import dataclasses
import json
import shutil

import numpy as np
import pytest
import torch
from library_files import LABELS, write_library, write_shape

from core.annotation.annotate import annotate
from core.errors import Cancelled, WorldwrightError
from core.learning import model as models
from core.learning import workbench
from core.learning.artist_library import build_store, list_library
from core.learning.data import Library, open_store
from core.learning.registry import Registry
from core.learning.run_log import BEST, MODEL, read_log
from core.learning.settings import TrainBrief
from core.learning.shapes import make
from core.learning.workbench import keep, train

FAST = TrainBrief(name="Shapes", base="none", method="full", epochs=3, batch=8, points=96, width=16, rate=1e-2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.set_num_threads(1)
    return write_library(tmp_path_factory.mktemp("library"), 6, 2)


@pytest.fixture(scope="module")
def library(folder, tmp_path_factory) -> Library:
    place = tmp_path_factory.mktemp("store")
    build_store(list_library(folder), place)
    return open_store(place)


@pytest.fixture
def models_root(tmp_path):
    return tmp_path / "models"


def same_weights(first: models.Classifier, second: models.Classifier) -> bool:
    other = second.network.state_dict()
    return all(torch.equal(value, other[name]) for name, value in first.network.state_dict().items())


def cancel_in_epoch(number: int):
    def progress(fraction: float, doing: str) -> None:
        if doing.startswith(f"Epoch {number} "):
            raise Cancelled

    return progress


def test_a_library_in_folders_becomes_a_model_that_annotates(library, models_root, tmp_path):
    trained = train(library, tmp_path / "run", dataclasses.replace(FAST, epochs=8), root=models_root, source="my library")
    assert trained.classifier.classes == LABELS
    assert trained.scores["accuracy"] > 0.6  # chance is a third
    curve = [entry["loss"] for entry in trained.curves]
    assert len(curve) == 8 and curve[-1] < curve[0]
    assert (tmp_path / "run" / "curve.svg").read_text().startswith("<svg")
    entry = Registry(models_root).chosen("annotate")
    assert entry is not None and entry.label == "Shapes@1" and entry.card.classes == list(LABELS)
    assert [(source.source, source.count) for source in entry.card.data] == [("my library", trained.counts["train"])]
    reader = models.load(entry.weights).reader(entry.label)
    found = annotate([make("column", 50), make("tree", 51)], thorough=False, reader=reader)
    assert [annotation.model for annotation in found] == ["Shapes@1"] * 2
    assert {score.label for score in found[0].top} == set(LABELS)


def test_cancel_keeps_the_best_and_resuming_ends_with_the_same_weights(library, models_root, tmp_path):
    whole = train(library, tmp_path / "whole", FAST, root=models_root)
    with pytest.raises(Cancelled):
        train(library, tmp_path / "run", FAST, cancel_in_epoch(3), root=models_root)
    kept = models.load(tmp_path / "run" / BEST)
    assert kept.classes == LABELS and len(read_log(tmp_path / "run")) == 2
    assert keep(library, tmp_path / "run", models_root).entry.label == "Shapes@2"
    resumed = train(library, tmp_path / "run", FAST, root=models_root)
    assert same_weights(whole.classifier, resumed.classifier)
    assert [entry["loss"] for entry in resumed.curves] == [entry["loss"] for entry in whole.curves]


@pytest.mark.parametrize("method", ["head", "lora", "features"])
def test_an_own_model_learns_new_words_with_few_weights(library, models_root, tmp_path, method):
    base = train(library, tmp_path / "base", FAST, root=models_root)
    before = base.classifier.network.state_dict()
    renamed = dataclasses.replace(library, leaves=["plant" if leaf == "trees" else leaf for leaf in library.leaves])
    brief = dataclasses.replace(FAST, name="Own words", base="Shapes", method=method, rank=2)
    trained = train(renamed, tmp_path / "run", brief, root=models_root)
    assert trained.classifier.classes == ("plant", "round columns", "vessels")
    assert trained.entry.card.parent == "Shapes@1"
    after = models.load(tmp_path / "run" / MODEL).network.state_dict()
    assert after.keys() == before.keys()  # adapters were merged: a plain network
    moved = {name for name, value in before.items() if value.shape != after[name].shape or not torch.equal(value, after[name])}
    assert moved and all(name.startswith("head.") for name in moved) == (method != "lora")


@pytest.mark.parametrize("base", ["pretrained", "annotator"])
def test_the_shipped_bases_know_more_than_chance(library, models_root, tmp_path, base):
    brief = dataclasses.replace(FAST, base=base, method="features", augment=0.5)
    trained = train(library, tmp_path / "run", brief, root=models_root)
    assert trained.entry.card.parent.startswith(f"{base} ")
    assert trained.scores["accuracy"] > 0.6  # chance is a third


def test_sure_answers_on_models_without_a_label_teach_too(library, models_root, tmp_path):
    brief = dataclasses.replace(FAST, epochs=4, pseudo=0.4)
    trained = train(library, tmp_path / "run", brief, root=models_root)
    found = json.loads((tmp_path / "run" / "pseudo-1.json").read_text())
    assert found and set(found.values()) <= set(LABELS)
    assert all(library.leaves[int(number)] == "" for number in found)
    assert {entry["round"] for entry in trained.curves} == {0, 1}
    never = train(library, tmp_path / "never", dataclasses.replace(FAST, epochs=1, pseudo=0.999), root=models_root)
    assert "No model without a label was surer than 100%" in " ".join(never.warnings)


def test_a_csv_labels_files_and_says_which_are_missing(folder, tmp_path):
    (tmp_path / "deep").mkdir()
    shutil.copy(folder / "trees" / "tree_0.stl", tmp_path / "deep" / "a.stl")
    shutil.copy(folder / "vessels" / "vessel_0.stl", tmp_path / "b.stl")
    (tmp_path / "labels.csv").write_text(
        "file,label,licence,split\ndeep/a.stl,Big_Tree,CC0-1.0,train\nb.stl,vessel,,held\nc.stl,vessel,,\nd.stl,vessel,,\n"
    )
    index = build_store(list_library(tmp_path / "labels.csv"), tmp_path / "store")
    assert [(cloud.name, cloud.label, cloud.licence, cloud.split) for cloud in index.clouds] == [
        ("a", "big tree", "CC0-1.0", "train"), ("b", "vessel", "", "held"),
    ]  # fmt: skip
    assert index.warnings == ["“c.stl”, “d.stl” are labelled but are not there."]
    train_on, held = workbench.split(open_store(tmp_path / "store"), 0.2, 0)
    assert (train_on.tolist(), held.tolist()) == ([0], [1])


def test_unreadable_and_identical_files_are_left_out_with_a_sentence(tmp_path):
    place = write_library(tmp_path / "library", 1)
    (place / "trees" / "broken.glb").write_bytes(b"glTF and then nothing")
    shutil.copy(place / "trees" / "tree_0.stl", place / "trees" / "copy.stl")
    shutil.copy(place / "trees" / "tree_0.stl", place / "vessels" / "other.stl")
    index = build_store(list_library(place), tmp_path / "store")
    assert len(index.clouds) == 3
    text = " ".join(index.warnings)
    assert "“trees/broken.glb” was left out: “broken.glb” is not a GLB model, or is damaged." in text
    assert "“trees/tree_0.stl” and “trees/copy.stl” are identical; one was left out." in text
    assert "are identical but labelled “vessels” and “trees”; “trees” was kept." in text


def test_the_store_is_read_once_and_again_when_a_file_changes(tmp_path):
    place = write_library(tmp_path / "library", 1)
    build_store(list_library(place), tmp_path / "store")

    def never(path):
        raise AssertionError(path)

    assert len(build_store(list_library(place), tmp_path / "store", read=never).clouds) == 3
    write_shape(place / "trees" / "tree_0.stl", "tree", 70)
    with pytest.raises(AssertionError):
        build_store(list_library(place), tmp_path / "store", read=never)
    with pytest.raises(WorldwrightError, match="holds no point clouds"):
        open_store(tmp_path / "store")  # what was not finished is no store


@pytest.mark.parametrize(
    ("leaves", "sentence"),
    [(["tree"] * 4, "Every model of the library is labelled “tree”"), ([""] * 4, "None of the library's models has a label")],
)
def test_a_library_that_cannot_teach_is_refused(library, tmp_path, leaves, sentence):
    poor = dataclasses.replace(library, leaves=leaves + [""] * (len(library) - 4))
    with pytest.raises(WorldwrightError, match=sentence):
        train(poor, tmp_path / "run", FAST, root=tmp_path)
    assert not (tmp_path / "run").exists()


def test_a_loss_that_is_no_number_stops_and_the_best_stays(library, tmp_path):
    train(library, tmp_path / "run", FAST, root=tmp_path / "models")
    before = (tmp_path / "run" / BEST).read_bytes()
    damaged = dataclasses.replace(library, positions=torch.full_like(library.positions, torch.nan))
    with pytest.raises(WorldwrightError, match=r"The loss is not a number any more \(epoch 1\)\. Lower the learning rate"):
        train(damaged, tmp_path / "other", FAST, root=tmp_path / "models")
    assert (tmp_path / "run" / BEST).read_bytes() == before


def test_a_full_disk_in_mid_checkpoint_keeps_the_last_good_one(library, tmp_path, monkeypatch):
    import core.learning.loop as loop

    with pytest.raises(Cancelled):
        train(library, tmp_path / "run", FAST, cancel_in_epoch(2), root=tmp_path)
    good = (tmp_path / "run" / "round-0.checkpoint").read_bytes()

    def fills_up(tensors, path, metadata):
        with open(path, "wb") as file:
            file.write(good[: len(good) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(loop, "save_file", fills_up)
        sentence = r"epoch 2 cannot be written \(No space left on device\); the one before it was kept"
        with pytest.raises(WorldwrightError, match=sentence):
            train(library, tmp_path / "run", FAST, root=tmp_path)
    assert (tmp_path / "run" / "round-0.checkpoint").read_bytes() == good
    assert sorted(path.suffix for path in (tmp_path / "run").iterdir() if "part" in path.name) == []
    whole = train(library, tmp_path / "whole", FAST, root=tmp_path)
    assert same_weights(train(library, tmp_path / "run", FAST, root=tmp_path).classifier, whole.classifier)


def test_damaged_and_foreign_checkpoints_say_so(library, tmp_path):
    with pytest.raises(Cancelled):
        train(library, tmp_path / "run", FAST, cancel_in_epoch(2), root=tmp_path)
    checkpoint = tmp_path / "run" / "round-0.checkpoint"
    good = checkpoint.read_bytes()
    checkpoint.write_bytes(good[: len(good) // 2])
    with pytest.raises(WorldwrightError, match="is damaged: it was cut short"):
        train(library, tmp_path / "run", FAST, root=tmp_path)
    with pytest.raises(WorldwrightError, match="holds a run with other settings"):
        train(library, tmp_path / "run", dataclasses.replace(FAST, width=32), root=tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "round-0.checkpoint").write_bytes(good)
    with pytest.raises(WorldwrightError, match="of another architecture"):
        train(library, tmp_path / "other", dataclasses.replace(FAST, width=32), root=tmp_path)


def test_models_cut_short_or_of_another_kind_are_refused(library, tmp_path):
    train(library, tmp_path / "run", FAST, root=tmp_path / "models")
    whole = (tmp_path / "run" / MODEL).read_bytes()
    (tmp_path / "short.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WorldwrightError, match="is not a file of Worldwright weights"):
        models.load(tmp_path / "short.safetensors")
    (tmp_path / "newer.safetensors").write_bytes(whole.replace(b"pointnet", b"pointnot"))
    with pytest.raises(WorldwrightError, match="which this version of Worldwright does not know"):
        models.load(tmp_path / "newer.safetensors")


def test_scores_do_not_depend_on_place_size_or_order_of_points(library, tmp_path):
    trained = train(library, tmp_path / "run", FAST, root=tmp_path)
    cloud, normals = library.positions[:1].float(), library.normals[:1].float() / 127
    scores = trained.classifier.scores(cloud, normals)
    assert scores.shape == (1, 3) and scores.sum().item() == pytest.approx(1, abs=1e-5)
    order = torch.from_numpy(np.random.default_rng(0).permutation(cloud.shape[1]))
    moved = trained.classifier.scores(7 * cloud + 3, normals)
    assert torch.allclose(moved, scores, atol=1e-3)
    assert trained.classifier.scores(cloud[:, order], normals[:, order]).argmax() == scores.argmax()
