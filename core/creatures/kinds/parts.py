"""What several body plans share: a spine of bones, legs with paws or hooves, and membrane wings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..brief import CreatureBrief
from ..grammar import Anatomy, Leg, Point, Points, Wing, curve, mirrored, pair

Station = tuple[float, float, float, float]  # y, z, half width, half height


def chain(body: Anatomy, names: Sequence[str], parent: str, points: Points, region: str) -> str:
    """Bones through ``points``, one fewer than there are points; returns the last one's name."""
    for name, head, tail in zip(names, points, points[1:], strict=False):
        parent = body.bone(name, parent, head, tail, region)
    return parent


def trunk(body: Anatomy, stations: Sequence[Station] | np.ndarray, blend: float) -> None:
    """Hips, spine and chest along a table of stations from rump to breast, with their flesh."""
    line = np.array(stations, float)
    points = np.stack([np.zeros(len(line)), line[:, 0], line[:, 1]], axis=1)
    third = (len(points) - 1) / 3
    cuts = [points[0], *(points[round(third * k)] for k in (1, 2)), points[-1]]
    middle = cuts[1]
    body.bone("hips", "root", middle, cuts[0], "trunk")
    body.bone("spine", "hips", middle, cuts[2], "trunk")
    body.bone("chest", "spine", cuts[2], cuts[3], "trunk")
    names = ["hips" if y > middle[1] + 1e-6 else "spine" if y > cuts[2][1] + 1e-6 else "chest" for y in line[:-1, 0]]
    tube = [(name, point, (w, h)) for name, point, (_, _, w, h) in zip([*names, "chest"], points, line, strict=True)]
    body.tube(tube, blend)


def limb(
    body: Anatomy, name: str, side: str, sign: float, parent: str, joints: Points, region: str = "leg"
) -> tuple[str, ...]:
    """The bones of one leg on one side: upper, lower, cannon (with five joints), foot."""
    parts = ("upper", "lower", "cannon", "foot") if len(joints) == 5 else ("upper", "lower", "foot")
    points = [mirrored(joint, sign) for joint in joints]
    names = tuple(f"{name}_{part}_{side}" for part in parts)
    chain(body, names, parent, points, region)
    return names


def paw(body: Anatomy, foot: str, sign: float, ball: Point, toe: Point, size: float, claw: float, digits: int = 4) -> None:
    """A paw's pad and toes, with claws ``claw`` long."""
    start, end = mirrored(ball, sign), mirrored(toe, sign)
    ground = size * 0.78
    start[2] = end[2] = ground
    body.clothe(foot, start, start + (end - start) * 0.55, (size * 0.95, ground), (size * 1.05, ground * 0.95), size * 0.5)
    spread = np.linspace(-0.62, 0.62, digits)
    for across in spread:
        reach = 1 - 0.35 * across**2
        root = start + (end - start) * 0.45 + (across * size * 1.1, 0, 0)
        tip = start + (end - start) * reach + (across * size * 1.35, 0, -ground * 0.42)
        thick = size * 0.42
        body.clothe(foot, root, tip, (thick, thick * 1.2), (thick * 0.85, thick), size * 0.2)
        if claw > 0:
            out = (end - start) / max(np.linalg.norm(end - start), 1e-9)
            path = [
                tip,
                tip + out * (thick + claw * 0.4) + (0, 0, thick * 0.35),
                tip + out * (thick + claw) - (0, 0, ground * 0.45),
            ]
            body.spike(foot, path, thick * 0.42, "claw")


def hoof(body: Anatomy, foot: str, sign: float, fetlock: Point, toe: Point, size: float) -> None:
    """Pastern and hoof."""
    start, end = mirrored(fetlock, sign), mirrored(toe, sign)
    body.clothe(foot, start, start * 0.4 + end * 0.6, size * 0.78, size * 0.82, size * 0.6)
    low = np.array((end[0], end[1] + size * 0.1, size * 0.62))
    body.clothe(foot, start * 0.35 + end * 0.65, low, size * 0.9, (size * 1.12, size * 1.2), size * 0.25)


