"""The body that is fitted, in torch: the shape space posed by linear blend skinning, in batches, differentiable throughout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..rig import FINGERS
from .poses import FINGER_SHARE, FIT_BONES
from .space import ShapeSpace


@dataclass
class SurfacePoints:
    """N points fixed on the body's surface: ``base`` (N, 3), ``basis`` (K, N, 3), ``normals`` (N, 3) at rest, ``weights`` (N, J);
    ``corners`` (N, 3) of the pack's vertices they lie between."""

    base: Tensor
    basis: Tensor
    normals: Tensor
    weights: Tensor
    corners: Tensor

    def take(self, index: Tensor) -> SurfacePoints:
        """The points at ``index``."""
        return SurfacePoints(self.base[index], self.basis[:, index], self.normals[index], self.weights[index], self.corners[index])

    def joined(self, other: SurfacePoints) -> SurfacePoints:
        """These points, then the others."""
        along = {"basis": 1}
        return SurfacePoints(
            **{name: torch.cat([value, getattr(other, name)], dim=along.get(name, 0)) for name, value in vars(self).items()}
        )


@dataclass
class Pose:
    """A posed skeleton: ``turned`` (B, J, 3, 3) rotations from rest, ``joints`` (B, J, 3), at rest ``rest`` (B, J, 3)."""

    turned: Tensor
    joints: Tensor
    rest: Tensor


class Body:
    """The shape space's skeleton and surface as tensors. J bones, K coefficients."""

    def __init__(self, space: ShapeSpace) -> None:
        pack = space.pack
        self.space = space
        first = pack.vertex_count
        last = first + len(pack.bone_names)
        self.joints = torch.from_numpy(space.mean[first:last].copy())
        self.joint_basis = torch.from_numpy(space.basis[:, first:last].copy())
        self.parents = [int(parent) for parent in pack.bone_parents]
        self.fit_bones = torch.tensor([pack.bone(name) for name in FIT_BONES])
        self.finger_bones, axes = [], []
        for side in "lr":
            names = [(f"{finger}_0{k}_{side}", FINGER_SHARE[finger]) for finger in FINGERS for k in (1, 2, 3)]
            self.finger_bones.append(torch.tensor([pack.bone(name) for name, _ in names]))
            axes.append(np.stack([-share * pack.bone_rest[pack.bone(name)][:, 0] for name, share in names]))
        self.finger_axes = [torch.from_numpy(axis.astype(np.float32)) for axis in axes]
        depth = np.zeros(len(self.parents), int)
        for bone, parent in enumerate(self.parents):
            depth[bone] = depth[parent] + 1 if parent >= 0 else 0
        self.levels = [np.flatnonzero(depth == level).tolist() for level in range(depth.max() + 1)]

    def surface(self, count: int, seed: int, bones: tuple[str, ...] = ()) -> SurfacePoints:
        """``count`` points spread evenly at random over the mean body's visible skin, or over what bones called so move."""
        space = self.space
        quads = space.pack.faces[space.seen_faces]
        if bones:
            chosen = [name for name in space.pack.bone_names if name.startswith(bones)]
            quads = quads[space.pack.bone_weight(*chosen)[quads].min(axis=1) > 0.5]
        triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
        a, b, c = (space.mean[triangles[:, k]] for k in range(3))
        cross = np.cross(b - a, c - a)
        area = np.linalg.norm(cross, axis=1)
        rng = np.random.default_rng(seed)
        stops = (np.arange(count) + rng.random(count)) / count * area.sum()  # strata: equal areas get equal counts
        chosen = np.minimum(np.searchsorted(np.cumsum(area), stops), len(area) - 1)
        root, second = np.sqrt(rng.random(count)), rng.random(count)
        share = np.stack([1 - root, root * (1 - second), root * second], axis=1).astype(np.float32)
        return self.at(triangles[chosen], share)

    def at(self, corners: np.ndarray, share: np.ndarray) -> SurfacePoints:
        """The points at barycentric ``share`` (N, 3) of the triangles ``corners`` (N, 3) of the pack's vertices."""
        space, pack = self.space, self.space.pack
        used, inverse = np.unique(corners, return_inverse=True)
        dense = np.zeros((len(used), len(pack.bone_names)), np.float32)
        np.add.at(dense, (np.arange(len(used))[:, None], pack.joints[used]), pack.weights[used])
        inverse = inverse.reshape(corners.shape)
        a, b, c = (space.mean[corners[:, k]] for k in range(3))
        normals = np.cross(b - a, c - a)
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)

        def blend(values: np.ndarray) -> np.ndarray:
            return np.einsum("...nkc,nk->...nc", values, share)

        return SurfacePoints(
            torch.from_numpy(blend(space.mean[corners]).astype(np.float32)),
            torch.from_numpy(blend(space.basis[:, used][:, inverse]).astype(np.float32)),
            torch.from_numpy(normals.astype(np.float32)),
            torch.from_numpy(blend(dense[inverse]).astype(np.float32)),
            torch.from_numpy(corners.astype(np.int64)),
        )

    def pose(self, shape: Tensor, rotations: Tensor, curls: Tensor) -> Pose:
        """The skeleton of shapes (B, K) in poses (B, 20, 3, 3) with finger curls (B, 2), pelvis at the origin."""
        batch, count = len(shape), len(self.parents)
        rest = self.joints + torch.einsum("bk,kjd->bjd", shape, self.joint_basis)
        local = torch.eye(3, dtype=shape.dtype).expand(batch, count, 3, 3).clone()
        local[:, self.fit_bones] = rotations
        for hand in range(2):
            local[:, self.finger_bones[hand]] = rotation(curls[:, hand, None, None] * self.finger_axes[hand].to(shape.dtype))
        turned: list[Tensor] = [local[:, 0]] * count
        joints: list[Tensor] = [rest[:, 0]] * count
        for level in self.levels[1:]:
            above = [self.parents[bone] for bone in level]
            turn = torch.stack([turned[bone] for bone in above], 1)
            step = (turn @ (rest[:, level] - rest[:, above])[..., None])[..., 0]
            place = torch.stack([joints[bone] for bone in above], 1) + step
            turn = turn @ local[:, level]
            for number, bone in enumerate(level):
                turned[bone], joints[bone] = turn[:, number], place[:, number]
        return Pose(torch.stack(turned, 1), torch.stack(joints, 1), rest)


