"""The reader of printed letters: a line of print as a picture → probabilities of letters from left to right.

A small convolutional network whose columns are labelled with connectionist temporal classification (Graves et al., 2006), so that
letters need not be cut apart first.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ...spatial.checkpoint import load_weights, read_header

KIND = "lettering"
WEIGHTS = Path(__file__).parent.parent.parent / "weights" / "lettering.safetensors"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,'\"-/² "  # lower case is read as upper case
HEIGHT = 24  # pixels of a line
COLUMN = 2  # pixels that give one column of probabilities
BLANK = 0


@dataclass
class LetteringConfig:
    """``letters`` in the order of the outputs after the blank; ``width``: channels."""

    letters: str = LETTERS
    width: int = 16


class LetteringNetwork(nn.Module):
    """(B, 1, HEIGHT, W) ink from 0 to 1 → (B, W / COLUMN, 1 + letters) logarithms of probabilities."""

    def __init__(self, config: LetteringConfig) -> None:
        super().__init__()
        self.config = config
        w = config.width
        self.seen = nn.Sequential(
            nn.Conv2d(1, w, 3, padding=1), nn.BatchNorm2d(w), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(w, 2 * w, 3, padding=1), nn.BatchNorm2d(2 * w), nn.ReLU(), nn.MaxPool2d((2, 1)),
            nn.Conv2d(2 * w, 3 * w, 3, padding=1), nn.BatchNorm2d(3 * w), nn.ReLU(), nn.MaxPool2d((2, 1)),
            nn.Conv2d(3 * w, 4 * w, 3, padding=(0, 1)), nn.BatchNorm2d(4 * w), nn.ReLU(),
        )  # fmt: skip
        self.read = nn.Sequential(
            nn.Conv1d(4 * w, 4 * w, 5, padding=2), nn.BatchNorm1d(4 * w), nn.ReLU(), nn.Conv1d(4 * w, 1 + len(config.letters), 1)
        )

    def forward(self, lines: Tensor) -> Tensor:
        return self.read(self.seen(lines).squeeze(2)).transpose(1, 2).log_softmax(-1)


@functools.lru_cache(maxsize=1)
def network(path: Path = WEIGHTS) -> LetteringNetwork:
    """The trained reader."""
    header = read_header(path, KIND)
    made = LetteringNetwork(LetteringConfig(**header["config"]))
    load_weights(path, made)
    return made.eval()


def read_lines(pictures: list[np.ndarray]) -> list[np.ndarray]:
    """For every picture of a line (HEIGHT, W) ink 0..1: (W / COLUMN, 1 + letters) logarithms of probabilities."""
    if not pictures:
        return []
    widest = max(picture.shape[1] for picture in pictures)
    batch = np.zeros((len(pictures), 1, HEIGHT, widest), np.float32)
    for k, picture in enumerate(pictures):
        batch[k, 0, :, : picture.shape[1]] = picture
    with torch.no_grad():
        found = network()(torch.from_numpy(batch)).numpy()
    return [found[k, : picture.shape[1] // COLUMN] for k, picture in enumerate(pictures)]


def plain(columns: np.ndarray) -> tuple[str, float]:
    """The likeliest letters of a line, and the mean probability of its columns that hold one."""
    best = columns.argmax(1)
    new = (best != BLANK) & (np.r_[-1, best[:-1]] != best)
    sure = np.exp(columns.max(1)[best != BLANK])
    return "".join(LETTERS[k - 1] for k in best[new]).strip(), float(sure.mean()) if len(sure) else 0.0


def likelihood(columns: np.ndarray, text: str) -> float:
    """The logarithm of the probability that the line says ``text`` (the forward pass of connectionist temporal classification)."""
    labels = [BLANK]
    for letter in text:
        labels += [LETTERS.index(letter) + 1, BLANK]
    emitted = columns[:, labels]
    skip = np.zeros(len(labels), bool)
    skip[3::2] = np.array(labels[3::2]) != np.array(labels[1:-2:2])
    here = np.full(len(labels), -np.inf)
    here[:2] = emitted[0, :2]
    for row in emitted[1:]:
        one = np.r_[-np.inf, here[:-1]]
        two = np.where(skip, np.r_[-np.inf, -np.inf, here[:-2]], -np.inf)
        here = np.logaddexp(np.logaddexp(here, one), two) + row
    return float(np.logaddexp(here[-1], here[-2]))
