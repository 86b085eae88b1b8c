"""Training library, augmentation, procedural shapes, training loop, resume, auto-encoder."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
import trimesh

from core.annotation.network import AnnotatorConfig
from core.errors import WorldwrightError
from core.learning.augment import NONE, Augmentation, augment, unit_sphere
from core.learning.data import POINTS, Library, load_library, with_shapes
from core.learning.pretrain import Autoencoder, AutoencoderConfig, evaluate_autoencoder, train_autoencoder
from core.learning.shapes import SHAPES, make
from core.learning.train import TrainConfig, Training, new_network, predict
from core.spatial.graph import GraphConfig
from core.spatial.latent import LatentConfig
from core.spatial.pointnet import PointNetConfig

LEAVES = ("column", "ground", "vessel", "tree")
TINY = AnnotatorConfig(leaves=LEAVES, encoder=PointNetConfig(widths=(16, 32), norm=False), width=16)
FAST = TrainConfig(epochs=6, batch=8, points=128, every=3, warmup=2, rate=1e-2)


@pytest.fixture(scope="module")
def library() -> Library:
    torch.set_num_threads(1)
    empty = Library(
        torch.zeros(0, POINTS, 3, dtype=torch.float16), torch.zeros(0, POINTS, 3, dtype=torch.int8),
        torch.zeros(0, POINTS, 3, dtype=torch.uint8), torch.zeros(0, dtype=torch.bool), [], [], [], [], [], [],
    )  # fmt: skip
    return with_shapes(empty, 8, LEAVES)


def training(library: Library, **changes) -> Training:
    everything = np.arange(len(library))
    held = everything[everything % 4 == 0]
    config = dataclasses.replace(FAST, **changes)
    return Training(new_network(list(LEAVES), TINY, config.seed), library, np.setdiff1d(everything, held), held, config)


def test_the_library_reads_models_once_and_labels_them(tmp_path):
    trimesh.creation.box((1, 2, 3)).export(tmp_path / "Crate.glb")
    trimesh.creation.cylinder(0.2, 3).export(tmp_path / "Column_2.glb")
    (tmp_path / "models.csv").write_text(
        "file,package,member,name,category,label,author,licence,split\n"
        "Crate.glb,,,Crate,pack,box,Ann,CC0-1.0,train\nColumn_2.glb,,,Column_2,pack,,Bob,CC0-1.0,unseen-artist\n"
        ",sweethome3d-furniture,a/b.obj,Chair,Office,chair,Cid,CC0-1.0,train\n"
    )
    missing = tmp_path / "no furniture"
    library = load_library(tmp_path, tmp_path / "cache", missing)
    assert (library.names, library.leaves) == (["Crate", "Column_2"], ["storage", "column"])
    assert library.where("unseen-artist").tolist() == [1]
    radius = library.positions.float().norm(dim=-1).amax(dim=1)
    assert torch.allclose(radius, torch.ones(2), atol=0.01)
    (tmp_path / "Crate.glb").unlink()  # the second time only the cache is read
    again = load_library(tmp_path, tmp_path / "cache", missing)
    assert torch.equal(again.positions, library.positions)
    with pytest.raises(WorldwrightError, match=r"no models\.csv"):
        load_library(tmp_path / "elsewhere", tmp_path / "cache", missing)


@pytest.mark.parametrize("leaf", SHAPES)
def test_shapes_are_seeded_varied_and_sound(leaf):
    first, again, other = make(leaf, 1), make(leaf, 1), make(leaf, 2)
    assert np.array_equal(first.vertices, again.vertices)
    assert first.vertices.shape != other.vertices.shape or not np.allclose(first.vertices, other.vertices)
    assert np.isfinite(first.vertices).all()
    assert first.corners.max() < len(first.vertices)


def batch(library: Library, count: int = 6):
    return library.batch(torch.arange(count), 200, torch.Generator().manual_seed(1))


def test_no_augmentation_leaves_clouds_as_they_are(library):
    positions, normals, _, _ = batch(library)
    out, features = augment(*batch(library), NONE, torch.Generator().manual_seed(0))
    distance, same = torch.cdist(out, unit_sphere(positions)).min(dim=2)  # only their order may change
    assert distance.max() < 1e-3
    normals = normals.gather(1, same[..., None].expand(-1, -1, 3))
    unit = normals / normals.norm(dim=-1, keepdim=True)
    assert ((features[..., :3] - unit).norm(dim=-1) < 1e-3).float().mean() > 0.95  # two points may lie in one place
    assert features[..., 6].eq(1).all()


def test_yaw_keeps_heights_and_attribute_dropout_empties_whole_clouds(library):
    turned, _ = augment(*batch(library), dataclasses.replace(NONE, yaw=torch.pi), torch.Generator().manual_seed(0))
    still, _ = augment(*batch(library), NONE, torch.Generator().manual_seed(0))
    height = turned[..., 2].amax(dim=1) - turned[..., 2].amin(dim=1)
    width = turned.norm(dim=-1).amax(dim=1)
    assert not torch.allclose(turned[..., 0], still[..., 0], atol=0.05)
    assert (height > 0).all() and torch.allclose(width, torch.ones(6), atol=1e-5)
    lost = dataclasses.replace(NONE, lose_normals=1.0)
    _, features = augment(*batch(library), lost, torch.Generator().manual_seed(0))
    assert features[..., :3].abs().max() == 0 and features[..., 6].abs().max() == 0


def test_crops_lose_one_side_and_thinning_keeps_few_different_points(library):
    cropped, _ = augment(*batch(library), dataclasses.replace(NONE, crop=1.0), torch.Generator().manual_seed(3))
    assert cropped.shape == (6, 200, 3)
    assert len(cropped[0].unique(dim=0)) < 190
    thin, _ = augment(*batch(library), dataclasses.replace(NONE, thin=1.0), torch.Generator().manual_seed(3))
    assert 50 <= min(len(cloud.unique(dim=0)) for cloud in thin) < 200


def test_the_same_seed_augments_the_same(library):
    first = augment(*batch(library), Augmentation(), torch.Generator().manual_seed(5))
    second = augment(*batch(library), Augmentation(), torch.Generator().manual_seed(5))
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_training_learns_four_shapes_and_validates(library):
    run, log = training(library), []
    run.run(log.append, bar=False)
    assert [entry["epoch"] for entry in log] == [1, 2, 3, 4, 5, 6]
    assert log[-1]["loss"] < log[0]["loss"]
    assert log[-1]["held_top1"] > 0.6  # chance is 0.25
    assert log[-1]["held_top3"] >= log[-1]["held_top1"]
    scores = predict(run.network, library, run.held, views=2, points=256)
    assert torch.allclose(scores.exp().sum(dim=1), torch.ones(len(run.held)), atol=1e-4)


def test_a_run_interrupted_and_resumed_ends_with_the_same_weights(library, tmp_path):
    whole = training(library, epochs=3)
    whole.run(lambda entry: None, bar=False)

    class Interrupted(Exception):
        pass

    def stop(entry):
        if entry["epoch"] == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        training(library, epochs=3).run(stop, tmp_path / "run.checkpoint", bar=False)
    resumed = training(library, epochs=3)
    resumed.run(lambda entry: None, tmp_path / "run.checkpoint", bar=False)
    assert resumed.epoch == 3
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
    with pytest.raises(WorldwrightError, match="other settings"):
        training(library, epochs=4).resume(tmp_path / "run.checkpoint")


def test_training_stops_early_when_validation_does_not_improve(library):
    run, log = training(library, epochs=30, patience=2, rate=0.0, every=1), []
    run.run(log.append, bar=False)
    assert 2 <= len(log) < 30


def test_the_rate_warms_up_and_comes_down(library):
    run = training(library)
    last = run.config.epochs * run.steps_per_epoch
    assert run.rate(0) == pytest.approx(FAST.rate / 2, rel=0.01)
    assert run.rate(1) > run.rate(last // 2) > run.rate(last - 1)
    assert run.rate(last) == pytest.approx(0.0)


def test_training_on_nothing_says_so(library):
    with pytest.raises(WorldwrightError, match="nothing to train on"):
        Training(new_network(list(LEAVES), TINY), library, np.array([], int), np.array([], int), FAST)


@pytest.mark.parametrize(
    ("encoder", "loss"),
    [
        (PointNetConfig(widths=(16, 32)), "smooth-l1"),
        (GraphConfig(widths=(8,), neighbors=4, joined=16), "chamfer"),
        (LatentConfig(width=16, layers=1, heads=2, queries=8), "smooth-l1"),
    ],
)
def test_auto_encoders_learn_and_come_back_from_disk(library, tmp_path, encoder, loss):
    torch.manual_seed(0)
    network, everything = Autoencoder(AutoencoderConfig(encoder, points=48), loss), np.arange(len(library))
    before = evaluate_autoencoder(network, library, everything)
    history = train_autoencoder(network, library, everything, epochs=25, batch=8, rate=1e-2)
    after = evaluate_autoencoder(network, library, everything)
    assert history[-1] < history[0]
    assert after["chamfer"] < 0.85 * before["chamfer"]
    assert after["mse"] < before["mse"]
    assert after["floor"] < after["chamfer"]
    network.save(tmp_path / "auto.safetensors", {})
    again = Autoencoder.load(tmp_path / "auto.safetensors")
    assert again.config == network.config
    assert evaluate_autoencoder(again, library, everything)["chamfer"] == pytest.approx(after["chamfer"], rel=1e-4)


def test_an_unknown_loss_is_refused():
    with pytest.raises(WorldwrightError, match="no loss “l3”"):
        Autoencoder(AutoencoderConfig(PointNetConfig(widths=(8, 8)), points=16), "l3")
