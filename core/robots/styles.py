"""The four kits: what trunk, limbs and head are made of."""

from __future__ import annotations

import numpy as np

from ..geometry.shape import Finish
from .brief import RobotBrief
from .kit import Bin, ball, bellows, box, cushion, cylinder, foot, hand, hinge, lamp, lathe, piston, ring, sections, tube

LIMBS = (("upperarm", "lowerarm", 0.050, 0.046), ("thigh", "calf", 0.080, 0.064))
HEADS = {"service": "visor", "industrial": "eyes", "combat": "slit", "retro": "dome"}


def build(bin: Bin, brief: RobotBrief) -> None:
    """Puts every part of the brief's kit on the body."""
    {"service": _service, "industrial": _industrial, "combat": _combat, "retro": _retro}[brief.kit](bin, brief)
    _head(bin, brief, HEADS[brief.kit] if brief.head == "usual" else brief.head)


def _trunk(bin: Bin, rows: dict[str, list], finish: Finish, waist: Finish, folds: int = 4) -> None:
    """Shells around pelvis and chest (heights as shares between joints, sizes in metres), a flexible waist and neck."""
    s = bin.size
    pelvis, waist_joint, belly, breast, neck = (
        bin.joint(name) for name in ("pelvis", "spine_01", "spine_02", "spine_03", "neck_01")
    )
    thigh = bin.joint("thigh_l")
    for bone, low, high, key in (
        ("pelvis", thigh[2] - 0.07 * s, waist_joint[2] + 0.02 * s, "pelvis"),
        ("spine_03", belly[2], neck[2], "chest"),
    ):
        shell = [
            (low + (high - low) * t, w * s, d * s, y + shift * s, r * s)
            for t, w, d, shift, r in rows[key]
            for y in [breast[1] if key == "chest" else pelvis[1]]
        ]
        bin.put(bone, key, sections(shell), finish)
    ribs = bellows(0.098 * s, waist_joint[2] - 0.03 * s, belly[2] + 0.06 * s, folds)
    half = ribs.moved(0, float(waist_joint[1]), 0).shaped(
        lambda p: np.column_stack([p[:, 0] * 1.15, (p[:, 1] - waist_joint[1]) * 0.85 + waist_joint[1], p[:, 2]])
    )
    bin.put("spine_01", "waist", half, waist)
    length = bin.length("neck_01")
    bin.on("neck_01", "neck", bellows(0.045 * s, -0.03 * s, length + 0.03 * s, 4), waist)


def _each_limb(bin: Bin):
    """(upper bone, lower bone, end bone, side, radius above, radius below) of arms and legs."""
    for upper, lower, first, second in LIMBS:
        for side in "lr":
            yield f"{upper}_{side}", f"{lower}_{side}", side, first * bin.size, second * bin.size, upper == "thigh"


def _service(bin: Bin, brief: RobotBrief) -> None:
    """Smooth white shells over black joints, rings of light."""
    made = bin.made
    _trunk(bin, {
        "pelvis": [(0, 0.16, 0.13, 0, 0.06), (0.35, 0.27, 0.19, 0, 0.085), (0.75, 0.285, 0.20, 0, 0.09), (1, 0.24, 0.17, 0, 0.08)],
        "chest": [(0.0, 0.235, 0.175, 0.0, 0.08), (0.25, 0.30, 0.215, -0.008, 0.10), (0.62, 0.345, 0.24, -0.012, 0.11), (0.85,
            0.30, 0.20, 0.0, 0.095), (1, 0.17, 0.13, 0.0, 0.06)],
    }, made.shell, made.joint)  # fmt: skip
    s, chest = bin.size, bin.joint("spine_03")
    front = chest + (0, -0.128 * s, 0.06 * s)
    bin.put("spine_03", "lamp", ring(0.032 * s, 0.006 * s).moved(*front), made.light)
    bin.put("spine_03", "badge", lamp(0.023 * s, 0.008 * s).moved(*front), made.steel)
    for upper, lower, side, a, b, leg in _each_limb(bin):
        for bone, thick, start, bulge in ((upper, a, 0.10, 1.0), (lower, b, 0.12, 1.06)):
            long = bin.length(bone)
            t = np.linspace(0, 1, 9)
            low, high = start * long, 0.88 * long
            radius = thick * bulge * (0.80 + 0.28 * np.sin(np.pi * (0.18 + 0.72 * (1 - t))) - 0.16 * t)
            profile = [
                (0, low),
                (radius[0] * 0.75, low),
                *zip(radius, np.linspace(low + 0.006, high - 0.006, 9), strict=True),
                (radius[-1] * 0.75, high),
                (0, high),
            ]
            bin.on(bone, "shell", lathe(profile, 22), made.shell)
            bin.on(bone, "core", cylinder(thick * 0.62, 0.0, long, 0.004, 16), made.joint)
            band = cylinder(thick * 0.80, high + 0.002, high + 0.012 * s, 0.002, 22)
            bin.on(bone, "band", band, made.light if bone == lower else made.trim)
        bin.on(upper, "joint", ball(a * 1.16, 18), made.trim)
        bin.on(lower, "joint", hinge(b * 0.92, b * 1.72), made.joint)
        bin.on(lower, "cap", hinge(b * 0.60, b * 1.86), made.trim)
        if leg:
            foot(bin, side, made.shell, made.joint, 0.105 * s, 0.105 * s, 0.032 * s)
            bin.put(f"foot_{side}", "ankle", ball(0.042 * s).moved(*bin.joint(f"foot_{side}")), made.joint)
        else:
            hand(bin, side, made.shell, made.joint, 1.0)


