"""Dance: a side step with a groove in knees, hips and arms, eight beats long."""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from .kinematics import eased
from .mannequin import SIDES, Mannequin
from .manner import NEUTRAL, Manner
from .posing import FPS, Track, degrees, solve
from .standing import stance

BEATS_PER_MINUTE = 112.0


def dance(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """Step and touch to the left and to the right, twice, arms pumping; a loop."""
    count = round(8 * 60 / (BEATS_PER_MINUTE * manner.tempo**0.5) * fps) + 1
    beat = np.linspace(0, 8, count)
    track = stance(man, count, manner)
    energy = min(manner.energy, 1.4)
    step = 0.30 * man.leg * energy**0.5
    middle = step / 2 * _side(beat)
    bounce = 0.5 - 0.5 * np.cos(2 * np.pi * beat)  # down on every beat
    for side in SIDES:
        _step_and_touch(man, track, side, beat, step, manner)
    hips = np.sin(np.pi * (beat + 0.25))
    track.pelvis = track.pelvis + np.stack(
        [middle + 0.02 * man.leg * hips, 0.01 * man.leg * np.sin(np.pi * beat), -(0.02 + 0.045 * energy * (1 - bounce)) * man.leg],
        axis=1,
    )
    track.hips = track.hips + degrees(count, 3 - 2 * bounce, 5 * energy * hips, 9 * energy * np.sin(np.pi / 2 * beat))
    track.chest = track.chest + degrees(
        count, 5 * (1 - bounce) * energy, -6 * energy * hips, -15 * energy * np.sin(np.pi / 2 * beat)
    )
    track.head = track.head + degrees(count, 6 * energy * (1 - bounce) - 4, 3 * hips, 6 * np.sin(np.pi / 2 * beat))
    track.shrug = track.shrug + 4 * energy * (1 - bounce)
    for side, sign in SIDES.items():
        pump = sign * np.sin(np.pi * beat)
        arm = track.arms[side]
        high = 0.5 + 0.5 * np.sin(np.pi / 4 * beat + sign * 0.5)
        arm.reach = np.stack(
            [0.30 + 0.10 * pump, -0.46 - 0.10 * energy * pump, -0.42 + 0.30 * energy * high + 0.10 * energy * pump], axis=1
        )
        arm.elbow = (1.0, 0.5, -0.5)
        arm.fingers = np.stack([-0.35 + 0 * pump, -0.8 + 0 * pump, 0.7 + 0.3 * pump], axis=1)
        arm.palm = (-0.8, -0.2, -0.5)
        arm.fist = 0.55
    return solve(man, track, "Dance", fps=fps)


def _side(beat: np.ndarray) -> np.ndarray:
    """(T,) -1..1: where the body is between the steps; it goes over on the first of every two beats."""
    wave = eased(beat % 4, [(0.0, -1), (1.0, 1), (2.0, 1), (3.0, -1), (4.0, -1)])
    return wave


def _step_and_touch(man: Mannequin, track: Track, side: str, beat: np.ndarray, step: float, manner: Manner) -> None:
    """One foot: to the left in beat 0 (left foot leads, right foot follows in beat 1), to the right in beats 2 and 3."""
    sign = SIDES[side]
    lead = (
        [(0.1, -1), (0.9, 1), (3.1, 1), (3.9, -1), (4.0, -1)]
        if side == "l"
        else [(1.1, -1), (1.9, 1), (2.1, 1), (2.9, -1), (4.0, -1)]
    )
    at = eased(beat % 4, [(0.0, -1), *lead])
    ankle = man.standing(f"foot_{side}", 1.0) + np.stack([step / 2 * at, 0 * at, 0 * at], axis=1)
    windows = ((0.1, 0.9), (3.1, 3.9)) if side == "l" else ((1.1, 1.9), (2.1, 2.9))
    lifted = np.zeros_like(at)
    for start, end in windows:
        u = np.clip((beat % 4 - start) / (end - start), 0, 1)
        lifted += np.sin(np.pi * u) ** 2
    ankle[:, 2] += 0.07 * man.leg * manner.lift * lifted
    track.ankles[side] = ankle
    track.feet[side] = degrees(len(beat), 10 * lifted, 0, sign * (10 + manner.toes))
    track.planted[side] = lifted < 1e-9
    track.clear[side] = man.leg * np.maximum(0.03 * lifted**0.4, 0.008)
