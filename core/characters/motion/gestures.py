"""Clips of a standing person who means something: wave, point, nod, talk, pick up."""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from .kinematics import axis_rotation, eased
from .mannequin import SIDES, Mannequin
from .manner import NEUTRAL, Manner
from .posing import FPS, Track, degrees, solve
from .standing import breathe, stance


def _standing(man: Mannequin, manner: Manner, seconds: float, fps: float) -> tuple[Track, np.ndarray]:
    """A breathing stance and (T,) how far through it is, 0..1."""
    count = round(seconds * fps) + 1
    share = np.linspace(0, 1, count)
    track = stance(man, count, manner)
    breathe(man, track, 2 * np.pi * share, manner, depth=0.4)
    return track, share


def wave(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """The right hand goes up, waves three times and comes down."""
    track, share = _standing(man, manner, 2.6 / manner.tempo, fps)
    up = eased(share, [(0.0, 0), (0.26, 1), (0.76, 1), (1.0, 0)])
    size = 0.18 * min(manner.energy, 1.4)
    beat = np.sin(2 * np.pi * 3 * (share - 0.24) / 0.54) * eased(share, [(0.2, 0), (0.3, 1), (0.72, 1), (0.8, 0)])
    out = 0.42 + size * beat
    arm = track.arms["r"]
    arm.reach = np.stack([out, np.full_like(out, -0.38), 0.30 + 0.12 * (manner.energy - 1) - 0.12 * beat**2], axis=1)
    arm.weight, arm.elbow = up, (0.75, 0.25, -0.9)
    arm.fingers = np.stack([0.1 + 0.75 * beat, -0.15 + 0 * beat, np.ones_like(beat)], axis=1)
    arm.palm = (0.0, -1.0, -0.1)
    track.chest = track.chest + degrees(track.count, -1.5 * up, 2.0 * up, 3 * up)
    track.head = track.head + degrees(track.count, -2 * up, -4 * up, -2 * up)
    return solve(man, track, "Wave", loop=False, fps=fps)


def point(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """The right hand points ahead and a little to the side, the eyes follow."""
    track, share = _standing(man, manner, 2.4 / manner.tempo, fps)
    up = eased(share, [(0.04, 0), (0.32, 1), (0.74, 1), (1.0, 0)])
    press = eased(share, [(0.28, 0), (0.36, 1), (0.42, 0.4), (0.5, 0.8), (0.7, 0.8), (0.8, 0)])
    arm = track.arms["r"]
    arm.reach = np.stack([0.26 + 0 * up, -0.87 - 0.05 * press, 0.02 + 0.03 * press], axis=1)
    arm.weight, arm.elbow, arm.point = up, (0.8, 0.3, -0.8), up
    arm.fingers, arm.palm = (0.3, -1.0, 0.06), (-0.85, -0.1, -0.5)
    track.chest = track.chest + degrees(track.count, 2 * press, 0, 9 * up)
    track.hips = track.hips + degrees(track.count, 0, 0, 3 * up)
    track.head = track.head + degrees(track.count, 0, 0, -27 * eased(share, [(0, 0), (0.22, 1), (0.78, 1), (1.0, 0)]))
    return solve(man, track, "Point", loop=False, fps=fps)


def nod(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """Two nods, the second one smaller."""
    track, share = _standing(man, manner, 1.5 / manner.tempo, fps)
    size = 15 * min(manner.energy, 1.5)
    down = eased(share, [(0.05, 0), (0.14, -0.2), (0.32, 1), (0.5, 0.0), (0.66, 0.6), (0.88, 0)])
    track.head = track.head + degrees(track.count, size * down)
    track.chest = track.chest + degrees(track.count, 0.13 * size * down)
    return solve(man, track, "Nod", loop=False, fps=fps)


def talk(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """Talking with both hands, now one leading, now the other; a loop."""
    track, share = _standing(man, manner, 5.0 / manner.tempo, fps)
    turn, size = 2 * np.pi * share, min(manner.energy, 1.4)
    right = eased(share, [(0.0, 0.35), (0.10, 0.95), (0.36, 0.95), (0.52, 0.4), (0.70, 0.85), (0.9, 0.4), (1.0, 0.35)])
    left = eased(share, [(0.0, 0.2), (0.22, 0.3), (0.42, 0.95), (0.66, 0.95), (0.84, 0.3), (1.0, 0.2)])
    for side, lead, late in (("r", right, 0.0), ("l", left, 1.3)):
        beat = np.sin(6 * turn + late) * lead
        arm = track.arms[side]
        arm.reach = np.stack(
            [0.05 + 0.22 * size * lead + 0.03 * beat, -0.60 - 0.08 * lead, -0.52 + 0.24 * size * lead + 0.045 * size * beat], axis=1
        )
        arm.weight, arm.elbow = 0.25 + 0.75 * lead, (0.7, 0.75, -0.7)
        arm.fingers = np.stack([-0.35 + 0.55 * lead, -np.ones_like(lead), 0.1 + 0.3 * lead + 0.15 * beat], axis=1)
        arm.palm = np.stack([-1 + 0.3 * lead, 0 * lead, -0.4 + 1.1 * lead], axis=1)
    nods = 2.5 * np.sin(5 * turn + 0.4) + 1.5 * np.sin(3 * turn)
    track.head = track.head + degrees(
        track.count, nods * size, 2.5 * np.sin(2 * turn), 5 * np.sin(turn + 0.8) + 2 * np.sin(4 * turn)
    )
    track.chest = track.chest + degrees(track.count, 1.2 * np.sin(3 * turn), 0, 3 * np.sin(turn + 0.5))
    return solve(man, track, "Talk", fps=fps)


def pick_up(man: Mannequin, manner: Manner = NEUTRAL, fps: float = FPS) -> Clip:
    """Takes something from the ground before the feet with the right hand: knees bend, one heel comes up, the back stays long."""
    count = round(2.6 / manner.tempo * fps) + 1
    share = np.linspace(0, 1, count)
    down = eased(share, [(0.04, 0), (0.42, 1), (0.54, 1), (0.94, 0)])
    track = stance(man, count, manner)
    leg = man.leg
    track.pelvis = track.pelvis + np.stack([-0.02 * leg * down, 0.16 * leg * down, -0.56 * leg * down], axis=1)
    track.hips = track.hips + degrees(count, 38 * down, 0, 8 * down)
    track.chest = track.chest + degrees(count, 30 * down, 0, 12 * down)
    track.head = track.head + degrees(count, -22 * down)
    pitch = 24 * down
    for side, sign in SIDES.items():
        ankle, ball = man.standing(f"foot_{side}", 1.3 * manner.width**0.7), man.standing(f"ball_{side}", 1.3 * manner.width**0.7)
        if side == "l":
            ankle, ball = ankle + [0, -0.10 * leg, 0], ball + [0, -0.10 * leg, 0]
            track.ankles[side] = ankle
        else:
            ankle, ball = ankle + [0, 0.10 * leg, 0], ball + [0, 0.10 * leg, 0]
            track.ankles[side] = ball + np.einsum("tij,j->ti", axis_rotation(0, pitch), ankle - ball)
            track.feet[side], track.toes[side] = degrees(count, pitch), pitch
        if side == "l":
            track.feet[side] = degrees(count, 0, 0, sign * 5)
    track.knees = {side: 4.0 + 12.0 * down for side in SIDES}
    hand = man.standing("foot_r", 0.4) * [1, 0, 0] + [0.0, man.joint("foot_r")[1] - 0.42 * leg, 0.0]
    reach = eased(share, [(0.08, 0), (0.42, 1), (0.58, 1), (0.98, 0)])
    arm = track.arms["r"]
    arm.place = np.broadcast_to(hand + [0, 0, 0.16 * man.arm + 0.02], (count, 3))
    arm.weight, arm.elbow = reach, (0.8, 0.5, 0.3)
    arm.fingers, arm.palm = (0.0, -0.35, -1.0), (-0.9, 0.3, -0.1)
    arm.fist = np.maximum(manner.fist, 0.75 * eased(share, [(0.40, 0), (0.50, 1), (0.9, 1), (1.0, 0)]))
    other = track.arms["l"]
    knee = man.joint("calf_l")
    other.place = np.stack([knee[0] + 0 * down, knee[1] - 0.28 * leg * down, knee[2] + man.thigh_radius + 0.03 + 0 * down], axis=1)
    other.weight, other.palm, other.fingers = down**2, (0.0, 0.0, -1.0), (-0.3, -1.0, -0.3)
    other.elbow = (0.6, 0.3, -0.75)  # well off the line from shoulder to knee in every bow, or the arm would flip over
    return solve(man, track, "Pick Up", loop=False, fps=fps)
