"""What motions need to know of a body: lengths of its limbs, how far arms must stand out, where its soles are. Measured once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...scene import Mesh
from ..body import BodyShape
from .kinematics import aligning, frames, unit

SIDES = {"l": 1.0, "r": -1.0}
SOLE_DIRECTIONS = 48
CREASE = 0.0042  # metres that the skin under the ball may be pressed in when the heel is up
CLEARANCE = 0.035  # metres between a hanging hand and the hip
FORWARD = np.array([0.0, -1.0, 0.0])


class Mannequin:
    """One body's measures, metres.

    Attributes:
        leg: hip to ankle along the left leg.
        arm: shoulder to wrist along the left arm.
        out: side -> radians that the hanging upper arm stands out, so that the hand clears hip and thigh.
        thigh_radius: from the middle of the thigh to its front.
        seat: from the hip joint down to what one sits on.
    """

    def __init__(self, shape: BodyShape, meshes: Sequence[Mesh] = ()) -> None:
        """``meshes``: what is worn; shoes are part of the soles."""
        self.shape = shape
        self.parents = shape.pack.bone_parents
        self.heads = shape.heads.astype(float)
        self.rest = shape.rest.astype(float)
        self.index = {name: number for number, name in enumerate(shape.pack.bone_names)}
        self.leg = self.length("thigh_l", "calf_l") + self.length("calf_l", "foot_l")
        self.arm = self.length("upperarm_l", "lowerarm_l") + self.length("lowerarm_l", "hand_l")
        self.soles = {side: _Sole(self, side, meshes) for side in SIDES}
        trunk = shape.pack.vertex_mask("body") & (shape.pack.bone_weight("pelvis", "spine_01", "thigh_l", "thigh_r") > 0.6)
        self.out = {side: self._abduction(side, trunk) for side in SIDES}
        self.thigh_radius, self.seat = self._thigh()
        self.relaxed = {side: self._relaxed(side) for side in SIDES}

    def joint(self, bone: str) -> np.ndarray:
        """(3,) where the bone begins at rest."""
        return self.heads[self.index[bone]]

    def along(self, bone: str) -> np.ndarray:
        """(3,) direction of the bone at rest."""
        return self.rest[self.index[bone]][:, 1]

    def length(self, start: str, end: str) -> float:
        """Metres between two joints at rest."""
        return float(np.linalg.norm(self.joint(end) - self.joint(start)))

    def standing(self, joint: str, width: float = 1.0) -> np.ndarray:
        """(3,) a joint of the foot when standing ``width`` times as wide as the hips are; the rest pose stands astride."""
        position = self.joint(joint).copy()
        side = joint[-1]
        position[0] += width * self.joint(f"thigh_{side}")[0] - self.joint(f"foot_{side}")[0]
        return position

    def limb_frames(self, first: str, second: str, end: str, bend: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(3, 3) rest frames of a limb's two bones: first column along the bone, second the axis that its joint turns about.

        ``bend``: direction in which the middle joint points; default as the rest pose bends it.
        """
        a, b, c = self.joint(first), self.joint(second), self.joint(end)
        towards = (b - (a + c) / 2) if bend is None else bend
        hinge = np.cross(c - a, towards)
        return frames(b - a, hinge), frames(c - b, hinge)

    def _abduction(self, side: str, trunk: np.ndarray) -> float:
        width = np.abs(self.shape.vertices[trunk, 0]).max()
        shoulder = abs(self.joint(f"upperarm_{side}")[0])
        upper, lower = self.length(f"upperarm_{side}", f"lowerarm_{side}"), self.length(f"lowerarm_{side}", f"hand_{side}")
        hand = 0.18 * lower  # half of the hand's breadth
        return float(np.arcsin(np.clip((width + CLEARANCE + hand - shoulder) / (upper + 0.35 * lower), 0.13, 0.8)))

    def _relaxed(self, side: str) -> dict[str, np.ndarray]:
        """(3, 3) world deltas of the hanging arm: a little bent, palm to the thigh."""
        out, sign = self.out[side], SIDES[side]
        aims = {
            "upperarm": (sign * np.sin(out), 0.06, -np.cos(out)),
            "lowerarm": (sign * np.sin(out) * 0.35, -0.22, -0.97),
            "hand": (sign * np.sin(out) * 0.1, -0.16, -0.98),
        }
        carried, deltas = np.eye(3), {}
        for limb, aim in aims.items():
            name = f"{limb}_{side}"
            carried = aligning(carried @ self.along(name), np.array(aim))[0] @ carried
            deltas[name] = carried
        return deltas

    def _thigh(self) -> tuple[float, float]:
        """Front and back of the left thigh, as distances from its middle line: two fifths down and at its upper end."""
        pack, hip, knee = self.shape.pack, self.joint("thigh_l"), self.joint("calf_l")
        skin = self.shape.vertices[pack.vertex_mask("body") & (pack.bone_weight("thigh_l") > 0.5)].astype(float)
        along = unit(knee - hip)
        share = (skin - hip) @ along / np.linalg.norm(knee - hip)
        middle = hip + share[:, None] * (knee - hip)
        ahead = middle[:, 1] - skin[:, 1]
        front = float(ahead[(share > 0.35) & (share < 0.7)].max())
        back = float(-ahead[(share > 0.15) & (share < 0.5)].min())
        return front, back


