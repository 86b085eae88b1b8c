"""From one skeleton onto another: world rotations against rest, the difference of the rest poses, and the hips' way.

A bone of the target turns as its counterpart turned from rest, after having been laid where the counterpart rests. What the
target has more of (a third spine bone, fingers) is shared out or goes along.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..motion.kinematics import aligning, axis_rotation, between, from_vectors, rotation_vectors, unit
from ..rig import FINGERS
from .contacts import lock_feet
from .mapping import Mapping
from .rig import Motion, Rig

SPINE = ("pelvis", "spine_01", "spine_02", "spine_03")
FOLLOWS = {"clavicle": "upperarm", "upperarm": "lowerarm", "lowerarm": "hand", "thigh": "calf", "calf": "foot", "foot": "ball"}
SEAM = np.radians(1.0)


def retarget(motion: Motion, source: Mapping, target: Rig, onto: Mapping, in_place: bool = False, lock: bool = True) -> Motion:
    """The motion on another rig.

    Args:
        in_place: the hips' way over the ground is taken out.
        lock: feet that stood still in the source stand still in the result, by two-bone inverse kinematics.
    """
    turns = _turns(motion, source, onto)
    corrections = _corrections(motion.rig, source, target, onto)
    world = np.tile(np.eye(3), (len(motion.world), len(target.names), 1, 1))
    bones = {bone: role for role, bone in onto.roles.items()}
    for bone, parent in enumerate(target.parents):
        role = bones.get(bone)
        if role in turns:
            world[:, bone] = onto.turn.T @ turns[role] @ corrections[role] @ onto.turn
        elif parent >= 0:
            world[:, bone] = world[:, parent]
    result = Motion(motion.name, target, motion.fps, world, {}, motion.loop)
    way, ground = hips_way(motion, source, in_place)
    _place_hips(result, onto, way * onto.leg / source.leg)
    if lock:
        lock_feet(motion, source, result, onto, ground)
    return _closed(result, onto)


def _turns(motion: Motion, source: Mapping, onto: Mapping) -> dict[str, np.ndarray]:
    """Role of the target -> (T, 3, 3), how its counterpart has turned from rest, in character space."""
    turns = {role: source.turn @ motion.world[:, bone] @ source.turn.T for role, bone in source.roles.items()}
    known = [role for role in SPINE if role in turns]
    for role in SPINE:  # what the source lacks is shared out between what it has
        if role in onto.roles and role not in turns and known:
            at = SPINE.index(role)
            below = max((other for other in known if SPINE.index(other) < at), key=SPINE.index, default=None)
            above = min((other for other in known if SPINE.index(other) > at), key=SPINE.index, default=None)
            if below and above:
                share = (at - SPINE.index(below)) / (SPINE.index(above) - SPINE.index(below))
                turns[role] = between(turns[below], turns[above], share)
            elif nearest := below or above:
                turns[role] = turns[nearest]
    if "neck_01" in onto.roles and "neck_01" not in turns and "head" in turns and "spine_03" in turns:
        turns["neck_01"] = between(turns["spine_03"], turns["head"], 0.45)
    return {role: turn for role, turn in turns.items() if role in onto.roles}


def _corrections(rig: Rig, source: Mapping, target: Rig, onto: Mapping) -> dict[str, np.ndarray]:
    """Role -> (3, 3), in character space: lays the target's bone at rest where its counterpart rests."""
    fixed = {role: np.eye(3) for role in onto.roles}
    for side in "lr":
        carried = np.eye(3)
        for part in ("upperarm", "lowerarm", "hand"):
            role = f"{part}_{side}"
            if role not in onto.roles or role not in source.roles:
                continue
            own, theirs = _direction(target, onto, role), _direction(rig, source, role)
            if own is not None and theirs is not None:
                carried = aligning(carried @ own, theirs)[0] @ carried
            fixed[role] = carried
        twist = _palm_twist(rig, source, target, onto, side, carried)
        if twist is not None and f"hand_{side}" in fixed:
            fixed[f"lowerarm_{side}"] = from_vectors(0.5 * twist) @ fixed[f"lowerarm_{side}"]
            fixed[f"hand_{side}"] = carried = from_vectors(twist) @ carried
        _correct_fingers(rig, source, target, onto, side, carried, fixed)
        carried = np.eye(3)
        for part in ("thigh", "calf"):
            role = f"{part}_{side}"
            own, theirs = _direction(target, onto, role), _direction(rig, source, role)
            assert own is not None and theirs is not None  # only a hand may be without one
            carried = aligning(carried @ own, theirs)[0] @ carried
            fixed[role] = carried
        heading, wanted = _heading(target, onto, side), _heading(rig, source, side)
        if heading is not None and wanted is not None:
            turn = (wanted - heading + np.pi) % (2 * np.pi) - np.pi
            for part in ("foot", "ball"):
                fixed[f"{part}_{side}"] = axis_rotation(2, np.degrees(np.clip(turn, -1, 1)))[0]
    return fixed


def _direction(rig: Rig, mapping: Mapping, role: str) -> np.ndarray | None:
    """(3,) where the bone points at rest, in character space: to the next role's joint, or to its own end."""
    part, _, side = role.rpartition("_")
    start = rig.heads[mapping.roles[role]]
    if part == "hand":
        knuckles = [
            rig.heads[mapping.roles[f"{finger}_01_{side}"]] for finger in FINGERS[1:] if f"{finger}_01_{side}" in mapping.roles
        ]
        end = np.mean(knuckles, axis=0) if knuckles else rig.tails[mapping.roles[role]]
    else:
        following = mapping.roles.get(f"{FOLLOWS[part]}_{side}")
        end = rig.tails[mapping.roles[role]] if following is None else rig.heads[following]
    away = mapping.turn @ (end - start)
    return unit(away) if np.linalg.norm(away) > 1e-6 * mapping.leg else None


