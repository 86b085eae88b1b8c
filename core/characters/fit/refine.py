"""Refinement: the body is moved onto the cloud by Gauss and Newton's method, with the derivatives of its skinning written out.

Each round matches cloud and body by place and normal, both ways, and moves pose, shape, size and place so that the distances along
the body's normals (Chen and Medioni 1992), and a little the distances themselves, become least. Distances are trusted the less
the larger they are (Geman and McClure), so that what is missing, worn or held does not pull; cloth, which lies outside the body,
loses trust sooner than what lies inside it. Lengths are in statures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from .model import Body, SurfacePoints, about_up, rotation, skin
from .poses import FIT_BONES, spreads
from .space import STYLES

NORMAL_REACH = 0.045  # how far a point may be taken from, to find one whose normal is not at a right angle
STYLE_SPREAD = 0.12  # how far styles are from those guessed before the fit minds
NOISE = 0.004
SAMPLES, HAND_SAMPLES = 1600, 150  # points on the body, and more on each hand, which is small and counts
HAND_BONES = ("hand", "thumb", "index", "middle", "ring", "pinky")
SPACING = 0.022  # between neighbouring samples, about
CURL, CURL_SPREAD = 0.1, 0.3  # of hands in rest poses, radians
EVIDENCE = 350.0  # independent points that a whole cloud counts as, against the priors


@dataclass
class State:
    """C fits side by side: ``shape`` (C, K), ``rotations`` (C, 20, 3, 3), ``curls`` (C, 2), ``yaw`` (C,), log ``size`` (C,),
    ``place`` (C, 3) of the pelvis; ``styles`` (C, S), the proportions that were guessed, from which it minds to go far."""

    shape: Tensor
    rotations: Tensor
    curls: Tensor
    yaw: Tensor
    size: Tensor
    place: Tensor
    styles: Tensor

    def take(self, index: Tensor | slice | list[int]) -> State:
        """Some of the fits."""
        return State(*(value[index] for value in vars(self).values()))

    @staticmethod
    def joined(states: list[State]) -> State:
        """All fits of several."""
        return State(*(torch.cat(values) for values in zip(*(vars(state).values() for state in states), strict=True)))


@dataclass
class Round:
    """One stage: ``rounds`` of matching and moving; ``trust`` and ``cloth``, the distances inside and outside the body at which a
    match counts a quarter; ``direct``, the weight of distances beside those along normals; ``styles``: may proportions change;
    ``hands``: are hands looked at closely."""

    rounds: int
    trust: float
    cloth: float
    direct: float
    points: int
    styles: bool = True
    hands: bool = False


SCHEDULE = (Round(7, 0.09, 0.09, 0.3, 700, False), Round(8, 0.05, 0.05, 0.15, 900), Round(7, 0.025, 0.02, 0.08, 1300, hands=True))
HANDS = (Round(4, 0.03, 0.03, 0.15, 400, hands=True), Round(3, 0.018, 0.018, 0.1, 400, hands=True))
LAST = (Round(5, 0.02, 0.016, 0.06, 1600, hands=True),)


class Refiner:
    """Fits to one cloud: ``positions`` (N, 3) in statures and unit ``normals`` (N, 3), of which either all point outward, or,
    unless ``oriented``, each out or in."""

    def __init__(self, body: Body, positions: Tensor, normals: Tensor, oriented: bool = True, seed: int = 0) -> None:
        self.body, self.positions, self.normals, self.oriented = body, positions, normals, oriented
        trunk, hands = body.surface(SAMPLES, seed + 17), body.surface(2 * HAND_SAMPLES, seed + 18, HAND_BONES)
        self.samples = trunk.joined(hands)
        side = self.samples.base[SAMPLES:, 0] > 0
        self.hands = [SAMPLES + torch.nonzero(chosen)[:, 0] for chosen in (side, ~side)]
        self.generator = torch.Generator().manual_seed(seed)
        bones = [int(bone) for bone in body.fit_bones]
        fingers = [int(bone) for hand in body.finger_bones for bone in hand]
        self.moved = torch.zeros(len(body.parents), len(bones) + len(fingers))  # which bones go along with which
        for column, bone in enumerate(bones + fingers):
            for other in range(len(body.parents)):
                ancestor = other
                while ancestor >= 0 and ancestor != bone:
                    ancestor = body.parents[ancestor]
                self.moved[other, column] = float(ancestor == bone)
        self.turning = torch.tensor(bones + fingers)
        self.above = torch.tensor([body.parents[bone] for bone in bones + fingers])
        self.axes = torch.cat(body.finger_axes)
        spread = torch.from_numpy(spreads()).float()
        self.pose_spread = 0.15 + 1.2 * spread
        self.pose_spread[FIT_BONES.index("pelvis")] = 0.6
        wrists = [FIT_BONES.index(f"hand_{side}") for side in "lr"]
        self.pose_spread[wrists] = 0.08 + 0.8 * spread[wrists]

    def refine(self, state: State, schedule: tuple[Round, ...] = SCHEDULE) -> State:
        """The fits, improved."""
        for stage in schedule:
            samples = self._renewed(self.samples, state) if len(state.yaw) == 1 else self.samples
            if not self.oriented:
                self.orient(state.take([0]))
            for _ in range(stage.rounds):
                state = self._step(state, stage, samples)
        return state

    def orient(self, state: State) -> float:
        """Turns normals outward as one fit's body lies under them; returns the share of them that was."""
        places, facing = self.surface(state, self.samples)
        near = torch.cdist(self.positions, places[0]).topk(5, largest=False)[1]
        outward = (facing[0][near].sum(dim=1) * self.normals).sum(dim=-1) >= 0
        if not self.oriented:
            self.normals = torch.where(outward[:, None], self.normals, -self.normals)
        return float(outward.float().mean())

    def distances(self, state: State, count: int = 1200) -> tuple[Tensor, Tensor]:
        """(C, N) from each of up to ``count`` cloud points to the body, and (C, M) from the body's samples to the cloud: along the
        body's normal where the two lie beside each other no farther than samples do, in space elsewhere."""
        points, normals = self.positions[:count], self.normals[:count]
        places, facing = self.surface(state, self.samples.take(torch.arange(SAMPLES)))
        apart = _apart(points, normals, places, facing)
        to_body, to_cloud = apart.argmin(dim=2), apart.argmin(dim=1)

        def distance(offset: Tensor, normal: Tensor) -> Tensor:
            square, along = offset.square().sum(-1), (offset * normal).sum(-1).abs()
            return torch.where(square - along.square() < SPACING**2, along, square.sqrt())

        return distance(points - _picked(places, to_body), _picked(facing, to_body)), distance(points[to_cloud] - places, facing)

    def hand_errors(self, state: State) -> Tensor:
        """(C, 2) mean distance between each hand and the cloud about it, both ways, in statures."""
        places, facing = self.surface(state, self.samples)
        apart = _apart(self.positions, self.normals, places, facing)
        found = []
        for hand in self.hands:
            to_cloud = apart[:, :, hand].amin(dim=1).clamp_max(0.06).mean(dim=1)
            near = (apart.argmin(dim=2)[..., None] == hand).any(dim=-1)
            to_hand = (apart.amin(dim=2).clamp_max(0.06) * near).sum(dim=1) / near.sum(dim=1).clamp_min(1)
            found.append(to_cloud + 0.5 * to_hand)
        return torch.stack(found, dim=1)

    def surface(self, state: State, samples: SurfacePoints) -> tuple[Tensor, Tensor]:
        """(C, M, 3) places and unit normals of body samples."""
        pose = self.body.pose(state.shape, state.rotations, state.curls)
        rest = samples.base + torch.einsum("ck,kmd->cmd", state.shape, samples.basis)
        turned = (samples.weights @ pose.turned.flatten(2)).unflatten(-1, (3, 3))
        up = about_up(state.yaw).transpose(1, 2)
        facing = torch.nn.functional.normalize((turned @ samples.normals[..., None])[..., 0] @ up, dim=-1)
        return skin(pose, rest, samples.weights) @ up * state.size.exp()[:, None, None] + state.place[:, None], facing

    def _renewed(self, samples: SurfacePoints, state: State) -> SurfacePoints:
        """The samples with the normals of the fitted shape instead of the mean body's."""
        rows = self.body.space.rows(state.shape[0].numpy())
        a, b, c = (rows[samples.corners[:, k].numpy()] for k in range(3))
        normals = np.cross(b - a, c - a)
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        return replace(samples, normals=torch.from_numpy(normals.astype(np.float32)))

    def _step(self, state: State, stage: Round, samples: SurfacePoints) -> State:
        some = torch.randperm(SAMPLES, generator=self.generator)[: stage.points]
        if stage.hands:
            some = torch.cat([some, *self.hands])
        chosen = samples.take(some)
        index = torch.randperm(len(self.positions), generator=self.generator)[: stage.points]
        points, normals = self.positions[index], self.normals[index]
        places, facing, slopes = self._slopes(state, chosen)
        gram, pull = self._evidence(points, normals, places, facing, slopes, stage)
        return self._moved(state, gram, pull, stage.styles)

    def _slopes(self, state: State, samples: SurfacePoints) -> tuple[Tensor, Tensor, Tensor]:
        """(C, M, 3) places, (C, M, 3) normals, and (C, M, 3, P) how places change with each of the P parameters.

        The parameters are, in order: place (3), yaw, log size, twenty rotations (3 each, about the parent's axes), curls, shape.
        """
        body, weights = self.body, samples.weights
        pose = body.pose(state.shape, state.rotations, state.curls)
        rest = samples.base + torch.einsum("ck,kmd->cmd", state.shape, samples.basis)
        count, many = rest.shape[:2]
        turned = pose.turned
        offset = pose.joints - (turned @ pose.rest[..., None])[..., 0]
        by_bone = torch.einsum("cjxy,cmy->cmjx", turned, rest) + offset[:, None]
        shares = weights[None, :, :, None] * by_bone
        place = shares.sum(dim=2)
        blend = (weights @ turned.flatten(2)).unflatten(-1, (3, 3))
        facing = torch.nn.functional.normalize((blend @ samples.normals[..., None])[..., 0], dim=-1)
        # rotations: what goes along with a bone, seen from its joint
        levers = (
            torch.einsum("cmjx,jk->cmkx", shares, self.moved)
            - (weights @ self.moved)[None, :, :, None] * pose.joints[:, None, self.turning]
        )
        frames = turned[:, self.above]
        main = len(FIT_BONES)
        by_axis = [
            torch.linalg.cross(frames[:, None, :main, :, axis].expand(-1, many, -1, -1), levers[:, :, :main], dim=-1)
            for axis in range(3)
        ]
        rotations = torch.stack(by_axis, dim=3).flatten(2, 3).transpose(2, 3)  # (C, M, 3, 60)
        axis = (frames[:, main:] @ self.axes[..., None])[..., 0]
        fingers = torch.linalg.cross(axis[:, None].expand(-1, many, -1, -1), levers[:, :, main:], dim=-1)
        curls = fingers.unflatten(2, (2, -1)).sum(dim=3).transpose(2, 3)
        shape = self._shape_slopes(pose, samples, blend)
        up = about_up(state.yaw)
        size = state.size.exp()[:, None, None]
        inner = torch.cat([rotations, curls, shape], dim=-1)
        inner = (up[:, None] * size[..., None]) @ inner
        place = place @ up.transpose(1, 2) * size
        around = torch.stack([-place[..., 1], place[..., 0], torch.zeros_like(place[..., 0])], dim=-1)
        still = torch.eye(3).expand(count, many, 3, 3)
        slopes = torch.cat([still, around[..., None], place[..., None], inner], dim=-1)
        return place + state.place[:, None], facing @ up.transpose(1, 2), slopes

    def _shape_slopes(self, pose, samples: SurfacePoints, blend: Tensor) -> Tensor:
        """(C, M, 3, K) how posed places change with the shape: with the skin at rest, and with the joints under it."""
        body = self.body
        basis = body.joint_basis.permute(1, 2, 0)  # (J, 3, K)
        moved: list[Tensor] = [basis[0].expand(len(blend), -1, -1)] * len(body.parents)
        for level in body.levels[1:]:
            for bone in level:
                parent = body.parents[bone]
                moved[bone] = moved[parent] + pose.turned[:, parent] @ (basis[bone] - basis[parent])
        joints = torch.stack(moved, dim=1) - pose.turned @ basis  # (C, J, 3, K)
        return blend @ samples.basis.permute(1, 2, 0) + (samples.weights @ joints.flatten(2)).unflatten(-1, (3, -1))

    def _evidence(
        self, points: Tensor, normals: Tensor, places: Tensor, facing: Tensor, slopes: Tensor, stage: Round
    ) -> tuple[Tensor, Tensor]:
        """(C, P, P) and (C, P): the normal equations of all matches, both ways."""
        apart = _apart(points, normals, places, facing)
        to_body, to_cloud = apart.argmin(dim=2), apart.argmin(dim=1)
        count, many = places.shape[:2]
        weight = torch.zeros(count, many)
        pulled = torch.zeros(count, many, 3)
        for offset, agree, at in (
            (points - _picked(places, to_body), (normals * _picked(facing, to_body)).sum(-1), to_body),
            (points[to_cloud] - places, (normals[to_cloud] * facing).sum(-1), torch.arange(many).expand(count, -1)),
        ):
            out = (offset * _picked(facing, at)).sum(-1)
            square = offset.square().sum(-1)
            reach = torch.where(out > 0.3 * square.sqrt(), stage.cloth, stage.trust) ** 2
            trust = (reach / (reach + square)).square() * agree.clamp(0, 1)
            weight.scatter_add_(1, at, trust)
            pulled.scatter_add_(1, at[..., None].expand(-1, -1, 3), trust[..., None] * offset)
        scale = EVIDENCE / (weight.sum(dim=1) + 0.15 * (len(points) + many))[:, None] / NOISE**2
        weight, pulled = weight * scale, pulled * scale[..., None]
        along = (facing[..., None, :] @ slopes)[..., 0, :]
        gram = along.transpose(1, 2) @ (weight[..., None] * along)
        pull = (along.transpose(1, 2) @ (facing * pulled).sum(-1, keepdim=True))[..., 0]
        flat = slopes.flatten(1, 2)
        gram = gram + stage.direct * flat.transpose(1, 2) @ (weight[..., None].expand(-1, -1, 3).flatten(1)[..., None] * flat)
        pull = pull + stage.direct * (flat.transpose(1, 2) @ pulled.flatten(1)[..., None])[..., 0]
        return gram, pull

    def _moved(self, state: State, gram: Tensor, pull: Tensor, styles: bool) -> State:
        """The state after one damped Gauss-Newton step, the priors on pose and shape added."""
        poses, builds = 3 * len(FIT_BONES), self.body.space.builds
        start = 5 + poses
        prior = torch.zeros_like(pull)
        centre = torch.zeros_like(pull)
        prior[:, 5:start] = (1 / self.pose_spread.square()).flatten()
        centre[:, 5:start] = _vectors(state.rotations).flatten(1)
        prior[:, start : start + 2] = 1 / CURL_SPREAD**2
        centre[:, start : start + 2] = state.curls - CURL
        prior[:, start + 2 : start + 2 + builds] = 1.0
        prior[:, -len(STYLES) :] = 1 / STYLE_SPREAD**2 if styles else 1e8
        centre[:, start + 2 :] = state.shape
        centre[:, -len(STYLES) :] -= state.styles if styles else state.shape[:, -len(STYLES) :]
        gram = gram + torch.diag_embed(prior)
        damping = 0.02 * gram.diagonal(dim1=1, dim2=2) + 1.0
        step = torch.linalg.solve((gram + torch.diag_embed(damping)).double(), (pull - prior * centre).double()).float()
        turn = step[:, 5:start].unflatten(1, (-1, 3)).clamp(-0.5, 0.5)
        return State(
            state.shape + step[:, start + 2 :].clamp(-1.5, 1.5),
            rotation(turn) @ state.rotations,
            (state.curls + step[:, start : start + 2].clamp(-0.4, 0.4)).clamp(-0.3, 1.6),
            state.yaw + step[:, 3].clamp(-0.5, 0.5),
            state.size + step[:, 4].clamp(-0.1, 0.1),
            state.place + step[:, :3].clamp(-0.1, 0.1),
            state.styles,
        )


