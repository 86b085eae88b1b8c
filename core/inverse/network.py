"""The network that reads which generator made a shape, how it stands, and where its sliders were."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from ..spatial.encoding import shared_mlp
from ..spatial.pointnet import PointNet, PointNetConfig

KIND = "inverse"
FEATURES = 7  # beside the position: normal (3), whether there are normals, log of the box's sides (3)


@dataclass
class InverseConfig:
    """``kinds``: the generators; ``sliders``: of each kind name -> number of levels, for the sliders that show in its shape."""

    kinds: tuple[str, ...] = ()
    sliders: dict[str, dict[str, int]] = field(default_factory=dict)
    widths: tuple[int, ...] = (128, 128, 256)
    bands: int = 6
    norm: bool = False
    width: int = 256
    embedding: int = 32

    @property
    def groups(self) -> list[tuple[str, str, int, int]]:
        """(kind, slider, first column, number of columns) in the flat row of all sliders' logits."""
        found, start = [], 0
        for kind in self.kinds:
            for name, count in self.sliders.get(kind, {}).items():
                found.append((kind, name, start, count))
                start += count
        return found


@dataclass
class Reading:
    """What the network says of B clouds. ``kind`` (B, K) logits; ``turn`` (B, 4) logits of the quarter turn that brings the
    cloud to face -Y; ``upright`` (B,) logit; ``box`` (B, 6) where the whole thing's lowest and highest corner lie, in the cube."""

    kind: Tensor
    turn: Tensor
    upright: Tensor
    box: Tensor
    hidden: Tensor


class InverseNet(nn.Module):
    """A PointNet with Fourier features, heads for kind, turn, uprightness and box, and one head of sliders for each kind."""

    def __init__(self, config: InverseConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = PointNet(PointNetConfig(widths=config.widths, bands=config.bands, features=FEATURES, norm=config.norm))
        pooled = self.encoder.config.pooled + 3
        self.trunk = shared_mlp(pooled, config.width)
        self.general = nn.Linear(config.width, len(config.kinds) + 4 + 1 + 6)
        self.embedding = nn.Embedding(len(config.kinds), config.embedding)
        self.own = shared_mlp(pooled + config.embedding, config.width, config.width)
        groups = config.groups
        columns = groups[-1][2] + groups[-1][3] if groups else 0
        self.sliders = nn.Linear(config.width, columns)
        self.group: Tensor
        self.register_buffer("group", torch.cat([torch.full((g[3],), n) for n, g in enumerate(groups)]) if groups else
                             torch.zeros(0, dtype=torch.long), persistent=False)  # fmt: skip

    def forward(self, positions: Tensor, features: Tensor) -> Reading:
        """positions (B, N, 3) in the cube, features (B, N, 7)."""
        pooled = torch.cat([self.encoder(positions, features).pooled, features[:, 0, 4:]], dim=-1)
        general = self.general(self.trunk(pooled))
        kinds = len(self.config.kinds)
        kind, turn, upright, box = general.split([kinds, 4, 1, 6], dim=-1)
        return Reading(kind, turn, upright[:, 0], box, pooled)

    def levels(self, hidden: Tensor, kind: Tensor) -> Tensor:
        """(B, columns) log shares of the levels of all sliders, for clouds taken as of ``kind`` (B,); only that kind's count."""
        logits = self.sliders(self.own(torch.cat([hidden, self.embedding(kind)], dim=-1)))
        logits = logits - logits.max(dim=1, keepdim=True)[0]
        count = len(self.config.groups)
        total = torch.zeros(len(logits), count, dtype=logits.dtype).index_add(1, self.group, logits.exp())
        return logits - total.clamp_min(1e-12).log()[:, self.group]


def network_input(points: Tensor, normals: Tensor | None) -> tuple[Tensor, Tensor]:
    """Points (B, N, 3) in metres and normals (or None) as the network takes them: in a cube from -1 to 1, and the features."""
    low, high = points.min(dim=1, keepdim=True)[0], points.max(dim=1, keepdim=True)[0]
    half = ((high - low) / 2).clamp_min(1e-6)
    positions = (points - (low + high) / 2) / half
    sides = (2 * half).log().expand(-1, points.shape[1], -1) / 2
    flag = torch.zeros_like(points[..., :1])
    known = torch.zeros_like(points) if normals is None else normals
    return positions, torch.cat([known, flag if normals is None else flag + 1, sides], dim=-1)
