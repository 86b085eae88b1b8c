"""Loops of motion for any anatomy with legs or wings: idle, walk, trot and fly, feet locked to the ground.

Feet come first: a standing foot moves back with the ground, a swinging one forward on a smooth arc; the cannon leans with
it and the upper two bones of every leg follow by two-bone inverse kinematics (``characters.motion.kinematics``). Speeds follow
from leg
length by dynamic similarity (R. McNeill Alexander): speed² = Froude number · gravity · leg length.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..characters.motion.kinematics import (
    FULL_REACH,
    aligning,
    axis_rotation,
    frames,
    hermite,
    joints,
    local_of_world,
    quaternions,
    two_bone,
    unit,
)
from ..scene import Clip, Skeleton
from .grammar import Anatomy, Leg

GRAVITY = 9.81
FPS = 30.0
UP = np.array((0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Pace:
    """How a gait differs from another: ``stance`` share of a cycle on the ground, ``lift`` of a foot per leg length."""

    name: str
    froude: float
    stride: float
    stance: float
    lift: float
    bob: float
    fold: float
    pitch: float


@dataclass
class Track:
    """A motion being made: rotations relative to the parent by bone, the hips' shift (T, 3), feet and cannons by leg."""

    local: dict[str, np.ndarray] = field(default_factory=dict)
    hips: np.ndarray = field(default_factory=lambda: np.zeros((1, 3)))
    feet: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=dict)


class Poser:
    """An anatomy as arrays, and the solver that puts its feet where they should be."""

    def __init__(self, anatomy: Anatomy, skeleton: Skeleton) -> None:
        self.anatomy = anatomy
        self.skeleton = skeleton
        self.names = {name: k for k, name in enumerate(skeleton.names)}
        self.heads = skeleton.heads.astype(float)
        self.tails = skeleton.tails.astype(float)
        self.parents = skeleton.parents
        self.rest = rest_frames(skeleton)
        lengths = [self._length(leg) for leg in anatomy.legs]
        self.leg = float(np.median(lengths)) if lengths else 0.5

    def _length(self, leg: Leg) -> float:
        chain = [self.heads[self.names[bone]] for bone in leg.bones]
        return float(sum(np.linalg.norm(b - a) for a, b in zip(chain, chain[1:], strict=False)))

    def solve(self, track: Track, frames_: int) -> tuple[np.ndarray, np.ndarray, float]:
        """World deltas (T, B, 3, 3), offsets (T, B, 3) and the furthest reach of a leg, 1 being its length."""
        world = np.tile(np.eye(3), (frames_, len(self.names), 1, 1))
        offsets = np.zeros((frames_, len(self.names), 3))
        offsets[:, self.names["hips"]] = track.hips
        for name, bone in self.names.items():
            parent = self.parents[bone]
            carried = world[:, parent] if parent >= 0 else world[:, bone]
            world[:, bone] = carried @ track.local[name] if name in track.local else carried
        positions = joints(self.parents, self.heads, world, offsets)
        furthest = 0.0
        for leg in self.anatomy.legs:
            if leg.bones[0] in track.feet:
                furthest = max(furthest, self._step(leg, track.feet[leg.bones[0]], world, positions))
        return world, offsets, furthest

    def _step(self, leg: Leg, foot, world: np.ndarray, positions: np.ndarray) -> float:
        """Turns a leg's bones in ``world`` so that its foot is where it should be."""
        ball, cannon, flat = foot
        upper, lower, last = (self.names[bone] for bone in (*leg.bones[:2], leg.bones[-1]))
        hip, knee, end = self.heads[upper], self.heads[lower], self.heads[self.names[leg.bones[2]]]
        target = ball
        if len(leg.bones) == 4:
            target = ball - np.einsum("tij,j->ti", cannon, self.heads[last] - end)
            world[:, self.names[leg.bones[2]]] = cannon
        world[:, last] = flat
        carried = world[:, self.parents[upper]]
        bend = np.einsum("tij,j->ti", carried, knee - (hip + end) / 2)
        middle, reached, furthest = two_bone(
            positions[:, upper], target, float(np.linalg.norm(knee - hip)), float(np.linalg.norm(end - knee)), bend
        )
        # The twist of upper bones is that of the body; only the swing comes from the reach.
        swung = np.einsum("tij,j->ti", carried, knee - hip)
        world[:, upper] = aligning(swung, middle - positions[:, upper]) @ carried
        shank = np.einsum("tij,j->ti", world[:, upper], end - knee)
        world[:, lower] = aligning(shank, reached - middle) @ world[:, upper]
        return furthest

    def clip(self, name: str, track: Track, count: int, speed: float = 0.0) -> Clip:
        """The clip of a track; where legs would be overstretched the body sinks a little until they reach."""
        for _ in range(40):
            world, offsets, furthest = self.solve(track, count)
            if furthest <= FULL_REACH:
                break
            track.hips = track.hips - (0, 0, 0.01 * self.leg)
        local = local_of_world(self.parents, self.rest, world)
        rotations = quaternions(local).astype(np.float32)
        rotations[-1] = rotations[0]
        hips = offsets[:, self.names["hips"]].astype(np.float32)
        hips[-1] = hips[0]
        return Clip(name, FPS, rotations, np.zeros((count, 3), np.float32), True, {"hips": hips}, speed)


