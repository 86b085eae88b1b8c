"""Spider (eight legs, eight eyes, fangs) and beetle (six legs, wing cases, feelers)."""

from __future__ import annotations

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Eye, Locks, Wing, mirrored, pair
from .parts import chain, head_horns, legs, limb


def anatomy(kind: str, brief: CreatureBrief) -> Anatomy:
    """A spider or a beetle, of the size of a dog: what games ask for. ``scale`` makes it a real one."""
    return _spider(brief, 0.6) if kind == "spider" else _beetle(brief, 0.6)


def _leg(
    body: Anatomy,
    name: str,
    side: str,
    sign: float,
    root,
    reach: float,
    yaw: float,
    knee: float,
    thick: float,
    s: float,
    parent: str,
):
    """A jointed leg that rises to its knee and comes down on its tip."""
    out = np.array((np.cos(yaw), np.sin(yaw), 0.0))
    root = np.array(root, float)
    points = np.array([root, root + out * 0.42 * reach + (0, 0, knee), root + out * 0.80 * reach - (0, 0, root[2] * 0.58),
                       (root + out * reach) * (1, 1, 0) + (0, 0, 0.012)]) * s  # fmt: skip
    bones = limb(body, name, side, sign, parent, points)
    hip, high, low, tip = (mirrored(point, sign) for point in points)
    t = thick * s
    body.tube(
        [(bones[0], hip, t * 0.9), (bones[0], hip * 0.55 + high * 0.45, t * 1.15), (bones[0], high * 0.9 + hip * 0.1, t * 0.8)],
        t * 0.8,
        3,
    )
    body.clothe(bones[0], high, high, t * 0.86, t * 0.86, t * 0.3)
    body.tube(
        [(bones[1], high * 0.92 + low * 0.08, t * 0.7), (bones[1], high * 0.6 + low * 0.4, t * 0.82), (bones[1], low, t * 0.52)],
        t * 0.3,
        3,
    )
    body.clothe(bones[1], low, low, t * 0.58, t * 0.58, t * 0.2)
    body.tube([(bones[2], low, t * 0.46), (bones[2], low * 0.4 + tip * 0.6, t * 0.4), (bones[2], tip, t * 0.2)], t * 0.2, 3)
    return bones


