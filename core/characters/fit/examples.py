"""Clouds of people in poses with everything known about them, as many as training wants: bare, dressed, partial, noisy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .. import motion
from ..body import BodyPack, build
from ..brief import ADULT_AGE, CharacterBrief
from ..chance import draw
from ..generate import RIG, generate
from .cloud import thinned
from .model import Body, Pose, SurfacePoints, about_up, skin
from .poses import FIT_BONES, arms_out, clip_poses, draw_poses
from .space import SLIDERS, STYLES, ShapeSpace, draw_people, draw_sliders

CHIBI = (  # style, and how far short, big-headed figures of games go
    ("head size", 0.0, 2.4), ("neck length", -0.8, 0.0), ("leg length", -0.45, 0.0), ("leg thickness", 0.0, 0.9),
    ("arm length", -0.25, 0.1), ("arm thickness", 0.0, 1.0), ("hand size", 0.0, 1.2), ("foot size", 0.0, 0.8),
    ("trunk length", -0.25, 0.1), ("trunk width", -0.1, 0.3), ("trunk depth", -0.1, 0.5),
)  # fmt: skip
POOL = 8192  # surface points from which each batch takes its own


@dataclass
class Batch:
    """``cloud`` (B, N, 3) facing somewhere; ``truth`` (B, M, 3) the surface points ``marks`` and ``joints`` (B, 20, 3) facing
    likewise; ``shape``, ``rotations``, ``curls``, ``yaw`` as the network should say them."""

    cloud: Tensor
    marks: SurfacePoints
    truth: Tensor
    joints: Tensor
    shape: Tensor
    rotations: Tensor
    curls: Tensor
    yaw: Tensor


@dataclass
class Dressed:
    """M generated characters as points: ``positions`` (M, P, 3) with the pelvis at the origin, over their stature;
    ``weights`` (M, P, J) half precision; ``shape`` (M, K)."""

    positions: Tensor
    normals: Tensor
    weights: Tensor
    shape: Tensor


def random_brief(rng: np.random.Generator, seed: int) -> CharacterBrief:
    """Someone dressed, of any age and build, without face shapes and clips."""
    sliders = dict(zip(SLIDERS, draw_sliders(1, rng)[:, 0].tolist(), strict=True))
    del sliders["height"]
    if sliders["age"] < ADULT_AGE:
        sliders["chest"] = 0.5
    said = {name: float(np.clip(value, 0, 90)) for name, value in sliders.items()}
    origins = {name: min(said[name], 1.0) for name in ("african", "asian", "caucasian")}
    values, _ = draw(said | origins, rng)
    drawn = {name: value for name, value in (said | origins | values).items() if name in CharacterBrief.__dataclass_fields__}
    return CharacterBrief(seed=seed, face_units=False, motion=False, **drawn)


def dress_up(space: ShapeSpace, brief: CharacterBrief, points: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One character's ``positions`` (P, 3), ``normals``, ``weights`` (P, J) and ``shape`` (K,); takes seconds."""
    scene = generate(brief)
    pack = space.pack
    bare = build(brief, np.random.default_rng(brief.seed).spawn(6)[0])
    pelvis = pack.bone("pelvis")
    rows = np.concatenate([bare.vertices, bare.heads, bare.tails]) - bare.heads[pelvis]
    skeleton = scene.node(RIG).skeleton
    assert skeleton is not None
    origin = skeleton.heads[pelvis]
    rng = np.random.default_rng(brief.seed)
    found = [_surface(node.mesh, len(pack.bone_names), 6 * points, rng) for node in scene.nodes if node.mesh is not None]
    areas = np.array([area for *_, area in found])
    keep = [
        rng.permutation(len(p))[: int(6 * points * share) + 1] for (p, *_), share in zip(found, areas / areas.sum(), strict=True)
    ]
    positions, normals, weights = (
        np.concatenate([np.asarray(values[k])[index] for values, index in zip(found, keep, strict=True)]) for k in range(3)
    )
    number = np.arange(len(positions), dtype=np.float64)[:, None].repeat(3, axis=1)  # which of them are kept travels as a normal
    even, kept = thinned(positions, number, points, brief.seed)
    index = kept[:, 0].astype(int)
    fill = rng.integers(len(index), size=points - len(index))
    index = np.concatenate([index, index[fill]])
    return (positions[index] - origin) / bare.height, normals[index], weights[index], space.project(rows / bare.height)