def _industrial(bin: Bin, brief: RobotBrief) -> None:
    """Boxes, drums and pistons."""
    made, s = bin.made, bin.size
    _trunk(bin, {
        "pelvis": [(0, 0.20, 0.17, 0, 0.02), (0.3, 0.31, 0.21, 0, 0.02), (1, 0.31, 0.21, 0, 0.02)],
        "chest": [(0.02, 0.30, 0.22, 0, 0.022), (0.16, 0.40, 0.27, 0.0, 0.022), (0.86, 0.44, 0.29, 0.0, 0.022), (1, 0.36, 0.22,
            0.0, 0.02)],
    }, made.shell, made.joint, 3)  # fmt: skip
    chest = bin.joint("spine_03")
    plate = chest + (0, -0.148 * s, 0.03 * s)
    bin.put(
        "spine_03",
        "hatch",
        box(tuple(plate + (-0.13 * s, -0.014 * s, -0.07 * s)), tuple(plate + (0.13 * s, 0.012 * s, 0.075 * s)), 0.008 * s),
        made.trim,
    )
    for k in range(4):
        slot = plate + (0, -0.018 * s, (0.045 - 0.03 * k) * s)
        bin.put(
            "spine_03",
            "vent",
            box(tuple(slot + (-0.09 * s, -0.003, -0.007 * s)), tuple(slot + (0.02 * s, 0.012, 0.007 * s)), 0.003),
            made.joint,
        )
    for x in (0.06, 0.095):
        bin.put("spine_03", "lamp", lamp(0.012 * s, 0.008 * s).moved(*(plate + (x * s, -0.018 * s, 0.04 * s))), made.light)
    pack = chest + (0, 0.17 * s, 0.02 * s)
    bin.put(
        "spine_03",
        "pack",
        box(tuple(pack - (0.13 * s, 0.04 * s, 0.12 * s)), tuple(pack + (0.13 * s, 0.06 * s, 0.10 * s)), 0.015 * s),
        made.trim,
    )
    for x in (-0.08, 0.08):
        bin.put(
            "spine_03",
            "exhaust",
            cylinder(0.026 * s, 0.0, 0.15 * s, 0.006, 16).moved(*(pack + (x * s, 0.02 * s, 0.07 * s))),
            made.steel,
        )
    for upper, lower, side, a, b, leg in _each_limb(bin):
        for bone, thick, finish in ((upper, a, made.shell), (lower, b, made.shell)):
            long = bin.length(bone)
            shell = sections([(0.17 * long, 1.7 * thick, 1.55 * thick, 0, 0.012 * s), (0.3 * long, 2.05 * thick, 1.9 * thick,
                0, 0.012 * s),
                              (0.78 * long, 1.75 * thick, 1.6 * thick, 0, 0.012 * s), (0.86 * long, 1.5 * thick, 1.35 * thick,
                                  0, 0.010 * s)], 1)  # fmt: skip
            bin.on(bone, "shell", shell, finish)
            bin.on(
                bone,
                "core",
                box((-thick * 0.5, -thick * 0.5, 0.02 * long), (thick * 0.5, thick * 0.5, 0.98 * long), 0.006 * s),
                made.steel,
            )
            for x in (-1, 1):
                sleeve, rod = piston(
                    np.array((x * thick * 1.02, thick * 0.75, 0.20 * long)),
                    np.array((x * thick * 0.75, thick * 0.55, 0.99 * long)),
                    0.20 * thick,
                )
                bin.on(bone, "piston", sleeve, made.joint)
                bin.on(bone, "rod", rod, made.steel)
        for bone, thick in ((upper, a), (lower, b)):
            bin.on(bone, "joint", hinge(thick * 1.06, thick * 2.3), made.steel)
            bin.on(bone, "cap", hinge(thick * 0.6, thick * 2.55), made.trim)
        if leg:
            foot(bin, side, made.shell, made.joint, 0.135 * s, 0.11 * s, 0.014 * s)
            bin.put(f"foot_{side}", "ankle", hinge(0.042 * s, 0.11 * s).moved(*bin.joint(f"foot_{side}")), made.steel)
        else:
            pauldron = box((-0.075 * s, -0.085 * s, -0.075 * s), (0.085 * s, 0.085 * s, 0.085 * s), 0.02 * s)
            bin.on(upper, "shoulder", pauldron, made.trim)
            hand(bin, side, made.steel, made.joint, 1.25)


