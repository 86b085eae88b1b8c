"""What is known of one object by its shape, look, name, a spoken note and a touch, joined to one verdict.

Each modality has an expert of its own, and becomes one token of a small transformer (Vaswani et al., 2017), in which the tokens
attend to each other: what the name says is weighed by whether the shape agrees. The verdict is the experts' log-linear pool
(Hinton, "Products of experts", 1999) with the weights the transformer gives. Any subset will do: what is absent is masked, and
training drops modalities at random (ModDrop, Neverova et al., 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..spatial.checkpoint import load_weights, read_header, save_network

KIND = "fusion"
ONE = 0.5413  # softplus of it is 1: before training every expert counts the same
SHAPE = "shape"  # the modality that already is a verdict: log-probabilities of the leaves


@dataclass
class FusionConfig:
    """``modalities`` name → values of its input; ``leaves`` and ``materials`` in the order of the outputs; ``space`` the width of
    sentence vectors into which ``meaning`` points; ``width``, ``layers`` and ``heads`` of the transformer."""

    modalities: dict[str, int]
    leaves: tuple[str, ...]
    materials: tuple[str, ...]
    space: int = 384
    width: int = 96
    layers: int = 2
    heads: int = 4
    dropout: float = 0.5


@dataclass
class Fused:
    """``logits`` (B, leaves), ``material`` logits (B, materials), ``meaning`` (B, space) of length one, ``shares`` (B, M): how much
    each modality counted for the leaf, rows sum to 1; and each expert's own log-probabilities, (B, M, leaves or materials)."""

    logits: Tensor
    material: Tensor
    meaning: Tensor
    shares: Tensor
    leaf_by_expert: Tensor
    material_by_expert: Tensor


class Layer(nn.Module):
    """Attention and a two-layer network, each after a normalisation and beside a shortcut."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, dropout, batch_first=True)
        self.network = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * width, width))

    def forward(self, tokens: Tensor, absent: Tensor) -> Tensor:
        """tokens (B, T, width), absent (B, T) bool → tokens."""
        x = self.before(tokens)
        tokens = tokens + self.attention(x, x, x, key_padding_mask=absent, need_weights=False)[0]
        return tokens + self.network(self.after(tokens))


class Expert(nn.Module):
    """One modality by itself: (B, values) → a token (B, width), leaf and material log-probabilities."""

    def __init__(self, values: int, config: FusionConfig) -> None:
        super().__init__()
        hidden = 2 * config.width
        self.register_buffer("mean", torch.zeros(values))
        self.register_buffer("spread", torch.ones(values))
        self.body = nn.Sequential(nn.Dropout(config.dropout), nn.Linear(values, hidden), nn.GELU(), nn.Dropout(config.dropout))
        self.token = nn.Linear(hidden, config.width)
        self.leaf = nn.Linear(hidden, len(config.leaves))
        self.material = nn.Linear(hidden, len(config.materials))

    mean: Tensor
    spread: Tensor

    def forward(self, values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        read = self.body(((values - self.mean) / self.spread).clamp(-5, 5))
        return self.token(read), self.leaf(read).log_softmax(dim=-1), self.material(read).log_softmax(dim=-1)


class Fusion(nn.Module):
    """Inputs: ``values`` name → (B, width of it), ``present`` (B, M) bool in the order of ``config.modalities``."""

    def __init__(self, config: FusionConfig) -> None:
        super().__init__()
        self.config = config
        width, count = config.width, len(config.modalities)
        self.experts = nn.ModuleDict({name: Expert(values, config) for name, values in config.modalities.items()})
        self.kinds = nn.Parameter(torch.randn(count + 1, width) * 0.02)
        self.layers = nn.ModuleList([Layer(width, config.heads, config.dropout / 2) for _ in range(config.layers)])
        self.norm = nn.LayerNorm(width)
        self.weigh = nn.Linear(width, 2)
        self.meaning = nn.Linear(width, config.space)
        nn.init.zeros_(self.weigh.weight)

    def standardise(self, name: str, sample: Tensor) -> None:
        """Sets mean and spread of a modality from a sample (n, width) of the training data."""
        expert = cast(Expert, self.experts[name])
        expert.mean.copy_(sample.mean(dim=0))
        expert.spread.copy_(sample.std(dim=0) + 1e-2)

    def forward(self, values: dict[str, Tensor], present: Tensor) -> Fused:
        names = list(self.config.modalities)
        told = [self.experts[name](values[name]) for name in names]
        leaf = torch.stack([values[SHAPE] if name == SHAPE else answer[1] for name, answer in zip(names, told, strict=True)], dim=1)
        material = torch.stack([answer[2] for answer in told], dim=1)
        asking = self.kinds[-1].expand(len(present), 1, -1)
        tokens = torch.cat([asking, torch.stack([answer[0] for answer in told], dim=1) + self.kinds[:-1]], dim=1)
        absent = torch.cat([torch.zeros_like(present[:, :1]), ~present], dim=1)
        for layer in self.layers:
            tokens = layer(tokens, absent)
        tokens = self.norm(tokens)
        weights = functional.softplus(self.weigh(tokens[:, 1:]) + ONE) * present[..., None]
        return Fused(
            logits=(weights[..., :1] * leaf).sum(dim=1),
            material=(weights[..., 1:] * material).sum(dim=1),
            meaning=functional.normalize(self.meaning(tokens[:, 0]), dim=-1),
            shares=weights[..., 0] / weights[..., 0].sum(dim=1, keepdim=True).clamp(min=1e-9),
            leaf_by_expert=leaf,
            material_by_expert=material,
        )

    def save(self, path: str | Path, notes: dict) -> None:
        """Writes the weights in half precision with ``notes``."""
        save_network(path, self, KIND, self.config, notes, half=True)

    @classmethod
    def load(cls, path: str | Path) -> tuple[Fusion, dict]:
        """The network in evaluation mode and its notes. Raises WorldwrightError."""
        header = read_header(path, KIND)
        config = dict(header["config"])
        network = cls(FusionConfig(leaves=tuple(config.pop("leaves")), materials=tuple(config.pop("materials")), **config))
        load_weights(path, network)
        return network.eval().requires_grad_(False), header["notes"]
