"""Foot lock: where the source's foot stood, the target's foot stands still."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..motion.kinematics import FULL_REACH, aligning, two_bone, unit
from .mapping import Mapping
from .rig import Motion

HIGH, FAST = 0.07, 0.55  # leg lengths above the ground, and a second, within which a foot stands
TREADMILL = 0.3  # leg lengths a second at which the ground must pass, to take the motion for one in place
BLEND = 0.2  # seconds over which a foot leaves its lock
MIN_STAND = 0.08  # seconds


def lock_feet(motion: Motion, source: Mapping, result: Motion, onto: Mapping, ground: float) -> None:
    """Changes ``result``'s legs in place. ``ground``: how much higher than in its rest pose the source's ground is."""
    stands, drift = find_contacts(motion, source, ground)
    lock(result, onto, stands, drift * onto.leg / source.leg)


def find_contacts(motion: Motion, source: Mapping, ground: float) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Side -> (T,) bool, frames in which the foot stands, and (3,) the speed of the ground, in character space."""
    at, rest = motion.joints() @ source.turn.T, motion.rig.heads @ source.turn.T
    leg, feet, heights = source.leg, {}, {}
    for side in "lr":
        bones = [source.roles[f"{part}_{side}"] for part in ("foot", "ball") if f"{part}_{side}" in source.roles]
        heights[side] = (at[:, bones, 2] - rest[bones, 2]).min(axis=1) - ground
        feet[side] = at[:, bones[-1]]
    speeds = {side: _speed(path, motion.loop) * motion.fps for side, path in feet.items()}
    drift = _drift(heights, speeds, leg)
    stands = {}
    for side in "lr":
        slow = np.linalg.norm((speeds[side] - drift)[:, :2], axis=1) < FAST * leg + 0.45 * np.linalg.norm(drift)
        stands[side] = _steady((heights[side] < HIGH * leg) & slow, max(2, round(MIN_STAND * motion.fps)))
    return stands, drift


def _speed(path: np.ndarray, loop: bool) -> np.ndarray:
    """(T, 3) way a frame along a path, around the seam of a loop, whose last frame is its first, gone on from there."""
    if len(path) < 3:
        return np.zeros_like(path)
    if not loop:
        return np.gradient(path, axis=0)
    travel = path[-1] - path[0]
    wide = np.concatenate([path[-2:-1] - travel, path, path[1:2] + travel])
    return (wide[2:] - wide[:-2]) / 2


def _drift(heights: dict[str, np.ndarray], speeds: dict[str, np.ndarray], leg: float) -> np.ndarray:
    """(3,) speed of the ground under a motion in place: that of the lower foot, when it is steady and not zero."""
    left = heights["l"] < heights["r"]
    low = np.where(left, heights["l"], heights["r"]) < HIGH * leg
    speed = np.where(left[:, None], speeds["l"], speeds["r"])[low] * [1, 1, 0]
    if len(speed) < 4:
        return np.zeros(3)
    middle = np.median(speed, axis=0)
    spread = np.median(np.linalg.norm(speed - middle, axis=1))
    steady = np.linalg.norm(middle) > TREADMILL * leg and spread < 0.6 * np.linalg.norm(middle)
    return middle if steady else np.zeros(3)


