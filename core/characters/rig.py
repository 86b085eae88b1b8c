"""The skeleton: Unreal mannequin names inside, other engines' names by table, one rest orientation for every body.

Sharing rest rotations means that a clip made for one body plays on every other; only joint positions differ.
"""

from __future__ import annotations

import numpy as np

from ..scene import Skeleton
from .body import BodyShape

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
    #            Unity / VRM 1.0 / Godot humanoid          Mixamo
    "pelvis": ("Hips", "hips", "Hips", "mixamorig:Hips"),
    "spine_01": ("Spine", "spine", "Spine", "mixamorig:Spine"),
    "spine_02": ("Chest", "chest", "Chest", "mixamorig:Spine1"),
    "spine_03": ("UpperChest", "upperChest", "UpperChest", "mixamorig:Spine2"),
    "neck_01": ("Neck", "neck", "Neck", "mixamorig:Neck"),
    "head": ("Head", "head", "Head", "mixamorig:Head"),
}
_LIMB = {
    "eye": ("Eye", "Eye"),
    "clavicle": ("Shoulder", "Shoulder"),
    "upperarm": ("UpperArm", "Arm"),
    "lowerarm": ("LowerArm", "ForeArm"),
    "hand": ("Hand", "Hand"),
    "thigh": ("UpperLeg", "UpLeg"),
    "calf": ("LowerLeg", "Leg"),
    "foot": ("Foot", "Foot"),
    "ball": ("Toes", "ToeBase"),
}
CONVENTIONS = ("unreal", "unity", "vrm", "godot", "mixamo")


def bone_names(convention: str) -> dict[str, str]:
    """Unreal mannequin name -> the name in that convention, for every bone the convention knows.

    Unity: HumanBodyBones; VRM: the VRM 1.0 humanoid; Godot: SkeletonProfileHumanoid; Mixamo: mixamorig names.
    Raises KeyError for an unknown convention.
    """
    if convention == "unreal":
        return {name: name for name, _ in BONES}
    column = {"unity": 0, "vrm": 1, "godot": 2, "mixamo": 3}[convention]
    names = {"root": "Root"} if convention == "godot" else {}
    for name, _ in BONES[1:]:
        names[name] = _CENTRE[name][column] if name in _CENTRE else _limb_name(name, convention)
    return names


def _limb_name(name: str, convention: str) -> str:
    """The name of a bone that has a left and a right."""
    parts = name.split("_")
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


def skeleton(shape: BodyShape) -> Skeleton:
    """The body's bones in rest pose, Unreal names, for ``Scene``."""
    pack = shape.pack
    return Skeleton(
        "Skeleton",
        list(pack.bone_names),
        pack.bone_parents.astype(np.int32),
        shape.heads,
        shape.tails,
        np.ascontiguousarray(shape.rest[:, :, 2]),
    )


def rest_rotations(directions: np.ndarray, z_axes: np.ndarray) -> np.ndarray:
    """(B, 3, 3) rest frames, columns X, Y, Z: Y along the bone, Z as near ``z_axes`` as it can be, X completing them."""
    y = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    z = z_axes - (z_axes * y).sum(axis=1, keepdims=True) * y
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    return np.stack([np.cross(y, z), y, z], axis=2)
