"""Which word plays which part: a small recurrent tagger over the sentence encoder's token features.

Each word is seen as the embedded MiniLM sees it in its sentence (two layers of hidden states) and by its letters (hashed
trigrams, so that misspelt words still look like themselves). Two bidirectional gated recurrent layers (Cho et al., 2014) read the
request; three heads say of each word its tag, its clause's intent and whether a clause begins.
"""

from __future__ import annotations

import functools
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..crossmodal.text import text_encoder
from ..spatial.checkpoint import config_values, load_weights, read_header, save_network
from .tags import INTENTS, TAGS

KIND = "requests"
WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "requests.safetensors"
LAYERS = (2, 6)  # of the encoder's hidden states
BUCKETS = 2048  # of letter trigrams
GRAMS = 12  # trigrams of a word that are looked at
LONGEST = 60  # words of a request
JOINTS = frozenset(("and", "then", ",", ";", ".", "afterwards", "also", "next", "finally", "plus", "after", "that"))
_WORD = re.compile(r"[a-z]+\d+\b(?=\s|$)|\d+(?:[.,]\d+)*|[a-z]+(?:['’][a-z]+)?(?:-[a-z]+)*|[^\s\w]|\w+")


def words_of(text: str) -> list[str]:
    """A request's words, in lower case; marks are words of their own."""
    return _WORD.findall(text.lower().replace("’", "'"))[:LONGEST]


def capital(words: list[str]) -> list[bool]:
    """Whether each word as written begins with a capital, which names do; in a text in capitals none does."""
    begins = [word[:1].isupper() for word in words]
    return [begin and number > 0 and not all(begins) for number, begin in enumerate(begins)]


def trigrams(word: str) -> list[int]:
    """``GRAMS`` bucket numbers of a word's letter trigrams, 0 where it has fewer."""
    marked = f"<{word}>"
    found = [1 + zlib.crc32(marked[k : k + 3].encode()) % (BUCKETS - 1) for k in range(max(1, len(marked) - 2))][:GRAMS]
    return found + [0] * (GRAMS - len(found))


@torch.inference_mode()
def word_features(requests: list[list[str]], quick: bool = False) -> list[np.ndarray]:
    """Of each request (W, 768) float32: what the embedded encoder makes of its words, the mean over a word's pieces.

    ``quick``: in bfloat16, for training.
    """
    encoder = text_encoder({})
    tokens = encoder.tokenizer(
        requests, is_split_into_words=True, padding=True, truncation=True, max_length=160, return_tensors="pt"
    )
    with torch.autocast("cpu", torch.bfloat16, enabled=quick):
        hidden = encoder.model(**tokens, output_hidden_states=True).hidden_states
    layers = torch.cat([hidden[k] for k in LAYERS], dim=2).float().numpy()
    found = []
    for number, words in enumerate(requests):
        owner = tokens.word_ids(number)
        total = np.zeros((len(words), layers.shape[2]), np.float32)
        count = np.zeros(len(words), np.float32)
        for at, word in enumerate(owner):
            if word is not None:
                total[word] += layers[number, at]
                count[word] += 1
        found.append(total / np.maximum(count, 1)[:, None])
    return found


@dataclass
class TaggerConfig:
    """``tags`` and ``intents`` in the order of the outputs; ``inputs`` values of a word, ``width`` of each direction's state."""

    tags: tuple[str, ...] = TAGS
    intents: tuple[str, ...] = INTENTS
    inputs: int = 384 * len(LAYERS)  # and one more: whether it is capitalised
    letters: int = 48
    width: int = 128
    dropout: float = 0.3