def _apart(points: Tensor, normals: Tensor, places: Tensor, facing: Tensor) -> Tensor:
    """(C, N, M) distances in place and normal together."""
    cloud = torch.cat([points, NORMAL_REACH * normals], dim=-1).expand(len(places), -1, -1)
    return torch.cdist(cloud, torch.cat([places, NORMAL_REACH * facing], dim=-1))


def _picked(values: Tensor, index: Tensor) -> Tensor:
    """(C, N, 3): of ``values`` (C, M, 3) those at ``index`` (C, N)."""
    return torch.gather(values, 1, index[..., None].expand(-1, -1, 3))


def _vectors(rotations: Tensor) -> Tensor:
    """(..., 3) rotation vectors of rotations (..., 3, 3) below half a turn."""
    skew = torch.stack(
        [
            rotations[..., 2, 1] - rotations[..., 1, 2],
            rotations[..., 0, 2] - rotations[..., 2, 0],
            rotations[..., 1, 0] - rotations[..., 0, 1],
        ],
        dim=-1,
    )
    sine = 0.5 * skew.norm(dim=-1, keepdim=True)
    angle = torch.atan2(sine, 0.5 * (rotations.diagonal(dim1=-2, dim2=-1).sum(-1, keepdim=True) - 1))
    return skew * torch.where(sine > 1e-5, 0.5 * angle / sine.clamp_min(1e-9), torch.full_like(sine, 0.5))
