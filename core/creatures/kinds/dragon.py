"""A dragon: a long-necked, long-tailed body on four legs, leathery wings, horns, a crest of spikes and an open jaw of teeth."""

from __future__ import annotations

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Eye, curve, mirrored, pair
from .parts import chain, head_horns, legs, limb, membrane_wings, paw, tail, trunk

SIZE = 1.7  # metres at the withers


def anatomy(brief: CreatureBrief) -> Anatomy:
    """A dragon at natural size, wings half open."""
    body, s = Anatomy(stance=0.65, stride=0.8), SIZE
    body.bone("root", "", (0, 0, 0), (0, 0.3 * s, 0), "trunk")
    stations = [(0.66, 0.80, 0.11, 0.12), (0.52, 0.83, 0.15, 0.16), (0.30, 0.82, 0.15, 0.165), (0.06, 0.80, 0.175, 0.20),
                (-0.16, 0.80, 0.195, 0.235), (-0.36, 0.82, 0.175, 0.225), (-0.50, 0.86, 0.125, 0.16)]  # fmt: skip
    trunk(body, [tuple(np.array(station) * s) for station in stations], 0.05 * s)
    neck = curve(np.array([(0, -0.44, 0.90), (0, -0.60, 1.05), (0, -0.70, 1.26), (0, -0.84, 1.44), (0, -0.98, 1.50)]) * s, 5)
    chain(body, [f"neck_{k:02d}" for k in range(1, 5)], "chest", neck, "neck")
    width = (0.125, 0.095, 0.078, 0.068, 0.062)
    body.tube([(f"neck_{min(k + 1, 4):02d}", neck[k], (width[k] * s * 0.92, width[k] * s * 1.12)) for k in range(5)], 0.06 * s)
    _head(body, brief, s)
    wanted = {}
    for side, sign in pair():
        front = [(0.13, -0.36, 0.70), (0.16, -0.24, 0.50), (0.145, -0.32, 0.24), (0.145, -0.34, 0.06), (0.145, -0.44, 0.03)]
        hind = [(0.13, 0.46, 0.78), (0.18, 0.30, 0.52), (0.155, 0.56, 0.30), (0.155, 0.50, 0.06), (0.155, 0.40, 0.03)]
        for name, joints, parent, thick in (("front", front, "chest", 0.082), ("hind", hind, "hips", 0.11)):
            points = np.array(joints) * s
            bones = limb(body, name, side, sign, parent, points)
            hip, knee, hock, ball, toe = (mirrored(point, sign) for point in points)
            upper, lower, cannon, foot = bones
            body.clothe(
                upper,
                hip * (0.9, 1, 1) + (0, 0.02 * s, 0.06 * s),
                knee,
                (thick * s, thick * 1.5 * s),
                (0.062 * s, 0.075 * s),
                0.055 * s,
            )
            body.tube([(lower, knee, (0.062 * s, 0.075 * s)), (lower, knee * 0.6 + hock * 0.4, (0.058 * s, 0.066 * s)),
                       (cannon, hock, (0.042 * s, 0.046 * s)), (cannon, hock * 0.5 + ball * 0.5, 0.038 * s), (foot, ball,
                           0.044 * s)],
                      0.03 * s, 3)  # fmt: skip
            paw(body, foot, sign, points[3], points[4], 0.062 * s, 0.062 * s, 4)
            walk = {"hindl": 0.0, "frontl": 0.25, "hindr": 0.5, "frontr": 0.75}[name + side]
            wanted[name + side] = (bones, walk, 0.0 if (name + side) in ("hindl", "frontr") else 0.5)
    legs(body, wanted)
    points = np.array([(0, 0.66, 0.80), (0, 0.95, 0.66), (0, 1.30, 0.42), (0, 1.70, 0.24), (0, 2.10, 0.22), (0, 2.4, 0.34)]) * s
    tail(body, points, np.array((0.12, 0.105, 0.08, 0.055, 0.033, 0.014)) * s, 8)
    membrane_wings(body, np.array((0.13, -0.24, 1.0)) * s, 1.45 * s, np.array((0.13, 0.30, 0.96)) * s)
    _crest(body, s, stations, neck, points)
    for wing in body.wings:
        for name in (*wing.arm, *wing.fingers):
            bone = body.find(name)
            thick = {"upper": 0.046, "lower": 0.036}.get(name.split("_")[1], 0.017) * s
            end = thick * (0.8 if name in wing.arm else 0.35)
            body.clothe(name, bone.head, bone.tail, thick, end, 0.03 * s if name in wing.arm else 0.012 * s)
        wrist = body.find(wing.arm[-1]).tail
        body.spike(
            wing.arm[-1], [wrist, wrist + np.array((0, -0.05, 0.09)) * s, wrist + np.array((0, -0.13, 0.10)) * s], 0.026 * s, "claw"
        )
    return body


