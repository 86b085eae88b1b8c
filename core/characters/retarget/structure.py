"""Which bone is which, by how the skeleton is built, when names say nothing.

A person is two like chains downwards (legs), two like chains sideways (arms) and something on top, along one trunk.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from ..motion.kinematics import unit
from .naming import ancestors, place_spine
from .rig import Rig

LIKE = 0.2  # by how much the two chains of a pair may differ in length
LEG_TO_TRUNK, ARM_TO_TRUNK = (0.6, 3.2), (0.5, 2.6)


def by_structure(rig: Rig) -> dict[str, int]:
    """Role -> bone number; empty when the skeleton is not a person's."""
    best: tuple[float, dict[str, int]] = (0.0, {})
    pairs = _pairs(rig)
    for legs, arms in ((a, b) for a in pairs for b in pairs if a is not b):
        score, roles = _person(rig, legs, arms)
        if score > best[0]:
            best = score, roles
    return best[1]


def _main_chain(rig: Rig, bone: int) -> list[int]:
    """From the bone along its longest branch, up to where hands or feet spread."""
    chain = [bone]
    while True:
        following = rig.children(chain[-1])
        if not following or len(following) > 2:
            return chain
        chain.append(max(following, key=lambda child: _extent(rig, child)))


def _extent(rig: Rig, bone: int) -> float:
    """Length of the longest way from the bone's head to a bone's end below it."""
    longest = float(np.linalg.norm(rig.tails[bone] - rig.heads[bone]))
    for child in rig.children(bone):
        longest = max(longest, float(np.linalg.norm(rig.heads[child] - rig.heads[bone])) + _extent(rig, child))
    return longest


def _pairs(rig: Rig) -> list[tuple[int, list[int], list[int]]]:
    """(what carries them, chain, chain) of every two like chains of at least three bones that begin beside each other."""
    found = []
    for bone in range(-1, len(rig.names)):
        chains = [_main_chain(rig, child) for child in rig.children(bone)]
        for first, second in combinations([chain for chain in chains if len(chain) >= 3], 2):
            lengths = [_length(rig, chain) for chain in (first, second)]
            if abs(len(first) - len(second)) <= 1 and abs(lengths[0] - lengths[1]) < LIKE * max(lengths) and max(lengths) > 0:
                found.append((bone, first, second))
    return found[:40]


def _length(rig: Rig, chain: list[int]) -> float:
    return float(np.linalg.norm(np.diff(rig.heads[chain], axis=0), axis=1).sum())


def _person(
    rig: Rig, legs: tuple[int, list[int], list[int]], arms: tuple[int, list[int], list[int]]
) -> tuple[float, dict[str, int]]:
    """How much like a person's legs and arms the two pairs are (0: not), and the roles."""
    pelvis, chest = legs[0], arms[0]
    if chest < 0 or pelvis == chest or (pelvis >= 0 and pelvis not in ancestors(rig, chest)):
        return 0.0, {}
    hips = rig.heads[[legs[1][0], legs[2][0]]].mean(axis=0)
    shoulders = rig.heads[[arms[1][0], arms[2][0]]].mean(axis=0)
    trunk = float(np.linalg.norm(shoulders - hips))
    leg, arm = (np.mean([_length(rig, chain) for chain in pair[1:]]) for pair in (legs, arms))
    if trunk == 0 or not LEG_TO_TRUNK[0] < leg / trunk < LEG_TO_TRUNK[1] or not ARM_TO_TRUNK[0] < arm / trunk < ARM_TO_TRUNK[1]:
        return 0.0, {}
    up = (shoulders - hips) / trunk
    down = np.mean([unit(rig.heads[chain[-1]] - rig.heads[chain[0]]) @ up for chain in legs[1:]])
    head = [bone for bone in rig.children(chest) if bone not in (arms[1][0], arms[2][0])]
    above = [bone for bone in head if (rig.tails[bone] - shoulders) @ up > -0.1 * trunk]
    if down > -0.6:
        return 0.0, {}
    roles: dict[str, int] = {}
    forward = _forward(rig, legs, up)
    left = np.cross(up, forward)
    for pair, parts in ((legs, ("thigh", "calf", "foot", "ball")), (arms, ("upperarm", "lowerarm", "hand"))):
        ends = [(rig.heads[chain[-1]] - rig.heads[chain[0]]) @ left + (rig.heads[chain[0]] - hips) @ left for chain in pair[1:]]
        for side, chain in zip("lr" if ends[0] > ends[1] else "rl", pair[1:], strict=True):
            _limb(rig, chain, parts, side, roles)
    roles["pelvis"] = pelvis if pelvis >= 0 else ancestors(rig, chest)[-1]
    chain = [bone for bone in [chest, *ancestors(rig, chest)] if bone not in (roles["pelvis"], *ancestors(rig, roles["pelvis"]))]
    place_spine(chain[::-1], roles)
    if above:
        top = _main_chain(rig, max(above, key=lambda bone: float((rig.tails[bone] - shoulders) @ up)))
        roles["head"] = top[min(1, len(top) - 1)] if len(top) > 1 else top[0]
        if len(top) > 1:
            roles["neck_01"] = top[0]
    return float(-down) + 0.5 * bool(above) - abs(np.log(leg / trunk / 1.6)), roles


def _forward(rig: Rig, legs: tuple[int, list[int], list[int]], up: np.ndarray) -> np.ndarray:
    """Where the toes point, or where the knees do; square to ``up``."""
    ahead = np.zeros(3)
    for chain in legs[1:]:
        foot = chain[-1]
        for bone in (chain[-2], chain[-1]):
            toes = rig.tails[bone] - rig.heads[bone]
            if abs(toes @ up) < 0.8 * np.linalg.norm(toes):
                foot = bone
        toes = rig.tails[foot] - rig.heads[foot]
        ahead = ahead + toes - (toes @ up) * up
    if np.linalg.norm(ahead) < 1e-6:
        hips, knees, ends = (np.mean([rig.heads[chain[k]] for chain in legs[1:]], axis=0) for k in (0, 1, 2))
        ahead = knees - (hips + ends) / 2
        ahead = ahead - (ahead @ up) * up
    return unit(ahead) if np.linalg.norm(ahead) > 1e-6 else unit(np.cross(rig.heads[legs[1][0]] - rig.heads[legs[2][0]], up))


def _limb(rig: Rig, chain: list[int], parts: tuple[str, ...], side: str, roles: dict[str, int]) -> None:
    """Roles along one limb. Of a chain longer than its parts, the joints are those that cut it into its largest pieces."""
    if parts[0] == "upperarm" and len(chain) >= 4:  # what comes first is the shoulder, when it is short
        spans = np.linalg.norm(np.diff(rig.heads[chain], axis=0), axis=1)
        if spans[0] < 0.75 * spans[1]:
            roles[f"clavicle_{side}"] = chain[0]
            chain = chain[1:]
    for part, bone in zip(parts, chain, strict=False):
        roles[f"{part}_{side}"] = bone
