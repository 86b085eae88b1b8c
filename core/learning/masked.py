"""Learning shapes without labels from masked point patches (Point-MAE: Pang et al., ECCV 2022, at a size two cores can train).

Of each cloud the surroundings of a few random centres are taken away. The encoder reads what is left, and a small decoder draws
each missing patch again from the one code of the whole and the patch's centre. So any encoder can learn this way, not a
transformer only, and it costs less than reading whole clouds. Two such views of one model, turned and stretched differently, must
also have like embeddings and different models unlike ones (InfoNCE: van den Oord et al. 2018; Chen et al., ICML 2020).

Where pictures of the models were rendered, a teacher takes the place of that agreement: code and embedding must tell what a
picture encoder sees of the same model (in the spirit of CrossPoint: Afham et al., CVPR 2022). No labels are read either way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..annotation.network import Annotator
from ..spatial.encoding import fourier, shared_mlp
from ..spatial.losses import smooth_l1_chamfer
from .augment import Augmentation

BANDS = 4  # Fourier frequencies of a centre
CHANGE = Augmentation(lean=0.1, stretch=0.25, jitter=0.01, crop=0.2, thin=0.0, lose_colors=0.8, tint=0.3)
"""How the two views of a model differ. Colours go most of the time, or a model would be known by its colour alone."""


@dataclass
class MaskedConfig:
    """``visible`` share of a cloud's points is read; ``masked`` centres, of which patches of ``patch`` points are drawn again;
    ``code`` the width in which two views of one model agree, at ``temperature``, and how much that counts (``agree``)."""

    visible: float = 0.5
    masked: int = 6
    patch: int = 24
    code: int = 64
    temperature: float = 0.2
    agree: float = 0.5


class MaskedPatches(nn.Module):
    """A network with what it needs to learn: a decoder of patches and a projector of embeddings."""

    teacher: Tensor | None

    def __init__(self, trunk: Annotator, config: MaskedConfig | None = None, teacher: Tensor | None = None) -> None:
        """``teacher`` (n, D): of every model of the library, what a picture encoder sees, whitened."""
        super().__init__()
        self.trunk, self.config = trunk, config or MaskedConfig()
        self.context = nn.Linear(trunk.config.encoder.pooled, 128)
        self.centre = nn.Linear(3 + 6 * BANDS, 128)
        self.patch = nn.Sequential(nn.GELU(), shared_mlp(128, 128), nn.Linear(128, 3 * self.config.patch))
        self.projector = nn.Sequential(shared_mlp(trunk.config.width, 128), nn.Linear(128, self.config.code))
        self.teacher = teacher
        if teacher is not None:
            self.by_code = nn.Linear(trunk.config.encoder.pooled, teacher.shape[1])
            self.by_embedding = nn.Linear(trunk.config.width, teacher.shape[1])

    def mask(self, positions: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Numbers of the visible points (B, visible), centres (B, masked, 3), patches (B, masked, patch, 3) about their centres."""
        batch, count, _ = positions.shape
        pick = torch.rand(batch, count, generator=generator).argsort(dim=1)[:, : self.config.masked]
        centres = positions.gather(1, pick[..., None].expand(-1, -1, 3))
        distance = torch.cdist(centres, positions)
        near = distance.topk(self.config.patch, largest=False).indices.flatten(1)
        patches = positions.gather(1, near[..., None].expand(-1, -1, 3)).view(batch, -1, self.config.patch, 3) - centres[:, :, None]
        visible = distance.min(dim=1)[0].topk(round(self.config.visible * count)).indices
        return visible, centres, patches

    def view(self, positions: Tensor, features: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Code (B, pooled) and embedding (B, width) of what is visible; how far the drawn patches lie from the true ones."""
        visible, centres, patches = self.mask(positions, generator)
        index = visible[..., None]
        seen = positions.gather(1, index.expand(-1, -1, 3)), features.gather(1, index.expand(-1, -1, features.shape[-1]))
        with torch.autocast("cpu", torch.bfloat16):
            encoding = self.trunk.encoder(*seen)
            code = self.trunk.norm(encoding.pooled)
            embedding = self.trunk.embed_encoding(encoding, positions, features)
            drawn = self.patch(self.context(code)[:, None] + self.centre(fourier(centres, BANDS)))
        scale = patches.norm(dim=-1).amax(dim=-1)[..., None, None].clamp_min(1e-4)  # every patch counts the same
        drawn = drawn.float().view_as(patches).flatten(0, 1)
        return code.float(), embedding.float(), smooth_l1_chamfer(drawn, (patches / scale).flatten(0, 1), beta=0.1)

    def loss(self, draw: Callable[[], tuple[Tensor, Tensor]], index: Tensor, generator: torch.Generator) -> Tensor:
        """The loss of the models ``index``; ``draw`` gives their positions and features, changed anew each time."""
        code, embedding, there = self.view(*draw(), generator)
        if self.teacher is not None:
            wanted = self.teacher[index]
            told = nn.functional.mse_loss(self.by_code(code), wanted)
            return there.mean() + told + nn.functional.mse_loss(self.by_embedding(embedding), wanted)
        _, other, back = self.view(*draw(), generator)
        first, second = (nn.functional.normalize(self.projector(one), dim=-1) for one in (embedding, other))
        likeness = first @ second.T / self.config.temperature
        same = torch.arange(len(likeness))
        agree = (nn.functional.cross_entropy(likeness, same) + nn.functional.cross_entropy(likeness.T, same)) / 2
        return (there.mean() + back.mean()) / 2 + self.config.agree * agree


def whitened(pictures: Tensor, index: Tensor, width: int = 64) -> Tensor:
    """Features (n, D) of pictures as a teacher (n, width): the main directions among the models ``index``, equally wide."""
    known = pictures[index].float()
    mean, spread = known.mean(dim=0), known.std(dim=0) + 1e-3
    _, sizes, directions = torch.linalg.svd((known - mean) / spread, full_matrices=False)
    scores = ((pictures.float() - mean) / spread) @ directions[:width].T
    return (scores / (sizes[:width] / len(known) ** 0.5).sqrt()) / 3  # halfway to equal: the main ones still count more
