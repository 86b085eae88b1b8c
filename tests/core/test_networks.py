"""Encoders, heads, losses, descriptor and weights on disk."""

from __future__ import annotations

import json

import pytest
import torch
from safetensors.torch import save_file

from core.annotation.network import Annotator, AnnotatorConfig, Committee
from core.errors import WorldwrightError
from core.spatial.descriptor import DESCRIPTOR, describe
from core.spatial.encoding import fourier, max_mean, point_features
from core.spatial.graph import EdgeConvolution, GraphConfig, GraphNetwork, gather, nearest
from core.spatial.heads import DecoderHead, GlobalHead, PointHead
from core.spatial.latent import LatentConfig, LatentSet
from core.spatial.losses import chamfer, nearest_mse, smooth_l1_chamfer
from core.spatial.pointnet import PointNet, PointNetConfig, orthogonality

ENCODERS = {
    "pointnet": (PointNet, PointNetConfig(widths=(16, 24))),
    "pointnet with T-Nets": (PointNet, PointNetConfig(widths=(16, 24), bands=0, mean=False, t_nets=True)),
    "pointnet without norm": (PointNet, PointNetConfig(widths=(16, 24), norm=False)),
    "graph": (GraphNetwork, GraphConfig(widths=(8, 12), neighbors=4, joined=20)),
    "dynamic graph": (GraphNetwork, GraphConfig(widths=(8, 12), neighbors=4, joined=20, dynamic=True)),
    "latent": (LatentSet, LatentConfig(width=16, layers=1, heads=2, queries=6)),
}


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def cloud(batch: int = 2, count: int = 40) -> tuple[torch.Tensor, torch.Tensor]:
    positions = torch.rand(batch, count, 3) * 2 - 1
    return positions, point_features(torch.nn.functional.normalize(torch.randn(batch, count, 3), dim=-1), None, positions)


@pytest.mark.parametrize("name", ENCODERS)
def test_encoders_give_the_shapes_their_config_promises_and_ignore_the_order_of_points(name):
    kind, config = ENCODERS[name]
    network = kind(config).eval()
    positions, features = cloud()
    encoding = network(positions, features)
    assert encoding.pooled.shape == (2, config.pooled)
    assert encoding.per_point.shape == (2, 40, config.per_point)
    order = torch.randperm(40)
    shuffled = network(positions[:, order], features[:, order])
    assert torch.allclose(shuffled.pooled, encoding.pooled, atol=1e-5)
    assert torch.allclose(shuffled.per_point, encoding.per_point[:, order], atol=1e-5)