def _spider(brief: CreatureBrief, s: float) -> Anatomy:
    body = Anatomy(stance=0.62, stride=0.55)

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.2, 0), "trunk")
    body.bone("hips", "root", at(0, 0.06, 0.34), at(0, -0.12, 0.35), "trunk")
    body.bone("chest", "hips", at(0, -0.12, 0.35), at(0, -0.26, 0.36), "trunk")
    body.bone("tail_01", "hips", at(0, 0.10, 0.35), at(0, 0.62, 0.42), "tail")
    body.tube([("hips", at(0, 0.10, 0.345), (0.05 * s, 0.05 * s)), ("hips", at(0, 0.0, 0.345), (0.15 * s, 0.085 * s)),
               ("chest", at(0, -0.14, 0.355), (0.15 * s, 0.10 * s)), ("chest", at(0, -0.27, 0.36), (0.095 * s, 0.085 * s))],
                   0.02 * s)  # fmt: skip
    body.tube([("tail_01", at(0, 0.12, 0.35), 0.05 * s), ("tail_01", at(0, 0.22, 0.385), (0.17 * s, 0.15 * s)),
               ("tail_01", at(0, 0.40, 0.41), (0.235 * s, 0.205 * s)), ("tail_01", at(0, 0.56, 0.385), (0.18 * s, 0.155 * s)),
               ("tail_01", at(0, 0.67, 0.35), (0.06 * s, 0.05 * s))], 0.02 * s)  # fmt: skip
    body.bone("head", "chest", at(0, -0.26, 0.37), at(0, -0.36, 0.37), "head")
    body.tube(
        [("head", at(0, -0.24, 0.375), (0.095 * s, 0.078 * s)), ("head", at(0, -0.315, 0.385), (0.078 * s, 0.06 * s))], 0.03 * s
    )
    for x, y, z, r in (
        (0.026, -0.368, 0.398, 0.023),
        (0.066, -0.345, 0.402, 0.016),
        (0.034, -0.345, 0.436, 0.014),
        (0.074, -0.295, 0.428, 0.014),
    ):
        for _, sign in pair():
            gaze = np.array((sign * x * 8, -1.0, 0.35))
            body.eyes.append(Eye("head", mirrored(at(x, y, z), sign), r * s, gaze, 1.0, "none"))
    wanted = {}
    for side, sign in pair():
        fang = body.bone(
            f"jaw_{side}", "head", mirrored(at(0.034, -0.33, 0.345), sign), mirrored(at(0.036, -0.37, 0.24), sign), "head"
        )
        body.tube([(fang, mirrored(at(0.034, -0.335, 0.355), sign), 0.036 * s), (fang, mirrored(at(0.036, -0.385, 0.30), sign),
            0.038 * s),
                   (fang, mirrored(at(0.036, -0.385, 0.25), sign), 0.026 * s)], 0.012 * s)  # fmt: skip
        root = mirrored(at(0.034, -0.39, 0.235), sign)
        body.spike(
            fang,
            [root + at(0, 0, 0.02), root + at(-0.006 * sign, -0.006, -0.04), root + at(-0.018 * sign, 0.022, -0.09)],
            0.016 * s,
            "claw",
        )
        palp = [mirrored(at(*p), sign) for p in ((0.075, -0.30, 0.33), (0.11, -0.42, 0.38), (0.10, -0.50, 0.26))]
        names = [f"feeler_1_{side}", f"feeler_2_{side}"]
        chain(body, names, "head", palp, "arm")
        body.tube([(names[0], palp[0], 0.022 * s), (names[1], palp[1], 0.022 * s), (names[1], palp[2], 0.014 * s)], 0.012 * s)
        for k, (y, yaw, reach, knee) in enumerate(
            ((-0.20, -1.02, 0.74, 0.26), (-0.12, -0.34, 0.66, 0.27), (-0.04, 0.32, 0.66, 0.27), (0.04, 0.98, 0.80, 0.27))
        ):
            bones = _leg(body, f"leg{k + 1}", side, sign, (0.12, y, 0.33), reach, yaw, knee, 0.031, s, "chest" if k < 2 else "hips")
            phase = 0.5 * ((k + (side == "r")) % 2) + 0.05 * k
            wanted[f"{k}{side}"] = (bones, phase, 0.5 * ((k + (side == "r")) % 2))
    legs(body, wanted, 1)
    head_horns(body, brief, at(0.04, -0.26, 0.44), 0.12 * s, 0.014 * s)
    if brief.shagginess > 0:
        length = (0.02 + 0.05 * brief.shagginess) * s
        body.locks.append(Locks("coat", length, length * 0.10, 1100, 1.4))
        every = tuple(name for bones, _, _ in wanted.values() for name in bones)
        body.locks.append(Locks("legs", length * 0.9, length * 0.10, 1200, 1.6, bones=every))
    return body


