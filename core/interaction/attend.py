"""Words, pointing, pictures and gestures choose things together: a small cross-modal transformer over all of their tokens.

Every word of the request is a token (its sentence vector and its tag), every thing of the scene is one (what it is called, how
like that is to what was said, where it is, whether it was selected, pointed at, touched or made before), and so are the place
that was pointed at, the gesture, and the colours of a shown picture. After attention among all of them each thing's token says
how much it is what is acted on, and how much where something goes. Absent tokens are masked, so any subset serves; training
leaves them out at random (ModDrop, Neverova et al., 2015).
"""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from ..crossmodal.fusion import Layer
from ..crossmodal.text import text_encoder
from ..errors import WorldwrightError
from ..spatial.checkpoint import config_values, load_weights, read_header, save_network
from .scene_graph import Graph, Thing
from .tags import TAGS

if TYPE_CHECKING:
    from .references import Context

KIND = "targets"
WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "targets.safetensors"
FLAGS = 16  # numbers of a thing's token beside its vector
SHOWN = 16 + 15  # numbers of the token of what was shown: place, gesture, colours
CLEAR = 1.0  # by how much the preferred thing's logit must exceed the next


@dataclass
class AttentionConfig:
    """``words`` width of the sentence vectors; ``width``, ``layers`` and ``heads`` of the transformer."""

    tags: tuple[str, ...] = TAGS
    words: int = 384
    width: int = 96
    layers: int = 2
    heads: int = 4
    dropout: float = 0.1


