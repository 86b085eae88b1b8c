"""Why the annotator says what it says: which places of a shape decided.

Two ways. ``critical``: the points that PointNet's maximum picked, at once (Qi et al., CVPR 2017, section 5.3). ``ablate``: how
much less sure the whole committee is when a region is taken away (occlusion, Zeiler and Fergus, ECCV 2014), in about a second.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import torch

from ..errors import WorldwrightError
from ..scene import Mesh
from ..spatial.encoding import point_features
from ..spatial.inputs import cloud_arrays
from ..spatial.neighbours import nearest
from .measure import check
from .network import Annotator
from .reader import POINTS, shipped

REGIONS = 16
SEEN = 1024
METHODS = ("critical", "ablate")


def explain(mesh: Mesh, label: str, method: str = "ablate", seed: int = 0) -> np.ndarray:
    """(V,) float32 in 0..1: how much each vertex's surroundings spoke for ``label``; 1 where most.

    Raises WorldwrightError for a mesh that cannot be read, and for a label or method that is not known.
    """
    reader = shipped()
    check(mesh)
    if label not in reader.leaves:
        raise WorldwrightError(f"The annotator knows no “{label}”, so it cannot say why.", "Annotate the object first.")
    if method not in METHODS:
        raise WorldwrightError(f"There is no method “{method}”.", f"Use one of: {', '.join(METHODS)}.")
    cloud = cloud_arrays([mesh], seed, POINTS)
    places = cloud["positions"]
    if method == "critical":
        places, weight = _critical(cloud)
    else:
        weight = _ablated(cloud, reader.leaves.index(label), seed)
    vertices = mesh.vertices.astype(np.float64)
    low, high = vertices[mesh.corners].min(axis=0), vertices[mesh.corners].max(axis=0)
    centred = vertices - (low + high) / 2
    centred /= max(np.linalg.norm(centred[mesh.corners], axis=1).max(), 1e-12)
    distance, near = nearest(places, centred.astype(np.float32), 8)
    share = 1 / (distance + 0.02)
    value = (weight[near] * share).sum(axis=1) / share.sum(axis=1)
    return ((value - value.min()) / max(float(np.ptp(value)), 1e-9)).astype(np.float32)


@torch.inference_mode()
def _critical(cloud: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Points (SEEN, 3), and the share of the first network's channels that took their maximum from each, spread a little."""
    places = torch.from_numpy(cloud["positions"][None, :SEEN])
    features = point_features(torch.from_numpy(cloud["normals"][None, :SEEN]), None, places)
    encoder = cast(Annotator, shipped().network.members[0]).encoder
    winners = encoder(places, features).per_point[0].argmax(dim=0)
    counts = torch.bincount(winners, minlength=SEEN).numpy().astype(np.float32)
    return cloud["positions"][:SEEN], np.sqrt(counts / max(counts.max(), 1.0))


def _ablated(cloud: dict[str, np.ndarray], leaf: int, seed: int) -> np.ndarray:
    """(POINTS,) by how much the leaf's log-probability falls when the region around each point is taken away."""
    region = _regions(cloud["positions"], seed)
    rng = np.random.default_rng(seed)
    cut = []
    for number in range(region.max() + 1):
        left = np.flatnonzero(region != number)
        keep = left[rng.integers(len(left), size=len(region))]
        cut.append({name: value[keep] if value.ndim else value for name, value in cloud.items()})
    scores, _ = shipped().read([cloud, *cut])
    fall = np.log(scores[0, leaf] + 1e-4) - np.log(scores[1:, leaf] + 1e-4)
    return fall[region]


def _regions(positions: np.ndarray, seed: int) -> np.ndarray:
    """(N,) a number below ``REGIONS`` for each point: k-means from points far apart."""
    centres = positions[np.random.default_rng(seed).integers(len(positions))][None]
    for _ in range(REGIONS - 1):
        away = np.linalg.norm(positions[:, None] - centres[None], axis=2).min(axis=1)
        centres = np.concatenate([centres, positions[away.argmax()][None]])
    region = np.zeros(len(positions), int)
    for _ in range(6):
        region = np.linalg.norm(positions[:, None] - centres[None], axis=2).argmin(axis=1)
        centres = np.stack([positions[region == n].mean(axis=0) if (region == n).any() else centres[n] for n in range(REGIONS)])
    return np.unique(region, return_inverse=True)[1].reshape(-1)
