"""Colours and materials by name: what is said becomes values, and what is seen becomes a word."""

from __future__ import annotations

import colorsys
import re

import numpy as np

from ..annotation.materials import MATERIALS, named
from ..characters.vocabulary import SHADED_COLORS
from ..environments.materials.color import hexadecimal
from ..environments.materials.finishes import WOODS
from ..spatial.colour import to_linear, to_srgb

BASIC = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "beige", "black", "white", "grey")
_HUES = ((40, "orange"), (68, "yellow"), (165, "green"), (258, "blue"), (305, "purple"), (346, "pink"))  # up to so many degrees
_FAMILY = {"navy": "blue", "teal": "green", "turquoise": "blue", "cyan": "blue", "maroon": "red", "crimson": "red",
    "scarlet": "red",
           "burgundy": "red", "gold": "yellow", "golden": "yellow", "silver": "grey", "gray": "grey", "violet": "purple",
           "magenta": "pink", "olive": "green", "lime": "green", "cream": "beige", "ivory": "white", "tan": "brown",
           "charcoal": "grey", "indigo": "blue", "lavender": "purple", "mustard": "yellow",
           "khaki": "green", "camel": "brown"}  # fmt: skip
_EXTRA = {"racing green": (0.003, 0.045, 0.018), "forest green": (0.014, 0.07, 0.02), "mint": (0.4, 0.78, 0.55),
    "coral": (0.8, 0.2, 0.13),
          "peach": (0.9, 0.5, 0.33), "sage": (0.32, 0.42, 0.28), "royal blue": (0.02, 0.06, 0.5),
          "rust": (0.3, 0.06, 0.012)}  # fmt: skip
MATERIAL_WORDS = {
    **{tone: "wood" for tone in WOODS}, "steel": "metal", "brushed steel": "metal", "chrome": "metal", "iron": "metal",
    "aluminium": "metal", "aluminum": "metal", "brass": "metal", "copper": "metal", "velvet": "fabric", "linen": "fabric",
    "cotton": "fabric", "cloth": "fabric", "marble": "stone", "terrazzo": "stone", "granite": "stone", "porcelain": "ceramic",
    "tiles": "ceramic", "plaster": "concrete", "wicker": "wicker", "cork": "cork", "rubber": "plastic", "lacquer": "plastic",
}  # fmt: skip


def color_value(words: str) -> tuple[float, float, float] | None:
    """Linear RGB of a colour's name (“dark blue”, “navy”, “#3a5f8c”), or None."""
    text = " ".join(re.findall(r"[#a-z0-9]+", words.lower().replace("coloured", "").replace("colored", "")))
    if re.fullmatch(r"#[0-9a-f]{6}", text):
        return tuple(hexadecimal(text))  # type: ignore[return-value]
    known = SHADED_COLORS | _EXTRA
    parts = [word.removesuffix("ish") if word.removesuffix("ish") in known else word for word in text.split()]
    for start, word in enumerate(parts[:-1]):
        if word in ("light", "pale", "pastel") and (base := known.get(" ".join(parts[start + 1 :]))):
            paint = to_srgb(np.array(base))
            red, green, blue = (float(part) for part in to_linear(paint + (0.95 - paint) * 0.5))  # as paint is mixed with white
            return red, green, blue
    for start in range(len(parts)):
        if (value := known.get(" ".join(parts[start:]))) is not None:
            return value
    return None


def is_color(words: str) -> bool:
    """Whether words are the name of a colour and nothing else."""
    text = words.lower()
    return text in SHADED_COLORS or text in _EXTRA or re.fullmatch(r"#[0-9a-f]{6}", text) is not None


def basic_of(words: str) -> str:
    """The basic colour that a colour's name belongs to (“navy” → “blue”), or ""."""
    for word in reversed(re.findall(r"[a-z]+", words.lower())):
        word = word.removesuffix("ish") if word.removesuffix("ish") in BASIC else word
        if word in BASIC:
            return word
        if word in _FAMILY:
            return _FAMILY[word]
    value = color_value(words)
    return color_name(value) if value else ""


def color_name(linear: tuple[float, float, float] | np.ndarray) -> str:
    """The basic colour that people would call a linear RGB value."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(float(part) for part in np.clip(to_srgb(np.asarray(linear, float)), 0, 1)))
    degrees = 360 * hue
    if value < 0.2 or (value < 0.3 and saturation < 0.15):
        return "black"
    if saturation < 0.12:
        return "white" if value > 0.85 else "grey"
    warm = degrees < 50 or degrees > 345
    if 12 < degrees < 47 and saturation < 0.52 and value > 0.66:
        return "beige"
    if 12 <= degrees < 45 and value < 0.7:
        return "brown" if saturation > 0.2 else "grey"
    if warm and degrees < 20 or degrees > 345:
        return "pink" if saturation < 0.5 and value > 0.7 else "red" if saturation > 0.3 else "grey"
    return next(name for limit, name in _HUES if degrees < limit)


def material_of(words: str) -> str:
    """The substance that words name (“oak” → “wood”), or ""."""
    text = " ".join(re.findall(r"[a-z]+", words.lower()))
    if text in MATERIALS:
        return text
    for word, substance in MATERIAL_WORDS.items():
        if re.search(rf"\b{word}\b", text):
            return substance
    return named(text)


def to_code(linear: tuple[float, float, float]) -> str:
    """“#rrggbb” of a linear colour."""
    return "#" + "".join(f"{round(float(value) * 255):02x}" for value in to_srgb(np.array(linear)))