@pytest.mark.parametrize("name", ENCODERS)
def test_encoders_learn_to_tell_two_clouds_apart(name):
    kind, config = ENCODERS[name]
    network, head = kind(config), GlobalHead(config.pooled, 2, width=16, dropout=0.0)
    positions, features = cloud()
    optimizer = torch.optim.Adam([*network.parameters(), *head.parameters()], lr=5e-3)
    for _ in range(30):
        loss = torch.nn.functional.cross_entropy(head(network(positions, features)), torch.tensor([0, 1]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.2


def test_fourier_features_of_a_hand_written_point():
    values = fourier(torch.tensor([[[0.5, 0.0, -0.25]]]), 1)
    expected = [0.5, 0.0, -0.25, 1.0, 0.0, -(0.5**0.5), 0.0, 1.0, 0.5**0.5]  # sin(pi p) then cos(pi p)
    assert torch.allclose(values[0, 0], torch.tensor(expected), atol=1e-6)


def test_max_mean():
    assert max_mean(torch.tensor([[[1.0, 4.0], [3.0, 0.0]]])).tolist() == [[3.0, 4.0, 2.0, 2.0]]


def test_transform_nets_start_as_the_identity_so_the_first_answer_is_that_of_the_network_without_them():
    with_nets = PointNet(PointNetConfig(widths=(16, 24), t_nets=True)).eval()
    without = PointNet(PointNetConfig(widths=(16, 24))).eval()
    without.load_state_dict({k: v for k, v in with_nets.state_dict().items() if "transform" not in k})
    positions, features = cloud()
    assert torch.allclose(with_nets(positions, features).pooled, without(positions, features).pooled, atol=1e-5)


def test_orthogonality_is_zero_for_a_rotation_and_known_for_a_scaling():
    assert orthogonality(torch.eye(3)[None]).item() == pytest.approx(0.0)
    assert orthogonality(2 * torch.eye(3)[None]).item() == pytest.approx(27.0)  # ||I - 4 I||^2 = 3 * 9


def test_edge_convolution_equals_the_papers_formula_edge_by_edge():
    layer = EdgeConvolution(3, 5)
    values = torch.randn(1, 7, 3)
    index = nearest(values, 3)
    naive = torch.empty(1, 7, 5)
    for i in range(7):
        edges = [layer.own(values[0, i]) + layer.offset(values[0, j] - values[0, i]) for j in index[0, i]]
        naive[0, i] = torch.nn.functional.leaky_relu(layer.norm(torch.stack(edges)), 0.2).max(dim=0)[0]
    assert torch.allclose(layer(values, index), naive, atol=1e-5)


def test_nearest_and_gather_on_four_points_of_a_line():
    values = torch.tensor([[[0.0], [1.0], [3.0], [3.5]]])
    index = nearest(values, 2)
    assert index[0].tolist() == [[0, 1], [1, 0], [2, 3], [3, 2]]
    assert gather(values, index)[0, :, 1, 0].tolist() == [1.0, 0.0, 3.5, 3.0]


def test_point_and_decoder_heads():
    config = PointNetConfig(widths=(16, 24))
    encoding = PointNet(config)(*cloud())
    assert PointHead(config.per_point, config.pooled, 5)(encoding).shape == (2, 40, 5)
    assert DecoderHead(config.pooled, points=10)(encoding).shape == (2, 10, 3)


def test_losses_of_hand_written_clouds():
    a = torch.tensor([[[0.0, 0, 0], [1.0, 0, 0]]])
    b = torch.tensor([[[0.0, 0, 0], [1.0, 0, 1.0], [0.0, 0, 0]]])
    assert chamfer(a, a).item() == 0.0
    assert chamfer(a, b).item() == pytest.approx((0.5 + 1 / 3) / 2)
    assert nearest_mse(a, b).item() == pytest.approx((0.5 + 1 / 3) / 2)
    assert smooth_l1_chamfer(a, b, beta=0.5).item() == pytest.approx((0.75 / 2 + 0.75 / 3) / 2)
    assert smooth_l1_chamfer(a, b, beta=2.0).item() == pytest.approx((0.25 / 2 + 0.25 / 3) / 2)


@pytest.mark.parametrize("shape", [(2, 3), (1, 0, 3), (1, 4, 2)])
def test_losses_refuse_what_is_no_cloud(shape):
    with pytest.raises(ValueError, match="a cloud must be"):
        chamfer(torch.zeros(shape), torch.zeros(1, 4, 3))


def test_the_descriptor_does_not_change_when_the_cloud_turns_but_does_when_it_lies_down():
    positions, features = cloud(count=600)
    positions = positions * torch.tensor([1.0, 0.4, 0.2])
    angle = torch.tensor(0.7)
    turn = torch.tensor([[angle.cos(), -angle.sin(), 0], [angle.sin(), angle.cos(), 0], [0, 0, 1]])
    turned = torch.cat([features[..., :3] @ turn.T, features[..., 3:]], dim=-1)
    before, after = describe(positions, features), describe(positions @ turn.T, turned)
    assert before.shape == (2, DESCRIPTOR)
    assert (before - after).abs().max() < 0.05
    lying = describe(positions[..., [2, 1, 0]], features)
    assert (before - lying).abs().max() > 0.5


def test_descriptor_of_a_flat_or_single_point_cloud_is_finite():
    flat, features = cloud(count=200)
    flat[..., 2] = 0
    assert describe(flat, features).isfinite().all()
    assert describe(torch.zeros_like(flat), features).isfinite().all()


def small() -> Annotator:
    return Annotator(AnnotatorConfig(leaves=("chair", "tree"), encoder=PointNetConfig(widths=(8, 8), norm=False), width=8)).eval()


def test_weights_come_back_as_they_were_saved_up_to_half_precision(tmp_path):
    committee = Committee([small(), small()])
    committee.save(tmp_path / "w.safetensors", {"threshold": 0.5})
    loaded, notes = Committee.load(tmp_path / "w.safetensors")
    positions, features = cloud(count=200)
    assert loaded.config == committee.config
    assert notes == {"threshold": 0.5}
    scores, embeddings = loaded.read(positions, features, views=2)
    assert torch.allclose(scores, committee.read(positions, features, views=2)[0], atol=1e-2)
    assert embeddings.shape == (2, 16)


def test_a_committee_answers_the_mean_of_its_members():
    first, second = small(), small()
    positions, features = cloud(count=100)
    mean = (first.read(positions, features, 2)[0] + second.read(positions, features, 2)[0]) / 2
    assert torch.allclose(Committee([first, second]).read(positions, features, 2)[0], mean.log_softmax(dim=-1), atol=1e-5)


def test_reading_the_yaws_averages_to_an_answer_that_hardly_depends_on_yaw():
    network = small()
    positions, features = cloud(count=300)
    quarter = torch.tensor([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    turned = torch.cat([features[..., :3] @ quarter.T, features[..., 3:]], dim=-1)
    first, _ = network.read(positions, features, views=4)
    second, _ = network.read(positions @ quarter.T, turned, views=4)
    assert torch.allclose(first, second, atol=1e-3)
    assert torch.allclose(first.exp().sum(dim=-1), torch.ones(2), atol=1e-5)


def test_weights_that_do_not_fit_are_refused_in_one_sentence(tmp_path):
    path = tmp_path / "w.safetensors"
    with pytest.raises(WorldwrightError, match="are missing"):
        Committee.load(path)
    path.write_bytes(b"no weights")
    with pytest.raises(WorldwrightError, match="not a file of Worldwright weights"):
        Committee.load(path)
    header = {"kind": "annotator", "format": 99, "config": {}, "notes": {}}
    save_file({"a": torch.zeros(1)}, path, metadata={"worldwright": json.dumps(header)})
    with pytest.raises(WorldwrightError, match="another version"):
        Committee.load(path)
    save_file({"a": torch.zeros(1)}, path, metadata={"worldwright": json.dumps(header | {"format": 1, "kind": "body"})})
    with pytest.raises(WorldwrightError, match="kind “body”"):
        Committee.load(path)
    network = {"leaves": ["chair"], "encoder": {"widths": [8, 8]}, "width": 8, "descriptor": True, "dropout": 0.3}
    config = {"members": 1, "network": network}
    save_file({"a": torch.zeros(1)}, path, metadata={"worldwright": json.dumps(header | {"format": 1, "config": config})})
    with pytest.raises(WorldwrightError, match="do not fit"):
        Committee.load(path)