class _Sole:
    """The points of one foot, shoe included, that can touch the ground, and how far the foot reaches from the ankle."""

    def __init__(self, man: Mannequin, side: str, meshes: Sequence[Mesh]) -> None:
        pack = man.shape.pack
        ankle, ball = man.index[f"foot_{side}"], man.index[f"ball_{side}"]
        skin = pack.vertex_mask("body")
        points, share = [], []
        worn = [(mesh.vertices, mesh.skin.joints, mesh.skin.weights) for mesh in meshes if mesh.skin is not None]
        for vertices, joints, weights in [(man.shape.vertices[skin], pack.joints[skin], pack.weights[skin]), *worn]:
            heel, toe = (np.where(joints == bone, weights, 0).sum(axis=1) for bone in (ankle, ball))
            held = heel + toe > 0.6
            points.append(vertices[held].astype(float))
            share.append(toe[held] / (heel + toe)[held])
        position, toes = np.concatenate(points), np.concatenate(share)
        self.ankle, self.ball = man.heads[ankle], man.heads[ball]
        self.back = float((position[:, 1] - self.ankle[1]).max())
        self.front = float((self.ankle[1] - position[:, 1]).max())
        angle = np.linspace(0, 2 * np.pi, SOLE_DIRECTIONS, endpoint=False)
        downwards = np.stack([0.15 * np.sin(3 * angle), np.cos(angle), np.sin(angle)], axis=1)
        chosen = set()
        for part in (toes > 0.5, toes <= 0.5):
            rows = np.flatnonzero(part)
            chosen |= set(rows[(position[rows] @ downwards.T).argmin(axis=0)].tolist())
        crease = (toes > 0.1) & (toes < 0.9) & (position[:, 2] < 0.3 * self.ankle[2])  # what bends under the ball
        rows = np.array(sorted(chosen | set(np.flatnonzero(crease).tolist())))
        self.points, self.toes = position[rows], toes[rows]

    def rolled(self, pitch: np.ndarray) -> np.ndarray:
        """(T, 3) where the ankle is, from where it is when the foot lies flat, after rolling back over the heel without sliding
        until the toes are ``pitch`` (T,) degrees up."""
        points = (self.points - self.ankle)[self.toes < 0.1]
        angles = np.radians(np.linspace(0, 40, 41))
        step, at = angles[1], np.zeros((len(angles), 2))
        for number, angle in enumerate(angles[1:] - step / 2, 1):
            y, z = (
                np.cos(angle) * points[:, 1] + np.sin(angle) * points[:, 2],
                np.cos(angle) * points[:, 2] - np.sin(angle) * points[:, 1],
            )
            contact = z.argmin()
            at[number] = at[number - 1] + step * np.array([z[contact], -y[contact]]) * [-1, -1]
        return np.stack([np.zeros(len(pitch)), *(np.interp(np.radians(pitch), angles, at[:, axis]) for axis in (0, 1))], axis=1)

    def lowest(self, foot: np.ndarray, toe: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(T,) heights above the ankle joint, for (T, 3, 3) world deltas of foot and toes: of the lowest point, and of the
        lowest point of what the foot stands on, which are the toes alone when the heel is up."""
        ball = np.einsum("tj,j->t", foot[:, 2], self.ball - self.ankle)
        by_foot = np.einsum("tj,pj->tp", foot[:, 2], self.points - self.ankle)
        by_toe = ball[:, None] + np.einsum("tj,pj->tp", toe[:, 2], self.points - self.ball)
        heights = (1 - self.toes) * by_foot + self.toes * by_toe
        lowest = heights.min(axis=1)
        up = foot[:, 2, 1] > toe[:, 2, 1] + 0.02
        return lowest, np.where(up, np.minimum(heights[:, self.toes > 0.7].min(axis=1), lowest + CREASE), lowest)