def _head(body: Anatomy, brief: CreatureBrief, s: float) -> None:
    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("head", "neck_04", at(0, -0.98, 1.51), at(0, -1.42, 1.44), "head")
    body.tube([("head", at(0, -0.97, 1.525), (0.075 * s, 0.07 * s)), ("head", at(0, -1.07, 1.55), (0.088 * s, 0.072 * s)),
               ("head", at(0, -1.18, 1.525), (0.066 * s, 0.052 * s)), ("head", at(0, -1.30, 1.498), (0.05 * s, 0.037 * s)),
               ("head", at(0, -1.415, 1.485), (0.043 * s, 0.032 * s))], 0.03 * s)  # fmt: skip
    body.bone("jaw", "head", at(0, -1.06, 1.47), at(0, -1.39, 1.38), "head")
    body.tube([("jaw", at(0, -1.03, 1.475), (0.066 * s, 0.042 * s)), ("jaw", at(0, -1.16, 1.432), (0.052 * s, 0.028 * s)),
               ("jaw", at(0, -1.29, 1.393), (0.04 * s, 0.021 * s)), ("jaw", at(0, -1.385, 1.372), (0.031 * s, 0.019 * s))],
                   0.012 * s)  # fmt: skip
    body.crease = ("jaw",)
    for _, sign in pair():
        body.eyes.append(
            Eye("head", mirrored(at(0.069, -1.12, 1.565), sign), 0.023 * s, np.array((sign * 0.85, -0.55, 0.12)), 0.55, "slit")
        )
        brow = mirrored(at(0.058, -1.06, 1.612), sign)
        body.clothe("head", brow, mirrored(at(0.064, -1.15, 1.59), sign), 0.026 * s, 0.013 * s, 0.018 * s)
        nostril = mirrored(at(0.026, -1.40, 1.508), sign)
        body.clothe("head", nostril, nostril + at(0, 0.03, 0), 0.016 * s, 0.012 * s, 0.02 * s)
        for k in range(7):
            t = k / 6
            root = mirrored(at(0.056 - 0.016 * t, -1.17 - 0.235 * t, 1.492 - 0.018 * t), sign)
            size = (0.028 + 0.022 * (k in (4, 5))) * s
            body.spike(
                "head", [root + at(0, 0, 0.006), root - (0, 0, size * 0.6), root - (0, -size * 0.15, size)], 0.0075 * s, "tooth"
            )
            if k < 6:
                low = mirrored(at(0.047 - 0.017 * t, -1.17 - 0.20 * t, 1.447 - 0.068 * t), sign)
                body.spike(
                    "jaw", [low - at(0, 0, 0.008), low + (0, 0, size * 0.5), low + (0, size * 0.1, size * 0.8)], 0.0065 * s, "tooth"
                )
        for k, (y, z, size) in enumerate(((-1.0, 1.47, 0.10), (-0.97, 1.52, 0.13))):
            root = mirrored(at(0.068, y, z), sign)
            body.spike(
                "head", [root, root + at(sign * 0.035, size * 0.5, 0.0), root + at(sign * 0.05, size, 0.01 * k)], 0.018 * s, "horn"
            )
    head_horns(body, brief, at(0.045, -1.03, 1.60), 0.34 * s, 0.028 * s, natural=1.0)


def _crest(body: Anatomy, s: float, stations, neck: np.ndarray, tail_points: np.ndarray) -> None:
    """Spikes along neck, back and tail, growing and shrinking."""
    ridge = [(point + (0, 0, 0.085 * s), f"neck_{min(k + 1, 4):02d}") for k, point in enumerate(neck[:-1])][::-1]
    back = [
        (np.array((0, y, z + h)) * s, "chest" if y < -0.16 else "spine" if y < 0.3 else "hips") for y, z, _, h in reversed(stations)
    ]
    fine = curve(tail_points, 9)
    thick = np.interp(np.linspace(0, 1, 9), np.linspace(0, 1, 6), (0.12, 0.105, 0.08, 0.055, 0.033, 0.014)) * s
    rear = [(fine[k] + (0, 0, thick[k]), f"tail_{min(k + 1, 8):02d}") for k in range(1, 9)]
    line = [*ridge, *back[1:], *rear]
    points = curve(np.array([point for point, _ in line]), 2 * len(line) - 1)
    for k, point in enumerate(points[:-1]):
        share = k / (len(points) - 1)
        size = (0.05 + 0.075 * np.sin(np.pi * min(1.0, 0.15 + 1.1 * share)) ** 1.5) * s * (1 if k % 2 == 0 else 0.7)
        bone = line[min((k + 1) // 2, len(line) - 1)][1]
        body.spike(
            bone,
            [point - (0, 0, 0.03 * s), point + (0, 0.2 * size, 0.55 * size), point + (0, 0.62 * size, size)],
            0.30 * size,
            "horn",
            0.35,
        )
