"""A forest of extremely randomised trees (Geurts, Ernst & Wehenkel, Machine Learning 2006) as tensors: only the asking.

Grown by ``learning.forest``. A tree's nodes stand in depth-first order, so the left child of a node is the next one.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from ..spatial.statistics import measure_shape

LEAF = 255  # in ``question``: this node answers


class Forest(nn.Module):
    """``question`` (T, M) uint8 number of the statistic asked, or LEAF; ``threshold`` (T, M): at most goes left; ``right``
    (T, M) int16 the right child, or at a leaf the class it answers."""

    question: Tensor
    threshold: Tensor
    right: Tensor

    def __init__(self, trees: int, nodes: int, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.register_buffer("question", torch.full((trees, nodes), LEAF, dtype=torch.uint8))
        self.register_buffer("threshold", torch.zeros(trees, nodes))
        self.register_buffer("right", torch.zeros(trees, nodes, dtype=torch.int16))

    def read(self, positions: Tensor, normals: Tensor) -> Tensor:
        """(B, N, 3) positions and unit normals -> probabilities (B, classes): the share of trees that answered each."""
        rows = [measure_shape(p, n) for p, n in zip(positions.numpy(), normals.numpy(), strict=True)]
        return self.vote(torch.from_numpy(np.stack(rows)))

    def vote(self, statistics: Tensor) -> Tensor:
        """(B, STATISTICS) -> (B, classes)."""
        values = statistics.half().float()  # as in growing: thresholds are kept in half precision
        trees = torch.arange(len(self.question))[:, None].expand(-1, len(values))
        samples = torch.arange(len(values)).expand(len(self.question), -1)
        node = torch.zeros_like(trees)
        while True:
            question = self.question[trees, node].long()
            asking = question != LEAF
            if not asking.any():
                break
            left = values[samples, question.clamp(max=values.shape[1] - 1)] <= self.threshold[trees, node]
            ahead = torch.where(left, node + 1, self.right[trees, node].long())
            node = torch.where(asking, ahead, node)
        answer = self.right[trees, node].long()
        return nn.functional.one_hot(answer, self.classes).float().mean(dim=0)