def rest_frames(skeleton: Skeleton) -> np.ndarray:
    """(B, 3, 3) rest frames of the bones: columns X, Y along the bone, Z nearest to the skeleton's."""
    along = unit(skeleton.tails.astype(float) - skeleton.heads)
    turned = frames(along, skeleton.z_axes.astype(float))  # columns Y, Z, X
    return np.stack([turned[..., 2], turned[..., 0], turned[..., 1]], axis=-1)


def clips(anatomy: Anatomy, skeleton: Skeleton) -> list[Clip]:
    """Idle first, then walk and trot for what has legs, and fly for what has wings."""
    poser = Poser(anatomy, skeleton)
    result = [_idle(poser)]
    if anatomy.legs:
        many = len(anatomy.legs) > 4
        walk = Pace("Walk", 0.14 if not many else 0.25, anatomy.stride, anatomy.stance, 0.13, 0.012, 34.0, 2.0)
        trot = Pace("Trot" if len(anatomy.legs) != 2 else "Run", 0.75, anatomy.stride * 1.05, 0.42, 0.2, 0.04, 52.0, 3.0)
        result += [_gait(poser, walk, False), _gait(poser, trot, True)]
    if anatomy.wings:
        result.append(_fly(poser))
    return result


def _gait(poser: Poser, pace: Pace, trot: bool) -> Clip:
    """A cycle in place: the ground passes under it at the clip's speed."""
    length = poser.leg
    speed = float(np.sqrt(pace.froude * GRAVITY * length))
    travel = pace.stride * length  # of a foot on the ground
    count = max(round(travel / speed / pace.stance * FPS), 12)
    speed = travel / (count / FPS * pace.stance)
    phase = np.arange(count + 1) / count
    wave = lambda times, shift=0.0: np.sin(2 * np.pi * (times * phase + shift))  # noqa: E731
    track = Track(hips=np.stack([0.01 * length * wave(1), 0 * phase, pace.bob * length * wave(2, 0.1)], axis=1))
    for leg in poser.anatomy.legs:
        u = (phase + (leg.trot if trot else leg.phase)) % 1.0
        track.feet[leg.bones[0]] = _foot(poser, leg, u, travel, pace)
    _body(poser, track, pace, wave)
    _fold_wings(poser, track, len(phase))
    return poser.clip(pace.name, track, len(phase), speed)


