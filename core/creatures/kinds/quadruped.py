"""Wolf, cat and horse: mammals on four legs, from tables of stations and joints in units of the height at the shoulder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Ear, Eye, Locks, curve, mirrored, pair
from .parts import Station, feather_wings, head_horns, hoof, legs, limb, paw, tail, trunk

Joint = tuple[float, float, float]


@dataclass(frozen=True)
class Plan:
    """Everything in units of the height at the withers; y runs to the tail.

    Attributes:
        height: metres at the withers.
        trunk: stations from rump to breast.
        neck, skull: stations (y, z, half width, half height), the skull's from its base to the nose.
        jaw: stations of the lower jaw, from its hinge.
        front, hind: joints of the left legs from the body to the toe.
        front_flesh, hind_flesh: (from joint, to joint, radii at both) as fractions between joints, see ``_leg_flesh``.
        foot: size of paw or hoof; ``hooves`` says which.
        tail: points; tail_radii: their thickness.
        eye: place, radius, opening and how far outwards the left one looks.
        ear: base, tip, width, roundness.
    """

    height: float
    trunk: tuple[Station, ...]
    neck: tuple[Station, ...]
    skull: tuple[Station, ...]
    jaw: tuple[Station, ...]
    front: tuple[Joint, ...]
    hind: tuple[Joint, ...]
    shoulder: tuple[float, float, float]
    thigh: tuple[float, float, float]
    thin: tuple[float, float, float, float]
    foot: float
    hooves: bool
    tail: tuple[Joint, ...]
    tail_radii: tuple[float, ...]
    eye: tuple[Joint, float, float, float]
    ear: tuple[Joint, Joint, float, float]
    pupil: str
    cheek: tuple[Joint, float]
    horn: Joint


PLANS = {
    "wolf": Plan(
        height=0.80,
        trunk=((0.52, 0.80, 0.085, 0.10), (0.42, 0.835, 0.125, 0.145), (0.26, 0.84, 0.12, 0.135), (0.08, 0.82, 0.128, 0.155),
               (-0.12, 0.785, 0.15, 0.195), (-0.30, 0.765, 0.15, 0.215), (-0.44, 0.785, 0.115, 0.175)),
        neck=((-0.36, 0.86, 0.13, 0.16), (-0.50, 0.98, 0.115, 0.145), (-0.62, 1.09, 0.098, 0.115)),
        skull=((-0.62, 1.125, 0.092, 0.092), (-0.71, 1.135, 0.094, 0.088), (-0.79, 1.10, 0.062, 0.062), (-0.88, 1.065, 0.044,
            0.046),
               (-0.985, 1.045, 0.036, 0.036)),
        jaw=((-0.70, 1.065, 0.05, 0.038), (-0.82, 1.03, 0.034, 0.024), (-0.955, 1.012, 0.022, 0.014)),
        front=((0.105, -0.355, 0.66), (0.118, -0.255, 0.475), (0.108, -0.295, 0.205), (0.105, -0.318, 0.055), (0.105, -0.405,
            0.03)),
        hind=((0.09, 0.40, 0.79), (0.125, 0.265, 0.53), (0.112, 0.485, 0.275), (0.108, 0.445, 0.055), (0.108, 0.355, 0.03)),
        shoulder=(0.058, 0.125, 0.07), thigh=(0.07, 0.15, 0.075), thin=(0.042, 0.028, 0.026, 0.027),
        foot=0.046, hooves=False,
        tail=((0, 0.55, 0.83), (0, 0.66, 0.73), (0, 0.735, 0.55), (0, 0.76, 0.36)), tail_radii=(0.04, 0.058, 0.064, 0.012),
        eye=((0.056, -0.765, 1.152), 0.0185, 0.52, 0.62), ear=((0.062, -0.655, 1.195), (0.088, -0.655, 1.345), 0.088, 0.1),
        pupil="round", cheek=((0.062, -0.70, 1.09), 0.058), horn=(0.05, -0.70, 1.2),
    ),
    "cat": Plan(
        height=0.72,
        trunk=((0.66, 0.82, 0.085, 0.10), (0.54, 0.845, 0.125, 0.145), (0.34, 0.82, 0.125, 0.14), (0.12, 0.795, 0.135, 0.155),
               (-0.12, 0.785, 0.148, 0.175), (-0.32, 0.785, 0.145, 0.19), (-0.45, 0.81, 0.112, 0.15)),
        neck=((-0.38, 0.87, 0.125, 0.145), (-0.50, 0.945, 0.118, 0.13), (-0.60, 1.01, 0.11, 0.115)),
        skull=((-0.60, 1.05, 0.105, 0.10), (-0.69, 1.07, 0.112, 0.10), (-0.77, 1.045, 0.085, 0.078), (-0.835, 1.01, 0.062, 0.052),
               (-0.875, 1.0, 0.046, 0.04)),
        jaw=((-0.69, 0.985, 0.062, 0.042), (-0.79, 0.962, 0.046, 0.03), (-0.86, 0.952, 0.03, 0.02)),
        front=((0.105, -0.37, 0.66), (0.118, -0.265, 0.485), (0.108, -0.305, 0.21), (0.105, -0.325, 0.055), (0.105, -0.41, 0.03)),
        hind=((0.09, 0.53, 0.79), (0.13, 0.37, 0.53), (0.112, 0.595, 0.29), (0.108, 0.55, 0.055), (0.108, 0.45, 0.03)),
        shoulder=(0.062, 0.115, 0.072), thigh=(0.075, 0.155, 0.08), thin=(0.048, 0.036, 0.034, 0.035),
        foot=0.056, hooves=False,
        tail=((0, 0.68, 0.85), (0, 0.84, 0.72), (0, 0.98, 0.50), (0, 1.16, 0.38), (0, 1.36, 0.42)),
        tail_radii=(0.045, 0.035, 0.032, 0.032, 0.026),
        eye=((0.061, -0.785, 1.078), 0.0265, 0.62, 0.42), ear=((0.075, -0.66, 1.125), (0.108, -0.645, 1.23), 0.10, 0.6),
        pupil="slit", cheek=((0.072, -0.715, 1.01), 0.062), horn=(0.05, -0.69, 1.15),
    ),
    "horse": Plan(
        height=1.55,
        trunk=((0.50, 0.84, 0.09, 0.115), (0.41, 0.865, 0.145, 0.155), (0.26, 0.86, 0.162, 0.165), (0.06, 0.81, 0.17, 0.185),
               (-0.16, 0.785, 0.17, 0.205), (-0.33, 0.79, 0.15, 0.205), (-0.45, 0.80, 0.108, 0.165)),
        neck=((-0.36, 0.90, 0.105, 0.175), (-0.50, 1.06, 0.078, 0.145), (-0.62, 1.22, 0.064, 0.115), (-0.69, 1.34, 0.054, 0.09)),
        skull=((-0.67, 1.385, 0.055, 0.062), (-0.74, 1.35, 0.066, 0.075), (-0.82, 1.245, 0.058, 0.066), (-0.90, 1.12, 0.044, 0.05),
               (-0.955, 1.04, 0.042, 0.046), (-0.98, 0.998, 0.04, 0.036)),
        jaw=((-0.70, 1.29, 0.05, 0.055), (-0.80, 1.14, 0.036, 0.032), (-0.905, 1.01, 0.028, 0.018), (-0.935, 0.985, 0.026, 0.016)),
        front=((0.105, -0.40, 0.70), (0.118, -0.30, 0.565), (0.102, -0.318, 0.315), (0.10, -0.318, 0.105), (0.10, -0.37, 0.03)),
        hind=((0.10, 0.38, 0.80), (0.135, 0.255, 0.575), (0.112, 0.445, 0.365), (0.108, 0.41, 0.11), (0.108, 0.36, 0.03)),
        shoulder=(0.058, 0.13, 0.07), thigh=(0.08, 0.17, 0.088), thin=(0.05, 0.034, 0.026, 0.03),
        foot=0.043, hooves=True,
        tail=((0, 0.545, 0.87), (0, 0.60, 0.80), (0, 0.625, 0.70), (0, 0.635, 0.58)), tail_radii=(0.03, 0.028, 0.024, 0.012),
        eye=((0.0575, -0.775, 1.335), 0.0175, 0.6, 1.2), ear=((0.032, -0.68, 1.435), (0.04, -0.695, 1.545), 0.05, 0.15),
        pupil="none", cheek=((0.04, -0.725, 1.27), 0.055), horn=(0.02, -0.755, 1.42),
    ),
}  # fmt: skip


def anatomy(kind: str, brief: CreatureBrief) -> Anatomy:
    """A wolf, cat or horse at natural size."""
    plan, body = PLANS[kind], Anatomy(stance=0.63, stride=0.82)
    size = plan.height
    body.bone("root", "", (0, 0, 0), (0, 0.3 * size, 0), "trunk")
    trunk(body, np.array(plan.trunk) * size, 0.05 * size)
    _head(body, plan, brief)
    tail(body, np.array(plan.tail) * size, np.array(plan.tail_radii) * size, 4, blend=0.03 * size)
    wanted = {}
    for side, sign in pair():
        for name, joints, parent, muscle in (
            ("front", plan.front, "chest", plan.shoulder),
            ("hind", plan.hind, "hips", plan.thigh),
        ):
            bones = limb(body, name, side, sign, parent, np.array(joints) * size)
            _leg_flesh(body, plan, name, bones, np.array(joints) * size * (sign, 1, 1), muscle, sign)
            # A lateral sequence: left hind, left front, right hind, right front; in the trot diagonals go together.
            walk = {"hindl": 0.0, "frontl": 0.25, "hindr": 0.5, "frontr": 0.75}[name + side]
            trot = 0.0 if (name + side) in ("hindl", "frontr") else 0.5
            wanted[name + side] = (bones, walk, trot)
    legs(body, wanted)
    if brief.wings:
        feather_wings(body, (0.1 * size, -0.22 * size, 0.96 * size), 1.25 * size, (0.09 * size, 0.2 * size, 0.93 * size))
    _locks(body, kind, plan, brief)
    return body


def _head(body: Anatomy, plan: Plan, brief: CreatureBrief) -> None:
    size = plan.height
    neck = np.array(plan.neck) * size
    points = np.stack([np.zeros(len(neck)), neck[:, 0], neck[:, 1]], axis=1)
    middle = points[len(points) // 2]
    body.bone("neck_01", "chest", points[0], middle, "neck")
    body.bone("neck_02", "neck_01", middle, points[-1], "neck")
    names = ["neck_01" if k < len(points) // 2 else "neck_02" for k in range(len(points))]
    body.tube([(n, p, (w, h)) for n, p, (_, _, w, h) in zip(names, points, neck, strict=True)], 0.06 * size)
    skull = np.array(plan.skull) * size
    at = np.stack([np.zeros(len(skull)), skull[:, 0], skull[:, 1]], axis=1)
    body.bone("head", "neck_02", at[0], at[-1], "head")
    body.tube([("head", p, (w, h)) for p, (_, _, w, h) in zip(at, skull, strict=True)], 0.035 * size)
    place, radius = plan.cheek
    for _, sign in pair():
        cheek = mirrored(np.array(place) * size, sign)
        body.clothe("head", cheek, cheek + (0, 0.02 * size, 0.02 * size), radius * size * 0.62, radius * size * 0.5, 0.04 * size)
        brow = mirrored(np.array(plan.eye[0]) * size, sign) + (-sign * 0.012 * size, 0.012 * size, 0.020 * size)
        body.clothe("head", brow, brow + (sign * 0.012 * size, 0.035 * size, 0.004 * size), 0.02 * size, 0.02 * size, 0.02 * size)
    jaw = np.array(plan.jaw) * size
    hinge = np.stack([np.zeros(len(jaw)), jaw[:, 0], jaw[:, 1]], axis=1)
    body.bone("jaw", "head", hinge[0], hinge[-1], "head")
    body.tube([("jaw", p, (w, h)) for p, (_, _, w, h) in zip(hinge, jaw, strict=True)], 0.012 * size)
    body.crease = ("jaw",)
    centre, radius, opening, outward = plan.eye
    base, tip, width, roundness = plan.ear
    for side, sign in pair():
        gaze = np.array((sign * np.sin(outward), -np.cos(outward), 0.06))
        body.eyes.append(Eye("head", mirrored(np.array(centre) * size, sign), radius * size, gaze, opening, plan.pupil))
        if brief.ears > 0:
            name = body.bone(
                f"ear_{side}", "head", mirrored(np.array(base) * size, sign), mirrored(np.array(tip) * size, sign), "head"
            )
            end = np.array(base) + (np.array(tip) - np.array(base)) * brief.ears
            facing = np.array((sign * 0.45, -1.0, 0.1))
            body.ears.append(
                Ear(name, mirrored(np.array(base) * size, sign), mirrored(end * size, sign), width * size, facing, roundness)
            )
    head_horns(body, brief, np.array(plan.horn) * size, 0.22 * size, 0.024 * size)


def _leg_flesh(body: Anatomy, plan: Plan, name: str, bones, joints: np.ndarray, muscle, sign: float) -> None:
    """Muscle from the body to the lower leg, then sinew; the paw or hoof."""
    size = plan.height
    wide, high, end = (value * size for value in muscle)
    upper, lower, cannon, foot = bones
    lean, wrist, shank, ball = (value * size for value in plan.thin)
    hip, knee, hock, fetlock, toe = joints
    inner = hip * (0.92, 1, 1)
    if name == "front":  # the shoulder blade lies on the ribs, leaning back from the point of the shoulder
        blade = inner + np.array((-sign * 0.012, 0.115, 0.19)) * size
        body.clothe(upper, blade, inner, (wide * 0.6, high * 0.62), (wide, high * 0.72), 0.06 * size)
        body.clothe(upper, inner, knee, (wide, high * 0.66), (end * 0.62, end * 0.88), 0.045 * size)
    else:
        rump = inner + np.array((-sign * 0.01, 0.045, 0.01)) * size
        body.clothe(upper, rump, knee * 0.55 + inner * 0.45, (wide * 0.9, high * 0.9), (wide * 0.9, high * 0.72), 0.05 * size)
        body.clothe(upper, knee * 0.5 + inner * 0.5, knee, (wide * 0.85, high * 0.66), (end * 0.68, end * 0.8), 0.04 * size)
    belly = knee * 0.70 + hock * 0.30 + np.array((0, 0.014 if name == "hind" else 0.004, 0)) * size
    joint = 1.22 if plan.hooves else 1.06
    slender = hock * 0.72 + fetlock * 0.28
    body.tube(
        [(lower, knee * 0.98 + inner * 0.02, (lean * 1.1, lean * 1.4)), (lower, belly, (lean * 1.02, lean * 1.3)),
         (lower, belly * 0.35 + hock * 0.65, (lean * 0.72, lean * 0.86)), (cannon, hock, (wrist * joint, wrist * joint * 1.14)),
         (cannon, slender, (shank * 0.94, shank * 1.04)), (foot, fetlock, (ball, ball * 1.04))],
        0.025 * size, 3,
    )  # fmt: skip
    if plan.hooves:
        hoof(body, foot, sign, fetlock * (sign, 1, 1), toe * (sign, 1, 1), plan.foot * size)
    else:
        paw(body, foot, sign, fetlock * (sign, 1, 1), toe * (sign, 1, 1), plan.foot * size, 0.028 * size)


def _locks(body: Anatomy, kind: str, plan: Plan, brief: CreatureBrief) -> None:
    size, shaggy = plan.height, brief.shagginess
    if shaggy <= 0:
        return
    line = [(0, y, z + h) for y, z, _, h in plan.neck]
    if kind == "horse":
        crest = [(0, plan.skull[1][0] - 0.01, plan.skull[1][1] + 0.085), *reversed(line)]
        crest = [*crest, (0, -0.27, 0.995)]
        body.locks.append(Locks("mane", (0.16 + 0.14 * shaggy) * size, 0.028 * size, 150, 0.5, curve(np.array(crest) * size, 40)))
        body.locks.append(
            Locks("tail", (0.38 + 0.2 * shaggy) * size, 0.026 * size, 130, 0.3, bones=("tail_01", "tail_02", "tail_03", "tail_04"))
        )
        return
    length = (0.05 + 0.10 * shaggy) if kind == "wolf" else (0.02 + 0.05 * shaggy)
    body.locks.append(Locks("coat", length * size, length * (0.26 if kind == "wolf" else 0.3) * size,
        2400 if kind == "wolf" else 900, 0.2))
    if kind == "wolf":
        body.locks.append(Locks("ruff", length * 1.35 * size, length * 0.3 * size, 800, 0.34, bones=("neck_01", "neck_02",
            "chest")))
        body.locks.append(
            Locks("tail", length * 1.4 * size, length * 0.3 * size, 560, 0.3, bones=("tail_01", "tail_02", "tail_03", "tail_04"))
        )
