"""Gaits: walk, jog, run, sneak and limp. A foot on the ground moves exactly as the ground does.

Sizes are per leg length and speeds by Froude number, so that children and giants walk like themselves (Alexander's dynamic
similarity).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...scene import Clip
from .kinematics import axis_rotation, eased, hermite
from .mannequin import SIDES, Mannequin
from .manner import NEUTRAL, Manner
from .posing import FPS, Arm, Track, degrees, solve

GRAVITY = 9.81
MIN_FRAMES = 12
CLEAR = 0.025  # of the leg, by which a swinging foot clears the ground at least


@dataclass(frozen=True)
class Gait:
    """A way of going.

    Attributes:
        froude: speed² / (gravity · leg length).
        stride: metres per leg length, two steps.
        duty: share of the cycle in which a foot is on the ground; below one half both feet are in the air in between.
        lift: how much the ankle is raised on its way forward, per leg length; early: how soon, 1 is half way.
        strike, off: degrees that the toes are up when the foot lands, and the heel when it leaves.
        width: distance of the feet, 1 is that of the hips; behind: how far behind the hips the stance's middle is, per leg length.
        bob: rise and fall per leg length; low: phase, from a heel strike, at which the body is lowest.
        sway: sideways travel of the pelvis per leg length.
        crouch: share of the leg by which the pelvis is lower than the legs allow.
        hips, drop: degrees the pelvis turns with the leading leg, and falls on the side of the lifted one.
        chest: degrees the chest turns against the pelvis.
        lean, stoop: forward lean of the trunk, and bend of the back.
        head: degrees the head is lowered.
        swing, elbow: degrees the arms swing to each side, and are bent.
        spread, forward: degrees the arms stand out, and hang in front.
        fist: 0..1.
        limp: 0..1, how much the left leg is spared.
    """

    froude: float
    stride: float
    duty: float
    lift: float
    early: float = 1.0
    strike: float = 16.0
    off: float = 42.0
    width: float = 0.6
    behind: float = 0.04
    bob: float = 0.022
    low: float = 0.08
    sway: float = 0.022
    crouch: float = 0.0
    hips: float = 5.0
    drop: float = 3.0
    chest: float = 9.0
    lean: float = 2.0
    stoop: float = 3.0
    head: float = 1.0
    swing: float = 18.0
    elbow: float = 6.0
    spread: float = 0.0
    forward: float = 4.0
    fist: float = 0.0
    limp: float = 0.0


GAITS = {
    "walk": Gait(froude=0.17, stride=1.34, duty=0.61, lift=0.05),
    "jog": Gait(
        froude=0.82, stride=1.95, duty=0.41, lift=0.17, early=0.8, strike=6, off=44, width=0.35, behind=0.10, bob=0.036, low=0.2,
        sway=0.012, hips=6, drop=3, chest=14, lean=5, stoop=4, swing=26, elbow=72, fist=0.45, spread=3,
    ),
    "run": Gait(
        froude=2.3, stride=2.9, duty=0.31, lift=0.30, early=0.78, strike=3, off=48, width=0.22, behind=0.15, bob=0.042, low=0.155,
        sway=0.008, hips=8, drop=3, chest=18, lean=9, stoop=4, head=-4, swing=40, elbow=84, fist=0.55, spread=3,
    ),
    "sneak": Gait(
        froude=0.045, stride=0.98, duty=0.68, lift=0.13, strike=-4, off=26, width=0.8, bob=0.012, sway=0.04, crouch=0.13, hips=7,
        drop=2, chest=7, lean=16, stoop=14, head=-16, swing=8, elbow=46, spread=10, forward=16,
    ),
    "limp": Gait(
        froude=0.075, stride=0.92, duty=0.66, lift=0.035, strike=9, off=28, bob=0.016, sway=0.035, hips=4, drop=4, chest=7, lean=3,
        stoop=6, head=5, swing=11, elbow=12, spread=4, limp=1.0,
    ),
}  # fmt: skip


def locomotion(
    man: Mannequin, name: str, manner: Manner = NEUTRAL, speed: float = 1.0, root_motion: bool = False, fps: float = FPS
) -> Clip:
    """One cycle of the gait ``name`` of ``GAITS``, beginning when the left heel strikes.

    ``speed``: factor on the gait's own. In place the ground passes under it at ``Clip.speed``; with ``root_motion`` the root
    bone travels instead.
    """
    gait = _adapted(GAITS[name], manner, speed)
    pace = float(np.sqrt(gait.froude * GRAVITY * man.leg))
    frames = max(round(gait.stride * man.leg / pace * fps), MIN_FRAMES)
    pace = gait.stride * man.leg * fps / frames  # a whole number of frames, feet still in step with the ground
    phase = np.arange(frames + 1) / frames
    track = _trunk(man, gait, manner, phase)
    for side, shift in (("l", 0.0), ("r", 0.5 - 0.05 * gait.limp)):
        _step(man, _spared(gait, side), manner, side, (phase + shift) % 1.0, track)
    if root_motion:
        travel = np.zeros((frames + 1, 3))
        travel[:, 1] = -pace * np.arange(frames + 1) / fps
        track.root = travel
        track.pelvis = track.pelvis + travel
        track.ankles = {side: ankle + travel for side, ankle in track.ankles.items()}
    clip = solve(man, track, name.capitalize(), speed=0.0 if root_motion else pace, fps=fps)
    _close(clip)
    return clip


def _close(clip: Clip) -> None:
    """The last frame is the first again, to the last bit."""
    clip.rotations[-1] = clip.rotations[0]
    for offset in clip.offsets.values():
        offset[-1] = offset[0]


def _adapted(gait: Gait, manner: Manner, speed: float) -> Gait:
    """The gait in this manner and at this speed: longer and quicker steps share the change; the faster, the shorter the stance."""
    length = manner.stride * speed**0.5
    faster = speed * manner.tempo * manner.stride
    return replace(
        gait,
        froude=gait.froude * faster**2,
        stride=gait.stride * length,
        duty=float(np.clip(gait.duty - 0.05 * (faster - 1), 0.25, 0.75)),
        lift=gait.lift * manner.lift * speed**0.3,
        strike=gait.strike * manner.heel,
        off=gait.off * manner.heel * length**0.5,
        width=gait.width * manner.width,
        bob=gait.bob * manner.bounce * length,
        sway=gait.sway * manner.sway,
        crouch=gait.crouch + manner.crouch,
        hips=gait.hips * manner.hips * length,
        drop=gait.drop * manner.sway**0.5,
        chest=gait.chest * manner.hips**0.5,
        lean=gait.lean + manner.lean,
        stoop=gait.stoop + manner.stoop,
        head=gait.head + manner.head,
        swing=gait.swing * manner.swing * length,
        elbow=max(gait.elbow + manner.elbow, 0.0),
        spread=gait.spread + manner.spread,
        fist=max(gait.fist, manner.fist),
    )


def _spared(gait: Gait, side: str) -> Gait:
    """The gait of one leg of a limp: the left one lands flat, is stood on briefly and hardly lifted."""
    if side == "r":
        return replace(gait, duty=gait.duty + 0.06 * gait.limp)
    spare = gait.limp
    return replace(
        gait,
        duty=gait.duty - 0.10 * spare,
        strike=gait.strike * (1 - 0.8 * spare),
        off=gait.off * (1 - 0.6 * spare),
        lift=gait.lift * (1 - 0.4 * spare),
    )


def _trunk(man: Mannequin, gait: Gait, manner: Manner, phase: np.ndarray) -> Track:
    """Pelvis turning with the leading leg, chest and arms against it, head held still."""
    count, turn = len(phase), 2 * np.pi * phase
    lead, load = np.cos(turn), np.sin(turn)
    bob = -gait.bob * np.cos(2 * (turn - 2 * np.pi * gait.low))
    dip = gait.limp * (0.5 - 0.5 * np.cos(turn - 2 * np.pi * 0.32)) ** 2  # on the spared leg the body falls to the other side
    track = Track(count)
    sideways = gait.sway * (np.sin(turn) - 0.3 * gait.limp)
    track.pelvis = man.leg * np.stack([sideways, np.zeros(count), bob - gait.crouch - 0.012 * dip], axis=1)
    track.pelvis[:, 1] -= np.sin(np.radians(gait.lean)) * 0.1 * man.leg
    track.hips = degrees(count, 2 + 0.35 * gait.lean, -gait.drop * load, -gait.hips * lead)
    wobble = 1.2 * np.cos(2 * turn)
    track.chest = degrees(
        count, 0.65 * gait.lean + gait.stoop + 0.5 * wobble + 4 * dip, 1.4 * gait.drop * load - 7 * dip, gait.chest * lead
    )
    level = gait.head - 2 - gait.lean - 0.85 * gait.stoop  # eyes ahead however bent the back
    track.head = degrees(count, level - 0.4 * wobble, 4 * dip - 0.4 * gait.drop * load, -(gait.chest - gait.hips) * 0.9 * lead)
    track.shrug = manner.shrug
    for side, sign in SIDES.items():
        back = sign * lead  # arms go against the legs
        swing = gait.swing * back * (1 - 0.5 * gait.limp * (side == "r")) - gait.forward + 0.3 * gait.lean
        flex = gait.elbow + 0.4 * gait.swing * (0.5 - 0.5 * back)
        track.arms[side] = Arm(swing=swing, flex=flex, spread=gait.spread, fist=gait.fist)
    return track


def _step(man: Mannequin, gait: Gait, manner: Manner, side: str, phase: np.ndarray, track: Track) -> None:
    """Adds one foot's way through the cycle to the track; ``phase`` 0 is its heel strike.

    On the ground the foot rolls over its heel, then lies flat, then turns about its ball, and its contact point moves at
    exactly the ground's speed; in the air a cubic takes the ankle from where and as fast as it left to where it lands.
    """
    leg, duty = man.leg, gait.duty
    ankle0, ball0 = man.standing(f"foot_{side}", gait.width), man.standing(f"ball_{side}", gait.width)
    yaw = axis_rotation(2, SIDES[side] * manner.toes)[0]
    ball0 = ankle0 + yaw @ (ball0 - ankle0)
    keys = [
        (0.0, -gait.strike),
        (0.13 * duty, 0.0),
        (0.58 * duty, 0.0),
        (duty, gait.off),
        (duty + 0.10, gait.off * 1.1 + 25 * min(gait.lift, 0.3)),
        (0.88, -0.5 * gait.strike),
        (1.0, -gait.strike),
    ]
    travel = gait.stride * leg * duty
    middle = man.joint("pelvis")[1] + gait.behind * leg

    def planted(share: np.ndarray) -> np.ndarray:
        """The ankle when the foot has been carried ``share`` (0..1) of the stance backwards."""
        angle = eased(share * duty, keys)
        centre = np.stack([np.zeros_like(share), middle - ankle0[1] + travel * (share - 0.5), np.zeros_like(share)], axis=1)
        over_ball = (
            ball0
            - ankle0
            + np.einsum("tij,tj->ti", yaw @ axis_rotation(0, angle) @ yaw.T, np.tile(ankle0 - ball0, (len(angle), 1)))
        )
        over_heel = man.soles[side].rolled(np.maximum(-angle, 0)) @ yaw.T
        return centre + ankle0 + np.where(angle[:, None] < 0, over_heel, over_ball)

    ankle = planted(np.minimum(phase / duty, 1.0))
    pitch = eased(phase, keys)
    swing = phase > duty
    u = (phase[swing] - duty) / (1 - duty)
    edge = 1e-4
    start, before, end, after = (planted(np.array([share]))[0] for share in (1.0, 1.0 - edge, 0.0, edge))
    scale = (1 - duty) / (duty * edge)
    ankle[swing] = hermite(u, start, (start - before) * scale, end, (after - end) * scale)
    ankle[swing, 2] += gait.lift * leg * np.sin(np.pi * u**gait.early) ** 2
    held = np.clip((phase - duty) / 0.2, 0, 1)  # after the toe-off the toes straighten slowly
    track.toes[side] = np.where(phase <= duty, np.maximum(pitch, 0), np.maximum(pitch, 0) * (1 - held * held * (3 - 2 * held)))
    track.ankles[side] = ankle
    track.feet[side] = degrees(len(phase), pitch, 0.0, SIDES[side] * manner.toes)
    track.planted[side] = phase <= duty
    air = np.clip((phase - duty) / (1 - duty), 0, 1)
    track.clear[side] = CLEAR * leg * np.maximum(np.sin(np.pi * air) ** 0.8, 0.32)
