"""The local sliders: MakeHuman's small changes of face and body, paired, grouped and named for people.

A slider runs from -1 to 1 between the two ends of a pair ("nose-hump" between nose-hump-decr and nose-hump-incr), or from 0
to 1 where there is one end only. Without a side a name means both; "l-" and "r-" before it mean one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import WorldwrightError

if TYPE_CHECKING:
    from .body import BodyPack
    from .brief import CharacterBrief

ENDS = {
    "incr": "decr", "up": "down", "out": "in", "forward": "backward", "convex": "concave", "uncompress": "compress",
}  # fmt: skip
DIRECTIONS = {"incr": "amount", "up": "height", "out": "sideways", "forward": "ahead", "convex": "curve", "uncompress": "press"}
GROUPS = {  # first word of a slider -> where the panel shows it
    "head": "Head", "forehead": "Head", "eyebrows": "Brows", "eye": "Eyes", "nose": "Nose", "mouth": "Mouth", "cheek": "Cheeks",
    "chin": "Chin", "ear": "Ears", "neck": "Neck", "torso": "Torso", "stomach": "Torso", "hip": "Hips", "measure": "Measures",
    "upperarm": "Arms", "lowerarm": "Arms", "hand": "Hands", "upperleg": "Legs", "lowerleg": "Legs", "leg": "Legs",
    "upperlegs": "Legs", "lowerlegs": "Legs", "foot": "Feet",
}  # fmt: skip
WORDS = {
    "scale": "size", "horiz": "width", "vert": "height", "depth": "depth", "trans": "place", "decr": "less", "incr": "more",
    "circ": "girth", "dist": "distance", "height1": "height inner", "height2": "height middle", "height3": "height outer",
    "corner1": "inner corner", "corner2": "outer corner", "push1": "inner depth", "push2": "outer depth", "width1": "width top",
    "width2": "width middle", "width3": "width tip", "measure": "", "cupidsbow": "cupid's bow", "lowerlip": "lower lip",
    "upperlip": "upper lip", "ext": "ends", "napetowaist": "nape to waist", "frontchest": "front of chest", "bust": "chest",
    "underbust": "below the chest", "waisttohip": "waist to hip", "valgus": "knock-knees",
}  # fmt: skip
ADULT_ONLY = ("measure-bust-circ", "measure-underbust-circ", "measure-frontchest-dist")


def sliders(pack: BodyPack) -> dict[str, tuple[str, str]]:
    """Slider name -> its lower and upper target ("" where there is none), those with sides under "l-" and "r-".

    Where one place has several pairs (up and down, in and out), all but the first say which they are.
    """
    result: dict[str, tuple[str, str]] = {}
    lower = {
        f"{target.rpartition('-')[0]}-{ENDS[target.rpartition('-')[2]]}"
        for target in pack.details
        if target.rpartition("-")[2] in ENDS
    }
    for end in (*ENDS, ""):
        for target in sorted(pack.details):
            stem, _, last = target.rpartition("-")
            if end and last == end:
                low = f"{stem}-{ENDS[end]}"
                name = stem if stem not in result else f"{stem}-{DIRECTIONS[end]}"
                result[name] = (low if low in pack.details else "", target)
            elif not end and last not in ENDS and target not in lower:
                result[target] = ("", target)
    return result


def names(pack: BodyPack) -> list[str]:
    """What can be set without naming a side, sorted."""
    return sorted({name[2:] if name[:2] in ("l-", "r-") else name for name in sliders(pack)})


def group_of(name: str) -> str:
    """The panel's group of a slider."""
    stem = name[2:] if name[:2] in ("l-", "r-") else name
    return GROUPS.get(stem.split("-")[0], "More")


def title_of(name: str) -> str:
    """A slider's name in plain words: "ear-scale-vert" is "Ear size height"."""
    side = {"l-": "left ", "r-": "right "}.get(name[:2], "")
    stem = name[2:] if side else name
    words = [WORDS.get(word, word) for word in stem.split("-")]
    text = side + " ".join(word for word in words if word)
    return text[:1].upper() + text[1:]


def targets(pack: BodyPack, brief: CharacterBrief) -> dict[str, float]:
    """The targets that the brief's local values turn on, and how far. Raises WorldwrightError for an unknown name.

    Below adult age the chest has no sliders.
    """
    if not brief.local:
        return {}
    known = sliders(pack)
    chosen: dict[str, float] = {}
    for name, value in brief.local.items():
        both = [side + name for side in ("", "l-", "r-") if side + name in known]
        if not both:
            near = [other for other in names(pack) if name.split("-")[0] in other][:6]
            raise WorldwrightError(f"There is no local slider “{name}”.", f"Near it are: {', '.join(near)}." if near else "")
        if not brief.is_adult and name in ADULT_ONLY:
            continue
        for slider in both:
            low, high = known[slider]
            target = high if value >= 0 else low
            if target and value:
                chosen[target] = chosen.get(target, 0.0) + abs(float(value))
    return chosen