def _beetle(brief: CreatureBrief, s: float) -> Anatomy:
    body = Anatomy(stance=0.6, stride=0.6)

    def at(x: float, y: float, z: float) -> np.ndarray:
        return np.array((x, y, z)) * s

    body.bone("root", "", at(0, 0, 0), at(0, 0.2, 0), "trunk")
    body.bone("hips", "root", at(0, 0.02, 0.25), at(0, 0.50, 0.25), "trunk")
    body.bone("chest", "hips", at(0, -0.06, 0.25), at(0, -0.26, 0.26), "trunk")
    body.tube([("hips", at(0, 0.62, 0.23), (0.06 * s, 0.03 * s)), ("hips", at(0, 0.48, 0.24), (0.185 * s, 0.075 * s)),
               ("hips", at(0, 0.22, 0.24), (0.255 * s, 0.10 * s)), ("hips", at(0, -0.02, 0.245), (0.22 * s, 0.095 * s)),
               ("hips", at(0, -0.06, 0.245), (0.12 * s, 0.07 * s))], 0.01 * s)  # fmt: skip
    for side, sign in pair():  # the wing cases: two domes with a seam between
        case = body.bone(
            f"case_{side}", "hips", mirrored(at(0.06, -0.04, 0.33), sign), mirrored(at(0.10, 0.50, 0.30), sign), "trunk"
        )
        body.tube([(case, mirrored(at(0.085, -0.035, 0.275), sign), (0.085 * s, 0.062 * s)), (case, mirrored(at(0.125, 0.12,
            0.285), sign), (0.128 * s, 0.105 * s)),
                   (case, mirrored(at(0.125, 0.30, 0.28), sign), (0.128 * s, 0.105 * s)), (case, mirrored(at(0.095, 0.48,
                       0.255), sign), (0.095 * s, 0.075 * s)),
                   (case, mirrored(at(0.05, 0.60, 0.235), sign), (0.04 * s, 0.03 * s))], 0.004 * s)  # fmt: skip
    body.tube([("chest", at(0, -0.06, 0.25), (0.16 * s, 0.085 * s)), ("chest", at(0, -0.15, 0.265), (0.20 * s, 0.11 * s)),
               ("chest", at(0, -0.26, 0.255), (0.15 * s, 0.085 * s))], 0.008 * s)  # fmt: skip
    body.bone("head", "chest", at(0, -0.26, 0.25), at(0, -0.40, 0.23), "head")
    body.tube([("head", at(0, -0.25, 0.25), (0.10 * s, 0.065 * s)), ("head", at(0, -0.33, 0.24), (0.105 * s, 0.06 * s)),
               ("head", at(0, -0.40, 0.225), (0.06 * s, 0.035 * s))], 0.012 * s)  # fmt: skip
    body.spike("head", [at(0, -0.36, 0.26), at(0, -0.50, 0.33), at(0, -0.56, 0.45), at(0, -0.52, 0.54)], 0.034 * s, "horn")
    body.spike("chest", [at(0, -0.20, 0.35), at(0, -0.32, 0.43), at(0, -0.42, 0.46)], 0.03 * s, "horn")
    wanted = {}
    for side, sign in pair():
        body.eyes.append(
            Eye("head", mirrored(at(0.088, -0.335, 0.262), sign), 0.032 * s, np.array((sign * 0.8, -0.6, 0.2)), 1.0, "none")
        )
        path = [
            mirrored(at(*p), sign) for p in ((0.07, -0.38, 0.25), (0.15, -0.47, 0.30), (0.25, -0.53, 0.28), (0.31, -0.56, 0.24))
        ]
        feeler = body.bone(f"feeler_1_{side}", "head", path[0], path[-1], "arm")
        body.spike(feeler, path, 0.013 * s, "feeler", 1.0, 0.6)
        root = mirrored(at(0.045, -0.40, 0.215), sign)
        body.spike("head", [root, root + at(0.03 * sign, -0.06, 0), root + at(0.0, -0.11, 0)], 0.018 * s, "claw", 1.0)
        for k, (y, yaw, reach, parent) in enumerate(
            ((-0.18, -0.85, 0.42, "chest"), (0.04, 0.12, 0.42, "hips"), (0.20, 0.75, 0.50, "hips"))
        ):
            bones = _leg(body, f"leg{k + 1}", side, sign, (0.13, y, 0.19), reach, yaw, 0.10, 0.030, s, parent)
            phase = 0.5 * ((k + (side == "r")) % 2)
            wanted[f"{k}{side}"] = (bones, phase, phase)
        if brief.wings:
            wing = body.bone(
                f"wing_{side}", "hips", mirrored(at(0.10, 0.0, 0.37), sign), mirrored(at(0.95, 0.25, 0.46), sign), "wing"
            )
            body.wings.append(Wing(side, (wing,), (), mirrored(at(0.1, 0.2, 0.3), sign), "hips", "veined"))
    legs(body, wanted, 1)
    head_horns(body, brief, at(0.05, -0.30, 0.30), 0.12 * s, 0.012 * s)
    return body
