"""Which bone is which, by name: Mixamo, Unreal, Unity, VRM, Godot, Rigify, MakeHuman, KayKit, 3ds Max Biped, CMU and their like.

A role is the Unreal mannequin's name of a bone. A name is taken apart into words; side words give the side, and the rest says the
part. Words that mean different things in different rigs ("shoulder", "hip", "leg") are decided by what else the rig has.
"""

from __future__ import annotations

import re

from ..rig import FINGERS
from .rig import Rig

SIDE_WORDS = {"left": "l", "l": "l", "lft": "l", "right": "r", "r": "r", "rgt": "r"}
NOISE = set("mixamorig bip bip01 bip001 valvebiped def org j c cc base character character1 armature jnt joint bone b bn".split())
NOISE |= {"rig", "skeleton", "genesis"}
IGNORED = set("twist roll ik pole target ctrl control helper socket slot handslot heel mch tweak corrective breast eyelid".split())
IGNORED |= {"weapon", "prop", "end", "nub", "site", "share", "palm"}
# part -> roles in the order in which they are tried; a part may be told by several words in a row ("upper", "arm").
LIMB_PARTS = {
    "clavicle": ("clavicle", "collar", "collarbone", "clav"),
    "upperarm": ("upperarm", "uparm", "uppperarm", "humerus", "bicep", "arm", "shoulder"),
    "lowerarm": ("lowerarm", "lowarm", "forearm", "elbow", "radius", "farm"),
    "hand": ("hand", "wrist"),
    "thigh": ("thigh", "upperleg", "upleg", "femur", "hip"),
    "calf": ("calf", "shin", "lowerleg", "lowleg", "knee", "tibia", "leg"),
    "foot": ("foot", "ankle"),
    "ball": ("ball", "toe", "toes", "toebase", "toe0", "toe1", "forefoot"),
    "eye": ("eye",),
}
FINGER_WORDS = {"thumb": "thumb", "index": "index", "findex": "index", "middle": "middle", "mid": "middle", "fmiddle": "middle",
                "ring": "ring", "fring": "ring", "pinky": "pinky", "little": "pinky", "fpinky": "pinky", "finger": ""}  # fmt: skip
JOINT_WORDS = {"metacarpal": 0, "proximal": 1, "intermediate": 2, "distal": 3}


def words_of(name: str) -> tuple[list[str], str]:
    """The words of a bone's name in lower case, without side and noise, and the side ("l", "r" or "")."""
    name = name.split(":")[-1].split("|")[-1]
    name = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    name = re.sub(r"([A-Z])([A-Z][a-z])", r"\1 \2", name)
    parts = re.findall(r"[a-z]+|\d+", name.lower())
    side, words = "", []
    for part in parts:
        if part in SIDE_WORDS and not side:
            side = SIDE_WORDS[part]
        elif part not in NOISE:
            words.append(part)
    for word in ("left", "right"):  # "leftupleg" in one word
        if not side and words and words[0].startswith(word) and len(words[0]) > len(word):
            side, words[0] = SIDE_WORDS[word], words[0][len(word) :]
    return words, side


def by_name(rig: Rig) -> dict[str, int]:
    """Role -> bone number, for the roles that names tell; empty when they say nothing."""
    read = [words_of(name) for name in rig.names]
    if any(IGNORED & set(words) for words, _ in read):
        read = [([], "") if IGNORED & set(words) else (words, side) for words, side in read]
    roles: dict[str, int] = {}
    for side in "lr":
        _limbs(read, side, roles)
        _fingers(read, side, roles)
    _centre(rig, read, roles)
    return roles


def _limbs(read: list[tuple[list[str], str]], side: str, roles: dict[str, int]) -> None:
    """The limbs of one side. The first synonym that occurs wins, so "arm" is the upper arm only where none is called so."""
    labels = {
        number: "".join(word for word in words if not word.isdigit()) for number, (words, own) in enumerate(read) if own == side
    }

    def find(word: str) -> int | None:
        return next((number for number, label in labels.items() if label == word and number not in taken), None)

    taken: set[int] = set()
    for part, synonyms in LIMB_PARTS.items():
        for word in synonyms:
            number = find(word)
            if number is not None:
                roles[f"{part}_{side}"] = number
                taken.add(number)
                break
    _settle(labels, side, roles)


def _settle(labels: dict[int, str], side: str, roles: dict[str, int]) -> None:
    """Decides words that rigs use differently."""
    found = {label: number for number, label in reversed(labels.items())}
    shoulder = found.get("shoulder")
    if shoulder is not None and f"clavicle_{side}" not in roles and roles.get(f"upperarm_{side}") != shoulder:
        roles[f"clavicle_{side}"] = shoulder
    ankle, foot = found.get("ankle"), found.get("foot")
    if ankle is not None and foot is not None:  # SMPL: the foot is what follows the ankle
        roles[f"foot_{side}"] = ankle
        roles.setdefault(f"ball_{side}", foot)
    wrist, hand = found.get("wrist"), found.get("hand")
    if wrist is not None and hand is not None:  # KayKit: the hand is what follows the wrist
        roles[f"hand_{side}"] = wrist


