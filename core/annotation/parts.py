"""Which faces of a thing are which part of it: a seat's legs, a house's roof, a person's hands.

One network labels points; it sees each point, the whole cloud and which kind of thing it is said to be. Faces take the vote of
their points, and loose pieces of a mesh, which artists model as parts, take one label where their points agree.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..scene import Mesh
from ..spatial.checkpoint import load_weights, read_header
from ..spatial.encoding import Encoding, point_features, shared_mlp
from ..spatial.neighbours import nearest
from ..spatial.pointnet import PointNet, PointNetConfig
from ..spatial.sampling import sample
from .part_names import KIND_OF, LABELS, PARTS

KIND = "parts"
WEIGHTS = Path(__file__).parent.parent / "weights" / "parts.safetensors"
POINTS = 2048
AGREE = 0.7  # share of a loose piece's points that must agree for the whole piece to take their label
MOST_PIECES = 400  # above this a mesh's pieces are leaves or blades, not parts

@dataclass
class PartsConfig:
    """The encoder and the ``width`` of what labels the points; ``kinds`` and ``labels`` in the order of inputs and outputs."""

    kinds: tuple[str, ...] = tuple(PARTS)
    labels: tuple[tuple[str, str], ...] = LABELS
    encoder: PointNetConfig = field(default_factory=lambda: PointNetConfig(widths=(128, 128, 256)))
    width: int = 160


class PartsNetwork(nn.Module):
    """positions (B, N, 3), features (B, N, 8), kind (B,) → logits (B, N, labels), -inf outside the kind's own parts."""

    allowed: Tensor

    def __init__(self, config: PartsConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = PointNet(config.encoder)
        self.local = nn.Linear(config.encoder.per_point, config.width, bias=False)
        self.context = nn.Linear(config.encoder.pooled + len(config.kinds), config.width)
        self.norm = nn.LayerNorm(config.width)
        half = config.width // 2
        self.out = nn.Sequential(shared_mlp(config.width, config.width, half), nn.Linear(half, len(config.labels)))
        allowed = torch.tensor([[kind == own for own, _ in config.labels] for kind in config.kinds])
        self.register_buffer("allowed", allowed, persistent=False)

    def forward(self, positions: Tensor, features: Tensor, kind: Tensor) -> Tensor:
        encoding: Encoding = self.encoder(positions, features)
        known = nn.functional.one_hot(kind, len(self.config.kinds)).to(positions.dtype)
        whole = self.context(torch.cat([encoding.pooled, known], dim=-1))[:, None]
        logits = self.out(torch.relu(self.norm(self.local(encoding.per_point) + whole)))
        return logits.masked_fill(~self.allowed[kind][:, None], -1e4)


def cloud_of(mesh: Mesh, seed: int = 0, count: int = POINTS) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions (count, 3) in the unit sphere, normals (count, 3), and the face each point lies on (count,)."""
    cloud = sample([mesh], count, seed=seed)
    positions = cloud.positions.astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    normals = np.zeros_like(positions) if cloud.normals is None else cloud.normals
    assert cloud.face is not None  # sampling always says it
    return positions.astype(np.float32), normals.astype(np.float32), cloud.face


class PartsReader:
    """The shipped network."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        header = read_header(path, KIND)
        config: dict[str, Any] = dict(header["config"])
        saved = config.pop("encoder")
        encoder: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in saved.items()}
        labels = tuple((kind, part) for kind, part in config.pop("labels"))
        self.network = PartsNetwork(PartsConfig(tuple(config.pop("kinds")), labels, PointNetConfig(**encoder), **config))
        load_weights(path, self.network)
        self.network.eval().requires_grad_(False)

    def label(self, mesh: Mesh, leaf: str, seed: int = 0) -> tuple[list[str], np.ndarray]:
        """The names of the parts of ``leaf`` and, for each face of ``mesh``, the number of its part (F,) int32.

        ([], all -1) for a leaf whose parts are not known. Raises WorldwrightError for a mesh without surface.
        """
        none = np.full(len(mesh.face_sizes), -1, np.int32)
        if leaf not in KIND_OF:
            return [], none
        kind = KIND_OF[leaf]
        positions, normals, face = cloud_of(mesh, seed)
        own = [number for number, (of, _) in enumerate(self.network.config.labels) if of == kind]
        chances = self._chances(positions, normals, kind)[:, own]
        return list(PARTS[kind]), _faces(mesh, positions, face, chances)

    @torch.inference_mode()
    def _chances(self, positions: np.ndarray, normals: np.ndarray, kind: str) -> np.ndarray:
        """(N, labels), averaged over two opposite yaws."""
        place = torch.from_numpy(positions)[None]
        features = point_features(torch.from_numpy(normals)[None], None, place)
        number = torch.tensor([self.network.config.kinds.index(kind)])
        turn = torch.tensor([-1.0, -1.0, 1.0])
        turned = torch.cat([features[..., :3] * turn, features[..., 3:]], dim=-1)
        answers = [self.network(place, features, number), self.network(place * turn, turned, number)]
        return torch.stack(answers).softmax(dim=-1).mean(dim=0)[0].numpy()


def _faces(mesh: Mesh, positions: np.ndarray, face: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Each face's part: the vote of the points on it and, where it has none, of those nearest to its middle."""
    count = len(mesh.face_sizes)
    votes = np.zeros((count, chances.shape[1]))
    np.add.at(votes, face, chances)
    empty = votes.sum(axis=1) == 0
    if empty.any():
        corners = mesh.vertices[mesh.corners].astype(np.float64)
        middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
        scale = max(np.linalg.norm(corners - middle, axis=1).max(), 1e-12)
        faces = np.add.reduceat(corners, mesh.face_starts, axis=0) / mesh.face_sizes[:, None]
        _, near = nearest(positions, ((faces[empty] - middle) / scale).astype(np.float32), 5)
        votes[empty] = chances[near].mean(axis=1)
    part = votes.argmax(axis=1)
    piece = pieces(mesh)
    if piece.max(initial=0) >= MOST_PIECES:
        return part.astype(np.int32)
    total = np.zeros((piece.max() + 1, chances.shape[1]))
    np.add.at(total, piece, votes)
    sure = total.max(axis=1) >= AGREE * total.sum(axis=1)
    return np.where(sure[piece], total.argmax(axis=1)[piece], part).astype(np.int32)


def pieces(mesh: Mesh) -> np.ndarray:
    """(F,) which loose piece each face belongs to: faces are joined where they share a place in space."""
    size = np.ptp(mesh.vertices, axis=0).max() or 1.0
    _, merged = np.unique(np.round(mesh.vertices / size, 6), axis=0, return_inverse=True)
    corner = merged.reshape(-1)[mesh.corners]
    label = np.arange(merged.max() + 1)
    face = np.repeat(np.arange(len(mesh.face_sizes)), mesh.face_sizes)
    while True:  # labels flow through faces to the lowest number, as in connected components by label propagation
        lowest = np.minimum.reduceat(label[corner], mesh.face_starts)
        spread = label.copy()
        np.minimum.at(spread, corner, lowest[face])
        spread = spread[spread]
        if (spread == label).all():
            return np.unique(lowest, return_inverse=True)[1].reshape(-1)
        label = spread


@functools.lru_cache(maxsize=1)
def shipped() -> PartsReader:
    """The shipped network, loaded once in a process. Raises WorldwrightError."""
    return PartsReader()
