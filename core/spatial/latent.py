"""A set of learned queries that read the cloud by cross attention (3DShape2VecSet: Zhang et al., SIGGRAPH 2023).

A few dozen latent vectors attend to all points once and then only to each other, so the cost grows linearly with the points.
Each point gets its description back by attending to the latents, which is the paper's decoder.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .encoding import POINT_FEATURES, Encoding, fourier


@dataclass
class LatentConfig:
    """``queries`` latent vectors of ``width``; ``layers`` self-attention blocks of ``heads`` heads."""

    width: int = 128
    layers: int = 4
    heads: int = 4
    queries: int = 64
    bands: int = 6
    features: int = POINT_FEATURES

    @property
    def pooled(self) -> int:
        """Length of ``Encoding.pooled``."""
        return self.width

    @property
    def per_point(self) -> int:
        """Channels of ``Encoding.per_point``."""
        return self.width


class Attention(nn.Module):
    """Multi-head attention of ``queries`` (B, M, D) over ``values`` (B, N, D), both normalised first -> (B, M, D)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_queries, self.norm_values = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key_value, self.out = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, queries: Tensor, values: Tensor) -> Tensor:
        def split(tensor: Tensor) -> Tensor:
            return tensor.view(*tensor.shape[:2], self.heads, -1).transpose(1, 2)

        key, value = self.key_value(self.norm_values(values)).chunk(2, dim=-1)
        query = self.query(self.norm_queries(queries))
        mixed = nn.functional.scaled_dot_product_attention(split(query), split(key), split(value))
        return self.out(mixed.transpose(1, 2).flatten(2))


class Block(nn.Module):
    """A pre-norm transformer block, (B, M, D) -> (B, M, D)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = Attention(width, heads)
        self.mlp = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, values: Tensor) -> Tensor:
        values = values + self.attention(values, values)
        return values + self.mlp(values)


class LatentSet(nn.Module):
    """The encoder. Shapes: positions (B, N, 3), features (B, N, F) -> ``Encoding``."""

    def __init__(self, config: LatentConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.embed = nn.Sequential(nn.Linear(3 + 6 * config.bands + config.features, width), nn.GELU(), nn.Linear(width, width))
        self.queries = nn.Parameter(torch.randn(1, config.queries, width) * 0.02)
        self.read = Attention(width, config.heads)
        self.blocks = nn.ModuleList(Block(width, config.heads) for _ in range(config.layers))
        self.write = Attention(width, config.heads)
        self.norm = nn.LayerNorm(width)

    def latents(self, positions: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """The embedded points (B, N, D) and the latent vectors (B, M, D)."""
        points = self.embed(torch.cat([fourier(positions, self.config.bands), features], dim=-1))
        queries = self.queries.expand(len(points), -1, -1)
        values = queries + self.read(queries, points)
        for block in self.blocks:
            values = block(values)
        return points, self.norm(values)

    def forward(self, positions: Tensor, features: Tensor) -> Encoding:
        points, latents = self.latents(positions, features)
        return Encoding(points + self.write(points, latents), latents.mean(dim=1))
