"""Measurements of a cloud's shape that need no learning: profile along the height, spread, symmetry, facing of surfaces.

They do not change when the cloud turns about Z, and a small network learns from them with far fewer examples than from points,
so a classifier for a small library takes both. In the spirit of shape distributions (Osada et al., ACM TOG 2002: the D2
histogram) and of the older cylindrical descriptors for upright objects.
"""

from __future__ import annotations

import torch
from torch import Tensor

SLICES = 8  # along Z
HARMONICS = 4
DISTANCES = 24  # bins of the D2 histogram
PAIRS = 1024
QUERIES = 48  # points whose neighbourhood is measured
DESCRIPTOR = 373
"""Length of the descriptor."""


def describe(positions: Tensor, features: Tensor) -> Tensor:
    """(B, N, 3) positions in the unit sphere, Z up, and (B, N, 8) point features -> (B, DESCRIPTOR). No gradient is needed."""
    z = positions[..., 2]
    height = (z.amax(dim=1, keepdim=True) - z.amin(dim=1, keepdim=True)).clamp_min(1e-3)
    level = (z - z.amin(dim=1, keepdim=True)) / height
    plan, axes = _principal(positions[..., :2])
    extent = plan.amax(dim=1) - plan.amin(dim=1)
    ratio = extent[:, :1] / extent[:, 1:].clamp_min(1e-3)
    sizes = torch.cat([extent, height, ratio], dim=1).clamp_min(1e-3).log()
    slices = torch.nn.functional.one_hot((level * SLICES).long().clamp(0, SLICES - 1), SLICES).to(positions.dtype)
    has_normal, has_color = features[:, 0, 6:7], features[:, 0, 7:8]
    parts = [
        torch.cat([sizes, plan.std(dim=1)], dim=1),
        _profile(plan, slices),
        _facing(features[..., :3], plan, axes, slices) * has_normal,
        _distances(positions),
        _pairs(positions, features[..., :3], has_normal),
        _crowding(positions),
        _occupancy(plan / (extent[:, None] / 2).clamp_min(1e-3), level),
        _silhouettes(plan / (extent[:, None] / 2).clamp_min(1e-3), level),
        _palette(features[..., 3:6]) * has_color,
        has_normal,
        has_color,
    ]
    return torch.cat(parts, dim=1)


def _principal(plan: Tensor) -> tuple[Tensor, Tensor]:
    """The ground plan turned into its principal axes (minor first), and those axes: (B, N, 2), (B, 2, 2)."""
    centred = plan - plan.mean(dim=1, keepdim=True)
    x, y = centred.unbind(dim=-1)
    angle = torch.atan2(2 * (x * y).sum(dim=1), (x * x - y * y).sum(dim=1)) / 2  # of the major axis
    cos, sin = angle.cos(), angle.sin()
    axes = torch.stack([torch.stack([-sin, cos], dim=-1), torch.stack([cos, sin], dim=-1)], dim=-1)
    return centred @ axes, axes


def _profile(plan: Tensor, slices: Tensor) -> Tensor:
    """Per slice: share of points, mean, root mean square and greatest radius, spread along both axes, angular harmonics."""
    count = slices.sum(dim=1)
    radius, angle = plan.norm(dim=-1), torch.atan2(plan[..., 0], plan[..., 1])

    def mean(values: Tensor) -> Tensor:
        return _mean(values, slices)

    parts = [count / plan.shape[1], mean(radius), mean(radius**2).sqrt(), (slices * radius[..., None]).amax(dim=1)]
    parts += [mean(plan[..., 0].abs()), mean(plan[..., 1].abs())]
    for order in range(1, HARMONICS + 1):
        cosine, sine = mean(radius * (order * angle).cos()), mean(radius * (order * angle).sin())
        parts.append((cosine * cosine + sine * sine).sqrt())  # torch.hypot has no equal in ONNX
    return torch.cat(parts, dim=1)


def _facing(normals: Tensor, plan: Tensor, axes: Tensor, slices: Tensor) -> Tensor:
    """How surfaces face: histogram of the normals' Z, and per slice up-or-down, along each plan axis, and outwards."""
    level = normals[..., :2] @ axes
    outwards = (level * plan).sum(dim=-1) / plan.norm(dim=-1).clamp_min(1e-3)
    values = (normals[..., 2].abs(), level[..., 0].abs(), level[..., 1].abs(), outwards)
    return torch.cat([_histogram(normals[..., 2], -1, 1, 8), *(_mean(value, slices) for value in values)], dim=1)


