"""Dinosaur (a theropod on two legs) and lizard (low and sprawling on four)."""

from __future__ import annotations

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Eye, mirrored, pair
from .parts import chain, head_horns, legs, limb, membrane_wings, tail


def anatomy(kind: str, brief: CreatureBrief) -> Anatomy:
    """A theropod or a lizard at natural size."""
    return _theropod(brief, 1.9) if kind == "dinosaur" else _lizard(brief, 0.9)


def _theropod(brief: CreatureBrief, s: float) -> Anatomy:
    body = Anatomy(stance=0.6, stride=0.85)

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.3, 0), "trunk")
    body.bone("hips", "root", at(0, 0.02, 0.98), at(0, 0.24, 1.0), "trunk")
    body.bone("spine", "hips", at(0, 0.02, 0.98), at(0, -0.22, 0.97), "trunk")
    body.bone("chest", "spine", at(0, -0.22, 0.97), at(0, -0.44, 1.02), "trunk")
    body.tube([("hips", at(0, 0.26, 0.99), (0.10 * s, 0.13 * s)), ("hips", at(0, 0.10, 0.98), (0.145 * s, 0.185 * s)),
               ("spine", at(0, -0.08, 0.95), (0.155 * s, 0.19 * s)), ("chest", at(0, -0.27, 0.95), (0.155 * s, 0.185 * s)),
               ("chest", at(0, -0.41, 1.0), (0.125 * s, 0.15 * s)), ("chest", at(0, -0.49, 1.05), (0.095 * s, 0.11 * s))],
                   0.05 * s)  # fmt: skip
    neck = [at(0, -0.42, 1.05), at(0, -0.54, 1.16), at(0, -0.59, 1.32), at(0, -0.66, 1.42)]
    chain(body, ["neck_01", "neck_02", "neck_03"], "chest", neck, "neck")
    body.tube(
        [
            (f"neck_{min(k + 1, 3):02d}", p, (w * s, w * 1.15 * s))
            for k, (p, w) in enumerate(zip(neck, (0.115, 0.098, 0.082, 0.078), strict=True))
        ],
        0.07 * s,
    )
    body.bone("head", "neck_03", at(0, -0.66, 1.43), at(0, -1.09, 1.39), "head")
    body.tube([("head", at(0, -0.64, 1.445), (0.08 * s, 0.09 * s)), ("head", at(0, -0.74, 1.47), (0.085 * s, 0.09 * s)),
               ("head", at(0, -0.87, 1.445), (0.066 * s, 0.07 * s)), ("head", at(0, -0.98, 1.425), (0.054 * s, 0.054 * s)),
               ("head", at(0, -1.075, 1.41), (0.046 * s, 0.042 * s))], 0.03 * s)  # fmt: skip
    body.bone("jaw", "head", at(0, -0.69, 1.36), at(0, -1.05, 1.30), "head")
    body.tube([("jaw", at(0, -0.68, 1.365), (0.068 * s, 0.055 * s)), ("jaw", at(0, -0.80, 1.345), (0.055 * s, 0.036 * s)),
               ("jaw", at(0, -0.93, 1.318), (0.043 * s, 0.027 * s)), ("jaw", at(0, -1.045, 1.298), (0.035 * s, 0.022 * s))],
                   0.012 * s)  # fmt: skip
    body.crease = ("jaw",)
    for side, sign in pair():
        body.eyes.append(
            Eye("head", mirrored(at(0.072, -0.80, 1.495), sign), 0.021 * s, np.array((sign * 0.85, -0.55, 0.05)), 0.6, "slit")
        )
        brow = mirrored(at(0.062, -0.75, 1.545), sign)
        body.clothe("head", brow, mirrored(at(0.062, -0.84, 1.522), sign), 0.022 * s, 0.013 * s, 0.018 * s)
        for k in range(9):
            t = k / 8
            root = mirrored(at(0.058 - 0.016 * t, -0.80 - 0.265 * t, 1.385 - 0.004 * t), sign)
            size = (0.030 + 0.016 * (k % 3 == 1)) * s
            body.spike(
                "head", [root + at(0, 0, 0.012), root - (0, 0, size * 0.6), root - (0, -0.2 * size, size)], 0.0085 * s, "tooth"
            )
            if k < 8:
                low = mirrored(at(0.048 - 0.017 * t, -0.80 - 0.235 * t, 1.366 - 0.052 * t), sign)
                body.spike(
                    "jaw",
                    [low - at(0, 0, 0.008), low + (0, 0, size * 0.45), low + (0, 0.15 * size, size * 0.72)],
                    0.007 * s,
                    "tooth",
                )
        arm = [
            mirrored(at(*p), sign) for p in ((0.125, -0.40, 0.94), (0.155, -0.33, 0.80), (0.14, -0.47, 0.72), (0.13, -0.56, 0.66))
        ]
        names = [f"arm_upper_{side}", f"arm_lower_{side}", f"hand_{side}"]
        chain(body, names, "chest", arm, "arm")
        body.tube(
            [
                (names[0], arm[0], 0.052 * s),
                (names[1], arm[1], 0.036 * s),
                (names[2], arm[2], 0.027 * s),
                (names[2], arm[3], 0.024 * s),
            ],
            0.03 * s,
        )
        for across in (-0.5, 0.0, 0.5):
            root = arm[3] + at(0.022 * across, 0.01, 0)
            tip = root + at(0.03 * across, -0.05, -0.035)
            body.clothe(names[2], root, tip, 0.015 * s, 0.012 * s, 0.012 * s)
            body.spike(names[2], [tip, tip + at(0, -0.03, -0.01), tip + at(0, -0.045, -0.045)], 0.011 * s, "claw")
    wanted = {}
    for side, sign in pair():
        points = (
            np.array([(0.12, 0.06, 0.96), (0.165, -0.14, 0.62), (0.15, 0.17, 0.34), (0.15, 0.02, 0.055), (0.15, -0.14, 0.03)]) * s
        )
        bones = limb(body, "hind", side, sign, "hips", points)
        upper, lower, cannon, foot = bones
        hip, knee, hock, ball, toe = (mirrored(point, sign) for point in points)
        body.clothe(upper, hip + at(0, 0.02, 0.02), knee * 0.5 + hip * 0.5, (0.105 * s, 0.19 * s), (0.095 * s, 0.15 * s), 0.06 * s)
        body.clothe(upper, knee * 0.5 + hip * 0.5, knee, (0.09 * s, 0.14 * s), (0.07 * s, 0.085 * s), 0.05 * s)
        body.tube([(lower, knee, (0.07 * s, 0.085 * s)), (lower, knee * 0.62 + hock * 0.38, (0.068 * s, 0.09 * s)), (cannon,
            hock, (0.042 * s, 0.05 * s)),
                   (cannon, hock * 0.5 + ball * 0.5, 0.038 * s), (foot, ball, (0.05 * s, 0.045 * s))], 0.03 * s, 3)  # fmt: skip
        _claws(body, foot, ball, s)
        wanted[side] = (bones, 0.0 if side == "l" else 0.5, 0.0 if side == "l" else 0.5)
    legs(body, wanted, 3)
    line = [at(0, 0.24, 0.99), at(0, 0.55, 1.0), at(0, 0.95, 0.96), at(0, 1.4, 0.94), at(0, 1.85, 1.0)]
    tail(body, line, np.array((0.125, 0.10, 0.066, 0.036, 0.012)) * s, 7)
    head_horns(body, brief, at(0.05, -0.74, 1.54), 0.2 * s, 0.022 * s)
    if brief.wings:
        membrane_wings(body, at(0.11, -0.24, 1.12), 1.2 * s, at(0.10, 0.12, 1.12))
    return body