class TargetAttention(nn.Module):
    """Inputs: words (B, W, words), tags (B, W) int, things (B, N, words), flags (B, N, FLAGS), shown (B, SHOWN), and what is
    there: word_there (B, W), thing_there (B, N), shown_there (B,) bool. Output (B, N, 2): logits of target and destination."""

    def __init__(self, config: AttentionConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.word, self.tag = nn.Linear(config.words, width), nn.Embedding(len(config.tags), width)
        self.thing, self.flags = (
            nn.Linear(config.words, width),
            nn.Sequential(nn.Linear(FLAGS, width), nn.GELU(), nn.Linear(width, width)),
        )
        self.shown = nn.Linear(SHOWN, width)
        self.kinds = nn.Parameter(torch.randn(3, width) * 0.02)
        self.layers = nn.ModuleList([Layer(width, config.heads, config.dropout) for _ in range(config.layers)])
        self.norm = nn.LayerNorm(width)
        self.choose = nn.Linear(width + FLAGS, 2)

    def forward(
        self, words: Tensor, tags: Tensor, things: Tensor, flags: Tensor, shown: Tensor, word_there: Tensor, thing_there: Tensor,
        shown_there: Tensor,
    ) -> Tensor:  # fmt: skip
        said = self.word(words) + self.tag(tags) + self.kinds[0]
        known = self.thing(things) + self.flags(flags) + self.kinds[1]
        seen = (self.shown(shown) + self.kinds[2])[:, None]
        tokens = torch.cat([known, said, seen], dim=1)
        absent = ~torch.cat([thing_there, word_there, shown_there[:, None]], dim=1)
        for layer in self.layers:
            tokens = layer(tokens, absent)
        return self.choose(torch.cat([self.norm(tokens[:, : things.shape[1]]), flags], dim=2))

    def save(self, path: str | Path, notes: dict) -> None:
        """Writes the weights in half precision with ``notes``."""
        save_network(path, self, KIND, self.config, notes, half=True)

    @classmethod
    def load(cls, path: str | Path) -> tuple[TargetAttention, dict]:
        """The network in evaluation mode and its notes. Raises WorldwrightError."""
        header = read_header(path, KIND)
        network = cls(AttentionConfig(**config_values(header)))
        load_weights(path, network)
        return network.eval().requires_grad_(False), header["notes"]


def description(thing: Thing) -> str:
    """What a thing is known as: “red office chair”."""
    kind = (thing.prop or thing.label or thing.name).replace("_", " ")
    return " ".join(word for word in (thing.color, thing.material, kind) if word).lower()


def shown_values(graph: Graph, colors: list[str]) -> tuple[np.ndarray, bool]:
    """(SHOWN,) numbers of the place, the gesture and a picture's colours, and whether anything was shown."""
    values = np.zeros(SHOWN, np.float32)
    if graph.pointed is not None:
        values[0], values[1:4] = 1.0, np.tanh(np.array(graph.pointed) / 10)
    if graph.gesture:
        values[4 + zlib.crc32(graph.gesture.encode()) % 12] = 1.0
    for number, code in enumerate(colors[:5]):
        values[16 + 3 * number : 19 + 3 * number] = [int(code[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return values, bool(np.any(values))


def flags_of(
    graph: Graph, things: list[Thing], words: list[str], tags: list[str], before: tuple[str, ...], touched: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """(N, FLAGS) what is known of each thing in this request, and (N, words) the vectors of their descriptions."""
    encoder = text_encoder({})
    vectors = encoder.remembered([description(thing) for thing in things])
    flags = np.zeros((len(things), FLAGS), np.float32)
    for column, part in enumerate((("TH",), ("TA", "TH"), ("TA",), ("DH",), ("DA", "DH"))):
        said = " ".join(word for word, tag in zip(words, tags, strict=True) if tag in part)
        if said:
            flags[:, column] = vectors @ encoder.remembered([said])[0]
    low, high = graph.room()
    span = np.maximum(high - low, 0.1)
    for row, thing in enumerate(things):
        marks = (graph.selected, graph.recent[-1:], graph.recent, (graph.pointed_at,), before, touched)
        flags[row, 5:11] = [thing.name in names for names in marks]
        if graph.pointed is not None:
            flags[row, 11] = np.exp(-float(np.linalg.norm(thing.middle - np.array(graph.pointed))))
        flags[row, 12] = float(thing.shell)
        flags[row, 13:15] = ((thing.middle - low) / span)[:2] - 0.5
        flags[row, 15] = float(np.tanh(np.prod(thing.size) ** (1 / 3) / 2))
    return flags, vectors


class Attention:
    """The trained network over a scene and a request."""

    def __init__(self, network: TargetAttention) -> None:
        self.network = network

    @torch.inference_mode()
    def scores(self, context: Context, things: list[Thing]) -> np.ndarray:
        """(N, 2) logits of being the target and being the destination, for what was said and shown."""
        words, tags = list(context.words), list(context.tags)
        flags, vectors = flags_of(context.graph, things, words, tags, context.before, context.touched)
        shown, there = shown_values(context.graph, list(context.colors))
        spoken = text_encoder({}).remembered(words) if words else np.zeros((1, self.network.config.words), np.float32)
        tag = [self.network.config.tags.index(tag) for tag in tags] or [0]
        logits = self.network(
            torch.from_numpy(spoken)[None], torch.tensor([tag]), torch.from_numpy(vectors)[None], torch.from_numpy(flags)[None],
            torch.from_numpy(shown)[None], torch.full((1, len(tag)), bool(words)), torch.ones(1, len(things), dtype=torch.bool),
            torch.tensor([there]),
        )  # fmt: skip
        return logits[0].numpy()

    def prefer(self, context: Context, left: list[Thing], number: int, role: str = "T") -> list[Thing]:
        """The ``number`` of the things that the attention clearly prefers, or none."""
        if len(left) <= number:
            return left
        score = self.scores(context, left)[:, 0 if role == "T" else 1]
        order = np.argsort(-score, kind="stable")
        if score[order[number - 1]] - score[order[number]] < CLEAR:
            return []
        return [left[k] for k in sorted(order[:number])]


@functools.lru_cache(maxsize=1)
def attention() -> Attention | None:
    """The shipped network, loaded once in a process; None where its weights are missing."""
    try:
        return Attention(TargetAttention.load(WEIGHTS)[0])
    except WorldwrightError:
        return None
