"""A prompt becomes a creature's brief: kind, size, build, colours and parts, word by word; what is not understood is said."""

from __future__ import annotations

from typing import Any

from ..errors import WorldwrightError
from ..sayings import color_at, not_understood, words_of
from .brief import CreatureBrief

KINDS = {
    "wolf": "wolf wolves dog dogs hound husky fox jackal coyote canine bear hyena",
    "cat": "cat cats tiger lion lioness leopard panther jaguar cheetah lynx puma feline kitten",
    "horse": "horse horses pony stallion mare foal donkey zebra unicorn pegasus mule deer stag cow bull",
    "bird": "bird birds eagle hawk raven crow owl falcon parrot vulture phoenix",
    "dragon": "dragon dragons wyvern drake",
    "dinosaur": "dinosaur dinosaurs raptor trex tyrannosaurus rex theropod allosaurus velociraptor",
    "lizard": "lizard lizards gecko iguana crocodile alligator salamander newt reptile komodo",
    "spider": "spider spiders tarantula arachnid",
    "beetle": "beetle beetles insect insects bug bugs scarab ant ants",
    "alien": "alien aliens extraterrestrial martian grey",
}
STAND_INS = {  # what has no plan of its own -> what is said about it
    "fox",
    "bear",
    "hyena",
    "donkey",
    "mule",
    "deer",
    "stag",
    "cow",
    "bull",
    "owl",
    "parrot",
    "crocodile",
    "alligator",
    "ant",
    "ants",
}
TOUCHES: dict[str, dict[str, Any]] = {
    "tiger": {"pattern": "stripes", "main_color": (0.46, 0.19, 0.045), "second_color": (0.70, 0.62, 0.50),
        "dark_color": (0.018, 0.014, 0.012)},
    "leopard": {"pattern": "rosettes", "main_color": (0.50, 0.30, 0.10), "second_color": (0.72, 0.63, 0.48)},
    "jaguar": {"pattern": "rosettes", "main_color": (0.45, 0.25, 0.08), "second_color": (0.70, 0.60, 0.45)},
    "cheetah": {"pattern": "spots", "main_color": (0.52, 0.33, 0.13), "second_color": (0.72, 0.64, 0.5)},
    "panther": {"pattern": "plain", "main_color": (0.018, 0.016, 0.016)},
    "lion": {"pattern": "countershaded", "main_color": (0.40, 0.26, 0.12), "shagginess": 0.9},
    "fox": {"pattern": "countershaded", "main_color": (0.36, 0.10, 0.025), "second_color": (0.75, 0.72, 0.66), "scale": 0.6},
    "bear": {"pattern": "plain", "main_color": (0.07, 0.04, 0.022), "build": 1.0, "tail_length": 0.3, "scale": 1.5},
    "zebra": {"pattern": "stripes", "main_color": (0.72, 0.70, 0.66), "second_color": (0.75, 0.73, 0.7), "dark_color": (0.015,
        0.014, 0.014)},
    "unicorn": {"main_color": (0.75, 0.74, 0.72), "pattern": "plain", "horns": 1.0},
    "pegasus": {"main_color": (0.75, 0.74, 0.72), "pattern": "plain", "wings": True},
    "raven": {"pattern": "plain", "main_color": (0.018, 0.018, 0.024)}, "crow": {"pattern": "plain", "main_color": (0.016,
        0.016, 0.019)},
    "phoenix": {"pattern": "countershaded", "main_color": (0.60, 0.10, 0.02), "second_color": (0.80, 0.42, 0.04)},
    "pony": {"scale": 0.7, "leg_length": 0.85}, "foal": {"scale": 0.6, "leg_length": 1.15, "head_size": 1.15},
    "kitten": {"scale": 0.35, "head_size": 1.35}, "donkey": {"scale": 0.75, "ears": 1.8}, "mule": {"ears": 1.6},
    "deer": {"horns": 1.2, "scale": 0.75, "tail_length": 0.4}, "stag": {"horns": 1.6, "scale": 0.8, "tail_length": 0.4},
    "bull": {"horns": 1.0, "build": 0.95}, "cow": {"build": 0.85, "pattern": "patches"},
}  # fmt: skip
SIZES = {
    "tiny": 0.3,
    "small": 0.6,
    "little": 0.6,
    "big": 1.6,
    "large": 1.6,
    "huge": 2.5,
    "giant": 3.0,
    "gigantic": 4.0,
    "enormous": 3.5,
}
WORDS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("thin", "lean", "slender", "skinny", "slim"), {"build": 0.15}),
    **dict.fromkeys(("heavy", "fat", "stocky", "massive", "muscular", "bulky"), {"build": 0.9}),
    **dict.fromkeys(("shaggy", "furry", "fluffy", "hairy", "long-haired"), {"shagginess": 1.0}),
    **dict.fromkeys(("hairless", "smooth", "short-haired", "sleek"), {"shagginess": 0.0}),
    **dict.fromkeys(("horned", "horns", "antlers", "horn"), {"horns": 1.0}),
    **dict.fromkeys(("winged", "wings", "flying"), {"wings": True}),
    **dict.fromkeys(("striped", "stripes"), {"pattern": "stripes"}),
    **dict.fromkeys(("spotted", "spots", "dappled"), {"pattern": "spots"}),
    **dict.fromkeys(("patched", "patches", "piebald", "pinto"), {"pattern": "patches"}),
    "scaly": {"cover": "scales"}, "scaled": {"cover": "scales"}, "feathered": {"cover": "feathers"},
    "armoured": {"cover": "chitin"},
    "armored": {"cover": "chitin"}, "leggy": {"leg_length": 1.25},
}  # fmt: skip
MEASURES = {
    "legs": "leg_length",
    "leg": "leg_length",
    "neck": "neck_length",
    "tail": "tail_length",
    "head": "head_size",
    "ears": "ears",
    "ear": "ears",
}
FACTORS = {"long": 1.35, "short": 0.7, "big": 1.4, "large": 1.4, "small": 0.75, "tiny": 0.7, "huge": 1.6}
NEGATIONS = {"no", "without"}
FILLERS = set(
    "a an the and with of in on to for is are that has have its it very like made game ready creature animal monster beast "
    "adult old young one please make me standing walking running fur coat skin eyes colored coloured color colour realistic "
    "low poly fantasy friendly".split()
)


