"""A bird of prey: a body on two legs, feathered wings, a fan of a tail, a hooked beak."""

from __future__ import annotations

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Eye, Locks, mirrored, pair
from .parts import chain, feather_wings, head_horns, legs, limb

SIZE = 0.62  # metres that one unit stands for


def anatomy(brief: CreatureBrief) -> Anatomy:
    """A bird at natural size, wings spread."""
    body, s = Anatomy(stance=0.6, stride=0.75), SIZE

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.3, 0), "trunk")
    body.bone("hips", "root", at(0, 0.06, 0.66), at(0, 0.34, 0.56), "trunk")
    body.bone("spine", "hips", at(0, 0.06, 0.66), at(0, -0.12, 0.76), "trunk")
    body.bone("chest", "spine", at(0, -0.12, 0.76), at(0, -0.26, 0.90), "trunk")
    body.tube([("hips", at(0, 0.40, 0.54), (0.05 * s, 0.035 * s)), ("hips", at(0, 0.26, 0.58), (0.12 * s, 0.10 * s)),
               ("hips", at(0, 0.08, 0.64), (0.175 * s, 0.18 * s)), ("spine", at(0, -0.08, 0.72), (0.19 * s, 0.20 * s)),
               ("chest", at(0, -0.20, 0.82), (0.155 * s, 0.165 * s)), ("chest", at(0, -0.265, 0.93), (0.105 * s, 0.115 * s))],
                   0.05 * s)  # fmt: skip
    chain(body, ["neck_01", "neck_02"], "chest", [at(0, -0.24, 0.90), at(0, -0.29, 1.0), at(0, -0.33, 1.08)], "neck")
    body.tube(
        [
            ("neck_01", at(0, -0.25, 0.91), 0.105 * s),
            ("neck_02", at(0, -0.295, 1.01), 0.088 * s),
            ("neck_02", at(0, -0.335, 1.09), 0.085 * s),
        ],
        0.06 * s,
    )
    body.bone("head", "neck_02", at(0, -0.33, 1.10), at(0, -0.52, 1.11), "head")
    body.tube([("head", at(0, -0.315, 1.12), (0.082 * s, 0.085 * s)), ("head", at(0, -0.38, 1.13), (0.086 * s, 0.08 * s)),
               ("head", at(0, -0.445, 1.115), (0.055 * s, 0.055 * s)), ("head", at(0, -0.475, 1.105), (0.036 * s, 0.042 * s))],
                   0.04 * s)  # fmt: skip
    body.spike(
        "head", [at(0, -0.425, 1.112), at(0, -0.53, 1.125), at(0, -0.605, 1.09), at(0, -0.612, 1.035)], 0.044 * s, "beak", 0.68
    )
    body.bone("jaw", "head", at(0, -0.40, 1.08), at(0, -0.56, 1.07), "head")
    body.spike("jaw", [at(0, -0.41, 1.085), at(0, -0.50, 1.072), at(0, -0.575, 1.062)], 0.030 * s, "beak", 0.85)
    for _, sign in pair():
        gaze = np.array((sign * 0.85, -0.62, 0.02))
        body.eyes.append(Eye("head", mirrored(at(0.066, -0.415, 1.145), sign), 0.024 * s, gaze, 0.62, "round"))
        brow = mirrored(at(0.060, -0.40, 1.175), sign)
        body.clothe("head", brow, brow + at(sign * 0.006, -0.035, -0.012), 0.017 * s, 0.012 * s, 0.02 * s)
    wanted = {}
    for side, sign in pair():
        joints = [at(0.105, 0.06, 0.60), at(0.125, -0.10, 0.40), at(0.11, 0.055, 0.20), at(0.11, 0.0, 0.035), at(0.11, -0.10, 0.02)]
        bones = limb(body, "hind", side, sign, "hips", joints)
        upper, lower, cannon, foot = bones
        hip, knee, hock, ball, toe = (mirrored(joint, sign) for joint in joints)
        body.clothe(upper, hip + at(0, 0, 0.01), knee, (0.085 * s, 0.115 * s), (0.066 * s, 0.075 * s), 0.05 * s)
        body.tube([(lower, knee, 0.068 * s), (lower, knee * 0.5 + hock * 0.5, 0.05 * s), (cannon, hock, 0.024 * s),
                   (cannon, hock * 0.45 + ball * 0.55, 0.019 * s), (foot, ball, 0.024 * s)], 0.03 * s)  # fmt: skip
        for angle, length in ((-0.5, 0.13), (0.0, 0.15), (0.5, 0.13), (np.pi, 0.095)):
            out = np.array((np.sin(angle + 0.08 * sign), -np.cos(angle), 0)) * length * s
            start = ball * (1, 1, 0) + at(0, 0, 0.024)
            tip = ball * (1, 1, 0) + out + at(0, 0, 0.018)
            body.clothe(foot, start, start * 0.5 + tip * 0.5 + at(0, 0, 0.010), 0.021 * s, 0.018 * s, 0.012 * s)
            body.clothe(foot, start * 0.5 + tip * 0.5 + at(0, 0, 0.010), tip, 0.018 * s, 0.015 * s, 0.004 * s)
            forward = out / np.linalg.norm(out)
            body.spike(
                foot,
                [tip, tip + forward * 0.030 * s + at(0, 0, 0.012), tip + forward * 0.052 * s - at(0, 0, 0.016)],
                0.013 * s,
                "claw",
            )
        wanted[side] = (bones, 0.0 if side == "l" else 0.5, 0.0 if side == "l" else 0.5)
    legs(body, wanted, 3)
    feather_wings(body, at(0.13, -0.16, 0.90), 1.02 * s, at(0.12, 0.16, 0.70))
    body.bone("tail_01", "hips", at(0, 0.36, 0.55), at(0, 0.75, 0.42), "tail")
    head_horns(body, brief, at(0.04, -0.35, 1.19), 0.14 * s, 0.016 * s)
    if brief.shagginess > 0:
        length = (0.05 + 0.05 * brief.shagginess) * s
        body.locks.append(Locks("coat", length, length * 0.62, 900, 0.16))
        body.locks.append(Locks("ruff", length * 1.1, length * 0.5, 320, 0.22, bones=("neck_01", "neck_02", "head")))
        body.locks.append(Locks("breeches", length * 1.3, length * 0.55, 160, 0.2, bones=("hind_upper_l", "hind_upper_r")))
        body.locks.append(Locks("fan", 0.42 * s, 0.10 * s, 13, 0.0, bones=("tail_01",)))
    return body