def _combat(bin: Bin, brief: RobotBrief) -> None:
    """Angular plates, a wedge of a chest, shoulder and knee guards."""
    made, s = bin.made, bin.size
    _trunk(bin, {
        "pelvis": [(0, 0.12, 0.13, 0, 0.02), (0.4, 0.25, 0.19, 0, 0.03), (0.8, 0.29, 0.21, 0, 0.03), (1, 0.25, 0.18, 0, 0.03)],
        "chest": [(0.0, 0.20, 0.17, 0.01, 0.03), (0.30, 0.30, 0.23, 0.0, 0.035), (0.68, 0.41, 0.27, -0.01, 0.035), (0.88, 0.38,
            0.23, 0.01, 0.035), (1, 0.20, 0.14, 0.01, 0.03)],
    }, made.joint, made.joint)  # fmt: skip
    chest, neck = bin.joint("spine_03"), bin.joint("neck_01")
    for side in (-1, 1):
        outline = (
            np.array([(0.012, -0.10), (0.012, 0.085), (0.10, 0.11), (0.185, 0.075), (0.165, -0.01), (0.075, -0.095)])
            * s
            * (side, 1)
        )
        rings = []
        for depth, scale in ((-0.115, 1.0), (-0.158, 0.97), (-0.170, 0.86)):
            middle = outline.mean(axis=0)
            flat = middle + (outline - middle) * scale
            bow = 0.30 * np.abs(flat[:, 0])
            rings.append(np.column_stack([flat[:, 0] + chest[0], depth * s + bow + chest[1], flat[:, 1] + chest[2] + 0.03 * s]))
        from ..geometry.sweeps import loft

        bin.put("spine_03", "plate", loft(np.array(rings)), made.shell)
    bin.put(
        "spine_03",
        "core",
        box(tuple(chest + np.array((-0.010, -0.155, -0.05)) * s), tuple(chest + np.array((0.010, -0.10, 0.10)) * s), 0.003),
        made.light,
    )
    for k in range(3):
        low = bin.joint("spine_01")[2] + (0.015 + 0.042 * k) * s
        wide = (0.115 + 0.012 * k) * s
        plate = cushion(
            (-wide, float(bin.joint("spine_01")[1]) - 0.112 * s, low),
            (wide, float(bin.joint("spine_01")[1]) - 0.055 * s, low + 0.036 * s),
            0.010 * s,
        )
        bin.put("spine_01" if k < 2 else "spine_02", "plate", plate, made.trim)
    collar = sections(
        [
            (neck[2] - 0.05 * s, 0.25 * s, 0.19 * s, float(neck[1]) + 0.01 * s, 0.05 * s),
            (neck[2] + 0.035 * s, 0.19 * s, 0.17 * s, float(neck[1]) + 0.02 * s, 0.05 * s),
        ],
        2,
    )
    bin.put("spine_03", "collar", collar, made.trim)
    belt = bin.joint("pelvis")
    front = cushion(
        (-0.06 * s, belt[1] - 0.125 * s, belt[2] - 0.10 * s), (0.06 * s, belt[1] - 0.08 * s, belt[2] + 0.05 * s), 0.014 * s
    )
    bin.put(
        "pelvis",
        "plate",
        front.shaped(
            lambda p: np.column_stack(
                [p[:, 0] * np.interp(p[:, 2], (belt[2] - 0.1 * s, belt[2] + 0.05 * s), (0.45, 1.0)), p[:, 1], p[:, 2]]
            )
        ),
        made.shell,
    )
    for upper, lower, side, a, b, leg in _each_limb(bin):
        sign = 1.0
        for bone, thick in ((upper, a), (lower, b)):
            long = bin.length(bone)
            bin.on(bone, "core", cylinder(thick * 0.72, 0.0, long, 0.005, 12), made.joint)
            plate = sections([(0.14 * long, 1.5 * thick, 1.5 * thick, 0, 0.4 * thick), (0.30 * long, 2.1 * thick, 2.15 * thick,
                -0.03 * thick, 0.5 * thick),
                              (0.60 * long, 1.95 * thick, 1.95 * thick, 0, 0.45 * thick), (0.90 * long, 1.4 * thick,
                                  1.4 * thick, 0, 0.35 * thick)], 1)  # fmt: skip
            bin.on(bone, "armour", plate, made.shell)
            guard = cushion((-0.55 * thick, -1.32 * thick, 0.30 * long), (0.55 * thick, -0.95 * thick, 0.80 * long), 0.2 * thick)
            bin.on(bone, "guard", guard, made.trim)
        bin.on(upper, "joint", ball(a * 1.1), made.joint)
        bin.on(lower, "joint", hinge(b * 0.95, b * 1.9), made.steel)
        if leg:
            knee = sections(
                [
                    (-0.085 * s, 0.085 * s, 0.05 * s, -0.068 * s, 0.016 * s),
                    (0.0, 0.125 * s, 0.075 * s, -0.068 * s, 0.02 * s),
                    (0.075 * s, 0.08 * s, 0.045 * s, -0.06 * s, 0.016 * s),
                ],
                1,
            )
            bin.on(lower, "knee", knee, made.trim)
            foot(bin, side, made.shell, made.joint, 0.13 * s, 0.115 * s, 0.022 * s)
            bin.put(f"foot_{side}", "ankle", ball(0.045 * s).moved(*bin.joint(f"foot_{side}")), made.joint)
        else:
            shoulder = bin.joint(upper)
            out = 1.0 if side == "l" else -1.0
            rows = [
                (-0.10, 0.13, 0.19, 0, 0.045),
                (-0.02, 0.165, 0.225, 0, 0.05),
                (0.06, 0.15, 0.20, 0, 0.05),
                (0.105, 0.10, 0.13, 0, 0.045),
            ]
            shell = sections([(a * s, b * s, c * s, d * s, e * s) for a, b, c, d, e in rows], 2).turned("y", out * 0.45)
            bin.put(f"upperarm_{side}", "pauldron", shell.moved(*(shoulder + np.array((out * 0.035, 0, 0.012)) * s)), made.shell)
            strip = box((-0.006 * s, -0.115 * s, -0.05 * s), (0.006 * s, -0.105 * s, 0.035 * s), 0.002).turned("y", out * 0.45)
            bin.put(f"upperarm_{side}", "lamp", strip.moved(*(shoulder + np.array((out * 0.04, 0, 0.012)) * s)), made.light)
            hand(bin, side, made.joint, made.steel, 1.2 * sign)