def _palm_twist(rig: Rig, source: Mapping, target: Rig, onto: Mapping, side: str, carried: np.ndarray) -> np.ndarray | None:
    """(3,) rotation about the hand that brings the thumbs to the same side, where both have one."""
    thumb, hand = f"thumb_01_{side}", f"hand_{side}"
    if any(role not in mapping.roles for role in (thumb, hand) for mapping in (source, onto)):
        return None
    along = carried @ _direction(target, onto, hand)
    own = carried @ onto.turn @ (target.heads[onto.roles[thumb]] - target.heads[onto.roles[hand]])
    theirs = source.turn @ (rig.heads[source.roles[thumb]] - rig.heads[source.roles[hand]])
    own, theirs = (unit(vector - (vector @ along) * along) for vector in (own, theirs))
    angle = np.arctan2(np.cross(own, theirs) @ along, own @ theirs)
    return along * angle if abs(angle) < np.radians(110) else None


def _correct_fingers(
    rig: Rig, source: Mapping, target: Rig, onto: Mapping, side: str, hand: np.ndarray, fixed: dict[str, np.ndarray]
) -> None:
    for finger in FINGERS:
        carried = hand
        for number in (1, 2, 3):
            role = f"{finger}_0{number}_{side}"
            if role not in onto.roles:
                continue
            if role in source.roles:
                own = unit(onto.turn @ (target.tails[onto.roles[role]] - target.heads[onto.roles[role]]))
                theirs = unit(source.turn @ (rig.tails[source.roles[role]] - rig.heads[source.roles[role]]))
                if own.any() and theirs.any():
                    carried = aligning(carried @ own, theirs)[0] @ carried
            fixed[role] = carried


def _heading(rig: Rig, mapping: Mapping, side: str) -> float | None:
    """Radians by which the foot at rest points to the left of straight ahead."""
    foot = mapping.roles[f"foot_{side}"]
    ball = mapping.roles.get(f"ball_{side}")
    away = mapping.turn @ ((rig.tails[foot] if ball is None else rig.heads[ball]) - rig.heads[foot])
    return float(np.arctan2(away[0], -away[1])) if np.hypot(away[0], away[1]) > 0.05 * mapping.leg else None


def _feet(mapping: Mapping) -> list[int]:
    return [mapping.roles[f"{part}_{side}"] for part in ("foot", "ball") for side in "lr" if f"{part}_{side}" in mapping.roles]


def hips_way(motion: Motion, source: Mapping, in_place: bool) -> tuple[np.ndarray, float]:
    """(T, 3) how far the hips are from where they rest, in character space, and the height of the source's ground there."""
    at = motion.joints() @ source.turn.T
    rest = motion.rig.heads @ source.turn.T
    pelvis, feet = source.roles["pelvis"], _feet(source)
    above = (at[:, feet, 2] - rest[feet, 2]).min(axis=1)  # how much higher than at rest the lowest foot is
    ground = float(np.quantile(above, 0.05))
    way = at[:, pelvis] - rest[pelvis]
    way[:, 2] -= ground
    if in_place:
        span = np.linspace(0, 1, len(way))[:, None]
        way[:, :2] -= way[:1, :2] + (way[-1:, :2] - way[:1, :2]) * span
    elif motion.loop:
        way[:, :2] -= way[:, :2].mean(axis=0)
    else:
        way[:, :2] -= way[0, :2]
    return way, ground


def _place_hips(result: Motion, onto: Mapping, way: np.ndarray) -> None:
    """Moves the pelvis by ``way`` (T, 3), in character space."""
    pelvis = onto.roles["pelvis"]
    parent = int(result.rig.parents[pelvis])
    wanted = way @ onto.turn + result.rig.heads[pelvis]
    at = result.joints()[:, pelvis]
    missing = wanted - at
    result.offsets[pelvis] = missing if parent < 0 else np.einsum("tji,tj->ti", result.world[:, parent], missing)


def _closed(result: Motion, onto: Mapping) -> Motion:
    """A loop's last frame is its first again: what is left between them is spread over the whole clip."""
    if not result.loop:
        return result
    gap = rotation_vectors(np.swapaxes(result.world[-1], -1, -2) @ result.world[0])
    share = np.linspace(0, 1, len(result.world))[:, None, None]
    world = result.world @ from_vectors(share * gap[None])
    world[-1] = world[0]
    offsets = {}
    for bone, offset in result.offsets.items():
        travel = np.zeros(3) if bone != onto.roles["pelvis"] else _level(offset[-1] - offset[0], onto)
        offsets[bone] = offset - share[:, 0] * (offset[-1] - offset[0] - travel)
    return replace(result, world=world, offsets=offsets)


def _level(travel: np.ndarray, onto: Mapping) -> np.ndarray:
    """What of a loop's way is travel: over the ground, and more than a wobble."""
    flat = onto.turn @ travel * [1, 1, 0]
    return flat @ onto.turn if np.linalg.norm(flat) > 0.1 * onto.leg else np.zeros(3)