def _partners(positions: Tensor) -> tuple[Tensor, Tensor]:
    """Numbers of the fixed pairs of the (randomly ordered) points, (PAIRS,) each."""
    count = positions.shape[1]
    step = torch.arange(PAIRS, device=positions.device)
    return step % count, (step * 7 + step // count + 1) % count


def _distances(positions: Tensor) -> Tensor:
    """The D2 shape distribution: histogram of the pairs' distances."""
    first, second = _partners(positions)
    return _histogram((positions[:, first] - positions[:, second]).norm(dim=-1), 0, 2, DISTANCES)


def _pairs(positions: Tensor, normals: Tensor, has_normal: Tensor) -> Tensor:
    """Joint histograms over pairs: distance with the angle between both normals and with the angle of a normal to the line
    between them (surflet pairs: Wahl et al., 3DIM 2003, here blind to the normals' sign), and rise with run."""
    first, second = _partners(positions)
    line = positions[:, second] - positions[:, first]
    distance = line.norm(dim=-1)
    between = (normals[:, first] * normals[:, second]).sum(dim=-1).abs()
    along = (normals[:, first] * line).sum(dim=-1).abs() / distance.clamp_min(1e-6)
    run, rise = line[..., :2].norm(dim=-1), line[..., 2].abs()
    parts = [_joint(distance / 2, between, 6, 6) * has_normal, _joint(distance / 2, along, 6, 5) * has_normal]
    return torch.cat([*parts, _joint(run / 2, rise / 2, 6, 6)], dim=1)


def _silhouettes(plan: Tensor, level: Tensor) -> Tensor:
    """Shares of the points seen from the front, from the side (4 x 8, one half) and from above (4 x 4, one quarter)."""
    x, y = plan.abs().unbind(dim=-1)
    return torch.cat([_joint(x, level, 4, 8), _joint(y, level, 4, 8), _joint(x, y, 4, 4)], dim=1)


def _crowding(positions: Tensor) -> Tensor:
    """Mean distance to the eight nearest points and the spread of the eighth: thin bars crowd, surfaces do not."""
    nearest = torch.cdist(positions[:, :QUERIES], positions).topk(9, largest=False).values
    scale = positions.shape[1] ** 0.5 / 32  # as if there were 1,024 points
    return torch.stack([nearest[..., 1:].mean(dim=(1, 2)), nearest[..., 8].std(dim=1)], dim=1) * scale


def _occupancy(plan: Tensor, level: Tensor) -> Tensor:
    """Shares of the points in a 4 x 4 x 4 grid of the box, mirrored onto one quarter of the plan: (B, 16)."""
    x, y = ((plan * 0.5 + 0.5) * 4).long().clamp(0, 3).unbind(dim=-1)
    cell = x * 16 + y * 4 + (level * 4).long().clamp(0, 3)
    share = plan.new_zeros(plan.shape[0], 64)
    share.scatter_add_(1, cell, torch.full_like(level, 1 / plan.shape[1]))
    grid = share.view(-1, 4, 4, 4)
    grid = (grid + grid.flip(1)) / 2
    return ((grid + grid.flip(2)) / 2)[:, :2, :2].flatten(1)


def _palette(colors: Tensor) -> Tensor:
    """Mean, spread and a five-bin histogram of each colour channel in -1..1."""
    parts = [colors.mean(dim=1), colors.std(dim=1)]
    return torch.cat([*parts, *(_histogram(colors[..., channel], -1, 1, 5) for channel in range(3))], dim=1)


def _mean(values: Tensor, slices: Tensor) -> Tensor:
    return (slices * values[..., None]).sum(dim=1) / slices.sum(dim=1).clamp_min(1)


def _histogram(values: Tensor, low: float, high: float, bins: int) -> Tensor:
    index = ((values - low) / (high - low) * bins).long().clamp(0, bins - 1)
    share = values.new_zeros(values.shape[0], bins)
    return share.scatter_add_(1, index, torch.full_like(values, 1 / values.shape[1]))


def _joint(first: Tensor, second: Tensor, rows: int, columns: int) -> Tensor:
    """Two-dimensional histogram of values in 0..1, (B, M) each -> (B, rows * columns)."""
    row, column = (first * rows).long().clamp(0, rows - 1), (second * columns).long().clamp(0, columns - 1)
    share = first.new_zeros(first.shape[0], rows * columns)
    return share.scatter_add_(1, row * columns + column, torch.full_like(first, 1 / first.shape[1]))
