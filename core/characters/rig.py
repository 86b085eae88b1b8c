"""The skeleton: Unreal mannequin names inside, other engines' names by table, one rest orientation for every body.

Sharing rest rotations means that a clip made for one body plays on every other; only joint positions differ.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..scene import Clip, Skeleton
from .body import BodyShape
from .brief import RIG_NAMES

CONVENTIONS = RIG_NAMES
FINGERS = ("thumb", "index", "middle", "ring", "pinky")


def _bones() -> tuple[tuple[str, str], ...]:
    """(name, parent) of every bone, parents first."""
    bones = [
        ("root", ""),
        ("pelvis", "root"),
        ("spine_01", "pelvis"),
        ("spine_02", "spine_01"),
        ("spine_03", "spine_02"),
        ("neck_01", "spine_03"),
        ("head", "neck_01"),
        ("eye_l", "head"),
        ("eye_r", "head"),
    ]
    for side in "lr":
        bones += [
            (f"clavicle_{side}", "spine_03"),
            (f"upperarm_{side}", f"clavicle_{side}"),
            (f"lowerarm_{side}", f"upperarm_{side}"),
            (f"hand_{side}", f"lowerarm_{side}"),
        ]
        for finger in FINGERS:
            chain = [f"hand_{side}", *(f"{finger}_0{k}_{side}" for k in (1, 2, 3))]
            bones += list(zip(chain[1:], chain[:-1], strict=True))
    for side in "lr":
        bones += [
            (f"thigh_{side}", "pelvis"),
            (f"calf_{side}", f"thigh_{side}"),
            (f"foot_{side}", f"calf_{side}"),
            (f"ball_{side}", f"foot_{side}"),
        ]
    return tuple(bones)


BONES = _bones()

# Names of the same bones elsewhere; limb names are given for the left and made for the right by the rule in ``bone_names``.
_CENTRE = {
    #            Unity / VRM 1.0 / Godot humanoid          Mixamo              Rigify's human meta-rig
    "root": ("Root", "root", "Root", "root", "root"),
    "pelvis": ("Hips", "hips", "Hips", "mixamorig:Hips", "spine"),
    "spine_01": ("Spine", "spine", "Spine", "mixamorig:Spine", "spine.001"),
    "spine_02": ("Chest", "chest", "Chest", "mixamorig:Spine1", "spine.002"),
    "spine_03": ("UpperChest", "upperChest", "UpperChest", "mixamorig:Spine2", "spine.003"),
    "neck_01": ("Neck", "neck", "Neck", "mixamorig:Neck", "spine.004"),
    "head": ("Head", "head", "Head", "mixamorig:Head", "spine.006"),
}
_LIMB = {
    "eye": ("Eye", "Eye", "eye"),
    "clavicle": ("Shoulder", "Shoulder", "shoulder"),
    "upperarm": ("UpperArm", "Arm", "upper_arm"),
    "lowerarm": ("LowerArm", "ForeArm", "forearm"),
    "hand": ("Hand", "Hand", "hand"),
    "thigh": ("UpperLeg", "UpLeg", "thigh"),
    "calf": ("LowerLeg", "Leg", "shin"),
    "foot": ("Foot", "Foot", "foot"),
    "ball": ("Toes", "ToeBase", "toe"),
}
SOCKETS = {"socket_hand_l": "hand_l", "socket_hand_r": "hand_r", "socket_head": "head", "socket_back": "spine_03"}


def bone_names(convention: str) -> dict[str, str]:
    """Unreal mannequin name -> the name in that convention, for every bone and socket.

    Unity: HumanBodyBones; VRM: the VRM 1.0 humanoid; Godot: SkeletonProfileHumanoid; Mixamo: mixamorig names; Rigify: its human
    meta-rig. The root, which Unity, VRM, Mixamo and Rigify do not name, is kept: engines need it for root motion.
    Raises KeyError for an unknown convention.
    """
    column = {"unreal": -1, "unity": 0, "vrm": 1, "godot": 2, "mixamo": 3, "rigify": 4}[convention]
    names = {name: name for name, _ in BONES}
    if convention != "unreal":
        names = {name: _CENTRE[name][column] if name in _CENTRE else _limb_name(name, convention) for name in names}
    return names | {name: _socket_name(name, convention) for name in SOCKETS}


def _limb_name(name: str, convention: str) -> str:
    """The name of a bone that has a left and a right."""
    parts = name.split("_")
    if convention == "rigify":
        side = parts[-1].upper()
        if len(parts) == 2:
            return f"{_LIMB[parts[0]][2]}.{side}"
        finger = parts[0] if parts[0] == "thumb" else f"f_{parts[0]}"
        return f"{finger}.{parts[1]}.{side}"
    side = "Left" if parts[-1] == "l" else "Right"
    if len(parts) == 3:
        label = _finger_name(parts[0], int(parts[1]) - 1, convention)
    else:
        label = _LIMB[parts[0]][convention == "mixamo"]
    if convention == "mixamo":
        return f"mixamorig:{side}{label}"
    return f"{side.lower() if convention == 'vrm' else side}{label}"


def _finger_name(finger: str, joint: int, convention: str) -> str:
    """Fingers: the thumb's first bone is a metacarpal in VRM and Godot; Unity and the others count from proximal."""
    if convention == "mixamo":
        return f"Hand{finger.capitalize()}{joint + 1}"
    word = {"pinky": "Little"}.get(finger, finger.capitalize())
    if finger == "thumb" and convention in ("vrm", "godot"):
        return word + ("Metacarpal", "Proximal", "Distal")[joint]
    return word + ("Proximal", "Intermediate", "Distal")[joint]