class Tagger(nn.Module):
    """Inputs: features (B, W, inputs), grams (B, W, GRAMS) int, capitals (B, W) bool, lengths (B,)."""

    def __init__(self, config: TaggerConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.letters = nn.EmbeddingBag(BUCKETS, config.letters, mode="mean", padding_idx=0)
        self.lower = nn.Sequential(nn.LayerNorm(config.inputs), nn.Dropout(config.dropout), nn.Linear(config.inputs, width))
        self.read: Any = nn.GRU(
            width + config.letters + 1, width, num_layers=2, batch_first=True, bidirectional=True, dropout=config.dropout
        )
        self.after = nn.Dropout(config.dropout)
        self.tag = nn.Linear(2 * width, len(config.tags))
        self.intent = nn.Linear(4 * width, len(config.intents))
        self.start = nn.Linear(2 * width, 1)

    def forward(self, features: Tensor, grams: Tensor, capitals: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of tags (B, W, tags), intents (B, W, intents) and starts (B, W)."""
        count, longest = grams.shape[:2]
        letters = self.letters(grams.reshape(-1, GRAMS)).reshape(count, longest, -1)
        packed = nn.utils.rnn.pack_padded_sequence(
            torch.cat([self.lower(features), letters, capitals[..., None].float()], dim=2),
            lengths.cpu(),
            batch_first=True,
            enforce_sorted=False,
        )
        state, _ = nn.utils.rnn.pad_packed_sequence(self.read(packed)[0], batch_first=True, total_length=longest)
        state = self.after(state)
        there = (torch.arange(longest)[None] < lengths[:, None])[..., None].float()
        whole = (state * there).sum(dim=1) / lengths[:, None].float()
        about = torch.cat([state, whole[:, None].expand(-1, longest, -1)], dim=2)
        return self.tag(state), self.intent(about), self.start(state)[..., 0]

    def save(self, path: str | Path, notes: dict) -> None:
        """Writes the weights in half precision with ``notes``."""
        save_network(path, self, KIND, self.config, notes, half=True)

    @classmethod
    def load(cls, path: str | Path) -> tuple[Tagger, dict]:
        """The network in evaluation mode and its notes. Raises WorldwrightError."""
        header = read_header(path, KIND)
        network = cls(TaggerConfig(**config_values(header)))
        load_weights(path, network)
        return network.eval().requires_grad_(False), header["notes"]


@dataclass
class Clause:
    """One clause: its words in lower case and as written, their tags and how sure they are, its intent and how sure that is, and
    the likeliest intents with their probabilities."""

    words: list[str]
    original: list[str]
    tags: list[str]
    sure: list[float]
    intent: str
    confidence: float
    ranking: list[tuple[str, float]]


@functools.lru_cache(maxsize=1)
def shipped() -> tuple[Tagger, dict]:
    """The embedded tagger, loaded once in a process."""
    return Tagger.load(WEIGHTS)


@torch.inference_mode()
def read_clauses(text: str) -> list[Clause]:
    """The clauses of a request, read by the shipped tagger."""
    plain = text.replace("’", "'")
    spans = [match.span() for match in _WORD.finditer(plain.lower())][:LONGEST]
    words, written = words_of(text), [plain[start:end] for start, end in spans]
    if not words:
        return []
    network, _ = shipped()
    features = torch.from_numpy(word_features([words])[0])[None]
    grams, capitals = torch.tensor([[trigrams(word) for word in words]]), torch.tensor([capital(written)])
    tags, intents, starts = network(features, grams, capitals, torch.tensor([len(words)]))
    tag = tags[0].softmax(dim=1)
    likely = intents[0].log_softmax(dim=1)
    begins = [0, *(k for k in range(1, len(words)) if float(starts[0, k]) > 0 or _turns(words, likely, k)), len(words)]
    clauses = []
    for start, end in zip(begins[:-1], begins[1:], strict=True):
        last = end
        while last > start + 1 and words[last - 1] in JOINTS:  # they belong to what follows
            last -= 1
        shares = likely[start:last].mean(dim=0).softmax(dim=0)
        order = shares.argsort(descending=True)[:4].tolist()
        ranking = [(network.config.intents[k], float(shares[k])) for k in order]
        best = tag[start:end].max(dim=1)
        names = [network.config.tags[k] for k in best.indices.tolist()]
        clauses += _gaps(Clause(words[start:end], written[start:end], names, best.values.tolist(), *ranking[0], ranking))
    return clauses


def _turns(words: list[str], likely: Tensor, k: int) -> bool:
    """Whether another clause begins at a word after “and”: its words are of another intent than those before."""
    if words[k - 1] not in ("and", "then", ";", ".") or k < 3 or len(words) - k < 2:
        return False
    before, after = likely[: k - 1].mean(dim=0).softmax(dim=0), likely[k:].mean(dim=0).softmax(dim=0)
    return int(before.argmax()) != int(after.argmax()) and float(after.max()) > 0.6 and float(before.max()) > 0.6


def _gaps(clause: Clause) -> list[Clause]:
    """A clause cut where its verb serves twice: “put the cup on the table and the vase on the shelf”."""
    if clause.intent not in ("move", "create_prop", "restyle"):
        return [clause]
    values = ("COL", "MAT") if clause.intent == "restyle" else ("DR", "DQ", "DH")
    first = ("NQ", "NA", "NH") if clause.intent == "create_prop" else ("TQ", "TA", "TH")
    for k, word in enumerate(clause.words[:-2]):
        before, after = clause.tags[:k], clause.tags[k + 1 :]
        if (
            word in ("and", ",")
            and after[0] in first
            and any(tag in values for tag in before)
            and any(tag in values for tag in after)
        ):
            halves = [(slice(0, k), clause), (slice(k + 1, None), clause)]
            parts = [
                Clause(one.words[at], one.original[at], one.tags[at], one.sure[at], one.intent, one.confidence, one.ranking)
                for at, one in halves
            ]
            return [parts[0], *_gaps(parts[1])]
    return [clause]
