"""The shipped annotator: weights and calibration, and probabilities for clouds. Loaded once per process."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..spatial.encoding import point_features
from ..spatial.normals import estimate_normals
from .annotation import UNKNOWN
from .network import Committee

WEIGHTS = Path(__file__).parent.parent / "weights" / "annotator.safetensors"
POINTS = 4096
VIEWS = 4


@dataclass
class Reader:
    """``temperature`` divides the log-probabilities; a best leaf below ``threshold`` is answered with ``unknown``."""

    network: Committee
    temperature: float
    threshold: float
    name: str

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Reader:
        """Raises WorldwrightError when the weights are missing or do not fit."""
        network, notes = Committee.load(path)
        return cls(network, float(notes["temperature"]), float(notes["threshold"]), f"annotator {notes['version']}")

    @property
    def leaves(self) -> tuple[str, ...]:
        return self.network.config.network.leaves

    @torch.no_grad()
    def read(self, clouds: list[dict[str, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
        """Calibrated probabilities (B, leaves) and embeddings (B, width) of clouds made by ``spatial.inputs.cloud_arrays``.

        A cloud whose normals are all zero has none; they are estimated, for nothing else tells as much of a shape.
        """
        positions = torch.from_numpy(np.stack([cloud["positions"] for cloud in clouds]))
        normals = torch.from_numpy(np.stack([_normals(cloud) for cloud in clouds]))
        colors = torch.from_numpy(np.stack([cloud["colors"] for cloud in clouds]))
        features = point_features(normals, colors, positions)
        colored = torch.tensor([float(cloud["has_color"]) for cloud in clouds])[:, None, None]
        shown = [features[..., :3], features[..., 3:6] * colored, features[..., 6:7], features[..., 7:8] * colored]
        features = torch.cat(shown, dim=-1)
        scores, embeddings = self.network.read(positions, features, VIEWS)
        return (scores / self.temperature).softmax(dim=-1).numpy(), embeddings.numpy()

    def verdict(self, probabilities: np.ndarray) -> tuple[str, float, np.ndarray]:
        """The label (or ``unknown``), its probability, and the numbers of the best three leaves, for one row (leaves,)."""
        best = np.argsort(-probabilities, kind="stable")[:3]
        confidence = float(probabilities[best[0]])
        return (self.leaves[best[0]] if confidence >= self.threshold else UNKNOWN), confidence, best


def _normals(cloud: dict[str, np.ndarray]) -> np.ndarray:
    return cloud["normals"] if cloud["normals"].any() else estimate_normals(cloud["positions"])


@functools.cache
def shipped() -> Reader:
    """The reader of the weights that come with Worldwright."""
    return Reader.load()
