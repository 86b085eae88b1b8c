"""Edge convolution on a nearest-neighbour graph (DGCNN: Wang et al., ACM TOG 2019).

The paper's layer, max over neighbours j of h(x_i, x_j - x_i) with h linear, is computed as two linear maps per *point* that are
gathered afterwards; the values are the same and the k-fold work falls away. The graph is built once from the positions by
default (``dynamic=False``): rebuilding it in feature space at each layer costs a distance matrix and buys little.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .encoding import POINT_FEATURES, Encoding, max_mean, shared_mlp


@dataclass
class GraphConfig:
    """``neighbors`` k of the graph; ``widths`` of the edge convolutions; ``joined`` width after they are concatenated."""

    widths: tuple[int, ...] = (32, 32, 64, 128)
    neighbors: int = 16
    joined: int = 256
    dynamic: bool = False
    features: int = POINT_FEATURES

    @property
    def pooled(self) -> int:
        """Length of ``Encoding.pooled``."""
        return 2 * self.joined

    @property
    def per_point(self) -> int:
        """Channels of ``Encoding.per_point``."""
        return self.joined


def nearest(values: Tensor, neighbors: int) -> Tensor:
    """(B, N, C) -> (B, N, k) indices of the k nearest points, each point being its own first neighbour."""
    return torch.cdist(values, values).topk(min(neighbors, values.shape[1]), largest=False).indices


def gather(values: Tensor, index: Tensor) -> Tensor:
    """(B, N, C) and (B, N, k) -> (B, N, k, C)."""
    batch, count, neighbors = index.shape
    flat = index.reshape(batch, count * neighbors, 1).expand(-1, -1, values.shape[-1])
    return values.gather(1, flat).view(batch, count, neighbors, -1)


class EdgeConvolution(nn.Module):
    """max over j of LeakyReLU(LayerNorm(A x_i + B (x_j - x_i))). Shapes: (B, N, C), index (B, N, k) -> (B, N, out)."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.own = nn.Linear(channels, out, bias=False)
        self.offset = nn.Linear(channels, out, bias=False)
        self.norm = nn.LayerNorm(out)

    def forward(self, values: Tensor, index: Tensor) -> Tensor:
        there = self.offset(values)
        edges = (self.own(values) - there)[:, :, None] + gather(there, index)
        return nn.functional.leaky_relu(self.norm(edges), 0.2).max(dim=2)[0]


class GraphNetwork(nn.Module):
    """The encoder. Shapes: positions (B, N, 3), features (B, N, F) -> ``Encoding``."""

    def __init__(self, config: GraphConfig) -> None:
        super().__init__()
        self.config = config
        widths = (3 + config.features, *config.widths)
        self.layers = nn.ModuleList(EdgeConvolution(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True))
        self.join = shared_mlp(sum(config.widths), config.joined)

    def forward(self, positions: Tensor, features: Tensor) -> Encoding:
        values, outputs = torch.cat([positions, features], dim=-1), []
        index = nearest(positions, self.config.neighbors)
        for number, layer in enumerate(self.layers):
            if self.config.dynamic and number:
                index = nearest(values, self.config.neighbors)
            values = layer(values, index)
            outputs.append(values)
        joined = self.join(torch.cat(outputs, dim=-1))
        return Encoding(joined, max_mean(joined))
