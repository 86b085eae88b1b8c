"""From controls to a clip: where feet and hands are, how hips, chest and head are turned, becomes the rotation of every bone.

A ``Track`` holds one motion's controls, frame by frame, in the character's space. ``solve`` makes the clip: legs follow their
feet by two-bone inverse kinematics, so a planted foot stays where it is whatever the pelvis does; soles never sink into the
ground; arms hang beside the body or reach.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...scene import Clip
from ..rig import FINGERS
from .kinematics import (
    FULL_REACH,
    aligning,
    axis_rotation,
    between,
    frames,
    from_vectors,
    joints,
    local_of_world,
    quaternions,
    turned,
    two_bone,
    unit,
)
from .mannequin import FORWARD, SIDES, Mannequin

FPS = 30.0
FINGER_CURL = {"thumb": 4.0, "index": 5.0, "middle": 8.0, "ring": 10.0, "pinky": 12.0}  # degrees at each joint at rest
FIST_CURL = {"thumb": 22.0, "index": 62.0, "middle": 66.0, "ring": 68.0, "pinky": 70.0}
SPINE = ("spine_01", "spine_02", "spine_03")
Array = np.ndarray


@dataclass
class Arm:
    """One arm's controls; directions and positions have X pointing outwards, so that both sides read alike.

    Attributes:
        swing, flex, spread: (T,) degrees the hanging arm goes back, bends at the elbow and stands out more than it must.
        reach: (T, 3) where the wrist goes, in arm lengths from the shoulder, in the chest's directions; None: it hangs.
        place: (T, 3) where the wrist goes, metres in the character's space (X not mirrored), instead of ``reach``.
        weight: (T,) how much it reaches rather than hangs.
        elbow: (3,) or (T, 3) direction the elbow points to when reaching.
        fingers, palm: directions that fingers and palm point to when reaching, (3,) or (T, 3); None: along the forearm.
        fist, point: (T,) 0..1: how far the hand is closed; all fingers but the first.
    """

    swing: Array | float = 0.0
    flex: Array | float = 0.0
    spread: Array | float = 0.0
    reach: Array | None = None
    place: Array | None = None
    weight: Array | float = 1.0
    elbow: Array | tuple = (0.5, 0.6, -0.6)
    fingers: Array | tuple | None = None
    palm: Array | tuple | None = None
    fist: Array | float = 0.0
    point: Array | float = 0.0


@dataclass
class Track:
    """Controls of a motion of ``count`` frames. Degrees are (T, 3) pitch (forward), lean and yaw (to the left).

    Attributes:
        pelvis: (T, 3) metres from where it is when standing.
        hips: the pelvis's turn; chest: the chest's against the hips; head: the head's against the chest.
        ankles: side -> (T, 3) where the ankle goes.
        feet: side -> (T, 3) degrees; toes: side -> (T,) degrees the toes are bent up against the foot.
        planted: side -> (T,) bool, frames in which the lowest point of the foot is exactly on the ground.
        clear: side -> (T,) metres by which the lowest point of a foot that is not planted is at least above the ground.
        knees: side -> degrees that the knee points outwards.
        shrug: (T,) degrees that the shoulders are raised.
        root, root_yaw: (T, 3) and (T,): where the root bone is, and how it is turned.
    """

    count: int
    pelvis: Array = field(default_factory=lambda: np.zeros((1, 3)))
    hips: Array = field(default_factory=lambda: np.zeros((1, 3)))
    chest: Array = field(default_factory=lambda: np.zeros((1, 3)))
    head: Array = field(default_factory=lambda: np.zeros((1, 3)))
    ankles: dict[str, Array] = field(default_factory=dict)
    feet: dict[str, Array] = field(default_factory=dict)
    toes: dict[str, Array] = field(default_factory=dict)
    planted: dict[str, Array] = field(default_factory=dict)
    clear: dict[str, Array] = field(default_factory=dict)
    knees: dict[str, Array | float] = field(default_factory=lambda: {"l": 4.0, "r": 4.0})
    arms: dict[str, Arm] = field(default_factory=lambda: {"l": Arm(), "r": Arm()})
    shrug: Array | float = 0.0
    root: Array = field(default_factory=lambda: np.zeros((1, 3)))
    root_yaw: Array | float = 0.0


def degrees(count: int, pitch: Array | float = 0.0, lean: Array | float = 0.0, yaw: Array | float = 0.0) -> Array:
    """(T, 3) pitch, lean and yaw."""
    return np.stack([np.broadcast_to(np.asarray(part, float), (count,)) for part in (pitch, lean, yaw)], axis=1)


def solve(man: Mannequin, track: Track, name: str, loop: bool = True, speed: float = 0.0, fps: float = FPS) -> Clip:
    """The clip of a track. ``speed``: metres a second at which the ground passes under a motion in place."""
    count = track.count
    world = np.tile(np.eye(3), (count, len(man.parents), 1, 1))
    done = np.zeros(len(man.parents), bool)

    def put(bone: str, delta: Array) -> None:
        world[:, man.index[bone]] = delta
        done[man.index[bone]] = True

    put("root", axis_rotation(2, np.broadcast_to(track.root_yaw, (count,))))
    hips, chest = _wide(track.hips, count), _wide(track.chest, count)
    pelvis = turned(hips)
    put("pelvis", pelvis)
    for number, bone in enumerate(SPINE, 1):
        put(bone, pelvis @ turned(chest * number / 3))
    trunk = world[:, man.index["spine_03"]]
    put("neck_01", trunk @ turned(_wide(track.head, count) * 0.45))
    put("head", trunk @ turned(_wide(track.head, count)))
    offset = _wide(track.pelvis, count).copy()
    _legs(man, track, pelvis, offset, put)
    shoulders = _trunk_joints(man, world, offset)
    for side in SIDES:
        _arm(man, track, side, world, shoulders, hips + chest, put)
    return _clip(man, track, name, world, done, offset, loop, speed, fps)


def _clip(
    man: Mannequin, track: Track, name: str, world: Array, done: Array, offset: Array, loop: bool, speed: float, fps: float
) -> Clip:
    """Bones nobody set go along with their parents; the pelvis's place is told from the root's."""
    for bone, parent in enumerate(man.parents):
        if not done[bone] and parent >= 0:
            world[:, bone] = world[:, parent]
    root = _wide(track.root, track.count)
    pelvis = man.joint("pelvis")
    carried = np.einsum("tji,tj->ti", world[:, 0], pelvis + offset - root) - pelvis
    local = local_of_world(man.parents, man.rest, world)
    return Clip(
        name,
        fps,
        quaternions(local).astype(np.float32),
        root.astype(np.float32),
        loop,
        {"pelvis": carried.astype(np.float32)},
        speed,
    )


def _wide(values: Array, count: int) -> Array:
    return np.broadcast_to(np.asarray(values, float), (count, 3))


def _trunk_joints(man: Mannequin, world: Array, offset: Array) -> Array:
    """(T, B, 3) joints with everything that hangs on the trunk going along with it."""
    whole = np.zeros((len(world), len(man.parents), 3))
    whole[:, man.index["pelvis"]] = offset
    return joints(man.parents, man.heads, world, whole)


def _legs(man: Mannequin, track: Track, pelvis: Array, offset: Array, put) -> None:
    """Sets the legs' bones; lowers ``offset`` in place, all frames alike, until no knee is overstretched."""
    feet, ankles = {}, {}
    for side in SIDES:
        turn = _wide(track.feet.get(side, np.zeros((1, 3))), track.count)
        foot = turned(turn)
        toe = foot @ axis_rotation(0, -np.broadcast_to(track.toes.get(side, 0.0), (track.count,)))
        ankle = _wide(track.ankles[side], track.count).copy()
        lowest, standing = (ankle[:, 2] + height for height in man.soles[side].lowest(foot, toe))
        planted = np.broadcast_to(track.planted.get(side, False), (track.count,))
        ankle[:, 2] -= np.where(planted, standing, np.minimum(lowest - track.clear.get(side, 0.0), 0))
        feet[side], ankles[side] = (foot, toe, turn), ankle
    step = 0.002 * man.leg
    while True:
        solved = {side: _leg(man, side, track, pelvis, offset, ankles[side], feet[side][2]) for side in SIDES}
        if max(reach for *_, reach in solved.values()) <= FULL_REACH:
            break
        offset[:, 2] -= step
    for side, (thigh, calf, _) in solved.items():
        put(f"thigh_{side}", thigh)
        put(f"calf_{side}", calf)
        put(f"foot_{side}", feet[side][0])
        put(f"ball_{side}", feet[side][1])