def _foot(poser: Poser, leg: Leg, u: np.ndarray, travel: float, pace: Pace) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the foot's joint is (T, 3), and the turns of cannon and foot (T, 3, 3), at phases ``u`` (T,); it stands first."""
    foot = poser.names[leg.bones[-1]]
    rest, toe = poser.heads[foot], poser.tails[foot]
    front, back = rest + (0, -travel / 2, 0), rest + (0, travel / 2, 0)
    q = np.clip(u / pace.stance, 0, 1)[:, None]
    standing = front + (back - front) * q
    swing = np.clip((u - pace.stance) / (1 - pace.stance), 0, 1)
    slope = (back - front) * (1 - pace.stance) / pace.stance  # the ground's speed, in swings
    moving = hermite(swing, back, slope, front, slope)
    arch = np.sin(np.pi * swing) ** 2
    point = np.linalg.norm(toe - rest)
    tip = np.radians(32 if len(poser.anatomy.legs) <= 4 else 0)
    moving[:, 2] += (pace.lift * poser.leg + point * np.sin(tip)) * arch
    stands = (u < pace.stance)[:, None]
    place = np.where(stands, standing, moving)
    drift = (place[:, 1] - rest[1]) / max(poser.leg, 1e-6)
    cannon = axis_rotation(0, -np.degrees(drift) * 0.75 + pace.fold * np.where(stands[:, 0], 0, arch))
    return place, cannon, axis_rotation(0, np.degrees(tip) * np.where(stands[:, 0], 0, arch))


def _body(poser: Poser, track: Track, pace: Pace, wave) -> None:
    """Spine, neck, tail and arms go with the gait."""
    names = poser.names
    size = pace.pitch
    track.local["hips"] = axis_rotation(2, 1.4 * size * wave(1)) @ axis_rotation(1, 0.8 * size * wave(1, 0.1))
    if "spine" in names:
        track.local["spine"] = axis_rotation(2, -1.6 * size * wave(1))
    for name in names:
        if name.startswith("neck_"):
            track.local[name] = axis_rotation(0, 1.1 * size * wave(2, 0.3))
        elif name == "head":
            track.local[name] = axis_rotation(0, -1.4 * size * wave(2, 0.3))
        elif name.startswith("tail_"):
            lag = 0.06 * int(name[5:])
            track.local[name] = axis_rotation(2, 2.4 * size * wave(1, -lag)) @ axis_rotation(0, 0.8 * size * wave(2, -lag))
        elif name.startswith("arm_upper_"):
            side = 0.0 if name.endswith("l") else 0.5
            track.local[name] = axis_rotation(0, 9 * size * wave(1, side + 0.25))
        elif name.startswith("arm_lower_"):
            side = 0.0 if name.endswith("l") else 0.5
            track.local[name] = axis_rotation(0, -8 * size + 4 * size * wave(1, side + 0.2))
        elif name.startswith("feeler_"):
            track.local[name] = axis_rotation(0, 4 * wave(2, 0.2)) @ axis_rotation(2, 4 * wave(1, 0.4))


def _idle(poser: Poser) -> Clip:
    """Standing: breathing, a look about, a sway of the tail; feet stay where they are."""
    count = 120
    phase = np.arange(count + 1) / count
    wave = lambda times, shift=0.0: np.sin(2 * np.pi * (times * phase + shift))  # noqa: E731
    track = Track(hips=np.stack([0.006 * wave(1, 0.2), 0 * phase, -0.004 + 0.004 * wave(3)], axis=1) * poser.leg)
    still = np.tile(np.eye(3), (count + 1, 1, 1))
    for leg in poser.anatomy.legs:
        place = np.tile(poser.heads[poser.names[leg.bones[-1]]], (count + 1, 1))
        track.feet[leg.bones[0]] = (place, still, still)
    for name in poser.names:
        if name == "chest":
            track.local[name] = axis_rotation(0, 0.7 * wave(3, 0.05))
        elif name == "neck_01":
            track.local[name] = axis_rotation(2, 5 * wave(1)) @ axis_rotation(0, 1.5 * wave(3, 0.1) + 1.5 * wave(1, 0.3))
        elif name == "head":
            track.local[name] = axis_rotation(2, 7 * wave(1, -0.04)) @ axis_rotation(1, 3 * wave(2, 0.1))
        elif name == "jaw":
            track.local[name] = axis_rotation(0, 2 + 2 * wave(3))
        elif name.startswith("ear_"):
            side = 1 if name.endswith("l") else -1
            track.local[name] = axis_rotation(2, side * 9 * np.clip(wave(2, 0.1 * side), 0.4, 1) - side * 3.6)
        elif name.startswith("tail_"):
            track.local[name] = axis_rotation(2, 5 * wave(1, -0.07 * int(name[5:])))
        elif name.startswith("arm_upper_"):
            track.local[name] = axis_rotation(0, 1.5 * wave(3, 0.1))
        elif name.startswith("feeler_"):
            track.local[name] = axis_rotation(0, 6 * wave(2, 0.2)) @ axis_rotation(2, 7 * wave(3, 0.3))
    _fold_wings(poser, track, count + 1)
    return poser.clip("Idle", track, count + 1)


