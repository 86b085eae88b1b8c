"""Motion: a relaxed stance, a breathing idle and a walk whose feet do not slide.

Poses are world deltas: (T, B, 3, 3), the rotation each bone has made from its rest orientation, about the character's axes.
Legs follow their feet by two-bone inverse kinematics, so a planted foot stays where it is whatever the pelvis does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...scene import Clip
from ..body import BodyShape
from ..rig import FINGERS
from .kinematics import FULL_REACH, aligning, axis_rotation, eased, hermite, quaternions

GRAVITY = 9.81
FINGER_CURL = {"thumb": 4.0, "index": 5.0, "middle": 8.0, "ring": 10.0, "pinky": 12.0}  # degrees at each joint at rest
Deltas = dict[str, np.ndarray]


@dataclass
class Gait:
    """A way of walking, relative to leg length so that children and giants walk like themselves (Alexander's dynamic similarity).

    Attributes:
        froude: speed² / (gravity · leg length).
        stride: metres per leg length, two steps.
        duty: share of the cycle in which a foot is on the ground.
        lift: how much the ankle is raised on its way forward, per leg length.
        arm_swing: degrees to each side.
    """

    froude: float = 0.17
    stride: float = 1.34
    duty: float = 0.61
    lift: float = 0.05
    arm_swing: float = 18.0


def world_deltas(shape: BodyShape, deltas: Deltas) -> np.ndarray:
    """(T, B, 3, 3): bones not named in ``deltas`` (name -> (T or 1, 3, 3)) go along with their parents."""
    frames = max(len(delta) for delta in deltas.values())
    world = np.tile(np.eye(3), (frames, len(shape.pack.bone_names), 1, 1))
    for bone, (name, parent) in enumerate(zip(shape.pack.bone_names, shape.pack.bone_parents, strict=True)):
        if name in deltas:
            world[:, bone] = deltas[name]
        elif parent >= 0:
            world[:, bone] = world[:, parent]
    return world


def forward(shape: BodyShape, world: np.ndarray, root_offset: np.ndarray) -> np.ndarray:
    """(T, B, 3) joint positions of the posed skeleton; ``root_offset`` (T, 3)."""
    positions = np.zeros(world.shape[:3])
    positions[:, 0] = shape.heads[0] + root_offset
    for bone, parent in enumerate(shape.pack.bone_parents):
        if parent >= 0:
            positions[:, bone] = positions[:, parent] + world[:, parent] @ (shape.heads[bone] - shape.heads[parent])
    return positions


def deform(shape: BodyShape, world: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """(V, 3) float32: all vertices posed by linear blend skinning; one frame's ``world`` (B, 3, 3) and ``positions`` (B, 3)."""
    offsets = positions - np.einsum("bij,bj->bi", world, shape.heads)
    joints, weights = shape.pack.joints, shape.pack.weights
    result = np.zeros((len(joints), 3))
    for slot in range(joints.shape[1]):
        bone = joints[:, slot]
        result += weights[:, slot, None] * (np.einsum("vij,vj->vi", world[bone], shape.vertices) + offsets[bone])
    return result.astype(np.float32)


def to_clip(shape: BodyShape, name: str, fps: float, world: np.ndarray, root_offset: np.ndarray, loop: bool = True) -> Clip:
    """The clip of world deltas: each bone's rotation relative to its parent, in its own rest frame."""
    rest = shape.rest.astype(np.float64)
    parents = shape.pack.bone_parents
    relative = world.copy()
    relative[:, 1:] = world[:, parents[1:]].transpose(0, 1, 3, 2) @ world[:, 1:]
    local = rest.transpose(0, 2, 1) @ relative @ rest
    return Clip(name, fps, quaternions(local).astype(np.float32), root_offset.astype(np.float32), loop)


def relaxed_arms(shape: BodyShape) -> Deltas:
    """Arms hanging beside the body, as far out as hips and belly need, fingers lightly curled."""
    deltas: Deltas = {}
    for side, sign in (("l", 1), ("r", -1)):
        out = _abduction(shape, side)
        aims = {
            "upperarm": (sign * np.sin(out), 0.06, -np.cos(out)),
            "lowerarm": (sign * np.sin(out) * 0.35, -0.22, -0.97),
            "hand": (sign * np.sin(out) * 0.1, -0.16, -0.98),
        }
        carried = np.eye(3)
        for limb, aim in aims.items():
            bone = shape.pack.bone(f"{limb}_{side}")
            carried = aligning(carried @ shape.rest[bone][:, 1], np.array(aim))[0] @ carried
            deltas[f"{limb}_{side}"] = carried[None]
        deltas |= _curled(shape, side, carried)
    return deltas


def _abduction(shape: BodyShape, side: str) -> float:
    """Radians that the upper arm must stand out for the hanging hand to clear hip and thigh by four centimetres."""
    pack = shape.pack
    trunk = pack.vertex_mask("body") & (pack.bone_weight("pelvis", "spine_01", "thigh_l", "thigh_r") > 0.6)
    width = np.abs(shape.vertices[trunk, 0]).max()
    shoulder = abs(shape.joint(f"upperarm_{side}")[0])
    upper, lower = (
        np.linalg.norm(shape.joint(f"{b}_{side}") - shape.joint(f"{a}_{side}"))
        for a, b in (("upperarm", "lowerarm"), ("lowerarm", "hand"))
    )
    return float(np.arcsin(np.clip((width + 0.04 - shoulder) / (upper + 0.35 * lower), 0.13, 0.7)))


def _curled(shape: BodyShape, side: str, hand: np.ndarray) -> Deltas:
    """Fingers lightly bent about their own X and closed towards the middle one; ``hand`` (3, 3) is the hand's delta."""
    deltas: Deltas = {}
    middle = shape.rest[shape.pack.bone(f"middle_01_{side}")][:, 1]
    for finger in FINGERS:
        carried = hand
        for joint in (1, 2, 3):
            name = f"{finger}_0{joint}_{side}"
            rest = shape.rest[shape.pack.bone(name)]
            if joint == 1:
                own = rest[:, 1]
                carried = carried @ aligning(own, own + (middle - own) * (0.4 if finger == "thumb" else 0.6))[0]
            carried = carried @ rest @ axis_rotation(0, -FINGER_CURL[finger])[0] @ rest.T
            deltas[name] = carried[None]
    return deltas


def _legs(shape: BodyShape, deltas: Deltas, root_offset: np.ndarray, ankles: dict[str, np.ndarray], feet: Deltas) -> float:
    """Adds thighs, calves and feet to ``deltas`` so that the ankles, side -> (T, 3), are reached.

    Returns: the furthest that any leg has to reach, 1 being its length.
    """
    reach = 0.0
    pelvis = shape.joint("pelvis") + root_offset
    for side in "lr":
        hip0, knee0, ankle0 = (shape.joint(f"{bone}_{side}") for bone in ("thigh", "calf", "foot"))
        hip = pelvis + deltas["pelvis"] @ (hip0 - shape.joint("pelvis"))
        thigh, calf = np.linalg.norm(knee0 - hip0), np.linalg.norm(ankle0 - knee0)
        leg = ankles[side] - hip
        distance = np.linalg.norm(leg, axis=1, keepdims=True)
        reach = max(reach, float(distance.max() / (thigh + calf)))
        along = leg / distance
        distance = np.minimum(distance, FULL_REACH * (thigh + calf))
        pole = np.array([knee0[0] - (hip0[0] + ankle0[0]) / 2, -0.2 * thigh, 0])  # forward, out or in as the rest pose has it
        pole = pole - along * (along @ pole)[:, None]
        pole /= np.linalg.norm(pole, axis=1, keepdims=True)
        cosine = np.clip((thigh**2 + distance**2 - calf**2) / (2 * thigh * distance), -1, 1)
        knee = hip + thigh * (cosine * along + np.sqrt(1 - cosine**2) * pole)
        deltas[f"thigh_{side}"] = aligning(knee0 - hip0, knee - hip)
        deltas[f"calf_{side}"] = aligning(ankle0 - knee0, hip + along * distance - knee)
        deltas[f"foot_{side}"] = feet[f"foot_{side}"]
        deltas[f"ball_{side}"] = feet[f"ball_{side}"]
    return reach


def _under_hip(shape: BodyShape, joint: str, width: float) -> np.ndarray:
    """(3,) the joint moved sideways to ``width`` times the hips' distance from the middle; the rest pose stands astride."""
    position = shape.joint(joint).astype(float)
    side = joint[-1]
    position[0] += width * shape.joint(f"thigh_{side}")[0] - shape.joint(f"foot_{side}")[0]
    return position


def _stand_on(shape: BodyShape, deltas: Deltas, root_offset: np.ndarray, ankles: dict[str, np.ndarray], feet: Deltas) -> None:
    """``_legs`` with the pelvis as high as the legs reach: ``root_offset`` is lowered in place until no knee is overstretched."""
    step = 0.002 * leg_length(shape)
    root_offset[:, 2] += 8 * step
    while _legs(shape, deltas, root_offset, ankles, feet) > FULL_REACH:
        root_offset[:, 2] -= step


def leg_length(shape: BodyShape) -> float:
    """Metres from hip to ankle along the left leg."""
    hip, knee, ankle = (shape.joint(f"{bone}_l") for bone in ("thigh", "calf", "foot"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def idle(shape: BodyShape, seconds: float = 6.0, fps: float = 15.0) -> Clip:
    """Standing, breathing, with the weight going slowly from one leg to the other; the last frame is the first again."""
    frames = round(seconds * fps)
    t = np.arange(frames + 1) / frames * 2 * np.pi
    breath, sway = np.sin(2 * t), np.sin(t)
    leg = leg_length(shape)
    offset = np.stack([0.010 * leg * sway, 0.004 * leg * np.sin(t + 1), 0.002 * leg * np.cos(2 * t)], axis=1)
    still = {f"{bone}_{side}": np.eye(3)[None] for bone in ("foot", "ball") for side in "lr"}
    deltas: Deltas = {
        "pelvis": axis_rotation(1, 0.8 * sway) @ axis_rotation(2, 0.8 * np.sin(t + 0.6)),
        "spine_01": axis_rotation(1, 0.2 * sway),
        "spine_02": axis_rotation(0, -0.5 * breath) @ axis_rotation(1, -0.3 * sway),
        "spine_03": axis_rotation(0, -1.2 * breath) @ axis_rotation(1, -0.4 * sway),
        "neck_01": axis_rotation(0, -0.4 * breath),
        "head": axis_rotation(2, 2.5 * np.sin(t + 2) + 0.8 * np.sin(3 * t)) @ axis_rotation(0, 0.8 * np.sin(2 * t + 1)),
    }
    for side, sign in (("l", 1), ("r", -1)):
        deltas[f"clavicle_{side}"] = axis_rotation(1, -sign * 0.7 * breath) @ deltas["spine_03"]
    for name, delta in relaxed_arms(shape).items():
        deltas[name] = axis_rotation(0, 0.6 * np.sin(2 * t - 0.5)) @ delta
    ankles = {side: np.tile(_under_hip(shape, f"foot_{side}", 1.15), (len(t), 1)) for side in "lr"}
    _stand_on(shape, deltas, offset, ankles, still)
    return to_clip(shape, "Idle", fps, world_deltas(shape, deltas), offset)


def walk(shape: BodyShape, gait: Gait | None = None, fps: float = 30.0) -> tuple[Clip, float]:
    """A walk in place, and the metres a second at which the ground passes under it, towards +Y.

    The last frame is the first again.
    """
    gait = gait or Gait()
    leg = leg_length(shape)
    speed = float(np.sqrt(gait.froude * GRAVITY * leg))
    seconds = gait.stride * leg / speed
    frames = max(round(seconds * fps), 12)
    speed = gait.stride * leg * fps / frames  # a whole number of frames, feet still in step with the ground
    phase = np.arange(frames + 1) / frames
    turn = 2 * np.pi * phase
    deltas = _walking_trunk(shape, gait, turn)
    ankles: dict[str, np.ndarray] = {}
    feet: Deltas = {}
    for side, shift in (("l", 0.0), ("r", 0.5)):
        ankles[side], feet[f"foot_{side}"], feet[f"ball_{side}"] = _step(shape, gait, side, (phase + shift) % 1.0)
    bob = -0.022 * leg * np.cos(2 * turn - 0.5)
    offset = np.stack([0.022 * leg * np.sin(turn), np.zeros_like(turn), bob], axis=1)
    _stand_on(shape, deltas, offset, ankles, feet)
    world = world_deltas(shape, deltas)
    return to_clip(shape, "Walk", fps, world, offset), speed


def _walking_trunk(shape: BodyShape, gait: Gait, turn: np.ndarray) -> Deltas:
    """Pelvis turning with the leading leg, chest and arms against it, head held still; the left heel strikes at ``turn`` = 0."""
    lead, side_load = np.cos(turn), np.sin(turn)
    deltas: Deltas = {
        "pelvis": axis_rotation(2, -5 * lead) @ axis_rotation(1, -3 * side_load) @ axis_rotation(0, 3),
        "spine_01": axis_rotation(2, -2 * lead) @ axis_rotation(1, -1 * side_load) @ axis_rotation(0, 3),
        "spine_02": axis_rotation(2, 2 * lead) @ axis_rotation(1, 0.5 * side_load) @ axis_rotation(0, 3),
        "spine_03": axis_rotation(2, 5 * lead) @ axis_rotation(1, 1 * side_load) @ axis_rotation(0, 3),
        "neck_01": axis_rotation(2, 2.5 * lead) @ axis_rotation(0, 2 + np.cos(2 * turn)),
        "head": axis_rotation(2, 1.0 * lead) @ axis_rotation(0, 0.8 * np.cos(2 * turn)),
    }
    for name, delta in relaxed_arms(shape).items():
        back = lead if name.endswith("_l") else -lead  # arms go against the legs
        swing = gait.arm_swing * back - 4
        flexed = 4 + 0.5 * gait.arm_swing * (0.5 - 0.5 * back)
        deltas[name] = axis_rotation(0, swing - (0.0 if name.startswith("upperarm") else flexed)) @ delta
    return deltas


def _step(shape: BodyShape, gait: Gait, side: str, phase: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One foot through the cycle: (T, 3) ankle, (T, 3, 3) foot and toe deltas; ``phase`` 0 is its heel strike.

    On the ground the foot turns about its heel, then lies flat, then turns about its ball, and its contact point moves at
    exactly the ground's speed; in the air a cubic takes the ankle from where and as fast as it left to where it lands.
    """
    leg, duty = leg_length(shape), gait.duty
    ankle0, ball0 = _under_hip(shape, f"foot_{side}", 0.6), _under_hip(shape, f"ball_{side}", 0.6)
    heel0 = np.array([ankle0[0], ankle0[1] + 0.85 * _reach(shape, side, 1.0), 0.0])
    pitch_keys = (
        (0.0, -16.0),
        (0.13 * duty, 0.0),
        (0.58 * duty, 0.0),
        (duty, 42.0),
        (duty + 0.10, 46.0),
        (0.88, -8.0),
        (1.0, -16.0),
    )
    pitch = eased(phase, pitch_keys)
    travel = gait.stride * leg * duty
    middle = shape.joint("pelvis")[1] + 0.04 * leg

    def planted(share: np.ndarray, angle: np.ndarray) -> np.ndarray:
        """The ankle when the foot, pitched by ``angle``, has been carried ``share`` (0..1) of the stance backwards."""
        centre = np.stack([np.zeros_like(share), middle - ankle0[1] + travel * (share - 0.5), np.zeros_like(share)], axis=1)
        pivot = np.where(angle[:, None] < 0, heel0, ball0)
        return centre + pivot + np.einsum("tij,tj->ti", axis_rotation(0, angle), ankle0 - pivot)

    ankle = planted(np.minimum(phase / duty, 1.0), pitch)
    swing = phase > duty
    u = (phase[swing] - duty) / (1 - duty)
    edge = 1e-4
    start, before = (planted(np.array([s]), eased(np.array([s * duty]), pitch_keys))[0] for s in (1.0, 1.0 - edge))
    end, after = (planted(np.array([s]), eased(np.array([s * duty]), pitch_keys))[0] for s in (0.0, edge))
    scale = (1 - duty) / (duty * edge)
    ankle[swing] = hermite(u, start, (start - before) * scale, end, (after - end) * scale)
    ankle[swing, 2] += gait.lift * leg * np.sin(np.pi * u) ** 2
    held = np.clip((phase - duty) / 0.2, 0, 1)  # after the toe-off the toes straighten slowly
    toes = np.where(phase <= duty, np.minimum(-pitch, 0), -np.maximum(pitch, 0) * (1 - held * held * (3 - 2 * held)))
    foot, toe = axis_rotation(0, pitch), axis_rotation(0, pitch + toes)
    tip = np.array([0.0, -_reach(shape, side, -1.0) - ball0[1] + ankle0[1], -ball0[2]])
    lowest = np.minimum((foot @ (heel0 - ankle0))[:, 2], (foot @ (ball0 - ankle0) + toe @ tip)[:, 2])
    ankle[swing, 2] += np.maximum(-(ankle + lowest[:, None])[swing, 2], 0)
    return ankle, foot, toe


def _reach(shape: BodyShape, side: str, direction: float) -> float:
    """Metres from the ankle joint to the end of the foot, forwards (-1) or backwards (1)."""
    pack = shape.pack
    foot = pack.vertex_mask("body") & (pack.bone_weight(f"foot_{side}", f"ball_{side}") > 0.5)
    return float((direction * (shape.vertices[foot, 1] - shape.joint(f"foot_{side}")[1])).max())


def stand(shape: BodyShape) -> Clip:
    """One frame of the relaxed stance."""
    whole = idle(shape)
    return Clip("Stand", whole.fps, whole.rotations[:1], whole.root_offset[:1], loop=False)


def rest(shape: BodyShape) -> Clip:
    """One frame of the rest pose."""
    still = np.tile(np.eye(3), (1, len(shape.pack.bone_names), 1, 1))
    return to_clip(shape, "Rest", 30.0, still, np.zeros((1, 3)), loop=False)


def t_pose(shape: BodyShape) -> BodyShape:
    """The same body with its arms straight out to the sides, palms down, as a new rest pose."""
    deltas: Deltas = {"root": np.eye(3)[None]}
    for side, sign in (("l", 1.0), ("r", -1.0)):
        carried = np.eye(3)
        for limb in ("upperarm", "lowerarm", "hand"):
            bone = shape.pack.bone(f"{limb}_{side}")
            carried = aligning(carried @ shape.rest[bone][:, 1], np.array([sign, 0, 0]))[0] @ carried
            deltas[f"{limb}_{side}"] = carried[None]
    world = world_deltas(shape, deltas)
    positions = forward(shape, world, np.zeros((1, 3)))[0]
    rest = world[0] @ shape.rest
    lengths = np.linalg.norm(shape.tails - shape.heads, axis=1)
    tails = positions + rest[:, :, 1] * lengths[:, None]
    return BodyShape(
        shape.pack,
        deform(shape, world[0], positions),
        positions.astype(np.float32),
        tails.astype(np.float32),
        rest.astype(np.float32),
        shape.height,
        shape.unit_scale,
        shape.warnings,
    )
