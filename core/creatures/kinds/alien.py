"""An alien: slender and upright on two long-heeled legs, with a large skull, three fingers and great dark eyes."""

from __future__ import annotations

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Eye, mirrored, pair
from .parts import chain, head_horns, legs, limb, membrane_wings

SIZE = 1.7  # metres tall


def anatomy(brief: CreatureBrief) -> Anatomy:
    """A biped at natural size, arms a little away from its sides."""
    body, s = Anatomy(stance=0.6, stride=0.75), SIZE

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.2, 0), "trunk")
    body.bone("hips", "root", at(0, 0.01, 0.54), at(0, 0.01, 0.48), "trunk")
    body.bone("spine", "hips", at(0, 0.01, 0.54), at(0, 0.015, 0.64), "trunk")
    body.bone("chest", "spine", at(0, 0.015, 0.64), at(0, 0.02, 0.76), "trunk")
    body.tube([("hips", at(0, 0.01, 0.475), (0.06 * s, 0.05 * s)), ("hips", at(0, 0.01, 0.52), (0.082 * s, 0.058 * s)),
               ("spine", at(0, 0.008, 0.59), (0.062 * s, 0.046 * s)), ("chest", at(0, 0.012, 0.67), (0.088 * s, 0.062 * s)),
               ("chest", at(0, 0.022, 0.735), (0.10 * s, 0.058 * s)), ("chest", at(0, 0.025, 0.775), (0.055 * s, 0.04 * s))],
                   0.02 * s)  # fmt: skip
    chain(body, ["neck_01", "neck_02"], "chest", [at(0, 0.025, 0.76), at(0, 0.012, 0.80), at(0, -0.004, 0.835)], "neck")
    body.tube(
        [
            ("neck_01", at(0, 0.025, 0.765), 0.034 * s),
            ("neck_02", at(0, 0.012, 0.80), 0.027 * s),
            ("neck_02", at(0, -0.004, 0.845), 0.03 * s),
        ],
        0.035 * s,
    )
    body.bone("head", "neck_02", at(0, -0.004, 0.84), at(0, 0.0, 1.02), "head")
    body.tube([("head", at(0, -0.062, 0.848), (0.024 * s, 0.02 * s)), ("head", at(0, -0.045, 0.878), (0.052 * s, 0.040 * s)),
               ("head", at(0, -0.012, 0.925), (0.086 * s, 0.080 * s)), ("head", at(0, 0.035, 0.962), (0.094 * s, 0.088 * s)),
               ("head", at(0, 0.085, 0.965), (0.078 * s, 0.074 * s))], 0.02 * s)  # fmt: skip
    wanted = {}
    for side, sign in pair():
        body.eyes.append(
            Eye("head", mirrored(at(0.046, -0.066, 0.908), sign), 0.031 * s, np.array((sign * 0.55, -1.0, 0.12)), 0.8, "none")
        )
        cheek = mirrored(at(0.046, -0.055, 0.872), sign)
        body.clothe("head", cheek, mirrored(at(0.02, -0.085, 0.85), sign), 0.018 * s, 0.010 * s, 0.02 * s)
        arm = [
            mirrored(at(*p), sign)
            for p in ((0.115, 0.022, 0.745), (0.205, 0.035, 0.60), (0.262, -0.005, 0.455), (0.282, -0.02, 0.405))
        ]
        names = [f"arm_upper_{side}", f"arm_lower_{side}", f"hand_{side}"]
        chain(body, names, "chest", arm, "arm")
        body.clothe("chest", mirrored(at(0.05, 0.024, 0.752), sign), arm[0], 0.038 * s, 0.036 * s, 0.02 * s)
        body.tube([(names[0], arm[0], 0.035 * s), (names[0], arm[0] * 0.55 + arm[1] * 0.45, 0.026 * s), (names[1], arm[1],
            0.021 * s),
                   (names[1], arm[1] * 0.65 + arm[2] * 0.35, 0.024 * s), (names[2], arm[2], 0.015 * s), (names[2], arm[3],
                       (0.022 * s, 0.014 * s))], 0.015 * s, 3)  # fmt: skip
        for k, (forward, out) in enumerate(((-0.030, -0.004), (-0.006, 0.016), (0.020, 0.010))):
            first = arm[3] + at(sign * out * 0.6, forward * 0.7, -0.008)
            middle = first + at(sign * out * 0.9, forward * 0.4, -0.042)
            tip = middle + at(-sign * 0.006, -0.008, -0.042)
            finger = body.bone(f"finger_{k + 1}_{side}", names[2], first, tip, "arm")
            body.tube([(finger, first, 0.0095 * s), (finger, middle, 0.008 * s), (finger, tip, 0.0055 * s)], 0.004 * s, 3)
        points = (
            np.array(
                [(0.052, 0.01, 0.49), (0.075, -0.055, 0.285), (0.078, 0.062, 0.135), (0.078, 0.01, 0.022), (0.084, -0.075, 0.014)]
            )
            * s
        )
        bones = limb(body, "hind", side, sign, "hips", points)
        upper, lower, cannon, foot = bones
        hip, knee, hock, ball, toe = (mirrored(point, sign) for point in points)
        body.tube([(upper, hip + at(0, 0, 0.01), (0.05 * s, 0.056 * s)), (upper, hip * 0.6 + knee * 0.4, (0.044 * s,
            0.05 * s)), (lower, knee, (0.032 * s, 0.034 * s)),
                   (lower, knee * 0.65 + hock * 0.35, (0.031 * s, 0.036 * s)), (cannon, hock, (0.019 * s, 0.022 * s)),
                   (cannon, hock * 0.5 + ball * 0.5, 0.017 * s), (foot, ball, 0.02 * s)], 0.025 * s, 3)  # fmt: skip
        for across in (-0.7, 0.0, 0.7):
            tip = ball * (1, 1, 0) + at(0.042 * across + 0.006 * sign, -0.088 + 0.016 * abs(across), 0.010)
            body.clothe(foot, ball * (1, 1, 0) + at(0, 0, 0.018), tip, 0.017 * s, 0.010 * s, 0.01 * s)
        wanted[side] = (bones, 0.0 if side == "l" else 0.5, 0.0 if side == "l" else 0.5)
    legs(body, wanted, 3)
    head_horns(body, brief, at(0.05, 0.0, 1.0), 0.14 * s, 0.014 * s)
    if brief.wings:
        membrane_wings(body, at(0.07, 0.06, 0.74), 0.75 * s, at(0.05, 0.07, 0.58))
    return body
