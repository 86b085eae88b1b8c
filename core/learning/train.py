"""Training to name things: class balance, label smoothing, validation by top-1 and top-3, in the one loop of ``loop``.

The shipped annotator and every model of the artist's own are trained by it.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from ..annotation.network import Annotator, AnnotatorConfig, Committee
from ..spatial.descriptor import describe
from .augment import NONE, Augmentation, augment
from .data import Library
from .loop import Loop, TrainConfig
from .machines import ALONE, Machines

__all__ = ["TrainConfig", "Training", "new_network", "predict"]


class Training(Loop):
    """One run. ``targets`` (n,) leaf numbers of the library's models, -1 where there is none."""

    network: Annotator

    def __init__(
        self,
        network: Annotator,
        library: Library,
        train: np.ndarray,
        held: np.ndarray,
        config: TrainConfig,
        machines: Machines = ALONE,
    ) -> None:
        leaves = network.config.leaves
        self.targets = torch.tensor([leaves.index(leaf) if leaf in leaves else -1 for leaf in library.leaves])
        known = self.targets.numpy() >= 0
        super().__init__(network, library, train[known[train]], held[known[held]], config, machines)
        counts = torch.bincount(self.targets[self.train], minlength=len(leaves)).float()
        self.chance = counts[self.targets[self.train]] ** -config.balance

    def begin(self) -> None:
        """Measures the spread of the descriptor, where the network does not know it yet."""
        if self.network.config.descriptor and self.config.standardise:
            pick = self.train[torch.randint(len(self.train), (min(512, len(self.train)),), generator=self.generator)]
            clouds = self.library.batch(pick, self.config.points, self.generator)
            self.network.standardise(describe(*augment(*clouds, self.config.augmentation, self.generator)))

    def loss(self, index: Tensor) -> Tensor:
        """Cross entropy with label smoothing."""
        inputs = self.draw(index)
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network(*inputs)
        return nn.functional.cross_entropy(scores.float(), self.targets[index[self.share]], label_smoothing=self.config.smoothing)

    def validate(self) -> dict[str, float]:
        """Loss, top-1 and top-3 on the held-out models; empty when there are none."""
        if len(self.held) == 0:
            return {}
        scores = predict(self.network, self.library, self.held, views=2, points=2 * self.config.points)
        wanted = self.targets[self.held]
        best = scores.topk(min(3, scores.shape[1])).indices == wanted[:, None]
        loss = nn.functional.nll_loss(scores, wanted).item()
        top1, top3 = best[:, 0].float().mean().item(), best.any(dim=1).float().mean().item()
        return {"held_loss": loss, "held_top1": top1, "held_top3": top3}


def new_network(leaves: list[str], config: AnnotatorConfig | None = None, seed: int = 0) -> Annotator:
    """A network with weights drawn from ``seed``; ``config`` defaults to the shipped architecture."""
    torch.manual_seed(seed)
    return Annotator(config or AnnotatorConfig(leaves=tuple(leaves)))


@torch.no_grad()
def predict(
    network: Annotator | Committee,
    library: Library,
    index: Tensor,
    views: int = 4,
    points: int = 1024,
    change: Augmentation = NONE,
    seed: int = 0,
) -> Tensor:
    """Log-probabilities (n, leaves) of the models ``index`` of the library; ``change`` can take colours or normals away."""
    network.eval()
    generator, parts = torch.Generator().manual_seed(seed), []
    for some in index.split(64):
        inputs = augment(*library.batch(some, points, generator), change, generator)
        parts.append(network.read(*inputs, views=views)[0])
    return torch.cat(parts)
