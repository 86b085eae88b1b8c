"""What every encoder of point clouds takes and gives, so that heads and training fit all of them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

POINT_FEATURES = 8  # normal (3), colour (3), has-normal, has-colour


@dataclass
class Encoding:
    """``per_point`` (B, N, C) describes each point, ``pooled`` (B, D) the whole cloud."""

    per_point: Tensor
    pooled: Tensor


def point_features(normals: Tensor | None, colors: Tensor | None, like: Tensor) -> Tensor:
    """(B, N, 8) input features beside the positions; what is absent is zero, and its flag says so.

    Args:
        normals: (B, N, 3) unit vectors, or None.
        colors: (B, N, 3) in 0..1, or None.
        like: (B, N, 3) positions, for shape and device.
    """
    zero, flag = torch.zeros_like(like), torch.zeros_like(like[..., :1])
    parts = [zero if normals is None else normals, zero if colors is None else colors * 2 - 1]
    flags = [flag if normals is None else flag + 1, flag if colors is None else flag + 1]
    return torch.cat([*parts, *flags], dim=-1)


def fourier(positions: Tensor, bands: int) -> Tensor:
    """Positions beside their sines and cosines: (B, N, 3) -> (B, N, 3 + 6 * bands).

    NeRF's encoding (Mildenhall et al. 2020, eq. 4) with frequencies pi * 2^k; without it a small network on unit-sphere
    points blurs everything finer than a hand's breadth.
    """
    if bands == 0:
        return positions
    frequencies = torch.pi * 2.0 ** torch.arange(bands, dtype=positions.dtype, device=positions.device)
    angles = (positions[..., None] * frequencies).flatten(-2)
    return torch.cat([positions, angles.sin(), angles.cos()], dim=-1)


def shared_mlp(*widths: int, norm: bool = True) -> nn.Sequential:
    """Linear, LayerNorm (unless ``norm`` is false), ReLU for each pair of widths, the same for every point.

    LayerNorm, not the papers' BatchNorm: on a CPU it is several times faster over (B, N, C), and it needs no batch statistics.
    Without it, two or three layers still train well and a training step takes a third less time.
    """
    layers: list[nn.Module] = []
    for before, after in zip(widths[:-1], widths[1:], strict=True):
        linear = nn.Linear(before, after, bias=not norm)
        if not norm:
            nn.init.kaiming_normal_(linear.weight)
            nn.init.zeros_(linear.bias)
        layers += [linear, *([nn.LayerNorm(after)] if norm else []), nn.ReLU()]
    return nn.Sequential(*layers)


def max_mean(per_point: Tensor) -> Tensor:
    """Maximum and mean over the points, side by side: (B, N, C) -> (B, 2 C)."""
    return torch.cat([per_point.max(dim=1)[0], per_point.mean(dim=1)], dim=-1)
