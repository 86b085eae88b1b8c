"""A trained model of the artist's own: points → scores of the artist's words. What training writes and *Annotate* reads.

One safetensors file holds everything: the architecture, the classes, the calibration and the notes of the training stand in its
header as JSON, so that reading a stranger's file runs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from ..annotation.network import Annotator, AnnotatorConfig, Committee
from ..annotation.reader import Reader
from ..errors import WorldwrightError
from ..spatial.checkpoint import load_weights, read_header, save_network
from ..spatial.encoders import EncoderConfig, config_from, kind_of
from ..spatial.encoding import point_features
from ..spatial.pointnet import PointNetConfig

KIND = "classifier"
VIEWS = 4  # evenly spaced yaws over which an answer is averaged


@dataclass
class ClassifierConfig:
    """``classes`` in the order of the outputs; ``encoder`` reads the points; ``descriptor`` lets measured shape statistics speak
    beside it; ``width`` of the embedding; ``temperature`` divides the log-probabilities; a best class below ``threshold`` is
    answered with ``unknown``."""

    classes: tuple[str, ...]
    encoder: EncoderConfig = field(default_factory=lambda: PointNetConfig(norm=False))
    descriptor: bool = True
    width: int = 128
    dropout: float = 0.3
    temperature: float = 1.0
    threshold: float = 0.0

    def network(self) -> AnnotatorConfig:
        """The architecture alone."""
        return AnnotatorConfig(self.classes, self.encoder, self.descriptor, self.width, self.dropout)


class Classifier(nn.Module):
    """The model. Positions lie in the unit sphere, Z up; ``notes`` are JSON values: seed, data, scores, parent …"""

    def __init__(self, config: ClassifierConfig, network: Annotator | None = None, notes: dict | None = None) -> None:
        super().__init__()
        self.config = config
        self.network = network or Annotator(config.network())
        self.notes = notes or {}

    @property
    def classes(self) -> tuple[str, ...]:
        return self.config.classes

    def forward(self, positions: Tensor, normals: Tensor, colors: Tensor) -> Tensor:
        """Logits (B, classes) of one view: positions, unit normals and colours in 0..1, each (B, N, 3); this is deployed."""
        return self.network(positions, point_features(normals, colors, positions))

    @torch.no_grad()
    def scores(self, points: Tensor, normals: Tensor | None = None, colors: Tensor | None = None) -> Tensor:
        """Calibrated probabilities (B, classes), averaged over ``VIEWS`` yaws, of (B, N, 3) points in any unit.

        ``normals`` are unit vectors, ``colors`` sRGB in 0..1; both may be missing.
        """
        self.eval()
        positions = unit(points)
        logarithms, _ = self.network.read(positions, point_features(normals, colors, positions), VIEWS)
        return (logarithms / self.config.temperature).softmax(dim=-1)

    def reader(self, name: str) -> Reader:
        """What *Annotate* asks, under a name that the annotations carry."""
        return Reader(Committee([self.network]).eval(), self.config.temperature, self.config.threshold, name)


def unit(points: Tensor) -> Tensor:
    """The clouds (B, N, 3) with the middle of their box at the origin, in the unit sphere."""
    centred = points - (points.amin(dim=1, keepdim=True) + points.amax(dim=1, keepdim=True)) / 2
    return centred / centred.norm(dim=-1).amax(dim=1).clamp_min(1e-9)[:, None, None]


def save(path: str | Path, classifier: Classifier, notes: dict | None = None) -> None:
    """Writes the model, whole or not at all; ``notes`` are added to its own. Raises OSError or SafetensorError."""
    kind = {"encoder_kind": kind_of(classifier.config.encoder)}
    save_network(path, classifier.network, KIND, classifier.config, classifier.notes | (notes or {}) | kind)


def load(path: str | Path) -> Classifier:
    """The model in evaluation mode.

    Raises WorldwrightError when the file is missing, cut short, no such model, or of an architecture this version does not know.
    """
    header = read_header(path, KIND)
    values, notes = dict(header["config"]), dict(header["notes"])
    encoder = config_from(notes.pop("encoder_kind", ""), values.pop("encoder"))
    try:
        config = ClassifierConfig(classes=tuple(values.pop("classes")), encoder=encoder, **values)
    except (KeyError, TypeError) as error:
        problem = f"“{Path(path).name}” is a model that this version of Worldwright does not know."
        raise WorldwrightError(problem, "Update Worldwright, or train it anew.") from error
    classifier = Classifier(config, notes=notes)
    load_weights(path, classifier.network)
    return classifier.eval()