def _steady(stands: np.ndarray, shortest: int) -> np.ndarray:
    """Without single frames that differ from both neighbours, and without stands that are too short."""
    stands = stands.copy()
    for value in (True, False):
        for start, end in _runs(stands == value):
            if end - start < shortest and start > 0 and end < len(stands):
                stands[start:end] = not value
    return stands


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    """(start, end) of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def lock(result: Motion, onto: Mapping, stands: dict[str, np.ndarray], drift: np.ndarray) -> None:
    """Plants the feet of a motion where they stand and keeps them above the ground, in place.

    ``drift``: (3,) speed of the ground, in character space and the rig's unit.
    """
    rest = result.rig.heads @ onto.turn.T
    soles = {side: _Foot(result, onto, side, rest) for side in "lr"}
    at = result.joints() @ onto.turn.T
    _level_hips(result, onto, soles, at, stands)
    at = result.joints() @ onto.turn.T
    step = drift / result.fps
    targets = {}
    for side, foot in soles.items():
        lowest = foot.lowest(result, onto, at)
        moved = np.zeros((len(at), 3))
        held = np.full(len(at), False)
        ring = len(at) - 1 if result.loop else len(at)
        for start, end in _wrapped_runs(stands[side], result.loop):
            frames = np.arange(start, end) % ring
            turns = np.arange(start, end) // ring if result.loop else np.zeros(len(frames))
            ankle = at[frames, foot.ankle] + turns[:, None] * (at[-1, foot.ankle] - at[0, foot.ankle])
            path = foot.rolled(result, onto, at, frames, step)
            moved[frames] = path + (ankle - path).mean(axis=0) - ankle
            held[frames] = True
        if result.loop:
            moved[-1], held[-1] = moved[0], held[0]
        moved[:, 2] = np.where(stands[side], -lowest, np.maximum(-lowest, 0))
        targets[side] = at[:, foot.ankle] + _blended(moved, held, result.fps, result.loop)
    _reach(result, onto, soles, targets)


def _wrapped_runs(stands: np.ndarray, loop: bool) -> list[tuple[int, int]]:
    """Runs of standing; in a loop, whose last frame is its first, one that goes over the seam is a single run."""
    if not loop:
        return _runs(stands)
    ring = stands[:-1]
    runs = _runs(ring)
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == len(ring):
        first = runs.pop(0)
        runs[-1] = (runs[-1][0], len(ring) + first[1])
    return runs


class _Foot:
    def __init__(self, result: Motion, onto: Mapping, side: str, rest: np.ndarray) -> None:
        self.thigh, self.calf, self.ankle = (onto.roles[f"{part}_{side}"] for part in ("thigh", "calf", "foot"))
        self.ball = onto.roles.get(f"ball_{side}", self.ankle)
        self.ankle0, self.ball0 = rest[self.ankle], rest[self.ball]
        back = 0.06 * onto.leg
        self.heel0 = np.array([self.ankle0[0], self.ankle0[1] + back, 0.0])
        floor = min(self.ball0[2], self.ankle0[2]) - 0.02 * onto.leg  # rest poses need not stand at zero
        self.heel0[2] = floor

    def _ends(self, result: Motion, onto: Mapping, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(2, T, 3) heel and ball from the ankle, and (2, T) how much lower than at rest each is."""
        turn = onto.turn @ result.world[:, self.ankle] @ onto.turn.T
        heel, ball = (np.einsum("tij,j->ti", turn, point - self.ankle0) for point in (self.heel0, self.ball0))
        heights = at[:, self.ankle, 2] + np.stack([heel[:, 2] - self.heel0[2], ball[:, 2] - self.ball0[2]])
        return np.stack([heel, ball]), heights

    def lowest(self, result: Motion, onto: Mapping, at: np.ndarray) -> np.ndarray:
        """(T,) how much lower than at rest the lowest of heel and ball is; negative is under the ground."""
        return self._ends(result, onto, at)[1].min(axis=0)

    def rolled(self, result: Motion, onto: Mapping, at: np.ndarray, frames: np.ndarray, step: np.ndarray) -> np.ndarray:
        """(N, 3) way of the ankle over some frames while what the foot stands on, heel or ball, moves by ``step`` a frame."""
        ends, heights = self._ends(result, onto, at)
        on_ball = (heights[1] <= heights[0])[frames].astype(int)
        pivot = ends[on_ball[:-1], frames[:-1]] - ends[on_ball[:-1], frames[1:]]  # from the pivot, as the foot turns about it
        return np.concatenate([np.zeros((1, 3)), np.cumsum(step + pivot, axis=0)])


def _level_hips(result: Motion, onto: Mapping, soles: dict[str, _Foot], at: np.ndarray, stands: dict[str, np.ndarray]) -> None:
    """Raises or lowers the whole motion so that standing feet, or else the lowest ones, are on the ground."""
    lowest = {side: foot.lowest(result, onto, at) for side, foot in soles.items()}
    standing = np.concatenate([lowest[side][stands[side]] for side in soles])
    height = np.median(standing) if len(standing) else np.quantile(np.minimum(lowest["l"], lowest["r"]), 0.05)
    _shift_hips(result, onto, np.tile([0, 0, -float(height)], (len(at), 1)))


def _shift_hips(result: Motion, onto: Mapping, shift: np.ndarray) -> None:
    """Moves the pelvis by ``shift`` (T, 3) in character space."""
    pelvis = onto.roles["pelvis"]
    parent = int(result.rig.parents[pelvis])
    own = shift @ onto.turn
    result.offsets[pelvis] = result.offsets[pelvis] + (own if parent < 0 else np.einsum("tji,tj->ti", result.world[:, parent], own))


