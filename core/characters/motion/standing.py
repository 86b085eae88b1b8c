"""Clips on the spot: idle, turn and jump, and the still stance and rest pose."""

from __future__ import annotations

import numpy as np

from ...scene import Clip
from ..body import BodyShape
from .kinematics import aligning, axis_rotation, eased, joints
from .mannequin import SIDES, Mannequin
from .manner import NEUTRAL, Manner
from .posing import FPS, Arm, Track, degrees, solve


def stance(man: Mannequin, count: int, manner: Manner, width: float = 1.15) -> Track:
    """A track standing still in this manner, feet on the ground."""
    track = Track(count)
    track.pelvis = np.tile([0.0, -np.sin(np.radians(manner.lean)) * 0.1 * man.leg, -manner.crouch * man.leg], (count, 1))
    track.hips = degrees(count, 0.3 * manner.lean)
    track.chest = degrees(count, 0.7 * manner.lean + manner.stoop)
    track.head = degrees(count, manner.head - manner.lean - 0.85 * manner.stoop)
    track.shrug = manner.shrug
    for side, sign in SIDES.items():
        track.ankles[side] = man.standing(f"foot_{side}", width * manner.width**0.7)
        track.feet[side] = degrees(count, 0, 0, sign * (6 + manner.toes))
        track.planted[side] = np.ones(count, bool)
        track.arms[side] = Arm(swing=-0.5 * manner.stoop, flex=max(manner.elbow, 0.0), spread=manner.spread, fist=manner.fist)
    return track


def breathe(man: Mannequin, track: Track, turn: np.ndarray, manner: Manner, depth: float = 1.0) -> None:
    """Adds breathing and a slow shift of the weight to a standing track; ``turn`` (T,) goes round a whole number of times."""
    count = len(turn)
    breath = np.sin(2 * turn)
    shift = np.tanh(2.2 * np.sin(turn)) / np.tanh(2.2)  # rests on one leg, then on the other
    leg = man.leg
    reach = 0.4 * abs(man.standing("foot_l")[0]) * depth * min(manner.sway, 1.6)
    track.pelvis = track.pelvis + np.stack(
        [reach * shift, 0.004 * leg * np.sin(turn + 1), 0.0015 * leg * np.cos(2 * turn) - 0.004 * leg * np.abs(shift)], axis=1
    )
    track.hips = track.hips + degrees(count, 0.3 * breath, -2.2 * shift * depth, 1.6 * np.sin(turn + 0.6) * depth)
    track.chest = track.chest + degrees(count, -1.2 * breath, 2.8 * shift * depth, -1.2 * np.sin(turn + 0.4) * depth)
    glance = 2.5 * np.sin(turn + 2) + 0.9 * np.sin(3 * turn)
    track.head = track.head + degrees(count, 0.9 * breath + 0.8 * np.sin(2 * turn + 1), -0.6 * shift * depth, glance)
    track.shrug = track.shrug + 0.7 * breath
    for arm in track.arms.values():
        arm.swing = arm.swing + 0.7 * np.sin(2 * turn - 0.5)


def idle(man: Mannequin, manner: Manner = NEUTRAL, seconds: float = 6.0, fps: float = FPS) -> Clip:
    """Standing, breathing, the weight going slowly from one leg to the other; the last frame is the first again."""
    count = round(seconds / manner.tempo**0.5 * fps) + 1
    track = stance(man, count, manner)
    breathe(man, track, np.linspace(0, 2 * np.pi, count), manner)
    return solve(man, track, "Idle", fps=fps)