def _fold_wings(poser: Poser, track: Track, count: int) -> None:
    """Wings lie along the body."""
    for wing in poser.anatomy.wings:
        if wing.kind == "veined":
            continue
        sign = 1 if wing.side == "l" else -1
        feathered = wing.kind == "feather"
        aims = [(sign * 0.30, 0.92, -0.05), (sign * 0.06, 0.98, -0.16), (-sign * 0.02, 0.98, -0.18)]
        hang = np.array((sign * 0.16, 0.42, -0.9))
        carried = np.eye(3)
        for name, aim in zip(wing.arm, aims, strict=False):
            bone = poser.names[name]
            if not feathered:
                aim = ((sign * 0.35, 0.55, 0.75), (sign * 0.12, 0.1, 0.7))[wing.arm.index(name)]
                hang = np.array((sign * 0.25, 0.7, -0.65))
            along = poser.tails[bone] - poser.heads[bone]
            turn = frames(np.array(aim), hang) @ frames(along, np.array((0.0, 1.0, 0.0))).T
            track.local[name] = np.tile(carried.T @ turn, (count, 1, 1))
            carried = turn
        for k, name in enumerate(wing.fingers):
            bone = poser.names[name]
            along = poser.tails[bone] - poser.heads[bone]
            spread = np.array((sign * (0.16 + 0.05 * k), 0.75, -0.62 - 0.05 * k))
            turn = frames(spread, np.array((sign * 1.0, 0, 0.0))) @ frames(along, UP).T
            track.local[name] = np.tile(carried.T @ turn, (count, 1, 1))


def _fly(poser: Poser) -> Clip:
    """Flapping in place, legs drawn up; the down-stroke lifts the body."""
    feathered = poser.anatomy.wings[0].kind
    count = {"veined": 4, "feather": 18}.get(feathered, 30)
    phase = np.arange(count + 1) / count
    wave = lambda times, shift=0.0: np.sin(2 * np.pi * (times * phase + shift))  # noqa: E731
    track = Track(hips=np.stack([0 * phase, 0 * phase, 0.10 * poser.leg * wave(1, 0.5)], axis=1))
    for wing in poser.anatomy.wings:
        sign = 1 if wing.side == "l" else -1
        for k, name in enumerate(wing.arm):
            size = (34.0, 16.0, 14.0)[k]
            track.local[name] = axis_rotation(1, -sign * (size * wave(1, 0.25 - 0.09 * k) + (6 if k == 0 else 0)))
        for k, name in enumerate(wing.fingers):
            track.local[name] = axis_rotation(1, -sign * 10 * wave(1, 0.05 - 0.03 * k))
    for leg in poser.anatomy.legs:
        if len(poser.anatomy.legs) > 4:
            continue
        backwards = 42.0 if "hind" in leg.bones[0] or len(poser.anatomy.legs) == 2 else 30.0
        turns = (backwards, 30.0 if len(leg.bones) == 3 else -38.0, 30.0, 22.0)
        for name, turn in zip(leg.bones, turns, strict=False):
            track.local[name] = axis_rotation(0, turn + 3 * wave(1, 0.1))
    for name in poser.names:
        if name.startswith("tail_"):
            track.local[name] = axis_rotation(0, 3 * wave(1, 0.3 - 0.08 * int(name[5:])))
        elif name == "neck_01":
            track.local[name] = axis_rotation(0, 5 * wave(1, 0.6))
    return poser.clip("Fly", track, count + 1)