def skin(pose: Pose, positions: Tensor, weights: Tensor) -> Tensor:
    """Posed points: ``positions`` (B, N, 3) at rest with ``weights`` (N, J) or (B, N, J) -> (B, N, 3)."""
    offset = pose.joints - (pose.turned @ pose.rest[..., None])[..., 0]
    matrices = torch.cat([pose.turned, offset[..., None]], -1).flatten(2)
    mixed = (weights @ matrices).unflatten(-1, (3, 4))
    return (mixed[..., :3] @ positions[..., None])[..., 0] + mixed[..., 3]


def posed(body: Body, points: SurfacePoints, shape: Tensor, rotations: Tensor, curls: Tensor) -> Tensor:
    """(B, N, 3) surface points of shapes (B, K) in poses."""
    rest = points.base + torch.einsum("bk,knd->bnd", shape, points.basis)
    return skin(body.pose(shape, rotations, curls), rest, points.weights)


def rotation(vectors: Tensor) -> Tensor:
    """(..., 3, 3) rotations about ``vectors`` (..., 3) by their length in radians (Rodrigues' formula), smooth at zero."""
    angle = (vectors.square().sum(-1, keepdim=True) + 1e-16).sqrt()[..., None]
    x, y, z = (vectors / angle[..., 0]).unbind(-1)
    o = torch.zeros_like(x)
    skew = torch.stack([o, -z, y, z, o, -x, -y, x, o], -1).unflatten(-1, (3, 3))
    return torch.eye(3, dtype=vectors.dtype) + angle.sin() * skew + (1 - angle.cos()) * skew @ skew


def about_up(angle: Tensor) -> Tensor:
    """(B, 3, 3) rotations about Z by ``angle`` (B,)."""
    zero = torch.zeros_like(angle)
    return rotation(torch.stack([zero, zero, angle], -1))


def from_six(values: Tensor) -> Tensor:
    """(..., 6) -> rotations (..., 3, 3) by Gram and Schmidt (Zhou et al., CVPR 2019); zeros give the identity."""
    values = values + torch.tensor([1.0, 0, 0, 0, 1, 0], dtype=values.dtype)
    first = torch.nn.functional.normalize(values[..., :3], dim=-1)
    second = values[..., 3:] - (first * values[..., 3:]).sum(-1, keepdim=True) * first
    second = torch.nn.functional.normalize(second, dim=-1)
    return torch.stack([first, second, torch.linalg.cross(first, second)], -1)