def _leg(
    man: Mannequin, side: str, track: Track, pelvis: Array, offset: Array, ankle: Array, turn: Array
) -> tuple[Array, Array, float]:
    """(T, 3, 3) deltas of thigh and calf, and how far the leg reaches. The knee points between pelvis and toes."""
    names = (f"thigh_{side}", f"calf_{side}", f"foot_{side}")
    hip0, knee0, ankle0 = (man.joint(name) for name in names)
    hip = man.joint("pelvis") + offset + (pelvis @ (hip0 - man.joint("pelvis")))
    straight = hip0[0] + (ankle0[0] - hip0[0]) * (hip0[2] - knee0[2]) / (hip0[2] - ankle0[2])
    lateral = np.arctan2(knee0[0] - straight, 0.2 * np.linalg.norm(knee0 - hip0))  # knock knees and bow legs stay
    ahead = np.einsum("tij,j->ti", pelvis, FORWARD)
    heading = np.degrees(np.arctan2(ahead[:, 0], -ahead[:, 1]))
    lag = (turn[:, 2] - heading + 180) % 360 - 180
    yaw = heading + 0.7 * lag + SIDES[side] * np.asarray(track.knees[side]) + np.degrees(lateral)
    pole = np.einsum("tij,j->ti", axis_rotation(2, yaw), FORWARD)
    knee, end, reach = two_bone(hip, ankle, man.length(*names[:2]), man.length(*names[1:]), pole)
    hinge = np.cross(end - hip, pole)
    bend0 = axis_rotation(2, np.degrees(lateral))[0] @ FORWARD
    thigh0, calf0 = man.limb_frames(*names, bend0)
    return frames(knee - hip, hinge) @ thigh0.T, frames(end - knee, hinge) @ calf0.T, reach


