"""Clips on a seat: sit down, stay seated, stand up. The seat is as high as the knees and lies behind the feet."""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from .kinematics import eased, unit
from .mannequin import SIDES, Mannequin
from .manner import NEUTRAL, Manner
from .posing import FPS, Track, degrees, solve
from .standing import breathe, stance


def seat_height(man: Mannequin) -> float:
    """Metres above the ground of the seat that suits this body."""
    return float(man.joint("calf_l")[2]) - man.seat


def _seated_pelvis(man: Mannequin, ankle: np.ndarray) -> np.ndarray:
    """(3,) metres from where the pelvis is when standing: thighs level, shins a little forwards."""
    hip = man.joint("thigh_l") - man.joint("pelvis")
    shin, thigh = man.length("calf_l", "foot_l"), man.length("thigh_l", "calf_l")
    tilt = np.radians(4.0)
    knee = ankle + shin * np.array([0, -np.sin(tilt), np.cos(tilt)])
    sideways = max(0.3 * abs(ankle[0]), 0.02)
    back = np.sqrt(max(thigh**2 - sideways**2, 0.5 * thigh**2))
    target = knee + [0, 0.985 * back, 0.0]
    return np.array([0.0, *(target - hip - man.joint("pelvis"))[1:]])


def _lowering(man: Mannequin, manner: Manner, down: np.ndarray, bow: np.ndarray) -> Track:
    """A track with ``down`` (T,) of the way to the seat, the trunk bowed by ``bow`` (T,) degrees, hands going to the thighs."""
    count = len(down)
    track = stance(man, count, manner, width=1.25)
    for side, sign in SIDES.items():
        track.feet[side] = degrees(count, 0, 0, sign * (8 + manner.toes))
    seated = _seated_pelvis(man, track.ankles["l"])
    lift = np.sin(np.pi * down) * 0.02 * man.leg
    back = down**0.8  # hips go back before they go down
    track.pelvis = track.pelvis * (1 - down[:, None]) + np.stack([0 * down, seated[1] * back, seated[2] * down + lift], axis=1)
    slump = down * (4 + 0.5 * max(manner.stoop, 0))
    track.hips = track.hips + degrees(count, 0.65 * bow - 6 * down)
    track.chest = track.chest + degrees(count, 0.35 * bow + slump)
    track.head = track.head + degrees(count, -0.7 * bow - 0.5 * slump)
    track.knees = {side: 4.0 + 10.0 * down for side in SIDES}
    _rest_hands(man, track, down)
    return track


def _rest_hands(man: Mannequin, track: Track, weight: np.ndarray) -> None:
    """Hands lie on the thighs."""
    middle = man.joint("pelvis") + np.broadcast_to(track.pelvis, (track.count, 3))
    for side, sign in SIDES.items():
        hip = middle + (man.joint(f"thigh_{side}") - man.joint("pelvis"))
        knee = np.broadcast_to(track.ankles[side], hip.shape) + [0, 0, man.length("calf_l", "foot_l")]
        along = unit(knee - hip)
        span = man.length("thigh_l", "calf_l")
        arm = track.arms[side]
        arm.place = hip + along * 0.56 * span + np.array([sign * 0.01, 0.0, man.thigh_radius + 0.022])
        arm.weight = weight * weight * (3 - 2 * weight)
        arm.elbow, arm.palm, arm.fingers = (1.0, 0.5, -0.5), (0.05, -0.1, -1.0), (-0.35, -1.0, -0.12)


def sit(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """From standing onto the seat."""
    count = round(1.9 / manner.tempo * fps) + 1
    share = np.linspace(0, 1, count)
    down = eased(share, [(0.06, 0), (0.72, 1)])
    bow = eased(share, [(0.0, 0), (0.42, 46), (0.66, 38), (0.97, 0)])
    return solve(man, _lowering(man, manner, down, bow), "Sit", loop=False, fps=fps)


def stand_up(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """From the seat onto the feet: the trunk bows first, then the hips leave the seat."""
    count = round(1.8 / manner.tempo * fps) + 1
    share = np.linspace(0, 1, count)
    down = 1 - eased(share, [(0.30, 0), (0.92, 1)])
    bow = eased(share, [(0.02, 0), (0.36, 48), (0.52, 42), (0.95, 0)])
    return solve(man, _lowering(man, manner, down, bow), "Stand Up", loop=False, fps=fps)


def seated(man: Mannequin, manner: Manner = NEUTRAL, seconds: float = 6.0, fps: float = FPS) -> Clip:
    """Sitting, breathing and looking about; a loop."""
    count = round(seconds / manner.tempo**0.5 * fps) + 1
    track = _lowering(man, manner, np.ones(count), np.zeros(count))
    pelvis, turn = track.pelvis, np.linspace(0, 2 * np.pi, count)
    breathe(man, track, turn, manner, depth=0.3)
    track.pelvis = pelvis
    track.hips = track.hips * [1, 0, 0]
    return solve(man, track, "Seated", fps=fps)
