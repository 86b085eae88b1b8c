"""Random changes that must not change a cloud's label. All are drawn per cloud of a batch from one generator.

The upright axis is known (Z), so clouds turn freely about it and only lean a little. Attribute dropout takes colours or normals
away from a whole cloud, so that an untextured or badly shaded mesh is still recognised.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class Augmentation:
    """Strengths; all zero leaves a cloud as it is.

    Attributes:
        yaw: turn about Z by up to this many radians either way.
        lean: tilt about X and Y, standard deviation in radians.
        mirror: chance to mirror left and right.
        stretch: each axis is scaled by exp(normal * stretch).
        jitter: noise on positions, standard deviation in unit-sphere radii.
        crop: chance to lose the points beyond a random plane (at most a half of them).
        thin: chance to keep only a few of the points (dropped ones repeat a kept one, so shapes stay).
        lose_colors, lose_normals: chance to lose the attribute.
        flip_normals: chance that all normals point the other way, as in meshes wound inside out.
        tint: colour noise per cloud, standard deviation per channel (gain and offset).
    """

    yaw: float = torch.pi
    lean: float = 0.05
    mirror: float = 0.5
    stretch: float = 0.18
    jitter: float = 0.005
    crop: float = 0.1
    thin: float = 0.05
    lose_colors: float = 0.6
    lose_normals: float = 0.2
    flip_normals: float = 0.1
    tint: float = 0.1


NONE = Augmentation(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
"""Leaves clouds as they are."""


def unit_sphere(positions: Tensor) -> Tensor:
    """Centres the box of each cloud and scales it into the unit sphere: (B, N, 3) -> (B, N, 3)."""
    centre = (positions.amin(dim=1, keepdim=True) + positions.amax(dim=1, keepdim=True)) / 2
    shifted = positions - centre
    return shifted / shifted.norm(dim=-1).amax(dim=1).clamp_min(1e-9)[:, None, None]


def augment(
    positions: Tensor, normals: Tensor, colors: Tensor, has_color: Tensor, strength: Augmentation, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Positions (B, N, 3) in the unit sphere and point features (B, N, 8), changed at random.

    Args:
        positions, normals: (B, N, 3). colors: (B, N, 3) in 0..1. has_color: (B,) bool.
    """

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator)

    batch, count, _ = positions.shape
    keep = _cropped(positions, strength, uniform, normal)
    positions, normals, colors = (_take(values, keep) for values in (positions, normals, colors))
    rotation, scale = _rotation(batch, strength, uniform, normal), torch.exp(normal(batch, 1, 3) * strength.stretch)
    positions = positions @ rotation.transpose(1, 2) * scale
    normals = normals @ rotation.transpose(1, 2) / scale
    normals = normals / normals.norm(dim=-1, keepdim=True).clamp_min(1e-6)
    normals = torch.where(uniform(batch, 1, 1) < strength.flip_normals, -normals, normals)
    positions = unit_sphere(positions) + normal(batch, count, 3) * strength.jitter * uniform(batch, 1, 1)
    gain, offset = 1 + normal(batch, 1, 3) * strength.tint, normal(batch, 1, 3) * strength.tint
    colors = (colors * gain + offset).clamp(0, 1)
    shows_color = (has_color[:, None, None] & (uniform(batch, 1, 1) >= strength.lose_colors)).to(positions.dtype)
    shows_normal = (uniform(batch, 1, 1) >= strength.lose_normals).to(positions.dtype)
    flags = [shows_normal.expand(-1, count, 1), shows_color.expand(-1, count, 1)]
    return positions, torch.cat([normals * shows_normal, (colors * 2 - 1) * shows_color, *flags], dim=-1)


def _take(values: Tensor, index: Tensor) -> Tensor:
    return values.gather(1, index[..., None].expand(-1, -1, values.shape[-1]))


def _rotation(batch: int, strength: Augmentation, uniform, normal) -> Tensor:
    """(B, 3, 3): mirror, then turn about Z, then lean."""
    yaw = (uniform(batch) * 2 - 1) * strength.yaw
    cos, sin, zero, one = yaw.cos(), yaw.sin(), torch.zeros(batch), torch.ones(batch)
    flip = torch.where(uniform(batch) < strength.mirror, -one, one)
    turn = torch.stack([cos * flip, -sin, zero, sin * flip, cos, zero, zero, zero, one], dim=-1).view(-1, 3, 3)
    a, b = normal(2, batch) * strength.lean
    tilt = torch.stack([one, zero, b, zero, one, -a, -b, a, one], dim=-1).view(-1, 3, 3)
    return tilt @ turn


def _cropped(positions: Tensor, strength: Augmentation, uniform, normal) -> Tensor:
    """(B, N) indices of the points kept; those lost to a crop or to thinning are replaced by kept ones."""
    batch, count, _ = positions.shape
    direction = torch.nn.functional.normalize(normal(batch, 3, 1), dim=1)
    rank = (positions @ direction).squeeze(-1).argsort(dim=1)
    crops = uniform(batch, 1) < strength.crop
    kept = torch.where(crops, count * (0.5 + 0.5 * uniform(batch, 1)), torch.tensor(float(count))).long()
    pick = (uniform(batch, count) * kept).long()
    inside = torch.where(torch.arange(count)[None] < kept, torch.arange(count)[None], pick)
    index = rank.gather(1, inside)
    thins = uniform(batch, 1) < strength.thin
    few = torch.where(thins, 64 + (count - 64) * uniform(batch, 1), torch.tensor(float(count))).long().clamp_max(count)
    shuffled = index.gather(1, uniform(batch, count).argsort(dim=1))
    repeat = (uniform(batch, count) * few).long()
    return shuffled.gather(1, torch.where(torch.arange(count)[None] < few, torch.arange(count)[None], repeat))
