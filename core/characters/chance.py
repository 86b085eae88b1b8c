"""What a prompt leaves open, drawn from the seed: plausible together, spread evenly over people."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import vocabulary as words
from .brief import LONG_UPPERS

DARK_HAIR = ("black", "dark brown", "dark")
EUROPEAN_HAIR = ("dark brown", "brown", "light brown", "chestnut", "dark blonde", "blonde", "auburn", "red", "black")
UPPER_COLORS = (
    "white",
    "grey",
    "navy",
    "olive",
    "teal",
    "burgundy",
    "mustard",
    "sky blue",
    "charcoal",
    "red",
    "green",
    "cream",
    "lavender",
)
LOWER_COLORS = ("navy", "charcoal", "khaki", "denim", "denim", "brown", "black", "grey", "olive")
SHOE_COLORS = ("black", "brown", "white", "charcoal", "tan", "navy")
ORIGIN_MIXES = {"african": (1.0, 0.0, 0.0), "asian": (0.0, 1.0, 0.0), "caucasian": (0.0, 0.0, 1.0), "mixed": (0.34, 0.33, 0.33)}


def draw(said: dict[str, Any], rng: np.random.Generator) -> tuple[dict[str, Any], list[str]]:
    """Values for every parameter not in ``said`` that a person needs, and what to tell about them.

    ``said`` may hold "not upper" and "not lower", garments that were ruled out. Every draw is made whether it is used or
    not, so that saying one thing does not change the others.
    """
    gender = float(rng.integers(2))
    age = float(rng.integers(20, 66))
    mix = ORIGIN_MIXES[str(rng.choice(list(ORIGIN_MIXES)))]
    values: dict[str, Any] = {
        "gender": gender,
        "age": age,
        "muscle": _about(rng, 0.5),
        "weight": _about(rng, 0.48),
        "proportions": _about(rng, 0.62),
    }
    if "caucasian" not in said:
        values |= dict(zip(("african", "asian", "caucasian"), mix, strict=True))
    known = values | said
    african, asian, caucasian = (float(known[name]) for name in ("african", "asian", "caucasian"))
    usual = (0.85 * african + 0.32 * asian + 0.2 * caucasian) / (african + asian + caucasian)
    values["skin_tone"] = float(np.clip(usual + 0.07 * rng.standard_normal(), 0.02, 0.98))
    values |= _hair(known, caucasian / (african + asian + caucasian), rng)
    values |= _clothes(known, said, rng)
    grown = known["age"] >= 18
    told = {
        "gender": ("a woman" if grown else "a girl") if gender == 0 else ("a man" if grown else "a boy"),
        "age": f"{age:.0f} years old",
        "caucasian": "the mix of origins",
        "hair": f"hair ({values['hair']})",
        "hair_color": "hair colour",
        "eye_color": "eye colour",
        "upper": f"{values['upper']}",
        "lower": f"{values['lower']}",
        "shoes": f"{values['shoes']}",
    }
    return {name: value for name, value in values.items() if name not in said}, [
        text for name, text in told.items() if name not in said
    ]


def _about(rng: np.random.Generator, middle: float) -> float:
    """Near the middle, as most people are."""
    return round(float(np.clip(middle + 0.1 * rng.standard_normal(), 0.05, 0.95)), 3)


def _pick(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    return options[int(rng.integers(len(options)))]


def _hair(known: dict[str, Any], european: float, rng: np.random.Generator) -> dict[str, Any]:
    """Style by age and gender, colour by origin, greying from about 45."""
    age, feminine = known["age"], known["gender"] < 0.5
    styles: tuple[str, ...] = (
        ("bob", "long", "ponytail", "bun", "short", "curly", "braid", "long")
        if feminine
        else ("short", "short", "buzz", "curly", "short", "receding" if age > 38 else "short", "bald" if age > 28 else "buzz")
    )
    if age < 12:
        styles = ("bob", "ponytail", "long", "braid") if feminine else ("short", "curly")
    elif age > 65:
        styles = ("bob", "bun", "short", "curly") if feminine else ("short", "bald", "receding", "receding")
    style = _pick(rng, styles)
    natural = np.array(words.HAIR_COLORS[_pick(rng, EUROPEAN_HAIR if rng.random() < european else DARK_HAIR)])
    grey = float(np.clip((age - 45) / 30 + 0.15 * rng.standard_normal(), 0, 1)) if age > 40 else 0.0
    blend = natural + (np.array(words.HAIR_COLORS["silver" if age > 72 else "grey"]) - natural) * (
        grey if grey > 0.8 else 0.7 * grey
    )
    light_eyes = rng.random() < 0.55 * european
    iris = words.EYE_COLORS[
        _pick(rng, ("blue", "green", "grey", "hazel", "amber") if light_eyes else ("brown", "dark brown", "light brown"))
    ]
    bearded = not feminine and age > 22 and rng.random() < 0.25
    return {
        "hair": style,
        "hair_color": tuple(round(float(channel), 4) for channel in blend),
        "eye_color": iris,
        "beard": _pick(rng, ("stubble", "beard", "moustache", "goatee")) if bearded else "none",
        "hair_length": round(float(rng.uniform(0.3, 0.7)), 3),
        "hair_volume": round(float(rng.uniform(0.3, 0.75)), 3),
        "greying": round(float(np.clip(grey * 1.2, 0, 0.7)), 3) if 0.1 < grey < 0.8 else 0.0,
        "brows": round(float(rng.uniform(0.3, 0.7)), 3),
        "makeup": round(float(rng.uniform(0.25, 0.8)), 3) if rng.random() < 0.45 and feminine and age >= 18 else 0.0,
        "freckles": round(float(rng.uniform(0.2, 0.7)), 3) if rng.random() < 0.2 * european else 0.0,
    }


def _clothes(known: dict[str, Any], said: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """Everyday clothes in colours that go together."""
    feminine, grown = known["gender"] < 0.3, known["age"] >= 16
    everyday = ["t-shirt", "t-shirt", "shirt", "shirt", "sweater", "sweater", "jacket", "coat" if grown else "jacket"]
    if feminine and "lower" not in said:
        everyday += ["dress", "dress"]
    upper = _pick(rng, tuple(name for name in everyday if name != said.get("not upper")))
    shorts = not grown or rng.random() < 0.1
    wishes = ("trousers", "trousers", "trousers", "shorts" if shorts else "trousers", "skirt" if feminine else "trousers")
    lower = _pick(rng, tuple(name for name in wishes if name != said.get("not lower")) or ("shorts",))
    whole = said.get("upper", upper) in LONG_UPPERS
    patterns = {
        "shirt": ("checks", "plaid", "stripes", "pinstripes"),
        "dress": ("dots", "floral", "stripes"),
        "t-shirt": ("stripes",),
    }
    pattern = _pick(rng, patterns.get(said.get("upper", upper), ("plain",)))
    patterned = rng.random() < 0.4 and "upper_color" not in said
    shoes = _pick(rng, ("shoes", "sneakers", "sneakers", "boots", "sandals" if rng.random() < 0.3 else "shoes"))
    return {
        "upper": upper,
        "upper_color": words.COLORS[_pick(rng, UPPER_COLORS)],
        "upper_pattern": pattern if patterned else "plain",
        "upper_looseness": round(float(rng.uniform(0.35, 0.65)), 3),
        "lower": "none" if whole and "lower" not in said else lower,
        "lower_color": words.COLORS[_pick(rng, LOWER_COLORS)],
        "lower_looseness": round(float(rng.uniform(0.25, 0.6)), 3),
        "pattern_color": words.COLORS[_pick(rng, ("white", "cream", "charcoal", "navy", "sky blue"))],
        "shoes": shoes,
        "shoes_color": words.COLORS[_pick(rng, SHOE_COLORS)],
        "socks": _pick(rng, ("none", "ankle", "crew", "crew")) if shoes != "sandals" else "none",
        "socks_color": words.COLORS[_pick(rng, ("white", "grey", "black", "charcoal"))],
        "belt": bool(rng.random() < 0.3) and not whole,
        "glasses": "glasses" if rng.random() < (0.15 if known["age"] < 55 else 0.35) else "none",
        "headwear": _pick(rng, ("cap", "beanie", "hat")) if rng.random() < 0.08 else "none",
        "backpack": bool(rng.random() < 0.05),
    }
