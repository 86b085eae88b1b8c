"""A body as a tailor measures it: distances along limbs, around them, and where hems lie.

All functions take points in the body's A-pose, so the same rule cuts the cloth and finds the skin that lies under it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .body import BodyShape
from .cloth import Cloth, dense_weights

REFERENCE_TORSO = 0.565  # pelvis to neck of the middle adult, metres; sizes in the wardrobe are given for that body
SIDES = ("l", "r")
ARM_BONES = (
    "upperarm",
    "lowerarm",
    "hand",
    "thumb_01",
    "thumb_02",
    "thumb_03",
    "index_01",
    "index_02",
    "index_03",
    "middle_01",
    "middle_02",
    "middle_03",
    "ring_01",
    "ring_02",
    "ring_03",
    "pinky_01",
    "pinky_02",
    "pinky_03",
)
LEG_BONES = ("thigh", "calf", "foot", "ball")


@dataclass
class Axis:
    """A bent line through a limb: ``joints`` (k, 3). ``front`` (3,) is where the angle around it is zero."""

    joints: np.ndarray
    front: np.ndarray

    @property
    def length(self) -> float:
        """Metres along the line."""
        return float(np.linalg.norm(np.diff(self.joints, axis=0), axis=1).sum())

    def measure(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """For (n, 3) points: metres along (n,), angle around (n,), radius (n,), and the nearest axis points (n, 3).

        The first and last segments go on for ever.
        """
        starts, steps = self.joints[:-1], np.diff(self.joints, axis=0)
        lengths = np.linalg.norm(steps, axis=1)
        ways = steps / lengths[:, None]
        offset = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        low = np.where(np.arange(len(starts)) == 0, -np.inf, 0.0)
        high = np.where(np.arange(len(starts)) == len(starts) - 1, np.inf, lengths)
        local = np.clip(np.einsum("nsk,sk->ns", points[:, None] - starts, ways), low, high)
        feet = starts + local[..., None] * ways
        best = np.linalg.norm(points[:, None] - feet, axis=2).argmin(axis=1)
        row = np.arange(len(points))
        foot = feet[row, best]
        main = (self.joints[-1] - self.joints[0]) / np.linalg.norm(self.joints[-1] - self.joints[0])
        front = self.front - (self.front @ main) * main
        front /= np.linalg.norm(front)
        side = np.cross(main, front)
        away = points - foot
        angle = np.arctan2(away @ side, away @ front)
        return local[row, best] + offset[best], angle, np.linalg.norm(away, axis=1), foot


class Figure:
    """Measures of one body.

    Attributes:
        unit: size of the body's torso over the reference; sizes given in metres for an adult are multiplied by it.
        arms, legs: an ``Axis`` for each side, "l" and "r".
        torso: a vertical ``Axis`` from the neck down.
        weights: (V, B) dense skin weights of all the pack's vertices.
    """

    def __init__(self, shape: BodyShape) -> None:
        self.shape = shape
        pack = shape.pack
        self.weights = dense_weights(pack.joints, pack.weights, len(pack.bone_names))
        self.unit = float((shape.joint("neck_01") - shape.joint("pelvis"))[2]) / REFERENCE_TORSO
        front = np.array([0.0, -1.0, 0.0])
        self.arms = {
            side: Axis(np.stack([shape.joint(f"{bone}_{side}") for bone in ("upperarm", "lowerarm", "hand")]), front)
            for side in SIDES
        }
        self.legs = {
            side: Axis(np.stack([shape.joint(f"{bone}_{side}") for bone in ("thigh", "calf", "foot")]), front) for side in SIDES
        }
        skin = shape.vertices[pack.vertex_mask("tights")]
        middle = [
            (band[:, 1].min() + band[:, 1].max()) / 2 if len(band) else 0.0
            for band in (
                skin[(np.abs(skin[:, 2] - height) < 0.05 * self.unit) & (np.abs(skin[:, 0]) < 0.16 * self.unit)]
                for height in (shape.joint("spine_03")[2], shape.joint("spine_01")[2], shape.joint("pelvis")[2])
            )
        ]
        depth = float(np.mean(middle))
        neck, hip = shape.joint("neck_01")[2], shape.joint("pelvis")[2]
        self.torso = Axis(np.array([[0, depth, neck], [0, depth, (neck + hip) / 2], [0, depth, hip - 0.3 * self.unit]]), front)

    def share(self, weights: np.ndarray, bones: tuple[str, ...], side: str) -> np.ndarray:
        """(n,) how much the bones of one side move cloth or skin with ``weights`` (n, B)."""
        names = self.shape.pack.bone_names
        return weights[:, [names.index(f"{bone}_{side}") for bone in bones]].sum(axis=1)

    def arm_share(self, weights: np.ndarray) -> np.ndarray:
        """(n,) how much arms move each row."""
        return self.share(weights, ARM_BONES, "l") + self.share(weights, ARM_BONES, "r")

    def along_arm(self, points: np.ndarray) -> np.ndarray:
        """(n,) metres from the shoulder joint along the nearer arm."""
        left, right = (self.arms[side].measure(points)[0] for side in SIDES)
        return np.where(points[:, 0] > 0, left, right)

    def neck_plane(self, points: np.ndarray, back: float, front: float, climb: float) -> np.ndarray:
        """(n,) metres above a neckline that passes ``back`` metres over the nape and ``front`` over the pit of the neck.

        ``climb`` (1/m) says how steeply the line goes up the sides of the neck."""
        neck, unit = self.shape.joint("neck_01"), self.unit
        low = np.array([neck[1] - 0.085 * unit, neck[2] - 0.062 * unit + front])
        high = np.array([neck[1] + 0.065 * unit, neck[2] - 0.012 * unit + back])
        rise = high - low
        normal = np.array([-rise[1], rise[0]]) / np.linalg.norm(rise)
        return (points[:, 1:] - low) @ normal - climb * points[:, 0] ** 2 / unit

    def unwrap(self, cloth: Cloth, tile: float) -> np.ndarray:
        """(m, 4, 2) UVs in metres: around the limb that moves a quad, and along it; tubes close on whole tiles."""
        uvs = np.zeros((len(cloth.quads), 4, 2), np.float32)
        shares = [
            self.share(cloth.weights, bones, side)[cloth.quads].mean(axis=1) for bones in (ARM_BONES, LEG_BONES) for side in SIDES
        ]
        kind = np.where(np.max(shares, axis=0) > 0.5, np.argmax(shares, axis=0), len(shares))
        axes = [*self.arms.values(), *self.legs.values(), self.torso]
        for number, axis in enumerate(axes):
            quads = cloth.quads[kind == number]
            if len(quads) == 0:
                continue
            along, angle, radius, _ = axis.measure(cloth.vertices[quads.ravel()])
            angle = angle.reshape(-1, 4)
            turned = angle - np.round((angle - angle[:, :1]) / (2 * np.pi)) * 2 * np.pi
            around = max(1, round(2 * np.pi * float(np.median(radius)) / tile)) * tile
            uvs[kind == number] = np.stack([turned / (2 * np.pi) * around, -along.reshape(-1, 4)], axis=2)
        return uvs


def hang(points: np.ndarray, axis: Axis, slope: float, start: float, share: np.ndarray, least: float = 0.0) -> np.ndarray:
    """Cloth that falls from what is above it: along the axis the radius may shrink by ``slope`` metres a metre at most.

    Args:
        points: (n, 3) cloth that follows the body.
        start: metres along the axis from which the rule holds (it fades in over 6 cm).
        share: (n,) how far the rule applies to a point.
        least: a radius in metres that is kept from ``start`` on.
    Returns: (n, 3) points, moved outwards only.
    """
    along, angle, radius, foot = axis.measure(points)
    member = share > 0.5
    if not member.any():
        return points
    rows, columns = 48, 32
    low, high = along[member].min(), along[member].max()
    step = max((high - low) / (rows - 1), 1e-6)
    row = np.clip((along - low) / step, 0, rows - 1)
    column = (angle / (2 * np.pi) % 1) * columns
    grid = np.zeros((rows, columns))
    at = np.round(row).astype(int), np.round(column).astype(int) % columns
    np.maximum.at(grid, (at[0][member], at[1][member]), radius[member])
    for _ in range(6):  # rings without a vertex take their neighbours' mean
        near = [np.roll(grid, shift, axis=1) for shift in (1, -1)] + [
            np.vstack([grid[:1], grid[:-1]]),
            np.vstack([grid[1:], grid[-1:]]),
        ]
        total, hits = sum(near), sum((g > 0) for g in near)
        grid = np.where(grid > 0, grid, total / np.maximum(hits, 1))
    heights = low + step * np.arange(rows)
    for k in range(1, rows):
        if heights[k] > start:
            grid[k] = np.maximum(np.maximum(grid[k], grid[k - 1] - slope * step), least)
    for _ in range(3):
        grid = (2 * grid + np.roll(grid, 1, axis=1) + np.roll(grid, -1, axis=1)) / 4
        grid[1:-1] = (2 * grid[1:-1] + grid[:-2] + grid[2:]) / 4
    k, j = np.minimum(row.astype(int), rows - 2), column.astype(int) % columns
    fk, fj = row - k, column - column.astype(int)
    after = (j + 1) % columns
    wanted = (grid[k, j] * (1 - fj) + grid[k, after] * fj) * (1 - fk) + (grid[k + 1, j] * (1 - fj) + grid[k + 1, after] * fj) * fk
    fade = np.clip((along - start) / 0.06, 0, 1) * np.clip(2 * share, 0, 1)
    reach = np.maximum(radius, radius + (wanted - radius) * fade)
    return (foot + (points - foot) * (reach / np.maximum(radius, 1e-6))[:, None]).astype(np.float32)
