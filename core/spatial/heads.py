"""What is put on an encoder: a verdict on the whole cloud, a verdict on each point, or the cloud drawn again."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .encoding import Encoding, shared_mlp


class GlobalHead(nn.Module):
    """Scores of ``classes`` for the cloud: ``Encoding`` -> logits (B, classes).

    ``embed`` gives the (B, width) vector before the last layer, which serves to find similar assets.
    """

    def __init__(self, pooled: int, classes: int, width: int = 128, dropout: float = 0.3) -> None:
        super().__init__()
        self.body = shared_mlp(pooled, 2 * width, width)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(width, classes)

    def embed(self, encoding: Encoding) -> Tensor:
        return self.body(encoding.pooled)

    def forward(self, encoding: Encoding) -> Tensor:
        return self.out(self.dropout(self.embed(encoding)))


class PointHead(nn.Module):
    """Scores of ``classes`` for each point, which sees itself and the whole: ``Encoding`` -> logits (B, N, classes)."""

    def __init__(self, per_point: int, pooled: int, classes: int, width: int = 128) -> None:
        super().__init__()
        self.local = nn.Linear(per_point, width, bias=False)
        self.context = nn.Linear(pooled, width)
        self.norm = nn.LayerNorm(width)
        self.out = nn.Sequential(shared_mlp(width, width), nn.Linear(width, classes))

    def forward(self, encoding: Encoding) -> Tensor:
        values = self.local(encoding.per_point) + self.context(encoding.pooled)[:, None]
        return self.out(torch.relu(self.norm(values)))


class DecoderHead(nn.Module):
    """The auto-encoder's second half: draws ``points`` points from the pooled code, ``Encoding`` -> (B, points, 3)."""

    def __init__(self, pooled: int, points: int = 512, width: int = 256) -> None:
        super().__init__()
        self.points = points
        self.body = nn.Sequential(shared_mlp(pooled, width, width), nn.Linear(width, points * 3))

    def forward(self, encoding: Encoding) -> Tensor:
        return self.body(encoding.pooled).view(-1, self.points, 3)
