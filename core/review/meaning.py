"""What a text may be about, by its meaning: a small classifier over sentence vectors. Needs torch and the text encoder."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ..crossmodal import store
from ..crossmodal.text import text_encoder
from ..spatial.checkpoint import load_weights, read_header
from .words import KINDS, Concern, concerns_of

KIND = "review"
WEIGHTS = Path(__file__).parent.parent / "weights" / "review.safetensors"
FINE = "fine"


@dataclass
class ReviewConfig:
    """``kinds`` in the order of the outputs, the first harmless; ``width`` of a sentence vector."""

    kinds: tuple[str, ...]
    width: int = 384


class ReviewNetwork(nn.Module):
    """Sentence vectors (B, width) → logits (B, kinds)."""

    def __init__(self, config: ReviewConfig) -> None:
        super().__init__()
        self.config = config
        self.layer = nn.Linear(config.width, len(config.kinds))

    def forward(self, vectors: Tensor) -> Tensor:
        return self.layer(vectors * 10)


@functools.lru_cache(maxsize=1)
def _shipped() -> tuple[ReviewNetwork, float]:
    header = read_header(WEIGHTS, KIND)
    network = ReviewNetwork(ReviewConfig(tuple(header["config"]["kinds"]), header["config"]["width"]))
    load_weights(WEIGHTS, network)
    return network.eval().requires_grad_(False), float(header["notes"]["threshold"])


def available() -> bool:
    """Whether meanings can be judged; where not, the word list alone looks."""
    return store.available("text") and WEIGHTS.exists()


@torch.inference_mode()
def concerns_of_all(texts: list[str]) -> list[list[Concern]]:
    """The concerns of each text, by its words and, where the encoder is installed, by its meaning."""
    found = [concerns_of(text) for text in texts]
    if not texts or not available():
        return found
    network, threshold = _shipped()
    chances = network(torch.from_numpy(text_encoder().remembered(texts))).softmax(dim=-1)
    for text, own, row in zip(texts, found, chances, strict=True):
        kind = network.config.kinds[int(row[1:].argmax()) + 1]
        doubt = 1 - float(row[0])
        if doubt > threshold and text.strip() and kind not in {concern.kind for concern in own}:
            own.append(Concern(kind, f"It reads like {KINDS[kind]} ({doubt:.0%}).", round(doubt, 3)))
    return found