def _arm(man: Mannequin, track: Track, side: str, world: Array, joint: Array, carried: Array, put) -> None:
    """Sets clavicle, arm, hand and fingers of one side."""
    arm, count, sign = track.arms[side], track.count, SIDES[side]
    trunk = world[:, man.index["spine_03"]]
    raised = np.broadcast_to(np.asarray(track.shrug, float), (count,))
    hanging = _hanging(man, arm, side, count, carried)
    shoulder = joint[:, man.index[f"upperarm_{side}"]]
    reaching = arm.reach is not None or arm.place is not None
    weight = np.broadcast_to(np.asarray(arm.weight if reaching else 0.0, float), (count,))
    if reaching:
        target = _target(man, arm, side, trunk, shoulder)
        height = np.degrees(np.arcsin(np.clip(unit(target - shoulder)[:, 2], -1, 1)))
        raised = raised + 0.3 * np.clip(height + 35, 0, 90) * weight
    clavicle = trunk @ axis_rotation(1, -sign * raised)
    put(f"clavicle_{side}", clavicle)
    root, start = man.joint(f"clavicle_{side}"), joint[:, man.index[f"clavicle_{side}"]]
    shoulder = start + np.einsum("tij,j->ti", clavicle, man.joint(f"upperarm_{side}") - root)
    upper, lower, hand = hanging
    if reaching:
        target = _target(man, arm, side, trunk, shoulder) if arm.place is None else target
        reached = _reaching(man, arm, side, trunk, shoulder, target)
        upper, lower, hand = (between(a, b, weight) for a, b in zip(hanging, reached, strict=True))
    put(f"upperarm_{side}", upper)
    put(f"lowerarm_{side}", lower)
    put(f"hand_{side}", hand)
    for name, delta in bend_fingers(man, arm, side, hand).items():
        put(name, delta)


def _hanging(man: Mannequin, arm: Arm, side: str, count: int, carried: Array) -> list[Array]:
    """(T, 3, 3) deltas of upper arm, forearm and hand of an arm that hangs; it follows the chest's yaw, and little of its bow."""
    sign = SIDES[side]
    swing, flex, spread = (np.broadcast_to(np.asarray(value, float), (count,)) for value in (arm.swing, arm.flex, arm.spread))
    chest = turned(carried * [0.3, 0.5, 1.0])
    relaxed = [man.relaxed[side][f"{limb}_{side}"] for limb in ("upperarm", "lowerarm", "hand")]
    outwards = axis_rotation(1, -sign * spread)
    upper = chest @ axis_rotation(0, swing) @ outwards @ relaxed[0]
    bend = chest @ axis_rotation(0, swing - flex) @ axis_rotation(1, -sign * 0.8 * spread)
    return [upper, bend @ relaxed[1], bend @ relaxed[2]]