def _claws(body: Anatomy, foot: str, ball: np.ndarray, s: float) -> None:
    """Three broad toes on the ground."""
    for angle in (-0.42, 0.0, 0.42):
        out = np.array((np.sin(angle), -np.cos(angle), 0)) * 0.17 * s
        start, tip = ball * (1, 1, 0) + (0, 0, 0.042 * s), ball * (1, 1, 0) + out + (0, 0, 0.03 * s)
        body.clothe(foot, start, tip, 0.04 * s, 0.027 * s, 0.02 * s)
        forward = out / np.linalg.norm(out)
        body.spike(
            foot,
            [tip, tip + forward * 0.045 * s + (0, 0, 0.012 * s), tip + forward * 0.085 * s - (0, 0, 0.024 * s)],
            0.02 * s,
            "claw",
        )


def _lizard(brief: CreatureBrief, s: float) -> Anatomy:
    body = Anatomy(stance=0.62, stride=0.75)

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.2, 0), "trunk")
    body.bone("hips", "root", at(0, 0.16, 0.20), at(0, 0.34, 0.19), "trunk")
    body.bone("spine", "hips", at(0, 0.16, 0.20), at(0, -0.08, 0.205), "trunk")
    body.bone("chest", "spine", at(0, -0.08, 0.205), at(0, -0.30, 0.22), "trunk")
    body.tube([("hips", at(0, 0.36, 0.185), (0.07 * s, 0.065 * s)), ("hips", at(0, 0.24, 0.19), (0.095 * s, 0.085 * s)),
               ("spine", at(0, 0.06, 0.19), (0.125 * s, 0.095 * s)), ("chest", at(0, -0.12, 0.195), (0.115 * s, 0.095 * s)),
               ("chest", at(0, -0.28, 0.215), (0.085 * s, 0.08 * s))], 0.03 * s)  # fmt: skip
    chain(body, ["neck_01"], "chest", [at(0, -0.28, 0.22), at(0, -0.42, 0.255)], "neck")
    body.tube(
        [("neck_01", at(0, -0.27, 0.22), (0.082 * s, 0.078 * s)), ("neck_01", at(0, -0.42, 0.255), (0.07 * s, 0.064 * s))], 0.04 * s
    )
    body.bone("head", "neck_01", at(0, -0.42, 0.26), at(0, -0.66, 0.25), "head")
    body.tube([("head", at(0, -0.42, 0.262), (0.074 * s, 0.06 * s)), ("head", at(0, -0.50, 0.268), (0.076 * s, 0.056 * s)),
               ("head", at(0, -0.58, 0.255), (0.056 * s, 0.042 * s)), ("head", at(0, -0.655, 0.245), (0.036 * s, 0.026 * s))],
                   0.02 * s)  # fmt: skip
    body.bone("jaw", "head", at(0, -0.45, 0.22), at(0, -0.64, 0.212), "head")
    body.tube([("jaw", at(0, -0.45, 0.222), (0.066 * s, 0.032 * s)), ("jaw", at(0, -0.55, 0.216), (0.052 * s, 0.022 * s)),
               ("jaw", at(0, -0.635, 0.215), (0.032 * s, 0.014 * s))], 0.008 * s)  # fmt: skip
    body.crease = ("jaw",)
    wanted = {}
    for side, sign in pair():
        body.eyes.append(
            Eye("head", mirrored(at(0.058, -0.525, 0.292), sign), 0.019 * s, np.array((sign * 0.9, -0.42, 0.15)), 0.65, "slit")
        )
        brow = mirrored(at(0.05, -0.50, 0.315), sign)
        body.clothe("head", brow, mirrored(at(0.05, -0.55, 0.308), sign), 0.015 * s, 0.010 * s, 0.014 * s)
        for name, y, parent in (("front", -0.20, "chest"), ("hind", 0.26, "hips")):
            back = 1 if name == "hind" else -0.4
            points = (
                np.array([(0.085, y, 0.19), (0.235, y + 0.05 * back, 0.205), (0.245, y - 0.03, 0.035), (0.27, y - 0.115, 0.012)])
                * s
            )
            bones = limb(body, name, side, sign, parent, points)
            shoulder, elbow, wrist, toe = (mirrored(point, sign) for point in points)
            upper, lower, foot = bones
            thick = 0.05 if name == "hind" else 0.042
            body.clothe(upper, shoulder * (0.7, 1, 1), elbow, (thick * 1.15 * s,) * 2, (thick * 0.78 * s,) * 2, 0.035 * s)
            body.tube(
                [(lower, elbow, thick * 0.78 * s), (lower, elbow * 0.5 + wrist * 0.5, thick * 0.7 * s), (foot, wrist, 0.022 * s)],
                0.02 * s,
            )
            body.clothe(
                foot,
                wrist - (0, 0, 0.012 * s),
                wrist * 0.6 + toe * 0.4 - (0, 0, 0.004 * s),
                (0.028 * s, 0.018 * s),
                (0.032 * s, 0.014 * s),
                0.015 * s,
            )
            for angle in np.linspace(-0.75, 0.75, 5):
                out = np.array((np.sin(angle + 0.28 * sign), -np.cos(angle + 0.28 * sign), 0)) * (0.105 - 0.02 * abs(angle)) * s
                root, tip = wrist * (1, 1, 0) + (0, 0, 0.017 * s), wrist * (1, 1, 0) + out + (0, 0, 0.012 * s)
                body.clothe(foot, root, tip, 0.013 * s, 0.0095 * s, 0.006 * s)
                forward = out / np.linalg.norm(out)
                body.spike(
                    foot,
                    [tip, tip + forward * 0.014 * s + (0, 0, 0.004 * s), tip + forward * 0.026 * s - (0, 0, 0.009 * s)],
                    0.006 * s,
                    "claw",
                )
            phase = {"hindl": 0.0, "frontl": 0.4, "hindr": 0.5, "frontr": 0.9}[name + side]
            wanted[name + side] = (bones, phase, 0.0 if (name + side) in ("hindl", "frontr") else 0.5)
    legs(body, wanted, 5)
    line = [at(0, 0.35, 0.185), at(0, 0.55, 0.16), at(0.03, 0.85, 0.10), at(0.05, 1.15, 0.055), at(0, 1.5, 0.03)]
    tail(body, line, np.array((0.068, 0.056, 0.042, 0.026, 0.008)) * s, 8, blend=0.02 * s)
    for k in range(16):
        y = -0.34 + 0.046 * k
        bone = "neck_01" if y < -0.28 else "chest" if y < -0.08 else "spine" if y < 0.16 else "hips"
        z = float(np.interp(y, (-0.42, -0.28, -0.1, 0.06, 0.24, 0.36), (0.318, 0.295, 0.29, 0.285, 0.275, 0.25)))
        size = (0.028 + 0.022 * np.sin(np.pi * k / 15)) * s
        root = at(0, y, z - 0.008)
        body.spike(bone, [root, root + (0, 0.25 * size, 0.6 * size), root + (0, 0.7 * size, size)], 0.32 * size, "horn", 0.3)
    head_horns(body, brief, at(0.035, -0.47, 0.31), 0.12 * s, 0.012 * s)
    if brief.wings:
        membrane_wings(body, at(0.07, -0.16, 0.28), 0.6 * s, at(0.07, 0.12, 0.28))
    return body
