"""PointNet (Qi et al., CVPR 2017), with Fourier features and max + mean pooling by default.

Every point passes through the same small network and a symmetric function joins them, so the order of points cannot matter.
The paper's own network is ``PointNetConfig(widths=(64, 64, 64, 128, 1024), bands=0, mean=False, t_nets=True)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .encoding import POINT_FEATURES, Encoding, fourier, max_mean, shared_mlp


@dataclass
class PointNetConfig:
    """``bands`` Fourier frequencies (0: none); ``mean`` pools the mean beside the maximum; ``t_nets`` learns the paper's
    input (3 x 3) and feature (first width squared) transforms; ``norm`` normalises each layer; ``features`` input channels
    beside the position."""

    widths: tuple[int, ...] = (128, 128, 256)
    bands: int = 6
    mean: bool = True
    t_nets: bool = False
    norm: bool = True
    features: int = POINT_FEATURES

    @property
    def pooled(self) -> int:
        """Length of ``Encoding.pooled``."""
        return self.widths[-1] * (2 if self.mean else 1)

    @property
    def per_point(self) -> int:
        """Channels of ``Encoding.per_point``."""
        return self.widths[-1]


class TransformNet(nn.Module):
    """The paper's T-Net: a (size, size) matrix predicted from the cloud, the identity at the start."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self.points = shared_mlp(size, 64, 128, 256)
        self.context, self.matrix = shared_mlp(256, 128), nn.Linear(128, size * size)
        nn.init.zeros_(self.matrix.weight)
        nn.init.zeros_(self.matrix.bias)

    def forward(self, values: Tensor) -> Tensor:
        """(B, N, size) -> (B, size, size)."""
        offset = self.matrix(self.context(self.points(values).max(dim=1)[0])).view(-1, self.size, self.size)
        return offset + torch.eye(self.size, dtype=values.dtype, device=values.device)


def orthogonality(matrix: Tensor) -> Tensor:
    """The paper's regulariser of the feature transform, ||I - A A^T||^2 averaged over the batch: (B, K, K) -> scalar."""
    identity = torch.eye(matrix.shape[-1], dtype=matrix.dtype, device=matrix.device)
    return ((identity - matrix @ matrix.transpose(1, 2)) ** 2).sum(dim=(1, 2)).mean()


class PointNet(nn.Module):
    """The encoder. Shapes: positions (B, N, 3), features (B, N, F) -> ``Encoding``."""

    def __init__(self, config: PointNetConfig) -> None:
        super().__init__()
        self.config = config
        width = 3 + 6 * config.bands + config.features
        self.input_transform = TransformNet(3) if config.t_nets else None
        self.feature_transform = TransformNet(config.widths[0]) if config.t_nets else None
        self.first = shared_mlp(width, config.widths[0], norm=config.norm)
        self.rest = shared_mlp(*config.widths, norm=config.norm)

    def forward(self, positions: Tensor, features: Tensor) -> Encoding:
        if self.input_transform is not None:
            positions = positions @ self.input_transform(positions)
        values = self.first(torch.cat([fourier(positions, self.config.bands), features], dim=-1))
        if self.feature_transform is not None:
            values = values @ self.feature_transform(values)
        values = self.rest(values)
        return Encoding(values, max_mean(values) if self.config.mean else values.max(dim=1)[0])