def _mirrored(values: Array | tuple, side: str) -> Array:
    return np.atleast_2d(np.asarray(values, float)) * [SIDES[side], 1.0, 1.0]


def _target(man: Mannequin, arm: Arm, side: str, trunk: Array, shoulder: Array) -> Array:
    if arm.place is not None:
        return np.broadcast_to(arm.place, shoulder.shape)
    assert arm.reach is not None  # an arm without a place or a reach hangs
    offset = np.asarray(_mirrored(arm.reach, side) * man.arm)
    return shoulder + np.einsum("tij,tj->ti", trunk, np.broadcast_to(offset, shoulder.shape))


def _reaching(man: Mannequin, arm: Arm, side: str, trunk: Array, shoulder: Array, target: Array) -> list[Array]:
    """(T, 3, 3) deltas of upper arm, forearm and hand whose wrist is at the target; the forearm takes half of the hand's twist."""
    names = (f"upperarm_{side}", f"lowerarm_{side}", f"hand_{side}")
    pole = np.einsum("tij,tj->ti", trunk, np.broadcast_to(_mirrored(arm.elbow, side), shoulder.shape))
    elbow, wrist, _ = two_bone(shoulder, target, man.length(*names[:2]), man.length(*names[1:]), pole)
    hinge = np.cross(wrist - shoulder, pole)
    upper0, lower0 = man.limb_frames(*names)
    upper = frames(elbow - shoulder, hinge) @ upper0.T
    lower = frames(wrist - elbow, hinge) @ lower0.T
    along = unit(wrist - elbow)
    straight = aligning(lower @ man.along(names[2]), along) @ lower  # hand in line with the forearm
    if arm.palm is None and arm.fingers is None:
        return [upper, lower, straight]
    forward = (
        along if arm.fingers is None else np.einsum("tij,tj->ti", trunk, np.broadcast_to(_mirrored(arm.fingers, side), along.shape))
    )
    rest = man.rest[man.index[names[2]]]
    palm0 = -rest[:, 2]
    palm = (
        straight @ palm0
        if arm.palm is None
        else np.einsum("tij,tj->ti", trunk, np.broadcast_to(_mirrored(arm.palm, side), along.shape))
    )
    hand = frames(forward, palm) @ frames(rest[:, 1], palm0).T
    untwisted = aligning(hand @ man.along(names[2]), along) @ hand
    twist = untwisted @ np.swapaxes(straight, -1, -2)
    sine = np.stack([twist[:, 2, 1] - twist[:, 1, 2], twist[:, 0, 2] - twist[:, 2, 0], twist[:, 1, 0] - twist[:, 0, 1]], 1) / 2
    angle = np.arctan2((sine * along).sum(axis=1), (np.trace(twist, axis1=1, axis2=2) - 1) / 2)
    return [upper, from_vectors(0.5 * angle[:, None] * along) @ lower, hand]


def bend_fingers(man: Mannequin, arm: Arm, side: str, hand: Array) -> dict[str, Array]:
    """Fingers bent about their own X and, while relaxed, closed towards the middle one."""
    deltas: dict[str, Array] = {}
    middle = man.along(f"middle_01_{side}")
    fist, point = (np.broadcast_to(np.asarray(value, float), (len(hand),)) for value in (arm.fist, arm.point))
    for finger in FINGERS:
        closed = fist if finger == "index" else np.maximum(fist, point)
        straight = point if finger == "index" else 0.0
        curl = (FINGER_CURL[finger] + (FIST_CURL[finger] - FINGER_CURL[finger]) * closed) * (1 - straight)
        carried = hand
        for number in (1, 2, 3):
            name = f"{finger}_0{number}_{side}"
            rest = man.rest[man.index[name]]
            if number == 1:
                own = rest[:, 1]
                carried = carried @ aligning(own, own + (middle - own) * (0.4 if finger == "thumb" else 0.6))[0]
            carried = carried @ rest @ axis_rotation(0, -curl) @ rest.T
            deltas[name] = carried
    return deltas
