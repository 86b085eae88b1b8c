"""How far one cloud lies from another."""

from __future__ import annotations

import torch
from torch import Tensor


def nearest_distances(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Distance of each point of ``a`` (B, N, 3) to the nearest of ``b`` (B, M, 3), and back: (B, N) and (B, M)."""
    _check(a, b)
    distances = torch.cdist(a, b)
    return distances.min(dim=2)[0], distances.min(dim=1)[0]


def chamfer(a: Tensor, b: Tensor) -> Tensor:
    """Symmetric chamfer distance, the mean of both directions' mean distance, in the clouds' unit: (B,)."""
    there, back = nearest_distances(a, b)
    return (there.mean(dim=1) + back.mean(dim=1)) / 2


def smooth_l1_chamfer(a: Tensor, b: Tensor, beta: float = 0.02) -> Tensor:
    """Chamfer under the Huber-like smooth L1: quadratic below ``beta`` (the clouds' unit), linear above: (B,).

    Quadratic near zero, so that points which almost fit stop pulling; linear far away, so that strays do not dominate.
    """
    there, back = (torch.where(d < beta, d * d / (2 * beta), d - beta / 2) for d in nearest_distances(a, b))
    return (there.mean(dim=1) + back.mean(dim=1)) / 2


def nearest_mse(a: Tensor, b: Tensor) -> Tensor:
    """Mean squared error of the nearest-point matching, both directions: (B,). The clouds have no common order to compare by."""
    there, back = nearest_distances(a, b)
    return ((there**2).mean(dim=1) + (back**2).mean(dim=1)) / 2


def _check(a: Tensor, b: Tensor) -> None:
    for cloud in (a, b):
        if cloud.ndim != 3 or cloud.shape[-1] != 3 or cloud.shape[1] == 0:
            raise ValueError(f"a cloud must be (B, N, 3) with N >= 1, got {tuple(cloud.shape)}")
    if len(a) != len(b):
        raise ValueError(f"both must have the same batch size, got {len(a)} and {len(b)}")