def _fingers(read: list[tuple[list[str], str]], side: str, roles: dict[str, int]) -> None:
    chains: dict[str, list[tuple[int, int]]] = {}
    for number, (words, own) in enumerate(read):
        text = [word for word in words if not word.isdigit() and word not in ("hand", "f")]
        digits = [int(word) for word in words if word.isdigit()]
        if own != side or not text or text[0] not in FINGER_WORDS:
            continue
        finger = FINGER_WORDS[text[0]]
        if not finger:  # MakeHuman's finger2-1 and Biped's finger21
            if len(digits) >= 2 and 1 <= digits[0] <= 5:
                finger, digits = FINGERS[digits[0] - 1], digits[1:]
            elif digits and digits[0] < 50:
                finger, digits = (
                    FINGERS[min(digits[0] // 10 if digits[0] >= 10 else digits[0], 4)],
                    [digits[0] % 10 if digits[0] >= 10 else 0],
                )
            else:
                continue
        joint = next((JOINT_WORDS[word] for word in text[1:] if word in JOINT_WORDS), digits[-1] if digits else 1)
        chains.setdefault(finger, []).append((joint, number))
    for finger, chain in chains.items():
        ordered = sorted(chain)
        if finger != "thumb" and len(ordered) > 3:  # with a metacarpal
            ordered = ordered[1:]
        for number, (_, bone) in enumerate(ordered[:3], 1):
            roles[f"{finger}_0{number}_{side}"] = bone


def _centre(rig: Rig, read: list[tuple[list[str], str]], roles: dict[str, int]) -> None:
    """Pelvis, spine, neck and head. The spine is what lies between pelvis and the arms; its last bone carries them."""
    plain = {
        number: ("".join(word for word in words if not word.isdigit()), words)
        for number, (words, side) in enumerate(read)
        if not side
    }
    for number, (label, _) in plain.items():
        if label == "head" and "head" not in roles:
            roles["head"] = number
        elif label == "neck" and "neck_01" not in roles:
            roles["neck_01"] = number
    thighs = [roles[f"thigh_{side}"] for side in "lr" if f"thigh_{side}" in roles]
    if len(thighs) < 2:
        return
    pelvis = common_ancestor(rig, *thighs)
    arms = [roles.get(f"clavicle_{side}", roles.get(f"upperarm_{side}")) for side in "lr"]
    named = next((number for number, (label, _) in plain.items() if label in ("hips", "pelvis", "hip")), None)
    if pelvis < 0 and named is None:
        return
    if named is not None and (pelvis < 0 or pelvis in ancestors(rig, named) or named in ancestors(rig, thighs[0])):
        pelvis = named
    roles["pelvis"] = pelvis
    if arms[0] is None or arms[1] is None:
        return
    chest = common_ancestor(rig, arms[0], arms[1])
    chain = [bone for bone in [chest, *ancestors(rig, chest)] if bone >= 0]
    chain = chain[: chain.index(pelvis)] if pelvis in chain else [bone for bone in chain if bone != 0 and rig.parents[bone] >= 0]
    place_spine(list(reversed(chain)), roles)
    _above(rig, chest, plain, roles)


def _above(rig: Rig, chest: int, plain: dict[int, tuple[str, list[str]]], roles: dict[str, int]) -> None:
    """Neck and head of rigs whose spine goes on counting (Rigify)."""
    if "head" in roles or chest < 0:
        return
    used = set(roles.values())
    chain, at = [], chest
    while True:
        following = [
            bone for bone in rig.children(at) if bone in plain and plain[bone][0] in ("spine", "neck", "head") and bone not in used
        ]
        if not following:
            break
        at = following[0]
        chain.append(at)
    if chain:
        roles["head"] = chain[-1]
        if len(chain) > 1:
            roles.setdefault("neck_01", chain[0])


def place_spine(chain: list[int], roles: dict[str, int]) -> None:
    """The spine's bones, lowest first, as the roles spine_01 to spine_03; the last one always carries the arms."""
    if not chain:
        return
    roles["spine_03"] = chain[-1]
    if len(chain) > 1:
        roles["spine_01"] = chain[0]
    if len(chain) > 2:
        roles["spine_02"] = chain[len(chain) // 2]


def ancestors(rig: Rig, bone: int) -> list[int]:
    """The bone's parent, its parent, and so on."""
    found = []
    while (bone := int(rig.parents[bone])) >= 0:
        found.append(bone)
    return found


def common_ancestor(rig: Rig, first: int, second: int) -> int:
    """The nearest bone that carries both, or -1."""
    above = {first, *ancestors(rig, first)}
    return next((bone for bone in [second, *ancestors(rig, second)] if bone in above), -1)