def turn(man: Mannequin, manner: Manner = NEUTRAL, root_motion: bool = False, angle: float = 90.0, fps: float = FPS) -> Clip:
    """A turn on the spot by ``angle`` degrees to the left in two steps; with ``root_motion`` the root bone turns along."""
    count = round(1.3 / manner.tempo * fps) + 1
    share = np.linspace(0, 1, count)
    track = stance(man, count, manner)
    yaw = angle * eased(share, [(0.02, 0), (0.92, 1)])
    ahead = angle * eased(share, [(0.0, 0), (0.75, 1)])
    leads = {"l": (0.10, 0.48), "r": (0.46, 0.86)} if angle > 0 else {"r": (0.10, 0.48), "l": (0.46, 0.86)}
    for side, sign in SIDES.items():
        start, end = leads[side]
        going = eased(share, [(start, 0), (end, 1)])
        air = (share > start) & (share < end)
        u = np.clip((share - start) / (end - start), 0, 1)
        ankle = np.einsum("tij,j->ti", axis_rotation(2, angle * going), track.ankles[side])
        ankle[:, 2] += 0.07 * man.leg * manner.lift * np.sin(np.pi * u) ** 2
        track.ankles[side] = ankle
        track.feet[side] = degrees(
            count, 12 * np.sin(np.pi * u) ** 2 * np.cos(np.pi * u), 0, angle * going + sign * (6 + manner.toes)
        )
        track.planted[side] = ~air
        track.clear[side] = man.leg * np.maximum(0.03 * np.sin(np.pi * u) ** 0.5, 0.008)
    on = (eased(share, [(0.0, 0), (0.10, 1), (0.44, 1), (0.52, -1), (0.84, -1), (0.97, 0)])) * (-1 if angle > 0 else 1)
    loaded = np.einsum("tij,tj->ti", axis_rotation(2, yaw), np.stack([on, 0 * on, 0 * on], axis=1))  # over the foot that stays
    track.pelvis = (
        track.pelvis + loaded * 0.55 * abs(track.ankles["r"][0, 0]) * [1, 1, 0] - [0, 0, 0.01 * man.leg] * np.abs(on)[:, None]
    )
    track.hips = track.hips + degrees(count, 0, -2 * on, yaw)
    track.chest = track.chest + degrees(count, 2 * np.abs(on), 2 * on, 0.5 * (ahead - yaw))
    track.head = track.head + degrees(count, 0, 0, 0.7 * (ahead - yaw))
    for side, sign in SIDES.items():
        track.arms[side].swing = track.arms[side].swing + sign * 7 * manner.swing * np.sin(2 * np.pi * share)
    if root_motion:
        track.root_yaw = yaw
    return solve(man, track, "Turn", loop=False, fps=fps)


def jump(man: Mannequin, manner: Manner = NEUTRAL, root_motion: bool = False, fps: float = FPS) -> Clip:
    """A jump upwards from both feet and back into the stance; with ``root_motion`` the root bone flies along."""
    height = 0.36 * man.leg * min(manner.energy * manner.lift**0.3, 1.4)
    take_off = float(np.sqrt(2 * 9.81 * height))
    air, dip = 2 * take_off / 9.81, 0.42 / manner.tempo
    push, land, settle = 0.16, 0.14, 0.55 / manner.tempo
    marks = np.cumsum([0.0, 0.12, dip, push, air, land, settle])
    count = round(marks[-1] * fps) + 1
    t = np.linspace(0, marks[-1], count)
    track = stance(man, count, manner)
    deep = (0.24 + 0.04 * manner.energy) * man.leg
    tip = 0.10 * man.leg  # how much higher the hips are on tiptoe
    low = [(0, 0), (marks[1], 0), (marks[2], -deep), (marks[3], tip)]
    after = [(marks[4], tip), (marks[5], -0.8 * deep), (marks[6], 0)]
    flight = (t > marks[3]) & (t < marks[4])
    since = t - marks[3]
    ground = np.where(t <= marks[3], _pushed(t, low), eased(t, after))
    rise = np.where(flight, take_off * since - 9.81 / 2 * since**2, 0.0)
    crouch = np.clip(-ground / deep, 0, 1)
    track.pelvis = track.pelvis + np.stack([0 * t, 0.10 * man.leg * crouch, np.where(flight, tip, ground) + rise], axis=1)
    pitch = eased(
        t, [(0, 0), (marks[2] + 0.05, 0), (marks[3], 46), (marks[3] + 0.25 * air, 38), (marks[4], 26), (marks[4] + 0.6 * land, 0)]
    )
    tuck = np.where(flight, np.sin(np.pi * np.clip(since / air, 0, 1)) ** 2, 0.0)
    for side in SIDES:
        ankle, ball = man.standing(f"foot_{side}", 1.15 * manner.width**0.7), man.standing(f"ball_{side}", 1.15 * manner.width**0.7)
        about = ball + np.einsum("tij,j->ti", axis_rotation(0, pitch), ankle - ball)
        track.ankles[side] = about + np.stack([0 * t, 0 * t, rise + 0.12 * man.leg * tuck], axis=1)
        track.feet[side] = degrees(count, pitch)
        track.toes[side] = np.where(flight, 0.3 * pitch, pitch)
        track.planted[side] = ~flight
        track.clear[side] = np.full(count, 0.008 * man.leg)
        arm = track.arms[side]
        swing = eased(
            t,
            [
                (0, 0),
                (marks[2], 48),
                (marks[3], -105),
                (marks[3] + 0.5 * air, -90),
                (marks[4], -40),
                (marks[5], -12),
                (marks[6], 0),
            ],
        )
        arm.swing, arm.flex = (
            arm.swing + swing,
            arm.flex + 12 + eased(t, [(0, -12), (marks[2], 10), (marks[3], 18), (marks[6], -12)]),
        )
        arm.spread = arm.spread + 10 * np.clip(-swing / 90, 0, 1)
    bow = 34 * crouch
    track.hips = track.hips + degrees(count, 0.9 * bow)
    track.chest = track.chest + degrees(count, 0.5 * bow - 6 * np.where(flight, 1 - tuck, 0))
    track.head = track.head + degrees(count, -0.9 * bow)
    if root_motion:
        track.root = np.stack([0 * t, 0 * t, rise], axis=1)
    return solve(man, track, "Jump", loop=False, fps=fps)


