"""Poses that people take, as rotations of twenty bones: drawn at random to train and to measure, and how likely they are.

A pose is (20, 3, 3): each bone's rotation relative to its parent, about the character's axes as they lie in the rest pose (X to
the left hand, Y backwards, Z up), and two finger curls, left and right, in radians of a middle finger joint.
"""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from ..body import BodyPack
from ..motion.kinematics import matrices
from ..rig import FINGERS

FIT_BONES = (
    "pelvis", "spine_01", "spine_02", "spine_03", "neck_01", "head",
    "clavicle_l", "upperarm_l", "lowerarm_l", "hand_l", "clavicle_r", "upperarm_r", "lowerarm_r", "hand_r",
    "thigh_l", "calf_l", "foot_l", "thigh_r", "calf_r", "foot_r",
)  # fmt: skip
# Standard deviation of a strong pose about X, Y and Z, radians.
SPREAD = {
    "pelvis": (0.15, 0.1, 0.1),
    "spine_01": (0.12, 0.1, 0.12),
    "spine_02": (0.12, 0.08, 0.12),
    "spine_03": (0.12, 0.08, 0.12),
    "neck_01": (0.2, 0.15, 0.2),
    "head": (0.2, 0.15, 0.25),
    "clavicle": (0.1, 0.15, 0.1),
    "upperarm": (0.5, 0.5, 0.3),
    "lowerarm": (0.5, 0.2, 0.3),
    "hand": (0.2, 0.3, 0.2),
    "thigh": (0.45, 0.2, 0.15),
    "calf": (0.0, 0.05, 0.05),
    "foot": (0.25, 0.1, 0.1),
}
FINGER_SHARE = {"thumb": 0.4, "index": 0.8, "middle": 1.0, "ring": 1.0, "pinky": 1.0}  # of the curl, at each of a finger's joints
KNEE = 1.6  # radians that a knee of a strong pose is bent at most


def spreads() -> np.ndarray:
    """(20, 3) ``SPREAD`` in the order of ``FIT_BONES``."""
    return np.array([SPREAD[name if name in SPREAD else name.removesuffix("_l").removesuffix("_r")] for name in FIT_BONES])