def _retro(bin: Bin, brief: RobotBrief) -> None:
    """A tin toy: a box with dials, ribbed hoses for limbs, boots."""
    made, s = bin.made, bin.size
    _trunk(bin, {
        "pelvis": [(0, 0.22, 0.17, 0, 0.04), (0.25, 0.30, 0.22, 0, 0.04), (1, 0.30, 0.22, 0, 0.04)],
        "chest": [(-0.32, 0.36, 0.255, 0, 0.045), (-0.25, 0.385, 0.275, 0, 0.045), (0.92, 0.40, 0.28, 0, 0.045), (1, 0.36,
            0.24, 0, 0.045)],
    }, made.shell, made.steel, 3)  # fmt: skip
    chest = bin.joint("spine_03")
    front = chest + (0, -0.138 * s, 0)
    panel = box(
        tuple(front + np.array((-0.135, -0.010, -0.115)) * s), tuple(front + np.array((0.135, 0.012, 0.105)) * s), 0.006 * s
    )
    bin.put("spine_03", "panel", panel, made.trim)
    for x in (-0.07, 0.07):
        at = front + np.array((x, -0.014, 0.05)) * s
        bin.put("spine_03", "dial", lamp(0.034 * s, 0.008 * s).moved(*at), made.steel)
        bin.put("spine_03", "bezel", ring(0.038 * s, 0.005 * s).moved(*at), made.shell)
        needle = box((-0.0025 * s, -0.014 * s, -0.004 * s), (0.0025 * s, -0.009 * s, 0.026 * s), 0.001).turned(
            "y", 0.7 * np.sign(x)
        )
        bin.put("spine_03", "needle", needle.moved(*at), made.joint)
    for k in range(5):
        at = front + np.array((-0.09 + 0.045 * k, -0.014, -0.045)) * s
        bin.put("spine_03", "lamp", lamp(0.013 * s, 0.010 * s).moved(*at), made.light if k % 2 == 0 else made.shell)
    for k in range(3):
        low = front + np.array((-0.09, -0.016, -0.10 + 0.014 * k)) * s
        bin.put("spine_03", "grille", box(tuple(low), tuple(low + np.array((0.18, 0.008, 0.006)) * s), 0.001), made.steel)
    for upper, lower, side, a, b, leg in _each_limb(bin):
        for bone, thick in ((upper, a), (lower, b)):
            long = bin.length(bone)
            bin.on(bone, "hose", bellows(thick * 0.86, 0.04 * long, 0.97 * long, 8), made.steel)
            bin.on(bone, "cuff", cylinder(thick * 1.12, 0.80 * long, 0.99 * long, 0.008 * s, 20, thick * 1.22) if bone == lower
                   else cylinder(thick * 1.15, 0.10 * long, 0.28 * long, 0.008 * s, 20), made.shell)  # fmt: skip
        bin.on(upper, "joint", ball(a * 1.28), made.trim)
        bin.on(lower, "joint", ball(b * 1.08), made.trim)
        if leg:
            foot(bin, side, made.trim, made.joint, 0.13 * s, 0.12 * s, 0.036 * s)
            bin.put(
                f"foot_{side}",
                "ankle",
                cylinder(0.06 * s, -0.02 * s, 0.05 * s, 0.008 * s, 20).moved(*bin.joint(f"foot_{side}")),
                made.shell,
            )
        else:
            hand(bin, side, made.trim, made.steel, 1.3)