def _blended(moved: np.ndarray, held: np.ndarray, fps: float, loop: bool) -> np.ndarray:
    """Corrections of the held frames, faded in and out over the free ones; heights of free frames are kept as they are."""
    result, count = moved.copy(), len(moved) - 1 if loop else len(moved)
    reach = max(1.0, BLEND * fps)
    known = np.flatnonzero(held[:count])
    if len(known) == 0:
        return result
    for frame in np.flatnonzero(~held):
        total, weight = np.zeros(2), 1e-9
        for side in (-1, 1):
            gaps = (known - frame) * side
            gaps = gaps % count if loop else np.where(gaps < 0, 10**9, gaps)
            near = gaps.argmin()
            share = max(0.0, 1 - gaps[near] / (2 * reach))
            share = share * share * (3 - 2 * share)
            total, weight = total + share * moved[known[near], :2], weight + share
        result[frame, :2] = total / max(weight, 1.0)
    return result


def _reach(result: Motion, onto: Mapping, soles: dict[str, _Foot], targets: dict[str, np.ndarray]) -> None:
    """Bends the legs to their targets; where one is too far, the hips are lowered first, smoothly."""
    at = result.joints() @ onto.turn.T
    need = np.zeros(len(at))
    spans = {}
    for side, foot in soles.items():
        rest = result.rig.heads
        spans[side] = (
            float(np.linalg.norm(rest[foot.calf] - rest[foot.thigh])),
            float(np.linalg.norm(rest[foot.ankle] - rest[foot.calf])),
        )
        away = targets[side] - at[:, foot.thigh]
        flat, full = np.linalg.norm(away[:, :2], axis=1), FULL_REACH * sum(spans[side])
        need = np.maximum(need, -away[:, 2] - np.sqrt(np.maximum(full**2 - flat**2, (0.3 * full) ** 2)))
    lowered = _smooth(np.minimum(need, 0.2 * onto.leg), round(0.12 * result.fps), result.loop)
    _shift_hips(result, onto, -lowered[:, None] * [0, 0, 1])
    at = result.joints() @ onto.turn.T
    for side, foot in soles.items():
        hip, knee, ankle = (at[:, bone] for bone in (foot.thigh, foot.calf, foot.ankle))
        bend = knee - (hip + ankle) / 2
        ahead = onto.turn @ result.world[:, onto.roles["pelvis"]] @ onto.turn.T @ np.array([0, -1.0, 0])
        pole = unit(bend) * np.minimum(np.linalg.norm(bend, axis=1) / (0.05 * onto.leg), 1)[:, None] + 0.3 * ahead
        middle, end, _ = two_bone(hip, targets[side], *spans[side], pole)
        _turn(result, onto, foot.thigh, knee - hip, middle - hip, foot.calf)
        _turn(result, onto, foot.calf, ankle - knee, end - middle, foot.ankle)


def _turn(result: Motion, onto: Mapping, bone: int, before: np.ndarray, after: np.ndarray, following: int) -> None:
    """Turns one bone, and what hangs on it but the next of the limb, from one direction (T, 3) to another."""
    turn = onto.turn.T @ aligning(before, after) @ onto.turn
    carried = {bone}
    result.world[:, bone] = turn @ result.world[:, bone]
    for other, parent in enumerate(result.rig.parents):
        if parent in carried and other != following:
            carried.add(other)
            result.world[:, other] = turn @ result.world[:, other]


def _smooth(values: np.ndarray, radius: int, loop: bool) -> np.ndarray:
    """(T,) a smooth curve that is nowhere below ``values``."""
    if radius < 1 or values.max() <= 0:
        return np.maximum(values, 0)
    mode: Literal["wrap", "edge"] = "wrap" if loop else "edge"
    body = values[:-1] if loop else values
    wide = np.pad(body, 2 * radius, mode=mode) if len(body) > 2 * radius else np.pad(body, 2 * radius, mode="edge")
    highest = np.array([wide[k : k + 2 * radius + 1].max() for k in range(len(wide) - 2 * radius)])
    kernel = np.hanning(2 * radius + 3)[1:-1]
    smooth = np.convolve(np.maximum(highest, 0), kernel / kernel.sum(), mode="valid")
    return np.append(smooth, smooth[0]) if loop else smooth