def _socket_name(name: str, convention: str) -> str:
    """Unreal tools know sockets by the prefix SOCKET_; elsewhere they are named after the bone that carries them."""
    if convention == "unreal":
        return name.replace("socket", "SOCKET", 1)
    if convention == "rigify":
        place, _, side = name.removeprefix("socket_").partition("_")
        return f"socket.{place}.{side.upper()}" if side else f"socket.{place}"
    label = {"socket_hand_l": "LeftHand", "socket_hand_r": "RightHand", "socket_head": "Head", "socket_back": "Back"}[
        name
    ] + "Socket"
    if convention == "vrm":
        return label[0].lower() + label[1:]
    return f"mixamorig:{label}" if convention == "mixamo" else label


def skeleton(shape: BodyShape, convention: str = "unreal", sockets: bool = False) -> Skeleton:
    """The body's bones in rest pose, for ``Scene``; ``sockets`` are added at the end, as bones without weights."""
    pack = shape.pack
    names = bone_names(convention)
    made = Skeleton(
        "Skeleton",
        [names[name] for name in pack.bone_names],
        pack.bone_parents.astype(np.int32),
        shape.heads,
        shape.tails,
        np.ascontiguousarray(shape.rest[:, :, 2]),
    )
    if not sockets:
        return made
    placed = [_socket(shape, name) for name in SOCKETS]
    return replace(
        made,
        names=[*made.names, *(names[name] for name in SOCKETS)],
        parents=np.append(made.parents, [pack.bone(bone) for bone in SOCKETS.values()]).astype(np.int32),
        **{
            key: np.concatenate([old, np.array([place[part] for place in placed])]).astype(np.float32)
            for part, (key, old) in enumerate((("heads", made.heads), ("tails", made.tails), ("z_axes", made.z_axes)))
        },
    )


def _socket(shape: BodyShape, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Head, tail and Z axis of a socket. In a hand Y is the axis of a held stick and Z the palm's normal; elsewhere Y is up."""
    pack = shape.pack
    bone = pack.bone(SOCKETS[name])
    length = 0.03 * shape.height
    if name.startswith("socket_hand"):
        rest, knuckle = shape.rest[bone].astype(float), shape.joint(f"middle_01_{name[-1]}")
        palm = -rest[:, 2]
        reach = np.linalg.norm(knuckle - shape.heads[bone])
        head = shape.heads[bone] + 0.8 * (knuckle - shape.heads[bone]) + 0.3 * reach * palm
        axis = np.cross(palm, rest[:, 1]) * (1.0 if name.endswith("l") else -1.0)
        return head, head + length * axis, palm
    up, back = np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
    skin = shape.vertices[pack.vertex_mask("body") & (pack.bone_weight(SOCKETS[name]) > 0.5)]
    if name == "socket_head":
        head = np.array([0.0, shape.heads[bone][1], skin[:, 2].max()])
    else:
        middle = (shape.heads[bone] + shape.tails[bone]) / 2
        near = skin[(np.abs(skin[:, 2] - middle[2]) < 0.04 * shape.height) & (np.abs(skin[:, 0]) < 0.04 * shape.height)]
        head = np.array([0.0, near[:, 1].max() if len(near) else middle[1], middle[2]])
    return head, head + length * up, back


def for_skeleton(clip: Clip, target: Skeleton) -> Clip:
    """The clip with the skeleton's own bone names, sockets at rest."""
    own = [name for name, _ in BONES]
    extra = len(target.names) - clip.rotations.shape[1]
    still = np.zeros((len(clip.rotations), extra, 4), np.float32)
    still[..., 0] = 1
    offsets = {target.names[own.index(name)]: offset for name, offset in clip.offsets.items()}
    return replace(clip, rotations=np.concatenate([clip.rotations, still], axis=1), offsets=offsets)


def rest_rotations(directions: np.ndarray, z_axes: np.ndarray) -> np.ndarray:
    """(B, 3, 3) rest frames, columns X, Y, Z: Y along the bone, Z as near ``z_axes`` as it can be, X completing them."""
    y = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    z = z_axes - (z_axes * y).sum(axis=1, keepdims=True) * y
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    return np.stack([np.cross(y, z), y, z], axis=2)