def _pushed(t: np.ndarray, keys: list[tuple[float, float]]) -> np.ndarray:
    """Keys of which the last is reached at full speed: the push of a jump does not slow down before the feet leave."""
    values = eased(t, keys)
    (start, low), (end, high) = keys[-2:]
    u = np.clip((t - start) / (end - start), 0, 1)
    return np.where(t >= start, low + (high - low) * u**1.6, values)


def stand(man: Mannequin, manner: Manner = NEUTRAL) -> Clip:
    """One frame of the relaxed stance."""
    track = stance(man, 1, manner)
    breathe(man, track, np.zeros(1), manner)
    return solve(man, track, "Stand", loop=False)


def rest(shape: BodyShape) -> Clip:
    """One frame of the rest pose."""
    still = np.zeros((1, len(shape.pack.bone_names), 4), np.float32)
    still[..., 0] = 1
    return Clip("Rest", FPS, still, np.zeros((1, 3), np.float32), loop=False)


def t_pose(shape: BodyShape) -> BodyShape:
    """The same body with its arms straight out to the sides, palms down, as a new rest pose."""
    from .skinning import deform

    pack = shape.pack
    world = np.tile(np.eye(3), (1, len(pack.bone_names), 1, 1))
    for side, sign in SIDES.items():
        carried = np.eye(3)
        for limb in ("upperarm", "lowerarm", "hand"):
            bone = pack.bone(f"{limb}_{side}")
            carried = aligning(carried @ shape.rest[bone][:, 1], np.array([sign, 0, 0]))[0] @ carried
            world[0, bone] = carried
    hands = {pack.bone(f"hand_{side}") for side in SIDES}
    for bone, parent in enumerate(pack.bone_parents):
        if parent in hands:
            hands.add(bone)
            world[0, bone] = world[0, parent]
    positions = joints(pack.bone_parents, shape.heads, world, np.zeros((1, len(world[0]), 3)))[0]
    rest_frames = world[0] @ shape.rest
    lengths = np.linalg.norm(shape.tails - shape.heads, axis=1)
    return BodyShape(
        pack,
        deform(shape, world[0], positions),
        positions.astype(np.float32),
        (positions + rest_frames[:, :, 1] * lengths[:, None]).astype(np.float32),
        rest_frames.astype(np.float32),
        shape.height,
        shape.unit_scale,
        shape.warnings,
    )
