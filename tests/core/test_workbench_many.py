"""The learning workbench where it is larger: several processes, data on disk, searches, pre-training, labels saved."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from distributed_training import BRIEF
from library_files import write_library

from core.errors import Cancelled, WorldwrightError
from core.learning import few_labels
from core.learning import model as models
from core.learning.artist_library import build_store, list_library
from core.learning.data import Library, open_store
from core.learning.jobs import pretrain_network, train_model
from core.learning.machines import Machines
from core.learning.plot import chart, ticks
from core.learning.pretrain import load_trunk, pretrain
from core.learning.registry import Registry
from core.learning.run_log import MODEL, read_log
from core.learning.search import search
from core.learning.settings import PretrainBrief, SearchBrief, TrainBrief, augmentation
from core.learning.shapes import make
from core.learning.store import Cloud, StoreWriter
from core.learning.workbench import train


@pytest.fixture(autouse=True)
def models_root(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDWRIGHT_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    torch.set_num_threads(1)
    place = tmp_path_factory.mktemp("store")
    build_store(list_library(write_library(tmp_path_factory.mktemp("library"), 6)), place)
    return place


@pytest.fixture(scope="module")
def library(store) -> Library:
    return open_store(store)


def test_two_processes_train_what_one_does(store, tmp_path):
    script = Path(__file__).with_name("distributed_training.py")
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node=2", "--master_port=29533", str(script)]
    command += [str(store), str(tmp_path / "two")]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-2000:]
    one = train(open_store(store), tmp_path / "one", BRIEF).classifier
    two = models.load(tmp_path / "two" / MODEL)
    for name, value in one.network.state_dict().items():
        assert (value - two.network.state_dict()[name]).abs().mean() < 4e-4, name
    logs = [read_log(tmp_path / name) for name in ("one", "two")]
    assert len(logs[1]) == BRIEF.epochs  # only one process talks
    assert [entry["loss"] for entry in logs[1]] == pytest.approx([entry["loss"] for entry in logs[0]], abs=2e-3)


def test_a_batch_that_cannot_be_shared_is_refused():
    assert [Machines(rank, 2).share(8) for rank in (0, 1)] == [slice(0, 4), slice(4, 8)]
    with pytest.raises(WorldwrightError, match="A batch of 9 cannot be shared by 2 processes"):
        Machines(0, 2).share(9)


def test_memory_does_not_grow_with_the_library(tmp_path):
    """190 MB of clouds are drawn from in a process that may add 60 MB of its own."""
    count, points = 8_000, 2048
    rng = np.random.default_rng(0)
    with StoreWriter(tmp_path / "store", points) as writer:
        positions = rng.normal(size=(64, points, 3)).astype(np.float16)
        for number in range(count):
            arrays = {"positions": positions[number % 64] * np.float16(1 - number / 1e5), "normals": np.zeros((points, 3), np.int8),
                      "colors": np.zeros((points, 3), np.uint8), "has_color": np.array(False)}  # fmt: skip
            writer.add_arrays(arrays, Cloud(str(number), "ab"[number % 2], digest=str(number)))
    script = (
        "import sys, re, pathlib\n"
        f"sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r})\n"
        "import torch; torch.set_num_threads(1)\n"
        "from core.learning.data import open_store\n"
        "def own(): return int(re.search(r'RssAnon:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) / 1024\n"
        f"library = open_store(pathlib.Path({str(tmp_path / 'store')!r}))\n"
        "before, generator = own(), torch.Generator().manual_seed(0)\n"
        "for _ in range(150): library.batch(torch.randint(len(library), (64,), generator=generator), 384, generator)\n"
        "print(len(library), own() - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    models_read, grown = done.stdout.split()
    assert int(models_read) == count and float(grown) < 60
    size = sum(path.stat().st_size for path in (tmp_path / "store").iterdir()) / 1e6
    assert size > 190
    for path in (tmp_path / "store").iterdir():
        path.unlink()


def test_a_search_prunes_resumes_and_says_which_settings_are_best(library, tmp_path, monkeypatch):
    pytest.importorskip("optuna")
    monkeypatch.setattr(TrainBrief, "points", 96)
    brief = SearchBrief(trials=2, epochs=2, base="none", method="full")
    seen = []

    def stop(fraction, doing):
        seen.append(doing)
        if len(seen) > 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        search(library, tmp_path / "search", brief, stop)
    found = search(library, tmp_path / "search", brief)
    assert {"rate", "augment", "width", "base", "method"} <= set(found.best)
    assert len(found.trials) + found.pruned >= 2
    again = search(library, tmp_path / "search", brief)  # nothing is left to try
    assert again.trials == found.trials
    rows = list(csv.DictReader((tmp_path / "search" / "trials.csv").open()))
    losses = [float(row["loss"]) for row in rows if row["state"] == "complete"]
    assert losses == sorted(losses) and losses[0] == pytest.approx(found.loss)
    assert "best so far" in (tmp_path / "search" / "search.svg").read_text()
    TrainBrief.from_dict(json.loads((tmp_path / "search" / "best.json").read_text()))
    with pytest.raises(WorldwrightError, match="holds a search with other settings"):
        search(library, tmp_path / "search", dataclasses.replace(brief, epochs=3))


@pytest.mark.parametrize("objective", ["masked", "autoencode"])
def test_a_network_learns_without_labels_and_is_a_base(store, tmp_path, models_root, objective):
    brief = {"name": "Shapes", "objective": objective, "epochs": 3, "batch": 8, "points": 96}
    request = {"library": str(store), "folder": str(tmp_path / "run"), "brief": brief}
    made = pretrain_network(request, lambda fraction, doing: None)
    assert made["model"] == "Shapes@1" and made["curves"][-1]["loss"] < made["curves"][0]["loss"]
    entry = Registry(models_root).get("Shapes")
    assert load_trunk(entry.weights).config.width == 128
    trained = {"library": str(store), "folder": str(tmp_path / "own"), "source": "mine",
               "brief": {"name": "Own", "base": "Shapes", "method": "features", "points": 96}}  # fmt: skip
    result = train_model(trained, lambda fraction, doing: None)
    assert result["model"] == "Own@1" and Registry(models_root).get("Own").card.parent == "Shapes@1"


def test_a_model_is_not_kept_with_another_library_than_it_learnt_from(store, tmp_path):
    request = {"library": str(store), "folder": str(tmp_path / "run"), "brief": {"base": "none", "name": "Own"}, "keep": True}
    with pytest.raises(WorldwrightError, match="There is no trained model in"):
        train_model(request, lambda fraction, doing: None)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text(json.dumps({"brief": request["brief"], "key": "of another library"}))
    with pytest.raises(WorldwrightError, match="The library has changed since the training in “run”"):
        train_model(request, lambda fraction, doing: None)


def test_an_interrupted_pre_training_ends_with_the_same_weights(library, tmp_path):
    brief = PretrainBrief(epochs=2, batch=8, points=96)
    brief_log: list[dict] = []
    whole = pretrain(library, brief, log=brief_log.append, checkpoint=tmp_path / "a.checkpoint")

    def stop(entry):
        raise Cancelled

    changed = dataclasses.replace(brief, epochs=2)
    monkey = tmp_path / "b.checkpoint"
    with pytest.raises(Cancelled):
        pretrain(library, changed, log=stop, checkpoint=monkey)
    resumed = pretrain(library, changed, checkpoint=monkey)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_labels_saved_are_reported_for_every_way_on_the_same_models(tmp_path, monkeypatch):
    monkeypatch.setattr(few_labels, "COUNTS", (1, 3))
    monkeypatch.setattr(few_labels, "LEAST", 6)
    monkeypatch.setattr(few_labels, "SCRATCH_EPOCHS", 1)
    monkeypatch.setattr(few_labels, "COPIES", 2)
    with StoreWriter(tmp_path / "store") as writer:
        for leaf in ("column", "tree"):
            for number in range(8):
                writer.add([make(leaf, number)], Cloud(f"{leaf} {number}", leaf))
    library = open_store(tmp_path / "store")
    trunk = pretrain(library, PretrainBrief(epochs=1, batch=8, points=96))
    monkeypatch.setattr(few_labels, "base_of", lambda *_: type("Base", (), {"network": trunk}))
    made = few_labels.report(library, "shapes", tmp_path / "report", draws=1)
    assert set(made["ways"]) == {"scratch", "random", "pretrained", "pseudo"}
    rows = made["ways"]["pretrained"]
    assert [row["labels"] for row in rows] == [1, 3] and rows[1]["accuracy"] > 0.7  # chance is a half
    assert json.loads((tmp_path / "report" / "labels_saved.json").read_text()) == made
    assert (tmp_path / "report" / "labels_saved.svg").read_text().count("<polyline") == 4
    few = dataclasses.replace(library, leaves=["column"] * 16)
    with pytest.raises(WorldwrightError, match="Fewer than two labels have the 6 models"):
        few_labels.report(few, "shapes", tmp_path / "report")


def test_charts_have_round_ticks_and_leave_out_what_is_no_number():
    assert ticks(0.0, 9.7) == [0, 2, 4, 6, 8, 10]
    assert ticks(0.31, 0.46) == [0.3, 0.35, 0.4, 0.45, 0.5]
    assert ticks(2.0, 2.0)[0] <= 2.0 <= ticks(2.0, 2.0)[-1]
    svg = chart("a < b", "x", "y", {"one": [(0, 1.0), (1, float("nan")), (2, 3.0)]}, {"dots": [(1, 2.0)]})
    assert "a &lt; b" in svg and svg.count("<circle") == 1 and "nan" not in svg


def test_augmentation_scales_and_none_is_none():
    none, much = augmentation(0.0), augmentation(2.0)
    assert all(value == 0 for value in vars(none).values())
    assert much.stretch == 2 * augmentation(1.0).stretch and much.lose_colors == 1.0 and much.mirror == 0.5