def read_prompt(prompt: str, seed: int) -> tuple[CreatureBrief, list[str]]:
    """The brief that the prompt describes, and notes in full sentences. Raises WorldwrightError where no animal is named."""
    words = words_of(prompt, "Say which creature you want, in English.")
    kind, named = _kind(words)
    if not kind:
        raise WorldwrightError("No creature that can be made is named.", f"Known are: {', '.join(KINDS)}.")
    values: dict[str, Any] = {"kind": kind, "seed": seed, **TOUCHES.get(named, {})}
    notes = [f"There is no {named} yet; a {kind} stands in."] if named in STAND_INS else []
    notes += not_understood(_apply(words, named, values))
    return CreatureBrief.from_dict(values), notes


def _kind(words: list[str]) -> tuple[str, str]:
    """The kind that the first known animal belongs to, and the animal. "Grey" is one only where no other is named."""
    for word in sorted(words, key=lambda word: word == "grey"):
        for kind, names in KINDS.items():
            if word in names.split():
                return kind, word
    return "", ""


def _apply(words: list[str], named: str, values: dict[str, Any]) -> list[str]:
    """Puts what the words say into the values; returns the words that say nothing known."""
    unknown, skip = [], -1
    for k, word in enumerate(words):
        after = words[k + 1] if k + 1 < len(words) else ""
        shade, taken = color_at(words, k)
        if k <= skip or word in FILLERS or word == named:
            continue
        if word in NEGATIONS and after:
            values |= (
                {"horns": 0.0}
                if after.startswith("horn")
                else {"wings": False}
                if after == "wings"
                else {MEASURES.get(after, "ears"): 0.3 if after != "ears" else 0.0}
            )
            skip = k + 1
        elif word in FACTORS and after in MEASURES:
            values[MEASURES[after]] = FACTORS[word]
            skip = k + 1
        elif taken == 2:
            _paint(values, shade, words[k + 2 : k + 3])
            skip = k + 1
        elif word in SIZES:
            values["scale"] = values.get("scale", 1.0) * SIZES[word]
        elif word in WORDS:
            values |= WORDS[word]
        elif shade is not None:
            _paint(values, shade, words[k + 1 : k + 2])
        elif word not in MEASURES:
            unknown.append(word)
    return unknown


def _paint(values: dict[str, Any], color: tuple[float, float, float] | None, after: list[str]) -> None:
    """The colour of the eyes, where they follow, else of the coat."""
    if color is None:
        return
    if after and after[0] in ("eyes", "eyed"):
        values["eye_color"] = color
        return
    values["main_color"] = color
    if values.get("pattern", "natural") == "natural":
        values["pattern"] = "countershaded"
    values.setdefault("second_color", tuple(min(0.9, 0.35 + 0.6 * channel) for channel in color))
    values.setdefault("dark_color", tuple(0.25 * channel for channel in color))
