"""The annotator: networks (a point encoder beside a measured shape descriptor) and a forest over statistics, asked together.

The networks give the embedding and part of the answer; the forest, which generalises better from a small library, most of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from ..spatial.checkpoint import load_weights, read_header, save_network
from ..spatial.descriptor import DESCRIPTOR, describe
from ..spatial.encoders import EncoderConfig, build_encoder, config_from
from ..spatial.encoding import Encoding
from ..spatial.heads import GlobalHead
from ..spatial.pointnet import PointNetConfig
from .forest import Forest

KIND = "annotator"
FOREST_SHARE = 0.85  # of the answer
PART = 1024  # points the networks see; the forest is asked once for each such part of a cloud


@dataclass
class AnnotatorConfig:
    """``leaves`` in the order of the outputs; ``width`` of the embedding; ``descriptor`` false leaves the encoder alone."""

    leaves: tuple[str, ...]
    encoder: EncoderConfig = field(default_factory=lambda: PointNetConfig(norm=False))
    descriptor: bool = True
    width: int = 128
    dropout: float = 0.3


class Annotator(nn.Module):
    """Shapes: positions (B, N, 3) in the unit sphere, Z up; features (B, N, 8) of ``spatial.encoding.point_features``."""

    mean: Tensor
    spread: Tensor

    def __init__(self, config: AnnotatorConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = build_encoder(config.encoder)
        measured = 2 * config.width if config.descriptor else 0
        if config.descriptor:
            self.register_buffer("mean", torch.zeros(DESCRIPTOR))
            self.register_buffer("spread", torch.ones(DESCRIPTOR))
            layers = (nn.Linear(DESCRIPTOR, measured), nn.LayerNorm(measured), nn.GELU(), nn.Dropout(config.dropout))
            self.measured = nn.Sequential(*layers)
        self.norm = nn.LayerNorm(config.encoder.pooled)
        self.head = GlobalHead(config.encoder.pooled + measured, len(config.leaves), config.width, config.dropout)

    def standardise(self, descriptors: Tensor) -> None:
        """Sets mean and spread of the descriptor from a sample (n, DESCRIPTOR) of the training data."""
        self.mean.copy_(descriptors.mean(dim=0))
        self.spread.copy_(descriptors.std(dim=0) + 1e-3)

    def standardised(self, positions: Tensor, features: Tensor) -> Tensor:
        """(B, DESCRIPTOR): the measured descriptor in its own spread."""
        with torch.no_grad(), torch.autocast(positions.device.type, enabled=False):
            return ((describe(positions.float(), features.float()) - self.mean) / self.spread).clamp(-4, 4)

    def embed(self, positions: Tensor, features: Tensor) -> Tensor:
        """(B, width): the vector before the last layer."""
        return self.embed_encoding(self.encoder(positions, features), positions, features)

    def embed_encoding(self, encoding: Encoding, positions: Tensor, features: Tensor) -> Tensor:
        """The same of what the encoder has said, of these points or of some of them."""
        parts = [self.norm(encoding.pooled)]
        if self.config.descriptor:
            parts.append(self.measured(self.standardised(positions, features)))
        return self.head.embed(Encoding(encoding.per_point, torch.cat(parts, dim=-1)))

    def forward(self, positions: Tensor, features: Tensor) -> Tensor:
        """Logits (B, leaves)."""
        return self.head.out(self.head.dropout(self.embed(positions, features)))

    def read(self, positions: Tensor, features: Tensor, views: int) -> tuple[Tensor, Tensor]:
        """Log-probabilities (B, leaves) and embeddings (B, width), averaged over ``views`` evenly spaced yaws.

        Every other view is read without colours, which mislead between artists more often than they help.
        """
        scores, embeddings = [], []
        plain = torch.cat([features[..., :3], torch.zeros_like(features[..., 3:6]), features[..., 6:7], features[..., 7:] * 0], -1)
        for view, turn in enumerate(torch.arange(views, dtype=positions.dtype) * (2 * torch.pi / views)):
            rotation = torch.eye(3, dtype=positions.dtype)
            rotation[:2, :2] = torch.stack([torch.stack([turn.cos(), -turn.sin()]), torch.stack([turn.sin(), turn.cos()])])
            seen = plain if view % 2 else features
            turned = torch.cat([seen[..., :3] @ rotation.T, seen[..., 3:]], dim=-1)
            embedding = self.embed(positions @ rotation.T, turned)
            scores.append(self.head.out(embedding).log_softmax(dim=-1))
            embeddings.append(embedding)
        return torch.stack(scores).mean(dim=0).log_softmax(dim=-1), torch.stack(embeddings).mean(dim=0)


@dataclass
class CommitteeConfig:
    """``members`` networks of one architecture, trained from different seeds; a forest of ``trees`` (0: none) of ``nodes``."""

    members: int
    network: AnnotatorConfig
    trees: int = 0
    nodes: int = 0


class Committee(nn.Module):
    """Networks and a forest that are asked together; what is shipped."""

    def __init__(self, networks: list[Annotator], forest: Forest | None = None) -> None:
        super().__init__()
        self.members = nn.ModuleList(networks)
        self.forest = forest
        shape = (0, 0) if forest is None else tuple(forest.question.shape)
        self.config = CommitteeConfig(len(networks), networks[0].config, *shape)

    def read(self, positions: Tensor, features: Tensor, views: int) -> tuple[Tensor, Tensor]:
        """As ``Annotator.read``: log-probabilities (B, leaves); the members' embeddings side by side (B, members * width)."""
        seen = positions[:, :PART], features[:, :PART]
        answers = [cast(Annotator, member).read(*seen, views) for member in self.members]
        scores = torch.stack([score for score, _ in answers]).mean(dim=0).log_softmax(dim=-1)
        if self.forest is not None:
            share = FOREST_SHARE * features[:, 0, 6:7]  # the trees ask for normals: without them the networks answer alone
            parts = zip(positions.split(PART, dim=1), features[..., :3].split(PART, dim=1), strict=True)
            votes = torch.stack([self.forest.read(*part) for part in parts]).mean(dim=0)
            scores = (share * votes + (1 - share) * scores.exp()).log()
        return scores, torch.cat([embedding for _, embedding in answers], dim=-1)

    def save(self, path: str | Path, notes: dict) -> None:
        """Writes the weights in half precision with ``notes`` (calibration, seed, data)."""
        save_network(path, self, KIND, self.config, notes, half=True)

    @classmethod
    def load(cls, path: str | Path) -> tuple[Committee, dict]:
        """The networks in evaluation mode and their notes. Raises WorldwrightError."""
        header = read_header(path, KIND)
        committee_config = header["config"]
        config = dict(committee_config["network"])
        encoder, leaves = config_from("pointnet", config.pop("encoder")), tuple(config.pop("leaves"))
        architecture = AnnotatorConfig(leaves=leaves, encoder=encoder, **config)
        trees, nodes = committee_config.get("trees", 0), committee_config.get("nodes", 0)
        forest = Forest(trees, nodes, len(leaves)) if trees else None
        committee = cls([Annotator(architecture) for _ in range(committee_config["members"])], forest)
        load_weights(path, committee)
        return committee.eval(), header["notes"]