def rotation(vectors: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotations about ``vectors`` (..., 3) by their length in radians (Rodrigues' formula)."""
    angle = np.linalg.norm(vectors, axis=-1)[..., None, None]
    x, y, z = np.moveaxis(vectors / np.maximum(angle[..., 0], 1e-9), -1, 0)
    o = np.zeros_like(x)
    skew = np.stack([np.stack([o, -z, y], -1), np.stack([z, o, -x], -1), np.stack([-y, x, o], -1)], -2)
    return np.eye(3) + np.sin(angle) * skew + (1 - np.cos(angle)) * skew @ skew


def aligning(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """(..., 3, 3) shortest rotations taking unit vectors ``start`` to ``end``, (..., 3), not opposite ones."""
    axis = np.cross(start, end)
    sine = np.linalg.norm(axis, axis=-1, keepdims=True)
    angle = np.arctan2(sine, (start * end).sum(axis=-1, keepdims=True))
    return rotation(axis / np.maximum(sine, 1e-12) * angle)


def joint_rotations(pack: BodyPack, pose: np.ndarray, curls: np.ndarray) -> np.ndarray:
    """(B, 3, 3) rotations relative to the parent, about the character's axes, of all the pack's bones."""
    local = np.tile(np.eye(3), (len(pack.bone_names), 1, 1))
    local[[pack.bone(name) for name in FIT_BONES]] = pose
    for side, curl in zip("lr", curls, strict=True):
        for finger in FINGERS:
            for joint in (1, 2, 3):
                bone = pack.bone(f"{finger}_0{joint}_{side}")
                axis = pack.bone_rest[bone][:, 0].astype(np.float64)
                local[bone] = rotation(-FINGER_SHARE[finger] * curl * axis)
    return local


def world_rotations(pack: BodyPack, local: np.ndarray) -> np.ndarray:
    """(B, 3, 3) rotations from rest about the character's axes, of rotations relative to the parent (B, 3, 3)."""
    world = local.copy()
    for bone, parent in enumerate(pack.bone_parents):
        if parent >= 0:
            world[bone] = world[parent] @ local[bone]
    return world


def clip_poses(pack: BodyPack, clip: Clip) -> np.ndarray:
    """(T, 20, 3, 3) the poses of a clip's frames."""
    bones = [pack.bone(name) for name in FIT_BONES]
    rest = pack.bone_rest[bones].astype(np.float64)
    return rest @ matrices(clip.rotations[:, bones].astype(np.float64)) @ rest.transpose(0, 2, 1)


def arms_out(pack: BodyPack, rise: float) -> np.ndarray:
    """(1, 20, 3, 3) standing with straight arms out to the sides, ``rise`` radians above the shoulders: 0 is a T-pose."""
    pose = np.tile(np.eye(3), (1, len(FIT_BONES), 1, 1))
    for side, sign in (("l", 1.0), ("r", -1.0)):
        aim = np.array([sign * np.cos(rise), 0.0, np.sin(rise)])
        carried = np.eye(3)
        for bone in ("upperarm", "lowerarm", "hand"):
            direction = pack.bone_rest[pack.bone(f"{bone}_{side}")][:, 1].astype(np.float64)
            turn = aligning(carried @ direction, aim) @ carried
            pose[0, FIT_BONES.index(f"{bone}_{side}")] = carried.T @ turn
            carried = turn
    return pose


def spread_poses(count: int, scale: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(N, 20, 3, 3) poses about the A-pose: ``scale`` (N,) 0.15 is near it, 0.5 moderate, 1 strong. Arms go up and down in all."""
    vectors = rng.standard_normal((count, len(FIT_BONES), 3)) * spreads() * scale[:, None, None]
    raised = rng.uniform(-0.6, 0.6, count)
    for side, sign in (("l", -1), ("r", 1)):
        vectors[:, FIT_BONES.index(f"calf_{side}"), 0] += KNEE * rng.random(count) ** 2 * scale
        vectors[:, FIT_BONES.index(f"upperarm_{side}"), 1] += sign * raised
    return rotation(vectors)


def limb_poses(pack: BodyPack, count: int, rng: np.random.Generator) -> np.ndarray:
    """(N, 20, 3, 3) poses whose arms and legs point anywhere they can: up, forward, straight, sitting, squatting."""
    pose = spread_poses(count, rng.uniform(0.1, 0.6, count), rng)
    alike = rng.random(count) < 0.6  # left and right do the same
    draws: dict[str, np.ndarray] = {}
    for side, sign in (("l", 1.0), ("r", -1.0)):

        def draw(key: str, values: np.ndarray) -> np.ndarray:
            if key not in draws:
                draws[key] = values
                return values
            return np.where(alike, draws[key], values)

        rest = {
            bone: pack.bone_rest[pack.bone(f"{bone}_{side}")][:, 1].astype(np.float64) for bone in ("upperarm", "lowerarm", "thigh")
        }
        rise = draw("rise", rng.uniform(-1.45, 1.5, count))
        ahead = draw("ahead", rng.uniform(-0.5, 1.4, count) * (rng.random(count) < 0.6))
        aim = np.stack([sign * np.cos(rise) * np.cos(ahead), -np.cos(rise) * np.sin(ahead), np.sin(rise)], axis=1)
        twist = draw("twist", rng.normal(0, 0.35, count))
        pose[:, FIT_BONES.index(f"upperarm_{side}")] = rotation(sign * twist[:, None] * aim) @ aligning(rest["upperarm"], aim)
        hinge = np.cross(rest["upperarm"], rest["lowerarm"])
        bend = draw("bend", 2.3 * rng.random(count) ** 2 * (rng.random(count) < 0.65))
        forearm = rotation(bend[:, None] * hinge / np.linalg.norm(hinge)) @ rest["upperarm"]
        turn = draw("turn", rng.normal(0, 0.4, count))
        pose[:, FIT_BONES.index(f"lowerarm_{side}")] = rotation(sign * turn[:, None] * forearm) @ aligning(
            rest["lowerarm"], forearm
        )
        legs = rng.random(count) < 0.7
        lift = draw("lift", np.where(legs, rng.uniform(-0.5, 1.9, count), 0.0))
        open_ = draw("open", np.abs(rng.normal(0, 0.2, count)))
        aim = np.stack([sign * np.sin(open_), -np.sin(lift) * np.cos(open_), -np.cos(lift) * np.cos(open_)], axis=1)
        pose[:, FIT_BONES.index(f"thigh_{side}")] = aligning(rest["thigh"], aim)
        knee = draw(
            "knee",
            np.clip(np.where(legs, np.maximum(lift, 0) * rng.uniform(0.3, 1.4, count) + 0.4 * rng.random(count), 0.05), 0, 2.3),
        )
        pose[:, FIT_BONES.index(f"calf_{side}")] = rotation(knee[:, None] * np.array([1.0, 0, 0]))
    return pose


def draw_poses(pack: BodyPack, bank: np.ndarray, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Training poses (N, 20, 3, 3) and curls (N, 2): about the A-pose, limbs anywhere, and moments of ``bank`` (M, 20, 3, 3)."""
    kind = rng.random(count)
    scale = np.where(rng.random(count) < 0.4, 0.15, rng.random(count))
    about = spread_poses(count, scale, rng)
    limbs = limb_poses(pack, count, rng)
    jitter = rng.standard_normal((count, len(FIT_BONES), 3)) * spreads() * rng.uniform(0, 0.5, (count, 1, 1))
    known = rotation(jitter) @ bank[rng.integers(len(bank), size=count)]
    choose = kind[:, None, None, None]
    pose = np.where(choose < 0.45, about, np.where(choose < 0.8, limbs, known))
    curls = np.where(rng.random((count, 1)) < 0.5, rng.uniform(-0.1, 0.5, (count, 1)), rng.uniform(-0.1, 1.3, (count, 2)))
    return pose, curls