def _surface(mesh, bones: int, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Random surface points of a skinned mesh with normals and dense weights, and its area."""
    triangles, _ = mesh.triangles()
    corners = mesh.corners[triangles]
    a, b, c = (mesh.vertices[corners[:, k]].astype(np.float64) for k in range(3))
    cross = np.cross(b - a, c - a)
    area = np.linalg.norm(cross, axis=1)
    chosen = np.searchsorted(np.cumsum(area), rng.random(count) * area.sum()).clip(0, len(area) - 1)
    root, second = np.sqrt(rng.random(count)), rng.random(count)
    share = np.stack([1 - root, root * (1 - second), root * second], axis=1)
    weights = np.zeros((count, bones), np.float32)
    for k in range(3):
        vertex = corners[chosen, k]
        np.add.at(weights, (np.arange(count)[:, None], mesh.skin.joints[vertex]), mesh.skin.weights[vertex] * share[:, k : k + 1])
    positions = np.einsum("nkc,nk->nc", mesh.vertices[corners[chosen]], share)
    return positions, cross[chosen] / np.maximum(area[chosen, None], 1e-12), weights, float(area.sum())


def dressed_pool(space: ShapeSpace, count: int, points: int, seed: int, progress=None) -> Dressed:
    """``count`` characters of our own generator."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        if progress:
            progress(number / count, "Dressing people")
        found.append(dress_up(space, random_brief(rng, seed * 1000 + number), points))
    positions, normals, weights, shape = (torch.from_numpy(np.stack(values)) for values in zip(*found, strict=True))
    return Dressed(positions.float(), normals.float(), weights.half(), shape.float())


def pose_bank(pack: BodyPack) -> np.ndarray:
    """(M, 20, 3, 3) moments of our clips and the poses in which artists model: A, T, relaxed."""
    shape = build(CharacterBrief(age=30), np.random.default_rng(0))
    clips = motion.make_clips(shape, ("walk", "jog", "idle", "seated"))
    bank = [clip_poses(pack, clip)[::3] for clip in clips]
    still = np.tile(np.eye(3), (1, len(FIT_BONES), 1, 1))
    tees = np.concatenate([arms_out(pack, rise) for rise in np.radians([0.0, -20.0, -45.0, -60.0])])
    return np.concatenate([*bank, np.repeat(still, 20, axis=0), np.repeat(tees, 9, axis=0)])


class Examples:
    """Draws batches; everything random comes from ``seed``."""

    def __init__(self, space: ShapeSpace, body: Body, dressed: Dressed | None, seed: int) -> None:
        self.space, self.body, self.dressed = space, body, dressed
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.pool = body.surface(POOL, seed)
        self.bank = pose_bank(space.pack)
        self.people = torch.from_numpy(draw_people(space, 6000, self.rng).coefficients).float()

    def shapes(self, count: int) -> Tensor:
        """(B, K) shapes: people, and a third of them with an artist's proportions."""
        shape = torch.zeros(count, self.space.size)
        shape[:, : self.space.builds] = self.people[torch.from_numpy(self.rng.integers(len(self.people), size=count))]
        kind = self.rng.random(count)
        spread = np.array([0.35, 0.3, 0.12, 0.25, 0.25, 0.15, 0.22, 0.25, 0.1, 0.12, 0.15])
        styles = self.rng.standard_normal((count, len(STYLES))) * spread
        for name, least, most in CHIBI:
            styles[:, STYLES.index(name)] += (kind < 0.2) * self.rng.uniform(least, most, count) * self.rng.random(count) ** 0.5
        styles = np.clip(styles, -0.8, 3.0) * (kind < 0.42)[:, None]
        shape[:, self.space.builds :] = torch.from_numpy(styles).float()
        shape[:, self.space.builds :] += 0.02 * torch.randn(count, len(STYLES), generator=self.generator)
        return shape

    def batch(self, count: int, points: int, known: int, turn: float | None = None) -> Batch:
        """``count`` clouds of ``points``, with ``known`` surface points each. ``turn``: yaw within ± this, else any."""
        poses, curls = draw_poses(self.space.pack, self.bank, count, self.rng)
        rotations, curl = torch.from_numpy(poses).float(), torch.from_numpy(curls).float()
        source, shape = None, self.shapes(count)
        if self.dressed is not None and self.rng.random() < 0.4:
            source = torch.from_numpy(self.rng.integers(len(self.dressed.shape), size=count))
            shape = self.dressed.shape[source]
        pose = self.body.pose(shape, rotations, curl)
        drawn = int(points * 2.2)
        if source is None or self.dressed is None:
            cloud, normals = self._posed(pose, shape, self.pool.take(torch.from_numpy(self.rng.permutation(POOL)[:drawn])))
            cloud = cloud + normals * self._cloth(count, cloud, normals)
        else:
            columns = torch.from_numpy(self.rng.permutation(self.dressed.positions.shape[1])[:drawn])
            weights = self.dressed.weights[source][:, columns].float()
            cloud = skin(pose, self.dressed.positions[source][:, columns], weights)
            normals = (weights @ pose.turned.flatten(2)).unflatten(-1, (3, 3)) @ self.dressed.normals[source][:, columns, :, None]
            normals = normals[..., 0]
        return self._seen(pose, shape, rotations, curl, self._spoiled(cloud, normals, points), known, turn)

    def clean(self, poses: np.ndarray, points: int, known: int, turn: float | None = None, noise: float = 0.004 / 1.7) -> Batch:
        """Bare people in the given poses (B, 20, 3, 3), seen from all sides, with ``noise`` in statures."""
        count = len(poses)
        shape = self.shapes(count)
        shape[:, self.space.builds :] = 0
        rotations, curl = torch.from_numpy(poses).float(), torch.zeros(count, 2)
        pose = self.body.pose(shape, rotations, curl)
        cloud, _ = self._posed(pose, shape, self.pool.take(torch.from_numpy(self.rng.permutation(POOL)[:points])))
        cloud = cloud + noise * torch.randn(cloud.shape, generator=self.generator)
        return self._seen(pose, shape, rotations, curl, cloud, known, turn)

    def _seen(
        self, pose: Pose, shape: Tensor, rotations: Tensor, curls: Tensor, cloud: Tensor, known: int, turn: float | None
    ) -> Batch:
        """The batch, each of its people turned by a yaw of its own."""
        reach = np.pi if turn is None else turn
        yaw = torch.from_numpy(self.rng.uniform(-reach, reach, len(shape))).float()
        up = about_up(yaw).transpose(1, 2)
        marks = self.pool.take(torch.from_numpy(self.rng.integers(POOL, size=known)))
        truth = self._posed(pose, shape, marks)[0] @ up
        return Batch(cloud @ up, marks, truth, pose.joints[:, self.body.fit_bones] @ up, shape, rotations, curls, yaw)

    def _posed(self, pose: Pose, shape: Tensor, points: SurfacePoints) -> tuple[Tensor, Tensor]:
        rest = points.base + torch.einsum("bk,knd->bnd", shape, points.basis)
        turned = (points.weights @ pose.turned.flatten(2)).unflatten(-1, (3, 3))
        return skin(pose, rest, points.weights), torch.nn.functional.normalize((turned @ points.normals[..., None])[..., 0], dim=-1)

    def _cloth(self, count: int, cloud: Tensor, normals: Tensor) -> Tensor:
        """(B, N, 1) something worn on a half of them, thicker here than there, in statures."""
        worn = torch.rand(count, 1, 1, generator=self.generator) < 0.4
        thick = 0.012 * torch.rand(count, 1, 1, generator=self.generator)
        waves = torch.randn(count, 3, 3, generator=self.generator) * 5
        phase = 6.3 * torch.rand(count, 1, 3, generator=self.generator)
        lumps = (cloud @ waves + phase).sin().mean(dim=-1, keepdim=True).clamp_min(-0.3) + 0.3
        return worn * thick * (0.3 + 1.5 * lumps)

    def _spoiled(self, cloud: Tensor, normals: Tensor, points: int) -> Tensor:
        """(B, points, 3): seen from one side only, cut off, unevenly dense, noisy, with something in the hand or beside."""
        count, drawn = cloud.shape[:2]
        rng = self.rng
        keep = torch.ones(count, drawn)
        for row in range(count):
            kind = rng.random()
            if kind < 0.22:  # a camera sees one side, mostly the front
                angle = rng.normal(-np.pi / 2, 0.5)
                view = torch.tensor([np.cos(angle), np.sin(angle), rng.normal(0, 0.15)], dtype=torch.float32)
                keep[row] = (normals[row] @ view > 0.05).float()
            elif kind < 0.3:  # something is cut off
                axis = torch.from_numpy(rng.standard_normal(3)).float()
                along = cloud[row] @ axis
                keep[row] = (along > along.quantile(float(rng.uniform(0.02, 0.2)))).float()
            elif kind < 0.5:  # dense here, sparse there
                axis = torch.from_numpy(rng.standard_normal(3) * 1.5).float()
                keep[row] = (cloud[row] @ axis).exp()
        index = torch.multinomial(keep + 1e-7, points, generator=self.generator)
        cloud = torch.gather(cloud, 1, index[..., None].expand(-1, -1, 3))
        noise = torch.from_numpy(rng.choice([0.001, 0.0025, 0.005, 0.01], (count, 1, 1), p=[0.4, 0.35, 0.2, 0.05])).float()
        cloud = cloud + noise * torch.randn(cloud.shape, generator=self.generator)
        held = rng.random(count) < 0.08
        for row in np.flatnonzero(held):
            few = int(rng.integers(8, points // 12))
            start = cloud[row, int(rng.integers(points))]
            way = torch.from_numpy(rng.standard_normal(3) * 0.25).float()
            cloud[row, :few] = (
                start + torch.rand(few, 1, generator=self.generator) * way + 0.01 * torch.randn(few, 3, generator=self.generator)
            )
        return cloud