def tail(
    body: Anatomy, points: Points, radii: Sequence[float] | np.ndarray, bones: int, parent: str = "hips", blend: float = 0.04
) -> None:
    """A tail of ``bones`` bones through ``points`` with a radius at each of them."""
    joints = curve(points, bones + 1)
    names = [f"tail_{k + 1:02d}" for k in range(bones)]
    chain(body, names, parent, joints, "tail")
    thick = np.interp(np.linspace(0, 1, bones + 1), np.linspace(0, 1, len(radii)), radii)
    body.tube([(names[min(k, bones - 1)], joints[k], float(thick[k])) for k in range(bones + 1)], blend, 3)


def legs(body: Anatomy, wanted: dict[str, tuple[tuple[str, ...], float, float]], digits: int = 4) -> None:
    """Registers legs for the gaits: bones, phase in the walk, phase in the trot."""
    for bones, walk, trot in wanted.values():
        body.legs.append(Leg(bones, walk % 1.0, trot % 1.0, digits))


def membrane_wings(
    body: Anatomy, shoulder: Point, span: float, root: Point, parent: str = "chest", root_bone: str = "spine"
) -> None:
    """A pair of leathery wings, half open: upper arm, forearm, hand and three spreading fingers."""
    base = np.array(shoulder, float)
    for side, sign in pair():

        def at(x: float, y: float, z: float, sign: float = sign) -> np.ndarray:
            return mirrored(base, sign) + np.array((sign * x, y, z)) * span

        joints = [at(0, 0, 0), at(0.22, 0.12, 0.16), at(0.50, -0.08, 0.30)]
        arm = tuple(f"wing_{part}_{side}" for part in ("upper", "lower"))
        chain(body, arm, parent, joints, "wing")
        fingers = []
        for k, tip in enumerate(((1.0, 0.12, 0.26), (0.86, 0.48, 0.10), (0.58, 0.68, -0.02))):
            fingers.append(body.bone(f"wing_finger_{k + 1}_{side}", arm[1], joints[2], at(*tip), "wing"))
        body.wings.append(Wing(side, arm, tuple(fingers), mirrored(root, sign), root_bone, "membrane"))


def feather_wings(
    body: Anatomy, shoulder: Point, span: float, root: Point, parent: str = "chest", root_bone: str = "spine"
) -> None:
    """A pair of feathered wings, spread."""
    base = np.array(shoulder, float)
    for side, sign in pair():
        joints = [mirrored(base, sign) + np.array((sign * x, y, z)) * span
                  for x, y, z in ((0, 0, 0), (0.22, 0.10, 0.05), (0.50, -0.05, 0.08), (0.78, 0.03, 0.06))]  # fmt: skip
        arm = tuple(f"wing_{part}_{side}" for part in ("upper", "lower", "hand"))
        chain(body, arm, parent, joints, "wing")
        for k, thick in enumerate((0.05, 0.036, 0.024)):
            body.clothe(arm[k], joints[k], joints[k + 1], (thick * span, thick * span * 0.7),
                        (thick * span * 0.7, thick * span * 0.5), 0.03 * span, side=(0, 1, 0))  # fmt: skip
        body.wings.append(Wing(side, arm, (), mirrored(root, sign), root_bone, "feather"))


def head_horns(body: Anatomy, brief: CreatureBrief, root: Point, length: float, radius: float, natural: float = 0.0) -> None:
    """A pair of swept-back horns from ``root``; ``natural`` of them grow where the brief asks for none."""
    amount = max(brief.horns, natural) if natural else brief.horns
    if amount <= 0:
        return
    size = length * amount
    for _, sign in pair():
        base = mirrored(root, sign)
        path = [
            base + np.array((sign * x, y, z)) * size
            for x, y, z in ((0, 0, -0.08), (0.12, 0.15, 0.3), (0.25, 0.5, 0.55), (0.22, 0.95, 0.62))
        ]
        body.spike("head", path, radius * min(amount, 1.3), "horn")