def _head(bin: Bin, brief: RobotBrief, kind: str) -> None:
    """The head, its face towards the front."""
    made, s = bin.made, bin.size
    low = bin.joint("head") + (0, -0.012 * s, 0.005 * s)
    tall = bin.length("head") * 0.96

    def put(name: str, shape, finish: Finish) -> None:
        bin.put("head", name, shape.moved(*low), finish)

    if kind == "visor":
        shell = [
            (0, 0.085, 0.11, 0.01),
            (0.12, 0.125, 0.165, 0),
            (0.42, 0.165, 0.205, 0),
            (0.72, 0.162, 0.205, 0.005),
            (0.92, 0.11, 0.14, 0.012),
            (1, 0.06, 0.08, 0.015),
        ]
        put("head", sections([(t * tall, w * s, d * s, y * s, 0.46 * min(w, d) * s) for t, w, d, y in shell], 4), made.shell)
        face = sections([(0.30 * tall, 0.115 * s, 0.06 * s, -0.082 * s, 0.028 * s), (0.40 * tall, 0.150 * s, 0.085 * s,
            -0.070 * s, 0.04 * s),
                         (0.66 * tall, 0.148 * s, 0.085 * s, -0.069 * s, 0.04 * s), (0.76 * tall, 0.115 * s, 0.06 * s,
                             -0.078 * s, 0.028 * s)], 3)  # fmt: skip
        put("visor", face, made.joint)
        for x in (-0.032, 0.032):
            put("eye", lamp(0.0125 * s, 0.006 * s).moved(x * s, -0.114 * s, 0.54 * tall), made.light)
        for x in (-1, 1):
            put("ear", hinge(0.034 * s, 0.028 * s).moved(x * 0.085 * s, 0.012 * s, 0.52 * tall), made.trim)
    elif kind == "eyes":
        put("head", box((-0.095 * s, -0.095 * s, 0.02 * tall), (0.095 * s, 0.10 * s, 0.92 * tall), 0.018 * s), made.shell)
        put("brow", box((-0.10 * s, -0.115 * s, 0.66 * tall), (0.10 * s, -0.02 * s, 0.80 * tall), 0.012 * s), made.trim)
        put("jaw", box((-0.07 * s, -0.108 * s, 0.0), (0.07 * s, -0.03 * s, 0.28 * tall), 0.010 * s), made.steel)
        for x in (-0.046, 0.046):
            put(
                "socket",
                cylinder(0.031 * s, 0, 0.03 * s, 0.005, 20).turned("x", np.pi / 2).moved(x * s, -0.088 * s, 0.50 * tall),
                made.steel,
            )
            put("eye", lamp(0.022 * s, 0.008 * s).moved(x * s, -0.118 * s, 0.50 * tall), made.light)
        for k in range(4):
            put(
                "grille",
                box(((-0.052 + 0.03 * k) * s, -0.113 * s, 0.06 * tall), ((-0.038 + 0.03 * k) * s, -0.10 * s, 0.23 * tall), 0.002),
                made.joint,
            )
    elif kind == "slit":
        shell = [
            (0, 0.09, 0.12, 0.0),
            (0.18, 0.125, 0.185, -0.006),
            (0.45, 0.165, 0.215, 0.0),
            (0.78, 0.160, 0.215, 0.01),
            (1, 0.09, 0.13, 0.025),
        ]
        put("head", sections([(t * tall, w * s, d * s, y * s, 0.035 * s) for t, w, d, y in shell], 1), made.shell)
        put("visor", box((-0.078 * s, -0.122 * s, 0.46 * tall), (0.078 * s, -0.05 * s, 0.62 * tall), 0.012 * s), made.joint)
        put("eye", box((-0.064 * s, -0.126 * s, 0.515 * tall), (0.064 * s, -0.11 * s, 0.565 * tall), 0.003), made.light)
        put(
            "crest",
            sections(
                [
                    (0.55 * tall, 0.03 * s, 0.20 * s, 0.02 * s, 0.01 * s),
                    (0.95 * tall, 0.03 * s, 0.19 * s, 0.03 * s, 0.01 * s),
                    (1.14 * tall, 0.012 * s, 0.12 * s, 0.055 * s, 0.004 * s),
                ],
                1,
            ),
            made.trim,
        )
        put("chin", box((-0.04 * s, -0.118 * s, 0.06 * tall), (0.04 * s, -0.05 * s, 0.34 * tall), 0.012 * s), made.trim)
    else:
        put("head", cylinder(0.105 * s, 0.0, 0.62 * tall, 0.012 * s, 28), made.shell)
        turn = np.linspace(0, np.pi / 2, 8)
        dome = [
            (0, 0.60 * tall),
            *[(0.098 * s * np.cos(t), 0.62 * tall + 0.40 * tall * np.sin(t)) for t in turn[:-1]],
            (0, 1.02 * tall),
        ]
        put("dome", lathe(dome, 28), made.steel)
        put("rim", cylinder(0.112 * s, 0.56 * tall, 0.64 * tall, 0.004, 28), made.trim)
        for x in (-0.042, 0.042):
            put("eye", lamp(0.026 * s, 0.012 * s).moved(x * s, -0.094 * s, 0.40 * tall), made.light)
            put("bezel", ring(0.029 * s, 0.005 * s).moved(x * s, -0.096 * s, 0.40 * tall), made.trim)
        put("mouth", box((-0.045 * s, -0.110 * s, 0.10 * tall), (0.045 * s, -0.09 * s, 0.19 * tall), 0.003), made.joint)
        for x in (-1, 1):
            put("ear", hinge(0.03 * s, 0.03 * s).moved(x * 0.11 * s, 0, 0.36 * tall), made.trim)
    if brief.antennas and kind in ("eyes", "dome", "slit"):
        for x in (-1, 1) if kind == "eyes" else (1,) if kind == "slit" else (0,):
            foot_at = np.array((x * 0.07 * s, 0.03 * s, 0.9 * tall))
            tip = foot_at + np.array((x * 0.02, 0.02, 0.16)) * s
            put("antenna", tube([foot_at, (foot_at + tip) / 2, tip], 0.004 * s, 8), made.steel)
            put("lamp", ball(0.011 * s, 12).moved(*tip), made.light)
