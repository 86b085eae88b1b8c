"""Touch → material: what a finger or a probe feels while it strokes a surface, from a 6-axis motion sensor at 100 Hz.

A window's short-time spectra are read by convolutions over time, as vibration carries the texture (Strese et al., "Multimodal
feature-based surface material classification", IEEE Transactions on Haptics 2017).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..spatial.checkpoint import load_weights, read_header
from .recording import AXES

KIND = "touch"
WEIGHTS = Path(__file__).parent.parent / "weights" / "touch.safetensors"
WINDOW = 200  # samples read at once
FRAME, HOP = 32, 16  # samples of one spectrum, and between two
BANDS = FRAME // 2


@dataclass
class TouchConfig:
    """``materials`` in the order of the outputs; ``width`` of the vector before them."""

    materials: tuple[str, ...]
    width: int = 48
    dropout: float = 0.3


class TouchNetwork(nn.Module):
    """(B, WINDOW, 6) samples → logits (B, materials)."""

    def __init__(self, config: TouchConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.normal = nn.BatchNorm1d(BANDS * len(AXES))
        self.filters = nn.Sequential(
            nn.Conv1d(BANDS * len(AXES), width, 1), nn.GELU(), nn.Conv1d(width, width, 3, padding=1), nn.GELU()
        )
        self.dropout = nn.Dropout(config.dropout)
        self.out = nn.Linear(2 * width, len(config.materials))

    def embed(self, samples: Tensor) -> Tensor:
        """(B, 2 * width)."""
        frames = samples.unfold(1, FRAME, HOP)  # (B, frames, 6, FRAME)
        frames = (frames - frames.mean(dim=-1, keepdim=True)) * torch.hann_window(FRAME, dtype=samples.dtype)
        spectrum = torch.fft.rfft(frames, dim=-1).abs()[..., 1:]
        levels = (spectrum + 1e-4).log().flatten(2).transpose(1, 2)  # (B, 6 * BANDS, frames)
        felt = self.filters(self.normal(levels))
        return torch.cat([felt.mean(dim=-1), felt.amax(dim=-1)], dim=-1)

    def forward(self, samples: Tensor) -> Tensor:
        return self.out(self.dropout(self.embed(samples)))


@dataclass
class Felt:
    """What was felt: ``materials`` name → probability, ``vector`` (2 * width,), and the vibration's mean strength by frequency:
    ``spectrum`` (BANDS,) of accelerations, from 3 to 50 Hz."""

    materials: dict[str, float]
    vector: np.ndarray
    spectrum: np.ndarray

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest material and its probability."""
        return max(self.materials.items(), key=lambda item: item[1])


def windows(samples: np.ndarray, step: int = WINDOW // 2) -> np.ndarray:
    """(n, WINDOW, 6) overlapping windows of a recording; a shorter one is repeated to fill its only window."""
    if len(samples) < WINDOW:
        samples = np.tile(samples, (-(-WINDOW // len(samples)), 1))[:WINDOW]
    return np.stack([samples[start : start + WINDOW] for start in range(0, len(samples) - WINDOW + 1, step)])


class TouchReader:
    """The shipped network."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        header = read_header(path, KIND)
        config = dict(header["config"])
        self.network = TouchNetwork(TouchConfig(materials=tuple(config.pop("materials")), **config))
        load_weights(path, self.network)
        self.network.eval().requires_grad_(False)

    @torch.inference_mode()
    def feel(self, samples: np.ndarray) -> Felt:
        """``samples`` (T, 6) as ``read_touch`` gives them; probabilities are averaged over the recording."""
        parts = torch.from_numpy(windows(samples))
        embedded = self.network.embed(parts)
        chances = self.network.out(embedded).softmax(dim=-1).mean(dim=0)
        names = self.network.config.materials
        return Felt(dict(zip(names, chances.tolist(), strict=True)), embedded.mean(dim=0).numpy(), spectrum(samples))


def spectrum(samples: np.ndarray) -> np.ndarray:
    """(BANDS,) mean amplitude of the accelerations at each frequency of a frame, 3.1 Hz apart."""
    frames = np.lib.stride_tricks.sliding_window_view(samples[:, :3], FRAME, axis=0)[::HOP]
    amplitude = np.abs(np.fft.rfft((frames - frames.mean(axis=-1, keepdims=True)) * np.hanning(FRAME), axis=-1))[..., 1:]
    return amplitude.mean(axis=(0, 1)).astype(np.float32)


@functools.lru_cache(maxsize=1)
def shipped() -> TouchReader:
    """The shipped network, loaded once in a process. Raises WorldwrightError."""
    return TouchReader()
